"""The numbers that a browser draws before the items of an ordered list: they are part of what a reader sees."""

from __future__ import annotations

import re

from ingest.readers.html_tags import Tree, attribute, flat_text
from ingest.sites.selectors import Element

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_STYLES = {
    "decimal": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_WRITTEN = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2})*|[a-zđA-ZĐ]|[IVXLCivxlc]{1,6})\s?[.)/-]|Điều\s+\d|Chương\s|[-+•]\s"
)


def number_items(tree: Tree) -> dict[Element, str]:
    """What is drawn before each item of the ordered lists of a page ("2. ", "b) "), by the item.

    An item that begins with a mark of its own is left as it is: some editors write the number into it.
    """
    drawn: dict[Element, str] = {}
    for ordered in tree.named("ol"):
        style = _style_of(ordered)
        items = [item for item in ordered if item.tag == "li"]
        if style is None or any(_WRITTEN.match(flat_text(item, pieces_at_most=40)) for item in items[:2]):
            continue
        step = -1 if attribute(ordered, "reversed") is not None else 1
        number = _integer(attribute(ordered, "start"), len(items) if step < 0 else 1)
        for item in items:
            number = _integer(attribute(item, "value"), number)
            drawn[item] = _draw(number, _style_of(item) or style)
            number += step
    return drawn


def _style_of(tag: Element) -> str | None:
    """ "1", "a", "A", "i" or "I"; None for a list whose items carry no number."""
    if found := _STYLE.search(attribute(tag, "style") or ""):
        return _STYLES.get(found[1].lower())
    kind = attribute(tag, "type")
    if kind in ("1", "a", "A", "i", "I"):
        return kind
    return "1" if tag.tag == "ol" else None


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value.strip()) else default


def _draw(number: int, style: str) -> str:
    if style in ("a", "A") and 1 <= number <= 26:
        letter = chr(ord(style) + number - 1)
        return f"{letter}) " if style == "a" else f"{letter}. "
    if style in ("i", "I") and 1 <= number < 400:
        numeral = _roman(number)
        return f"{numeral if style == 'I' else numeral.lower()}. "
    return f"{number}. "


def _roman(number: int) -> str:
    numeral = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        count, number = divmod(number, value)
        numeral += sign * count
    return numeral
