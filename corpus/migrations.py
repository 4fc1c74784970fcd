"""The schema of the store as an append-only list: a released migration is never edited."""

from __future__ import annotations

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE documents ("
        " id TEXT PRIMARY KEY, uri TEXT NOT NULL UNIQUE, source_id TEXT, url TEXT, sha256 TEXT NOT NULL,"
        " title TEXT NOT NULL, title_in_text INTEGER NOT NULL, author TEXT, publisher TEXT,"
        " kind TEXT NOT NULL, text TEXT NOT NULL, raw_text TEXT NOT NULL,"
        " blocks TEXT NOT NULL, cuts TEXT NOT NULL, added_at TEXT NOT NULL)",
        "CREATE INDEX documents_source_id ON documents (source_id)",
        "CREATE TABLE facts ("
        " document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, name TEXT NOT NULL,"
        " value TEXT NOT NULL, start INTEGER, end INTEGER,"
        " key TEXT, number TEXT, type_code TEXT,"  # of a symbol: folded form, bare number, type
        " PRIMARY KEY (document_id, name))",
        "CREATE INDEX facts_key ON facts (name, key)",
        "CREATE TABLE refs ("
        " id INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
        " symbol TEXT NOT NULL, key TEXT NOT NULL, number TEXT, type_code TEXT, relation TEXT, date TEXT,"
        " issuer TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL,"
        " symbol_start INTEGER NOT NULL, symbol_end INTEGER NOT NULL, subject TEXT)",
        "CREATE INDEX refs_document ON refs (document_id)",
        "CREATE INDEX refs_key ON refs (key)",
        "CREATE INDEX refs_number ON refs (number)",
        "CREATE TABLE reports ("
        " document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, symbol TEXT NOT NULL,"
        " start INTEGER NOT NULL, end INTEGER NOT NULL)",
        "CREATE INDEX reports_document ON reports (document_id)",
        # AUTOINCREMENT: a row number is never reused, so an index entry can only mean the passage it was
        # made from.
        "CREATE TABLE passages ("
        " row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
        " document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,"
        " path TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL)",
        "CREATE INDEX passages_document ON passages (document_id)",
        "CREATE TABLE problems (uri TEXT PRIMARY KEY, kind TEXT NOT NULL, message TEXT NOT NULL, at TEXT NOT NULL)",
    ),
)
