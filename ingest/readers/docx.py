"""Word files (.docx, .docm): what Word shows, line by line, from the XML inside.

Read from the XML itself: python-docx passes over content controls, tracked insertions, text boxes, notes and
automatic numbers, and every one of them holds text of real documents (bench/reading.py compares the times).

1. open the archive behind the guard of ingest.archives; parse only the parts that hold text
2. walk the body: paragraphs, tables, content controls; text boxes follow the paragraph that anchors them
3. count the automatic numbers, convert runs in legacy fonts, put the notes at the end
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from lxml import etree

from ingest.archives import open_archive, read_member
from ingest.errors import DamagedFile, UnsafeFile
from ingest.legacy import FontEncoding, Span, convert_spans, font_encoding
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.models import BlockKind, PageText, RawPage
from ingest.readers.numbering import Counter, Level
from ingest.readers.office import Cell, Shown, lay_out_table, make_page, show_paragraph

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Word never writes a document type; an entity in one can grow without end or fetch a file.
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEADING_NAME = re.compile(r"heading \d\Z")
_MAX_TAGS = 4_000_000  # in all parts; 64 MB of what Word writes hold 2.5 million, and take a gigabyte
_LEVELS = 9  # of a list
_LEGACY_FONT = re.compile(rb'"(?:\.vn|vni)', re.IGNORECASE)


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"


_P, _TBL, _TR, _TC, _R, _T = (_w(name) for name in ("p", "tbl", "tr", "tc", "r", "t"))
_VAL = _w("val")
_INSIDE = frozenset(  # hold what stands at their place
    map(
        _w,
        (
            "sdt",
            "sdtContent",
            "customXml",
            "smartTag",
            "ins",
            "moveTo",
            "hyperlink",
            "fldSimple",
            "dir",
            "bdo",
        ),
    )
)
_DELETED = frozenset(map(_w, ("del", "moveFrom")))


def read_docx(page: RawPage, *, limits: Limits = DEFAULT_LIMITS) -> PageText:
    """The text of a Word file. Raises EmptyPage, DamagedFile, EncryptedFile, UnsafeFile or LegacyEncoding."""
    package = _Package(open_archive(page.content, page.name, limits), page.name, limits)
    try:
        reader = _Reader(package)
        shown = list(reader.read())
    except RecursionError as error:
        raise UnsafeFile(_too_deep(page.name)) from error
    return make_page(shown, page.name, notes=reader.notes())


def _too_deep(name: str) -> str:
    return f"Tệp {name!r} lồng quá sâu, không giống tệp Word thật. Hãy kiểm tra nguồn tệp."


# --- the package ------------------------------------------------------------------------------------------


class _Package:
    """The parts of a Word file, parsed when they are asked for."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._budget = (
            limits.max_xml_bytes
        )  # of XML, over all parts: a parsed tree takes many times its bytes
        self._tags = _MAX_TAGS
        self._counted: set[str] = set()
        self._infos = {info.filename.lstrip("/").lower(): info for info in archive.infolist()}
        self.name = name
        self.main = self._find_main()
        self.related = self._read_relationships(self.main)

    def holds(self, ending: str) -> bool:
        """Whether a part with this ending is in the package."""
        return any(path.endswith(ending) for path in self._infos)

    def part(self, path: str) -> etree._Element | None:
        """The root of a part; None where the package lacks it."""
        content = self.read(path)
        return None if content is None else self._parse(content)

    def read(self, path: str) -> bytes | None:
        """The bytes of a part, in the namespace of transitional files."""
        info = self._infos.get(path.lower())
        if info is None:
            return None
        if path not in self._counted:
            self._counted.add(path)
            self._budget -= info.file_size
        content = read_member(
            self._archive, info, f"{self.name}#{path}", self._limits, largest=self._limits.max_xml_bytes
        )
        if self._budget < 0:
            raise UnsafeFile(
                f"Tệp {self.name!r} chứa hơn {self._limits.max_xml_bytes / 2**20:.0f} MB XML. "
                "Hãy chia thành nhiều tệp nhỏ hơn."
            )
        return content.replace(_STRICT.encode(), _W.encode())

    def parts(self, kind: str) -> Iterator[etree._Element]:
        """The roots of the parts of a kind, in the order of their names."""
        for path in sorted({path for found, path in self.related.values() if found == kind}):
            if (root := self.part(path)) is not None:
                yield root

    def _parse(self, content: bytes) -> etree._Element:
        if _DOCTYPE.search(content[:4096].replace(b"\0", b"")):
            raise UnsafeFile(
                f"Tệp {self.name!r} khai báo thực thể XML, Word không bao giờ ghi như vậy. "
                "Hãy kiểm tra nguồn tệp."
            )
        self._tags -= content.count(b"<")
        if self._tags < 0:
            raise UnsafeFile(
                f"Tệp {self.name!r} chứa quá nhiều phần tử XML so với một văn bản thật. Hãy chia nhỏ tệp."
            )
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if "depth" in str(error):
                raise UnsafeFile(_too_deep(self.name)) from error
            raise DamagedFile(
                f"Tệp {self.name!r} hỏng: phần XML bên trong không đọc được. Hãy mở bằng Word và lưu lại."
            ) from error

    def _find_main(self) -> str:
        for kind, path in self._read_relationships("").values():
            if kind == "officeDocument" and path.lower() in self._infos:
                return path
        if "word/document.xml" in self._infos:
            return "word/document.xml"
        raise DamagedFile(
            f"Tệp {self.name!r} không phải tệp Word (không có nội dung văn bản bên trong). "
            "Hãy đổi đúng phần mở rộng, hoặc lưu lại thành .docx."
        )

    def _read_relationships(self, source: str) -> dict[str, tuple[str, str]]:
        """id → (kind, path) of what a part refers to; what lies outside of the file is never looked at."""
        folder, file = posixpath.split(source)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for element in root.iter(_RELS) if root is not None else ():
            if element.get("TargetMode") == "External":
                continue
            kind = (element.get("Type") or "").rsplit("/", 1)[-1]
            path = posixpath.normpath(posixpath.join("/", folder, element.get("Target") or "")).lstrip("/")
            found[element.get("Id") or ""] = (kind, path)
        return found


# --- styles and lists -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph or a run takes from its style."""

    name: str = ""
    outline: int | None = None
    number: str | None = None  # the id of its list
    depth: int | None = None
    font: str | None = None


@dataclass(slots=True)
class _List:
    """A w:num: which abstract list it counts, and which levels it begins anew or changes."""

    list_id: str
    levels: dict[int, Level]
    starts: dict[int, int]
    style_levels: dict[str, int] = field(default_factory=dict)  # style id → the level that is bound to it


def _child_value(element: etree._Element | None, name: str) -> str | None:
    found = element.find(_w(name)) if element is not None else None
    return found.get(_VAL) if found is not None else None


def _number(value: str | None) -> int | None:
    try:
        return int(value) if value is not None else None
    except ValueError:
        return None


def _font_of(properties: etree._Element | None) -> str | None:
    fonts = properties.find(_w("rFonts")) if properties is not None else None
    return (fonts.get(_w("ascii")) or fonts.get(_w("hAnsi"))) if fonts is not None else None


def _is_on(properties: etree._Element | None, name: str) -> bool:
    found = properties.find(_w(name)) if properties is not None else None
    return found is not None and found.get(_VAL, "1") not in ("0", "false", "off")


def _read_styles(root: etree._Element | None) -> tuple[dict[str, _Style], str | None, str | None]:
    """The styles with what they inherit, the id of the default one, and the font of the document."""
    if root is None:
        return {}, None, None
    elements = {style.get(_w("styleId")) or "": style for style in root.iter(_w("style"))}
    styles: dict[str, _Style] = {}

    def resolve(identity: str, seen: frozenset[str]) -> _Style:
        if identity in styles:
            return styles[identity]
        element = elements.get(identity)
        if element is None or identity in seen or len(seen) > 50:
            return _Style()
        parent = resolve(_child_value(element, "basedOn") or "", seen | {identity})
        paragraph = element.find(_w("pPr"))
        numbers = paragraph.find(_w("numPr")) if paragraph is not None else None
        outline = _number(_child_value(paragraph, "outlineLvl"))
        depth = _number(_child_value(numbers, "ilvl"))
        styles[identity] = _Style(
            name=(_child_value(element, "name") or "").lower(),
            outline=parent.outline if outline is None else outline,
            number=_child_value(numbers, "numId") or parent.number,
            depth=parent.depth if depth is None else depth,
            font=_font_of(element.find(_w("rPr"))) or parent.font,
        )
        return styles[identity]

    for identity in elements:
        resolve(identity, frozenset())
    default = next(
        (
            identity
            for identity, style in elements.items()
            if style.get(_w("type")) == "paragraph" and style.get(_w("default")) in ("1", "true", "on")
        ),
        None,
    )
    defaults = root.find(f"{_w('docDefaults')}/{_w('rPrDefault')}/{_w('rPr')}")
    return styles, default, _font_of(defaults)


def _read_level(element: etree._Element) -> Level:
    return Level(
        start=_number(_child_value(element, "start")) or 0,
        format=_child_value(element, "numFmt") or "decimal",
        text=_child_value(element, "lvlText") or "",
        restart=_number(_child_value(element, "lvlRestart")),
        legal=_is_on(element, "isLgl"),
        font=_font_of(element.find(_w("rPr"))),
    )


def _read_levels(element: etree._Element) -> dict[int, Level]:
    levels = islice(element.iterchildren(_w("lvl")), _LEVELS)
    return {_number(level.get(_w("ilvl"))) or 0: _read_level(level) for level in levels}


def _read_lists(root: etree._Element | None, styles: Mapping[str, _Style]) -> dict[str, _List]:
    """The lists by the id that paragraphs name."""
    if root is None:
        return {}
    abstracts = {element.get(_w("abstractNumId")) or "": element for element in root.iter(_w("abstractNum"))}
    wanted = {e.get(_w("numId")) or "": _child_value(e, "abstractNumId") or "" for e in root.iter(_w("num"))}
    lists: dict[str, _List] = {}
    for element in root.iter(_w("num")):
        number = element.get(_w("numId")) or ""
        abstract = abstracts.get(wanted[number])
        link = _child_value(abstract, "numStyleLink")
        if link is not None:  # the levels stand in the list of a style
            abstract = abstracts.get(wanted.get(styles.get(link, _Style()).number or "", ""), abstract)
        if abstract is None:
            continue
        levels = _read_levels(abstract)
        starts: dict[int, int] = {}
        for override in element.iterchildren(_w("lvlOverride")):
            depth = _number(override.get(_w("ilvl"))) or 0
            if (start := _number(_child_value(override, "startOverride"))) is not None:
                starts[depth] = start
            if (own := override.find(_w("lvl"))) is not None:
                levels[depth] = _read_level(own)
        bound = {
            style: _number(level.get(_w("ilvl"))) or 0
            for level in islice(abstract.iterchildren(_w("lvl")), _LEVELS)
            if (style := _child_value(level, "pStyle"))
        }
        lists[number] = _List(abstract.get(_w("abstractNumId")) or "", levels, starts, bound)
    return lists


# --- the walk ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Paragraph:
    """The text of a paragraph while its runs are read."""

    font: str | None
    spans: list[Span] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    def add(self, text: str, font: FontEncoding | None) -> None:
        if text:
            self.spans.append(Span(text, font))


class _Reader:
    """Goes over the parts of a file and gives its lines."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        styles = next(package.parts("styles"), None)
        self._styles, self._default, self._document_font = _read_styles(styles)
        numbering = next(package.parts("numbering"), None)
        self._lists = _read_lists(numbering, self._styles)
        self._counter = Counter()
        self._notes: list[tuple[str, str]] = []  # (kind, id) of the notes, as they are referred to
        self._deleted = self._hidden = self._comments = self._foreign = 0

    @cached_property
    def _has_legacy_fonts(self) -> bool:
        """Fonts are looked at only where an old one is named at all."""
        paths = {self._package.main, *(path for _, path in self._package.related.values())}
        return any(
            _LEGACY_FONT.search(self._package.read(path) or b"") for path in paths if path.endswith(".xml")
        )

    def read(self) -> Iterator[Shown]:
        root = self._package.part(self._package.main)
        body = root.find(_w("body")) if root is not None else None
        if body is None:
            raise DamagedFile(
                f"Tệp {self._package.name!r} hỏng: không có thân văn bản. Hãy mở bằng Word và lưu lại."
            )
        yield from self._read_running("header")
        yield from self._read_blocks(body)
        yield from self._read_notes()
        yield from self._read_running("footer")

    def notes(self) -> list[str]:
        """What a reader of the file should know, in Vietnamese."""
        found = []
        if self._package.holds("vbaproject.bin"):
            found.append("Tệp có macro: macro bị bỏ qua, chỉ đọc chữ.")
        if self._deleted:
            found.append(f"Bỏ {self._deleted} ký tự đã bị xoá (theo dõi thay đổi của Word).")
        if self._hidden:
            found.append(f"Bỏ {self._hidden} ký tự định dạng ẩn, không hiện khi đọc trong Word.")
        if self._comments:
            found.append(f"Bỏ {self._comments} nhận xét bên lề; nhận xét không thuộc văn bản.")
        if self._foreign:
            found.append(f"Bỏ {self._foreign} phần nhúng từ tệp khác (altChunk), không đọc được.")
        return found

    # blocks

    def _read_blocks(self, parent: etree._Element) -> Iterator[Shown]:
        for child in parent:
            if child.tag == _P:
                yield from self._read_paragraph(child)
            elif child.tag == _TBL:
                yield from lay_out_table(list(self._rows(child)))
            elif child.tag in _INSIDE:
                yield from self._read_blocks(child)
            elif child.tag in _DELETED:
                self._count_deleted(child)
            elif child.tag == _w("altChunk"):
                self._foreign += 1

    def _rows(self, parent: etree._Element) -> Iterator[list[Cell]]:
        for child in parent:
            if child.tag == _TR:
                if child.find(f"{_w('trPr')}/{_w('del')}") is not None:
                    self._count_deleted(child)
                else:
                    yield list(self._cells(child))
            elif child.tag in _INSIDE:
                yield from self._rows(child)

    def _cells(self, parent: etree._Element) -> Iterator[Cell]:
        for child in parent:
            if child.tag == _TC:
                yield list(self._read_blocks(child))
            elif child.tag in _INSIDE:
                yield from self._cells(child)

    def _read_paragraph(self, element: etree._Element) -> Iterator[Shown]:
        properties = element.find(_w("pPr"))
        identity = _child_value(properties, "pStyle") or self._default or ""
        style = self._styles.get(identity, _Style())
        paragraph = _Paragraph(style.font or self._document_font)
        self._read_runs(element, paragraph)
        if any(span.text.strip() for span in paragraph.spans):
            number, font = self._next_number(properties, identity, style)
            if number:
                paragraph.spans.insert(0, Span(f"{number} ", self._encoding_of(font or paragraph.font)))
        text, encoding = convert_spans(paragraph.spans)
        yield from show_paragraph(text, _kind(properties, style), encoding=encoding)
        for box in paragraph.boxes:
            yield from self._read_blocks(box)

    def _next_number(
        self, properties: etree._Element | None, identity: str, style: _Style
    ) -> tuple[str, str | None]:
        """The automatic number of a paragraph, and the font that it is set in."""
        numbers = properties.find(_w("numPr")) if properties is not None else None
        number = _child_value(numbers, "numId") or style.number
        found = self._lists.get(number) if number is not None else None
        if number is None or number == "0" or found is None:
            return "", None
        depth = _number(_child_value(numbers, "ilvl"))
        if depth is None:
            depth = found.style_levels.get(identity, style.depth or 0)
        shown = self._counter.next_number(found.list_id, number, depth, found.levels, found.starts)
        return shown, found.levels[depth].font if depth in found.levels else None

    # runs

    def _read_runs(self, parent: etree._Element, paragraph: _Paragraph) -> None:
        for child in parent:
            if child.tag == _R:
                self._read_run(child, paragraph)
            elif child.tag in _INSIDE:
                self._read_runs(child, paragraph)
            elif child.tag in _DELETED:
                self._count_deleted(child)
            elif isinstance(child.tag, str) and child.tag.startswith(_M):
                paragraph.add("".join(t.text or "" for t in child.iter(f"{_M}t")), None)
            elif child.tag == f"{_MC}AlternateContent":
                self._read_runs(_alternative(child), paragraph)

    def _read_run(self, run: etree._Element, paragraph: _Paragraph) -> None:
        properties = run.find(_w("rPr"))
        if _is_on(properties, "vanish"):
            self._hidden += sum(len(t.text or "") for t in run.iter(_T))
            return
        font = None
        if self._has_legacy_fonts:
            style = self._styles.get(_child_value(properties, "rStyle") or "", _Style())
            font = self._encoding_of(_font_of(properties) or style.font or paragraph.font)
        self._read_pieces(run, paragraph, font)

    def _read_pieces(self, run: etree._Element, paragraph: _Paragraph, font: FontEncoding | None) -> None:
        for piece in run:
            tag = piece.tag.rsplit("}", 1)[-1] if isinstance(piece.tag, str) else ""
            match tag:
                case "t":
                    paragraph.add(piece.text or "", font)
                case "tab" | "ptab":
                    paragraph.add("\t", font)
                case "br" | "cr":
                    paragraph.add("\n", font)
                case "noBreakHyphen":
                    paragraph.add("-", font)
                case "softHyphen" if font is not None:  # Word writes "ư" of TCVN3 so
                    paragraph.add("\xad", font)
                case "sym":
                    paragraph.add("•" if piece.get(_w("char")) else "", None)
                case "footnoteReference" | "endnoteReference":
                    self._refer(piece, tag.removesuffix("Reference"), paragraph)
                case "commentReference":
                    self._comments += 1
                case "AlternateContent":
                    self._read_pieces(_alternative(piece), paragraph, font)
                case "drawing" | "pict" | "object":
                    paragraph.boxes.extend(_boxes_in(piece))
                case _:
                    pass

    def _refer(self, piece: etree._Element, kind: str, paragraph: _Paragraph) -> None:
        self._notes.append((kind, piece.get(_w("id")) or ""))
        if piece.get(_w("customMarkFollows")) not in ("1", "true", "on"):  # else the mark is text of its own
            paragraph.add(f"[{len(self._notes)}]", None)

    def _encoding_of(self, font: str | None) -> FontEncoding | None:
        return font_encoding(font) if font else None

    def _count_deleted(self, element: etree._Element) -> None:
        self._deleted += sum(
            len(t.text or "") for t in element.iter(_w("delText"), _T) if isinstance(t.tag, str)
        )

    # what stands beside the body

    def _read_notes(self) -> Iterator[Shown]:
        """The footnotes and endnotes in the order of their references, each with its number."""
        bodies: dict[tuple[str, str], etree._Element] = {}
        for kind in ("footnote", "endnote"):
            for root in self._package.parts(f"{kind}s"):
                bodies |= {(kind, note.get(_w("id")) or ""): note for note in root.iter(_w(kind))}
        number = 0
        while number < len(self._notes):  # a note may refer to another
            note = bodies.pop(self._notes[number], None)  # once: a note of a hostile file refers to itself
            number += 1
            lines = list(self._read_blocks(note)) if note is not None else []
            for index, line in enumerate(lines):
                text = line.text if index else f"[{number}] {line.text}"
                yield Shown(text, BlockKind.FOOTNOTE, line.soft, encoding=line.encoding)

    def _read_running(self, kind: str) -> Iterator[Shown]:
        """Headers or footers of the pages, each text once, cut."""
        seen: set[str] = set()
        for root in self._package.parts(kind):
            for line in self._read_blocks(root):
                if line.text not in seen:
                    seen.add(line.text)
                    yield Shown(line.text, line.kind, line.soft, "running_head", line.encoding)


def _kind(properties: etree._Element | None, style: _Style) -> BlockKind:
    """A title or a heading by its style, or by the outline that the paragraph has itself."""
    if style.name == "title":
        return BlockKind.TITLE
    outline = _number(_child_value(properties, "outlineLvl"))
    outline = style.outline if outline is None else outline
    is_heading = _HEADING_NAME.match(style.name) or (outline is not None and outline < 9)
    return BlockKind.HEADING if is_heading else BlockKind.BODY  # offices set "KẾ HOẠCH" in the caption style


def _alternative(element: etree._Element) -> etree._Element:
    """The first of several forms of one thing that holds text; newer and older Word each read one."""
    forms = list(element)
    return next(
        (form for form in forms if form.find(f".//{_T}") is not None), element if not forms else forms[0]
    )


def _boxes_in(element: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes in a drawing, of every thing one form."""
    for child in element:
        if child.tag == _w("txbxContent"):
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            yield from _boxes_in(_alternative(child))
        else:
            yield from _boxes_in(child)
