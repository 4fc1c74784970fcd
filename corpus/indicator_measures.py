"""The words that say what a quantity measures."""

from __future__ import annotations

import re

from corpus.quantities import Quantity
from corpus.sentences import Span

_BOUNDARY = re.compile(r"[,;:()]\s")
_EDGE = ' \t\n,;:.()“”"-–'


def find_measure(text: str, sentence: Span, quantity: Quantity) -> tuple[Span, ...]:
    """The words before the number up to the last comma, and the words after its unit up to the next; () for none."""
    left = max(
        (m.end() for m in _BOUNDARY.finditer(text, sentence.start, quantity.start)), default=sentence.start
    )
    after = _BOUNDARY.search(text, quantity.end, sentence.end)
    right = after.start() if after else sentence.end
    if _trim(text, left, quantity.start) is None and ":" in text[max(sentence.start, left - 2) : left]:
        # "Tổng nhu cầu vốn: 540 tỷ đồng": what stands before the colon
        ends = [m.end() for m in _BOUNDARY.finditer(text, sentence.start, left - 1)]
        left = max(ends, default=sentence.start)
    spans = (_trim(text, left, quantity.start), _trim(text, quantity.end, min(right, quantity.end + 120)))
    return tuple(span for span in spans if span is not None)


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end) if start < end else None
