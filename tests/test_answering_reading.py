"""Reading: what may be quoted of a passage, what is quoted of it, what a question asks for, and the learned reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from answering_texts import TEXTS, act
from conftest import write_pages

from corpus.errors import CorpusError
from corpus.models import Document
from corpus.store import Store
from index.answer import answer
from index.answering.answer_types import (
    AnswerType,
    asks_by_when,
    carries,
    read_answer_types,
    says_limit,
    says_time,
)
from index.answering.asked_day import read_asked_day
from index.answering.features import wanted_of
from index.answering.fitting import fits_asked_document
from index.answering.lists import ListCount, count_list
from index.answering.merging import drop_mark, join_adjacent
from index.answering.models import Evidence
from index.answering.page_subject import page_subject
from index.answering.parts import split_parts
from index.answering.quotes import choose_quotes, find_quote
from index.answering.reader import SECOND, Reader
from index.answering.units import Unit, label_kind, list_units
from index.citations import cite
from index.diversity import Fold
from index.encoder import Encoder
from index.models import Hit, Outcome, Rule
from index.query import read_query
from index.question import read_question
from index.search import Searcher
from index.terms import normal_form
from index.verification import citation_fault

LONG = (
    "Ban quản lý bến giữ trật tự cho khách lên xuống thuyền suốt ngày và đêm, kể cả ngày nghỉ lễ; chủ thuyền phải niêm yết giá "
    "vé ở đầu bến và ở mũi thuyền để khách đọc được; người lái thuyền không được uống rượu, bia trước và trong khi chở khách "
    "trên mọi tuyến sông của tỉnh."
)
BESIDE = (
    "Trẻ em dưới 6 tuổi đi cùng người lớn được miễn vé, còn trẻ em từ 6 tuổi đến 12 tuổi được giảm một nửa giá vé niêm yết ở "
    "đầu bến."
)
RULES = act(
    "44/2025/QĐ-UBND",
    "QUYẾT ĐỊNH",
    "Ban hành quy định về bến thuyền du lịch",
    "Điều 1. Nhiệm vụ của ban quản lý bến\n1. Ban quản lý bến có nhiệm vụ sau:\na) Giữ vệ sinh mặt bến;\nb) Phát áo phao cho "
    "khách, gồm:\n- Áo phao người lớn;\n- Áo phao trẻ em.\nc) Ghi sổ số khách mỗi chuyến.\n2. Ban quản lý bến báo cáo xã hằng "
    f"tháng.\n\nĐiều 2. Vé thuyền\n{LONG} {BESIDE}\n\nĐiều 3. Đóng bến\nBến đóng khi gió từ cấp 6.",
    organ="ỦY BAN NHÂN DÂN\nTỈNH NINH BÌNH",
    day="Ninh Bình, ngày 09 tháng 9 năm 2025",
    signed="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nBùi Văn Mẫu",
)
DUTIES = act(
    "45/2025/QĐ-UBND",
    "QUYẾT ĐỊNH",
    "Phân cấp quản lý bến đò ngang",
    "Điều 1. Sở Xây dựng\n1. Quyết định vạch sơn nền bến đò ngang và cấp biển hiệu bến đò.\n2. Kiểm tra phao tiêu.\n\nĐiều 2. Trách nhiệm của "
    "Công an tỉnh\n1. Kiểm tra bằng lái của người lái đò ngang.",
    organ="ỦY BAN NHÂN DÂN\nTỈNH NINH BÌNH",
    day="Ninh Bình, ngày 10 tháng 9 năm 2025",
    signed="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nBùi Văn Mẫu",
)
PAGES = {
    "ben-thuyen": RULES,
    "do-ngang": DUTIES,
    "tin-mo-dau": (
        "Nghị quyết số 45-NQ/TU mở đường cho làng nghề\n\nLàng nghề gốm của tỉnh Vĩnh Long sáng đèn trở lại nhờ vốn vay và lò nung "
        "mới.\n\nNgười thợ gốm kể rằng đất sét của vùng vẫn còn dồi dào.\n"
    ),
    "tin-sua-doi": (
        "Góp ý dự thảo sửa đổi Nghị quyết số 46-NQ/TU\n\nCác đại biểu tỉnh Vĩnh Long góp ý về làng nghề gốm và lò nung.\n\nCác ý "
        "kiến mong có thêm vốn vay cho thợ trẻ.\n"
    ),
    "tin-ban-hanh": (
        "Vĩnh Long giữ lò gạch cũ\n\nTỉnh Vĩnh Long muốn giữ các lò gạch cũ làm điểm tham quan.\n\nNgày 04/5/2025, Ban Thường vụ "
        "Tỉnh ủy Vĩnh Long đã ban hành Nghị quyết số 47-NQ/TU về giữ gìn di sản lò gạch.\n\nTrước đó, việc này theo Quyết định số "
        "48/QĐ-UBND.\n"
    ),
    "tin-khong-so": "Chợ nổi họp sớm\n\nChợ nổi năm nay họp sớm hơn, ghe thuyền về đông và hàng hóa nhiều.\n",
    **{name: TEXTS[name] for name in ("ha-tinh-153", "nghe-an-153", "day-them", "hung-yen-tin", "cho-moi")},
}  # fmt: skip


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Iterator[Searcher]:
    folder: Path = tmp_path_factory.mktemp("reading")
    pages = write_pages(folder, PAGES)
    with build_store(folder / "store", [pages]) as store:
        yield Searcher.open(store, encoder)


def document_of(made: Searcher, name: str) -> Document:
    documents = map(made.store.document, made.store.document_ids())
    (found,) = [document for document in documents if Path(document.uri).stem == name]
    return found


def hits_of(made: Searcher, name: str) -> list[Hit]:
    """Every passage of a document as if it had been found, in the order of the text."""
    document = document_of(made, name)
    return [
        Hit(
            rank=rank,
            score=1.0,
            row=rank,
            passage=passage,
            title=document.title,
            dense=None,
            lexical=None,
            number_match=False,
        )
        for rank, passage in enumerate(document.passages, start=1)
    ]


@pytest.fixture(scope="module")
def units(made: Searcher) -> list[Unit]:
    return list_units(made.store, hits_of(made, "ben-thuyen"))


def unit_of(units: list[Unit], opening: str) -> Unit:
    (found,) = [unit for unit in units if unit.text.startswith(opening) and not unit.clause]
    return found


# --- units


def test_units_are_stretches_of_their_passage(made: Searcher, units: list[Unit]) -> None:
    text = document_of(made, "ben-thuyen").text
    assert len(units) > 15
    for unit in units:
        assert unit.text == text[unit.start : unit.end] == unit.text.strip()
        assert unit.hit.passage.start <= unit.start
        assert unit.end <= unit.hit.passage.end


LEADS = (
    ("1. Ban quản lý bến có nhiệm vụ sau:", ["Điều 1. Nhiệm vụ của ban quản lý bến"]),
    ("a) Giữ vệ sinh", ["Điều 1. Nhiệm vụ của ban quản lý bến", "1. Ban quản lý bến có nhiệm vụ sau:"]),
    (
        "- Áo phao trẻ em",
        [
            "Điều 1. Nhiệm vụ của ban quản lý bến",
            "1. Ban quản lý bến có nhiệm vụ sau:",
            "b) Phát áo phao cho khách, gồm:",
        ],
    ),
    ("c) Ghi sổ", ["Điều 1. Nhiệm vụ của ban quản lý bến", "1. Ban quản lý bến có nhiệm vụ sau:"]),
    ("2. Ban quản lý bến báo cáo", ["Điều 1. Nhiệm vụ của ban quản lý bến"]),
    ("Trẻ em dưới 6 tuổi", ["Điều 2. Vé thuyền"]),
    ("Bến đóng khi gió", ["Điều 3. Đóng bến"]),
)


@pytest.mark.parametrize(("opening", "lead"), LEADS)
def test_the_lines_that_a_unit_stands_under(units: list[Unit], opening: str, lead: list[str]) -> None:
    assert unit_of(units, opening).lead.split("\n") == lead


def test_a_long_sentence_is_also_offered_clause_by_clause(units: list[Unit]) -> None:
    clauses = [unit.text for unit in units if unit.clause]
    assert clauses == [part.strip() for part in LONG.split(";")]
    assert unit_of(units, "Ban quản lý bến giữ trật tự").text == LONG


def test_the_heading_of_the_article(made: Searcher) -> None:
    """An article in a passage of its own is headed by its first line."""
    whole = document_of(made, "ben-thuyen").text
    (hit, *_) = hits_of(made, "ben-thuyen")
    start = whole.index("2. Ban quản lý bến báo cáo")
    end = whole.index("\n", start)
    passage = replace(hit.passage, start=start, end=end, text=whole[start:end], path=("Điều 1", "Khoản 2"))
    (unit,) = list_units(made.store, [replace(hit, passage=passage)])
    assert (unit.heading, unit.lead) == ("Điều 1. Nhiệm vụ của ban quản lý bến", "")
    range_of = replace(passage, path=("Điều 1–3",))
    assert [one.heading for one in list_units(made.store, [replace(hit, passage=range_of)])] == [""]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("a) Giữ vệ sinh", "point"),
        ("đ) Việc khác", "point"),
        ("II. NHIỆM VỤ", "roman"),
        ("12. Việc", "number"),
        ("1.2. Việc", "numbers"),
        ("Điều 5. Phạm vi", "article"),
        ("- Áo phao", "dash"),
        ("+ Áo phao", "plus"),
        ("| Xã | Số chuyến |", "table"),
        ("Bến đóng khi gió to", None),
        ("Các xã: Đông, Tây", None),
        ("-------", None),  # the rule below the name of an organ
        ("–––", None),
    ],
)
def test_labels_of_lines(line: str, kind: str | None) -> None:
    assert label_kind(line) == kind


# --- quotes


def quoted(made: Searcher, units: list[Unit], opening: str, *, whole_list: bool = False) -> list[str]:
    text = document_of(made, "ben-thuyen").text
    spans = find_quote(text, unit_of(units, opening), whole_list=whole_list).spans
    return [text[span.start : span.end] for span in spans]


LIST = (
    "1. Ban quản lý bến có nhiệm vụ sau:\na) Giữ vệ sinh mặt bến;\nb) Phát áo phao cho khách, gồm:\n- Áo phao người lớn;\n"
    "- Áo phao trẻ em.\nc) Ghi sổ số khách mỗi chuyến."
)


def test_an_opening_line_is_quoted_with_its_list_and_no_more(made: Searcher, units: list[Unit]) -> None:
    assert quoted(made, units, "1. Ban quản lý bến có nhiệm vụ") == [LIST]


def test_an_item_is_quoted_with_its_line_or_the_list_where_that_is_asked(
    made: Searcher, units: list[Unit]
) -> None:
    assert quoted(made, units, "a) Giữ vệ sinh") == [
        "1. Ban quản lý bến có nhiệm vụ sau:\na) Giữ vệ sinh mặt bến;"
    ]
    assert quoted(made, units, "a) Giữ vệ sinh", whole_list=True) == [LIST]
    assert quoted(made, units, "- Áo phao trẻ em") == [
        "b) Phát áo phao cho khách, gồm:\n- Áo phao người lớn;\n- Áo phao trẻ em."
    ]


def test_what_stands_below_a_heading_is_quoted_without_the_colon_far_above_it(made: Searcher) -> None:
    """ "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:" opens the whole plan, not the first item of part II."""
    text = document_of(made, "ha-tinh-153").text
    units = list_units(made.store, hits_of(made, "ha-tinh-153"))
    item = unit_of(units, "1. Chi cục Kiểm lâm")
    assert item.lead.split("\n")[-1] == "II. NHIỆM VỤ"
    below = [item, unit_of(units, "2. Các xã làm mới")]
    for chosen, quote in ((below[:1], item.text), (below, f"{item.text}\n{below[1].text}")):
        (found,) = choose_quotes({item.profile.id: text}, chosen, whole_list=False, most=3)
        assert [text[span.start : span.end] for span in found.spans] == [quote]


def test_items_of_one_list_are_quoted_together(made: Searcher, units: list[Unit]) -> None:
    text = document_of(made, "ben-thuyen").text
    items = [unit_of(units, "c) Ghi sổ"), unit_of(units, "a) Giữ vệ sinh")]
    (quote,) = choose_quotes({items[0].profile.id: text}, items, whole_list=False, most=3)
    assert [text[span.start : span.end] for span in quote.spans] == [LIST]


def test_at_most_so_many_and_none_within_another(made: Searcher, units: list[Unit]) -> None:
    texts = {units[0].profile.id: document_of(made, "ben-thuyen").text}
    chosen = [unit_of(units, opening) for opening in ("1. Ban quản lý", "b) Phát áo", "Bến đóng", "Trẻ em")]
    quotes = choose_quotes(texts, chosen, whole_list=True, most=3)
    assert [quote.unit.text[:7] for quote in quotes] == ["1. Ban ", "Bến đón", "Trẻ em "]
    assert len(choose_quotes(texts, chosen, whole_list=True, most=1)) == 1


def test_a_clause_is_quoted_with_its_sentence(made: Searcher, units: list[Unit]) -> None:
    text = document_of(made, "ben-thuyen").text
    (clause,) = [unit for unit in units if unit.clause and unit.text.startswith("chủ thuyền phải niêm yết")]
    (span,) = find_quote(text, clause, whole_list=False).spans
    assert text[span.start : span.end] == LONG


def test_one_sentence_of_a_long_paragraph_and_a_short_paragraph_whole(
    made: Searcher, units: list[Unit]
) -> None:
    assert quoted(made, units, "Trẻ em dưới 6 tuổi") == [BESIDE]
    assert quoted(made, units, "Bến đóng khi gió") == ["Bến đóng khi gió từ cấp 6."]


@pytest.mark.parametrize("whole_list", [False, True])
def test_what_is_quoted_stands_in_the_document_and_holds_its_unit(made: Searcher, whole_list: bool) -> None:
    seen = 0
    for name in PAGES:
        text = document_of(made, name).text
        for unit in list_units(made.store, hits_of(made, name)):
            spans = find_quote(text, unit, whole_list=whole_list).spans
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
            assert any(span.start <= unit.start < span.end for span in spans)
            seen += 1
    assert seen > 100


def test_an_item_keeps_its_opening_line_over_the_edge_of_its_passage(
    made: Searcher, units: list[Unit]
) -> None:
    text = document_of(made, "ben-thuyen").text
    hit, at = units[0].hit, text.index("c) Ghi sổ")
    passage = replace(hit.passage, start=at, end=text.index("\n", at), text=text[at : text.index("\n", at)])
    (unit,) = list_units(made.store, [replace(hit, passage=passage)])
    assert unit.lead.split("\n")[-1] == "1. Ban quản lý bến có nhiệm vụ sau:"
    (span,) = find_quote(text, unit, whole_list=False).spans
    assert text[span.start : span.end] == LIST


# --- what a question asks for


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Công văn 12 do ai ký, ngày nào?", ("Công văn 12 do ai ký", "ngày nào")),
        ("Bến mở lúc mấy giờ và giá vé bao nhiêu?", ("Bến mở lúc mấy giờ", "giá vé bao nhiêu")),
        (
            "Ai ký quyết định? Có hiệu lực từ ngày nào; còn hiệu lực không?",
            ("Ai ký quyết định", "Có hiệu lực từ ngày nào", "còn hiệu lực không"),
        ),
        ("Giá vé ở bến Đông và bến Tây là bao nhiêu?", ("Giá vé ở bến Đông và bến Tây là bao nhiêu",)),
        ("Bến thuyền, chợ nổi và làng nghề thuộc xã nào?", ("Bến thuyền, chợ nổi và làng nghề thuộc xã nào",)),
        # five are one list of things
        (
            "Ai ký, ngày nào, ở đâu, bao nhiêu tiền, khi nào hết hạn?",
            ("Ai ký, ngày nào, ở đâu, bao nhiêu tiền, khi nào hết hạn",),
        ),
        ("", ()),
    ],
)  # fmt: skip
def test_parts_of_questions(question: str, parts: tuple[str, ...]) -> None:
    assert split_parts(question) == parts


@pytest.mark.parametrize(
    ("question", "types"),
    [
        ("Giá vé là bao nhiêu?", {AnswerType.FIGURE}),
        ("Bến mở cửa khi nào?", {AnswerType.DATE}),
        ("Ban hành ngày bao nhiêu?", {AnswerType.DATE}),  # no figure
        ("Ai làm trưởng ban?", {AnswerType.PERSON}),
        ("Cơ quan nào thu phí?", {AnswerType.BODY}),
        ("Văn bản nào quy định giá vé?", {AnswerType.DOCUMENT}),
        ("Kể tên các tuyến", {AnswerType.LIST}),
        ("Bến thuyền là gì?", {AnswerType.DEFINITION}),
        ("Chủ tịch tỉnh nhấn mạnh điều chi?", {AnswerType.QUOTATION}),
        ("Số điện thoại của bến?", {AnswerType.WEB}),
        ("Bến thuyền có an toàn không?", set()),
    ],
)
@pytest.mark.parametrize("typed", [str, lambda text: normal_form(text).strip()])
def test_what_sort_of_thing_is_asked_for(
    question: str, types: set[AnswerType], typed: Callable[[str], str]
) -> None:
    """Typing without diacritics asks the same."""
    assert read_answer_types(normal_form(typed(question))) == types


@pytest.mark.parametrize(
    ("kind", "has", "lacks"),
    [
        (AnswerType.FIGURE, "Giá vé 40.000 đồng.", "Giá vé do chủ thuyền đặt."),
        (AnswerType.DATE, "Bến mở từ ngày 01/5/2025.", "Bến mở quanh năm."),
        (AnswerType.PERSON, "Ông Bùi Văn Mẫu coi bến.", "người coi bến ngủ trưa."),
        (AnswerType.BODY, "Sở Xây dựng cấp phép.", "bến không cần phép."),
        (AnswerType.DOCUMENT, "Theo Luật Giao thông đường thủy.", "Theo lệ của làng."),
        (AnswerType.LIST, "Gồm áo phao, loa, đèn, mái chèo.", "Chỉ có áo phao."),
        (AnswerType.DEFINITION, "Bến thuyền là nơi thuyền đón khách.", "Thuyền đón khách từ sớm."),
        (AnswerType.WEB, "Đặt vé tại www.benthuyen.vn", "Đặt vé tại bến."),
        (AnswerType.QUOTATION, "Ông nhấn mạnh việc mặc áo phao", "Áo phao màu cam"),
    ],
)
def test_whether_a_text_has_the_sort_of_thing(kind: AnswerType, has: str, lacks: str) -> None:
    assert (carries(kind, has, named=False), carries(kind, lacks, named=False)) == (True, False)


def test_a_document_number_is_a_document() -> None:
    assert carries(AnswerType.DOCUMENT, "Theo lệ của làng", named=True)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Vào ngày 01/12/2025 Nghị định 9/2024/NĐ-CP còn hiệu lực không?", date(2025, 12, 1)),
        ("Tính đến 15/5/2026 văn bản nào thay thế Nghị định 9/2024/NĐ-CP?", date(2026, 5, 15)),
        ("Công văn 375/UBND-NC ngày 10/01/2025 do ai ký?", None),  # the day of the document
        ("Năm 2024 tỉnh có bao nhiêu bến?", None),
        ("Nghị định 9/2024/NĐ-CP còn hiệu lực không?", None),
    ],
)
def test_the_day_asked_about(question: str, day: date | None) -> None:
    assert read_asked_day(read_query(question)) == day


@pytest.mark.parametrize(
    ("quote", "count"),
    [
        ("Gồm 3 loại giấy tờ:\na) Đơn;\nb) Ảnh;\nc) Bản sao.", ListCount(3, 3)),
        ("Có bốn nhóm sau:\n- Thuyền;\n- Bè.", ListCount(2, 4)),
        ("Hồ sơ gồm:\n- Đơn;\n- Ảnh.", ListCount(2, None)),
        # what stands under an item is none of its own
        ("Có 2 nhiệm vụ:\na) Giữ vệ sinh:\n- quét bến;\nb) Phát áo phao.", ListCount(2, 2)),
        ("Gồm hai loại:\nĐơn;\nẢnh.", ListCount(2, 2)),
        ("Bến đóng khi gió to.", None),
        ("Gồm:\n- Đơn.", None),
        ("Bến đóng.\n- Đơn;\n- Ảnh.", None),
    ],
)
def test_lists_are_counted(quote: str, count: ListCount | None) -> None:
    assert count_list(quote) == count


# --- pages and evidence


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("tin-mo-dau", "45-NQ/TU"),  # its title opens with it
        ("tin-ban-hanh", "47-NQ/TU"),  # the only one that it says was issued
        ("tin-sua-doi", None),  # about a draft that amends it
        ("tin-khong-so", None),
        ("ben-thuyen", None),  # bears a number of its own
    ],
)
def test_what_a_page_without_a_number_is_about(made: Searcher, name: str, subject: str | None) -> None:
    assert page_subject(made.store.profile(document_of(made, name).id)) == subject


def _location(document: Document, start: int) -> str:
    return next(p.location for p in document.passages if p.start <= start < p.end)


def evidence(document: Document, words: str, **more: object) -> Evidence:
    start = document.text.index(words)
    return Evidence(
        document_id=document.id,
        start=start,
        end=start + len(words),
        quote=words,
        **{"location": _location(document, start), **more},  # type: ignore[arg-type]
    )


def test_spans_that_touch_are_one(made: Searcher) -> None:
    document = document_of(made, "ben-thuyen")
    number = evidence(document, "Số: 44/2025/QĐ-UBND", about=("44/2025/QĐ-UBND",))
    day = evidence(document, "Ninh Bình, ngày 09 tháng 9 năm 2025")
    last = evidence(document, "Bến đóng khi gió từ cấp 6.")
    joined, alone = join_adjacent([day, last, number], made.store.document)
    assert joined.quote == "Số: 44/2025/QĐ-UBND\nNinh Bình, ngày 09 tháng 9 năm 2025"
    assert document.text[joined.start : joined.end] == joined.quote
    assert joined.about == ("44/2025/QĐ-UBND",)
    assert alone == last


def test_what_overlaps_is_one_and_what_lies_elsewhere_is_not(made: Searcher) -> None:
    document = document_of(made, "ben-thuyen")
    first, second = evidence(document, "Bến đóng khi gió"), evidence(document, "gió từ cấp 6.")
    (joined,) = join_adjacent([first, second], made.store.document)
    assert joined.quote == "Bến đóng khi gió từ cấp 6."
    for other in (
        evidence(document, "gió từ cấp 6.", report="1/KH-UBND"),
        evidence(document, "Trẻ em dưới 6 tuổi"),
    ):
        assert join_adjacent([first, other], made.store.document) == [first, other]


def test_what_runs_over_the_edge_of_passages_is_one_quotation_that_says_both_places(made: Searcher) -> None:
    document = document_of(made, "ben-thuyen")
    one, two = next(
        (one, two)
        for one, two in pairwise(document.passages)
        if one.path != two.path and not document.text[one.end : two.start].strip()
    )
    spans = [
        Evidence(document_id=document.id, start=p.start, end=p.end, location=p.location, quote=p.text)
        for p in (one, two)
    ]
    (joined,) = join_adjacent(spans, made.store.document)
    assert joined.quote == document.text[one.start : two.end]
    assert joined.location.startswith(one.location)
    assert joined.location == document.locate(one.start, two.end) != document.locate(one.start, one.end)
    citation = cite(document, joined.start, joined.end, about=(), location=joined.location)
    assert citation_fault(citation, made.store.document) is None
    wrong = replace(citation, location=two.location)
    assert citation_fault(wrong, made.store.document) == (Rule.SOURCE, (two.location,))


def test_what_goes_on_is_joined_to_what_stands_right_before_it_alone(made: Searcher) -> None:
    """Also where nothing does: what it went on from may have been left out."""
    document = document_of(made, "ben-thuyen")
    one, other = evidence(document, "Bến đóng khi gió"), evidence(document, "Trẻ em dưới 6 tuổi")
    on = evidence(document, "gió từ cấp 6.", joined=True)
    assert join_adjacent([on], made.store.document) == [on]
    assert join_adjacent([one, other, on], made.store.document) == [one, other, on]
    assert [e.quote for e in join_adjacent([one, on], made.store.document)] == ["Bến đóng khi gió từ cấp 6."]


def test_evidence_of_a_text_that_is_gone_is_left_as_it_is(made: Searcher) -> None:
    def gone(document_id: str) -> Document:
        raise CorpusError(f"{document_id} đã bị xóa")

    document = document_of(made, "ben-thuyen")
    spans = [evidence(document, "Bến đóng khi gió"), evidence(document, "gió từ cấp 6.")]
    assert join_adjacent(spans, gone) == spans


# --- the reader


def read(made: Searcher, text: str, *, only: str | None = None) -> list[str]:
    """The texts of the units that the reader puts first; `only` allows the units of one document."""
    question = read_question(text, made.store)
    hits = made.search(question.query, limit=30, fold=Fold.COPIES, explain=False)
    reader = Reader(made, question.query, hits)
    allowed = None
    if only is not None:
        allowed = [unit.profile.id == document_of(made, only).id for unit in reader.units]
    readings = reader.read(wanted_of(question), question.query, allowed)
    assert all(len(reading.features) == len(SECOND) for reading in readings)
    assert [reading.score for reading in readings] == sorted(
        (reading.score for reading in readings), reverse=True
    )
    return [reading.unit.text for reading in readings]


FIRST = (
    ("Bến thuyền du lịch đóng khi gió cấp mấy?", "Bến đóng khi gió từ cấp 6."),
    ("Trẻ em dưới 6 tuổi đi thuyền có phải mua vé không?", BESIDE),
    (
        "Mỗi xe thư viện lưu động chở bao nhiêu đầu sách?",
        "Mỗi xe thư viện lưu động chở ít nhất 1.200 đầu sách và đến mỗi trường hai tuần một lần.",
    ),
    ("Chợ hạng 1 có bao nhiêu điểm kinh doanh?", "Chợ hạng 1 có từ 400 điểm kinh doanh trở lên."),
    (
        "Hưng Yên bán bao nhiêu tấn nhãn lồng qua sàn thương mại điện tử?",
        "Vụ nhãn năm nay, tỉnh Hưng Yên bán 5.600 tấn nhãn lồng qua các sàn thương mại điện tử.",
    ),
)


@pytest.mark.parametrize(("question", "sentence"), FIRST)
def test_the_sentence_that_answers_is_read_first(made: Searcher, question: str, sentence: str) -> None:
    assert read(made, question)[0] == sentence


@pytest.mark.parametrize(
    ("only", "sentence"),
    [
        (
            "ha-tinh-153",
            "1. Chi cục Kiểm lâm bố trí 45 chốt canh lửa rừng, trực 24/24 giờ trong các tháng nắng nóng.",
        ),
        (
            "nghe-an-153",
            "1. Chi cục Kiểm lâm bố trí 72 chốt canh lửa rừng, trực 24/24 giờ khi dự báo cháy ở cấp IV và cấp V.",
        ),
    ],
)
def test_reading_may_be_kept_to_one_document(made: Searcher, only: str, sentence: str) -> None:
    found = read(made, "Kế hoạch bố trí bao nhiêu chốt canh lửa rừng?", only=only)
    assert found[0] == sentence
    assert all(text in document_of(made, only).text for text in found)


def test_nothing_is_read_where_nothing_is_allowed(made: Searcher) -> None:
    question = read_question("Chợ hạng 1 có bao nhiêu điểm kinh doanh?", made.store)
    hits = made.search(question.query, limit=5, fold=Fold.COPIES, explain=False)
    reader = Reader(made, question.query, [*hits, *hits])
    assert len(reader.units) == len(list_units(made.store, hits)) > 0  # each passage once
    assert reader.read(wanted_of(question), question.query, [False] * len(reader.units)) == []
    assert Reader(made, question.query, []).read(wanted_of(question), question.query) == []


@pytest.mark.parametrize(
    ("quote", "left"),
    [("- Sở Nội vụ", "Sở Nội vụ"), ("## Chương trình", "Chương trình"), ("-", "-"), ("2-3 lần", "2-3 lần")],
)
def test_marks_of_lists_and_headings_are_not_quoted(quote: str, left: str) -> None:
    one = drop_mark(Evidence(document_id="a", start=5, end=5 + len(quote), location="", quote=quote))
    assert (one.quote, one.end - one.start) == (left, len(left))


@pytest.mark.parametrize(
    ("question", "by_when"),
    [
        ("Sở báo cáo trước ngày nào?", True),
        ("nop ho so cham nhat khi nao", True),
        ("Hạn cuối nộp hồ sơ?", True),
        ("Họp ngày nào?", False),
        ("Trước khi họp phải làm gì?", False),
    ],
)
def test_whether_a_deadline_is_asked_for(question: str, by_when: bool) -> None:
    assert asks_by_when(normal_form(question)) is by_when


@pytest.mark.parametrize(
    ("text", "time", "limit"),
    [
        ("Báo cáo hằng tháng, quý, 6 tháng.", True, False),
        ("Mở cửa vào chiều thứ Bảy.", True, False),
        ("Báo cáo kết quả thực hiện.", False, False),
        ("Họp ngày 5/6/2026 tại xã.", True, False),
        ("Gửi báo cáo trước 17 giờ ngày 27 tháng 11.", True, True),
        ("Giải quyết trong vòng 7 ngày làm việc.", True, True),
    ],
)
def test_whether_a_text_says_a_time_and_a_deadline(text: str, time: bool, limit: bool) -> None:
    assert (says_time(text), says_limit(text)) == (time, limit)


def test_a_duty_without_a_day_does_not_answer_by_when(made: Searcher) -> None:
    given = answer(made, "Ban quản lý bến thuyền phải báo cáo xã trước ngày nào hằng tháng?")
    assert (given.outcome, given.statements) == (Outcome.NOT_FOUND, ())
    told = answer(made, "Ban quản lý bến thuyền báo cáo ai?")
    assert "Ban quản lý bến báo cáo xã hằng tháng" in " ".join(one.text for one in told.statements)


def test_names_with_and_are_no_joint() -> None:
    assert split_parts("Sở nào hỗ trợ doanh nghiệp nhỏ và vừa trong mấy ngày?") == (
        "Sở nào hỗ trợ doanh nghiệp nhỏ và vừa trong mấy ngày",
    )


def test_a_duty_is_quoted_with_the_heading_that_names_whose_it_is(made: Searcher) -> None:
    given = answer(made, "Cơ quan nào quyết định vạch sơn nền bến đò ngang và cấp biển hiệu bến đò?")
    (duty,) = given.statements[0].citations
    assert duty.quote.startswith("Điều 1. Sở Xây dựng\n1. Quyết định vạch sơn")


def test_the_body_asked_for_counts_beside_a_number(made: Searcher, units: list[Unit]) -> None:
    others = read_question("Thông tư nào của Bộ Y tế sửa Nghị định 15/2019/NĐ-CP?", made.store)
    assert others.query.symbols
    assert not any(fits_asked_document(others, unit) for unit in units)
    alone = read_question("Thông tư nào sửa Nghị định 15/2019/NĐ-CP?", made.store)
    assert all(fits_asked_document(alone, unit) for unit in units)
