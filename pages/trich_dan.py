"""Trích dẫn: find a sentence to quote, make its card, check the quotations of a text.

The address says which part is shown (`phan`) and what it shows: a theme with its filters, or the span of a card
(`doc`, `v`, `start`, `end`).
"""

from __future__ import annotations

from types import MappingProxyType

import streamlit as st

from pages.frame import errors_told, require_settings, require_store, title
from pages.quote_card import show_card
from pages.quote_check import show_check
from pages.quote_find import show_find

FIND, CARD, CHECK = "tim", "the", "kiem-tra"
_PARTS = MappingProxyType({FIND: "Tìm câu trích", CARD: "Thẻ trích dẫn", CHECK: "Kiểm tra bài viết"})


def show() -> None:
    """The page."""
    settings = require_settings()
    title("Trích dẫn", "Tìm câu để trích, lập thẻ trích dẫn có chú thích, kiểm tra trích dẫn trong bài viết.")
    store = require_store(settings)
    part = _choose_part()
    with errors_told():
        if part == CHECK:
            show_check(settings, store)
        elif part == CARD:
            show_card(store)
        else:
            show_find(settings, store)


def _choose_part() -> str:
    """The part that the address names; choosing another changes the address."""
    asked = st.query_params.get("phan", "")
    if asked not in _PARTS:
        asked = CARD if "doc" in st.query_params else FIND
    st.session_state["quote_part"] = asked  # the address leads, also back and forth in the history
    st.segmented_control(
        "Phần của trang",
        list(_PARTS),
        key="quote_part",
        required=True,
        format_func=lambda part: _PARTS[part],
        on_change=_turn,
        label_visibility="collapsed",
    )
    return asked


def _turn() -> None:
    st.query_params["phan"] = st.session_state["quote_part"]


show()
