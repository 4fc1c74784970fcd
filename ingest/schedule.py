"""What to give the clock of a system so that it runs a command: cron, systemd, Windows' Task Scheduler."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.errors import ScheduleError

Every = Literal["hour", "day", "week"]

_AT = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_LONGEST_TASK = 261  # characters of schtasks /TR
_SAYS = {"hour": "mỗi giờ", "day": "mỗi ngày", "week": "mỗi tuần, ngày thứ Hai"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """What one system is given, and how, in Vietnamese."""

    name: str
    text: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One command for the clocks of all systems; take one of them."""

    cron: Clock
    systemd_service: Clock
    systemd_timer: Clock
    windows: Clock

    def all(self) -> tuple[Clock, ...]:
        return self.cron, self.systemd_service, self.systemd_timer, self.windows


def schedule_lines(command: Sequence[str], *, every: Every, at: str = "06:30") -> Schedule:
    """The lines that run `command` every hour (at the minutes of `at`), day or week (on Monday), local time.

    `command`: the program, as a whole path, and its arguments; each is quoted as the system wants it. Raises
    ScheduleError where `at` is no time, `every` no interval or an argument holds a line break.
    """
    if not (time := _AT.fullmatch(at)):
        raise ScheduleError(f"Giờ {at!r} không đúng. Hãy ghi dạng giờ:phút, như 06:30.")
    if every not in _SAYS:
        raise ScheduleError(f"Chu kỳ {every!r} không có. Hãy chọn hour, day hoặc week.")
    if not command or any("\n" in part or "\0" in part for part in command):
        raise ScheduleError(f"Lệnh {list(command)!r} trống hoặc có ký tự xuống dòng. Hãy sửa lệnh.")
    hour, minute = int(time[1]), int(time[2])
    said = (
        f"{_SAYS[every]} vào phút {minute:02}"
        if every == "hour"
        else f"{_SAYS[every]} lúc {hour}:{minute:02}"
    )
    return Schedule(
        cron=_for_cron(command, every, hour, minute, said),
        systemd_service=_for_service(command),
        systemd_timer=_for_timer(every, hour, minute, said),
        windows=_for_windows(command, every, hour, minute, said),
    )


def _for_cron(command: Sequence[str], every: Every, hour: int, minute: int, said: str) -> Clock:
    when = {"hour": f"{minute} * * * *", "day": f"{minute} {hour} * * *", "week": f"{minute} {hour} * * 1"}[
        every
    ]
    line = shlex.join(command).replace("%", r"\%")  # crontab(5): a bare % is a line break
    return Clock(
        name="cron (Linux, macOS)",
        text=f"{when} {line}",
        how=f"Chạy {said}. Gõ `crontab -e`, thêm dòng này vào cuối rồi lưu.",
    )


def _for_service(command: Sequence[str]) -> Clock:
    return Clock(
        name="~/.config/systemd/user/cancu.service",
        text=f"[Unit]\nDescription=Căn Cứ: thu thập\n\n[Service]\nType=oneshot\nExecStart={' '.join(map(_for_systemd, command))}\n",
        how="Lưu thành tệp này; systemd chạy lệnh khi bộ hẹn giờ (tệp sau) gọi.",
    )


def _for_systemd(part: str) -> str:
    """An argument as systemd.service(5) reads it: C escapes in double quotes, $ and % doubled."""
    escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$").replace("%", "%%")
    return f'"{escaped}"'


def _for_timer(every: Every, hour: int, minute: int, said: str) -> Clock:
    day = f"*-*-* {hour:02}:{minute:02}:00"
    when = {"hour": f"*-*-* *:{minute:02}:00", "day": day, "week": f"Mon {day}"}[every]
    return Clock(
        name="~/.config/systemd/user/cancu.timer",
        text="[Unit]\nDescription=Căn Cứ: hẹn giờ thu thập\n\n[Timer]\n"
        f"OnCalendar={when}\nPersistent=true\nRandomizedDelaySec=120\n\n[Install]\nWantedBy=timers.target\n",
        how=f"Chạy {said} (trễ tối đa hai phút); máy tắt lúc đó thì chạy bù khi bật lại. Lưu hai tệp rồi gõ "
        "`systemctl --user daemon-reload` và `systemctl --user enable --now cancu.timer`. Để chạy cả khi không "
        "đăng nhập: `loginctl enable-linger`.",
    )


def _for_windows(command: Sequence[str], every: Every, hour: int, minute: int, said: str) -> Clock:
    task = subprocess.list2cmdline(command)
    when = {"hour": "HOURLY", "day": "DAILY", "week": "WEEKLY /D MON"}[every]
    begin = f"{0 if every == 'hour' else hour:02}:{minute:02}"
    quoted = '"' + task.replace('"', '\\"') + '"'
    long = (
        f" Lệnh dài hơn {_LONGEST_TASK} ký tự nên schtasks không nhận: hãy đặt nó vào một tệp .cmd và hẹn giờ tệp ấy."
        if len(task) > _LONGEST_TASK
        else ""
    )
    return Clock(
        name="Task Scheduler (Windows)",
        text=f"schtasks /Create /TN CanCu /SC {when} /ST {begin} /TR {quoted}",
        how=f"Chạy {said}, khi bạn đang đăng nhập. Dán vào cửa sổ Command Prompt (cmd); xóa bằng "
        f"`schtasks /Delete /TN CanCu`.{long}",
    )
