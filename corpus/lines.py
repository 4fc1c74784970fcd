"""The lines of a text with their offsets, and which of them stand inside a quotation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

# An open quotation that is not closed within so many lines is a typing error, not a quoted article.
_MAX_QUOTED_LINES = 400
_NEVER = 1 << 60


@dataclass(slots=True)
class TextLine:
    """A line that is not blank, without its white space at both ends."""

    start: int
    end: int
    text: str
    quoted: bool = False
    opener: int | None = None  # the line above that opened the quotation which this one stands in


def split_lines(text: str) -> list[TextLine]:
    """The lines of a text that hold more than white space."""
    lines, start = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            lead = len(raw) - len(raw.lstrip())
            lines.append(TextLine(start + lead, start + lead + len(stripped), stripped))
        start += len(raw) + 1
    return lines


def mark_quoted(lines: list[TextLine], outside: Collection[int] = ()) -> None:
    """Mark the lines that lie between an opening quotation mark and its closing one.

    `outside`: lines that are known to stand outside of any quotation; one that was left open ends above them.
    """
    closes_at = _next_closing(lines)
    ends_at = _next_of(outside, len(lines))
    until, opener = -1, None
    for i, line in enumerate(lines):
        line.quoted = i <= until
        line.opener = opener if line.quoted else None
        if line.quoted or not _opens_quote(line.text):
            continue
        line.quoted = line.text[0] in "“\"‘'" and i not in outside
        close = closes_at[i + 1] if i + 1 < len(lines) else -1
        if 0 <= close - i <= _MAX_QUOTED_LINES or ends_at[i + 1] - i <= _MAX_QUOTED_LINES:
            until, opener = min(close if close >= 0 else _NEVER, ends_at[i + 1] - 1), i


def _next_of(indexes: Collection[int], length: int) -> list[int]:
    """For each line, and the end, the first of the given lines from there on."""
    result, following = [_NEVER] * (length + 1), _NEVER
    for i in range(length - 1, -1, -1):
        if i in indexes:
            following = i
        result[i] = following
    return result


def _next_closing(lines: list[TextLine]) -> list[int]:
    """For each line, the index of the first line from there on that closes a quotation; -1 for none."""
    result, following = [-1] * len(lines), -1
    for i in range(len(lines) - 1, -1, -1):
        if _closes_quote(lines[i].text):
            following = i
        result[i] = following
    return result


def _opens_quote(text: str) -> bool:
    return text.count("“") > text.count("”") or (text[0] == '"' and text.count('"') % 2 == 1)


def _closes_quote(text: str) -> bool:
    tail = text.rstrip(" .;,")
    return text.count("”") > text.count("“") or (tail.endswith('"') and text.count('"') % 2 == 1)
