"""The parts of the page of a document beside its text: what stands around it, other texts of it and what differs."""

from __future__ import annotations

import streamlit as st

from corpus.errors import CorpusError
from corpus.labels import vietnamese_date
from corpus.models import Document, DocumentKind, Reference
from corpus.store import Store
from corpus.symbols import symbol_key
from pages.address import follow_address, keep_in_address
from pages.drawing import count_of, name_source, shorten
from pages.frame import note, section, show_error
from pages.graph_drawing import graph_html, neighbours_html
from pages.history_drawing import references_html
from pages.opened import compare_documents, open_neighbourhood
from pages.reader_drawing import differences_html

_REFERENCES = 200  # rows of one table


# --- documents around it


def show_around(store: Store, document: Document, address: str) -> None:
    """The documents around one, with the words that prove it, then all that its text names."""
    _show_neighbours(store, document)
    _show_references(store, document, address)


def _show_neighbours(store: Store, document: Document) -> None:
    if document.facts.kind is DocumentKind.NEWS:
        note(
            "Trang đưa tin không phải văn bản, nên không có căn cứ hay văn bản thực hiện. Dưới đây là các văn bản mà trang nhắc tới."
        )
        return
    found = open_neighbourhood(store, document.id)
    facts = document.facts
    name = f"{facts.type.value if facts.type else 'Văn bản'} {facts.symbol.value if facts.symbol else ''}"
    st.html(graph_html(found, name.strip()))
    if table := neighbours_html(found):
        section("Câu chứng minh từng quan hệ")
        st.html(table)
    note("Theo những gì có trong kho; văn bản không thấy ở đây vẫn có thể đã được ban hành.")


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


# --- other texts of it


def show_differences(store: Store, document: Document, tag: str) -> None:
    """A text to compare with, earlier ones of the page or copies of it elsewhere, and what differs."""
    others = _others(store, document, tag)
    if not others:
        st.info(
            "Kho chỉ có một bản của văn bản này. Khi trang gốc thay đổi, bản cũ được giữ lại; khi văn bản cũng có ở "
            "nơi khác, các bản đứng ở đây để so từng chữ."
        )
        return
    key = f"other-{document.id}-{tag}"
    follow_address(key, "so", default=None, known=others)
    chosen = st.selectbox(
        "So bản đang xem với",
        list(others),
        format_func=others.__getitem__,
        placeholder="Chọn một bản",
        key=key,
        on_change=keep_in_address,
        args=(key, "so"),
    )
    if chosen is None:
        note("Chọn một bản để thấy từng chữ được thêm, bị bỏ.")
        return
    try:
        comparison = compare_documents(store, document, chosen)
    except CorpusError as error:
        show_error(error)
        return
    st.html(differences_html(comparison, old="bản được chọn", new="bản đang xem"))


def _others(store: Store, document: Document, tag: str) -> dict[str, str]:
    """Name in the address (tag of a text, or id of a copy) → what it is called."""
    present = store.tag(document.id)
    named = {} if present == tag else {present: "Bản hiện nay"}
    for version in reversed(store.versions(document.id)):
        if version.tag != tag:
            day = vietnamese_date(version.read_at[:10])
            named.setdefault(version.tag, f"Bản đọc cũ ngày {day} ({count_of(version.characters)} ký tự)")
    for copy in store.sources(store.copies(document.id)):
        named[copy.document_id] = f"Bản ở {name_source(copy)}: {shorten(copy.title, 90)}"
    return named
