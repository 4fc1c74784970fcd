"""Where a document says a fact of itself: the spans that a person would quote."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from corpus.models import Document, DocumentKind, Fact
from corpus.sentences import Span
from index.answering.findings import FactKind
from index.answering.spans import line_at, sentence_at

_HEAD = 1500  # characters of a page without a readable head in which its own record stands
_SHORT_LINE = 90
_DAY_LINE = re.compile(
    r"^[^\W\d_][^\n,]{1,40},\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\s*$", re.MULTILINE
)
_NUMBER_LINE = re.compile(r"^(?:Số|Số hiệu|Số ký hiệu)\s*:?\s*\d[^\n]{2,60}$", re.MULTILINE)
_SIGNER_LINE = re.compile(r"^(?:Người ký|Ký bởi)\s*:\s*[^\W\d_][^\n]{3,80}$", re.MULTILINE)
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
        return _head_line(document, _SIGNER_LINE)
    offices = (facts.signing, facts.signer_role)
    starts = [
        one.start for one in offices if one and one.start is not None and one.start <= facts.signer.start
    ]
    start = min([facts.signer.start, *starts])
    return [Span(line_at(document.text, start).start, facts.signer.end)]


def _issued_on(document: Document) -> list[Span]:
    """The line of place and day in the head."""
    return _whole_line(document, document.facts.issued_on) or _head_line(document, _DAY_LINE)


def _number(document: Document) -> list[Span]:
    return _whole_line(document, document.facts.symbol) or _head_line(document, _NUMBER_LINE)


def _whole_line(document: Document, fact: Fact | None) -> list[Span]:
    """The line of a fact where it is short, else the fact alone; a day broken over two lines is kept whole."""
    if fact is None or fact.start is None or fact.end is None:
        return []
    line = line_at(document.text, fact.start)
    short = line.end - line.start <= _SHORT_LINE
    return [Span(line.start, max(line.end, fact.end)) if short else Span(fact.start, fact.end)]


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
        return []
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
        return []
    sentence = sentence_at(document, fact.start, fact.end)
    dated = _DATE.search(document.text, fact.start, fact.end) is not None
    return [sentence] if dated else [sentence, *_issued_on(document)]


def _expires_on(document: Document) -> list[Span]:
    return [sentence_at(document, one.start, one.end) for one in _alone(document, document.facts.expires_on)]


_READERS: Mapping[FactKind, Callable[[Document], list[Span]]] = MappingProxyType(
    {
        FactKind.SIGNER: _signer,
        FactKind.ISSUED_ON: _issued_on,
        FactKind.NUMBER: _number,
        FactKind.ISSUER: _issuer,
        FactKind.SUBJECT: lambda document: _alone(document, document.facts.title),
        FactKind.EFFECTIVE_ON: _effective_on,
        FactKind.EXPIRES_ON: _expires_on,
    }
)
