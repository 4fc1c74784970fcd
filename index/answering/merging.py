"""Spans that touch are one quotation: "Số: 982/KH-UBND" and "Nghệ An, ngày 19 tháng 11 năm 2025" below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import CorpusError
from index.answering.models import Evidence
from index.verification import ReadDocument


def join_adjacent(evidence: Sequence[Evidence], read: ReadDocument) -> list[Evidence]:
    """The evidence in order, each span that touches or overlaps one given before joined to it."""
    kept: list[Evidence] = []
    for one in evidence:
        for at, other in enumerate(kept):
            joined = None if one.joined else _join(other, one, read)
            if joined is not None:
                kept[at] = joined
                break
        else:
            kept.append(one)
    return kept


_MARK = re.compile(r"(?:[>#]+|[-–+*•])\s+")


def drop_mark(one: Evidence) -> Evidence:
    """Evidence without the mark of a list or heading that it opens with ("- ", "## ", "> ")."""
    mark = _MARK.match(one.quote)
    if mark is None or mark.end() == len(one.quote):
        return one
    return replace(one, start=one.start + mark.end(), quote=one.quote[mark.end() :])


def _join(one: Evidence, other: Evidence, read: ReadDocument) -> Evidence | None:
    """Both as one span; None where words stand between them, or a reader would look for them elsewhere."""
    if (one.document_id, one.location, one.report) != (other.document_id, other.location, other.report):
        return None
    first, last = sorted((one, other), key=lambda span: span.start)
    try:
        document = read(one.document_id)
    except CorpusError:
        return None
    text = document.text
    if last.start > first.end and text[first.end : last.start].strip():
        return None
    if any(span.quote not in ("", text[span.start : span.end]) for span in (one, other)):
        return None  # no longer what was read: each is judged alone
    end = max(first.end, last.end)
    if not any(
        p.location == one.location and p.start <= first.start and end <= p.end for p in document.passages
    ):
        return None  # two passages under one heading: a citation names one
    about = tuple(dict.fromkeys((*one.about, *other.about)))
    return replace(one, start=first.start, end=end, about=about, quote=text[first.start : end])
