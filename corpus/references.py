"""References: what a text says beside each document number, and the parts of news that restate a document.

The rules follow domain.md §1.7 (how documents cite each other) and §2.1 (relation = nearest cue to the left
of the number in the same clause). Nothing is guessed: a date or an issuer that the text does not write
beside a number (or beside another mention of the same number) stays None.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus.dates import FoundDate, date_at, find_dates
from corpus.issuers import UPPER, read_issuer
from corpus.models import Reference, Relation, Report, SymbolMention
from corpus.symbols import complete_short_forms, find_symbols, plain_text, symbol_key, type_word_before
from corpus.text import fold
from ingest.models import Block

# A văn phòng issues notices that state the conclusion of somebody else (domain.md §0.3).
_OFFICES = {
    "VPCP": "Văn phòng Chính phủ",
    "VPTW": "Văn phòng Trung ương Đảng",
    "VPTU": "Văn phòng Tỉnh ủy",
    "VPQH": "Văn phòng Quốc hội",
}

_MAX_LAW_TITLE = 160
_LAW_TITLE = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh)(?![^\W_])(?:(?!Luật|luật|Pháp lệnh)[^;:.()\n\d]){1,120}[Ss]ố\s*:?\s*$"
)
_CLAUSE_END = re.compile(r"[;\n…]|[.!?:](?=\s)")
_MAX_CLAUSE = 600  # characters looked back for the start of a clause; longer ones have no cue of ours there

_DATE_AFTER = re.compile(r"\s*,?\s*\(?\s*(?:ban hành\s+|ký\s+)?(?:ngày|ngay|Ngày)\s+|\s*\(\s*")
_ISSUER_AFTER = re.compile(r"\s*,?\s*(?:của|do)\s+(?:liên\s+)?")
_JOINT = re.compile(r"\s*(?:,|;|và|[-–])\s+")
_JOINT_TYPES = frozenset({"TTLT", "TTLB", "NQLT", "CTLT", "KHLT", "QCLT", "QCPH", "CTPH", "KHPH"})
_DATE_BEFORE = re.compile(r"(?:[Nn]gày|[Hh]ôm)\s+$")

# The verb of issuing that leads in a number: "đã ban hành", "vừa ký ban hành", "ban hành", "đã ký".
_ISSUING = re.compile(
    r"(?:(?:đã|vừa|mới|vừa mới|sẽ)\s+)?(?:chính thức\s+)?(?:"
    r"(?:ký\s+)?ban hành|(?<=đã )(?:ký|thông qua|có|ra|phát hành)|(?<=vừa )(?:ký|thông qua|có|ra|phát hành)"
    r"|(?<= )(?P<weak>ký|thông qua|có|ra|phát hành)"
    r")(?:\s+(?:các|một|những))?\s*$"
)
_ON_BEHALF = re.compile(r"(?:Thay mặt|thay mặt|Thừa ủy quyền|T/M|TM\.)\s+(?:của\s+)?")

# In the order of trial at one place: phrases before the single words that open them.
_CUES: tuple[tuple[Relation, str], ...] = (
    (
        Relation.REFERS_TO,
        r"(?:được|bị) (?:sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)[^;.\n]{0,40}? (?:theo|bởi|tại|bằng)"
        r"|(?:theo )?(?:đúng )?(?:quy định|yêu cầu|hướng dẫn|nội dung|chỉ đạo|nhiệm vụ|mẫu|phụ lục)"
        r" (?:tại|trong|của|theo)|kèm theo|dẫn chiếu|nêu tại|nêu trong|so với",
    ),
    (
        Relation.BASED_ON,
        r"căn cứ(?: vào)?|trên cơ sở|xét đề nghị|theo đề nghị|theo mục tiêu|theo tinh thần",
    ),
    (
        Relation.GUIDES,
        r"hướng dẫn (?:triển khai )?(?:thực hiện|thi hành|áp dụng)|hướng dẫn"
        r"|quy định chi tiết(?: và hướng dẫn)?(?: thi hành)?",
    ),
    (
        Relation.IMPLEMENTS,
        r"(?:tổ chức |tiếp tục |triển khai )?(?:thực hiện|thi hành)|triển khai|cụ thể h(?:óa|oá)|quán triệt"
        r"|(?<!ban )chấp hành",
    ),
    (Relation.AMENDS, r"sửa đổi,? (?:và )?bổ sung|bổ sung, sửa đổi|sửa đổi|bổ sung"),
    (Relation.REPLACES, r"thay thế"),
    (Relation.ABROGATES, r"bãi bỏ|hủy bỏ|huỷ bỏ"),
    (
        Relation.REPORTED,
        r"(?:đã|vừa|mới|vừa mới)(?: chính thức)? (?:ký ban hành|ban hành|ký|thông qua|có|ra|phát hành)"
        r"|(?:ký )?ban hành",
    ),
)
_BARE_CUE = r"(?P<BARE>(?<!\w)(?:theo|tại)(?!\w))"  # REFERS_TO
# "đã được sửa đổi" says what happened to the document before it, nothing of the one behind it.
_PASSIVE = (
    r"(?P<PASSIVE>(?:được|bị) (?:sửa đổi, bổ sung|sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|ban hành|thông qua))"
)
_CUE = re.compile(
    "|".join(
        [
            *(rf"(?P<{relation.name}>(?<!\w)(?:{words})(?!\w))" for relation, words in _CUES),
            _PASSIVE,
            _BARE_CUE,
        ]
    )
)
_ACTING = frozenset(
    {Relation.IMPLEMENTS, Relation.GUIDES, Relation.AMENDS, Relation.REPLACES, Relation.ABROGATES}
)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands right beside a number, and the span that it widens the evidence to."""

    start: int
    end: int
    date: str | None = None
    issuer: str | None = None


def find_references(text: str, mentions: tuple[SymbolMention, ...] | None = None) -> tuple[Reference, ...]:
    """One reference per document number of `text`, in order, with what the text says beside it.

    `mentions` defaults to `find_symbols(text)`. Dates are ISO 8601; offsets count code points of `text`, and
    `text[start:end]` covers type word, number, and the date and issuer that stand directly beside it.
    """
    plain = plain_text(text)
    found = complete_short_forms(find_symbols(text) if mentions is None else mentions)
    named = tuple((_type_start(plain, mention.start), mention) for mention in found)
    cues = _find_cues(plain, named)
    references: list[Reference] = []
    clause_start = 0
    for start, mention in named:
        clause_start = _clause_start(plain, clause_start, mention.start)
        relation, subject = _relate(cues, clause_start, start, references)
        reference = _read_beside(plain, clause_start, start, mention)
        subject = subject if subject != mention.canonical else None
        references.append(replace(reference, relation=relation, subject=subject))
    return _lend(tuple(references), found)


def _read_beside(plain: str, clause_start: int, start: int, mention: SymbolMention) -> Reference:
    """The reference of a number whose type word begins at `start`, without its relation."""
    after = _read_after(plain, start, mention)
    before = _read_before(plain, clause_start, start)
    return Reference(
        symbol=mention.canonical,
        relation=None,
        date=after.date or before.date,
        issuer=_name_office(mention, after.issuer or before.issuer),
        start=before.start,
        end=after.end,
        symbol_start=mention.start,
        symbol_end=mention.end,
    )


def _type_start(plain: str, start: int) -> int:
    word = type_word_before(plain, start)
    return word.start if word is not None else _so_start(plain, start)


def _so_start(plain: str, start: int) -> int:
    """Where "số" before a number begins, or the law's title before it ("Luật Đất đai số 31/2024/QH15")."""
    titled = _LAW_TITLE.search(plain, max(0, start - _MAX_LAW_TITLE), start)
    if titled is not None:
        return titled.start()
    so = re.search(r"(?<!\w)[Ss]ố\s*:?\s*$", plain[max(0, start - 8) : start])
    return start if so is None else start - (len(so[0]))


def _clause_start(plain: str, known: int, position: int) -> int:
    low = max(known, position - _MAX_CLAUSE)
    end = low
    for mark in _CLAUSE_END.finditer(plain, low, position):
        if not _is_inner_point(plain, mark):
            end = mark.end()
    return end


def _is_inner_point(plain: str, mark: re.Match[str]) -> bool:
    """The colon of "Số: 15/QĐ-UBND" and the point of "TP. Hà Tĩnh" or "TM. UBND" end no clause."""
    before = plain[max(0, mark.start() - 4) : mark.start()]
    if mark[0] == ":":
        return re.search(r"(?<!\w)[Ss]ố\s?$", before) is not None
    return mark[0] == "." and re.search(r"(?<!\w)(?:TP|TX|TM|KT|TL|Q|P|H|GS|TS|ThS)$", before) is not None


# --- what stands beside a number ----------------------------------------------------------------------------


def _read_after(plain: str, start: int, mention: SymbolMention) -> _Beside:
    """Date and issuer behind a number, in either order: "ngày 22/2/2022 của Thủ tướng Chính phủ"."""
    end, iso, issuer = mention.end, None, None
    for _ in range(2):
        if iso is None and (found := _date_after(plain, end)) is not None:
            iso, end = found.iso, found.end
            end += plain[end : end + 1] == ")"
        if issuer is None and (name := _issuer_after(plain, end, mention.type_code)) is not None:
            issuer, end = _squeeze(plain[name[0] : name[1]]), name[1]
    return _Beside(start, end, iso, issuer)


def _date_after(plain: str, end: int) -> FoundDate | None:
    lead = _DATE_AFTER.match(plain, end)
    if lead is None:
        return None
    return date_at(plain, lead.end()) or _dated_in_brackets(plain, lead)


def _dated_in_brackets(plain: str, lead: re.Match[str]) -> FoundDate | None:
    day = re.compile(r"ngày\s+").match(plain, lead.end())
    return date_at(plain, day.end()) if day is not None and "(" in lead[0] else None


def _issuer_after(plain: str, end: int, type_code: str | None) -> tuple[int, int] | None:
    """The span of the body after "của"; of all of them where the act is a joint one."""
    lead = _ISSUER_AFTER.match(plain, end)
    name_end = read_issuer(plain, lead.end()) if lead is not None and "\n\n" not in lead[0] else None
    if lead is None or name_end is None:
        return None
    while type_code in _JOINT_TYPES and (more := _JOINT.match(plain, name_end)) is not None:
        next_end = read_issuer(plain, more.end())
        if next_end is None:
            break
        name_end = next_end
    return lead.end(), name_end


def _read_before(plain: str, clause_start: int, start: int) -> _Beside:
    """Date and issuer before a number: "Ngày 15/7/2021, UBND tỉnh đã ban hành Kế hoạch số …"."""
    clause = plain[clause_start:start]
    verb = _ISSUING.search(clause)
    if verb is None:
        return _Beside(start, start)
    subject = _issuing_subject(clause[: verb.start()])
    if verb["weak"] and subject is None:  # "có", "ra" alone say nothing: a body must be what has or makes it
        return _Beside(start, start)
    lead_end = subject[0] if subject is not None else verb.start()
    dated = _date_before(clause, lead_end)
    issuer = _squeeze(clause[subject[1] : subject[2]]) if subject is not None else None
    if dated is None and issuer is None:
        return _Beside(start, start)
    first = min(dated[0] if dated is not None else lead_end, lead_end)
    return _Beside(clause_start + first, start, dated[1] if dated is not None else None, issuer)


def _issuing_subject(clause: str) -> tuple[int, int, int] | None:
    """Start of the subject phrase and span of the body named in it, reading `clause` up to its verb."""
    behalf = _last(_ON_BEHALF.finditer(clause))
    if behalf is not None and (end := read_issuer(clause, behalf.end())) is not None:
        return behalf.start(), behalf.end(), end
    starts = [match.end() for match in re.finditer(r"(?:^|,|(?<=[/.\- ]\d{4})(?=\s))\s*", clause)]
    for begin in reversed(starts):
        inner = re.compile(
            r"(?:(?:sau đó|đồng thời|theo đó|mới đây|vừa qua|trên cơ sở đó)\s+)?", re.IGNORECASE
        )
        lead = inner.match(clause, begin)
        at = lead.end() if lead is not None else begin
        end = read_issuer(clause, at)
        if end is not None and clause[end:].strip() == "":
            return at, at, end
    return None


def _last(matches: Iterable[re.Match[str]]) -> re.Match[str] | None:
    newest = deque(matches, maxlen=1)
    return newest[0] if newest else None


def _date_before(clause: str, end: int) -> tuple[int, str] | None:
    """The date that directly precedes the subject, with the offset of its "ngày"."""
    low = max(0, end - 40)
    for found in reversed(find_dates(clause[low:end])):
        if clause[low + found.end : end].strip(" ,)") == "":
            day = _DATE_BEFORE.search(clause[: low + found.start])
            return (day.start() if day is not None else low + found.start), found.iso
    return None


def _name_office(mention: SymbolMention, issuer: str | None) -> str | None:
    """A notice of a văn phòng "của Thủ tướng" is issued by the office and states another's conclusion."""
    office = _OFFICES.get((mention.issuer_code or "").split("-")[0])
    if office is None or issuer is None or mention.type_code not in ("TB", "TBKL", "KL"):
        return issuer
    if fold(issuer).startswith("van phong"):
        return issuer
    return f"{office} (kết luận của {issuer})"


def _squeeze(name: str) -> str:
    return " ".join(name.split())


# --- relations ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Cue:
    relation: Relation
    start: int
    end: int


def _find_cues(plain: str, named: Sequence[tuple[int, SymbolMention]]) -> tuple[_Cue, ...]:
    """All cues of the text; numbers with their type words are none ("Hướng dẫn số 5-HD/TU")."""
    pieces, done = [], 0
    for start, mention in named:
        low = max(done, start)
        pieces += [plain[done:low], "\x00" * (mention.end - low)]
        done = mention.end
    masked = _lower("".join([*pieces, plain[done:]]))
    return tuple(
        _Cue(Relation.REFERS_TO if cue.lastgroup == "BARE" else Relation[str(cue.lastgroup)], *cue.span())
        for cue in _CUE.finditer(masked)
        if cue.lastgroup != "PASSIVE"
    )


def _lower(text: str) -> str:
    """Small letters, one for one (a few capitals have a small form of two code points)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _relate(
    cues: Sequence[_Cue], clause_start: int, start: int, earlier: Sequence[Reference]
) -> tuple[Relation | None, str | None]:
    """The relation by the nearest cue to the left in the clause, and the document that acts, if any."""
    nearest = bisect_right(cues, start, key=lambda cue: cue.end) - 1
    if nearest < 0 or cues[nearest].start < clause_start:
        return None, None
    cue = cues[nearest]
    if cue.relation is Relation.REPORTED:
        return cue.relation, None
    for reference in _in_clause(earlier, clause_start):
        if reference.symbol_end > cue.start:
            continue
        if cue.relation in _ACTING or reference.relation is Relation.REPORTED:
            return cue.relation, reference.symbol
    return cue.relation, None


def _in_clause(earlier: Sequence[Reference], clause_start: int) -> Iterable[Reference]:
    """The references since `clause_start`, the nearest first."""
    return takewhile(lambda reference: reference.symbol_start >= clause_start, reversed(earlier))


@dataclass(frozen=True, slots=True)
class _Given:
    """The value that the first mention of a number gives, and whether all its mentions agree on it."""

    value: str
    start: int
    agreed: bool = True

    def joined(self, value: str) -> _Given:
        return self if value == self.value else replace(self, agreed=False)

    def lent_to(self, start: int) -> str | None:
        return self.value if self.start < start or self.agreed else None


def _lend(references: tuple[Reference, ...], mentions: tuple[SymbolMention, ...]) -> tuple[Reference, ...]:
    """References with the date and issuer that other mentions of the same number give.

    The first mention lends to all later ones; to earlier ones only where no mention says otherwise.
    """
    dates: dict[str, _Given] = {}
    issuers: dict[str, _Given] = {}
    keys = [symbol_key(reference.symbol) for reference in references]
    for key, reference, mention in zip(keys, references, mentions, strict=True):
        if not mention.canonical.startswith("?"):
            _note(dates, key, reference.date, reference.start)
            _note(issuers, key, reference.issuer, reference.start)
    return tuple(
        replace(
            reference,
            date=reference.date or _borrow(dates, key, reference.start),
            issuer=reference.issuer or _borrow(issuers, key, reference.start),
        )
        for key, reference in zip(keys, references, strict=True)
    )


def _note(given: dict[str, _Given], key: str, value: str | None, start: int) -> None:
    if value is not None:
        given[key] = given[key].joined(value) if key in given else _Given(value, start)


def _borrow(given: dict[str, _Given], key: str, start: int) -> str | None:
    return given[key].lent_to(start) if key in given else None


# --- reports ------------------------------------------------------------------------------------------------

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


def find_reports(text: str, blocks: Sequence[Block] | None = None) -> tuple[Report, ...]:
    """The parts of a news text that restate one reported document, in order, without overlaps.

    A part opens with a paragraph that names the document's issuing, its issuer or its kind and ends in an
    opener ("… đề nghị một số nội dung sau:"), and runs on to a byline, an ending, or narration. `blocks`
    gives the paragraphs; without it they are the lines of `text`.
    """
    reported = [r for r in find_references(text) if r.relation is Relation.REPORTED]
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
    types = {mention.type_code for mention in find_symbols(symbol)}
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
