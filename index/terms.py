"""Weighted terms of a question, and how much of them a stretch of text covers.

Both sides are compared as folded syllables with unambiguous abbreviations spelled out, so that "ntm",
"NTM" and "nông thôn mới" are one thing, with or without diacritics.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from math import log

from corpus.text import fold, to_nfc
from index.query import meanings_of
from index.tokens import place_tone

_TOKEN = re.compile(r"·|[^\W_]+(?:[-/&](?=[^\W\d_])[^\W\d_]+)*")
_SYLLABLE = re.compile(r"·|[^\W_]+")


# A syllable that no document has (a slip, an unknown abbreviation) must not outweigh the rest of a question.
_HEAVIEST = 6.0


@dataclass(frozen=True, slots=True)
class Term:
    """A folded syllable, or two neighbouring ones joined by a space, and what it is worth."""

    form: str
    weight: float


@lru_cache(maxsize=8192)
def normal_form(text: str) -> str:
    """Folded syllables between single spaces, abbreviations spelled out; a space at each end.

    >>> normal_form("Xây dựng NTM, 32/33 xã")
    ' xay dung nong thon moi 32 33 xa '
    """
    return f" {' '.join(filter(None, map(_fold_run, to_nfc(text).split())))} "


@lru_cache(maxsize=8192)
def marked_form(text: str) -> str:
    """The `normal_form` with the marks of letters, one placement of tones.

    >>> marked_form("Tỉnh uỷ, NTM")
    ' tỉnh ủy nông thôn mới '
    """
    return f" {' '.join(filter(None, map(_mark_run, to_nfc(text).split())))} "


def spelled_words(text: str) -> list[str]:
    """Lower-case syllables and numbers in order, unambiguous abbreviations spelled out; "·" stays."""
    return [word for run in to_nfc(text).split() for word in _spell_run(run)]


# Texts are made of the same few thousand words, with or without a mark behind; no token holds white space.
@lru_cache(maxsize=1 << 16)
def _spell_run(run: str) -> tuple[str, ...]:
    """What stands between white space, spelled out."""
    return tuple(word for token in _TOKEN.findall(run) for word in _spell_token(token))


def _spell_token(token: str) -> list[str]:
    meanings = meanings_of(token)
    return _SYLLABLE.findall((meanings[0] if len(meanings) == 1 else token).lower())


@lru_cache(maxsize=1 << 16)
def _fold_run(run: str) -> str:
    return " ".join(map(fold, _spell_run(run)))


@lru_cache(maxsize=1 << 16)
def _mark_run(run: str) -> str:
    return " ".join(map(place_tone, _spell_run(run)))


def weigh_terms(units: Sequence[str | None]) -> tuple[Term, ...]:
    """Terms for folded syllables in order; None stands where a word without content was taken out."""
    terms: dict[str, float] = {}
    for unit in units:
        if unit is not None:
            terms.setdefault(unit, syllable_weight(unit))
    for first, second in pairwise(units):
        if first is not None and second is not None:
            terms.setdefault(f"{first} {second}", (syllable_weight(first) + syllable_weight(second)) / 2)
    return tuple(Term(form, weight) for form, weight in terms.items())


def coverage(terms: Iterable[Term], texts: Sequence[tuple[str, float]]) -> float:
    """The share (0–1) of the terms' weight found in the texts.

    `texts` are (normal form, credit) pairs; a term counts with the best credit of a text that holds it.
    """
    total = found = 0.0
    for term in terms:
        total += term.weight
        found += term.weight * max(
            (credit for text, credit in texts if f" {term.form} " in text), default=0.0
        )
    return found / total if total else 0.0


@lru_cache(maxsize=65536)
def syllable_weight(syllable: str) -> float:
    """Inverse document frequency of a folded syllable over stretches of real documents (natural log)."""
    total, counts = _counts()
    return min(_HEAVIEST, log(1 + total / (1 + counts.get(syllable, 0))))


@cache
def _counts() -> tuple[int, dict[str, int]]:
    lines = resources.files("index").joinpath("data/syllable_counts.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines]
    return int(pairs[0][1]), {syllable: int(count) for syllable, count in pairs[1:]}
