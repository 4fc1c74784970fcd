"""What the CSS selectors of a site's rules find in a page."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from lxml import etree
from lxml.cssselect import CSSSelector

Element: TypeAlias = etree._Element


def select(root: Element, selector: str) -> list[Element]:
    """The elements inside `root` that a CSS selector finds, in document order; `root` itself is not one."""
    return [tag for tag in _compile(selector)(root) if tag is not root]


@lru_cache(maxsize=256)
def _compile(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")
