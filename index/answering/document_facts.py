"""The facts of a held document with the spans that a person would quote for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from corpus.models import Document
from corpus.store import Store
from index.answering.document_status import find_status
from index.answering.fact_spans import find_fact_spans
from index.answering.findings import FactKind, Finding
from index.answering.pages import Pages
from index.answering.related_documents import RELATED, find_related
from index.answering.spans import make_evidence


def find_document_facts(
    store: Store,
    document_id: str,
    kinds: Iterable[FactKind],
    *,
    as_of: date | None = None,
    topic: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """What a held document (or, of its status, the collection) says of each kind that is asked for.

    A kind that no text tells has no finding. `as_of`: the day of STATUS and REPLACED_BY, today for None.
    `topic`: the folded words of the question, in order; see `find_related`. Raises UnknownDocument.
    """
    wanted, pages = frozenset(kinds), Pages(store)
    document = pages.document(document_id)
    found: list[Finding] = []
    for kind in sorted(wanted):
        if kind in (FactKind.STATUS, FactKind.REPLACED_BY):
            found += find_status(pages, document, kind, as_of=as_of)
        elif kind in RELATED:
            found += filter(None, [find_related(document, kind, topic)])
        else:
            spans = find_fact_spans(document, kind)
            evidence = [one for span in spans for one in make_evidence(document, span.start, span.end)]
            symbol = document.facts.symbol
            if evidence:
                symbols = (symbol.value,) if kind is FactKind.NUMBER and symbol else ()
                found.append(Finding(kind=kind, evidence=tuple(evidence), symbols=symbols))
    return tuple(_join_head(document, found) if {FactKind.NUMBER, FactKind.ISSUED_ON} <= wanted else found)


def _join_head(document: Document, found: Sequence[Finding]) -> list[Finding]:
    """Number and day as one quotation where both are asked for and they adjoin."""
    spans = {one.kind: one.evidence[0] for one in found if one.kind in (FactKind.NUMBER, FactKind.ISSUED_ON)}
    if len(spans) < 2:
        return list(found)
    first, second = sorted(spans.values(), key=lambda one: one.start)
    if second.start < first.end or document.text[first.end : second.start].strip():
        return list(found)
    joined = make_evidence(document, first.start, second.end)
    return [
        Finding(kind=one.kind, evidence=joined, symbols=one.symbols) if one.kind in spans else one
        for one in found
    ]
