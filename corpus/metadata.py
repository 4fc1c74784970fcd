"""What a page says of itself: kind, number, type, title, issuer, place, dates and signer.

The head and the signature of a document are read (corpus/head.py, corpus/signature.py); what a consolidated
text or a text without head shows elsewhere is read there (corpus/consolidated.py, corpus/headless.py). Every
value keeps the span that carries it. What is not written stays unknown: a news page has no number, no type,
no issuer and no date of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.bodies import read_issuer_fact, read_issuer_province, read_level, read_system
from corpus.central_party import is_central_letterhead, read_central_issuer
from corpus.consolidated import CONSOLIDATED, Consolidation, find_consolidation
from corpus.head import Head, begins_body, is_capitals, read_head
from corpus.headless import (
    Headless,
    read_attachment,
    read_continuation,
    read_letter,
    read_opening,
    read_record,
    read_reproduction,
)
from corpus.lines import TextLine, split_lines
from corpus.models import DocumentKind, Fact, Facts, Level, Reference, Relation, SymbolMention, System
from corpus.places import PlaceLevel, PlaceMention, current_province, find_places
from corpus.signature import Signature, find_signature
from corpus.structure import find_sections
from corpus.symbols import find_symbols
from corpus.text import fold
from corpus.titles import find_subject
from corpus.type_lines import TYPE_LINE
from corpus.validity import find_effective_on, find_expires_on
from ingest.models import Block, BlockKind, PageText

# Types that the code in a number says without doubt ("QĐ" of the Party is quyết định or quy định).
_TYPES_BY_CODE = {
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
    "KH": "Kế hoạch",
    "TB": "Thông báo",
    "CĐ": "Công điện",
    "TTr": "Tờ trình",
    "BC": "Báo cáo",
    "HD": "Hướng dẫn",
}
_EXACT = ("symbol", "issuer_code", "issued_on", "effective_on", "expires_on")
_OFTEN = 3  # mentions of a province that make it the page's own
_OPENING_WITHIN = 6  # lines: title, lead, a caption or two, and then the first paragraph of a news page
_REPORTING = re.compile(
    r"\b(?:vừa|đã|mới)\s+(?:\w+\s+){0,3}(?:ban hành|ký|có)\b|ban hành\s+(?:\w+\s+){1,3}(?:số\s+)?\d"
    r"|\btheo đó\b|cho biết"
    r"|phát biểu|\b(?:sáng|chiều|tối)\s+(?:ngày\s+)?\d{1,2}[/-]|(?:đồng chí|ông|bà)\s+[^\W\d_a-z]",
    re.IGNORECASE,
)


def read_facts(page: PageText, references: tuple[Reference, ...]) -> Facts:
    """The facts that a page states about itself, each with its span in `page.text`; None where silent.

    A number or a day that OCR was not sure of stays unknown: a wrong digit names another document.
    """
    return _drop_doubted(page, _read_facts(page, references))


def _drop_doubted(page: PageText, facts: Facts) -> Facts:
    for name in _EXACT:
        fact: Fact | None = getattr(facts, name)
        if fact is None or fact.start is None or fact.end is None:
            continue
        if any(fact.start < doubt.end and doubt.start < fact.end for doubt in page.doubts):
            facts = replace(facts, **{name: None})  # type: ignore[arg-type]  # mypy takes the name for any field
    return facts


def _read_facts(page: PageText, references: tuple[Reference, ...]) -> Facts:
    lines = split_lines(page.text)
    scanned = any(sheet.scanned for sheet in page.sheets)
    head = read_head(page.text, lines, scanned=scanned)
    if head.is_document:
        return _complete(page, _read_official(page.text, lines, head))
    for headless in (
        read_record(lines),
        read_letter(page.text, lines),
        read_opening(lines),
        read_continuation(lines),
        read_attachment(lines),
        read_reproduction(page.text, lines),
    ):
        if headless is not None:
            return _complete(page, _read_headless(page.text, lines, headless, head))
    if _is_news(page, lines, references):
        return Facts(kind=DocumentKind.NEWS, province=_find_news_province(page))
    return Facts()


def _read_official(text: str, lines: Sequence[TextLine], head: Head) -> Facts:
    consolidation = find_consolidation(text, lines)
    attested = _read_attestation(text, lines, consolidation)
    issuer = (attested and read_issuer_fact(text, attested)) or read_issuer_fact(text, head)
    number = _own_number(head, consolidation)
    kind = _own_type(head, consolidation)
    signature = _find_own_signature(lines, consolidation)
    issuer = _settle_central(issuer, lines, kind, signature)
    date = (attested.date if attested else None) or (
        None if consolidation and head.type_code != "VBHN" else head.date
    )
    place = attested.place if attested and attested.date else head.place
    return Facts(
        kind=DocumentKind.OFFICIAL,
        symbol=number,
        type=kind,
        issuer=issuer,
        province=read_issuer_province(text, head, issuer),
        place=_as_written(text, place),
        issued_on=date,
        **_signed(signature),
    )


def _read_headless(text: str, lines: Sequence[TextLine], read: Headless, head: Head) -> Facts:
    consolidation = find_consolidation(text, lines)
    attested = _read_attestation(text, lines, consolidation)
    issuer = (attested and read_issuer_fact(text, attested)) or read.issuer
    signature = _find_own_signature(lines, consolidation) if consolidation else read.signature
    kind = consolidation.type if consolidation else read.type
    issuer = _settle_central(issuer, lines, kind, signature)
    return Facts(
        kind=DocumentKind.OFFICIAL,
        symbol=consolidation.number if consolidation else read.number or head.number,
        type=kind,
        issuer=issuer,
        province=_province_of(issuer) or _province_of_letter(text, issuer, signature),
        place=_as_written(text, attested.place) if attested else None,
        issued_on=attested.date if attested else read.issued_on or head.date,
        **_signed(signature),
    )


def _settle_central(
    issuer: Fact | None, lines: Sequence[TextLine], kind: Fact | None, signature: Signature | None
) -> Fact | None:
    """The issuer; of the letterhead that the centre of the Party shares, the body that the text names, if it does."""
    return read_central_issuer(lines, kind, signature) if is_central_letterhead(issuer) else issuer


def _complete(page: PageText, facts: Facts) -> Facts:
    """The facts with what follows from them: title, issuer's code, level and system, days of validity."""
    mentions = find_symbols(facts.symbol.value) if facts.symbol else ()
    system = mentions[0].system if mentions else None
    kind = facts.type.value if facts.type else None
    consolidated = kind == CONSOLIDATED
    return replace(
        facts,
        title=find_subject(page, facts),
        issuer_code=_read_code(facts.symbol, mentions[0], kind) if facts.symbol and mentions else None,
        level=read_level(facts.issuer, facts.province) or _level_of_number(facts),
        system=read_system(facts.issuer, facts.symbol, system),
        effective_on=None if consolidated else find_effective_on(page.text, kind, facts.issued_on),
        expires_on=None if consolidated else find_expires_on(page.text, kind),
    )


def _level_of_number(facts: Facts) -> Fact | None:
    """The level of a Party number of the centre, whichever of its bodies it is of."""
    number = facts.symbol
    central = number is not None and facts.issuer is None and number.value.endswith("/TW")
    return replace(number, value=Level.CENTRAL.value) if number is not None and central else None


def _read_code(number: Fact, mention: SymbolMention, kind: str | None) -> Fact | None:
    """The issuer's code in the number. A State công văn has no type there: the "CT" of 12/CT-CS is the body's."""
    code = mention.issuer_code
    if kind == "Công văn" and mention.system is System.STATE and mention.type_code != "CV":
        code = number.value.rsplit("/", 1)[-1]
    return replace(number, value=code.split("-")[0]) if code else None


def _signed(signature: Signature | None) -> dict[str, Fact | None]:
    if signature is None:
        return {}
    return {"signer": signature.name, "signer_role": signature.role, "signing": signature.signing}


def _as_written(text: str, place: tuple[int, int] | None) -> Fact | None:
    if place is None:
        return None
    start, end = place
    return Fact(value=" ".join(text[start:end].split()), start=start, end=end)


def _province_of(issuer: Fact | None) -> Fact | None:
    places = find_places(issuer.value) if issuer is not None else ()
    found = [place for place in places if place.level is PlaceLevel.PROVINCE]
    return replace(issuer, value=found[0].name) if issuer is not None and found else None


_LOCAL_SENDER = re.compile(
    r"(?:sở|ubnd|hđnd|(?:ủy|uỷ) ban nhân dân|hội đồng nhân dân|(?:tỉnh|thành) (?:ủy|uỷ))(?!\w)"
)


def _province_of_letter(text: str, issuer: Fact | None, signature: Signature | None) -> Fact | None:
    """The only province that a local body's letter without head names, more than once; by today's units one."""
    local = issuer is not None and _LOCAL_SENDER.match(issuer.value.lower())
    chair = issuer is None and signature is not None and signature.role is not None
    if not local and not (
        chair and signature and signature.role and "chủ tịch" in signature.role.value.lower()
    ):
        return None
    named = [place for place in find_places(text) if place.level is PlaceLevel.PROVINCE]
    if len(named) < 2 or len({current_province(place.name) for place in named}) > 1:
        return None
    most = Counter(place.name for place in named).most_common(1)[0][0]
    return _as_fact(next(place for place in named if place.name == most), most)


def _own_number(head: Head, consolidation: Consolidation | None) -> Fact | None:
    """The number of the head; a consolidated text prints the number of the act that it restates there."""
    if head.type_code == "VBHN":
        return head.number
    if consolidation is not None:
        return consolidation.number
    return None if head.type is not None and head.type.value == CONSOLIDATED else head.number


def _own_type(head: Head, consolidation: Consolidation | None) -> Fact | None:
    """The type line; a công văn has none: "Kính gửi" or "V/v" under its number says it."""
    number = head.number
    if number is not None and head.type_code == "VBHN":
        return Fact(value=CONSOLIDATED, start=number.start, end=number.end)
    if consolidation is not None and (head.type is None or head.type.value != CONSOLIDATED):
        return consolidation.type
    if head.type is not None:
        return head.type
    if number is None:
        return None
    if head.letter:
        return Fact(value="Công văn", start=number.start, end=number.end)
    kind = _TYPES_BY_CODE.get(head.type_code or "")
    return Fact(value=kind, start=number.start, end=number.end) if kind else None


# --- consolidated texts -----------------------------------------------------------------------------------

# Lines around the attestation: those before and from it on that are its head, and to its signature.
_ATTESTED_BEFORE, _ATTESTED_HEAD, _ATTESTED_AFTER = 3, 4, 8


def _read_attestation(
    text: str, lines: Sequence[TextLine], consolidation: Consolidation | None
) -> Head | None:
    """The little head at the attestation: body, number, place and date."""
    if consolidation is None or consolidation.attested_at is None:
        return None
    at = consolidation.attested_at
    above = lines[max(0, at - _ATTESTED_BEFORE) : at]
    # The last words of the text often stand right above; the body that attests may stand in the same line.
    body = max((i + 1 for i, line in enumerate(above) if begins_body(line.text)), default=0)
    start = lines[at].start
    beside = lines[at].text[: (consolidation.type.start or start) - start].rstrip()
    own = [TextLine(start, start + len(beside), beside)] if beside else []
    return read_head(text, [*above[body:], *own, *lines[at + 1 : at + _ATTESTED_HEAD]])


def _find_own_signature(lines: Sequence[TextLine], consolidation: Consolidation | None) -> Signature | None:
    if consolidation is None:
        return find_signature(lines)
    if consolidation.attested_at is None:
        return None
    at = consolidation.attested_at
    return find_signature(lines[at : at + _ATTESTED_AFTER])


# --- news -------------------------------------------------------------------------------------------------


def _is_news(page: PageText, lines: Sequence[TextLine], references: Sequence[Reference]) -> bool:
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
    if opening.text.startswith("Căn cứ") or (lines and TYPE_LINE.match(lines[0].text)):
        return False
    kinds = {block.kind for block in page.blocks}
    return page.source_id is not None or bool(kinds & {BlockKind.TITLE, BlockKind.LEAD, BlockKind.CAPTION})


def _is_prose(text: str) -> bool:
    """A long line that is no row of a table: a portal's record of a document has its subject in one."""
    return len(text) >= 120 and " | " not in text and not is_capitals(text)


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
