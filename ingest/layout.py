"""From lines to blocks: which line ends are hard wraps, and where a paragraph begins.

Nothing here changes a word. Lines of one block are joined with a space, blocks with "\\n", and white space at
the ends of a line is dropped; so the text without white space is the page without white space.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE_END = re.compile(r"\r\n|[\n\r\f\v\u2028\u2029]")

MAX_COLUMNS = 140  # no source we have seen wraps later; paragraphs kept on one line are longer
_MIN_COLUMNS = 40  # a shorter line says nothing about the width of the page

_TYPE_WORDS = (
    "NGHỊ QUYẾT|QUYẾT ĐỊNH|QUY ĐỊNH|CHỈ THỊ|KẾT LUẬN|QUY CHẾ|THÔNG BÁO|THÔNG CÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH"
    "|KẾ HOẠCH|PHƯƠNG ÁN|ĐỀ ÁN|DỰ ÁN|BÁO CÁO|BIÊN BẢN|TỜ TRÌNH|CÔNG ĐIỆN|CÔNG VĂN|LUẬT|BỘ LUẬT|PHÁP LỆNH"
    "|LỆNH|NGHỊ ĐỊNH|THÔNG TƯ|THÔNG TƯ LIÊN TỊCH|QUYẾT NGHỊ|DANH MỤC|PHỤ LỤC"
)
_TYPE_LINE = re.compile(rf"(?:{_TYPE_WORDS})\s*:?\Z")
_ISSUER_LINE = re.compile(
    r"(?:CHÍNH PHỦ\Z|THỦ TƯỚNG|BỘ TRƯỞNG|THỐNG ĐỐC|TỔNG THANH TRA|QUỐC HỘI\Z|ỦY BAN THƯỜNG VỤ"
    r"|UỶ BAN THƯỜNG VỤ"
    r"|CHỦ TỊCH|PHÓ CHỦ TỊCH|HỘI ĐỒNG NHÂN DÂN|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|BAN CHẤP HÀNH|BAN THƯỜNG VỤ"
    r"|THỨ TRƯỞNG|PHÓ THỦ TƯỚNG|GIÁM ĐỐC|PHÓ GIÁM ĐỐC|BÍ THƯ|PHÓ BÍ THƯ|CHÁNH VĂN PHÒNG)"
)
_UNIT_START = re.compile(
    r"""
      (?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s*(?:[.:]|\Z)
    | (?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu\ mục)\s+(?:[IVXLC]+|\d+|thứ\ \w+|THỨ\ \w+)\s*(?:[.:–-]|\Z)
    | (?:Chương|CHƯƠNG|Phần|PHẦN)\s+[IVXLC]+\s+[A-ZĐ]{2}
    | (?:Phụ\ lục|PHỤ\ LỤC|Mẫu\ số|Biểu\ số)\b
    | [IVXLC]{1,6}\s?[.\-–/]\s | [A-ZĐ]\s?[.)]\s
    | \d{1,3}(?:\.\d{1,2}){0,4}[.)]\s | \d{1,2}(?:\.\d{1,2}){1,4}\s | \(\d{1,2}\)\s | [1-9]\d?\s?-\s
    | [a-zđ]{1,2}\d?\s?\)\s?
    | [-+*•▪–—]\s? | \#{1,6}\s | \[\d{1,3}\]
    | Căn\ cứ\s | Xét\s(?:đề|tờ|Tờ)\s | Theo\ đề\ nghị
    | Nơi\ nhận | Kính\ gửi | Số\s?: | V/v
    | (?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\.?\s[A-ZĐ]
    | CỘNG\ HÒA\b | CỘNG\ HOÀ\b | ĐẢNG\ CỘNG\ SẢN | Độc\ lập\ -
    | \(Ban\ hành\ kèm | \(Kèm\ theo
    """,
    re.VERBOSE,
)
_YEARS_GO_ON = re.compile(r"[-–]\s?\d{4}\b")  # "giai đoạn 2021 / - 2025"
_ITEM_START = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,4}[.)]\s|[a-zđ]{1,2}\)|[-+•]\s")
_FORMULA = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét [Tt]ờ trình)\s")  # ends with ";", "," or "."
_PLACE = re.compile(r"[A-ZĐ][\w.]*(?:\s[\w.]+){0,4}\Z")
_PLACE_DATE = re.compile(r"[A-ZĐ]\w*(?:\s\w+){0,3},?\s+ngày\s")  # "… Hồ Chí / Minh, ngày 20"
_BARE_MARK = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2}){0,4}[.)]?|[a-zđ]\)|[IVXLC]{1,6}\s?[.\-–]|[-+•]|(?:Điều"
    r"|Khoản)\s+\d+[a-zđ]?\.?)\Z"
)
_NUMBER_MARK = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,4}\Z")
_RULE = re.compile(r"[-–—_=*.…~\s]{3,}\Z")  # "--------", "……": a line of its own
_ENDS_SENTENCE = (".", ";", ":", "!", "?", "…", "/.", ".”", '."', ".)")
# A line that ends so has its sentence going on below, whatever the next line begins with.
_OPEN_END = re.compile(
    r"(?:[,(“‘/–-]|(?:\A|\s)(?:số|Số\s?:?|SỐ\s?:?|ngày|NGÀY|tháng|THÁNG|năm|NĂM|thứ|Điều|điều|khoản"
    r"|Khoản|tại|và|VÀ|hoặc"
    r"|của|CỦA|các|CÁC|những|theo|THEO|về|VỀ|việc|VIỆC|cho|CHO|với|VỚI|từ|đến|do|bởi|là|trên|TRÊN|trong"
    r"|TRONG|thuộc|THUỘC|một|bằng|để|không|được|có|ở|Sở|Cục|Vụ))\Z"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: `raw_text[start:end]`, without its white space at both ends."""

    start: int
    end: int
    text: str
    blanks: str  # the blank lines before it: "e" empty, "N" with a no-break space, " " with other white space

    @property
    def gap(self) -> int:
        return len(self.blanks)


def split_lines(raw_text: str) -> list[Line]:
    """The lines of a page that hold more than white space."""
    lines: list[Line] = []
    blanks = ""
    for start, end in _line_spans(raw_text):
        text = raw_text[start:end]
        stripped = text.strip()
        if not stripped:
            blanks += "N" if "\xa0" in text else " " if text else "e"
            continue
        lead = len(text) - len(text.lstrip())
        lines.append(Line(start + lead, start + lead + len(stripped), stripped, blanks))
        blanks = ""
    return lines


def _line_spans(raw_text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _LINE_END.finditer(raw_text):
        yield start, match.start()
        start = match.end()
    yield start, len(raw_text)


@dataclass(frozen=True, slots=True)
class WrapProfile:
    """How the lines of a page are wrapped; `columns` is None where a line is a paragraph."""

    columns: int | None  # the width that full lines reach
    breaks_early: bool = (
        False  # first lines of paragraphs break before the width (text saved from HTML source)
    )


def wrap_profile(lines: Sequence[Line]) -> WrapProfile:
    """Whether single line ends of this page are hard wraps, from its line lengths.

    A page is wrapped when among neighbouring lines of 40–140 characters at least a quarter (and three) go on
    in lower case on the next line: in pages that keep a paragraph on one line that is under 2 %.
    """
    widths: list[int] = []
    candidates = continued = firsts = early = 0
    for above, below in pairwise(lines):
        if below.gap:
            continue
        goes_on = below.text[0].islower() and not _UNIT_START.match(below.text)
        if _MIN_COLUMNS <= len(above.text) <= MAX_COLUMNS:
            candidates += 1
            continued += goes_on
            if goes_on:
                widths.append(len(above.text))
        elif len(above.text) < _MIN_COLUMNS and above.gap:
            firsts += 1
            early += goes_on
    if continued < 3 or continued < 0.25 * candidates:
        return WrapProfile(None)
    columns = round(statistics.quantiles(widths, n=20)[17])
    return WrapProfile(columns, breaks_early=early >= 3 and early >= 0.2 * firsts)


def is_wrap(above: str, below: str, profile: WrapProfile, *, opening: str | None = None) -> bool:
    """Whether the line end between two neighbouring lines is a hard wrap inside a block.

    `opening` is the first line of the block that `above` ends; without it, `above` is that line.

    >>> wrapped = WrapProfile(80)
    >>> is_wrap("Căn cứ Nghị định số", "118/2025/NĐ-CP ngày 09 tháng 6 năm 2025;", wrapped)
    True
    >>> is_wrap("Điều 1. Phạm vi điều chỉnh", "1. Nghị định này quy định", wrapped)
    False
    """
    if profile.columns is None or _RULE.match(above) or _RULE.match(below) or "|" in (above[-1], below[0]):
        return False
    if _BARE_MARK.match(above):
        return _mark_belongs_below(above, below)
    if _YEARS_GO_ON.match(below) and above[-1].isdigit():
        return True
    if _starts_unit(above, below):
        return False
    if above.endswith(_ENDS_SENTENCE) and not _OPEN_END.search(above):
        return _sentence_ends_at_width(above, below, profile)
    if below[0].islower() or _OPEN_END.search(above) or above.rfind("(") > above.rfind(")"):
        return True
    if _is_aside(below) and not _is_caps(above):
        return True
    if _is_caps(above) and _is_caps(below):
        return _caps_go_on(above, below)
    return (
        _is_full(above, below, profile)
        or _is_prose(above, opening or above, profile)
        or (_PLACE_DATE.match(below) is not None and _PLACE.match(above) is not None)
        or (profile.breaks_early and _broke_early(above, below, profile))
    )


def _mark_belongs_below(mark: str, below: str) -> bool:
    if _NUMBER_MARK.match(mark):  # a bare number is a table cell or a page number
        return False
    return not _ITEM_START.match(below)


def _starts_unit(above: str, below: str) -> bool:
    if not _UNIT_START.match(below):
        return False
    # "… theo quy định tại / Điều 5. …" goes on; "…, / - …" and "… và / b) …" are lists
    return not (_OPEN_END.search(above) and re.match(r"[ĐđMmCcPp]\w+\s+[\dIVX]|\d{1,2}[.]?\s", below))


def _sentence_ends_at_width(above: str, below: str, profile: WrapProfile) -> bool:
    """A full stop at the right edge: the paragraph goes on when the next word would not have fitted."""
    if above.endswith("/.") or above[-1] in ";:":
        return below[0].islower()
    return below[0].islower() or (above[-1] in '.!?…”")' and _is_full(above, below, profile))


def _is_full(above: str, below: str, profile: WrapProfile) -> bool:
    assert profile.columns is not None
    return len(above) + 1 + len(below.split(None, 1)[0]) > profile.columns


def _is_aside(below: str) -> bool:
    """ "(sau đây gọi tắt là …)", not "(Ban hành kèm theo …)", which is a line of its own."""
    return below[0] == "(" and below[1:2].islower() and not below.startswith(("(kèm", "(ban hành"))


def _is_prose(above: str, opening: str, profile: WrapProfile) -> bool:
    """A long line of running text without an end: only headings and table cells end without a stop."""
    assert profile.columns is not None
    if _FORMULA.match(opening):
        return True
    is_heading = _UNIT_START.match(opening) and (above is opening or not _ITEM_START.match(opening))
    return not is_heading and not _is_caps(above) and len(above) >= 0.75 * profile.columns


def _broke_early(above: str, below: str, profile: WrapProfile) -> bool:
    """A short first line before a full one ("Ủy ban nhân dân tỉnh giao / Sở Nội vụ chủ trì …")."""
    assert profile.columns is not None
    return not _UNIT_START.match(above) and not _is_caps(above) and len(below) > 0.8 * profile.columns


def _is_caps(text: str) -> bool:
    return text.upper() == text and any(letter.isalpha() for letter in text)


def _caps_go_on(above: str, below: str) -> bool:
    """Headings in capitals wrap too; a type word, an issuer or a signer's office stands on its own."""
    if _TYPE_LINE.match(above) or _TYPE_LINE.match(below):
        return False
    if _ISSUER_LINE.match(below):
        return bool(_OPEN_END.search(above))
    return not re.match(r"(?:PHÓ )?(?:CHỦ TỊCH|THỦ TƯỚNG|GIÁM ĐỐC|BÍ THƯ)\Z|(?:BỘ|THỨ) TRƯỞNG\Z", above)


def goes_on_after_page_break(above: str, below: str) -> bool:
    """Whether a sentence runs over a page break (a running head that was cut out, with its blank lines)."""
    return (
        not above.endswith(_ENDS_SENTENCE)
        and (below[0].islower() or below[0] == "(")
        and not _UNIT_START.match(below)
    )
