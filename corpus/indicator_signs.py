"""The signs of a quantity that the learned judge weighs (corpus/indicator_judge.py).

A sign is a short string that is there or not: what is counted, the words next to the number and how they begin the clause,
what the cues of corpus/indicator_cues.py say, and the find before it in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.indicator_cues import (
    ADMINISTRATIVE,
    IndicatorKind,
    aims,
    is_bound,
    is_counted,
    is_limit,
    is_norm,
    is_ranked,
    is_reached,
    is_share,
    is_state,
    is_wanted,
    looks_ahead,
    looks_back,
)
from corpus.indicator_money import is_capped, is_given
from corpus.quantities import Quantity
from corpus.sentences import Span

_WORD = re.compile(r"\w+|%|[:;,()=+/–-]|[≥≤<>]")
_CLAUSE = re.compile(r"[;:]|,\s|\(|\)")
_YEAR = re.compile(r"20\d\d")
_NEAR = 4  # words before the number whose distance is told
_BEHIND = 8  # words behind it that are told at all
_LIST_MARKS = "-–+•*"


def read_signs(
    text: str, sentence: Span, quantity: Quantity, last: tuple[Quantity, IndicatorKind] | None
) -> set[str]:
    """The signs of one quantity in its sentence; `last` is the find before it there, with its kind."""
    lead = text[sentence.start : quantity.start]
    after = text[quantity.end : sentence.end]
    return {
        *_tell_count(quantity),
        *_tell_line(text, sentence),
        *_tell_words(lead, after),
        *_tell_cues(text, lead, after, quantity),
        *_tell_last(text, quantity, last),
    }


def _tell_count(quantity: Quantity) -> Iterator[str]:
    unit = quantity.unit
    yield f"unit={unit}"
    yield f"head={unit.split()[0]}"
    yield f"tail={unit.split()[-1]}"
    if quantity.is_percent:
        yield "share"
    elif "đồng" in unit or "usd" in unit:
        yield "billions" if "tỷ" in unit or "usd" in unit else "money"
    elif unit in ADMINISTRATIVE:
        yield "administrative"
    else:
        yield "counted" if is_counted(unit) else "size"
    held = {
        "apiece": "/" in unit,
        "part": quantity.of is not None,
        "range": quantity.to is not None,
        "all": quantity.is_percent and quantity.value == 100,
        "decimal": quantity.value != int(quantity.value),
        "round": quantity.value in (1, 2, 3, 5, 10, 20, 30, 50),
    }
    yield from (name for name, holds in held.items() if holds)
    if not quantity.is_percent:
        yield f"digits={min(len(str(int(quantity.value))), 5)}"


def _tell_line(text: str, sentence: Span) -> Iterator[str]:
    opening = text[sentence.start : sentence.start + 3]
    if opening[0] in _LIST_MARKS:
        yield "listed"
    elif opening[0].isdigit() or opening[1:2] in ").":
        yield "numbered"


def _tell_words(lead: str, after: str) -> Iterator[str]:
    before = [_fold(word) for word in _WORD.findall(lead[-120:])]
    behind = [_fold(word) for word in _WORD.findall(after[:90])]
    near = ["^", *before][-_NEAR:]
    yield from (f"before{at}={word}" for at, word in enumerate(reversed(near)))
    yield from (f"before={one} {two}" for one, two in pairwise(near))
    clause = [_fold(word) for word in _WORD.findall(_CLAUSE.split(lead)[-1])]
    yield f"length={min(len(clause) // 3, 5)}"
    yield f"clause={' '.join(clause[:1])}"
    yield f"clause={' '.join(clause[:2])}"
    yield from (f"behind{at}={word}" for at, word in enumerate([*behind, "$"][:3]))
    yield f"behind={' '.join(behind[:2])}"
    yield from (f"after={word}" for word in behind[:_BEHIND])


def _fold(word: str) -> str:
    if any(character.isdigit() for character in word):
        return "year" if _YEAR.fullmatch(word) else "0"
    return word.lower()


def _tell_cues(text: str, lead: str, after: str, quantity: Quantity) -> Iterator[str]:
    clause = lead[lead.rfind(";") + 1 :][-260:]
    words = lead + after
    told = {
        "aims": aims(clause),
        "bound": is_bound(clause),
        "limit": is_limit(text, quantity),
        "norm": is_norm(clause + after[:90]),
        "hard norm": is_norm(words, aimed=True),
        "ranked": is_ranked(lead),
        "reached": is_reached(clause, quantity, told=False),
        "told": is_reached(clause, quantity, told=True),
        "whole": is_share(after, quantity),
        "state": is_state(clause, quantity),
        "wanted": is_wanted(clause),
        "ahead": looks_ahead(lead),
        "back": looks_back(clause),
        "back somewhere": looks_back(words),
        "given": is_given(clause, quantity),
        "capped": is_capped(lead, quantity),
    }
    yield from (f"cue={name}" for name, holds in told.items() if holds)


def _tell_last(text: str, quantity: Quantity, last: tuple[Quantity, IndicatorKind] | None) -> Iterator[str]:
    if last is None:
        yield "first"
        return
    before, kind = last
    between = text[before.end : quantity.start]
    same = "same" if before.unit == quantity.unit else "other"
    yield f"last={kind}"
    yield f"last={kind} {same}"
    if len(between) < 60 and ";" not in between:
        yield f"last={kind} near {same}"
    if "(" in between and ")" not in between:
        yield f"last={kind} inside {same}"
