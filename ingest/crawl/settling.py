"""Writing what a visit brought into the file of a crawl: functions on its connection, inside a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from ingest.crawl.models import Found, Outcome, Run, Task, Visit
from ingest.crawl.revisits import DAY, next_interval
from ingest.lists.models import LinkRole
from ingest.sources import StartKind
from ingest.web.addresses import host_name

_RANKS = {LinkRole.LIST: 0, LinkRole.FILE: 1, LinkRole.PAGE: 2}
_BACKLOG = 3  # pages from deep in a list, after those that its first page names
NEVER = "new"  # the state of an address that was not visited yet
_LATER = 3600.0  # seconds: not again in this run; the next one asks at once
_KEPT_AS_IT_WAS = frozenset(
    {Outcome.FAILED, Outcome.BLOCKED, Outcome.DISALLOWED, Outcome.MISSING, Outcome.GONE}
)


def write_page(db: sqlite3.Connection, task: Task, visit: Visit, now: float) -> None:
    outcome, response = visit.outcome, visit.response
    published_at = visit.published_at or task.published_at
    days = next_interval(outcome, interval=task.interval, published_at=published_at, now=now)
    if task.role is LinkRole.LIST and outcome is Outcome.FAILED:
        days = 1.0  # what lies behind it is out of reach until it is read
    fresh = response is not None and not response.not_modified and outcome not in _KEPT_AS_IT_WAS
    at = iso(now)
    values: dict[str, object] = {
        "state": outcome.value,
        "reason": visit.reason,
        "alias_of": visit.alias_of,
        "queued": visit.again,
        "not_before": now + _LATER if visit.again else 0,
        "attempts": 0,
        "missing": task.missing + 1 if outcome in (Outcome.MISSING, Outcome.GONE) else 0,
        "interval": days,
        "due_at": None if days is None else now + days * DAY,
    }
    if fresh and response is not None:
        values |= {
            # What is to be read again must come again.
            "etag": None if visit.again else response.headers.get("etag"),
            "last_modified": None if visit.again else response.headers.get("last-modified"),
            "fetched_at": response.fetched_at,
        }
    for name in ("sha256", "text_sha256", "canonical", "links_sha256", "title", "published_at"):
        if (value := getattr(visit, name)) is not None:
            values[name] = value
    if outcome.keeps or outcome is Outcome.LISTED:
        values["checked_at"] = at
        values["first_at"] = task.first_at or at
    if outcome in (Outcome.NEW, Outcome.CHANGED):
        values["changed_at"] = at
    names = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE pages SET {names} WHERE id = ?", (*values.values(), task.id))


def write_alias(db: sqlite3.Connection, task: Task, url: str, of: str) -> int:
    """Note another address of a page; how many waiting pages it takes out of the queue (0 or 1)."""
    waiting = db.execute(
        "SELECT count(*) FROM pages WHERE url = ? AND list_of = '' AND queued AND first_at IS NULL",
        (url,),
    ).fetchone()[0]
    db.execute(
        "INSERT INTO pages (url, source, host, role, state, alias_of) VALUES (?, ?, ?, ?, 'alias', ?) "
        "ON CONFLICT (url, list_of) DO UPDATE SET state = 'alias', alias_of = excluded.alias_of, queued = 0 "
        "WHERE first_at IS NULL",  # a page that is held in its own right stays what it is
        (url, task.source, host_name(url), task.role.value, of),
    )
    return int(waiting)


def queue_link(db: sqlite3.Connection, run: Run, task: Task, found: Found) -> bool:
    """Put a link into the queue where it is new, or newer than what is held; whether it was put there."""
    link = found.link
    of = task.source if link.role is LinkRole.LIST else ""
    row = db.execute("SELECT * FROM pages WHERE url = ? AND list_of = ?", (link.url, of)).fetchone()
    stated = {
        "title": link.title,
        "published_at": link.published_at,
        "modified_at": link.modified_at,
    }
    if row is None:
        values: dict[str, object] = {
            "url": link.url,
            "list_of": of,
            "source": task.source,
            "host": host_name(link.url),
            "role": link.role.value,
            "rank": _rank(task, found),
            "queued": 1,
            "start": found.start,
            "kind": found.kind.value if found.kind else None,
            "number": found.number,
            "depth": found.depth,
            "parent": task.url if link.role is LinkRole.FILE else None,
            **stated,
        }
        db.execute(f"INSERT INTO pages ({', '.join(values)}) VALUES ({marks(values)})", [*values.values()])
        return True
    known = read_task(row)
    again = is_modified(known, found) if link.role is not LinkRole.LIST else not _seen(db, run, known)
    if known.state in (Outcome.DISALLOWED, NEVER):  # forbidden once; or passed over under other rules
        again = again or (known.first_at is None and not _seen(db, run, known))
    db.execute(
        # The latest: two lists may date a page differently, and it would be new again in each run.
        "UPDATE pages SET modified_at = max(coalesce(:modified, modified_at), coalesce(modified_at, :modified)), "
        "published_at = coalesce(published_at, :published), number = :number WHERE id = :id",
        {
            "modified": link.modified_at,
            "published": link.published_at,
            "number": found.number,
            "id": known.id,
        },
    )
    waits = row["queued"] and not _left_behind(db, run, task, known)
    if waits or known.state == Outcome.ALIAS or not (again or row["queued"]):
        return False
    db.execute(
        "UPDATE pages SET queued = 1, attempts = 0, not_before = 0, rank = ?, source = ? WHERE id = ?",
        (_rank(task, found), task.source if _left_behind(db, run, task, known) else known.source, known.id),
    )
    return True


def write_visit(db: sqlite3.Connection, run: Run, task: Task, visit: Visit, now: float) -> None:
    db.execute(
        "INSERT INTO visits (run, source, url, role, outcome, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(run.id, task.source, task.url, task.role.value),
            *(visit.outcome.value, visit.reason, iso(now)),
        ),
    )
    write_passed(db, run, task.source, visit.passed)


def write_passed(
    db: sqlite3.Connection, run: Run, source: str, passed: Mapping[str, tuple[int, str]]
) -> None:
    for reason, (count, example) in passed.items():
        db.execute(
            "INSERT INTO passed (run, source, reason, count, example) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (run, source, reason) DO UPDATE SET count = count + excluded.count",
            (run.id, source, reason, count, example),
        )


def _rank(task: Task, found: Found) -> int:
    """The place of a link in the queue; a smaller one is fetched earlier."""
    deep = task.role is LinkRole.LIST and task.number > 1
    return _BACKLOG if deep and found.link.role is LinkRole.PAGE else _RANKS[found.link.role]


def _seen(db: sqlite3.Connection, run: Run, known: Task) -> bool:
    """Whether a list was visited in this run: lists that lead to each other end somewhere."""
    values = (run.id, known.url, known.source)
    return (
        db.execute("SELECT 1 FROM visits WHERE run = ? AND url = ? AND source = ?", values).fetchone()
        is not None
    )


def _left_behind(db: sqlite3.Connection, run: Run, task: Task, known: Task) -> bool:
    """Whether an address belongs to a source that this run does not fetch from: one renamed, or switched off.

    The source whose list names it then fetches it.
    """
    if known.source == task.source:
        return False
    sources = db.execute("SELECT sources FROM runs WHERE id = ?", (run.id,)).fetchone()["sources"]
    return known.source not in sources.split()


def is_modified(known: Task, found: Found) -> bool:
    """Whether a list dates the change of a page later than it did when the page was visited."""
    stated = found.link.modified_at
    return stated is not None and known.modified_at is not None and stated > known.modified_at


def read_task(row: sqlite3.Row) -> Task:
    values = {name: row[name] for name in Task.__slots__ if name not in ("role", "kind")}
    return Task(**values, role=LinkRole(row["role"]), kind=StartKind(row["kind"]) if row["kind"] else None)


def marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values))


def iso(now: float) -> str:
    """A time in seconds since 1970 as ISO 8601, UTC."""
    return datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")
