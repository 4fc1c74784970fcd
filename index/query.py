"""Understand what is typed: document numbers, abbreviations, missing diacritics."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.store import Store
from corpus.symbols import complete_short_forms, find_symbols
from corpus.text import fold, to_nfc
from index.tokens import syllables


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """What an abbreviation in the query may stand for."""

    abbreviation: str
    text: str
    weight: float  # 1 for one meaning, less where the abbreviation has several


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query as typed, and what is understood of it."""

    text: str  # NFC
    symbols: tuple[str, ...]  # canonical numbers; candidates of short forms included, most cited first
    short_forms: Mapping[str, tuple[str, ...]]  # "?NQ 04" → candidates in this collection
    expansions: tuple[Expansion, ...]
    has_diacritics: bool

    @property
    def encoder_text(self) -> str:
        """What the encoder gets: the query with its unambiguous abbreviations spelled out behind it."""
        spelled = [expansion.text for expansion in self.expansions if expansion.weight == 1]
        return " ".join([self.text, *(f"({text})" for text in spelled)])


def read_query(text: str, store: Store | None = None) -> Query:
    """The query in `text`; short forms of numbers are looked up among the numbers that `store` knows."""
    nfc = to_nfc(text).strip()
    mentions = complete_short_forms(find_symbols(nfc))
    short_forms = {
        mention.canonical: _candidates(mention.type_code, mention.number, store)
        for mention in mentions
        if mention.short
    }
    full = [mention.canonical for mention in mentions if not mention.short]
    candidates = [symbol for symbols in short_forms.values() for symbol in symbols]
    return Query(
        text=nfc,
        symbols=tuple(dict.fromkeys(full + candidates)),
        short_forms=short_forms,
        expansions=expand_abbreviations(nfc),
        has_diacritics=nfc.lower() != fold(nfc),
    )


def _candidates(type_code: str | None, number: str, store: Store | None) -> tuple[str, ...]:
    if store is None:
        return ()
    return store.symbols_like(None if type_code == "VB" else type_code, number)


_ABBREVIATION = re.compile(r"[^\W\d_][^\W_]*(?:[-/&][^\W\d_]+)*")


def expand_abbreviations(text: str) -> tuple[Expansion, ...]:
    """The glossary's expansions of the abbreviations in a text, in order, each once."""
    known = _glossary()
    found: dict[str, Expansion] = {}
    for match in _ABBREVIATION.finditer(text):
        typed = match[0]
        entry = known.get(typed.upper()) if _may_be_abbreviation(typed) else None
        if entry is None:
            continue
        for meaning in entry:
            found.setdefault(
                f"{typed.upper()} {meaning}",
                Expansion(abbreviation=typed, text=meaning, weight=1.0 if len(entry) == 1 else 0.4),
            )
    return tuple(found.values())


def _may_be_abbreviation(typed: str) -> bool:
    # "ban", "bao" are words; "ntm", "ubnd" cannot be syllables. Upper case always may be one.
    return typed.isupper() or typed[:1].isupper() is False and not _is_syllable(typed)


_VOWEL = re.compile(r"[aeiouy]")


def _is_syllable(typed: str) -> bool:
    return bool(_VOWEL.search(fold(typed)))


@cache
def _glossary() -> Mapping[str, tuple[str, ...]]:
    """Upper-case abbreviation → its meanings (the note column's further meanings are not parsed)."""
    source = resources.files("index").joinpath("data/glossary.tsv").read_text("utf-8")
    table: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(source.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        meanings = tuple(
            re.sub(r"\s*\([^)]*\)", "", meaning).strip() for meaning in row["expansion"].split(" / ")
        )
        table[row["abbr"].rstrip(".").upper()] = meanings
    return table


def content_syllables(text: str) -> list[str]:
    """The syllables of a text that are not pure question or function words are found by index.answer."""
    return syllables(text)
