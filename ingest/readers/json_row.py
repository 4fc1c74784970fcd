"""One line of a .jsonl file: `id, title, text, url`; other keys are ignored."""

from __future__ import annotations

import unicodedata

from ingest.boilerplate import fold
from ingest.errors import BinaryPage, MalformedRow
from ingest.legacy import convert_document, to_unicode, vietnamese_letters
from ingest.local import parse_row, row_id
from ingest.models import PageText, RawPage
from ingest.readers.text import is_binary, read_plain

_HEAD = 4000  # code points at the beginning of a text where its title may stand


def read_row(page: RawPage) -> PageText:
    """The text of one row. Raises MalformedRow, EmptyPage, BinaryPage or LegacyEncoding."""
    row = parse_row(page.content, page.name)
    source_id = row_id(row, page.name)
    text = _string(row, "text", page.name)
    if text is None:
        raise MalformedRow(f"{page.name}: thiếu text (một chuỗi). Hãy thêm nội dung cho văn bản này.")
    if is_binary(text):
        raise BinaryPage(f"{page.name}: text chứa dữ liệu nhị phân, không phải văn bản. Hãy sửa dòng này.")
    converted = convert_document(text, page.name)
    text, encoding = converted.text, converted.encoding
    title = _string(row, "title", page.name)
    if title and encoding is not None and not vietnamese_letters(title):
        title = to_unicode(title, encoding)
    title = unicodedata.normalize("NFC", " ".join(title.split())) if title and title.strip() else None
    return read_plain(
        text,
        page.name,
        title=title,
        title_in_text=title is None or fold(title) in fold(text[:_HEAD]),
        source_id=source_id,
        url=_string(row, "url", page.name) or None,
        encoding=encoding,
    )


def _string(row: dict[str, object], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise MalformedRow(f"{where}: {key} phải là một chuỗi. Hãy sửa dòng này.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise MalformedRow(
            f"{where}: {key} có ký tự Unicode hỏng (nửa cặp thay thế). Hãy sửa dòng này."
        ) from error
    return value
