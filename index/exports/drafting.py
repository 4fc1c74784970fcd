"""The words by which a new document cites another one, from known facts only.

State documents: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I (nội dung văn bản): on first mention type, number,
date, issuer and subject (a law: type and name); later type and number. Documents of the Party: Hướng dẫn
36-HD/VPTW, with a comma before the date and the date in figures. In both, days below 10 and the months 1 and
2 are written with a zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.bodies import read_system
from corpus.models import Body, Fact
from corpus.text import fold_spaces

STATE_RULE = "Nghị định 30/2020/NĐ-CP, phụ lục I"
PARTY_RULE = "thể thức văn bản của Đảng"
_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
_LETTER = "Công văn"
# A subject that opens with one of these goes on the sentence; any other is a name and is set in quotes.
_GOES_ON = re.compile(
    r"(?:về|quy định|ban hành|phê duyệt|sửa đổi|bổ sung|bãi bỏ|thay thế|hướng dẫn|công bố|giao|ủy quyền|uỷ quyền"
    r"|phân cấp|thành lập|kiện toàn|điều chỉnh|triển khai|thực hiện|tổ chức|thông qua|quyết định|đính chính"
    r"|kết luận|tăng cường|đẩy mạnh|phân công|cho phép|chấp thuận|của)\b",
    re.IGNORECASE,
)
_NAMES_ISSUER = re.compile(r"của\s", re.IGNORECASE)
_WRITTEN_OUT = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
_STATE_BODY = re.compile(
    r"(?:chính phủ|thủ tướng|quốc hội|(?:ủy|uỷ) ban (?:nhân dân|thường vụ quốc hội)|hội đồng nhân dân|bộ (?!chính trị)"
    r"|sở |văn phòng (?:chính phủ|quốc hội))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDocument:
    """What is known of a document to be cited; None is not known."""

    symbol: str | None
    type: str | None = None
    issued_on: str | None = None  # ISO 8601
    issuer: str | None = None
    subject: str | None = None  # trích yếu; the name of a law
    party: bool | None = None  # whether it is one of the Party, by its number, else by its issuer


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftingForm:
    """How to cite a document in a new one."""

    symbol: str
    first: str  # "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư"
    later: str  # "Nghị định số 30/2020/NĐ-CP"
    rule: str  # STATE_RULE or PARTY_RULE
    missing: tuple[str, ...] = ()  # Vietnamese: what the rule asks for on first mention and is not known
    notes: tuple[str, ...] = ()  # Vietnamese: what the writer has to look at
    shown_by: tuple[str, int, int] | None = None  # (document id, start, end), where its text is not held


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedForm:
    """No form can be written without guessing."""

    symbol: str | None
    reason: str  # Vietnamese


def write_form(known: KnownDocument) -> DraftingForm | RefusedForm:
    """The form of a document; refused without its number, its type or its system.

    >>> decree = KnownDocument(symbol="30/2020/NĐ-CP", type="Nghị định", issued_on="2020-03-05",
    ...     issuer="Chính phủ", subject="Về công tác văn thư", party=False)
    >>> write_form(decree).first
    'Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư'
    """
    if known.symbol is None or known.symbol.startswith("?"):
        return RefusedForm(symbol=known.symbol, reason="chưa rõ số, ký hiệu đầy đủ của văn bản")
    if known.type is None:
        return RefusedForm(symbol=known.symbol, reason="chưa rõ tên loại văn bản")
    if known.party is None:
        return RefusedForm(symbol=known.symbol, reason="chưa rõ là văn bản của Nhà nước hay của Đảng")
    rule = PARTY_RULE if known.party else STATE_RULE
    later = f"{known.type} số {known.symbol}"
    if known.type in _LAWS:
        return _write_law(known, rule, later)
    dated = _write_date(known.issued_on, party=known.party)
    subject = fold_spaces(known.subject) if known.subject else None
    issuer, notes = _choose_issuer(_write_issuer(known.issuer), subject, party=known.party)
    parts = [
        later + (dated or ""),
        f"của {issuer}" if issuer else None,
        _write_subject(subject, known.type) if subject else None,
    ]
    named = issuer or (subject and _NAMES_ISSUER.match(subject))
    missing = {"ngày ban hành": dated, "cơ quan ban hành": named, "trích yếu": subject}
    return DraftingForm(
        symbol=known.symbol,
        first=" ".join(part for part in parts if part),
        later=later,
        rule=rule,
        missing=tuple(name for name, value in missing.items() if not value),
        notes=(*notes, *_note_capitals(subject)),
    )


def _choose_issuer(
    issuer: str | None, subject: str | None, *, party: bool
) -> tuple[str | None, tuple[str, ...]]:
    """The issuer to write, and what the writer is told of one that is not written."""
    if issuer and _contradicts(issuer, party=party):
        return None, (f"bỏ cơ quan “{issuer}” vì không hợp với số, ký hiệu",)
    if issuer and subject and _NAMES_ISSUER.match(subject):  # "của Bộ Chính trị, Ban Bí thư về …"
        return None, (f"trích yếu tự nêu cơ quan ban hành; kho ghi “{issuer}”",)
    return issuer, ()


def _write_law(known: KnownDocument, rule: str, later: str) -> DraftingForm | RefusedForm:
    if not known.subject:
        return RefusedForm(symbol=known.symbol, reason="chưa rõ tên của luật, pháp lệnh")
    name = fold_spaces(known.subject)
    named = name if name.casefold().startswith(f"{known.type} ".casefold()) else f"{known.type} {name}"
    return DraftingForm(
        symbol=known.symbol or "", first=named, later=later, rule=rule, notes=_note_capitals(name)
    )


def _write_date(iso: str | None, *, party: bool) -> str | None:
    try:
        day = date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
    if day is None:
        return None
    month = f"{day.month:02}" if day.month <= 2 else f"{day.month}"
    if party:
        return f", ngày {day.day:02}/{month}/{day.year:04}"
    return f" ngày {day.day:02} tháng {month} năm {day.year:04}"


def _write_issuer(issuer: str | None) -> str | None:
    """The name of the issuer alone, written out."""
    if issuer is None:
        return None
    name = re.sub(r" \(.*", "", fold_spaces(issuer))  # "Văn phòng Chính phủ (kết luận của Thủ tướng …)"
    for short, long in _WRITTEN_OUT.items():
        name = re.sub(rf"\b{short}\b", long, name)
    return name


def _contradicts(issuer: str, *, party: bool) -> bool:
    """Whether a body of this name cannot have given a number of the other system."""
    if party:
        return _STATE_BODY.match(issuer) is not None
    system = read_system(Fact(value=issuer), None, None)
    return system is not None and system.value == Body.PARTY.value


def _write_subject(subject: str, type_: str) -> str:
    if in_capitals(subject):
        return subject
    if type_ == _LETTER and not _GOES_ON.match(subject):
        return f"về việc {subject}"  # it stands behind "V/v" there
    return subject[0].lower() + subject[1:] if _GOES_ON.match(subject) else f"“{subject}”"


def _note_capitals(subject: str | None) -> tuple[str, ...]:
    # Which words are names cannot be told from capitals alone; writing them small would be a guess.
    return (
        ("trích yếu in hoa trong văn bản: hãy viết lại chữ thường",)
        if subject and in_capitals(subject)
        else ()
    )


def in_capitals(text: str) -> bool:
    """Whether it is set in capitals; "(thực hiện …)" may stand behind in small letters."""
    letters = [character for character in text if character.isalpha()]
    return sum(map(str.isupper, letters)) > len(letters) / 2
