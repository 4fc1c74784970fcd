"""Which documents of a store carry the same text: kept as pairs, shown as groups."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from corpus.copies import (
    SAME_NUMBER,
    STATED_HEAD,
    Fingerprint,
    Stated,
    are_copies,
    bands_of,
    read_stated,
    sign,
    tell_apart,
)
from corpus.store_rows import read_facts

_ERROR = 0.2  # of a similarity that is estimated from signatures: five standard deviations
_BUSIEST = 200  # documents that share a band and are compared; beyond this it is a form, not a text


def link_copies(db: sqlite3.Connection, document_id: str, text: str) -> None:
    """Find the copies of a document anew: its signature is replaced, its pairs are drawn again."""
    fingerprint = Fingerprint(text)
    forget_copies(db, document_id)
    bands = bands_of(signature := sign(fingerprint))
    db.execute(
        "INSERT INTO signatures (document_id, exact, minhash) VALUES (?, ?, ?)",
        (document_id, fingerprint.exact, signature.tobytes()),
    )
    candidates = _candidates(db, document_id, fingerprint, bands)
    db.executemany(
        "INSERT INTO bands (band, value, document_id) VALUES (?, ?, ?)",
        [(band, value, document_id) for band, value in enumerate(bands)],
    )
    if likely := _likely(db, candidates, signature):
        _draw_pairs(db, document_id, fingerprint, likely)


def relink_copies(db: sqlite3.Connection, document_id: str) -> None:
    """Draw the pairs of a document again after its facts were corrected."""
    row = db.execute("SELECT text FROM documents WHERE id = ?", (document_id,)).fetchone()
    link_copies(db, document_id, row["text"])


def forget_copies(db: sqlite3.Connection, document_id: str) -> None:
    """Take a document out of its group."""
    for table in ("signatures", "bands"):
        db.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))
    db.execute("DELETE FROM copies WHERE ? IN (first, second)", (document_id,))


def unsigned_documents(db: sqlite3.Connection) -> tuple[str, ...]:
    """The documents that were never compared: those of a store of before copies were looked for."""
    rows = db.execute("SELECT id FROM documents WHERE id NOT IN (SELECT document_id FROM signatures)")
    return tuple(row["id"] for row in rows)


def copies_of(db: sqlite3.Connection, document_id: str) -> tuple[str, ...]:
    """The other documents with the same text, oldest first."""
    rows = db.execute(
        "WITH RECURSIVE same (id) AS (SELECT ? UNION "
        " SELECT CASE WHEN c.first = same.id THEN c.second ELSE c.first END"
        " FROM same JOIN copies c ON c.first = same.id OR c.second = same.id) "
        "SELECT d.id FROM same JOIN documents d ON d.id = same.id WHERE d.id <> ? ORDER BY d.rowid",
        (document_id, document_id),
    )
    return tuple(row["id"] for row in rows)


def copy_groups(db: sqlite3.Connection) -> Mapping[str, str]:
    """Every document that has copies → the oldest document of its group."""
    pairs = db.execute("SELECT first, second FROM copies").fetchall()
    groups = _join(pairs)
    members = sorted({name for pair in pairs for name in pair})
    age: dict[str, int] = {}
    for first in range(0, len(members), 500):
        part = members[first : first + 500]
        rows = db.execute(f"SELECT id, rowid FROM documents WHERE id IN ({','.join('?' * len(part))})", part)
        age |= {row[0]: row[1] for row in rows}
    oldest: dict[str, str] = {}
    for name in sorted(members, key=age.__getitem__):
        oldest.setdefault(groups[name], name)
    return {name: oldest[groups[name]] for name in members}


def _join(pairs: Iterable[sqlite3.Row]) -> dict[str, str]:
    """Every member → a name of its group (union-find)."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = name = parent[parent[name]]
        return name

    for first, second in pairs:
        parent[root(first)] = root(second)
    return {name: root(name) for name in parent}


def load_stated(db: sqlite3.Connection, document_id: str) -> Stated:
    """What a document states of itself, corrections applied."""
    row = db.execute(
        "SELECT kind, title, substr(text, 1, ?) AS head FROM documents WHERE id = ?",
        (STATED_HEAD, document_id),
    ).fetchone()
    facts = db.execute("SELECT * FROM facts WHERE document_id = ?", (document_id,))
    return read_stated(read_facts(facts, row["kind"]), row["title"], row["head"])


def _candidates(
    db: sqlite3.Connection, document_id: str, fingerprint: Fingerprint, bands: tuple[int, ...]
) -> tuple[str, ...]:
    """The documents with equal words, with a band in common, or with the same own number."""
    found = [row[0] for row in db.execute(
        "SELECT document_id FROM signatures WHERE exact = ? LIMIT ?", (fingerprint.exact, _BUSIEST)
    )]  # fmt: skip
    found += [row[0] for row in db.execute(
        "SELECT o.document_id FROM facts f JOIN facts o ON o.name = 'symbol' AND o.key = f.key "
        "WHERE f.document_id = ? AND f.name = 'symbol' LIMIT ?",
        (document_id, _BUSIEST),
    )]  # fmt: skip
    for band, value in enumerate(bands):
        found += [row[0] for row in db.execute(
            "SELECT document_id FROM bands WHERE band = ? AND value = ? LIMIT ?", (band, value, _BUSIEST)
        )]  # fmt: skip
    return tuple(name for name in dict.fromkeys(found) if name != document_id)


def _likely(db: sqlite3.Connection, names: tuple[str, ...], signature: NDArray[np.uint32]) -> tuple[str, ...]:
    """Those whose signature is not clearly too far away, so that few texts have to be read."""
    kept = []
    for name in names:
        row = db.execute("SELECT minhash FROM signatures WHERE document_id = ?", (name,)).fetchone()
        other = np.frombuffer(row["minhash"], dtype=np.uint32) if row else signature
        if float(np.mean(other == signature)) >= SAME_NUMBER - _ERROR:
            kept.append(name)
    return tuple(kept)


def _draw_pairs(
    db: sqlite3.Connection,
    document_id: str,
    fingerprint: Fingerprint,
    candidates: tuple[str, ...],
) -> None:
    """Pair the document with what has its text, the most alike first, and with no group that holds another
    document which it is told apart from: a page without a number must not join two that differ in theirs.
    """
    stated = load_stated(db, document_id)
    pairs: list[tuple[float, str]] = []
    for name in candidates:
        others = load_stated(db, name)
        if tell_apart(stated, others):
            continue
        row = db.execute("SELECT text FROM documents WHERE id = ?", (name,)).fetchone()
        likeness = are_copies(stated, others, fingerprint, Fingerprint(row["text"]))
        if likeness is not None:
            pairs.append((likeness, name))
    joined = {document_id: stated}
    for likeness, name in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if name in joined:
            group = {name: joined[name]}
        else:
            group = {member: load_stated(db, member) for member in (name, *copies_of(db, name))}
            if any(tell_apart(one, other) for one in joined.values() for other in group.values()):
                continue
        joined |= group
        first, second = sorted((document_id, name))
        db.execute(
            "INSERT OR REPLACE INTO copies (first, second, similarity) VALUES (?, ?, ?)",
            (first, second, likeness),
        )
