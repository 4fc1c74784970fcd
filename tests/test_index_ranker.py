"""The learned ranker: its features by hand, its weights, and what it may and may not do to a ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.store import Store
from index.encoder import Encoder
from index.passage_words import Letters
from index.query import read_query
from index.ranker import (
    FEATURES,
    Candidate,
    load_weights,
    measure_candidates,
    rank_candidates,
    standardise,
)
from index.search import Searcher, Weights
from index.tokens import syllables

BuildStore = Callable[[Path, list[Path]], Store]


LETTERS = Letters()


def candidate(row: int, text: str, title: str = "", blend: float = 0.0, cosine: float = 0.0) -> Candidate:
    return Candidate(row=row, title=title, words=LETTERS.write(text), blend=blend, cosine=cosine)


def rarity(unit: str) -> float:
    """Known words weigh 1, "đất" 3; a pair weighs 2, whatever it is."""
    return 2.0 if "_" in unit else 3.0 if unit == "đất" else 1.0


def features_of(query: str, one: Candidate) -> dict[str, float]:
    row = measure_candidates(query, [one], LETTERS, rarity)[0]
    return dict(zip(FEATURES, row.tolist(), strict=True))


def test_shares_count_distinct_units_by_their_rarity() -> None:
    found = features_of("thu hồi đất ở", candidate(1, "Đất bị thu hồi. Thu hồi đất!", blend=0.5, cosine=0.9))
    # syllables: thu, hồi, đất of thu, hồi, đất, ở: (1 + 1 + 3) / 6; pairs: thu_hồi, hồi_đất of three;
    # triples: thu hồi đất of two, each as rare as its pairs.
    assert found == pytest.approx(
        {"blend": 0.5, "cosine": 0.9, "syllables": 5 / 6, "pairs": 2 / 3, "triples": 1 / 2, "title": 0.0}
    )


def test_words_between_break_pairs_and_triples() -> None:
    found = features_of("thu hồi đất", candidate(1, "thu lại, rồi hồi phục đất"))
    assert (found["syllables"], found["pairs"], found["triples"]) == (1.0, 0.0, 0.0)


def test_a_title_counts_by_its_own_weight() -> None:
    found = features_of("bao giờ bị thu hồi đất", candidate(1, "…", title="Thu hồi đất ở"))
    assert found["title"] == pytest.approx((1 + 1 + 3) / (1 + 1 + 3 + 1))


def test_tones_are_placed_one_way_on_both_sides() -> None:
    assert features_of("uỷ quyền", candidate(1, "ỦY QUYỀN"))["pairs"] == 1.0


@pytest.mark.parametrize("query", ["", "…", "đất"])
def test_short_queries_have_no_pairs(query: str) -> None:
    found = features_of(query, candidate(1, "đất"))
    assert (found["pairs"], found["triples"]) == (0.0, 0.0)
    assert found["syllables"] == (1.0 if query == "đất" else 0.0)


def test_standardised_columns_have_mean_0_and_deviation_1_or_are_0() -> None:
    standard = standardise(np.array([[1.0, 5.0], [3.0, 5.0], [5.0, 5.0]]))
    assert standard[:, 0] == pytest.approx([-(1.5**0.5), 0, 1.5**0.5])
    assert standard[:, 1].tolist() == [0.0, 0.0, 0.0]


def test_the_score_is_the_weighted_sum_of_standardised_features_and_ties_go_by_row() -> None:
    given = [candidate(7, "x", cosine=0.2), candidate(3, "x", cosine=0.4), candidate(5, "x", cosine=0.2)]
    weights = dict.fromkeys(FEATURES, 0.0) | {"cosine": 2.0}
    ranked = rank_candidates("đất", given, LETTERS, rarity, weights)
    assert [row for row, _ in ranked] == [3, 5, 7]
    assert [score for _, score in ranked] == pytest.approx([2 * 2**0.5, -(2**0.5), -(2**0.5)])
    assert rank_candidates("đất", [], LETTERS, rarity) == []


def test_the_shipped_weights_are_one_for_each_feature_above_0_and_sum_to_1() -> None:
    weights = load_weights()
    assert tuple(weights) == FEATURES
    assert min(weights.values()) > 0
    assert sum(weights.values()) == pytest.approx(1, abs=1e-3)


@pytest.fixture(scope="module")
def pages(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, build_store: BuildStore
) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("ranker")
    for number, topic in enumerate(("trồng cây ven đường", "cây cảnh ngày Tết", "đường làng trồng hoa")):
        (folder / f"{number}.txt").write_text(f"Bài {number}\n\nXã vận động {topic} trong năm.\n", "utf-8")
    with build_store(folder / "store", [folder]) as store:
        yield Searcher.open(store, encoder)


def test_what_lies_behind_the_ranked_keeps_its_order_and_stays_behind(pages: Searcher) -> None:
    query = read_query("trồng cây", pages.store)
    blended = [hit.row for hit in pages.search(query, weights=Weights(ranked=0))]
    half = pages.search(query, weights=Weights(ranked=1))
    assert [hit.row for hit in half] == blended
    assert [hit.score for hit in half] == sorted((hit.score for hit in half), reverse=True)


def test_candidates_are_the_blend_with_cosines_of_all(pages: Searcher) -> None:
    query = read_query("trồng cây ven đường", pages.store)
    found, letters = pages.find_candidates(query, Weights(depth=1))
    cosines = dict(pages.search_dense(query, limit=10))
    assert {one.row: one.cosine for one in found} == pytest.approx(
        {one.row: cosines[one.row] for one in found}, abs=1e-6
    )
    assert found[0].words.startswith("".join(letters[unit] for unit in syllables(found[0].title)))
    assert found[0].blend == max(one.blend for one in found)
