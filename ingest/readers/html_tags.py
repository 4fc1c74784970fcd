"""What is asked of single elements of an HTML page: their text, classes, place."""

from __future__ import annotations

import re
from functools import lru_cache

from bs4.element import NavigableString, PreformattedString, Tag

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody thead tfoot tr td"
    " th ul caption option select textarea button".split()
)
SPACE = re.compile("[ \t\n\r\f\v\u2028\u2029]+")
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


def collect_tags(root: Tag) -> list[Tag]:
    """An element and all elements inside it, in document order."""
    tags: list[Tag] = []
    stack = [root]
    while stack:
        tag = stack.pop()
        tags.append(tag)
        stack.extend([child for child in reversed(tag.contents) if isinstance(child, Tag)])
    return tags


class Tree:
    """The elements of a page and the characters of text in each, counted once.

    White space at the ends of a piece of text is not counted, nor are comments.
    """

    def __init__(self, root: Tag) -> None:
        self.root = root
        self.tags = collect_tags(root)
        self._all: dict[int, int] = {}
        self._running: dict[int, int] = {}
        self._linked: dict[int, int] = {}
        for tag in reversed(self.tags):  # children come before their parents
            own = running = linked = 0
            for child in tag.contents:
                if isinstance(child, Tag):
                    own += self._all[id(child)]
                    running += self._running[id(child)]
                    linked += self._linked[id(child)]
                elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                    own += len(child.strip())
                    running += len(child) if len(child) >= 80 else 0
            self._all[id(tag)] = own
            self._running[id(tag)] = 0 if tag.name == "a" else running
            self._linked[id(tag)] = own if tag.name == "a" else linked

    def named(self, *names: str) -> list[Tag]:
        """The elements of these names, in document order."""
        return [tag for tag in self.tags if tag.name in names]

    def length(self, tag: Tag) -> int:
        """All text of an element."""
        return self._all.get(id(tag), 0)

    def running(self, tag: Tag) -> int:
        """Text in pieces that are sentences rather than labels, outside of links."""
        return self._running.get(id(tag), 0)

    def linked(self, tag: Tag) -> int:
        """Text in links."""
        return self._linked.get(id(tag), 0)


def attribute(tag: Tag, name: str) -> str | None:
    """The value of an attribute that holds one string."""
    value = tag.get(name)
    return value if isinstance(value, str) else None


def classes_of(tag: Tag) -> list[str]:
    value = tag.get("class")
    return value.split() if isinstance(value, str) else list(value or ())


def class_line(tag: Tag) -> str:
    """The classes and the id of an element in lower case, for patterns."""
    return f"{' '.join(classes_of(tag))} {tag.get('id') or ''}".lower()


def class_reason(tag: Tag) -> str | None:
    """The reason to cut an element that its classes tell."""
    return _reason_of(class_line(tag)) if tag.attrs else None


@lru_cache(maxsize=4096)
def _reason_of(classes: str) -> str | None:
    if classes == " ":
        return None
    return next((reason for reason, pattern in _CLASS_REASONS if pattern.search(classes)), None)


def is_hidden(tag: Tag) -> bool:
    """Whether a browser does not show the element."""
    if not tag.attrs:
        return False
    return "hidden" in tag.attrs or bool(_HIDDEN.search(attribute(tag, "style") or ""))


def stands_aside(tag: Tag, body: Tag) -> bool:
    """Whether an element stands inside a list of other pages, the comments or a side column."""
    for parent in (tag, *tag.parents):
        if parent is body:
            return False
        if parent.name in ("nav", "footer", "aside") or class_reason(parent) in _ASIDE_REASONS:
            return True
    return False


def flat_text(tag: Tag, left_out: frozenset[int] = frozenset(), *, pieces_at_most: int = 1 << 30) -> str:
    """The text of an element in one line; only a block or a break divides words ("t<b>ị</b>ch" is one).

    `left_out`: ids of elements whose text is not taken. `pieces_at_most`: where the beginning is enough.
    """
    pieces: list[str] = []
    stack: list[object] = [tag]
    while stack and len(pieces) < pieces_at_most:
        node = stack.pop()
        if isinstance(node, str) and not isinstance(node, PreformattedString):
            pieces.append(node)
        elif isinstance(node, Tag) and id(node) not in left_out:
            if node.name in BLOCKS or node.name == "br":
                pieces.append(" ")
                stack.append(" ")
            stack.extend(reversed(node.contents))
    return SPACE.sub(" ", "".join(pieces)).strip()
