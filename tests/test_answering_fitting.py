"""What may be quoted at all: words of the document asked for, of the level, the unit and the moment asked about."""

from __future__ import annotations

import numpy as np
import pytest
from answering_texts import act
from conftest import SearchTexts

from corpus.models import DocumentKind, Passage
from corpus.other_texts import find_other_texts
from corpus.store import Profile
from corpus.text import fold
from index.answer import answer
from index.answering.fact_kinds import read_fact_kinds
from index.answering.features import wanted_of
from index.answering.figures_asked import (
    is_of_kind,
    is_of_level,
    is_of_moment,
    measures_as_asked,
    says_amount,
)
from index.answering.findings import FactKind
from index.answering.fitting import fits_level, fitting
from index.answering.reader import SECOND, Reading
from index.answering.units import Unit, label_kind
from index.models import Answer, Hit
from index.question import read_question

RESOLUTION = (
    "# Nghị quyết số 91-NQ/TW\n\n"
    + act(
        "91-NQ/TW",
        "NGHỊ QUYẾT",
        "về phát triển nghề làm diều sáo",
        "I. MỤC TIÊU\n\n1. Đến năm 2030, số làng nghề làm diều sáo tăng gấp đôi.\n\n2. Thợ làm diều sáo được học nghề không mất phí.",
        organ="BAN CHẤP HÀNH TRUNG ƯƠNG",
        day="Hà Nội, ngày 02 tháng 3 năm 2025",
        signed="T/M BỘ CHÍNH TRỊ\nTỔNG BÍ THƯ\nTrần Văn Mẫu",
        motto="party",
    )
    + "\n# Kết luận số 14-KL/TW\n\nChi cho hội thi diều sáo đạt 7% quỹ văn hóa của mỗi làng.\n"
    "\n# So sánh Nghị quyết 91 với Kết luận 14\n\nDiều sáo xuất khẩu chiếm tối thiểu 35% số diều làm ra trong năm.\n"
)


def quoted(given: Answer) -> str:
    return "\n".join(citation.quote for one in given.statements for citation in one.citations)


def test_what_stands_below_the_heading_of_another_text_is_not_said_by_the_document(
    search_texts: SearchTexts,
) -> None:
    with search_texts({"dieu-sao": RESOLUTION}) as made:
        named = (
            "Theo Nghị quyết 91-NQ/TW, diều sáo xuất khẩu chiếm tối thiểu bao nhiêu phần trăm số diều làm ra?"
        )
        assert "35%" not in quoted(answer(made, named))
        free = answer(
            made, "Diều sáo xuất khẩu chiếm tối thiểu bao nhiêu phần trăm số diều làm ra trong năm?"
        )
        assert "35%" in quoted(free)
        assert "91-NQ/TW ghi" not in free.statements[0].text
        assert {one.symbol for told in free.statements for one in told.citations} == {None}
        other = answer(
            made, "Theo Kết luận 14-KL/TW, chi cho hội thi diều sáo đạt bao nhiêu phần trăm quỹ văn hóa?"
        )
        assert "7%" in quoted(other)
        assert "dẫn lại văn bản 14-KL/TW" in other.statements[0].text


def test_headings_of_a_document_of_its_own_open_no_other_text() -> None:
    page = (
        "# Nghị định 5/2025/NĐ-CP\n## NGHỊ ĐỊNH\n# Điều 1. Sửa đổi Nghị định số 6/2020/NĐ-CP\nA\n"
        "## Nghị định số 6/2020/NĐ-CP\nB\n# Kế hoạch 2026\nC\n# Phụ lục I kèm theo Nghị định số 5/2025/NĐ-CP\nD"
    )
    assert find_other_texts(page, "5/2025/NĐ-CP") == ()
    assert find_other_texts(page, None) == ()


PROFILE = Profile(
    id="d",
    title="",
    url=None,
    kind=DocumentKind.UNKNOWN,
    head="",
    symbol=None,
    issuer=None,
    province=None,
    day=None,
    reports=(),
    references=(),
    speaking=(),
)


def unit_of(text: str, *, lead: str = "", above: str = "", below: str = "") -> Unit:
    """A unit in a passage of its own, with the lines that it stands under and what is above and below it there."""
    whole = f"{above}{text}{below}"
    passage = Passage(
        id="p", document_id="d", ordinal=0, path=("đoạn 1",), start=0, end=len(whole), text=whole
    )
    hit = Hit(
        rank=1, score=1.0, row=1, passage=passage, title="", dense=None, lexical=None, number_match=False
    )
    start = len(above)
    return Unit(
        profile=PROFILE,
        hit=hit,
        start=start,
        end=start + len(text),
        text=text,
        heading="",
        lead=lead,
        clause=False,
    )


def test_a_label_behind_a_backslash_is_a_label() -> None:
    assert (label_kind("1\\. Thả diều"), label_kind("\\- Thả diều")) == ("number", "dash")


@pytest.mark.parametrize(
    ("question", "text", "below", "fits"),
    [
        ("Trưởng bến được phạt bao nhiêu phần trăm mức tối đa?", "Trưởng bến có quyền:", "\na) Phạt đến 3.000 đồng.", False),
        ("Trưởng bến được phạt bao nhiêu phần trăm mức tối đa?", "Trưởng bến có quyền:", "\na) Phạt đến 40% mức tối đa.", True),
        ("Trưởng bến được phạt bao nhiêu phần trăm mức tối đa?", "Trưởng bến có quyền:", "", True),
        ("Bến đò thu phí bằng bao nhiêu % vé?", "Bến đò thu phí 3.000 đồng một lượt.", "", False),
        ("Bến đò thu phí bằng bao nhiêu % vé?", "Bến đò thu phí bằng 15% giá vé.", "", True),
        ("Giá mạ non vụ xuân năm 2031 là bao nhiêu?", "Giá mạ non vụ xuân năm 2031 do làng niêm yết.", "", False),
        ("Giá mạ non vụ xuân năm 2031 là bao nhiêu?", "Mạ non vụ xuân năm 2031 bán 4.000 đồng một bó.", "", True),
        ("Bảng giá mạ non có bao nhiêu hạng?", "Bảng giá mạ non có 3 hạng.", "", True),
        ("Đánh giá mạ non theo bao nhiêu?", "Mạ non được xét theo 3 mức.", "", True),
        ("Vùng mạ còn bao nhiêu bến đò?", "Cảng cá Lạch Mẫu rộng 61,5 ha.", "", False),
        ("Vùng mạ còn bao nhiêu bến đò?", "Vùng mạ còn 3 bến đò, rộng 2 ha.", "", True),
        ("Vùng mạ có bao nhiêu làng đạt chuẩn làng nghề?", "Vùng mạ có 12 làng và 3 bến.", "", False),
        ("Vùng mạ có bao nhiêu làng đạt chuẩn làng nghề?", "Vùng mạ có 4/12 làng được công nhận làng nghề.", "", True),
    ],
)  # fmt: skip
def test_a_number_is_of_the_unit_asked_for(question: str, text: str, below: str, fits: bool) -> None:
    assert measures_as_asked(read_question(question), unit_of(text, below=below)) is fits


@pytest.mark.parametrize(
    ("place", "text", "above", "fits"),
    [
        ("tỉnh Hải Dương", "Nhập 7 km2 của xã Hải Dương vào phường bên cạnh.", "", False),
        ("tỉnh Hải Dương", "Tỉnh Hải Dương rộng 7 km2, xã Hải Dương rộng 1 km2.", "", True),
        ("tỉnh Hải Dương", "Nơi đây rộng 7 km2.", "Xã Hải Dương có đình cổ. ", False),
        ("tỉnh Hải Dương", "Hải Dương rộng 7 km2.", "", True),
        ("tỉnh Hải Dương", "Thành phố Hải Dương rộng 7 km2.", "", True),
        ("Hải Dương", "Nhập 7 km2 của xã Hải Dương vào phường bên cạnh.", "", True),
    ],
)
def test_a_place_is_of_the_level_asked_for(place: str, text: str, above: str, fits: bool) -> None:
    question = read_question(f"Diện tích của {place} là bao nhiêu?")
    assert fits_level(question, unit_of(text, above=above)) is fits


@pytest.mark.parametrize(
    ("question", "lead", "text", "fits"),
    [
        ("Mỗi nơi có bao nhiêu người thổi tù và Trung ương?", "2. Người thổi tù và cấp tỉnh", "Mỗi nơi có 9 người.", False),
        ("Mỗi nơi có bao nhiêu người thổi tù và Trung ương?", "1. Người thổi tù và Trung ương", "Mỗi nơi có 4 người.", True),
        ("Mỗi nơi có bao nhiêu người thổi tù và Trung ương?", "2. Người thổi tù và cấp tỉnh", "Khối trực thuộc Trung ương có 3 người.", False),
        ("Một tỉnh phải có dân số bao nhiêu người?", "Điều 4. Tiêu chuẩn của xã", "Dân số từ 3.000 người trở lên.", False),
        ("Một tỉnh phải có dân số bao nhiêu người?", "Điều 2. Tiêu chuẩn của tỉnh", "Dân số từ 300.000 người trở lên.", True),
        ("Một tỉnh phải có dân số bao nhiêu người?", "Điều 4. Tiêu chuẩn", "Dân số từ 300.000 người trở lên.", True),
        ("Mỗi tỉnh có bao nhiêu xã?", "1. Sắp xếp cấp xã", "Mỗi tỉnh còn 90 xã.", True),
    ],
)  # fmt: skip
def test_an_item_is_of_the_level_of_its_heading(question: str, lead: str, text: str, fits: bool) -> None:
    assert is_of_level(read_question(question), unit_of(text, lead=lead)) is fits


@pytest.mark.parametrize(
    ("question", "text", "above", "fits"),
    [
        ("Đến hết năm 2031 huyện Vàm Ví trồng được bao nhiêu cây?", "Huyện Vàm Ví trồng 90 cây.", "Đến ngày 4.3, các huyện trồng cây. ", False),
        ("Đến hết năm 2031 huyện Vàm Ví trồng được bao nhiêu cây?", "Đến ngày 31/12/2031, huyện trồng 90 cây.", "", True),
        ("Đến hết năm 2031 huyện Vàm Ví trồng được bao nhiêu cây?", "Huyện Vàm Ví trồng 90 cây, chi đến 3.5 triệu.", "", True),
        ("Ngày 31/12/2031 huyện Vàm Ví trồng được bao nhiêu cây?", "Tính đến ngày 4 tháng 3 năm 2031, huyện trồng 90 cây.", "", False),
        ("Đến ngày 4/3/2031 huyện Vàm Ví trồng được bao nhiêu cây?", "Tính đến ngày 04.3, huyện trồng 90 cây.", "", True),
        ("Huyện Vàm Ví trồng được bao nhiêu cây?", "Tính đến ngày 04.3, huyện trồng 90 cây.", "", True),
        ("Đến hết tháng 9/2031 huyện trồng được bao nhiêu cây?", "Tính đến ngày 04.3, huyện trồng 90 cây.", "", False),
        ("Đến hết tháng 9/2031 huyện trồng được bao nhiêu cây?", "Tính đến 30/9/2031, huyện trồng 90 cây.", "", True),
        ("Đến ngày 30/9 huyện trồng được bao nhiêu cây?", "Xã Ví Nhỏ trồng 90 cây.", f"Đến ngày 4.3, {'xã trồng cây. ' * 60}", False),
    ],
)  # fmt: skip
def test_a_count_is_up_to_the_day_asked_for(question: str, text: str, above: str, fits: bool) -> None:
    assert is_of_moment(read_question(question), unit_of(text, above=above)) is fits


@pytest.mark.parametrize(
    ("text", "lead", "fits"),
    [
        ("a) Ở xã: thu nhập dưới 2 triệu đồng.", "2. Chuẩn hộ cận nghèo", False),
        ("a) Ở xã: thu nhập dưới 1 triệu đồng.", "1. Chuẩn hộ nghèo", True),
        ("Hộ nghèo được vay 90 triệu đồng.", "2. Chuẩn hộ cận nghèo", True),
        ("Hộ mới thoát nghèo được vay 90 triệu đồng.", "1. Chuẩn hộ nghèo", False),
        ("Mỗi hộ được vay 90 triệu đồng.", "1. Mức vay", True),
    ],
)
def test_what_is_said_of_another_kind_of_household_answers_nothing(text: str, lead: str, fits: bool) -> None:
    assert is_of_kind(read_question("Hộ nghèo được vay bao nhiêu?"), unit_of(text, lead=lead)) is fits


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Nghị quyết số 954/2020/NQ-HĐND hết hiệu lực từ ngày 01 tháng 01 năm 2026 theo khoản 2 Điều 5.",
            False,
        ),
        ("Từ ngày 01/01/2026 mức vé là 12.000 đồng.", True),
    ],
)
def test_a_day_or_a_number_of_a_document_is_no_amount(text: str, says: bool) -> None:
    assert says_amount(text) is says


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Chủ đề của tuần lễ thả diều năm 2031 là gì", set()),
        ("diễn ra từ ngày nào đến ngày nào", set()),
        ("Hội thi thả diều diễn ra ngày nào", set()),
        ("Nghị định 91/2031/NĐ-CP ban hành ngày nào", {FactKind.ISSUED_ON}),
        ("Nghị định 91/2031/NĐ-CP có hiệu lực từ ngày nào đến ngày nào", {FactKind.EXPIRES_ON}),
    ],
)
def test_theme_and_time_of_an_event_are_no_facts_of_a_document(question: str, kinds: set[FactKind]) -> None:
    found = read_fact_kinds(fold(question))
    assert found >= kinds and bool(found) == bool(kinds)


def test_a_theme_stands_under_its_name() -> None:
    question = read_question(
        "Chủ đề của tuần lễ thả diều năm 2031 là gì và diễn ra từ ngày nào đến ngày nào?"
    )
    units = [
        unit_of("Triển khai tuần lễ thả diều năm 2031 trên địa bàn tỉnh."),
        unit_of("a) Chủ đề tuần lễ thả diều năm 2031", lead="2. Tuần lễ thả diều"),
        unit_of("“Diều lên, lòng mở”.", lead="a) Chủ đề tuần lễ thả diều"),
        unit_of("b) Thời gian: Từ ngày 02/5/2031 đến ngày 08/5/2031."),
        unit_of("Vàm Ví, ngày 09 tháng 4 năm 2031"),
    ]
    features = np.zeros(len(SECOND))
    readings = [Reading(unit=unit, score=0.0, features=features) for unit in units]
    fit = fitting(question, wanted_of(question), readings)
    assert [one.unit.text for one in fit] == [units[2].text, units[3].text]


def test_a_row_of_another_name_is_not_quoted_beside_the_row_asked_for() -> None:
    head = "Danh mục gồm các bến sau:\nTên bến\nSố thuyền"
    rows = ("Bến Bãi Thử\n30", "Bến Vàm Ví\n44", "Bến Cồn Mẫu\n12")
    features = np.zeros(len(SECOND))
    readings = [Reading(unit=unit_of(row, lead=head), score=0.0, features=features) for row in rows]
    question = read_question("Bến Bãi Thử có bao nhiêu thuyền?")
    assert [one.unit.text for one in fitting(question, wanted_of(question), readings)] == ["Bến Bãi Thử\n30"]
    both = read_question("Bến Bãi Thử và Vàm Ví có bao nhiêu thuyền?")
    assert len(fitting(both, wanted_of(both), readings)) == 2
    neither = read_question("Các bến có bao nhiêu thuyền?")
    assert len(fitting(neither, wanted_of(neither), readings)) == 3
