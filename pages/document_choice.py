"""Văn bản without a document in the address: type a number, or go on with what was read lately."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from corpus.labels import vietnamese_date
from corpus.models import DocumentKind
from corpus.store import Store
from index.number_lookup import FoundNumber, NumberedDocument, look_up_number
from index.wording import MENTIONED
from pages.drawing import plain, shorten
from pages.frame import note, section, title
from pages.opened import list_documents
from pages.reader_drawing import recent_html, recent_script

NUMBER = "so_hieu"
_EXAMPLES = 3


def show_choice(store: Store) -> None:
    """The box, what was found, what was read lately, and examples."""
    title(
        "Đọc văn bản", "Gõ số, ký hiệu để mở thẳng văn bản; hoặc mở từ một câu trả lời, một kết quả tra cứu."
    )
    with st.form("number", border=False):
        typed = st.text_input(
            "Số, ký hiệu văn bản",
            value=st.query_params.get(NUMBER, ""),
            placeholder="Ví dụ: 04-NQ/TU, 30/2020/NĐ-CP, NQ 04",
        )
        if st.form_submit_button("Mở văn bản", type="primary"):
            st.query_params[NUMBER] = typed.strip()
    if asked := st.query_params.get(NUMBER):
        _show_found(store, asked)
    section("Đọc gần đây")
    st.html(recent_html())
    st.html(recent_script(), unsafe_allow_javascript=True)
    _show_examples(store)
    st.page_link("pages/tra_cuu.py", label="Tra cứu văn bản")


def _show_found(store: Store, asked: str) -> None:
    found = look_up_number(store, asked)
    if found is None:
        st.warning(
            f"“{plain(asked)}” không phải một số, ký hiệu. Hãy gõ như 04-NQ/TU hoặc 30/2020/NĐ-CP; "
            "để tìm theo nội dung, hãy dùng trang Tra cứu."
        )
        return
    held = [document for one in found for document in one.held]
    if len(found) == 1 and len(held) == 1:
        st.query_params.clear()
        st.query_params["doc"] = held[0].document_id
        st.rerun()
    if not found:
        st.warning(f"Kho không có và không nhắc tới văn bản nào mang số “{plain(asked)}”.")
        return
    section("Văn bản mang số này")
    for one in found:
        _show_number(one)


def _show_number(one: FoundNumber) -> None:
    for document in one.held:
        _link(document, document.title if one.symbol in document.title else f"{one.symbol}: {document.title}")
    if not one.held:
        note(f"{one.symbol}: {MENTIONED}. Được nhắc tới ở:")
        for document in one.named_in:
            _link(document, document.title)


def _link(document: NumberedDocument, name: str) -> None:
    known = (document.issuer, vietnamese_date(document.issued_on))
    more = ", ".join(one for one in known if one)
    parameters = {"doc": document.document_id}
    if document.named_at is not None:
        parameters |= {"start": str(document.named_at[0]), "end": str(document.named_at[1])}
    label = shorten(name, 180) + (f" ({more})" if more else "")
    _leave_for(parameters, label)


def _leave_for(parameters: dict[str, str], label: str) -> None:
    """A link to this very page: HTML, since one of Streamlit would not change the address."""
    link = f"doc-van-ban?{urlencode(parameters)}"
    st.html(f'<p class="cc-lead"><a href="{escape(link)}" target="_self">{escape(label)}</a></p>')


def _show_examples(store: Store) -> None:
    rows = [row for row in list_documents(store) if row["symbol"] and row["kind"] == DocumentKind.OFFICIAL]
    if rows:
        section("Mở thử")
        for row in rows[:_EXAMPLES]:
            _leave_for({"doc": row["id"]}, shorten(row["title"], 140))
