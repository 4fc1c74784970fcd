"""When a page says that it was published: ISO 8601, day first as Vietnam writes it, +07:00 where there is a time.

Only a line that is nothing but such a date counts: a date inside a sentence is when something happened, "Hà Tĩnh,
ngày …" is the date of a document, "Cập nhật" (changed) is not when it was published.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
_YEARS = range(1990, 2101)
_DAY_NAME = r"(?:(?:Thứ|thứ|THỨ)\s+\w+|T[2-7]|Chủ [Nn]hật|CHỦ NHẬT|CN)"
_LABEL = r"(?:(?:Ngày đăng|Ngày xuất bản|Đăng ngày|Đăng lúc|Xuất bản|Thời gian đăng|Ngày|Lúc)\s*:?\s*)"
_DAY = (
    r"(?:(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})"
    r"|ngày\s+(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4}))"
)
_TIME = r"(?P<H{n}>\d{{1,2}})\s?[:hg]\s?(?P<M{n}>\d{{2}})(?::\d{{2}})?'?(?:\s*(?P<half{n}>[AaPp][Mm]))?"
_BETWEEN = r"\s*(?:[,|•·–-]|lúc|,\s*lúc|,\s*ngày|ngày)?\s*"
_ZONE = r"(?:\s*\(?\s*GMT\s*\+\s*0?7(?::00)?\s*\)?)?"
_AFTER = r"(?:\s*[|•·–-]\s*(?:Lượt xem|Số lượt xem|Đã xem|Lượt đọc|Xem)\s*:?\s*[\d.,]*)?"
_LINE = re.compile(
    rf"\(?{_LABEL}?(?:{_TIME.format(n=1)}{_BETWEEN})?(?:{_DAY_NAME}\s*,?\s*)?(?:ngày\s+(?=\d+[./-]))?{_DAY}"
    rf"(?:{_BETWEEN}{_TIME.format(n=2)})?{_ZONE}\)?{_AFTER}\s*\.?\Z",
    re.IGNORECASE,
)
_LONGEST_LINE = 90
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?)?\Z"
)


def read_date_line(text: str) -> str | None:
    """The date of a line that is nothing but the date of a page.

    >>> read_date_line("Thứ Hai, 11/03/2019, 20:23 (GMT+7)")
    '2019-03-11T20:23:00+07:00'
    >>> read_date_line("11.03.2019 | 20:23 PM")
    '2019-03-11T20:23:00+07:00'
    >>> read_date_line("Hạn nộp hồ sơ: 15/8/2025") is None
    True
    """
    line = " ".join(text.split())
    if len(line) > _LONGEST_LINE or not (m := _LINE.match(line)):
        return None
    day = _make_day(m["y"] or m["y2"], m["m"] or m["m2"], m["d"] or m["d2"])
    if day is None:
        return None
    for n in ("1", "2"):
        if m[f"H{n}"]:
            return _with_time(day, int(m[f"H{n}"]), int(m[f"M{n}"]), m[f"half{n}"])
    return day.isoformat()


def read_iso(value: str) -> str | None:
    """A date of markup in our form: day alone, or with the time in Vietnam (a time without zone is Vietnam's).

    >>> read_iso("2026-03-02T01:00:00Z"), read_iso("2026-03-02"), read_iso("0001-01-01T00:00:00")
    ('2026-03-02T08:00:00+07:00', '2026-03-02', None)
    """
    if not (m := _ISO.match(value.strip())):
        return read_date_line(value)
    day = _make_day(m[1], m[2], m[3])
    if day is None or m[4] is None:
        return day.isoformat() if day else None
    try:
        moment = datetime(day.year, day.month, day.day, int(m[4]), int(m[5]), int(m[6] or 0))
        zone = VIETNAM if m[7] is None else datetime.fromisoformat(f"2000-01-01T00:00{m[7]}").tzinfo
    except ValueError:
        return None
    return moment.replace(tzinfo=zone).astimezone(VIETNAM).isoformat()


def _make_day(year: str, month: str, day: str) -> date | None:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if made.year in _YEARS else None


def _with_time(day: date, hour: int, minute: int, half: str | None) -> str | None:
    """ "08:23 PM" is the evening; "20:23 PM" is a 24-hour clock with a needless PM."""
    if half and half.lower() == "pm" and hour < 12:
        hour += 12
    if half and half.lower() == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM).isoformat()
