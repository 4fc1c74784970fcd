"""The learned ranker: the candidates of the blend, ordered anew by how much of the query their words carry.

A linear model over features that are standardised within the candidates of one query, so that no feature
depends on the collection. `data/ranker.tsv` holds its weights; `bench/train_ranker.py` is the recipe, and
docs/decisions.md tells what it adds on sets that it was not trained on, and what lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.tokens import syllables

Matrix = NDArray[np.float64]
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
    words: str  # what the indexes see of it, the title in front, a character a syllable
    blend: float
    cosine: float


def measure_candidates(
    query: str, candidates: Sequence[Candidate], letters: Mapping[str, str], rarity: Rarity
) -> Matrix:
    """The features of each candidate, shape (len(candidates), len(FEATURES)); shares lie in [0, 1].

    `letters` are the characters that stand for syllables in the words of the candidates.
    """
    typed = syllables(query)
    singles = {unit: rarity(unit) for unit in typed}
    pairs = {pair: rarity("_".join(pair)) for pair in pairwise(typed)}
    # A triple is as rare as its two pairs on average: triples are not counted in any index.
    triples = {
        (a, b, c): (pairs[a, b] + pairs[b, c]) / 2
        for a, b, c in zip(typed, typed[1:], typed[2:], strict=False)
    }
    asked = {unit: letters.get(unit, _NOWHERE) for unit in typed}
    runs = [
        [("".join(map(asked.__getitem__, units)), weight) for units, weight in wanted]
        for wanted in (
            [((unit,), weight) for unit, weight in singles.items()],
            pairs.items(),
            triples.items(),
        )
    ]
    in_titles = cache(lambda title: _share_of_title(title, singles, rarity))
    rows = []
    for candidate in candidates:
        shares = (_share(wanted, candidate.words) for wanted in runs)
        rows.append((candidate.blend, candidate.cosine, *shares, in_titles(candidate.title)))
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def standardise(features: Matrix) -> Matrix:
    """Each column in standard deviations from its mean over the candidates; 0 where they do not differ."""
    deviation = features.std(axis=0)
    return np.asarray((features - features.mean(axis=0)) / np.where(deviation > 1e-9, deviation, np.inf))


def rank_candidates(
    query: str,
    candidates: Sequence[Candidate],
    letters: Mapping[str, str],
    rarity: Rarity,
    weights: Mapping[str, float] | None = None,
) -> list[tuple[int, float]]:
    """(row, score) of the candidates, best first; ties by row. `weights` default to the learned ones."""
    if not candidates:
        return []
    learned = load_weights() if weights is None else weights
    features = standardise(measure_candidates(query, candidates, letters, rarity))
    scores = features @ [learned[name] for name in FEATURES]
    found = ((candidate.row, float(score)) for candidate, score in zip(candidates, scores, strict=True))
    return sorted(found, key=lambda item: (-item[1], item[0]))


@cache
def load_weights() -> Mapping[str, float]:
    """The learned weight of each feature."""
    lines = resources.files("index").joinpath("data/ranker.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}


_NOWHERE = "\0"  # stands for a syllable that no passage has


def _share(wanted: Sequence[tuple[str, float]], words: str) -> float:
    """The part of the wanted strings' weight that is in a string; 0 where nothing is wanted."""
    whole = sum([weight for _, weight in wanted])
    return sum([weight for string, weight in wanted if string in words]) / whole if whole else 0.0


_title_words = lru_cache(maxsize=4096)(lambda title: frozenset(syllables(title)))


def _share_of_title(title: str, asked: Mapping[str, float], rarity: Rarity) -> float:
    words = _title_words(title)
    whole = sum(map(rarity, words))
    return sum(asked.get(word, 0.0) for word in words) / whole if whole else 0.0
