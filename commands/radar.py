"""Who implements a document, when, and of whom the collection shows nothing: `radar`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from commands.chain import read_day, read_number, read_province
from commands.console import DONE, CommandError, CommandGroup, print_json
from settings import Settings

if TYPE_CHECKING:
    from rich.table import Table

    from index.radar.models import Implementation, Radar

_NARROWEST = 110  # characters: a table in fewer is no table; where output is no terminal, it has more
_WIDE = 160
_MENTIONS = 6  # shown at the terminal


def add_radar(add: CommandGroup) -> None:
    """Register the command of this module."""
    radar = add(
        "radar",
        run_radar,
        "rà soát nơi nào đã có văn bản triển khai một văn bản, sau bao nhiêu ngày, nơi nào kho chưa thấy",
    )
    radar.add_argument("symbol", metavar="SỐ", help="số, ký hiệu văn bản, có trong kho hay chỉ được nhắc tới")
    radar.add_argument(
        "--tinh", metavar="TỈNH", type=read_province, help="văn bản của tỉnh này, khi nhiều nơi trùng số"
    )
    radar.add_argument(
        "--ngay",
        dest="issued_on",
        metavar="YYYY-MM-DD",
        type=read_day,
        help="văn bản ban hành ngày này, khi nhiều văn bản trùng số",
    )
    radar.add_argument(
        "--vao-ngay",
        dest="as_of",
        metavar="YYYY-MM-DD",
        type=read_day,
        help="tính đến ngày này, theo tỉnh của ngày đó: 63 trước 1/7/2025, 34 từ đó (mặc định: hôm nay)",
    )
    radar.add_argument(
        "--csv", metavar="TỆP.csv", help="ghi ra một tệp mở được bằng Excel, kèm câu chứng minh"
    )
    radar.add_argument("--xlsx", metavar="TỆP.xlsx", help="ghi bảng đó ra tệp Excel")


def run_radar(options: argparse.Namespace, settings: Settings) -> int:
    """Show what implements a document; a number that the collection does not know is an honest answer."""
    from corpus.spreadsheet import write_rows
    from corpus.store import Store
    from index.exports.sources import describe_collection
    from index.exports.workbook import write_workbook
    from index.radar.finding import find_radar
    from index.radar.table import HEADER, make_rows, make_sheet

    for name, path in (("csv", options.csv), ("xlsx", options.xlsx)):
        if path and not path.lower().endswith(f".{name}"):
            raise CommandError(f"--{name} cần tên tệp kết thúc bằng .{name}, không phải {path!r}.")
    with Store.open(settings.store, read_only=True) as store:
        symbol = read_number(store, options.symbol)
        radar = find_radar(
            store,
            cache(store.document),
            symbol,
            place=options.tinh,
            issued_on=options.issued_on,
            as_of=options.as_of,
        )
        collection = describe_collection(store)
        if options.csv:
            write_rows(HEADER, make_rows(store, radar), Path(options.csv))
        if options.xlsx:
            write_workbook([make_sheet(store, radar)], Path(options.xlsx))
    if options.json:
        print_json({**asdict(radar), "collection": str(collection)})
        return DONE
    _print_radar(radar)
    print(f"Theo {collection}.")
    for path in filter(None, (options.csv, options.xlsx)):
        print(f"Đã ghi {path}.")
    return DONE


def _print_radar(radar: Radar) -> None:
    from rich.console import Console

    from index.answering.chain_wording import tell_bearer
    from index.radar import wording

    console = Console(highlight=False, markup=False, emoji=False)
    console.width = max(console.width, _NARROWEST) if console.is_terminal else _WIDE
    print(wording.heading(radar))
    for line in wording.tell_asked(radar):
        print(line)
    if radar.ending is not None and radar.ending.citation is not None:
        print(f"Chỗ nói về hiệu lực: {wording.quote(radar.ending.citation)}")
    for choice in radar.choices:
        print(f"  – {tell_bearer(choice)}")
    if radar.bearer is not None:
        print()
        for line in wording.sum_up(radar):
            print(line)
    if radar.implementations:
        console.print(_documents(radar), end="\n\n")
        print("Câu chứng minh:")
        for number, one in enumerate(radar.implementations, 1):
            print(f"  [{number}] {wording.quote(one.citation)}")
    if radar.holders:
        console.print(_holders(radar), end="\n\n")
    for mention in radar.mentions[:_MENTIONS]:
        print(f"Nhắc đến, không tính: {wording.tell_mention(mention)}")
    if len(radar.mentions) > _MENTIONS:
        print(f"… và {len(radar.mentions) - _MENTIONS} chỗ nhắc đến nữa: xem bằng --json hoặc --csv.")
    for note in radar.notes:
        print(f"• {note}")


def _documents(radar: Radar) -> Table:
    head = ("", "Văn bản", "Cơ quan ban hành", "Cấp, nơi", "Ngày", "Sau", "Quan hệ; theo đâu")
    rows = (_document_row(radar, number, one) for number, one in enumerate(radar.implementations, 1))
    return _table("Văn bản triển khai", head, rows)


def _document_row(radar: Radar, number: int, one: Implementation) -> Sequence[str]:
    from index.radar import wording

    told = "; ".join((wording.tell_relation(one), wording.tell_shown(one)))
    warned = wording.tell_timing(one, radar.ending)
    return (
        f"[{number}]",
        wording.name_document(one),
        one.issuer or "không rõ",
        wording.tell_place_of(one),
        wording.tell_day(one),
        wording.tell_days(one.days),
        f"{told}\n! {warned}" if warned else told,
    )


def _holders(radar: Radar) -> Table:
    from index.radar import wording

    rows = map(wording.holder_row, radar.holders)
    return _table(f"Theo {wording.unit_of(radar)}", wording.holder_head(radar), rows)


def _table(title: str, head: Sequence[str], rows: Iterator[Sequence[str]]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table
