"""What a line of a page is: its text, or something that stands around the text.

The rules look at whole lines (a line of saved text, or what a block element of HTML shows) and are the same
for both. A rule cuts only with two kinds of evidence, the line itself and where it stands: "Trả lời" is a
comment form only with the sentence of the form below it, a name is a byline only after the last paragraph.
What each rule does on real pages is counted by bench/boilerplate.py and reported in docs/boilerplate.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ingest.layout import Line
from ingest.models import BlockKind
from ingest.published import read_date_line

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "related": "Danh sách tin, bài liên quan",
        "comment_form": "Khung bình luận",
        "phone": "Số điện thoại, đường dây nóng",
        "share": "Thanh chia sẻ, in, lưu bài",
        "tags": "Từ khóa của bài",
        "byline": "Tên người viết, nguồn bài",
        "image_marker": "Chỗ đặt ảnh",
        "running_head": "Đầu trang, chân trang, số trang",
        "ocr_noise": "Vết bẩn, nét kẻ mà máy nhận dạng đọc thành dấu",
        "signature_stamp": "Dấu chữ ký số của cổng thông tin",
        "portal_notice": "Thông báo, thuộc tính của trang lưu văn bản",
        "portal_summary": "Bài tóm tắt của trang lưu văn bản, đặt trước văn bản",
        "meta": "Ngày đăng, chuyên mục của trang",
        "nav": "Thanh điều hướng",
        "header": "Đầu trang web",
        "footer": "Chân trang web",
        "aside": "Cột bên của trang web",
        "form": "Biểu mẫu, nút bấm",
        "hidden": "Phần ẩn của trang web",
        "outside": "Phần ngoài nội dung chính của trang web",
    }
)
PAGE_BREAK_REASONS = frozenset({"running_head", "signature_stamp"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What one line is: kept as `kind`, or cut with a reason; `rule` is the rule that says so."""

    kind: BlockKind = BlockKind.BODY
    cut: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of all lines of a page, and what its boilerplate tells about it."""

    marks: tuple[Mark, ...]
    title: str | None
    author: str | None
    publisher: str | None
    published_at: str | None = None  # the line below the title that is only a date


@dataclass(slots=True)
class _Page:
    """The lines of one page while the rules go over them."""

    lines: Sequence[Line]
    marks: list[Mark]
    official: bool  # begins with the letterhead of a document
    title: str | None = None
    title_line: int | None = None  # the line that the title was taken from, where none was given
    author: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    texts: list[str] = field(default_factory=list)

    def kept(self, index: int) -> bool:
        return self.marks[index].cut is None

    def plain(self, index: int) -> bool:
        return self.marks[index] == _PLAIN

    def cut(self, indexes: Iterable[int], reason: str) -> None:
        for index in indexes:
            if self.kept(index):
                self.marks[index] = Mark(cut=reason, rule=reason)

    def keep_as(self, index: int, kind: BlockKind, rule: str) -> None:
        self.marks[index] = Mark(kind=kind, rule=rule)


_PLAIN = Mark()


def mark_lines(
    lines: Sequence[Line], *, title: str | None = None, hints: Sequence[Mark] | None = None
) -> Marked:
    """What each line of a page is.

    `title`: a title that stands beside the text (the row of a .jsonl file, the head of an HTML page); with
    it, only a line that repeats it is the title. `hints`: what the markup already told (HTML).
    When the rules would leave no text at all, they are not applied.
    """
    texts = [unicodedata.normalize("NFC", line.text) for line in lines]
    marks = list(hints or [_PLAIN] * len(lines))
    kept = [text for text, mark in zip(texts, marks, strict=True) if mark.cut is None]
    page = _Page(lines, marks, has_letterhead(kept), texts=texts)
    _mark_title(page, title)
    for rule in _RULES:
        rule(page)
    if not any(page.kept(i) for i in range(len(lines))):
        return Marked(tuple(hints or [_PLAIN] * len(lines)), title, None, None)
    if page.title_line is not None and not page.kept(page.title_line):
        page.title = None  # a line that the rules cut names nothing: "Download on the"
    return Marked(tuple(page.marks), page.title, page.author, page.publisher, page.published_at)


# --- the head of the page ---------------------------------------------------------------------------------

_LETTERHEAD = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
    r"|Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc|CÔNG\s+BÁO/Số"
)
_HEAD_LINES = 90
_TITLE_LENGTH = 250
_STARTS_ITEM = re.compile(r"[-+*•▪–]\s|\d{1,3}[.)]\s|[a-zđ]\)\s")


def has_letterhead(texts: Sequence[str]) -> bool:
    """Whether lines begin with the letterhead of a document."""
    return bool(_LETTERHEAD.search(" ".join(texts[:_HEAD_LINES])))


def fold(text: str) -> str:
    """Text for comparing: NFC, lower case, one space for white space, marks of markup dropped at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold().strip(" #*\"“”'.")


def _mark_title(page: _Page, given: str | None) -> None:
    """The line that is the title: the one that repeats the given title, else the first line."""
    page.title = given
    hinted = [i for i, mark in enumerate(page.marks) if mark.kind is BlockKind.TITLE and mark.cut is None]
    if hinted:
        return
    plain = [i for i in range(len(page.lines)) if page.plain(i)][:3]
    if given is not None:
        wanted = fold(given)
        for index in plain:
            if fold(page.texts[index]) == wanted:
                page.keep_as(index, BlockKind.TITLE, "title")
                return
        return
    if plain and not page.official and _is_title(page, plain):
        page.keep_as(plain[0], BlockKind.TITLE, "title")
        page.title_line = plain[0]
        page.title = " ".join(page.texts[plain[0]].split()).strip("#* ")


def _is_title(page: _Page, plain: Sequence[int]) -> bool:
    """A short line before longer ones; a first paragraph ends with a full stop."""
    first = page.texts[plain[0]]
    return (
        len(plain) > 1
        and len(first) <= _TITLE_LENGTH
        and not (page.texts[plain[1]][0].islower() and not page.lines[plain[1]].gap)  # a wrapped paragraph
        and not first.endswith((".", ";", ":", ","))
        and not _STARTS_ITEM.match(first)
    )


def _cut_date_line(page: _Page) -> None:
    """A line below the title, or below the name under it, that is nothing but the day of publication."""
    titles = [i for i, mark in enumerate(page.marks[:3]) if mark.kind is BlockKind.TITLE and mark.cut is None]
    if page.official or (not titles and page.title is None):
        return
    first = titles[0] + 1 if titles else 0
    for index in range(first, min(first + 2, len(page.lines) - 1)):
        if not page.plain(index):
            return
        if published := read_date_line(page.texts[index]):
            page.published_at = published
            page.cut([index], "meta")
            return
        if not _is_name(page.texts[index]):
            return


_DATELINE = re.compile(
    r"\((?:[\w.-]+\.(?:vn|com|net)|[A-ZĐ]{2,6}|Ch[íi]nhphu\.vn|[A-Z]\w+\.vn)\)\s*[-–]\s"
    r"|[A-ZĐ]{2,5}O?\s[-–]\s"
)
_LEAD_LENGTH = range(40, 700)
_SAME = 0.75  # of the word triples of the lead stand in one later paragraph


def _mark_lead(page: _Page) -> None:
    """The paragraph under the title: a lead when it opens with a dateline or when the body repeats it."""
    for index, mark in enumerate(page.marks):
        if mark.kind is BlockKind.LEAD and mark.cut is None and _repeated_below(page, index):
            page.keep_as(index, BlockKind.LEAD_DUPLICATE, "lead_duplicate")
    if page.official or any(m.kind in (BlockKind.LEAD, BlockKind.LEAD_DUPLICATE) for m in page.marks):
        return
    first = next((i for i in range(len(page.lines)) if page.plain(i)), None)
    if first is None or len(page.texts[first]) not in _LEAD_LENGTH or page.texts[first].startswith("#"):
        return
    if _repeated_below(page, first):
        page.keep_as(first, BlockKind.LEAD_DUPLICATE, "lead_duplicate")
    elif _DATELINE.match(page.texts[first]):
        page.keep_as(first, BlockKind.LEAD, "lead")


def _repeated_below(page: _Page, index: int) -> bool:
    """Whether one later paragraph says all that the lead says: most of its words, and every number in it."""
    text = page.texts[index]
    lead, numbers = _word_triples(text), set(_NUMBER.findall(text))
    if len(lead) < 12 or not text.endswith((".", "!", "?", "…", "”", '"', ")")):
        return False
    return any(
        len(lead & _word_triples(page.texts[i])) >= _SAME * len(lead)
        and numbers <= set(_NUMBER.findall(page.texts[i]))
        for i in range(index + 1, len(page.lines))
        if page.kept(i) and len(page.texts[i]) >= _SAME * len(text)
    )


_NUMBER = re.compile(r"\d[\d./-]*\d|\d")


def _word_triples(text: str) -> set[tuple[str, str, str]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


# --- captions ---------------------------------------------------------------------------------------------

_IMAGE_MARKER = re.compile(r"\[(?:img|image|ảnh|hình)\]\Z|!\[[^\]]*\]\([^)]*\)\Z", re.IGNORECASE)
_UPPER = "A-Z" + "".join(char for char in map(chr, range(0xC0, 0x1EFA)) if char.isupper())
_NAME = rf"[{_UPPER}][\w.]*(?:[ ./&,–-]+[{_UPPER}][\w.]*){{0,5}}"
_CREDIT = re.compile(
    rf"(?:[(\s–-]|\A)(?:Ảnh|ảnh|ẢNH)(?: minh họa| minh hoạ)?\s?:\s?[^:]{{2,45}}\Z"  # "Ảnh: VGP/…"
    rf"|\((?:Ảnh|ảnh)(?: minh họa| minh hoạ)?(?: {_NAME})?\)\.?\Z"  # "(Ảnh Đông Thảo)."
    rf"|[.!?”\"]\s(?:Ảnh|ảnh) {_NAME}\.?\Z"  # "… 2021-2025. ảnh Đông Thảo"
    rf"|[.!?”\"]\s(?:Ảnh|ảnh) (?:chụp|tư liệu|minh họa|sưu tầm)[^.]{{0,30}}\.?\Z"
)
_TEXT_CREDIT = re.compile(r"(?:Tin|Bài)\b[^:]{0,12}\b[ảẢ]nh\s?:", re.IGNORECASE)
_CAPTION_LENGTH = 320
_ATTENDANCE = re.compile(
    r"(?:Các )?(?:[Đđ]ồng chí|[Đđ]ại biểu|[Ll]ãnh đạo)\b.{5,130}"
    r"\b(?:dự|chủ trì|phát biểu|kiểm tra|thăm|trao|tặng|chúc mừng)\b.{0,60}(?:hội nghị|tọa đàm"
    r"|toạ đàm|lễ|buổi|họp|hội thảo)"
)


def _mark_captions(page: _Page) -> None:
    previous_marker = False
    for index, text in enumerate(page.texts):
        if not page.plain(index):
            previous_marker = False
            continue
        if _IMAGE_MARKER.match(text):
            page.cut([index], "image_marker")
            previous_marker = True
            continue
        if len(text) <= _CAPTION_LENGTH and _CREDIT.search(text) and not _TEXT_CREDIT.search(text):
            page.keep_as(index, BlockKind.CAPTION, "caption_credit")
        elif (
            previous_marker and not page.lines[index].gap and _is_caption_shaped(text)
        ) or _names_photographer(page, index):
            page.keep_as(index, BlockKind.CAPTION, "caption_marker")
        elif _stands_over_nbsp(page, index):
            page.keep_as(index, BlockKind.CAPTION, "caption_nbsp")
        elif _says_who_attended(page, index):
            page.keep_as(index, BlockKind.CAPTION, "caption_attendance")
        previous_marker = False


def _is_caption_shaped(text: str) -> bool:
    return len(text) <= _CAPTION_LENGTH and any(letter.isalpha() for letter in text)


def _names_photographer(page: _Page, index: int) -> bool:
    """Two to four words alone directly below the caption of an [img]."""
    text = page.texts[index]
    return (
        index > 0
        and page.marks[index - 1].rule == "caption_marker"
        and not page.lines[index].gap
        and len(text) <= 40
        and 2 <= len(text.split()) <= 4
        and all(word.isalpha() for word in text.split())
    )


def _stands_over_nbsp(page: _Page, index: int) -> bool:
    """The shape that WordPress leaves of [caption]: the caption, an empty line, one U+00A0 alone."""
    text = page.texts[index]
    return (
        not page.official
        and index + 1 < len(page.lines)
        and page.lines[index + 1].blanks.startswith("eN")
        and 20 <= len(text) <= 160
        and not text.endswith((":", ";", ","))
        and not _STARTS_ITEM.match(text)
        and text.upper() != text
        and "|" not in text
    )


def _says_who_attended(page: _Page, index: int) -> bool:
    """A short sentence between the title and the first paragraph that only says who is in the picture."""
    text = page.texts[index]
    return (
        0 < index < 4
        and len(text) <= 180
        and text.count(". ") == 0
        and all(page.marks[i].kind is not BlockKind.BODY or not page.kept(i) for i in range(index))
        and bool(_ATTENDANCE.match(text))
    )


# --- what stands below the text ---------------------------------------------------------------------------

_PROSE_LENGTH = 220
_MARKS_BEFORE = r"[#>*•»\s–-]*"
_RELATED = re.compile(
    _MARKS_BEFORE
    + r"(?:(?:các )?tin (?:bài )?(?:cùng (?:chuyên mục|chủ đề|loại)|liên quan|khác|mới(?: nhất| hơn"
    r"| cập nhật)?"
    r"|cũ hơn|đọc nhiều|nổi bật|xem nhiều|đã đưa)|(?:các )?bài (?:viết |báo )?(?:liên quan|khác"
    r"|cùng (?:chuyên mục|chủ đề)|mới(?: nhất)?)"
    r"|có thể bạn quan tâm|bạn có thể quan tâm|xem tin theo ngày|đọc nhiều(?: nhất)?"
    r"|tin tức (?:liên quan|khác)|cùng chuyên mục)"
    r"\s*[:»>]*\Z",
    re.IGNORECASE,
)
_READ_MORE = re.compile(
    _MARKS_BEFORE + r"(?:đọc thêm|xem thêm|mời (?:quý )?(?:bạn|độc giả|bạn đọc)(?: đọc| xem)? (?:thêm|tiếp)"
    r"|thông tin liên quan)\s*[:»>]*\Z",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{4}\s*\|?\s*,?\s*\d{1,2}:\d{2}"
    r"|\(?\d{1,2}[./-]\d{1,2}(?:[./-]\d{4})?\)?\s*(?:\d{1,2}:\d{2}(?:\s*[AP]M)?)?\Z"
)
_BULLET = re.compile(r"[-+*•▪»>]\s?\S")


def _is_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _DATED.search(text)) or _is_headline(text)


def _is_headline(text: str) -> bool:
    return len(text) <= 200 and not text.endswith((".", ";", ":", ",", "./.", "!”", ".”"))


def _is_prose(text: str) -> bool:
    return len(text) > _PROSE_LENGTH or (len(text) > 120 and text.endswith((".", "!", "?", "”", ":")))


def _cut_related(page: _Page) -> None:
    """Lists of other pages: from their heading to the last item."""
    index = 0
    while index < len(page.lines):
        heading = page.plain(index) and _tail_heading(page, index)
        index = _cut_list(page, index, weak=heading == "weak") if heading else index + 1


def _tail_heading(page: _Page, index: int) -> str | None:
    text = page.texts[index]
    if len(text) > 60:
        return None
    if _RELATED.match(text):
        return "strong"
    return "weak" if _READ_MORE.match(text) else None


def _cut_list(page: _Page, heading: int, *, weak: bool) -> int:
    end = heading + 1
    while end < len(page.lines) and (_is_item(page.texts[end]) or _RELATED.match(page.texts[end])):
        end += 1
    marked = [
        i for i in range(heading + 1, end) if _BULLET.match(page.texts[i]) or _DATED.search(page.texts[i])
    ]
    at_end = not any(page.kept(i) and _is_prose(page.texts[i]) for i in range(end, len(page.lines)))
    if not at_end:  # inside an article only marked items: a headline may be its next subheading
        end = max(marked, default=heading) + 1
    items = end - heading - 1
    if items < (2 if weak else 1) or (page.official and not marked) or (weak and not at_end and not marked):
        return heading + 1
    page.cut(range(heading, end), "related")
    return end


_FORM_SENTENCE = re.compile(
    r"(?:địa chỉ )?email của bạn sẽ không được (?:hiển thị|công khai)"
    r"|your email address will not be published",
    re.IGNORECASE,
)
_FORM_HEADING = re.compile(
    _MARKS_BEFORE
    + r"(?:trả lời|để lại (?:một )?(?:bình luận|phản hồi|trả lời)|(?:viết|gửi) bình luận(?: của bạn)?"
    r"|bình luận(?: của bạn)?(?: \(\d+\))?|ý kiến bạn đọc(?: \(\d+\))?|leave a (?:reply|comment)"
    r"|hủy)\s*:?\Z",
    re.IGNORECASE,
)


def _cut_comment_form(page: _Page) -> None:
    """The form of a blog with all below it, or a comment heading with nothing but short lines below."""
    for index in range(len(page.lines)):
        if not page.kept(index):
            continue
        text = page.texts[index]
        if _FORM_SENTENCE.match(text):
            start = index
            while start > 0 and index - start < 3 and _FORM_HEADING.match(page.texts[start - 1]):
                start -= 1
            page.cut(_not_phones(page, range(start, len(page.lines))), "comment_form")
            return
        if _FORM_HEADING.match(text) and not page.official and _only_short_below(page, index):
            page.cut(_not_phones(page, range(index, len(page.lines))), "comment_form")
            return


def _only_short_below(page: _Page, index: int) -> bool:
    below = range(index + 1, len(page.lines))
    return index > 2 and len(below) <= 30 and all(len(page.texts[i]) <= 120 for i in below)


_PHONE = re.compile(
    r"(?:(?:hotline|đường dây nóng|phone|zalo|tel)\s*[:.]?\s*)?"
    r"(?:\+84|0)[ .-]?\d(?:[ .-]?\d){7,9}(?:\s*[-–/]\s*(?:\+84|0)\d(?:[ .-]?\d){7,9})*\Z"
    r"|(?:hotline\s*:?\s*)?1[89]00[ .]?\d{4}(?:\d\d)?\Z",
    re.IGNORECASE,
)


def _not_phones(page: _Page, indexes: Iterable[int]) -> list[int]:
    return [i for i in indexes if not _PHONE.match(page.texts[i])]


def _cut_phones(page: _Page) -> None:
    """A telephone number alone on a line, at the end of the page or below what is cut."""
    if page.official:
        return
    for index in range(len(page.lines) - 1, -1, -1):
        if not page.kept(index):
            continue
        if not _PHONE.match(page.texts[index]):
            return
        page.cut([index], "phone")


_SHARE = re.compile(
    r"(?:chia sẻ(?: bài viết| qua)?|facebook|twitter|zalo|linkedin|pinterest|telegram|messenger"
    r"|email|in bài(?: viết)?|in trang|bản in"
    r"|gửi email|sao chép(?: liên kết)?|copy link|lưu bài(?: viết)?|theo dõi .{0,30}google news"
    r"|download on the|app store|google play)"
    r"\s*:?\Z",
    re.IGNORECASE,
)


def _cut_share_bars(page: _Page) -> None:
    """Two or more neighbouring labels of a share bar."""
    index = 0
    while index < len(page.lines):
        end = index
        while end < len(page.lines) and page.kept(end) and _SHARE.match(page.texts[end]):
            end += 1
        if end - index >= 2:
            page.cut(range(index, end), "share")
        index = max(end, index + 1)


_TAGS = re.compile(r"(?:từ kh[óo][aá]|tags?|thẻ|chủ đề)\s*:\s*\S", re.IGNORECASE)


def _cut_tags(page: _Page) -> None:
    """A line of key words below the last paragraph."""
    if page.official:
        return
    for index in range(len(page.lines) - 1, 0, -1):
        text = page.texts[index]
        if not page.kept(index):
            continue
        if _is_prose(text) or index < len(page.lines) - 12:
            return
        if _TAGS.match(text) and not text.endswith("."):
            page.cut([index], "tags")


# --- byline -----------------------------------------------------------------------------------------------

_DOMAIN = re.compile(r"(?:[\w-]+\.)+(?:vn|com|net|org)\b", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"\(?(?:Theo|Nguồn(?: tin)?)\s*:?\s+(?P<who>[^:]{2,80}?)\)?\Z")
_AUTHOR_LINE = re.compile(
    r"(?:Tác giả|(?:Tin|Bài)(?:,| và| -| –)? ?(?:bài|ảnh)?(?:,| và)?(?: ảnh)?"
    r"|Thực hiện)\s*:\s*(?P<who>\S.{1,60})\Z",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"(?:Ban|Báo|Bộ|Cổng|Công|Cục|Sở|Tỉnh|Thành|Huyện|Xã|Phường|Phòng|Trung|Ủy|Uỷ|Văn|Viện|Hội"
    r"|Trường|Tổng|Chính|Quốc|Thủ|Phó|Chủ|Đảng|Đài|Điều|Chương|Phụ|Mục|Bảng|Hà Nội|Việt Nam)\b",
    re.IGNORECASE,
)


def _cut_byline(page: _Page) -> None:
    """Who wrote the page and where it was taken from: the last kept lines, below the last paragraph."""
    if page.official:
        return
    kept = [i for i in range(len(page.lines)) if page.kept(i)]
    for index in reversed(kept[-2:]):
        if not page.plain(index) or index == kept[0] or not _read_byline(page, index):
            return
        page.cut([index], "byline")


def _read_byline(page: _Page, index: int) -> bool:
    text = page.texts[index]
    if len(text) > 100:
        return False
    if source := _SOURCE_LINE.match(text):
        return _read_source(page, source["who"].strip())
    if author := _AUTHOR_LINE.match(text):
        page.author = page.author or author["who"].strip()
        return True
    if len(text) <= 45 and _is_name(text) and not _ORGANISATION.match(text) and _below_paragraph(page, index):
        page.author = page.author or text
        return True
    return False


def _read_source(page: _Page, who: str) -> bool:
    """ "Ngô Thắng – Bá Tân/baohatinh.vn": the author before the slash, the publisher after it."""
    domain = _DOMAIN.search(who)
    if domain:
        author = who[: domain.start()].rstrip(" /(-–")
        page.publisher = page.publisher or domain[0]
        page.author = page.author or (author or None)
        return True
    if who.endswith((".", ";", ",")) or not _is_name_like(who):
        return False
    page.publisher = page.publisher or who
    return True


def _is_name(text: str) -> bool:
    """Two to seven words, each with a capital first letter or in capitals, and nothing else."""
    words = re.split(r"\s*[-–,&/]\s*|\s+", text)
    return 2 <= len(words) <= 7 and all(
        word.isalpha() and word[0].isupper() and (word.isupper() or word[1:].islower()) for word in words
    )


def _is_name_like(who: str) -> bool:
    words = re.findall(r"[^\W\d_]+", who)
    return (
        bool(words)
        and words[0][0].isupper()
        and sum(w[0].isupper() for w in words) >= 0.4 * len(words)
        and len(words) <= 9
    )


def _below_paragraph(page: _Page, index: int) -> bool:
    above = next((i for i in range(index - 1, -1, -1) if page.kept(i)), None)
    if above is None:
        return False
    text = page.texts[above]
    return len(text) >= 80 and text.endswith((".", "!", "?", "…", "”", '"', ")"))


# --- gazette and legal portals ----------------------------------------------------------------------------

_RUNNING_HEAD = re.compile(
    r"(?:(?P<before>\d{1,4})\s+)?CÔNG "
    r"BÁO\s?/\s?Số\s[\d\s+]+/\s?Ngày\s\d{1,2}-\d{1,2}-\d{4}(?:\s+(?P<after>\d{1,4}))?\Z"
)
_PAGE_NUMBER = re.compile(r"\d{1,4}\Z")


def _cut_running_heads(page: _Page) -> None:
    """ "CÔNG BÁO/Số 709 + 710/Ngày 22-5-2023" with the page number in the line above or below it."""
    expected: int | None = None
    for index, text in enumerate(page.texts):
        head = _RUNNING_HEAD.match(text)
        if not head:
            continue
        page.cut([index], "running_head")
        number = head["before"] or head["after"]
        if number is None:
            beside = _page_number_beside(page, index, expected)
            if beside is not None:
                page.cut([beside], "running_head")
                number = page.texts[beside]
        expected = int(number) + 1 if number else None


def _page_number_beside(page: _Page, head: int, expected: int | None) -> int | None:
    """The neighbouring line that is the page number; next to a table it is the one that counts on."""
    candidates = [i for i in (head - 1, head + 1) if _is_page_number(page, i)]
    adjacent = [i for i in candidates if not page.lines[max(head, i)].gap]
    following = [i for i in candidates if expected is not None and int(page.texts[i]) == expected]
    if following:
        return following[0]
    if not adjacent:  # set off from the head by a blank line, and from the text by another
        adjacent = [i for i in candidates if _stands_alone(page, i)]
    return adjacent[0] if len(adjacent) == 1 else None


def _is_page_number(page: _Page, index: int) -> bool:
    return 0 <= index < len(page.lines) and page.kept(index) and bool(_PAGE_NUMBER.match(page.texts[index]))


def _stands_alone(page: _Page, index: int) -> bool:
    after = index + 1
    return bool(page.lines[index].gap) and (after == len(page.lines) or bool(page.lines[after].gap))


_STAMP = (
    re.compile(r"(?:Ký bởi|Người ký)\s?:"),
    re.compile(r"Email\s?:"),
    re.compile(r"Cơ quan\s?:"),
    re.compile(r"(?:Thời gian ký\s?:\s?\d{1,2}[./]\d{1,2}[./]\d{4}|Ngày ký\s?:\s?\d{4}-\d\d-\d\d)"),
)


def _cut_signature_stamps(page: _Page) -> None:
    """The three or four lines that a portal's digital signature prints into a PDF."""
    for index in range(len(page.lines) - 1):
        if not _STAMP[0].match(page.texts[index]):
            continue
        end = index + 1
        while end < min(index + 6, len(page.lines)) and not _STAMP[3].match(page.texts[end]):
            end += 1
        if end < len(page.lines) and _STAMP[3].match(page.texts[end]):
            page.cut(range(index, end + 1), "signature_stamp")


_PORTAL_TAIL = re.compile(
    r"Văn bản này (?:chưa|đã) cập nhật nội dung Tiếng Anh\Z|FILE ĐƯỢC ĐÍNH KÈM THEO VĂN BẢN\Z"
    r"|#*\s*Văn bản liên quan\Z"
    r"|về Lưu trữ, Sử dụng Thông tin Khách hàng\Z|.{0,3}Bạn vừa bị Đăng xuất khỏi Tài khoản"
)
_PORTAL_SIGNS = re.compile(
    r"(?:Hiệu lực|Tình trạng)\s?: Đã biết\Z|Kính gửi: Quý Thành viên|FILE ATTACHED TO DOCUMENT"
    r"|.{0,3}Xin lỗi Quý khách vì sự bất tiện"
    r"|Cảm ơn đã dùng \w+\.vn|Tắt so sánh \[X\]"
)
_TYPED_TITLE = re.compile(
    r"(?:Quyết định|Nghị quyết|Nghị định|Thông tư|Công văn|Kế hoạch|Chỉ thị|Thông báo|Luật|Văn bản"
    r"|Công điện|Quy\w+|Hướng dẫn|Báo cáo|Chương trình|Kết luận|Tờ trình|Lệnh|Pháp lệnh|Đề án)\s"
)


def _cut_portal_tail(page: _Page) -> None:
    """What a legal portal prints below a document: attributes, how to compare, notices to its members."""
    signs = [i for i, text in enumerate(page.texts) if _PORTAL_SIGNS.match(text)]
    if len(signs) < 2:
        return
    tails = (i for i in range(len(page.lines)) if page.kept(i) and _PORTAL_TAIL.match(page.texts[i]))
    start = next((i for i in tails if signs[-1] > i), None)
    if start is None:
        return
    if start > 0 and page.texts[start - 1] in ("THÔNG BÁO",):
        start -= 1
    elif (
        start > 0
        and page.texts[start].startswith("Văn bản này")
        and _TYPED_TITLE.match(page.texts[start - 1])
    ):
        start -= 1  # the portal's own title of the document, printed again
    page.cut(range(start, len(page.lines)), "portal_notice")


_SUMMARY_OPENS = re.compile(r"Ngày\s+\d{1,2}/\d{1,2}/\d{4},.{0,120}\bban hành\b")


def _cut_portal_summary(page: _Page) -> None:
    """A news item of the portal above the document: "## …", "Ngày …, … ban hành …", then the letterhead."""
    if len(page.lines) < 4 or not page.texts[0].startswith("#") or not _SUMMARY_OPENS.match(page.texts[1]):
        return
    head = next(
        (i for i in range(2, min(80, len(page.lines))) if re.match(r"CỘNG\b|Độc lập\b", page.texts[i])), None
    )
    if head is None:
        return
    while head > 2 and page.texts[head - 1].upper() == page.texts[head - 1]:
        head -= 1
    page.cut(range(head), "portal_summary")


_HEADING = re.compile(r"#{1,6}\s")


def _mark_headings(page: _Page) -> None:
    for index, text in enumerate(page.texts):
        if page.plain(index) and len(text) <= _TITLE_LENGTH and _HEADING.match(text):
            page.keep_as(index, BlockKind.HEADING, "heading")


_RULES = (
    _cut_date_line,
    _cut_running_heads,
    _cut_signature_stamps,
    _cut_portal_tail,
    _cut_portal_summary,
    _cut_comment_form,
    _cut_related,
    _cut_share_bars,
    _cut_tags,
    _cut_phones,
    _mark_captions,
    _cut_byline,
    _mark_lead,
    _mark_headings,
)
