"""The SQLite file of a store: how it is opened, brought up to date, and what its errors mean."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import StoreCorrupt, StoreError, StoreLocked, StoreReadOnly, StoreTooNew
from corpus.migrations import MIGRATIONS


def connect_reading(path: Path) -> sqlite3.Connection:
    """A connection that never writes. Raises StoreTooNew."""
    # In a folder that may not be written, SQLite cannot make the shared-memory file that WAL needs.
    flags = "mode=ro" if may_write(path.parent) else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{flags}",
        uri=True,
        timeout=10,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    if _check_version(connection, path) < len(MIGRATIONS):
        return _open_older(connection, path)
    return connection


def _open_older(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A store of an older version, brought up to date: in place, or as a copy in memory."""
    if may_write(path.parent) and may_write(path):
        connection.close()
        connect_writing(path).close()
        return connect_reading(path)
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.backup(copy)
    connection.close()
    copy.row_factory = sqlite3.Row
    _migrate(copy, path)
    return copy


def connect_writing(path: Path) -> sqlite3.Connection:
    """A connection to the present schema, made or brought up to date where needed. Raises StoreTooNew."""
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    _migrate(connection, path)
    return connection


def may_write(path: Path) -> bool:
    """Whether this process, with its effective user, may write the file or into the folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def now() -> str:
    """The time, ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _check_version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise StoreTooNew(
            f"Kho {path.parent} được ghi bởi phiên bản Căn Cứ mới hơn. Hãy cập nhật chương trình."
        )
    return version


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _check_version(connection, path) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _check_version(connection, path)  # another process may have migrated while we waited
        for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in migration:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(
            "INSERT OR IGNORE INTO meta (key, value) VALUES ('store_id', ?), ('revision', '0')",
            (uuid.uuid4().hex,),
        )
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def typed_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file into ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise StoreLocked(
                f"Kho {path.parent} đang bị một tiến trình khác khóa. Hãy đợi nó xong rồi chạy lại."
            ) from error
        if "readonly" in text or "unable to open" in text:
            raise StoreReadOnly(
                f"Không mở được kho {path.parent} để ghi ({text}). Hãy kiểm tra quyền của thư mục."
            ) from error
        raise StoreError(f"Lỗi khi đọc/ghi kho {path.parent}: {text}") from error
    except sqlite3.DatabaseError as error:
        raise StoreCorrupt(
            f"Tệp kho {path} bị hỏng hoặc không phải kho của Căn Cứ ({error}). Hãy khôi phục từ bản sao lưu, "
            "hoặc dời tệp này đi rồi nạp lại văn bản."
        ) from error
