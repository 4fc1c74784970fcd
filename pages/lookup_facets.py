"""The facets of the page Tra cứu: values with their counts, to be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from corpus.facets import Facet, Filters
from corpus.labels import FACET_UNITS, FACETS, UNKNOWN
from corpus.places import current_province
from index.lookup.address import PARAMETERS, Asked, choose, values_of
from index.lookup.listing import FacetChoices, Listing
from pages.drawing import count_of, plain
from pages.lookup_drawing import tell_choice
from pages.lookup_state import change

_SHOWN = 6  # values of a facet at first sight; the others are chosen from a list
_ADD = "Chọn trong {} {} khác"


def draw_facets(asked: Asked, listing: Listing) -> None:
    # On a narrow screen style.css shows what follows only while this is open; its words must not change,
    # or it would close at every choice.
    st.html('<details class="cc-fold"><summary>Bộ lọc</summary></details>')
    choices = {one.facet: one for one in listing.choices}
    with st.container(key="lookup_facet_list", gap="small"):
        if asked.filters:
            st.button("Bỏ mọi bộ lọc", on_click=partial(change, filters=Filters()))
        for facet in PARAMETERS:
            if facet not in (Facet.PROVINCE, Facet.PROVINCE_TODAY):
                _draw_facet(asked, choices[facet])
            elif facet is Facet.PROVINCE:
                _draw_provinces(asked, choices)


def _draw_provinces(asked: Asked, choices: Mapping[Facet, FacetChoices]) -> None:
    """The provinces as documents name them, or those of today with all that was merged into them."""
    known = choices[Facet.PROVINCE]
    if not (
        any(known.counts.values())
        or known.unknown
        or asked.filters.provinces
        or asked.filters.provinces_today
    ):
        return
    chosen = Facet.PROVINCE_TODAY if asked.filters.provinces_today else Facet.PROVINCE
    if asked.filters.provinces or asked.filters.provinces_today:
        st.session_state["lookup_today"] = chosen is Facet.PROVINCE_TODAY
    today = st.session_state.get("lookup_today", False)
    _draw_facet(asked, choices[Facet.PROVINCE_TODAY if today else Facet.PROVINCE])
    st.toggle("Theo 34 tỉnh, thành phố hiện nay", key="lookup_today", on_change=_switch_provinces)


def _switch_provinces() -> None:
    """The same choice in the other division: what was merged is chosen with what it became."""
    filters: Filters = st.session_state["lookup"].filters
    names = (*filters.provinces, *filters.provinces_today)
    today = st.session_state["lookup_today"]
    if today:
        names = tuple(
            dict.fromkeys(name if name == UNKNOWN else current_province(name) or name for name in names)
        )
    change(filters=replace(filters, provinces=() if today else names, provinces_today=names if today else ()))


def _draw_facet(asked: Asked, choices: FacetChoices) -> None:
    """The commonest values with their counts, what is not known among them, and a list of the others."""
    facet, chosen = choices.facet, values_of(asked.filters, choices.facet)
    counts = {value: count for value, count in choices.counts.items() if count or value in chosen}
    first = [value for place, value in enumerate(counts) if place < _SHOWN or value in chosen]
    first += [value for value in chosen if value not in first and value != UNKNOWN]
    if choices.unknown or UNKNOWN in chosen:
        first.append(UNKNOWN)
    others = [value for value in counts if value not in first]
    if not first:
        return
    told = {**counts, UNKNOWN: choices.unknown}

    def tell(value: str) -> str:
        return tell_choice(facet, value, told.get(value, 0))

    key, more = f"lookup_{facet}", f"lookup_more_{facet}"
    st.session_state[key] = list(chosen)
    st.pills(
        FACETS[facet],
        first,
        selection_mode="multi",
        format_func=lambda value: plain(tell(value)),
        key=key,
        on_change=_take_choice,
        args=(facet, key),
    )
    if others:
        st.session_state[more] = None
        st.selectbox(
            f"{FACETS[facet]}: chọn thêm",
            others,
            index=None,
            format_func=tell,
            key=more,
            placeholder=_ADD.format(count_of(len(others)), FACET_UNITS[facet]),
            label_visibility="collapsed",
            on_change=_add_choice,
            args=(facet, more),
        )


def _take_choice(facet: Facet, key: str) -> None:
    filters = st.session_state["lookup"].filters
    change(filters=choose(filters, facet, st.session_state[key]))


def _add_choice(facet: Facet, key: str) -> None:
    filters, value = st.session_state["lookup"].filters, st.session_state[key]
    if value is not None:
        change(filters=choose(filters, facet, (*values_of(filters, facet), value)))
