"""Passages and documents that match a query: `search` with its filters."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from commands.console import DONE, CommandGroup, print_json, print_lines
from commands.steps import open_searcher
from settings import Settings

if TYPE_CHECKING:
    from corpus.facets import FacetCount, Selection
    from index.filters import TypedFilters
    from index.query_models import Query


def add_searching(add: CommandGroup) -> None:
    """Register the command of this module."""
    search = add("search", run_search, "tìm đoạn văn bản")
    search.add_argument("query", metavar="TỪ_KHÓA")
    search.add_argument("--top", type=int, default=10, metavar="N", help="số kết quả (mặc định 10)")
    _add_filters(search)
    search.add_argument(
        "--documents", action="store_true", help="xếp hạng văn bản (văn bản nào chi phối), không phải đoạn"
    )


def _add_filters(search: argparse.ArgumentParser) -> None:
    filters = search.add_argument_group("lọc (ghi một tùy chọn nhiều lần để nhận thêm giá trị)")
    for name, metavar, text in (
        ("type", "LOẠI", "loại văn bản, viết tắt hoặc đầy đủ: NQ, nghị quyết, nghi quyet"),
        ("issuer", "CƠ_QUAN", "cơ quan ban hành, tên hoặc mã: UBND tỉnh Hà Tĩnh, Bộ Tài chính, BTC"),
        ("level", "CẤP", "trung ương, tỉnh, huyện, xã"),
        ("system", "HỆ_THỐNG", "Đảng, Nhà nước, Mặt trận"),
        ("province", "TỈNH", "tỉnh, thành phố khi ban hành; của tin bài: nơi được nói tới"),
        ("kind", "LOẠI_TRANG", "directive (văn bản), news (tin bài), unknown (chưa rõ)"),
        ("effect", "HIỆU_LỰC", "hiệu lực theo những gì có trong kho: bị thay thế, bị bãi bỏ, ..."),
        ("source", "NGUỒN", "nơi đăng, tên miền hoặc tệp chứa; một phần của tên cũng được"),
    ):
        filters.add_argument(f"--{name}", action="append", default=[], metavar=metavar, help=text)
    filters.add_argument(
        "--today-province",
        action="store_true",
        help="tính --province theo tỉnh ngày nay, gồm cả văn bản của các tỉnh đã sáp nhập vào",
    )
    days = "năm, tháng hoặc ngày ban hành (của tin bài: ngày đăng): 2021, 7/2021, 15/7/2021, 2021-07-15"
    filters.add_argument("--from", dest="first", metavar="NGÀY", help=f"từ {days}")
    filters.add_argument("--to", dest="last", metavar="NGÀY", help="đến hết năm, tháng hoặc ngày đó")
    filters.add_argument(
        "--facets",
        action="store_true",
        help="đếm các văn bản được lọc theo loại, cơ quan, cấp, tỉnh, năm, ...",
    )


def run_search(options: argparse.Namespace, settings: Settings) -> int:
    """The passages, or the documents, that match a query best."""
    from index.describe import describe_documents, describe_hits, document_json, hit_json
    from index.documents import rank_documents
    from index.filters import read_filters
    from index.number_choices import describe_choices
    from index.query import read_query

    with open_searcher(settings) as searcher:
        store = searcher.store
        filters = read_filters(_typed_filters(options), searcher.facets.documents().values())
        selection = searcher.facets.select(filters)
        facets = searcher.facets.count(selection.documents) if options.facets else None
        query = read_query(options.query, store)
        choices = describe_choices(store, query)
        if options.documents:
            documents = rank_documents(searcher, query, limit=options.top, filters=filters)
            found = {"documents": [document_json(store, one) for one in documents]}
            lines = list(describe_documents(documents))
        else:
            hits = searcher.search(query, limit=options.top, filters=filters)
            found = {"hits": [hit_json(store, hit) for hit in hits]}
            lines = list(describe_hits(store, hits))
    if options.json:
        told = {"choices": _choices_json(query), **found, "selection": _selection_json(selection)}
        counted = {} if facets is None else {"facets": _facets_json(facets)}
        print_json({"query": options.query, **told, **counted})
        return DONE
    print_lines(choices)
    print_lines(lines or ["Không tìm thấy đoạn nào."])
    if filters:
        _print_selection(selection)
    if facets is not None:
        _print_facets(facets)
    return DONE


def _typed_filters(options: argparse.Namespace) -> TypedFilters:
    from index.filters import TypedFilters

    return TypedFilters(
        types=options.type,
        issuers=options.issuer,
        levels=options.level,
        systems=options.system,
        provinces=options.province,
        today=options.today_province,
        first=options.first,
        last=options.last,
        kinds=options.kind,
        effects=options.effect,
        sources=options.source,
    )


def _selection_json(selection: Selection) -> dict[str, Any]:
    return {
        "documents": len(selection.documents),
        "left_out_unknown": selection.unknown,
        "left_out_unknown_by": {facet.value: count for facet, count in selection.unknown_by.items()},
    }


def _print_selection(selection: Selection) -> None:
    from corpus.labels import FACETS

    print(f"Bộ lọc chọn {len(selection.documents)} văn bản.")
    if selection.unknown:
        lacking = "; ".join(f"{FACETS[facet].lower()}: {n}" for facet, n in selection.unknown_by.items())
        print(f"Không tính {selection.unknown} văn bản vì chưa rõ thông tin để lọc ({lacking}).")


def _facets_json(facets: Sequence[FacetCount]) -> dict[str, Any]:
    return {one.facet.value: {"counts": dict(one.counts), "unknown": one.unknown} for one in facets}


def _print_facets(facets: Sequence[FacetCount]) -> None:
    from corpus.labels import FACETS, KINDS, UNKNOWN

    names: dict[str, str] = {kind.value: name for kind, name in KINDS.items()}
    for one in facets:
        if one.counts or one.unknown:
            print(f"\n{FACETS[one.facet]}:")
        for value, count in one.counts.items():
            print(f"  {names.get(value, value)}: {count}")
        if one.unknown:
            print(f"  ({UNKNOWN}: {one.unknown})")


def _choices_json(query: Query) -> dict[str, Any]:
    """What each short form of a number may mean, the likeliest first."""
    return {
        short.lstrip("?"): [asdict(choice) for choice in choices] for short, choices in query.choices.items()
    }
