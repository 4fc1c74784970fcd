"""Indicators and tasks of short documents written for this test."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from corpus.build import build_document
from corpus.indicators import Indicator, find_indicators
from corpus.models import Document
from corpus.tasks import find_tasks
from ingest.models import RawPage, hash_content
from ingest.readers import read_page


def _document(text: str, tmp_path: Path) -> Document:
    content = unicodedata.normalize("NFC", text).encode()
    uri = (tmp_path / "trang.txt").as_uri()
    page = RawPage(
        uri=uri, name="trang.txt", content=content, sha256=hash_content(content), media_type="text/plain"
    )
    return build_document(page, read_page(page))


LETTER = """ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 12/KH-UBND
Nghệ An, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
Xây dựng nông thôn mới năm 2024

{body}
"""


def _told(item: Indicator) -> tuple[object, ...]:
    return item.value, item.of, item.unit, item.kind.value, item.period


def test_results_and_targets_of_a_plan(tmp_path: Path) -> None:
    body = (
        "I. KẾT QUẢ\nĐến ngày 31/12/2023, toàn tỉnh đã có 32/33 xã đạt chuẩn nông thôn mới.\n"
        "II. MỤC TIÊU ĐẾN NĂM 2025\n- Phấn đấu 80% hộ dân sử dụng nước sạch.\n- Trên 90% rác thải được thu gom."
    )
    document = _document(LETTER.format(body=body), tmp_path)
    found = find_indicators(document)
    assert [_told(item) for item in found] == [
        (32.0, 33.0, "xã", "result", "2023-12-31"),
        (80.0, None, "%", "target", "2025"),
        (90.0, None, "%", "target", "2025"),
    ]
    assert document.text[found[0].value_start : found[0].value_end] == "32/33 xã"
    assert found[0].place == ("Nghệ An",)


def test_money_given_and_area_measured(tmp_path: Path) -> None:
    body = "Tổng kinh phí thực hiện Kế hoạch là 1.250,5 tỷ đồng.\nXã có diện tích tự nhiên là 12,5 km² và dân số là 9.870 người."
    found = find_indicators(_document(LETTER.format(body=body), tmp_path))
    assert [(item.value, item.unit, item.kind.value) for item in found] == [
        (1250.5, "tỷ đồng", "allocation"),
        (12.5, "km2", "result"),
        (9870.0, "người", "result"),
    ]


@pytest.mark.parametrize(
    "norm",
    [
        "Phạt tiền từ 4.000.000 đồng đến 6.000.000 đồng đối với hành vi đổ rác.",
        "Mức hỗ trợ không quá 30% kinh phí, tối đa 50 triệu đồng.",
        "Xã thuộc nhóm 10 xã dẫn đầu toàn tỉnh.",
        "Có 420/430 đại biểu biểu quyết tán thành, chiếm 97,67%.",
    ],
)
def test_norms_rankings_and_votes_are_no_indicators(norm: str, tmp_path: Path) -> None:
    assert find_indicators(_document(LETTER.format(body=norm), tmp_path)) == ()


def test_rows_of_places_in_a_table_with_one_unit(tmp_path: Path) -> None:
    body = "Phân bổ vốn ngân sách tỉnh giai đoạn 2021 - 2025 như sau:\nTT\nĐịa phương\nSố vốn (triệu đồng)\nTỉnh\nXã\n1\nXã Hưng Đạo\n80\n20\n2\nXã Hưng Yên\n1.250\n65"
    found = find_indicators(_document(LETTER.format(body=body), tmp_path))
    assert [(item.value, item.unit, item.place) for item in found] == [
        (80.0, "triệu đồng", ("Hưng Đạo", "Nghệ An")),
        (20.0, "triệu đồng", ("Hưng Đạo", "Nghệ An")),
        (1250.0, "triệu đồng", ("Hưng Yên", "Nghệ An")),
        (65.0, "triệu đồng", ("Hưng Yên", "Nghệ An")),
    ]
    assert {item.period for item in found} == {"2021-2025"}


def test_tasks_with_their_actors_and_deadlines(tmp_path: Path) -> None:
    body = (
        "III. TỔ CHỨC THỰC HIỆN\n"
        "1. Sở Tài chính:\na) Chủ trì, phối hợp với các sở, ngành bố trí kinh phí trước ngày 30/6/2024.\n"
        "b) Theo dõi, báo cáo Ủy ban nhân dân tỉnh trong quý III/2024.\n"
        "2. Yêu cầu Ủy ban nhân dân các huyện rà soát các tiêu chí, hoàn thành trong năm 2024.\n"
        "3. Sở Y tế có trách nhiệm hướng dẫn các trạm y tế."
    )
    document = _document(LETTER.format(body=body), tmp_path)
    found = find_tasks(document)
    assert [(task.actor, task.deadline, task.kind.value) for task in found] == [
        ("Sở Tài chính", "2024-06-30", "order"),
        ("Sở Tài chính", "2024-09-30", "order"),
        ("Ủy ban nhân dân các huyện", "2024", "order"),
        ("Sở Y tế", None, "responsibility"),
    ]
    actor = found[1].actor_spans[0]
    assert document.text[actor.start : actor.end] == "Sở Tài chính" and actor.end < found[1].start


@pytest.mark.parametrize(
    "line",
    [
        "Sở Tài chính đã kiểm tra 12 xã.",
        "Doanh nghiệp có trách nhiệm nộp báo cáo đúng hạn.",
        "Ủy ban nhân dân tỉnh quyết định thành lập Hội đồng thẩm định.",
        "Nơi nhận:\n- Sở Tài chính kiểm tra văn bản;",
    ],
)
def test_what_binds_no_body_is_no_task(line: str, tmp_path: Path) -> None:
    assert find_tasks(_document(LETTER.format(body=line), tmp_path)) == ()


def _tasks(body: str, tmp_path: Path) -> list[tuple[str, str]]:
    return [
        (task.actor, task.kind.value) for task in find_tasks(_document(LETTER.format(body=body), tmp_path))
    ]


def test_a_closing_clause_names_each_body_that_answers_for_the_act(tmp_path: Path) -> None:
    body = (
        "Điều 1. Ban hành Kế hoạch này.\nĐiều 2. Chánh Văn phòng UBND tỉnh; Giám đốc Sở Y tế, Thủ trưởng các sở, ngành "
        "và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./."
    )
    bodies = "Chánh Văn phòng UBND tỉnh; Giám đốc Sở Y tế; Thủ trưởng các sở, ngành; các tổ chức, cá nhân có liên quan"
    assert _tasks(body, tmp_path) == [(bodies, "responsibility")]


DIRECTIVES = (
    # who orders stands behind a clause; the order itself may be asked of one body
    (
        "Để đẩy nhanh tiến độ đạt trên 95% kế hoạch, Chủ tịch UBND tỉnh yêu cầu Sở Xây dựng rà soát các dự án chậm.",
        [("Sở Xây dựng", "order", "rà soát các dự án chậm.")],
    ),
    (
        "Do vậy, đối với trường hợp vướng mắc, đề nghị Sở Tư pháp báo cáo UBND tỉnh xem xét.",
        [("Sở Tư pháp", "request", "báo cáo UBND tỉnh xem xét.")],
    ),
    # what an item says may stand behind an opening clause, and begin with a verb that elsewhere describes
    (
        "1. Sở Tài chính:\na) Trên cơ sở đề xuất, chủ trì, phối hợp với UBND các xã bố trí kinh phí.\nb) Cắt giảm chi phí hội họp;",
        [
            ("Sở Tài chính", "order", "chủ trì, phối hợp với UBND các xã bố trí kinh phí."),
            ("Sở Tài chính", "order", "Cắt giảm chi phí hội họp;"),
        ],
    ),
    (
        "1. Trách nhiệm của cơ quan đăng ký tài sản bảo đảm trong cưỡng chế:\na) Tạm dừng việc đăng ký khi có yêu cầu;",
        [("cơ quan đăng ký tài sản bảo đảm", "order", "Tạm dừng việc đăng ký khi có yêu cầu;")],
    ),
    (
        "1. Sở Tài chính:\na) Tổ chức huy động nguồn vốn. Đồng thời, tổng hợp nhu cầu của các xã;",
        [
            ("Sở Tài chính", "order", "Tổ chức huy động nguồn vốn."),
            ("Sở Tài chính", "order", "tổng hợp nhu cầu của các xã;"),
        ],
    ),
    # a name that a line breaks
    (
        "Điều 2. Giao\nSở Y tế chủ trì, phối hợp với các sở tổ chức tiêm chủng cho trẻ em.",
        [("Sở Y tế", "order", "chủ trì, phối hợp với các sở tổ chức tiêm chủng cho trẻ em.")],
    ),
)


@pytest.mark.parametrize(("body", "expected"), DIRECTIVES)
def test_orders_of_directives(body: str, expected: list[tuple[str, str, str]], tmp_path: Path) -> None:
    found = find_tasks(_document(LETTER.format(body=body), tmp_path))
    assert [(task.actor, task.kind.value, task.action) for task in found] == expected


BINDING_NOBODY = (
    "UBND tỉnh Nghệ An ban hành Kế hoạch xây dựng nông thôn mới với các nội dung như sau:",
    "Giao Văn phòng Đăng ký đất đai cung cấp thông tin thửa đất cho người dân (2 ngày).",
    "Cơ quan thẩm định kiểm tra hồ sơ và cấp giấy sau đây gọi chung là cơ quan cấp giấy.",
    "Cơ quan chủ trì thẩm tra quyết toán không phải gửi chứng từ đến Kho bạc.",
    "Đơn vị trúng thầu phải tự chịu trách nhiệm đối với các vấn đề phát sinh.",
    "1. Lãnh đạo Sở:\nLãnh đạo Sở Tư pháp có Giám đốc và các Phó Giám đốc.",
    "1. Sở Tài chính:\na) Báo cáo được lập theo mẫu của Bộ Tài chính.",
    "Giám đốc Sở Y tế có trách nhiệm:",
)


@pytest.mark.parametrize("body", BINDING_NOBODY)
def test_what_describes_or_opens_a_list_binds_nobody(body: str, tmp_path: Path) -> None:
    assert find_tasks(_document(LETTER.format(body=body), tmp_path)) == ()


def test_powers_that_a_decision_hands_down_are_no_tasks(tmp_path: Path) -> None:
    text = LETTER.replace("KẾ HOẠCH", "QUYẾT ĐỊNH").replace("Xây dựng nông thôn mới năm 2024", "{title}")
    body = "Điều 1. Sở Y tế ban hành tiêu chuẩn sử dụng máy móc chuyên dùng của ngành."

    def count(title: str) -> int:
        return len(find_tasks(_document(text.format(title=title, body=body), tmp_path)))

    assert (count("Phân cấp thẩm quyền ban hành tiêu chuẩn"), count("Tổ chức thực hiện mua sắm")) == (0, 1)


def test_bodies_below_an_order_are_ordered(tmp_path: Path) -> None:
    body = (
        "Điều 2. Giao các cơ quan, đơn vị:\n1. Sở Y tế chủ trì, phối hợp với các trạm (theo danh sách)\n"
        "Rà soát quy trình tiếp nhận của các trạm.\n2. Các bệnh viện công lập niêm yết công khai giá dịch vụ."
    )
    assert _tasks(body, tmp_path)[:1] == [("Sở Y tế", "order")]


@pytest.mark.parametrize(
    ("line", "actor"),
    [
        ("1. Báo cáo tháng: Sở Y tế tổng hợp tình hình của các trạm.", "Sở Y tế"),
        (
            "Yêu cầu các sở, ngành, các công ty của tỉnh báo cáo số liệu theo mẫu.",
            "các sở, ngành, các công ty của tỉnh",
        ),
        ("Chính phủ quy định chi tiết Điều này.", "Chính phủ"),
        (
            "1. Căn cứ vào nhu cầu của đơn vị, quy mô của ngành, cơ quan quản lý viên chức có trách nhiệm lập danh sách.",
            "cơ quan quản lý viên chức",
        ),
    ],
)
def test_bodies_behind_a_title_a_reason_or_beside_firms(line: str, actor: str, tmp_path: Path) -> None:
    assert [found for found, _ in _tasks(line, tmp_path)] == [actor]


@pytest.mark.parametrize(
    "line",
    [
        "- Cơ quan trực tiếp thực hiện: Sở Y tế.",
        "Cục Thú y có Công văn số 12/TY ngày 02/01/2024 đôn đốc các trạm kiểm dịch.",
        "Bộ Y tế trân trọng cảm ơn và mong tiếp tục nhận được góp ý.",
    ],
)
def test_headings_and_courtesies_are_no_tasks(line: str, tmp_path: Path) -> None:
    assert _tasks(line, tmp_path) == []


def _figures(body: str, tmp_path: Path) -> list[tuple[float, str, str]]:
    found = find_indicators(_document(LETTER.format(body=body), tmp_path))
    return [(item.value, item.unit, item.kind.value) for item in found]


def test_a_heading_without_label_holds_until_the_next_turn(tmp_path: Path) -> None:
    body = (
        "Mục tiêu cụ thể đến năm 2030\n- Trên 70% số cơ sở sấy chè có trình độ trung bình trở lên.\n"
        "- Hình thành ít nhất 02 vùng trồng chè.\nNhiệm vụ, giải pháp\n- Rà soát 15 mô hình trồng chè."
    )
    assert _figures(body, tmp_path) == [(70, "%", "target"), (2, "vùng", "target")]


def test_words_of_rules_do_not_rule_out_an_aim_nor_thuc_hien_make_it_past(tmp_path: Path) -> None:
    body = (
        "Phấn đấu tỷ lệ nữ trong cấp ủy không dưới 15%. Phấn đấu thực hiện giảm trên 3% số vụ vi phạm.\n"
        "Mức hỗ trợ không quá 15% giá trị."
    )
    assert _figures(body, tmp_path) == [(15, "%", "target"), (3, "%", "target")]


def test_units_left_after_a_rearrangement_are_counted_one_by_one(tmp_path: Path) -> None:
    body = (
        "Sau khi sắp xếp, tỉnh Nghệ An có 30 đơn vị hành chính cấp xã, gồm 20 xã, 9 phường và 1 đặc khu; "
        "trong đó có 5 xã không thực hiện sắp xếp."
    )
    assert [value for value, _, kind in _figures(body, tmp_path) if kind == "result"] == [30, 20, 9, 1, 5]


def test_totals_of_a_budget_are_given(tmp_path: Path) -> None:
    body = (
        "Thông qua dự toán ngân sách năm 2024 với tổng số thu ngân sách nhà nước là 900 tỷ đồng. "
        "Tổng số chi ngân sách tỉnh là 1.200 tỷ đồng, tương đương 4,5% GRDP."
    )
    assert _figures(body, tmp_path) == [
        (900, "tỷ đồng", "allocation"),
        (1200, "tỷ đồng", "allocation"),
        (4.5, "%", "allocation"),
    ]


def test_shares_of_a_plan_and_a_past_year_are_results(tmp_path: Path) -> None:
    body = (
        "Năm 2023, thu nhập bình quân đạt 48 triệu đồng/người. Chi thường xuyên bằng 59,4% dự toán, tăng lần lượt 2% và 5%.\n"
        "Đã trồng mới được 120 ha rừng."
    )
    assert _figures(body, tmp_path) == [
        (48, "triệu đồng/người", "result"),
        (59.4, "%", "result"),
        (2, "%", "result"),
        (5, "%", "result"),
        (120, "ha", "result"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Bố trí vốn tối đa không vượt 20 tỷ đồng.",
        "Ngân sách tỉnh hỗ trợ 300.000 đồng/con lợn nái.",
        "Đến nay cần khẩn trương thi công để hoàn thành 02 công trình.",
    ],
)
def test_ceilings_money_apiece_and_wishes_are_no_indicators(line: str, tmp_path: Path) -> None:
    assert _figures(line, tmp_path) == []


def test_rows_of_provinces_need_no_level_word(tmp_path: Path) -> None:
    body = "BẢNG PHÂN BỔ KINH PHÍ NĂM 2024\nĐơn vị: triệu đồng\nTT\nTỉnh\nKinh phí\n1\nNghệ An\n1.250\n2\nHÀ TĨNH\n980\n"
    found = find_indicators(_document(LETTER.format(body=body), tmp_path))
    assert [(item.value, item.place, item.kind.value) for item in found] == [
        (1250, ("Nghệ An",), "allocation"),
        (980, ("Hà Tĩnh",), "allocation"),
    ]


def test_things_of_a_list_are_counted_where_it_says_the_same_of_each(tmp_path: Path) -> None:
    body = "Đến nay đã có 25 dự án thuộc lĩnh vực điện; 3 dự án thuộc lĩnh vực nước; cách trung tâm 12 km."
    assert _figures(body, tmp_path) == [(25, "dự án", "result"), (3, "dự án", "result")]
