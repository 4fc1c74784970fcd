"""How a question of an act ends that was only abolished, and of one that two pages hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from answering_texts import decree
from conftest import SearchTexts

from index.answer import answer
from index.answering.targets import list_distinct
from index.models import Outcome
from index.search import Searcher

DAY = "02 tháng 3 năm 2025"
FERRIES = (
    "Điều 1. Bến đò\nMỗi bến đò ngang có ít nhất 14 áo phao cho khách.\n\n"
    "Điều 2. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2025.\n"
    "2. Bãi bỏ Nghị định số 33/2017/NĐ-CP ngày 02 tháng 3 năm 2017 của Chính phủ về bến đò dọc.\n"
    "3. Nghị định số 35/2019/NĐ-CP ngày 04 tháng 5 năm 2019 của Chính phủ về cầu phao hết hiệu lực một phần."
)
TEXTS = {
    "ben-do": decree("61/2025/NĐ-CP", "Quy định về bến đò ngang", FERRIES, day=DAY),
    "ben-do-ban-quet": decree(
        "61/2025/NĐ-CP",
        "Quy định về bến đò ngang",
        # A scan in other words than the first: no copy that a list of hits would fold.
        "Điều 1. Bến đò ngang\nSố áo phao: mỗi bến đò ngang phải có ít nhất 14 áo phao, treo nơi dễ lấy.\n\n"
        "Điều 2. Hiệu lực\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2025. Các xã gửi báo cáo qua bưu điện.",
        day=DAY,
    ),
}

TEXTS["bai-bo"] = decree(
    "62/2025/NĐ-CP",
    "Bãi bỏ Nghị định số 37/2016/NĐ-CP về bè gỗ",
    "Điều 1. Bãi bỏ toàn bộ Nghị định số 37/2016/NĐ-CP ngày 01 tháng 4 năm 2016 của Chính phủ về bè gỗ.\n\n"
    "Điều 2. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 6 năm 2025.",
    day=DAY,
)


@pytest.fixture(scope="module")
def made(search_texts: SearchTexts) -> Iterator[Searcher]:
    with search_texts(TEXTS) as searcher:
        yield searcher


def test_two_pages_of_one_act_are_no_choice(made: Searcher) -> None:
    held = made.store.documents_with_symbol("61/2025/NĐ-CP")
    assert len(held) == 2
    assert len(list_distinct(made.store, held)) == 1
    given = answer(made, "Bến đò ngang có ít nhất bao nhiêu áo phao theo Nghị định 61/2025/NĐ-CP?")
    assert given.outcome is Outcome.ANSWERED
    assert "14 áo phao" in given.statements[0].citations[0].quote


def test_what_was_only_abolished_is_said_to_have_no_successor(made: Searcher) -> None:
    given = answer(made, "Nghị định 33/2017/NĐ-CP bị thay thế bằng văn bản nào?")
    assert given.outcome is Outcome.SUPERSEDED
    assert "đã bị bãi bỏ bởi 61/2025/NĐ-CP" in given.message
    assert given.message.endswith("Chưa thấy văn bản nào thay thế văn bản này trong kho.")


def test_an_act_that_does_nothing_but_abolish_is_no_successor(made: Searcher) -> None:
    assert answer(made, "Nghị định 37/2016/NĐ-CP bị thay thế bằng văn bản nào?").outcome.refused
    assert answer(made, "Nghị định 37/2016/NĐ-CP còn hiệu lực không?").outcome is Outcome.SUPERSEDED


def test_two_acts_that_are_both_named_are_no_choice(made: Searcher) -> None:
    given = answer(made, "Nghị định 33/2017/NĐ-CP và Nghị định 35/2019/NĐ-CP cái nào còn hiệu lực?")
    assert given.outcome is Outcome.SUPERSEDED
    assert "33/2017/NĐ-CP đã bị bãi bỏ" in given.message
    said = " ".join(one.quote for statement in given.statements for one in statement.citations)
    assert "Bãi bỏ Nghị định số 33/2017/NĐ-CP" in said
    assert "hết hiệu lực một phần" in said
