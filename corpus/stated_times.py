"""When a sentence speaks of, as it says it: a day, month, quarter, year or span of years.

Labels are ISO 8601 where it has a form ("2020-06-15", "2020-06", "2018"), "2022-Q1" for a quarter, "2021-2025"
for a span of years, "2023-01/2023-06" for the first months of a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.dates import find_dates


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTime:
    """A time that a text states, `text[start:end]`. `until`: it is said as an end ("đến năm 2030", "trước ngày 5.5")."""

    label: str
    start: int
    end: int
    until: bool = False

    @property
    def last_year(self) -> int:
        """The year in which it ends."""
        return int(re.findall(r"(?:19|20)\d\d", self.label)[-1])


_YEAR = r"(?:19|20)\d\d"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAY_MONTH = re.compile(
    r"(?:ngày|sáng|chiều|tối)\s+(?P<day>\d{1,2})(?:\s*[./]\s*|\s+tháng\s+)(?P<month>\d{1,2})(?![\w])(?!\s*[./\-]\s*\d)"
    r"(?!\s+năm)",
    re.IGNORECASE,
)
_FIRST_MONTHS = re.compile(
    rf"(?P<count>\d{{1,2}})\s+tháng\s+(?:đầu\s+)?năm(?:\s+(?P<year>{_YEAR})(?!\d))?", re.IGNORECASE
)
_MONTH = re.compile(
    rf"tháng\s+(?P<month>1[0-2]|0?[1-9])(?:\s*[/\-]\s*|\s+năm\s+|\s+)(?P<year>{_YEAR})(?![\w/])",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"quý\s+(?P<quarter>[1-4]|iii|ii|iv|i)(?:\s*[/\-]\s*|\s+năm\s+|\s+)(?P<year>{_YEAR})(?![\w/])",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"(?:giai\s+đoạn|nhiệm\s+kỳ|năm\s+học|năm)\s+(?:từ\s+(?:năm\s+)?)?(?P<first>{_YEAR})\s*(?:[-–]|đến(?:\s+năm)?)\s*(?P<last>{_YEAR})(?![\w/])"
    rf"|từ\s+(?:năm\s+)?(?P<since>{_YEAR})\s*(?:[-–]|đến(?:\s+(?:hết\s+)?năm)?)\s*(?P<till>{_YEAR})(?![\w/])",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(
    rf"(?:năm|đến|cuối|tới)\s+(?P<year>{_YEAR})(?![\w/])(?!\.\d)(?!\s*[-–]\s*{_YEAR})", re.IGNORECASE
)
_UNTIL = re.compile(
    r"(?:đến|tới|trước|hết|cuối|chậm\s+nhất|muộn\s+nhất)(?:\s+(?:là|hết|cuối|trước))?(?:\s+(?:ngày|tháng|quý|năm))?\s*\Z",
    re.IGNORECASE,
)


def find_stated_times(text: str, start: int, end: int, *, year: int | None) -> tuple[StatedTime, ...]:
    """The times of `text[start:end]` in order, without overlaps.

    `year` is the year of the document, for a day without a year ("ngày 10.4"); None leaves such days out.

    >>> [t.label for t in find_stated_times("đến ngày 10.4, quý I/2024, giai đoạn 2021-2025", 0, 46, year=2025)]
    ['2025-04-10', '2024-Q1', '2021-2025']
    """
    part = text[start:end]
    kept: list[StatedTime] = []
    for label, first, last in _read_all(part, year):
        if all(last <= time.start - start or time.end - start <= first for time in kept):
            kept.append(
                StatedTime(
                    label=label,
                    start=start + first,
                    end=start + last,
                    until=_UNTIL.search(part, max(0, first - 30), first) is not None
                    or part[first:last].lower().startswith(("đến", "tới", "cuối")),
                )
            )
    return tuple(sorted(kept, key=lambda time: time.start))


def _read_all(part: str, year: int | None) -> Iterator[tuple[str, int, int]]:
    """Label and span of every reading; the surer reading of a place comes first."""
    for found in find_dates(part):
        yield found.iso, found.start, found.end
    for match in _DAY_MONTH.finditer(part) if year is not None else ():
        if (label := _day(year, match["month"], match["day"])) is not None:
            yield label, match.start(), match.end()
    for match in _FIRST_MONTHS.finditer(part):
        told = match["year"] or (str(year) if year is not None and "đầu" in match[0].lower() else None)
        if told is not None and int(match["count"]) <= 12:
            yield f"{told}-01/{told}-{int(match['count']):02}", match.start(), match.end()
    for match in _MONTH.finditer(part):
        yield f"{match['year']}-{int(match['month']):02}", match.start(), match.end()
    for match in _QUARTER.finditer(part):
        quarter = _QUARTERS.get(match["quarter"].lower()) or int(match["quarter"])
        yield f"{match['year']}-Q{quarter}", match.start(), match.end()
    for match in _SPAN.finditer(part):
        yield (
            f"{match['first'] or match['since']}-{match['last'] or match['till']}",
            match.start(),
            match.end(),
        )
    for match in _ONE_YEAR.finditer(part):
        yield match["year"], match.start(), match.end()


def _day(year: int | None, month: str, day: str) -> str | None:
    try:
        return date(year or 0, int(month), int(day)).isoformat()
    except ValueError:
        return None


def last_day(label: str) -> str:
    """The label of a deadline: a quarter becomes its last day, everything else stays.

    >>> last_day("2024-Q1"), last_day("2023-06"), last_day("2021-2025")
    ('2024-03-31', '2023-06', '2025')
    """
    if match := re.fullmatch(r"(\d{4})-Q(\d)", label):
        year, month = int(match[1]), 3 * int(match[2])
        following = date(year + month // 12, month % 12 + 1, 1)
        return (following - timedelta(days=1)).isoformat()
    if match := re.fullmatch(r"\d{4}-(\d{4})", label):
        return match[1]
    return label
