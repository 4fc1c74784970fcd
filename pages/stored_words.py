"""HTML of words as they are stored: escaped, the signs of markup among them there and not seen."""

from __future__ import annotations

from html import escape

from corpus.marks import find_marks


def stored_html(text: str, start: int = 0, end: int | None = None) -> str:
    """`text[start:end]`; signs of markup are hidden, so that neither eye nor ear nor a copy meets them."""
    parts, at = [], start
    for span, seen in find_marks(text, start, end):
        parts += [escape(text[at : span.start]), f"<span hidden>{escape(text[span.start : span.end])}</span>"]
        parts += [escape(seen)]
        at = span.end
    return "".join([*parts, escape(text[at:end])])
