"""Acts that are quoted before their first day: what they say does not hold yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from corpus.models import Document, DocumentKind
from corpus.store import Store
from index.answering.models import Evidence
from index.answering.page_facts import first_day
from index.answering.page_subject import page_subject
from index.answering.spans import make_evidence, sentence_at


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """An act that takes effect after the day asked about; `evidence` says so in the document quoted."""

    symbol: str
    first_day: str  # ISO 8601
    evidence: Evidence


def find_not_yet(
    store: Store, documents: Iterable[str], read: Callable[[str], Document], *, on: date
) -> Iterator[NotYet]:
    """The quoted documents, or acts whose text a page gives, that are not in force on a day; of news nothing is told."""
    for document_id in documents:
        profile = store.profile(document_id)
        symbol = profile.symbol or page_subject(profile)
        if symbol is None or profile.kind is DocumentKind.NEWS:
            continue
        document = read(document_id)
        day = first_day(document)
        if day is None or day.start is None or day.end is None or day.value <= on.isoformat():
            continue
        span = sentence_at(document, day.start, day.end)
        for evidence in make_evidence(document, span.start, span.end, about=(symbol,))[:1]:
            yield NotYet(symbol=symbol, first_day=day.value, evidence=evidence)
