"""Words with boxes, and the rows that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_OVERLAP = 0.5  # of the lower of two runs: they stand on one baseline


class Word(NamedTuple):
    """A word in its box, in points from the top left corner of its sheet; `text` is NFC without white space."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None  # of OCR, 0 to 100


@dataclass(slots=True)
class Row:
    """Words on one baseline from left to right."""

    words: list[Word]
    top: float
    bottom: float

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def make_row(words: Iterable[Word]) -> Row:
    """The row of some words of one baseline."""
    ordered = sorted(words, key=lambda word: word.x0)
    return Row(ordered, min(w.top for w in ordered), max(w.bottom for w in ordered))


def merge_rows(runs: Sequence[Sequence[Word]]) -> list[Row]:
    """The rows of some runs, from top to bottom: runs that stand beside each other are one row."""
    rows: list[Row] = []
    for run in sorted((make_row(run) for run in runs if run), key=lambda row: row.top + row.bottom):
        beside = next((row for row in reversed(rows[-3:]) if _is_beside(row, run)), None)
        if beside is None:
            rows.append(run)
            continue
        beside.words = sorted((*beside.words, *run.words), key=lambda word: word.x0)
        beside.top, beside.bottom = min(beside.top, run.top), max(beside.bottom, run.bottom)
    return rows


def _is_beside(row: Row, run: Row) -> bool:
    shared = min(row.bottom, run.bottom) - max(row.top, run.top)
    if shared < _OVERLAP * min(row.height, run.height):
        return False
    return not any(word.x0 < run.x1 and run.x0 < word.x1 for word in row.words)
