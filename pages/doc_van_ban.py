"""Văn bản: one document (?doc=…) with the cited span (&start=…&end=…) highlighted and in view; without one, a choice.

The address names the text (&v=…) that its offsets belong to: a page that changed since still shows what was
quoted, and says so. `xem` is the part of the page that is looked at, `so` what the text is compared with.
"""

from __future__ import annotations

import streamlit as st

from corpus.effect import find_effect
from corpus.errors import CorpusError, UnknownVersion
from corpus.labels import today
from corpus.models import Document, DocumentKind
from corpus.store import Store
from corpus.store_models import Correction
from corpus.store_rows import text_tag
from ingest.errors import RawStoreError
from ingest.raw_store import RawStore
from ingest.uploads import safe_name
from pages.address import follow_address, keep_in_address
from pages.document_choice import show_choice
from pages.drawing import (
    count_of,
    document_address,
    effect_html,
    facts_html,
    kind_note,
    notice_html,
    reading_html,
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
)
from pages.reader_drawing import (
    remember_script,
)
from pages.reader_text import read_span, show_text
from pages.reader_views import show_around, show_differences
from settings import Settings

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
        show_text(document, None if lost else read_span(document), address)
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
        effect = find_effect(store, document.id, as_of=today())
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


show()
