"""Kho dữ liệu: what is held, what is missing, how more comes in, and whether all is well; a part at a time.

The part stands in the address (`phan`), so that it survives a reload and can be linked to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from corpus.errors import CorpusError
from pages.adding import show_adding
from pages.coverage_drawing import show_gaps
from pages.crawling import show_crawling
from pages.frame import note, require_settings, require_store, show_error, title
from pages.health import show_health
from pages.holdings_drawing import show_holdings
from settings import Settings


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its name and what draws it."""

    name: str
    show: Callable[[Settings], None]


# By what stands in the address; the first one is shown where it names none.
PARTS = {
    "tong-quan": Part("Tổng quan", lambda settings: show_holdings(require_store(settings))),
    "khoang-trong": Part("Khoảng trống", lambda settings: show_gaps(require_store(settings))),
    "them-van-ban": Part("Thêm văn bản", show_adding),
    "thu-thap": Part("Thu thập", show_crawling),
    "suc-khoe": Part("Sức khỏe", show_health),
}


def show() -> None:
    """The page."""
    settings = require_settings()
    title("Kho dữ liệu", "Kho có gì, còn thiếu gì, thêm vào thế nào, và có khỏe không.")
    part = PARTS[_choose_part()]
    try:
        part.show(settings)
    except CorpusError as error:
        show_error(error)
    note(f"Thư mục của kho: {settings.store}")


def _choose_part() -> str:
    asked = st.query_params.get("phan", "")
    first = next(iter(PARTS))
    if asked != st.session_state.get("part_asked"):  # another address
        st.session_state["part"] = asked if asked in PARTS else first
    chosen = st.segmented_control(
        "Phần",
        list(PARTS),
        required=True,
        format_func=lambda slug: PARTS[slug].name,
        key="part",
        label_visibility="collapsed",
    )
    slug = chosen if chosen in PARTS else first
    if asked != slug and (asked or slug != first):
        st.query_params["phan"] = slug
    st.session_state["part_asked"] = st.query_params.get("phan", "")
    return slug


show()
