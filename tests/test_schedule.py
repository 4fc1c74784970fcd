"""A command for the clocks of cron, systemd and Windows, quoted as each of them reads it."""

from __future__ import annotations

import shlex

import pytest

from ingest.errors import ScheduleError
from ingest.schedule import Every, schedule_lines

COMMAND = ("/home/a b/.venv/bin/cancu", "crawl", "--store", "/data/100% văn bản/$kho")


@pytest.mark.parametrize(
    ("every", "cron", "timer", "windows"),
    [
        ("hour", "5 * * * *", "*-*-* *:05:00", "HOURLY /ST 00:05"),
        ("day", "5 18 * * *", "*-*-* 18:05:00", "DAILY /ST 18:05"),
        ("week", "5 18 * * 1", "Mon *-*-* 18:05:00", "WEEKLY /D MON /ST 18:05"),
    ],
)
def test_each_interval_is_written_as_each_clock_has_it(
    every: Every, cron: str, timer: str, windows: str
) -> None:
    found = schedule_lines(["cancu", "crawl"], every=every, at="18:05")
    assert found.cron.text == f"{cron} cancu crawl"
    assert f"\nOnCalendar={timer}\n" in found.systemd_timer.text
    assert found.windows.text == f'schtasks /Create /TN CanCu /SC {windows} /TR "cancu crawl"'


def test_spaces_and_signs_of_paths_reach_the_command_as_they_are() -> None:
    found = schedule_lines(COMMAND, every="day")
    line = found.cron.text.removeprefix("30 6 * * * ")
    assert r"100\% văn" in line
    assert tuple(shlex.split(line.replace(r"\%", "%"))) == COMMAND
    assert found.systemd_service.text.splitlines()[-1] == (
        'ExecStart="/home/a b/.venv/bin/cancu" "crawl" "--store" "/data/100%% văn bản/$$kho"'
    )


def test_a_windows_path_with_spaces_is_quoted_inside_the_task() -> None:
    found = schedule_lines(
        [r"C:\Program Files\cancu\cancu.exe", "crawl", "--store", r"D:\văn bản"], every="day"
    )
    assert found.windows.text == (
        r"schtasks /Create /TN CanCu /SC DAILY /ST 06:30 /TR "
        r'"\"C:\Program Files\cancu\cancu.exe\" crawl --store \"D:\văn bản\""'
    )
    assert "261" not in found.windows.how
    assert "261" in schedule_lines(["cancu", "x" * 300], every="day").windows.how


def test_every_clock_says_in_vietnamese_when_and_how() -> None:
    clocks = schedule_lines(["cancu"], every="week").all()
    assert len({clock.name for clock in clocks}) == 4
    assert [("thứ Hai lúc 6:30" in clock.how) for clock in clocks] == [True, False, True, True]


@pytest.mark.parametrize("at", ["24:00", "6", "06:60", "sáng", ""])
def test_a_time_that_is_none_is_told(at: str) -> None:
    with pytest.raises(ScheduleError, match="giờ:phút"):
        schedule_lines(["cancu"], every="day", at=at)


def test_an_interval_or_command_that_cannot_be_is_told() -> None:
    with pytest.raises(ScheduleError, match="hour, day hoặc week"):
        schedule_lines(["cancu"], every="month")  # type: ignore[arg-type]
    with pytest.raises(ScheduleError, match="xuống dòng"):
        schedule_lines(["cancu", "a\nb"], every="day")
    with pytest.raises(ScheduleError, match="trống"):
        schedule_lines([], every="day")
