"""Tables by their ruled lines: which words stand in which cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.readers.words import Word, merge_rows

_NEAR = 3.0  # points: lines that near are one line, and meet
_SHORTEST = 8.0  # points: no side of a cell is shorter
_MOST_RULINGS = 4000  # of one sheet: more are a drawing


class Ruling(NamedTuple):
    """A straight line, horizontal or vertical, as the thin box that it fills."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: its rows as words and as text with " | " between cells."""

    top: float
    bottom: float
    rows: tuple[tuple[tuple[Word, ...], str], ...]


def find_tables(
    runs: Sequence[Sequence[Word]], rulings: Sequence[Ruling]
) -> tuple[list[Table], list[Sequence[Word]]]:
    """The tables of a sheet from top to bottom, and the runs of words outside of them."""
    rulings = [line for line in rulings if max(line.x1 - line.x0, line.bottom - line.top) >= _SHORTEST]
    if len(rulings) < 5 or len(rulings) > _MOST_RULINGS:
        return [], list(runs)
    tables: list[Table] = []
    outside: list[Sequence[Word]] = list(runs)
    for grid in _find_grids(rulings):
        inside = [[w for w in run if grid.holds(w)] for run in outside]
        table = _fill(grid, [words for words in inside if words])
        if table is None:
            continue
        tables.append(table)
        outside = [rest for run in outside if (rest := [w for w in run if not grid.holds(w)])]
    return sorted(tables, key=lambda table: table.top), outside


@dataclass(slots=True)
class _Grid:
    """Lines that meet each other."""

    lines: list[Ruling]

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (
            min(line.x0 for line in self.lines),
            min(line.top for line in self.lines),
            max(line.x1 for line in self.lines),
            max(line.bottom for line in self.lines),
        )

    def holds(self, word: Word) -> bool:
        x0, top, x1, bottom = self.box
        return x0 <= (word.x0 + word.x1) / 2 <= x1 and top <= (word.top + word.bottom) / 2 <= bottom


def _find_grids(rulings: Sequence[Ruling]) -> list[_Grid]:
    """Groups of lines that touch, with at least two cells beside each other."""
    level = [line for line in rulings if line.level]
    upright = [line for line in rulings if not line.level]
    parents = list(range(len(rulings)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    lines = [*level, *upright]
    level.sort(key=lambda line: line.top)
    tops = [line.top for line in level]
    lines[: len(level)] = level
    for i, bar in enumerate(upright, len(level)):
        first = bisect_right(tops, bar.top - _NEAR)
        last = bisect_right(tops, bar.bottom + _NEAR)
        for j in range(first, last):
            if level[j].x0 - _NEAR <= bar.x0 <= level[j].x1 + _NEAR:
                parents[root(i)] = root(j)
    groups: dict[int, list[Ruling]] = {}
    for i, line in enumerate(lines):
        groups.setdefault(root(i), []).append(line)
    grids = [_Grid(group) for group in groups.values()]
    return [grid for grid in grids if len(_levels([v.x0 for v in grid.lines if not v.level])) >= 3]


def _levels(values: Sequence[float]) -> list[float]:
    """Values with those nearer than a line's breadth taken as one."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _NEAR:
            levels.append(value)
    return levels


def _fill(grid: _Grid, runs: Sequence[Sequence[Word]]) -> Table | None:
    """The words of a grid in its cells; None where it holds no text."""
    level = sorted((line for line in grid.lines if line.level), key=lambda line: line.top)
    upright = sorted((line for line in grid.lines if not line.level), key=lambda line: line.x0)
    columns = _levels([line.x0 for line in upright])
    cells: dict[_Cell, list[list[Word]]] = {}
    for run in runs:
        parts: dict[_Cell, list[Word]] = {}
        for word in run:
            parts.setdefault(_cell_of(word, level, upright, columns), []).append(word)
        for cell, words in parts.items():
            cells.setdefault(cell, []).append(words)
    rows = [
        _row({cell: cells[cell] for cell in sorted(cells) if cell.top == top}, len(columns))
        for top in sorted({cell.top for cell in cells})
    ]
    _, top, _, bottom = grid.box
    return Table(top, bottom, tuple(rows)) if rows else None


class _Cell(NamedTuple):
    """Where a cell is: its upper line, and the first and last column that it covers."""

    top: int
    first: int
    last: int


def _cell_of(
    word: Word, level: Sequence[Ruling], upright: Sequence[Ruling], columns: Sequence[float]
) -> _Cell:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    beside = [line.x0 for line in upright if line.top - _NEAR <= y <= line.bottom + _NEAR]
    left = max((at for at in beside if at <= x), default=columns[0])
    right = min((at for at in beside if at > x), default=columns[-1] + 2 * _NEAR)
    above = [line.top for line in level if line.top <= y and line.x0 - _NEAR <= x <= line.x1 + _NEAR]
    first = max(0, bisect_right(columns, left + _NEAR) - 1)
    last = max(first, bisect_right(columns, right - 2 * _NEAR) - 1)
    return _Cell(round(max(above, default=0.0) / _NEAR), first, last)


def _row(cells: dict[_Cell, list[list[Word]]], columns: int) -> tuple[tuple[Word, ...], str]:
    """The words and the text of one row; a column that no cell covers is an empty cell."""
    words: list[Word] = []
    texts: list[str] = []
    covered = -1
    for cell, runs in cells.items():
        texts += [""] * (cell.first - covered - 1)
        inside = [word for row in merge_rows(runs) for word in row.words]
        words += inside
        texts.append(" ".join(word.text for word in inside))
        covered = max(covered, cell.last)
    texts += [""] * max(0, columns - 2 - covered)
    return tuple(words), " | ".join(texts).strip(" |")
