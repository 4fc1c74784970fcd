"""Provinces beside each other on one theme, and everything that is known of the store as tables: `compare`, `export`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.chain import read_day, read_province
from commands.console import DONE, CommandGroup, print_json
from commands.steps import open_searcher
from settings import Settings

if TYPE_CHECKING:
    from index.comparison.models import Cell, Comparison, Row, Span


def add_comparing(add: CommandGroup) -> None:
    """Register the commands of this module."""
    compare = add(
        "compare",
        run_compare,
        "so sánh các tỉnh theo một chủ đề hoặc câu hỏi: mỗi ô là một trích dẫn, kèm thời gian, địa bàn, mẫu số",
    )
    compare.add_argument("theme", metavar="CHỦ_ĐỀ", help="chủ đề hoặc câu hỏi")
    compare.add_argument(
        "--tinh",
        dest="provinces",
        metavar="TỈNH",
        action="append",
        default=[],
        required=True,
        type=read_province,
        help="tỉnh, thành phố cũ hoặc mới; ghi nhiều lần để so nhiều tỉnh",
    )
    compare.add_argument(
        "--hien-nay", dest="joined", action="store_true", help="gộp theo tỉnh hiện nay (từ 1/7/2025)"
    )
    compare.add_argument(
        "--giai-doan",
        dest="period",
        metavar="THỜI_KỲ",
        type=_read_period,
        help="chỉ so những gì nói về thời kỳ này: 2016-2020, năm 2021, từ 2021 đến 2023",
    )
    compare.add_argument(
        "--vao-ngay",
        dest="as_of",
        metavar="YYYY-MM-DD",
        type=read_day,
        help="không tính văn bản ban hành sau ngày này (mặc định: hôm nay)",
    )
    compare.add_argument(
        "--csv", metavar="TỆP.csv", type=_ending(".csv"), help="ghi ra tệp .csv kèm bằng chứng"
    )
    compare.add_argument(
        "--xlsx",
        metavar="TỆP.xlsx",
        type=_ending(".xlsx"),
        help="ghi ra tệp Excel: bảng so sánh, bằng chứng, mẫu số, lưu ý",
    )
    export = add(
        "export",
        run_export,
        "xuất mọi thông tin hoặc mọi chỗ dẫn văn bản trong kho, kèm câu chữ chứng minh và phiên bản kho",
    )
    what = export.add_mutually_exclusive_group(required=True)
    for name, text in (
        ("facts", "thông tin của từng văn bản: số, loại, cơ quan, ngày, người ký, …"),
        ("references", "mọi chỗ một văn bản nêu số của văn bản khác"),
    ):
        what.add_argument(f"--{name}", dest="table", action="store_const", const=name, help=text)
    where = export.add_mutually_exclusive_group(required=True)
    where.add_argument("--csv", metavar="TỆP.csv", type=_ending(".csv"), help="tệp mở được bằng Excel")
    where.add_argument(
        "--jsonl", metavar="TỆP.jsonl", type=_ending(".jsonl"), help="mỗi dòng một đối tượng JSON"
    )


def _ending(ending: str) -> Callable[[str], Path]:
    """The type of an option whose file must end as it says."""

    def read_path(name: str) -> Path:
        if not name.lower().endswith(ending):
            raise argparse.ArgumentTypeError(f"cần tên tệp kết thúc bằng {ending}, không phải {name!r}")
        return Path(name)

    return read_path


def _read_period(text: str) -> Span:
    from index.comparison.times import read_span

    span = read_span(text, date.today())
    if span is None:
        raise argparse.ArgumentTypeError(
            f"không đọc được thời kỳ {text!r}; hãy viết như 2016-2020, năm 2021 hoặc từ 2021 đến 2023"
        )
    return span


def run_compare(options: argparse.Namespace, settings: Settings) -> int:
    """Show the comparison; a province of which nothing is seen or held is an honest answer."""
    from corpus.place_groups import Joining
    from corpus.spreadsheet import write_rows
    from index.comparison.finding import compare
    from index.comparison.table import HEADER, make_rows, make_sheets
    from index.exports.sources import describe_collection
    from index.exports.workbook import write_workbook

    with open_searcher(settings) as searcher:
        given = compare(
            searcher,
            options.theme,
            options.provinces,
            joining=Joining.NOW if options.joined else Joining.THEN,
            period=options.period,
            as_of=options.as_of,
        )
        collection = describe_collection(searcher.store)
        if options.csv:
            write_rows(HEADER, make_rows(searcher.store, given), options.csv)
        if options.xlsx:
            write_workbook(make_sheets(searcher.store, given), options.xlsx)
    if options.json:
        print_json({**comparison_json(given), "collection": str(collection)})
        return DONE
    print("\n".join(_describe(given)))
    print(f"\nTheo {collection}.")
    for path in filter(None, (options.csv, options.xlsx)):
        print(f"Đã ghi {path}.")
    return DONE


def run_export(options: argparse.Namespace, settings: Settings) -> int:
    """Write a table of the whole store."""
    from corpus.store import Store
    from index.exports.bulk import TABLES, write_csv, write_jsonl

    with Store.open(settings.store, read_only=True) as store:
        table = TABLES[options.table](store)
        if options.csv:
            write_csv(table, options.csv)
        else:
            write_jsonl(table, options.jsonl)
    path = options.csv or options.jsonl
    if options.json:
        print_json({"table": options.table, "file": str(path), "columns": list(table.header)})
    else:
        print(f"Đã ghi {path}.")
    return DONE


def comparison_json(given: Comparison) -> dict[str, Any]:
    """A comparison as JSON: days as ISO 8601, each row with what it is called and its denominator in words."""
    from index.comparison import wording

    return {
        "theme": given.theme,
        "heading": wording.heading(given),
        "joining": given.joining.value,
        "period": _span_json(given.period),
        "as_of": given.as_of,
        "rows": [_row_json(given, row) for row in given.rows],
        "warnings": list(given.warnings),
        "notes": list(given.notes),
        "dropped": given.dropped,
    }


def _row_json(given: Comparison, row: Row) -> dict[str, Any]:
    from index.comparison import wording

    return {
        "label": row.group.label,
        "province": row.group.province,
        "parts": list(row.group.parts),
        "seen": row.seen.value,
        "told": wording.tell_seen(row),
        "cells": [_cell_json(given, row, cell) for cell in row.cells],
        "holding": asdict(row.holding),
        "other_time": row.other_time,
        "no_time": row.no_time,
    }


def _cell_json(given: Comparison, row: Row, cell: Cell) -> dict[str, Any]:
    from index.comparison import wording

    return {
        "quotation": wording.quote(cell),
        "told": cell.told.value,
        "source": wording.name_source(cell),
        "area": cell.source.label,
        "places": wording.tell_places(row, cell),
        "part": cell.part.value if cell.part else None,
        "time": {
            "told": wording.tell_time(cell.time),
            "by": cell.time.clock.value,
            "beside_the_period": wording.tell_beside(given.period, cell) or None,
            "spans": [_span_json(span) for span in cell.time.spans],
        },
        "type": cell.type,
        "dated": cell.dated,
        "confidence": cell.confidence,
        "citations": [{**asdict(one), "about": list(one.about)} for one in cell.citations],
        "figures": [asdict(figure) for figure in cell.figures],
    }


def _span_json(span: Span | None) -> dict[str, str | None] | None:
    if span is None:
        return None
    return {
        "first": span.first.isoformat() if span.first else None,
        "last": span.last.isoformat() if span.last else None,
    }


def _describe(given: Comparison) -> Iterator[str]:
    from index.comparison import wording

    yield f"So sánh {wording.heading(given)}"
    for row in given.rows:
        yield f"\n{row.group.label}: {wording.tell_seen(row)}"
        yield f"  {wording.tell_holding(row.holding)}"
        for cell in row.cells:
            citation = cell.citations[0]
            yield f"  – “{wording.quote(cell)}”"
            yield f"    {wording.tell_told(row, cell)}: {wording.name_source(cell)}; {citation.place}"
            yield f"    Thời gian: {wording.tell_time(cell.time)}"
            if beside := wording.tell_beside(given.period, cell):
                yield f"    ! {beside}"
            yield f"    Nơi: {wording.tell_places(row, cell)}"
            spans = "; ".join(f"{one.start}–{one.end}" for one in cell.citations)
            yield f"    Tài liệu {citation.document_id}, ký tự {spans}{f'; {citation.url}' if citation.url else ''}"
    yield ""
    for warning in given.warnings:
        yield f"! {warning}"
    for note in given.notes:
        yield f"• {note}"
