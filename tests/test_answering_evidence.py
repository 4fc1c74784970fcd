"""Whose words may answer: the act that a page lets speak, a person by his office, figures of the sort and year asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answering_texts import act
from conftest import SearchTexts, write_pages

from corpus.references import find_references
from corpus.reported import find_speaking
from index.answer import answer
from index.answering.answer_types import AnswerType
from index.answering.fact_kinds import read_kinds_of_parts
from index.answering.features import defines, wanted_of
from index.answering.findings import FactKind
from index.answering.page_subject import page_subject
from index.encoder import Encoder
from index.models import Answer, Outcome
from index.query import read_query
from index.question import read_question
from index.search import Searcher

LOANS = act(
    "71/2025/NQ-HĐND",
    "NGHỊ QUYẾT",
    "Quy định lãi suất cho vay mua bè nuôi cá",
    "Điều 1. Phạm vi\nNghị quyết này quy định lãi suất cho vay mua bè nuôi cá.\n\nĐiều 2. Cho vay\n1. Thời hạn vay là 36 tháng.\n"
    "2. Lãi suất cho vay mua bè\na) Hộ nghèo vay mua bè trả lãi 3%/năm.\nb) Hộ mới thoát nghèo vay mua bè trả lãi 5%/năm.\n"
    "c) Hợp tác xã vay mua bè trả lãi 6%/năm.\n3. Trả nợ gốc theo quý.\n\nĐiều 3. Hiệu lực\n"
    "Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 10 năm 2025.",
    organ="HỘI ĐỒNG NHÂN DÂN\nTỈNH AN GIANG",
    day="An Giang, ngày 12 tháng 9 năm 2025",
    signed="CHỦ TỊCH\nTrần Văn Mẫu",
)
PAGES = {
    "lai-suat-be": LOANS,
    "hop-bao": (
        "Họp báo về đội thuyền cứu hộ\n\nChủ nhiệm Ủy ban Sông nước Lê Thị Mẫu đã chủ trì buổi họp báo về đội thuyền cứu hộ của tỉnh.\n\n"
        "Về việc mua thuyền cứu hộ mới, Chủ nhiệm Ủy ban Sông nước cho biết đội sẽ nhận thêm mười chiếc thuyền trước mùa lũ.\n\n"
        "Người dân ven sông mong đội thuyền tập dượt đều mỗi tháng.\n"
    ),
    "diem-tin": (
        "Điểm tin trong tuần\n\nThủ tướng Chính phủ đã ký Công điện số 901/CĐ-TTg về phòng dịch tả lợn. Trong đó, Công điện yêu cầu các "
        "xã tiêu hủy lợn bệnh trong ngày.\n\nPhó Thủ tướng vừa ký Chỉ thị số 902/CT-TTg về bữa ăn bán trú. Trong đó, Chỉ thị yêu cầu nhà "
        "trường công khai thực đơn bữa ăn bán trú mỗi sáng.\n"
    ),
    "trong-tuan": (
        "Mười tấn thóc giống cho xã Vàm Ví\n\nThủ tướng Chính phủ vừa ký Quyết định số 911/QĐ-TTg hỗ trợ mười tấn thóc giống cho xã Vàm "
        "Ví bị ngập nặng trong tháng này.\n\nKiểm tra đò ngang\n\nPhó Thủ tướng mới đây đã giao Bộ Xây dựng lập tổ kiểm tra đò ngang. Tổ "
        "kiểm tra đò ngang gồm mười bốn thành viên.\n"
    ),
    "thong-tu-lua": (
        "Thông tư 913/2026/TT-BNNMT về kho chứa lúa\n\nThông tư số 913/2026/TT-BNNMT quy định kho chứa lúa phải cao hơn mặt đê ba gang "
        "tay.\n\nTrước đó, ngày 04/02/2025, Chính phủ ban hành Nghị định số 914/2025/NĐ-CP về phơi lúa trên đường, theo đó lúa phơi trên "
        "đường làng phải có rào tre.\n"
    ),
    "cuu-nan": (
        "Lái đò cứu hai em nhỏ\n\nBí thư Đảng ủy xã Phạm Văn Mẫu đã đến thăm gia đình anh Đỗ Minh Thử, người lái đò cứu hai em nhỏ "
        "rơi xuống sông.\n\n“Thấy hai em chới với, tôi nhảy xuống ngay, không kịp cởi áo,” anh Thử kể lại.\n\nTrung tá Vũ Văn Kiểm "
        "nhấn mạnh hành động cứu hai em nhỏ rơi xuống sông rất đáng biểu dương.\n"
    ),
    "uy-quyen": act(
        "88/2025/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Ủy quyền cấp biển hiệu cho thuyền du lịch",
        "Điều 1. Ủy quyền cho Giám đốc Sở Xây dựng cấp biển hiệu cho thuyền du lịch trên địa bàn tỉnh. Việc ủy quyền kéo dài đến hết "
        "ngày 31 tháng 12 năm 2029.\n\nĐiều 2. Trách nhiệm\nGiám đốc Sở Xây dựng báo cáo Ủy ban nhân dân tỉnh.",
        organ="ỦY BAN NHÂN DÂN\nTỈNH AN GIANG",
        day="An Giang, ngày 15 tháng 9 năm 2025",
        signed="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu",
    ),
    "bang-ben": (
        "Danh mục bến thuyền được sửa chữa\n\nDanh mục gồm các bến sau:\nSTT\nTên bến\nSố thuyền\nNăm sửa\n1\nBến thuyền Cồn Mẫu\n12\n2027\n"
        "2\nBến thuyền Bãi Thử\n30\n2028\n3\nBến thuyền Vàm Ví\n44\n2029\n"
    ),
    "gach-ngoi": (
        "Làng gạch ngói tăng sản lượng\n\nNăm 2024, làng gạch ngói Phú Mẫu bán ra khoảng 52 triệu viên ngói. Trong đó, ngói bán trong "
        "nước đạt 40 triệu viên, tăng 3% so với năm 2023.\n\nLàng gạch ngói Phú Mẫu có hai trăm thợ lành nghề.\n"
    ),
}


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], object],
    encoder: Encoder,
) -> Iterator[Searcher]:
    folder: Path = tmp_path_factory.mktemp("evidence")
    with build_store(folder / "store", [write_pages(folder, PAGES)]) as store:  # type: ignore[attr-defined]
        yield Searcher.open(store, encoder)


def quoted(given: Answer) -> str:
    return "\n".join(one.quote for statement in given.statements for one in statement.citations)


@pytest.mark.parametrize(
    ("text", "speaking"),
    [
        ("Nghị định số 77/2025/NĐ-CP có hiệu lực từ ngày 01/7/2025.", ("77/2025/NĐ-CP",)),
        ("Trong đó, Nghị định số 77/2025/NĐ-CP quy định mức phí mới.", ("77/2025/NĐ-CP",)),
        ("Mức phí thực hiện theo quy định tại Nghị định số 77/2025/NĐ-CP.", ()),
        ("Nghị định số 66/2020/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", ()),
        ("Căn cứ Nghị định số 77/2025/NĐ-CP có hiệu lực từ ngày 01/7/2025;", ()),
    ],
)
def test_the_act_that_a_page_lets_speak(text: str, speaking: tuple[str, ...]) -> None:
    assert find_speaking(text, find_references(text)) == speaking


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("nq 206/nqhdnd can tho", "206/NQ-HĐND"),
        ("kế hoạch 77/khubnd", "77/KH-UBND"),
        ("cv 1144cv/tu", "1144-CV/TU"),
        ("ket luan 15KL/DU", "15-KL/ĐU"),
        ("luat 31/2026qh16", "31/2026/QH16"),
        ("tt 40/2026ttbgddt", "40/2026/TT-BGDĐT"),
    ],
)
def test_numbers_without_separators(typed: str, symbol: str) -> None:
    assert symbol in read_query(typed).symbols


@pytest.mark.parametrize("typed", ["rừng rộng 12 ha", "5 ubnd xã", "30 ct nước", "giá 15 tu sửa"])
def test_words_behind_a_number_are_no_codes(typed: str) -> None:
    assert read_query(typed).symbols == ()


@pytest.mark.parametrize(
    ("question", "text", "defined"),
    [
        ("Mạng chài trong nghề lưới là gì?", "3. Mạng chài là lưới do nhiều thuyền cùng kéo.", True),
        ("Thợ lưới cơ hữu là gì theo thông tư?", "Thợ lưới cơ hữu là thợ làm trọn năm.", True),
        ("Thợ lưới cơ hữu là gì theo thông tư?", "Thợ lưới là người kéo lưới.", False),
        ("Lưới nghĩa là gì?", "1. Yêu cầu lưới là tập hợp các điều kiện.", False),
        (
            "Thế nào là bè cá?",
            "Trong Quy định này, bè cá (sau đây gọi là bè) được hiểu là nơi nuôi cá.",
            True,
        ),
        ("Bè cá theo quy định mới được định nghĩa thế nào?", "Bè cá là nơi nuôi cá trên sông.", True),
        ("Lưới mềm là gì?", "Đối với các loại lưới mềm (dễ rách khi kéo) thuyền phải đi chậm.", True),
        ("Lưới mềm là gì?", "Đối với các loại lưới mềm (LM) thuyền phải đi chậm.", False),
        ("Lưới mềm là gì?", "Đối với các loại lưới mềm cỡ lớn (dễ rách khi kéo) thuyền phải đi chậm.", False),
    ],
)
def test_a_definition_opens_with_the_very_term(question: str, text: str, defined: bool) -> None:
    assert defines(wanted_of(read_question(question)), text) is defined


def test_a_person_speaks_by_the_office_that_the_page_gives_him(made: Searcher) -> None:
    given = answer(
        made, "Bà Lê Thị Mẫu nói gì về việc mua thuyền cứu hộ mới, đội sẽ nhận thêm bao nhiêu chiếc?"
    )
    assert given.outcome is Outcome.ANSWERED
    assert "mười chiếc thuyền trước mùa lũ" in quoted(given)


def test_words_are_put_into_nobody_elses_mouth(made: Searcher) -> None:
    assert answer(
        made, "Bà Lê Thị Mai nói gì về việc mua thuyền cứu hộ mới, đội sẽ nhận thêm bao nhiêu chiếc?"
    ).outcome.refused


@pytest.mark.parametrize(
    ("question", "symbol", "words"),
    [
        ("Chỉ thị 902/CT-TTg yêu cầu nhà trường công khai gì mỗi sáng?", "902/CT-TTg", "thực đơn"),
        ("Công điện 901/CĐ-TTg yêu cầu xã tiêu hủy lợn bệnh trong bao lâu?", "901/CĐ-TTg", "trong ngày"),
    ],
)
def test_each_piece_of_news_speaks_of_its_own_act(
    made: Searcher, question: str, symbol: str, words: str
) -> None:
    given = answer(made, question)
    assert not given.outcome.refused
    assert words in quoted(given)
    named = {name for statement in given.statements for one in statement.citations for name in one.about}
    assert named == {symbol}


def test_a_figure_is_of_the_year_asked_for(made: Searcher) -> None:
    asked = "Làng gạch ngói Phú Mẫu bán trong nước bao nhiêu triệu viên ngói năm {}?"
    assert "40 triệu viên" in quoted(answer(made, asked.format(2024)))
    assert answer(made, asked.format(2022)).outcome.refused


def test_a_figure_is_of_the_sort_asked_for(made: Searcher) -> None:
    assert answer(made, "Làng gạch ngói Phú Mẫu rộng bao nhiêu ha?").outcome.refused


def test_a_list_under_a_heading_is_quoted_whole(made: Searcher) -> None:
    given = answer(made, "Hộ nghèo, hộ mới thoát nghèo và hợp tác xã vay mua bè trả lãi lần lượt bao nhiêu?")
    assert all(rate in quoted(given) for rate in ("3%/năm", "5%/năm", "6%/năm"))


def test_from_when_asks_for_the_day_of_effect(made: Searcher) -> None:
    given = answer(made, "Theo nghị quyết 71/2025/NQ-HĐND hộ nghèo vay mua bè trả lãi bao nhiêu, từ khi nào?")
    assert "3%/năm" in quoted(given) and "01 tháng 10 năm 2025" in quoted(given)
    assert read_kinds_of_parts(["hộ nghèo trả lãi bao nhiêu", "tu khi nao"])[1] == {FactKind.EFFECTIVE_ON}


def test_words_of_a_person_are_his_own(made: Searcher) -> None:
    given = answer(made, "Trích lời anh Đỗ Minh Thử kể lúc nhảy xuống cứu hai em nhỏ")
    assert "không kịp cởi áo" in quoted(given)
    assert "đáng biểu dương" not in quoted(given)


def test_the_sentence_that_says_when_is_quoted_too(made: Searcher) -> None:
    given = answer(
        made, "Giám đốc Sở Xây dựng An Giang được ủy quyền cấp biển hiệu cho thuyền du lịch đến ngày nào?"
    )
    assert "31 tháng 12 năm 2029" in quoted(given)
    assert not any("Căn cứ" in one.quote for statement in given.statements for one in statement.citations)


def test_a_row_of_a_table_is_quoted_whole(made: Searcher) -> None:
    given = answer(made, "Bến thuyền Bãi Thử có bao nhiêu thuyền?")
    assert "2\nBến thuyền Bãi Thử\n30\n2028" in quoted(given)
    assert "Số thuyền" in quoted(given)
    assert "44" not in quoted(given)


def numbers(given: Answer) -> set[str]:
    return {name for statement in given.statements for one in statement.citations for name in one.about}


def test_what_a_round_up_tells_under_another_heading_is_of_no_act_named_before(made: Searcher) -> None:
    given = answer(made, "Tổ kiểm tra đò ngang gồm bao nhiêu thành viên?")
    assert "mười bốn thành viên" in quoted(given)
    assert numbers(given) == set()
    own = answer(made, "Quyết định 911/QĐ-TTg hỗ trợ xã Vàm Ví bao nhiêu tấn thóc giống?")
    assert ("mười tấn thóc giống" in quoted(own), numbers(own)) == (True, {"911/QĐ-TTg"})


def test_a_paragraph_that_tells_the_issuing_of_another_act_is_about_that(made: Searcher) -> None:
    given = answer(made, "Lúa phơi trên đường làng phải có gì?")
    assert "rào tre" in quoted(given)
    assert numbers(given) == {"914/2025/NĐ-CP"}


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Tra cứu 12 nghị định về nghề lưới", None),
        ("Sửa đổi 12 nghị định về nghề lưới", "915/2026/NĐ-CP"),
        ("Hướng dẫn 21-HD/BTGTW về hội bè", "21-HD/BTGTW"),
        ("nghi dinh so 12 2026 nd cp 469360", "915/2026/NĐ-CP"),
    ],
)
def test_what_the_title_of_a_page_says_that_it_is_about(
    search_texts: SearchTexts, title: str, subject: str | None
) -> None:
    page = f"{title}\n\nChính phủ vừa ban hành Nghị định số 915/2026/NĐ-CP về nghề lưới, áp dụng cho các xã ven sông.\n"
    with search_texts({"trang": page}) as searcher:
        (row,) = searcher.store.list_documents()
        assert page_subject(searcher.store.profile(row["id"])) == subject


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Chợ phiên là gì?", True),
        ("Mã định danh sản phẩm là gì?", True),
        ("Khẩu hiệu của hội chợ là gì, mở ở đâu?", False),
        ("Mục tiêu của chương trình đến năm 2030 là gì?", False),
        ("thủ tục cho thuê thuyền tên là gì", False),
        ("Mục tiêu là gì, và “thuyền nan” được hiểu là gì?", True),
    ],
)
def test_what_a_thing_has_is_no_definition(question: str, asks: bool) -> None:
    wanted = wanted_of(read_question(question))
    assert (bool(wanted.defined), AnswerType.DEFINITION in wanted.types) == (asks, asks)
