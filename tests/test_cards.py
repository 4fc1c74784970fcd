"""Quote cards: verbatim, with what is known of the source, speakers only of the span, through the gate or not at all."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import docx
import pytest

from corpus.intake import take_in
from corpus.models import Document, DocumentKind
from corpus.sentences import Span
from corpus.store import Store
from corpus.store_rows import text_tag
from index.cards.making import make_card, open_text, verify_card
from index.cards.models import QuoteCard
from index.cards.spans import LONGEST, find_moves, is_quotable, make_whole
from index.cards.word import write_card
from index.cards.wording import NOT_KNOWN, tell_fields, tell_footnote, tell_notes, tell_source, write_plain
from index.errors import CardRefused, QuotationMismatch
from index.quotable.speakers import Speaker
from index.search import Searcher
from pages.quote_drawing import card_html, copy_html
from tests.quoted_pages import BESIDE, ENDED, HOSTILE, REPEATED, SAID, SYMBOL, UNNAMED


@pytest.fixture
def store(quoted: Searcher) -> Store:
    return quoted.store


def holder(store: Store, quote: str, symbol: str | None = None) -> Document:
    documents = [store.document(name) for name in store.document_ids()]
    return next(
        one
        for one in documents
        if quote in one.text and (symbol is None or (one.facts.symbol and one.facts.symbol.value == symbol))
    )


def span_of(document: Document, quote: str) -> Span:
    start = document.text.index(quote)
    return Span(start, start + len(quote))


def card_of(store: Store, quote: str, symbol: str | None = None) -> QuoteCard:
    document = holder(store, quote, symbol)
    span = span_of(document, quote)
    return make_card(store, document, span.start, span.end)


def test_a_card_of_a_document_tells_all_that_is_known(store: Store) -> None:
    card = card_of(store, REPEATED, SYMBOL)
    fields = dict(tell_fields(card))
    assert card.quote == REPEATED
    assert tell_source(card) == "Nguyên văn của chính văn bản"
    assert fields["Số, ký hiệu"] == SYMBOL
    assert fields["Cơ quan ban hành"] == "Hội đồng nhân dân tỉnh Hà Tĩnh"
    assert fields["Người ký"] == "Lê Thị Mẫu (Chủ tịch)"
    assert fields["Ngày ban hành"] == "12/12/2025"
    assert fields["Vị trí"] == "Khoản 1 Điều 1"
    assert fields["Hiệu lực"].startswith("không rõ (tính đến ")
    assert fields["Địa chỉ trang"] == NOT_KNOWN  # read from a file
    assert "Người nói, theo chính đoạn trích" not in fields


def test_the_footnote_has_the_prescribed_form(store: Store) -> None:
    assert tell_footnote(card_of(store, REPEATED, SYMBOL)) == (
        "Khoản 1 Điều 1 Nghị quyết số 61/NQ-HĐND ngày 12 tháng 12 năm 2025 của Hội đồng nhân dân tỉnh Hà Tĩnh về phát triển "
        "rừng ven biển giai đoạn 2026 - 2030."
    )


def test_a_card_of_a_news_page_is_no_document(store: Store) -> None:
    card = card_of(store, SAID)
    fields = dict(tell_fields(card))
    assert card.kind is DocumentKind.NEWS
    assert tell_source(card) == "Theo báo bao.example, không phải nguyên văn văn bản"
    assert "không phải nguyên văn văn bản" in tell_footnote(card)
    assert fields["Người nói, theo chính đoạn trích"] == "Đồng chí Trần Văn Mẫu, Bí thư Tỉnh ủy"
    assert fields["Đăng ngày"] == NOT_KNOWN
    assert not {"Số, ký hiệu", "Người ký", "Hiệu lực"} & fields.keys()


def test_a_speaker_named_beside_the_span_is_not_on_the_card(store: Store) -> None:
    card = card_of(store, UNNAMED)
    assert card.speakers == ()
    assert dict(tell_fields(card))["Người nói, theo chính đoạn trích"] == NOT_KNOWN
    assert any("không nêu ai nói" in note for note in tell_notes(card))


def test_an_ended_document_is_told_with_the_words_that_say_so(store: Store) -> None:
    card = card_of(store, ENDED)
    assert card.effect is not None
    effect = dict(tell_fields(card))["Hiệu lực"]
    assert effect.startswith("bị thay thế (tính đến ")
    assert "bởi 27/2025/NĐ-CP" in effect


# --- through the gate


@pytest.mark.parametrize(
    "altered",
    [
        pytest.param({"quote": REPEATED.replace("phải", "nên")}, id="words"),
        pytest.param({"speakers": (Speaker(name="Thủ tướng", start=0, end=9),)}, id="speaker"),
        pytest.param({"title": "Tên khác"}, id="title"),
        pytest.param({"kind": DocumentKind.NEWS}, id="kind"),
        pytest.param({"places": ("Khoản 9 Điều 9",)}, id="place"),
    ],
)
def test_an_altered_card_is_not_let_out(store: Store, altered: dict[str, object]) -> None:
    card = card_of(store, REPEATED, SYMBOL)
    verify_card(store, card)
    with pytest.raises(QuotationMismatch):
        write_card(store, replace(card, **altered))  # type: ignore[arg-type]


def test_an_altered_document_gives_no_card(store: Store) -> None:
    document = holder(store, REPEATED, SYMBOL)
    start = document.text.index(REPEATED)
    forged = replace(document, text=document.text.replace("phải trở", "nên trở"))
    assert text_tag(forged.text) != store.tag(document.id)
    with pytest.raises(QuotationMismatch):
        make_card(store, forged, start, start + len(REPEATED))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(1, 0, id="inside a word"),
        pytest.param(0, -3, id="ends inside a word"),
    ],
)
def test_a_span_that_cuts_a_word_is_refused(store: Store, first: int, last: int) -> None:
    document = holder(store, REPEATED, SYMBOL)
    span = span_of(document, REPEATED)
    with pytest.raises(CardRefused, match="cắt ngang"):
        make_card(store, document, span.start + first, span.end + last)
    assert make_whole(document, Span(span.start + first, span.end + last)) == span


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 9), (0, 10**8)])
def test_a_span_outside_of_the_text_is_refused(store: Store, start: int, end: int) -> None:
    with pytest.raises(CardRefused, match=str(LONGEST)):
        make_card(store, holder(store, SAID), start, end)


def test_an_earlier_text_is_quoted_as_such(tmp_path: Path) -> None:
    page = tmp_path / "thong-bao.txt"
    page.write_text("Thông báo\n\nLớp bơi thiếu nhi khai giảng ngày 5/6/2026 tại bể bơi xã.\n", "utf-8")
    with Store.open(tmp_path / "store") as store:
        take_in(store, [page])
        (name,) = store.document_ids()
        tag = store.tag(name)
        page.write_text("Thông báo\n\nLớp bơi thiếu nhi khai giảng ngày 9/6/2026 tại bể bơi xã.\n", "utf-8")
        take_in(store, [page])
        document = open_text(store, name, tag)
        start = document.text.index("Lớp bơi")
        card = make_card(store, document, start, len(document.text.rstrip()))
        assert "5/6/2026" in card.quote
        assert card.earlier
        assert "bản đọc cũ" in tell_notes(card)[0]
        verify_card(store, card)


# --- sentence by sentence


def test_the_span_moves_by_whole_sentences_and_back(store: Store) -> None:
    document = holder(store, REPEATED, SYMBOL)
    span = span_of(document, REPEATED)
    wider = find_moves(document, span).wider_after
    assert wider is not None
    assert document.text[wider.start : wider.end] == f"{REPEATED} {BESIDE}"
    assert find_moves(document, wider).narrower_after == span
    second = find_moves(document, wider).narrower_before
    assert second is not None
    assert document.text[second.start : second.end] == BESIDE
    assert find_moves(document, second).wider_before == wider


def test_one_sentence_cannot_be_narrowed(store: Store) -> None:
    document = holder(store, REPEATED, SYMBOL)
    moves = find_moves(document, span_of(document, REPEATED))
    assert (moves.narrower_before, moves.narrower_after) == (None, None)


def test_a_part_of_a_sentence_is_first_made_whole_and_says_so(store: Store) -> None:
    document = holder(store, REPEATED, SYMBOL)
    part = span_of(document, "việc làm thường xuyên")
    assert any(
        "không trọn câu" in note for note in tell_notes(make_card(store, document, part.start, part.end))
    )
    wider = find_moves(document, part).wider_after
    assert wider is not None
    assert document.text[wider.start : wider.end].endswith("mỗi thôn xóm.")


def test_a_quotation_that_opens_a_list_says_that_it_goes_on(store: Store) -> None:
    assert any(
        "thêm câu sau" in note for note in tell_notes(card_of(store, "Trồng rừng ven biển gồm:", SYMBOL))
    )


def test_every_move_leads_to_a_span_that_can_be_quoted(store: Store) -> None:
    for name in store.document_ids():
        document = store.document(name)
        for passage in document.passages:
            moves = find_moves(document, Span(passage.start, passage.end))
            reached = (moves.wider_before, moves.wider_after, moves.narrower_before, moves.narrower_after)
            assert all(is_quotable(document, span) for span in reached if span)


# --- out of the system


def test_the_copied_text_is_the_words_and_the_footnote(store: Store) -> None:
    card = card_of(store, REPEATED, SYMBOL)
    assert write_plain(card) == f"“{REPEATED}”\n{tell_footnote(card)}"


def test_the_word_file_has_the_same_words_and_a_real_footnote(store: Store) -> None:
    card = card_of(store, SAID)
    content = write_card(store, card)
    document = docx.Document(io.BytesIO(content))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    assert f"“{SAID}”" in paragraphs
    assert "Theo báo bao.example, không phải nguyên văn văn bản." in paragraphs
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        footnotes = parts.read("word/footnotes.xml").decode()
        assert b"w:footnoteReference" in parts.read("word/document.xml")
    assert tell_footnote(card) in unescape(re.sub(r"<[^>]+>", "", footnotes))


def test_hostile_words_are_shown_and_never_run(store: Store) -> None:
    document = holder(store, HOSTILE)
    span = make_whole(document, span_of(document, HOSTILE))
    card = make_card(store, document, span.start, span.end)
    drawn = card_html(card) + copy_html(card).split("<script>", maxsplit=1)[0]
    assert HOSTILE in card.quote
    assert "<img" not in drawn
    assert "<script" not in drawn
    assert unescape(drawn).count(HOSTILE) == 2
    assert HOSTILE in docx.Document(io.BytesIO(write_card(store, card))).paragraphs[2].text
