"""What a page says of the act that it restates, where no head could be read: its table, its own sentences.

A gazette, a portal's record ("| Người ký | … |", "Ngày ban hành: …") and a page that gives an act's text say the
facts of the act in words that a person would quote, though the page bears no number of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from corpus.dates import date_at, find_dates
from corpus.lines import split_lines
from corpus.models import Document, DocumentKind, Fact, Reference, Relation
from corpus.sentences import Span
from corpus.signature import find_signature
from corpus.symbols import symbol_key
from corpus.validity import find_effective_on, find_expires_on
from index.answering.findings import FactKind
from index.answering.page_subject import page_subject
from index.answering.pages import Pages
from index.answering.spans import line_at, sentence_at

_RECORD = 1500  # characters of a page in which its record stands
_LABELS: Mapping[FactKind, str] = MappingProxyType(
    {
        FactKind.SIGNER: r"Người ký|Ký bởi",
        FactKind.ISSUED_ON: r"(?:Ngày ban hành|Ngày ký)(?=[\s:|*]+\d)",
        FactKind.ISSUER: r"Cơ quan ban hành|Nơi ban hành",
        FactKind.EFFECTIVE_ON: r"(?:Ngày (?:bắt đầu )?(?:có )?hiệu lực|Hiệu lực từ(?: ngày)?)(?=[\s:|*]+\d)",
        FactKind.EXPIRES_ON: r"Ngày hết hiệu lực(?=[\s:|*]+\d)",
        FactKind.NUMBER: r"(?:Số|Số hiệu|Số ký hiệu|Số/ký hiệu|Số, ký hiệu)(?=[\s:|*]*\d)",
        FactKind.SUBJECT: r"Trích yếu(?: nội dung)?",
    }
)
_ROWS = {
    kind: re.compile(
        rf"^(?:\|\s*|[-*+]\s+)?\**(?:{labels})\**\s*[:|]\**\s*(?!-*\s*(?:\||$))[^|\n]{{2,300}}(?=\||$)",
        re.MULTILINE | re.IGNORECASE,
    )
    for kind, labels in _LABELS.items()
}
_IN_FORCE = re.compile(
    r"[^.;\n]{0,30}?(?:có )?hiệu lực(?: thi hành)?(?: kể)?(?: từ)? (?:từ )?ngày (?=\d)", re.IGNORECASE
)
_IN_FULL = re.compile(r"[#*\s]*toàn văn(?!\w)", re.IGNORECASE)
_LEADING = re.compile(r"[|*+\s-]*")


def subject_of(pages: Pages, document_id: str) -> str | None:
    """The number of the act that a page speaks of as "this": its own, that of its record, the one it reports."""
    facts = pages.store.facts(document_id)
    if facts.symbol is not None:
        return facts.symbol.value
    references = pages.store.references(document_id)
    own = {symbol_key(one.symbol): one.symbol for one in references if one.relation is Relation.OWN}
    if len(own) == 1:
        return next(iter(own.values()))
    subject = page_subject(pages.store.profile(document_id))
    return subject if subject is not None else _given_in_full(pages, document_id, references)


def _given_in_full(pages: Pages, document_id: str, references: Sequence[Reference]) -> str | None:
    """The one number that a heading of a news page gives in full: "Toàn văn: Nghị quyết số …"."""
    text = pages.text(document_id)
    given = {
        symbol_key(one.symbol): one.symbol
        for one in references
        if _IN_FULL.match(text, line_at(text, one.start).start, one.end)
    }
    return next(iter(given.values())) if len(given) == 1 else None


def is_about(pages: Pages, document_id: str, symbol: str) -> bool:
    """Whether a page that bears no number itself speaks of a number as "this"."""
    if pages.store.facts(document_id).symbol is not None:
        return False
    subject = subject_of(pages, document_id)
    return subject is not None and symbol_key(subject) == symbol_key(symbol)


def find_record_row(document: Document, kind: FactKind) -> list[Span]:
    """The row or line of a page's record that tells a fact; never of a news page."""
    pattern = _ROWS.get(kind)
    if pattern is None or document.facts.kind is DocumentKind.NEWS:
        return []
    row = pattern.search(document.text, 0, min(_RECORD, len(document.text)))
    if row is None:
        return []
    start = _LEADING.match(document.text, row.start())
    return [Span(start.end() if start else row.start(), len(document.text[: row.end()].rstrip()))]


def find_signature_span(document: Document) -> list[Span]:
    """The signature block in the text of a page whose signer was not read."""
    if document.facts.kind is DocumentKind.NEWS:
        return []
    signature = find_signature(split_lines(document.text))
    if signature is None or signature.name.start is None or signature.name.end is None:
        return []
    offices = [one.start for one in (signature.role, signature.signing) if one and one.start is not None]
    start = min([signature.name.start, *(one for one in offices if one <= (signature.name.start or 0))])
    return [Span(line_at(document.text, start).start, signature.name.end)]


def find_validity_span(document: Document, kind: FactKind) -> list[Span]:
    """The sentence in which a page says of "this" act from when, or until when, it is in force."""
    fact = first_day(document) if kind is FactKind.EFFECTIVE_ON else find_expires_on(document.text, None)
    if fact is None or fact.start is None or fact.end is None:
        return []
    return [sentence_at(document, fact.start, fact.end)]


def first_day(document: Document) -> Fact | None:
    """From when the act is in force that a page speaks of as "this", with the place; None where it does not say."""
    return document.facts.effective_on or find_effective_on(document.text, None, issued_day(document))


def first_day_of(page: Document, symbol: str, *, this: bool) -> Fact | None:
    """From when a page says that an act is in force; `this`: "Nghị định này" is that act on the page."""
    for one in page.references:
        if symbol_key(one.symbol) == symbol_key(symbol):
            match = _IN_FORCE.match(page.text, one.end)
            day = date_at(page.text, match.end()) if match else None
            if match is not None and day is not None:
                return Fact(value=day.iso, start=one.start, end=day.end)
    return first_day(page) if this else None


def issued_day(document: Document) -> Fact | None:
    """The day of issue: read from the head, else from the row of the record."""
    if document.facts.issued_on is not None:
        return document.facts.issued_on
    for row in find_record_row(document, FactKind.ISSUED_ON):
        for day in find_dates(document.text[row.start : row.end]):
            return Fact(value=day.iso, start=row.start + day.start, end=row.start + day.end)
    return None
