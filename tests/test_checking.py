"""A pasted text held against documents of our own: quotations and numbers with their verdicts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.store import Store
from index.checking.check import LONGEST_TEXT, check_text
from index.checking.models import (
    CheckedNumber,
    CheckedQuotation,
    CheckedText,
    NumberVerdict,
    QuotationVerdict,
)
from index.encoder import Encoder
from index.errors import TextTooLong
from index.search import Searcher
from tests.checked_pages import LAID_DOWN, SAID, write_checked_pages

EXACT, ALTERED, OTHER, NOT_HELD = QuotationVerdict
DAY = date(2025, 9, 1)


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Searcher:
    base = tmp_path_factory.mktemp("checking")
    return Searcher.open(build_store(base / "store", [write_checked_pages(base)]), encoder)


@pytest.fixture(scope="module")
def check(made: Searcher) -> Callable[[str], CheckedText]:
    return lambda text: check_text(made.store, made.lexical, text, day=DAY)


Check = Callable[[str], CheckedText]


def quotation(checked: CheckedText) -> CheckedQuotation:
    (only,) = checked.quotations
    return only


def number(checked: CheckedText) -> CheckedNumber:
    (only,) = checked.numbers
    return only


# --- quotations

CHANGED = SAID.replace("250", "520")
MARKET = "Ban quản lý chợ niêm yết giá dịch vụ trông giữ xe tại cổng chợ và không thu tiền của người đi bộ"
INVENTED = "Mỗi hộ nuôi cá lồng phải nộp hai con giống cho trại thủy sản của huyện vào đầu mùa mưa"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"Nghị định 88/2024/NĐ-CP nêu: “{SAID}”.", EXACT),
        (f"Xin nhắc lại: “{SAID}”.", EXACT),
        # without quotation marks, with and without a number
        (f"Nghị định 88/2024/NĐ-CP yêu cầu {SAID.lower()}.", EXACT),
        (f"Bà con lưu ý {SAID.lower()} để khỏi bị phạt.", EXACT),
        (f"Nghị định 88/2024/NĐ-CP nêu: “{CHANGED}”.", ALTERED),
        (f"Theo Nghị định 88/2024/NĐ-CP, {CHANGED.lower()}.", ALTERED),
        (f"Nghị định 27/2025/NĐ-CP nêu: “{SAID}”.", OTHER),
        # of a document whose text is not held
        (f"Thông tư 05/2025/TT-BNNMT nêu: “{SAID}”.", OTHER),
        (f"Nghị định 88/2024/NĐ-CP nêu: “{INVENTED}”.", NOT_HELD),
        (f"Đồng chí nói: “{INVENTED}”.", NOT_HELD),
    ],
)
def test_the_verdict_on_a_quotation(check: Check, text: str, verdict: QuotationVerdict) -> None:
    assert quotation(check(text)).verdict is verdict


def test_what_is_shown_is_the_stored_text(check: Check, made: Searcher) -> None:
    checked = check(f"Nghị định 88/2024/NĐ-CP nêu:\n“{CHANGED}”.")
    one = quotation(checked)
    assert one.match is not None
    citation = one.match.citation
    stored = made.store.text(citation.document_id)
    assert citation.symbol == "88/2024/NĐ-CP"
    assert citation.location == "Điều 2, Khoản 1"
    assert citation.quote == stored[citation.start : citation.end] == SAID
    assert checked.text[one.start : one.end] == one.text == CHANGED
    (change,) = one.match.differences
    assert (change.old, change.new) == ("250", "520")
    assert checked.text[change.start : change.end] == "520"
    assert stored[change.stored_start : change.stored_end] == "250"


def test_which_document_the_words_are_of_is_told(check: Check) -> None:
    one = quotation(check(f"Nghị định 27/2025/NĐ-CP nêu: “{SAID}”."))
    assert one.match is not None
    assert (one.match.citation.symbol, one.named, one.named_held) == (
        "88/2024/NĐ-CP",
        ("27/2025/NĐ-CP",),
        True,
    )


def test_the_place_named_tells_bearers_of_one_number_apart(check: Check) -> None:
    words = "Giảm số vụ cháy rừng so với mùa khô năm trước"
    here = quotation(check(f"Kế hoạch 153/KH-UBND của UBND tỉnh Nghệ An đặt mục tiêu “{words}”."))
    there = quotation(check(f"Kế hoạch 153/KH-UBND của UBND tỉnh Hà Tĩnh đặt mục tiêu “{words}”."))
    assert (here.verdict, there.verdict) == (EXACT, OTHER)


def test_a_consolidated_text_speaks_for_the_act_that_it_restates(check: Check) -> None:
    one = quotation(check(f"Thông tư 10/2021/TT-BGTVT quy định: “{LAID_DOWN}”."))
    assert one.verdict is EXACT
    assert one.match is not None
    assert (one.match.citation.symbol, one.match.consolidated) == ("12/VBHN-BXD", "10/2021/TT-BGTVT")
    assert quotation(check(f"Thông tư 11/2021/TT-BGTVT quy định: “{LAID_DOWN}”.")).verdict is OTHER


def test_a_source_that_has_ended_is_told(check: Check) -> None:
    one = quotation(check(f"Xin nhắc lại: “{MARKET}”."))
    assert one.verdict is EXACT
    assert one.status is not None
    assert (one.status.ended, one.status.successors) == (True, ("27/2025/NĐ-CP",))


def test_ordinary_words_are_no_quotations(check: Check) -> None:
    text = (
        "Kính thưa các đồng chí! Thực hiện Kế hoạch 153/KH-UBND, thời gian qua tỉnh ta đã làm được nhiều việc. "
        "Chúng ta cần tiếp tục bảo vệ rừng, giữ gìn hồ chứa và chăm lo cho bà con các xã miền núi."
    )
    assert check(text).quotations == ()


def test_a_text_in_decomposed_form_is_read_as_composed(check: Check) -> None:
    import unicodedata

    text = f"Nghị định 88/2024/NĐ-CP nêu: “{SAID}”."
    checked = check(unicodedata.normalize("NFD", text))
    assert checked.text == text
    assert quotation(checked).verdict is EXACT


def test_a_text_beyond_the_limit_is_refused(check: Check) -> None:
    with pytest.raises(TextTooLong, match="chia bài"):
        check("a" * (LONGEST_TEXT + 1))


# --- numbers


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Nghị định số 88/2024/NĐ-CP.", NumberVerdict.HELD),
        ("Nghị định 88/2024/ND-CP.", NumberVerdict.HELD),
        ("Nghị định số 15/2019/NĐ-CP.", NumberVerdict.SUPERSEDED),
        ("Nghị định số 89/2024/NĐ-CP.", NumberVerdict.LOOK_ALIKE),
        ("Nghị định số 88/2023/NĐ-CP.", NumberVerdict.LOOK_ALIKE),
        ("Quyết định số 88/2024/QĐ-TTg.", NumberVerdict.UNKNOWN),
        ("Ngày 15/7/2025 có 32/33 xã đạt.", None),
    ],
)
def test_the_verdict_on_a_number(check: Check, text: str, verdict: NumberVerdict | None) -> None:
    assert [one.verdict for one in check(text).numbers] == ([verdict] if verdict else [])


def test_the_successor_and_the_words_that_say_it_are_told(check: Check, made: Searcher) -> None:
    status = number(check("Nghị định số 15/2019/NĐ-CP.")).status
    assert status is not None
    assert (status.successors, status.since) == (("27/2025/NĐ-CP",), "2025-08-01")
    assert any(
        "thay thế Nghị định số 15/2019/NĐ-CP" in " ".join(one.quote.split()) for one in status.evidence
    )
    for one in status.evidence:
        assert one.quote == made.store.text(one.document_id)[one.start : one.end]


def test_before_the_successor_holds_the_number_is_not_superseded(made: Searcher) -> None:
    checked = check_text(made.store, made.lexical, "Nghị định số 15/2019/NĐ-CP.", day=date(2025, 7, 1))
    assert number(checked).verdict is NumberVerdict.HELD


def test_a_look_alike_names_the_numbers_that_may_be_meant(check: Check) -> None:
    assert number(check("Nghị định số 98/2024/NĐ-CP.")).candidates == ("88/2024/NĐ-CP",)
