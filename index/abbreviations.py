"""Abbreviations: what the glossary says they may stand for. Added beside what was typed, never in its place."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from corpus.sentences import is_syllable
from corpus.text import fold

_ABBREVIATION = re.compile(r"[^\W\d_][^\W_]*(?:[-/&][^\W\d_]+)*")
_PARENTHESIS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """What an abbreviation in the query may stand for."""

    abbreviation: str
    text: str
    weight: float  # 1 for one meaning, less where the abbreviation has several


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
