"""Provisions asked for by their place: quoted whole and exactly, or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from answering_texts import province_act
from conftest import SearchTexts

from corpus.provisions import parse_provision
from corpus.structure import find_sections
from index.answer import answer
from index.answering.provisions_asked import asks_for_words, find_provision
from index.models import Outcome
from index.search import Searcher
from index.terms import normal_form

ARTICLES = (
    "Điều 1. Phạm vi\nQuyết định này quy định việc cho thuê thuyền.\n\n"
    "Điều 2. Giá thuê\n1. Giá thuê thuyền nhỏ là 50.000 đồng một giờ.\n2. Giá thuê thuyền lớn do hai bên thỏa thuận.\n\n"
    "Điều 3. Áo phao\n1. Chủ thuyền phát áo phao cho khách.\n2. Khách mặc áo phao suốt chuyến:\na) Trên thuyền nhỏ;\n"
    "b) Trên thuyền lớn khi có gió."
)
OF = {"place": "Hà Tĩnh", "day": "02 tháng 3 năm 2026", "signer": "Trần Văn Mẫu"}
TEXTS = {
    "thuyen": province_act("67/2026/QĐ-UBND", "QUYẾT ĐỊNH", "Quy định về thuê thuyền", ARTICLES, **OF),
    "xe": province_act(
        "68/2026/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Quy định về thuê xe ngựa",
        "Điều 1. Phạm vi\nQuyết định này quy định việc cho thuê xe ngựa.\n\n"
        "Điều 2. Giá thuê\nGiá thuê thuyền và xe ngựa ghi ở bến theo Điều 2 Quyết định số 67/2026/QĐ-UBND.",
        **OF,
    ),
    "thu": (
        "ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH\nSố: 69/UBND-KT\nHà Tĩnh, ngày 03 tháng 3 năm 2026\nV/v kiểm tra bến thuyền\n\n"
        "Kính gửi:\n- Sở Xây dựng;\n- Ủy ban nhân dân các xã,\nphường ven sông.\n\nỦy ban nhân dân tỉnh yêu cầu kiểm tra các bến "
        "thuyền trước ngày 30/4/2026. Mọi thắc mắc gửi về thư điện tử [email protected] của Sở Xây dựng.\n\nMẪU\nKính gửi: "
        "………………………\n"
    ),
    "chep": (
        "Nghị định 91/2026/NĐ-CP\n\nNghị định 91/2026/NĐ-CP quy định về phà ngang sông.\n\nĐiều 1. Phạm vi\nNghị định này quy "
        "định về phà ngang sông.\n\nĐiều 2. Vé phà\n1. Vé phà một lượt là 5.000 đồng.\n2. Trẻ em được miễn vé.\n\n"
        "Điều 3. Hiệu lực\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 3 năm 2099.\n"
    ),
}


@pytest.fixture(scope="module")
def made(search_texts: SearchTexts) -> Iterator[Searcher]:
    with search_texts(TEXTS) as searcher:
        yield searcher


def quotes(made: Searcher, question: str) -> list[str]:
    return [one.quote for statement in answer(made, question).statements for one in statement.citations]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Điều 3 Quyết định 67/2026/QĐ-UBND quy định gì?", ARTICLES[ARTICLES.index("Điều 3.") :]),
        ("khoan 2 dieu 2 quyet dinh 67/2026/qd-ubnd noi gi", "2. Giá thuê thuyền lớn do hai bên thỏa thuận."),
        ("Nội dung điểm b khoản 2 Điều 3 Quyết định 67/2026/QĐ-UBND?", "b) Trên thuyền lớn khi có gió."),
    ],
)
def test_the_words_of_a_provision_are_quoted_whole(made: Searcher, question: str, words: str) -> None:
    assert quotes(made, question) == [words]


def test_a_page_that_copies_an_act_out_gives_its_provisions(made: Searcher) -> None:
    assert quotes(made, "Điều 2 Nghị định 91/2026/NĐ-CP quy định gì?") == [
        "Điều 2. Vé phà\n1. Vé phà một lượt là 5.000 đồng.\n2. Trẻ em được miễn vé."
    ]
    assert not answer(made, "Điều 9 Nghị định 91/2026/NĐ-CP quy định gì?").coverage


def test_what_is_not_in_force_yet_is_told_as_such(made: Searcher) -> None:
    waiting = answer(made, "Nghị định 91/2026/NĐ-CP quy định vé phà một lượt bao nhiêu tiền?")
    (notice,) = waiting.notices
    assert "01/03/2099" in notice.text and "chưa có hiệu lực" in notice.text
    assert notice.citation.quote.endswith("từ ngày 01 tháng 3 năm 2099.")
    begun = answer(made, "Ngày 1/4/2099, theo Nghị định 91/2026/NĐ-CP vé phà một lượt bao nhiêu tiền?")
    assert "5.000 đồng" in begun.statements[0].text
    assert not begun.notices


@pytest.mark.parametrize("asked", ["quy định gì", "quy định gì về việc cho thuê thuyền"])
def test_what_the_document_has_not_is_not_answered_by_another_provision(made: Searcher, asked: str) -> None:
    given = answer(made, f"Điều 9 Quyết định 67/2026/QĐ-UBND {asked}?")
    assert given.outcome.refused
    assert "67/2026/QĐ-UBND" in given.message


def test_an_article_of_a_law_that_is_not_held_is_not_answered_by_others(made: Searcher) -> None:
    assert answer(made, "Điều 2 Luật Đất đai quy định gì?").outcome is Outcome.NOT_FOUND


def test_a_detail_is_read_from_the_provision_alone(made: Searcher) -> None:
    (quoted,) = quotes(
        made, "Khoản 1 Điều 2 Quyết định 67/2026/QĐ-UBND: giá thuê thuyền nhỏ bao nhiêu một giờ?"
    )
    assert "50.000 đồng" in quoted
    assert "thỏa thuận" not in quoted


def test_one_name_in_an_act_and_in_its_regulation_is_two_provisions() -> None:
    text = f"{ARTICLES}\n\nQUY CHẾ\n(Ban hành kèm theo Quyết định số 67/2026/QĐ-UBND)\n\n{ARTICLES}"
    (parts,) = parse_provision("Điều 2")
    spans = find_provision(find_sections(text), parts)
    assert [text[span.start : span.end].strip().splitlines()[0] for span in spans] == ["Điều 2. Giá thuê"] * 2


def test_the_clauses_of_a_long_provision_are_no_further_ones() -> None:
    clauses = "\n".join(
        f"{n}. " + f"Bến số {n} mở cửa cho thuyền nhỏ và thuyền lớn. " * 12 for n in range(1, 16)
    )
    text = (
        f"Điều 1. Phạm vi\nCác bến.\n\nĐiều 2. Giờ mở cửa\n{clauses}\n\nĐiều 3. Thi hành\nCác bến thi hành."
    )
    (parts,) = parse_provision("Điều 2")
    (span,) = find_provision(find_sections(text), parts)
    assert text[span.start : span.end].strip() == text[text.index("Điều 2.") : text.index("Điều 3.")].strip()


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Điều 5 nói gì?", True),
        ("Trích nguyên văn khoản 2 Điều 5", True),
        ("dieu 5 quy dinh nhung gi", True),
        ("Theo Điều 5, phạt bao nhiêu?", False),
        ("Điều 5 áp dụng cho ai?", False),
    ],
)
def test_what_asks_for_the_words_of_a_provision(question: str, whole: bool) -> None:
    assert asks_for_words(normal_form(question)) is whole


SPEECHES = {
    "lien-hoan": (
        "Liên hoan hát ru lần thứ 42 tại Hà Tĩnh\n\nLiên hoan hát ru lần thứ 42 mở ở Hà Tĩnh với 500 đại biểu về dự và hai mươi "
        "đoàn hát.\n\nTrong buổi tối, khán giả gặp bà Lê Thị Ru, người giữ sổ kế toán của đoàn, để kế thừa vốn hát ru và đáp ứng yêu "
        "cầu của lớp trẻ về hát ru.\n\nÔng Trần Văn Mẫu, Chủ tịch Ủy ban nhân dân huyện Thạch Hà, phát biểu: Việc giữ gìn hát ru là việc của mọi "
        "nhà trong huyện, từ người già đến trẻ nhỏ.\n"
    )
}


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Liên hoan hát ru lần thứ 42 có bao nhiêu đại biểu?", True),
        ("Liên hoan hát ru lần thứ 41 có bao nhiêu đại biểu?", False),
        ("Ông Trần Văn Mẫu phát biểu gì về giữ gìn hát ru?", True),
        ("Ông Trần Văn Mẫu phát biểu gì về chăn nuôi bò sữa?", False),
        ("Bà Lê Thị Ru đã phát biểu gì về hát ru?", False),  # she speaks nowhere
    ],
)
def test_another_edition_and_another_theme_answer_nothing(
    search_texts: SearchTexts, question: str, answered: bool
) -> None:
    with search_texts(SPEECHES) as searcher:
        assert answer(searcher, question).outcome.refused is not answered


def consolidated(
    law: str, amended: str, number: str, words: str, day: str, ended: str = "33/2005/QH11"
) -> str:
    """A consolidated text as the National Assembly's office attests it: without a title that names the law."""
    return (
        f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nLUẬT\n\nBẾN THUYỀN\n\n{law}, có hiệu lực kể từ ngày 01 "
        f"tháng 7 năm 2025, được sửa đổi, bổ sung bởi:\n\n{amended}, có hiệu lực kể từ ngày 01 tháng 01 năm 2026.\n\n"
        f"Quốc hội ban hành Luật Bến thuyền.\n\nĐiều 1. Phạm vi điều chỉnh\n\nLuật này quy định về bến thuyền.\n\n"
        f"Điều 2. Người gác bến\n\n{words}\n\nĐiều 3. Hiệu lực thi hành\n\n2. Các luật sau đây hết hiệu lực kể từ ngày Luật này có "
        f"hiệu lực thi hành:\na) Luật Gác phao số {ended} ngày 03 tháng 6 năm 2005 của Quốc hội;\nb) Luật số 44/2009/QH12 ngày 03 tháng "
        f"6 năm 2009 của Quốc hội sửa đổi, bổ sung Luật Gác phao số {ended}.\n\nVĂN PHÒNG QUỐC HỘI\n\nSố: {number}\n\nXÁC THỰC VĂN BẢN HỢP NHẤT\n\nHà Nội, ngày {day}\n\n"
        "CHỦ NHIỆM\n\nTrần Văn Mẫu\n"
    )


AMENDING = "Luật số 302/2025/QH15 ngày 10 tháng 6 năm 2025 của Quốc hội sửa đổi, bổ sung một số điều của Luật Bến thuyền"
LAW = "Luật Bến thuyền số 301/2024/QH15 ngày 29 tháng 6 năm 2024 của Quốc hội"
CONSOLIDATED = {
    "hop nhat so 41": consolidated(
        LAW, AMENDING, "41/VBHN-VPQH", "Người gác bến đội mũ đỏ.", "12 tháng 3 năm 2026"
    ),
    "hop nhat so 40": consolidated(
        LAW, AMENDING, "40/VBHN-VPQH", "Người gác bến đội mũ xanh.", "12 tháng 9 năm 2025"
    ),
    "hop nhat so 12": consolidated(
        "Luật Bến thuyền số 55/2012/QH13 ngày 20 tháng 11 năm 2012 của Quốc hội",
        "Luật số 66/2018/QH14 ngày 20 tháng 11 năm 2018 của Quốc hội sửa đổi, bổ sung một số điều của Luật Bến thuyền",
        "12/VBHN-VPQH",
        "Người gác bến đội nón.",
        "12 tháng 4 năm 2026",
    ),
}


@pytest.fixture(scope="module")
def restated(search_texts: SearchTexts) -> Iterator[Searcher]:
    with search_texts(CONSOLIDATED) as searcher:
        yield searcher


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        (
            "Điều 2 Luật Bến thuyền quy định gì?",
            "mũ đỏ",
            "Văn bản hợp nhất số 41/VBHN-VPQH của Văn phòng Quốc hội (hợp nhất Luật Bến thuyền số 301/2024/QH15) ghi",
        ),
        (
            "Điều 2 Luật Bến thuyền 2012 quy định gì?",
            "đội nón",
            "Văn bản hợp nhất số 12/VBHN-VPQH của Văn phòng Quốc hội (hợp nhất Luật Bến thuyền số 55/2012/QH13) ghi",
        ),
        ("Điều 2 Luật số 301/2024/QH15 quy định gì?", "mũ đỏ", "Văn bản hợp nhất số 41/VBHN-VPQH"),
    ],
)
def test_a_consolidated_text_answers_for_its_law_and_is_told_as_such(
    restated: Searcher, question: str, words: str, told: str
) -> None:
    (statement,) = answer(restated, question).statements
    assert words in statement.text
    assert statement.text.startswith(told)


@pytest.mark.parametrize("number", ["33/2005/QH11", "44/2009/QH12"])
def test_what_a_consolidated_text_ends_was_ended_by_the_act_that_it_restates(
    restated: Searcher, number: str
) -> None:
    given = answer(restated, f"Luật số {number} còn hiệu lực không?")
    assert given.outcome is Outcome.SUPERSEDED
    assert "301/2024/QH15" in given.message or "55/2012/QH13" in given.message


def test_what_is_attested_of_a_consolidated_text_is_no_fact_of_the_law(restated: Searcher) -> None:
    (issued,) = quotes(restated, "Luật Bến thuyền ban hành ngày nào?")
    assert "ngày 29 tháng 6 năm 2024" in issued
    assert not any("Trần Văn Mẫu" in one for one in quotes(restated, "Ai ký Luật Bến thuyền?"))


@pytest.mark.parametrize(
    "question", ["Công văn 69/UBND-KT gửi cho những cơ quan nào?", "cong van 69/ubnd-kt gui nhung don vi nao"]
)
def test_whom_a_letter_is_sent_to(made: Searcher, question: str) -> None:
    assert quotes(made, question) == [
        "Kính gửi:\n- Sở Xây dựng;\n- Ủy ban nhân dân các xã,\nphường ven sông."
    ]


def test_an_address_that_is_blotted_out_is_no_answer(made: Searcher) -> None:
    assert answer(made, "Công văn 69/UBND-KT cho thư điện tử nào của Sở Xây dựng?").outcome.refused
