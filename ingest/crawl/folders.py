"""A folder of this machine as a source: its files are pages, and a file that is no longer there is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ingest.crawl.frontier import MISSES, Frontier
from ingest.crawl.models import Options, Outcome, Receiver, Run, Task, Visit
from ingest.crawl.settling import iso
from ingest.errors import IngestError, SourceError
from ingest.local import list_pages
from ingest.models import RawPage, SkippedPage
from ingest.sources import Source, StartKind


@dataclass(frozen=True, slots=True)
class FolderCrawl:
    """Hands the files of folders to the receiver."""

    frontier: Frontier
    receiver: Receiver
    run: Run
    options: Options
    clock: Callable[[], float]

    def crawl(self, source: Source) -> Iterator[Outcome]:
        """Visit every file of the source's folders; how each visit ended.

        What was there before and is not now is missing, and gone at the second time. Of a folder that cannot
        be read no file is gone: the folder is out of reach, which is a failure.
        """
        reached = True
        for start in source.starts:
            if start.kind is not StartKind.FOLDER:
                continue
            try:
                pages = list_pages(Path(start.url).expanduser())
            except SourceError as error:
                reached = False
                self.frontier.note_failure(self.run, source.name, start.url, str(error), now=self.clock())
                yield Outcome.FAILED
                continue
            for page in islice(pages, self.options.limit):
                yield self._settle(source, page.uri, self._visit(page))
        if reached and self.options.limit is None:
            for url in self.frontier.unseen_in_folder(self.run, source.name):
                yield self._settle(source, url, self._miss(self.frontier.find(url)))

    def _settle(self, source: Source, url: str, visit: Visit) -> Outcome:
        self.frontier.settle_folder_page(self.run, source.name, url, visit, now=self.clock())
        return visit.outcome

    def _visit(self, page: RawPage | SkippedPage) -> Visit:
        if isinstance(page, SkippedPage):
            return Visit(outcome=Outcome.FAILED, reason=str(page.reason))
        known = self.frontier.find(page.uri)
        if known is not None and known.held and known.sha256 == page.sha256:
            return Visit(outcome=Outcome.SAME)
        if self.options.dry:
            return Visit(outcome=Outcome.CHANGED if known and known.held else Outcome.NEW, sha256=page.sha256)
        try:
            reading = self.receiver.read(page)
        except IngestError as error:
            return Visit(outcome=Outcome.FAILED, reason=str(error))
        kept = self.receiver.keep(reading, None)
        return Visit(
            outcome=Outcome(kept.change.value) if known and known.held else Outcome.NEW,
            sha256=page.sha256,
            text_sha256=reading.text_sha256,
            title=reading.title,
            published_at=reading.published_at,
            copies=kept.copies,
        )

    def _miss(self, known: Task | None) -> Visit:
        reason = "tệp không còn trong thư mục"
        if known is None or known.missing + 1 < MISSES:
            return Visit(outcome=Outcome.MISSING, reason=reason)
        self.receiver.mark_gone(known.url, iso(self.clock()))
        return Visit(outcome=Outcome.GONE, reason=reason)
