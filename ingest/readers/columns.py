"""The reading order of a sheet: rows from top to bottom, except where two columns stand beside each other.

Official documents have two such places (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW): the head, with
the issuer on the left and the motto on the right, and the end, with the recipients on the left and the signature
on the right. There the left column is read first, then the right one. Gazettes print some pages in two columns
of running text; those are found by their gutter.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.words import Row, Word, make_row, merge_rows

Interval = tuple[float, float]

_HEAD_WITHIN = 12  # rows: a motto further down belongs to an annex that is printed on the same sheet
_GUTTER = 0.35  # of a row's height: narrower than any gap between columns, wider than a space
_MIDDLE = (0.2, 0.75)  # of the width: where a gutter may lie
_RUNNING_ROWS = 8  # rows of running text on both sides that make a page two columns
_RUNNING_LENGTH = 18  # characters in the middle one of such rows

_MOTTO = re.compile(r"cong hoa xa hoi|doc lap\W+tu do|dang cong san viet nam|chu nghia viet nam")
_RECIPIENTS = re.compile(r"noi nhan\b|noi gui\b")
_DATE = re.compile(r"ngay\b.*\bthang\b|\bnam (?:19|20)\d\d")
_HEAD_ENDS = re.compile(
    r"kinh gui|can cu|(?:nghi quyet|quyet dinh|quy dinh|quy che|chi thi|ket luan|ke hoach|chuong trinh|thong bao"
    r"|thong tu|huong dan|bao cao|to trinh|cong dien|de an|phuong an|luat|bo luat|phap lenh|nghi dinh|lenh)\W*\Z"
)


def order_rows(rows: Sequence[Row], width: float) -> list[list[Row]]:
    """Groups of rows in reading order; each group is one column, or what stands between columns."""
    rows = list(rows)
    if (columns := _running_columns(rows, width)) is not None:
        return columns
    groups: list[list[Row]] = []
    done = 0
    while done < len(rows):
        band = next(
            (
                (first, last, gutter)
                for i in range(done, len(rows))
                if (found := _find_band(rows, i, width, done)) is not None
                for first, last, gutter in [found]
            ),
            None,
        )
        if band is None:
            groups.append(rows[done:])
            break
        first, last, gutter = band
        groups += [rows[done:first], *_split(rows[first:last], gutter)]
        done = last
    return [group for group in groups if group]


def fold(text: str) -> str:
    """Lower case without marks: what OCR still gets right of "Độc lập".

    >>> fold("Độc lập - Tự do")
    'doc lap - tu do'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _find_band(rows: Sequence[Row], at: int, width: float, done: int) -> tuple[int, int, float] | None:
    """The rows around row `at` that stand in two columns, as (first, last + 1, gutter)."""
    text = fold(rows[at].text)
    if (motto := _MOTTO.search(text)) is not None and at - done < _HEAD_WITHIN:
        start = _word_at(rows[at], len(text[: motto.start()].split()))
        return _grow(rows, at, (width * _MIDDLE[0], start.x0), width, done, head=True)
    if _RECIPIENTS.match(text) and rows[at].x0 < 0.4 * width:
        return _grow(
            rows,
            at,
            (rows[at].words[1 if len(rows[at].words) > 1 else 0].x1, width * _MIDDLE[1]),
            width,
            done,
            head=False,
        )
    return None


def _word_at(row: Row, index: int) -> Word:
    return row.words[min(index, len(row.words) - 1)]


def _grow(
    rows: Sequence[Row], at: int, room: Interval, width: float, done: int, *, head: bool
) -> tuple[int, int, float] | None:
    """Widen a band from its first row while one gutter runs through all of its rows."""
    free = _free_of(rows[at], [room])
    if not free:
        return None
    first = last = at
    while (
        first > done and (narrowed := _free_of(rows[first - 1], free)) and _may_stand_over(rows, first, head)
    ):
        first, free = first - 1, narrowed
    seen_date = False
    while last + 1 < len(rows):
        seen_date = seen_date or bool(_DATE.search(fold(rows[last].text)))
        narrowed = _free_of(rows[last + 1], free)
        if not narrowed or (head and _ends_head(rows, last + 1, free, seen_date)):
            break
        last, free = last + 1, narrowed
    low, high = max(free, key=lambda gap: gap[1] - gap[0])
    gutter = (low + high) / 2
    sides = [word.x0 < gutter for row in rows[first : last + 1] for word in row.words]
    return (first, last + 1, gutter) if any(sides) and not all(sides) else None


def _may_stand_over(rows: Sequence[Row], first: int, head: bool) -> bool:
    """Whether the row over a band may be its part: the superior body of a head, the office over a signature."""
    above, below = rows[first - 1], rows[first]
    return head or (below.top - above.bottom < 1.5 * below.height and above.x0 > below.x0 + 4 * below.height)


def _ends_head(rows: Sequence[Row], at: int, free: Sequence[Interval], seen_date: bool) -> bool:
    """Whether a row under the motto is no longer the head: its type, "Kính gửi", or far below the date."""
    row, above = rows[at], rows[at - 1]
    if _HEAD_ENDS.match(fold(row.text)):
        return True
    if not seen_date or any(word.x0 > free[-1][1] for word in row.words[-1:]):
        return False
    return row.top - above.bottom > 1.3 * row.height


def _free_of(row: Row, room: Sequence[Interval]) -> list[Interval]:
    """The parts of some intervals that a row leaves empty, at least as wide as a gutter."""
    margin = 0.05 * row.height
    edges = [(float("-inf"), row.words[0].x0), *((a.x1, b.x0) for a, b in pairwise(row.words))]
    edges.append((row.x1, float("inf")))
    gutter = _GUTTER * row.height
    free = []
    for low, high in room:
        for left, right in edges:
            start, end = max(low, left + margin if left > 0 else left), min(high, right - margin)
            if end - start >= 0.4 * gutter and right - left >= gutter:
                free.append((start, end))
    return free


def _split(rows: Sequence[Row], gutter: float) -> tuple[list[Row], list[Row]]:
    """The rows left and right of a gutter."""
    left = [[word for word in row.words if word.x0 < gutter] for row in rows]
    right = [[word for word in row.words if word.x0 >= gutter] for row in rows]
    return merge_rows([words for words in left if words]), merge_rows([words for words in right if words])


def _running_columns(rows: Sequence[Row], width: float) -> list[list[Row]] | None:
    """Two columns of running text under what stands over them; None for the usual page."""
    if len(rows) < _RUNNING_ROWS:
        return None
    parts = [_halves(row, width) for row in rows]
    first = next((i for i, part in enumerate(parts) if part is not None and part[0] and part[1]), None)
    if first is None or any(part is None for part in parts[first:]):
        return None
    left = [make_row(part[0]) for part in parts[first:] if part and part[0]]
    right = [make_row(part[1]) for part in parts[first:] if part and part[1]]
    if any(
        len(side) < _RUNNING_ROWS or statistics.median(len(row.text) for row in side) < _RUNNING_LENGTH
        for side in (left, right)
    ):
        return None
    return [group for group in (list(rows[:first]), left, right) if group]


def _halves(row: Row, width: float) -> tuple[list[Word], list[Word]] | None:
    """The words left and right of the middle of the page; None where one stands on it."""
    middle = width / 2
    if any(word.x0 < middle < word.x1 for word in row.words):
        return None
    left = [word for word in row.words if word.x1 <= middle]
    right = [word for word in row.words if word.x0 >= middle]
    if left and right and right[0].x0 - left[-1].x1 < _GUTTER * row.height:
        return None
    return left, right
