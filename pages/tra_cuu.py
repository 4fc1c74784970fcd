"""Tra cứu: the list of documents with a filter."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import streamlit as st

from corpus.labels import KINDS, vietnamese_date
from corpus.models import DocumentKind
from corpus.text import fold
from pages.drawing import (
    count_of,
    name_source,
    plain,
    shorten,
)
from pages.frame import note, require_settings, require_store, title
from pages.opened import copy_groups, list_documents

_PER_PAGE = 25


def show() -> None:
    """The page."""
    store = require_store(require_settings())
    title("Tra cứu văn bản")
    rows = list_documents(store)
    wanted = _group(_filter(rows), copy_groups(store))
    st.html(
        f'<p class="cc-as-of" role="status">{count_of(sum(map(len, wanted)))} / {count_of(len(rows))} văn bản</p>'
    )
    pages = max(1, -(-len(wanted) // _PER_PAGE))
    page = min(st.session_state.get("list_page", 1), pages)
    for row, *copies in wanted[(page - 1) * _PER_PAGE : page * _PER_PAGE]:
        with st.container(border=True, gap="xsmall"):
            st.page_link(
                "pages/doc_van_ban.py",
                label=plain(shorten(row["title"], 200)),
                query_params={"doc": row["id"]},
            )
            note(_summary(row))
            if copies:
                found = store.sources([copy["id"] for copy in copies])
                note(f"Cũng có ở: {', '.join(map(name_source, found))}")
    if pages > 1:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Trang trước", disabled=page == 1, on_click=_turn_list, args=(page - 1,))
            st.button("Trang sau", disabled=page == pages, on_click=_turn_list, args=(page + 1,))
            note(f"Trang {page} / {pages}")


def _group(rows: list[sqlite3.Row], groups: Mapping[str, str]) -> list[list[sqlite3.Row]]:
    """The rows with the same text together, at the place of the first of them."""
    grouped: dict[str, list[sqlite3.Row]] = {}
    for row in rows:
        grouped.setdefault(groups.get(row["id"], row["id"]), []).append(row)
    return list(grouped.values())


def _turn_list(page: int) -> None:
    st.session_state["list_page"] = page


def _filter(rows: tuple[sqlite3.Row, ...]) -> list[sqlite3.Row]:
    first = _turn_list
    words = st.text_input("Lọc theo tiêu đề, số hiệu, cơ quan", key="list_words", on_change=first, args=(1,))
    kinds = {str(kind): name for kind, name in KINDS.items() if any(row["kind"] == kind for row in rows)}
    provinces = sorted({row["province"] for row in rows if row["province"]})
    left, right = st.columns(2)
    kind = left.selectbox(
        "Loại",
        ["", *kinds],
        format_func=lambda key: kinds.get(key, "Tất cả"),
        placeholder="Tất cả",
        on_change=first,
        args=(1,),
    )
    province = right.selectbox(
        "Tỉnh, thành phố",
        ["", *provinces],
        format_func=lambda name: name or "Tất cả",
        on_change=first,
        args=(1,),
    )
    asked = fold(words or "").split()
    return [
        row
        for row in rows
        if kind in ("", row["kind"])
        and province in ("", row["province"])
        and all(word in _searched(row) for word in asked)
    ]


def _searched(row: sqlite3.Row) -> str:
    return fold(
        " ".join(row[name] or "" for name in ("title", "symbol", "type", "issuer", "publisher", "province"))
    )


def _summary(row: sqlite3.Row) -> str:
    issued = vietnamese_date(row["issued_on"])
    parts = (
        KINDS[DocumentKind(row["kind"])],
        f"số {row['symbol']}" if row["symbol"] else None,
        row["issuer"],
        row["province"] if row["province"] and row["province"] not in (row["issuer"] or "") else None,
        f"ngày {issued}" if issued else None,
        row["publisher"],
    )
    return " · ".join(part for part in parts if part)


show()
