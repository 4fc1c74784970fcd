"""Jobs that fetch from the Web: a crawl of sources, and single addresses. Nothing else of the page contacts a host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from corpus.collect import FRONTIER, collect
from corpus.collect_addresses import PlannedAddress, take_in_addresses
from corpus.intake_report import write_report
from corpus.report_files import write_report_file
from corpus.store import Store
from index.encoder import Encoder
from ingest.crawl.frontier import Frontier
from ingest.crawl.models import CrawlProgress, Options
from ingest.crawl.report import report_json
from ingest.errors import SourcesError
from ingest.sources import Source
from ingest.web.fetch import Fetcher, open_fetcher
from pages.jobs import Job
from settings import Settings

COLLECTING = "Thu thập"
FETCHING = "Tải và đọc trang"


class CrawlJob(Job):
    """One run over sources; asked to stop, it keeps what is in flight, and the index learns of what came."""

    def __init__(
        self, settings: Settings, encoder: Encoder, sources: Sequence[Source], options: Options
    ) -> None:
        super().__init__(settings, encoder)
        self.sources = tuple(sources)
        self._options = options

    def take(self, store: Store) -> None:
        self.tell(stage=COLLECTING)
        with _open(self.settings, store) as (frontier, fetcher):
            report = collect(
                store,
                self.sources,
                fetcher,
                frontier,
                options=self._options,
                allow=self.settings.secrecy_allow,
                progress=self._on_progress,
                stop=self.asked_to_stop,
            )
        self.note_stop()
        self.tell(crawled=report)
        write_report_file(store.folder, "crawl", report_json(report))

    def _on_progress(self, progress: CrawlProgress) -> None:
        # The crawl goes on counting in its own mapping.
        counts = {name: dict(counted) for name, counted in progress.counts.items()}
        self.tell(progress=replace(progress, counts=counts))


class AddressesJob(Job):
    """Single addresses, one after the other."""

    def __init__(self, settings: Settings, encoder: Encoder, planned: Sequence[PlannedAddress]) -> None:
        super().__init__(settings, encoder)
        self._planned = tuple(planned)

    def take(self, store: Store) -> None:
        self.count(FETCHING, 0, len(self._planned))
        with _open(self.settings, store) as (_, fetcher):
            report = take_in_addresses(
                store,
                self._planned,
                fetcher,
                allow=self.settings.secrecy_allow,
                progress=lambda done, total, outcome: self.count(FETCHING, done, total),
                stop=self.asked_to_stop,
            )
        self.note_stop()
        self.tell(report=report)
        write_report(store.folder, report)


@contextmanager
def _open(settings: Settings, store: Store) -> Iterator[tuple[Frontier, Fetcher]]:
    with Frontier.open(store.folder / FRONTIER) as frontier:
        try:
            fetcher = open_fetcher(settings.contact, robots_cache=frontier)
        except ValueError as error:
            raise SourcesError(str(error)) from error
        with fetcher:
            yield frontier, fetcher
