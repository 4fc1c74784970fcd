"""How likely it is that a question, or a part of one, asks for a fact of a document as a whole, by its wording.

A softmax over the kinds of facts and "none of these", over runs of one to three words with all numbers masked, so
that no topic counts. The weights are in `data/fact_kinds.tsv`, learned by `bench/train_fact_kinds.py` from ways of
asking that are our own (tests/gold/ways_of_asking.jsonl); docs/decisions.md has what it adds to the cues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from corpus.text import fold
from index.answering.findings import FactKind
from index.chat_words import SPELLED

LONGEST = 3  # words of a run
_WORD = re.compile(r"[\w/.-]+|[?,]")
_NUMBER, _COUNT = "§", "0"  # what stands for a document number or a day, and for any other figure
# As people type: "con xai dc ko", "noi ve cai j". In a question for a fact "k" and what is a syllable elsewhere count too.
SHORT = {word: fold(SPELLED[word]) for word in ("ko", "kg", "hok", "dc", "j", "hl")}
SHORT |= {"k": "khong", "hong": "khong", "hem": "khong", "xai": "dung"}


def spell_words(folded: str) -> list[str]:
    """The words of a folded text as the model counts them.

    >>> spell_words("nd 30/2020/nd-cp con xai dc ko, 2 nam?")
    ['nd', '§', 'con', 'dung', 'duoc', 'khong', ',', '0', 'nam', '?']
    """
    words: list[str] = []
    for match in _WORD.finditer(folded):
        word = match[0].strip(".-/") or match[0]
        if any(letter.isdigit() for letter in word):
            words.append(_NUMBER if "/" in word or "-" in word else _COUNT)
        else:
            words += SHORT.get(word, word).split()
    return words


def list_runs(words: list[str]) -> Iterator[str]:
    """Every run of one to LONGEST words."""
    for length in range(1, LONGEST + 1):
        for at in range(len(words) - length + 1):
            yield " ".join(words[at : at + length])


@lru_cache(maxsize=4096)
def estimate_kinds(folded: str) -> Mapping[FactKind, float]:
    """The odds (0–1, with those of "none" they add up to 1) that each kind is asked for in a folded text."""
    weights, intercept = _read_weights()
    scores = intercept.copy()
    for run in set(list_runs(spell_words(folded))):
        if run in weights:
            scores += weights[run]
    odds = np.exp(scores - scores.max())
    odds /= odds.sum()
    return dict(zip(FactKind, odds[:-1].tolist(), strict=True))


@cache
def _read_weights() -> tuple[Mapping[str, NDArray[np.float64]], NDArray[np.float64]]:
    """(the weights of each run, the intercepts): of every kind in its order, then of none."""
    lines = resources.files("index").joinpath("data/fact_kinds.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    table = {run: np.array([float(one) for one in values]) for run, *values in rows}
    return table, table.pop("")
