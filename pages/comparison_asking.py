"""What is compared: the theme, the provinces and the period asked for, in the form and in the address.

What is asked stands in the address (`q`, `tinh`, `nay`, `gd`, `ban-do`, `so`), so that it survives a reload and can
be passed on.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import streamlit as st

from corpus.gazetteer import PlaceLevel, Scheme, find_units, list_units, same_area, successors
from corpus.labels import today
from corpus.store import Store
from index.comparison.models import Span
from index.comparison.times import read_span
from pages.frame import note
from pages.opened import list_documents

MAPS = {"34": "34 tỉnh, thành phố (từ 1/7/2025)", "63": "63 tỉnh, thành phố (trước 1/7/2025)"}

_ASKED = ("q", "tinh", "nay", "gd", "ban-do", "so")
_EXAMPLES = ("xây dựng nông thôn mới", "chuyển đổi số", "cải cách hành chính")
_LENGTH = 300  # characters of a theme
_MOST = 10  # provinces
_SHOWN = 4  # provinces that an example is shown with


def take_address() -> None:
    """What the address asks for, into the widgets: at the first run, and where it has changed by itself."""
    asked = {name: tuple(st.query_params.get_all(name)) for name in _ASKED}
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
    st.session_state["map"] = wanted if wanted in MAPS else "34"
    st.session_state["number"] = "".join(asked["so"][:1])[:80]


def keep_address() -> None:
    """Write what is chosen into the address, and keep it for the way back from another page."""
    state = read_state()
    for name in _ASKED:
        if name in state:
            st.query_params[name] = state[name]
        elif name in st.query_params:
            del st.query_params[name]
    kept = {name: tuple(st.query_params.get_all(name)) for name in _ASKED}
    st.session_state["compare_address"] = st.session_state["compare_kept"] = kept


def read_state() -> dict[str, str | list[str]]:
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


def ask(store: Store) -> None:
    """The form, and examples where nothing is asked yet."""
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
    # Who comes for the implementation of a document needs no example of something else.
    if not st.session_state["theme"].strip() and not st.session_state["number"].strip():
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


def read_period() -> Span | None:
    """The period typed; None where none is, or it cannot be read, which is told."""
    typed = st.session_state["period"].strip()
    if not typed:
        return None
    span = read_span(typed, today())
    if span is None:
        st.warning(
            "Không đọc được thời kỳ; bảng dưới đây là mọi thời kỳ. Hãy viết như 2016-2020, năm 2021 hoặc từ 2021 đến 2023."
        )
    return span
