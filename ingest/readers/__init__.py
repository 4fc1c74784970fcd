"""Bytes to text with its layout marks: `read_page`."""

from __future__ import annotations

from ingest.errors import UnreadablePage
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.local import too_large
from ingest.models import PageText, RawPage
from ingest.readers.html import read_html
from ingest.readers.json_row import read_row
from ingest.readers.text import read_text

__all__ = ["Limits", "read_page"]


def read_page(page: RawPage, *, limits: Limits = DEFAULT_LIMITS) -> PageText:
    """The text of a page with its blocks and cuts.

    Raises UnreadablePage, or one of its kinds: EmptyPage, BinaryPage, PageTooLarge, LegacyEncoding,
    MalformedRow.
    """
    limit = limits.of(page.media_type)
    if len(page.content) > limit:
        raise too_large(page.name, len(page.content), limit)
    match page.media_type:
        case "text/plain":
            return read_text(page)
        case "text/html":
            return read_html(page)
        case "application/json":
            return read_row(page)
        case other:
            raise UnreadablePage(f"Chưa đọc được loại nội dung {other!r} của {page.name!r}.")
