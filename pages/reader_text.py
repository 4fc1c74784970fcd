"""The text of a document on the page Văn bản: its window, moving in it, the cited span."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from corpus.labels import UNKNOWN, tell_fetch, today, vietnamese_date
from corpus.models import Document
from corpus.store_rows import text_tag
from index.cards.wording import card_parameters
from pages.drawing import BEFORE, MARK_ID, Piece, piece_at, text_html, window_before, window_from
from pages.frame import note
from pages.opened import open_layout
from pages.reader_drawing import anchors_of, outline_html, reader_html

_WHOLE = 400_000  # characters of a text that is shown on one page when that is asked for


def read_span(document: Document) -> tuple[int, int] | None:
    """The span that the address asks for; a wrong one is said to be wrong, not shown somewhere else."""
    typed = st.query_params.get("start"), st.query_params.get("end")
    if typed == (None, None):
        return None
    start, end = (int(value) if value and value.isdecimal() else -1 for value in typed)
    if 0 <= start < end <= len(document.text):
        return start, end
    st.warning("Vị trí trích dẫn trong địa chỉ không có trong văn bản này, nên không tô sáng được đoạn nào.")
    return None


def show_text(document: Document, span: tuple[int, int] | None, address: str) -> None:
    """The outline beside the text, the highlight in view; `address` is that of the document's page."""
    layout = open_layout(document)
    pieces = layout.pieces
    first, end = _window(document, pieces, span)
    whole = first == 0 and end == len(pieces)
    if not whole:
        _show_moves(document, pieces, first, end, span, place="above")
    shown = (pieces[first].start, pieces[end - 1].end) if pieces else (0, 0)
    text = text_html(
        document.text, pieces[first:end], span, roles=layout.roles, anchors=anchors_of(layout.outline)
    )
    outline = outline_html(layout.outline, address, shown=shown, cited=span[0] if span else None)
    if span:
        parameters = card_parameters(document.id, text_tag(document.text), *span)
        st.page_link("pages/trich_dan.py", label="Thẻ trích dẫn đoạn được tô", query_params=dict(parameters))
    st.html(reader_html(outline, text, _tell_source(document, whole=whole)))
    if not whole:
        _show_moves(document, pieces, first, end, span, place="below")
    if span and first <= piece_at(pieces, span[0]) < end:
        _scroll_to_mark(document.id, span, first)


def _tell_source(document: Document, *, whole: bool) -> str:
    """What a printed page says of where it is from."""
    facts, from_web = document.facts, document.provenance
    number = facts.symbol.value if facts.symbol else None
    issued = vietnamese_date(facts.issued_on.value) if facts.issued_on else None
    fetched = tell_fetch(from_web.origin.fetched_at, from_web.gone_at) if from_web else None
    told = [
        f"Số: {number or UNKNOWN}; ngày {issued or UNKNOWN}",
        f"Nguồn: {' · '.join(s for s in (document.publisher, document.url, fetched) if s) or UNKNOWN}",
        f"In từ Căn Cứ ngày {today():%d/%m/%Y}, mã văn bản {document.id}",
    ]
    return ". ".join([*told, "" if whole else "Chỉ in phần đang xem của văn bản"]).strip(". ") + "."


def _window(document: Document, pieces: Sequence[Piece], span: tuple[int, int] | None) -> tuple[int, int]:
    """The pieces to show: all where that is asked for, from where the reader moved to, around the span, or the first."""
    if st.query_params.get("het") and len(document.text) <= _WHOLE:
        return 0, len(pieces)
    moved: tuple[str, tuple[int, int] | None, int] | None = st.session_state.get("moved")
    if moved is not None and moved[:2] == (document.id, span):
        return moved[2], window_from(pieces, moved[2])
    if span is None:
        return 0, window_from(pieces, 0)
    first = window_before(pieces, piece_at(pieces, span[0]), characters=BEFORE)
    return first, window_from(pieces, first, through=span[1])


def _show_moves(
    document: Document,
    pieces: Sequence[Piece],
    first: int,
    end: int,
    span: tuple[int, int] | None,
    *,
    place: str,
) -> None:
    note(tell_part(pieces[first].start, pieces[end - 1].end, pieces[-1].end))
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
                args=(document.id, span, target),
            )
        if span:
            st.button(
                "Về đoạn trích dẫn", key=f"back-{place}", on_click=_move, args=(document.id, span, None)
            )
        if len(document.text) <= _WHOLE:
            st.button("Hiện toàn văn (để in)", key=f"whole-{place}", on_click=_show_whole)


def tell_part(start: int, end: int, last: int) -> str:
    """How much of a text of `last` characters is shown, from where to where.

    >>> tell_part(0, 40_000, 230_000), tell_part(200_000, 230_000, 230_000)
    ('Đang xem từ đầu đến 17% văn bản', 'Đang xem từ 87% đến hết văn bản')
    """
    first = "đầu" if start == 0 else f"{round(100 * start / last)}%"
    rest = "hết" if end >= last else f"{round(100 * end / last)}%"
    return f"Đang xem từ {first} đến {rest} văn bản"


def _show_whole() -> None:
    st.query_params["het"] = "1"


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
        "mark.scrollIntoView({block: 'center'}); mark.focus({preventScroll: true}); } }, 150);"
        "const follow = () => { const here = document.querySelector('.cc-outline [aria-current]'),"
        "list = here && here.closest('.cc-outline'); if (list) list.scrollTop += here.getBoundingClientRect().top"
        " - list.getBoundingClientRect().top - list.clientHeight / 3; };"
        # Once more when the fonts are there and the lines of the outline have their height.
        "setTimeout(follow, 200); document.fonts.ready.then(() => setTimeout(follow, 400));</script>",
        unsafe_allow_javascript=True,
    )
