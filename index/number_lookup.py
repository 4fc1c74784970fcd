"""The documents that a typed number may mean: those held, else the pages that name it."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.store import Store
from corpus.symbols import canonicalize, find_symbols

_MOST = 12  # numbers that a short form may mean
_PAGES = 3  # pages that name a number which is not held


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedDocument:
    """One held document; `named_at`: where the number stands in a page that only names it."""

    document_id: str
    title: str
    issuer: str | None
    issued_on: str | None  # ISO 8601
    named_at: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundNumber:
    """A number with the documents that bear it, copies once; without any, pages that name it."""

    symbol: str
    held: tuple[NumberedDocument, ...]
    named_in: tuple[NumberedDocument, ...]


def look_up_number(store: Store, typed: str) -> tuple[FoundNumber, ...] | None:
    """What the collection has of a number in any typing, or a short form ("NQ 04"); None: it is no number."""
    symbol = canonicalize(typed)
    if symbol is None:
        return None
    if symbol.startswith("?"):
        mention = find_symbols(typed)[0]
        type_code = None if mention.type_code == "VB" else mention.type_code
        symbols = store.symbols_like(type_code, mention.number)[:_MOST]
    else:
        symbols = (symbol,)
    found = (_look_up(store, one) for one in symbols)
    return tuple(one for one in found if one.held or one.named_in)


def _look_up(store: Store, symbol: str) -> FoundNumber:
    held = store.documents_with_symbol(symbol)
    copies: set[str] = set()
    documents = []
    for document_id in held:
        if document_id not in copies:
            copies.update(store.copies(document_id))
            documents.append(_describe(store, document_id, None))
    pages: dict[str, tuple[int, int]] = {}
    if not held:
        for document_id, reference in store.references_to(symbol):
            if not reference.symbol.startswith("?"):
                pages.setdefault(document_id, (reference.start, reference.end))
    named = tuple(_describe(store, page, at) for page, at in list(pages.items())[:_PAGES])
    return FoundNumber(symbol=symbol, held=tuple(documents), named_in=named)


def _describe(store: Store, document_id: str, named_at: tuple[int, int] | None) -> NumberedDocument:
    facts = store.facts(document_id)
    return NumberedDocument(
        document_id=document_id,
        title=store.sources([document_id])[0].title,
        issuer=facts.issuer.value if facts.issuer else None,
        issued_on=facts.issued_on.value if facts.issued_on else None,
        named_at=named_at,
    )
