"""The learned ranker: the candidates of the blend, ordered anew by how much of the query their words carry.

A linear model over features that are standardised within the candidates of one query, so that no feature
depends on the collection. `data/ranker.tsv` holds its weights; `bench/train_ranker.py` is the recipe, and
docs/decisions.md tells what it adds on sets that it was not trained on, and what lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.tokens import place_tone, split_syllables, syllables

Matrix = NDArray[np.float64]
Unit = TypeVar("Unit")
Rarity = Callable[[str], float]  # a syllable or a pair of them → its inverse document frequency

FEATURES = (
    "blend",  # the z-scored blend of the dense and the lexical list
    "cosine",  # of the query and the passage, also where the dense list does not hold it
    "syllables",  # share of the query's syllables that the passage has, each as much as it is rare
    "pairs",  # the same of pairs of neighbours
    "triples",
    "title",  # share of the title's syllables that the query has, each as much as it is rare
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage that may answer the query, with what the first stage says of it."""

    row: int
    title: str
    text: str  # what the indexes see of it, the title in front
    blend: float
    cosine: float


def measure_candidates(query: str, candidates: Sequence[Candidate], rarity: Rarity) -> Matrix:
    """The features of each candidate, shape (len(candidates), len(FEATURES)); shares lie in [0, 1]."""
    typed = syllables(query)
    singles = {unit: rarity(unit) for unit in typed}
    pairs = {pair: rarity("_".join(pair)) for pair in pairwise(typed)}
    # A triple is as rare as its two pairs on average: triples are not counted in any index.
    triples = {(a, b, c): (pairs[a, b] + pairs[b, c]) / 2 for a, b, c in _triples(typed)}
    asked = _Asked(singles)
    in_titles = cache(lambda title: _share_of_title(title, singles, rarity))
    rows = []
    for candidate in candidates:
        # Words that the query lacks can only break its runs: one stop stands for each.
        words = list(map(asked.__getitem__, split_syllables(candidate.text)))
        rows.append(
            (
                candidate.blend,
                candidate.cosine,
                _share(singles, words),
                _share(pairs, pairwise(words)),
                _share(triples, _triples(words)),
                in_titles(candidate.title),
            )
        )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def standardise(features: Matrix) -> Matrix:
    """Each column in standard deviations from its mean over the candidates; 0 where they do not differ."""
    deviation = features.std(axis=0)
    return np.asarray((features - features.mean(axis=0)) / np.where(deviation > 1e-9, deviation, np.inf))


def rank_candidates(
    query: str, candidates: Sequence[Candidate], rarity: Rarity, weights: Mapping[str, float] | None = None
) -> list[tuple[int, float]]:
    """(row, score) of the candidates, best first; ties by row. `weights` default to the learned ones."""
    if not candidates:
        return []
    learned = load_weights() if weights is None else weights
    scores = standardise(measure_candidates(query, candidates, rarity)) @ [learned[name] for name in FEATURES]
    found = ((candidate.row, float(score)) for candidate, score in zip(candidates, scores, strict=True))
    return sorted(found, key=lambda item: (-item[1], item[0]))


@cache
def load_weights() -> Mapping[str, float]:
    """The learned weight of each feature."""
    lines = resources.files("index").joinpath("data/ranker.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}


class _Asked(dict[str, str]):
    """Syllable as typed in a passage → itself with its tone in the one place, "" where the query lacks it."""

    def __init__(self, asked: Collection[str]) -> None:
        self._asked = asked

    def __missing__(self, typed: str) -> str:
        placed = place_tone(typed)
        self[typed] = found = placed if placed in self._asked else ""
        return found


def _triples(units: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    return zip(units, units[1:], units[2:], strict=False)


def _share(wanted: Mapping[Unit, float], units: Iterable[Unit]) -> float:
    """The part of the wanted units' weight that is held; 0 where nothing is wanted."""
    whole = sum(wanted.values())
    held = wanted.keys() & units
    return sum(weight for unit, weight in wanted.items() if unit in held) / whole if whole else 0.0


def _share_of_title(title: str, asked: Mapping[str, float], rarity: Rarity) -> float:
    words = set(syllables(title))
    whole = sum(map(rarity, words))
    return sum(asked.get(word, 0.0) for word in words) / whole if whole else 0.0
