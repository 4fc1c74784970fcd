"""Bytes to text with its layout marks: `read_page`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ingest import kinds
from ingest.errors import BinaryPage, UnreadablePage
from ingest.kinds import NAMES, ROWS, media_type_of, name_foreign
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.local import too_large
from ingest.models import PageText, RawPage
from ingest.readers.html import read_html
from ingest.readers.json_row import read_row
from ingest.readers.text import read_text

__all__ = ["Limits", "read_page", "refuse_foreign"]


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
    refuse_foreign(page.name, page.content)
    read = _read(page, limits, progress)
    note = _other_kind(page)
    return replace(read, notes=(note, *read.notes)) if note else read


def refuse_foreign(name: str, content: bytes) -> None:
    """Raises BinaryPage for a program, a picture or an archive of another kind under the name of a document."""
    if (foreign := name_foreign(content)) is not None:
        raise BinaryPage(
            f"Tệp {name!r} không phải văn bản: nội dung là {foreign}. Hãy chọn đúng tệp văn bản; nếu không rõ tệp này "
            "từ đâu ra thì đừng mở."
        )


def _other_kind(page: RawPage) -> str | None:
    """The note on a file that is not what its name says."""
    named = media_type_of(page.name)
    if named is None or page.media_type == ROWS or named == page.media_type:
        return None
    return (
        f"Tên tệp báo là {NAMES.get(named, named)} nhưng nội dung là {NAMES.get(page.media_type)}; "
        "đã đọc theo nội dung."
    )


def _read(page: RawPage, limits: Limits, progress: Callable[[int, int], None] | None) -> PageText:
    """Hand the page to the reader of its kind; heavy readers are imported when they are needed."""
    match page.media_type:
        case kinds.TEXT:
            return read_text(page)
        case kinds.HTML:
            return read_html(page)
        case kinds.ROWS:
            return read_row(page)
        case kinds.MARKDOWN:
            from ingest.readers.markdown import read_markdown

            return read_markdown(page)
        case kinds.PDF:
            from ingest.readers.pdf import read_pdf

            return read_pdf(page, limits=limits, progress=progress)
        case kinds.RTF:
            from ingest.readers.rtf import read_rtf

            return read_rtf(page)
        case kinds.DOC:
            from ingest.readers.doc import read_doc

            return read_doc(page)
        case kinds.DOCX:
            from ingest.readers.docx import read_docx

            return read_docx(page, limits=limits)
        case kinds.ZIP:
            raise UnreadablePage(
                f"Tệp {page.name!r} là tệp nén nhưng không phải tệp Word (.docx). Hãy đổi đúng phần mở rộng, "
                "hoặc mở bằng chương trình tạo ra nó rồi lưu thành .docx hay .pdf."
            )
        case other:
            raise UnreadablePage(f"Chưa đọc được loại nội dung {other!r} của {page.name!r}.")
