"""Figures of the quarter, the months, the year, the school year and the sort that are asked for, not the ones beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import SearchTexts

from index.answer import answer
from index.models import Answer
from index.search import Searcher

GROWTH = (
    "Nhìn lại một nhiệm kỳ\n\nTốc độ tăng GRDP bình quân của tỉnh Bình Định giai đoạn 2020-2025 là 7,2%/năm.\n\n"
    "Thu nhập của người dân tỉnh Bình Định được cải thiện rõ rệt."
)
QUARTER = (
    "Kinh tế tỉnh Bình Định khởi sắc từ đầu năm\n\nTrong quý I/2025, GRDP của tỉnh Bình Định tăng 7,51% so với cùng kỳ.\n\n"
    "Khu vực dịch vụ dẫn đầu mức tăng của tỉnh."
)
AIMS = (
    "Mục tiêu kinh tế số của tỉnh Sơn La\n\nI. Mục tiêu đến năm 2030\n\n1. Kinh tế số đạt 30% GRDP của tỉnh.\n\n"
    "II. Tầm nhìn đến năm 2045\n\n1. Kinh tế số đạt 50% GRDP của tỉnh."
)
FEES = (
    "Mức học phí của tỉnh Lào Cai năm học 2025-2026\n\nHọc phí trung học phổ thông ở khu vực thành thị tỉnh Lào Cai là "
    "200.000 đồng một tháng."
)


@pytest.fixture(scope="module")
def made(search_texts: SearchTexts) -> Iterator[Searcher]:
    with search_texts({"nhiem-ky": GROWTH, "muc-tieu": AIMS, "hoc-phi": FEES}) as searcher:
        yield searcher


def quoted(given: Answer) -> str:
    return "\n".join(citation.quote for one in given.statements for citation in one.citations)


@pytest.mark.parametrize("asked", ["quý I/2025", "6 tháng đầu năm 2025", "9 tháng năm 2025"])
def test_the_mean_of_years_is_no_figure_of_a_part_of_one(made: Searcher, asked: str) -> None:
    assert "7,2%" not in quoted(answer(made, f"GRDP của tỉnh Bình Định {asked} tăng bao nhiêu phần trăm?"))


def test_of_a_quarter_the_words_on_it_are_quoted(search_texts: SearchTexts) -> None:
    with search_texts({"nhiem-ky": GROWTH, "quy": QUARTER}) as searcher:
        given = quoted(answer(searcher, "GRDP quý 1 năm 2025 của tỉnh Bình Định tăng bao nhiêu phần trăm?"))
    assert "7,51%" in given and "7,2%" not in given


@pytest.mark.parametrize(("year", "right", "wrong"), [("2030", "30%", "50%"), ("2045", "50%", "30%")])
def test_the_line_above_says_of_which_year_a_figure_is(
    made: Searcher, year: str, right: str, wrong: str
) -> None:
    given = quoted(answer(made, f"Đến năm {year}, kinh tế số của tỉnh Sơn La đạt bao nhiêu phần trăm GRDP?"))
    assert right in given and wrong not in given


def test_what_is_measured_answers_no_question_for_a_count(search_texts: SearchTexts) -> None:
    park = "Quy hoạch khu ở mới\n\nMỗi khu ở mới của tỉnh phải có tối thiểu một vườn hoa với quy mô tối thiểu là 5.000 m2 cho dân."
    with search_texts({"vuon-hoa": park}) as searcher:
        given = answer(searcher, "Mỗi khu ở mới của tỉnh phải có tối thiểu bao nhiêu người?")
    assert "5.000" not in quoted(given)


def test_a_title_says_of_which_school_year_a_page_is(made: Searcher) -> None:
    question = "Học phí trung học phổ thông ở thành thị tỉnh Lào Cai năm học {} là bao nhiêu tiền một tháng?"
    assert "200.000" in quoted(answer(made, question.format("2025-2026")))
    assert "200.000" not in quoted(answer(made, question.format("2026-2027")))
