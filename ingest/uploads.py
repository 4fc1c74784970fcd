"""Files that come in through the page: kept in a folder under a safe name, then read like any other file."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from ingest.archives import check_archive
from ingest.errors import DamagedFile, RawStoreError, SourceError
from ingest.kinds import DOCX, PDF, SUPPORTED, TEXT, ZIP, guess_media_type, is_pdf, media_type_of
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.local import too_large
from ingest.models import RawPage, hash_content
from ingest.readers import read_page, refuse_foreign
from ingest.readers.text import decode_page

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*#%]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?\Z", re.IGNORECASE)  # on Windows
_MAX_BYTES = 180  # of a name; file systems allow 255, a number and a suffix are added


def safe_name(name: str) -> str:
    """A file name without folders, control characters and what file systems or addresses do not take.

    >>> safe_name("../../etc/Nghị quyết: 04?.txt")
    'Nghị quyết_ 04_.txt'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    cleaned = _UNSAFE.sub("_", last).strip().strip(".").strip()
    stem, suffix = Path(cleaned).stem, Path(cleaned).suffix
    while len(stem.encode()) > _MAX_BYTES:
        stem = stem[:-1]
    cleaned = (stem.strip() or "tep") + suffix[:10].strip()
    return f"_{cleaned}" if _RESERVED.match(cleaned) else cleaned


def check_count(sizes: Sequence[int], limits: Limits = DEFAULT_LIMITS) -> None:
    """Raises SourceError where more files, or more bytes, came in one go than are taken."""
    total = sum(sizes)
    if len(sizes) > limits.max_uploads:
        raise SourceError(
            f"Đã chọn {len(sizes)} tệp, quá {limits.max_uploads} tệp một lần; chưa tệp nào được nhận. Hãy chia "
            "thành nhiều lần, hoặc để trong một thư mục rồi đọc cả thư mục."
        )
    if total > limits.max_uploads_bytes:
        raise SourceError(
            f"Các tệp đã chọn nặng {total / 2**20:.0f} MB, quá {limits.max_uploads_bytes / 2**20:.0f} MB một lần; "
            "chưa tệp nào được nhận. Hãy chia thành nhiều lần, hoặc đọc từ thư mục."
        )


def check_upload(name: str, content: bytes, limits: Limits = DEFAULT_LIMITS) -> None:
    """Look at the name, size and content of a file before anything of it is kept.

    Raises SourceError (no kind that is read) or UnreadablePage: too large, no document, an archive that explodes.
    """
    named = media_type_of(name)
    if named is None:
        raise SourceError(
            f"Chưa đọc được loại tệp của {name!r}. Hãy lưu thành một trong các loại: {SUPPORTED}."
        )
    limit = min(limits.of(named), limits.max_upload_bytes)
    if len(content) > limit:
        raise too_large(name, len(content), limit)
    refuse_foreign(name, content)
    kind = guess_media_type(named, content)
    if kind in (ZIP, DOCX):
        check_archive(content, name, limits)
    elif kind == PDF and not is_pdf(content):
        raise DamagedFile(f"Tệp {name!r} không phải PDF, hoặc bị hỏng phần đầu. Hãy tải lại tệp gốc.")


def keep_upload(folder: Path, name: str, content: bytes) -> Path:
    """Where the content now lies: under its own name, or a numbered one where other content has the name.

    The same name with the same content is the same file. Raises RawStoreError where nothing can be written.
    """
    wanted = Path(safe_name(name))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            path = folder / (wanted.name if number == 1 else f"{wanted.stem}-{number}{wanted.suffix}")
            if not path.exists():
                _write(path, content)
                return path
            if path.is_file() and path.read_bytes() == content:
                return path
    except OSError as error:
        raise RawStoreError(
            f"Không lưu được tệp {name!r} vào {folder} ({error.strerror}). Hãy kiểm tra quyền ghi và ổ đĩa."
        ) from error
    raise AssertionError  # count() does not end


def read_upload(name: str, content: bytes) -> str:
    """The text of a file that is read and not kept: of plain text every line, else what its reader keeps.

    Raises UnreadablePage.
    """
    kind = guess_media_type(media_type_of(name) or TEXT, content)
    if kind == TEXT:
        return decode_page(content, name).text
    page = RawPage(uri=name, content=content, sha256=hash_content(content), media_type=kind, name=name)
    return read_page(page).text


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a killed upload leaves no half file under the name."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(draft).replace(path)
