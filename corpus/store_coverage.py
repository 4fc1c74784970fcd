"""The numbers of a store, held and mentioned, with what decides which series each belongs to."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from corpus.models import DocumentKind, Relation
from corpus.store_facets import source_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNumber:
    """The own number of a document that is the directive itself; None is "not known"."""

    document_id: str
    symbol: str
    type: str | None
    issuer: str | None
    issuer_code: str | None
    level: str | None
    province: str | None
    issued_on: str | None  # ISO 8601


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedNumber:
    """A number as texts mention it, each combination once."""

    symbol: str
    issuer: str | None  # as named beside it
    date: str | None  # ISO 8601
    near: str | None  # the province of the text that mentions it


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """All numbers of a store, or those of one ending."""

    held: tuple[HeldNumber, ...]
    mentioned: tuple[MentionedNumber, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHeld:
    """What is held of one source (see `store_facets.source_of`; None: files of this machine)."""

    source: str | None
    documents: int
    last_read_at: str  # ISO 8601, UTC


_FACTS = ("type", "issuer", "issuer_code", "level", "province", "issued_on")


def load_numbers(db: sqlite3.Connection, ending: str | None = None) -> Numbers:
    """The numbers of a store; `ending`: only those whose key has these codes ("QĐ-UBND") behind the number."""
    values = {
        "official": DocumentKind.OFFICIAL.value,
        "own": Relation.OWN.value,
        "like": "%" if ending is None else f"%-{ending}%",
    }
    joins = " ".join(
        f"LEFT JOIN facts {name} ON {name}.document_id = f.document_id AND {name}.name = '{name}'"
        for name in _FACTS
    )
    columns = ", ".join(f"{name}.value AS {name}" for name in _FACTS)
    held = db.execute(
        f"SELECT f.document_id, f.value AS symbol, {columns} FROM facts f "
        f"JOIN documents d ON d.id = f.document_id {joins} "
        "WHERE f.name = 'symbol' AND d.kind = :official AND f.key LIKE :like ORDER BY d.rowid",
        values,
    )
    mentioned = db.execute(
        "SELECT DISTINCT r.symbol, r.issuer, r.date, p.value AS near FROM refs r "
        "LEFT JOIN facts p ON p.document_id = r.document_id AND p.name = 'province' "
        "WHERE substr(r.symbol, 1, 1) <> '?' AND r.relation IS NOT :own AND r.key LIKE :like",
        values,
    )
    return Numbers(
        held=tuple(HeldNumber(**dict(row)) for row in held),
        mentioned=tuple(MentionedNumber(**dict(row)) for row in mentioned),
    )


def load_sources(db: sqlite3.Connection) -> tuple[SourceHeld, ...]:
    """What was taken in by hand of each source, by name, those of this machine last.

    What was crawled is not among it: the record of the crawl knows more of its sources (`ingest.activity`).
    """
    found: dict[str | None, list[str]] = {}
    by_hand = "SELECT publisher, url, uri, added_at FROM documents WHERE id NOT IN (SELECT document_id FROM origins)"
    for row in db.execute(by_hand):
        source = source_of(publisher=row["publisher"], url=row["url"], uri=row["uri"])
        found.setdefault(source, []).append(row["added_at"])
    return tuple(
        SourceHeld(source=source, documents=len(times), last_read_at=max(times))
        for source, times in sorted(found.items(), key=lambda item: (item[0] is None, item[0] or ""))
    )
