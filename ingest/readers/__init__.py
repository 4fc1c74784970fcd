"""Bytes to text with its layout marks: `read_page`."""

from __future__ import annotations

from collections.abc import Callable

from ingest.errors import UnreadablePage
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.local import too_large
from ingest.models import PageText, RawPage
from ingest.readers.html import read_html
from ingest.readers.json_row import read_row
from ingest.readers.text import read_text

__all__ = ["Limits", "read_page"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_page(
    page: RawPage,
    *,
    limits: Limits = DEFAULT_LIMITS,
    progress: Callable[[int, int], None] | None = None,
) -> PageText:
    """The text of a page with its blocks and cuts; `progress(done, total)` counts the sheets of a PDF.

    Raises UnreadablePage, or one of its kinds (see ingest.errors).
    """
    limit = limits.of(page.media_type)
    if len(page.content) > limit:
        raise too_large(page.name, len(page.content), limit)
    match page.media_type:
        case "text/plain" | "text/markdown":
            return read_text(page)
        case "text/html":
            return read_html(page)
        case "application/json":
            return read_row(page)
        case "application/pdf":
            from ingest.readers.pdf import read_pdf

            return read_pdf(page, limits=limits, progress=progress)
        case "application/rtf":
            from ingest.readers.rtf import read_rtf

            return read_rtf(page)
        case "application/msword":
            from ingest.readers.doc import read_doc

            return read_doc(page, limits=limits)
        case media_type if media_type == DOCX:
            from ingest.readers.docx import read_docx

            return read_docx(page, limits=limits)
        case other:
            raise UnreadablePage(f"Chưa đọc được loại nội dung {other!r} của {page.name!r}.")
