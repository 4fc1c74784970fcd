"""The part of a page that asks for a document's number and shows who implements it."""

from __future__ import annotations

from datetime import date
from functools import cache

import streamlit as st

from corpus.errors import CorpusError
from corpus.labels import today
from corpus.spreadsheet import rows_as_csv
from corpus.store import Store
from corpus.symbols import find_symbols
from index.errors import IndexRoomError
from index.exports.workbook import make_workbook
from index.radar.finding import find_radar
from index.radar.models import Radar
from index.radar.table import HEADER, make_rows, make_sheet
from pages.frame import section, show_error
from pages.opened import edition_key
from pages.radar_drawing import draw_radar

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_radar(store: Store) -> None:
    """The number box and the radar of what it holds; the page keeps `st.session_state["number"]` in its address."""
    section("Rà soát triển khai một văn bản")
    with st.form("radar", border=False):
        st.text_input(
            "Số, ký hiệu văn bản: nơi nào đã có văn bản triển khai, nơi nào kho chưa thấy",
            key="number",
            max_chars=80,
            placeholder="Ví dụ: 263/QĐ-TTg",
            autocomplete="off",
        )
        st.form_submit_button("Rà soát")
    typed = st.session_state["number"].strip()
    if not typed:
        return
    symbols = [mention.canonical for mention in find_symbols(typed) if not mention.short]
    if len(symbols) != 1:
        st.warning("Hãy viết đủ một số, ký hiệu văn bản, ví dụ 263/QĐ-TTg.")
        return
    try:
        radar = _find(store, symbols[0], today(), *edition_key(store))
        draw_radar(radar)
        _offer_radar(store, radar)
    except (IndexRoomError, CorpusError) as error:
        show_error(error)


@st.cache_resource(show_spinner="Đang rà soát…", max_entries=16)
def _find(_store: Store, symbol: str, day: date, store_id: str, revision: int, edition: int) -> Radar:
    return find_radar(_store, cache(_store.document), symbol, as_of=day)


def _offer_radar(store: Store, radar: Radar) -> None:
    if radar.bearer is None:
        return
    book = make_workbook([make_sheet(store, radar)])
    rows = rows_as_csv(HEADER, make_rows(store, radar))
    with st.container(horizontal=True, key="radar-downloads"):
        st.download_button(
            "Tải Excel (.xlsx)", book, "ra-soat.xlsx", XLSX, on_click="ignore", key="radar-xlsx"
        )
        st.download_button("Tải .csv", rows, "ra-soat.csv", "text/csv", on_click="ignore", key="radar-csv")
