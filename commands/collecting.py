"""Collecting from the Web: `crawl`."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from commands.console import DONE, FAILED, PARTLY, CommandError, CommandGroup, print_json, say, show_progress
from commands.steps import open_fetcher, refresh_index
from settings import Settings

if TYPE_CHECKING:
    from rich.console import Group

    from ingest.crawl.models import CrawlProgress, CrawlReport
    from ingest.sources import Source


def add_collecting(add: CommandGroup) -> None:
    """Register the commands of this module."""
    crawl = add("crawl", run_crawl, "thu thập văn bản và tin bài mới từ các nguồn rồi lập chỉ mục")
    crawl.add_argument("sources", nargs="*", metavar="NGUỒN", help="tên nguồn (mặc định: mọi nguồn đang bật)")
    crawl.add_argument("--since", metavar="NGÀY", help="chỉ lấy trang mà danh sách ghi là đăng từ ngày này")
    crawl.add_argument("--limit", type=_positive, metavar="N", help="lấy nhiều nhất N trang")
    crawl.add_argument("--dry-run", action="store_true", help="chỉ đọc danh sách, cho biết sẽ lấy những gì")
    crawl.add_argument("--recheck", action="store_true", help="xem lại mọi trang đã có, dù chưa đến hạn")
    crawl.add_argument("--no-index", action="store_true", help="chưa lập chỉ mục")
    crawl.add_argument(
        "--report", metavar="TỆP.json", help="nơi ghi báo cáo (mặc định: thư mục reports của kho)"
    )


def run_crawl(options: argparse.Namespace, settings: Settings) -> int:
    """Collect from sources, index what came, say what became of every page."""
    from corpus.collect import FRONTIER, collect
    from corpus.report_files import write_report_file
    from corpus.store import Store
    from ingest.crawl.frontier import Frontier
    from ingest.crawl.models import Options
    from ingest.crawl.report import describe_report, report_json

    sources = choose_sources(options.sources, settings)
    wanted = Options(
        since=_read_day(options.since) if options.since else None,
        limit=options.limit,
        dry=options.dry_run,
        recheck=options.recheck,
    )
    with Store.open(settings.store) as store, Frontier.open(store.folder / FRONTIER) as kept:
        frontier = kept.copy() if wanted.dry else kept
        with open_fetcher(settings, robots_cache=frontier) as fetcher, _show(sources) as show:
            report = collect(
                store,
                sources,
                fetcher,
                frontier,
                options=wanted,
                allow=settings.secrecy_allow,
                progress=show,
            )
        indexed = None
        if not (options.no_index or wanted.dry):
            with show_progress() as advance:
                indexed = refresh_index(store, settings, advance, rebuild=False)
        path = Path(options.report) if options.report else None
        written = write_report_file(store.folder, "crawl", report_json(report), path=path)
    if options.json:
        print_json({**report_json(report), "report": str(written)})
        return _exit_code(report)
    print("\n".join(describe_report(report)))
    print(f"Báo cáo: {written}")
    if indexed is not None:
        print(f"Chỉ mục: {indexed.passages} đoạn (thêm {indexed.added}, bỏ {indexed.removed}).")
    if not settings.contact:
        say(
            'Gợi ý: hãy ghi contact = "địa chỉ thư hoặc trang giới thiệu" vào config.toml để quản trị các trang '
            "biết liên hệ ai."
        )
    return _exit_code(report)


def _exit_code(report: CrawlReport) -> int:
    from ingest.crawl.models import Outcome

    troubles = report.count(Outcome.FAILED, Outcome.BLOCKED)
    if not troubles:
        return DONE
    return PARTLY if report.count(*(o for o in Outcome if o.keeps or o is Outcome.LISTED)) else FAILED


def choose_sources(names: Sequence[str], settings: Settings) -> list[Source]:
    """The sources of these names, else those that are enabled. Raises SourcesError or CommandError."""
    from ingest.sources import load_sources

    book = load_sources(settings.sources)
    chosen = [book.get(name) for name in dict.fromkeys(names)] if names else list(book.enabled())
    if barred := next((source for source in chosen if source.barred), None):
        raise CommandError(f"Nguồn {barred.name!r} không được thu thập: {barred.barred}")
    if not chosen:
        raise CommandError(
            "Chưa có nguồn nào được bật. Xem: cancu sources list; bật một nguồn: cancu sources enable TÊN"
        )
    return chosen


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"cần một số nguyên từ 1 trở lên, không phải {text!r}")
    return int(text)


_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")


def _read_day(text: str) -> str:
    """A day as Vietnam writes it, or as ISO does, as ISO 8601."""
    from datetime import date

    match = _DAY.match(text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = match.groups()[:3] if match[1] else match.groups()[:2:-1]
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise CommandError(f"Không hiểu ngày {text!r}. Hãy viết như 15/7/2021 hoặc 2021-07-15.") from None


# --- the live display


@contextmanager
def _show(sources: Sequence[Source]) -> Iterator[Callable[[CrawlProgress], None]]:
    """A table of the sources on standard error that moves with the crawl."""
    from rich.console import Console
    from rich.live import Live

    began, shown = time.monotonic(), 0.0
    console = Console(stderr=True)
    with Live(console=console, refresh_per_second=4, transient=True) as live:

        def show(progress: CrawlProgress) -> None:
            nonlocal shown
            now = time.monotonic()
            if now - shown < 0.25 and progress.waiting is None:
                return  # the table costs more to draw than a page to settle
            shown = now
            live.update(_draw([source.name for source in sources], progress, now - began))

        yield show


def _draw(names: Sequence[str], progress: CrawlProgress, seconds: float) -> Group:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from ingest.crawl.models import Outcome

    columns = {
        "mới": (Outcome.NEW,),
        "đã sửa": (Outcome.CHANGED,),
        "không đổi": (Outcome.SAME,),
        "đã gỡ": (Outcome.GONE,),
        "lỗi, bị chặn": (Outcome.FAILED, Outcome.BLOCKED),
        "danh sách": (Outcome.LISTED,),
    }
    table = Table(box=None, pad_edge=False)
    table.add_column("nguồn", no_wrap=True)
    for column in (*columns, "còn chờ"):
        table.add_column(column, justify="right")
    for name in names:
        counts = progress.counts.get(name, {})
        told = [str(sum(counts.get(outcome, 0) for outcome in outcomes)) for outcomes in columns.values()]
        table.add_row(name, *told, str(progress.queued.get(name, 0)))
    minutes, rest = divmod(int(seconds), 60)
    if progress.waiting is not None:
        state = f"đợi {progress.waiting:.0f} giây theo yêu cầu của máy chủ"
    else:
        state = "đang tải: " + ", ".join(progress.in_flight)
    line = Text(f"{minutes}:{rest:02d}  {state}", overflow="ellipsis", no_wrap=True)
    return Group(table, line)
