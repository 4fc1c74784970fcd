"""Plain text: bytes to characters, and characters to the kept text of a page."""

from __future__ import annotations

import codecs
import re
import unicodedata

from ingest.boilerplate import mark_lines
from ingest.errors import BinaryPage, EmptyPage
from ingest.layout import split_lines, wrap_profile
from ingest.legacy import (
    Converted,
    Legacy,
    convert_document,
    find_legacy,
    legacy_note,
    vietnamese_letters,
)
from ingest.models import PageText, RawPage
from ingest.readers.page import assemble

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP, DOCX hoặc XLSX"),
    (b"\xd0\xcf\x11\xe0", "DOC hoặc XLS cũ"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"Rar!", "RAR"),
    (b"\x7fELF", "chương trình"),
)


def read_text(page: RawPage) -> PageText:
    """The text of a .txt page. Raises EmptyPage, BinaryPage or LegacyEncoding."""
    decoded = decode_page(page.content, page.name)
    return read_plain(decoded.text, page.name, encoding=decoded.encoding)


def read_plain(
    raw_text: str,
    name: str,
    *,
    title: str | None = None,
    title_in_text: bool = True,
    source_id: str | None = None,
    url: str | None = None,
    encoding: Legacy | None = None,
) -> PageText:
    """The kept text of a page of plain text; `title` is one that stands beside it, `encoding` what the text
    was converted from. Raises EmptyPage.
    """
    lines = split_lines(raw_text)
    if not lines:
        raise EmptyPage(f"Trang {name!r} không có chữ nào. Hãy kiểm tra lại tệp gốc.")
    marked = mark_lines(lines, title=title)
    kept = [line for line, mark in zip(lines, marked.marks, strict=True) if mark.cut is None]
    assembled = assemble(lines, marked.marks, wrap_profile(kept))
    return PageText(
        text=assembled.text,
        raw_text=raw_text,
        blocks=assembled.blocks,
        cuts=assembled.cuts,
        title=marked.title,
        title_in_text=title_in_text,
        source_id=source_id,
        url=url,
        author=marked.author,
        publisher=marked.publisher,
        published_at=marked.published_at,
        encoding=encoding,
        notes=(legacy_note(encoding),) if encoding else (),
    )


def decode_page(content: bytes, name: str) -> Converted:
    """The characters of a page: UTF-8, UTF-16/32 with a mark, else windows-1258 where it reads as Vietnamese;
    TCVN3/ABC and VNI text converted to Unicode.

    Raises EmptyPage, BinaryPage, or LegacyEncoding for text that cannot be converted safely.
    """
    return convert_document(decode_bytes(content, name), name)


def decode_bytes(content: bytes, name: str) -> str:
    """The characters of a page as they are, letters of legacy fonts included. Raises EmptyPage or BinaryPage."""
    if not content.strip(b" \t\r\n\0"):
        raise EmptyPage(f"Trang {name!r} rỗng. Hãy kiểm tra lại tệp gốc.")
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise BinaryPage(
                f"Trang {name!r} thực ra là tệp {kind}, không phải văn bản. Hãy đổi đúng phần mở rộng."
            )
    text = _decode_marked(content, name)
    if text is None:
        text = _decode_unmarked(content, name)
    if "\0" in text or is_binary(text):
        raise BinaryPage(
            f"Trang {name!r} chứa dữ liệu nhị phân, không phải văn bản. Hãy lưu lại thành UTF-8."
        )
    return text


def _decode_marked(content: bytes, name: str) -> str | None:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise BinaryPage(
                    f"Trang {name!r} mở đầu như {encoding.upper()} nhưng hỏng ở byte {error.start}. "
                    "Hãy lưu lại thành UTF-8."
                ) from error
    return None


def _decode_unmarked(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise BinaryPage(f"Trang {name!r} chứa dữ liệu nhị phân. Hãy lưu lại thành UTF-8.") from error
        legacy = content.decode("cp1252", "replace")
        if find_legacy(legacy) is not None:
            return legacy
        text = _decode_1258(content)
        if text is None:
            raise BinaryPage(
                f"Trang {name!r} không phải UTF-8 (hỏng ở byte {error.start}) và không nhận ra bảng mã. "
                "Hãy lưu lại thành UTF-8."
            ) from error
        return text


def _decode_1258(content: bytes) -> str | None:
    """windows-1258 writes tone marks after the vowel; trusted only where they compose to letters."""
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError:
        return None
    letters = sum(char.isalpha() for char in text)
    stray = sum(unicodedata.combining(char) > 0 for char in text)
    return text if stray == 0 and vietnamese_letters(text) >= 0.02 * max(letters, 50) else None


def is_binary(text: str) -> bool:
    """Whether one character in a hundred is a control character; text layers of PDFs hold single ones."""
    controls = len(_CONTROLS.findall(text, 0, 1 << 20))
    return controls > 0.01 * min(len(text), 1 << 20)


_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
