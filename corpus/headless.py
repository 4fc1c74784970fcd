"""Facts of official texts that lost their head on the way: letters, continuations, appendices, records.

Portals often show a document without its letterhead. What is left still says something of itself: a letter
names its sender in its last sentence, an appendix names the act that it was issued with, a decision calls
itself "Quyết định này". Each fact keeps the words that say it; nothing is taken from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.dates import find_dates
from corpus.head import is_capitals
from corpus.issuers import read_issuer
from corpus.lines import TextLine
from corpus.models import Fact, System
from corpus.signature import RECIPIENTS, Signature, find_signature
from corpus.structure import find_sections
from corpus.symbols import find_symbols
from corpus.text import fold
from corpus.type_lines import TYPE_LINE, type_fact

_KINDS = (
    "Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị|Kế hoạch|Công văn|Thông báo|Công điện|Kết luận"
    "|Hướng dẫn|Chương trình|Luật|Tờ trình|Báo cáo"
)
_ATTACHED = re.compile(rf"\s*\(?\s*(?:[Bb]an hành\s+)?[Kk]èm theo\s+(?P<type>{_KINDS})\s+số\s*:?\s*(?=\d)")
_CONTINUED = re.compile(rf"(?P<type>{_KINDS}) số (?=\d)")
_CONTINUES = re.compile(r"\(\s*(?:Tiếp theo|Xem từ) Công báo", re.IGNORECASE)
_REPRODUCED = re.compile(
    rf"(?:.*\b(?:giới thiệu|đăng|đăng tải|dưới đây là|sau đây là)\s+)?(?:toàn văn|nguyên văn)\s*:?\s+(?:nội dung\s+)?(?P<type>{_KINDS})\s+(?:số\s+)?(?=\d)",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?P<type>Văn bản hợp nhất|{_KINDS}) (?:số )?(?=\d)")
_RECORD = re.compile(
    rf"{_NAMED.pattern}.{{0,80}}? ngày .* do (?:Bộ trưởng |Chủ tịch |Thủ trưởng )?(?P<body>[^\W\d_].{{3,120}}?) ban hành\b"
    r".*đang cập nhật"
)
_SAYS = re.compile(
    r"\s+(?:có ý kiến như sau|có ý kiến|trả lời|thông báo (?:để|cho)|đề nghị|yêu cầu|nhận được|kính đề nghị|hướng dẫn)"
)
_WHOSE = {
    "cục trưởng": "cuc",
    "bộ trưởng": "bo",
    "chủ tịch": "uy ban",
    "giám đốc": "so",
    "tổng cục trưởng": "tong cuc",
}
_OPENING = 6
_FULL_TEXT = 4  # sections that a reproduced document has at least
_CLOSING = 8  # lines before the recipients in which the sender is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Headless:
    """What a text without a head says of itself."""

    type: Fact | None = None
    number: Fact | None = None
    system: System | None = None
    issuer: Fact | None = None
    issued_on: Fact | None = None
    signature: Signature | None = None


def read_letter(text: str, lines: Sequence[TextLine]) -> Headless | None:
    """A letter or a telegram copied without its head: "Kính gửi" or a type line first, a signature last."""
    signature = find_signature(lines)
    recipients = next((i for i, line in enumerate(lines) if RECIPIENTS.match(line.text)), None)
    if signature is None or recipients is None:
        return None
    kind = _letter_type(lines)
    if kind is None:
        return None
    attached = read_attached(lines)
    return Headless(
        type=kind,
        number=attached.number if attached else None,
        system=attached.system if attached else None,
        issuer=_find_sender(text, lines[:recipients], signature) or (attached.issuer if attached else None),
        issued_on=attached.issued_on if attached else None,
        signature=signature,
    )


def _letter_type(lines: Sequence[TextLine]) -> Fact | None:
    for line in lines[:2]:
        if line.text.startswith("Kính gửi"):
            return Fact(value="Công văn", start=line.start, end=line.start + len("Kính gửi"))
    match = TYPE_LINE.match(lines[0].text)
    return type_fact(lines[0], match) if match is not None and not match["rest"].strip("*: ") else None


def _find_sender(text: str, lines: Sequence[TextLine], signature: Signature) -> Fact | None:
    """The body that speaks in the letter ("… có ý kiến như sau", "… trả lời để … biết"), if one alone does."""
    bodies = list(_speaking(text, lines))
    names = {fold(fact.value) for fact in bodies}
    if len(names) != 1 or not _fits_office(bodies[0], signature):
        return None
    return bodies[0]


def _speaking(text: str, lines: Sequence[TextLine]) -> Iterator[Fact]:
    for line in lines[-_CLOSING:]:
        if (fact := _body_at(text, line.start)) is not None:
            yield fact
    for line in lines[:_OPENING]:
        for match in re.finditer(r"(?:^|, )(?=[^\W\d_a-z])", line.text):
            fact = _body_at(text, line.start + match.end())
            if fact is not None:
                yield fact


def _body_at(text: str, start: int) -> Fact | None:
    end = read_issuer(text, start)
    if end is None or not text[start].isupper() or _SAYS.match(text, end) is None:
        return None
    return Fact(value=" ".join(text[start:end].split()), start=start, end=end)


def _fits_office(body: Fact, signature: Signature) -> bool:
    """Whether the body is the one whose chief, or on behalf of whose chief, the letter is signed."""
    office = " ".join(fact.value.lower() for fact in (signature.role,) if fact)
    wanted = next((head for name, head in _WHOSE.items() if office.endswith(name)), None)
    name = fold(body.value)
    return wanted is None or name.startswith((wanted, "ubnd" if wanted == "uy ban" else wanted))


def read_opening(lines: Sequence[TextLine]) -> Headless | None:
    """A document whose letterhead is lost but not its type line: "NGHỊ ĐỊNH", its title, the recitals."""
    for i, line in enumerate(lines[:3]):
        match = TYPE_LINE.match(line.text)
        if match is None or match["rest"].strip("*: "):
            continue
        if any(following.text.startswith(("Căn cứ", "Điều 1.")) for following in lines[i : i + 25]):
            return Headless(type=type_fact(line, match), signature=find_signature(lines))
    return None


def read_continuation(lines: Sequence[TextLine]) -> Headless | None:
    """The second part of a long document in the gazette: "Thông tư số … ngày … (Tiếp theo Công báo số …)"."""
    for i, line in enumerate(lines[:_OPENING]):
        match = _CONTINUED.match(line.text)
        if match is not None and any(_CONTINUES.match(after.text) for after in lines[i : i + 4]):
            return _read_naming(line, match)
    return None


def read_attached(lines: Sequence[TextLine]) -> Headless | None:
    """What the appendices name as the act that they were issued with, where all of them agree."""
    named = [
        _read_naming(line, match)
        for line in lines
        if (match := _ATTACHED.match(line.text)) is not None and len(line.text) <= 400
    ]
    found = [one for one in named if one is not None and one.number is not None]
    return found[0] if found and len({one.number.value for one in found if one.number}) == 1 else None


def _read_naming(line: TextLine, match: re.Match[str]) -> Headless | None:
    """Type, number, date and body of the act that a line names from `match` on."""
    mentions = [m for m in find_symbols(line.text) if m.start >= match.end() and not m.short]
    if not mentions or mentions[0].start > match.end() + 1:
        return None
    number = mentions[0]
    dates = [d for d in find_dates(line.text) if d.start >= number.end and d.start - number.end <= 12]
    after = dates[0].end if dates else number.end
    issuer = re.compile(r"\s+của\s+").match(line.text, after)
    end = read_issuer(line.text, issuer.end()) if issuer else None
    return Headless(
        type=Fact(
            value=match["type"], start=line.start + match.start("type"), end=line.start + match.end("type")
        ),
        number=Fact(value=number.canonical, start=line.start + number.start, end=line.start + number.end),
        system=number.system,
        issuer=_as_fact(line, issuer.end(), end) if issuer and end else None,
        issued_on=Fact(value=dates[0].iso, start=line.start + dates[0].start, end=line.start + dates[0].end)
        if dates
        else None,
    )


def _as_fact(line: TextLine, start: int, end: int) -> Fact:
    name = " ".join(line.text[start:end].split())
    return Fact(value=name, start=line.start + start, end=line.start + end)


def read_reproduction(text: str, lines: Sequence[TextLine]) -> Headless | None:
    """A page that announces the full text of a document and then gives it, article by article."""
    for line in lines[:_OPENING]:
        match = _REPRODUCED.match(line.text.lstrip("# "))
        if match is None:
            continue
        lead = len(line.text) - len(line.text.lstrip("# "))
        read = _read_naming(TextLine(line.start + lead, line.end, line.text[lead:]), match)
        sections = [section for section in find_sections(text) if section.start > line.end]
        if read is not None and len(sections) >= _FULL_TEXT:
            kind = read.type and replace(read.type, value=read.type.value.capitalize())
            return replace(read, type=kind, signature=find_signature(lines))
    return None


def read_attachment(lines: Sequence[TextLine]) -> Headless | None:
    """What is left of a document without head and body: a title in capitals, then what it was issued with."""
    return read_attached(lines) if lines and is_capitals(lines[0].text) else None


def read_record(lines: Sequence[TextLine]) -> Headless | None:
    """A portal's record of a document whose text it does not hold yet: one line with all its facts."""
    if not 1 <= len(lines) <= 3 or (record := _RECORD.match(lines[0].text)) is None:
        return None
    named = _NAMED.match(lines[0].text)
    read = _read_naming(lines[0], named) if named is not None else None
    return replace(read, issuer=_as_fact(lines[0], *record.span("body"))) if read is not None else None
