"""The numbers of a series as a strip: which are held, which are missing, which are only mentioned, in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.coverage import Range, Series, to_ranges


class Mark(StrEnum):
    """What is known of a number."""

    HELD = "có"
    MISSING = "thiếu"
    MENTIONED = "chỉ được nhắc tới"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A run of numbers of one kind."""

    first: int
    last: int
    mark: Mark

    @property
    def numbers(self) -> str:
        """ "07", "12–18"."""
        return f"{self.first:02}" if self.first == self.last else f"{self.first:02}–{self.last:02}"

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def strip_of(series: Series) -> tuple[Segment, ...]:
    """The runs of a series in ascending order. A missing number that is mentioned counts as mentioned.

    Numbers that are no whole numbers ("12A") stand in no strip.
    """
    segments = [
        *(Segment(first=a, last=b, mark=Mark.HELD) for a, b in to_ranges(series.held)),
        *(Segment(first=a, last=b, mark=Mark.MENTIONED) for a, b in to_ranges(series.mentioned)),
        *(
            Segment(first=a, last=b, mark=Mark.MISSING)
            for run in series.missing
            for a, b in _without(run, series.mentioned)
        ),
    ]
    return tuple(sorted(segments, key=lambda segment: segment.first))


def _without(run: Range, numbers: Sequence[int]) -> Iterator[Range]:
    """What is left of a run without some numbers, which ascend.

    >>> list(_without((5, 9), [1, 6, 7, 12]))
    [(5, 5), (8, 9)]
    """
    first, last = run
    for number in numbers[bisect_left(numbers, first) : bisect_left(numbers, last + 1)]:
        if first < number:
            yield first, number - 1
        first = number + 1
    if first <= last:
        yield first, last
