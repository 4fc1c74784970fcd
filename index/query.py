"""Understand what is typed.

Each noun has a room of its own: abbreviations, restore (diacritics), typos, periods, named_documents,
asked_provisions, asked_places, asked_issuers, number_choices. Here they are put together; the result is a
`Query`, whose fields are in query_models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from corpus.models import SymbolMention
from corpus.store import Store
from corpus.symbols import (
    complete_short_forms,
    find_symbols,
    plain_text,
    read_symbol,
    symbol_key,
    type_word_before,
)
from corpus.text import fold, to_nfc
from index.abbreviations import Expansion, expand_abbreviations, meanings_of
from index.asked_issuers import find_asked_issuers
from index.asked_places import find_asked_places
from index.asked_provisions import find_asked_provisions
from index.glued_numbers import find_glued_numbers
from index.named_documents import find_named_documents
from index.number_choices import rank_choices
from index.periods import find_periods
from index.query_models import AskedPlace, AskedType, NamedDocument, Period, Query
from index.restore import Restorer, default_restorer
from index.typos import correct, find_alternatives

__all__ = ["Expansion", "Query", "expand_abbreviations", "meanings_of", "read_query"]

# "30 2020 nđ cp", "127.2026.nd-cp", "202_2025_qh15": a number and its year with spaces, dots or lines for separators.
_SPACED = re.compile(
    r"(?<![^\W_])(\d{1,5}[a-zđ]?)[ ._]((?:19|20)\d\d)[ ._](?:([a-zđ]{2,4})[ ._-]([a-zđ&]{2,10})|(qh\d\d))(?![^\W_])",
    re.I,
)
_LONGEST = 2000  # characters that are read for meaning; behind them a text is searched as it stands


def read_query(
    text: str, store: Store | None = None, *, today: date | None = None, restorer: Restorer | None = None
) -> Query:
    """The query in `text`.

    Short forms of numbers are looked up among the numbers that `store` knows. "năm nay" and its like count
    from `today` (default: the day it is). `restorer` may know the collection's own words; the default has
    the shipped table.
    """
    nfc = to_nfc(text).strip()
    head = nfc[:_LONGEST]
    restorer = restorer or default_restorer()
    alternatives = find_alternatives(head, restorer.table)
    corrected = correct(head, alternatives)
    restored = restorer.restore(head)
    places = find_asked_places(head, restored, restorer.table)
    read = find_symbols(_SPACED.sub(_join_spaced, _blank(nfc, places)))
    whole = tuple(one for one in read if not one.short)
    glued = tuple(find_glued_numbers(nfc, whole))
    rest = (one for one in read if not any(one.start < g.end and g.start < one.end for g in glued))
    mentions = complete_short_forms(sorted((*rest, *glued), key=lambda one: one.start))
    documents = find_named_documents(restored.text)
    periods = _without_years_of(find_periods(restored.text, today=today or date.today()), documents, mentions)
    issuers = find_asked_issuers(head)
    choices = {
        mention.canonical: rank_choices(mention, nfc, store, places=places, periods=periods, issuers=issuers)
        for mention in mentions
        if mention.short
    }
    full = [s for mention in mentions if not mention.short for s in _known_spellings(mention, store)]
    candidates = [choice.symbol for ranked in choices.values() for choice in ranked]
    return Query(
        text=nfc,
        symbols=tuple(dict.fromkeys(full + candidates)),
        short_forms={short: tuple(choice.symbol for choice in ranked) for short, ranked in choices.items()},
        expansions=expand_abbreviations(nfc),
        has_diacritics=nfc.lower() != fold(nfc),
        restored=restored if corrected == head else restorer.restore(corrected),
        alternatives=alternatives,
        choices=choices,
        documents=documents,
        provisions=find_asked_provisions(head, mentions, documents),
        places=places,
        periods=periods,
        types=_types_before(nfc, mentions),
        issuers=issuers,
    )


def _blank(text: str, places: Sequence[AskedPlace]) -> str:
    """The text with dots for its places: behind "NQ 04", "Hà Tĩnh" must not read as so many hectares."""
    for place in places:
        text = f"{text[: place.start]}{'·' * (place.end - place.start)}{text[place.end :]}"
    return text


def _join_spaced(match: re.Match[str]) -> str:
    """The number with its separators, as long as it was, if its first code is one of a type."""
    number, year, kind, issuer, assembly = match.groups()
    joined = f"{number}/{year}/{assembly or f'{kind}-{issuer}'}"
    read = read_symbol(joined)
    return joined if read and (assembly or read.type_code) else match[0]


def _known_spellings(mention: SymbolMention, store: Store | None) -> Iterable[str]:
    """The number, or what it is in the collection where only D was typed for Đ ("360/da-cp", "dự án" too)."""
    symbol = mention.canonical
    if store is None or store.mentioned(symbol) is not None:
        return (symbol,)
    like = store.symbols_like(None, mention.number)
    return tuple(s for s in like if fold(symbol_key(s)) == fold(symbol_key(symbol))) or (symbol,)


def _without_years_of(
    periods: Sequence[Period], documents: Sequence[NamedDocument], mentions: Sequence[SymbolMention]
) -> tuple[Period, ...]:
    """The periods without those that are part of a number or of a law's name ("Luật Đất đai 2024")."""
    owned = [(document.start, document.end) for document in documents]
    owned += [(mention.start, mention.end) for mention in mentions]
    return tuple(
        period
        for period in periods
        if not any(start < period.end and period.start < end for start, end in owned)
    )


def _types_before(text: str, mentions: Sequence[SymbolMention]) -> tuple[AskedType, ...]:
    plain = plain_text(text)
    found = []
    for mention in mentions:
        word = type_word_before(plain, mention.start)
        if word is not None and word.code != "VB":
            found.append(AskedType(start=word.start, end=mention.start, code=word.code))
    return tuple(found)
