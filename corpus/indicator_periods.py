"""Of what time a quantity is told, among the times that its sentence states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.quantities import Quantity
from corpus.sentences import Span
from corpus.stated_times import StatedTime, find_stated_times

_NOW = re.compile(
    r"(?<!\w)(?:đến\s+nay|hiện\s+nay|(?<!thực\s)(?<!phát\s)(?<!thể\s)(?<!xuất\s)(?<!biểu\s)hiện(?!\s+(?:đại|tượng|trường|thực|vật|hành|có\s*[,;.])))(?!\w)",
    re.IGNORECASE,
)
UNKNOWN_TIME = ""  # a time of its own, which the text does not fix
_COMPARED = re.compile(r"cùng kỳ(?: năm (?:trước|ngoái))?\s*\(\s*\Z", re.IGNORECASE)
# "70% năm 2025", "1.200 căn trong năm 2024"
_BESIDE = re.compile(r"\s*(?:(?:vào|trong|ở|của|đến)\s+)?")
# "(cùng kỳ quý I/2024 tăng 6,26%)": what a figure is held against has the time beside it.
_BEFORE_THEN = re.compile(r"\s+(?:(?:là|tăng|giảm|đạt|ước|khoảng|trên|hơn|gần)\s+)*")
_THEN = re.compile(r"\(\s*(?:cùng kỳ\s+)?(?:năm\s+)?\Z", re.IGNORECASE)
_MONTH_OF_THIS_YEAR = re.compile(r"tháng\s+(?P<month>\d{1,2})\s+năm\s+nay(?!\w)", re.IGNORECASE)
_FAR_END = re.compile(r",\s+(?:tầm nhìn|định hướng)\s+(?:đến\s+)?\Z")
_FIRST_MONTHS = re.compile(r"\A(?P<year>\d{4})-01/(?P=year)-\d\d\Z")
_THIS_YEAR = re.compile(r"(?<!\w)(?:cả năm|năm nay)(?!\s+(?:\d|học|tới|sau))(?!\w)", re.IGNORECASE)
_REST = re.compile(r"\s+(?:đầu|cuối|còn|tiếp|qua|năm|trước|tới)(?!\w)")
_MONTHS = re.compile(r"(?<!\w)(?P<count>\d{1,2}) tháng(?!\s+(?:\d|tuổi))", re.IGNORECASE)
# The year of a plan that something is measured by is not the time at which it is measured.
_MEASURED_BY = re.compile(
    r"(?:kế hoạch|dự toán|chỉ tiêu|so với|cùng kỳ|mức)(?:\s+(?!hoàn|đến)[^\s,;.:]+){0,4}\s*\Z", re.IGNORECASE
)


class Calendar:
    """The times of one text that only its day or an earlier line fixes: "cả năm", "06 tháng"."""

    def __init__(self, text: str, year: int | None) -> None:
        self.year = year
        months = (
            t for t in find_stated_times(text, 0, len(text), year=year) if _FIRST_MONTHS.search(t.label)
        )
        self._months = {int(time.label[-2:]): time.label for time in months}

    def find(self, text: str, start: int, end: int) -> Iterator[StatedTime]:
        """Such times of `text[start:end]`."""
        if self.year is not None:
            for found in _MONTH_OF_THIS_YEAR.finditer(text, start, end):
                month = f"{self.year}-{int(found['month']):02}"
                yield StatedTime(label=month, start=found.start(), end=found.end(), until=True)
            for found in _THIS_YEAR.finditer(text, start, end):
                yield StatedTime(label=str(self.year), start=found.start(), end=found.end())
        for found in _MONTHS.finditer(text, start, end):
            label = self._months.get(int(found["count"]))
            if label is not None and not _REST.match(text, found.end()):
                yield StatedTime(label=label, start=found.start(), end=found.end())


def is_in_name(text: str, time: StatedTime) -> bool:
    """Whether a time is the far end in the name of a plan: "quy hoạch … 2021 - 2030, tầm nhìn đến năm 2050"."""
    return _FAR_END.search(text, max(0, time.start - 25), time.start) is not None


def is_this_year(text: str, time: StatedTime) -> bool:
    """Whether a time is "cả năm": said of what follows it at once, and no time of the sentences after."""
    return _THIS_YEAR.fullmatch(text, time.start, time.end) is not None


def is_yardstick(text: str, time: StatedTime) -> bool:
    """Whether a time is that of a plan or of what was before, by which something is measured."""
    return _MEASURED_BY.search(text, max(0, time.start - 40), time.start) is not None


def find_period(
    text: str, sentence: Span, quantity: Quantity, times: Sequence[StatedTime], day: str | None
) -> str | None:
    """The time that is said to be an end, else the nearest one before the number, else the first after it.

    "Đến nay" is the day of the document. `UNKNOWN_TIME`: it is of another time than the text above, but not fixed.
    """
    nows = list(_NOW.finditer(text, sentence.start, quantity.start))
    if _COMPARED.search(text, sentence.start, quantity.start):
        return UNKNOWN_TIME
    for time in times:
        if (
            time.end <= quantity.start
            and _BEFORE_THEN.fullmatch(text, time.end, quantity.start)
            and _THEN.search(text, max(0, time.start - 20), time.start)
        ):
            return time.label
    times = tuple(time for time in times if _tells(text, time, quantity))
    if nows:
        times = tuple(time for time in times if time.start >= nows[-1].start())
    beside = [
        time
        for time in times
        if time.start >= quantity.end and _BESIDE.fullmatch(text, quantity.end, time.start)
    ]
    if beside:
        return beside[0].label
    before = [time for time in times if time.end <= quantity.start]
    ends = [time for time in before if time.until]
    if ends or before:
        return (ends or before)[-1].label
    if nows:
        return day or UNKNOWN_TIME
    if times and times[0].start - quantity.end < 60:
        return times[0].label
    return UNKNOWN_TIME if _MONTHS.search(text, sentence.start, quantity.start) else None


def _tells(text: str, time: StatedTime, quantity: Quantity) -> bool:
    """Whether a time is said of the quantity: not the year of a plan, nor one in brackets of their own."""
    if is_yardstick(text, time) or is_in_name(text, time):
        return False
    if time.end > quantity.start:
        return not is_this_year(text, time)
    return ")" not in text[time.end : quantity.start] or "(" in text[time.end : quantity.start]
