"""What the collection has of each series of numbers, and which sources have fallen silent: `coverage`."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from settings import Settings

if TYPE_CHECKING:
    from corpus.coverage import Coverage, Series
    from ingest.activity import SourceActivity


def add_coverage(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Register the command of this module."""
    coverage = add(
        "coverage", run_coverage, "xem kho có, thiếu những số văn bản nào, và nguồn nào đã im tiếng"
    )
    filters = coverage.add_argument_group("lọc (ghi một tùy chọn nhiều lần để nhận thêm giá trị)")
    for name, metavar, text in (
        ("issuer", "CƠ_QUAN", "cơ quan ban hành, tên hoặc mã: UBND tỉnh Hà Tĩnh, Bộ Tài chính, BTC"),
        ("type", "LOẠI", "loại văn bản, viết tắt hoặc đầy đủ: NQ, nghị quyết, nghi quyet"),
        ("year", "NĂM", "năm ban hành; nhiệm kỳ của Đảng có năm đó cũng được tính"),
        ("province", "TỈNH", "tỉnh, thành phố khi ban hành"),
    ):
        filters.add_argument(f"--{name}", action="append", default=[], metavar=metavar, help=text)
    filters.add_argument("--gaps-only", action="store_true", help="chỉ những dãy có số thiếu")
    coverage.add_argument(
        "--csv", metavar="TỆP.csv", help="ghi cả từng số thiếu ra một tệp mở được bằng Excel"
    )


def run_coverage(options: argparse.Namespace, settings: Settings) -> int:
    """The numbers held, missing and mentioned, by issuer, type and year."""
    from corpus.coverage import read_coverage
    from corpus.coverage_report import write_csv
    from corpus.store import Store

    with Store.open(settings.store, read_only=True) as store:
        coverage = read_coverage(store)
    series = [one for one in coverage.series if _passes(one, options)]
    activities = _read_activities(settings.store)
    if options.csv:
        write_csv(series, Path(options.csv))
    if options.json:
        _print_json(series, coverage, activities)
    else:
        _print_coverage(series, coverage, activities, options)
    return 0


def _read_activities(folder: Path) -> tuple[SourceActivity, ...]:
    """What crawls have seen of each source, from the record that they keep beside the store."""
    from corpus.collect import FRONTIER
    from ingest.crawl.frontier import Frontier

    if not (folder / FRONTIER).exists():
        return ()
    with Frontier.open_reading(folder / FRONTIER) as frontier:
        return frontier.activities()


# --- filters


def _passes(series: Series, options: argparse.Namespace) -> bool:
    return (
        _any(options.issuer, lambda typed: _is_issuer(series, typed))
        and _any(options.type, lambda typed: _is_type(series, typed))
        and _any(options.year, lambda typed: _is_year(series, typed))
        and _any(options.province, lambda typed: _is_province(series, typed))
        and (bool(series.missing) or not options.gaps_only)
    )


def _any(typed: Sequence[str], fits: Callable[[str], bool]) -> bool:
    """Whether one of the values fits; none asks nothing."""
    return not typed or any(map(fits, typed))


def _is_issuer(series: Series, typed: str) -> bool:
    """By the code in its numbers ("QH" for every term), else by words of its name."""
    from corpus.text import fold

    code, asked = fold(series.key.code), fold(typed.strip())
    if asked in (code, code.rstrip("0123456789")):
        return True
    return f" {_name(typed)} " in f" {_name(series.issuer or '')} "


def _name(issuer: str) -> str:
    """ "Ủy ban nhân dân tỉnh Hà Tĩnh" and "ubnd ha tinh" as "ubnd ha tinh"."""
    from corpus.identity import fold_issuer

    words = " ".join(re.findall(r"[^\W_]+", fold_issuer(issuer)))
    return re.sub(r"^(ubnd|hdnd) (?:tinh|thanh pho|tp) ", r"\1 ", words)


def _is_type(series: Series, typed: str) -> bool:
    from corpus.symbol_codes import (
        COMMON_TYPE_WORDS,
        FIRM_TYPE_WORDS,
        TYPE_SPELLINGS,
        WHOLE_ONLY_TYPE_WORDS,
    )
    from corpus.text import fold

    asked = fold(typed.strip())
    words = {**WHOLE_ONLY_TYPE_WORDS, **COMMON_TYPE_WORDS, **FIRM_TYPE_WORDS}
    codes = {code for word, code in words.items() if fold(word) == asked}
    codes |= {TYPE_SPELLINGS.get(typed.strip().upper(), "")}
    return series.key.kind in codes or asked in (fold(series.type or ""), fold(series.key.kind or ""))


def _is_year(series: Series, typed: str) -> bool:
    """Whether the year is that of the series, or lies in its term."""
    years = [int(year) for year in re.findall(r"\d{4}", series.key.scope or str(series.key.year or ""))]
    return bool(years) and typed.strip().isdecimal() and min(years) <= int(typed) <= max(years)


def _is_province(series: Series, typed: str) -> bool:
    from corpus.places import PlaceLevel, find_places_folded
    from corpus.text import fold

    meant = {place.name for place in find_places_folded(typed) if place.level is PlaceLevel.PROVINCE}
    return series.province is not None and (
        series.province in meant or fold(series.province) == fold(typed.strip())
    )


# --- output


def _print_json(series: Sequence[Series], coverage: Coverage, activities: Iterable[SourceActivity]) -> None:
    from dataclasses import asdict
    from datetime import date

    from corpus.coverage_report import activity_json, series_json

    shown = {
        "series": [series_json(one) for one in series],
        "unread": list(coverage.unread),
        "unplaced_mentions": coverage.unplaced,
        "sources": [asdict(one) for one in coverage.sources],
        "activity": [activity_json(one, date.today()) for one in activities],
    }
    print(json.dumps(shown, ensure_ascii=False, indent=2))


def _print_coverage(
    series: Sequence[Series],
    coverage: Coverage,
    activities: Iterable[SourceActivity],
    options: argparse.Namespace,
) -> None:
    from datetime import date

    from corpus.coverage_report import describe_coverage, describe_notes, describe_sources

    filtered = bool(options.issuer or options.type or options.year or options.province)
    # A series that is only mentioned is shown to those who ask for it: most collections cite thousands.
    held = [one for one in series if one.documents]
    shown = series if filtered or not held else held
    for line in describe_coverage(shown):
        print(line)
    if not shown:
        print("Không có dãy số nào như vậy trong kho.")
        names = dict.fromkeys(one.issuer for one in coverage.series if one.issuer and one.documents)
        if options.issuer and names:
            print(f"Cơ quan có văn bản trong kho: {'; '.join(names)}.")
        print()
    for line in describe_notes(shown, coverage, unshown=len(series) - len(shown)):
        print(line)
    if not filtered:
        print("\nNguồn:")
        for line in describe_sources(coverage.sources, activities, date.today()):
            print(line)
    if options.csv:
        print(f"\nĐã ghi {options.csv}.")
