"""What documents are filtered and counted by: a small store of texts of our own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_corpus_effect import TEXTS, act

from corpus.effect import Effect, find_effect
from corpus.facets import Facet, FacetTable, Filters
from corpus.holdings import Bar, read_holdings, shorten_bars
from corpus.intake import take_in
from corpus.labels import UNKNOWN
from corpus.models import DocumentKind
from corpus.store import Store
from corpus.store_facets import source_of

MORE = {
    "thai-binh": act(
        "12/2020/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Về việc trồng cây ở Thái Bình",
        "Điều 1. Trồng cây\nCác xã trồng cây ven đường theo kế hoạch hằng năm của tỉnh.",
        organ="ỦY BAN NHÂN DÂN\nTỈNH THÁI BÌNH",
        place="Thái Bình",
    ),
    "hung-yen": act(
        "21/2026/NQ-HĐND",
        "NGHỊ QUYẾT",
        "Về việc trồng cây ở Hưng Yên",
        "Điều 1. Trồng cây\nCác xã, phường trồng cây ven đường theo kế hoạch hằng năm của tỉnh.",
        organ="HỘI ĐỒNG NHÂN DÂN\nTỈNH HƯNG YÊN",
        place="Hưng Yên",
    ),
}
TODAY = date(2026, 7, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of six acts, a news page with its day, and one without."""
    folder: Path = tmp_path_factory.mktemp("facets")
    pages = folder / "pages"
    pages.mkdir()
    for name, text in {**TEXTS, **MORE, "tin-cu": TEXTS["tin"].replace("tưới", "tỉa")}.items():
        (pages / f"{name}.txt").write_text(text, "utf-8")
    with Store.open(folder / "store") as opened:
        take_in(opened, [pages])
        news = opened.document(opened.find_document(str(pages / "tin.txt")))
        opened.save(replace(news, published_at="2024-03-05T07:00:00+07:00", url="https://www.bao.vn/tin"))
    return folder / "store"


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(made, tmp_path / "store")
    with Store.open(tmp_path / "store") as opened:
        yield opened


def names(store: Store, filters: Filters, *, as_of: date = TODAY) -> list[str]:
    """The pages that pass, by the names of their files."""
    selection = FacetTable(store).select(filters, as_of=as_of)
    assert selection.rows == {row for i in selection.documents for row in store.rows_of(i)}
    return sorted(Path(store.page_source(i).uri).stem for i in selection.documents)


CASES = [
    (Filters(), sorted([*TEXTS, *MORE, "tin-cu"])),
    (Filters(types=("Nghị quyết",)), ["hung-yen"]),
    (Filters(types=("Nghị quyết", "Quyết định")), ["hung-yen", "mot-tinh", "thai-binh"]),
    (Filters(issuers=("Chính phủ",)), ["bi-thay-the", "sua-doi", "thay-the"]),
    (Filters(issuers=("UBND",)), ["mot-tinh", "thai-binh"]),  # the code of the number
    (Filters(issuers=("Ủy ban nhân dân tỉnh Hà Tĩnh", "HĐND")), ["hung-yen", "mot-tinh"]),
    (Filters(levels=("tỉnh",)), ["hung-yen", "mot-tinh", "thai-binh"]),
    (Filters(systems=("Đảng",)), []),
    (Filters(provinces=("Hưng Yên",)), ["hung-yen"]),
    (Filters(provinces_today=("Hưng Yên",)), ["hung-yen", "thai-binh"]),
    (Filters(provinces_today=("Thái Bình",)), ["hung-yen", "thai-binh"]),  # it lies in Hưng Yên today
    (Filters(first_day=date(2024, 3, 2), last_day=date(2024, 3, 2)), ["mot-tinh", "thay-the"]),
    (Filters(first_day=date(2024, 3, 3), last_day=date(2025, 1, 1)), ["tin"]),
    (Filters(last_day=date(2019, 12, 31)), ["bi-thay-the"]),
    (Filters(kinds=(DocumentKind.NEWS,)), ["tin", "tin-cu"]),
    (Filters(effects=(Effect.REPLACED,)), ["bi-thay-the"]),
    (Filters(effects=(Effect.UNKNOWN, Effect.REPLACED), levels=("trung ương",)),
     ["bi-thay-the", "sua-doi", "thay-the"]),
    (Filters(sources=("bao.vn",)), ["tin"]),
    (Filters(provinces=(UNKNOWN,)), ["tin", "tin-cu"]),
    (Filters(types=("Quyết định",), provinces=("Hà Tĩnh",), kinds=(DocumentKind.NEWS,)), []),
]  # fmt: skip


@pytest.mark.parametrize(("filters", "passing"), CASES, ids=range(len(CASES)))
def test_what_passes(store: Store, filters: Filters, passing: list[str]) -> None:
    assert names(store, filters) == passing


def test_effect_is_that_of_the_day(store: Store) -> None:
    replaced = Filters(effects=(Effect.REPLACED,))
    assert names(store, replaced, as_of=date(2024, 4, 30)) == []
    assert names(store, replaced, as_of=date(2024, 5, 1)) == ["bi-thay-the"]


def test_what_is_not_known_is_left_out_and_counted(store: Store) -> None:
    table = FacetTable(store)
    dated = table.select(Filters(first_day=date(2000, 1, 1)))
    assert (len(dated.documents), dated.unknown, dict(dated.unknown_by)) == (7, 1, {Facet.YEAR: 1})
    # A document of the centre has no province and a news page no type: they are not unknown there.
    placed = table.select(Filters(provinces=("Hà Tĩnh",)))
    assert (len(placed.documents), placed.unknown) == (1, 2)
    assert table.select(Filters(types=("Quyết định",))).unknown == 0
    # What speaks against a document is not excused by what is not known of it.
    both = table.select(Filters(provinces=("Hà Tĩnh",), kinds=(DocumentKind.OFFICIAL,)))
    assert (len(both.documents), both.unknown) == (1, 0)


def test_a_correction_holds_at_once_in_an_open_table(store: Store) -> None:
    table = FacetTable(store)
    wanted = Filters(provinces=("Nghệ An",))
    assert table.select(wanted).documents == ()
    document_id = store.find_document("5/2024/QĐ-UBND")
    revision = store.state().revision
    store.correct(document_id, "province", "Nghệ An", by="Văn thư", reason="đọc nhầm")
    assert table.select(wanted).documents == (document_id,)
    assert store.state().revision == revision
    store.undo_correction(document_id, "province", by="Văn thư", reason="bỏ")
    assert table.select(wanted).documents == ()


def test_facets_are_read_again_when_another_connection_has_written(store: Store) -> None:
    (news, *_) = [one for one in store.facets() if one.kind is DocumentKind.NEWS]
    assert store.facets() is store.facets()  # kept while nothing changes
    with Store.open(store.folder) as writer:
        writer.correct(news.document_id, "province", "Cà Mau", by="Người thử", reason="tin về tỉnh khác")
    assert {one.province for one in store.facets() if one.document_id == news.document_id} == {"Cà Mau"}


def test_a_corrected_number_changes_the_effect_of_another_document(store: Store) -> None:
    table = FacetTable(store)
    replaced = store.find_document("3/2019/NĐ-CP")
    assert table.effects([replaced], as_of=TODAY) == {replaced: Effect.REPLACED}
    store.correct(replaced, "symbol", "33/2019/NĐ-CP", by="Văn thư", reason="số mờ")
    assert table.effects([replaced], as_of=TODAY) == {replaced: Effect.UNKNOWN}


def test_a_store_that_is_only_read_is_filtered(store: Store) -> None:
    with Store.open(store.folder, read_only=True) as reading:
        assert names(reading, Filters(effects=(Effect.REPLACED,))) == ["bi-thay-the"]


def test_counts_of_everything(store: Store) -> None:
    counts = {one.facet: (dict(one.counts), one.unknown) for one in FacetTable(store).count(as_of=TODAY)}
    assert list(counts) == list(Facet)
    assert counts[Facet.TYPE] == ({"Nghị định": 3, "Quyết định": 2, "Nghị quyết": 1}, 0)
    assert counts[Facet.ISSUER][0]["Chính phủ"] == 3
    assert counts[Facet.LEVEL] == ({"trung ương": 3, "tỉnh": 3}, 0)
    assert counts[Facet.SYSTEM] == ({"Nhà nước": 6}, 0)
    assert counts[Facet.PROVINCE] == ({"Hà Tĩnh": 1, "Hưng Yên": 1, "Thái Bình": 1}, 2)
    assert counts[Facet.PROVINCE_TODAY] == ({"Hưng Yên": 2, "Hà Tĩnh": 1}, 2)
    assert counts[Facet.YEAR] == ({"2024": 3, "2019": 1, "2020": 1, "2023": 1, "2026": 1}, 1)
    assert counts[Facet.KIND] == ({"official": 6, "news": 2}, 0)
    assert counts[Facet.EFFECT] == ({"bị thay thế": 1}, 5)
    assert counts[Facet.SOURCE] == ({"bao.vn": 1}, 7)


def test_counts_of_some_documents_are_of_those(store: Store) -> None:
    table = FacetTable(store)
    some = table.select(Filters(provinces_today=("Hưng Yên",))).documents
    counts = {one.facet: one for one in table.count(some, as_of=TODAY)}
    assert counts[Facet.TYPE].counts == {"Nghị quyết": 1, "Quyết định": 1}
    assert all(sum(one.counts.values()) + one.unknown == 2 for one in counts.values())
    assert all(not one.counts and not one.unknown for one in table.count([]))


def narrow(store: Store, filters: Filters) -> tuple[list[str], dict[Facet, dict[str, int]], dict[Facet, int]]:
    """The pages that pass, the counts of each facet, and what passes without each filter."""
    found = FacetTable(store).narrow(filters, as_of=TODAY)
    assert sorted(found.documents) == sorted(FacetTable(store).select(filters, as_of=TODAY).documents)
    pages = sorted(Path(store.page_source(i).uri).stem for i in found.documents)
    return pages, {one.facet: dict(one.counts) for one in found.facets}, dict(found.freed)


@pytest.mark.parametrize(("filters", "passing"), CASES, ids=range(len(CASES)))
def test_narrowing_lets_pass_what_the_filters_select(
    store: Store, filters: Filters, passing: list[str]
) -> None:
    assert narrow(store, filters)[0] == passing
    table = FacetTable(store)
    narrowed, selected = table.narrow(filters, as_of=TODAY), table.select(filters, as_of=TODAY)
    assert (narrowed.unknown, narrowed.unknown_by) == (selected.unknown, selected.unknown_by)


def test_a_facet_is_counted_as_if_it_were_not_filtered_by_it(store: Store) -> None:
    passing, counts, freed = narrow(store, Filters(types=("Quyết định",), years=("2024",)))
    assert passing == ["mot-tinh"]
    # Choosing another type, or another year, would give this many.
    assert counts[Facet.TYPE] == {"Quyết định": 1, "Nghị định": 1}
    assert counts[Facet.YEAR] == {"2024": 1, "2020": 1}
    assert counts[Facet.PROVINCE] == {"Hà Tĩnh": 1}  # a facet without a choice: of what passes
    assert freed == {Facet.TYPE: 3, Facet.YEAR: 2}  # the third is a news page, of no type


def test_years_are_values_too(store: Store) -> None:
    assert names(store, Filters(years=("2024", "2019"))) == ["bi-thay-the", "mot-tinh", "thay-the", "tin"]
    assert names(store, Filters(years=(UNKNOWN,))) == ["tin-cu"]
    assert names(store, Filters(years=("2024",), last_day=date(2024, 3, 2))) == ["mot-tinh", "thay-the"]


def test_effects_are_those_of_each_document(store: Store) -> None:
    ids = store.document_ids()
    each = {i: find_effect(store, i, as_of=TODAY).status for i in ids}
    table = FacetTable(store)
    assert table.effects(ids[:3], as_of=TODAY) == {i: each[i] for i in ids[:3]}
    assert table.effects(ids, as_of=TODAY) == each


@pytest.mark.parametrize(
    ("publisher", "url", "uri", "source"),
    [
        ("Báo Hà Tĩnh", "https://baohatinh.vn/a", "file:///a.html", "Báo Hà Tĩnh"),
        (None, "https://www.baohatinh.vn/a", "file:///a.html", "baohatinh.vn"),
        (None, None, "https://vbpl.vn/a", "vbpl.vn"),
        (None, None, "file:///d/kho.zip#a/b.html", "kho.zip"),
        (None, None, "file:///d/a.html", None),
    ],
)
def test_source(publisher: str | None, url: str | None, uri: str, source: str | None) -> None:
    assert source_of(publisher=publisher, url=url, uri=uri) == source


# --- what is held, as bars


def test_every_document_is_in_a_bar_or_told_to_have_no_such_value(store: Store) -> None:
    held = read_holdings(FacetTable(store))
    assert set(held) == set(Facet)
    for holding in held.values():
        assert holding.documents + holding.without == store.state().documents, holding.facet
        assert [bar.known for bar in holding.bars] == sorted(
            (bar.known for bar in holding.bars), reverse=True
        )
    assert held[Facet.TYPE].without == 2  # the news
    assert {bar.name: bar.number for bar in held[Facet.KIND].bars}["Bài báo, trang đưa tin"] == 2


def test_old_and_new_provinces_are_never_one_bar_unasked(store: Store) -> None:
    held = read_holdings(FacetTable(store))
    as_issued = {bar.name: bar.number for bar in held[Facet.PROVINCE].bars}
    today = {bar.name: bar.number for bar in held[Facet.PROVINCE_TODAY].bars}
    assert (as_issued["Thái Bình"], as_issued["Hưng Yên"]) == (1, 1)
    assert today["Hưng Yên"] == 2
    assert "Thái Bình" not in today


def test_years_follow_each_other_and_what_is_not_known_is_a_bar_of_its_own(store: Store) -> None:
    bars = read_holdings(FacetTable(store))[Facet.YEAR].bars
    known = [bar.name for bar in bars if bar.known]
    assert known == sorted(known)
    assert (bars[-1].name, bars[-1].known) == (UNKNOWN, False)


def test_of_many_bars_the_rest_is_one_and_nothing_is_lost() -> None:
    bars = (
        *(Bar(name=f"cơ quan {n}", number=20 - n) for n in range(10)),
        Bar(name=UNKNOWN, number=3, known=False),
    )
    shown = shorten_bars(bars, 4, "cơ quan")
    assert [bar.name for bar in shown] == [*(f"cơ quan {n}" for n in range(4)), "6 cơ quan khác", UNKNOWN]
    assert sum(bar.number for bar in shown) == sum(bar.number for bar in bars)
    assert shorten_bars(bars, 9, "cơ quan") == bars  # one more bar takes no more room than the rest would
