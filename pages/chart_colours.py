"""Colours in charts. Those of marks are one set for both themes, 3:1 on the ground of either (tests/test_theme.py).

Axes and legends get none: Streamlit draws them in the colour of the theme that is on. Words that are marks do not,
so they ask for `ink()`.
"""

from __future__ import annotations

import streamlit as st

GREEN = "#2f8577"
OCHRE = "#b07a10"
BRICK = "#c0613c"
BLUE = "#4f7cb5"
STONE = "#8a8271"
LILAC = "#8e7fb0"

_INK = {"light": "#1f2a2c", "dark": "#e8e6de"}  # --cc-ink of style.css


def ink(*, dark: bool | None = None) -> str:
    """The colour of words in the dark or the light theme; where neither is named, in the one that is on."""
    return _INK["dark" if (st.context.theme.type == "dark" if dark is None else dark) else "light"]
