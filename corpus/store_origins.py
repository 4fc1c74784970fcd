"""The part of the store that knows where on the Web documents come from: functions on its connection."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, fields

from corpus.models import Provenance
from ingest.models import Origin

_COLUMNS = tuple(field.name for field in fields(Origin))


def load_provenance(db: sqlite3.Connection, document_id: str) -> Provenance | None:
    """Where a document was fetched; None for one that does not come from the Web."""
    row = db.execute("SELECT * FROM origins WHERE document_id = ?", (document_id,)).fetchone()
    if row is None:
        return None
    values = {name: row[name] for name in _COLUMNS}
    origin = Origin(**{**values, "news": bool(values["news"])})
    return Provenance(origin=origin, checked_at=row["checked_at"], gone_at=row["gone_at"])


def write_origin(db: sqlite3.Connection, document_id: str, origin: Origin) -> None:
    """Note that a document was just fetched: it is there, whatever was known of it before."""
    names = ("document_id", *_COLUMNS, "checked_at", "gone_at")
    updates = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    db.execute(
        f"INSERT INTO origins ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) "
        f"ON CONFLICT (document_id) DO UPDATE SET {updates}",
        (document_id, *astuple(origin), origin.fetched_at, None),
    )


def confirm(db: sqlite3.Connection, uri: str, at: str) -> None:
    """Note that the source still has the page at an address as it is held."""
    db.execute(
        "UPDATE origins SET checked_at = ?, gone_at = NULL "
        "WHERE document_id = (SELECT id FROM documents WHERE uri = ?)",
        (at, uri),
    )


def mark_gone(db: sqlite3.Connection, uri: str, at: str) -> bool:
    """Note that the source has taken the page at an address down; whether such a document is held.

    A page of a folder has no origin and gets none.
    """
    changed = db.execute(
        "UPDATE origins SET gone_at = coalesce(gone_at, ?) WHERE document_id = (SELECT id FROM documents WHERE uri = ?)",
        (at, uri),
    )
    return changed.rowcount > 0
