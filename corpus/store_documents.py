"""What is held of one document, and how a document is found by name."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from corpus.errors import UnknownDocument
from corpus.models import Document, DocumentKind, Facts, PieceOfNews, Reference, Report
from corpus.reported import find_speaking
from corpus.roundups import find_pieces
from corpus.store_models import Copy, PageSource, Profile
from corpus.store_origins import load_provenance
from corpus.store_passages import passages_of
from corpus.store_rows import load_facts, read_document, read_facts, read_reference, read_report
from corpus.symbols import symbol_key

HEAD = 1500  # characters: title block, issuer, subject and first paragraph of any kind of page


def load_row(db: sqlite3.Connection, document_id: str, columns: str) -> sqlite3.Row:
    """Some columns of a document. Raises UnknownDocument."""
    row: sqlite3.Row | None = db.execute(
        f"SELECT {columns} FROM documents WHERE id = ?", (document_id,)
    ).fetchone()
    if row is None:
        raise unknown_document(document_id)
    return row


def unknown_document(document_id: str) -> UnknownDocument:
    """The error for an id that the store does not hold."""
    return UnknownDocument(f"Không có văn bản {document_id!r} trong kho.")


def find_document(db: sqlite3.Connection, name: str) -> str:
    """The id of the document known by an id, a path, an address, a source id or its own number.

    Raises UnknownDocument when nothing or more than one document answers.
    """
    rows = db.execute(
        "SELECT DISTINCT d.id FROM documents d LEFT JOIN facts f "
        "ON f.document_id = d.id AND f.name = 'symbol' "
        "WHERE d.id = :name OR d.uri = :name OR d.uri = :uri OR d.url = :name OR d.source_id = :name "
        "OR f.key = :key",
        {"name": name, "uri": _as_uri(name), "key": symbol_key(name)},
    ).fetchall()
    if not rows:
        raise UnknownDocument(
            f"Không có văn bản {name!r} trong kho. Xem danh sách ở trang Văn bản: cancu app"
        )
    if len(rows) > 1:
        ids = ", ".join(row["id"] for row in rows)
        raise UnknownDocument(f"{name!r} chỉ tới nhiều văn bản ({ids}). Hãy dùng mã văn bản.")
    return str(rows[0]["id"])


def _as_uri(name: str) -> str:
    path = Path(name)
    return path.resolve().as_uri() if path.exists() else name


def list_documents(db: sqlite3.Connection) -> tuple[sqlite3.Row, ...]:
    """id, title, kind, symbol, type, issuer, province, issued_on, uri, url, publisher of every document."""
    return tuple(
        db.execute(
            "SELECT d.id, d.title, d.kind, d.uri, d.url, d.publisher, "
            + ", ".join(
                f"(SELECT value FROM facts WHERE document_id = d.id AND name = '{name}') AS {name}"
                for name in ("symbol", "type", "issuer", "province", "issued_on")
            )
            + " FROM documents d ORDER BY d.rowid"
        ).fetchall()
    )


def load_document(db: sqlite3.Connection, document_id: str, *, as_read: bool) -> Document:
    """The whole document with its corrections, or `as_read` without them. Raises UnknownDocument."""
    row = load_row(db, document_id, "*")
    return read_document(
        row,
        facts=facts_as_read(db, document_id) if as_read else facts_that_hold(db, document_id, row["kind"]),
        references=references_of(db, document_id),
        reported=reports_of(db, document_id),
        passages=passages_of(db, document_id, row["text"]),
        provenance=load_provenance(db, document_id),
    )


def load_profile(db: sqlite3.Connection, document_id: str) -> Profile:
    """The document without its text; of a page without a number of its own the text is read. Raises UnknownDocument."""
    row = load_row(db, document_id, f"id, title, url, kind, published_at, substr(text, 1, {HEAD}) AS head")
    facts = facts_that_hold(db, document_id, row["kind"])
    references = references_of(db, document_id)
    speaking: tuple[str, ...] = ()
    pieces: tuple[PieceOfNews, ...] = ()
    if facts.symbol is None:
        text = load_row(db, document_id, "text")["text"]
        speaking = find_speaking(text, references)
        if facts.kind is DocumentKind.NEWS:
            pieces = find_pieces(text, references, row["title"])
    return Profile(
        id=row["id"],
        title=row["title"],
        url=row["url"],
        kind=facts.kind,
        head=row["head"],
        symbol=facts.symbol.value if facts.symbol else None,
        issuer=facts.issuer.value if facts.issuer else None,
        province=facts.province.value if facts.province else None,
        day=facts.issued_on.value if facts.issued_on else published_on(row["kind"], row["published_at"]),
        reports=reports_of(db, document_id),
        references=references,
        speaking=speaking,
        pieces=pieces,
    )


def published_on(kind: str, published_at: str | None) -> str | None:
    """The day on which a page of news was published, ISO 8601; None for other pages and where it is unknown."""
    return published_at[:10] if published_at and DocumentKind(kind) is DocumentKind.NEWS else None


def facts_that_hold(db: sqlite3.Connection, document_id: str, kind: str) -> Facts:
    """What is known of a document of a kind, corrections applied."""
    return read_facts(db.execute("SELECT * FROM facts WHERE document_id = ?", (document_id,)), kind)


def facts_as_read(db: sqlite3.Connection, document_id: str) -> Facts:
    """What was read of a document, before corrections. Raises UnknownDocument."""
    row = load_row(db, document_id, "kind, facts_read")
    if row["facts_read"] is None:  # of before there were corrections
        return facts_that_hold(db, document_id, row["kind"])
    return load_facts(row["facts_read"])


def references_of(db: sqlite3.Connection, document_id: str) -> tuple[Reference, ...]:
    """The references of one document in order of appearance."""
    rows = db.execute("SELECT * FROM refs WHERE document_id = ? ORDER BY id", (document_id,))
    return tuple(map(read_reference, rows))


def reports_of(db: sqlite3.Connection, document_id: str) -> tuple[Report, ...]:
    """The documents that one document restates, and where."""
    rows = db.execute(
        "SELECT symbol, start, end FROM reports WHERE document_id = ? ORDER BY rowid", (document_id,)
    )
    return tuple(map(read_report, rows))


def page_source(db: sqlite3.Connection, document_id: str) -> PageSource:
    """Where and as what the bytes of a document are kept. Raises UnknownDocument."""
    row = load_row(db, document_id, "uri, sha256, media_type, page_name")
    provenance = load_provenance(db, document_id)
    return PageSource(
        uri=row["uri"],
        sha256=row["sha256"],
        media_type=row["media_type"],
        name=row["page_name"],
        origin=provenance.origin if provenance else None,
    )


def holders(db: sqlite3.Connection, sha256: str) -> tuple[str, ...]:
    """The documents that were read, now or in an earlier version, from the bytes with a sha256."""
    rows = db.execute(
        "SELECT id FROM documents WHERE sha256 = :sha256 "
        "UNION SELECT document_id FROM versions WHERE sha256 = :sha256",
        {"sha256": sha256},
    )
    return tuple(row[0] for row in rows)


def source_of_document(db: sqlite3.Connection, document_id: str) -> Copy:
    """Where a document comes from. Raises UnknownDocument."""
    row = load_row(db, document_id, "id, title, uri, url, publisher")
    return Copy(
        document_id=row["id"],
        title=row["title"],
        uri=row["uri"],
        url=row["url"],
        publisher=row["publisher"],
    )
