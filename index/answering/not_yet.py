"""Acts that are quoted before their first day: what they say does not hold yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from corpus.models import Document, DocumentKind, Fact
from corpus.store import Store
from index.answering.page_facts import first_day
from index.answering.page_subject import page_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """An act that takes effect after the day asked about; `first_day` says so in the document quoted."""

    symbol: str
    document_id: str
    first_day: Fact


def find_not_yet(
    store: Store, documents: Iterable[str], read: Callable[[str], Document], *, on: date
) -> Iterator[NotYet]:
    """The quoted documents, or acts whose text a page gives, that are not in force on a day; of news nothing is told."""
    for document_id in documents:
        profile = store.profile(document_id)
        symbol = profile.symbol or page_subject(profile)
        if symbol is None or profile.kind is DocumentKind.NEWS:
            continue
        day = first_day(read(document_id))
        if day is not None and day.start is not None and day.end is not None and day.value > on.isoformat():
            yield NotYet(symbol=symbol, document_id=document_id, first_day=day)
