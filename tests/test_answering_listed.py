"""What a question lists is answered one by one: places, years; what nothing is quoted for is told as missing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from answering_texts import act, province_act, quotes_of
from conftest import SearchTexts

from index.answer import answer
from index.answering.listed import find_listed_places, find_listed_years
from index.answering.parts import split_parts
from index.answering.sides import asks_sides
from index.models import Outcome
from index.question import read_question
from index.search import Searcher

AIMS = (
    "Mục tiêu nuôi tằm của tỉnh Sơn La\n\nI. Mục tiêu đến năm 2031\n\n1. Sản lượng kén tằm của tỉnh Sơn La đạt 410 tấn.\n\n"
    "II. Mục tiêu đến năm 2036\n\n1. Sản lượng kén tằm của tỉnh Sơn La đạt 560 tấn.\n\n"
    "III. Tầm nhìn đến năm 2047\n\n1. Sản lượng kén tằm của tỉnh Sơn La đạt 930 tấn."
)
FERRIES = (
    "Số bến đò ngang sau khi kiểm tra\n\nSau khi kiểm tra, tỉnh Nghệ An còn 87 bến đò ngang được phép chở khách, 12 bến đò ngang "
    "phải đóng.\n\nCác bến được cắm biển ở cả hai bờ sông trước mùa mưa bão."
)
MERGED = (
    "Sắp xếp hai bến cảng cá\n\nSau khi sắp xếp, cảng cá Lạch Mẫu của tỉnh Hà Tĩnh có diện tích 61,5 ha.\n\n"
    "Thành lập bến cá mới trên cơ sở nhập toàn bộ diện tích 9,4 ha, quy mô dân số 3.120 người của xã Hưng Yên."
)


@pytest.fixture(scope="module")
def made(search_texts: SearchTexts) -> Iterator[Searcher]:
    with search_texts({"tam": AIMS, "ben-do": FERRIES, "cang-ca": MERGED}) as searcher:
        yield searcher


# --- what is listed


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Sản lượng năm 2031 và năm 2036 là bao nhiêu?", ("2031", "2036")),
        ("Sản lượng ở các mốc 2031, 2036, 2047?", ("2031", "2036", "2047")),
        ("Giai đoạn 2021-2025 và 2026 - 2030 chi bao nhiêu?", ("2021-2025", "2026-2030")),
        ("san luong nam 2031 va 2036", ("2031", "2036")),
        ("Nghị quyết 12/2024/NQ-HĐND và năm 2026", None),
        ("Sản lượng đến năm 2031, tầm nhìn 2047?", None),  # one after the other in a title
    ],
)
def test_years_that_are_listed(text: str, years: tuple[str, ...] | None) -> None:
    listed = find_listed_years(text)
    assert (listed.years if listed else None) == years


def test_places_that_are_listed() -> None:
    text = "Số bến của tỉnh Hà Tĩnh và tỉnh Nghệ An, ở xã Sơn Kim"
    assert [text[span.start : span.end] for span in find_listed_places(text)] == ["Hà Tĩnh và tỉnh Nghệ An"]


# --- parts


@pytest.mark.parametrize(
    "question",
    [
        "Số bến đò của Hà Tĩnh và Nghệ An sau kiểm tra là bao nhiêu",
        "Tỷ lệ che phủ rừng năm 2031 và năm 2036 là bao nhiêu",
        "Trước khi sáp nhập vào Hải Phòng, tỉnh có bao nhiêu bến",
        "Theo cơ cấu tổ chức và số lượng mới, mỗi xã có bao nhiêu phòng",
    ],
)
def test_names_that_are_listed_and_leading_clauses_are_no_parts(question: str) -> None:
    assert split_parts(f"{question}?") == (question,)


def test_a_clause_that_asks_is_a_part_however_it_begins() -> None:
    question = "Mức phí là bao nhiêu, trước khi sửa là bao nhiêu?"
    assert split_parts(question) == ("Mức phí là bao nhiêu", "trước khi sửa là bao nhiêu")


# --- sides


def test_sides_that_are_listed_are_asked_beside_a_document_number() -> None:
    question = "Theo Quyết định 71/QĐ-TTg, Hà Tĩnh và Nghệ An mỗi tỉnh được bao nhiêu tiền?"
    assert asks_sides(read_question(question)) == ("Hà Tĩnh", "Nghệ An")


@pytest.mark.parametrize(
    "question",
    [
        "So sánh số bến đò ngang của Hà Tĩnh và Nghệ An sau kiểm tra: mỗi tỉnh còn bao nhiêu bến đò ngang, bao nhiêu bến phải đóng?",
        "Sau kiểm tra, Hà Tĩnh và Nghệ An mỗi tỉnh còn bao nhiêu bến đò ngang, tỉnh nào có nhiều bến hơn?",
    ],
)
def test_what_names_the_other_side_fills_none(made: Searcher, question: str) -> None:
    given = answer(made, question)
    assert given.outcome is Outcome.PARTLY_ANSWERED
    assert "“Hà Tĩnh”" in given.message and "nào" not in given.message
    assert "87 bến" in quotes_of(given, "Nghệ An") and not quotes_of(given, "Hà Tĩnh")


# --- years


def test_each_year_is_answered_by_what_speaks_of_it(made: Searcher) -> None:
    given = answer(made, "Sản lượng kén tằm của tỉnh Sơn La năm 2031 và năm 2036 là bao nhiêu tấn?")
    assert given.outcome is Outcome.ANSWERED
    assert "410 tấn" in quotes_of(given, "2031") and "560" not in quotes_of(given, "2031")
    assert "560 tấn" in quotes_of(given, "2036") and "930" not in quotes_of(given, "")


def test_a_year_that_nothing_speaks_of_is_told(made: Searcher) -> None:
    given = answer(made, "Sản lượng kén tằm của tỉnh Sơn La ở các mốc 2031, 2041 là bao nhiêu tấn?")
    assert given.outcome is Outcome.PARTLY_ANSWERED and "“năm 2041”" in given.message
    assert "560" not in quotes_of(given, "") and "930" not in quotes_of(given, "")


def test_years_that_are_compared_are_answered_one_by_one(made: Searcher) -> None:
    given = answer(made, "So sánh sản lượng kén tằm của tỉnh Sơn La năm 2031 và năm 2047")
    assert "410 tấn" in quotes_of(given, "2031") and "930" not in quotes_of(given, "2031")
    assert "930 tấn" in quotes_of(given, "2047") and "410" not in quotes_of(given, "2047")


# --- before and after


def test_what_came_of_a_merger_is_no_figure_of_before(made: Searcher) -> None:
    question = "{} khi sắp xếp, cảng cá Lạch Mẫu của tỉnh Hà Tĩnh có diện tích bao nhiêu ha?"
    assert "61,5" in quotes_of(answer(made, question.format("Sau")), "")
    assert "61,5" not in quotes_of(answer(made, question.format("Trước")), "")


def test_a_commune_is_no_province_of_its_name(made: Searcher) -> None:
    given = answer(made, "Tỉnh Hưng Yên có quy mô dân số, diện tích nhập vào bến cá là bao nhiêu?")
    assert "3.120" not in quotes_of(given, "")


# --- what a part goes on with


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Xã có bao nhiêu bến và bao nhiêu đò? Nơi nào được nhiều hơn?",
            ("Xã có bao nhiêu bến", "bao nhiêu đò"),
        ),
        (
            "Tỉnh có bao nhiêu xã, xã nào đông dân nhất?",
            ("Tỉnh có bao nhiêu xã", "xã nào đông dân nhất"),
        ),
    ],
)
def test_what_only_compares_the_parts_before_is_no_part(question: str, parts: tuple[str, ...]) -> None:
    assert split_parts(question) == parts


def plan(place: str, symbol: str, day: str) -> str:
    return province_act(
        symbol,
        "KẾ HOẠCH",
        f"Tổ chức hội đua thuyền nan mùa nước nổi trên địa bàn tỉnh {place}",
        f"Ủy ban nhân dân tỉnh {place} tổ chức hội đua thuyền nan mùa nước nổi như sau:\n\nI. THỜI GIAN\nHội đua thuyền nan "
        f"được tổ chức từ ngày {day}.\n\nII. KINH PHÍ\nKinh phí lấy từ nguồn xã hội hóa.",
        place=place,
        day="03 tháng 02 năm 2026",
        signer="Lê Văn Mẫu",
    )


def test_a_listed_place_that_no_quotation_speaks_for_is_asked_by_itself(search_texts: SearchTexts) -> None:
    texts = {
        "son-la": plan("Sơn La", "611/KH-UBND", "12/3/2026"),
        "lao-cai": plan("Lào Cai", "733/KH-UBND", "19/3/2026"),
    }
    question = "Hội đua thuyền nan mùa nước nổi ở Sơn La và Lào Cai: kế hoạch số mấy, tổ chức từ ngày nào?"
    with search_texts(texts) as searcher:
        given = answer(searcher, question)
    said = quotes_of(given, "")
    assert "611/KH-UBND" in said and "733/KH-UBND" in said
    assert "12/3/2026" in quotes_of(given, "Sơn La") and "19/3/2026" in quotes_of(given, "Lào Cai")


OLD = act(
    "14/2021/NQ-HĐND",
    "NGHỊ QUYẾT",
    "Quy định mức bồi dưỡng người canh cống ngăn mặn trên địa bàn tỉnh Cà Mau",
    "Điều 1. Mức bồi dưỡng\nNgười canh cống ngăn mặn được bồi dưỡng một khoản theo dự toán của huyện.",
    organ="HỘI ĐỒNG NHÂN DÂN\nTỈNH CÀ MAU", day="Cà Mau, ngày 10 tháng 7 năm 2021", signed="CHỦ TỊCH\nTrần Thị Mẫu",
)  # fmt: skip
NEW = act(
    "36/2025/NQ-HĐND",
    "NGHỊ QUYẾT",
    "Quy định mức bồi dưỡng người canh cống ngăn mặn trên địa bàn tỉnh Cà Mau",
    "Điều 1. Mức bồi dưỡng\nMức bồi dưỡng người canh cống ngăn mặn là 275.000 đồng/tháng.\n\nĐiều 2. Hiệu lực thi hành\n"
    "1. Nghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2025.\n2. Nghị quyết số 14/2021/NQ-HĐND hết hiệu lực kể từ ngày Nghị "
    "quyết này có hiệu lực.",
    organ="HỘI ĐỒNG NHÂN DÂN\nTỈNH CÀ MAU", day="Cà Mau, ngày 18 tháng 7 năm 2025", signed="CHỦ TỊCH\nTrần Thị Mẫu",
)  # fmt: skip


def test_what_the_ended_act_does_not_say_its_successor_does(search_texts: SearchTexts) -> None:
    """And a part that neither says is told beside how the act ended."""
    with search_texts({"cu": OLD, "moi": NEW}) as searcher:
        status = "Nghị quyết 14/2021/NQ-HĐND của Cà Mau còn hiệu lực không"
        level = answer(searcher, f"{status}, mức bồi dưỡng người canh cống mới là bao nhiêu?")
        boats = answer(searcher, f"{status}, mỗi đội ca nô tuần tra được cấp bao nhiêu lít xăng?")
    assert level.outcome is boats.outcome is Outcome.SUPERSEDED
    assert "275.000" in quotes_of(level, "mức bồi dưỡng") and "chưa tìm thấy" not in level.message
    assert "36/2025/NQ-HĐND" in boats.message and "lít xăng" in boats.message


NEW_ON_A_PAGE = (
    "Nghị quyết số 36/2025/NQ-HĐND của Hội đồng nhân dân tỉnh Cà Mau về canh cống ngăn mặn\n\nNghị quyết này có hiệu lực từ ngày 01 tháng 8 năm 2025. Nghị quyết số "
    "14/2021/NQ-HĐND của Hội đồng nhân dân tỉnh Cà Mau hết hiệu lực kể từ ngày Nghị quyết này có hiệu lực.\n\nCụ thể, mức bồi dưỡng người canh cống ngăn mặn là 275.000 "
    "đồng/tháng.\n\nCác xã ven biển lập danh sách người canh cống trước mùa khô."
)


def test_the_new_level_is_asked_of_what_the_first_part_is_on(search_texts: SearchTexts) -> None:
    """A yes-or-no part ends with "không"; what "mức mới" is of stands in it, and a page may be all that is held."""
    with search_texts({"cu": OLD, "trang": NEW_ON_A_PAGE}) as searcher:
        given = answer(
            searcher,
            "Nghị quyết 14/2021/NQ-HĐND của Cà Mau về canh cống ngăn mặn có còn được dùng cho năm 2026 không, và mức mới là bao nhiêu?",
        )
    assert given.outcome is Outcome.SUPERSEDED
    assert "275.000" in quotes_of(given, "mức mới là bao nhiêu")
