"""Fusion and measures against values worked out by hand, and FAISS against plain numpy."""

from __future__ import annotations

from math import log2, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dense import DenseIndex
from index.errors import IndexCorrupt
from index.fusion import blend, z_scores
from index.metrics import hit_at, ndcg_at, r_precision, recall_at, reciprocal_rank_at


def test_z_scores_are_deviations_from_the_mean() -> None:
    # scores 4, 2, 0: mean 2, deviation sqrt(8/3)
    deviation = sqrt(8 / 3)
    assert z_scores([(1, 4.0), (2, 2.0), (3, 0.0)]) == pytest.approx(
        {1: 2 / deviation, 2: 0, 3: -2 / deviation}
    )


def test_equal_scores_decide_nothing() -> None:
    assert z_scores([(1, 3.0), (2, 3.0)]) == {1: 0.0, 2: 0.0}
    assert z_scores([]) == {}


def test_blend_gives_the_lowest_score_to_what_a_list_does_not_hold() -> None:
    # dense z: 1 → 1, 2 → -1; lexical z: 2 → 1, 3 → -1; weights 0.75 / 0.25
    blended = blend([(1, 0.9), (2, 0.7)], [(2, 8.0), (3, 4.0)], dense_weight=0.75)
    assert blended == [(1, pytest.approx(0.5)), (2, pytest.approx(-0.5)), (3, pytest.approx(-1.0))]


@given(
    st.lists(st.tuples(st.integers(0, 30), st.floats(-5, 5)), unique_by=lambda item: item[0]),
    st.lists(st.tuples(st.integers(0, 30), st.floats(-5, 5)), unique_by=lambda item: item[0]),
)
def test_blend_holds_every_row_once_in_order(
    dense: list[tuple[int, float]], lexical: list[tuple[int, float]]
) -> None:
    blended = blend(dense, lexical, dense_weight=0.6)
    assert sorted(row for row, _ in blended) == sorted(
        {row for row, _ in dense} | {row for row, _ in lexical}
    )
    scores = [score for _, score in blended]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("ranked", "relevant", "k", "hit", "recall", "mrr", "ndcg"),
    [
        (["a", "b", "c"], {"a"}, 10, 1.0, 1.0, 1.0, 1.0),
        (["a", "b", "c"], {"c"}, 10, 1.0, 1.0, 1 / 3, 1 / log2(4)),
        (["a", "b", "c"], {"c"}, 2, 0.0, 0.0, 0.0, 0.0),
        (["a", "b", "c"], {"b", "x"}, 3, 1.0, 0.5, 0.5, (1 / log2(3)) / (1 + 1 / log2(3))),
        ([], {"a"}, 10, 0.0, 0.0, 0.0, 0.0),
    ],
)
def test_measures(
    ranked: list[str], relevant: set[str], k: int, hit: float, recall: float, mrr: float, ndcg: float
) -> None:
    assert hit_at(ranked, relevant, k) == hit
    assert recall_at(ranked, relevant, k) == recall
    assert reciprocal_rank_at(ranked, relevant, k) == pytest.approx(mrr)
    assert ndcg_at(ranked, relevant, k) == pytest.approx(ndcg)


@pytest.mark.parametrize(
    ("ranked", "relevant", "share"),
    [
        (["a", "b", "c"], {"a", "b"}, 1.0),  # all of them first
        (["b", "c", "a"], {"a", "b"}, 1 / 2),
        (["c", "a"], {"a"}, 0.0),
        (["a"], {"a", "b", "c"}, 1 / 3),
    ],
)
def test_r_precision_looks_at_as_many_as_are_relevant(
    ranked: list[str], relevant: set[str], share: float
) -> None:
    assert r_precision(ranked, relevant) == share


def _unit_vectors(count: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 384)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_faiss_ranks_and_scores_as_plain_numpy_does() -> None:
    vectors, query = _unit_vectors(200, 1), _unit_vectors(1, 2)[0]
    rows = list(range(1000, 1200))
    index = DenseIndex(384)
    index.update(rows, vectors)
    cosines = vectors @ query
    best = np.argsort(-cosines)[:10]
    found = index.search(query, limit=10)
    assert [row for row, _ in found] == [rows[i] for i in best]
    assert [score for _, score in found] == pytest.approx([float(cosines[i]) for i in best], abs=1e-6)


def test_removed_vectors_are_not_found_and_the_file_comes_back_whole(tmp_path: Path) -> None:
    vectors = _unit_vectors(5, 3)
    index = DenseIndex(384)
    index.update([1, 2, 3, 4, 5], vectors)
    index.update([], np.empty((0, 384), dtype=np.float32), remove=[2, 4])
    index.save(tmp_path / "vectors.faiss")
    loaded = DenseIndex.load(tmp_path / "vectors.faiss", 384)
    assert loaded.rows() == {1, 3, 5}
    assert loaded.search(vectors[2], limit=5)[0] == (3, pytest.approx(1.0, abs=1e-6))
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]


def test_a_damaged_vector_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    path.write_bytes(b"not an index")
    with pytest.raises(IndexCorrupt, match="cancu index --rebuild"):
        DenseIndex.load(path, 384)
