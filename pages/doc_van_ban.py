"""Đọc văn bản: one document (?doc=…) with the cited span (&start=…&end=…) highlighted and in view.

The address names the text (&v=…) that its offsets belong to: a page that changed since still shows what was
quoted, and says so.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from corpus.effect import find_effect
from corpus.errors import CorpusError, UnknownVersion
from corpus.models import Document, DocumentKind, Reference
from corpus.store import Store
from corpus.store_models import Correction
from corpus.store_rows import text_tag
from corpus.symbols import symbol_key
from pages.drawing import (
    BEFORE,
    MARK_ID,
    Piece,
    copies_html,
    corrections_html,
    count_of,
    cuts_html,
    document_address,
    effect_html,
    facts_html,
    kind_note,
    notice_html,
    piece_at,
    pieces_of,
    reading_html,
    references_html,
    text_html,
    versions_html,
    window_before,
    window_from,
)
from pages.frame import note, require_settings, require_store, show_error, title
from pages.opened import open_document

_REFERENCES = 200  # rows of one table


def show() -> None:
    """The page."""
    store = require_store(require_settings())
    try:
        document, lost = _open(store)
    except CorpusError as error:
        title("Đọc văn bản")
        show_error(error)
        st.page_link("pages/tra_cuu.py", label="Danh sách văn bản")
    else:
        _show_document(store, document, lost=lost)


def _open(store: Store) -> tuple[Document, bool]:
    """The document with the text that the address names; whether that text is not there any more."""
    document_id, tag = st.query_params.get("doc", ""), st.query_params.get("v")
    try:
        return open_document(store, document_id, tag), False
    except UnknownVersion:
        return open_document(store, document_id), True


def _show_document(store: Store, document: Document, *, lost: bool) -> None:
    corrections = store.corrections(document.id)
    present = store.tag(document.id)
    tag = text_tag(document.text)
    address = document_address(document.id, tag)
    with st.container(horizontal=True):
        if asked := st.session_state.get("asked"):
            st.page_link(
                "pages/hoi_dap.py",
                label="← Quay lại câu trả lời",
                query_params=st.session_state.get("asking", {"q": asked}),
            )
        st.page_link("pages/tra_cuu.py", label="Danh sách văn bản")
    title(document.title)
    _show_age(document, lost=lost, old=tag != present)
    if notice := notice_html(document.facts.kind, kind_note(corrections)):
        st.html(notice)
    st.html(facts_html(document, corrections, address))
    if reading := reading_html(document):
        st.html(reading)
    _show_effect(store, document)
    _show_copies(store, document)
    span = None if lost else _read_span(document)
    _show_text(document, span)
    _show_references(store, document, address)
    _show_history(store, document, corrections)
    if document.cuts:
        with st.expander(f"Phần đã lược bỏ khỏi trang ({count_of(len(document.cuts))})"):
            st.html(cuts_html(document))
    note(f"Mã trong kho: {document.id} · {count_of(len(document.text))} ký tự")


def _show_age(document: Document, *, lost: bool, old: bool) -> None:
    """Whether this is the text that the address names, and whether it is that of today."""
    if lost:
        st.warning(
            "Văn bản đã thay đổi từ khi có địa chỉ này và bản khi đó không còn trong kho. "
            "Dưới đây là bản hiện nay; đoạn trích có thể không còn như cũ."
        )
    elif old:
        st.warning("Đây là bản đọc cũ, đúng như khi được trích dẫn. Trang gốc nay đã thay đổi.")
        st.page_link("pages/doc_van_ban.py", label="Xem bản hiện nay", query_params={"doc": document.id})


def _show_effect(store: Store, document: Document) -> None:
    """Whether the document still holds, as far as the collection shows, with the words that say so."""
    if document.facts.kind is not DocumentKind.OFFICIAL:
        return
    try:
        effect = find_effect(store, document.id, as_of=date.today())
    except CorpusError as error:
        show_error(error)
        return
    speaking = {one.document_id for one in effect.evidence}
    st.html(effect_html(effect, {name: document_address(name, store.tag(name)) for name in speaking}))


def _show_copies(store: Store, document: Document) -> None:
    copies = store.sources(store.copies(document.id))
    if copies:
        with st.expander(f"Cùng nội dung, cũng có ở {count_of(len(copies))} nơi khác"):
            st.html(copies_html(copies))


def _show_history(store: Store, document: Document, corrections: tuple[Correction, ...]) -> None:
    if corrections:
        with st.expander(f"Đã sửa bằng tay ({count_of(len(corrections))})"):
            st.html(corrections_html(corrections))
    if versions := store.versions(document.id):
        with st.expander(f"Các bản đọc cũ ({count_of(len(versions))})"):
            st.html(versions_html(versions))


def _read_span(document: Document) -> tuple[int, int] | None:
    """The span that the address asks for; a wrong one is said to be wrong, not shown somewhere else."""
    typed = st.query_params.get("start"), st.query_params.get("end")
    if typed == (None, None):
        return None
    start, end = (int(value) if value and value.isdecimal() else -1 for value in typed)
    if 0 <= start < end <= len(document.text):
        return start, end
    st.warning("Vị trí trích dẫn trong địa chỉ không có trong văn bản này, nên không tô sáng được đoạn nào.")
    return None


def _show_text(document: Document, span: tuple[int, int] | None) -> None:
    pieces = pieces_of(document)
    first, end = _window(document, pieces, span)
    whole = first == 0 and end == len(pieces)
    if not whole:
        _show_moves(pieces, first, end, span, place="above")
    st.html(text_html(document.text, pieces[first:end], span))
    if not whole:
        _show_moves(pieces, first, end, span, place="below")
    if span and first <= piece_at(pieces, span[0]) < end:
        _scroll_to_mark(document.id, span, first)


def _window(document: Document, pieces: tuple[Piece, ...], span: tuple[int, int] | None) -> tuple[int, int]:
    """The pieces to show: from where the reader moved to, else around the span, else from the beginning."""
    moved: tuple[str, tuple[int, int] | None, int] | None = st.session_state.get("moved")
    if moved is not None and moved[:2] == (document.id, span):
        return moved[2], window_from(pieces, moved[2])
    if span is None:
        return 0, window_from(pieces, 0)
    first = window_before(pieces, piece_at(pieces, span[0]), characters=BEFORE)
    return first, window_from(pieces, first, through=span[1])


def _show_moves(
    pieces: tuple[Piece, ...], first: int, end: int, span: tuple[int, int] | None, *, place: str
) -> None:
    document_id = st.query_params["doc"]
    start, stop, last = (count_of(n) for n in (pieces[first].start, pieces[end - 1].end, pieces[-1].end))
    note(f"Đang xem ký tự {start}–{stop} / {last}")
    moves = [
        ("Phần trước", window_before(pieces, first), first == 0),
        ("Phần sau", end, end == len(pieces)),
    ]
    with st.container(horizontal=True):
        for label, target, disabled in moves:
            st.button(
                label,
                key=f"{label}-{place}",
                disabled=disabled,
                on_click=_move,
                args=(document_id, span, target),
            )
        if span:
            st.button(
                "Về đoạn trích dẫn", key=f"back-{place}", on_click=_move, args=(document_id, span, None)
            )


def _move(document_id: str, span: tuple[int, int] | None, first: int | None) -> None:
    st.session_state["moved"] = None if first is None else (document_id, span, first)
    st.session_state["moves"] = st.session_state.get("moves", 0) + 1


def _scroll_to_mark(document_id: str, span: tuple[int, int], first: int) -> None:
    """Bring the highlight into view once per place opened: the same script is not run again on a rerun."""
    moves = st.session_state.get("moves", 0)
    place = f"{document_id} {span[0]} {span[1]} {first} {moves}"
    st.html(
        f"<script>/* {place} */"
        f"setTimeout(() => {{ const mark = document.getElementById('{MARK_ID}'); if (mark) {{"
        "mark.scrollIntoView({block: 'center'}); mark.focus({preventScroll: true}); } }, 150);</script>",
        unsafe_allow_javascript=True,
    )


def _show_references(store: Store, document: Document, address: str) -> None:
    named: dict[str, tuple[Reference, int]] = {}
    for reference in document.references:
        first, count = named.get(symbol_key(reference.symbol), (reference, 0))
        named[symbol_key(reference.symbol)] = (first, count + 1)
    if not named:
        return
    with st.expander(f"Văn bản được nhắc tới ({count_of(len(named))})"):
        rows = [
            (first, count, bool(store.documents_with_symbol(first.symbol)))
            for first, count in list(named.values())[:_REFERENCES]
        ]
        st.html(references_html(address, rows))
        if len(named) > _REFERENCES:
            note(f"… và {count_of(len(named) - _REFERENCES)} văn bản khác.")


show()
