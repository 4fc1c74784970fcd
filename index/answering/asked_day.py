"""The day that a question asks about: "vào ngày 01/12/2025 còn hiệu lực không"."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import find_dates
from corpus.symbols import find_symbols, symbol_key
from corpus.text import fold
from index.query import Query

_AT = re.compile(
    r"(?:\A|[.,;:(]\s*|(?<!\w)(?:vao|den|toi|tinh den|tai|luc|thoi diem|trong|hoi|tu))\s*(?:(?:het|thoi diem|luc|cuoi|dau)\s*)*\Z"
)
_OPEN = re.compile(
    r"(?:tinh )?(?:den|toi)(?!\w)|(?:ke )?tu(?!\w)"
)  # "tính đến 15/5/2026", "từ ngày 01/01/2026"
_LONGEST = 31  # days that a "day" may have: a month is one, a year is none


def read_asked_day(query: Query) -> date | None:
    """The first day of the day or month that a question is asked for; None where it names none.

    The day of a document beside its number ("công văn 375 ngày 10/01/2025") is none.
    """
    folded = fold(query.text)
    for period in query.periods:
        if period.first is None or period.last is None:
            open_end = period.last or period.first
            if find_dates(folded[period.start : period.end]) and _OPEN.match(folded, period.start):
                return open_end
            continue
        if (period.last - period.first).days >= _LONGEST:
            continue
        before = re.sub(r"(?:ngay|thang)\s*\Z", "", folded[: period.start])
        if _AT.search(before):
            return period.first
    return None


_BESIDE = 12  # characters between a number and the day that belongs to it


def read_day_of(text: str, key: str) -> str | None:
    """The day (ISO 8601) that a text writes behind a number (its key): it tells acts of several years apart.

    >>> read_day_of("Nghị quyết 11/NQ-CP ngày 15/01/2025 còn hiệu lực không?", symbol_key("11/NQ-CP"))
    '2025-01-15'
    """
    ends = [one.end for one in find_symbols(text) if symbol_key(one.canonical) == key]
    days = (day.iso for end in ends for day in find_dates(text) if 0 < day.start - end <= _BESIDE)
    return next(days, None)
