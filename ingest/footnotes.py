"""Footnotes of consolidated documents (văn bản hợp nhất): which paragraphs of their text are footnotes.

They say which act changed a provision ("3 Khoản này được sửa đổi … theo quy định tại …"). Saved pages print them
at the end as "[3] …"; text layers of PDFs print them at the foot of every page, between two paragraphs of the law.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.models import Block, BlockKind

_CONSOLIDATED = re.compile(
    r"VĂN BẢN HỢP NHẤT|\d\s?/VBHN\s?[-–]"
)  # where it is authenticated: at the end, too
_NOTE = re.compile(
    r"(?:\[\d{1,3}\]|\d{1,3})\s*(?=[A-ZĐ“\"(])(?:"
    r"(?:(?:Khoản|Điểm|Điều|Cụm từ|Chương|Mục|Tên|Đoạn|Nội dung|Phụ lục|Mẫu|Từ|Các (?:điểm|khoản|điều|cụm từ))\b"
    r".{0,250}\b(?:được|bị)\s+(?:sửa đổi|bổ sung|bãi bỏ|thay|đánh số|hủy bỏ|lược bỏ|bỏ)\b)"
    r"|.{0,400}\b(?:có căn cứ ban hành|quy định như sau|có hiệu lực (?:thi hành )?(?:kể )?từ ngày .{0,60}quy định)\b)",
    re.DOTALL,
)
_OPENS = re.compile(r"như sau\s*[.:]?\Z")
_BODY_ARTICLE = re.compile(r"(?:Điều|Chương|Mục|Phụ lục|PHỤ LỤC)\s+[\dIVX]")
_LONGEST_QUOTE = 40  # paragraphs


def mark_footnotes(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a text, those that are footnotes of a consolidated document marked as such.

    What a footnote quotes is part of it up to the closing quotation mark; where an article or a chapter stands
    in between (the law going on below the foot of the page), only its first paragraph is taken.
    """
    if not _CONSOLIDATED.search(text):
        return tuple(blocks)
    marked = list(blocks)
    until = -1
    for i, block in enumerate(blocks):
        paragraph = text[block.start : block.end]
        if i > until and block.kind is BlockKind.BODY and _NOTE.match(paragraph):
            until = _end_of_quote(text, blocks, i) if _OPENS.search(paragraph) else i
        if i <= until and block.kind is BlockKind.BODY:
            marked[i] = replace(block, kind=BlockKind.FOOTNOTE)
    return tuple(marked)


def _end_of_quote(text: str, blocks: Sequence[Block], note: int) -> int:
    """The block that closes the quotation below a footnote; the footnote itself where none does."""
    for i in range(note + 1, min(note + 1 + _LONGEST_QUOTE, len(blocks))):
        paragraph = text[blocks[i].start : blocks[i].end]
        if i == note + 1 and paragraph[0] not in '“"':
            return note
        if i > note + 1 and _BODY_ARTICLE.match(paragraph):
            return note
        if paragraph.rstrip(" .;,").endswith(("”", '"')):
            return i
    return note
