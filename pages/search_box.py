"""The field of the page Tra cứu: words, or a number that is looked up while it is typed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from corpus.labels import vietnamese_date
from index.lookup.address import LONGEST
from index.lookup.numbers import NumberTable, Suggestion

_KEY = "lookup_box"
_HTML = f"""
<form class="cc-find-form" role="search">
  <label class="cc-find-label" for="cc-find-input">Từ khóa, số hiệu hoặc tên văn bản</label>
  <div class="cc-find-row">
    <input class="cc-find-input" id="cc-find-input" type="search" role="combobox" aria-autocomplete="list"
      aria-expanded="false" aria-controls="cc-find-list" autocomplete="off" spellcheck="false" maxlength="{LONGEST}"
      placeholder="Ví dụ: nông thôn mới, NĐ 30, 04-NQ/TU">
    <button class="cc-find-button" type="submit">Tìm</button>
  </div>
  <ul class="cc-find-list" id="cc-find-list" role="listbox" aria-label="Văn bản gợi ý" hidden></ul>
  <p class="cc-find-told cc-hidden" role="status"></p>
</form>
"""


@st.fragment
def draw_search_box(table: NumberTable, words: str) -> None:
    """The field with `words` in it; what is submitted stands in the session as "lookup_submitted" for one run.

    Typing runs this fragment alone.
    """
    typed = st.session_state.get(_KEY, {}).get("typed", "")
    suggestions = table.suggest(typed) if typed and typed != words else ()
    result = _component()(
        key=_KEY,
        data={"value": words, "typed": typed, "suggestions": [_tell(one) for one in suggestions]},
        on_typed_change=_nothing,
        on_submitted_change=_nothing,
        on_opened_change=_nothing,
    )
    if result.opened:
        st.switch_page("pages/doc_van_ban.py", query_params={"doc": str(result.opened["document"])})
    if result.submitted:
        st.session_state["lookup_submitted"] = str(result.submitted["words"])
        st.rerun()


@cache
def _component() -> Any:
    # Inside the page, not in a shadow tree: style.css dresses it as the other fields.
    script = Path(__file__).with_suffix(".js").read_text("utf-8")
    return st.components.v2.component("cancu_search_box", html=_HTML, js=script, isolate_styles=False)


def _nothing() -> None:
    """A value that has a callback is sent without one of its own to do."""


def _tell(one: Suggestion) -> dict[str, str | None]:
    day = vietnamese_date(one.date)
    name = " ".join(part for part in (one.type, one.symbol) if part) or one.title
    held = None if one.document_id else "kho chưa có toàn văn, tìm nơi nhắc tới"
    near = "số gần giống" if one.near else None
    title = one.title.removeprefix(f"{name}: ") if one.symbol and one.title else None
    line = " · ".join(part for part in (near, one.issuer, day, held, title) if part)
    return {"document": one.document_id, "number": one.symbol, "name": name, "line": line}
