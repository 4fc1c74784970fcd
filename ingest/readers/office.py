"""What the readers of Word files, RTF and Markdown share: shown lines, tables, and the page made of them.

The rules of ingest.boilerplate are not applied: a file from an office has no site around its text, and its
last line is the signer's name, not a byline.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.boilerplate import Mark
from ingest.errors import EmptyPage
from ingest.layout import wrap_profile
from ingest.legacy import Legacy, convert_document, encodings_met, legacy_note
from ingest.models import BlockKind, PageText
from ingest.readers.page import assemble, lay_out

SPACE = re.compile("[ \t\r\f\u2028\u2029]+")
_HEADING_LENGTH = 400  # a longer paragraph in a heading style is a paragraph


@dataclass(frozen=True, slots=True)
class Shown:
    """One line that the file shows, and what it is."""

    text: str
    kind: BlockKind = BlockKind.BODY
    soft: bool = False  # only a line break, not the end of a paragraph, divides it from the line above
    cut: str | None = None  # a key of ingest.boilerplate.REASONS
    encoding: Legacy | None = None  # that it was converted from

    @property
    def mark(self) -> Mark:
        return Mark(kind=self.kind, cut=self.cut, rule=self.cut)


def show_paragraph(
    text: str, kind: BlockKind = BlockKind.BODY, *, cut: str | None = None, encoding: Legacy | None = None
) -> list[Shown]:
    """The lines of one paragraph: those that are not blank, white space made single."""
    if kind is BlockKind.HEADING and len(text) > _HEADING_LENGTH:
        kind = BlockKind.BODY
    shown: list[Shown] = []
    for line in re.split("[\n\v]", text):
        line = SPACE.sub(" ", line).strip()
        if line:
            shown.append(Shown(line, kind, bool(shown), cut, encoding))
    return shown


_HALF = re.compile("[\ud800-\udfff]")


def join_pairs(text: str) -> str:
    """Two code units that make one character joined; a lonely half becomes a replacement sign."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


# --- tables -----------------------------------------------------------------------------------------------

Cell = Sequence[Shown]  # the lines of its paragraphs

_CELL_LENGTH = 1500  # characters; a longer cell holds a text, not a value
_LAYOUT_ROWS = 6  # a letterhead or a signature block has no more
_LAYOUT_CUE = re.compile(
    r"""CỘNG\s+H(?:ÒA|OÀ)\s+XÃ | ĐẢNG\s+CỘNG\s+SẢN | ĐOÀN\s+TNCS | Độc\s+lập\s*[-–] | Nơi\s+nhận\s*:
      | \A(?:Số|SỐ)\s*: | \A[^\W\d_][\w\s.-]{1,40},\s*ngày\b | \(?(?:Ký\ tên|Đã\ ký)
      | \A(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\.?\s*[A-ZĐ]{2}""",
    re.VERBOSE,
)


def lay_out_table(rows: Sequence[Sequence[Cell]]) -> Iterator[Shown]:
    """The lines of a table: a row of values as "a | b", what only lays out the page as blocks.

    A table of one column or one row, a letterhead in two columns and a signature block flow: the left cell's
    lines, then the right cell's.
    """
    layout = _is_layout(rows)
    for row in rows:
        if layout or not _is_data_row(row):
            for cell in row:
                yield from cell
        else:
            yield from _show_row(row)


def _is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    if len(rows) <= 1 or max(map(len, rows)) <= 1:
        return True
    return (
        len(rows) <= _LAYOUT_ROWS
        and max(map(len, rows)) <= 3
        and any(_LAYOUT_CUE.search(line.text) for row in rows for cell in row for line in cell)
    )


def _is_data_row(row: Sequence[Cell]) -> bool:
    """Not a row with a table inside one of its cells, or with a text as long as a page."""
    return len(row) >= 2 and all(
        sum(len(line.text) for line in cell) <= _CELL_LENGTH
        and not any(line.kind is BlockKind.TABLE_ROW for line in cell)
        for cell in row
    )


def _show_row(row: Sequence[Cell]) -> Iterator[Shown]:
    text = " | ".join(" ".join(line.text for line in cell) for cell in row).strip(" |")
    if text:
        encoding = next(encodings_met(line.encoding for cell in row for line in cell), None)
        yield Shown(text, BlockKind.TABLE_ROW, encoding=encoding)


# --- the page ---------------------------------------------------------------------------------------------


def make_page(
    shown: Iterable[Shown], name: str, *, notes: Iterable[str] = (), encoding: Legacy | None = None
) -> PageText:
    """The page that the shown lines are; `encoding` is what all of it was converted from before.

    Raises EmptyPage, or LegacyEncoding as convert_document does.
    """
    found = list(shown)
    if not any(line.cut is None for line in found):
        raise EmptyPage(
            f"Tệp {name!r} không có chữ nào (có thể chỉ có hình ảnh). "
            "Hãy kiểm tra tệp gốc; nếu là bản chụp, hãy xuất thành PDF rồi nạp để nhận dạng chữ."
        )
    found, met = _convert_lines(found, name)
    encoding = encoding or met
    raw_text, lines = lay_out([(line.text, line.soft) for line in found])
    kept = [line for line, item in zip(lines, found, strict=True) if item.cut is None]
    assembled = assemble(lines, [item.mark for item in found], wrap_profile(kept))
    title = next((item.text for item in found if item.kind is BlockKind.TITLE and item.cut is None), None)
    return PageText(
        text=assembled.text,
        raw_text=raw_text,
        blocks=assembled.blocks,
        cuts=assembled.cuts,
        title=unicodedata.normalize("NFC", title) if title else None,
        title_in_text=True,
        source_id=None,
        url=None,
        author=None,
        publisher=None,
        encoding=encoding,
        notes=(*notes, *([legacy_note(encoding)] if encoding else [])),
    )


def _convert_lines(shown: list[Shown], name: str) -> tuple[list[Shown], Legacy | None]:
    """Lines whose fonts said nothing are converted together where the whole text is legacy."""
    met = next(encodings_met(line.encoding for line in shown), None)
    rest = [line for line in shown if line.encoding is None]
    converted = convert_document("\n".join(line.text for line in rest), name)
    if converted.encoding is None:
        return shown, met
    texts = iter(converted.text.split("\n"))
    return [
        Shown(next(texts), line.kind, line.soft, line.cut, converted.encoding)
        if line.encoding is None
        else line
        for line in shown
    ], met or converted.encoding
