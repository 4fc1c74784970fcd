"""The head of a document: bodies, number, motto, place and date, type.

Laid out by Nghị định 30/2020/NĐ-CP, Phụ lục I (State) and Hướng dẫn 36-HD/VPTW (Party). Only the first lines
are read, down to the first line of running text; every value keeps the span that carries it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lines import TextLine
from corpus.models import Fact
from corpus.places import PlaceLevel, find_places
from corpus.symbols import find_symbols
from corpus.text import fold
from corpus.type_lines import TYPE_LINE, TYPES_BY_LETTERS, find_glued_type, is_number_of, type_fact

# The head of a document ends long before this; a number further down belongs to another document.
_HEAD_LINES = 40
_PROSE = 180  # characters: no line of a head is longer, except a title in capitals
_MOTTO_LENGTH = 90  # characters of a line that holds nothing but the motto, with an issuer beside it

_MOTTO = re.compile(r"CỘNG\s*H(?:ÒA|OÀ)\s*XÃ\s*HỘI\s*CHỦ\s*NGHĨA\s*VIỆT\s*NAM", re.IGNORECASE)
_FREEDOM = re.compile(r"Độc\s*lập\s*[-–]\s*Tự\s*do\s*[-–]\s*Hạnh\s*phúc", re.IGNORECASE)
_PARTY = re.compile(r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
# What fronts and unions write in the place of the motto.
_FRONT = re.compile(
    r"(?:ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH|MẶT TRẬN TỔ QUỐC VIỆT NAM|HỘI (?:LIÊN HIỆP PHỤ NỮ|NÔNG DÂN|CỰU CHIẾN BINH)"
    r" VIỆT NAM|TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM)\W*\Z"
)
_NUMBER_LINE = re.compile(
    r"[\W_]{0,8}(?:LUẬT\s+|BỘ\s+LUẬT\s+|PHÁP\s+LỆNH\s+|NGHỊ\s+QUYẾT\s+)?SỐ\s*(?::|(?=\d))\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_PLACE_DATE = re.compile(
    r"(?:^|[\s/])(?P<place>[^\W\d_][^,;:()\d]{1,40}?)\s*,?\s*(?P<date>ngày\s*(?P<d>\d{1,2})\s*tháng\s*(?P<m>\d{1,2})\s*"
    r"năm\s*(?P<y>(?:19|20)\d\d))\s*[|.*]*\s*$"
)
_CELL = re.compile(r"(?![-_\s])(?:(?![-_]{3})[^|])+")  # between bars and rules of dashes
_BODY = re.compile(
    r"(?:Căn cứ|Điều\s+\d|Chương\s|Kính gửi|Theo đề nghị|Thực hiện|Xét"
    r"|Để\s|Trong\s|Ngày\s+\d|[IVX]+[.-]|\d+[.)]\s|[-+]\s)"
)
_CONTENT_MARKS = re.compile(r"V/v|Về việc|V/V|Vv:")
_ORGAN = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|BCH|BTV|UBMTTQ|HỘI ĐỒNG|HĐND|BỘ|CỤC|TỔNG CỤC|CHI CỤC|VỤ|SỞ|VĂN PHÒNG|BAN|CHÍNH PHỦ|QUỐC HỘI"
    r"|THỦ TƯỚNG"
    r"|CHỦ TỊCH|TỈNH (?:ỦY|UỶ)|THÀNH (?:ỦY|UỶ)|HUYỆN (?:ỦY|UỶ)|QUẬN (?:ỦY|UỶ)|THỊ (?:ỦY|UỶ)|ĐẢNG (?:ỦY|UỶ)"
    r"|ĐẢNG BỘ"
    r"|NGÂN HÀNG|KIỂM TOÁN|T(?:ÒA|OÀ) ÁN|VIỆN|BẢO HIỂM|KHO BẠC|HẢI QUAN|THUẾ|TRUNG TÂM|HỌC VIỆN|TRƯỜNG"
    r"|ĐẠI HỌC|THANH TRA"
    r"|TỔNG LIÊN ĐOÀN|LIÊN ĐOÀN|HỘI|TRUNG ƯƠNG|CÔNG AN|THƯỜNG TRỰC|PHÒNG|TỔ CÔNG TÁC|TỔNG CÔNG TY"
    r"|TẬP ĐOÀN|MẶT TRẬN)"
    r"(?!\w)"
)
# Names that the next line completes, whatever it begins with.
_INCOMPLETE = frozenset(("VĂN PHÒNG", "BỘ", "SỞ", "CỤC", "BAN", "ỦY BAN", "UỶ BAN", "HỘI ĐỒNG"))
# Bodies that name their province only in the line above them.
LOCAL_ORGAN = re.compile(
    r"(?:SỞ|BAN|CHI CỤC|THANH TRA|VĂN PHÒNG|PHÒNG|TRUNG TÂM|ỦY BAN KIỂM TRA|HỘI ĐỒNG|ỦY BAN)(?!\w)"
)

_CENTRAL_UNIT = re.compile(
    r"(?<=\s)(?:TỔNG CỤC|CHI CỤC|(?<!TỔNG )(?<!CHI )CỤC|THUẾ (?:TỈNH|THÀNH PHỐ)"
    r"|(?<=TRUNG ƯƠNG )(?:VĂN PHÒNG|BAN))(?!\w)"
)
# The office that opens the recitals, where the name of the body is not in the head.
_AUTHORITY = re.compile(
    r"(?:(?:BỘ TRƯỞNG|CHỦ TỊCH|CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|CHỦ NHIỆM)\s+)?"
    r"(?P<organ>(?:ỦY BAN|UỶ BAN|HỘI ĐỒNG|BỘ|CỤC|TỔNG CỤC|SỞ|CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|QUỐC HỘI)"
    r"(?!\w).*)\Z"
)


@dataclass(slots=True)
class Head:
    """What was found in the first lines of a document."""

    organs: list[tuple[int, int, str]]  # spans of the names of bodies, superior first
    party: bool = False
    motto: bool = False
    number: Fact | None = None
    type_code: str | None = None
    type: Fact | None = None
    date: Fact | None = None
    place: tuple[int, int] | None = None
    letter: bool = False  # "Kính gửi" or "V/v": a công văn has no type line
    scanned: bool = False  # read by OCR
    read_to: int = 0  # what comes before this offset is taken already (a number broken over two lines)

    @property
    def is_document(self) -> bool:
        """A document carries the motto together with its number, type or date, or its number with its issuer,
        or with the type that the number is of below it."""
        marked = self.number is not None or self.type is not None or self.date is not None
        numbered = self.number is not None and (bool(self.organs) or (self.agrees and self._number_first()))
        return bool((self.motto or self.party) and marked) or numbered

    @property
    def agrees(self) -> bool:
        """Whether type line and number are of one kind of document."""
        if self.number is None or self.type is None:
            return False
        return is_number_of(self.type.value, self.number.value, self.type_code)

    def _number_first(self) -> bool:
        """The order of a letterhead; those who write about a document put its type before its number."""
        places = [fact.start for fact in (self.number, self.type) if fact and fact.start is not None]
        return len(places) == 2 and places[0] < places[1]


def read_head(text: str, lines: Sequence[TextLine], *, scanned: bool = False) -> Head:
    """Read from the top down to the first line of running text."""
    head = Head(organs=[], scanned=scanned)
    open_organ = False  # the line before was a part of the name of a body
    lines = _split_cells(lines[:_HEAD_LINES])
    for i, line in enumerate(lines):
        if begins_body(line.text):
            head.letter = head.letter or line.text.startswith("Kính gửi")
            if i and not head.organs:
                _read_authority(head, lines[i - 1])
            break
        following = lines[i + 1] if i + 1 < len(lines) else None
        open_organ = _read_head_line(head, text, line, following, open_organ)
    return head


def _split_cells(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a head, each cell of a table row ("Luật số: … | Hà Nội, ngày …") as a line of its own.

    News sites that copy a document into their page leave bars and rules of dashes at the ends of its cells.
    """
    cells: list[TextLine] = []
    for line in lines:
        for cell in _CELL.finditer(line.text):
            text = cell[0].rstrip()
            cells.append(TextLine(line.start + cell.start(), line.start + cell.start() + len(text), text))
    return cells


def begins_body(text: str) -> bool:
    """Whether a line is running text or opens it, and ends a head."""
    return bool(_BODY.match(text)) or (len(text) > _PROSE and not text.isupper())


def _read_head_line(
    head: Head, page_text: str, line: TextLine, following: TextLine | None, open_organ: bool
) -> bool:
    """Take what one line of the head says; True when it leaves the name of a body open."""
    text = line.text
    if line.start < head.read_to:
        return False
    if _CONTENT_MARKS.match(text):
        head.letter = True
    if _read_number(head, page_text, line, following):
        _read_date(head, line)
        return False
    if _read_date(head, line) or _read_broken_date(head, page_text, line, following):
        return False
    if (motto := _MOTTO.search(text) or _FREEDOM.search(text)) is not None:
        # The recitals of a law name the State once more; only a line of its own is the motto.
        head.motto = head.motto or len(text) <= _MOTTO_LENGTH
        if _ORGAN.match(text) and not head.organs:
            # Two columns in one line: "CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".
            name = text[: motto.start()].rstrip()
            _add_organ(head, line.start, line.start + len(name), name)
        return False
    if _PARTY.search(text):
        head.party = True
        return False
    if _FRONT.match(text) and (head.organs or head.type is not None):
        head.motto = True
        return False
    if head.scanned and (named := TYPES_BY_LETTERS.get(fold(text).strip())) and is_capitals(text):
        # OCR often errs by a mark ("QUYÉT ĐỊNH"); the letters of a type line alone are no other type's.
        head.type = head.type or Fact(value=named.capitalize(), start=line.start, end=line.end)
        return False
    match = TYPE_LINE.match(text)
    if match is not None and (not match["rest"].strip("*: ") or match["rest"].isupper()):
        if head.type is None:
            head.type = type_fact(line, match)
            _read_consolidator(head, line, match)
        return False
    if head.type is None and (glued := find_glued_type(text, following)) is not None:
        head.type = type_fact(line, glued)
        return False
    return _read_organ(head, line, open_organ)


def _read_consolidator(head: Head, line: TextLine, match: re.Match[str]) -> None:
    """The body behind "VĂN BẢN HỢP NHẤT - BỘ Y TẾ" of the gazette."""
    name = match["rest"].strip(" -–*:")
    if match["type"] == "VĂN BẢN HỢP NHẤT" and _ORGAN.match(name) and not head.organs:
        start = line.start + line.text.index(name, match.end("type"))
        _add_organ(head, start, start + len(name), name)


def _read_number(head: Head, text: str, line: TextLine, following: TextLine | None) -> bool:
    match = _NUMBER_LINE.match(line.text)
    if match is None or len(line.text) > _PROSE:
        return False
    start, end = line.start + match.start("rest"), line.end
    if following is not None and len(following.text) <= 40 and (not match["rest"] or line.text[-1] in "-/"):
        end = head.read_to = following.end  # "Số:" alone in its line, or "3783/QĐ-" before "UBND"
    if head.number is not None:
        return True
    rest = text[start:end]
    mentions = find_symbols(f"số {rest}")
    if mentions and not mentions[0].short and not rest[: max(0, mentions[0].start - 3)].strip():
        first = mentions[0]
        head.number = Fact(value=first.canonical, start=start + first.start - 3, end=start + first.end - 3)
        head.type_code = first.type_code
        if head.type is not None and not head.motto and not head.agrees:
            head.number = head.type_code = None  # below a type line stands another document's, as a rule
            return True
    if "v/v" in rest.lower():
        head.letter = True
    return True


def _read_date(head: Head, line: TextLine) -> bool:
    match = _PLACE_DATE.search(line.text) if len(line.text) <= _PROSE else None
    if match is None or head.date is not None or not _is_place_like(match["place"]):
        return False
    try:
        day = datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return False
    head.date = Fact(
        value=day.isoformat(), start=line.start + match.start("date"), end=line.start + match.end("date")
    )
    head.place = (line.start + match.start("place"), line.start + match.end("place"))
    return True


def _read_broken_date(head: Head, page_text: str, line: TextLine, following: TextLine | None) -> bool:
    """A date whose year stands in the next line."""
    if following is None or not following.text.startswith("năm") or "ngày" not in line.text:
        return False
    both = TextLine(line.start, following.end, page_text[line.start : following.end])
    if not _read_date(head, both):
        return False
    head.read_to = following.end
    return True


def _is_place_like(text: str) -> bool:
    """Whether what stands before the date is a place: capitalised words ("TP. Hồ Chí Minh", "Hà Tĩnh")."""
    words = re.findall(r"[^\W\d_]+", text)
    return 0 < len(words) <= 6 and all(w[0].isupper() or w in ("tỉnh", "phố", "thành") for w in words)


def _read_organ(head: Head, line: TextLine, open_organ: bool) -> bool:
    text = line.text.strip("#*| ")
    at = line.start + line.text.index(text) if text else line.start
    if head.type is not None or not text or not is_capitals(text):
        return False
    if open_organ and head.organs and head.organs[-1][2] in _INCOMPLETE:
        start, _, name = head.organs.pop()
        _add_organ(head, start, at + len(text), f"{name} {text}")
        return True
    if _ORGAN.match(text):
        if (chair := re.match(r"CHỦ TỊCH\s+(?=(?:ỦY|UỶ) BAN|HỘI ĐỒNG)", text)) is not None:
            at, text = at + chair.end(), text[chair.end() :]
        if (inner := _inner_organ(text)) is not None:
            _add_organ(head, at, at + len(text[:inner].rstrip()), text[:inner].rstrip())
            at, text = at + inner, text[inner:]
        if not any(text == name for _, _, name in head.organs):
            _add_organ(head, at, at + len(text), text)
        return True
    if open_organ and head.organs:
        start, _, name = head.organs.pop()
        _add_organ(head, start, at + len(text), f"{name} {text}")
        return True
    return False


def _read_authority(head: Head, line: TextLine) -> None:
    """The body in the line over the recitals: "BỘ TRƯỞNG BỘ XÂY DỰNG", "THỦ TƯỚNG CHÍNH PHỦ"."""
    match = _AUTHORITY.match(line.text)
    if match is not None and is_capitals(line.text) and len(line.text) <= _MOTTO_LENGTH:
        _add_organ(head, line.start + match.start("organ"), line.end, match["organ"])


def _inner_organ(name: str) -> int | None:
    """Where a second body begins: "… TỈNH HÀ TĨNH SỞ NỘI VỤ", "BỘ TÀI CHÍNH CỤC THUẾ"."""
    for place in (p for p in find_places(name) if p.level is PlaceLevel.PROVINCE):
        below = place.end + 1
        if LOCAL_ORGAN.match(name[below:]):
            return below
    inner = _CENTRAL_UNIT.search(name)
    return None if inner is None else inner.start()


def _add_organ(head: Head, start: int, end: int, name: str) -> None:
    head.organs.append((start, end, name))


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals (a stray small letter of a scan or a marker is forgiven)."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.9 * len(letters) and len(text) <= 120


def is_organ(text: str) -> bool:
    """Whether a line in capitals is no more than the name of a body."""
    return is_capitals(text) and len(text.split()) <= 8 and _ORGAN.match(text) is not None
