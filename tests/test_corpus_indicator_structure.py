"""What the structure of a document says of its figures and duties; short documents written for this test."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_corpus_indicators import LETTER, _document

from corpus.indicators import Indicator, find_indicators
from corpus.place_mentions import find_named_places
from corpus.tasks import find_tasks

DECISION = """HỘI ĐỒNG NHÂN DÂN
TỈNH NGHỆ AN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: {number}
Nghệ An, ngày 05 tháng 02 năm 2024

NGHỊ QUYẾT
Về chương trình trồng rừng

{body}
"""


def _find(text: str, tmp_path: Path) -> tuple[Indicator, ...]:
    return find_indicators(_document(text, tmp_path))


def _figures(body: str, tmp_path: Path) -> list[tuple[float, str, str]]:
    found = _find(LETTER.format(body=body), tmp_path)
    return [(item.value, item.unit, item.kind.value) for item in found]


def test_a_year_in_its_number_makes_a_resolution_one_of_norms(tmp_path: Path) -> None:
    body = "Điều 1. Phấn đấu đạt trên 40% diện tích có rừng."
    plan, norms = (DECISION.format(number=n, body=body) for n in ("12/NQ-HĐND", "12/2024/NQ-HĐND"))
    assert [item.value for item in _find(plan, tmp_path)] == [40]
    assert _find(norms, tmp_path) == ()


def test_a_figure_below_the_line_that_breaks_before_it(tmp_path: Path) -> None:
    body = "II. MỤC TIÊU\n- Kim ngạch xuất khẩu đạt khoảng\n8,95 tỷ đồng.\n- Giải quyết việc làm cho khoảng\n59.000 người."
    found = _find(LETTER.format(body=body), tmp_path)
    assert [(item.value, item.kind.value) for item in found] == [(8.95, "target"), (59000, "target")]
    assert found[0].measure == "Kim ngạch xuất khẩu đạt khoảng"


def test_parts_by_place_are_given_like_the_whole(tmp_path: Path) -> None:
    body = "Ngân sách tỉnh hỗ trợ 140 tỷ đồng cho các địa phương, trong đó: huyện Diễn Châu 90 tỷ đồng, huyện Nam Đàn 50 tỷ đồng."
    assert {kind for _, _, kind in _figures(body, tmp_path)} == {"allocation"}


def test_aims_go_on_in_a_list_and_may_speak_of_benefits(tmp_path: Path) -> None:
    body = "Phấn đấu mỗi phụ nữ sinh 2,1 con; tỷ lệ trẻ em dưới 15 tuổi khoảng 22%; 100% hộ nghèo được hưởng trợ cấp xã hội."
    assert (22, "%", "target") in _figures(body, tmp_path)
    assert (100, "%", "target") in _figures(body, tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "Bộ tiêu chí gồm 5 chỉ tiêu về môi trường.",
        "Xã có quy mô dân số từ 15.000 người trở lên thì được bổ sung biên chế.",
        "Tổng mức đầu tư phải bảo đảm không thấp hơn 50 tỷ đồng.",
        "Kinh phí dự kiến tăng 45 tỷ đồng so với năm trước.",
    ],
)
def test_sets_thresholds_and_differences_are_no_indicators(line: str, tmp_path: Path) -> None:
    assert _figures(line, tmp_path) == []


def test_what_a_council_decided_is_given(tmp_path: Path) -> None:
    body = (
        "Năm 2023, Hội đồng nhân dân tỉnh quyết nghị tổng thu ngân sách đạt 900 tỷ đồng.\n"
        "Năm 2023, ước thực hiện thu ngân sách đạt 950 tỷ đồng."
    )
    assert _figures(body, tmp_path) == [(900, "tỷ đồng", "allocation"), (950, "tỷ đồng", "result")]


def test_a_unit_without_name_is_not_the_province(tmp_path: Path) -> None:
    body = "Đến nay, toàn huyện có 30/33 xã đạt chuẩn nông thôn mới."
    assert [item.place for item in _find(LETTER.format(body=body), tmp_path)] == [None]


def test_the_country_that_a_province_is_held_against(tmp_path: Path) -> None:
    body = "Năm 2023, giải ngân của tỉnh cao hơn bình quân của cả nước (đạt 54,4%), đạt 72,4%."
    found = _find(LETTER.format(body=body), tmp_path)
    assert [(item.value, item.place) for item in found] == [(54.4, ("Việt Nam",)), (72.4, ("Nghệ An",))]


@pytest.mark.parametrize(
    "body",
    [
        "Điều 2. Đối tượng áp dụng\n1. Cơ sở giáo dục có đăng ký hoạt động đào tạo nghề trên địa bàn tỉnh.",
        "1. Vụ Kiểm sát giải quyết khiếu nại và tố cáo về tư pháp;",
        "Ủy ban nhân dân xã xác nhận ông ______ đã nộp đủ hồ sơ theo quy định của pháp luật.",
    ],
)
def test_scope_lists_of_bodies_and_forms_bind_nobody(body: str, tmp_path: Path) -> None:
    assert find_tasks(_document(LETTER.format(body=body), tmp_path)) == ()


def test_whom_a_document_gives_a_project_is_bound_to_decide(tmp_path: Path) -> None:
    body = (
        "Giao Ủy ban nhân dân huyện Nam Đàn làm cơ quan chủ quản Dự án. "
        "Giao Chủ tịch Ủy ban nhân dân huyện Nam Đàn quyết định đầu tư Dự án theo quy định."
    )
    actions = [task.action for task in find_tasks(_document(LETTER.format(body=body), tmp_path))]
    assert actions == ["làm cơ quan chủ quản Dự án.", "quyết định đầu tư Dự án theo quy định."]


@pytest.mark.parametrize(
    "body",
    [
        "Giao Sở Tài chính, Sở Nội vụ cơ bản nhất trí với Tờ trình của Ban Quản lý dự án.",
        "Yêu cầu cơ quan chủ trì tổ chức thi hành quyết định cưỡng chế.",
        "Thuế tỉnh Hà Tĩnh thông báo đến Công ty Cổ phần Bến Thủy được biết và thực hiện.",
    ],
)
def test_nouns_that_look_like_verbs_and_letters_to_firms_bind_nobody(body: str, tmp_path: Path) -> None:
    assert find_tasks(_document(LETTER.format(body=body), tmp_path)) == ()


def test_plants_and_power_lines_are_no_places() -> None:
    text = "TBA 500 kV Nam Định và ĐD 220 kV Hải Phòng, dự án điện hạt nhân Ninh Thuận; nhà máy Quảng Trị 2, tỉnh Hưng Yên."
    assert [text[place.start : place.end] for place in find_named_places(text)] == ["Hưng Yên"]
