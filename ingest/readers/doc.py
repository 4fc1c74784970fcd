"""Word files of 1997–2003 (.doc): the text by the piece table of the file, as Word itself reads it.

catdoc and antiword read the text as one stream and lose or garble the pieces of files that Word, WPS or
Google saved in another order (a real file lost a paragraph and a half to catdoc without a word about it).
The layout is that of Microsoft's open specification [MS-DOC]: FIB → piece table → paragraphs and runs with
their properties. Files of Word 6 and 95 have no such table; their text is one stretch.
"""

from __future__ import annotations

import io
import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import olefile

from ingest.errors import BinaryPage, DamagedFile, EncryptedFile, UnreadablePage, UnsafeFile
from ingest.kinds import OLE_MAGIC
from ingest.legacy import Span, convert_spans, font_encoding
from ingest.models import BlockKind, PageText, RawPage
from ingest.readers.numbering import Counter, Level
from ingest.readers.office import Cell, Shown, join_pairs, lay_out_table, make_page, show_paragraph

_WORD97 = 0x00C1  # nFib: the first version with a piece table in a stream of its own
_ENCRYPTED = 0x0100  # flags of the FIB
_SECOND_TABLE = 0x0200
_NIL = 0xFFF
_SHORTEST = 0x38  # bytes of a FIB that say where the text lies
_MAX_CHARACTERS = 4 << 20  # some two thousand pages


def read_doc(page: RawPage) -> PageText:
    """The text of a .doc file. Raises EmptyPage, DamagedFile, EncryptedFile, UnsafeFile or LegacyEncoding."""
    if not page.content.startswith(OLE_MAGIC):
        raise BinaryPage(
            f"Tệp {page.name!r} không phải tệp Word như phần mở rộng của nó. Hãy đổi đúng phần mở rộng."
        )
    streams = _open(page)
    header = streams.get("WordDocument", b"")
    if len(header) < _SHORTEST:
        raise DamagedFile(f"Tệp {page.name!r} không chứa văn bản Word. Hãy đổi đúng phần mở rộng.")
    if struct.unpack_from("<H", header, 10)[0] & _ENCRYPTED:
        raise _encrypted(page.name)
    if struct.unpack_from("<H", header, 2)[0] < _WORD97:
        notes = ["Tệp Word 6/95: bảng được đọc từng ô một, không giữ hàng."]
        return make_page(_read_word6(header, page.name), page.name, notes=notes)
    try:
        reader = _Reader(streams, page.name)
        shown = list(reader.read())
    except (struct.error, IndexError, KeyError, ValueError, OverflowError) as error:
        raise _damaged(page.name) from error
    return make_page(shown, page.name, notes=reader.notes())


def _damaged(name: str) -> DamagedFile:
    return DamagedFile(
        f"Tệp {name!r} hỏng hoặc bị cắt cụt. Hãy mở bằng Word rồi lưu lại thành .docx, hoặc tải lại tệp gốc."
    )


def _too_long(name: str) -> UnsafeFile:
    return UnsafeFile(
        f"Tệp {name!r} khai báo hơn {_MAX_CHARACTERS / 2**20:.0f} triệu ký tự, không giống văn bản thật. "
        "Hãy kiểm tra nguồn tệp, hoặc mở bằng Word rồi lưu lại thành .docx."
    )


def _encrypted(name: str) -> EncryptedFile:
    return EncryptedFile(f"Tệp {name!r} được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu trong Word rồi nạp lại.")


_STREAMS = ("WordDocument", "0Table", "1Table")
_MACROS = "Macros"


def _open(page: RawPage) -> dict[str, bytes]:
    """The streams of the file that hold text; "Macros" is empty and says that there are some."""
    try:
        with olefile.OleFileIO(io.BytesIO(page.content)) as ole:
            if ole.exists("EncryptedPackage"):
                raise _encrypted(page.name)
            found = {name: ole.openstream(name).read() for name in _STREAMS if ole.exists(name)}
            return found | ({_MACROS: b""} if ole.exists(_MACROS) else {})
    except EncryptedFile:
        raise
    except Exception as error:  # olefile raises whatever the damaged bytes lead it to
        raise _damaged(page.name) from error


# --- the parts of the file --------------------------------------------------------------------------------

# Pairs (offset, length) in the FIB, by their place in rgFcLcb.
_STYLES, _NOTE_REFS, _NOTE_TEXTS, _HEADERS, _RUNS, _PARAGRAPHS, _FONTS, _PIECES = 1, 2, 3, 11, 12, 13, 15, 33
_END_REFS, _END_TEXTS, _LISTS, _OVERRIDES = 46, 47, 73, 74


class _File:
    """The text of the file by character position, and where its tables lie."""

    def __init__(self, streams: dict[str, bytes], name: str) -> None:
        self.main = streams["WordDocument"]
        flags = struct.unpack_from("<H", self.main, 10)[0]
        self.table = streams["1Table" if flags & _SECOND_TABLE else "0Table"]
        # lengths of the body, footnotes, headers, macros, comments, endnotes, text boxes
        self.lengths: tuple[int, ...] = struct.unpack_from("<7i", self.main, 0x4C)
        if min(self.lengths) < 0 or sum(self.lengths) > _MAX_CHARACTERS:
            raise _too_long(name)
        self._read_pieces(name)

    def section(self, place: int) -> bytes:
        """The bytes of one of the tables; empty where the file has none."""
        start, length = struct.unpack_from("<II", self.main, 0x9A + 8 * place)
        return self.table[start : start + length]

    def end_of(self, place: int) -> int:
        """Where one of the tables ends in the table stream."""
        start, length = struct.unpack_from("<II", self.main, 0x9A + 8 * place)
        return int(start + length)

    def _read_pieces(self, name: str) -> None:
        table = self.section(_PIECES)
        at = 0
        while table[at] == 1:  # modifiers of fast saves
            at += 3 + _short(table, at + 1)
        length = int(struct.unpack_from("<I", table, at + 1)[0])
        table = table[at + 5 : at + 5 + length]
        count = (len(table) - 4) // 12
        self.starts: tuple[int, ...] = struct.unpack_from(f"<{count + 1}I", table)
        if self.starts[-1] > 2 * _MAX_CHARACTERS:  # pieces may show the same bytes again and again
            raise _too_long(name)
        self._pieces: list[tuple[int, int]] = []  # (offset in the main stream, bytes a character)
        texts: list[str] = []
        for number in range(count):
            offset = int(struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)[0])
            width, offset = (1, (offset & 0x3FFFFFFF) // 2) if offset & 0x40000000 else (2, offset)
            length = self.starts[number + 1] - self.starts[number]
            if length < 0 or offset + length * width > len(self.main):
                raise ValueError
            raw = self.main[offset : offset + length * width]
            # surrogates pass: a character is one position here, pairs are joined at the end
            texts.append(raw.decode("cp1252", "replace") if width == 1 else _decode_units(raw))
            self._pieces.append((offset, width))
        self.text = "".join(texts)
        if len(self.text) < sum(self.lengths):
            raise ValueError

    def offset(self, position: int) -> int:
        """Where a character lies in the main stream."""
        piece = min(bisect_right(self.starts, position) - 1, len(self._pieces) - 1)
        start, width = self._pieces[piece]
        return start + (position - self.starts[piece]) * width

    def piece_end(self, position: int) -> int:
        """The first position that lies in a later piece."""
        return self.starts[min(bisect_right(self.starts, position), len(self.starts) - 1)]

    def width(self, position: int) -> int:
        """How many bytes a character takes there."""
        return self._pieces[min(bisect_right(self.starts, position) - 1, len(self._pieces) - 1)][1]


def _short(table: bytes, at: int) -> int:
    return int.from_bytes(table[at : at + 2], "little")


def _decode_units(raw: bytes) -> str:
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


# --- properties -------------------------------------------------------------------------------------------

_Properties = dict[int, bytes]
_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x244B, 0x244C
_LIST_DEPTH, _LIST_NUMBER, _OUTLINE = 0x260A, 0x460B, 0x2640
_DELETED, _HIDDEN, _FONT, _SPECIAL = 0x0800, 0x083C, 0x4A4F, 0x0855
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)
_LONG_TABLE, _TABS = 0xD608, 0xC615


def _read_properties(grpprl: bytes) -> _Properties:
    """The property modifiers (Sprm → operand) of a run or paragraph."""
    found: _Properties = {}
    at = 0
    while at + 2 <= len(grpprl):
        sprm = grpprl[at] | grpprl[at + 1] << 8
        at += 2
        length = _OPERANDS[sprm >> 13]
        if not length:
            if at >= len(grpprl):
                break
            if sprm == _LONG_TABLE:
                length = 1 + int.from_bytes(grpprl[at : at + 2], "little")
            elif sprm == _TABS and grpprl[at] == 255:
                break  # a form without a length; nothing that is asked for comes after it
            else:
                length = 1 + grpprl[at]
        found[sprm] = grpprl[at : at + length]
        at += length
    return found


def _value(properties: _Properties, sprm: int) -> int | None:
    operand = properties.get(sprm)
    return int.from_bytes(operand, "little") if operand else None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Bytes of the main stream that share their properties; `style` of paragraphs only."""

    end: int
    properties: _Properties
    style: int = 0


class _Stretches:
    """The runs, or the paragraphs, of the main stream by offset: its "formatted disk pages"."""

    def __init__(self, file: _File, place: int) -> None:
        self._paragraphs = place == _PARAGRAPHS
        self._main = file.main
        table = file.section(place)
        count = max(0, (len(table) - 4) // 8)
        self._starts = struct.unpack_from(f"<{count + 1}I", table) if table else ()
        self._pages = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if table else ()
        self._read: dict[int, tuple[tuple[int, ...], list[_Stretch]]] = {}

    def at(self, offset: int) -> _Stretch:
        """What holds at an offset of the main stream."""
        index = bisect_right(self._starts, offset) - 1
        if not 0 <= index < len(self._pages):
            return _Stretch(offset + (1 << 30), {})
        starts, stretches = self._page(self._pages[index] & 0x3FFFFF)
        found = bisect_right(starts, offset) - 1
        return stretches[found] if 0 <= found < len(stretches) else _Stretch(self._starts[index + 1], {})

    def _page(self, number: int) -> tuple[tuple[int, ...], list[_Stretch]]:
        if number not in self._read:
            page = self._main[512 * number : 512 * (number + 1)]
            count = page[511]
            starts = struct.unpack_from(f"<{count + 1}I", page)
            size = 13 if self._paragraphs else 1
            offsets = [2 * page[4 * (count + 1) + size * i] for i in range(count)]
            self._read[number] = (
                starts,
                [self._stretch(page, at, starts[i + 1]) for i, at in enumerate(offsets)],
            )
        return self._read[number]

    def _stretch(self, page: bytes, at: int, end: int) -> _Stretch:
        if not at:
            return _Stretch(end, {})
        if not self._paragraphs:
            return _Stretch(end, _read_properties(page[at + 1 : at + 1 + page[at]]))
        length, at = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
        style = int.from_bytes(page[at : at + 2], "little")
        return _Stretch(end, _read_properties(page[at + 2 : at + length]), style)


@dataclass(frozen=True, slots=True)
class _Style:
    built_in: int = _NIL  # 1 to 9: the headings; 62: the title
    paragraph: _Properties = field(default_factory=dict)
    run: _Properties = field(default_factory=dict)


_TITLE_STYLE = 62


def _read_styles(table: bytes) -> tuple[dict[int, _Style], int]:
    """The styles with what they inherit, and the number of the font that the document is set in."""
    if len(table) < 20:
        return {}, 0
    header = int.from_bytes(table[:2], "little")
    base_size = int.from_bytes(table[4:6], "little")
    font = int.from_bytes(table[14:16], "little")
    raw: dict[int, tuple[int, int, _Properties, _Properties]] = {}
    at, number = 2 + header, 0
    while at + 2 <= len(table):
        size = int.from_bytes(table[at : at + 2], "little")
        if size:
            raw[number] = _read_style(table[at + 2 : at + 2 + size], base_size)
        at, number = at + 2 + size + size % 2, number + 1
    styles: dict[int, _Style] = {}
    for number, (built_in, base, _, _) in raw.items():
        chain = [number]
        while base in raw and base not in chain:
            chain.append(base)
            base = raw[base][1]
        paragraph: _Properties = {}
        run: _Properties = {}
        for link in reversed(chain):
            paragraph |= raw[link][2]
            run |= raw[link][3]
        styles[number] = _Style(built_in, paragraph, run)
    return styles, font


def _read_style(style: bytes, base_size: int) -> tuple[int, int, _Properties, _Properties]:
    first, second = struct.unpack_from("<HH", style)
    built_in, kind, base = first & 0xFFF, second & 0xF, second >> 4
    at = base_size + 2 + 2 * int.from_bytes(style[base_size : base_size + 2], "little") + 2
    paragraph: _Properties = {}
    run: _Properties = {}
    if kind == 1:
        size = int.from_bytes(style[at : at + 2], "little")
        paragraph = _read_properties(style[at + 4 : at + 2 + size])
        at += 2 + size + size % 2
    if kind in (1, 2):
        size = int.from_bytes(style[at : at + 2], "little")
        run = _read_properties(style[at + 2 : at + 2 + size])
    return built_in, base, paragraph, run


def _read_fonts(table: bytes) -> list[str]:
    """The names of the fonts by their number."""
    fonts: list[str] = []
    at = 4
    while at < len(table):
        size = table[at]
        name = table[at + 40 : at + 1 + size].decode("utf-16-le", "replace")
        fonts.append(name.split("\0", 1)[0])
        at += 1 + size
    return fonts


# --- lists ------------------------------------------------------------------------------------------------

_FORMATS = {0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter"}
_FORMATS |= {22: "decimalZero", 23: "bullet", 255: "none"}


@dataclass(frozen=True, slots=True)
class _List:
    list_id: str
    levels: dict[int, Level]
    starts: dict[int, int]


def _read_lists(file: _File) -> list[_List]:
    """The lists by the number that paragraphs name, less one."""
    definitions = _read_definitions(file)
    table = file.section(_OVERRIDES)
    if not table:
        return []
    count = struct.unpack_from("<I", table)[0]
    if 4 + 16 * count > len(table):
        return []
    lists: list[_List] = []
    at = 4 + 16 * count
    for number in range(count):
        identity, overridden = struct.unpack_from("<i8xB", table, 4 + 16 * number)
        levels, starts = dict(definitions.get(identity, {})), {}
        at += 4
        for _ in range(overridden):
            if at + 8 > len(table):
                break
            start, flags = struct.unpack_from("<iI", table, at)
            at += 8
            if flags & 0x20:
                levels[flags & 0xF], at = _read_level(table, at)
            elif flags & 0x10:
                starts[flags & 0xF] = start
        lists.append(_List(str(identity), levels, starts))
    return lists


def _read_definitions(file: _File) -> dict[int, dict[int, Level]]:
    table = file.section(_LISTS)
    if not table:
        return {}
    count = struct.unpack_from("<H", table)[0]
    at = file.end_of(_LISTS)  # the levels lie behind the table
    found: dict[int, dict[int, Level]] = {}
    for number in range(count):
        identity, flags = struct.unpack_from("<i22xB", table, 2 + 28 * number)
        levels: dict[int, Level] = {}
        for depth in range(1 if flags & 1 else 9):
            levels[depth], at = _read_level(file.table, at)
        found[identity] = levels
    return found


def _read_level(table: bytes, at: int) -> tuple[Level, int]:
    start, format, flags = struct.unpack_from("<iBB", table, at)
    runs, paragraphs, limit = struct.unpack_from("<BBB", table, at + 24)
    at += 28 + runs + paragraphs
    length = struct.unpack_from("<H", table, at)[0]
    text = _decode_units(table[at + 2 : at + 2 + 2 * length])
    text = re.sub("[\x00-\x08]", lambda found: f"%{ord(found[0]) + 1}", text)
    level = Level(
        start=start,
        format=_FORMATS.get(format, "decimal"),
        text=text,
        restart=limit if flags & 0x08 else None,
        legal=bool(flags & 0x04),
    )
    return level, at + 2 + 2 * length


# --- the text ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Table:
    """The rows of a table while its paragraphs come."""

    rows: list[list[Cell]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    lines: list[Shown] = field(default_factory=list)


class _Reader:
    """Gives the lines of a file."""

    def __init__(self, streams: dict[str, bytes], name: str) -> None:
        self._file = _File(streams, name)
        self._runs = _Stretches(self._file, _RUNS)
        self._paragraphs = _Stretches(self._file, _PARAGRAPHS)
        self._styles, self._font = _read_styles(self._file.section(_STYLES))
        self._fonts = [font_encoding(font) for font in _read_fonts(self._file.section(_FONTS))]
        self._lists = _read_lists(self._file)
        self._counter = Counter()
        self._macros = _MACROS in streams
        self._deleted = self._hidden = 0
        self._note_starts: list[tuple[int, int]] = []  # (start, end) of the notes, as they are referred to
        self._references = self._read_references()

    def notes(self) -> list[str]:
        """What a reader of the file should know, in Vietnamese."""
        found = []
        if self._macros:
            found.append("Tệp có macro: macro bị bỏ qua, chỉ đọc chữ.")
        if self._deleted:
            found.append(f"Bỏ {self._deleted} ký tự đã bị xoá (theo dõi thay đổi của Word).")
        if self._hidden:
            found.append(f"Bỏ {self._hidden} ký tự định dạng ẩn, không hiện khi đọc trong Word.")
        return found

    def read(self) -> Iterator[Shown]:
        body, footnotes, headers, macros, comments, endnotes, boxes = self._file.lengths
        start = body + footnotes
        heads = [
            Shown(line.text, line.kind, line.soft, "running_head", line.encoding)
            for line in self._read_headers(start, start + headers)
        ]
        yield from heads
        yield from self._read_range(0, body)
        start += headers + macros + comments + endnotes
        yield from self._read_range(start, start + boxes)
        number = 0
        while number < len(self._note_starts):
            lines = list(self._read_range(*self._note_starts[number]))
            number += 1
            for index, line in enumerate(lines):
                text = line.text if index else f"[{number}] {line.text}"
                yield Shown(text, BlockKind.FOOTNOTE, line.soft, encoding=line.encoding)

    def _read_headers(self, start: int, end: int) -> Iterator[Shown]:
        """Headers and footers, each text once; the first six stories are the rules above notes."""
        table = self._file.section(_HEADERS)
        places = struct.unpack_from(f"<{len(table) // 4}I", table)
        seen: set[str] = set()
        for first, last in pairwise(places[6:]):
            for line in self._read_range(start + first, min(start + last, end)):
                if line.text not in seen:
                    seen.add(line.text)
                    yield line

    def _read_references(self) -> dict[int, tuple[int, int]]:
        """The position of each note's reference → where its text lies."""
        body, footnotes, headers, macros, comments, _, _ = self._file.lengths
        found: dict[int, tuple[int, int]] = {}
        for refs, texts, base in (
            (_NOTE_REFS, _NOTE_TEXTS, body),
            (_END_REFS, _END_TEXTS, body + footnotes + headers + macros + comments),
        ):
            table, bounds = self._file.section(refs), self._file.section(texts)
            count = max(0, (len(table) - 4) // 6)
            positions = struct.unpack_from(f"<{count}I", table) if count else ()
            ends = struct.unpack_from(f"<{len(bounds) // 4}I", bounds)
            for number, position in enumerate(positions):
                if number + 1 < len(ends):
                    found[position] = (base + ends[number], base + ends[number + 1])
        return found

    # paragraphs and tables

    def _read_range(self, start: int, end: int) -> Iterator[Shown]:
        """The lines of the paragraphs between two positions, tables laid out."""
        table: _Table | None = None
        for first, last in self._split_paragraphs(start, end):
            offset = self._file.offset(last)
            stretch = self._paragraphs.at(offset)
            style = self._styles.get(stretch.style, _Style())
            properties = {**style.paragraph, **stretch.properties}
            if not _value(properties, _IN_TABLE):
                if table is not None:
                    yield from lay_out_table(table.rows)
                    table = None
                yield from self._show(first, last, properties, style)
                continue
            table = table or _Table()
            mark = self._file.text[last]
            if _value(properties, _ROW_END) and mark == "\x07":
                table.rows.append(table.cells)
                table.cells = []
                continue
            table.lines.extend(self._show(first, last, properties, style))
            if mark == "\x07":
                table.cells.append(table.lines)
                table.lines = []
        if table is not None:
            rest = [*table.cells, *([table.lines] if table.lines else [])]
            yield from lay_out_table([*table.rows, *([rest] if rest else [])])

    def _split_paragraphs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """(first position, position of the mark that ends it) of each paragraph."""
        end = min(end, len(self._file.text))
        while start < end:
            found = _PARAGRAPH_MARK.search(self._file.text, start, end)
            last = found.start() if found else end - 1
            yield start, last
            start = last + 1

    def _show(self, first: int, last: int, properties: _Properties, style: _Style) -> list[Shown]:
        spans = list(self._spans(first, last + 1, style))
        text = "".join(span.text for span in spans)
        if text.strip():
            number = self._next_number(properties)
            if number:
                spans.insert(0, Span(f"{number} ", spans[0].font))
        converted, encoding = convert_spans(spans)
        return show_paragraph(join_pairs(converted), _kind(properties, style), encoding=encoding)

    def _next_number(self, properties: _Properties) -> str:
        number = _value(properties, _LIST_NUMBER) or 0
        if not 0 < number <= len(self._lists):
            return ""
        found = self._lists[number - 1]
        depth = _value(properties, _LIST_DEPTH) or 0
        return self._counter.next_number(found.list_id, str(number), depth, found.levels, found.starts)

    def _spans(self, first: int, end: int, style: _Style) -> Iterator[Span]:
        """The visible pieces of a paragraph, each with what its font says."""
        depth_of_fields: list[bool] = []  # for each open field: whether its result has begun
        position = first
        while position < end:
            offset = self._file.offset(position)
            run = self._runs.at(offset)
            width = self._file.width(position)
            ahead = max(1, -(-(run.end - offset) // width))
            stop = min(end, self._file.piece_end(position), position + ahead)
            stop = max(stop, position + 1)
            properties = {**style.run, **run.properties}
            number = _value(properties, _FONT)
            number = self._font if number is None else number
            font = self._fonts[number] if number < len(self._fonts) else None
            raw = self._file.text[position:stop]
            if font is not None:  # "ư" of TCVN3, taken for an optional hyphen by other programs
                raw = raw.replace("\x1f", "\xad")
            shown = self._visible(raw, position, depth_of_fields)
            if _value(properties, _DELETED):
                self._deleted += len(shown)
            elif _value(properties, _HIDDEN) == 1:
                self._hidden += len(shown)
            elif shown:
                yield Span(shown, font)
            position = stop

    def _visible(self, raw: str, start: int, fields: list[bool]) -> str:
        """Characters as a reader sees them; instructions of fields and anchors of drawings are none."""
        if not _CONTROL.search(raw):
            return raw if all(fields) else ""
        shown: list[str] = []
        for index, char in enumerate(raw):
            if char == "\x13":
                fields.append(False)
            elif char == "\x14" and fields:
                fields[-1] = True
            elif char == "\x15" and fields:
                fields.pop()
            elif not all(fields):
                continue
            elif char == "\x02":
                shown.append(self._refer(start + index))
            else:
                shown.append(_SHOWN.get(char, "" if char < " " else char))
        return "".join(shown)

    def _refer(self, position: int) -> str:
        note = self._references.pop(position, None)  # once: a note of a hostile file refers to itself
        if note is None:
            return ""
        self._note_starts.append(note)
        return f"[{len(self._note_starts)}]"


_PARAGRAPH_MARK = re.compile("[\r\x07\x0c]")
_CONTROL = re.compile("[\x00-\x1f]")
_SHOWN = {"\t": "\t", "\v": "\n", "\x1e": "-", "\n": "\n", "\x1f": "", "\x0e": "\n"}


def _kind(properties: _Properties, style: _Style) -> BlockKind:
    if style.built_in == _TITLE_STYLE:
        return BlockKind.TITLE
    outline = _value(properties, _OUTLINE)
    is_heading = 1 <= style.built_in <= 9 or (outline is not None and outline < 9)
    return BlockKind.HEADING if is_heading else BlockKind.BODY


# --- Word 6 and 95 ----------------------------------------------------------------------------------------

_COMPLEX, _WIDE = 0x0004, 0x1000  # flags of the FIB: saved in pieces; characters of two bytes


def _read_word6(header: bytes, name: str) -> Iterator[Shown]:
    """The lines of a file of Word 6 or 95: one stretch of text, one byte a character."""
    flags, start, length = *struct.unpack_from("<H", header, 10), *_lengths_of_word6(header)
    if flags & (_COMPLEX | _WIDE) or start + length > len(header):
        raise UnreadablePage(
            f"Tệp {name!r} là Word 6/95 lưu nhanh (từng mảnh), chưa đọc được. "
            "Hãy mở bằng Word hoặc LibreOffice rồi lưu lại thành .docx."
        )
    text = header[start : start + length].decode("cp1252", "replace")
    for paragraph in _PARAGRAPH_MARK.split(text):
        shown = "".join(_SHOWN.get(char, "" if char < " " else char) for char in paragraph)
        yield from show_paragraph(shown)


def _lengths_of_word6(header: bytes) -> tuple[int, int]:
    return struct.unpack_from("<I", header, 0x18)[0], struct.unpack_from("<I", header, 0x34)[0]
