"""A text held against the collection: `check`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.console import DONE, CommandError, CommandGroup, docx_path, print_json, say
from commands.steps import open_searcher
from settings import Settings

if TYPE_CHECKING:
    from index.checking.models import CheckedNumber, CheckedQuotation, CheckedText


def add_checking(add: CommandGroup) -> None:
    """Register the command of this module."""
    check = add("check", run_check, "kiểm tra trích dẫn và số hiệu văn bản trong một bài viết")
    check.add_argument("file", metavar="TỆP", help="tệp .txt, .docx, .pdf …, hoặc - để đọc từ đầu vào chuẩn")
    check.add_argument(
        "--vao-ngay",
        metavar="YYYY-MM-DD",
        type=_read_day,
        help="xét hiệu lực vào ngày này (mặc định: hôm nay)",
    )
    check.add_argument(
        "--export", metavar="TỆP.docx", type=docx_path, help="ghi bài viết kèm nhận xét ra tệp Word"
    )


def run_check(options: argparse.Namespace, settings: Settings) -> int:
    """The verdict on each quotation and number of a text."""
    from index.checking.check import check_text

    text = _read_text(options.file)
    with open_searcher(settings) as searcher:
        checked = check_text(searcher.store, searcher.lexical, text, day=options.vao_ngay)
    if options.export is not None:
        _export(checked, options.export)
    if options.json:
        print_json(_as_json(checked))
    else:
        _print(checked)
    return DONE


def _read_text(name: str) -> str:
    from ingest.uploads import read_upload

    if name == "-":
        return read_upload("-", sys.stdin.buffer.read())
    path = Path(name)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(
            f"Không đọc được tệp {name}: {error.strerror}. Hãy kiểm tra lại đường dẫn."
        ) from error
    return read_upload(path.name, content)


def _read_day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"ngày {typed!r} không đúng; hãy viết năm-tháng-ngày, ví dụ 2026-03-31"
        ) from error


def _export(checked: CheckedText, path: Path) -> None:
    from index.exports.checked import write_checked

    try:
        path.write_bytes(write_checked(checked))
    except OSError as error:
        raise CommandError(
            f"Không ghi được tệp {path}: {error.strerror}. Hãy chọn thư mục có sẵn và được phép ghi."
        ) from error
    say(f"Đã ghi bài viết kèm nhận xét ra tệp {path}")


def _as_json(checked: CheckedText) -> dict[str, Any]:
    value = asdict(checked)
    value.pop("text")
    return value


def _print(checked: CheckedText) -> None:
    from index.checking.layout import items_of
    from index.checking.wording import sum_up, tell_basis

    print(sum_up(checked))
    print(tell_basis(checked))
    for number, one in enumerate(items_of(checked), start=1):
        _print_item(number, one)


def _print_item(number: int, one: CheckedQuotation | CheckedNumber) -> None:
    from index.checking.models import CheckedNumber
    from index.checking.wording import name_verdict, tell_difference, tell_number, tell_quotation

    if isinstance(one, CheckedNumber):
        print(f"\n[{number}] {name_verdict(one)}: {one.text}")
        for line in tell_number(one):
            print(f"    {line}")
        return
    print(f"\n[{number}] {name_verdict(one)}: “{' '.join(one.text.split())}”")
    for line in tell_quotation(one):
        print(f"    {line}")
    if one.match is not None and one.match.differences:
        for change in one.match.differences:
            print(f"    – {tell_difference(change)}")
        print(f"    Nguyên văn trong kho: “{' '.join(one.match.citation.quote.split())}”")
