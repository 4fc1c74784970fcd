"""Take pages into a store: list, compare, read, check the head for secrecy marks, keep the bytes, save.

Every page ends in the report as new, changed, same or failed; a failed page keeps its reason in the store.
Bytes are kept only of a page whose head was read and bears no mark: nothing of a secret one is written.
A killed run loses at most the page in hand: the next run finds the others unchanged and goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from corpus.build import build_document
from corpus.models import Document
from corpus.store import Store
from corpus.store_models import PageSource
from ingest.errors import IngestError, SecretDocument
from ingest.local import MEDIA_TYPES, SkippedPage, count_pages, guess_media_type, list_pages
from ingest.models import PageChange, RawPage
from ingest.raw_store import RawStore
from ingest.readers import read_page
from ingest.secrecy import refuse_secret

Progress = Callable[[int, int, "PageOutcome"], None]  # (pages done, pages in all, the one just done)
SheetProgress = Callable[[str, int, int], None]  # (name of the page, sheets done, sheets in all)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOutcome:
    """What became of one page."""

    uri: str
    name: str
    change: PageChange | None  # None where it was not read
    document_id: str | None = None  # this and the following only where a document was saved
    title: str | None = None
    kind: str | None = None  # a value of DocumentKind
    characters: int = 0
    cut_characters: int = 0
    cuts: dict[str, int] = field(default_factory=dict)  # reason → number of parts cut
    references: int = 0
    passages: int = 0
    sheets: int = 0  # pages of a paged file
    scanned_sheets: int = 0  # those read by OCR
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()  # documents with the same text
    problem: str | None = None  # Vietnamese; never text of the page
    problem_kind: str | None = None  # the name of an error in ingest.errors


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeReport:
    """The outcomes of all pages of one run, in order."""

    pages: tuple[PageOutcome, ...]

    def count(self, change: PageChange | None) -> int:
        """How many pages ended so; None counts the failed ones."""
        return sum(page.change is change for page in self.pages)

    def counts(self) -> dict[str, int]:
        """How many pages are new, changed, same, failed."""
        return {**{change.value: self.count(change) for change in PageChange}, "failed": self.count(None)}


def take_in(
    store: Store,
    paths: Iterable[Path],
    *,
    allow: Collection[str] = (),
    progress: Progress | None = None,
    sheet_progress: SheetProgress | None = None,
) -> IntakeReport:
    """Read every page below the paths into the store; `allow` names marks of internal papers to let in.

    Raises SourceError for a path that does not exist (before anything is read), StoreLocked while another
    process writes. Problems of single pages are recorded, not raised.
    """
    wanted = list(paths)
    total = sum(count_pages(path) for path in wanted)
    run = _Run(store, RawStore(store.folder / "raw"), frozenset(allow), sheet_progress)
    outcomes: list[PageOutcome] = []
    with store.writing():
        store.link_missing_copies()
        for path in wanted:
            for page in list_pages(path):
                outcome = run.take(page)
                outcomes.append(outcome)
                if progress is not None:
                    progress(len(outcomes), max(total, len(outcomes)), outcome)
    return IntakeReport(pages=tuple(outcomes))


def read_again(
    store: Store,
    *,
    allow: Collection[str] = (),
    progress: Progress | None = None,
    sheet_progress: SheetProgress | None = None,
) -> IntakeReport:
    """Read the kept bytes of every document again, without their sources: after an update of the product.

    Ids, corrections and versions stay; a text that is read differently now becomes a version. A document
    that turns out to bear a secrecy mark is taken out with its bytes.
    """
    run = _Run(store, RawStore(store.folder / "raw"), frozenset(allow), sheet_progress)
    outcomes: list[PageOutcome] = []
    with store.writing():
        documents = store.document_ids()
        for document_id in documents:
            outcome = run.take_again(document_id)
            outcomes.append(outcome)
            if progress is not None:
                progress(len(outcomes), len(documents), outcome)
    return IntakeReport(pages=tuple(outcomes))


@dataclass(frozen=True, slots=True)
class _Run:
    """What all pages of one run share."""

    store: Store
    raw_store: RawStore
    allow: frozenset[str]
    sheet_progress: SheetProgress | None

    def take(self, page: RawPage | SkippedPage) -> PageOutcome:
        if isinstance(page, SkippedPage):
            return self._fail(page.uri, _name_of(page.uri), page.reason)
        change = self.store.compare(page.uri, page.sha256)
        if change is PageChange.SAME:
            return PageOutcome(uri=page.uri, name=page.name, change=change)
        try:
            document = self._read(page)
            self.raw_store.put(page.content)
        except IngestError as error:
            return self._fail(page.uri, page.name, error)
        self.store.save(document, page=page)
        return saved_outcome(self.store, page, change, document)

    def take_again(self, document_id: str) -> PageOutcome:
        source = self.store.page_source(document_id)
        name = source.name or _name_of(source.uri)
        try:
            page = _raw_page(source, name, self.raw_store.get(source.sha256))
            document = self._read(page)
        except SecretDocument as error:
            self._take_out(document_id)
            return self._fail(source.uri, name, error)
        except IngestError as error:
            return self._fail(source.uri, name, error)
        changed = self.store.save(document, page=page)
        change = PageChange.CHANGED if changed else PageChange.SAME
        return saved_outcome(self.store, page, change, document)

    def _read(self, page: RawPage) -> Document:
        """The document of a page. Raises SecretDocument before anything of it is kept."""
        report = self.sheet_progress
        count = None if report is None else (lambda done, total: report(page.name, done, total))
        read = read_page(page, progress=count)
        refuse_secret(read, page.name, allow=self.allow)
        return build_document(page, read)

    def _take_out(self, document_id: str) -> None:
        kept = {self.store.page_source(document_id).sha256}
        kept |= {version.sha256 for version in self.store.versions(document_id)}
        self.store.remove(document_id)
        for sha256 in kept:
            if not self.store.holders(sha256):
                self.raw_store.discard(sha256)

    def _fail(self, uri: str, name: str, error: IngestError) -> PageOutcome:
        kind = type(error).__name__
        self.store.record_problem(uri, kind, str(error))
        return PageOutcome(uri=uri, name=name, change=None, problem=str(error), problem_kind=kind)


def saved_outcome(store: Store, page: RawPage, change: PageChange, document: Document) -> PageOutcome:
    """The outcome of a page whose document the store holds now."""
    return PageOutcome(
        uri=page.uri,
        name=page.name,
        change=change,
        document_id=document.id,
        title=document.title,
        kind=store.facts(document.id).kind.value,
        characters=len(document.text),
        cut_characters=sum(cut.end - cut.start for cut in document.cuts),
        cuts=dict(Counter(cut.reason for cut in document.cuts)),
        references=len(document.references),
        passages=len(document.passages),
        sheets=len(document.sheets),
        scanned_sheets=sum(sheet.scanned for sheet in document.sheets),
        encoding=document.encoding,
        notes=document.notes,
        copies=store.copies(document.id),
    )


def _name_of(uri: str) -> str:
    """The file name in an address, with the id of a row behind it."""
    parts = urlsplit(uri)
    name = PurePosixPath(unquote(parts.path)).name or uri
    return f"{name}#{unquote(parts.fragment)}" if parts.fragment else name


def _raw_page(source: PageSource, name: str, content: bytes) -> RawPage:
    media_type = source.media_type
    if media_type is None:  # saved when only four kinds of files were read
        suffix = PurePosixPath(unquote(urlsplit(source.uri).path)).suffix.lower()
        media_type = guess_media_type(MEDIA_TYPES.get(suffix, "text/plain"), content)
    return RawPage(
        uri=source.uri,
        content=content,
        sha256=source.sha256,
        media_type=media_type,
        name=name,
        origin=source.origin,
    )
