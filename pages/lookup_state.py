"""What is asked on the page Tra cứu: of the address, of the session, of the field.

The session holds one `Asked`; widgets are drawn from it and change it. It is read from the address where that
has changed by itself, and kept for who comes back from another page without one.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from index.lookup.address import NAMES, Asked, read_address, write_address
from index.lookup.catalogue import Catalogue


def take_address(catalogue: Catalogue) -> Asked:
    """What is asked now: of the field, of the address, of the session."""
    address = {name: tuple(st.query_params.get_all(name)) for name in NAMES}
    if "lookup" not in st.session_state or (
        any(address.values()) and address != st.session_state["lookup_address"]
    ):
        st.session_state["lookup"] = read_address(address)
    asked: Asked = st.session_state["lookup"]
    if (words := st.session_state.pop("lookup_submitted", None)) is not None:
        asked = replace(read_address({"q": [words]}), filters=asked.filters, chosen=asked.chosen)
    cards = catalogue.cards()
    asked = replace(asked, chosen=tuple(one for one in asked.chosen if one in cards))
    st.session_state["lookup"] = asked
    return asked


def keep_address() -> None:
    told = write_address(st.session_state["lookup"])
    for name in NAMES:
        if name not in told and name in st.query_params:
            del st.query_params[name]
        elif name in told and st.query_params.get_all(name) != told[name]:
            st.query_params[name] = told[name]
    st.session_state["lookup_address"] = {name: tuple(st.query_params.get_all(name)) for name in NAMES}


def change(**changes: object) -> None:
    """Change what is asked; the list begins anew unless a page of it is asked for."""
    st.session_state["lookup"] = replace(st.session_state["lookup"], **{"page": 1, **changes})
