"""How large a page may be before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one page, in bytes. A page within them is read in linear time."""

    max_page_bytes: int = 64 * 1024 * 1024
    # A parsed HTML tree takes some thirty times the bytes of the page, so markup has a bound of its own.
    max_html_bytes: int = 32 * 1024 * 1024
    max_xml_bytes: int = 64 * 1024 * 1024  # of one part of a DOCX; its tags are counted, too
    max_file_bytes: int = 512 * 1024 * 1024  # of a PDF, a Word file or an archive
    max_sheets: int = 3000  # pages of one PDF
    max_ocr_sheets: int = 300  # pages of one PDF that are read by OCR
    max_unpacked_bytes: int = 1024 * 1024 * 1024  # of all files of an archive (a DOCX is one)
    max_ratio: int = 200  # unpacked to packed bytes of a file in an archive over 1 MB
    max_archive_files: int = 10_000
    max_uploads: int = 100  # files in one go through the page
    max_upload_bytes: int = (
        64 * 1024 * 1024
    )  # of one of them; server.maxUploadSize in .streamlit says the same
    max_uploads_bytes: int = 512 * 1024 * 1024  # of all of them: the server holds them in memory
    seconds: float = 60.0  # for one page of a file, or for one outside program

    def of(self, media_type: str) -> int:
        """The bound for pages of a media type."""
        if media_type == "text/html":
            return self.max_html_bytes
        return self.max_page_bytes if media_type in _IN_MEMORY else self.max_file_bytes


_IN_MEMORY = frozenset({"text/plain", "application/json"})

DEFAULT_LIMITS = Limits()
