"""Understand what is typed: document numbers, abbreviations, missing diacritics."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from corpus.models import SymbolMention
from corpus.sentences import is_syllable
from corpus.store import Store
from corpus.symbols import complete_short_forms, find_symbols
from corpus.text import fold, to_nfc


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
    def asks_unknown_number(self) -> bool:
        """Whether a short form is asked for that this collection knows no document for."""
        return bool(self.short_forms) and not self.symbols

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
        mention.canonical: _candidates(mention, nfc, store) for mention in mentions if mention.short
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


def _candidates(mention: SymbolMention, text: str, store: Store | None) -> tuple[str, ...]:
    """The numbers in the store that a short form may mean; those of the body that the query names, if any."""
    if store is None:
        return ()
    found = store.symbols_like(None if mention.type_code == "VB" else mention.type_code, mention.number)
    named = tuple(symbol for symbol in found if _names_issuer(text, symbol))
    return named or found


def _names_issuer(text: str, symbol: str) -> bool:
    typed = f" {' '.join(_WORD.findall(fold(text)))} "
    code = re.split(r"[-/]", symbol)[-1] if "/TU" in symbol or "/TW" in symbol else symbol.rsplit("-", 1)[-1]
    names = (code, *meanings_of(code), *_BODIES.get(code, ()))
    return any(f" {' '.join(_WORD.findall(fold(name)))} " in typed for name in names)


_WORD = re.compile(r"[^\W_]+")
# Bodies that issue under a code which does not spell their name.
_BODIES = {
    "TU": ("tỉnh ủy", "thành ủy", "đảng bộ tỉnh"),
    "TW": ("trung ương", "bộ chính trị", "ban bí thư"),
    "UBND": ("ủy ban",),
    "TTg": ("thủ tướng",),
}
_ABBREVIATION = re.compile(r"[^\W\d_][^\W_]*(?:[-/&][^\W\d_]+)*")
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")


def expand_abbreviations(text: str) -> tuple[Expansion, ...]:
    """The glossary's expansions of the abbreviations in a text, in order, each once."""
    found: dict[tuple[str, str], Expansion] = {}
    for match in _ABBREVIATION.finditer(text):
        meanings = meanings_of(match[0])
        for meaning in meanings:
            found.setdefault(
                (match[0].upper(), meaning),
                Expansion(abbreviation=match[0], text=meaning, weight=1.0 if len(meanings) == 1 else 0.4),
            )
    return tuple(found.values())


@lru_cache(maxsize=65536)
def meanings_of(word: str) -> tuple[str, ...]:
    """What an abbreviation may stand for by the glossary; nothing for an ordinary word.

    >>> meanings_of("ntm"), meanings_of("ban"), meanings_of("CĐ")
    (('nông thôn mới',), (), ('công điện',))
    """
    # "ban", "ha", "bao" are words when typed small; "ntm", "ubnd" cannot be a syllable.
    if not word.isupper() and is_syllable(word) and "/" not in word:
        return ()
    return _glossary().get(word.upper(), ())


@cache
def _glossary() -> Mapping[str, tuple[str, ...]]:
    """Upper-case abbreviation → its meanings (the note column's further meanings are not parsed)."""
    source = resources.files("index").joinpath("data/glossary.tsv").read_text("utf-8")
    table: dict[str, tuple[str, ...]] = {}
    for row in csv.DictReader(source.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        meanings = tuple(_PARENTHESIS.sub("", meaning).strip() for meaning in row["expansion"].split(" / "))
        table[row["abbr"].rstrip(".").upper()] = meanings
    # "hdnd", "cds": typed without diacritics, unless that is another abbreviation ("HD" is no "HĐ").
    bare = [(fold(abbreviation).upper(), meanings) for abbreviation, meanings in table.items()]
    clashing = {key for key, count in Counter(key for key, _ in bare).items() if count > 1}
    return {**{key: meanings for key, meanings in bare if key not in clashing}, **table}
