"""Where a document says a fact of itself: the spans that a person would quote."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from corpus.models import Document, DocumentKind, Fact
from corpus.sentences import Span
from index.answering.findings import FactKind
from index.answering.page_facts import find_record_row, find_signature_span, find_validity_span
from index.answering.spans import is_appended, line_at, sentence_at

_HEAD = 1500  # characters of a page without a readable head in which its own record stands
_SHORT_LINE = 90
_SHORT_SENTENCE = 300
_DAY_LINE = re.compile(
    r"^[^\W\d_][^\n,]{1,40},\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\s*$", re.MULTILINE
)
_NUMBER_LINE = re.compile(r"^(?:Số|Số hiệu|Số ký hiệu)\s*:?\s*\d[^\n]{2,60}$", re.MULTILINE)
_ADOPTED = re.compile(r"này\s+(?:đã\s+)?được\s[^.;]{3,200}?thông qua\s+(?:vào\s+)?ngày\s+\d")
_DATE = re.compile(r"\d{1,2}\s*(?:/|tháng)\s*\d")


def value_of(fact: Fact | None) -> str | None:
    """The value of a fact; None where it is not stated."""
    return fact.value if fact is not None else None


def find_fact_spans(document: Document, kind: FactKind) -> list[Span]:
    """The spans that tell a fact, in order; none where the text does not, or where it is no such fact."""
    reader = _READERS.get(kind)
    return reader(document) if reader is not None else []


def _signer(document: Document) -> list[Span]:
    """The signature block, from the line of on whose behalf to the name."""
    facts = document.facts
    if facts.signer is None or facts.signer.start is None or facts.signer.end is None:
        return find_signature_span(document) or find_record_row(document, FactKind.SIGNER)
    offices = (facts.signing, facts.signer_role)
    starts = [
        one.start for one in offices if one and one.start is not None and one.start <= facts.signer.start
    ]
    start = min([facts.signer.start, *starts])
    return [Span(line_at(document.text, start).start, facts.signer.end)]


def _issued_on(document: Document) -> list[Span]:
    """The line of place and day in the head."""
    return (
        _whole_line(document, document.facts.issued_on)
        or _head_line(document, _DAY_LINE)
        or find_record_row(document, FactKind.ISSUED_ON)
    )


def _number(document: Document) -> list[Span]:
    return (
        _whole_line(document, document.facts.symbol)
        or _head_line(document, _NUMBER_LINE)
        or find_record_row(document, FactKind.NUMBER)
    )


def _whole_line(document: Document, fact: Fact | None) -> list[Span]:
    """The line of a fact where it is short, else its sentence, else the fact alone; a broken day is kept whole."""
    if fact is None or fact.start is None or fact.end is None:
        return []
    line = line_at(document.text, fact.start)
    if line.end - line.start <= _SHORT_LINE:
        return [Span(line.start, max(line.end, fact.end))]
    sentence = sentence_at(document, fact.start, fact.end)
    return [sentence if sentence.end - sentence.start <= _SHORT_SENTENCE else Span(fact.start, fact.end)]


def _head_line(document: Document, pattern: re.Pattern[str]) -> list[Span]:
    """The line of a page that is a document without a head that can be read; never of a news page."""
    if document.facts.kind is DocumentKind.NEWS:
        return []
    line = pattern.search(document.text, 0, _HEAD)
    return [Span(line.start(), line.end())] if line else []


def _issuer(document: Document) -> list[Span]:
    """The issuer beside the number; a body that an appendix names far from it is not the issuer."""
    issuer, symbol = document.facts.issuer, document.facts.symbol
    if issuer is None or issuer.start is None:
        return find_record_row(document, FactKind.ISSUER)
    if symbol is not None and symbol.start is not None and abs(issuer.start - symbol.start) > _HEAD:
        return []
    return _alone(document, issuer)


def _alone(document: Document, fact: Fact | None) -> list[Span]:
    if fact is None or fact.start is None or fact.end is None:
        return []
    return [Span(fact.start, fact.end)]


def _effective_on(document: Document) -> list[Span]:
    """The whole sentence; where it only says "từ ngày ký", the line with that day too."""
    fact = document.facts.effective_on
    if fact is None or fact.start is None or fact.end is None:
        stated = find_validity_span(document, FactKind.EFFECTIVE_ON)
        return stated or find_record_row(document, FactKind.EFFECTIVE_ON)
    sentence = sentence_at(document, fact.start, fact.end)
    dated = _DATE.search(document.text, fact.start, fact.end) is not None
    return [sentence] if dated else [sentence, *_issued_on(document)]


def _expires_on(document: Document) -> list[Span]:
    stated = [
        sentence_at(document, one.start, one.end) for one in _alone(document, document.facts.expires_on)
    ]
    return stated or find_validity_span(document, FactKind.EXPIRES_ON)


def _subject(document: Document) -> list[Span]:
    return _alone(document, document.facts.title) or find_record_row(document, FactKind.SUBJECT)


def _adopted_on(document: Document) -> list[Span]:
    """The sentence that says when it was adopted: "… được Quốc hội … thông qua ngày 17 tháng 8 năm 2022"."""
    adopted = [one for one in _ADOPTED.finditer(document.text) if not is_appended(document, one.start())]
    return [sentence_at(document, adopted[-1].start(), adopted[-1].end())] if adopted else []


_READERS: Mapping[FactKind, Callable[[Document], list[Span]]] = MappingProxyType(
    {
        FactKind.SIGNER: _signer,
        FactKind.ISSUED_ON: _issued_on,
        FactKind.NUMBER: _number,
        FactKind.ISSUER: _issuer,
        FactKind.SUBJECT: _subject,
        FactKind.ADOPTED_ON: _adopted_on,
        FactKind.EFFECTIVE_ON: _effective_on,
        FactKind.EXPIRES_ON: _expires_on,
    }
)
