"""From a unit to what is quoted: the smallest span that a reader can take alone.

A short paragraph is quoted whole; a clause with its sentence; a line that opens a list with the list; an item
with the line that opens it, or with the whole list where a list is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.sentences import Span, find_sentences
from index.answering.units import Unit, label_kind

_SHORT_PARAGRAPH = 320  # characters
_LONG_SENTENCE = 600  # characters up to which a clause is quoted with its whole sentence
_NEAR = 500  # characters from an opening line to an item that is quoted in one piece with it
_LIST = 2400  # characters that a quoted list may have


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The spans to quote for one unit, in order; offsets of the passage's document."""

    spans: tuple[Span, ...]


def find_quote(unit: Unit, *, whole_list: bool) -> Quote:
    """What to quote of a unit; `whole_list` asks for the list that it opens or stands in."""
    passage = unit.hit.passage
    text, shift = passage.text, passage.start
    start, end = unit.start - shift, unit.end - shift
    lines = _lines(text)
    at = _line_at(lines, start)
    if unit.text.endswith(":"):
        spans = [Span(_paragraph_start(text, lines[at], start), _list_end(text, lines, at))]
    elif unit.lead and (opening := _opening_line(text, lines, at)) is not None:
        spans = _item_spans(text, lines, opening, at, start, end, whole_list)
    else:
        spans = [_sentence(text, lines[at], start, end)]
    return Quote(spans=tuple(Span(span.start + shift, span.end + shift) for span in spans))


def _lines(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]


def _line_at(lines: list[Span], at: int) -> int:
    return next((i for i, line in enumerate(lines) if line.start <= at < line.end), len(lines) - 1)


def _paragraph_start(text: str, line: Span, start: int) -> int:
    """A line that opens a list is quoted from its sentence on."""
    sentence = next(
        (one for one in find_sentences(text, line.start, line.end) if one.start <= start < one.end), line
    )
    return sentence.start


def _list_end(text: str, lines: list[Span], opening: int) -> int:
    """Where the list ends that a line opens: before a line that is no item, or of the opening line's own kind."""
    own = label_kind(text[lines[opening].start : lines[opening].end])
    end, first = lines[opening].end, None
    for line in lines[opening + 1 :]:
        words = text[line.start : line.end].strip()
        kind = label_kind(words)
        if first is None:
            first = kind
        elif (kind is None and not text[:end].rstrip().endswith((";", ":", ","))) or (
            kind is not None and kind == own
        ):
            break
        if first is not None and kind == own:
            break
        if line.end - lines[opening].start > _LIST:
            break
        end = line.end
        if first is None and not words.endswith((";", ",", ":")):
            break
    return end


def _opening_line(text: str, lines: list[Span], at: int) -> int | None:
    return next(
        (i for i in range(at - 1, -1, -1) if text[lines[i].start : lines[i].end].rstrip().endswith(":")), None
    )


def _item_spans(
    text: str, lines: list[Span], opening: int, at: int, start: int, end: int, whole: bool
) -> list[Span]:
    lead = lines[opening]
    if whole:
        return [Span(_paragraph_start(text, lead, lead.end - 1), max(_list_end(text, lines, opening), end))]
    own = lines[at]
    item = own if own.end - own.start <= _LONG_SENTENCE else Span(start, end)
    if item.end - lead.start <= _NEAR:
        return [Span(_paragraph_start(text, lead, lead.end - 1), item.end)]
    if lead.end - lead.start <= _SHORT_PARAGRAPH:
        return [Span(_paragraph_start(text, lead, lead.end - 1), lead.end), item]
    return [item]


def _sentence(text: str, line: Span, start: int, end: int) -> Span:
    if line.end - line.start <= _SHORT_PARAGRAPH:
        return _strip(text, line)
    sentence = next(
        (one for one in find_sentences(text, line.start, line.end) if one.start <= start < one.end),
        Span(start, end),
    )
    if sentence.end - sentence.start <= _LONG_SENTENCE or end > sentence.end:
        return Span(min(start, sentence.start), max(end, sentence.end))
    return Span(start, end) if text[start:end][:1].isupper() else Span(sentence.start, end)


def _strip(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))
