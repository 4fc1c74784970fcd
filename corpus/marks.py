"""Signs of markup that a page left in its text ("### " before a heading, "|---|", "&nbsp;"): stored, not shown.

The stored text stays as it is, since every offset counts in it; whoever shows it leaves them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from corpus.sentences import Span

_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+[^\n]+\n?\Z")
# Of an entity only those in lower case: "Sở KH&CN;" ends a line of addressees.
_MARK = re.compile(
    r"^[ \t]*#{1,6}[ \t]+|[ \t]*\{#[\w-]+\}[ \t]*$|^[ \t]*\|(?:[ \t]*:?-{2,}:?[ \t]*\|)+[ \t]*$|&(?:#\d{2,5}|[a-z]{2,6});",
    re.MULTILINE,
)


def is_heading(line: str) -> bool:
    """Whether a line has the sign of a heading."""
    return _HEADING.match(line) is not None


def find_marks(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Span, str]]:
    """Each sign in `text[start:end]` with what a reader sees in its place.

    >>> [(span.start, span.end, seen) for span, seen in find_marks("## Mục tiêu\\nA&nbsp;B")]
    [(0, 3, ''), (13, 19, '\\xa0')]
    """
    for match in _MARK.finditer(text, start, len(text) if end is None else end):
        seen = unescape(match[0]) if match[0].startswith("&") else ""
        if seen != match[0]:
            yield Span(match.start(), match.end()), seen


def without_marks(text: str, start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` as a reader sees it.

    >>> without_marks("### Điều 6. Kế hoạch\\n# Mục số 1 # 2")
    'Điều 6. Kế hoạch\\nMục số 1 # 2'
    """
    parts, at = [], start
    for span, seen in find_marks(text, start, end):
        parts += [text[at : span.start], seen]
        at = span.end
    return "".join([*parts, text[at:end]])
