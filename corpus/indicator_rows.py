"""Rows of indicators in tables whose cells stand on lines of their own, as portals print them.

A row is its number, what is measured, often the unit, then the figure: "1 / Tỷ lệ hồ sơ trực tuyến / % / 80". A title or head
above the first row must call it a table of aims or results. A row of several figures is read only where the head
names as many years, one for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.indicator_cues import IndicatorKind, is_norm
from corpus.lines import TextLine
from corpus.quantities import find_quantities, name_unit
from corpus.sentences import Span
from corpus.stated_times import find_stated_times

_ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[ivxIVX]{1,5}(?:\.\d{1,2})?|[a-zđ])[.)]?|[-–+*]")
_CELL = re.compile(
    r"(?:[≥>≤<~]|trên|dưới|tối thiểu|ít nhất)?\s*(?P<digits>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)\s*(?P<unit>%)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:Năm\s+|Đến\s+(?:năm\s+)?)?(?P<year>20\d\d)", re.IGNORECASE)
_AIMED = re.compile(r"(?<!\w)(?:chỉ tiêu|mục tiêu)(?!\w)", re.IGNORECASE)
_REACHED = re.compile(r"(?<!\w)(?:kết quả (?:thực hiện|đạt được)|tình hình thực hiện)(?!\w)", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:Tỷ|Tỉ) (?:lệ|trọng|suất)|Số |Tốc độ|Tổng |Diện tích|Thu nhập|Giá trị|Năng suất|Sản lượng|Mức |Quy mô|Doanh thu|Kim ngạch|Dân số|GRDP"
)
_HEAD_LINES = 25
_MAX_NAME_LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure of a row, `text[start:end]`."""

    digits: str
    unit: str
    name: Span  # what is measured
    kind: IndicatorKind
    period: str | None  # of its column, else of the line above that parts the table
    start: int
    end: int


def find_rows(lines: Sequence[TextLine]) -> Iterator[Row]:
    """The figures of the rows of indicators in the lines of a document, in order."""
    first: int | None = None  # the first row of the table at hand
    until = 0
    for at in range(len(lines)):
        name = _name_below(lines, at)
        if name is None:
            continue
        unit, figures = _figures_below(lines, name[1])
        if not figures:
            continue
        if first is None or at - until > 12:
            first = at
        until = name[1] + len(figures)
        kind = _kind_above(lines, first)
        years = _years_above(lines, first)
        words = " ".join(part.text for part in lines[name[0] : name[1]])
        if kind is None or is_norm(words, aimed=True) or (len(figures) > 1 and len(years) != len(figures)):
            continue
        for column, cell in enumerate(figures):
            found = _CELL.fullmatch(cell.text)
            measured = "%" if found and found["unit"] else unit
            if found is None or measured is None:
                continue
            yield Row(
                digits=found["digits"],
                unit=name_unit(measured),
                name=Span(lines[name[0]].start, lines[name[1] - 1].end),
                kind=kind,
                period=years[column] if len(years) == len(figures) else _period_above(lines, first, at),
                start=cell.start + found.start("digits"),
                end=cell.end,
            )


def _name_below(lines: Sequence[TextLine], at: int) -> tuple[int, int] | None:
    """The lines that say what is measured, below a line that holds a row's number alone."""
    if not _ORDINAL.fullmatch(lines[at].text):
        return None
    end = at + 1
    while end < len(lines) and end - at <= _MAX_NAME_LINES and _is_prose(lines[end].text):
        end += 1
    return (at + 1, end) if end > at + 1 and _NAMED.match(lines[at + 1].text) else None


def _is_prose(words: str) -> bool:
    return not (_ORDINAL.fullmatch(words) or _CELL.fullmatch(words) or _read_unit(words))


def _read_unit(words: str) -> str | None:
    """The unit that a cell holds alone."""
    found = next(find_quantities(f"5 {words}"), None)
    return words if found is not None and found.end == len(words) + 2 else None


def _figures_below(lines: Sequence[TextLine], at: int) -> tuple[str | None, list[TextLine]]:
    unit = _read_unit(lines[at].text) if at < len(lines) else None
    start = at + (unit is not None)
    cells = []
    for line in lines[start : start + 8]:
        if _CELL.fullmatch(line.text) is None:
            break
        cells.append(line)
    following = lines[start + len(cells)] if start + len(cells) < len(lines) else None
    if (
        len(cells) > 1
        and "%" not in cells[-1].text
        and following is not None
        and _NAMED.match(following.text)
    ):
        cells.pop()  # the number of the next row
    return unit, cells


def _kind_above(lines: Sequence[TextLine], first: int) -> IndicatorKind | None:
    head = " ".join(line.text for line in lines[max(0, first - _HEAD_LINES) : first])
    if _REACHED.search(head):
        return IndicatorKind.RESULT
    return IndicatorKind.TARGET if _AIMED.search(head) else None


def _years_above(lines: Sequence[TextLine], first: int) -> list[str]:
    """The years that stand one under the other in the head of a table."""
    found = [_YEAR.fullmatch(line.text) for line in lines[max(0, first - _HEAD_LINES) : first]]
    return [match["year"] for match in found if match]


def _period_above(lines: Sequence[TextLine], first: int, at: int) -> str | None:
    """The time of the last short line that states one: it parts the rows, or is the table's title."""
    for line in reversed(lines[max(0, first - _HEAD_LINES) : at]):
        times = find_stated_times(line.text, 0, len(line.text), year=None) if len(line.text) < 120 else ()
        told = [time.label for time in times if len(time.label) in (4, 9)]
        if told:
            return told[-1]
    return None
