"""The earlier questions on the page Hỏi đáp: this browser keeps them, on this machine, and nobody else does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from pages.reader_drawing import as_script

_KEY = "cancu-questions"  # in the storage of the browser
_KEPT = 30
_HTML = """
<details class="cc-earlier" hidden>
  <summary></summary>
  <ul class="cc-hints"></ul>
  <p class="cc-as-of">Danh sách này chỉ nằm trong trình duyệt này, trên máy này.
  <button type="button" class="cc-button">Xóa danh sách</button></p>
</details>
"""


def show_earlier(parameters: Mapping[str, str] | None = None, question: str = "", told: str = "") -> None:
    """The list, the latest first; each question opens again. What is asked now is noted for the next time.

    `parameters` of the address that asks the question, and what came of it; nothing where nothing is asked.
    """
    now = {"address": f"?{urlencode(parameters)}", "question": question, "told": told} if parameters else None
    call = f"({_script()})({json.dumps(_KEY)}, {_KEPT}, {as_script(now)})"
    st.html(f"{_HTML}<script>{call}</script>", unsafe_allow_javascript=True)


@cache
def _script() -> str:
    return Path(__file__).with_suffix(".js").read_text("utf-8")
