"""Rows of tables that a page prints cell by cell, each on a line of its own: what belongs together is read together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.sentences import Span

_NUMBER = re.compile(r"\d{1,3}\.?")
_NUMBERED_LINE = re.compile(r"^[^\S\n]*\d{1,3}\.?[^\S\n]*$", re.MULTILINE)
_HEAD = re.compile(r"(?:stt|tt|số tt|số thứ tự|tt\.?)", re.IGNORECASE)
_CELL = 160  # characters that a cell may have
_CELLS = 24  # lines that a row may have
_FEWEST = 2  # rows under a head
_ROWS = 3  # numbered one after the other, where no head says that it is a table
_NEAR = 500  # characters from the head of a table to a row that is read and quoted with it
_END = re.compile(r"(?:Điều|Chương|Mục|Phụ lục|Nơi nhận|Ghi chú)\b|(?:\d{1,2}|[a-zđ]|[IVX]+)[.)]\s|[-–+*]\s")


@dataclass(frozen=True, slots=True)
class Row:
    """A row, `text[start:end]`, and the span of the caption and the cells that head its table, empty where those are far."""

    start: int
    end: int
    head: Span


def find_rows(text: str) -> tuple[Row, ...]:
    """The rows of tables in a passage whose cells stand one to a line, numbered in order.

    >>> text = "STT\\nTên bến\\nSố thuyền\\n1\\nBến Mẫu\\n12\\n2\\nBến Thử\\n30\\nHết bảng."
    >>> [text[row.start : row.end].split("\\n") for row in find_rows(text)]
    [['1', 'Bến Mẫu', '12'], ['2', 'Bến Thử', '30']]
    """
    if len(_NUMBERED_LINE.findall(text)) < _FEWEST:
        return ()
    lines = [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    words = [text[line.start : line.end].strip() for line in lines]
    rows: list[Row] = []
    at = 0
    while at < len(lines):
        starts = _numbered(words, at)
        head_at = _head_of(words, at)
        if len(starts) < (_FEWEST if head_at is not None else _ROWS):
            at += 1
            continue
        ends = [*(start - 1 for start in starts[1:]), _last_cell(words, starts[-1])]
        head = Span(0, 0)
        if head_at is not None:
            head = Span(lines[_caption_of(words, head_at)].start, lines[at - 1].end)
        for start, end in zip(starts, ends, strict=True):
            near = lines[end].end - head.start <= _NEAR
            rows.append(Row(lines[start].start, lines[end].end, head if near else Span(0, 0)))
        at = ends[-1] + 1
    return tuple(rows)


def _numbered(words: list[str], first: int) -> list[int]:
    """The lines that number rows from `first` on: each one more than the last, a few cells further down."""
    if not _NUMBER.fullmatch(words[first]):
        return []
    found = [first]
    number = int(words[first].rstrip("."))
    for at in range(first + 1, len(words)):
        if at - found[-1] > _CELLS or len(words[at]) > _CELL or _END.match(words[at]):
            break
        if at - found[-1] > 1 and _NUMBER.fullmatch(words[at]) and int(words[at].rstrip(".")) == number + 1:
            found.append(at)
            number += 1
    return found


def _head_of(words: list[str], first: int) -> int | None:
    """The line "STT" or "TT" a few cells above the first row."""
    return next(
        (at for at in range(first - 1, max(-1, first - _CELLS), -1) if _HEAD.fullmatch(words[at])), None
    )


def _caption_of(words: list[str], head: int) -> int:
    """The first of the lines over the head that say what the table is of: "Mức thu như sau:", "Đơn vị tính: đồng"."""
    first = head
    while first > max(0, head - 2) and _CAPTION.search(words[first - 1]):
        first -= 1
    return first


_CAPTION = re.compile(r":\s*\Z|\A\(?(?:Đơn vị tính|ĐVT|Bảng|Biểu)\b", re.IGNORECASE)


def _last_cell(words: list[str], start: int) -> int:
    """The last line of the last row: before a sentence, a label or what is too long for a cell."""
    end = start
    for at in range(start + 1, min(len(words), start + _CELLS)):
        if len(words[at]) > _CELL or words[at].endswith((".", ":", ";")) or _END.match(words[at]):
            break
        end = at
    return end
