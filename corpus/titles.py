"""The name of a document that has a letterhead instead of a headline: its type and subject (trích yếu)."""

from __future__ import annotations

import re

from corpus.models import Facts
from ingest.models import BlockKind, PageText

_LONGEST = 400  # characters; a subject is one or two sentences
# What follows the subject: the date line, the issuing body's words, the recitals, the first heading.
_AFTER_SUBJECT = re.compile(
    r"(?:căn cứ|thực hiện|theo đề nghị|xét |chủ tịch|bộ trưởng|thủ tướng|quyết định:|quyết nghị:|kính gửi"
    r"|chính phủ$|[uủ][yỷ] ban |hội đồng |bộ |cộng hòa|chương |điều \d|phần |[IVX]+[.-]|\d+\.|-|#|[^,]{3,30}, ngày)",
    re.IGNORECASE,
)
_LETTER_SUBJECT = re.compile(r"^V/v[:\s]+(?P<subject>.+)$", re.IGNORECASE | re.MULTILINE)


def find_title(page: PageText, facts: Facts) -> str | None:
    """The page's own title, else type, number and subject as the head states them; None for neither."""
    if page.title:
        return page.title
    subject = _subject_of_letter(page) or _subject_below_type(page, facts)
    name = " ".join(fact.value for fact in (facts.type, facts.symbol) if fact)
    return f"{name}: {subject}" if name and subject else subject or name or _first_line(page)


def _subject_below_type(page: PageText, facts: Facts) -> str | None:
    if facts.type is None or facts.type.end is None:
        return None
    lines: list[str] = []
    for block in page.blocks:
        if block.end <= facts.type.end or block.kind is BlockKind.CAPTION:
            continue
        line = page.text[max(block.start, facts.type.end) : block.end].strip(" :.\n")
        if _AFTER_SUBJECT.match(line) or sum(map(len, lines)) + len(line) > _LONGEST:
            break
        if line:
            lines.append(line)
    return " ".join(" ".join(lines).split()) or None


def _subject_of_letter(page: PageText) -> str | None:
    found = _LETTER_SUBJECT.search(page.text[:3000])
    if found is None:
        return None
    subject = re.split(r",? [^,]{3,30}, ngày \d", " ".join(found["subject"].split()))[0]
    return f"V/v {subject}"[:_LONGEST]


def _first_line(page: PageText) -> str | None:
    block = next(iter(page.blocks), None)
    return page.text[block.start : block.end][:_LONGEST] if block else None
