"""Filtered search against brute force: the full ranking of everything, restricted afterwards."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from corpus.facets import Filters
from corpus.models import DocumentKind
from index.dense import DenseIndex
from index.fusion import blend
from index.lexical import Field, LexicalIndex, PassageTokens
from index.query import read_query
from index.search import Searcher, Weights

ROWS = list(range(3, 903, 3))  # row numbers have gaps where passages were removed


@pytest.fixture(scope="module")
def dense() -> tuple[DenseIndex, np.ndarray]:
    generator = np.random.default_rng(7)
    vectors = generator.normal(size=(len(ROWS) + 1, 24)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = DenseIndex(24)
    index.update(ROWS, vectors[:-1])
    return index, vectors[-1]


@pytest.fixture(scope="module")
def lexical() -> LexicalIndex:
    chance = random.Random(7)
    words = [f"w{i}" for i in range(60)]
    index = LexicalIndex(None)
    index.update(
        PassageTokens(
            row=row, tokens={Field.SYLLABLES: chance.choices(words, range(60), k=chance.randint(5, 80))}
        )
        for row in ROWS
    )
    return index


def some_sets(*, seed: int) -> list[frozenset[int]]:
    """Sets of every size, with rows that the index does not hold."""
    chance = random.Random(seed)
    sizes = [1, 2, 10, 50, 99, 100, 101, 200, 299, 300] * 3
    return [frozenset([*chance.sample(ROWS, size), 1, 5000]) for size in sizes]


def restrict(ranking: Sequence[tuple[int, float]], allowed: frozenset[int]) -> list[tuple[int, float]]:
    return [(row, score) for row, score in ranking if row in allowed]


@pytest.mark.parametrize("limit", [1, 10, 100, 1000])
def test_dense_is_the_full_ranking_restricted(dense: tuple[DenseIndex, np.ndarray], limit: int) -> None:
    index, vector = dense
    full = index.search(vector, limit=len(ROWS))
    for allowed in some_sets(seed=limit):
        assert index.search(vector, limit=limit, allowed=allowed) == restrict(full, allowed)[:limit]


@pytest.mark.parametrize("limit", [1, 10, 100, 1000])
def test_lexical_is_the_full_ranking_restricted(lexical: LexicalIndex, limit: int) -> None:
    tokens = [(Field.SYLLABLES, f"w{i}", boost) for i, boost in ((3, 1.0), (20, 0.5), (45, 1.0), (59, 0.3))]
    full = lexical.search(tokens, limit=len(ROWS))
    scores = dict(full)
    for allowed in some_sets(seed=limit):
        found = lexical.search(tokens, limit=limit, allowed=allowed)
        wanted = restrict(full, allowed)[:limit]
        # Scores of equal passages may differ in the last bit by the order in which tantivy adds them up.
        assert [score for _, score in found] == pytest.approx([score for _, score in wanted], rel=1e-6)
        assert [score for _, score in found] == pytest.approx([scores[row] for row, _ in found], rel=1e-6)
        assert {row for row, _ in found} <= allowed
        assert len({row for row, _ in found}) == len(found)


def test_nothing_is_found_where_nothing_is_allowed(
    dense: tuple[DenseIndex, np.ndarray], lexical: LexicalIndex
) -> None:
    index, vector = dense
    assert index.search(vector, limit=5, allowed=frozenset()) == []
    assert lexical.search([(Field.SYLLABLES, "w59", 1.0)], limit=5, allowed=frozenset()) == []
    assert index.search(vector, limit=5, allowed={1}) == []


FILTERS = [
    Filters(provinces=("Hà Tĩnh",)),
    Filters(provinces_today=("Thái Bình",)),
    Filters(kinds=(DocumentKind.NEWS,)),
    Filters(first_day=date(2025, 7, 1)),
    Filters(provinces=("Hà Tĩnh", "Huế"), kinds=(DocumentKind.NEWS, DocumentKind.OFFICIAL)),
]


@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
@pytest.mark.parametrize("depth", [5, 100])
def test_search_blends_the_full_rankings_restricted(samples: Searcher, filters: Filters, depth: int) -> None:
    allowed = samples.facets.select(filters).rows
    assert 0 < len(allowed) < len(samples.store.passage_rows())
    weights = Weights(depth=depth)
    for text in ("xây dựng nông thôn mới", "giam ngheo ben vung", "sáp nhập xã phường"):
        query = read_query(text, samples.store)
        dense = samples.search_dense(query, limit=10_000)
        lexical = samples.search_lexical(query, limit=10_000)
        wanted = blend(
            restrict(dense, allowed)[:depth], restrict(lexical, allowed)[:depth], dense_weight=weights.dense
        )
        hits = samples.search(query, limit=10_000, weights=weights, fold_copies=False, filters=filters)
        assert [hit.score for hit in hits] == pytest.approx([score for _, score in wanted], abs=1e-4)
        assert {hit.row for hit in hits} == {row for row, _ in wanted}


def test_a_number_lifts_only_what_passes(samples: Searcher) -> None:
    number = "04-NQ/TU"
    everywhere = samples.search(number, limit=100)
    assert any(hit.number_match for hit in everywhere)
    here = Filters(provinces=("Hà Tĩnh",))
    inside = samples.search(number, limit=100, filters=here)
    allowed = samples.facets.select(here).rows
    assert {hit.row for hit in inside if hit.number_match} == {
        hit.row for hit in everywhere if hit.number_match and hit.row in allowed
    }
    away = samples.search(number, limit=100, filters=Filters(provinces=("Huế",)))
    assert away
    assert not any(hit.number_match for hit in away)


def test_a_filter_that_nothing_passes_finds_nothing(samples: Searcher) -> None:
    assert samples.search("nông thôn mới", filters=Filters(provinces=("Lai Châu",))) == []
