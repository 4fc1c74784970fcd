"""The store: one SQLite file (WAL, foreign keys) that is the truth; every index can be rebuilt from it.

Layout of a store folder: `store.sqlite`, `raw/` (bytes by sha256), `index/` (derived), `write.lock`.
"""

from __future__ import annotations

import json
import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import StoreCorrupt, StoreError, StoreLocked, StoreReadOnly, StoreTooNew, UnknownDocument
from corpus.migrations import MIGRATIONS
from corpus.models import Document, DocumentKind, Fact, Facts, Passage, Reference, Relation, Report
from corpus.symbols import symbol_key
from ingest.models import Block, BlockKind, Cut, PageChange

HEAD = 1500  # characters: title block, issuer, subject and first paragraph of any kind of page

_FACT_NAMES = tuple(field.name for field in fields(Facts) if field.name != "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreState:
    """What an index is compared with: which store, and which revision of it."""

    store_id: str
    revision: int
    documents: int
    passages: int
    updated_at: str | None  # ISO 8601, UTC; None for a store that never held anything


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    """A passage with the number that indexes know it by (never reused) and what a hit shows beside it."""

    row: int
    passage: Passage
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is needed of a document to judge a passage of it, without its whole text."""

    id: str
    title: str
    url: str | None
    kind: DocumentKind
    head: str  # the opening of its text, at most HEAD characters
    symbol: str | None
    issuer: str | None
    province: str | None
    reports: tuple[Report, ...]
    references: tuple[Reference, ...]

    def references_in(self, start: int, end: int) -> tuple[Reference, ...]:
        """The references whose number stands in `text[start:end]`."""
        return tuple(r for r in self.references if start <= r.symbol_start and r.symbol_end <= end)


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedDocument:
    """A document that the collection cites; `held_by` lists the documents that are it (often none)."""

    symbol: str
    dates: tuple[str, ...]
    issuers: tuple[str, ...]
    cited_by: tuple[str, ...]  # document ids
    held_by: tuple[str, ...]  # document ids


class Store:
    """An open store. Use `Store.open`; writing methods need `writing()` around them."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.folder = folder
        self.read_only = read_only
        self._db = connection

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Store:
        """The store in `folder`, created where there is none (not when `read_only`).

        Raises StoreReadOnly, StoreLocked, StoreCorrupt, StoreTooNew or StoreError.
        """
        path = folder / "store.sqlite"
        with _typed_errors(path):
            if read_only:
                if not path.exists():
                    raise StoreError(
                        f"Chưa có kho văn bản ở {folder}. Hãy nạp văn bản trước: cancu ingest ĐƯỜNG_DẪN"
                    )
                return cls(folder, _connect_reading(path), read_only=True)
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreReadOnly(
                    f"Không tạo được thư mục kho {folder}: {error.strerror}. "
                    "Hãy chọn thư mục khác bằng --store hoặc cấp quyền ghi."
                ) from error
            if not may_write(folder) or (path.exists() and not may_write(path)):
                raise StoreReadOnly(
                    f"Kho {folder} chỉ cho phép đọc. Hãy cấp quyền ghi hoặc chọn kho khác bằng --store."
                )
            connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            _migrate(connection, path)
            return cls(folder, connection, read_only=False)

    def close(self) -> None:
        """Close the connection; the store can be opened again."""
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store's writer lock: one process writes documents and indexes at a time.

        Raises StoreLocked when another process holds it.
        """
        lock = FileLock(self.folder / "write.lock")
        try:
            lock.acquire(timeout=1)
        except Timeout as error:
            raise StoreLocked(
                f"Một tiến trình khác đang ghi vào kho {self.folder}. Hãy đợi nó xong rồi chạy lại."
            ) from error
        except OSError as error:
            raise StoreReadOnly(
                f"Kho {self.folder} chỉ cho phép đọc. Hãy cấp quyền ghi hoặc chọn kho khác bằng --store."
            ) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with _typed_errors(self.folder / "store.sqlite"):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    # --- writing

    def compare(self, uri: str, sha256: str) -> PageChange:
        """How a page with this address and content compares with what is held."""
        row = self._db.execute("SELECT sha256 FROM documents WHERE uri = ?", (uri,)).fetchone()
        if row is None:
            return PageChange.NEW
        return PageChange.SAME if row["sha256"] == sha256 else PageChange.CHANGED

    def save(self, document: Document) -> None:
        """Write the document in one transaction, in place of an earlier reading of the same page."""
        with self._transaction() as db:
            db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            db.execute("DELETE FROM problems WHERE uri = ?", (document.uri,))
            _insert_document(db, document)
            _advance(db)

    def remove(self, document_id: str) -> None:
        """Take a document with its passages and references out of the store; its raw bytes stay."""
        with self._transaction() as db:
            if db.execute("DELETE FROM documents WHERE id = ?", (document_id,)).rowcount == 0:
                raise UnknownDocument(f"Không có văn bản {document_id!r} trong kho.")
            _advance(db)

    def record_problem(self, uri: str, kind: str, message: str) -> None:
        """Keep the reason why a page was not read; reading it well later clears the record."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO problems (uri, kind, message, at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (uri) DO UPDATE SET kind = excluded.kind, message = excluded.message, "
                "at = excluded.at",
                (uri, kind, message, _now()),
            )

    def set_label(self, label: str) -> None:
        """Name the collection; the page shows the name."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO meta (key, value) VALUES ('label', ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (label,),
            )

    # --- reading

    def label(self) -> str | None:
        """The collection's name, where it was given one."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'label'").fetchone()
        return str(row["value"]) if row else None

    def state(self) -> StoreState:
        """Identity, revision and size of the store."""
        meta = {row["key"]: row["value"] for row in self._db.execute("SELECT key, value FROM meta")}
        return StoreState(
            store_id=meta["store_id"],
            revision=int(meta["revision"]),
            documents=self._count("documents"),
            passages=self._count("passages"),
            updated_at=meta.get("updated_at"),
        )

    def _count(self, table: str) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def problems(self) -> tuple[tuple[str, str, str], ...]:
        """(uri, kind, message) of every page that could not be read."""
        rows = self._db.execute("SELECT uri, kind, message FROM problems ORDER BY uri")
        return tuple((row["uri"], row["kind"], row["message"]) for row in rows)

    def document_ids(self) -> tuple[str, ...]:
        """The ids of all documents, oldest first."""
        return tuple(row["id"] for row in self._db.execute("SELECT id FROM documents ORDER BY rowid"))

    def find_document(self, name: str) -> str:
        """The id of the document known by an id, a path, an address, a source id or its own number.

        Raises UnknownDocument when nothing or more than one document answers.
        """
        rows = self._db.execute(
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

    def document(self, document_id: str) -> Document:
        """The whole document. Raises UnknownDocument."""
        row = self._db.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise UnknownDocument(f"Không có văn bản {document_id!r} trong kho.")
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
            blocks=tuple(
                Block(kind=BlockKind(kind), start=start, end=end)
                for kind, start, end in json.loads(row["blocks"])
            ),
            cuts=tuple(
                Cut(start=start, end=end, reason=reason) for start, end, reason in json.loads(row["cuts"])
            ),
            facts=self._facts(document_id, row["kind"]),
            references=self.references(document_id),
            reported=self._reports(document_id),
            passages=tuple(stored.passage for stored in self._passages("document_id = ?", (document_id,))),
        )

    def profile(self, document_id: str) -> Profile:
        """The document without its text. Raises UnknownDocument."""
        row = self._db.execute(
            "SELECT id, title, url, kind, substr(text, 1, ?) AS head FROM documents WHERE id = ?",
            (HEAD, document_id),
        ).fetchone()
        if row is None:
            raise UnknownDocument(f"Không có văn bản {document_id!r} trong kho.")
        facts = self._facts(document_id, row["kind"])
        return Profile(
            id=row["id"],
            title=row["title"],
            url=row["url"],
            kind=facts.kind,
            head=row["head"],
            symbol=facts.symbol.value if facts.symbol else None,
            issuer=facts.issuer.value if facts.issuer else None,
            province=facts.province.value if facts.province else None,
            reports=self._reports(document_id),
            references=self.references(document_id),
        )

    def text(self, document_id: str) -> str:
        """The stored text alone. Raises UnknownDocument."""
        row = self._db.execute("SELECT text FROM documents WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise UnknownDocument(f"Không có văn bản {document_id!r} trong kho.")
        return str(row["text"])

    def _facts(self, document_id: str, kind: str) -> Facts:
        rows = self._db.execute(
            "SELECT name, value, start, end FROM facts WHERE document_id = ?", (document_id,)
        )
        found = {row["name"]: Fact(value=row["value"], start=row["start"], end=row["end"]) for row in rows}
        return Facts(kind=DocumentKind(kind), **found)

    def references(self, document_id: str) -> tuple[Reference, ...]:
        """The references of one document in order of appearance."""
        rows = self._db.execute(
            "SELECT * FROM refs WHERE document_id = ? ORDER BY symbol_start", (document_id,)
        )
        return tuple(map(_reference, rows))

    def references_to(self, symbol: str) -> tuple[tuple[str, Reference], ...]:
        """(document id, reference) wherever the collection mentions a number, in any of its typings."""
        rows = self._db.execute(
            "SELECT * FROM refs WHERE key = ? ORDER BY document_id, symbol_start", (symbol_key(symbol),)
        )
        return tuple((row["document_id"], _reference(row)) for row in rows)

    def symbols_like(self, type_code: str | None, number: str) -> tuple[str, ...]:
        """Canonical numbers, held or mentioned, that a short form ("NQ 04") may mean, most cited first."""
        bare = number.lstrip("0") or "0"
        rows = self._db.execute(
            "SELECT symbol, type_code, sum(n) AS n FROM ("
            "  SELECT symbol, type_code, count(*) AS n FROM refs WHERE number = :bare GROUP BY symbol"
            "  UNION ALL"
            "  SELECT value, type_code, 1000 FROM facts WHERE name = 'symbol' AND number = :bare"
            ") WHERE substr(symbol, 1, 1) <> '?' GROUP BY symbol ORDER BY n DESC, symbol",
            {"bare": bare},
        ).fetchall()
        return tuple(
            row["symbol"] for row in rows if type_code is None or _same_type(row["type_code"], type_code)
        )

    def documents_with_symbol(self, symbol: str) -> tuple[str, ...]:
        """Ids of the documents whose own number this is."""
        rows = self._db.execute(
            "SELECT document_id FROM facts WHERE name = 'symbol' AND key = ? ORDER BY document_id",
            (symbol_key(symbol),),
        )
        return tuple(row["document_id"] for row in rows)

    def mentioned(self, symbol: str) -> MentionedDocument | None:
        """What the collection knows of a number, or None where it occurs nowhere."""
        references = self.references_to(symbol)
        held = self.documents_with_symbol(symbol)
        if not references and not held:
            return None
        name = references[0][1].symbol if references else symbol
        return MentionedDocument(
            symbol=name,
            dates=_distinct(reference.date for _, reference in references),
            issuers=_distinct(reference.issuer for _, reference in references),
            cited_by=_distinct(document_id for document_id, _ in references),
            held_by=held,
        )

    def count_mentioned_only(self) -> int:
        """How many distinct numbers are cited without their text being held."""
        row = self._db.execute(
            "SELECT count(DISTINCT key) FROM refs WHERE substr(symbol, 1, 1) <> '?' "
            "AND key NOT IN (SELECT key FROM facts WHERE name = 'symbol')"
        ).fetchone()
        return int(row[0])

    def _reports(self, document_id: str) -> tuple[Report, ...]:
        rows = self._db.execute(
            "SELECT symbol, start, end FROM reports WHERE document_id = ? ORDER BY start", (document_id,)
        )
        return tuple(Report(symbol=row["symbol"], start=row["start"], end=row["end"]) for row in rows)

    def passage_rows(self) -> frozenset[int]:
        """The row numbers of all passages: what an index must hold, no more and no less."""
        return frozenset(row[0] for row in self._db.execute("SELECT row FROM passages"))

    def rows_of(self, document_id: str) -> tuple[int, ...]:
        """The row numbers of one document's passages, in order."""
        rows = self._db.execute(
            "SELECT row FROM passages WHERE document_id = ? ORDER BY ordinal", (document_id,)
        )
        return tuple(row["row"] for row in rows)

    def source_ids(self) -> tuple[tuple[int, str], ...]:
        """(passage row, the id that the source gives its document, else our own) of every passage."""
        rows = self._db.execute(
            "SELECT p.row, coalesce(d.source_id, d.id) FROM passages p JOIN documents d ON d.id = p.document_id"
        )
        return tuple((row[0], row[1]) for row in rows)

    def passages(self, rows: Sequence[int]) -> tuple[StoredPassage, ...]:
        """The passages with these row numbers, in the order asked for; unknown rows are left out."""
        found: dict[int, StoredPassage] = {}
        for first in range(0, len(rows), 500):
            part = list(rows[first : first + 500])
            marks = ",".join("?" * len(part))
            for stored in self._passages(f"row IN ({marks})", part):
                found[stored.row] = stored
        return tuple(found[row] for row in rows if row in found)

    def _passages(self, where: str, values: Sequence[object]) -> Iterator[StoredPassage]:
        rows = self._db.execute(
            "SELECT p.*, d.title FROM passages p JOIN documents d ON d.id = p.document_id "
            f"WHERE {where} ORDER BY p.document_id, p.ordinal",
            list(values),
        ).fetchall()
        for row in rows:
            yield StoredPassage(
                row=row["row"],
                title=row["title"],
                passage=Passage(
                    id=row["id"],
                    document_id=row["document_id"],
                    ordinal=row["ordinal"],
                    path=tuple(json.loads(row["path"])),
                    start=row["start"],
                    end=row["end"],
                    text=row["text"],
                ),
            )

    def list_documents(self) -> tuple[sqlite3.Row, ...]:
        """id, title, kind, symbol, province, issued_on, uri, url, publisher of every document."""
        return tuple(
            self._db.execute(
                "SELECT d.id, d.title, d.kind, d.uri, d.url, d.publisher, "
                + ", ".join(
                    f"(SELECT value FROM facts WHERE document_id = d.id AND name = '{name}') AS {name}"
                    for name in ("symbol", "type", "issuer", "province", "issued_on")
                )
                + " FROM documents d ORDER BY d.rowid"
            ).fetchall()
        )


def _same_type(held: str | None, asked: str) -> bool:
    # A State công văn carries no type in its number (4836/BNN-VPĐP), so "CV 4836" may mean it.
    return held == asked or (held is None and asked == "CV")


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _as_uri(name: str) -> str:
    path = Path(name)
    return path.resolve().as_uri() if path.exists() else name


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _reference(row: sqlite3.Row) -> Reference:
    return Reference(
        symbol=row["symbol"],
        relation=Relation(row["relation"]) if row["relation"] else None,
        date=row["date"],
        issuer=row["issuer"],
        start=row["start"],
        end=row["end"],
        symbol_start=row["symbol_start"],
        symbol_end=row["symbol_end"],
        subject=row["subject"],
    )


def may_write(path: Path) -> bool:
    """Whether this process, with its effective user, may write the file or into the folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _connect_reading(path: Path) -> sqlite3.Connection:
    # In a folder that may not be written, SQLite cannot make the shared-memory file that WAL needs.
    flags = "mode=ro" if may_write(path.parent) else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?{flags}",
        uri=True,
        timeout=10,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.row_factory = sqlite3.Row
    _check_version(connection, path)
    return connection


def _check_version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise StoreTooNew(
            f"Kho {path.parent} được ghi bởi phiên bản Căn Cứ mới hơn. Hãy cập nhật chương trình."
        )
    return version


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    if _check_version(connection, path) == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _check_version(connection, path)  # another process may have migrated while we waited
        for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in migration:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(
            "INSERT OR IGNORE INTO meta (key, value) VALUES ('store_id', ?), ('revision', '0')",
            (uuid.uuid4().hex,),
        )
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _advance(db: sqlite3.Connection) -> None:
    db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'")
    db.execute(
        "INSERT INTO meta (key, value) VALUES ('updated_at', ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_now(),),
    )


def _insert_document(db: sqlite3.Connection, document: Document) -> None:
    db.execute(
        "INSERT INTO documents (id, uri, source_id, url, sha256, title, title_in_text, author, publisher, "
        "kind, text, raw_text, blocks, cuts, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.id,
            document.uri,
            document.source_id,
            document.url,
            document.sha256,
            document.title,
            document.title_in_text,
            document.author,
            document.publisher,
            document.facts.kind.value,
            document.text,
            document.raw_text,
            json.dumps([(block.kind.value, block.start, block.end) for block in document.blocks]),
            json.dumps([(cut.start, cut.end, cut.reason) for cut in document.cuts]),
            _now(),
        ),
    )
    for name in _FACT_NAMES:
        fact: Fact | None = getattr(document.facts, name)
        if fact is not None:
            key, number, type_code = _symbol_columns(fact.value) if name == "symbol" else (None, None, None)
            db.execute(
                "INSERT INTO facts (document_id, name, value, start, end, key, number, type_code) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (document.id, name, fact.value, fact.start, fact.end, key, number, type_code),
            )
    db.executemany(
        "INSERT INTO refs (document_id, symbol, key, number, type_code, relation, date, issuer, start, end, "
        "symbol_start, symbol_end, subject) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                document.id,
                reference.symbol,
                *_symbol_columns(reference.symbol),
                reference.relation.value if reference.relation else None,
                reference.date,
                reference.issuer,
                reference.start,
                reference.end,
                reference.symbol_start,
                reference.symbol_end,
                reference.subject,
            )
            for reference in document.references
        ],
    )
    db.executemany(
        "INSERT INTO reports (document_id, symbol, start, end) VALUES (?, ?, ?, ?)",
        [(document.id, report.symbol, report.start, report.end) for report in document.reported],
    )
    db.executemany(
        "INSERT INTO passages (id, document_id, ordinal, path, start, end, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                passage.id,
                document.id,
                passage.ordinal,
                json.dumps(passage.path, ensure_ascii=False),
                passage.start,
                passage.end,
                passage.text,
            )
            for passage in document.passages
        ],
    )


def _symbol_columns(symbol: str) -> tuple[str, str | None, str | None]:
    from corpus.symbols import find_symbols

    mentions = find_symbols(symbol.lstrip("?"))
    if not mentions:
        return symbol_key(symbol), None, None
    return symbol_key(symbol), mentions[0].number.lstrip("0") or "0", mentions[0].type_code


@contextmanager
def _typed_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        if "locked" in text or "busy" in text:
            raise StoreLocked(
                f"Kho {path.parent} đang bị một tiến trình khác khóa. Hãy đợi nó xong rồi chạy lại."
            ) from error
        if "readonly" in text or "unable to open" in text:
            raise StoreReadOnly(
                f"Không mở được kho {path.parent} để ghi ({text}). Hãy kiểm tra quyền của thư mục."
            ) from error
        raise StoreError(f"Lỗi khi đọc/ghi kho {path.parent}: {text}") from error
    except sqlite3.DatabaseError as error:
        raise StoreCorrupt(
            f"Tệp kho {path} bị hỏng hoặc không phải kho của Căn Cứ ({error}). Hãy khôi phục từ bản sao lưu, "
            "hoặc dời tệp này đi rồi nạp lại văn bản."
        ) from error
