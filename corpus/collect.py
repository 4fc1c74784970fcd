"""Collect pages from sources into a store: the crawl's receiver, and one run of it.

A page is read before anything of it is kept, as in `corpus.intake`; what bears a secrecy mark leaves nothing.
The store's writer lock is held page by page, so that others may write while a crawl waits for its next turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from filelock import FileLock, Timeout

from corpus.build import build_document
from corpus.errors import StoreLocked
from corpus.models import Document
from corpus.store import Store
from corpus.store_rows import text_sha256
from ingest.crawl.frontier import Frontier
from ingest.crawl.loop import Crawl, Progress
from ingest.crawl.models import CrawlReport, Kept, Options, Reading
from ingest.errors import IngestError, ReaderFault
from ingest.models import PageChange, RawPage
from ingest.raw_store import FetchRecord, RawStore
from ingest.readers import read_page
from ingest.secrecy import refuse_secret
from ingest.sources import Source
from ingest.web.fetch import Fetcher
from ingest.web.response import Response

FRONTIER = "crawl.sqlite"
_WORD = re.compile(r"[^\W\d_]+")
_PATIENCE = 3600.0  # seconds that a crawl waits for another process to finish writing


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page as it was read, not yet in the store."""

    page: RawPage
    document: Document

    @property
    def text_sha256(self) -> str:
        return text_sha256(self.document.text)

    @property
    def title(self) -> str:
        return self.document.title

    @property
    def published_at(self) -> str | None:
        return self.document.published_at

    @property
    def words(self) -> int:
        return len(_WORD.findall(self.document.text))


class Collector:
    """Puts the pages of a crawl into a store (`ingest.crawl.models.Receiver`)."""

    def __init__(self, store: Store, *, allow: Collection[str] = ()) -> None:
        self._store = store
        self._raw_store = RawStore(store.folder / "raw")
        self._allow = frozenset(allow)

    def read(self, page: RawPage) -> PageReading:
        """The document of a page. Raises IngestError; the reason is among the store's problems then.

        A page that our reader fails on is one problem more, and no end of the crawl at every later start.
        """
        try:
            read = read_page(page)
            refuse_secret(read, page.name, allow=self._allow)
            return PageReading(page, build_document(page, read))
        except IngestError as error:
            self._record(page, error)
            raise
        except Exception as error:
            fault = ReaderFault(
                f"Chương trình gặp lỗi khi đọc {page.uri} ({type(error).__name__}: {error}). "
                "Trang được bỏ qua; hãy báo lỗi kèm địa chỉ này."
            )
            self._record(page, fault)
            raise fault from error

    def _record(self, page: RawPage, error: IngestError) -> None:
        with self._store.writing(patience=_PATIENCE):
            self._store.record_problem(page.uri, type(error).__name__, str(error))

    def keep(self, reading: Reading, response: Response | None) -> Kept:
        """Write a document with its bytes and the headers they came with.

        Where only what stands around the text differs from what is held (a side column, a counter), the held
        page stays and is confirmed: its bytes are those that it was read from.
        """
        assert isinstance(reading, PageReading)
        page, document = reading.page, reading.document
        held = self._held(document)
        if held is not None and _reads_the_same(held, document):
            if page.origin is not None:
                self.confirm(page.uri, page.origin.fetched_at)
            return Kept(change=PageChange.SAME, copies=len(self._store.copies(document.id)))
        with self._store.writing(patience=_PATIENCE):
            self._raw_store.put(page.content)
            if response is not None:
                self._raw_store.note_fetch(page.sha256, _record(page, response))
            self._store.save(document, page=page)
        change = PageChange.NEW if held is None else PageChange.CHANGED
        if held is not None and (held.text, held.title) == (document.text, document.title):
            change = PageChange.SAME  # its author or its day was mended; the page says what it said
        return Kept(change=change, copies=len(self._store.copies(document.id)))

    def confirm(self, url: str, at: str) -> None:
        """Note that the source still has the page as it is held."""
        with self._store.writing(patience=_PATIENCE):
            self._store.confirm(url, at=at)

    def mark_gone(self, url: str, at: str) -> None:
        """Note that the source has taken the page down; the document stays."""
        with self._store.writing(patience=_PATIENCE):
            self._store.mark_gone(url, at=at)

    def _held(self, document: Document) -> Document | None:
        return self._store.document(document.id, as_read=True) if self._store.holds(document.id) else None


def collect(
    store: Store,
    sources: Sequence[Source],
    fetcher: Fetcher,
    frontier: Frontier,
    *,
    options: Options,
    allow: Collection[str] = (),
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> CrawlReport:
    """One run over the sources into the store; once `stop` says so it ends after the pages in flight.

    Raises StoreLocked while another crawl of the store runs.
    """
    with alone(store):
        store.link_missing_copies()
        collector = Collector(store, allow=allow)
        return Crawl(frontier, fetcher, collector, sources, options, progress=progress, stop=stop).run()


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """While it is held no other process fetches for the store. Raises StoreLocked where one does."""
    lock = FileLock(store.folder / "crawl.lock")
    try:
        lock.acquire(timeout=1)
    except Timeout as error:
        raise StoreLocked(
            f"Một lượt thu thập khác đang chạy trên kho {store.folder}. Hãy đợi nó xong rồi chạy lại."
        ) from error
    try:
        yield
    finally:
        lock.release()


def _reads_the_same(held: Document, read: Document) -> bool:
    """Whether two readings of a page differ only in what stands around its text."""
    return (held.text, held.title, held.author, held.publisher, held.published_at, held.url, held.facts) == (
        *(read.text, read.title, read.author, read.publisher, read.published_at, read.url, read.facts),
    )


def _record(page: RawPage, response: Response) -> FetchRecord:
    return FetchRecord(
        url=page.uri,
        final_url=response.final_url,
        redirects=response.redirects,
        status=response.status,
        headers=dict(response.headers),
        fetched_at=response.fetched_at,
    )
