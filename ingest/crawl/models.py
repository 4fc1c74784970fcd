"""What a crawl is made of: tasks out of the frontier, what a visit brought, what is told of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from ingest.lists.models import Link, LinkRole
from ingest.models import PageChange, RawPage
from ingest.sources import StartKind
from ingest.web.response import Response


class Outcome(StrEnum):
    """How a visit ended."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ALIAS = "alias"  # another address of a page that is held
    MISSING = "missing"  # 404 or 410 for the first time: it may come back
    GONE = "gone"  # for the second time: the source has taken it down; what is held stays
    THIN = "thin"  # followed for its links; nothing on it to keep
    LISTED = "listed"  # a list was read
    FAILED = "failed"
    BLOCKED = "blocked"  # a captcha or bot challenge came instead
    DISALLOWED = "disallowed"  # by robots.txt

    @property
    def keeps(self) -> bool:
        """Whether the page is held, in full, after the visit."""
        return self in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One address to visit, with what is known of it."""

    id: int
    url: str
    source: str
    host: str
    role: LinkRole
    alias_of: str | None  # the address that the page is held under, where that is another
    state: str  # "new", or the value of the Outcome of its last visit
    start: str | None  # of a list: the start point that it belongs to
    kind: StartKind | None  # of a list: what it is; of a page: LINKS where its links are followed
    number: int  # of a list: its place among the pages of its start point, from 1
    depth: int
    parent: str | None
    title: str | None
    published_at: str | None
    modified_at: str | None
    attempts: int
    missing: int  # successive 404s
    interval: float | None  # days to the next visit
    etag: str | None
    last_modified: str | None
    sha256: str | None
    text_sha256: str | None
    canonical: str | None  # the address that the page itself calls its own
    links_sha256: str | None
    rank: int  # its place in the queue; a smaller one comes earlier
    first_at: str | None  # when it was first held

    @property
    def held(self) -> bool:
        return self.first_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of which sources what may be fetched now, by name.

    Start points are always read: a feed forgets. Further lists are read only where fewer pages wait, those to
    look at again not counted, than may still be fetched in this run.
    """

    starts: tuple[str, ...]
    lists: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one visit brought; settled in the frontier in one transaction."""

    outcome: Outcome
    reason: str | None = None  # Vietnamese; of what failed, and notes on lists
    response: Response | None = None
    sha256: str | None = None  # of the bytes
    text_sha256: str | None = None  # of the main text
    canonical: str | None = None  # the address that the page itself calls its own
    links_sha256: str | None = None  # of a list: of its links
    title: str | None = None
    published_at: str | None = None
    copies: int = 0  # pages held with the same text
    alias_of: str | None = None
    aliases: tuple[str, ...] = ()  # further addresses of this page, not to be visited
    found: tuple[Found, ...] = ()
    passed: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # reason → (how often, an example)
    again: bool = False  # it stays in the queue for the next run: the failure may pass, or not all was taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A link that a visit brought and that is to be followed."""

    link: Link
    depth: int
    start: str | None = None
    kind: StartKind | None = None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a page that was read and handed over."""

    change: PageChange
    copies: int = 0


class Reading(Protocol):
    """A page that was read and is not kept yet."""

    @property
    def text_sha256(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def published_at(self) -> str | None: ...
    @property
    def words(self) -> int: ...


class Receiver(Protocol):
    """Where a crawl puts its pages. `corpus.collect.Collector` is the one that writes a store."""

    def read(self, page: RawPage) -> Reading:
        """Read a page. Raises IngestError; the reason is recorded with the receiver."""

    def keep(self, reading: Reading, response: Response | None) -> Kept:
        """Keep what was read, and its bytes with the headers that they came with; None: of a folder."""

    def confirm(self, url: str, at: str) -> None:
        """Note that the source still has the page as it is held (ISO 8601, UTC)."""

    def mark_gone(self, url: str, at: str) -> None:
        """Note that the source has taken the page down; it stays held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What one run is asked to do."""

    since: str | None = None  # ISO date: what a list dates earlier is passed over
    limit: int | None = None  # pages visited in all, at most
    dry: bool = False  # lists are read, pages are not
    recheck: bool = False  # visit every held page again, due or not


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a crawl."""

    id: int
    started_at: str  # ISO 8601, UTC
    resumed: bool  # it goes on where a killed one stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """A run as the file of the crawl keeps it."""

    run: Run
    sources: tuple[str, ...]  # their names
    ended_at: str | None  # ISO 8601, UTC; None: it runs, or was killed
    counts: Mapping[Outcome, int]  # how its visits ended

    def count(self, *outcomes: Outcome) -> int:
        """How many visits ended so."""
        return sum(self.counts.get(outcome, 0) for outcome in outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A visit that did not bring its page, with the reason."""

    source: str
    url: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What a run brought from one source."""

    source: str
    counts: Mapping[Outcome, int]
    passed: Mapping[str, tuple[int, str]]  # why links were not followed → (how often, an example)
    queued: int  # addresses left for the next run
    notes: tuple[str, ...] = ()  # Vietnamese: hosts set aside, budgets used up


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What a run brought."""

    run: Run
    ended_at: str
    dry: bool
    sources: tuple[SourceReport, ...]
    problems: tuple[Problem, ...]

    def count(self, *outcomes: Outcome) -> int:
        """How many visits ended so, over all sources."""
        return sum(source.counts.get(outcome, 0) for source in self.sources for outcome in outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlProgress:
    """How far a running crawl is."""

    counts: Mapping[str, Mapping[Outcome, int]]  # by source
    queued: Mapping[str, int]  # pages waiting, by source
    in_flight: tuple[str, ...]  # addresses being fetched
    waiting: float | None = None  # seconds until something may be asked for again, where nothing may now
