"""Thẻ trích dẫn: the card of the span that the address names; the span is moved by sentences, never edited."""

from __future__ import annotations

import streamlit as st

from corpus.errors import CorpusError, UnknownVersion
from corpus.labels import today
from corpus.models import Document
from corpus.sentences import Span
from corpus.store import Store
from corpus.store_rows import text_tag
from index.cards.making import make_card
from index.cards.models import QuoteCard
from index.cards.spans import find_moves, is_quotable, make_whole
from index.cards.wording import card_parameters
from index.errors import CardRefused
from pages.drawing import document_address, effect_html
from pages.frame import note, section, show_error
from pages.opened import open_document
from pages.quote_drawing import ARRIVE, card_html, copy_html
from pages.quote_find import EXAMPLES

_HINTS = (
    "Từ phần Tìm câu trích: nhấn “Lập thẻ trích dẫn” dưới câu đã chọn.",
    "Từ trang Hỏi đáp hoặc trang Văn bản: nhấn “Thẻ trích dẫn” ở đoạn trích.",
    "Thẻ giữ nguyên từng chữ của kho, kèm số hiệu, cơ quan, người ký, ngày, hiệu lực và chú thích theo thể thức.",
)


def show_card(store: Store) -> None:
    """The part of the page."""
    section("Thẻ trích dẫn")
    if "doc" not in st.query_params:
        _teach()
        return
    if "chu-de" in st.query_params:
        st.button("← Về danh sách câu", on_click=_go_back)
    try:
        document = open_document(store, st.query_params["doc"], st.query_params.get("v"))
    except UnknownVersion:
        st.warning(
            "Văn bản đã thay đổi từ khi có địa chỉ này và bản khi đó không còn trong kho, nên không lập được thẻ. "
            "Hãy mở bản hiện nay và chọn lại câu cần trích."
        )
        st.page_link(
            "pages/doc_van_ban.py", label="Mở bản hiện nay", query_params={"doc": st.query_params["doc"]}
        )
        return
    except CorpusError as error:
        show_error(error)
        return
    span = _read_span()
    if span is None:
        st.warning(
            "Địa chỉ chưa chỉ đúng đoạn cần trích. Hãy mở văn bản và chọn câu, hoặc tìm câu theo chủ đề."
        )
        st.page_link("pages/doc_van_ban.py", label="Mở văn bản", query_params={"doc": document.id})
        return
    _show(store, document, span)


def _teach() -> None:
    items = "".join(f"<li>{hint}</li>" for hint in _HINTS)
    st.html(f'<ul class="cc-hints">{items}</ul>')
    note("Thử với một chủ đề:")
    with st.container(horizontal=True, key="choices"):
        for theme in EXAMPLES:
            st.button(f"Tìm câu về {theme}", on_click=_find, args=(theme,))


def _show(store: Store, document: Document, span: Span) -> None:
    state = store.state()
    key = (state.store_id, state.revision, state.edition, today())
    try:
        card, word = _make(store, document, key, document.id, text_tag(document.text), span.start, span.end)
    except CardRefused as error:
        show_error(error)
        whole = make_whole(document, span)
        if whole != span and is_quotable(document, whole):
            st.button("Lấy trọn câu", type="primary", on_click=_move, args=(document, whole))
        return
    st.html(card_html(card))
    if opened := st.session_state.get("card_opened"):  # from the list, which was scrolled down
        st.html(f"<script>/* {opened} */{ARRIVE}</script>", unsafe_allow_javascript=True)
    _show_moves(document, span)
    st.html(copy_html(card), unsafe_allow_javascript=True)
    st.download_button(
        "Tải thẻ (.docx)",
        word,
        file_name="the-trich-dan.docx",
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        on_click="ignore",
    )
    parameters = card_parameters(card.document_id, card.tag, card.start, card.end)
    st.page_link("pages/doc_van_ban.py", label="Đọc đoạn này trong văn bản", query_params=dict(parameters))
    if card.effect is not None and card.effect.evidence:
        speaking = {one.document_id for one in card.effect.evidence}
        st.html(
            effect_html(card.effect, {name: document_address(name, store.tag(name)) for name in speaking})
        )


@st.cache_resource(show_spinner=False, max_entries=32)
def _make(
    _store: Store,
    _document: Document,
    key: tuple[object, ...],
    document_id: str,
    tag: str,
    start: int,
    end: int,
) -> tuple[QuoteCard, bytes]:
    """The card and its Word file, made once for a state of the store."""
    from index.cards.word import write_card  # python-docx is loaded where it is needed

    card = make_card(_store, _document, start, end)
    return card, write_card(_store, card)


def _show_moves(document: Document, span: Span) -> None:
    moves = find_moves(document, span)
    note("Đoạn trích dài hay ngắn theo từng câu; lời trong đoạn không sửa được.")
    with st.container(horizontal=True, gap="small"):
        for label, target in (
            ("Thêm câu trước", moves.wider_before),
            ("Bớt câu đầu", moves.narrower_before),
            ("Bớt câu cuối", moves.narrower_after),
            ("Thêm câu sau", moves.wider_after),
        ):
            st.button(label, disabled=target is None, on_click=_move, args=(document, target))


def _move(document: Document, span: Span | None) -> None:
    if span is not None:
        span_of = card_parameters(document.id, text_tag(document.text), span.start, span.end)
        st.query_params.update({"phan": "the", **span_of})


def _go_back() -> None:
    st.query_params["phan"] = "tim"


def _find(theme: str) -> None:
    st.query_params.update({"phan": "tim", "chu-de": theme})


def _read_span() -> Span | None:
    typed = st.query_params.get("start", ""), st.query_params.get("end", "")
    if not all(value.isdecimal() and len(value) < 10 for value in typed):
        return None
    start, end = map(int, typed)
    return Span(start, end) if start < end else None
