"""The raw bytes of every page that was read, by sha256: reading again never needs the source again."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.errors import RawDamaged, RawMissing, RawStoreError

_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_LEVEL = 6  # gzip: on saved pages a third of the bytes; higher levels cost time and win less than 2 %


# Of headers that say nothing of the page and may say something of the visitor.
_PRIVATE_HEADERS = frozenset({"set-cookie", "set-cookie2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRecord:
    """How the bytes of a page came from the Web."""

    url: str  # as asked
    final_url: str  # that answered
    redirects: tuple[str, ...]
    status: int
    headers: Mapping[str, str]  # names in small letters
    fetched_at: str  # ISO 8601, UTC


class RawStore:
    """A folder of gzip files named by the sha256 of their content: `ab/abcdef….gz`.

    Beside the bytes of a page from the Web, `ab/abcdef….json` tells how they came: one `FetchRecord` for each
    address that they came from, the last one.

    Writing is atomic and idempotent, so two processes may put the same page at once and a killed process
    leaves no half-written page.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """The sha256 (hex) under which the bytes are kept now. Raises RawStoreError on a read-only folder."""
        sha256 = hashlib.sha256(content).hexdigest()
        if not self._holds(sha256):
            try:
                _write_atomically(self._path(sha256), gzip.compress(content, _LEVEL, mtime=0))
            except OSError as error:
                raise RawStoreError(
                    f"Không ghi được vào kho trang gốc {str(self.folder)!r} ({error.strerror}). "
                    "Hãy kiểm tra quyền ghi và dung lượng đĩa."
                ) from error
        return sha256

    def note_fetch(self, sha256: str, record: FetchRecord) -> None:
        """Keep how bytes came from the Web, without cookies. Raises RawStoreError on a read-only folder."""
        told = [asdict(held) for held in self.fetches(sha256) if held.url != record.url]
        shown = {name: value for name, value in record.headers.items() if name not in _PRIVATE_HEADERS}
        told.append({**asdict(record), "headers": shown})
        try:
            _write_atomically(self._notes(sha256), json.dumps(told, ensure_ascii=False, indent=1).encode())
        except OSError as error:
            raise RawStoreError(
                f"Không ghi được vào kho trang gốc {str(self.folder)!r} ({error.strerror}). "
                "Hãy kiểm tra quyền ghi và dung lượng đĩa."
            ) from error

    def fetches(self, sha256: str) -> tuple[FetchRecord, ...]:
        """How the bytes with a sha256 came from the Web; nothing for a file of this machine."""
        try:
            told = json.loads(self._notes(sha256).read_bytes())
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as error:
            raise RawDamaged(_damaged(self._notes(sha256))) from error
        return tuple(FetchRecord(**{**one, "redirects": tuple(one["redirects"])}) for one in told)

    def get(self, sha256: str) -> bytes:
        """The bytes kept under a sha256, verified. Raises RawMissing or RawDamaged."""
        path = self._path(sha256)
        try:
            content = gzip.decompress(path.read_bytes())
        except FileNotFoundError as error:
            raise RawMissing(f"Kho trang gốc không có trang {sha256!r}. Hãy nạp lại nguồn của nó.") from error
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise RawDamaged(_damaged(path)) from error
        except OSError as error:
            raise RawStoreError(
                f"Không đọc được {str(path)!r} ({error.strerror}). Hãy kiểm tra quyền đọc và ổ đĩa."
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise RawDamaged(_damaged(path))
        return content

    def discard(self, sha256: str) -> None:
        """Forget the page with a sha256, where it is kept. Raises RawStoreError."""
        try:
            self._path(sha256).unlink(missing_ok=True)
            self._notes(sha256).unlink(missing_ok=True)
        except OSError as error:
            raise RawStoreError(
                f"Không xóa được trang gốc {sha256!r} ({error.strerror}). Hãy kiểm tra quyền ghi."
            ) from error

    def __contains__(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def _holds(self, sha256: str) -> bool:
        """Whether the page is there and whole; a damaged one is written anew."""
        try:
            self.get(sha256)
        except RawStoreError:
            return False
        return True

    def _notes(self, sha256: str) -> Path:
        return self._path(sha256).with_suffix(".json")

    def _path(self, sha256: str) -> Path:
        if not _SHA256.match(sha256):
            raise RawMissing(f"{sha256!r} không phải mã sha256 của một trang gốc.")
        return self.folder / sha256[:2] / f"{sha256}.gz"


def _damaged(path: Path) -> str:
    return f"Trang gốc {str(path)!r} đã hỏng (nội dung không khớp mã sha256). Hãy nạp lại nguồn của nó."


def _write_atomically(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".put-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; systems that cannot open a folder (Windows) do without."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
