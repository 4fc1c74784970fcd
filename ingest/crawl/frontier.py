"""The frontier: which addresses are known, which are to be visited, and what came of each visit.

Everything is in `crawl.sqlite`. A visit is settled in one transaction, with the links that it brought, so a
killed crawl goes on where it was: what was settled is not visited again, what was not is.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.activity import SourceActivity
from ingest.crawl.ledger import load_activities, load_runs
from ingest.crawl.models import Found, Options, Outcome, PastRun, Run, Task, Visit, Wanted
from ingest.crawl.rules import drop_old_starts, requeue_lists_of_new_rules, start_url
from ingest.crawl.schema import connect, connect_reading, typed_errors
from ingest.crawl.settling import (
    NEVER,
    is_modified,
    iso,
    marks,
    queue_link,
    read_task,
    write_alias,
    write_page,
    write_passed,
    write_visit,
)
from ingest.lists.models import LinkRole
from ingest.sources import Source, StartKind
from ingest.web.addresses import host_name

REVISIT = 4  # rank of pages to look at again, after all that is new (ingest.crawl.settling)
_RUNS_KEPT = 50
_RESUMED_FOR = 12 * 3600.0  # seconds; of an older run the lists are read anew
MISSES = 2  # successive 404s until a page counts as taken down


class Frontier:
    """An open frontier. One process crawls with it at a time (`Collector` holds the lock)."""

    def __init__(self, db: sqlite3.Connection, path: Path | None) -> None:
        self._db = db
        self._path = path
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path) -> Frontier:
        """The frontier in a file, made where there is none. Raises FrontierError."""
        return cls(connect(path), path)

    @classmethod
    def open_reading(cls, path: Path) -> Frontier:
        """The frontier in a file as it is: nothing is made, brought up to date or written. Raises FrontierError."""
        return cls(connect_reading(path), path)

    def copy(self) -> Frontier:
        """A copy in memory, for a run that leaves no trace."""
        copied = connect(None)
        with self._lock:
            self._db.backup(copied)
        return Frontier(copied, None)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Frontier:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, typed_errors(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        with self._lock, typed_errors(self._path):
            return self._db.execute(sql, values).fetchall()

    # --- runs

    def begin_run(self, sources: Sequence[Source], options: Options, *, now: float) -> Run:
        """A new run with the start points and the pages that are due in the queue; or the one that was killed,
        where it was."""
        names = " ".join(sorted(source.name for source in sources))
        with self._transaction() as db:
            killed = db.execute(
                "SELECT id, started_at FROM runs WHERE ended_at IS NULL AND sources = ? AND started_at > ?",
                (names, iso(now - _RESUMED_FOR)),
            ).fetchone()
            # Of other sources, or of long ago, a killed run is over: what it left in the queue stays there.
            db.execute(
                "UPDATE runs SET ended_at = ? WHERE ended_at IS NULL AND id <> ?",
                (iso(now), killed["id"] if killed else 0),
            )
            if killed is not None:
                run = Run(id=killed["id"], started_at=killed["started_at"], resumed=True)
            else:
                db.execute("INSERT INTO runs (sources, started_at) VALUES (?, ?)", (names, iso(now)))
                run = Run(id=_last_id(db), started_at=iso(now), resumed=False)
            if not run.resumed:
                db.execute(
                    "UPDATE pages SET attempts = 0, not_before = 0 WHERE queued "
                    f"AND (attempts > 0 OR not_before > 0) AND source IN ({marks(sources)})",
                    [source.name for source in sources],
                )
            for source in sources:
                drop_old_starts(db, source)
                requeue_lists_of_new_rules(db, source)
                self._queue_starts(db, run, source)
                if options.recheck or not run.resumed:
                    self._queue_due(db, run, source, now, everything=options.recheck)
            db.execute("DELETE FROM runs WHERE id <= ?", (run.id - _RUNS_KEPT,))
        return run

    def end_run(self, run: Run, *, now: float) -> None:
        """Note that a run came to its end."""
        with self._transaction() as db:
            db.execute("UPDATE runs SET ended_at = ? WHERE id = ?", (iso(now), run.id))

    def _queue_starts(self, db: sqlite3.Connection, run: Run, source: Source) -> None:
        for start in source.starts:
            if start.kind is StartKind.FOLDER:
                continue
            url = start_url(start)
            visited = db.execute(
                "SELECT 1 FROM visits WHERE run = ? AND url = ? AND source = ?", (run.id, url, source.name)
            ).fetchone()
            if visited is None:
                db.execute(
                    "INSERT INTO pages (url, list_of, source, host, role, start, kind, number, queued) "
                    "VALUES (?, ?, ?, ?, 'list', ?, ?, 1, 1) ON CONFLICT (url, list_of) "
                    "DO UPDATE SET queued = 1, attempts = 0, not_before = 0, kind = excluded.kind, "
                    "start = excluded.start, number = 1",
                    (url, source.name, source.name, host_name(url), start.url, start.kind.value),
                )

    def _queue_due(
        self, db: sqlite3.Connection, run: Run, source: Source, now: float, *, everything: bool
    ) -> None:
        due = "role <> 'list' OR due_at <= :now" if everything else "due_at <= :now"
        db.execute(
            "UPDATE pages SET queued = 1, rank = CASE role WHEN 'list' THEN 0 ELSE :rank END, attempts = 0, "
            f"not_before = 0 WHERE source = :source AND NOT queued AND (state <> 'alias' OR due_at <= :now) AND ({due}) "
            "AND url NOT IN (SELECT url FROM visits WHERE run = :run)",
            {"rank": REVISIT, "source": source.name, "now": now, "run": run.id},
        )

    # --- the queue

    def hosts(self, sources: Collection[str]) -> frozenset[str]:
        """The hosts that something is to be fetched from, for some sources."""
        rows = self._rows(
            f"SELECT DISTINCT host FROM pages WHERE queued AND source IN ({marks(sources)})", [*sources]
        )
        return frozenset(row["host"] for row in rows)

    def queued(self, sources: Collection[str], *, rank: int = 0) -> dict[str, int]:
        """How many pages and files wait with this rank or a later one, by source; lists are not counted."""
        rows = self._rows(
            "SELECT source, count(*) AS n FROM pages "
            f"WHERE queued AND rank >= ? AND role <> 'list' AND source IN ({marks(sources)}) GROUP BY source",
            [rank, *sources],
        )
        return {**dict.fromkeys(sources, 0), **{row["source"]: row["n"] for row in rows}}

    def next_task(self, host: str, wanted: Wanted, *, now: float) -> Task | None:
        """What to fetch next from a host: lists first, then files, new pages, pages to look at again."""
        where, names = _where(wanted)
        rows = self._rows(
            f"SELECT * FROM pages WHERE queued AND host = ? AND not_before <= ? AND {where} "
            "ORDER BY rank, id LIMIT 1",
            [host, now, *names],
        )
        return read_task(rows[0]) if rows else None

    def next_time(self, host: str, wanted: Wanted) -> float | None:
        """When the next address of a host may be fetched (seconds since 1970); None: nothing is queued."""
        where, names = _where(wanted)
        rows = self._rows(
            f"SELECT min(not_before) AS at FROM pages WHERE queued AND host = ? AND {where}", [host, *names]
        )
        at = rows[0]["at"]
        return None if at is None else float(at)

    def postpone(self, task: Task, reason: str, *, not_before: float) -> None:
        """Keep an address in the queue for later, after a failure that may pass."""
        with self._transaction() as db:
            db.execute(
                "UPDATE pages SET attempts = attempts + 1, not_before = ?, reason = ? WHERE id = ?",
                (not_before, reason, task.id),
            )

    # --- what is known

    def find(self, url: str) -> Task | None:
        """What is known of the page (not the list) at an address."""
        rows = self._rows("SELECT * FROM pages WHERE url = ? AND list_of = ''", (url,))
        return read_task(rows[0]) if rows else None

    def find_list(self, url: str, source: str) -> Task | None:
        """What is known of a list of a source."""
        rows = self._rows("SELECT * FROM pages WHERE url = ? AND list_of = ?", (url, source))
        return read_task(rows[0]) if rows else None

    def find_text(self, text_sha256: str, host: str) -> Task | None:
        """The page of a host that is held with this main text, the first of them."""
        rows = self._rows(
            "SELECT * FROM pages WHERE text_sha256 = ? AND host = ? AND first_at IS NOT NULL "
            "AND state NOT IN ('alias', 'gone') ORDER BY id LIMIT 1",
            (text_sha256, host),
        )
        return read_task(rows[0]) if rows else None

    def links_before(self, task: Task) -> str | None:
        """The links (their sha256) of the page before a page of a list."""
        rows = self._rows(
            "SELECT links_sha256 FROM pages WHERE list_of = ? AND start = ? AND number = ?",
            (task.source, task.start, task.number - 1),
        )
        return rows[0]["links_sha256"] if rows else None

    def is_news(self, found: Found, source: str) -> bool:
        """Whether a link leads to what is not known yet, or to what its list dates later than what is held."""
        role = found.link.role
        known = self.find_list(found.link.url, source) if role is LinkRole.LIST else self.find(found.link.url)
        return known is None or is_modified(known, found) or (role is LinkRole.LIST and known.state == NEVER)

    # --- visits

    def settle(self, run: Run, task: Task, visit: Visit, *, now: float) -> int:
        """Write what a visit brought, with the links to follow, in one transaction.

        How many more pages and files wait than before.
        """
        with self._transaction() as db:
            write_page(db, task, visit, now)
            more = -int(task.role is not LinkRole.LIST and not visit.again)
            for url in visit.aliases:
                more -= write_alias(db, task, url, task.url)
            write_visit(db, run, task, visit, now)
            for found in visit.found:
                queued = queue_link(db, run, task, found)
                more += int(queued and found.link.role is not LinkRole.LIST)
        return more

    def pass_over(self, run: Run, task: Task, reason: str, *, for_good: bool) -> None:
        """Take a waiting address out of the queue without a visit; it is counted with its reason.

        One that is not passed over for good is queued again by the next list that may name it.
        """
        with self._transaction() as db:
            state = Outcome.THIN.value if for_good else task.state
            db.execute(
                "UPDATE pages SET queued = 0, state = ?, reason = ? WHERE id = ?", (state, reason, task.id)
            )
            write_passed(db, run, task.source, {reason: (1, task.url)})

    def note_failure(self, run: Run, source: str, url: str, reason: str, *, now: float) -> None:
        """Note that a list could not be read which is no page of the frontier: a folder."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO visits (run, source, url, role, outcome, reason, at) "
                "VALUES (?, ?, ?, 'list', 'failed', ?, ?)",
                (run.id, source, url, reason, iso(now)),
            )

    def settle_folder_page(self, run: Run, source: str, url: str, visit: Visit, *, now: float) -> None:
        """Write what became of a file of a folder."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO pages (url, source, host, role) VALUES (?, ?, '', 'page') "
                "ON CONFLICT (url, list_of) DO NOTHING",
                (url, source),
            )
            row = db.execute("SELECT * FROM pages WHERE url = ? AND list_of = ''", (url,)).fetchone()
            task = read_task(row)
            write_page(db, task, visit, now)
            db.execute("UPDATE pages SET due_at = NULL WHERE id = ?", (task.id,))
            write_visit(db, run, task, visit, now)

    # --- what a run brought

    def visited(self, run: Run) -> dict[str, int]:
        """How many pages and files were visited in a run, by source."""
        rows = self._rows(
            "SELECT source, count(*) AS n FROM visits WHERE run = ? AND role <> 'list' GROUP BY source",
            (run.id,),
        )
        return {row["source"]: row["n"] for row in rows}

    def counts(self, run: Run) -> dict[str, dict[Outcome, int]]:
        """How many visits of a run ended how, by source."""
        rows = self._rows(
            "SELECT source, outcome, count(*) AS n FROM visits WHERE run = ? GROUP BY source, outcome",
            (run.id,),
        )
        counts: dict[str, dict[Outcome, int]] = {}
        for row in rows:
            counts.setdefault(row["source"], {})[Outcome(row["outcome"])] = row["n"]
        return counts

    def passed(self, run: Run) -> dict[str, Mapping[str, tuple[int, str]]]:
        """Why links of a run were not followed: by source, reason → (how often, an example)."""
        passed: dict[str, dict[str, tuple[int, str]]] = {}
        for row in self._rows("SELECT * FROM passed WHERE run = ? ORDER BY count DESC", (run.id,)):
            passed.setdefault(row["source"], {})[row["reason"]] = (row["count"], row["example"])
        return dict(passed)

    def visits(self, run: Run, outcomes: Collection[Outcome]) -> list[sqlite3.Row]:
        """source, url, outcome, reason of the visits of a run that ended so, in order."""
        return self._rows(
            "SELECT source, url, outcome, reason FROM visits "
            f"WHERE run = ? AND outcome IN ({marks(outcomes)}) ORDER BY id",
            [run.id, *(outcome.value for outcome in outcomes)],
        )

    def unseen_in_folder(self, run: Run, source: str) -> list[str]:
        """The files of a folder's source that are held and that a run has not come upon."""
        rows = self._rows(
            "SELECT url FROM pages WHERE source = ? AND host = '' AND first_at IS NOT NULL AND state <> 'gone' "
            "AND url NOT IN (SELECT url FROM visits WHERE run = ?)",
            (source, run.id),
        )
        return [row["url"] for row in rows]

    def activities(self) -> tuple[SourceActivity, ...]:
        """What crawls have seen of each source, by name."""
        return load_activities(self._rows)

    def runs(self) -> tuple[PastRun, ...]:
        """The runs that are kept, the latest first."""
        return load_runs(self._rows)

    # --- robots.txt, kept for a day (ingest.web.robots.RobotsCache)

    def load(self, host: str) -> tuple[str, str] | None:
        """(text, when it was fetched) of a host's robots.txt."""
        rows = self._rows("SELECT robots, robots_at FROM hosts WHERE host = ?", (host,))
        return (rows[0]["robots"], rows[0]["robots_at"]) if rows else None

    def save(self, host: str, text: str, fetched_at: str) -> None:
        """Keep a host's robots.txt."""
        with self._transaction() as db:
            db.execute(
                "INSERT INTO hosts (host, robots, robots_at) VALUES (?, ?, ?) "
                "ON CONFLICT (host) DO UPDATE SET robots = excluded.robots, robots_at = excluded.robots_at",
                (host, text, fetched_at),
            )


def _where(wanted: Wanted) -> tuple[str, list[str]]:
    """The condition in SQL for what is wanted, and its values."""
    condition = (
        f"((role = 'list' AND number = 1 AND source IN ({marks(wanted.starts)})) "
        f"OR (role = 'list' AND number > 1 AND source IN ({marks(wanted.lists)})) "
        f"OR (role <> 'list' AND source IN ({marks(wanted.pages)})))"
    )
    return condition, [*wanted.starts, *wanted.lists, *wanted.pages]


def _last_id(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT last_insert_rowid()").fetchone()[0])
