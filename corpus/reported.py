"""Which documents a news page reports on."""

from __future__ import annotations

from collections import Counter

from corpus.models import Document, DocumentKind, Reference, Relation
from corpus.symbols import symbol_key

_FIRST_SENTENCE = 250  # characters: a number named here is what the page is about
_OPENING = 1500  # characters: title, lead and the first paragraphs, where a page says what it is about


def find_reported_symbols(document: Document) -> tuple[str, ...]:
    """The numbers of the documents that the page reports on, in the order in which it names them.

    They are the one that it opens with, those that it says were issued, those whose content it restates, and
    those that it lets act ("… sửa đổi Nghị định số …"). Where it says none of that, the number that the opening names first, or the
    only one of the page. A page that is a document itself reports on itself alone.
    """
    own = document.facts.symbol
    if document.facts.kind is DocumentKind.OFFICIAL and own is not None:
        return (own.value,)
    full = [reference for reference in document.references if not reference.symbol.startswith("?")]
    issued = [r.symbol for r in full if r.relation in (Relation.REPORTED, Relation.OWN)]
    restated = [report.symbol for report in document.reported]
    acting = [r.subject for r in full if r.subject and r.relation not in _PASSIVE]
    leading = [r.symbol for r in full[:1] if r.start <= _FIRST_SENTENCE]
    named = {symbol_key(symbol): symbol for symbol in reversed([*leading, *issued, *restated, *acting])}
    if not named:
        return _name_first(full)
    order = {symbol_key(r.symbol): r.start for r in reversed(full)}
    return tuple(sorted(named.values(), key=lambda symbol: order.get(symbol_key(symbol), len(document.text))))


_PASSIVE = frozenset({Relation.AMENDED_BY, Relation.REPLACED_BY, Relation.ABROGATED_BY, Relation.GUIDED_BY})


def _name_first(full: list[Reference]) -> tuple[str, ...]:
    if not full:
        return ()
    counts = Counter(symbol_key(reference.symbol) for reference in full)
    first = full[0]
    leads = (
        first.start <= _OPENING
        or len(counts) == 1
        or counts[symbol_key(first.symbol)] == max(counts.values())
    )
    return (first.symbol,) if leads else ()
