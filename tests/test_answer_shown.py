"""How an answer is laid out: by part, sides beside each other, choices that ask again, lists as lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.store import Store
from index.answer import answer
from index.answering.choices import ask_again
from index.answering.layout import group_parts, words_around
from index.encoder import Encoder
from index.exports.files import export_answer
from index.models import Choice, Outcome, Statement
from index.search import Searcher
from pages.answer_drawing import LEFT_OUT, WARNING, source_line, words_html
from tests.shown_pages import markup, words
from tests.small_plans import COMPARED, ENDED, LISTED, PARTS, SEVERAL, SUBJECT, UNKNOWN, write_plans

ROOT = Path(__file__).resolve().parents[1]
HA_TINH = Choice(
    symbol="15/KH-UBND", title=None, issuer="Ủy ban nhân dân tỉnh Hà Tĩnh", issued_on="2025-03-05"
)
NGHE_AN = replace(HA_TINH, issuer="Ủy ban nhân dân tỉnh Nghệ An", issued_on="2025-04-10")


@pytest.fixture(scope="module")
def plans(
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
    tmp_path_factory: pytest.TempPathFactory,
) -> Searcher:
    """The pages of `tests.small_plans`, searchable."""
    base = tmp_path_factory.mktemp("plans")
    return Searcher.open(build_store(base / "store", write_plans(base)), encoder)


@pytest.fixture
def visit(open_page: Callable[..., AppTest], plans: Searcher) -> Callable[[str], AppTest]:
    """Ask a question on the page."""
    return lambda question: open_page(plans.store.folder, q=question)


# --- the page


def test_each_part_of_a_question_stands_over_what_answers_it(visit: Callable[[str], AppTest]) -> None:
    shown = words(visit(PARTS))
    order = [
        "Theo kho cập nhật đến",
        "Kế hoạch trồng cây của tỉnh Hà Tĩnh ban hành ngày nào\n",
        "[1] Hà Tĩnh, ngày 05 tháng 3 năm 2025",
        "toàn tỉnh trồng bao nhiêu cây\n",
        "[2] 2. Chỉ tiêu: toàn tỉnh trồng 120.000 cây phân tán trong năm 2025.",
    ]
    places = [shown.index(line) for line in order]
    assert places == sorted(places)


def test_the_sides_of_a_comparison_stand_in_columns(visit: Callable[[str], AppTest]) -> None:
    left, right = (one for one in visit(COMPARED).columns if "cc-part" in markup(one))
    for column, side, figure in ((left, "Hà Tĩnh", "120.000"), (right, "Nghệ An", "300.000")):
        assert f'<h3 class="cc-part">{side}</h3>' in markup(column)
        assert figure in words(column)
        assert f"Nguồn: “Kế hoạch 15/KH-UBND: {SUBJECT}” · Ủy ban nhân dân tỉnh {side}" in words(column)
    assert "300.000" not in words(left)


def test_a_choice_asks_about_that_document_alone(visit: Callable[[str], AppTest]) -> None:
    app = visit(SEVERAL)
    labels = [button.label for button in app.button if (button.key or "").startswith("choice-")]
    assert sorted(label.replace("\\", "") for label in labels) == [
        "15/KH-UBND, Ủy ban nhân dân tỉnh Hà Tĩnh, ngày 05/03/2025",
        "15/KH-UBND, Ủy ban nhân dân tỉnh Nghệ An, ngày 10/04/2025",
    ]
    next(button for button in app.button if "Nghệ An" in button.label).click().run()
    asked = "Kế hoạch 15/KH-UBND của Ủy ban nhân dân tỉnh Nghệ An năm 2025 về việc gì?"
    assert app.query_params["q"] in (asked, [asked])  # AppTest gives either
    assert app.session_state["found"].answer.outcome is Outcome.ANSWERED
    assert "Ủy ban nhân dân tỉnh Nghệ An ghi:" in words(app)
    assert "Ủy ban nhân dân tỉnh Hà Tĩnh ghi:" not in words(app)
    assert not [button for button in app.button if (button.key or "").startswith("choice-")]


def test_the_warning_comes_before_what_proves_it_and_the_source_is_named_once(
    visit: Callable[[str], AppTest],
) -> None:
    shown = words(visit(ENDED))
    assert shown.index(f"{WARNING} Văn bản 12/QĐ-UBND đã") < shown.index(
        "[1] Bãi bỏ Quyết định số 12/QĐ-UBND"
    )
    assert shown.count("Quyết định số 40/QĐ-UBND của Ủy ban nhân dân tỉnh Hà Tĩnh ghi:") == 1
    sources = re.findall(r"Nguồn: (.*)", shown)
    assert sources == [
        f"“Quyết định 40/QĐ-UBND: {SUBJECT}” · Ủy ban nhân dân tỉnh Hà Tĩnh"
        " · ngày 20/06/2025 · Phần mở đầu – Điều 2",
        "số 40/QĐ-UBND · Ủy ban nhân dân tỉnh Hà Tĩnh · ngày 20/06/2025 · Phần mở đầu – Điều 2",
    ]


@pytest.mark.parametrize("question", [PARTS, COMPARED, SEVERAL, ENDED, LISTED, UNKNOWN])
def test_how_recent_the_collection_is_stands_right_below_the_outcome(
    visit: Callable[[str], AppTest], question: str
) -> None:
    assert re.search(
        r'role="status">.*</p>\n<p class="cc-as-of">Theo kho cập nhật đến \d\d/\d\d/\d{4} \d\d:\d\d \(giờ Việt Nam\)',
        markup(visit(question)),
    )


def test_the_lines_of_a_list_stay_lines_and_its_words_stay_theirs(
    visit: Callable[[str], AppTest], plans: Searcher
) -> None:
    shown = markup(visit(LISTED))
    assert '<span class="cc-item">- Xã Cẩm Bình trồng cây sấu;\n</span>' in shown
    (statement,) = answer(plans, LISTED).statements
    assert statement.citations[0].quote in unescape(re.sub(r"<[^>]+>", "", shown))


def test_paragraphs_are_no_items_and_text_is_escaped(plans: Searcher) -> None:
    citation = answer(plans, LISTED).statements[0].citations[0]
    drawn = words_html(replace(citation, quote="<b>Một</b>.\nHai & ba.\na) Bốn"))
    assert "&lt;b&gt;Một&lt;/b&gt;.\nHai &amp; ba.\n<span" in drawn
    assert '<span class="cc-item">a) Bốn</span>' in drawn
    news = replace(citation, symbol=None)
    title = f"“Kế hoạch 15/KH-UBND: {SUBJECT}”"
    assert title in source_line(news, titled=False)
    assert source_line(citation).startswith(f"{title} · Ủy ban")  # the number once
    assert source_line(replace(citation, title="Trồng cây")).startswith(
        "số 15/KH-UBND · “Trồng cây” · Ủy ban"
    )


def test_a_title_is_told_once_and_a_number_leads_to_its_document(visit: Callable[[str], AppTest]) -> None:
    page = visit(PARTS)
    assert words(page).count(f"Nguồn: “Kế hoạch 15/KH-UBND: {SUBJECT}”") == 1
    assert words(page).count("Nguồn: số 15/KH-UBND · Ủy ban") >= 1
    assert '<a href="doc-van-ban?so_hieu=15%2FKH-UBND" target="_self"><strong>15/KH-UBND' in markup(page)


# --- words around quotations


def joined(plans: Searcher, behind: str = "") -> Statement:
    """A statement with an opening line and an item, as `index.wording.attribute` writes them."""
    citation = answer(plans, LISTED).statements[0].citations[0]
    opening, _, item = citation.quote.split("\n")
    parts = tuple(
        replace(
            citation,
            quote=part,
            start=(start := citation.start + citation.quote.index(part)),
            end=start + len(part),
        )
        for part in (opening, item)
    )
    return Statement(text=f"Kế hoạch ghi: “{opening}” […] “{item}”{behind}", citations=parts)


def test_words_stand_apart_from_all_quotations_of_a_statement(plans: Searcher) -> None:
    assert words_around(joined(plans)) == ("Kế hoạch ghi:", "")
    assert words_around(joined(plans, " (bản quét)")) == ("Kế hoạch ghi:", "(bản quét)")
    assert words_around(replace(joined(plans), text="Hai xã trồng cây.")) == ("Hai xã trồng cây.", "")


def test_parts_keep_the_order_of_the_statements(plans: Searcher) -> None:
    one = joined(plans)
    a, b = replace(one, part="a"), replace(one, part="b")
    assert group_parts((a, a, b, one)) == (("a", (a, a)), ("b", (b,)), (None, (one,)))
    assert group_parts(()) == ()


def test_quotations_of_one_statement_are_told_to_leave_something_out(
    visit: Callable[[str], AppTest], plans: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = replace(answer(plans, LISTED), statements=(joined(plans),))
    monkeypatch.setattr("index.answer.answer", lambda *_, **__: given)
    shown = markup(visit(LISTED))
    assert f"{LEFT_OUT}<blockquote" in shown
    assert re.findall(r"(\[\d\])</span> Nguồn: (“|số 15/KH-UBND · Ủy)", shown) == [
        ("[1]", "“"),
        ("[2]", "số 15/KH-UBND · Ủy"),
    ]
    text = export_answer(plans.store, given, ".txt").decode()
    assert "\nKế hoạch ghi:\n“1. Trồng cây dọc" in text
    assert text.count("- Xã Thạch Hà trồng cây lim xanh.") == 1


# --- choices


def test_a_choice_is_asked_for_with_what_tells_it_apart() -> None:
    asked = [question for _, question in ask_again("KH 15/KH-UBND ra ngày nào?", [HA_TINH, NGHE_AN])]
    assert asked == [
        "KH 15/KH-UBND của Ủy ban nhân dân tỉnh Hà Tĩnh ra ngày nào?",
        "KH 15/KH-UBND của Ủy ban nhân dân tỉnh Nghệ An ra ngày nào?",
    ]
    later = replace(HA_TINH, issued_on="2025-09-09")
    assert ask_again("KH 15/KH-UBND ra sao?", [HA_TINH, later])[1] == (
        "15/KH-UBND, Ủy ban nhân dân tỉnh Hà Tĩnh, ngày 09/09/2025",
        "KH 15/KH-UBND của Ủy ban nhân dân tỉnh Hà Tĩnh ngày 09/09/2025 ra sao?",
    )
    nameless = replace(HA_TINH, issuer="Ủy ban nhân dân tỉnh")
    assert (
        "của Ủy ban nhân dân tỉnh ngày 05/03/2025" in ask_again("KH 15/KH-UBND?", [nameless, NGHE_AN])[0][1]
    )


def test_a_question_without_the_number_is_led_in_by_it() -> None:
    other = replace(NGHE_AN, symbol="20/KH-UBND")
    assert ask_again("Kế hoạch trồng cây của tỉnh?", [HA_TINH, other])[1][1] == (
        "Văn bản số 20/KH-UBND của Ủy ban nhân dân tỉnh Nghệ An: Kế hoạch trồng cây của tỉnh?"
    )


def test_what_nothing_tells_apart_is_not_offered() -> None:
    unknown = replace(HA_TINH, issuer=None, issued_on=None)
    assert [told for told, _ in ask_again("KH 15/KH-UBND?", [unknown, NGHE_AN])] == []
    assert ask_again("KH?", [replace(HA_TINH, symbol=None, title="Tin"), NGHE_AN]) == (
        (
            "15/KH-UBND, Ủy ban nhân dân tỉnh Nghệ An, ngày 10/04/2025",
            "Văn bản số 15/KH-UBND của Ủy ban nhân dân tỉnh Nghệ An: KH?",
        ),
    )
    again = ask_again("KH 15/KH-UBND?", [HA_TINH, NGHE_AN])[0][1]
    assert len(ask_again(again, [HA_TINH, NGHE_AN])) == 1  # the other one
