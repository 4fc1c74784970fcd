"""Take pages into a store: list, compare, keep the bytes, read, understand, save.

Every page ends in the report as new, changed, same or failed; a failed page keeps its reason in the store.
A killed run loses at most the page in hand: the next run finds the others unchanged and goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.build import build_document
from corpus.store import Store
from ingest.errors import IngestError
from ingest.local import SkippedPage, count_pages, list_pages
from ingest.models import PageChange, RawPage
from ingest.raw_store import RawStore
from ingest.readers import read_page


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOutcome:
    """What became of one page."""

    uri: str
    name: str
    change: PageChange | None  # None where it was not read
    document_id: str | None = None  # this and the following only where a document was saved
    title: str | None = None
    characters: int = 0
    cut_characters: int = 0
    references: int = 0
    passages: int = 0
    problem: str | None = None  # Vietnamese


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeReport:
    """The outcomes of all pages of one run, in order."""

    pages: tuple[PageOutcome, ...]

    def count(self, change: PageChange | None) -> int:
        """How many pages ended so; None counts the failed ones."""
        return sum(page.change is change for page in self.pages)


def take_in(
    store: Store,
    paths: Iterable[Path],
    *,
    progress: Callable[[int, int, PageOutcome], None] | None = None,
) -> IntakeReport:
    """Read every page below the paths into the store.

    Raises SourceError for a path that does not exist (before anything is read), StoreLocked while another
    process writes. Problems of single pages are recorded, not raised.
    """
    wanted = list(paths)
    total = sum(count_pages(path) for path in wanted)
    raw_store = RawStore(store.folder / "raw")
    outcomes: list[PageOutcome] = []
    with store.writing():
        for path in wanted:
            for page in list_pages(path):
                outcome = _take_page(store, raw_store, page)
                outcomes.append(outcome)
                if progress is not None:
                    progress(len(outcomes), total, outcome)
    return IntakeReport(pages=tuple(outcomes))


def _take_page(store: Store, raw_store: RawStore, page: RawPage | SkippedPage) -> PageOutcome:
    if isinstance(page, SkippedPage):
        return _failed(store, page.uri, page.uri.rsplit("/", 1)[-1], page.reason)
    change = store.compare(page.uri, page.sha256)
    if change is PageChange.SAME:
        return PageOutcome(uri=page.uri, name=page.name, change=change)
    raw_store.put(page.content)
    try:
        read = read_page(page)
    except IngestError as error:
        return _failed(store, page.uri, page.name, error)
    document = build_document(page, read)
    store.save(document)
    return PageOutcome(
        uri=page.uri,
        name=page.name,
        change=change,
        document_id=document.id,
        title=document.title,
        characters=len(document.text),
        cut_characters=sum(cut.end - cut.start for cut in document.cuts),
        references=len(document.references),
        passages=len(document.passages),
    )


def _failed(store: Store, uri: str, name: str, error: IngestError) -> PageOutcome:
    store.record_problem(uri, type(error).__name__, str(error))
    return PageOutcome(uri=uri, name=name, change=None, problem=str(error))
