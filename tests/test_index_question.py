"""What is understood of a question: kinds, terms, places, names, offices, numbers; with and without marks."""

from __future__ import annotations

import pytest

from corpus.text import fold
from index.asking import Asked, read_asked, read_types
from index.query import expand_abbreviations, meanings_of, read_query
from index.question import read_question

KINDS = (
    ("Nghị quyết nào về giảm nghèo?", {Asked.DOCUMENT}),
    ("Văn bản này ban hành ngày nào, ai ký?", {Asked.DATE, Asked.SIGNER}),
    ("CV 12 do ai ký?", {Asked.SIGNER, Asked.ISSUER}),
    ("Cơ quan nào ban hành kế hoạch 5?", {Asked.ISSUER}),
    ("QĐ 5/QĐ-UBND còn hiệu lực không?", {Asked.STATUS}),
    ("Có bao nhiêu xã đạt chuẩn?", {Asked.FIGURE}),
    ("Tỷ lệ hộ nghèo còn bao nhiêu %", {Asked.FIGURE}),
    # a day that is asked for by "mấy" or "bao nhiêu" is a date, not a figure
    ("Thông báo 8 ra ngày mấy?", {Asked.DATE}),
    ("Văn bản 9 ngày bao nhiêu?", {Asked.DATE}),
    ("Trích yếu của công văn 9 là gì?", {Asked.SUBJECT}),
    ("Bí thư Tỉnh ủy nhấn mạnh điều gì?", {Asked.SPEECH}),
    ("So sánh hai tỉnh về chuyển đổi số", {Asked.COMPARE}),
    ("Liệt kê các nghị quyết nào của HĐND tỉnh", {Asked.LIST, Asked.DOCUMENT}),
    ("Đường liên xã ở đâu", set()),
)


@pytest.mark.parametrize(("question", "kinds"), KINDS)
def test_kinds_of_question_with_and_without_diacritics(question: str, kinds: set[Asked]) -> None:
    assert read_asked(fold(question)) == kinds


TYPES = (
    ("nghi quyet nao ve giam ngheo", {"NQ"}),
    ("can cu nghi quyet, thong bao ket luan nao", {"NQ", "TB"}),
    ("theo van ban nao", set()),
    ("ke hoach hoac quyet dinh nao", {"KH", "QĐ"}),
)


@pytest.mark.parametrize(("question", "types"), TYPES)
def test_types_of_the_document_asked_for(question: str, types: set[str]) -> None:
    assert read_types(question) == types


PLACES = (
    ("Hà Tĩnh có bao nhiêu xã?", ("Hà Tĩnh",)),
    ("ha tinh co bao nhieu xa", ("Hà Tĩnh",)),
    ("Hà Tỉnh có bao nhiêu xã", ("Hà Tĩnh",)),
    ("ubnd huyen hung ha lam gi", ("Hưng Hà",)),
    ("Cả Hà Tĩnh và Hưng Hà", ("Hà Tĩnh", "Hưng Hà")),
    # folded, these are the names of districts
    ("văn bản nào, là gì", ()),
    ("van ban nao la gi", ()),
    # part of a person's name
    ("Đồng chí Ngô Đông Hải nói gì", ()),
)


@pytest.mark.parametrize(("question", "places"), PLACES)
def test_places(question: str, places: tuple[str, ...]) -> None:
    assert read_question(question).places == places


def test_names_and_offices() -> None:
    question = read_question("Đồng chí Trần Thế Dũng, Phó Bí thư Tỉnh ủy phát biểu gì?")
    assert question.names == (" tran the dung ",)
    assert question.roles == (" pho bi thu tinh uy ",)
    assert read_question("Mặt trận Tổ quốc làm gì?").names == ()


TERMS = (
    ("Nguồn vốn nào để xây dựng nông thôn mới?", {"nguon", "von", "xay", "dung", "nong", "thon", "moi"}),
    ("CĐS trong NTM thế nào", {"chuyen", "doi", "so", "nong", "thon", "moi"}),
    ("cac xa phai lam sao ve tieu chi", {"xa", "tieu", "chi"}),
    ("CV 1144 do ai ký?", set()),
    ("CV 1144 giao việc gì cho các huyện?", {"giao", "viec", "huyen"}),
    ("", set()),
)


@pytest.mark.parametrize(("question", "terms"), TERMS)
def test_terms_are_the_topic_without_the_asking(question: str, terms: set[str]) -> None:
    found = {term.form for term in read_question(question).terms if " " not in term.form}
    assert found == terms


def test_abbreviations_are_added_with_all_their_meanings() -> None:
    assert [(e.abbreviation, e.text, e.weight) for e in expand_abbreviations("BTV bàn NTM")] == [
        ("BTV", "Ban Thường vụ", 1.0),
        ("NTM", "nông thôn mới", 1.0),
    ]
    assert {e.weight for e in expand_abbreviations("HĐ")} == {0.4}
    assert meanings_of("ban") == meanings_of("bao") == ()
    assert meanings_of("ubnd") == meanings_of("UBND") == ("Uỷ ban nhân dân",)


def test_numbers_in_a_query() -> None:
    query = read_query("căn cứ 263/qđ-ttg và NQ 04")
    assert query.symbols == ("263/QĐ-TTg",)
    assert dict(query.short_forms) == {"?NQ 04": ()}
    assert query.has_diacritics
    assert not read_query("nong thon moi").has_diacritics


def test_a_short_form_means_the_numbers_of_the_body_that_is_named(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from corpus.intake import take_in
    from corpus.store import Store

    page = tmp_path / "tin.txt"
    page.write_text(
        "Tin về hai nghị quyết\n\nTỉnh có Nghị quyết số 04-NQ/TU và Nghị quyết số 04/NQ-HĐND. "
        "Cả hai nghị quyết đều nói về xây dựng đường giao thông ở nông thôn trong giai đoạn tới.\n",
        "utf-8",
    )
    with Store.open(tmp_path / "store") as store:
        take_in(store, [page])
        assert set(read_query("NQ 4 nói gì", store).symbols) == {"04-NQ/TU", "04/NQ-HĐND"}
        assert read_query("NQ 4 của Tỉnh ủy nói gì", store).symbols == ("04-NQ/TU",)
        assert read_query("nq 4 cua hdnd noi gi", store).symbols == ("04/NQ-HĐND",)
        assert read_query("NQ 5 nói gì", store).asks_unknown_number
