"""What a page says of itself: kind, own number, type, issuer, province, date and signer.

Only the head and the signature of a document are read (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn
36-HD/VPTW for the Party), and every value keeps the span that carries it. What is not written there stays
unknown: a news page has no number, no type, no issuer and no date of its own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.models import DocumentKind, Fact, Facts, Reference, Relation
from corpus.places import PlaceLevel, PlaceMention, find_places
from corpus.sentences import is_syllable
from corpus.structure import find_sections
from corpus.symbols import find_symbols
from corpus.text import fold
from ingest.models import Block, BlockKind, PageText

# The head of a document ends long before this; a number further down belongs to another document.
_HEAD_LINES = 40
_PROSE = 180  # characters: no line of a head is longer, except a title in capitals
_SIGNATURE_BEFORE = 14  # lines: the signature may stand left of "Nơi nhận", which comes before it in the text
_SIGNATURE_AFTER = 60  # lines: the longest lists of recipients
_MOTTO_LENGTH = 90  # characters of a line that holds nothing but the motto, with an issuer beside it
_NAME_WITHIN = 4  # lines between a signer's office and the name: "(Đã ký)", a second line of the office

_MOTTO = re.compile(r"CỘNG\s*H(?:ÒA|OÀ)\s*XÃ\s*HỘI\s*CHỦ\s*NGHĨA\s*VIỆT\s*NAM", re.IGNORECASE)
_FREEDOM = re.compile(r"Độc\s*lập\s*[-–]\s*Tự\s*do\s*[-–]\s*Hạnh\s*phúc", re.IGNORECASE)
_PARTY = re.compile(r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
_NUMBER_LINE = re.compile(
    r"[\W_]{0,8}(?:LUẬT\s+|BỘ\s+LUẬT\s+|PHÁP\s+LỆNH\s+|NGHỊ\s+QUYẾT\s+)?SỐ\s*(?::|(?=\d))\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_PLACE_DATE = re.compile(
    r"(?:^|[\s/])(?P<place>[^\W\d_][^,;:()\d]{1,40}?)\s*,?\s*(?P<date>ngày\s+(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+"
    r"năm\s+(?P<y>(?:19|20)\d\d))\s*[|.*]*\s*$"
)
_BODY = re.compile(
    r"(?:Căn cứ|Điều\s+\d|Chương\s|Kính gửi|Theo đề nghị|Thực hiện|Xét"
    r"|Để\s|Trong\s|Ngày\s+\d|[IVX]+[.-]|\d+[.)]\s|[-+]\s)"
)
_CONTENT_MARKS = re.compile(r"V/v|Về việc|V/V|Vv:")
_TYPE_LINE = re.compile(
    r"[#*\s]*(?P<type>VĂN BẢN HỢP NHẤT|THÔNG TƯ LIÊN TỊCH|NGHỊ QUYẾT LIÊN TỊCH"
    r"|NGHỊ QUYẾT|NGHỊ ĐỊNH|QUYẾT ĐỊNH|QUY ĐỊNH|QUY CHẾ"
    r"|CHỈ THỊ|KẾT LUẬN|KẾ HOẠCH|CHƯƠNG TRÌNH HÀNH ĐỘNG|CHƯƠNG TRÌNH|THÔNG BÁO|THÔNG TƯ|THÔNG TRI|HƯỚNG DẪN"
    r"|BÁO CÁO"
    r"|TỜ TRÌNH|CÔNG ĐIỆN|CÔNG VĂN|ĐỀ ÁN|PHƯƠNG ÁN|PHÁP LỆNH|BỘ LUẬT|LUẬT|LỆNH|THÔNG CÁO"
    r"|HIẾN PHÁP)\d?(?P<rest>$|[\s*:(].*)"
)
_ORGAN = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|BỘ|CỤC|TỔNG CỤC|CHI CỤC|VỤ|SỞ|VĂN PHÒNG|BAN|CHÍNH PHỦ|QUỐC HỘI"
    r"|THỦ TƯỚNG"
    r"|CHỦ TỊCH|TỈNH (?:ỦY|UỶ)|THÀNH (?:ỦY|UỶ)|HUYỆN (?:ỦY|UỶ)|QUẬN (?:ỦY|UỶ)|THỊ (?:ỦY|UỶ)|ĐẢNG (?:ỦY|UỶ)"
    r"|ĐẢNG BỘ"
    r"|NGÂN HÀNG|KIỂM TOÁN|T(?:ÒA|OÀ) ÁN|VIỆN|BẢO HIỂM|KHO BẠC|HẢI QUAN|THUẾ|TRUNG TÂM|HỌC VIỆN|TRƯỜNG"
    r"|ĐẠI HỌC|THANH TRA"
    r"|TỔNG LIÊN ĐOÀN|LIÊN ĐOÀN|HỘI|TRUNG ƯƠNG|CÔNG AN|THƯỜNG TRỰC|PHÒNG|TỔ CÔNG TÁC|TỔNG CÔNG TY"
    r"|TẬP ĐOÀN|MẶT TRẬN)"
    r"(?!\w)"
)
# Bodies that name their province only in the line above them.
_LOCAL_ORGAN = re.compile(
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
_CONSOLIDATED = "Văn bản hợp nhất"

_ROLE = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q|T\.M|K\.T)\s*[./]?\s*)?(?:PHÓ\s+)?"
    r"(?:CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|BÍ THƯ|CỤC TRƯỞNG|VỤ TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC"
    r"|CHÁNH VĂN PHÒNG|CHÁNH VP|CHÁNH THANH TRA|THỐNG ĐỐC|CHỦ NHIỆM|TRƯỞNG BAN|TRƯỞNG ĐOÀN|TỔNG THANH TRA"
    r"|TỔNG KIỂM TOÁN|VIỆN TRƯỞNG|CHÁNH ÁN|CHI CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|TRƯỞNG THUẾ|HIỆU TRƯỞNG"
    r"|THƯỜNG TRỰC BAN BÍ THƯ|TỔNG BÍ THƯ|TỔNG THƯ KÝ|TRƯỞNG PHÒNG|ỦY VIÊN|UỶ VIÊN|TRƯỞNG TIỂU BAN"
    r"|KIỂM TOÁN TRƯỞNG)(?!\w)"
)
_ACTING = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L|T\.M|K\.T)\s*[./]?\s*[A-ZĐÀ-Ỹ]")
_SIGNED = re.compile(r"\W*(?:đã ký|ký tên|ký thay)\W*", re.IGNORECASE)
_RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|GS|PGS|TS|ThS|BS|Ths|Tiến sĩ)(?:[.\s]+)", re.IGNORECASE
)
_OFTEN = 3  # mentions of a province that make it the page's own
_OPENING_WITHIN = 6  # lines: title, lead, a caption or two, and then the first paragraph of a news page
_RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Nơi gửi)\s*(?::|\.|$)")
_REPORTING = re.compile(
    r"\b(?:vừa|đã|mới)\s+(?:\w+\s+){0,3}(?:ban hành|ký|có)\b|ban hành\s+(?:\w+\s+){1,3}(?:số\s+)?\d"
    r"|\btheo đó\b|cho biết"
    r"|phát biểu|\b(?:sáng|chiều|tối)\s+(?:ngày\s+)?\d{1,2}[/-]|(?:đồng chí|ông|bà)\s+[^\W\d_a-z]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Head:
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
    read_to: int = 0  # what comes before this offset is taken already (a number broken over two lines)

    @property
    def is_document(self) -> bool:
        """A document carries the motto together with its number, type or date, or its issuer and number."""
        marked = self.number is not None or self.type is not None or self.date is not None
        return bool((self.motto or self.party) and marked) or bool(self.organs and self.number is not None)


def read_facts(page: PageText, references: tuple[Reference, ...]) -> Facts:
    """The facts that a page states about itself, each with its span in `page.text`; None where silent."""
    lines = _split_lines(page.text)
    head = _read_head(page.text, lines)
    if head.is_document:
        return _read_official(page.text, lines, head)
    if (bare := _read_bare(lines)) is not None:
        return bare
    if _is_news(page, lines, references):
        return Facts(kind=DocumentKind.NEWS, province=_find_news_province(page))
    return Facts()


def _read_official(text: str, lines: Sequence[_Line], head: _Head) -> Facts:
    issuer = _read_issuer(text, head)
    return Facts(
        kind=DocumentKind.OFFICIAL,
        symbol=_own_number(head),
        type=_own_type(head),
        issuer=issuer,
        province=_read_issuer_province(text, head, issuer),
        issued_on=head.date,
        signer=_find_signer(lines),
    )


def _split_lines(text: str) -> list[_Line]:
    lines, start = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            begin = start + len(raw) - len(raw.lstrip())
            lines.append(_Line(begin, begin + len(stripped), stripped))
        start += len(raw) + 1
    return lines


# --- the head ---------------------------------------------------------------------------------------------


def _read_head(text: str, lines: Sequence[_Line]) -> _Head:
    """Read from the top down to the first line of running text."""
    head = _Head(organs=[])
    open_organ = False  # the line before was a part of the name of a body
    lines = _split_cells(lines[:_HEAD_LINES])
    for i, line in enumerate(lines):
        if _begins_body(line.text):
            head.letter = head.letter or line.text.startswith("Kính gửi")
            if i and not head.organs:
                _read_authority(head, lines[i - 1])
            break
        following = lines[i + 1] if i + 1 < len(lines) else None
        open_organ = _read_head_line(head, text, line, following, open_organ)
    return head


def _split_cells(lines: Sequence[_Line]) -> list[_Line]:
    """The lines of a head, each cell of a table row ("Luật số: … | Hà Nội, ngày …") as a line of its own."""
    cells: list[_Line] = []
    for line in lines:
        if " | " not in line.text or line.text.startswith("|") or line.text.endswith("|"):
            cells.append(line)
            continue
        start = line.start
        for cell in line.text.split(" | "):
            cells.append(_Line(start, start + len(cell), cell))
            start += len(cell) + 3
    return cells


def _begins_body(text: str) -> bool:
    return bool(_BODY.match(text)) or (len(text) > _PROSE and not text.isupper())


def _read_head_line(
    head: _Head, page_text: str, line: _Line, following: _Line | None, open_organ: bool
) -> bool:
    """Take what one line of the head says; True when it leaves the name of a body open."""
    text = line.text
    if line.start < head.read_to or "|" in text:
        # Bars at the end of a line are left of a document that a news site copied into its page.
        return False
    if _CONTENT_MARKS.match(text):
        head.letter = True
    if _read_number(head, page_text, line, following):
        _read_date(head, line)
        return False
    if _read_date(head, line):
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
    match = _TYPE_LINE.match(text)
    if match is not None and (not match["rest"].strip("*: ") or match["rest"].isupper()):
        if head.type is None:
            head.type = _type_fact(line, match)
            _read_consolidator(head, line, match)
        return False
    return _read_organ(head, line, open_organ)


def _read_consolidator(head: _Head, line: _Line, match: re.Match[str]) -> None:
    """The body behind "VĂN BẢN HỢP NHẤT - BỘ Y TẾ" of the gazette."""
    name = match["rest"].strip(" -–*:")
    if match["type"] == "VĂN BẢN HỢP NHẤT" and _ORGAN.match(name) and not head.organs:
        start = line.start + line.text.index(name, match.end("type"))
        _add_organ(head, start, start + len(name), name)


def _read_number(head: _Head, text: str, line: _Line, following: _Line | None) -> bool:
    match = _NUMBER_LINE.match(line.text)
    if match is None or len(line.text) > _PROSE:
        return False
    start, end = line.start + match.start("rest"), line.end
    if following is not None and len(following.text) <= 40 and (not match["rest"] or line.text[-1] in "-/"):
        end = head.read_to = following.end  # "Số:" alone in its line, or "3783/QĐ-" before "UBND"
    if head.number is not None or (head.type is not None and not head.motto):
        return True
    rest = text[start:end]
    mentions = find_symbols(f"số {rest}")
    if mentions and not mentions[0].short and not rest[: max(0, mentions[0].start - 3)].strip():
        first = mentions[0]
        head.number = Fact(value=first.canonical, start=start + first.start - 3, end=start + first.end - 3)
        head.type_code = first.type_code
    if "v/v" in rest.lower():
        head.letter = True
    return True


def _read_date(head: _Head, line: _Line) -> bool:
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


def _is_place_like(text: str) -> bool:
    """Whether what stands before the date is a place: capitalised words ("TP. Hồ Chí Minh", "Hà Tĩnh")."""
    words = re.findall(r"[^\W\d_]+", text)
    return 0 < len(words) <= 6 and all(w[0].isupper() or w in ("tỉnh", "phố", "thành") for w in words)


def _read_organ(head: _Head, line: _Line, open_organ: bool) -> bool:
    text = line.text.strip("#*| ")
    at = line.start + line.text.index(text) if text else line.start
    if head.type is not None or not text or not _is_capitals(text):
        return False
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


def _read_authority(head: _Head, line: _Line) -> None:
    """The body in the line over the recitals: "BỘ TRƯỞNG BỘ XÂY DỰNG", "THỦ TƯỚNG CHÍNH PHỦ"."""
    match = _AUTHORITY.match(line.text)
    if match is not None and _is_capitals(line.text) and len(line.text) <= _MOTTO_LENGTH:
        _add_organ(head, line.start + match.start("organ"), line.end, match["organ"])


def _inner_organ(name: str) -> int | None:
    """Where a second body begins: "… TỈNH HÀ TĨNH SỞ NỘI VỤ", "BỘ TÀI CHÍNH CỤC THUẾ"."""
    for place in _provinces(name):
        below = place.end + 1
        if _LOCAL_ORGAN.match(name[below:]):
            return below
    inner = _CENTRAL_UNIT.search(name)
    return None if inner is None else inner.start()


def _add_organ(head: _Head, start: int, end: int, name: str) -> None:
    head.organs.append((start, end, name))


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.9 * len(letters) and len(text) <= 120


def _own_number(head: _Head) -> Fact | None:
    """The number of the head; a consolidated text also prints the number of the act that it restates."""
    consolidated = head.type is not None and head.type.value == _CONSOLIDATED
    return None if consolidated and head.type_code != "VBHN" else head.number


def _own_type(head: _Head) -> Fact | None:
    """The type line; a công văn has none: "Kính gửi" or "V/v" under its number says it."""
    number = head.number
    if number is not None and head.type_code == "VBHN":
        return Fact(value=_CONSOLIDATED, start=number.start, end=number.end)
    if head.type is not None:
        return head.type
    if number is None or not head.letter:
        return None
    return Fact(value="Công văn", start=number.start, end=number.end)


def _read_bare(lines: Sequence[_Line]) -> Facts | None:
    """A letter or a telegram copied without its head: "Kính gửi" or a type line first, a signature last."""
    signer = _find_signer(lines)
    if signer is None or not any(_RECIPIENTS.match(line.text) for line in lines):
        return None
    opening = " ".join(line.text for line in lines[:2])
    if opening.startswith("Kính gửi"):
        end = lines[0].end if lines[0].text.startswith("Kính gửi") else lines[1].end
        letter = Fact(value="Công văn", start=lines[0].start, end=end)
        return Facts(kind=DocumentKind.OFFICIAL, type=letter, signer=signer)
    if (match := _TYPE_LINE.match(lines[0].text)) is not None and not match["rest"].strip("*: "):
        return Facts(kind=DocumentKind.OFFICIAL, type=_type_fact(lines[0], match), signer=signer)
    return None


def _type_fact(line: _Line, match: re.Match[str]) -> Fact:
    start, end = line.start + match.start("type"), line.start + match.end("type")
    return Fact(value=match["type"].capitalize(), start=start, end=end)


# --- issuer and province ----------------------------------------------------------------------------------


def _read_issuer(text: str, head: _Head) -> Fact | None:
    """The last body of the head; a body of a province takes the province from the body above it."""
    if not head.organs:
        return None
    start, end, name = head.organs[-1]
    places = _provinces(name)
    if not places and len(head.organs) > 1 and _LOCAL_ORGAN.match(name):
        above_start, _, above = head.organs[-2]
        if above.endswith("TRUNG ƯƠNG") and "TRUNG ƯƠNG" not in name:
            return Fact(value=f"{_in_sentence_case(name)} Trung ương", start=above_start, end=end)
        if above_places := _provinces(above):
            place = above_places[0]
            seat = _seat_name(above, place)
            return Fact(value=f"{_in_sentence_case(name)} {seat}", start=above_start, end=end)
    return Fact(value=_in_sentence_case(name), start=start, end=end)


def _seat_name(above: str, place: PlaceMention) -> str:
    return _in_sentence_case(above[place.start : place.end], first=False)


def _read_issuer_province(text: str, head: _Head, issuer: Fact | None) -> Fact | None:
    """The province that the issuer's name carries, or that the date line of a local body names."""
    for start, end, _ in reversed(head.organs):
        for place in find_places(text[start:end]):
            if len(place.provinces) == 1:
                return Fact(value=place.provinces[0], start=start + place.start, end=start + place.end)
    local = issuer is not None and re.match(
        r"(?:ủy ban nhân dân|uỷ ban nhân dân|hội đồng nhân dân|sở|tỉnh ủy|thành ủy|huyện ủy)",
        issuer.value.lower(),
    )
    if local and head.place is not None:
        start, end = head.place
        for place in _provinces(text[start:end]):
            return Fact(value=place.name, start=start + place.start, end=start + place.end)
    return None


def _provinces(text: str) -> list[PlaceMention]:
    return [place for place in find_places(text) if place.level is PlaceLevel.PROVINCE]


_STARTERS = ("bộ", "sở", "cục", "vụ", "ban", "viện", "và")
_FIXED = re.compile(
    r"(?<!\w)(?:chính phủ|quốc hội|thường vụ|trung ương|nhà nước|việt nam|mặt trận|tổ quốc|bí thư|chính trị"
    r"|chỉ đạo|chấp hành|thường trực)(?!\w)"
)


def _in_sentence_case(name: str, *, first: bool = True) -> str:
    """A name in capitals as running text writes it: "UBND TỈNH ĐỒNG NAI" → "UBND tỉnh Đồng Nai"."""
    name = " ".join(name.split())
    words = name.lower().split(" ")
    for i, word in enumerate(words):
        after = i and (words[i - 1].lower() in _STARTERS or words[i - 1].endswith((",", "-", "–")))
        if after and word not in ("nhân", "tỉnh", "thành"):
            words[i] = _capitalise(word)
    lowered = " ".join(words)
    lowered = _FIXED.sub(lambda match: _capitalise(match[0]), lowered)
    lowered = lowered.replace("Việt nam", "Việt Nam").replace("Công thương", "Công Thương")
    for place in find_places(name):
        written = lowered[place.start : place.end]
        lowered = lowered[: place.start] + _write_place(written, place) + lowered[place.end :]
    return _capitalise(lowered) if first else lowered


def _write_place(written: str, place: PlaceMention) -> str:
    """ "tỉnh đồng nai" → "tỉnh Đồng Nai"."""
    words = written.split(" ")
    level = max(0, len(words) - len(place.name.split(" ")))
    return " ".join([*words[:level], *map(_capitalise, words[level:])])


def _capitalise(word: str) -> str:
    return word[:1].upper() + word[1:]


# --- the signature ----------------------------------------------------------------------------------------


def _find_signer(lines: Sequence[_Line]) -> Fact | None:
    """The name under the office of the one who signs, beside "Nơi nhận" or at the end; None if unsure."""
    recipients = next((i for i, line in enumerate(lines) if _RECIPIENTS.match(line.text)), None)
    if recipients is None:
        window = lines[-_SIGNATURE_BEFORE:]
    else:
        window = lines[max(0, recipients - _SIGNATURE_BEFORE) : recipients + _SIGNATURE_AFTER]
    names = list(_signers(window))
    values = {name.value for name in names}
    return names[0] if len(values) == 1 else None


def _signers(window: Sequence[_Line]) -> Iterator[Fact]:
    for i, line in enumerate(window):
        office = _ROLE.match(line.text) or _ACTING.match(line.text)
        if office is None or line.text.startswith("-"):
            continue
        if (glued := _name_after_office(line)) is not None:
            yield glued
            continue
        for j in range(i + 1, min(i + 1 + _NAME_WITHIN, len(window))):
            if (name := _read_broken_name(window, j)) is not None:
                yield name
                break
            if not (_is_capitals(window[j].text) or _SIGNED.fullmatch(window[j].text)):
                break


def _read_broken_name(window: Sequence[_Line], i: int) -> Fact | None:
    """The name in a line, or over two where one of them holds a single word of it."""
    line, below = window[i], window[i + 1] if i + 1 < len(window) else None
    first = len(line.text.split(" "))
    if below is not None and (first == 1 or (first <= 3 and " " not in below.text)):
        both = _read_name(line.start, f"{line.text} {below.text}")
        if both is not None:
            return Fact(value=both.value, start=both.start, end=below.end)
    return _read_name(line.start, line.text)


def _name_after_office(line: _Line) -> Fact | None:
    """ "PHÓ CHỦ TỊCH Nguyễn …": the name in the line of the office, from the first word not in capitals."""
    for match in re.finditer(r"(?<=\s)[^\W\d_]+", line.text):
        if not match[0].isupper():
            return _read_name(line.start + match.start(), line.text[match.start() :])
    return None


def _read_name(start: int, text: str) -> Fact | None:
    rank = _RANK.match(text)
    while rank is not None:
        start, text = start + rank.end(), text[rank.end() :]
        rank = _RANK.match(text)
    words = text.split(" ")
    if not 2 <= len(words) <= 5 or not all(_is_name_word(word) for word in words):
        return None
    return Fact(value=text, start=start, end=start + len(text))


def _is_name_word(word: str) -> bool:
    return (
        word.isalpha() and word[0].isupper() and (len(word) == 1 or word[1:].islower()) and is_syllable(word)
    )


# --- news -------------------------------------------------------------------------------------------------


def _is_news(page: PageText, lines: Sequence[_Line], references: Sequence[Reference]) -> bool:
    """Prose without a head: a page with a byline, a publisher, a title, a lead or captions, a row of a
    collection, or a first paragraph that reports. A text that is all articles and clauses is no news."""
    opening = next((line for line in lines[:_OPENING_WITHIN] if _is_prose(line.text)), None)
    if opening is None:
        return False
    if page.author is not None or page.publisher is not None:
        return True
    if any(line.text.startswith(("|", "Kính gửi")) or line.text == "STT" for line in lines[:_OPENING_WITHIN]):
        return False
    if any(section.start <= opening.start for section in find_sections(page.text)[:1]):
        return False
    reports = _REPORTING.search(opening.text) is not None or any(
        r.relation is Relation.REPORTED and opening.start <= r.start < opening.end for r in references
    )
    if reports and not opening.text.startswith("Căn cứ"):
        return True
    if opening.text.startswith("Căn cứ") or (lines and _TYPE_LINE.match(lines[0].text)):
        return False
    kinds = {block.kind for block in page.blocks}
    return page.source_id is not None or bool(kinds & {BlockKind.TITLE, BlockKind.LEAD, BlockKind.CAPTION})


def _is_prose(text: str) -> bool:
    return len(text) >= 120 and not _is_capitals(text)


def _find_news_province(page: PageText) -> Fact | None:
    """The one province that a page shows at its top or again and again; else that of its districts.

    A single mention in passing ("có trụ sở tại thành phố Hà Nội") says nothing of where the news is from.
    """
    places = find_places(page.text)
    provinces = [place for place in places if place.level is PlaceLevel.PROVINCE]
    if provinces:
        title_end, top_end = _end_of_title(page.blocks), _end_of_top(page.blocks)
        firm = [p for p in provinces if p.end <= title_end or _has_level(page.text, p)]
        shown = len(provinces) >= _OFTEN or any(p.end <= top_end for p in firm)
        if len({place.name for place in provinces}) > 1 or not firm or not shown:
            return None
        return _as_fact(firm[0], firm[0].name)
    districts = [
        place for place in places if place.level is PlaceLevel.DISTRICT and len(place.provinces) == 1
    ]
    if len({place.provinces[0] for place in districts}) == 1:
        return _as_fact(districts[0], districts[0].provinces[0])
    return None


def _has_level(text: str, place: PlaceMention) -> bool:
    return fold(text[place.start : place.end]) != fold(place.name)


def _end_of_title(blocks: Sequence[Block]) -> int:
    """Where title and lead end."""
    kinds = (BlockKind.TITLE, BlockKind.LEAD, BlockKind.LEAD_DUPLICATE)
    return max((block.end for block in blocks if block.kind in kinds), default=0)


def _end_of_top(blocks: Sequence[Block]) -> int:
    """Where title, lead and first paragraph end."""
    first = next((block.end for block in blocks if block.kind is BlockKind.BODY), 0)
    return max(first, _end_of_title(blocks))


def _as_fact(place: PlaceMention, value: str) -> Fact:
    return Fact(value=value, start=place.start, end=place.end)
