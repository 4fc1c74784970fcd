"""The file of a crawl, `crawl.sqlite`: every address known, what came of it, and when to visit it again.

Days and times for people are ISO 8601 in UTC; `not_before` and `due_at` are seconds since 1970.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import FrontierError

# An append-only list: a released migration is never edited.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE pages ("
        " id INTEGER PRIMARY KEY, url TEXT NOT NULL,"
        " list_of TEXT NOT NULL DEFAULT '',"  # of a list: its source; two sources may share one
        " source TEXT NOT NULL, host TEXT NOT NULL, role TEXT NOT NULL, start TEXT, kind TEXT,"
        " number INTEGER NOT NULL DEFAULT 0, depth INTEGER NOT NULL DEFAULT 0, parent TEXT,"
        " title TEXT, published_at TEXT, modified_at TEXT,"
        " state TEXT NOT NULL DEFAULT 'new', reason TEXT, alias_of TEXT,"
        " queued INTEGER NOT NULL DEFAULT 0, rank INTEGER NOT NULL DEFAULT 0,"
        " not_before REAL NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,"
        " due_at REAL, interval REAL, missing INTEGER NOT NULL DEFAULT 0,"
        " etag TEXT, last_modified TEXT, sha256 TEXT, text_sha256 TEXT, canonical TEXT,"
        " links_sha256 TEXT,"
        " first_at TEXT, fetched_at TEXT, checked_at TEXT, changed_at TEXT,"
        " UNIQUE (url, list_of))",
        "CREATE INDEX pages_queue ON pages (host, rank, id) WHERE queued",
        "CREATE INDEX pages_due ON pages (source, due_at) WHERE due_at IS NOT NULL",
        "CREATE INDEX pages_text ON pages (text_sha256, host) WHERE text_sha256 IS NOT NULL",
        "CREATE TABLE hosts (host TEXT PRIMARY KEY, robots TEXT NOT NULL, robots_at TEXT NOT NULL)",
        "CREATE TABLE runs (id INTEGER PRIMARY KEY, sources TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT)",
        "CREATE TABLE visits ("
        " id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,"
        " source TEXT NOT NULL, url TEXT NOT NULL, role TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT,"
        " at TEXT NOT NULL)",
        "CREATE INDEX visits_run ON visits (run, source, outcome)",
        "CREATE INDEX visits_url ON visits (run, url)",
        # Links that were not followed: counted, with an example, since there may be very many.
        "CREATE TABLE passed ("
        " run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, source TEXT NOT NULL,"
        " reason TEXT NOT NULL, count INTEGER NOT NULL, example TEXT NOT NULL,"
        " PRIMARY KEY (run, source, reason))",
    ),
    (
        # With what is asked of it inside: where nothing of a host is wanted, all that waits there is looked through.
        "DROP INDEX pages_queue",
        "CREATE INDEX pages_queue ON pages (host, rank, id, source, role, number, not_before) WHERE queued",
        # By which rules the lists of a source were read.
        "CREATE TABLE rules (source TEXT PRIMARY KEY, rules TEXT NOT NULL)",
    ),
)


def connect(path: Path | None) -> sqlite3.Connection:
    """A connection to the file of a crawl, made or brought up to date; None: in memory.

    Raises FrontierError.
    """
    with typed_errors(path):
        # Guarded by the frontier's own lock: robots.txt is looked up by the threads that fetch.
        db = sqlite3.connect(path or ":memory:", timeout=10, isolation_level=None, check_same_thread=False)
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA foreign_keys = ON")
        migrate(db, path)
        return db


def connect_reading(path: Path) -> sqlite3.Connection:
    """A connection to the file of a crawl that writes nothing, not beside it either. Raises FrontierError."""
    with typed_errors(path):
        address = f"{path.absolute().as_uri()}?mode=ro"
        try:
            db = sqlite3.connect(address, uri=True, timeout=10, isolation_level=None)
            db.execute("SELECT count(*) FROM sqlite_master")
        except (
            sqlite3.OperationalError
        ):  # WAL wants files beside it; where none can be made none is written to
            db = sqlite3.connect(f"{address}&immutable=1", uri=True, timeout=10, isolation_level=None)
        db.row_factory = sqlite3.Row
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        _refuse_newer(version, path)
        if version == 0:  # a crawl has only just made the file: nothing is in it yet
            db.close()
            return connect(None)
        return db


def migrate(db: sqlite3.Connection, path: Path | None) -> None:
    """Bring the schema up to date. Raises FrontierError where the file is of a newer version."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    _refuse_newer(version, path)
    for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
        db.execute("BEGIN IMMEDIATE")
        for statement in statements:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")


def _refuse_newer(version: int, path: Path | None) -> None:
    if version > len(MIGRATIONS):
        raise FrontierError(
            f"Tệp thu thập {path} do phiên bản Căn Cứ mới hơn ghi. Hãy cập nhật chương trình."
        )


@contextmanager
def typed_errors(path: Path | None) -> Iterator[None]:
    """Turn SQLite's errors about the file into FrontierError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise FrontierError(
            f"Không đọc/ghi được tệp thu thập {path} ({error}). Hãy kiểm tra quyền ghi, dung lượng đĩa, "
            "và không có lượt thu thập nào khác đang chạy."
        ) from error
    except sqlite3.DatabaseError as error:
        raise FrontierError(
            f"Tệp thu thập {path} bị hỏng ({error}). Hãy dời tệp này đi rồi chạy lại: các văn bản trong kho "
            "không bị ảnh hưởng, lượt sau sẽ kiểm tra lại từng trang."
        ) from error
