"""What is asked of single elements of an HTML page: their text, classes, place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from ingest.sites.selectors import Element

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody thead tfoot tr td"
    " th ul caption option select textarea button".split()
)
# What a walk stops at: text stands behind the start of an element, and behind the end of it or a comment.
NODES = ("start", "end", "comment", "pi")
SPACE = re.compile("[ \t\n\r\f\v\u2028\u2029]+")
_SENTENCE = 80  # characters; a shorter piece of text may be a label
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CLASS_REASONS = (
    (
        "comment_form",
        re.compile(
            r"\b(?:comments?(?:-area|-respond|-list|s)?|respond|fb-comments|binh-?luan|docitem-binhluan)\b"
        ),
    ),
    (
        "related",
        re.compile(
            r"related|cms-relate|\blien-?quan|tin-?lien-?quan|tin-?khac|other-?news|recommend"
            r"|post-navigation"
            r"|(?:read|news|post)-?more\b|same-?category|cung-chuyen-muc"
        ),
    ),
    ("share", re.compile(r"\bshar(?:e|ing)|sharedaddy|social|addthis|fb-like|google-news")),
    ("tags", re.compile(r"\b(?:tags?|tag-?list|tags?-links|keywords?|article__tags?)\b")),
    ("nav", re.compile(r"breadcrumb|\b(?:main-)?menu\b|navbar|\bnav\b|pagination")),
    ("aside", re.compile(r"sidebar|\bwidget")),
    ("footer", re.compile(r"\b(?:site-)?footer\b")),
    (
        "byline",
        re.compile(r"\b(?:byline|article__author|author-name|detail-author|tac-?gia|post-author|author)\b"),
    ),
    (
        "meta",
        re.compile(
            r"\b(?:entry-meta|post-meta|article__meta|entry-date|posted-on|publish(?:ed)?-?(?:date"
            r"|time)?|cat-links|time|date)\b"
        ),
    ),
)
_ASIDE_REASONS = frozenset({"related", "comment_form", "aside"})


@dataclass(slots=True)
class _Lengths:
    """Characters of text in an element."""

    whole: int = 0  # all of it
    running: int = 0  # in pieces that are sentences rather than labels, outside of links
    linked: int = 0  # in links
    own: int = 0  # that no inner block holds, less twice the text of its links

    def add_piece(self, text: str | None) -> None:
        if text and (length := len(text.strip())):
            self.whole += length
            self.own += length
            self.running += len(text) if len(text) >= _SENTENCE else 0


class Tree:
    """The elements of a page and the characters of text in each, counted once.

    White space at the ends of a piece of text is not counted, nor are comments.
    """

    def __init__(self, root: Element) -> None:
        self.root = root
        nodes: list[Element] = list(root.iter())  # comments too: text may follow one
        # lxml gives the same object for an element as long as one is held: here, for as long as the tree lives
        self.tags = [node for node in nodes if isinstance(node.tag, str)]
        self._lengths = {tag: _Lengths() for tag in self.tags}
        for node in reversed(nodes):  # children come before their parents
            inner = self._lengths.get(node)
            if inner is not None:
                inner.add_piece(node.text)
                if node.tag == "a":
                    inner.running, inner.linked = 0, inner.whole
            if node is not root:
                outer = self._lengths[node.getparent()]
                outer.add_piece(node.tail)
                if inner is not None:
                    outer.whole += inner.whole
                    outer.running += inner.running
                    outer.linked += inner.linked
                    outer.own += 0 if node.tag in BLOCKS else inner.whole - 2 * inner.linked

    def named(self, *names: str) -> list[Element]:
        """The elements of these names, in document order."""
        return [tag for tag in self.tags if tag.tag in names]

    def length(self, tag: Element) -> int:
        """All text of an element."""
        return self._lengths[tag].whole if tag in self._lengths else 0

    def running(self, tag: Element) -> int:
        """Text in pieces that are sentences rather than labels, outside of links."""
        return self._lengths[tag].running if tag in self._lengths else 0

    def own(self, tag: Element) -> int:
        """Text that no inner block holds, less twice the text of its links."""
        return self._lengths[tag].own


def attribute(tag: Element, name: str) -> str | None:
    value: str | None = tag.get(name)
    return value


def classes_of(tag: Element) -> list[str]:
    return (attribute(tag, "class") or "").split()


def class_line(tag: Element) -> str:
    """The classes and the id of an element in lower case, for patterns."""
    return f"{' '.join(classes_of(tag))} {tag.get('id') or ''}".lower()


def class_reason(tag: Element) -> str | None:
    """The reason to cut an element that its classes tell."""
    return _reason_of(class_line(tag))


@lru_cache(maxsize=4096)
def _reason_of(classes: str) -> str | None:
    if classes == " ":
        return None
    return next((reason for reason, pattern in _CLASS_REASONS if pattern.search(classes)), None)


def is_hidden(tag: Element) -> bool:
    """Whether a browser does not show the element."""
    return attribute(tag, "hidden") is not None or bool(_HIDDEN.search(attribute(tag, "style") or ""))


def stands_aside(tag: Element, body: Element) -> bool:
    """Whether an element stands inside a list of other pages, the comments or a side column."""
    for parent in (tag, *tag.iterancestors()):
        if parent is body:
            return False
        if is_aside(parent):
            return True
    return False


def is_aside(tag: Element) -> bool:
    """Whether an element is a list of other pages, the comments, a side column, a menu or the foot of a page."""
    return tag.tag in ("nav", "footer", "aside") or class_reason(tag) in _ASIDE_REASONS


def flat_text(
    tag: Element, left_out: frozenset[Element] = frozenset(), *, pieces_at_most: int = 1 << 30
) -> str:
    """The text of an element in one line; only a block or a break divides words ("t<b>ị</b>ch" is one).

    `left_out`: elements whose text is not taken. `pieces_at_most`: where the beginning is enough.
    """
    pieces: list[str] = []
    walk = etree.iterwalk(tag, events=NODES)
    for event, node in walk:
        if len(pieces) >= pieces_at_most:
            break
        taken = isinstance(node.tag, str) and node not in left_out
        if taken and (node.tag in BLOCKS or node.tag == "br"):
            pieces.append(" ")
        if event == "start":
            if not taken:
                walk.skip_subtree()
            elif node.text:
                pieces.append(node.text)
        elif node.tail and node is not tag:
            pieces.append(node.tail)
    return SPACE.sub(" ", "".join(pieces)).strip()
