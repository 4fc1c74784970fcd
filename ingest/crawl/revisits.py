"""When a page is visited again: pure functions.

A page that changed is looked at the next day, one that stays the same ever more seldom, up to `LONGEST` days:
the adaptive rule of incremental crawlers (Cho and Garcia-Molina, "The evolution of the Web and implications
for an incremental crawler", VLDB 2000), without their model of rates.
"""

from __future__ import annotations

from datetime import datetime

from ingest.crawl.models import Outcome

DAY = 86_400.0
LONGEST = 64.0  # days
_UNDATED = 7.0  # first interval of a page whose age nobody states
_FAILED = {Outcome.BLOCKED: 1.0, Outcome.DISALLOWED: 1.0, Outcome.MISSING: 1.0}
_GIVEN_UP = 30.0  # what is gone, or failed for good, may still come back


def next_interval(
    outcome: Outcome, *, interval: float | None, published_at: str | None, now: float
) -> float | None:
    """Days until a page should be visited again after a visit; None: not by itself.

    >>> next_interval(Outcome.SAME, interval=2.0, published_at=None, now=0.0)
    4.0
    >>> next_interval(Outcome.NEW, interval=None, published_at="2026-01-01", now=1_782_864_000.0)  # half a year old
    18.1
    """
    if outcome is Outcome.LISTED:
        return None
    if outcome is Outcome.ALIAS:  # an address that leads elsewhere may do so for a while only
        return min(LONGEST, 2 * interval) if interval else _UNDATED
    if outcome is Outcome.CHANGED:
        return 1.0
    if outcome is Outcome.SAME:
        return min(LONGEST, 2 * (interval or 1.0))
    if outcome in (Outcome.NEW, Outcome.THIN):
        age = _age(published_at, now)
        return _UNDATED if age is None else round(min(LONGEST, max(1.0, age / 10)), 1)
    return _FAILED.get(outcome, _GIVEN_UP)


def _age(published_at: str | None, now: float) -> float | None:
    """Days since a day that a page or its list states."""
    if published_at is None:
        return None
    try:
        moment = datetime.fromisoformat(published_at)
    except ValueError:
        return None
    return (now - moment.timestamp()) / DAY
