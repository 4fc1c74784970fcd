"""Kho dữ liệu: what is held, what is missing, how more comes in, and whether all is well; a part at a time.

The part stands in the address (`phan`), so that it survives a reload and can be linked to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from corpus.errors import CorpusError
from pages.adding import show_adding
from pages.coverage_drawing import show_gaps
from pages.crawling import show_crawling
from pages.error_reports import show_reports
from pages.frame import ADDING, COLLECTING, HEALTH, note, require_settings, require_store, show_error, title
from pages.health import show_health
from pages.holdings_drawing import show_holdings
from settings import Settings

# By what they are called, on the page and in the address; the first one is shown where the address names none.
# A further part is one line more.
PARTS: Mapping[str, Callable[[Settings], None]] = {
    "Tổng quan": lambda settings: show_holdings(require_store(settings)),
    "Khoảng trống": lambda settings: show_gaps(require_store(settings)),
    ADDING: show_adding,
    COLLECTING: show_crawling,
    HEALTH: show_health,
    "Báo sai": lambda settings: show_reports(require_store(settings)),
}


def show() -> None:
    """The page."""
    settings = require_settings()
    title("Kho dữ liệu", "Kho có gì, còn thiếu gì, thêm vào thế nào, và có khỏe không.")
    first = next(iter(PARTS))
    chosen = st.segmented_control(
        "Phần của trang",
        list(PARTS),
        default=first,
        required=True,
        key="phan",
        label_visibility="collapsed",
        bind="query-params",
    )
    try:
        PARTS[chosen or first](settings)
    except CorpusError as error:
        show_error(error)
    note(f"Thư mục của kho: {settings.store}")


show()
