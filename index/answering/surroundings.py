"""The passage around a quotation, to be read in place: how far a reader has to see to judge it."""

from __future__ import annotations

import re
from dataclasses import dataclass

REACH = 360  # characters to each side
_STOPS = (re.compile(r"\n+"), re.compile(r"(?<=[.;:!?])\s+"), re.compile(r"\s+"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """`before + quote + after` is a stretch of the text as it is stored."""

    before: str
    quote: str
    after: str
    begins_text: bool  # nothing of the text stands before it
    ends_text: bool


def surround(text: str, start: int, end: int, *, reach: int = REACH) -> Surroundings:
    """What stands around `text[start:end]`, cut at a line, else at a sentence, else at a word.

    >>> found = surround("Một. Hai ba bốn. Năm sáu.", 9, 11, reach=6)
    >>> found.before, found.quote, found.after
    ('Hai ', 'ba', ' bốn.')
    """
    first, last = max(0, start - reach), min(len(text), end + reach)
    if first:
        first = _cut(text, first, start, from_left=True)
    if last < len(text):
        last = _cut(text, end, last, from_left=False)
    return Surroundings(
        before=text[first:start],
        quote=text[start:end],
        after=text[end:last],
        begins_text=first == 0,
        ends_text=last == len(text),
    )


def _cut(text: str, first: int, last: int, *, from_left: bool) -> int:
    """Where to cut between two offsets: the outermost stop of the best kind that keeps half of it."""
    for stop in _STOPS:
        found = list(stop.finditer(text, first, last))
        cuts = [match.end() for match in found] if from_left else [match.start() for match in reversed(found)]
        if cuts and abs(cuts[0] - (last if from_left else first)) * 2 >= last - first:
            return cuts[0]
    return last if from_left else first
