"""What the reading room hands on: raw pages, and the text that was read from them.

Offsets in `PageText.blocks` count code points in `PageText.text`; offsets in `PageText.cuts` count code
points in `PageText.raw_text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PageChange(StrEnum):
    """How a page compares with what the store already holds for its address."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """The bytes of one page as they were found; nothing is interpreted yet."""

    uri: str  # where it was found: "file:///…/a.html", or "file:///…/b.jsonl#<id>" for one line of a .jsonl
    content: bytes  # for a line of a .jsonl file: that line
    sha256: str  # of content, hex
    media_type: str  # "text/plain", "text/html" or "application/json" (a line of a .jsonl file)
    name: str  # file name, for messages


class BlockKind(StrEnum):
    """What a block of kept text is on its page."""

    TITLE = "title"
    LEAD = "lead"
    LEAD_DUPLICATE = "lead_duplicate"  # a lead that repeats the body: readable, not indexed twice
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph (or heading, caption, table row, list item) of the kept text: `text[start:end]`."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A part of the page that is not part of its text: `raw_text[start:end]`, with the reason."""

    start: int
    end: int
    reason: str  # a key of ingest.boilerplate.REASONS


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of one page and what was left out of it.

    `text` is NFC: blocks joined by "\\n", hard line wraps joined inside a block, cut parts removed.
    `raw_text` is the whole text of the page before any of that.
    """

    text: str
    raw_text: str
    blocks: tuple[Block, ...]
    cuts: tuple[Cut, ...]
    title: str | None  # as the page (or the row beside the text) gives it
    title_in_text: bool  # False where a .jsonl row gives a title that its text does not carry
    source_id: str | None  # the `id` of a .jsonl row
    url: str | None  # the public address, where the page states it
    author: str | None  # byline of a news page
    publisher: str | None  # "baohatinh.vn", where the page states it
