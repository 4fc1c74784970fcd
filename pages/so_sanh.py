"""So sánh tỉnh: one theme or question over several provinces, every cell a citation; and the implementation radar."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from corpus.errors import CorpusError
from corpus.labels import today
from corpus.place_groups import Joining
from corpus.spreadsheet import rows_as_csv
from corpus.store import Store
from index.comparison import table, wording
from index.comparison.finding import compare
from index.comparison.models import Comparison
from index.errors import IndexRoomError
from index.exports.sources import describe_collection
from index.exports.workbook import make_workbook
from pages.comparison_asking import ask, keep_address, read_period, take_address
from pages.comparison_charts import (
    figures_in_words,
    figures_of,
    holdings_in_words,
    holdings_of,
    timeline_in_words,
    timeline_of,
    untimed,
)
from pages.comparison_drawing import notes_html, table_html, warnings_html
from pages.comparison_map import show_map
from pages.frame import errors_told, note, require_settings, require_store, section, show_error, title
from pages.opened import open_searcher
from pages.radar_asking import XLSX, show_radar
from settings import Settings

_KEPT = 16  # comparisons


def show() -> None:
    """The page."""
    settings = require_settings()
    title(
        "So sánh tỉnh",
        "Một chủ đề, nhiều tỉnh: mỗi ô là một trích dẫn kèm thời gian và địa bàn; chỗ không thấy thì nói kho đang giữ gì.",
    )
    store = require_store(settings)
    take_address()
    ask(store)
    theme, provinces = st.session_state["theme"].strip(), st.session_state["provinces"]
    keep_address()
    if theme and provinces:
        _show_comparison(settings, store)
    elif theme:
        st.info("Hãy chọn ít nhất một tỉnh, thành phố, rồi nhấn So sánh.")
    shown = (show_map, show_radar)
    # Who comes for the implementation of a document sees that first.
    for show_part in reversed(shown) if st.session_state["number"].strip() and not theme else shown:
        show_part(store)


# --- the comparison


def _show_comparison(settings: Settings, store: Store) -> None:
    with errors_told():
        _draw_comparison(store, _compare(settings, store))


def _draw_comparison(store: Store, given: Comparison) -> None:
    section("Bảng so sánh")
    note(f"So sánh {wording.heading(given)}.")
    if warned := warnings_html(given):
        st.html(warned)
    st.html(table_html(given))
    st.html(notes_html(given))
    _offer(store, given)
    _show_charts(given)


def _compare(settings: Settings, store: Store) -> Comparison:
    state = store.state()
    joining = Joining.NOW if st.session_state["joined"] else Joining.THEN
    theme, provinces = st.session_state["theme"].strip(), tuple(st.session_state["provinces"])
    period = read_period()
    asked = (theme, provinces, joining, period)
    key = (*asked, today(), state.store_id, state.revision, state.edition)
    kept = _kept()
    if key not in kept:
        so_far = st.empty()
        with st.spinner("Đang đọc tài liệu của từng tỉnh… (lần đầu cần thêm vài giây để nạp mô hình)"):
            kept[key] = compare(
                open_searcher(settings, store),
                theme,
                provinces,
                joining=joining,
                period=period,
                as_of=today(),
                progress=lambda found, done, of: _show_so_far(so_far, found, done, of),
            )
        so_far.empty()
        for old in list(kept)[:-_KEPT]:
            kept.pop(old, None)
    return kept[key]


def _show_so_far(place: DeltaGenerator, found: Comparison, done: int, of: int) -> None:
    """The rows that are there while the next one is read; where somebody turns to something else it ends here."""
    if done < of:
        told = f"Đã đọc {done}/{of} tỉnh, đang đọc tiếp…"
        place.html(f'<p class="cc-source" role="status">{told}</p>{table_html(found)}')


@st.cache_resource(show_spinner=False)
def _kept() -> dict[tuple[object, ...], Comparison]:
    """The last comparisons of all sessions. Drawing on the way is nothing that Streamlit's own cache could keep."""
    return {}


def _offer(store: Store, given: Comparison) -> None:
    try:
        sheets = table.make_sheets(store, given)  # through the gate; the file is made for whoever takes it
        rows = rows_as_csv(table.HEADER, table.make_rows(store, given))
    except (IndexRoomError, CorpusError) as error:
        show_error(error)
        return
    with st.container(horizontal=True, key="downloads"):
        st.download_button(
            "Tải Excel (.xlsx)", lambda: make_workbook(sheets), "so-sanh-tinh.xlsx", XLSX, on_click="ignore"
        )
        st.download_button("Tải .csv", rows, "so-sanh-tinh.csv", "text/csv", on_click="ignore")
    note(f"Theo {describe_collection(store)}.")


def _show_charts(given: Comparison) -> None:
    if (figures := figures_of(given)) is not None:
        section("Số liệu cùng đơn vị")
        st.vega_lite_chart(spec=figures, alt=figures_in_words(given))
        note(
            "Cùng đơn vị chưa chắc cùng một chỉ tiêu: rê chuột để xem đo gì, của năm nào, và đọc câu trích. "
            "Chỉ những con số đọc chắc được mới có ở đây."
        )
    if (timeline := timeline_of(given)) is not None:
        section("Theo thời gian")
        st.vega_lite_chart(spec=timeline, alt=timeline_in_words(given))
        if count := untimed(given):
            note(f"{count} đoạn không rõ thời gian, nên không có trên biểu đồ.")
    if (holdings := holdings_of(given)) is not None:
        section("Kho đang giữ gì của từng tỉnh")
        st.vega_lite_chart(spec=holdings, alt=holdings_in_words(given))
        note(
            "Tỉnh không có thanh: kho không giữ văn bản nào có ngày trong thời kỳ này; điều đó không phải là số không."
        )


show()
