"""The coverage ledger for people, for programs, and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.coverage import Coverage, Range, Series, to_ranges
from corpus.labels import UNKNOWN, vietnamese_date
from corpus.spreadsheet import rows_as_csv, write_rows
from corpus.store_coverage import SourceHeld
from ingest.activity import SourceActivity, is_quiet

_SHOWN = 8  # runs of numbers on a line; a spreadsheet has all


def write_ranges(ranges: Sequence[Range], *, most: int | None = None) -> str:
    """Runs of numbers as people write them, of many only the first `most`.

    >>> write_ranges([(1, 11), (13, 13), (20, 37)]), write_ranges([(1, 1), (3, 3), (5, 5)], most=1)
    ('01–11, 13, 20–37', '01 … và 2 khoảng nữa')
    """
    shown = ranges if most is None or len(ranges) <= most + 1 else ranges[:most]
    written = ", ".join(f"{a:02}" if a == b else f"{a:02}–{b:02}" for a, b in shown)
    rest = len(ranges) - len(shown)
    return f"{written} … và {rest} khoảng nữa" if rest else written


def name_scope(series: Series) -> str:
    """ "năm 2024", "nhiệm kỳ 2020–2025", "không rõ năm"."""
    key = series.key
    if key.scope is not None:
        return key.scope
    if key.year is not None:
        return f"năm {key.year}, không rõ trước hay từ 1/7"
    return "không rõ nhiệm kỳ" if key.party else "không rõ năm"


# --- people


def describe_coverage(series: Iterable[Series]) -> Iterator[str]:
    """Lines for a terminal, by issuer; an empty one behind each."""
    for issuer, group in groupby(
        series, key=lambda one: one.issuer or f"Cơ quan {UNKNOWN} (mã {one.key.code})"
    ):
        yield issuer
        for one in group:
            yield from (f"  {line}" for line in _describe(one))
        yield ""


def _describe(series: Series) -> Iterator[str]:
    name = " ".join(filter(None, [series.type, f"…{series.key.ending}"]))
    numbers = [write_ranges(to_ranges(series.held), most=_SHOWN), *series.others]
    held = f"có {', '.join(filter(None, numbers))}" if series.documents else "chưa có văn bản nào"
    low = series.lowest
    below = f"; chưa có số nào dưới {low:02}" if low is not None and low > 1 else ""
    yield f"{name}, {name_scope(series)}: {held}{below}"
    if series.missing:
        yield f"    thiếu {write_ranges(series.missing, most=_SHOWN)} ({_count(series.missing_count, 'số')})"
    if series.mentioned or series.mentioned_others:
        seen = [write_ranges(to_ranges(series.mentioned), most=_SHOWN), *series.mentioned_others]
        yield f"    được nhắc tới nhưng chưa có văn bản: {', '.join(filter(None, seen))}"
    if series.documents and not series.key.countable:
        yield f"    không xét số thiếu: {why_uncounted(series)}"
    for twice in series.duplicates:
        what = "cùng nội dung" if twice.copies else "nội dung khác nhau, cần xem lại"
        yield f"    trùng số {twice.number.zfill(2)}: {_count(len(twice.documents), 'văn bản')}, {what}"


def why_uncounted(series: Series) -> str:
    """Why nothing of a series is called missing."""
    key = series.key
    if key.body is None:
        return "không rõ cơ quan, tỉnh nào"
    if key.scope is None:
        return name_scope(series)
    return "không rõ loại văn bản" if key.kind is None else "văn bản liên tịch, số do cơ quan chủ trì đánh"


def describe_notes(shown: Sequence[Series], coverage: Coverage, *, unshown: int) -> Iterator[str]:
    """Lines that sum up what is shown, and say how to read it."""
    held = [one for one in shown if one.documents]
    documents, missing = sum(one.documents for one in held), sum(one.missing_count for one in held)
    if not held:
        yield "Kho chưa có văn bản nào thuộc các dãy số này; bài báo, trang đưa tin không tính là văn bản."
    else:
        yield (
            f"Cộng: {_count(documents, 'văn bản')} trong {_count(len(held), 'dãy số')}; "
            f"thiếu {_count(missing, 'số')} giữa số thấp nhất có trong kho và số cao nhất đã thấy."
        )
    if unshown:
        yield f"Ngoài ra có {_count(unshown, 'dãy')} chỉ được nhắc tới: xem bằng cách lọc, --json hoặc --csv."
    if coverage.unplaced:
        yield f"{_count(coverage.unplaced, 'số')} được nhắc tới mà không rõ cơ quan hoặc năm, nên không tính."
    if coverage.unread:
        yield f"{_count(len(coverage.unread), 'văn bản')} có số không tách được, nên không tính."
    yield (
        "Không rõ mỗi dãy đã ban hành đến số nào, nên không dãy nào được coi là đủ đến cuối. Với văn bản hành "
        "chính (số không kèm năm), cơ quan có thể đánh số chung nhiều loại: số thiếu có thể thuộc loại khác."
    )


def describe_sources(
    held: Iterable[SourceHeld], activities: Iterable[SourceActivity], today: date
) -> Iterator[str]:
    """Lines about where documents come from, and which sources have fallen silent."""
    for one in held:
        day = vietnamese_date(one.last_read_at[:10])
        yield f"  {one.source or 'Tệp trên máy'}: {_count(one.documents, 'trang')}, đọc gần nhất {day}"
    for activity in activities:
        found = is_quiet(activity, today)
        mark = "! " if found.quiet or (found.quiet is None and "danh sách" in found.why) else ""
        failed = f", {activity.failed} trang lỗi" if activity.failed else ""
        last = vietnamese_date(activity.last_new_at[:10]) if activity.last_new_at else None
        newest = f", trang mới gần nhất lấy ngày {last}" if last and found.quiet is None else ""
        yield f"  {mark}{activity.source}: {_count(activity.pages, 'trang')}{failed}{newest}; {found.why}"


def _count(number: int, unit: str) -> str:
    return f"{number:,} {unit}".replace(",", ".")


# --- programs


def series_json(series: Series) -> dict[str, Any]:
    """One series; ranges are pairs of first and last number."""
    key = series.key
    return {
        "issuer": series.issuer,
        "issuer_code": key.code,
        "province": series.province,
        "type": series.type,
        "ending": key.ending,
        "year": key.year,
        "scope": key.scope,
        "documents": series.documents,
        "held": [list(run) for run in to_ranges(series.held)],
        "held_others": list(series.others),
        "counted": key.countable,
        "missing": [list(run) for run in series.missing],
        "missing_count": series.missing_count,
        "mentioned": list(series.mentioned),
        "mentioned_others": list(series.mentioned_others),
        "duplicates": [asdict(one) for one in series.duplicates],
    }


def activity_json(activity: SourceActivity, today: date) -> dict[str, Any]:
    """One source with whether it has fallen silent (null: cannot be told)."""
    days = [day.isoformat() for day in sorted(activity.new_days)]
    return {**asdict(activity), "new_days": days, **asdict(is_quiet(activity, today))}


# --- a spreadsheet

_HEADER = (
    "Dòng", "Cơ quan", "Mã cơ quan", "Tỉnh, thành phố", "Loại", "Dãy", "Năm, nhiệm kỳ", "Số", "Có", "Thiếu",
    "Được nhắc tới", "Số lượng thiếu", "Số văn bản", "Ghi chú",
)  # fmt: skip


def write_csv(series: Iterable[Series], path: Path) -> None:
    """Write a row for each series, below it one for each missing or mentioned number. Raises StoreReadOnly."""
    write_rows(_HEADER, (row for one in series for row in _rows(one)), path)


def coverage_csv(series: Iterable[Series]) -> bytes:
    """The rows of `write_csv`, as bytes."""
    return rows_as_csv(_HEADER, (row for one in series for row in _rows(one)))


def _rows(series: Series) -> Iterator[tuple[str, ...]]:
    key = series.key
    about = (
        series.issuer or UNKNOWN,
        key.code,
        series.province or "",
        series.type or "",
        f"…{key.ending}",
        name_scope(series),
    )
    notes = [f"trùng số {twice.number.zfill(2)}" for twice in series.duplicates]
    if series.documents and not key.countable:
        notes.insert(0, f"không xét số thiếu: {why_uncounted(series)}")
    held = ", ".join(filter(None, [write_ranges(to_ranges(series.held)), *series.others]))
    mentioned = ", ".join(filter(None, [write_ranges(to_ranges(series.mentioned)), *series.mentioned_others]))
    counts = (str(series.missing_count) if key.countable else "", str(series.documents), "; ".join(notes))
    yield ("dãy", *about, "", held, write_ranges(series.missing), mentioned, *counts)
    missing = {number for first, last in series.missing for number in range(first, last + 1)}
    seen = frozenset(series.mentioned)
    for number in sorted(missing | seen):
        marks = ("", "x" if number in missing else "", "x" if number in seen else "", "", "", "")
        yield ("số", *about, f"{number:02}", *marks)
    for other in series.mentioned_others:
        yield ("số", *about, other, "", "", "x", "", "", "")
