"""The crawl: one page in flight at a host, from its request until all of it is kept and settled.

While a host rests between two requests its last page is read and stored, so that reading costs no time; and a
killed crawl loses no more than the page that was in flight at each host.
"""

from __future__ import annotations

import queue
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence

from ingest.crawl.folders import FolderCrawl
from ingest.crawl.frontier import REVISIT, Frontier
from ingest.crawl.models import CrawlProgress, CrawlReport, Options, Outcome, Receiver, Task, Visit, Wanted
from ingest.crawl.report import make_report
from ingest.crawl.settling import NEVER, iso
from ingest.crawl.visits import Visitor
from ingest.errors import (
    BlockedFetch,
    DisallowedFetch,
    FetchError,
    PageGone,
    RobotsUnreachable,
    TransientFetch,
)
from ingest.lists.models import LinkRole
from ingest.sites import SITES
from ingest.sources import Source, StartKind
from ingest.web.addresses import host_name, url_shape
from ingest.web.fetch import Fetcher
from ingest.web.pace import compute_backoff
from ingest.web.policy import policy_of
from ingest.web.response import Response

ATTEMPTS = 4  # requests for one address in a run, where the failure may pass
PATIENCE = 120.0  # seconds that a run waits for an address; what may be asked later is for the next run
_LEAST, _BASE = 0.5, 2.0  # seconds: the first pause before an address is asked for again is between them
_STRIKES = 5  # failures in a row after which a host is let alone for the run
_BLOCKS = 3  # refusals in a row, likewise
_TRAP = 20  # pages in a row of one shape of address, with nothing to keep, after which the shape is a trap
_ENDLESS = (
    50  # further pages of a list in a row, never read before, with nothing new, after which it has no end
)
_WORKERS = 32  # most of them rest with their host; reading keeps step with 3 to 35 hosts (bench/crawl.py)
_TICK = 0.5  # seconds between two looks at the clock

Progress = Callable[[CrawlProgress], None]
Answer = tuple[Task, Response | Exception]


class Crawl:
    """One run over some sources. `run` does all of it; KeyboardInterrupt leaves the frontier as settled.

    Once `stop` says so, nothing more is asked for: what is in flight is still kept and settled, then the run ends
    like any other, and what waits is for the next one.
    """

    def __init__(
        self,
        frontier: Frontier,
        fetcher: Fetcher,
        receiver: Receiver,
        sources: Sequence[Source],
        options: Options,
        *,
        workers: int = _WORKERS,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.time,
        progress: Progress | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._frontier = frontier
        self._fetcher = fetcher
        self._receiver = receiver
        self._sources = {source.name: source for source in sources}
        self._options = options
        self._workers = workers
        self._patience = patience
        self._clock = clock
        self._progress = progress
        self._stop = stop
        self._visitors = {
            source.name: Visitor(source, SITES.get(source.site or ""), frontier, receiver, options.since)
            for source in sources
        }
        self._todo: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self._busy: dict[str, Task] = {}  # host → what is in flight there
        self._hosts: dict[str, None] = {}  # hosts with something queued, the longest waiting first
        self._resting: dict[str, float] = {}  # host → not before (Retry-After)
        self._aside: dict[str, str] = {}  # host → why it is let alone for this run
        self._failures: Counter[str] = Counter()  # in a row, by host
        self._blocks: Counter[str] = Counter()
        self._barren: Counter[tuple[str, str]] = Counter()  # in a row, by source and shape of address
        self._rng = random.Random()

    def run(self) -> CrawlReport:
        """Crawl until nothing is left that may be asked now; what came of it."""
        now = self._clock()
        self._run = self._frontier.begin_run([*self._sources.values()], self._options, now=now)
        self._visited = Counter(self._frontier.visited(self._run))
        self._queued = Counter(self._frontier.queued(self._sources))
        self._old = Counter(self._frontier.queued(self._sources, rank=REVISIT))
        self._counts = self._frontier.counts(self._run)
        for source in self._sources.values():
            if not self._stop():
                self._crawl_folders(source)
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self._workers)]
        for thread in threads:
            thread.start()
        try:
            self._loop()
        finally:
            for _ in threads:
                self._todo.put(None)
        ended_at = self._clock()
        if not self._options.dry:
            self._frontier.end_run(self._run, now=ended_at)
        return make_report(
            self._frontier,
            self._run,
            [*self._sources],
            notes={name: self._notes(name) for name in self._sources},
            dry=self._options.dry,
            ended_at=iso(ended_at),
        )

    def _crawl_folders(self, source: Source) -> None:
        if any(start.kind is StartKind.FOLDER for start in source.starts):
            folders = FolderCrawl(self._frontier, self._receiver, self._run, self._options, self._clock)
            for outcome in folders.crawl(source):
                self._count(source.name, outcome)
                if self._stop():
                    return

    # --- the loop

    def _loop(self) -> None:
        self._hosts = dict.fromkeys(sorted(self._frontier.hosts(self._sources)))
        while True:
            stopped = self._stop()
            if not stopped:
                self._start_fetches()
            if not self._busy:
                wait = None if stopped else self._time_to_wait()
                if wait is None or wait > self._patience:
                    return
                self._tell(waiting=wait)
                time.sleep(min(wait, _TICK))
                continue
            self._tell()
            try:
                task, result = self._done.get(timeout=_TICK)
            except queue.Empty:
                continue
            self._handle(task, result)
            del self._busy[task.host]

    def _start_fetches(self) -> None:
        now = self._clock()
        for host in [*self._hosts]:
            if len(self._busy) >= self._workers:
                return
            if host in self._busy or host in self._aside or self._resting.get(host, 0.0) > now:
                continue
            task = self._frontier.next_task(host, self._wanted(), now=now)
            while task is not None and self._passes_over(task):
                task = self._frontier.next_task(host, self._wanted(), now=now)
            if task is None:
                continue
            del self._hosts[host]
            self._hosts[host] = None  # to the end of the line
            self._busy[host] = task
            self._todo.put(task)

    def _wanted(self) -> Wanted:
        left = {name: self._left(name) for name in self._sources}
        return Wanted(
            starts=tuple(self._sources),
            lists=tuple(name for name in left if left[name] > self._queued[name] - self._old[name]),
            pages=() if self._options.dry else tuple(name for name in left if left[name] > 0),
        )

    def _left(self, name: str) -> int:
        """How many more pages may be fetched of a source in this run."""
        in_flight = [task for task in self._busy.values() if task.role is not LinkRole.LIST]
        left = self._sources[name].budget - self._visited[name]
        left -= sum(task.source == name for task in in_flight)
        if self._options.limit is not None:
            left = min(left, self._options.limit - self._visited.total() - len(in_flight))
        return left

    def _time_to_wait(self) -> float | None:
        """Seconds until something may be fetched; None: nothing is left to fetch."""
        wanted = self._wanted()
        times = [
            max(at, self._resting.get(host, 0.0))
            for host in self._hosts
            if host not in self._aside and (at := self._frontier.next_time(host, wanted)) is not None
        ]
        return max(0.0, min(times) - self._clock()) if times else None

    def _work(self) -> None:
        """Fetch what comes in, until None comes: the life of one thread."""
        while (task := self._todo.get()) is not None:
            try:
                self._done.put((task, self._fetch(task)))
            except Exception as error:  # settled, or raised again, in the crawl's own thread
                self._done.put((task, error))

    def _fetch(self, task: Task) -> Response:
        policy = policy_of(self._sources[task.source])
        if not task.held:  # a validator without the page that it belongs to would lose the page
            return self._fetcher.fetch(task.url, policy)
        return self._fetcher.fetch(task.url, policy, etag=task.etag, last_modified=task.last_modified)

    # --- what came

    def _handle(self, task: Task, result: Response | Exception) -> None:
        visitor = self._visitors[task.source]
        if isinstance(result, Response):
            self._failures[task.host] = self._blocks[task.host] = 0
            if task.role is LinkRole.LIST:
                visit = visitor.visit_list(task, result)
            else:
                visit = visitor.visit_page(task, result, at=iso(self._clock()))
            self._settle(task, visit)
        elif isinstance(result, TransientFetch):
            self._retry(task, result)
        elif isinstance(result, FetchError):
            self._failures[task.host] = 0
            self._settle(task, self._refusal(visitor, task, result))
        else:
            raise result

    def _refusal(self, visitor: Visitor, task: Task, error: FetchError) -> Visit:
        """The visit that a failure which will not pass by itself makes."""
        reason = str(error)
        if isinstance(error, BlockedFetch):
            self._blocks[task.host] += 1
            if self._blocks[task.host] >= _BLOCKS or task.role is LinkRole.LIST:
                self._aside[task.host] = f"máy chủ {task.host} chặn truy cập: {reason}"
            return Visit(outcome=Outcome.BLOCKED, reason=reason, again=True)
        if isinstance(error, DisallowedFetch):
            return Visit(outcome=Outcome.DISALLOWED, reason=reason)
        if isinstance(error, PageGone):
            if task.role is not LinkRole.LIST:
                return visitor.missing(task, reason, at=iso(self._clock()))
            if task.number > 1 and task.kind is not StartKind.SITEMAP:  # beyond the last page of a list
                return Visit(outcome=Outcome.LISTED, reason="hết danh sách")
        return Visit(outcome=Outcome.FAILED, reason=reason)

    def _retry(self, task: Task, error: TransientFetch) -> None:
        """Ask again later in this run, in the next one, or, of a host that does not answer at all, not now."""
        now, host, attempt = self._clock(), task.host, task.attempts + 1
        wait = error.retry_after
        if wait is not None:
            self._resting[host] = max(self._resting.get(host, 0.0), now + wait)
        else:
            wait = _LEAST + compute_backoff(attempt, base=_BASE, cap=self._patience / 2, rng=self._rng)
        if wait > self._patience:
            self._aside[host] = f"tạm hoãn máy chủ {host}: {error}"
        elif attempt < ATTEMPTS:
            self._frontier.postpone(task, str(error), not_before=now + wait)
            return
        self._failures[host] += 1
        if isinstance(error, RobotsUnreachable) or self._failures[host] >= _STRIKES:
            self._aside[host] = f"tạm ngừng với máy chủ {host}: {error}"
        self._settle(task, Visit(outcome=Outcome.FAILED, reason=str(error), again=True))

    def _settle(self, task: Task, visit: Visit) -> None:
        more = self._frontier.settle(self._run, task, visit, now=self._clock())
        self._queued[task.source] += more
        self._old[task.source] -= task.rank >= REVISIT and not visit.again
        for found in visit.found:
            self._hosts.setdefault(host_name(found.link.url), None)
        if task.role is not LinkRole.LIST:
            self._visited[task.source] += 1
        if task.role is LinkRole.LIST:
            key = (task.source, task.start or "")
            self._barren[key] = self._barren[key] + 1 if more <= 0 and _is_beyond(task) else 0
        elif task.kind is StartKind.LINKS and task.role is LinkRole.PAGE:
            barren = not visit.outcome.keeps or visit.copies > 0
            key = (task.source, url_shape(task.url))
            self._barren[key] = self._barren[key] + 1 if barren else 0
        self._count(task.source, visit.outcome)

    def _passes_over(self, task: Task) -> bool:
        """Whether an address is not fetched, though it waits; then it waits no longer."""
        source, reason, trapped = self._sources[task.source], None, self._is_trapped(task)
        if trapped:
            reason = _trap_reason(task)
        elif task.role is not LinkRole.LIST:  # the rules may have changed since it was queued
            reason = source.refuses(task.url, page=task.role is LinkRole.PAGE)
        if reason is None:
            return False
        self._frontier.pass_over(self._run, task, reason, for_good=trapped)
        if task.role is not LinkRole.LIST:
            self._queued[task.source] -= 1
            self._old[task.source] -= task.rank >= REVISIT
        return True

    def _is_trapped(self, task: Task) -> bool:
        if task.role is LinkRole.LIST:
            return _is_beyond(task) and self._barren[(task.source, task.start or "")] >= _ENDLESS
        return task.kind is StartKind.LINKS and self._barren[(task.source, url_shape(task.url))] >= _TRAP

    # --- what is told

    def _count(self, source: str, outcome: Outcome) -> None:
        counts = self._counts.setdefault(source, {})
        counts[outcome] = counts.get(outcome, 0) + 1
        self._tell()

    def _tell(self, *, waiting: float | None = None) -> None:
        if self._progress is not None:
            self._progress(
                CrawlProgress(
                    counts=self._counts,
                    queued=dict(self._queued),
                    in_flight=tuple(task.url for task in self._busy.values()),
                    waiting=waiting,
                )
            )

    def _notes(self, name: str) -> tuple[str, ...]:
        """What a reader of the report should know of a source (Vietnamese)."""
        hosts = {host for host in self._aside if host in self._frontier.hosts([name])}
        notes = [self._aside[host] for host in sorted(hosts)]
        if self._stop():
            return ("đã dừng theo yêu cầu; phần còn lại để lượt sau", *notes)
        if self._queued[name] > 0 and self._left(name) <= 0 and not self._options.dry:
            notes.append(
                f"đã hết hạn mức của lượt này ({self._visited[name]} trang); phần còn lại để lượt sau"
            )
        if self._options.dry and self._queued[name] > max(self._left(name), 0):
            notes.append(
                f"một lượt như vậy lấy nhiều nhất {max(self._left(name), 0)} trang; phần còn lại để lượt sau"
            )
        return tuple(notes)


def _is_beyond(task: Task) -> bool:
    """Whether a page of a list lies behind all that were read of it. Each part of a sitemap stands for itself."""
    return task.number > 1 and task.state == NEVER and task.kind is not StartKind.SITEMAP


def _trap_reason(task: Task) -> str:
    if task.role is LinkRole.LIST:
        return f"danh sách không có điểm cuối: {_ENDLESS} trang liền không có gì mới"
    return f"bẫy liên kết: đã {_TRAP} trang liền dạng {url_shape(task.url)} không có gì để giữ"
