"""What kind of file some bytes are: by what they begin with, whatever the name says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
RTF = "application/rtf"
PDF = "application/pdf"
HTML = "text/html"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
ROWS = "application/json"  # a .jsonl file; a page is one line of it
ZIP = "application/zip"  # an archive; a page is one file of it

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".txt": TEXT,
        ".html": HTML,
        ".htm": HTML,
        ".md": MARKDOWN,
        ".pdf": PDF,
        ".docx": DOCX,
        ".docm": DOCX,
        ".doc": DOC,
        ".rtf": RTF,
        ".jsonl": ROWS,
        ".zip": ZIP,
    }
)
SUPPORTED = ", ".join(MEDIA_TYPES)

NAMES: Mapping[str, str] = MappingProxyType(
    {
        DOCX: "Word (.docx)",
        DOC: "Word cũ (.doc)",
        RTF: "RTF",
        PDF: "PDF",
        HTML: "HTML",
        TEXT: "văn bản thường",
        MARKDOWN: "Markdown",
        ZIP: "ZIP",
    }
)

# What a file begins with that is no document, whatever its name says.
_FOREIGN: Mapping[bytes, str] = MappingProxyType(
    {
        b"\x7fELF": "chương trình (Linux)",
        b"\xcf\xfa\xed\xfe": "chương trình (macOS)",
        b"\xca\xfe\xba\xbe": "chương trình (macOS, Java)",
        b"\x89PNG\r\n\x1a\n": "ảnh PNG",
        b"\xff\xd8\xff": "ảnh JPEG",
        b"GIF8": "ảnh GIF",
        b"Rar!\x1a\x07": "tệp nén RAR",
        b"7z\xbc\xaf'\x1c": "tệp nén 7z",
        b"\x1f\x8b\x08": "tệp nén gzip",
    }
)
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOM = b"\xef\xbb\xbf"
_SNIFFED = 2048  # bytes looked at to see whether a file is markup
_PDF_HEAD = 1024  # bytes among which a PDF may begin, as its readers allow


def media_type_of(name: str) -> str | None:
    """The media type that a file name promises; None for an unknown kind."""
    return MEDIA_TYPES.get(PurePath(name).suffix.lower())


def guess_media_type(named: str, content: bytes) -> str:
    """The media type by what the bytes are; the named one where they do not tell.

    Markup saved as .txt or .doc is HTML, .html without a tag is text, a .doc may be RTF or a .docx.
    """
    if content.startswith(ZIP_MAGIC):
        return _kind_of_zip(content)
    if content.startswith(OLE_MAGIC):
        return DOC
    bare = content[:_SNIFFED].replace(b"\0", b"").lstrip(_BOM + b"\xff\xfe \t\r\n").lower()
    if bare.startswith(b"{\\rtf"):
        return RTF
    if bare.startswith(b"%pdf-") or (named == PDF and is_pdf(content)):
        return PDF
    if bare.startswith((b"<!doctype html", b"<html")) and named != MARKDOWN:
        return HTML
    if named == HTML and b"<" not in content.replace(b"\0", b""):
        return TEXT
    if named in (DOC, RTF, DOCX, PDF) and _is_markup(bare):
        return HTML
    return named


def _is_markup(head: bytes) -> bool:
    """An HTML page below an XML declaration or a comment, or a piece of one."""
    return head.startswith(b"<") and any(
        mark in head for mark in (b"<html", b"<body", b"<!doctype html", b"<p")
    )


def _kind_of_zip(content: bytes) -> str:
    """A Word file is an archive that holds word/document.xml; only the names are read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.NameToInfo
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return DOCX if b"word/" in content[: 1 << 16] else ZIP
    return DOCX if any(name.startswith("word/document") for name in names) else ZIP


def name_foreign(content: bytes) -> str | None:
    """What a file is that is no document, in Vietnamese; None where its first bytes do not say so.

    >>> name_foreign(b"MZ\\x90\\x00\\x03\\x00"), name_foreign(b"MZ la viet tat")
    ('chương trình (Windows)', None)
    """
    if content.startswith(b"MZ") and b"\0" in content[:_SNIFFED]:
        return "chương trình (Windows)"
    return next((name for magic, name in _FOREIGN.items() if content.startswith(magic)), None)


def is_pdf(content: bytes) -> bool:
    """Whether a PDF begins where its readers look for it."""
    return b"%PDF-" in content[:_PDF_HEAD]
