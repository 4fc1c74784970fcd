"""A checked text cut into stretches, each with what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from index.checking.models import CheckedNumber, CheckedQuotation, CheckedText


@dataclass(frozen=True, slots=True)
class Stretch:
    """`text[start:end]` with the places (from 0, in `items_of`) of what was found in it, and what of it differs."""

    start: int
    end: int
    items: tuple[int, ...]
    differs: bool


def items_of(checked: CheckedText) -> tuple[CheckedQuotation | CheckedNumber, ...]:
    """The quotations and numbers in the order of the text; a number in a quotation stands behind it."""
    found: list[CheckedQuotation | CheckedNumber] = [*checked.quotations, *checked.numbers]
    return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


def cut_text(checked: CheckedText) -> tuple[Stretch, ...]:
    """The whole text in stretches over which nothing changes."""
    items = items_of(checked)
    differing = [
        (change.start, change.end)
        for one in checked.quotations
        if one.match is not None
        for change in one.match.differences
        if change.start < change.end
    ]
    cuts = {0, len(checked.text)}
    cuts |= {at for one in items for at in (one.start, one.end)}
    cuts |= {at for span in differing for at in span}
    edges = sorted(cuts)
    return tuple(
        Stretch(
            start,
            end,
            tuple(number for number, one in enumerate(items) if one.start <= start and end <= one.end),
            any(low <= start and end <= high for low, high in differing),
        )
        for start, end in pairwise(edges)
    )
