"""The documents around one: sides, words, copies, limits; and the documents that a typed number means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from conftest import write_pages

from corpus.intake import take_in
from corpus.store import Store
from index.neighbourhood import Neighbourhood, Side, find_neighbourhood, find_words
from index.number_lookup import look_up_number
from tests.reader_texts import AROUND, MARKUP, PLAN

DAY = date(2025, 6, 1)


def open_with(folder: Path, texts: Mapping[str, str]) -> Store:
    store = Store.open(folder / "store")
    take_in(store, [write_pages(folder, texts)])
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_with(tmp_path_factory.mktemp("around"), AROUND) as opened:
        yield opened


def around(store: Store, symbol: str, **options: int) -> Neighbourhood:
    document_id = store.documents_with_symbol(symbol)[0]
    return find_neighbourhood(store, store.document, document_id, as_of=DAY, **options)


def told(found: Neighbourhood, side: Side) -> list[tuple[str, str, int]]:
    return [(one.wording, one.symbol, len(one.held)) for one in found.on(side)]


def test_every_side_of_a_decree(store: Store) -> None:
    found = around(store, "61/2023/NĐ-CP")
    assert told(found, Side.BASIS) == [
        ("căn cứ vào", "12/2019/QH14", 0),
        ("căn cứ vào", "08/2017/QH14", 0),
    ]
    assert told(found, Side.CHANGED) == [("thay thế", "09/2015/NĐ-CP", 0)]
    assert told(found, Side.CHANGED_BY) == [("được sửa đổi, bổ sung", "15/2025/NĐ-CP", 1)]
    assert told(found, Side.CARRIED_OUT_BY) == [
        ("triển khai thực hiện", "27/KH-UBND", 2),  # both copies are one
        ("triển khai thực hiện", "48/KH-UBND", 1),
    ]
    assert found.left_out == ()


def test_the_same_from_the_other_end(store: Store) -> None:
    plan = around(store, "27/KH-UBND")
    assert told(plan, Side.BASIS) == [("triển khai thực hiện", "61/2023/NĐ-CP", 1)]
    amending = around(store, "15/2025/NĐ-CP")
    assert told(amending, Side.CHANGED) == [("sửa đổi, bổ sung", "61/2023/NĐ-CP", 1)]
    assert told(amending, Side.CARRIED_OUT_BY) == []


def test_the_words_stand_in_the_document_that_says_them(store: Store) -> None:
    for symbol in ("61/2023/NĐ-CP", "27/KH-UBND", "15/2025/NĐ-CP"):
        for one in around(store, symbol).neighbours:
            words = one.words
            assert store.text(words.document_id, version=words.tag)[words.start : words.end] == words.quote
    replaced = around(store, "61/2023/NĐ-CP").on(Side.CHANGED)[0]
    assert replaced.words.quote.startswith("2. Nghị định này thay thế Nghị định số 09/2015/NĐ-CP")
    assert (replaced.issued_on, replaced.type, replaced.title) == ("2015-01-16", "Nghị định", None)


def test_what_is_beyond_the_limit_is_counted(store: Store) -> None:
    found = around(store, "61/2023/NĐ-CP", most=1)
    assert [len(found.on(side)) for side in Side] == [1, 1, 1, 1]
    assert (found.left_out_on(Side.BASIS), found.left_out_on(Side.CARRIED_OUT_BY)) == (1, 1)
    assert found.left_out_on(Side.CHANGED) == 0


def test_what_was_issued_later_than_the_day_is_not_below(store: Store) -> None:
    document_id = store.documents_with_symbol("61/2023/NĐ-CP")[0]
    found = find_neighbourhood(store, store.document, document_id, as_of=date(2024, 2, 20))
    assert told(found, Side.CARRIED_OUT_BY) == [("triển khai thực hiện", "27/KH-UBND", 2)]


def test_plans_of_two_provinces_with_one_number_are_two(tmp_path: Path) -> None:
    other = PLAN.replace("TỈNH HÀ TĨNH", "TỈNH NGHỆ AN").replace("Hà Tĩnh", "Nghệ An").replace("05", "09")
    with open_with(tmp_path, {**AROUND, "nghe-an": other}) as opened:
        found = around(opened, "61/2023/NĐ-CP").on(Side.CARRIED_OUT_BY)
        same = [one for one in found if one.symbol == "27/KH-UBND"]
        assert [len(one.held) for one in same] == [2, 1]
        assert len({one.issuer for one in same}) == 2


def test_a_recital_that_may_mean_several_documents_says_so(tmp_path: Path) -> None:
    commune = (
        "ỦY BAN NHÂN DÂN\nXÃ MẪU\n\nSố: 5/QĐ-UBND\n\nXã Mẫu, ngày 03 tháng 7 năm 2024\n\nQUYẾT ĐỊNH\nVề việc cắm biển báo "
        "bãi chứa phù sa\n\nCăn cứ Kế hoạch số 27/KH-UBND về bố trí bãi chứa phù sa;\n\nQUYẾT ĐỊNH:\n\n"
        "Điều 1. Cắm biển báo tại bãi chứa phù sa.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐỗ Văn Mẫu\n"
    )
    other = PLAN.replace("TỈNH HÀ TĨNH", "TỈNH NGHỆ AN").replace("Hà Tĩnh", "Nghệ An").replace("05", "09")
    with open_with(tmp_path, {"ht": PLAN, "na": other, "xa": commune}) as opened:
        (one,) = around(opened, "5/QĐ-UBND").on(Side.BASIS)
        assert (one.symbol, one.ambiguous, one.held) == ("27/KH-UBND", True, ())


def test_a_page_that_reports_has_nothing_around_it(tmp_path: Path) -> None:
    page = tmp_path / "tin.html"
    page.write_text(
        "<html><head><meta property='og:type' content='article'></head><body><article><h1>Hà Tĩnh bố trí bãi chứa phù sa</h1>"
        "<p>(Báo Mẫu) - Sáng 6/2, UBND tỉnh Hà Tĩnh có Kế hoạch số 27/KH-UBND thực hiện Nghị định số 61/2023/NĐ-CP.</p>"
        "</article></body></html>",
        "utf-8",
    )
    with Store.open(tmp_path / "store") as opened:
        take_in(opened, [page])
        opened.correct(opened.document_ids()[0], "kind", "news", by="Văn thư", reason="bài báo")
        found = find_neighbourhood(opened, opened.document, opened.document_ids()[0])
        assert found == Neighbourhood()


def test_words_of_an_overlong_clause_are_cut_at_words() -> None:
    text = "đầu " * 200 + "Nghị định số 61/2023/NĐ-CP" + " cuối" * 200 + "; câu sau"
    start = text.index("Nghị định")
    low, high, whole = find_words(text, start, start + 26)
    assert not whole
    assert text[low:high].startswith("đầu ")
    assert text[low:high].endswith(" cuối")
    assert high - low < 600
    assert find_words("Căn cứ Luật A; căn cứ Luật B;", 7, 13) == (0, 13, True)


def test_a_number_in_any_typing_is_found_with_its_copies_once(store: Store) -> None:
    (found,) = look_up_number(store, " 61/2023/nd-cp ") or ()
    assert (found.symbol, len(found.held), found.named_in) == ("61/2023/NĐ-CP", 1, ())
    (plan,) = look_up_number(store, "27/KH-UBND") or ()
    assert len(plan.held) == 1
    short = look_up_number(store, "KH 48") or ()
    assert [one.symbol for one in short] == ["48/KH-UBND"]
    assert MARKUP.split(" onerror")[0] in short[0].held[0].title


def test_a_number_that_is_only_named_leads_to_where(store: Store) -> None:
    (found,) = look_up_number(store, "09/2015/NĐ-CP") or ()
    assert found.held == ()
    page = found.named_in[0]
    start, end = page.named_at or (0, 0)
    assert "09/2015/NĐ-CP" in store.text(page.document_id)[start:end]


def test_what_is_no_number_and_what_nobody_names(store: Store) -> None:
    assert look_up_number(store, "bãi chứa phù sa") is None
    assert look_up_number(store, "999/QĐ-TTg") == ()
