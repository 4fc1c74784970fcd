"""Rows of places in tables whose cells stand on lines of their own, as portals print them.

A row is its number, a unit with its level word ("Xã …", "Huyện …") or a province, then its figures. The unit of measure must
stand in brackets in a head above the first row, once for all columns, and a head or title must say what is
given, aimed at or reached; other tables are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.gazetteer import PlaceLevel, Scheme, list_units
from corpus.indicator_cues import IndicatorKind, is_norm
from corpus.lines import TextLine
from corpus.quantities import name_unit
from corpus.sentences import Span

_HEAD_LINES = 30  # above the first row: title, unit, heads of columns
_ORDINAL = re.compile(r"\d{1,3}\.?")
_PLACE = re.compile(
    r"(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)\s+(?P<name>[A-ZĐ][^,;.:()\d]*(?:\s\d{1,2})?)\s*",
    re.IGNORECASE,
)
_CELL = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_UNIT = re.compile(
    r"(?:\(|(?:ĐVT|Đơn vị(?: tính)?)\s*:\s*)(?P<unit>%|(?:triệu |tỷ |nghìn |1\.000 )?đồng|ha|người|hộ|biên chế)\)?",
    re.IGNORECASE,
)
_KINDS = (
    (
        IndicatorKind.ALLOCATION,
        re.compile(r"(?<!\w)(?:vốn|kinh phí|dự toán|phân bổ|ngân sách|biên chế)(?!\w)", re.IGNORECASE),
    ),
    (IndicatorKind.TARGET, re.compile(r"(?<!\w)(?:chỉ tiêu|mục tiêu|phấn đấu)(?!\w)", re.IGNORECASE)),
    (IndicatorKind.RESULT, re.compile(r"(?<!\w)(?:kết quả|thực hiện được|đã đạt)(?!\w)", re.IGNORECASE)),
)
_PRICED = re.compile(
    r"(?<!\w)(?:mức thu|lệ phí|mức phí|giá đất|bảng giá|đơn giá|mức chi|thời hạn|hệ số)(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure of a row, `text[start:end]`, with the row's place and what the heads say of it."""

    digits: str
    unit: str
    place: str
    is_province: bool  # told by its bare name
    kind: IndicatorKind
    heads: tuple[Span, ...]  # the head with the unit, and that of the column where it is known
    row: Span  # from the name of the place to the figure
    start: int
    end: int
    above: Span  # title and heads of the table


def find_cells(lines: Sequence[TextLine]) -> Iterator[Cell]:
    """The figures of the rows of places in the lines of a document, in order."""
    heads: tuple[int, int] | None = None  # first and last line of the heads of the table at hand
    until = 0  # the line after the last row
    for i, line in enumerate(lines):
        cells = _cells_after(lines, i)
        if not cells or not _ORDINAL.fullmatch(lines[i - 1].text):
            continue
        if heads is None or i - until > 12:  # notes of a row may stand between; more is another table
            heads = (max(0, i - 1 - _HEAD_LINES), i - 1)
        until = i + len(cells)
        place = _read_place(line.text)
        table = _read_heads(lines[slice(*heads)], len(cells))
        if place is None or table is None:
            continue
        unit, kind, spans = table
        for column, cell in enumerate(cells):
            yield Cell(
                digits=cell.text,
                unit=unit,
                place=place,
                is_province=_PLACE.fullmatch(line.text) is None,
                kind=kind,
                heads=(spans[0], *spans[1:][column : column + 1]),
                row=Span(line.start, cell.end),
                start=cell.start,
                end=cell.end,
                above=Span(lines[heads[0]].start, lines[heads[1]].start),
            )


def _read_place(words: str) -> str | None:
    """The name of the place that a cell holds: with its level word, or the bare name of a province."""
    found = _PLACE.fullmatch(words)
    return found["name"].strip() if found else _provinces().get(words.lower())


@cache
def _provinces() -> dict[str, str]:
    return {
        unit.name.lower(): unit.name for scheme in Scheme for unit in list_units(PlaceLevel.PROVINCE, scheme)
    }


def _cells_after(lines: Sequence[TextLine], i: int) -> list[TextLine]:
    """The lines of figures below a line that names a place."""
    if i == 0 or _read_place(lines[i].text) is None:
        return []
    cells = []
    for line in lines[i + 1 : i + 12]:
        if not _CELL.fullmatch(line.text):
            break
        cells.append(line)
    following = lines[i + 1 + len(cells)] if i + 1 + len(cells) < len(lines) else None
    if cells and following is not None and _read_place(following.text) is not None:
        cells.pop()  # the number of the next row
    return cells


def _read_heads(heads: Sequence[TextLine], columns: int) -> tuple[str, IndicatorKind, list[Span]] | None:
    """Unit, kind and spans (head with the unit, then each column's); None where they are not told or not one."""
    told = [(line, found) for line in heads if (found := _UNIT.search(line.text))]
    units = {name_unit(found["unit"]) for _, found in told}
    words = " ".join(line.text for line in heads)
    if len(units) != 1 or _PRICED.search(words) or is_norm(told[-1][0].text):
        return None
    kind = next((kind for kind, cue in _KINDS if cue.search(words)), None)
    if kind is None:
        return None
    last = heads[-columns:]
    named = [Span(line.start, line.end) for line in last] if all(len(line.text) < 40 for line in last) else []
    return units.pop(), kind, [Span(told[-1][0].start, told[-1][0].end), *named]
