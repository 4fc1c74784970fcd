"""What the reading room hands on: raw pages, and the text that was read from them.

Offsets in `PageText.blocks` count code points in `PageText.text`; offsets in `PageText.cuts` count code
points in `PageText.raw_text`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from ingest.errors import IngestError


class PageChange(StrEnum):
    """How a page compares with what the store already holds for its address."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where on the Web a page was fetched, and what its source states of it beside its bytes."""

    source: str  # its name in the file of sources
    url: str  # the address that answered, after redirects
    fetched_at: str  # ISO 8601, UTC: when these bytes came
    news: bool = False  # the source is press: a page that does not say otherwise reports, it is no document
    publisher: str | None = None  # who publishes the source
    parent: str | None = None  # of an attachment: the address of the page that it hangs on
    title: str | None = None  # as the feed or the list gives it
    published_at: str | None = None  # ISO 8601, as the feed or the list gives it
    charset: str | None = None  # as the answer's Content-Type declares it


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """The bytes of one page as they were found; nothing is interpreted yet."""

    uri: (
        str  # "file:///…/a.html", "file:///…/b.jsonl#<id>" (a line), "file:///…/c.zip#<path inside>" (a file)
    )
    content: bytes  # for a line of a .jsonl file: that line
    sha256: str  # of content, hex
    media_type: str  # one of ingest.kinds.MEDIA_TYPES ("application/json": a line of a .jsonl file)
    name: str  # file name, for messages
    origin: Origin | None = None  # of a page from the Web


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedPage:
    """A file, or a part of one, that was found and is not handed on, with the reason."""

    uri: str
    reason: IngestError


def hash_content(content: bytes) -> str:
    """The sha256 of the bytes of a page, hex."""
    return hashlib.sha256(content).hexdigest()


class BlockKind(StrEnum):
    """What a block of kept text is on its page."""

    TITLE = "title"
    LEAD = "lead"
    LEAD_DUPLICATE = "lead_duplicate"  # a lead that repeats the body: readable, not indexed twice
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    TABLE_ROW = "table_row"  # cells joined with " | "
    FOOTNOTE = "footnote"


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
class Sheet:
    """One page of a paged file (PDF, scan): `text[start:end]` stands on it."""

    number: int  # 1-based, as a PDF viewer counts
    start: int
    end: int
    scanned: bool = False  # read by OCR
    confidence: float | None = None  # mean confidence of its words, 0 to 100; None where nothing was guessed


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A word that OCR read without being sure: `text[start:end]`."""

    start: int
    end: int
    confidence: float  # 0 to 100


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
    published_at: str | None = None  # ISO 8601 date or time, as the page itself states its publication
    sheets: tuple[Sheet, ...] = ()  # empty for files without pages
    doubts: tuple[Doubt, ...] = ()
    encoding: str | None = None  # "TCVN3", "VNI" …: the legacy font encoding that the text was converted from
    notes: tuple[str, ...] = ()  # Vietnamese: what a reader of the file should know ("macro bị bỏ qua")
