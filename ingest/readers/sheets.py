"""Words on sheets to the text of a file: reading order, tables, running heads, paragraphs, spans of sheets.

A PDF gives words with boxes, be they of its text layer or of OCR; from here on both are read alike. Boxes are in
points from the top left corner of the sheet.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.boilerplate import Mark, mark_lines
from ingest.errors import EmptyPage
from ingest.layout import Line, WrapProfile, split_lines, wrap_profile
from ingest.models import BlockKind, Doubt, PageText, Sheet
from ingest.readers.columns import order_rows
from ingest.readers.page import assemble
from ingest.readers.rulings import Ruling, find_tables
from ingest.readers.words import Row, Word, merge_rows

DOUBTFUL = 60.0  # word confidence of tesseract, 0 to 100; not measured, on the side of doubting too much
_HEAD_ROWS = 2  # a running head or a page number is among the first or last two rows of its sheet
_REPEATED = 3  # sheets that carry the same line at their edge make it a running head
_WIDE_GAP = 0.55  # of a row's height: more than the usual leading
_FEWEST_COLUMNS = 40
_SHORT = 0.12  # of the width of the text: what a full line may lack at its right end


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """What stands on one sheet before anything is understood: words in runs of one baseline, and ruled lines."""

    number: int  # 1-based
    width: float
    height: float
    runs: tuple[tuple[Word, ...], ...]
    rulings: tuple[Ruling, ...] = ()
    noise: tuple[str, ...] = ()  # what OCR made of specks and strokes: no letter or digit in it
    scanned: bool = False
    confidence: float | None = None  # mean of its words, 0 to 100


@dataclass(frozen=True, slots=True)
class _SheetLine:
    """One line of the raw text, as it is understood before the marks of boilerplate."""

    words: tuple[Word, ...]
    text: str
    gap: bool  # something other than a line wrap lies between it and the line above
    mark: Mark


def read_sheets(sheets: Sequence[SheetWords], name: str, *, notes: tuple[str, ...] = ()) -> PageText:
    """The text of a paged file with its blocks, cuts, sheets and doubts. Raises EmptyPage."""
    laid = _cut_edges([_lay_out(sheet) for sheet in sheets])
    raw_text = "\f".join(_join_raw(lines) for lines in laid)
    lines = split_lines(raw_text)
    if not lines:
        raise EmptyPage(f"Tệp {name!r} không có chữ nào đọc được. Hãy kiểm tra lại tệp gốc.")
    ours = [line for page in laid for line in page]
    marked = mark_lines(lines, hints=[line.mark for line in ours])
    kept = [line for line, mark in zip(lines, marked.marks, strict=True) if mark.cut is None]
    assembled = assemble(lines, marked.marks, _wraps_of(kept))
    places = _place_lines(lines, marked.marks)
    return PageText(
        text=assembled.text,
        raw_text=raw_text,
        blocks=assembled.blocks,
        cuts=assembled.cuts,
        title=marked.title,
        title_in_text=True,
        source_id=None,
        url=None,
        author=marked.author,
        publisher=marked.publisher,
        sheets=_span_sheets(sheets, laid, places, len(assembled.text)),
        doubts=tuple(_find_doubts(ours, places)),
        notes=notes,
    )


# --- one sheet --------------------------------------------------------------------------------------------


def _lay_out(sheet: SheetWords) -> list[_SheetLine]:
    """The lines of a sheet in reading order: tables as rows of cells, the rest by columns."""
    tables, outside = find_tables(sheet.runs, sheet.rulings)
    lines: list[_SheetLine] = []
    top = float("-inf")
    for table in (*tables, None):
        bottom = table.top if table else float("inf")
        rows = merge_rows([run for run in outside if top <= _middle(run) < bottom])
        lines += _lay_out_text(rows, sheet.width)
        if table is None:
            break
        lines += [
            _line(cell_words, text, gap=True, kind=BlockKind.TABLE_ROW) for cell_words, text in table.rows
        ]
        top = bottom
    return lines + [_line((), text, gap=True, cut="ocr_noise") for text in sheet.noise]


def _middle(run: Sequence[Word]) -> float:
    return (run[0].top + run[0].bottom) / 2


def _line(
    words: Iterable[Word], text: str, *, gap: bool, kind: BlockKind = BlockKind.BODY, cut: str | None = None
) -> _SheetLine:
    rule = cut or ("table" if kind is BlockKind.TABLE_ROW else None)
    return _SheetLine(tuple(words), text, gap, Mark(kind=kind, cut=cut, rule=rule))


def _lay_out_text(rows: Sequence[Row], width: float) -> list[_SheetLine]:
    lines: list[_SheetLine] = []
    for column in order_rows(rows, width):
        gaps = _find_gaps(column)
        lines += [_line(row.words, row.text, gap=gap) for row, gap in zip(column, gaps, strict=True)]
    return lines


def _find_gaps(rows: Sequence[Row]) -> list[bool]:
    """Before which rows of a column something else begins, as the page shows it: by space or by a short line."""
    if not rows:
        return []
    right = statistics.quantiles([row.x1 for row in rows], n=10)[-1] if len(rows) > 3 else None
    left = min(row.x0 for row in rows)
    gaps = [True]
    for above, below in pairwise(rows):
        space = below.top - above.bottom
        apart = space > _WIDE_GAP * min(above.height, below.height)
        gaps.append(apart or (right is not None and _ends_short(above, below, left, right)))
    return gaps


def _ends_short(above: Row, below: Row, left: float, right: float) -> bool:
    """Whether a line ends although the next word would have fitted: only the end of a paragraph does.

    Centred lines (titles) end short and go on, so the line below must begin at the left, or be indented.
    """
    room = right - above.x1
    first = below.words[0]
    if room < _SHORT * (right - left) or room < 1.2 * (first.x1 - first.x0):
        return False
    centred = abs((above.x0 + above.x1) - (below.x0 + below.x1)) < 0.04 * (right - left)
    return not centred


# --- running heads ----------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\W{0,3}(?:(?:Trang|trang)\s+)?(\d{1,4})(?:\s*/\s*\d{1,4})?\W{0,3}\Z")
_UNIT = re.compile(r"(?:Điều|Chương|Mục|Phần|Khoản)\s", re.IGNORECASE)


def _cut_edges(laid: list[list[_SheetLine]]) -> list[list[_SheetLine]]:
    """Page numbers and running heads marked as cut."""
    edges = [_edge_lines(lines) for lines in laid]
    offsets = _number_offsets(laid, edges)
    repeated = _repeated_lines(laid, edges, offsets)
    result: list[list[_SheetLine]] = []
    for sheet, (lines, edge) in enumerate(zip(laid, edges, strict=True)):
        cut = {i for i in edge if _is_running(lines[i].text, sheet, repeated, offsets)}
        result.append(
            [
                _SheetLine(line.words, line.text, line.gap, Mark(cut="running_head", rule="running_head"))
                if i in cut
                else line
                for i, line in enumerate(lines)
            ]
        )
    return result


def _edge_lines(lines: Sequence[_SheetLine]) -> list[int]:
    """The lines at the upper and lower edge of a sheet, by where they stand rather than by reading order."""
    body = [i for i, line in enumerate(lines) if line.words and line.mark.cut is None]
    by_height = sorted(body, key=lambda i: lines[i].words[0].top)
    return sorted({*by_height[:_HEAD_ROWS], *by_height[-_HEAD_ROWS:]}) if len(body) > 1 else body


def _number_of(text: str) -> int | None:
    match = _NUMBER.match(text)
    return int(match[1]) if match else None


def _number_offsets(laid: Sequence[Sequence[_SheetLine]], edges: Sequence[Sequence[int]]) -> set[int]:
    """By how much printed page numbers differ from the count of sheets: 0, or what two sheets agree on."""
    seen: Counter[int] = Counter()
    for sheet, edge in enumerate(edges):
        numbers = {_number_of(laid[sheet][i].text) for i in edge}
        seen.update(number - sheet for number in numbers if number is not None)
    return {1} | {offset for offset, count in seen.items() if count >= 2}


def _repeated_lines(
    laid: Sequence[Sequence[_SheetLine]], edges: Sequence[Sequence[int]], offsets: set[int]
) -> set[str]:
    """Lines at the edges of several sheets that differ in the page number alone."""
    seen: Counter[str] = Counter()
    for sheet, edge in enumerate(edges):
        seen.update({_without_number(laid[sheet][i].text, sheet, offsets) for i in edge})
    return {text for text, count in seen.items() if count >= _REPEATED and any(c.isalpha() for c in text)}


def _without_number(text: str, sheet: int, offsets: set[int]) -> str:
    return re.sub(r"\d+", lambda n: "#" if _counts(n[0], sheet, offsets) else n[0], text).casefold()


def _counts(number: str, sheet: int, offsets: set[int]) -> bool:
    return len(number) <= 4 and int(number) - sheet in offsets


def _is_running(text: str, sheet: int, repeated: set[str], offsets: set[int]) -> bool:
    number = _number_of(text)
    if number is not None:
        return number - sheet in offsets
    return not _UNIT.match(text) and _without_number(text, sheet, offsets) in repeated


# --- the text and its places ------------------------------------------------------------------------------


def _join_raw(lines: Sequence[_SheetLine]) -> str:
    return "\n".join(f"\n{line.text}" if line.gap and i else line.text for i, line in enumerate(lines))


def _wraps_of(lines: Sequence[Line]) -> WrapProfile:
    """How lines are wrapped; on paper every line is, even where too few of them show the width."""
    profile = wrap_profile(lines)
    if profile.columns is not None:
        return profile
    return WrapProfile(max((len(line.text) for line in lines), default=_FEWEST_COLUMNS))


def _place_lines(lines: Sequence[Line], marks: Sequence[Mark]) -> list[int | None]:
    """Where each line begins in the final text, None for a cut one.

    `assemble` puts one character (a space or "\\n") between kept lines and composes each of them to NFC.
    """
    places: list[int | None] = []
    position = 0
    for line, mark in zip(lines, marks, strict=True):
        if mark.cut is not None:
            places.append(None)
            continue
        places.append(position)
        position += len(unicodedata.normalize("NFC", line.text)) + 1
    return places


def _span_sheets(
    sheets: Sequence[SheetWords], laid: Sequence[Sequence[_SheetLine]], places: Sequence[int | None], end: int
) -> tuple[Sheet, ...]:
    """One span for each sheet; together they cover the text. A sheet without kept text has an empty span."""
    starts: list[int] = []
    following, line = end, len(places)
    for lines in reversed(laid):
        line -= len(lines)
        own = [place for place in places[line : line + len(lines)] if place is not None]
        following = own[0] if own else following
        starts.append(following)
    starts.reverse()
    starts[0] = 0
    return tuple(
        Sheet(
            number=sheet.number,
            start=start,
            end=stop,
            scanned=sheet.scanned,
            confidence=None if sheet.confidence is None else round(sheet.confidence, 1),
        )
        for sheet, start, stop in zip(sheets, starts, [*starts[1:], end], strict=True)
    )


def _find_doubts(lines: Sequence[_SheetLine], places: Sequence[int | None]) -> Iterable[Doubt]:
    for line, place in zip(lines, places, strict=True):
        if place is None:
            continue
        position = 0
        for word in line.words:
            start = line.text.index(word.text, position)
            position = start + len(word.text)
            if word.confidence is not None and word.confidence < DOUBTFUL:
                yield Doubt(start=place + start, end=place + position, confidence=word.confidence)
