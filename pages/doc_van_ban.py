"""Văn bản: one document (?doc=…) with the cited span (&start=…&end=…) highlighted and in view; without one, a choice.

The address names the text (&v=…) that its offsets belong to: a page that changed since still shows what was
quoted, and says so. `xem` is the part of the page that is looked at, `so` what the text is compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from corpus.effect import find_effect
from corpus.errors import CorpusError, UnknownVersion
from corpus.labels import UNKNOWN, tell_fetch, vietnamese_date
from corpus.models import Document, DocumentKind
from corpus.store import Store
from corpus.store_models import Correction
from corpus.store_rows import text_tag
from index.cards.wording import card_parameters
from ingest.errors import RawStoreError
from ingest.raw_store import RawStore
from ingest.uploads import safe_name
from pages.address import follow_address, keep_in_address
from pages.document_choice import show_choice
from pages.drawing import (
    BEFORE,
    MARK_ID,
    Piece,
    count_of,
    document_address,
    effect_html,
    facts_html,
    kind_note,
    notice_html,
    piece_at,
    reading_html,
    text_html,
    window_before,
    window_from,
)
from pages.fact_forms import EDITED, show_form, show_saved
from pages.frame import note, require_settings, require_store, show_error, title
from pages.history_drawing import (
    copies_html,
    corrections_html,
    cuts_html,
    versions_html,
)
from pages.opened import (
    open_document,
    open_layout,
)
from pages.reader_drawing import (
    anchors_of,
    outline_html,
    reader_html,
    remember_script,
)
from pages.reader_views import show_around, show_differences
from settings import Settings

_WHOLE = 400_000  # characters of a text that is shown on one page when that is asked for
_TEXT, _AROUND, _OTHERS = "toan-van", "lien-quan", "cac-ban"
_VIEWS = {_TEXT: "Toàn văn", _AROUND: "Văn bản liên quan", _OTHERS: "Các bản và khác biệt"}


def show() -> None:
    """The page."""
    settings = require_settings()
    store = require_store(settings)
    if not st.query_params.get("doc"):
        show_choice(store)
        return
    try:
        document, lost = _open(store)
    except CorpusError as error:
        title("Đọc văn bản")
        show_error(error)
        st.page_link("pages/tra_cuu.py", label="Tra cứu văn bản")
    else:
        _show_document(settings, store, document, lost=lost)


def _open(store: Store) -> tuple[Document, bool]:
    """The document with the text that the address names; whether that text is not there any more."""
    document_id, tag = st.query_params.get("doc", ""), st.query_params.get("v")
    try:
        return open_document(store, document_id, tag), False
    except UnknownVersion:
        return open_document(store, document_id), True


def _show_document(settings: Settings, store: Store, document: Document, *, lost: bool) -> None:
    corrections = store.corrections(document.id)
    tag = text_tag(document.text)
    old = tag != store.tag(document.id)
    address = document_address(document.id, tag)
    with st.container(horizontal=True, key="reader_back"):
        if asked := st.session_state.get("asked"):
            st.page_link(
                "pages/hoi_dap.py",
                label="← Quay lại câu trả lời",
                query_params=st.session_state.get("asking", {"q": asked}),
            )
        st.page_link("pages/tra_cuu.py", label="Tra cứu văn bản")
    title(document.title)
    st.html(remember_script(document.id, document.title), unsafe_allow_javascript=True)
    _show_age(document, lost=lost, old=old)
    if notice := notice_html(document.facts.kind, kind_note(corrections)):
        st.html(notice)
    show_saved()
    st.html(facts_html(document, corrections, address, edit="" if old else f"{address}&{EDITED}="))
    if not old:
        show_form(settings, document, corrections)
    _show_original(store, document)
    if reading := reading_html(document):
        st.html(reading)
    _show_effect(store, document)
    _show_copies(store, document)
    view = _choose_view()
    if view == _TEXT:
        _show_text(document, None if lost else _read_span(document), address)
    elif view == _AROUND:
        show_around(store, document, address)
    else:
        show_differences(store, document, tag)
    _show_history(store, document, corrections)
    if document.cuts:
        with st.expander(f"Phần đã lược bỏ khỏi trang ({count_of(len(document.cuts))})"):
            st.html(cuts_html(document))
    note(f"Mã trong kho: {document.id} · {count_of(len(document.text))} ký tự")


def _choose_view() -> str:
    """The part of the page that is looked at; it is in the address."""
    key = f"view-{st.query_params['doc']}"
    follow_address(key, "xem", default=_TEXT, known=_VIEWS)
    chosen = st.segmented_control(
        "Xem",
        list(_VIEWS),
        format_func=_VIEWS.__getitem__,
        key=key,
        on_change=keep_in_address,
        args=(key, "xem"),
        label_visibility="collapsed",
        required=True,
    )
    return chosen or _TEXT


def _show_age(document: Document, *, lost: bool, old: bool) -> None:
    """Whether this is the text that the address names, and whether it is that of today."""
    if lost:
        st.warning(
            "Văn bản đã thay đổi từ khi có địa chỉ này và bản khi đó không còn trong kho. "
            "Dưới đây là bản hiện nay; đoạn trích có thể không còn như cũ."
        )
    elif old:
        st.warning("Đây là bản đọc cũ, đúng như khi được trích dẫn. Trang gốc nay đã thay đổi.")
        st.html(
            f'<p class="cc-lead"><a href="doc-van-ban?doc={document.id}" target="_self">Xem bản hiện nay</a></p>'
        )


def _show_original(store: Store, document: Document) -> None:
    """The bytes that the text was read from, to be saved: they are never shown as a page of ours."""
    raw = RawStore(store.folder / "raw")
    if document.sha256 not in raw:
        note("Kho không giữ tệp gốc của bản này.")
        return
    source = store.page_source(document.id)
    same = source.sha256 == document.sha256
    name = _file_name(source.name if same else None, source.media_type)
    st.download_button(
        f"Tải tệp gốc: {name}",
        data=lambda: _read_original(raw, document.sha256),
        file_name=name,
        mime=source.media_type or "application/octet-stream",
        on_click="ignore",
        type="tertiary",
        key="original",
    )


def _read_original(raw: RawStore, sha256: str) -> bytes:
    """The bytes; where they are damaged the file says so, since nothing else can be shown by then."""
    try:
        return raw.get(sha256)
    except RawStoreError as error:
        return str(error).encode()


def _file_name(name: str | None, media_type: str | None) -> str:
    """The name of the file, of a line of a file that of the line."""
    held, _, line = (name or "").partition("#")
    if line and media_type == "application/json":
        return safe_name(f"{line}.json")
    return safe_name(line or held or "tep-goc")


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


# --- the text


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


def _show_text(document: Document, span: tuple[int, int] | None, address: str) -> None:
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
        f"In từ Căn Cứ ngày {date.today():%d/%m/%Y}, mã văn bản {document.id}",
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
                args=(document.id, span, target),
            )
        if span:
            st.button(
                "Về đoạn trích dẫn", key=f"back-{place}", on_click=_move, args=(document.id, span, None)
            )
        if len(document.text) <= _WHOLE:
            st.button("Hiện toàn văn (để in)", key=f"whole-{place}", on_click=_show_whole)


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


show()
