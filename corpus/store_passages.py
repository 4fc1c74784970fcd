"""Passages by their row numbers, which indexes know them by."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from corpus.models import Passage
from corpus.store_models import StoredPassage
from corpus.store_rows import read_passage, read_path

_PART = 500  # row numbers in one statement, which takes 999 in old builds of SQLite


def passage_rows(db: sqlite3.Connection) -> frozenset[int]:
    """The row numbers of all passages: what an index must hold, no more and no less."""
    return frozenset(row[0] for row in db.execute("SELECT row FROM passages"))


def rows_of(db: sqlite3.Connection, document_id: str) -> tuple[int, ...]:
    """The row numbers of one document's passages, in order."""
    rows = db.execute("SELECT row FROM passages WHERE document_id = ? ORDER BY ordinal", (document_id,))
    return tuple(row["row"] for row in rows)


def rows_of_documents(db: sqlite3.Connection, document_ids: Iterable[str]) -> frozenset[int]:
    """The row numbers of the passages of some documents."""
    rows = db.execute(
        "SELECT row FROM passages WHERE document_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(document_ids)),),
    )
    return frozenset(row[0] for row in rows)


def rows_by_document(db: sqlite3.Connection) -> dict[str, tuple[int, ...]]:
    """The row numbers of the passages of every document that has any."""
    found: dict[str, list[int]] = {}
    for document_id, row in db.execute("SELECT document_id, row FROM passages"):
        found.setdefault(document_id, []).append(row)
    return {document_id: tuple(rows) for document_id, rows in found.items()}


def documents_by_row(db: sqlite3.Connection, rows: Iterable[int]) -> dict[int, str]:
    """The document of each of some passages; unknown rows are left out."""
    found = db.execute(
        "SELECT row, document_id FROM passages WHERE row IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return {row[0]: row[1] for row in found}


def documents_of_rows(db: sqlite3.Connection, rows: Iterable[int]) -> dict[str, int]:
    """Document id → how many of some passages it has; the one with most of them first."""
    found = db.execute(
        "SELECT document_id, count(*) FROM passages WHERE row IN (SELECT value FROM json_each(?)) "
        "GROUP BY document_id ORDER BY count(*) DESC, document_id",
        (json.dumps(list(rows)),),
    )
    return {row[0]: row[1] for row in found}


def source_ids(db: sqlite3.Connection) -> tuple[tuple[int, str], ...]:
    """(passage row, the id that the source gives its document, else our own) of every passage."""
    rows = db.execute(
        "SELECT p.row, coalesce(d.source_id, d.id) FROM passages p JOIN documents d ON d.id = p.document_id"
    )
    return tuple((row[0], row[1]) for row in rows)


def passages_of(db: sqlite3.Connection, document_id: str, text: str) -> tuple[Passage, ...]:
    """The passages of one document with this text, in order."""
    rows = db.execute(
        "SELECT id, ordinal, path, start, end FROM passages WHERE document_id = ? ORDER BY ordinal",
        (document_id,),
    )
    return tuple(
        Passage(
            id=name,
            document_id=document_id,
            ordinal=ordinal,
            path=read_path(path),
            start=start,
            end=end,
            text=text[start:end],
        )
        for name, ordinal, path, start, end in rows
    )


def load_passages(db: sqlite3.Connection, rows: Sequence[int]) -> tuple[StoredPassage, ...]:
    """The passages with these row numbers, in the order asked for; unknown rows are left out."""
    found: dict[int, StoredPassage] = {}
    for first in range(0, len(rows), _PART):
        part = list(rows[first : first + _PART])
        marks = ",".join("?" * len(part))
        for stored in _select(db, f"row IN ({marks})", part):
            found[stored.row] = stored
    return tuple(found[row] for row in rows if row in found)


def _select(db: sqlite3.Connection, where: str, values: Sequence[object]) -> Iterator[StoredPassage]:
    rows = db.execute(
        "SELECT p.*, d.title FROM passages p JOIN documents d ON d.id = p.document_id "
        f"WHERE {where} ORDER BY p.document_id, p.ordinal",
        list(values),
    ).fetchall()
    return map(read_passage, rows)
