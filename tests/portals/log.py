"""Every request that the test site got."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any


@dataclass(slots=True, kw_only=True)
class Entry:
    """One request. Times are of the monotonic clock, which all processes of a machine share on Linux.

    `start`: its head had come. `end`: the last piece of the answer was about to be sent; so from `end` to the next
    `start` is never more than the pause that the client made between the two.
    """

    start: float
    host: str
    method: str
    path: str  # with the query
    headers: dict[str, str]  # names in small letters
    end: float | None = None
    status: int | None = None  # None: nothing was sent yet
    sent: int = 0  # bytes, head included
    done: bool = False  # the answer ended, well or not
    broken: bool = False  # it ended before its whole was sent


@dataclass(slots=True)
class Log:
    """Entries in the order of their start; each is written to `path` as a line of JSON when it is done."""

    path: Path | None = None
    _entries: list[Entry] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _file: IO[str] | None = None

    def begin(self, entry: Entry) -> None:
        with self._lock:
            self._entries.append(entry)

    def finish(self, entry: Entry) -> None:
        entry.done = True
        if self.path is None:
            return
        with self._lock:
            self._file = self._file or self.path.open("a", encoding="utf-8")
            self._file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
            self._file.flush()

    def of(self, host: str | None = None, path: str | None = None) -> list[Entry]:
        """The requests of a host, of a path (with its query), or all."""
        with self._lock:
            found = list(self._entries)
        return [e for e in found if host in (None, e.host) and path in (None, e.path)]

    def count(self) -> int:
        """How many requests there were; cheap, for who asks again and again."""
        with self._lock:
            return len(self._entries)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()

    def write(self, path: Path) -> None:
        """All entries of memory as lines of JSON."""
        path.write_text(self.to_jsonl(), "utf-8")

    def to_jsonl(self) -> str:
        return "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in self.of())

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def read_log(text: str) -> list[Entry]:
    """The entries of lines of JSON."""
    values: list[dict[str, Any]] = [json.loads(line) for line in text.splitlines()]
    return [Entry(**value) for value in values]
