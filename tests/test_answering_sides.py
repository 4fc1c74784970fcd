"""Answers of several parts, of two sides, and of whole lists: each label over what speaks of it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from answering_texts import act, decree, quotes_of
from conftest import SearchTexts

from index.answer import answer
from index.answering.addressees import asks_addressees
from index.answering.answer_types import AnswerType, asks_by_when, asks_how_many, read_answer_types
from index.answering.pairs import find_pair
from index.answering.parts import split_parts
from index.answering.sides import asks_sides, without_comparing
from index.models import Outcome
from index.question import read_question
from index.search import Searcher
from index.terms import normal_form

FERRY = act(
    "61/2025/NQ-HĐND",
    "NGHỊ QUYẾT",
    "Quy định mức hỗ trợ người giữ đò ngang trên địa bàn tỉnh Hà Tĩnh",
    "Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng\n1. Phạm vi điều chỉnh\nNghị quyết này quy định mức hỗ trợ người giữ đò "
    "ngang.\n2. Đối tượng áp dụng\na) Người giữ đò ngang đã đăng ký với xã;\nb) Chủ bến đò ngang;\nc) Cơ quan có liên quan.\n\n"
    "Điều 2. Mức hỗ trợ\n1. Người giữ đò ngang được hỗ trợ 1.350.000 đồng một tháng.\n2. Bãi bỏ một số nội dung về hỗ trợ người "
    "giữ đò ngang tại khoản 1 Điều 3 Nghị quyết số 12/2019/NQ-HĐND.\n\nĐiều 3. Những người được miễn vé đò ngang\nNhững người sau "
    "đây được miễn vé đò ngang:\n1. Học sinh đến trường.\n2. Người khuyết tật.\nMức khuyết tật do xã xác nhận.\n3. Người trên 80 "
    "tuổi.\n\nĐiều 4. Hiệu lực thi hành\nNghị quyết này có hiệu lực từ ngày 01 tháng 6 năm 2025.",
    organ="HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ TĨNH", day="Hà Tĩnh, ngày 20 tháng 5 năm 2025", signed="CHỦ TỊCH\nTrần Thị Mẫu",
)  # fmt: skip
RAFTS = (
    "Mức phạt buộc bè tre và thuyền nan sai chỗ trên sông\n\nNgười buộc bè tre sai chỗ trên sông bị phạt 450.000 đồng.\n\n"
    "Người buộc thuyền nan sai chỗ trên sông bị phạt 820.000 đồng.\n\nQuy định được dán ở mọi bến."
)


# Of two communes alone: "hai xã" can only be these.
KITES = {
    f"{place}": (
        f"Hội thả diều ở {place}\n\nNgày {day}/3/2031, Ủy ban nhân dân tỉnh {place} đã ban hành Kế hoạch số {number}/KH-UBND về "
        f"hội thả diều; ngày {day}/4/2031, Hội đồng nhân dân tỉnh {place} đã ban hành Nghị quyết số {number}/2031/NQ-HĐND về thả diều."
        f"\n\nBan tổ chức ở {place} nhắc người thả diều theo bộ quy tắc giữ dây của hội, kết quả chung là vui vẻ."
    )
    for place, day, number in (("Lào Cai", 5, 41), ("Cà Mau", 9, 52))
}


@pytest.fixture(scope="module")
def made(search_texts: SearchTexts) -> Iterator[Searcher]:
    with search_texts({"do-ngang": FERRY, "be-tre": RAFTS}) as searcher:
        yield searcher


@pytest.fixture(scope="module")
def kites(search_texts: SearchTexts) -> Iterator[Searcher]:
    with search_texts(KITES) as searcher:
        yield searcher


# --- parts


def test_a_part_that_nothing_answers_does_not_take_the_others_with_it(made: Searcher) -> None:
    text = "Nghị quyết 61/2025/NQ-HĐND hỗ trợ người giữ đò ngang bao nhiêu một tháng, và mỗi ca trực đêm được bồi dưỡng bao nhiêu?"
    given = answer(made, text)
    assert given.outcome is Outcome.PARTLY_ANSWERED
    assert "ca trực đêm" in given.message
    assert "1.350.000" in quotes_of(given, "đò ngang")


def test_a_line_without_an_amount_is_not_quoted_for_how_much(made: Searcher) -> None:
    text = "Nghị quyết 61/2025/NQ-HĐND hỗ trợ người giữ đò ngang bao nhiêu một tháng, ai ký, và áp dụng cho đối tượng nào?"
    given = answer(made, text)
    assert "Bãi bỏ" not in quotes_of(given, "")
    assert "Trần Thị Mẫu" in quotes_of(given, "ai ký")


def test_spans_that_touch_stay_under_the_labels_of_their_parts(made: Searcher) -> None:
    """The article on whom it applies to stands right above the one on how much."""
    text = "Nghị quyết 61/2025/NQ-HĐND hỗ trợ người giữ đò ngang bao nhiêu một tháng, và áp dụng cho đối tượng nào?"
    given = answer(made, text)
    applies = quotes_of(given, "áp dụng cho")
    assert "a) Người giữ đò ngang đã đăng ký" in applies and "c) Cơ quan có liên quan" in applies
    assert "1.350.000" not in applies


def test_number_and_day_in_a_head_are_one_quotation_under_both_labels(made: Searcher) -> None:
    given = answer(
        made, "Nghị quyết hỗ trợ người giữ đò ngang của Hà Tĩnh mang số mấy, và được ban hành ngày nào?"
    )
    (head,) = [one for one in given.statements if "61/2025" in one.citations[0].quote]
    assert head.citations[0].quote.splitlines() == [
        "Số: 61/2025/NQ-HĐND",
        "Hà Tĩnh, ngày 20 tháng 5 năm 2025",
    ]
    assert "mang số mấy" in (head.part or "") and "ban hành ngày nào" in (head.part or "")


@pytest.mark.parametrize(
    ("normal", "by_when"),
    [(" han bao cao la ngay nao ", True), (" thoi han nop ho so ngay may ", True), (" ky ngay nao ", False)],
)
def test_a_limit_is_asked_for_over_some_words(normal: str, by_when: bool) -> None:
    assert asks_by_when(normal) is by_when


# --- sides


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("Mức phạt vượt đèn đỏ của xe máy và ô tô khác nhau thế nào?", ("xe máy", "ô tô")),
        ("So sánh mức phạt khi lái ô tô và xe máy", ("ô tô", "xe máy")),
        ("Học phí năm học 2024-2025 so với năm học 2025-2026?", ("năm học 2024-2025", "năm học 2025-2026")),
        ("Trợ cấp cho mức 1 và mức 2 chênh nhau bao nhiêu?", ("mức 1", "mức 2")),
        ("Giá vé của bến Đông và bến Tây là bao nhiêu?", None),  # compares nothing
        ("Sản lượng năm 2024 trong nước khác nhau thế nào, tăng hay giảm so với 2023?", None),
    ],
)
def test_the_pair_that_a_question_compares(question: str, sides: tuple[str, str] | None) -> None:
    pair = find_pair(question)
    assert (pair.sides if pair else None) == sides


def test_a_pair_is_not_cut_into_parts() -> None:
    question = "Mức phạt của xe máy và ô tô từ ngày 1/1/2025 khác nhau thế nào?"
    assert split_parts(question) == (question.rstrip("?"),)


def test_each_of_a_pair_has_only_what_speaks_of_it(made: Searcher) -> None:
    given = answer(made, "Mức phạt buộc sai chỗ trên sông của bè tre và thuyền nan khác nhau thế nào?")
    assert "450.000" in quotes_of(given, "bè tre") and "820.000" not in quotes_of(given, "bè tre")
    assert "820.000" in quotes_of(given, "thuyền nan") and "450.000" not in quotes_of(given, "thuyền nan")


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("So sánh Hà Tĩnh và Nghệ An về số chốt", ("Hà Tĩnh", "Nghệ An")),
        ("Xã Sơn Kim ở Hà Tĩnh và Nghệ An có dân số bao nhiêu?", ()),  # "số" is no "so"
        ("Lệ phí ở Hà Tĩnh so Nghệ An thế nào?", ("Hà Tĩnh", "Nghệ An")),
        ("Kế hoạch trồng cây của Hà Tĩnh và của Nghệ An, tỉnh nào ban hành trước?", ("Hà Tĩnh", "Nghệ An")),
        ("Hà Tĩnh nộp báo cáo cho nơi nào trước ngày 10 để gửi Nghệ An?", ()),
    ],
)
def test_a_count_compares_no_places(question: str, sides: tuple[str, ...]) -> None:
    assert asks_sides(read_question(question)) == sides


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("Cả bến đò Đông đều thu vé thế nào?", "bến đò Đông thu vé thế nào?"),
        ("Hai địa phương có dùng chung bảng giá vé không?", "bảng giá vé?"),
        ("Giá vé của bến Đông, nơi nào cao hơn?", "Giá vé của bến Đông?"),
        ("Cả nước có bao nhiêu bến đò dùng chung phao?", "Cả nước có bao nhiêu bến đò dùng chung phao?"),
    ],
)
def test_what_is_said_of_several_sides_is_not_asked_of_one(question: str, bare: str) -> None:
    assert " ".join(without_comparing(question).replace(" ?", "?").split()) == bare


def test_two_places_that_a_question_does_not_name_are_asked_one_by_one(kites: Searcher) -> None:
    given = answer(kites, "Hai tỉnh có dùng chung bộ quy tắc giữ dây diều không?")
    assert [statement.part for statement in given.statements] == ["Lào Cai", "Cà Mau"]


# --- lists


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Những ai được miễn vé đò?", True),
        ("Ai được miễn vé đò?", True),
        ("Đối tượng nào phải nộp lệ phí?", True),
        ("Hội đồng gồm ai?", True),
        ("Ai được giao ký tờ trình?", False),
        ("Ai ký quyết định?", False),
    ],
)
def test_who_asks_for_all_of_a_kind(question: str, whole: bool) -> None:
    assert (AnswerType.LIST in read_answer_types(normal_form(question))) is whole


def test_a_list_goes_on_behind_a_paragraph_without_a_label(made: Searcher) -> None:
    given = answer(made, "Những ai được miễn vé đò ngang?")
    assert "1. Học sinh" in quotes_of(given, "") and "3. Người trên 80" in quotes_of(given, "")


def test_whom_an_act_applies_to_is_its_section_of_that_name(made: Searcher) -> None:
    given = answer(made, "Nghị quyết 61/2025/NQ-HĐND áp dụng với những ai?")
    assert given.statements[0].citations[0].quote.startswith("2. Đối tượng áp dụng")
    assert "c) Cơ quan có liên quan" in quotes_of(given, "")
    assert not asks_addressees(" nghi quyet ap dung cho nhung tinh nao ")


@pytest.mark.parametrize(
    ("question", "many"),
    [("Xe máy bị phạt thế nào?", False), ("Sắp xếp bộ máy ra sao?", False), ("Bến có mấy chiếc đò?", True)],
)
def test_a_machine_is_no_how_many(question: str, many: bool) -> None:
    assert asks_how_many(normal_form(question)) is many


def test_who_signed_is_told_by_the_act_itself_where_a_page_restates_it(search_texts: SearchTexts) -> None:
    page = "Nghị định 93/2031/NĐ-CP về thả diều ven đê\n\nNgười thả diều ven đê phải buộc dây vào cọc tre đã đánh số.\n"
    texts = {
        "dieu": page,
        "nghi-dinh": decree(
            "93/2031/NĐ-CP", "Quy định về việc giữ dây", "Điều 1. Cọc tre có số.", day="02 tháng 3 năm 2031"
        ),
    }
    with search_texts(texts) as searcher:
        given = answer(searcher, "Nghị định về thả diều ven đê do ai ký?")
    assert "Đặng Văn Mẫu" in quotes_of(given, "")


def test_documents_on_a_matter_are_what_tells_of_their_issuing(kites: Searcher) -> None:
    given = answer(kites, "Những văn bản của tỉnh Lào Cai về hội thả diều gồm những gì, cấp nào ban hành?")
    assert given.outcome is Outcome.ANSWERED
    assert {"41/KH-UBND", "41/2031/NQ-HĐND"} <= {
        name for one in given.statements[0].citations for name in one.about
    }
    assert "nhắc người thả diều" not in quotes_of(given, "")
