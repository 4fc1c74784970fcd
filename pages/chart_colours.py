"""Colours in charts. Those of marks are one set for both themes, 3:1 on the ground of either (tests/test_theme.py).

Words get none: Streamlit draws axes and legends in the colour of the theme that is on, style.css words that are
marks, so that they follow when the theme is switched.
"""

from __future__ import annotations

GREEN = "#2f8577"
OCHRE = "#b07a10"
BRICK = "#c0613c"
BLUE = "#4f7cb5"
STONE = "#8a8271"
LILAC = "#8e7fb0"

# Of a specification (`usermeta`): drawn as elements and not as a picture, so that words follow the theme when it is
# switched, and are sharp on paper.
AS_ELEMENTS = {"embedOptions": {"renderer": "svg"}}
