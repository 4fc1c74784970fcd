"""So sánh tỉnh: one theme or question over several provinces, every cell a citation; and the implementation radar.

What is asked stands in the address (`q`, `tinh`, `nay`, `gd`, `ban-do`, `so`), so that it survives a reload and can
be passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from urllib.parse import urlencode

import altair as alt
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from corpus.errors import CorpusError
from corpus.gazetteer import REORGANISED_ON, PlaceLevel, Scheme, find_units, list_units, same_area, successors
from corpus.place_groups import Joining, ProvinceGroup, group_of
from corpus.spreadsheet import rows_as_csv
from corpus.store import Store
from index.comparison import table, wording
from index.comparison.finding import compare
from index.comparison.holdings import Holdings
from index.comparison.models import Comparison, Span
from index.comparison.times import read_span
from index.errors import IndexRoomError
from index.exports.sources import describe_collection
from index.exports.workbook import make_workbook
from ingest.published import VIETNAM
from pages.chart_colours import AS_ELEMENTS
from pages.comparison_drawing import (
    figures_in_words,
    figures_of,
    holdings_in_words,
    holdings_of,
    notes_html,
    table_html,
    timeline_in_words,
    timeline_of,
    untimed,
    warnings_html,
)
from pages.drawing import table_html as plain_table_html
from pages.frame import errors_told, note, require_settings, require_store, section, show_error, title
from pages.opened import list_documents, open_searcher
from pages.radar_asking import XLSX, show_radar
from pages.tile_map import tiles_html, words_of_tiles
from settings import Settings

_EXAMPLES = ("xây dựng nông thôn mới", "chuyển đổi số", "cải cách hành chính")
_LENGTH = 300  # characters of a theme
_MOST = 10  # provinces
_KEPT = 16  # comparisons
_SHOWN = 4  # provinces that an example is shown with
_MAPS = {"34": "34 tỉnh, thành phố (từ 1/7/2025)", "63": "63 tỉnh, thành phố (trước 1/7/2025)"}


def show() -> None:
    """The page."""
    settings = require_settings()
    title(
        "So sánh tỉnh",
        "Một chủ đề, nhiều tỉnh: mỗi ô là một trích dẫn kèm thời gian và địa bàn; chỗ không thấy thì nói kho đang giữ gì.",
    )
    store = require_store(settings)
    _take_address()
    _ask(store)
    theme, provinces = st.session_state["theme"].strip(), st.session_state["provinces"]
    _keep_address()
    if theme and provinces:
        _show_comparison(settings, store)
    elif theme:
        st.info("Hãy chọn ít nhất một tỉnh, thành phố, rồi nhấn So sánh.")
    shown = (_show_map, show_radar)
    # Who comes for the implementation of a document sees that first.
    for show_part in reversed(shown) if st.session_state["number"].strip() and not theme else shown:
        show_part(store)


# --- asking


def _take_address() -> None:
    """What the address asks for, into the widgets: at the first run, and where it has changed by itself."""
    asked = {
        name: tuple(st.query_params.get_all(name)) for name in ("q", "tinh", "nay", "gd", "ban-do", "so")
    }
    if st.session_state.get("compare_address") == asked and "theme" in st.session_state:
        return
    if not any(asked.values()) and "compare_kept" in st.session_state:  # back from another page
        asked = st.session_state["compare_kept"]
    st.session_state["theme"] = "".join(asked["q"][:1])[:_LENGTH]
    known = _options()
    st.session_state["provinces"] = [name for name in dict.fromkeys(asked["tinh"]) if name in known][:_MOST]
    st.session_state["joined"] = asked["nay"] == ("1",)
    st.session_state["period"] = "".join(asked["gd"][:1])[:60]
    wanted = "".join(asked["ban-do"][:1])
    st.session_state["map"] = wanted if wanted in _MAPS else "34"
    st.session_state["number"] = "".join(asked["so"][:1])[:80]


def _keep_address() -> None:
    state = _state()
    for name in ("q", "tinh", "nay", "gd", "ban-do", "so"):
        if name in state:
            st.query_params[name] = state[name]
        elif name in st.query_params:
            del st.query_params[name]
    kept = {name: tuple(st.query_params.get_all(name)) for name in ("q", "tinh", "nay", "gd", "ban-do", "so")}
    st.session_state["compare_address"] = st.session_state["compare_kept"] = kept


def _state() -> dict[str, str | list[str]]:
    """What the address must tell."""
    told: dict[str, str | list[str]] = {
        "q": st.session_state["theme"].strip(),
        "tinh": list(st.session_state["provinces"]),
        "nay": "1" if st.session_state["joined"] else "",
        "gd": st.session_state["period"].strip(),
        "ban-do": st.session_state["map"] if st.session_state["map"] != "34" else "",
        "so": st.session_state["number"].strip(),
    }
    return {name: value for name, value in told.items() if value}


def _ask(store: Store) -> None:
    with st.form("compare", border=False):
        st.text_input(
            "Chủ đề hoặc câu hỏi",
            key="theme",
            max_chars=_LENGTH,
            placeholder="Ví dụ: giảm nghèo bền vững",
            autocomplete="off",
        )
        st.multiselect(
            "Tỉnh, thành phố (cũ hoặc mới)",
            list(_options()),
            key="provinces",
            format_func=_options().__getitem__,
            max_selections=_MOST,
            placeholder="Chọn các tỉnh để so",
        )
        left, right = st.columns(2, vertical_alignment="bottom")
        left.text_input(
            "Thời kỳ (để trống: mọi thời kỳ)",
            key="period",
            max_chars=60,
            placeholder="2016-2020",
            autocomplete="off",
        )
        right.toggle("Gộp theo tỉnh hiện nay", key="joined")
        st.form_submit_button("So sánh", type="primary")
    if not st.session_state["theme"].strip():
        note("Chưa biết bắt đầu từ đâu? Chọn một ví dụ; các tỉnh có nhiều tài liệu trong kho được chọn sẵn.")
        with st.container(key="choices", gap="small"):
            for number, theme in enumerate(_EXAMPLES):
                st.button(
                    f"So sánh: {theme}",
                    key=f"compare-example-{number}",
                    on_click=_take_example,
                    args=(theme, _held_most(store)),
                    width="stretch",
                )


def _take_example(theme: str, provinces: list[str]) -> None:
    st.session_state["theme"] = theme
    st.session_state["provinces"] = st.session_state["provinces"] or provinces


def _held_most(store: Store) -> list[str]:
    counts: dict[str, int] = {}
    for row in list_documents(store):
        if row["province"] in _options():
            counts[row["province"]] = counts.get(row["province"], 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))[:_SHOWN]


@cache
def _options() -> Mapping[str, str]:
    """Province → what it is called in the list: every name of both maps, with what became of it."""
    names = {unit.name for scheme in Scheme for unit in list_units(PlaceLevel.PROVINCE, scheme)}
    return {name: _call(name) for name in sorted(names, key=lambda name: name.replace("Đ", "D~"))}


def _call(name: str) -> str:
    (before,) = find_units(name, PlaceLevel.PROVINCE, Scheme.BEFORE)
    now = successors(before)[0].after
    if now.name != name:
        return f"{name} (nay thuộc {now.name})"
    return name if same_area(before, now) else f"{name} (trước và từ 1/7/2025)"


def _period() -> Span | None:
    typed = st.session_state["period"].strip()
    if not typed:
        return None
    span = read_span(typed, _today())
    if span is None:
        st.warning(
            "Không đọc được thời kỳ; bảng dưới đây là mọi thời kỳ. Hãy viết như 2016-2020, năm 2021 hoặc từ 2021 đến 2023."
        )
    return span


def _today() -> date:
    return datetime.now(VIETNAM).date()


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
    period = _period()
    asked = (theme, provinces, joining, period)
    key = (*asked, _today(), state.store_id, state.revision, state.edition)
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
                as_of=_today(),
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
        book = make_workbook(table.make_sheets(store, given))
        rows = rows_as_csv(table.HEADER, table.make_rows(store, given))
    except (IndexRoomError, CorpusError) as error:
        show_error(error)
        return
    with st.container(horizontal=True, key="downloads"):
        st.download_button("Tải Excel (.xlsx)", book, "so-sanh-tinh.xlsx", XLSX, on_click="ignore")
        st.download_button("Tải .csv", rows, "so-sanh-tinh.csv", "text/csv", on_click="ignore")
    note(f"Theo {describe_collection(store)}.")


def _show_charts(given: Comparison) -> None:
    if (figures := figures_of(given)) is not None:
        section("Số liệu cùng đơn vị")
        _draw(figures, figures_in_words(given))
        note(
            "Cùng đơn vị chưa chắc cùng một chỉ tiêu: rê chuột để xem đo gì, của năm nào, và đọc câu trích. "
            "Chỉ những con số đọc chắc được mới có ở đây."
        )
    if (timeline := timeline_of(given)) is not None:
        section("Theo thời gian")
        _draw(timeline, timeline_in_words(given))
        if count := untimed(given):
            note(f"{count} đoạn không rõ thời gian, nên không có trên biểu đồ.")
    if (holdings := holdings_of(given)) is not None:
        section("Mẫu số: kho đang giữ gì")
        _draw(holdings, holdings_in_words(given))
        note(
            "Tỉnh không có thanh: kho không giữ văn bản nào có ngày trong thời kỳ này; điều đó không phải là số không."
        )


def _draw(chart: alt.Chart | alt.LayerChart | alt.FacetChart, told: str) -> None:
    styled = (
        chart.configure_view(stroke=None).configure_axis(labelFontSize=13).properties(usermeta=AS_ELEMENTS)
    )
    st.altair_chart(styled, alt=told)


# --- the map


def _show_map(store: Store) -> None:
    section("Bản đồ kho")
    which = st.radio("Bản đồ", list(_MAPS), key="map", format_func=_MAPS.__getitem__, horizontal=True)
    joined = st.session_state["joined"]
    counts = _count_held(store, which, joined and which == "34")
    if joined and which == "34":
        note("Đang gộp: mỗi ô gồm cả tài liệu của các tỉnh cũ nay thuộc tỉnh đó.")
    else:
        note("Mỗi ô chỉ tính tài liệu của đúng địa bàn trên bản đồ này, theo ngày của tài liệu.")
    st.html(tiles_html(which, counts, st.session_state["provinces"], _toggled))
    with st.expander("Bản đồ bằng chữ"):
        told = words_of_tiles(which, counts)
        st.html(plain_table_html(("Tỉnh, thành phố", "Kho đang giữ"), told, "Bản đồ bằng chữ"))
        note("Các tỉnh, thành phố khác: không có dữ liệu.")


def _toggled(name: str) -> str:
    """The address with a province added, or taken away."""
    state = _state()
    chosen = list(st.session_state["provinces"])
    state["tinh"] = [one for one in chosen if one != name] if name in chosen else [*chosen, name]
    return f"so-sanh?{urlencode(state, doseq=True)}"


def _count_held(store: Store, which: str, joined: bool) -> Mapping[str, tuple[int, int]]:
    """Province of a map → (documents, pages) held of its area."""
    counted = _counted(store, Joining.NOW if joined else Joining.THEN)
    scheme = Scheme.AFTER if which == "34" else Scheme.BEFORE
    groups = {
        unit.name: _group(unit.name, scheme, joined) for unit in list_units(PlaceLevel.PROVINCE, scheme)
    }
    return {name: counted[group] for name, group in groups.items() if group in counted}


def _group(name: str, scheme: Scheme, joined: bool) -> ProvinceGroup:
    day = REORGANISED_ON if scheme is Scheme.AFTER else REORGANISED_ON - timedelta(days=1)
    return group_of(name, day, Joining.NOW if joined else Joining.THEN)


def _counted(store: Store, joining: Joining) -> Mapping[ProvinceGroup, tuple[int, int]]:
    state = store.state()
    return _count(store, joining, _today(), state.store_id, state.revision, state.edition)


@st.cache_resource(show_spinner=False, max_entries=4)
def _count(
    _store: Store, joining: Joining, as_of: date, store_id: str, revision: int, edition: int
) -> Mapping[ProvinceGroup, tuple[int, int]]:
    return Holdings(_store, _store.facets(), joining, None, as_of).count_all()


show()
