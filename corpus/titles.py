"""The name of a document that has a letterhead instead of a headline: its type and subject (trích yếu)."""

from __future__ import annotations

import re

from corpus.models import Fact, Facts
from ingest.models import BlockKind, PageText

_HEAD = 3000  # characters: the head of a page
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
    subject = facts.title.value if facts.title else None
    if subject and facts.type is not None and facts.type.value == "Công văn":
        subject = f"V/v {subject}"
    name = " ".join(fact.value for fact in (facts.type, facts.symbol) if fact)
    return f"{name}: {subject}" if name and subject else subject or name or _first_line(page)


def find_subject(page: PageText, facts: Facts) -> Fact | None:
    """The subject (trích yếu) that the head states: after "V/v", or below the type line."""
    return _subject_of_letter(page) or _subject_below_type(page, facts)


def _subject_below_type(page: PageText, facts: Facts) -> Fact | None:
    if facts.type is None or facts.type.end is None or facts.type.end > _HEAD:
        return None
    line_start = page.text.rfind("\n", 0, facts.type.start) + 1
    if page.text[line_start : facts.type.start].strip("#*| "):
        return None  # the type was read inside a sentence: no subject stands below it
    spans: list[tuple[int, int]] = []
    for block in page.blocks:
        if block.end <= facts.type.end or block.kind is BlockKind.CAPTION:
            continue
        start = max(block.start, facts.type.end)
        line = page.text[start : block.end]
        text = line.strip(" :.\n*#")
        if _AFTER_SUBJECT.match(text) or sum(e - s for s, e in spans) + len(text) > _LONGEST:
            break
        if text:
            at = start + line.index(text)
            spans.append((at, at + len(text)))
    return _as_fact(page.text, spans[0][0], spans[-1][1]) if spans else None


def _subject_of_letter(page: PageText) -> Fact | None:
    found = _LETTER_SUBJECT.search(page.text[:_HEAD])
    if found is None:
        return None
    start = found.start("subject")
    dated = re.search(r",? [^,]{3,30}, ngày \d", found["subject"])
    end = start + (dated.start() if dated else len(found["subject"]))
    return _as_fact(page.text, start, min(end, start + _LONGEST))


def _as_fact(text: str, start: int, end: int) -> Fact | None:
    end = start + len(text[start:end].rstrip(" \n_-*"))
    value = " ".join(text[start:end].split())
    return Fact(value=value, start=start, end=end) if value else None


def _first_line(page: PageText) -> str | None:
    block = next(iter(page.blocks), None)
    return page.text[block.start : block.end].lstrip("#>*• ")[:_LONGEST] or None if block else None
