"""Embeddings kept by content, so that no passage is encoded twice.

Keyed by the encoder's fingerprint and the sha256 of the exact passage text; the vector is stored as
little-endian float32, so a cached vector equals the fresh one bit for bit. It is only a cache: a damaged
file is set aside and rebuilt, and one that cannot be written is done without, each with a warning.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self, TypeVar

import numpy as np

from index.encoder import Encoder, Progress, Vectors

CHUNK = 256  # texts encoded between two commits: what a killed run loses at most
_LOOKUP = 500  # keys of one query; SQLite allows 999 parameters in its oldest builds
_SCHEMA = """
CREATE TABLE IF NOT EXISTS encoders (id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS embeddings (
    encoder_id INTEGER NOT NULL REFERENCES encoders(id),
    text_sha256 BLOB NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (encoder_id, text_sha256)
);
"""

T = TypeVar("T")

_log = logging.getLogger(__name__)


class EmbeddingCache:
    """A SQLite file of embeddings (WAL); several processes and threads may use it at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._connection = self._open()

    def get(self, fingerprint: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """The known vectors, shape (dimensions,), by text; texts without one are absent."""
        keys = {_key(text): text for text in texts}
        none: list[tuple[bytes, bytes]] = []
        rows = self._guard(lambda: list(self._select(fingerprint, list(keys))), none)
        return {keys[key]: np.frombuffer(vector, "<f4").astype(np.float32) for key, vector in rows}

    def put(self, fingerprint: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Store one vector per text in one transaction."""
        self._guard(lambda: self._insert(fingerprint, texts, vectors), None)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return _connect(self.path)
        except sqlite3.OperationalError as error:
            return self._open_in_memory(error)
        except sqlite3.DatabaseError as error:
            return self._replace_file(error)
        except OSError as error:
            return self._open_in_memory(error)

    def _open_in_memory(self, reason: Exception) -> sqlite3.Connection:
        _log.warning("Không dùng được bộ nhớ đệm véc-tơ %s (%s); chạy tiếp không lưu đệm.", self.path, reason)
        return _connect(":memory:")

    def _replace_file(self, reason: Exception) -> sqlite3.Connection:
        """A fresh file where the damaged one was; the damaged one stays beside it under another name."""
        aside = self.path.with_name(f"{self.path.name}.corrupt-{time.time_ns()}")
        _log.warning("Bộ nhớ đệm véc-tơ %s bị hỏng (%s); đã chuyển sang %s.", self.path, reason, aside.name)
        try:
            self.path.replace(aside)
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            return _connect(self.path)
        except (OSError, sqlite3.Error) as error:
            return self._open_in_memory(error)

    def _guard(self, work: Callable[[], T], otherwise: T) -> T:
        """What `work` returns, or `otherwise` with a warning where the file fails under it."""
        with self._lock:
            try:
                return work()
            except sqlite3.OperationalError as error:  # locked too long, read-only, disk full
                _log.warning("Bộ nhớ đệm véc-tơ %s không đọc hoặc ghi được: %s.", self.path, error)
            except sqlite3.DatabaseError as error:
                self._connection.close()
                self._connection = self._replace_file(error)
            return otherwise

    def _select(self, fingerprint: str, keys: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
        for start in range(0, len(keys), _LOOKUP):
            some = keys[start : start + _LOOKUP]
            yield from self._connection.execute(
                "SELECT text_sha256, vector FROM embeddings JOIN encoders ON encoders.id = encoder_id"
                f" WHERE fingerprint = ? AND text_sha256 IN ({','.join('?' * len(some))})",
                (fingerprint, *some),
            )

    def _insert(self, fingerprint: str, texts: Sequence[str], vectors: Vectors) -> None:
        rows = [
            (fingerprint, _key(t), v.astype("<f4").tobytes()) for t, v in zip(texts, vectors, strict=True)
        ]
        with self._connection:
            self._connection.execute(
                "INSERT OR IGNORE INTO encoders (fingerprint) VALUES (?)", (fingerprint,)
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO embeddings SELECT id, ?2, ?3 FROM encoders WHERE fingerprint = ?1",
                rows,
            )


def encode_cached(
    encoder: Encoder, cache: EmbeddingCache, texts: Sequence[str], progress: Progress | None = None
) -> Vectors:
    """The passage vectors of `texts`, shape (len(texts), encoder.dimensions); only unknown texts are encoded.

    Unknown texts are encoded `CHUNK` at a time and stored as they finish. `progress` gets the number of
    texts just done, cached and repeated ones included.
    """
    report = progress or (lambda _count: None)
    known = cache.get(encoder.fingerprint, texts)
    known = {text: vector for text, vector in known.items() if vector.shape == (encoder.dimensions,)}
    missing = list(dict.fromkeys(text for text in texts if text not in known))
    report(len(texts) - len(missing))
    for start in range(0, len(missing), CHUNK):
        chunk = missing[start : start + CHUNK]
        vectors = encoder.encode_passages(chunk, progress=report)
        cache.put(encoder.fingerprint, chunk, vectors)
        known.update(zip(chunk, vectors, strict=True))
    if not texts:
        return np.empty((0, encoder.dimensions), dtype=np.float32)
    return np.stack([known[text] for text in texts])


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8")).digest()
