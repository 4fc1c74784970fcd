"""The store: one SQLite file (WAL, foreign keys) that is the truth; every index can be rebuilt from it.

Layout of a store folder: `store.sqlite`, `raw/` (bytes by sha256), `reports/` (what each intake did),
`index/` (derived), `write.lock`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from sys import getsizeof

from filelock import FileLock, Timeout

from corpus import (
    store_copies,
    store_coverage,
    store_documents,
    store_facets,
    store_numbers,
    store_origins,
    store_passages,
    store_resolved,
    store_versions,
)
from corpus.corrections import (
    apply_corrections,
    check_author,
    check_value,
    load_corrections,
    name_fact,
    record_correction,
    undo_correction,
)
from corpus.database import connect_reading, connect_writing, may_write, now, typed_errors
from corpus.error_reports import (
    ErrorReport,
    Fault,
    ReportedAnswer,
    check_comment,
    close_report,
    load_reports,
    record_report,
)
from corpus.errors import StoreError, StoreLocked, StoreReadOnly
from corpus.indicators import Indicator, find_indicators
from corpus.kept import Kept
from corpus.models import Document, Facts, Provenance, Reference, Relation
from corpus.resolved import SettledPlace, find_settled
from corpus.store_coverage import Numbers, SourceHeld
from corpus.store_facets import DocumentFacets
from corpus.store_models import (
    TAG,
    Copy,
    Correction,
    MentionedDocument,
    PageSource,
    Profile,
    StoredPassage,
    StoreState,
    Version,
)
from corpus.store_rows import (
    dump_facts,
    size_in_memory,
    text_sha256,
    write_document,
    write_facts,
    write_passages,
    write_references,
)
from ingest.models import PageChange, RawPage

__all__ = ["MentionedDocument", "Profile", "Store", "StoreState", "StoredPassage", "may_write"]

# What is kept in memory, as long as texts and facts stay as they are:
_PROFILES = 2048
_DOCUMENTS = 48_000_000  # bytes
_TEXTS = 24_000_000  # bytes


class Store:
    """An open store. Use `Store.open`; writing methods need `writing()` around them."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.folder = folder
        self.read_only = read_only
        self._db = connection
        self._profiles = lru_cache(maxsize=_PROFILES)(
            lambda document_id, at: store_documents.load_profile(connection, document_id)
        )
        self._documents = Kept[Document](_DOCUMENTS, size_in_memory)
        self._texts = Kept[str](_TEXTS, getsizeof)
        self._facets = lru_cache(maxsize=1)(lambda at: store_facets.load_facets(connection))

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Store:
        """The store in `folder`, created where there is none (not when `read_only`).

        A store of an older version of the product is brought up to date. Raises StoreReadOnly, StoreLocked,
        StoreCorrupt, StoreTooNew or StoreError.
        """
        path = folder / "store.sqlite"
        with typed_errors(path):
            if read_only:
                if not path.exists():
                    raise StoreError(
                        f"Chưa có kho văn bản ở {folder}. Hãy nạp văn bản trước: cancu ingest ĐƯỜNG_DẪN"
                    )
                return cls(folder, connect_reading(path), read_only=True)
            _make_folder(folder)
            if not may_write(folder) or (path.exists() and not may_write(path)):
                raise _read_only(folder)
            return cls(folder, connect_writing(path), read_only=False)

    def close(self) -> None:
        """Close the connection; the store can be opened again."""
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def writing(self, *, patience: float = 1.0) -> Iterator[None]:
        """Hold the store's writer lock: one process writes documents and indexes at a time.

        Raises StoreLocked when another process still holds it after `patience` seconds.
        """
        lock = FileLock(self.folder / "write.lock")
        try:
            lock.acquire(timeout=patience)
        except Timeout as error:
            raise StoreLocked(
                f"Một tiến trình khác đang ghi vào kho {self.folder}. Hãy đợi nó xong rồi chạy lại."
            ) from error
        except OSError as error:
            raise _read_only(self.folder) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with typed_errors(self.folder / "store.sqlite"):
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

    def save(self, document: Document, *, page: RawPage | None = None) -> bool:
        """Write the document as it was read, in one transaction; whether it differs from what was held.

        A text that was replaced is kept as a version; corrections go on holding; passages that are still
        there keep their row. `page` is what it was read from, for reading its bytes again.
        """
        with self._transaction() as db:
            db.execute("DELETE FROM problems WHERE uri = ?", (document.uri,))
            old = db.execute("SELECT * FROM documents WHERE id = ?", (document.id,)).fetchone()
            if old is not None and self.document(document.id, as_read=True) == document:
                self._write_origin(document)
                return False
            same_text = old is not None and old["text"] == document.text
            if old is not None and not same_text:
                store_versions.keep_version(db, old, self._facts(document.id, old["kind"]), now())
            facts = apply_corrections(document.facts, load_corrections(db, document.uri))
            write_document(db, document, facts.kind, old["added_at"] if same_text else now(), page)
            self._write_origin(document)
            write_facts(db, document.id, facts)
            write_references(db, document)
            same_title = old is not None and old["title"] == document.title
            moved = write_passages(db, document, keep=same_title)
            store_copies.link_copies(db, document.id, document.text)
            store_resolved.write_resolved(db, replace(document, facts=facts))
            _advance(db, "revision" if old is None or moved else "edition")
            return True

    def _write_origin(self, document: Document) -> None:
        held = store_origins.load_provenance(self._db, document.id)
        if document.provenance is not None and document.provenance.origin != (held and held.origin):
            store_origins.write_origin(self._db, document.id, document.provenance.origin)

    def confirm(self, uri: str, *, at: str) -> None:
        """Note that the source still has the page at an address as it is held; `at`: ISO 8601, UTC."""
        with self._transaction() as db:
            store_origins.confirm(db, uri, at)
            db.execute("DELETE FROM problems WHERE uri = ?", (uri,))  # it is read well again

    def mark_gone(self, uri: str, *, at: str) -> bool:
        """Note that the source has taken the page at an address down; whether it is held, which it stays."""
        with self._transaction() as db:
            return store_origins.mark_gone(db, uri, at)

    def link_missing_copies(self) -> int:
        """Look for copies of the documents that were saved before copies were looked for; how many."""
        with self._transaction() as db:
            unsigned = store_copies.unsigned_documents(db)
            for document_id in unsigned:
                store_copies.relink_copies(db, document_id)
            return len(unsigned)

    def resolve_missing(self, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
        """Read the places and quantities of the documents that the present rules have not read; how many.

        `progress` gets (documents done, of how many); what is done stays where it raises.
        """
        missing = store_resolved.unresolved_documents(self._db)
        for done, document_id in enumerate(missing):
            progress(done, len(missing))
            with self._transaction() as db:
                store_resolved.write_resolved(db, self.document(document_id))
        return len(missing)

    def remove(self, document_id: str) -> None:
        """Take a document with all that was read from it and its versions out of the store.

        Its raw bytes stay, and so do corrections: they hold again when the page is taken in anew.
        """
        with self._transaction() as db:
            if db.execute("DELETE FROM documents WHERE id = ?", (document_id,)).rowcount == 0:
                raise store_documents.unknown_document(document_id)
            _advance(db, "revision")

    def record_problem(self, uri: str, kind: str, message: str) -> None:
        """Keep the reason why a page was not read; reading it well later clears the record."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO problems (uri, kind, message, at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (uri) DO UPDATE SET kind = excluded.kind, message = excluded.message, "
                "at = excluded.at",
                (uri, kind, message, now()),
            )

    def set_label(self, label: str) -> None:
        """Name the collection; the page shows the name."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO meta (key, value) VALUES ('label', ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (label,),
            )

    # --- corrections

    def correct(self, document_id: str, name: str, value: str, *, by: str, reason: str) -> Correction:
        """Put a value in place of what was read, from now on; an empty one says that it is not known.

        Raises UnknownDocument or InvalidCorrection.
        """
        who, why = check_author(by, reason)
        fact = name_fact(name)
        correction = Correction(
            name=fact, value=check_value(fact, value), corrected_by=who, reason=why, at=now()
        )
        with self._transaction() as db:
            record_correction(db, self._uri(document_id), correction)
            self._settle_facts(db, document_id)
        return correction

    def undo_correction(self, document_id: str, name: str, *, by: str, reason: str) -> None:
        """Take back the last correction of a fact; the one before it holds, else what was read.

        Raises UnknownDocument or InvalidCorrection.
        """
        who, why = check_author(by, reason)
        with self._transaction() as db:
            undo_correction(db, self._uri(document_id), name_fact(name), by=who, reason=why, at=now())
            self._settle_facts(db, document_id)

    def corrections(self, document_id: str) -> tuple[Correction, ...]:
        """All corrections of a document, oldest first, undone ones too. Raises UnknownDocument."""
        return load_corrections(self._db, self._uri(document_id))

    def corrections_at(self, uri: str) -> tuple[Correction, ...]:
        """All corrections of the page at an address, whether it is held or not."""
        return load_corrections(self._db, uri)

    def _settle_facts(self, db: sqlite3.Connection, document_id: str) -> None:
        read = store_documents.facts_as_read(db, document_id)
        facts = apply_corrections(read, load_corrections(db, self._uri(document_id)))
        db.execute(
            "UPDATE documents SET kind = ?, facts_read = ? WHERE id = ?",
            (facts.kind.value, dump_facts(read), document_id),
        )
        write_facts(db, document_id, facts)
        store_copies.relink_copies(db, document_id)
        store_resolved.write_resolved(db, self.document(document_id))
        _advance(db, "edition")

    # --- answers reported as wrong

    def report_error(
        self, answer: ReportedAnswer, fault: Fault, *, comment: str = "", by: str = ""
    ) -> ErrorReport:
        """Keep a report of a wrong answer for review. Raises InvalidReport."""
        said = check_comment(fault, comment)
        revision, edition = self.counters()
        report = ErrorReport(
            number=0,
            answer=answer,
            fault=fault,
            comment=said,
            reported_by=" ".join(by.split()) or None,
            at=now(),
            revision=revision,
            edition=edition,
        )
        with self._transaction() as db:
            return replace(report, number=record_report(db, report))

    def close_error_report(self, number: int, *, note: str) -> None:
        """Say what came of an open report. Raises InvalidReport."""
        with self._transaction() as db:
            close_report(db, number, note=note, at=now())

    def error_reports(self) -> tuple[ErrorReport, ...]:
        """All reports of wrong answers, open ones first, of each the newest first."""
        return load_reports(self._db)

    # --- reading: the store

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
            edition=int(meta.get("edition", 0)),
            documents=self._count("documents"),
            passages=self._count("passages"),
            updated_at=meta.get("updated_at"),
        )

    def counters(self) -> tuple[int, int]:
        """(revision, edition): another pair whenever texts or facts have changed."""
        rows = self._db.execute("SELECT key, value FROM meta WHERE key IN ('revision', 'edition')")
        held = {row["key"]: int(row["value"]) for row in rows}
        return held["revision"], held.get("edition", 0)

    def _count(self, table: str) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def problems(self) -> tuple[tuple[str, str, str], ...]:
        """(uri, kind, message) of every page that could not be read."""
        rows = self._db.execute("SELECT uri, kind, message FROM problems ORDER BY uri")
        return tuple((row["uri"], row["kind"], row["message"]) for row in rows)

    def list_documents(self) -> tuple[sqlite3.Row, ...]:
        """id, title, kind, symbol, type, issuer, province, issued_on, uri, url, publisher of every document."""
        return store_documents.list_documents(self._db)

    # --- reading: facets

    def facets(self) -> tuple[DocumentFacets, ...]:
        """What every document is filtered and counted by, oldest first; see `corpus.facets`. Kept like profiles."""
        if self._db.in_transaction:
            return store_facets.load_facets(self._db)
        return self._facets(self.counters())

    def rows_of_documents(self, document_ids: Iterable[str]) -> frozenset[int]:
        """The row numbers of the passages of some documents."""
        return store_passages.rows_of_documents(self._db, document_ids)

    def rows_by_document(self) -> Mapping[str, tuple[int, ...]]:
        """The row numbers of the passages of every document that has any."""
        return store_passages.rows_by_document(self._db)

    def documents_by_row(self, rows: Iterable[int]) -> Mapping[int, str]:
        """The document of each passage with one of these row numbers; unknown rows are left out."""
        return store_passages.documents_by_row(self._db, rows)

    def documents_of_rows(self, rows: Iterable[int]) -> Mapping[str, int]:
        """Document id → how many of the passages with these row numbers it has, most first."""
        return store_passages.documents_of_rows(self._db, rows)

    # --- reading: coverage

    def numbers(self, ending: str | None = None) -> Numbers:
        """All numbers, held and mentioned, or those with a key of this ending ("QĐ-UBND")."""
        return store_coverage.load_numbers(self._db, ending)

    def held_by_source(self) -> tuple[SourceHeld, ...]:
        """How much is held of each source, and when something of it was last read."""
        return store_coverage.load_sources(self._db)

    # --- reading: documents

    def document_ids(self) -> tuple[str, ...]:
        """The ids of all documents, oldest first."""
        return tuple(row["id"] for row in self._db.execute("SELECT id FROM documents ORDER BY rowid"))

    def find_document(self, name: str) -> str:
        """The id of the document known by an id, a path, an address, a source id or its own number.

        Raises UnknownDocument when nothing or more than one document answers.
        """
        return store_documents.find_document(self._db, name)

    def document(self, document_id: str, *, as_read: bool = False) -> Document:
        """The whole document with its corrections, or `as_read` without them. Raises UnknownDocument.

        Kept like profiles, with its corrections alone.
        """
        if as_read or self._db.in_transaction:
            return store_documents.load_document(self._db, document_id, as_read=as_read)
        kept = self._documents.get(
            (document_id, self.counters()),
            lambda: store_documents.load_document(self._db, document_id, as_read=False),
        )
        # Whether its source still has it is no change of the document, and not counted as one.
        now_known = self.provenance(document_id)
        return kept if kept.provenance == now_known else replace(kept, provenance=now_known)

    def profile(self, document_id: str) -> Profile:
        """The document without its text, kept until texts or facts change. Raises UnknownDocument."""
        if self._db.in_transaction:  # what is being written has no counters yet
            return store_documents.load_profile(self._db, document_id)
        return self._profiles(document_id, self.counters())

    def text(self, document_id: str, *, version: int | str | None = None) -> str:
        """The stored text alone, or that of an earlier version (its number, or its tag).

        Raises UnknownDocument or UnknownVersion.
        """
        present = self._text(document_id)
        if version is None or store_versions.is_present(version, present):
            return present
        found = store_versions.find_version(self.versions(document_id), document_id, version)
        return store_versions.load_version_text(self._db, found)

    def _text(self, document_id: str) -> str:
        def load() -> str:
            return str(self._row(document_id, "text")["text"])

        return load() if self._db.in_transaction else self._texts.get((document_id, self.counters()), load)

    def tag(self, document_id: str) -> str:
        """What an address with offsets names the present text by. Raises UnknownDocument."""
        row = self._row(document_id, "text_sha256")
        return str(row["text_sha256"] or text_sha256(self.text(document_id)))[:TAG]

    def versions(self, document_id: str) -> tuple[Version, ...]:
        """The earlier texts of a document, oldest first."""
        return store_versions.load_versions(self._db, document_id)

    def document_version(self, document_id: str, name: int | str) -> Document:
        """A document with an earlier text (or its present one, by its tag) for showing and quoting.

        Raises UnknownDocument or UnknownVersion.
        """
        present = self.document(document_id)
        if store_versions.is_present(name, present.text):
            return present
        found = store_versions.find_version(self.versions(document_id), document_id, name)
        return store_versions.as_document(present, found, store_versions.load_version_text(self._db, found))

    def read_at(self, document_id: str) -> str:
        """When the present text was first read, ISO 8601, UTC. Raises UnknownDocument."""
        return str(self._row(document_id, "added_at")["added_at"])

    def page_source(self, document_id: str) -> PageSource:
        """Where and as what the bytes of a document are kept. Raises UnknownDocument."""
        return store_documents.page_source(self._db, document_id)

    def provenance(self, document_id: str) -> Provenance | None:
        """Where on the Web a document was fetched; None for one that does not come from there."""
        return store_origins.load_provenance(self._db, document_id)

    def holds(self, document_id: str) -> bool:
        """Whether there is a document with this id."""
        return self._db.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone() is not None

    def holders(self, sha256: str) -> tuple[str, ...]:
        """The documents that were read, now or in an earlier version, from the bytes with a sha256."""
        return store_documents.holders(self._db, sha256)

    def _row(self, document_id: str, columns: str) -> sqlite3.Row:
        return store_documents.load_row(self._db, document_id, columns)

    def _uri(self, document_id: str) -> str:
        return str(self._row(document_id, "uri")["uri"])

    def facts(self, document_id: str) -> Facts:
        """What is known of a document, corrections applied. Raises UnknownDocument."""
        return self._facts(document_id, self._row(document_id, "kind")["kind"])

    def _facts(self, document_id: str, kind: str) -> Facts:
        return store_documents.facts_that_hold(self._db, document_id, kind)

    def references(self, document_id: str) -> tuple[Reference, ...]:
        """The references of one document in order of appearance."""
        return store_documents.references_of(self._db, document_id)

    def places(self, document_id: str) -> tuple[SettledPlace, ...]:
        """The places that a document names and settles, in order. Raises UnknownDocument.

        Read from the text, in some tenths of a second, where the store was written by other rules.
        """
        kept = store_resolved.read_places(self._db, document_id)
        return find_settled(self.document(document_id)) if kept is None else kept

    def indicators(self, document_id: str) -> tuple[Indicator, ...]:
        """The quantities that a document states, in order; kept like `places`. Raises UnknownDocument."""
        kept = store_resolved.read_indicators(self._db, document_id)
        return find_indicators(self.document(document_id)) if kept is None else kept

    # --- reading: copies

    def copies(self, document_id: str) -> tuple[str, ...]:
        """The other documents with the same text, oldest first."""
        return store_copies.copies_of(self._db, document_id)

    def copy_groups(self) -> Mapping[str, str]:
        """Every document that has copies → the oldest document of its group."""
        return store_copies.copy_groups(self._db)

    def has_copies(self) -> bool:
        """Whether any text is held twice."""
        return self._db.execute("SELECT 1 FROM copies LIMIT 1").fetchone() is not None

    def sources(self, document_ids: Sequence[str]) -> tuple[Copy, ...]:
        """Where documents come from, in the order asked for. Raises UnknownDocument."""
        return tuple(store_documents.source_of_document(self._db, one) for one in document_ids)

    # --- reading: numbers

    def references_to(self, symbol: str) -> tuple[tuple[str, Reference], ...]:
        """(document id, reference) wherever the collection mentions a number, in any of its typings."""
        return store_numbers.references_to(self._db, symbol)

    def titled_with(self, symbol: str) -> tuple[str, ...]:
        """Ids of the documents and pages whose title has a number, as it is written canonically."""
        return store_numbers.titled_with(self._db, symbol)

    def references_telling(
        self, relations: Iterable[Relation], *, symbols: Sequence[str]
    ) -> Iterator[tuple[str, Reference]]:
        """(document id, reference) of some relations in the pages that mention a number, page by page.

        `symbols` are keys (`corpus.symbols.symbol_key`).
        """
        return store_numbers.references_telling(self._db, relations, symbols)

    def symbols_like(self, type_code: str | None, number: str) -> tuple[str, ...]:
        """Canonical numbers, held or mentioned, that a short form ("NQ 04") may mean, most cited first."""
        return store_numbers.symbols_like(self._db, type_code, number)

    def documents_with_symbol(self, symbol: str) -> tuple[str, ...]:
        """Ids of the documents whose own number this is."""
        return store_numbers.documents_with_symbol(self._db, symbol)

    def mentioned(self, symbol: str) -> MentionedDocument | None:
        """What the collection knows of a number, or None where it occurs nowhere."""
        return store_numbers.mentioned(self._db, symbol)

    def count_mentioned_only(self) -> int:
        """How many distinct numbers are cited without their text being held."""
        return store_numbers.count_mentioned_only(self._db)

    def count_unnumbered(self) -> int:
        """How many documents, news pages aside, show no number of their own: any of them may bear one."""
        return store_numbers.count_unnumbered(self._db)

    # --- reading: passages

    def passage_rows(self) -> frozenset[int]:
        """The row numbers of all passages: what an index must hold, no more and no less."""
        return store_passages.passage_rows(self._db)

    def rows_of(self, document_id: str) -> tuple[int, ...]:
        """The row numbers of one document's passages, in order."""
        return store_passages.rows_of(self._db, document_id)

    def source_ids(self) -> tuple[tuple[int, str], ...]:
        """(passage row, the id that the source gives its document, else our own) of every passage."""
        return store_passages.source_ids(self._db)

    def passages(self, rows: Sequence[int]) -> tuple[StoredPassage, ...]:
        """The passages with these row numbers, in the order asked for; unknown rows are left out."""
        return store_passages.load_passages(self._db, rows)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(
            f"Không tạo được thư mục kho {folder}: {error.strerror}. "
            "Hãy chọn thư mục khác bằng --store hoặc cấp quyền ghi."
        ) from error


def _read_only(folder: Path) -> StoreReadOnly:
    return StoreReadOnly(f"Kho {folder} chỉ cho phép đọc. Hãy cấp quyền ghi hoặc chọn kho khác bằng --store.")


def _advance(db: sqlite3.Connection, counter: str) -> None:
    """Count a change: of the texts ("revision", which makes an index stale) or of the facts ("edition")."""
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?, '1') "
        "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
        (counter,),
    )
    db.execute(
        "INSERT INTO meta (key, value) VALUES ('updated_at', ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (now(),),
    )
