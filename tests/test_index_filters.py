"""Filtered search against brute force (the full ranking, restricted afterwards), and filters as typed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from test_corpus_effect import TEXTS
from test_corpus_store_facets import MORE

from corpus.effect import Effect
from corpus.facets import Filters
from corpus.labels import UNKNOWN
from corpus.models import DocumentKind
from corpus.store import Store
from index.dense import DenseIndex
from index.diversity import Fold
from index.encoder import Encoder
from index.errors import InvalidFilter
from index.filters import TypedFilters, read_filters
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
    vectors[100:180] = vectors[7]  # one text in many copies
    vectors[-1] = vectors[7] + 0.5 * vectors[200]
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
    for allowed in some_sets(seed=limit):
        assert lexical.search(tokens, limit=limit, allowed=allowed) == restrict(full, allowed)[:limit]


def test_nothing_is_found_where_nothing_is_allowed(
    dense: tuple[DenseIndex, np.ndarray], lexical: LexicalIndex
) -> None:
    index, vector = dense
    assert index.search(vector, limit=5, allowed=frozenset()) == []
    assert lexical.search([(Field.SYLLABLES, "w59", 1.0)], limit=5, allowed=frozenset()) == []
    assert index.search(vector, limit=5, allowed={1}) == []


@pytest.fixture(scope="module")
def acts(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Iterator[Searcher]:
    """Six acts and a news page."""
    folder: Path = tmp_path_factory.mktemp("acts")
    for name, text in {**TEXTS, **MORE}.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    with build_store(folder / "store", [folder]) as store:
        yield Searcher.open(store, encoder)


FILTERS = [
    Filters(types=("Quyết định", "Nghị định")),
    Filters(provinces_today=("Thái Bình",)),
    Filters(kinds=(DocumentKind.NEWS,)),
    Filters(first_day=date(2024, 1, 1)),
    Filters(effects=(Effect.UNKNOWN,), levels=("trung ương",)),
]


@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
@pytest.mark.parametrize("depth", [2, 100])
def test_search_blends_the_full_rankings_restricted(acts: Searcher, filters: Filters, depth: int) -> None:
    allowed = acts.facets.select(filters).rows
    assert 0 < len(allowed) < len(acts.store.passage_rows())
    for text in ("trồng cây ven đường", "hieu luc thi hanh", "kế hoạch hằng năm của tỉnh"):
        query = read_query(text, acts.store)
        wanted = blend(
            restrict(acts.search_dense(query, limit=1000), allowed)[:depth],
            restrict(acts.search_lexical(query, limit=1000), allowed)[:depth],
            dense_weight=Weights().dense,
        )
        hits = acts.search(
            query, limit=1000, weights=Weights(depth=depth, ranked=0), fold=Fold.NOTHING, filters=filters
        )
        assert {hit.row for hit in hits} == {row for row, _ in wanted}
        assert [hit.score for hit in hits] == pytest.approx([score for _, score in wanted], abs=1e-4)


def test_a_number_lifts_only_what_passes(acts: Searcher) -> None:
    number = "3/2019/NĐ-CP"
    everywhere = acts.search(number, limit=100)
    amending = Filters(first_day=date(2023, 1, 1), last_day=date(2023, 12, 31))
    allowed = acts.facets.select(amending).rows
    lifted = {hit.row for hit in acts.search(number, limit=100, filters=amending) if hit.number_match}
    assert lifted == {hit.row for hit in everywhere if hit.number_match and hit.row in allowed}
    assert lifted
    away = acts.search(number, limit=100, filters=Filters(provinces=("Hà Tĩnh",)))
    assert away
    assert not any(hit.number_match for hit in away)


def test_a_correction_moves_a_document_out_of_a_filtered_search(acts: Searcher) -> None:
    here = Filters(provinces=("Hưng Yên",))
    document_id = acts.store.find_document("21/2026/NQ-HĐND")
    assert {hit.passage.document_id for hit in acts.search("trồng cây", filters=here)} == {document_id}
    acts.store.correct(document_id, "province", "Huế", by="Văn thư", reason="thử")
    assert acts.search("trồng cây", filters=here) == []
    acts.store.undo_correction(document_id, "province", by="Văn thư", reason="thử xong")
    assert acts.search("trồng cây", filters=here) != []


TYPED = [
    (TypedFilters(types=["nq"]), Filters(types=("Nghị quyết",))),
    (TypedFilters(types=["Nghị quyết", "nghi quyet"]), Filters(types=("Nghị quyết",))),
    (TypedFilters(types=["QD"]), Filters(types=("Quyết định", "Quy định"))),  # the Party's QĐ is either
    (TypedFilters(types=["KL"]), Filters(types=("Kết luận",))),  # none is held: nothing passes, no error
    (TypedFilters(types=["luật"]), Filters(types=("Luật",))),
    (TypedFilters(issuers=["ubnd ha tinh"]), Filters(issuers=("Ủy ban nhân dân tỉnh Hà Tĩnh",))),
    (TypedFilters(issuers=["UBND tỉnh Thái Bình"]), Filters(issuers=("Ủy ban nhân dân tỉnh Thái Bình",))),
    (TypedFilters(issuers=["chinh phu"]), Filters(issuers=("Chính phủ", "CP"))),
    (TypedFilters(issuers=["CP"]), Filters(issuers=("Chính phủ", "CP"))),
    (TypedFilters(issuers=["hđnd"]), Filters(issuers=("Hội đồng nhân dân tỉnh Hưng Yên", "HĐND"))),
    (TypedFilters(issuers=["Bộ Tài chính"]), Filters(issuers=("Bộ Tài chính",))),
    (TypedFilters(levels=["Trung ương", "xa"]), Filters(levels=("trung ương", "xã"))),
    (TypedFilters(systems=["dang", "mặt trận"]), Filters(systems=("Đảng", "Mặt trận, đoàn thể"))),
    (TypedFilters(provinces=["tp hcm", "tỉnh hà tĩnh"]), Filters(provinces=("Hồ Chí Minh", "Hà Tĩnh"))),
    (TypedFilters(provinces=["thai binh"], today=True), Filters(provinces_today=("Thái Bình",))),
    (TypedFilters(provinces=["không rõ"]), Filters(provinces=(UNKNOWN,))),
    (TypedFilters(first="2021-02", last="2/2024"), Filters(first_day=date(2021, 2, 1), last_day=date(2024, 2, 29))),
    (TypedFilters(first="2021", last="2021"), Filters(first_day=date(2021, 1, 1), last_day=date(2021, 12, 31))),
    (TypedFilters(first="15/7/2021"), Filters(first_day=date(2021, 7, 15))),
    (TypedFilters(kinds=["directive", "tin"]), Filters(kinds=(DocumentKind.OFFICIAL, DocumentKind.NEWS))),
    (TypedFilters(kinds=["không rõ"]), Filters(kinds=(DocumentKind.UNKNOWN,))),
    (TypedFilters(effects=["thay the"]), Filters(effects=(Effect.REPLACED,))),
    (TypedFilters(effects=["Hết hiệu lực"]), Filters(effects=(Effect.EXPIRED,))),
    (TypedFilters(effects=["không rõ"]), Filters(effects=(Effect.UNKNOWN,))),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), TYPED, ids=range(len(TYPED)))
def test_filters_in_any_typing(acts: Searcher, typed: TypedFilters, meant: Filters) -> None:
    assert read_filters(typed, acts.facets.documents().values()) == meant


WRONG = [
    (TypedFilters(types=["giấy mời họp"]), "Nghị định (3)"),
    (TypedFilters(issuers=["Bộ Hạnh phúc"]), "Chính phủ (3)"),
    (TypedFilters(levels=["làng"]), "trung ương; tỉnh; huyện; xã"),
    (TypedFilters(systems=["x"]), "Đảng; Nhà nước; Mặt trận, đoàn thể"),
    (TypedFilters(provinces=["Hưng Hà"]), "Hà Tĩnh (1)"),  # a district
    (TypedFilters(provinces=["Sao Hỏa"]), "Hưng Yên (1)"),
    (TypedFilters(kinds=["x"]), "directive; news; unknown"),
    (TypedFilters(effects=["hiệu lực"]), "hết hiệu lực một phần"),  # of several
    (TypedFilters(sources=["bao.vn"]), "Kho chưa có giá trị nào"),
    (TypedFilters(first="13/2021"), "7/2021"),
    (TypedFilters(last="31/2/2021"), "15/7/2021"),
    (TypedFilters(first="2022", last="2021"), "Khoảng ngày ngược"),
]


@pytest.mark.parametrize(("typed", "told"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_value_is_answered_with_the_right_ones(
    acts: Searcher, typed: TypedFilters, told: str
) -> None:
    with pytest.raises(InvalidFilter) as refused:
        read_filters(typed, acts.facets.documents().values())
    assert told in str(refused.value)
