"""Documents to rows and back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import lru_cache, partial
from sys import getsizeof

from corpus.deferred import Deferred
from corpus.models import Document, DocumentKind, Fact, Facts, Passage, Reference, Relation, Report
from corpus.store_models import TAG, StoredPassage
from corpus.symbols import symbol_key
from ingest.models import Block, BlockKind, Cut, Doubt, RawPage, Sheet

FACT_NAMES = tuple(field.name for field in fields(Facts) if field.name != "kind")

_COLUMNS = (
    "id, uri, source_id, url, sha256, title, title_in_text, author, publisher, kind, text, raw_text, blocks, "
    "cuts, added_at, published_at, sheets, doubts, encoding, notes, text_sha256, facts_read, media_type, page_name"
).split(", ")


def text_sha256(text: str) -> str:
    """The sha256 (hex) of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=32)  # an answer asks for that of the same few documents at every quotation
def text_tag(text: str) -> str:
    """What an address with offsets names a text by."""
    return text_sha256(text)[:TAG]


# --- writing


def write_document(
    db: sqlite3.Connection, document: Document, kind: DocumentKind, read_at: str, page: RawPage | None
) -> None:
    """Insert or update the row of a document; its references, reports and passages are written beside it.

    `kind` is the one that holds (a person may have corrected it), `document.facts` are as read.
    """
    values: Sequence[object] = (
        document.id,
        document.uri,
        document.source_id,
        document.url,
        document.sha256,
        document.title,
        document.title_in_text,
        document.author,
        document.publisher,
        kind.value,
        document.text,
        document.raw_text,
        json.dumps([(block.kind.value, block.start, block.end) for block in document.blocks]),
        json.dumps([(cut.start, cut.end, cut.reason) for cut in document.cuts]),
        read_at,
        document.published_at,
        json.dumps([(s.number, s.start, s.end, s.scanned, s.confidence) for s in document.sheets]),
        json.dumps([(doubt.start, doubt.end, doubt.confidence) for doubt in document.doubts]),
        document.encoding,
        json.dumps(document.notes, ensure_ascii=False),
        text_sha256(document.text),
        dump_facts(document.facts),
        page.media_type if page else None,
        page.name if page else None,
    )
    db.execute(
        f"INSERT INTO documents ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
        f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS[1:])}",
        values,
    )


def write_facts(db: sqlite3.Connection, document_id: str, facts: Facts) -> None:
    """Put the facts that hold in place of those of before."""
    db.execute("DELETE FROM facts WHERE document_id = ?", (document_id,))
    for name in FACT_NAMES:
        fact: Fact | None = getattr(facts, name)
        if fact is not None:
            key, number, type_code = symbol_columns(fact.value) if name == "symbol" else (None, None, None)
            db.execute(
                "INSERT INTO facts (document_id, name, value, start, end, key, number, type_code, "
                "corrected_by, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(document_id, name, fact.value, fact.start, fact.end),
                    *(key, number, type_code, fact.corrected_by, fact.reason),
                ),
            )


def write_references(db: sqlite3.Connection, document: Document) -> None:
    """Put the references and reports of a document in place of those of before."""
    db.execute("DELETE FROM refs WHERE document_id = ?", (document.id,))
    db.executemany(
        "INSERT INTO refs (document_id, symbol, key, number, type_code, relation, date, issuer, start, end, "
        "symbol_start, symbol_end, subject, provision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                document.id,
                reference.symbol,
                *symbol_columns(reference.symbol),
                reference.relation.value if reference.relation else None,
                reference.date,
                reference.issuer,
                reference.start,
                reference.end,
                reference.symbol_start,
                reference.symbol_end,
                reference.subject,
                reference.provision,
            )
            for reference in document.references
        ],
    )
    db.execute("DELETE FROM reports WHERE document_id = ?", (document.id,))
    db.executemany(
        "INSERT INTO reports (document_id, symbol, start, end) VALUES (?, ?, ?, ?)",
        [(document.id, report.symbol, report.start, report.end) for report in document.reported],
    )


def write_passages(db: sqlite3.Connection, document: Document, *, keep: bool) -> bool:
    """Put the passages of a document in place of those of before; whether anything changed.

    With `keep` (the title is the same) a passage that is still there keeps its row, so that an index need
    not be told of it.
    """
    held = {
        row["id"]: row
        for row in db.execute(
            "SELECT id, ordinal, path FROM passages WHERE document_id = ?", (document.id,)
        ).fetchall()
    }
    wanted = {passage.id: _path_json(passage) for passage in document.passages}
    stay = {i for i, row in held.items() if keep and wanted.get(i) == row["path"]}
    gone = [(i,) for i in held if i not in stay]
    db.executemany("DELETE FROM passages WHERE id = ?", gone)
    new = [passage for passage in document.passages if passage.id not in stay]
    db.executemany(
        "INSERT INTO passages (id, document_id, ordinal, path, start, end, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (p.id, document.id, p.ordinal, wanted[p.id], p.start, p.end, p.text)
            for p in new
        ],
    )  # fmt: skip
    moved = [
        (p.ordinal, p.id) for p in document.passages if p.id in stay and held[p.id]["ordinal"] != p.ordinal
    ]
    db.executemany("UPDATE passages SET ordinal = ? WHERE id = ?", moved)
    return bool(gone or new or moved)


def _path_json(passage: Passage) -> str:
    return json.dumps(passage.path, ensure_ascii=False)


def symbol_columns(symbol: str) -> tuple[str, str | None, str | None]:
    """Folded form, bare number and type of a document number, by which it is looked up."""
    from corpus.symbols import find_symbols

    mentions = find_symbols(symbol.lstrip("?"))
    if not mentions:
        return symbol_key(symbol), None, None
    return symbol_key(symbol), mentions[0].number.lstrip("0") or "0", mentions[0].type_code


# --- reading

# An Enum's own look-up takes five times as long.
_RELATIONS = {relation.value: relation for relation in Relation}
_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}


def read_document(row: sqlite3.Row, **parts: object) -> Document:
    """The document of a row of `documents`; `parts` are its facts, references, reports and passages.

    Its blocks, thousands in a long text, are read when they are looked at: an answer needs none.
    """
    return Document(
        id=row["id"],
        uri=row["uri"],
        source_id=row["source_id"],
        url=row["url"],
        sha256=row["sha256"],
        title=row["title"],
        title_in_text=bool(row["title_in_text"]),
        author=row["author"],
        publisher=row["publisher"],
        text=row["text"],
        raw_text=row["raw_text"],
        blocks=Deferred(partial(_read_blocks, row["blocks"])),
        cuts=tuple(
            Cut(start=start, end=end, reason=reason) for start, end, reason in json.loads(row["cuts"])
        ),
        published_at=row["published_at"],
        sheets=tuple(
            Sheet(number=number, start=start, end=end, scanned=bool(scanned), confidence=confidence)
            for number, start, end, scanned, confidence in json.loads(row["sheets"])
        ),
        doubts=tuple(
            Doubt(start=start, end=end, confidence=confidence)
            for start, end, confidence in json.loads(row["doubts"])
        ),
        encoding=row["encoding"],
        notes=tuple(json.loads(row["notes"])),
        **parts,  # type: ignore[arg-type]
    )


def size_in_memory(document: Document) -> int:
    """About how many bytes a document takes, its blocks too once they are looked at."""
    texts = 2 * getsizeof(document.text) + getsizeof(document.raw_text)  # passages have it once more
    parts = (document.passages, document.references, document.reported, document.cuts, document.doubts)
    return texts + _PART * (sum(map(len, parts)) + len(document.text) // _BLOCK)


_PART = 300  # bytes of a reference, passage …: the object, its numbers and its place in a tuple
_BLOCK = 60  # characters of a block: few are shorter on average


def _read_blocks(dumped: str) -> tuple[Block, ...]:
    return tuple(
        Block(kind=_BLOCK_KINDS[kind], start=start, end=end) for kind, start, end in json.loads(dumped)
    )


def read_facts(rows: Iterable[sqlite3.Row], kind: str) -> Facts:
    """The facts of rows of `facts`."""
    found = {
        row["name"]: Fact(
            value=row["value"],
            start=row["start"],
            end=row["end"],
            corrected_by=row["corrected_by"],
            reason=row["reason"],
        )
        for row in rows
        if row["name"] in FACT_NAMES
    }
    return Facts(kind=DocumentKind(kind), **found)


def read_reference(row: sqlite3.Row) -> Reference:
    """The reference of a row of `refs`."""
    return Reference(
        symbol=row["symbol"],
        relation=_RELATIONS[row["relation"]] if row["relation"] else None,
        date=row["date"],
        issuer=row["issuer"],
        start=row["start"],
        end=row["end"],
        symbol_start=row["symbol_start"],
        symbol_end=row["symbol_end"],
        subject=row["subject"],
        provision=row["provision"],
    )


def read_report(row: sqlite3.Row) -> Report:
    """The report of a row of `reports`."""
    return Report(symbol=row["symbol"], start=row["start"], end=row["end"])


def read_passage(row: sqlite3.Row) -> StoredPassage:
    """The passage of a row of `passages` with the title of its document."""
    return StoredPassage(
        row=row["row"],
        title=row["title"],
        passage=Passage(
            id=row["id"],
            document_id=row["document_id"],
            ordinal=row["ordinal"],
            path=read_path(row["path"]),
            start=row["start"],
            end=row["end"],
            text=row["text"],
        ),
    )


@lru_cache(maxsize=4096)
def read_path(path: str) -> tuple[str, ...]:
    """The path of a passage as `passages` keeps it."""
    return tuple(json.loads(path))


# --- facts as JSON


def dump_facts(facts: Facts) -> str:
    """Facts as JSON: kind, and [value, start, end, corrected_by, reason] of what is known."""
    known = {name: fact for name in FACT_NAMES if (fact := getattr(facts, name)) is not None}
    return json.dumps(
        {
            "kind": facts.kind.value,
            **{n: [f.value, f.start, f.end, f.corrected_by, f.reason] for n, f in known.items()},
        },
        ensure_ascii=False,
    )


def load_facts(dumped: str) -> Facts:
    """The facts of `dump_facts`; a fact that this version does not know is left out."""
    loaded = json.loads(dumped)
    kind = DocumentKind(loaded.pop("kind"))
    found = {
        name: Fact(value=value, start=start, end=end, corrected_by=corrected_by, reason=reason)
        for name, (value, start, end, corrected_by, reason) in loaded.items()
        if name in FACT_NAMES
    }
    return Facts(kind=kind, **found)
