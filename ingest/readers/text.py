"""Plain text: bytes to characters, and characters to the kept text of a page."""

from __future__ import annotations

import codecs
import re
import unicodedata

from ingest.boilerplate import mark_lines
from ingest.errors import BinaryPage, EmptyPage, LegacyEncoding
from ingest.layout import split_lines, wrap_profile
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
    return read_plain(decode(page.content, page.name), page.name)


def read_plain(
    raw_text: str,
    name: str,
    *,
    title: str | None = None,
    title_in_text: bool = True,
    source_id: str | None = None,
    url: str | None = None,
) -> PageText:
    """The kept text of a page of plain text; `title` is one that stands beside it. Raises EmptyPage."""
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
    )


def decode(content: bytes, name: str) -> str:
    """The characters of a page: UTF-8, UTF-16/32 with a mark, else windows-1258 where it reads as Vietnamese.

    Raises EmptyPage, BinaryPage, or LegacyEncoding for TCVN3/ABC and VNI text.
    """
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
    refuse_legacy(text, name)
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
        refuse_legacy(content.decode("cp1252", "replace"), name)
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
    return text if stray == 0 and _vietnamese_letters(text) >= 0.02 * max(letters, 50) else None


def is_binary(text: str) -> bool:
    """Whether one character in a hundred is a control character; text layers of PDFs hold single ones."""
    controls = len(_CONTROLS.findall(text, 0, 1 << 20))
    return controls > 0.01 * min(len(text), 1 << 20)


_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_VIETNAMESE = re.compile(r"[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")
# TCVN3 (ABC) puts Vietnamese letters where Latin-1 has signs: "Céng hoµ x· héi chñ nghÜa ViÖt Nam".
_TCVN3_WORD = re.compile(r"(?i)[a-z]*[µ¸¶·¹»¾¼½®©ª¬¨§¦][a-zµ¸¶·¹»¾¼½®©ª¬¨§à-ÿ]+|[a-z]+[µ¸¶·¹»¾¼½®©ª¬¨§]")
# VNI writes the marks as a second letter: "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam".
_VNI_WORD = re.compile(r"(?i)\w*(?:[aeoyu][øùûõïäåãëêöúüàáèéâ]|ö[ôøùûõï]|ô[øùûõï])\w*")
_WORD = re.compile(r"\w+")
_LEGACY_SAMPLE = 200_000
_LEGACY_SHARE = 0.08  # of the words; French, German and Vietnamese text of ours stay under 0.02


def refuse_legacy(text: str, name: str) -> None:
    """Raise LegacyEncoding when the text is written in a pre-Unicode Vietnamese font encoding."""
    sample = text[:_LEGACY_SAMPLE]
    if sample.isascii() or _vietnamese_letters(sample) > 0.01 * len(sample):
        return
    words = max(1, len(_WORD.findall(sample)))
    for encoding, pattern in (("TCVN3 (ABC)", _TCVN3_WORD), ("VNI", _VNI_WORD)):
        hits = len(pattern.findall(sample))
        if hits >= 3 and hits >= _LEGACY_SHARE * words:
            raise LegacyEncoding(
                f"Trang {name!r} viết bằng bảng mã cũ {encoding}, không phải Unicode. "
                "Hãy chuyển mã sang Unicode (ví dụ bằng UniKey Toolkit), lưu UTF-8 rồi nạp lại."
            )


def _vietnamese_letters(text: str) -> int:
    return len(_VIETNAMESE.findall(text))
