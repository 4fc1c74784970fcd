"""Look-ups by document number: who bears it, who mentions it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from corpus.models import Reference, Relation
from corpus.store_models import MentionedDocument
from corpus.store_rows import read_reference
from corpus.symbols import symbol_key


def references_to(db: sqlite3.Connection, symbol: str) -> tuple[tuple[str, Reference], ...]:
    """(document id, reference) wherever the collection mentions a number, in any of its typings."""
    rows = db.execute(
        "SELECT * FROM refs WHERE key = ? ORDER BY document_id, symbol_start", (symbol_key(symbol),)
    )
    return tuple((row["document_id"], read_reference(row)) for row in rows)


def titled_with(db: sqlite3.Connection, symbol: str) -> tuple[str, ...]:
    """Ids of the documents and pages whose title has a number, as it is written canonically."""
    escaped = re.sub(r"([%_\\])", r"\\\1", symbol)
    rows = db.execute(
        "SELECT id FROM documents WHERE title LIKE ? ESCAPE '\\' ORDER BY id", (f"%{escaped}%",)
    )
    return tuple(row["id"] for row in rows)


def references_telling(
    db: sqlite3.Connection, relations: Iterable[Relation], symbols: Sequence[str]
) -> Iterator[tuple[str, Reference]]:
    """(document id, reference) of some relations in the pages that mention one of some numbers (their keys).

    Page by page, in order of appearance: the statements that may be about those numbers. A passive one
    bears the number in its subject, so that all of a page's references have to be looked at.
    """
    rows = db.execute(
        "SELECT * FROM refs WHERE relation IN (SELECT value FROM json_each(?)) AND document_id IN "
        "(SELECT document_id FROM refs WHERE key IN (SELECT value FROM json_each(?))) ORDER BY document_id, id",
        (json.dumps([relation.value for relation in relations]), json.dumps(symbols)),
    )
    return ((row["document_id"], read_reference(row)) for row in rows.fetchall())


def symbols_like(db: sqlite3.Connection, type_code: str | None, number: str) -> tuple[str, ...]:
    """Canonical numbers, held or mentioned, that a short form ("NQ 04") may mean, most cited first."""
    bare = number.lstrip("0") or "0"
    rows = db.execute(
        "SELECT symbol, type_code, sum(n) AS n FROM ("
        "  SELECT symbol, type_code, count(*) AS n FROM refs WHERE number = :bare GROUP BY symbol"
        "  UNION ALL"
        "  SELECT value, type_code, 1000 FROM facts WHERE name = 'symbol' AND number = :bare"
        ") WHERE substr(symbol, 1, 1) <> '?' GROUP BY symbol ORDER BY n DESC, symbol",
        {"bare": bare},
    ).fetchall()
    return tuple(
        row["symbol"]
        for row in rows
        if type_code is None or _may_be(row["symbol"], row["type_code"], type_code)
    )


def documents_with_symbol(db: sqlite3.Connection, symbol: str) -> tuple[str, ...]:
    """Ids of the documents whose own number this is."""
    rows = db.execute(
        "SELECT document_id FROM facts WHERE name = 'symbol' AND key = ? ORDER BY document_id",
        (symbol_key(symbol),),
    )
    return tuple(row["document_id"] for row in rows)


def mentioned(db: sqlite3.Connection, symbol: str) -> MentionedDocument | None:
    """What the collection knows of a number, or None where it occurs nowhere."""
    references = references_to(db, symbol)
    held = documents_with_symbol(db, symbol)
    if not references and not held:
        return None
    return MentionedDocument(
        symbol=references[0][1].symbol if references else symbol,
        dates=_distinct(reference.date for _, reference in references),
        issuers=_distinct(reference.issuer for _, reference in references),
        cited_by=_distinct(document_id for document_id, _ in references),
        held_by=held,
    )


def count_mentioned_only(db: sqlite3.Connection) -> int:
    """How many distinct numbers are cited without their text being held."""
    row = db.execute(
        "SELECT count(DISTINCT key) FROM refs WHERE substr(symbol, 1, 1) <> '?' "
        "AND key NOT IN (SELECT key FROM facts WHERE name = 'symbol')"
    ).fetchone()
    return int(row[0])


def count_unnumbered(db: sqlite3.Connection) -> int:
    """How many documents, news pages aside, show no number of their own: any of them may bear one."""
    row = db.execute(
        "SELECT count(*) FROM documents WHERE kind <> 'news' "
        "AND id NOT IN (SELECT document_id FROM facts WHERE name = 'symbol')"
    ).fetchone()
    return int(row[0])


_OF_ASSEMBLY = re.compile(r"QH\d{1,2}\Z")


def _may_be(symbol: str, held: str | None, asked: str) -> bool:
    """Whether a number with a type, or none, may be of the type asked for.

    No type stands in the number of a State công văn (4836/BNN-VPĐP) nor in those of the Assembly (76/2025/UBTVQH15).
    """
    if held is not None:
        return held == asked
    return asked == "CV" or (asked == "NQ" and _OF_ASSEMBLY.search(symbol) is not None)


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
