"""PDFium at arm's length: a process that opens PDFs, is asked page by page, and is ended when it takes too long."""

from __future__ import annotations

import marshal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from ingest.errors import DamagedFile, EncryptedFile, UnsafeFile

_PROGRAM = Path(__file__).with_name("pdf_child.py")


class PdfProcess:
    """One running pdf_child.py; it is used again for the next file, as starting it takes longer than a page."""

    _idle: list[PdfProcess] = []  # noqa: RUF012 (shared on purpose, guarded by _lock)
    _lock = threading.Lock()

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._asking = threading.Lock()

    def ask(self, name: str, seconds: float, *request: Any) -> Any:
        """The answer to a request about the file `name`.

        Raises EncryptedFile, DamagedFile, or UnsafeFile when it takes more time or memory than allowed.
        """
        with self._asking:
            late = threading.Event()
            timer = threading.Timer(seconds, self._end_late, [late])
            timer.daemon = True
            timer.start()
            try:
                answer = self._exchange(request)
            except (OSError, ValueError, EOFError, TypeError):
                answer = None
            finally:
                timer.cancel()
        if late.is_set():
            raise UnsafeFile(
                f"Đọc tệp PDF {name!r} quá {seconds:.0f} giây cho một trang nên đã dừng. "
                "Hãy in lại tệp thành PDF khác (Print to PDF) rồi nạp lại."
            )
        if answer is None:
            self.end()
            raise DamagedFile(f"Tệp PDF {name!r} làm hỏng trình đọc PDF. Hãy kiểm tra lại tệp gốc.")
        kind, value = answer
        if kind == "ok":
            return value
        raise _error(name, value)

    def _exchange(self, request: tuple[Any, ...]) -> tuple[str, Any]:
        to_child, from_child = self._process.stdin, self._process.stdout
        assert to_child is not None and from_child is not None
        data = marshal.dumps(request)
        to_child.write(struct.pack("<Q", len(data)))
        to_child.write(data)
        to_child.flush()
        length = struct.unpack("<Q", _read(from_child, 8))[0]
        answer = marshal.loads(_read(from_child, length))
        return answer[0], answer[1]

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    @property
    def runs(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    @classmethod
    @contextmanager
    def borrow(cls) -> Iterator[PdfProcess]:
        """A process for one file."""
        with cls._lock:
            process = cls._idle.pop() if cls._idle else None
        if process is None or not process.runs:
            process = cls()
        try:
            yield process
        finally:
            if process.runs:
                with cls._lock:
                    cls._idle.append(process)


def _read(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _error(name: str, value: str) -> Exception:
    if value == "password":
        return EncryptedFile(f"Tệp PDF {name!r} có mật khẩu. Hãy bỏ mật khẩu (in lại thành PDF) rồi nạp lại.")
    if value == "memory":
        return UnsafeFile(
            f"Đọc tệp PDF {name!r} cần quá 2 GB bộ nhớ. Hãy tách tệp hoặc giảm cỡ ảnh rồi nạp lại."
        )
    return DamagedFile(f"Tệp PDF {name!r} hỏng hoặc bị cắt cụt ({value}). Hãy tải lại tệp gốc.")
