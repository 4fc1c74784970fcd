"""Relations: sentences of our own for each rule, and the phrases that point back ("Nghị định này")."""

from __future__ import annotations

import pytest

from corpus.anaphora import find_anaphors
from corpus.models import Relation
from corpus.references import find_references

R = Relation
A, B, C = "Nghị định số 1/2020/NĐ-CP", "Nghị định số 2/2015/NĐ-CP", "Nghị định số 3/2022/NĐ-CP"
a, b, c = "1/2020/NĐ-CP", "2/2015/NĐ-CP", "3/2022/NĐ-CP"

# text, (relation, subject) of each number
SENTENCES: list[tuple[str, list[tuple[Relation, str | None]]]] = [
    # căn cứ
    (f"Căn cứ {A};", [(R.BASED_ON, None)]),
    (f"Căn cứ {A} ngày 2/3/2020 và {B} về trồng cây;", [(R.BASED_ON, None)] * 2),
    ("Theo đề nghị của Sở Nội vụ tại Tờ trình số 5/TTr-SNV;", [(R.BASED_ON, None)]),
    (
        "Theo đề nghị của Sở Nội vụ tại Tờ trình số 5/TTr-SNV; ý kiến của Sở Tư pháp tại Báo cáo số 6/BC-STP;",
        [(R.BASED_ON, None)] * 2,
    ),
    ("Xét Tờ trình số 5/TTr-UBND về việc thông qua đề án;", [(R.BASED_ON, None)]),
    # theo quy định tại, thực hiện
    ("theo đúng yêu cầu tại 2/QĐ-TTg và 3/QĐ-TTg", [(R.REFERS_TO, None)] * 2),
    (f"thực hiện theo quy định tại khoản 2 Điều 5 {A}", [(R.REFERS_TO, None)]),
    (f"tiếp tục thực hiện nghiêm {A}", [(R.IMPLEMENTS, None)]),
    ("để cụ thể hóa Nghị quyết số 9-NQ/TU", [(R.IMPLEMENTS, None)]),
    ("Thực hiện ý kiến chỉ đạo của UBND tỉnh tại Công văn số 12/UBND-NL", [(R.IMPLEMENTS, None)]),
    (
        "Thực hiện Chỉ thị số 5/CT-TTg về bảo vệ rừng, trồng cây; Kế hoạch số 6/KH-UBND và Quyết định số 7/QĐ-UBND",
        [(R.IMPLEMENTS, None)] * 3,
    ),
    # hướng dẫn, sửa đổi, thay thế, bãi bỏ, đính chính, hợp nhất
    ("hướng dẫn thực hiện Nghị quyết số 9-NQ/TU", [(R.GUIDES, None)]),
    (f"Quy định chi tiết một số điều của {A}", [(R.GUIDES, None)]),
    (f"sửa đổi, bổ sung một số điều của {A}", [(R.AMENDS, None)]),
    (f"Sửa đổi, bổ sung, bãi bỏ một số điều của {A}", [(R.AMENDS, None)]),
    ("thay thế Quy định số 66-QĐ/TW", [(R.REPLACES, None)]),
    ("Bãi bỏ Quyết định số 5/QĐ-UBND.", [(R.ABROGATES, None)]),
    (f"Bãi bỏ toàn bộ {A} ban hành Quy chế trồng cây và {B} về tưới cây", [(R.ABROGATES, None)] * 2),
    (f"Bãi bỏ các quy định liên quan đến đội tưới cây, trồng rừng quy định tại {A}", [(R.ABROGATES, None)]),
    (f"Sửa đổi quy định tại khoản 2 Điều 5 {A}", [(R.AMENDS, None)]),
    (f"Sửa đổi các quy định về cây giống để phù hợp với quy định tại {A}", [(R.REFERS_TO, None)]),
    (f"tưới bằng cách thay thế quy định tại Điều 3 {A}", [(R.REFERS_TO, None)]),
    (f"{A} về trồng cây còn hiệu lực một phần đối với cây giống.", [(R.ABROGATES, None)]),
    # an act that is named by what it does alone is not the document that is read
    (
        f"có hiệu lực kể từ ngày Nghị định sửa đổi, bổ sung một số điều của {A} có hiệu lực",
        [(R.REFERS_TO, None)],
    ),
    (f"Đính chính {A} như sau", [(R.CORRECTS, None)]),
    (f"Văn bản này hợp nhất {A}", [(R.CONSOLIDATES, None)]),
    (f"Văn bản này được hợp nhất từ {A} và {B}", [(R.CONSOLIDATES, None)] * 2),
    # kèm theo
    ("Quy chế ban hành kèm theo Quyết định số 5/QĐ-UBND", [(R.ATTACHED, None)]),
    ("Phụ lục I kèm theo Quyết định số 5/QĐ-UBND", [(R.ATTACHED, None)]),
    # hết hiệu lực
    (f"{A} hết hiệu lực kể từ ngày Thông tư này có hiệu lực.", [(R.ABROGATES, None)]),
    (f"{A} về trồng cây; {B} về tưới cây hết hiệu lực thi hành.", [(R.ABROGATES, None)] * 2),
    (f"{A} có hiệu lực từ ngày 1/1/2021 và hết hiệu lực sau hai năm.", [(R.REFERS_TO, None)]),
    (f"áp dụng cho đến khi {A} hết hiệu lực.", [(R.REFERS_TO, None)]),
    # passive
    (f"theo {B} được sửa đổi, bổ sung bởi {A}", [(R.REFERS_TO, None), (R.AMENDED_BY, b)]),
    (
        f"Căn cứ {B} (đã được sửa đổi, bổ sung tại {A} và {C});",
        [(R.BASED_ON, None), (R.AMENDED_BY, b), (R.AMENDED_BY, b)],
    ),
    (
        f"Căn cứ {B} (được sửa đổi bởi {A}) và {C};",
        [(R.BASED_ON, None), (R.AMENDED_BY, b), (R.BASED_ON, None)],
    ),
    ("Luật Trồng cây năm 2004 được sửa đổi theo Luật số 4/2014/QH13", [(R.AMENDED_BY, None)]),
    (f"{B} đã bị thay thế bởi {A}", [(R.REFERS_TO, None), (R.REPLACED_BY, b)]),
    (f"{B} bị bãi bỏ theo {A}", [(R.REFERS_TO, None), (R.ABROGATED_BY, b)]),
    (f"{B} được hướng dẫn bởi {A}", [(R.REFERS_TO, None), (R.GUIDED_BY, b)]),
    (f"{B} đã được sửa đổi; {A} thì không", [(R.REFERS_TO, None), (R.REFERS_TO, None)]),
    # words in the title of a cited document are that document's
    (f"Căn cứ {A} sửa đổi, bổ sung {B};", [(R.BASED_ON, None), (R.AMENDS, a)]),
    (
        f"Căn cứ {A} sửa đổi, bổ sung một số điều của {B} và {C} về tưới cây;",
        [(R.BASED_ON, None), (R.AMENDS, a), (R.AMENDS, a)],
    ),
    (
        f"Căn cứ {A} quy định chi tiết một số điều và biện pháp để tổ chức, hướng dẫn thi hành Luật Trồng cây và {B};",
        [(R.BASED_ON, None)] * 2,
    ),
    (
        f"thay thế {A} của Chính phủ tạm ngưng hiệu lực và điều chỉnh thời hạn áp dụng {B}",
        [(R.REPLACES, None), (R.REFERS_TO, a)],
    ),
    (
        f"Căn cứ {A} về trồng cây; Luật sửa đổi, bổ sung Luật Đất đai số 5/2024/QH15;",
        [(R.BASED_ON, None), (R.AMENDS, None)],
    ),
    # who acts
    (
        "UBND tỉnh đã ban hành Kế hoạch số 8/KH-UBND triển khai thực hiện Nghị quyết số 9-NQ/TU",
        [(R.REPORTED, None), (R.IMPLEMENTS, "8/KH-UBND")],
    ),
    (
        f"Ngày 2/3/2020, Bộ Tài chính ban hành Thông tư số 5/2020/TT-BTC về giá, căn cứ {A}, {B}",
        [(R.REPORTED, None), (R.BASED_ON, "5/2020/TT-BTC"), (R.BASED_ON, "5/2020/TT-BTC")],
    ),
    (f"{A} cũng sửa đổi khoản 2 Điều 5 {B}", [(R.REFERS_TO, None), (R.AMENDS, a)]),
    (f"{A} có hiệu lực từ ngày 1/2/2020, thay thế {B}.", [(R.REFERS_TO, None), (R.REPLACES, a)]),
    (
        f"Căn cứ {A}, UBND tỉnh quyết định bãi bỏ Quyết định số 5/QĐ-UBND",
        [(R.BASED_ON, None), (R.ABROGATES, None)],
    ),
    # reported
    ("Nghị quyết số 5/2020/QH14 được Quốc hội khóa XIV thông qua ngày 2/3/2020.", [(R.REPORTED, None)]),
    ("Cục Thuế đã có công văn số 5106/CT-CS về việc này", [(R.REPORTED, None)]),
    ("Chính phủ ban hành Nghị định sửa đổi " + A, [(R.AMENDS, None)]),
    # nothing said
    ("Hướng dẫn số 5-HD/TU, Nghị quyết số 9-NQ/TU", [(R.REFERS_TO, None)] * 2),
    ("Thực hiện nhiệm vụ năm 2020. Nghị quyết số 9-NQ/TU nêu", [(R.REFERS_TO, None)]),
    ("chịu trách nhiệm thi hành. Xem " + A, [(R.REFERS_TO, None)]),
    # lists under a heading
    (f"Bãi bỏ các văn bản sau:\na) {A} về trồng cây;\nb) {B}.", [(R.ABROGATES, None)] * 2),
    (f"Các nghị định sau đây hết hiệu lực:\n1. {A};\n2. {B}.", [(R.ABROGATES, None)] * 2),
    (f"Thay thế các nghị định sau: {A}; {B}.", [(R.REPLACES, None)] * 2),
    (
        "Bãi bỏ các quyết định sau đây của Ủy ban nhân dân thành phố ban hành trong lĩnh vực trồng cây ven đường và "
        f"chăm sóc cây ở các công viên, vườn hoa trên địa bàn thành phố:\n1. {A};\n2. {B}.",
        [(R.ABROGATES, None)] * 2,
    ),
    (
        f"Bãi bỏ các văn bản sau:\na) {A}.\nĐiều kiện đã đổi.\n{B} quy định khác.",
        [(R.ABROGATES, None), (R.REFERS_TO, None)],
    ),
    # wrapped lines
    (f"sửa đổi, bổ\nsung một số điều \ncủa {A}", [(R.AMENDS, None)]),
]


@pytest.mark.parametrize(("text", "relations"), SENTENCES, ids=[text[:60] for text, _ in SENTENCES])
def test_sentences(text: str, relations: list[tuple[Relation, str | None]]) -> None:
    assert [(found.relation, found.subject) for found in find_references(text)] == relations


OWN = "15/2024/QĐ-UBND"


LISTS: list[tuple[str, list[tuple[Relation, str | None]]]] = [
    # items of a list take the verb of the line above it, with their provisions
    (
        f"3. Bãi bỏ các quy định sau:\na) Điều 3 {A} về trồng cây;\nb) Điều 2 {B} về tưới cây.",
        [(R.ABROGATES, None)] * 2,
    ),
    (f"## Căn cứ pháp lý\n- {A}\n- {B}", [(R.BASED_ON, None)] * 2),
    (f"## Văn bản thay thế\n- {A}", [(R.REPLACES, None)]),
    # an appendix that lists acts without force, up to the next one
    (
        f"PHỤ LỤC\nDANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT BÃI BỎ\nSTT\n1\n{A}\n2\n{B}\nPHỤ LỤC II\n{C}",
        [(R.ABROGATES, None), (R.ABROGATES, None), (R.REFERS_TO, None)],
    ),
    # what is to be changed is not changed yet
    (f"DANH MỤC VĂN BẢN CẦN SỬA ĐỔI, BỔ SUNG, BÃI BỎ\n{A}", [(R.REFERS_TO, None)]),
    # behind a semicolon the list goes on after what one of its items suffered
    (
        f"thực hiện theo quy định tại {B} được sửa đổi, bổ sung bởi {A}; {C} về tưới cây.",
        [(R.REFERS_TO, None), (R.AMENDED_BY, b), (R.REFERS_TO, None)],
    ),
    # provisions that lose their force
    (f"Các quy định tại khoản 1 Điều 5 {A} về trồng cây hết hiệu lực.", [(R.ABROGATES, None)]),
    # the number behind several laws is that of the act that amends them
    (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Cây, Luật Nước số 9/2026/QH16;",
        [(R.BASED_ON, None)],
    ),
]


@pytest.mark.parametrize(("text", "relations"), LISTS, ids=[text[:60] for text, _ in LISTS])
def test_lists_and_tables(text: str, relations: list[tuple[Relation, str | None]]) -> None:
    assert [(r.relation, r.subject) for r in find_references(text)] == relations


def test_its_own_number_is_own_wherever_it_stands() -> None:
    text = (
        f"Số: {OWN}\nQUYẾT ĐỊNH\nThay thế Quyết định số 3/2020/QĐ-UBND\n"
        f"Quyết định này thay thế Quyết định số 3/2020/QĐ-UBND.\n(Kèm theo Quyết định số {OWN})"
    )
    assert [(found.relation, found.subject) for found in find_references(text, own=OWN)] == [
        (R.OWN, None),
        (R.REPLACES, None),
        (R.REPLACES, None),
        (R.OWN, None),
    ]


def test_a_number_alone_in_a_line_of_the_head_is_own() -> None:
    text = f"CHÍNH PHỦ\nSố: 5/2020/NĐ-CP\nNGHỊ ĐỊNH\nCăn cứ {B};\nNghị định số 5/2020/NĐ-CP bãi bỏ {A}."
    assert [(found.relation, found.subject) for found in find_references(text)] == [
        (R.OWN, None),
        (R.BASED_ON, None),
        (R.OWN, None),
        (R.ABROGATES, None),
    ]


def test_the_notes_of_a_consolidated_text_name_what_it_was_made_from() -> None:
    text = f"Số: 7/VBHN-BTC\nNGHỊ ĐỊNH\n{B} về trồng cây, được sửa đổi, bổ sung bởi:\n{A} về tưới cây.\nCăn cứ {C};"
    assert [found.relation for found in find_references(text, own="7/VBHN-BTC")] == [
        R.OWN,
        R.CONSOLIDATES,
        R.CONSOLIDATES,
        R.BASED_ON,
    ]


def test_on_a_news_page_this_decree_is_the_one_reported() -> None:
    text = (
        f"Chính phủ vừa ban hành {A} về trồng cây.\nNghị định này có hiệu lực từ ngày 1/2/2020 và thay thế {B}.\n"
        f"{C} hết hiệu lực kể từ ngày nghị định này có hiệu lực."
    )
    assert [(found.relation, found.subject) for found in find_references(text)] == [
        (R.REPORTED, None),
        (R.REPLACES, a),
        (R.ABROGATES, a),
    ]


POINTING = [
    (f"Chính phủ vừa ban hành {A}. Nghị định này nêu rõ.", None, [("Nghị định này", (a,))]),
    (f"{A} và {B} khác nhau. Nghị định này đúng.", None, []),  # which one?
    (f"{A} và {B} khác nhau. Các nghị định trên còn dài.", None, [("Các nghị định trên", (a, b))]),
    (f"{A} đã có. Nghị định nói trên ngắn.", None, [("Nghị định nói trên", (a,))]),
    (f"{A} đã có. Thông tư này ngắn.", None, []),
    (f"{B}. Quyết định này có hiệu lực.", OWN, [("Quyết định này", (OWN,))]),
    (f"{B}. Quy chế này có hiệu lực.", OWN, []),
    (f"{A} được áp dụng trên địa bàn.", None, []),
]


@pytest.mark.parametrize(("text", "own", "expected"), POINTING)
def test_phrases_that_point_back(
    text: str, own: str | None, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = find_anaphors(text, find_references(text, own=own), own=own)
    assert [(text[one.start : one.end], one.symbols) for one in found] == expected
