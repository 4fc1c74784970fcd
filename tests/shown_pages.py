"""What a page drawn by `streamlit.testing` shows, without a browser; the fixture `open_page` opens it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any


def markup(drawn: Any) -> str:
    """All HTML that a page, or a part of it, draws itself."""
    return "\n".join(element.proto.body for element in drawn.get("html"))


def words(drawn: Any, gap: str = "") -> str:
    """What a reader sees of that HTML; `gap` stands for every tag."""
    return unescape(re.sub(r"<[^>]+>", gap, markup(drawn)))
