"""What a refusal can add about a number that is not held: how much of its series is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.coverage import Series, series_of, to_ranges
from corpus.coverage_report import name_scope, write_ranges
from corpus.models import SymbolMention
from corpus.series import find_series
from corpus.store import Store
from corpus.symbols import read_symbol
from index.answering.targets import is_copied
from index.query_models import PeriodKind, Query

_OF_PROVINCES = re.compile(r"UBND|HĐND|T[UH]$|BCĐ")  # codes of bodies that every province has
_MOST = 5  # series told of; a number without its province may be of sixty
_RUNS = 6  # of numbers in a sentence


def tell_coverage(store: Store, query: Query) -> tuple[str, ...]:
    """Vietnamese sentences about the series that the first number asked for and not held belongs to."""
    symbol = next((symbol for symbol in query.symbols if not store.documents_with_symbol(symbol)), None)
    mention = read_symbol(symbol) if symbol else None
    if symbol is None or mention is None or is_copied(store, symbol):
        return ()  # of what a page copies out the reader is told that, not what else is lacking
    provinces = tuple(dict.fromkeys(name for place in query.places for name in place.provinces))
    years = () if mention.year else _asked_years(query)
    found = series_of(store, symbol, provinces=provinces, years=years)
    number = int(mention.number) if mention.number.isdigit() else None
    found = tuple(one for one in found if number in one.mentioned) or found
    unnumbered = _tell_unnumbered(store)
    if not found:
        return (_tell_nothing(mention, provinces, years), *unnumbered)
    told = [_tell(series, number) for series in found[:_MOST]]
    rest = len(found) - _MOST
    more = (f"Còn {rest} dãy khác có số dạng này.",) if rest > 0 else ()
    return (*told, *more, *unnumbered)


def _asked_years(query: Query) -> tuple[int, ...]:
    """The years that a query names beside its numbers, without the spans of programmes."""
    asked = [period for period in query.periods if period.kind is not PeriodKind.PROGRAMME]
    return tuple(
        dict.fromkeys(
            period.first.year
            for period in asked
            if period.first and period.last and period.first.year == period.last.year
        )
    )


def _tell_nothing(mention: SymbolMention, provinces: Sequence[str], years: Sequence[int]) -> str:
    key = find_series(mention)
    of = f" của {', '.join(provinces)}" if provinces and _OF_PROVINCES.search(key.code) else ""
    year = f" năm {', '.join(map(str, years))}" if years else ""
    return f"Kho chưa có văn bản nào thuộc dãy …{key.ending}{year}{of}."


def _tell_unnumbered(store: Store) -> tuple[str, ...]:
    """That a number was not seen proves nothing where documents are held whose number is not known."""
    count = store.count_unnumbered()
    told = f"{count} văn bản trong kho không rõ số hiệu."
    return (told,) if count else ()


def _tell(series: Series, number: int | None) -> str:
    key = series.key
    untold = key.kind is not None and key.kind not in key.ending  # of a number that carries no type
    kind = f"{series.type.lower()} " if untold and series.type else ""
    plain = key.scope == f"năm {key.year}" and key.ending.startswith(f"/{key.year}/")
    scope = "" if plain else f" ({name_scope(series)})"
    name = f"{kind}…{key.ending}{scope} của {series.issuer or f'cơ quan không rõ (mã {key.code})'}"
    if not series.documents:
        return f"Kho chưa có văn bản nào thuộc dãy {name}."
    held = _write(series.held, series.others)
    return f"Trong dãy {name}, kho có số {held}.{_tell_place(series, number)}"


def _write(numbers: Sequence[int], others: Sequence[str]) -> str:
    return ", ".join(filter(None, [write_ranges(to_ranges(numbers), most=_RUNS), *others]))


def _tell_place(series: Series, number: int | None) -> str:
    """Where the number asked for would stand in its series."""
    low, high = series.lowest, series.highest
    if number is None or low is None or high is None:
        return ""
    if number < low:
        return f" Kho chưa có số nào dưới {low:02}."
    if number > high:
        return f" Số cao nhất đã thấy là {high:02}; không rõ số {number:02} đã ban hành hay chưa."
    return f" Số {number:02} chưa có trong kho."
