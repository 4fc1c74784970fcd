"""Dates and periods of a query, with or without diacritics, as first and last day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from corpus.dates import date_at
from corpus.text import fold
from index.query_models import Period, PeriodKind

_YEAR = r"(?:19[4-9]\d|20\d\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_QUARTER = r"(?:[1-4]|iii|ii|iv|i)"
# A point in time, as day, month, quarter or year. Group names are filled in per use.
_POINT = (
    r"(?:(?:ngay )?(?P<{0}day>\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]"
    + _YEAR
    + r"|\d{{1,2}} thang \d{{1,2}},? nam "
    + _YEAR
    + r")"
    r"|thang (?P<{0}month>" + _MONTH + r")(?:[/\-]| nam | )(?P<{0}month_year>" + _YEAR + r")"
    r"|quy (?P<{0}quarter>" + _QUARTER + r")(?:[/\-]| nam | )(?P<{0}quarter_year>" + _YEAR + r")"
    r"|(?:dau |cuoi |giua )?(?:nam )?(?P<{0}year>" + _YEAR + r"))(?![\w/])"
)
_A, _B = _POINT.format("a_"), _POINT.format("b_")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def find_periods(text: str, *, today: date) -> tuple[Period, ...]:
    """The periods that a query names, in order, without overlaps; the longest reading of a place wins.

    "năm nay", "từ 2021 đến nay" and their like count from `today`.

    >>> [(str(p.first), str(p.last)) for p in find_periods("từ 2021 đến nay", today=date(2026, 3, 1))]
    [('2021-01-01', '2026-03-01')]
    """
    folded = fold(text)
    marked = text.lower() != folded
    found: list[Period] = []
    for pattern, kind, read in _READERS:
        for match in pattern.finditer(folded):
            span = read(match, today)
            taken = any(match.start() < p.end and p.start < match.end() for p in found)
            if marked and read in _BY_NAME and not _is_spelt_right(text[match.start() : match.end()]):
                continue
            if span is not None and not taken:
                found.append(
                    Period(start=match.start(), end=match.end(), kind=kind, first=span[0], last=span[1])
                )
    return tuple(sorted(found, key=lambda period: period.start))


_Span = tuple[date | None, date | None]
_Read = Callable[[re.Match[str], date], _Span | None]


def _point(match: re.Match[str], name: str) -> tuple[date, date] | None:
    """First and last day of the point `name` of a match."""
    if match[f"{name}_day"]:
        at = date_at(match[f"{name}_day"], 0)
        return None if at is None else (date.fromisoformat(at.iso),) * 2
    if match[f"{name}_month"]:
        return _months(int(match[f"{name}_month_year"]), int(match[f"{name}_month"]), 1)
    if match[f"{name}_quarter"]:
        typed = match[f"{name}_quarter"]
        quarter = _ROMAN.get(typed) or int(typed)
        return _months(int(match[f"{name}_quarter_year"]), 3 * quarter - 2, 3)
    return _months(int(match[f"{name}_year"]), 1, 12)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = date(year + (month + count - 1) // 12, (month + count - 1) % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def _between(match: re.Match[str], today: date) -> _Span | None:
    first, last = _point(match, "a"), _point(match, "b")
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _until_now(match: re.Match[str], today: date) -> _Span | None:
    first = _point(match, "a")
    return (first[0], today) if first and first[0] <= today else None


def _since(match: re.Match[str], today: date) -> _Span | None:
    first = _point(match, "a")
    return (first[0], None) if first else None


def _after(match: re.Match[str], today: date) -> _Span | None:
    point = _point(match, "a")
    return (point[1] + timedelta(days=1), None) if point else None


def _before(match: re.Match[str], today: date) -> _Span | None:
    point = _point(match, "a")
    return (None, point[0] - timedelta(days=1)) if point else None


def _until(match: re.Match[str], today: date) -> _Span | None:
    point = _point(match, "a")
    return (None, point[1]) if point else None


def _at(match: re.Match[str], today: date) -> _Span | None:
    return _point(match, "a")


def _years(match: re.Match[str], today: date) -> _Span | None:
    first, last = int(match["first"]), int(match["last"])
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last <= first + 60 else None


def _half(match: re.Match[str], today: date) -> _Span | None:
    count, year = int(match["count"]), int(match["year"])
    if not 1 <= count <= 11:
        return None
    return _months(year, 1 if match["side"] == "dau" else 13 - count, count)


def _named_year(match: re.Match[str], today: date) -> _Span | None:
    shift = {"nay": 0, "ngoai": -1, "truoc": -1, "qua": -1, "sau": 1, "toi": 1}[match["which"]]
    return _months(today.year + shift, 1, 12)


def _named_month(match: re.Match[str], today: date) -> _Span | None:
    months = today.year * 12 + today.month - 1
    months += {"nay": 0, "truoc": -1, "qua": -1, "sau": 1, "toi": 1}[match["which"]]
    return _months(months // 12, months % 12 + 1, 1)


def _named_week(match: re.Match[str], today: date) -> _Span | None:
    monday = today - timedelta(days=today.weekday())
    monday += timedelta(weeks={"nay": 0, "truoc": -1, "qua": -1, "sau": 1, "toi": 1}[match["which"]])
    return monday, monday + timedelta(days=6)


def _named_day(match: re.Match[str], today: date) -> _Span | None:
    day = today + timedelta(days={"nay": 0, "qua": -1}[match["which"]])
    return day, day


def _recent(match: re.Match[str], today: date) -> _Span | None:
    count = _COUNTS.get(match["count"]) or int(match["count"])
    if not 1 <= count <= 60:
        return None
    unit = match["unit"]
    if unit in ("ngay", "tuan"):
        return today - timedelta(days=count * (7 if unit == "tuan" else 1)), today
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "nam" else 1)
    # The last day of a shorter month stands for the 31st.
    last = _months(months // 12, months % 12 + 1, 1)[1]
    return last.replace(day=min(today.day, last.day)), today


def _is_spelt_right(phrase: str) -> bool:
    """Whether a marked phrase is made of the words meant: "Việt Nam tối thiểu" holds no "năm tới"."""
    return all(word.isdigit() or word in _SPELT for word in phrase.lower().split())


_BY_NAME = frozenset({_named_year, _named_month, _named_week, _named_day, _recent})
_SPELT = frozenset(
    "năm tháng tuần ngày hôm nay ngoái trước qua sau tới gần đây nhất vừa trở lại"
    " một hai ba bốn sáu bảy tám chín mười".split()
)
_COUNTS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern over folded text; a space stands for any white space, words end where they end."""
    return re.compile(rf"(?<![\w/.-])(?:{text})".replace(" ", r"\s+") + r"(?!\w)")


_COUNTED = "nguoi|dong|trieu|ty|ha|m2|ho|km|kg|can|xa|dang vien|doanh nghiep"  # "2000 người" is no year
_WHICH = "nay|truoc|qua|sau|toi"
_TO = r"(?:\s*[-–—]\s*| den(?: het)? | toi(?: het)? )"
# In order of precedence: a longer reading first.
_READERS: tuple[tuple[re.Pattern[str], PeriodKind, _Read], ...] = (
    (
        _pattern(
            rf"(?:giai doan|thoi ky|nhiem ky|khoa|nien do)(?: nam)?(?: tu)?(?: nam)? (?P<first>{_YEAR}){_TO}(?:nam )?(?P<last>{_YEAR})"
        ),
        PeriodKind.PROGRAMME,
        _years,
    ),
    (
        _pattern(rf"tu (?:thoi diem )?{_A} (?:den|toi|cho den) (?:nay|hien nay|bay gio)"),
        PeriodKind.ISSUED,
        _until_now,
    ),
    (_pattern(rf"tu {_A}{_TO}{_B}"), PeriodKind.ISSUED, _between),
    (_pattern(rf"(?P<first>{_YEAR})\s*[-–—]\s*(?P<last>{_YEAR})"), PeriodKind.PROGRAMME, _years),
    (_pattern(rf"trong khoang {_A}{_TO}{_B}"), PeriodKind.ISSUED, _between),
    (_pattern(rf"(?:tu|ke tu) {_A}(?: tro (?:di|lai day|ve sau|ve day))?"), PeriodKind.ISSUED, _since),
    (_pattern(rf"sau {_A}"), PeriodKind.ISSUED, _after),
    (_pattern(rf"truoc {_A}"), PeriodKind.ISSUED, _before),
    (_pattern(rf"(?:tinh den|den het|tinh den het) {_A}"), PeriodKind.ISSUED, _until),
    (_pattern(rf"{_A} tro ve truoc"), PeriodKind.ISSUED, _until),
    (
        _pattern(rf"(?P<count>\d{{1,2}}) thang (?P<side>dau|cuoi) (?:nam )?(?P<year>{_YEAR})"),
        PeriodKind.ISSUED,
        _half,
    ),
    (
        _pattern(
            rf"(?P<count>\d{{1,2}}|{'|'.join(_COUNTS)}) (?P<unit>nam|thang|tuan|ngay) (?:gan day|gan nhat|qua|vua qua|tro lai day)"
        ),
        PeriodKind.ISSUED,
        _recent,
    ),
    (_pattern(r"nam (?P<which>nay|ngoai|truoc|qua|sau|toi)"), PeriodKind.ISSUED, _named_year),
    (_pattern(rf"thang (?P<which>{_WHICH})"), PeriodKind.ISSUED, _named_month),
    (_pattern(rf"tuan (?P<which>{_WHICH})"), PeriodKind.ISSUED, _named_week),
    (_pattern(r"hom (?P<which>nay|qua)"), PeriodKind.ISSUED, _named_day),
    (_pattern(rf"(?=ngay|\d{{1,2}}[/.\-]|\d{{1,2}} thang|thang|quy){_A}"), PeriodKind.ISSUED, _at),
    (
        _pattern(rf"(?:nam )?(?P<first>(?P<last>{_YEAR}))(?![\w/])(?! (?:{_COUNTED})\b)"),
        PeriodKind.YEAR,
        _years,
    ),
)
