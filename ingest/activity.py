"""What a source has brought lately, and whether it has fallen silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from statistics import median

_UNREAD_DAYS = 7  # a list that was not read for longer says nothing of the source
_LEAST_SILENCE = 14  # days; Tết and long holidays are shorter
_USUAL_GAPS = 5  # times the usual gap between two days with new pages
_FEWEST_DAYS = 5  # with new pages; fewer do not show what is usual


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceActivity:
    """What crawls have seen of one source. Times are ISO 8601, UTC; None: never."""

    source: str  # its name in the file of sources
    last_listed_at: str | None  # when one of its lists was last read well
    last_new_at: str | None  # when it last brought a page that was not held
    pages: int  # held of it
    failed: int  # pages that could not be got or read
    new_days: tuple[date, ...]  # the days on which it brought new pages, in any order
    last_tried_at: str | None = None  # when one of its lists was last asked for, well or not


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Whether a source has fallen silent (None: cannot be told), and why so, in Vietnamese."""

    quiet: bool | None
    why: str


def is_quiet(activity: SourceActivity, today: date) -> Quiet:
    """Whether a source brought nothing new for more than max(14 days, 5 × its median gap), up to its last list.

    None where its list was not read in the last seven days, or it has too few days to show what is usual.
    """
    listed = _day(activity.last_listed_at)
    if listed is None or (today - listed).days > _UNREAD_DAYS:
        return Quiet(quiet=None, why=_why_unread(activity, listed))
    days = sorted(set(activity.new_days))
    if len(days) < _FEWEST_DAYS:
        return Quiet(quiet=None, why=f"chưa đủ dữ liệu ({len(days)} ngày có trang mới)")
    usual = median((later - earlier).days for earlier, later in pairwise(days))
    last = max(days[-1], _day(activity.last_new_at) or days[-1])
    silent = (listed - last).days
    if silent > max(_LEAST_SILENCE, _USUAL_GAPS * usual):
        return Quiet(
            quiet=True,
            why=f"không có trang mới từ {_write(last)} ({silent} ngày; thường cách {usual:g} ngày)",
        )
    return Quiet(quiet=False, why=f"trang mới gần nhất ngày {_write(last)}")


def _why_unread(activity: SourceActivity, listed: date | None) -> str:
    """A list that fails, told from one that nobody asked for."""
    tried = activity.last_tried_at
    if listed is None:
        return "chưa thu thập lần nào" if tried is None else "chưa lần nào đọc được danh sách"
    failing = tried is not None and tried > (activity.last_listed_at or "")
    return f"{'không đọc được danh sách' if failing else 'chưa thu thập lại'} từ {_write(listed)}"


def _day(stamp: str | None) -> date | None:
    return datetime.fromisoformat(stamp).date() if stamp else None


def _write(day: date) -> str:
    return day.strftime("%d/%m/%Y")
