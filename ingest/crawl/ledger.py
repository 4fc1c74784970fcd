"""What the file of a crawl says of each source (when it brought something new, when its lists were read), and of
the runs that were made."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime

from ingest.activity import SourceActivity
from ingest.crawl.models import Outcome, PastRun, Run

Rows = Callable[[str], list[sqlite3.Row]]

_PAGES = """
SELECT source, max(first_at) AS last_new_at, count(first_at) AS pages,
       sum(state IN ('failed', 'blocked')) AS failed
FROM pages WHERE role <> 'list' AND state <> 'alias' GROUP BY source
"""
_LISTS = """
SELECT source, max(checked_at) AS last_listed_at FROM pages WHERE role = 'list' GROUP BY source
"""
_RUNS = "SELECT sources, max(started_at) AS last_tried_at FROM runs GROUP BY sources"
_DAYS = "SELECT DISTINCT source, first_at FROM pages WHERE role <> 'list' AND first_at IS NOT NULL"


def load_activities(rows: Rows) -> tuple[SourceActivity, ...]:
    """The activity of every source that was ever crawled, by name."""
    pages = {row["source"]: row for row in rows(_PAGES)}
    lists = {row["source"]: row["last_listed_at"] for row in rows(_LISTS)}
    tries: dict[str, str] = {}
    for row in rows(_RUNS):
        for name in row["sources"].split():
            tries[name] = max(tries.get(name, ""), row["last_tried_at"])
    days: dict[str, set[date]] = {}
    for row in rows(_DAYS):
        days.setdefault(row["source"], set()).add(datetime.fromisoformat(row["first_at"]).date())
    return tuple(
        SourceActivity(
            source=name,
            last_listed_at=lists.get(name),
            last_new_at=pages[name]["last_new_at"] if name in pages else None,
            pages=pages[name]["pages"] if name in pages else 0,
            failed=pages[name]["failed"] if name in pages else 0,
            new_days=tuple(sorted(days.get(name, ()))),
            last_tried_at=tries.get(name),
        )
        for name in sorted(pages.keys() | lists.keys() | tries.keys())
    )


_VISITS = "SELECT run, outcome, count(*) AS n FROM visits GROUP BY run, outcome"


def load_runs(rows: Rows) -> tuple[PastRun, ...]:
    """The runs that are kept, the latest first."""
    counts: dict[int, dict[Outcome, int]] = {}
    for row in rows(_VISITS):
        counts.setdefault(row["run"], {})[Outcome(row["outcome"])] = row["n"]
    return tuple(
        PastRun(
            run=Run(id=row["id"], started_at=row["started_at"], resumed=False),
            sources=tuple(row["sources"].split()),
            ended_at=row["ended_at"],
            counts=counts.get(row["id"], {}),
        )
        for row in rows("SELECT id, sources, started_at, ended_at FROM runs ORDER BY id DESC")
    )
