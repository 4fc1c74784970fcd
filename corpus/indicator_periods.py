"""Of what time a quantity is told, among the times that its sentence states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.quantities import Quantity
from corpus.sentences import Span
from corpus.stated_times import StatedTime

_NOW = re.compile(
    r"(?<!\w)(?:đến\s+nay|hiện\s+nay|hiện\s+có|(?<!thực\s)(?<!phát\s)(?<!thể\s)(?<!xuất\s)(?<!biểu\s)hiện(?!\s+(?:đại|tượng|trường|thực|vật|hành)))(?!\w)",
    re.IGNORECASE,
)
UNKNOWN_TIME = ""  # a time of its own, which the text does not fix
_COMPARED = re.compile(r"cùng kỳ(?: năm (?:trước|ngoái))?\s*\(\s*\Z", re.IGNORECASE)
# "70% năm 2025", "1.200 căn trong năm 2024"
_BESIDE = re.compile(r"\s*(?:(?:vào|trong|ở|của|đến)\s+)?")
_MONTHS = re.compile(r"(?<!\w)\d{1,2} tháng(?!\s+(?:\d|tuổi))", re.IGNORECASE)
# The year of a plan that something is measured by is not the time at which it is measured.
_MEASURED_BY = re.compile(
    r"(?:kế hoạch|dự toán|chỉ tiêu|so với|cùng kỳ|mức)(?:\s+[^\s,;.]+){0,4}\s*\Z", re.IGNORECASE
)


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
    if is_yardstick(text, time):
        return False
    if time.end > quantity.start:
        return True
    return ")" not in text[time.end : quantity.start] or "(" in text[time.end : quantity.start]
