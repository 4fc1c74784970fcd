"""Consolidated texts that stand in for an act which is not held: found by its number, told as what they are."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.consolidated import OPENING, ConsolidatedAct, is_consolidated, read_consolidated_act
from corpus.store import Store
from corpus.symbols import read_symbol, symbol_key


def act_consolidated(store: Store, document_id: str) -> ConsolidatedAct | None:
    """The act that a document consolidates; None of any other document."""
    consolidated = is_consolidated(store.facts(document_id))
    return read_consolidated_act(store.text(document_id)) if consolidated else None


def texts_consolidating(store: Store, symbol: str) -> tuple[str, ...]:
    """The newest consolidated text of the act with a number; nothing where none is held."""
    named = dict.fromkeys(name for name, one in store.references_to(symbol) if one.start <= OPENING)
    found = [
        name
        for name in named
        if (act := act_consolidated(store, name)) and symbol_key(act.symbol) == symbol_key(symbol)
    ]
    return newest_consolidated(store, found)


def newest_consolidated(store: Store, documents: Sequence[str]) -> tuple[str, ...]:
    """Of consolidated texts the one of the newest act, and of that the newest."""

    def age(document_id: str) -> tuple[int, str]:
        act = act_consolidated(store, document_id)
        mention = read_symbol(act.symbol) if act else None
        return (mention.year or 0 if mention else 0, store.profile(document_id).day or "")

    return (max(documents, key=age),) if documents else ()
