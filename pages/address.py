"""What a person chose, kept in the address: it survives a reload, can be sent, and goes back with the browser."""

from __future__ import annotations

from collections.abc import Container

import streamlit as st


def follow_address(key: str, name: str, *, default: str | None, known: Container[str]) -> None:
    """Give the widget `key` the value of a parameter, where the address has changed since it was last drawn."""
    asked = st.query_params.get(name)
    if key not in st.session_state or st.session_state.get(_last(key)) != asked:
        st.session_state[key] = asked if asked in known else default
        st.session_state[_last(key)] = asked


def keep_in_address(key: str, name: str) -> None:
    """Put what was chosen in the widget `key` into the address; for `on_change`."""
    chosen = st.session_state[key]
    st.session_state[_last(key)] = chosen
    if chosen is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = chosen


def follow_choices(key: str, name: str, *, known: Container[str]) -> None:
    """`follow_address` for a widget with several values."""
    asked = tuple(st.query_params.get_all(name))
    if key not in st.session_state or st.session_state.get(_last(key)) != asked:
        st.session_state[key] = [one for one in asked if one in known]
        st.session_state[_last(key)] = asked


def keep_choices(key: str, name: str) -> None:
    """`keep_in_address` for a widget with several values."""
    chosen = tuple(st.session_state[key])
    st.session_state[_last(key)] = chosen
    if chosen:
        st.query_params[name] = list(chosen)
    else:
        st.query_params.pop(name, None)


def _last(key: str) -> str:
    return f"{key} in the address"
