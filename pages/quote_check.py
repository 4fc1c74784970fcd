"""Kiểm tra bài viết: a speech or report that is pasted or uploaded, its quotations and numbers held against the store."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from corpus.store import Store
from index.checking.check import check_text
from index.checking.layout import items_of
from index.checking.models import CheckedNumber, CheckedQuotation, CheckedText
from index.checking.wording import sum_up, tell_basis
from ingest.errors import IngestError
from ingest.uploads import read_upload
from pages.check_drawing import marked_text_html, numbers_html, quotation_card_html, tone_of
from pages.drawing import count_of
from pages.frame import errors_told, note, section, show_error
from pages.opened import open_searcher
from settings import Settings

_TYPES = ["txt", "docx", "doc", "rtf", "md", "pdf"]
_HINTS = (
    'Lời trong dấu ngoặc kép “…”, «…», "…" và lời thuật sau số hiệu (“Nghị định số … quy định …”) được so từng chữ '
    "với văn bản trong kho.",
    "Chỉ khoảng trắng, xuống dòng, kiểu ngoặc kép và gạch nối, chữ hoa đầu câu và dấu cuối câu được phép khác.",
    "Mỗi số hiệu được xem có trong kho không, còn hiệu lực không, có gần giống một số khác không.",
)


@dataclass(frozen=True, slots=True)
class _Checked:
    """A text that was checked against one state of the store."""

    key: tuple[object, ...]
    checked: CheckedText
    word: bytes


def show_check(settings: Settings, store: Store) -> None:
    """The part of the page."""
    section("Kiểm tra bài viết")
    note("Mỗi trích dẫn, mỗi số hiệu trong bài viết được đối chiếu với kho văn bản.")
    text = _take_text()
    if text is None:
        return
    with errors_told():
        _show(_check(settings, store, text))


def _take_text() -> str | None:
    """The text to check: the one just sent, or the last one."""
    if "check_text" not in st.session_state:  # also after another part of the page was shown
        st.session_state["check_text"] = st.session_state.get("checked_text", "")
    with st.form("check", border=False):
        st.text_area(
            "Dán bài phát biểu, báo cáo, tin bài vào đây",
            key="check_text",
            height=240,
            placeholder="Ví dụ: Nghị quyết số … nêu rõ: “…”.",
        )
        upload = st.file_uploader("Hoặc chọn tệp", type=_TYPES, key="check_file")
        sent = st.form_submit_button("Kiểm tra", type="primary")
    if sent:
        typed: str = st.session_state["check_text"].strip()
        if not typed and upload is None:
            st.warning("Hãy dán bài viết hoặc chọn một tệp rồi nhấn Kiểm tra.")
            return None
        try:
            if upload is not None and not typed:
                typed = read_upload(upload.name, upload.getvalue())
        except IngestError as error:
            show_error(error)
            return None
        st.session_state["checked_text"] = typed
    text: str | None = st.session_state.get("checked_text")
    if text is None:
        items = "".join(f"<li>{hint}</li>" for hint in _HINTS)
        st.html(f'<ul class="cc-hints">{items}</ul>')
    return text


def _check(settings: Settings, store: Store, text: str) -> _Checked:
    """The result, kept until the text or the store changes."""
    from index.exports.checked import write_checked  # python-docx is loaded where it is needed

    state = store.state()
    key = (text, state.store_id, state.revision, state.edition)
    found: _Checked | None = st.session_state.get("checked")
    if found is None or found.key != key:
        searcher = open_searcher(settings, store)
        with st.spinner("Đang đối chiếu với kho…"):
            checked = check_text(store, searcher.lexical, text)
            found = _Checked(key, checked, write_checked(checked))
        st.session_state["checked"] = found
    return found


def _show(found: _Checked) -> None:
    checked = found.checked
    items = list(enumerate(items_of(checked), start=1))
    doubtful = [one for _, one in items if tone_of(one) not in ("right", "plain")]
    tone = "partly" if doubtful else "found"
    st.html(f'<p class="cc-outcome cc-{tone}" role="status">{sum_up(checked)}</p>')
    note(tell_basis(checked))
    if not items:
        return
    st.download_button(
        "Tải bài kèm nhận xét (.docx)",
        found.word,
        file_name="kiem-tra-trich-dan.docx",
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        on_click="ignore",
    )
    section("Bài viết")
    st.html(marked_text_html(checked))
    quotations = [(number, one) for number, one in items if isinstance(one, CheckedQuotation)]
    if quotations:
        section(f"Trích dẫn ({count_of(len(quotations))})")
        st.html("".join(quotation_card_html(number, one) for number, one in quotations))
    numbers = [(number, one) for number, one in items if isinstance(one, CheckedNumber)]
    if numbers:
        section("Số hiệu văn bản")
        st.html(numbers_html(numbers))
