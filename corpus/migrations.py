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
    (
        # What reading the kept bytes again needs to know. NULL: saved before this migration.
        "ALTER TABLE documents ADD COLUMN media_type TEXT",
        "ALTER TABLE documents ADD COLUMN page_name TEXT",
        # What the readers of paged and legacy files tell of a page.
        "ALTER TABLE documents ADD COLUMN published_at TEXT",
        "ALTER TABLE documents ADD COLUMN sheets TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE documents ADD COLUMN doubts TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE documents ADD COLUMN encoding TEXT",
        "ALTER TABLE documents ADD COLUMN notes TEXT NOT NULL DEFAULT '[]'",
        # sha256 of the text: what an address with offsets names. NULL: saved before this migration.
        "ALTER TABLE documents ADD COLUMN text_sha256 TEXT",
        "CREATE INDEX documents_text_sha256 ON documents (text_sha256)",
        # The facts as they were read, JSON; `facts` holds them with corrections applied, because every
        # look-up by number goes there. NULL: saved before this migration, when nothing could be corrected.
        "ALTER TABLE documents ADD COLUMN facts_read TEXT",
        "ALTER TABLE facts ADD COLUMN corrected_by TEXT",
        "ALTER TABLE facts ADD COLUMN reason TEXT",
        "ALTER TABLE refs ADD COLUMN provision TEXT",
        # Earlier texts of a page.
        "CREATE TABLE versions ("
        " document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, number INTEGER NOT NULL,"
        " sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,"
        " facts TEXT NOT NULL, read_at TEXT NOT NULL, replaced_at TEXT NOT NULL,"
        " PRIMARY KEY (document_id, number))",
        # By address and not by document: a page that is removed and taken in again keeps its corrections.
        "CREATE TABLE corrections ("
        " id INTEGER PRIMARY KEY, uri TEXT NOT NULL, name TEXT NOT NULL, value TEXT,"  # NULL: not known
        " corrected_by TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL,"
        " undone_by TEXT, undone_reason TEXT, undone_at TEXT)",
        "CREATE INDEX corrections_uri ON corrections (uri, name)",
        # The same text on several pages: signatures to find them by, and the pairs that were found.
        "CREATE TABLE signatures ("
        " document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,"
        " exact TEXT NOT NULL, minhash BLOB NOT NULL)",
        "CREATE INDEX signatures_exact ON signatures (exact)",
        "CREATE TABLE bands ("
        " band INTEGER NOT NULL, value INTEGER NOT NULL,"
        " document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
        " PRIMARY KEY (band, value, document_id)) WITHOUT ROWID",
        "CREATE INDEX bands_document ON bands (document_id)",
        "CREATE TABLE copies ("
        " first TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
        " second TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE, similarity REAL NOT NULL,"
        " PRIMARY KEY (first, second)) WITHOUT ROWID",
        "CREATE INDEX copies_second ON copies (second)",
    ),
    (
        # Where a page from the Web was fetched. checked_at: when the source last confirmed the held text;
        # gone_at: when it was found to be taken down, NULL while it is there.
        "CREATE TABLE origins ("
        " document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE, source TEXT NOT NULL,"
        " url TEXT NOT NULL, fetched_at TEXT NOT NULL, checked_at TEXT NOT NULL, gone_at TEXT,"
        " news INTEGER NOT NULL, publisher TEXT, parent TEXT, title TEXT, published_at TEXT, charset TEXT)",
        "CREATE INDEX origins_source ON origins (source)",
    ),
    (
        # Answers reported as wrong. By document id and tag of the text, without a foreign key: a report outlives
        # the document.
        "CREATE TABLE error_reports ("
        " number INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL, address TEXT NOT NULL,"
        " filters TEXT NOT NULL, outcome TEXT NOT NULL, spans TEXT NOT NULL, fault TEXT NOT NULL,"
        " comment TEXT NOT NULL, reported_by TEXT, at TEXT NOT NULL, revision INTEGER NOT NULL,"
        " edition INTEGER NOT NULL, closed_at TEXT, note TEXT)",
    ),
    (
        # Places and quantities of a text, JSON, and the rules they were read by; a row that is missing, or of other
        # rules, is read anew.
        "CREATE TABLE resolved ("
        " document_id TEXT PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,"
        " rules TEXT NOT NULL, places TEXT NOT NULL, indicators TEXT NOT NULL)",
    ),
)
