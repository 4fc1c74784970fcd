"""The words by which a new document cites another one, from known facts only.

State documents: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I (nội dung văn bản): on first mention type, number,
date, issuer and subject (a law: type and name); later type and number. Documents of the Party: Hướng dẫn
36-HD/VPTW, with a comma before the date and the date in figures. In both, days below 10 and the months 1 and
2 are written with a zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.models import Body, Document, DocumentKind, Reference, System
from corpus.store import Store
from corpus.symbols import read_symbol
from corpus.text import fold_spaces
from index.authority import code_of_name, type_code, type_name

STATE_RULE = "Nghị định 30/2020/NĐ-CP, phụ lục I"
PARTY_RULE = "thể thức văn bản của Đảng"
_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
_LETTER = "Công văn"
# A subject that opens with one of these goes on the sentence; any other is a name and is set in quotes.
_GOES_ON = re.compile(
    r"(?:về|quy định|ban hành|phê duyệt|sửa đổi|bổ sung|bãi bỏ|thay thế|hướng dẫn|công bố|giao|ủy quyền|uỷ quyền"
    r"|phân cấp|thành lập|kiện toàn|điều chỉnh|triển khai|thực hiện|tổ chức|thông qua|quyết định|đính chính"
    r"|kết luận|tăng cường|đẩy mạnh|phân công|cho phép|chấp thuận)\b",
    re.IGNORECASE,
)
_WRITTEN_TYPE = re.compile(r"(?P<type>[^\W\d_]+(?:\s+[^\W\d_]+){0,3}?)\s+số\b", re.IGNORECASE)


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


def form_of_held(store: Store, document_id: str) -> DraftingForm | RefusedForm:
    """How to cite a document whose text is held. Raises UnknownDocument."""
    document = store.document(document_id)
    facts = document.facts
    if facts.kind is DocumentKind.NEWS:
        reason = "trang này là bài báo; hãy dẫn nó là bài báo, không dẫn như văn bản"
        return RefusedForm(symbol=None, reason=reason)
    known = KnownDocument(
        symbol=facts.symbol.value if facts.symbol else None,
        type=facts.type.value if facts.type else None,
        issued_on=facts.issued_on.value if facts.issued_on else None,
        issuer=facts.issuer.value if facts.issuer else None,
        subject=_subject_as_written(document),
        party=_is_party(
            facts.symbol.value if facts.symbol else None, facts.system.value if facts.system else None
        ),
    )
    return write_form(known)


def form_of_number(store: Store, symbol: str) -> DraftingForm | RefusedForm:
    """How to cite the document of a number: by its text where that is held, else by what others say of it."""
    held = store.documents_with_symbol(symbol)
    if not held:
        return _form_of_mentioned(store, symbol)
    if len(held) > 1 and not set(held[1:]) <= set(store.copies(held[0])):
        told = {
            (f.issuer and f.issuer.value, f.issued_on and f.issued_on.value) for f in map(store.facts, held)
        }
        if len(told) > 1 or None in next(iter(told)):  # else they are one document, held twice
            reason = f"kho có {len(held)} văn bản mang số này, không rõ có phải là một"
            return RefusedForm(symbol=symbol, reason=reason)
    forms = [form_of_held(store, one) for one in held]
    written = [form for form in forms if isinstance(form, DraftingForm)]
    return min(written, key=lambda form: len(form.missing)) if written else forms[0]


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
    first = later + (dated or "") + (f" của {fold_spaces(known.issuer)}" if known.issuer else "")
    subject = fold_spaces(known.subject) if known.subject else None
    missing = {"ngày ban hành": dated, "cơ quan ban hành": known.issuer, "trích yếu": subject}
    return DraftingForm(
        symbol=known.symbol,
        first=f"{first} {_write_subject(subject, known.type)}" if subject else first,
        later=later,
        rule=rule,
        missing=tuple(name for name, value in missing.items() if not value),
        notes=_note_capitals(subject),
    )


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


def _write_subject(subject: str, type_: str) -> str:
    if subject.isupper():
        return subject
    if type_ == _LETTER and not _GOES_ON.match(subject):
        return f"về việc {subject}"  # it stands behind "V/v" there
    return subject[0].lower() + subject[1:] if _GOES_ON.match(subject) else f"“{subject}”"


def _note_capitals(subject: str | None) -> tuple[str, ...]:
    # Which words are names cannot be told from capitals alone; writing them small would be a guess.
    return (
        ("trích yếu in hoa trong văn bản: hãy viết lại chữ thường",) if subject and subject.isupper() else ()
    )


def _subject_as_written(document: Document) -> str | None:
    """The subject; one in capitals as the document writes it elsewhere in small letters, where it does."""
    fact = document.facts.title
    if fact is None or not fact.value.isupper():
        return fact.value if fact else None
    pattern = r"\s+".join(map(re.escape, fact.value.split()))
    written = (found[0] for found in re.finditer(pattern, document.text, re.IGNORECASE))
    return next((words for words in written if not words.isupper()), fact.value)


def _is_party(symbol: str | None, body: str | None = None) -> bool | None:
    mention = read_symbol(symbol) if symbol else None
    if mention is not None and mention.system is not None:
        return mention.system is System.PARTY
    return {Body.PARTY.value: True, Body.STATE.value: False}.get(body or "")


# --- documents whose text is not held


def _form_of_mentioned(store: Store, symbol: str) -> DraftingForm | RefusedForm:
    """From one mention that gives date and issuer together: two mentions may speak of two documents."""
    references = [pair for pair in store.references_to(symbol) if not pair[1].symbol.startswith("?")]
    if not references:
        return RefusedForm(symbol=symbol, reason="kho không có văn bản này và không trang nào nhắc tới đủ số")
    days = sorted({reference.date for _, reference in references if reference.date})
    if len(days) > 1:
        return RefusedForm(
            symbol=symbol, reason=f"các trang ghi khác nhau về ngày ban hành: {', '.join(days)}"
        )
    page, reference = max(references, key=_telling)
    name = _type_written(store.text(page), reference) or _type_of(reference.symbol)
    form = write_form(
        KnownDocument(
            symbol=reference.symbol,
            type=name,
            issued_on=reference.date,
            issuer=reference.issuer,
            party=_is_party(reference.symbol),
        )
    )
    if isinstance(form, RefusedForm):
        return form
    notes = (
        f"kho chưa có toàn văn; theo cách trang “{fold_spaces(store.profile(page).title)}” nhắc tới",
        *_other_issuers(reference, [other for _, other in references]),
    )
    return replace(form, notes=notes, shown_by=(page, reference.start, reference.end))


def _telling(pair: tuple[str, Reference]) -> tuple[bool, int, bool]:
    reference = pair[1]
    both = reference.date is not None and reference.issuer is not None
    return both, len(reference.issuer or "") if both else 0, reference.date is not None


def _other_issuers(chosen: Reference, others: Sequence[Reference]) -> tuple[str, ...]:
    named = {fold_spaces(other.issuer) for other in others if other.issuer}
    differing = sorted(name for name in named if name not in fold_spaces(chosen.issuer or ""))
    return (f"nơi khác ghi cơ quan ban hành là {', '.join(differing)}: hãy kiểm tra",) if differing else ()


def _type_written(text: str, reference: Reference) -> str | None:
    """The type as the mention writes it out: the number alone does not tell quy định from quyết định."""
    found = _WRITTEN_TYPE.search(text[reference.start : reference.symbol_start])
    name = fold_spaces(found["type"]).capitalize() if found else None
    return name if code_of_name(name) is not None else None


def _type_of(symbol: str) -> str | None:
    code = type_code(symbol)
    return None if code == "QĐ" and _is_party(symbol) else type_name(code)
