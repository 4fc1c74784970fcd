"""What documents are filtered and counted by, read from the facts that hold (corrections applied)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.models import DocumentKind
from corpus.store_documents import published_on


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacets:
    """The facts of one document that it is found by; None is "not known"."""

    document_id: str
    kind: DocumentKind
    type: str | None
    issuer: str | None
    issuer_code: str | None
    level: str | None
    system: str | None
    province: str | None  # as of the document
    date: str | None  # ISO 8601: of issue; of a news page, which has none, of publication
    source: str | None  # see `source_of`


_FACTS = ("type", "issuer", "issuer_code", "level", "system", "province", "issued_on")


def load_facets(db: sqlite3.Connection) -> tuple[DocumentFacets, ...]:
    """The facets of every document, oldest first."""
    facts: dict[str, dict[str, str]] = {}
    marks = ", ".join("?" * len(_FACTS))
    for row in db.execute(f"SELECT document_id, name, value FROM facts WHERE name IN ({marks})", _FACTS):
        facts.setdefault(row["document_id"], {})[row["name"]] = row["value"]
    rows = db.execute("SELECT id, uri, url, publisher, kind, published_at FROM documents ORDER BY rowid")
    return tuple(_read_facets(row, facts.get(row["id"], {})) for row in rows)


def _read_facets(row: sqlite3.Row, facts: dict[str, str]) -> DocumentFacets:
    return DocumentFacets(
        document_id=row["id"],
        kind=DocumentKind(row["kind"]),
        type=facts.get("type"),
        issuer=facts.get("issuer"),
        issuer_code=facts.get("issuer_code"),
        level=facts.get("level"),
        system=facts.get("system"),
        province=facts.get("province"),
        date=facts.get("issued_on") or published_on(row["kind"], row["published_at"]),
        source=source_of(publisher=row["publisher"], url=row["url"], uri=row["uri"]),
    )


def source_of(*, publisher: str | None, url: str | None, uri: str) -> str | None:
    """Where a page comes from: who publishes it, else the site, else the file that holds it among others.

    >>> source_of(publisher=None, url="https://www.chinhphu.vn/a", uri="file:///d/a.html")
    'chinhphu.vn'
    >>> source_of(publisher=None, url=None, uri="file:///d/b%E1%BB%99%20m%E1%BB%99t.jsonl#7")
    'bộ một.jsonl'
    """
    if publisher:
        return publisher
    host = urlsplit(url or uri).hostname
    if host:
        return host.removeprefix("www.")
    file, _, member = uri.partition("#")
    return unquote(PurePosixPath(file).name) if member else None
