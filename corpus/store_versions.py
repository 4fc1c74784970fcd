"""Earlier texts of a page: kept when the page changes, so that what was quoted can still be shown."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from corpus.errors import UnknownVersion
from corpus.models import Document, Facts
from corpus.store_models import TAG, Version
from corpus.store_rows import dump_facts, load_facts, text_sha256
from ingest.models import Block, BlockKind


def keep_version(db: sqlite3.Connection, old: sqlite3.Row, facts: Facts, replaced_at: str) -> None:
    """Keep the text and facts of a row of `documents` that is about to be replaced."""
    number = db.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM versions WHERE document_id = ?", (old["id"],)
    ).fetchone()[0]
    db.execute(
        "INSERT INTO versions (document_id, number, sha256, text_sha256, title, text, facts, read_at, "
        "replaced_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(old["id"], number, old["sha256"], text_sha256(old["text"]), old["title"], old["text"]),
            *(dump_facts(facts), old["added_at"], replaced_at),
        ),
    )


def load_versions(db: sqlite3.Connection, document_id: str) -> tuple[Version, ...]:
    """The earlier texts of a document, oldest first."""
    rows = db.execute(
        "SELECT document_id, number, sha256, text_sha256, title, length(text) AS characters, facts, read_at, "
        "replaced_at FROM versions WHERE document_id = ? ORDER BY number",
        (document_id,),
    )
    return tuple(
        Version(
            document_id=row["document_id"],
            number=row["number"],
            sha256=row["sha256"],
            text_sha256=row["text_sha256"],
            title=row["title"],
            characters=row["characters"],
            facts=load_facts(row["facts"]),
            read_at=row["read_at"],
            replaced_at=row["replaced_at"],
        )
        for row in rows
    )


def find_version(versions: tuple[Version, ...], document_id: str, name: int | str) -> Version:
    """The version with a number, or with a text whose sha256 begins so. Raises UnknownVersion."""
    for version in reversed(versions):
        if version.number == name if isinstance(name, int) else _is_tag(name, version.text_sha256):
            return version
    raise UnknownVersion(
        f"Văn bản {document_id!r} không có bản đọc {name!r} trong kho. "
        "Bản này chưa từng được lưu; hãy xem bản hiện nay."
    )


def is_present(name: int | str, text: str) -> bool:
    """Whether a tag names this text."""
    return isinstance(name, str) and _is_tag(name, text_sha256(text))


def _is_tag(name: str, sha256: str) -> bool:
    return len(name) >= TAG and sha256.startswith(name)


def load_version_text(db: sqlite3.Connection, version: Version) -> str:
    """The text of a version."""
    row = db.execute(
        "SELECT text FROM versions WHERE document_id = ? AND number = ?",
        (version.document_id, version.number),
    ).fetchone()
    return str(row["text"])


def as_document(present: Document, version: Version, text: str) -> Document:
    """An earlier text as a document that can be shown and quoted; what was not kept of it is empty."""
    return replace(
        present,
        sha256=version.sha256,
        title=version.title,
        text=text,
        raw_text=text,
        blocks=_lines(text),
        cuts=(),
        facts=version.facts,
        references=(),
        reported=(),
        passages=(),
        sheets=(),
        doubts=(),
    )


def _lines(text: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(kind=BlockKind.BODY, start=start, end=start + len(line)))
        start += len(line) + 1
    return tuple(blocks)
