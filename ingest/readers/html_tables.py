"""Tables of an HTML page: those of values as rows of cells, those that only lay out the page as running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.html_tags import Tree, attribute, flat_text
from ingest.sites.selectors import Element

_OFFICIAL_CELL = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ|Độc\s+lập\s*[-–]|Nơi\s+nhận\s*:|ĐẢNG\s+CỘNG\s+SẢN|\ASố\s*:\s*\S{0,40}/"
    r"|\A(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\.?\s+[A-ZĐ]|SOCIALIST\s+REPUBLIC"
)
_OFFICIAL_ROWS = 6  # a letterhead or a signature is no longer; in a longer table the words are values
_CELL_LENGTH = 1500
_MAX_ROWS = 2000
_MAX_COLUMNS = 200  # a table has no more; what spans further is a mistake or an attack


def read_rows(tree: Tree, left_out: frozenset[Element] = frozenset()) -> dict[Element, str]:
    """The rows of all tables of values of a page, cells joined with " | ", by the row.

    A cell that spans columns or rows stands in the first of them; the others stay empty, so that what follows
    keeps its column. Rows that hold nothing are not there.
    """
    rows: dict[Element, str] = {}
    for table, found in _find_rows(tree).items():
        rows.update(_read_table(table, found, left_out))
    return rows


def _find_rows(tree: Tree) -> dict[Element, list[Element]]:
    """The tables that hold no other, each with its rows."""
    tables: dict[Element, list[Element]] = {}
    for tag in tree.tags:
        if tag.tag == "table":
            tables[tag] = []
            tables.pop(_table_of(tag), None)
        elif tag.tag == "tr" and (own := _table_of(tag)) in tables:
            tables[own].append(tag)
    return tables


def _table_of(tag: Element) -> Element | None:
    return next(tag.iterancestors("table"), None)


def _read_table(table: Element, found: Sequence[Element], left_out: frozenset[Element]) -> dict[Element, str]:
    grid = [[(cell, flat_text(cell, left_out)) for cell in _cells(row)] for row in found]
    headed = any(cell.tag == "th" for row in grid for cell, _ in row)
    values = [[text for _, text in row] for row in grid]
    if attribute(table, "role") == "presentation" or not _holds_values(values, headed=headed):
        return {}
    rows: dict[Element, str] = {}
    covered: dict[int, int] = {}  # column → rows that a cell above still covers
    for row, cells in zip(found, grid, strict=True):
        if (texts := _place(cells, covered)) and any(texts):
            while texts and not texts[-1]:
                texts.pop()
            rows[row] = " | ".join(texts)
    return rows


def _cells(row: Element) -> list[Element]:
    return [child for child in row if child.tag in ("td", "th")]


def _holds_values(grid: Sequence[Sequence[str]], *, headed: bool) -> bool:
    """Whether a table has columns of values: two rows with two cells, or cells that head a column."""
    if any(len(text) > _CELL_LENGTH for row in grid for text in row):
        return False
    if len(grid) <= _OFFICIAL_ROWS and any(_OFFICIAL_CELL.search(text) for row in grid for text in row):
        return False
    full = sum(sum(bool(text) for text in row) >= 2 for row in grid)
    return full >= 2 or (full == 1 and headed)


def _place(cells: Sequence[tuple[Element, str]], covered: dict[int, int]) -> list[str]:
    """The texts of a row, each in its column."""
    texts: list[str] = []
    for cell, text in cells:
        _pass_covered(texts, covered)
        width = min(_span(cell, "colspan"), max(1, _MAX_COLUMNS - len(texts)))
        if (height := _span(cell, "rowspan")) > 1:
            for column in range(len(texts), len(texts) + width):
                covered[column] = height  # this row included: _pass_covered has gone by
        texts.extend([text, *[""] * (width - 1)])
    _pass_covered(texts, covered)
    for column in list(covered):
        covered[column] -= 1
        if covered[column] <= 0:
            del covered[column]
    return texts


def _pass_covered(texts: list[str], covered: dict[int, int]) -> None:
    while covered.get(len(texts), 0) > 0 and len(texts) < _MAX_COLUMNS:
        texts.append("")


def _span(cell: Element, name: str) -> int:
    value = attribute(cell, name)
    return min(max(int(value), 1), _MAX_ROWS) if value and re.fullmatch(r"\s*\d{1,6}\s*", value) else 1
