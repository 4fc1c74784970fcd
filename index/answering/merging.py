"""Spans that touch are one quotation: "Số: 982/KH-UBND" and "Nghệ An, ngày 19 tháng 11 năm 2025" below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import CorpusError
from corpus.models import Document
from index.answering.models import Evidence
from index.verification import ReadDocument


def join_adjacent(evidence: Sequence[Evidence], read: ReadDocument) -> list[Evidence]:
    """The evidence in order, each span that touches or overlaps one given before joined to it, over the edges of passages."""
    kept: list[Evidence] = []
    for one in evidence:
        # What goes on from the evidence before it is joined to that alone.
        for at in range(len(kept))[-1:] if one.joined else range(len(kept)):
            joined = _join(kept[at], one, read)
            if joined is not None:
                kept[at] = joined
                break
        else:
            kept.append(one)
    return kept


# What may stand between two spans that are one: the edge of lines, the label of an item, the bar of a table.
_BETWEEN = re.compile(r"[\s|>:]*(?:(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[a-zđ]{1,2}[.)]|[-–+*•])\s*)?")
_LINES = re.compile(r"\s*")

_MARK = re.compile(r"(?:(?:[>#]+|[-–+*•])\s+)+")


def drop_mark(one: Evidence) -> Evidence:
    """Evidence without the mark of a list or heading that it opens with ("- ", "## ", "> ")."""
    mark = _MARK.match(one.quote)
    if mark is None or mark.end() == len(one.quote):
        return one
    return replace(one, start=one.start + mark.end(), quote=one.quote[mark.end() :])


def _join(one: Evidence, other: Evidence, read: ReadDocument) -> Evidence | None:
    """Both as one span; None where words stand between them, or they answer different parts: each has its label.

    What stands beside the number or the day of a document in its head is one with them all the same, under both labels.
    """
    if (one.document_id, one.report) != (other.document_id, other.report):
        return None
    first, last = sorted((one, other), key=lambda span: span.start)
    try:
        document = read(one.document_id)
    except CorpusError:
        return None
    if one.part != other.part and not any(_tells_head(document, span) for span in (one, other)):
        return None
    text = document.text
    between = _BETWEEN if one.part == other.part else _LINES
    if last.start > first.end and not between.fullmatch(text, first.end, last.start):
        return None
    if any(span.quote not in ("", text[span.start : span.end]) for span in (one, other)):
        return None  # no longer what was read: each is judged alone
    end = max(first.end, last.end)
    location = document.locate(first.start, end)
    if location is None:
        return None
    about = tuple(dict.fromkeys((*one.about, *other.about)))
    part = "; ".join(dict.fromkeys(filter(None, (one.part, other.part)))) or None
    quote = text[first.start : end]
    return replace(one, start=first.start, end=end, location=location, about=about, quote=quote, part=part)


def _tells_head(document: Document, span: Evidence) -> bool:
    """Whether a span says the number of its document or the day of it."""
    places = (document.facts.symbol, document.facts.issued_on)
    return any(
        fact is not None and fact.start is not None and span.start <= fact.start < span.end for fact in places
    )
