"""The map of the provinces of a store: how much is held of each, and which are compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from corpus.gazetteer import REORGANISED_ON, PlaceLevel, Scheme, list_units
from corpus.labels import today
from corpus.place_groups import Joining, ProvinceGroup, group_of
from corpus.store import Store
from index.comparison.holdings import Holdings
from pages.comparison_asking import MAPS, read_state
from pages.drawing import table_html
from pages.frame import note, section
from pages.tile_map import tiles_html, words_of_tiles


def show_map(store: Store) -> None:
    """The map of tiles with its counts; a tile adds its province to the comparison, or takes it away."""
    section("Bản đồ kho")
    which = st.radio("Bản đồ", list(MAPS), key="map", format_func=MAPS.__getitem__, horizontal=True)
    joined = st.session_state["joined"]
    counts = _count_held(store, which, joined and which == "34")
    if joined and which == "34":
        note("Đang gộp: mỗi ô gồm cả tài liệu của các tỉnh cũ nay thuộc tỉnh đó.")
    else:
        note("Mỗi ô chỉ tính tài liệu của đúng địa bàn trên bản đồ này, theo ngày của tài liệu.")
    state = read_state()
    st.html(tiles_html(which, counts, st.session_state["provinces"], partial(_toggled, state)))
    with st.expander("Bản đồ bằng chữ"):
        told = words_of_tiles(which, counts)
        st.html(table_html(("Tỉnh, thành phố", "Kho đang giữ"), told, "Bản đồ bằng chữ"))
        note("Các tỉnh, thành phố khác: không có dữ liệu.")


def _toggled(state: Mapping[str, str | list[str]], name: str) -> str:
    """The address of what is chosen with a province added, or taken away."""
    chosen = list(st.session_state["provinces"])
    provinces = [one for one in chosen if one != name] if name in chosen else [*chosen, name]
    return f"so-sanh?{urlencode({**state, 'tinh': provinces}, doseq=True)}"


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
    return _count(store, joining, today(), state.store_id, state.revision, state.edition)


@st.cache_resource(show_spinner=False, max_entries=4)
def _count(
    _store: Store, joining: Joining, as_of: date, store_id: str, revision: int, edition: int
) -> Mapping[ProvinceGroup, tuple[int, int]]:
    return Holdings(_store, _store.facets(), joining, None, as_of).count_all()
