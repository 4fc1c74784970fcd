"""Tables of an HTML page: those of values as rows of cells, those that only lay out the page as running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4.element import Tag

from ingest.readers.html_tags import Tree, attribute, flat_text

_OFFICIAL_CELL = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ|Độc\s+lập\s*[-–]|Nơi\s+nhận\s*:|ĐẢNG\s+CỘNG\s+SẢN|\ASố\s*:\s*\S{0,40}/"
    r"|\A(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\.?\s+[A-ZĐ]|SOCIALIST\s+REPUBLIC"
)
_OFFICIAL_ROWS = 6  # a letterhead or a signature is no longer; in a longer table the words are values
_CELL_LENGTH = 1500
_MAX_SPAN = 200


def read_rows(tree: Tree, left_out: frozenset[int] = frozenset()) -> dict[int, str]:
    """The rows of all tables of values of a page, cells joined with " | ", by the id of the row.

    A cell that spans columns or rows stands in the first of them; the others stay empty, so that what follows
    keeps its column. Rows that hold nothing are not there.
    """
    rows: dict[int, str] = {}
    for table in tree.named("table"):
        if table.find("table") is None:
            rows.update(_read_table(table, left_out))
    return rows


def _read_table(table: Tag, left_out: frozenset[int]) -> dict[int, str]:
    found = table.find_all("tr")
    grid = [
        [(cell, flat_text(cell, left_out)) for cell in row.find_all(["td", "th"], recursive=False)]
        for row in found
    ]
    if not _holds_values(table, [[text for _, text in row] for row in grid]):
        return {}
    rows: dict[int, str] = {}
    covered: dict[int, int] = {}  # column → rows that a cell above still covers
    for row, cells in zip(found, grid, strict=True):
        if (texts := _place(cells, covered)) and any(texts):
            while texts and not texts[-1]:
                texts.pop()
            rows[id(row)] = " | ".join(texts)
    return rows


def _holds_values(table: Tag, grid: Sequence[Sequence[str]]) -> bool:
    """Whether a table has columns of values: two rows with two cells, or cells that head a column."""
    if attribute(table, "role") == "presentation":
        return False
    if any(len(text) > _CELL_LENGTH for row in grid for text in row):
        return False
    if len(grid) <= _OFFICIAL_ROWS and any(_OFFICIAL_CELL.search(text) for row in grid for text in row):
        return False
    full = sum(sum(bool(text) for text in row) >= 2 for row in grid)
    return full >= 2 or (full == 1 and table.find("th") is not None)


def _place(cells: Sequence[tuple[Tag, str]], covered: dict[int, int]) -> list[str]:
    """The texts of a row, each in its column."""
    texts: list[str] = []
    for cell, text in cells:
        _pass_covered(texts, covered)
        width = _span(cell, "colspan")
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
    while covered.get(len(texts), 0) > 0:
        texts.append("")


def _span(cell: Tag, name: str) -> int:
    value = attribute(cell, name)
    return min(max(int(value), 1), _MAX_SPAN) if value and value.strip().isdecimal() else 1
