"""RTF: what the file shows, line by line.

striprtf was tried first (bench/reading.py): it drops footnotes, text boxes and the numbers of old lists, keeps
deleted and hidden text, joins table cells with a sign that text holds too, and does not say in which font a
piece is set, without which TCVN3 cannot be told from Latin text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.errors import BinaryPage, UnsafeFile
from ingest.legacy import FontEncoding, Span, convert_spans, font_encoding
from ingest.models import BlockKind, PageText, RawPage
from ingest.readers.office import Cell, Shown, join_pairs, lay_out_table, make_page, show_paragraph

_DEEPEST = 2000  # groups inside each other; files of Word stay under a hundred
_MAX_TOKENS = 5_000_000  # half a minute; lines of a picture in hexadecimal count two each
_MAX_PARAGRAPHS = 500_000
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(\r\n|[^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_CODE_PAGES = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
# Groups that hold no text of the page; others are known by the "\*" before them.
_NOT_TEXT = frozenset(
    """fonttbl colortbl stylesheet info pict objdata objclass listtable listoverridetable revtbl filetbl
    fldinst xe tc rxe bkmkstart bkmkend template private shprslt nonesttables nextfile themedata
    colorschememapping datastore latentstyles upr sp sn sv falt panose""".split()
)
_RUNNING = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
_TEXT_AFTER_STAR = frozenset({"shptxt", "pntext", "footnote"})
_SIGNS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_ESCAPES = {
    b"~": "\xa0",
    b"_": "-",
    b"{": "{",
    b"}": "}",
    b"\\": "\\",
    b"\t": "\t",
}


def read_rtf(page: RawPage) -> PageText:
    """The text of an RTF file. Raises EmptyPage, BinaryPage, UnsafeFile or LegacyEncoding."""
    content = page.content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not content.startswith(b"{\\rtf"):
        raise BinaryPage(f"Tệp {page.name!r} không phải tệp RTF. Hãy đổi đúng phần mở rộng.")
    reader = _Reader(content, page.name)
    return make_page(reader.read(), page.name, notes=reader.notes())


@dataclass(frozen=True, slots=True)
class _Font:
    code_page: str | None = None  # None: that of the file
    legacy: FontEncoding | None = None


@dataclass(slots=True)
class _Story:
    """Text that runs on its own: the body, a footnote, a header, a text box."""

    kind: str = "body"
    number: int = 0  # of a note
    spans: list[Span] = field(default_factory=list)
    lines: list[Shown] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    cell: list[Shown] = field(default_factory=list)
    boxes: list[Shown] = field(default_factory=list)  # wait for the end of the paragraph that anchors them


@dataclass(frozen=True, slots=True)
class _State:
    """What a group hands to the groups inside it."""

    story: _Story
    font: int = -1
    skip_after_unicode: int = 1
    silent: bool = False  # a group without text of the page
    fonts: bool = False  # inside the table of fonts
    deleted: bool = False
    hidden: bool = False
    in_table: bool = False
    heading: bool = False


class _Reader:
    """Goes over the tokens of a file once and gives its lines."""

    def __init__(self, content: bytes, name: str) -> None:
        self._content = content
        self._name = name
        self._code_page = "cp1252"
        self._fonts: dict[int, _Font] = {}
        self._body = _Story()
        self._state = _State(self._body)
        self._stack: list[_State] = []
        self._bytes = bytearray()  # waiting to be decoded: letters of some code pages take two
        self._skip = 0  # bytes that stand in for a Unicode character before them
        self._starred = False
        self._font_name = bytearray()
        self._font_number = 0
        self._footnotes: list[Shown] = []
        self._heads: list[Shown] = []
        self._notes_met = self._paragraphs_met = self._deleted = self._hidden = 0

    def read(self) -> list[Shown]:
        """All lines: headers and footers first (cut), then the body, then the notes."""
        position, end, tokens = 0, len(self._content), 0
        while position < end:
            tokens += 1
            if tokens > _MAX_TOKENS or self._paragraphs_met > _MAX_PARAGRAPHS:
                raise UnsafeFile(
                    f"Tệp {self._name!r} có quá nhiều lệnh RTF so với một văn bản thật. Hãy mở bằng Word rồi lưu lại thành .docx."
                )
            found = _TOKEN.match(self._content, position)
            if found is None:
                position += 1
                continue
            position = self._take(found)
            if not self._stack and found[5] == b"}":
                break  # what follows the outermost group is not shown
        self._flush()
        while self._stack:  # a file that was cut off
            self._close()
        self._end_paragraph(self._body)
        self._end_table(self._body)
        return [*self._heads, *self._body.lines, *self._footnotes]

    def notes(self) -> list[str]:
        """What a reader of the file should know, in Vietnamese."""
        found = []
        if self._deleted:
            found.append(f"Bỏ {self._deleted} ký tự đã bị xoá (theo dõi thay đổi của Word).")
        if self._hidden:
            found.append(f"Bỏ {self._hidden} ký tự định dạng ẩn, không hiện khi đọc trong Word.")
        return found

    # tokens

    def _take(self, found: re.Match[bytes]) -> int:
        """Act on a token; where the next one begins."""
        word, value, code, escape, brace, text = found.groups()
        if code is not None:
            self._add_byte(int(code, 16))
        elif text is not None:
            self._add_bytes(text)
        elif brace is not None:
            self._flush()
            self._open() if brace == b"{" else self._close()
        elif word is not None:
            self._flush_before(word)
            return self._control(word, None if value is None else int(value), found.end())
        elif escape is not None:
            self._flush()
            self._escape(escape)
        return found.end()

    def _flush_before(self, word: bytes) -> None:
        if word != b"u":
            self._skip = 0
        self._flush()

    def _open(self) -> None:
        if len(self._stack) >= _DEEPEST:
            raise UnsafeFile(
                f"Tệp {self._name!r} lồng quá {_DEEPEST} lớp, không giống tệp RTF thật. Hãy kiểm tra nguồn tệp."
            )
        self._skip = 0
        self._starred = False
        self._stack.append(self._state)

    def _close(self) -> None:
        self._skip = 0
        self._starred = False
        if not self._stack:
            return
        inner, self._state = self._state, self._stack.pop()
        if inner.fonts and not self._state.fonts:
            self._end_font()
        if inner.story is not self._state.story:
            self._end_story(inner.story, self._state.story)

    def _escape(self, escape: bytes) -> None:
        self._skip = 0
        if escape == b"*":
            self._starred = True
        elif escape in (b"\r\n", b"\n", b"\r"):
            self._end_paragraph(self._state.story)
        elif escape == b"-":  # an optional hyphen; "ư" where the font is one of TCVN3
            if self._legacy() is not None:
                self._show("\xad")
        else:
            self._show(_ESCAPES.get(escape, ""))

    def _control(self, word: bytes, value: int | None, after: int) -> int:
        name = word.decode("ascii")
        starred, self._starred = self._starred, False
        if name == "bin":  # raw bytes, braces and all
            return after + max(0, value or 0)
        if name == "u":
            self._add_unicode(value)
        elif name == "ansicpg":
            self._code_page = _known(f"cp{value}")
        elif name == "fonttbl":
            self._state = replace(self._state, silent=True, fonts=True)
        elif self._state.fonts:
            self._read_font(name, value)
        elif name in _NOT_TEXT or (starred and name not in _TEXT_AFTER_STAR):
            self._state = replace(self._state, silent=True)
        elif name == "shptxt":  # inside a group that is silent but for it
            self._state = replace(self._state, silent=False)
            self._begin_story("box")
        elif name in _RUNNING:
            self._begin_story("head")
        elif name == "footnote" and not self._state.silent:
            self._notes_met += 1
            self._begin_story("note")
        else:
            self._format(name, value)
        return after

    def _format(self, name: str, value: int | None) -> None:
        state, on = self._state, value != 0
        match name:
            case "par" | "sect" | "page":
                self._end_paragraph(state.story)
            case "cell":
                self._end_cell(state.story)
            case "row":
                self._end_row(state.story)
            case "nestcell" | "nestrow":
                self._end_paragraph(state.story)
            case "intbl":
                self._state = replace(state, in_table=True)
            case "pard":
                self._state = replace(state, in_table=False, heading=False)
            case "plain":
                self._state = replace(state, font=-1, hidden=False, deleted=False)
            case "f":
                self._state = replace(state, font=value or 0)
            case "uc":
                self._state = replace(state, skip_after_unicode=min(max(0, value or 0), 8))
            case "v":
                self._state = replace(state, hidden=on)
            case "deleted":
                self._state = replace(state, deleted=on)
            case "outlinelevel":
                self._state = replace(state, heading=value is not None and value < 9)
            case _:
                self._show(_SIGNS.get(name, ""))

    # characters

    def _add_byte(self, byte: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(byte)

    def _add_bytes(self, text: bytes) -> None:
        if self._state.fonts:
            self._font_name += text
            if b";" in text:
                self._end_font()
            return
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        self._bytes += text[skipped:]

    def _add_unicode(self, value: int | None) -> None:
        self._flush()
        if value is not None:
            self._show(chr(value % 0x10000))
        self._skip = self._state.skip_after_unicode

    def _flush(self) -> None:
        if self._bytes:
            raw, self._bytes = bytes(self._bytes), bytearray()
            font = self._fonts.get(self._state.font, _Font())
            code_page = "cp1252" if font.legacy else font.code_page or self._code_page
            self._show(raw.decode(code_page, "replace"))

    def _show(self, text: str) -> None:
        state = self._state
        if not text or state.silent:
            return
        if state.deleted:
            self._deleted += len(text)
        elif state.hidden:
            self._hidden += len(text)
        else:
            state.story.spans.append(Span(text, self._legacy()))

    def _legacy(self) -> FontEncoding | None:
        return self._fonts.get(self._state.font, _Font()).legacy

    # fonts

    def _read_font(self, name: str, value: int | None) -> None:
        if name == "f":
            self._end_font()
            self._font_number = value or 0
            self._fonts[self._font_number] = _Font()
        elif name == "fcharset" and value is not None:
            known = self._fonts.get(self._font_number, _Font())
            self._fonts[self._font_number] = replace(known, code_page=_CODE_PAGES.get(value))

    def _end_font(self) -> None:
        name = self._font_name.decode("cp1252", "replace").split(";")[0].strip()
        self._font_name.clear()
        if name:
            known = self._fonts.get(self._font_number, _Font())
            self._fonts[self._font_number] = replace(known, legacy=font_encoding(name))

    # stories, paragraphs, tables

    def _begin_story(self, kind: str) -> None:
        self._state = replace(
            self._state, story=_Story(kind, self._notes_met), in_table=False, hidden=False, heading=False
        )

    def _end_story(self, story: _Story, outer: _Story) -> None:
        self._end_paragraph(story)
        self._end_table(story)
        match story.kind:
            case "note":
                outer.spans.append(Span(f"[{story.number}]"))
                self._footnotes.extend(_number_note(story))
            case "head":
                known = {line.text for line in self._heads}
                self._heads.extend(
                    replace(line, cut="running_head") for line in story.lines if line.text not in known
                )
            case _:
                outer.boxes.extend(story.lines)

    def _end_paragraph(self, story: _Story) -> None:
        self._paragraphs_met += 1
        text, encoding = convert_spans(story.spans)
        story.spans.clear()
        kind = BlockKind.HEADING if self._state.heading else BlockKind.BODY
        shown = [*show_paragraph(join_pairs(text), kind, encoding=encoding), *story.boxes]
        story.boxes.clear()
        if self._state.in_table:
            story.cell.extend(shown)
        else:
            self._end_table(story)
            story.lines.extend(shown)

    def _end_cell(self, story: _Story) -> None:
        self._state = replace(self._state, in_table=True)
        self._end_paragraph(story)
        story.cells.append(story.cell)
        story.cell = []

    def _end_row(self, story: _Story) -> None:
        if story.cells:
            story.rows.append(story.cells)
        story.cells = []

    def _end_table(self, story: _Story) -> None:
        """The rows that have come so far, and what a cut-off file holds of the next."""
        if story.cell:
            story.cells.append(story.cell)
            story.cell = []
        self._end_row(story)
        if story.rows:
            story.lines.extend(lay_out_table(story.rows))
            story.rows = []


def _number_note(story: _Story) -> Iterator[Shown]:
    for index, line in enumerate(story.lines):
        text = line.text if index else f"[{story.number}] {line.text}"
        yield Shown(text, BlockKind.FOOTNOTE, line.soft, encoding=line.encoding)


def _known(code_page: str) -> str:
    try:
        return codecs.lookup(code_page).name
    except LookupError:
        return "cp1252"
