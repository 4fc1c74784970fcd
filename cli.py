"""The console command `cancu`. Its commands are in `commands/`; heavy imports stay inside them.

Exit codes: 0 done (an honest "not found" too), 1 an error that stopped the command, 2 wrong usage,
3 done in part (some pages could not be read).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from commands.asking import add_asking
from commands.chain import add_chain_command
from commands.checking import add_checking
from commands.collecting import add_collecting
from commands.comparing import add_comparing
from commands.console import FAILED, CommandError, Parser, print_json, say
from commands.coverage import add_coverage
from commands.error_reports import add_error_reports
from commands.evaluating import add_evaluating
from commands.intake import add_intake
from commands.quoting import add_quoting
from commands.radar import add_radar
from commands.reading import add_reading
from commands.running import add_running
from commands.searching import add_searching
from commands.sources import add_sources
from settings import SettingsError, load_settings

# In the order of `cancu --help`.
GROUPS = (
    add_intake,
    add_collecting,
    add_sources,
    add_reading,
    add_searching,
    add_asking,
    add_chain_command,
    add_radar,
    add_quoting,
    add_checking,
    add_comparing,
    add_coverage,
    add_error_reports,
    add_running,
    add_evaluating,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    from corpus.errors import CorpusError
    from index.errors import IndexRoomError
    from ingest.errors import IngestError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows consoles default to a legacy code page
    options = _parser().parse_args(arguments)
    try:
        settings = load_settings(store=getattr(options, "store", None), model=getattr(options, "model", None))
        return int(options.run(options, settings))
    except (CorpusError, IndexRoomError, IngestError, SettingsError, CommandError) as error:
        _fail(options, error)
    except KeyboardInterrupt:
        say("Đã dừng theo yêu cầu. Những gì đã ghi vào kho vẫn còn; chạy lại lệnh để làm tiếp.")
    except BrokenPipeError:
        sys.stderr.close()
    return FAILED


def _fail(options: argparse.Namespace, error: Exception) -> None:
    if getattr(options, "json", False):
        print_json({"error": {"type": type(error).__name__, "message": str(error)}})
    say(f"Lỗi: {error}")


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="cancu", description="Căn Cứ: kho văn bản chính sách, tìm kiếm và trả lời có trích dẫn."
    )
    add = parser.open_group("command", "LỆNH")
    for add_group in GROUPS:
        add_group(add)
    return parser


if __name__ == "__main__":
    sys.exit(main())
