"""When a source counts as silent: worked by hand from days with new pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ingest.activity import Quiet, SourceActivity, is_quiet

TODAY = date(2026, 11, 28)


def source(
    days: list[date], *, listed: str | None = "2026-11-28T05:00:00+00:00", tried: str | None = None
) -> SourceActivity:
    last = f"{max(days).isoformat()}T05:00:00+00:00" if days else None
    return SourceActivity(
        source="bao",
        last_listed_at=listed,
        last_new_at=last,
        pages=len(days),
        failed=0,
        new_days=tuple(days),
        last_tried_at=tried,
    )


def every(gap: int, last: date, count: int = 6) -> list[date]:
    return [last - timedelta(days=gap * n) for n in range(count)]


@pytest.mark.parametrize(
    ("gap", "silent", "quiet"),
    [
        (1, 14, False),  # 14 days are the least
        (1, 15, True),
        (2, 14, False),  # 5 × 2 is less than 14
        (2, 15, True),
        (7, 35, False),  # 5 × 7
        (7, 36, True),
    ],
)
def test_silence_is_measured_by_what_is_usual(gap: int, silent: int, quiet: bool) -> None:
    assert is_quiet(source(every(gap, TODAY - timedelta(days=silent))), TODAY).quiet is quiet


def test_why_names_the_last_day_and_what_is_usual() -> None:
    assert is_quiet(source(every(2, date(2026, 11, 1))), TODAY) == Quiet(
        quiet=True, why="không có trang mới từ 01/11/2026 (27 ngày; thường cách 2 ngày)"
    )
    assert is_quiet(source(every(2, date(2026, 11, 20))), TODAY) == Quiet(
        quiet=False, why="trang mới gần nhất ngày 20/11/2026"
    )


def test_the_median_does_not_follow_one_long_pause() -> None:
    days = [*every(1, date(2026, 11, 10)), date(2026, 1, 1)]  # gaps 1, 1, 1, 1, 1, 308
    assert is_quiet(source(days), TODAY).quiet is True


def test_a_day_counts_once_and_few_days_tell_nothing() -> None:
    four = every(1, date(2026, 6, 1), 4)
    assert is_quiet(source(four + four), TODAY) == Quiet(
        quiet=None, why="chưa đủ dữ liệu (4 ngày có trang mới)"
    )
    assert is_quiet(source(every(1, date(2026, 6, 1), 5)), TODAY).quiet is True


def test_silence_ends_where_the_list_was_last_read() -> None:
    days = every(1, date(2026, 11, 10))
    assert is_quiet(source(days, listed="2026-11-24T23:00:00+00:00"), TODAY).quiet is False  # 14 days seen
    assert is_quiet(source(days, listed="2026-11-25T00:00:00+00:00"), TODAY).quiet is True


@pytest.mark.parametrize(
    ("listed", "tried", "why"),
    [
        ("2026-11-20T05:00:00+00:00", "2026-11-28T05:00:00+00:00", "không đọc được danh sách từ 20/11/2026"),
        ("2026-11-20T05:00:00+00:00", "2026-11-20T05:00:00+00:00", "chưa thu thập lại từ 20/11/2026"),
        ("2026-11-20T05:00:00+00:00", None, "chưa thu thập lại từ 20/11/2026"),
        (None, "2026-11-28T05:00:00+00:00", "chưa lần nào đọc được danh sách"),
        (None, None, "chưa thu thập lần nào"),
    ],
)
def test_an_unread_list_says_nothing_of_its_source(listed: str | None, tried: str | None, why: str) -> None:
    days = every(1, date(2026, 11, 1))
    assert is_quiet(source(days, listed=listed, tried=tried), TODAY) == Quiet(quiet=None, why=why)


def test_a_list_read_seven_days_ago_still_counts() -> None:
    days = every(1, date(2026, 11, 1))
    assert is_quiet(source(days, listed="2026-11-21T05:00:00+00:00"), TODAY).quiet is True
