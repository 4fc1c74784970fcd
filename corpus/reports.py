"""Reports: the parts of a news page that restate what one document says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.issuers import UPPER, read_issuer
from corpus.models import Reference, Relation, Report
from corpus.references import find_references
from corpus.symbols import read_symbol, symbol_key
from corpus.text import fold
from ingest.models import Block

_OPENER = re.compile(
    r"(?:(?:sau|sau đây|như sau|dưới đây)\s*:?"
    r"|(?:nêu rõ|cụ thể|yêu cầu|đề nghị|chỉ đạo|nhấn mạnh|quy định|gồm)\s*:)\s*$"
)
_ORDERING = re.compile(
    r"đề nghị|yêu cầu|chỉ đạo|giao|quán triệt|nêu rõ|nội dung|nhiệm vụ|quy định|nhấn mạnh|tập trung",
    re.IGNORECASE,
)
_DIRECTING_VERB = re.compile(
    r"\s+(?:đã |vừa |còn |cũng )?(?:đề nghị|yêu cầu|chỉ đạo|giao|quán triệt|nêu rõ|nhấn mạnh)"
)
_SELF = re.compile(
    r"(?P<word>Văn bản|Công văn|Công điện|Chỉ thị|Nghị quyết|Kế hoạch|Quyết định|Quy định|Thông báo"
    r"|Kết luận|Chương trình|Hướng dẫn|Nghị định|Thông tư)"
    r"(?: này| nêu| yêu cầu| quy định| trên| đề nghị| nhấn mạnh| gồm)"
)
_SELF_CODES = {
    "văn bản": None,
    "công văn": "CV",
    "công điện": "CĐ",
    "chỉ thị": "CT",
    "nghị quyết": "NQ",
    "kế hoạch": "KH",
    "quyết định": "QĐ",
    "quy định": "QĐ",
    "thông báo": "TB",
    "kết luận": "KL",
    "chương trình": "CTr",
    "hướng dẫn": "HD",
    "nghị định": "NĐ",
    "thông tư": "TT",
}
_NARRATION = re.compile(
    r"\s*(?:Tại (?:buổi|hội nghị|cuộc|lễ|phiên|kỳ)|Phát biểu|Trước đó|Kết luận (?:hội nghị|buổi|cuộc|phiên)"
    r"|Cùng ngày|Được biết|Cũng (?:tại|trong)|Trao đổi với|Theo ghi nhận|Trước thực trạng)"
)
_ENDING = re.compile(
    r"\s*(?:(?:Theo|Nguồn)\s*:?\s.{0,60}[\w-]+\.(?:vn|com|net)\W*$|(?:Theo|Nguồn)\s*:?\s+[^.]{1,40}$"
    r"|Tin (?:cùng chuyên mục|liên quan|khác|mới nhất|đọc nhiều)|Các tin khác|Bài viết liên quan"
    r"|Có thể bạn quan tâm|Đọc thêm|Xem thêm|Xem tin theo ngày|Bình luận|Ý kiến bạn đọc|Trả lời$"
    r"|Để lại một bình luận|Từ khóa|Chia sẻ|>>)"
)
_BYLINE = re.compile(rf"\s*[{UPPER}][\w.]*(?:(?:\s+[-–]\s+|\s*[,/]\s*|\s+)[{UPPER}][\w.]*){{1,6}}\s*$")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    text: str


def find_reports(
    text: str, blocks: Sequence[Block] | None = None, *, references: Sequence[Reference] | None = None
) -> tuple[Report, ...]:
    """The parts of a news text that restate one reported document, in order, without overlaps.

    A part opens with a paragraph that names the document's issuing, its issuer or its kind and ends in an
    opener ("… đề nghị một số nội dung sau:"), and runs on to a byline, an ending, or narration. `blocks`
    gives the paragraphs; without it they are the lines of `text`. `references` are those of `text`, found
    without a number of its own (default: `find_references(text)`).
    """
    references = find_references(text) if references is None else references
    reported = [r for r in references if r.relation is Relation.REPORTED]
    paragraphs = _paragraphs(text, blocks) if reported else ()
    reports: list[Report] = []
    for position, paragraph in enumerate(paragraphs):
        if reports and paragraph.start < reports[-1].end:
            continue
        symbol = _opened(paragraph, reported)
        end = _last_of(paragraphs, position, reported, symbol) if symbol is not None else paragraph.end
        if symbol is not None and end > paragraph.end:
            reports.append(Report(symbol=symbol, start=paragraph.start, end=end))
    return tuple(reports)


def _paragraphs(text: str, blocks: Sequence[Block] | None) -> tuple[_Paragraph, ...]:
    if blocks is not None:
        spans = [(block.start, block.end) for block in blocks]
    else:
        spans = [match.span() for match in re.finditer(r"[^\n]+", text)]
    return tuple(_Paragraph(start, end, text[start:end]) for start, end in spans if text[start:end].strip())


def _opened(paragraph: _Paragraph, reported: Sequence[Reference]) -> str | None:
    """The reported document whose content this paragraph opens, or None."""
    if _OPENER.search(paragraph.text) is None or _ORDERING.search(paragraph.text) is None:
        return None
    reported = reported[: bisect_left(reported, paragraph.end, key=_start)]
    inside = reported[bisect_left(reported, paragraph.start, key=_start) :]
    if inside:
        return inside[-1].symbol
    return _by_issuer(paragraph.text, reported) or _by_kind(paragraph.text, reported)


def _by_issuer(paragraph: str, reported: Sequence[Reference]) -> str | None:
    """The document reported as issued by the body that this paragraph makes demand something."""
    for body in reversed(_demanding_bodies(paragraph)):
        symbols = list(dict.fromkeys(r.symbol for r in reported if r.issuer and _same_body(body, r.issuer)))
        if symbols:
            return symbols[-1]
    return None


def _demanding_bodies(paragraph: str) -> list[str]:
    bodies = []
    for match in re.finditer(rf"(?:^|(?<=[\s,“(]))(?=[{UPPER}])", paragraph):
        end = read_issuer(paragraph, match.start())
        if end is not None and _DIRECTING_VERB.match(paragraph, end):
            bodies.append(paragraph[match.start() : end])
    return bodies


def _same_body(one: str, other: str) -> bool:
    """ "Thủ tướng" and "Thủ tướng Chính phủ", "UBND tỉnh" and "UBND tỉnh Hà Tĩnh" are the same body."""
    first, second = sorted((_body_key(one), _body_key(other)), key=len)
    return (second + " ").startswith(first + " ")


def _body_key(name: str) -> str:
    key = " ".join(fold(name).split())
    key = key.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    key = re.sub(r"^(?:chu tich|bo truong)\s+(?=ubnd|bo )", "", key)
    return re.sub(r"^btv ", "ban thuong vu ", re.sub(r"^bch ", "ban chap hanh ", key))


def _by_kind(paragraph: str, reported: Sequence[Reference]) -> str | None:
    """ "Văn bản nêu rõ:", "Chỉ thị yêu cầu …": the last reported document of that kind."""
    named = _SELF.search(paragraph)
    if named is None:
        return None
    code = _SELF_CODES[named["word"].lower()]
    fitting = [r.symbol for r in reported if code is None or _is_of_type(r.symbol, code)]
    return fitting[-1] if fitting else None


def _is_of_type(symbol: str, code: str) -> bool:
    """A State công văn carries no type in its number."""
    mention = read_symbol(symbol)
    types = {mention.type_code} if mention is not None else set()
    return code in types or (code == "CV" and types == {None})


def _last_of(
    paragraphs: Sequence[_Paragraph], opener: int, reported: Sequence[Reference], symbol: str
) -> int:
    """Where the part opened by paragraph `opener` ends: the end of its last paragraph."""
    end = paragraphs[opener].end
    for paragraph in paragraphs[opener + 1 :]:
        if _ENDING.match(paragraph.text) or _NARRATION.match(paragraph.text) or _is_byline(paragraph.text):
            break
        if _reports_another(paragraph, reported, symbol):
            break
        end = paragraph.end
    return end


def _is_byline(paragraph: str) -> bool:
    return len(paragraph) < 50 and _BYLINE.match(paragraph) is not None


def _reports_another(paragraph: _Paragraph, reported: Sequence[Reference], symbol: str) -> bool:
    """Whether the paragraph tells of another act of issuing, with its date or body."""
    low, high = (bisect_left(reported, offset, key=_start) for offset in (paragraph.start, paragraph.end))
    return any(
        symbol_key(reference.symbol) != symbol_key(symbol)
        and (reference.date is not None or reference.issuer is not None)
        for reference in reported[low:high]
    )


def _start(reference: Reference) -> int:
    return reference.start
