"""Measures of ranked retrieval for one query: pure functions of a ranking and the relevant ids.

`ranked` holds distinct ids, best first; relevance is binary. A query without relevant ids has no measure:
callers leave it out.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from math import log2


def hit_at(ranked: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """1.0 if a relevant id is among the first k."""
    return float(any(item in relevant for item in ranked[:k]))


def recall_at(ranked: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """The share of the relevant ids among the first k."""
    return sum(item in relevant for item in ranked[:k]) / len(relevant)


def reciprocal_rank_at(ranked: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """1 / rank of the first relevant id within the first k, else 0."""
    for rank, item in enumerate(ranked[:k], start=1):
        if item in relevant:
            return 1 / rank
    return 0.0


def ndcg_at(ranked: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """Normalised discounted cumulative gain with gains 0/1 (Järvelin and Kekäläinen 2002).

    >>> round(ndcg_at(["a", "b", "c"], {"b"}, 10), 4)
    0.6309
    """
    gain = sum(1 / log2(rank + 1) for rank, item in enumerate(ranked[:k], start=1) if item in relevant)
    ideal = sum(1 / log2(rank + 1) for rank in range(1, min(len(relevant), k) + 1))
    return gain / ideal


def r_precision(ranked: Sequence[Hashable], relevant: Collection[Hashable]) -> float:
    """The share of relevant ids among the first R, where R is how many there are; 1.0: all of them first."""
    return recall_at(ranked, relevant, len(relevant))
