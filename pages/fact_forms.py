"""Correcting a fact where it is shown: what is true instead, who says so and why; and taking that back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import streamlit as st

from corpus.corrections import KIND
from corpus.errors import CorpusError
from corpus.labels import FACTS, KINDS, UNKNOWN, vietnamese_date
from corpus.models import Body, Document, DocumentKind, Fact, Level
from corpus.places import all_provinces
from corpus.store import Store, may_write
from corpus.store_models import Correction
from pages.drawing import plain
from pages.frame import note, show_error
from settings import Settings

EDITED = "sua"  # the fact that is corrected, in the address of the page
_NAMES: Mapping[str, str] = {KIND: "Loại trang", **FACTS}
_DATES = ("issued_on", "effective_on", "expires_on")
_CHOICES: Mapping[str, Sequence[StrEnum]] = {"level": tuple(Level), "system": tuple(Body)}
_SAVED = "fact_saved"


def show_saved() -> None:
    """What was saved by the form, once."""
    if told := st.session_state.pop(_SAVED, None):
        st.success(plain(told))


def show_form(settings: Settings, document: Document, corrections: Sequence[Correction]) -> None:
    """The form for the fact that the address names; nothing where it names none."""
    name = st.query_params.get(EDITED)
    if name is None:
        return
    if not may_write(settings.store):
        st.warning("Kho này chỉ cho phép đọc, nên không sửa được thông tin. Hãy nhờ người quản lý kho.")
        return
    if name not in _NAMES:
        st.warning("Địa chỉ nhắc tới một thông tin không có. Hãy bấm “Sửa” bên cạnh thông tin cần sửa.")
        return
    with st.container(border=True, key="fact_form"):
        st.html(f'<h2 class="cc-small-title" id="sua-thong-tin">Sửa: {_NAMES[name]}</h2>')
        _show_present(document, name)
        _show_fields(settings, document, name, corrections)
        _bring_into_view(document.id, name)


def _bring_into_view(document_id: str, name: str) -> None:
    """Scroll to the form and put the cursor into its first field, once for each that is opened."""
    st.html(
        f"<script>/* {document_id} {name} */ setTimeout(() => {{"
        "const form = document.querySelector('.st-key-fact_form'); if (!form) return;"
        "form.scrollIntoView({block: 'center'}); const field = form.querySelector('input');"
        "if (field) field.focus({preventScroll: true}); }, 200);</script>",
        unsafe_allow_javascript=True,
    )


def _show_present(document: Document, name: str) -> None:
    value = _present(document, name)
    shown = vietnamese_date(value) if name in _DATES else value
    note(f"Đang ghi: {shown or UNKNOWN}")


def _present(document: Document, name: str) -> str | None:
    if name == KIND:
        return KINDS[document.facts.kind]
    fact: Fact | None = getattr(document.facts, name)
    return fact.value if fact else None


def _show_fields(
    settings: Settings, document: Document, name: str, corrections: Sequence[Correction]
) -> None:
    corrected = any(c.name == name and c.holds for c in corrections)
    with st.form(f"correct-{document.id}-{name}", border=False):
        value = _ask_value(document, name)
        unknown = name != KIND and st.checkbox("Không rõ (văn bản không ghi)", key=f"unknown-{name}")
        left, right = st.columns(2)
        by = left.text_input("Người sửa", key="correct_by", placeholder="Họ tên hoặc đơn vị")
        reason = right.text_input(
            "Lý do", key=f"reason-{name}", placeholder="Ví dụ: bản quét mờ, số bị đọc sai"
        )
        with st.container(horizontal=True):
            save = st.form_submit_button("Lưu giá trị mới", type="primary")
            undo = corrected and st.form_submit_button("Bỏ lần sửa gần nhất")
            leave = st.form_submit_button("Thôi")
    if leave:
        _close(None)
    if not (save or undo):
        return
    if not by.strip() or not reason.strip():
        st.error("Hãy ghi người sửa và lý do, để người sau biết vì sao thông tin được đổi.")
        return
    if save and not unknown and not value.strip():
        st.error("Hãy ghi giá trị mới, hoặc đánh dấu “Không rõ” nếu văn bản không ghi.")
        return
    _save(settings, document, name, None if undo else ("" if unknown else value), by, reason)


def _ask_value(document: Document, name: str) -> str:
    """The new value as it was typed or chosen; nothing is kept from the form of another fact."""
    label, value = "Giá trị mới", _present(document, name)
    key = f"value-{document.id}-{name}"
    if name == KIND:
        kinds = [KINDS[kind] for kind in DocumentKind]
        return str(st.selectbox(label, kinds, index=kinds.index(value or kinds[0]), key=key))
    if name in _CHOICES or name == "province":
        options = list(all_provinces()) if name == "province" else [str(one) for one in _CHOICES[name]]
        index = options.index(value) if value in options else None
        return st.selectbox(label, options, index=index, placeholder="Chọn", key=key) or ""
    shown = vietnamese_date(value) if name in _DATES else value
    example = "Ví dụ: 15/7/2021" if name in _DATES else "Ví dụ: 04-NQ/TU" if name == "symbol" else None
    return st.text_input(label, value=shown or "", placeholder=example, key=key)


def _save(settings: Settings, document: Document, name: str, value: str | None, by: str, reason: str) -> None:
    """Write the correction (`value` None: take the last one back) and show the page as it is then."""
    try:
        with Store.open(settings.store) as writing, writing.writing():
            if value is None:
                writing.undo_correction(document.id, name, by=by, reason=reason)
            else:
                writing.correct(document.id, name, value, by=by, reason=reason)
    except CorpusError as error:
        show_error(error)
        return
    _close(f"{'Đã bỏ lần sửa' if value is None else 'Đã ghi thông tin'}: {_NAMES[name]}.")


def _close(saved: str | None) -> None:
    if saved:
        st.session_state[_SAVED] = saved
    del st.query_params[EDITED]
    st.rerun()
