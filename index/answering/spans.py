"""Spans of a document as a person would quote them: a whole sentence, a line, an item with its lead-in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from corpus.models import Document, Passage
from corpus.sentences import Span, find_sentences, strip_span
from index.answering.models import Evidence

_LABEL = re.compile(r"(?:#+|(?:Điều|Khoản)\s+\d{1,3}[a-zđ]?\s*[.:]|\d{1,3}[.)]|[a-zđ]{1,2}\)|[-–+•*])\s+")
_ITEM = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ0-9]{1,2}\)|[-–+•*]|\.\))\s*")
_ARTICLE = re.compile(r"\s*(?:#+\s*)?Điều\s+\d")
_OPENS_LIST = re.compile(r":[\s:|]*\Z")
_ENDED = (".", ";", ":", "!", "?", "”", "…")
_ATTACHED = re.compile(r"Phụ lục|Mẫu số|Biểu|[^,–]{0,20} kèm theo")
_LINES_ABOVE = 80  # lines between an item and what leads its list in


def make_evidence(
    document: Document, start: int, end: int, *, about: tuple[str, ...] = ()
) -> tuple[Evidence, ...]:
    """A span as evidence, one for each passage that it runs through; what lies in no passage is left out."""
    pieces = []
    for passage in document.passages:
        span = strip_span(document.text, max(start, passage.start), min(end, passage.end))
        if span is not None and passage.start <= span.start and span.end <= passage.end:
            pieces.append(
                Evidence(
                    document_id=document.id,
                    start=span.start,
                    end=span.end,
                    location=passage.location,
                    about=about,
                )
            )
    return tuple(pieces)


def merge_evidence(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Every span once, in order, with all that it answers with."""
    merged: dict[tuple[str, int, int], Evidence] = {}
    for one in evidence:
        place = (one.document_id, one.start, one.end)
        held = merged.get(place)
        about = one.about if held is None else tuple(dict.fromkeys((*held.about, *one.about)))
        merged[place] = replace(one, about=about)
    return tuple(merged.values())


def passage_at(document: Document, position: int) -> Passage | None:
    """The passage that a position lies in."""
    return next((one for one in document.passages if one.start <= position < one.end), None)


def is_appended(document: Document, position: int) -> bool:
    """Whether a place lies in an appendix or in what is issued with the document."""
    passage = passage_at(document, position)
    return passage is not None and _ATTACHED.match(passage.location) is not None


def sentence_at(document: Document, start: int, end: int) -> Span:
    """The whole sentence, or sentences, that a span touches, without the label before it ("Điều 2. ", "1. ").

    A line that goes on in the next one ("thành" / "phố Cần Thơ") is read on.
    """
    text, passage = document.text, passage_at(document, start)
    low, high = (passage.start, passage.end) if passage else (start, end)
    sentences = find_sentences(text, low, max(high, end))
    touched = [i for i, one in enumerate(sentences) if one.start < end and start < one.end]
    if not touched:
        return Span(start, end)
    first, last = touched[0], touched[-1]
    while first > 0 and _goes_on(text, sentences[first - 1], sentences[first]):
        first -= 1
    while last + 1 < len(sentences) and _goes_on(text, sentences[last], sentences[last + 1]):
        last += 1
    return Span(skip_label(text, sentences[first].start, sentences[first].end), sentences[last].end)


def skip_label(text: str, start: int, end: int) -> int:
    """Where the words behind the labels at `start` begin; `start` where nothing stands behind them."""
    while (label := _LABEL.match(text, start)) is not None and label.end() < end:
        start = label.end()
    return start


def line_at(text: str, position: int) -> Span:
    """The line that a position lies in, without its line break."""
    end = text.find("\n", position)
    return Span(text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end)


def is_item(text: str, position: int) -> bool:
    """Whether the line at a position is an item of a list."""
    return _ITEM.match(text, line_at(text, position).start) is not None


def find_lead_in(text: str, position: int, saying: re.Pattern[str]) -> Span | None:
    """The line above an item that leads its list in and says something; the article's heading is the last tried.

    A line that is no item has a lead-in only right above it.
    """
    line = line_at(text, position)
    for _ in range(_LINES_ABOVE if is_item(text, position) else 1):
        if line.start == 0:
            return None
        line = line_at(text, line.start - 1)
        words = text[line.start : line.end]
        heading = _ARTICLE.match(words) is not None
        if (heading or _OPENS_LIST.search(words)) and saying.search(words):
            span = strip_span(text, line.start, line.end)
            return Span(skip_label(text, span.start, span.end), span.end) if span else None
        if heading:
            return None
    return None


def _goes_on(text: str, one: Span, following: Span) -> bool:
    between = text[one.end : following.start]
    if "\n" not in between or text[one.end - 1] in _ENDED:
        return False
    return text[following.start].islower() and not _ITEM.match(text, following.start)
