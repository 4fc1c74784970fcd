"""Until when a task is to be done: the last day that its sentence sets, or the words of a relative limit."""

from __future__ import annotations

import re

from corpus.sentences import Span
from corpus.stated_times import StatedTime, find_stated_times, last_day

_YEARLY = re.compile(r"\s+(?:hằng|hàng|mỗi)\s+năm", re.IGNORECASE)
_DUE = re.compile(
    r"(?:trước|chậm\s+nhất(?:\s+(?:là|đến|vào|trong))?|muộn\s+nhất|hoàn\s+thành\s+(?:\S+\s+){0,4}?(?:trong|trước|vào)|xong\s+(?:trong|trước)"
    r"|đến\s+hết|hạn\s+(?:cuối|chót)|trong)\s*(?:ngày|năm|tháng|quý)?\s*\Z",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"(?:trong\s+)?(?:thời\s+hạn|vòng|chậm\s+nhất(?:\s+là)?)\s+(?:\d+|một|hai|ba)\s*(?:\([^)]*\)\s*)?(?:ngày|giờ|tháng|năm)(?:\s+làm\s+việc)?[^,;.]*",
    re.IGNORECASE,
)


def find_deadline(
    text: str, start: int, end: int, *, day: str | None, year: int | None
) -> tuple[str | None, Span | None]:
    """The last day that `text[start:end]` sets, with its words; a relative limit has only its words.

    `day`, `year`: of the document; a time before it is no deadline.
    """
    due: tuple[StatedTime, int] | None = None
    for time in find_stated_times(text, start, end, year=year):
        cue = _DUE.search(text[start : time.start])
        if cue is not None and not _YEARLY.match(text, time.end) and not _is_past(time, day):
            due = (time, start + cue.start())
    if due is not None:
        return last_day(due[0].label), Span(due[1], due[0].end)
    limit = _LIMIT.search(text, start, end)
    return None, Span(limit.start(), limit.end()) if limit else None


def year_of_dates(text: str) -> int | None:
    """The year of a page without a date, where all full dates in its text are of one year."""
    years = {
        int(time.label[:4])
        for time in find_stated_times(text, 0, len(text), year=None)
        if len(time.label) == 10
    }
    return years.pop() if len(years) == 1 else None


def _is_past(time: StatedTime, day: str | None) -> bool:
    """Whether a time lies before the document: "vi phạm trước ngày 01 tháng 7 năm 2014"."""
    return day is not None and last_day(time.label)[: len(day)] < day[: len(last_day(time.label))]
