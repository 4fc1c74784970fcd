"""Places and quantities kept with the documents of a store, and those that the present rules have yet to read."""

from __future__ import annotations

import sqlite3

from corpus.indicators import Indicator, find_indicators
from corpus.models import Document
from corpus.resolved import (
    SettledPlace,
    dump_indicators,
    dump_places,
    find_settled,
    load_indicators,
    load_places,
    rules,
)


def write_resolved(db: sqlite3.Connection, document: Document) -> None:
    """Read the places and quantities of a document, with the facts that hold, and keep them."""
    db.execute(
        "INSERT INTO resolved (document_id, rules, places, indicators) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (document_id) DO UPDATE SET rules = excluded.rules, places = excluded.places, "
        "indicators = excluded.indicators",
        (
            document.id,
            rules(),
            dump_places(find_settled(document)),
            dump_indicators(find_indicators(document)),
        ),
    )


def read_places(db: sqlite3.Connection, document_id: str) -> tuple[SettledPlace, ...] | None:
    """The places of a document; None where the present rules have not read it."""
    kept = _read(db, document_id, "places")
    return None if kept is None else load_places(kept)


def read_indicators(db: sqlite3.Connection, document_id: str) -> tuple[Indicator, ...] | None:
    """The quantities of a document; None where the present rules have not read it."""
    kept = _read(db, document_id, "indicators")
    return None if kept is None else load_indicators(kept)


def unresolved_documents(db: sqlite3.Connection) -> tuple[str, ...]:
    """The documents that the present rules have not read, oldest first."""
    rows = db.execute(
        "SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM resolved WHERE rules = ?) ORDER BY rowid",
        (rules(),),
    )
    return tuple(row["id"] for row in rows)


def _read(db: sqlite3.Connection, document_id: str, column: str) -> str | None:
    row = db.execute(
        f"SELECT {column} FROM resolved WHERE document_id = ? AND rules = ?", (document_id, rules())
    ).fetchone()
    return None if row is None else str(row[column])
