"""Files that come in through the page: kept in a folder under a safe name, then read like any other file."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from itertools import count
from pathlib import Path

from ingest.errors import RawStoreError
from ingest.kinds import TEXT, guess_media_type, media_type_of
from ingest.models import RawPage, hash_content
from ingest.readers import read_page
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
