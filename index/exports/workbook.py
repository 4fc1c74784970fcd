"""Tables as an Excel file: frozen headers, wrapped text, addresses of the Web as links, no cell a formula."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import StoreReadOnly

Value = str | int | float | None

_HEAD = PatternFill("solid", fgColor="E4F0EA")
_BOLD = Font(bold=True)
_LINK = Font(color="17564E", underline="single")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WEB = re.compile(r"https?://[^\s]+\Z")
_LONGEST = 32_767  # characters that Excel keeps in a cell
_WIDTH = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table; in `links`, columns whose addresses are links, `wide` gives columns another width."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    links: Collection[str] = ()
    wide: Sequence[tuple[str, int]] = ()


def make_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The bytes of an .xlsx file with the sheets in order."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def write_workbook(sheets: Iterable[Sheet], path: Path) -> None:
    """Write the sheets to a file. Raises StoreReadOnly."""
    content = make_workbook(sheets)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise StoreReadOnly(
            f"Không ghi được {path} ({error.strerror}). Hãy chọn nơi khác cho --xlsx hoặc cấp quyền ghi."
        ) from error


def _fill(page: Worksheet, sheet: Sheet) -> None:
    widths = dict(sheet.wide)
    for column, name in enumerate(sheet.header, 1):
        cell = _put(page, 1, column, name)
        cell.font, cell.fill = _BOLD, _HEAD
        page.column_dimensions[get_column_letter(column)].width = widths.get(name, _WIDTH)
    for number, row in enumerate(sheet.rows, 2):
        for column, (name, value) in enumerate(zip(sheet.header, row, strict=True), 1):
            cell = _put(page, number, column, value)
            if name in sheet.links and isinstance(value, str) and _WEB.match(value):
                cell.hyperlink, cell.font = value, _LINK
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(page: Worksheet, row: int, column: int, value: Value) -> Cell:
    """A cell; text is text, also where it begins as a formula, without what no .xlsx file may hold."""
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)  # only merged cells are of another class, and there are none
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:_LONGEST]
        cell.data_type = "s"
    else:
        cell.value = value
    cell.alignment = _WRAPPED
    return cell
