"""A list worth reading: at most two passages of one document stand in it, the rest below the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.store import Store
from index.diversity import Fold
from index.encoder import Encoder
from index.search import Searcher

TREES = ("bàng", "phượng", "xà cừ", "sấu", "me", "dừa")
QUERY = "xã trồng cây bóng mát dọc đường liên thôn"


def _decision(number: str) -> str:
    articles = "\n\n".join(
        f"Điều {place}. Cây {tree}\nCác xã trồng cây {tree} làm cây bóng mát dọc đường liên thôn. "
        + " ".join(
            f"Thôn số {thon} trồng {thon + place} cây {tree}, cử người tưới hằng tuần và thay cây chết trước mùa mưa."
            for thon in range(1, 9)
        )
        for place, tree in enumerate(TREES, start=1)
    )
    return (
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\n\n"
        f"Số: {number}\n\nHà Tĩnh, ngày 02 tháng 3 năm 2024\n\nQUYẾT ĐỊNH\nVề cây bóng mát\n\n{articles}\n\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n"
    )


PAGES = {
    "quyet-dinh": _decision("5/2024/QĐ-UBND"),
    "dang-lai": _decision("5/2024/QĐ-UBND"),
    "tin-1": "Xã An Bình trồng cây\n\nSáng Chủ nhật, xã An Bình trồng cây bóng mát dọc đường liên thôn.\n",
    "tin-2": "Xã Yên Hòa tưới cây\n\nXã Yên Hòa chăm cây bóng mát dọc đường liên thôn vừa trồng.\n",
}


@pytest.fixture(scope="module")
def trees(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Iterator[Searcher]:
    pages = tmp_path_factory.mktemp("trees") / "pages"
    pages.mkdir()
    for name, text in PAGES.items():
        (pages / f"{name}.txt").write_text(text, "utf-8")
    with build_store(pages.parent / "store", [pages]) as store:
        yield Searcher.open(store, encoder)


def test_one_document_does_not_fill_the_list(trees: Searcher) -> None:
    hits = trees.search(QUERY, limit=5)
    decision = [
        hit for hit in hits if hit.passage.document_id in trees.store.documents_with_symbol("5/2024/QĐ-UBND")
    ]
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert len(decision) == 2
    assert len({hit.passage.document_id for hit in hits}) == 3
    first, second = decision
    assert len(first.below) == 4  # of six articles; the repost brings none again
    assert second.below == ()
    assert len(first.copies) == 1


def test_below_stand_the_passages_that_would_have_come_next(trees: Searcher) -> None:
    flat = trees.search(QUERY, limit=20, fold=Fold.COPIES)
    folded = trees.search(QUERY, limit=20)
    assert all(hit.below == () for hit in flat)
    assert sorted(hit.row for hit in flat) == sorted(
        [hit.row for hit in folded] + [below.row for hit in folded for below in hit.below]
    )
    for hit in folded:
        assert [below.score for below in hit.below] == sorted((b.score for b in hit.below), reverse=True)
        for below in hit.below:
            assert (below.rank, below.passage.document_id) == (hit.rank, hit.passage.document_id)
            assert below.score < hit.score
            assert below.reasons


def test_measures_see_every_passage(trees: Searcher) -> None:
    everything = trees.search(QUERY, limit=100, fold=Fold.NOTHING, explain=False)
    assert {hit.row for hit in everything} == trees.store.passage_rows()
    assert all((hit.copies, hit.below, hit.matches, hit.reasons) == ((), (), (), ()) for hit in everything)


def test_a_document_asked_for_by_its_number_leaves_room_for_others(trees: Searcher) -> None:
    hits = trees.search("Quyết định 5/2024/QĐ-UBND", limit=3)
    assert [hit.number_match for hit in hits] == [True, True, False]
    assert len(hits[0].below) == 3  # as many as the list is long
