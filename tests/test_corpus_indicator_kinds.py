"""What a quantity is, by the kind of text and the words around it: documents written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_corpus_indicators import LETTER, _document

from corpus.indicators import find_indicators
from corpus.quantities import find_quantities

REPORT = LETTER.replace("Số: 12/KH-UBND", "Số: 45/BC-UBND").replace(
    "KẾ HOẠCH\nXây dựng nông thôn mới năm 2024",
    "BÁO CÁO\nKết quả phát triển kinh tế - xã hội 6 tháng đầu năm 2024",
)


def _told(frame: str, body: str, tmp_path: Path) -> list[tuple[float, str, str, str | None]]:
    found = find_indicators(_document(frame.format(body=body), tmp_path))
    return [(item.value, item.unit, item.kind.value, item.period) for item in found]


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("Toàn tỉnh đã kiên cố hóa được 130 km kênh mương.", [(130, "km")]),
        ("Tỷ lệ hộ nghèo giảm từ 6,4% xuống còn 4,9%.", [(6.4, "%"), (4.9, "%")]),
        ("Số hộ được dùng điện lưới quốc gia đạt 99,8%.", [(99.8, "%")]),
        (
            "Toàn tỉnh có 1.230 hợp tác xã với 45.600 thành viên.",
            [(1230, "hợp tác xã"), (45600, "thành viên")],
        ),
        (
            "Đã cấp 23.450 giấy chứng nhận quyền sử dụng đất cho các hộ gia đình.",
            [(23450, "giấy chứng nhận")],
        ),
        ("Khám, chữa bệnh cho 452.000 lượt người.", [(452000, "lượt người")]),
        ("Trợ cấp thường xuyên cho 45.000 đối tượng.", [(45000, "đối tượng")]),
    ],
)
def test_a_report_tells_what_was_reached_in_the_time_of_its_title(
    line: str, figures: list[tuple[float, str]], tmp_path: Path
) -> None:
    told = _told(REPORT, line, tmp_path)
    assert [(value, unit) for value, unit, _, _ in told] == figures
    assert {period for *_, period in told} == {"2024-01/2024-06"}
    assert {kind for _, _, kind, _ in told} == {"result"}


def test_the_same_words_in_a_plan_are_no_results(tmp_path: Path) -> None:
    assert _told(LETTER, "Khám, chữa bệnh cho 452.000 lượt người.", tmp_path) == []


def test_headings_of_aims_hold_for_their_lists_with_the_year_of_each(tmp_path: Path) -> None:
    body = (
        "II. CHỈ TIÊU\n1. Chỉ tiêu xã hội\n- Tạo việc làm mới cho 45.000 lao động.\n2. Mục tiêu cụ thể\na) Đến năm 2025:\n"
        "- Tỷ lệ hộ nghèo giảm còn dưới 3%.\nb) Đến năm 2030:\n- 100% xã đạt chuẩn nông thôn mới."
    )
    assert _told(LETTER, body, tmp_path) == [
        (45000, "lao động", "target", None),
        (3, "%", "target", "2025"),
        (100, "%", "target", "2030"),
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "Yêu cầu các sở hoàn thành số hóa 100% hồ sơ trước ngày 30/6/2024.",
            (100, "%", "target", "2024-06-30"),
        ),
        ("Giải ngân 100% vốn đầu tư công được giao năm 2024.", (100, "%", "target", "2024")),
        (
            "Cắt giảm tối thiểu 30% thời gian giải quyết thủ tục hành chính.",
            (30, "%", "target", None),
        ),
        (
            "Nâng tỷ lệ lao động qua đào tạo từ 65% năm 2023 lên 70% năm 2025.",
            (70, "%", "target", "2025"),
        ),
        (
            "Sẽ hỗ trợ xây dựng 1.200 căn nhà cho hộ nghèo trong năm 2024.",
            (1200, "căn nhà", "target", "2024"),
        ),
        ("Giao Sở Nội vụ 25 biên chế công chức.", (25, "biên chế", "allocation", None)),
        ("Tổng nhu cầu vốn: 540 tỷ đồng.", (540, "tỷ đồng", "allocation", None)),
    ],
)
def test_orders_and_sums_of_a_plan(
    line: str, told: tuple[float, str, str, str | None], tmp_path: Path
) -> None:
    assert _told(LETTER, line, tmp_path) == [told]


@pytest.mark.parametrize(
    "line",
    [
        "Doanh nghiệp được hỗ trợ giảm tối thiểu 30% tiền thuê đất.",
        "Nhà nước nắm giữ 100% vốn điều lệ.",
        "Vốn đầu tư tính tại thời điểm có quy mô dự kiến cao nhất, nhưng không thấp hơn 50 tỷ đồng.",
        "Hỗ trợ các tỉnh với định mức 100 tỷ đồng cho mỗi đơn vị.",
        "Có tin sẽ nhập còn 16 xã.",
        "Thời gian thực hiện: 12 tháng; mỗi xã 02 cán bộ phụ trách.",
    ],
)
def test_entitlements_holdings_and_rumours_are_no_indicators(line: str, tmp_path: Path) -> None:
    assert _told(LETTER, line, tmp_path) == []


def test_parts_of_money_handed_down_are_given_and_money_over_a_plan_is_reached(tmp_path: Path) -> None:
    body = (
        "Tổng chi ngân sách năm 2023 được Hội đồng nhân dân tỉnh giao là 900 tỷ đồng. Trong đó: chi đầu tư 300 tỷ đồng.\n"
        "Chi từ nguồn thu tiền sử dụng đất 56 tỷ đồng/69 tỷ đồng."
    )
    assert [(value, kind) for value, _, kind, _ in _told(LETTER, body, tmp_path)] == [
        (900, "allocation"),
        (300, "allocation"),
        (56, "result"),
    ]


def test_rows_of_indicators_bear_unit_and_period_of_their_table(tmp_path: Path) -> None:
    body = (
        "PHỤ LỤC\nCÁC CHỈ TIÊU CỦA KẾ HOẠCH\nTT\nChỉ tiêu\nĐơn vị\nMục tiêu\nCơ quan\nGiai đoạn 2024-2025\n1\n"
        "Tỷ lệ hồ sơ nộp trực tuyến.\n%\n80\nSở Nội vụ\n2\nSố trạm y tế được kết nối.\nTrạm\n45\nSở Y tế\nGiai đoạn 2026-2030\n3\n"
        "Tỷ lệ hộ có kết nối Internet.\n%\n100%\nSở Nội vụ"
    )
    assert _told(LETTER, body, tmp_path) == [
        (80, "%", "target", "2024-2025"),
        (45, "trạm", "target", "2024-2025"),
        (100, "%", "target", "2026-2030"),
    ]


def test_years_of_the_head_are_those_of_the_columns(tmp_path: Path) -> None:
    body = "MỘT SỐ CHỈ TIÊU\nTT\nNội dung\nĐơn vị\n2024\n2025\n1\nTỷ lệ che phủ rừng\n%\n58\n59,5\n"
    assert _told(LETTER, body, tmp_path) == [
        (58, "%", "target", "2024"),
        (59.5, "%", "target", "2025"),
    ]


def test_months_and_ca_nam_are_those_that_the_text_has_fixed(tmp_path: Path) -> None:
    body = (
        "I. ĐÁNH GIÁ CHUNG\n1. Trong 06 tháng đầu năm 2024, kinh tế của tỉnh tăng 7,2%.\n"
        "2. Giải ngân 06 tháng đạt 34,9% kế hoạch, thấp hơn mục tiêu cả năm (95%)."
    )
    assert [(value, period) for value, _, _, period in _told(LETTER, body, tmp_path)] == [
        (7.2, "2024-01/2024-06"),
        (34.9, "2024-01/2024-06"),
        (95, "2024"),
    ]


def test_the_province_whose_leaders_a_meeting_was_with_is_the_place(tmp_path: Path) -> None:
    frame = LETTER.replace("ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN", "VĂN PHÒNG CHÍNH PHỦ").replace(
        "Nghệ An, ngày", "Hà Nội, ngày"
    )
    body = "Phó Thủ tướng đã làm việc với lãnh đạo tỉnh Sơn La.\nĐến nay, tăng trưởng GRDP của tỉnh đạt 6,2%."
    found = find_indicators(_document(frame.format(body=body), tmp_path))
    assert [(item.value, item.place) for item in found] == [(6.2, ("Sơn La",))]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("tăng 7,5%/năm", "%/năm"),
        ("đạt 2,1 con/phụ nữ", "con/phụ nữ"),
        ("có 32 giường bệnh/10.000 dân", "giường bệnh/10.000 dân"),
        ("khởi công 02 công trình/dự án", "công trình"),
        ("gồm 8 đồng chí", None),
    ],
)
def test_units_apiece(text: str, unit: str | None) -> None:
    assert [quantity.unit for quantity in find_quantities(text)] == ([unit] if unit else [])
