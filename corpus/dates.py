"""Full dates in Vietnamese text, day first.

Forms: `15/7/2021`, `15-7-2021`, `15.7.2021`, `15 tháng 7 năm 2021`, ISO `2022-07-20` (with or without a
time). A date without its day or year ("8/3", "tháng 7/2021") is no full date and is not found.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple


class FoundDate(NamedTuple):
    """A full date: ISO 8601 and the span `text[start:end]` of day, month and year (without "ngày")."""

    iso: str
    start: int
    end: int


_FIRST_YEAR, _LAST_YEAR = 1900, 2100

_DATE = re.compile(
    r"(?<![\w])(?<!\d[./,-])(?:"
    r"(?P<iso_year>(?:19|20)\d\d)-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)(?=T\d|[^\w/-]|$)"
    r"|(?P<day>\d{1,2})\s?(?P<sep>[./\-–])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<year>(?:19|20)\d\d)(?![\w]|[/-]\w)"
    r"|(?P<w_day>\d{1,2})\s+(?:tháng|thang)\s+(?P<w_month>\d{1,2})\s*,?\s*(?:năm|nam)\s+(?P<w_year>(?:19|20)\d\d)(?!\d)"
    r")",
    re.IGNORECASE,
)


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """All full dates of `text` in order; impossible ones (31/2/2022) are left out.

    >>> find_dates("ngày 15 tháng 7 năm 2021; 8/3; 22.2.2022")
    (FoundDate(iso='2021-07-15', start=5, end=24), FoundDate(iso='2022-02-22', start=31, end=40))
    """
    found = (_read(match) for match in _DATE.finditer(text))
    return tuple(date_ for date_ in found if date_ is not None)


def date_at(text: str, start: int) -> FoundDate | None:
    """The full date that begins exactly at `start`, or None."""
    match = _DATE.match(text, start)
    return _read(match) if match is not None else None


def _read(match: re.Match[str]) -> FoundDate | None:
    year = match["iso_year"] or match["year"] or match["w_year"]
    month = match["iso_month"] or match["month"] or match["w_month"]
    day = match["iso_day"] or match["day"] or match["w_day"]
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return FoundDate(found.isoformat(), match.start(), match.end())
