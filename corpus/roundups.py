"""Pages of several pieces of news: where each piece begins, and which act it tells the issuing of.

"Chỉ đạo, điều hành nổi bật" lists what was decided in a week: under a heading of its own each piece tells anew who
"vừa ký", "mới đây đã giao" what. Nothing in such a piece is said of the act that the page names first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.models import PieceOfNews, Reference, Relation
from corpus.symbols import find_symbols, symbol_key

_HEADING = 170  # characters of the longest heading
_PARAGRAPH = 80  # characters from which on a line is a paragraph that may stand under one
_NO_HEADING = re.compile(r"[-–+•*(“\"]|\d|Ảnh\b|[IVX]+\.|Điều \d")
_SENTENCE_ENDS = (".", ";", ":", ",", "!", "?", "…", "”", '"', ")")
_FIRST_SENTENCE = re.compile(r".+?(?:[.!?](?=\s)|$)")
# What has just been done; "nhỏ và vừa" and "năng lượng mới" tell nothing.
_NEWS = re.compile(
    r"\b(?:[Mm]ới đây|[Vv]ừa qua|(?:vừa|mới) (?:ký|ban hành|giao|yêu cầu|chỉ đạo|thông qua|phê duyệt|công bố|đồng ý)"
    r"|vừa (?:có|được))\b"
)
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def find_pieces(text: str, references: Sequence[Reference], title: str) -> tuple[PieceOfNews, ...]:
    """The pieces of news of a page in order, from its beginning to its end; none where it is one piece.

    >>> page = (
    ...     "Thủ tướng vừa ký Quyết định hỗ trợ các địa phương bị thiệt hại do mưa lũ gây ra.\\n"
    ...     "Rà soát thị trường vàng\\n"
    ...     "Phó Thủ tướng mới đây đã giao Bộ Tài chính báo cáo về thị trường vàng trong tháng này."
    ... )
    >>> [(one.symbol, page[one.start :][:7]) for one in find_pieces(page, (), "Hỗ trợ khẩn cấp")]
    [(None, 'Thủ tướ'), (None, 'Rà soát')]
    """
    lines = list(_LINE.finditer(text))
    headed = [(one, below) for one, below in pairwise(lines[1:]) if _is_heading(one[0], below[0])]
    full = [one for one in references if not one.symbol.startswith("?")]
    titled = {symbol_key(mention.canonical) for mention in find_symbols(title)}
    if not any(_tells_other_news(heading.start(), below, full, titled) for heading, below in headed):
        return ()
    starts = [0, *(heading.start() for heading, _ in headed), len(text)]
    return tuple(
        PieceOfNews(start=start, end=end, symbol=_only_issued(full, start, end))
        for start, end in pairwise(starts)
    )


def _is_heading(line: str, below: str) -> bool:
    words = line.strip().lstrip("#* ").rstrip("*")
    return (
        0 < len(words) <= _HEADING
        and not words.endswith(_SENTENCE_ENDS)
        and _NO_HEADING.match(words) is None
        and len(below) >= _PARAGRAPH
    )


def _tells_other_news(
    above: int, paragraph: re.Match[str], references: Sequence[Reference], titled: set[str]
) -> bool:
    """Whether a paragraph begins with what has just been done, and that is not what the page told of `above`."""
    first = _FIRST_SENTENCE.match(paragraph[0])
    if first is None or _NEWS.search(first[0]) is None:
        return False
    told = titled | {symbol_key(one.symbol) for one in references if one.start < above}
    end = paragraph.start() + first.end()
    inside = (symbol_key(one.symbol) for one in references if paragraph.start() <= one.start < end)
    return told.isdisjoint(inside)


def _only_issued(references: Sequence[Reference], start: int, end: int) -> str | None:
    """The number that a part of a page tells the issuing of, if only one."""
    issued = {
        symbol_key(one.symbol): one.symbol
        for one in references
        if start <= one.start < end and one.relation is Relation.REPORTED
    }
    return next(iter(issued.values())) if len(issued) == 1 else None
