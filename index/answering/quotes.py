"""From a unit to what is quoted: the smallest span that a reader can take alone.

A short paragraph is quoted whole; a clause with its sentence; a line that opens a list with the list; an item
with the line that opens it, or with the whole list where a list is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.sentences import Span, find_sentences
from index.answering.rows import find_rows
from index.answering.units import Unit, label_kind, opens_lines

_SHORT_PARAGRAPH = 320  # characters
_LONG_SENTENCE = 600  # characters up to which a clause is quoted with its whole sentence
_NEAR = 500  # characters from an opening line to an item that is quoted in one piece with it
_SPEECH = 1200  # characters of somebody's words that are quoted whole
_LIST = 2400  # characters that a quoted list may have
_WHOLE_LIST = 5000  # the same where the list is what is asked for
_ABOVE, _BELOW = 4000, 8000  # characters around a unit in which its list is looked for
_SECTION = re.compile(r"(?:Điều|Chương|Phụ lục|PHỤ LỤC|Phần|Nơi nhận)\b")
_HEADED, _LETTERED = ("number", "numbers", "roman", "article"), ("point", "number", "numbers")
_JOINED = 1200  # characters of items quoted together


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The spans to quote for a unit, in order; offsets of the document of its passage."""

    unit: Unit
    spans: tuple[Span, ...]


def choose_quotes(
    texts: Mapping[str, str], units: Sequence[Unit], *, whole_list: bool, most: int
) -> list[Quote]:
    """At most `most` quotes for units, best first, none of which holds another; `texts` are those of their documents.

    Items that stand under one line are quoted together with it. `whole_list` asks for the list that a unit opens
    or stands in.
    """
    quotes: list[Quote] = []
    for unit in units:
        if len(quotes) == most:
            break
        text = texts[unit.profile.id]
        kin = [other for other in units if is_sibling(unit, other)]
        quote = _join_items(text, unit, kin) if len(kin) > 1 and not whole_list else None
        quote = quote or find_quote(text, unit, whole_list=whole_list)
        if not any(_holds(given, quote) for given in quotes):
            quotes.append(quote)
    return quotes


def is_sibling(unit: Unit, other: Unit) -> bool:
    """Whether two units are items of one list."""
    of_table = "\n" in unit.text or "\n" in other.text
    near = unit.profile.id == other.profile.id and abs(unit.start - other.start) <= _JOINED
    return bool(unit.lead) and not of_table and near and unit.lead == other.lead


def _join_items(text: str, unit: Unit, kin: Sequence[Unit]) -> Quote | None:
    """The line that items stand under and everything down to the last of them; None where that is long."""
    window, low = _window(text, unit)
    lines = _lines(window)
    first = _line_at(lines, min(one.start for one in kin) - low)
    last = _line_at(lines, max(one.start for one in kin) - low)
    opening = _opening_line(window, lines, first, unit.lead) if _is_opened(unit) else None
    start = (
        lines[first].start
        if opening is None
        else _paragraph_start(window, lines[opening], lines[opening].end - 1)
    )
    if lines[last].end - start > _JOINED:
        start = lines[first].start
    if lines[last].end - start > _JOINED:
        return None
    return Quote(unit=unit, spans=(Span(start + low, lines[last].end + low),))


def _holds(one: Quote, other: Quote) -> bool:
    same = one.unit.profile.id == other.unit.profile.id
    return same and all(
        any(span.start <= inner.start and inner.end <= span.end for span in one.spans)
        for inner in other.spans
    )


def find_quote(text: str, unit: Unit, *, whole_list: bool) -> Quote:
    """What to quote of a unit of a document's `text`; `whole_list` asks for the list that it opens or stands in."""
    if text[unit.start : unit.end] != unit.text:
        return Quote(unit=unit, spans=(Span(unit.start, unit.end),))
    if "\n" in unit.text:  # a row of a table, cell by cell
        return Quote(unit=unit, spans=(_find_row(unit),))
    window, low = _window(text, unit)
    start, end = unit.start - low, unit.end - low
    lines = _lines(window)
    at = _line_at(lines, start)
    if opens_lines(unit.text, None):
        spans = [Span(_paragraph_start(window, lines[at], start), _list_end(window, lines, at))]
    elif (
        unit.lead
        and (whole_list or _is_opened(unit))
        and (opening := _opening_line(window, lines, at, unit.lead)) is not None
    ):
        spans = _item_spans(window, lines, opening, at, start, end, whole_list)
    else:
        spans = [_whole_speech(window, lines[at], _sentence(window, lines[at], start, end))]
    return Quote(unit=unit, spans=tuple(Span(span.start + low, span.end + low) for span in spans))


def _window(text: str, unit: Unit) -> tuple[str, int]:
    """(whole lines of a document around a unit, where they begin): a list may run over the edges of passages."""
    low = text.rfind("\n", 0, max(0, unit.start - _ABOVE)) + 1
    high = text.find("\n", unit.end + _BELOW)
    return text[low : len(text) if high < 0 else high], low


def _find_row(unit: Unit) -> Span:
    """A row with what heads its table, where that is near."""
    passage = unit.hit.passage
    rows = (row for row in find_rows(passage.text) if row.start == unit.start - passage.start)
    head = next((row.head for row in rows), Span(0, 0))
    return Span(passage.start + head.start if head.end else unit.start, unit.end)


def find_list(text: str, unit: Unit) -> tuple[Span, Span] | None:
    """The list that a unit opens or stands in, over the edges of passages, as spans of its document's `text`.

    (what of it may be quoted, the whole): a long list is quoted up to the last item that fits. None for no list.
    """
    window, low = _window(text, unit)
    lines = _lines(window)
    at = _line_at(lines, unit.start - low)
    opening = at if unit.text.endswith(":") else _opening_of(window, lines, at)
    if opening is None:
        return None
    end = _list_end(window, lines, opening, most=len(window))
    if end <= lines[opening].end:
        return None
    start = _paragraph_start(window, lines[opening], lines[opening].end - 1)
    fits = [line.end for line in lines if lines[opening].end < line.end <= min(end, start + _WHOLE_LIST)]
    quoted = max([*fits, lines[opening].end])
    return Span(low + start, low + quoted), Span(low + start, low + end)


def _opening_of(text: str, lines: list[Span], at: int) -> int | None:
    """The line above that opens the list of an item: it ends with a colon, or is a heading, and items of that kind follow."""
    kind = label_kind(text[lines[at].start : lines[at].end])
    for i in range(at - 1, -1, -1):
        words = text[lines[i].start : lines[i].end].rstrip()
        own = label_kind(words)
        opens = words.endswith(":") or (kind in _LETTERED and own in _HEADED and opens_lines(words, own))
        if opens and label_kind(text[lines[i + 1].start : lines[i + 1].end]) == kind != own:
            return i
        if _SECTION.match(words):
            return None
    return None


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


def _list_end(text: str, lines: list[Span], opening: int, most: int = _LIST) -> int:
    """Where the list ends that a line opens: before a line that is no item, or of the opening line's own kind.

    What stands below an item without a label of its own belongs to it where the next label follows the item's.
    """
    own = label_kind(text[lines[opening].start : lines[opening].end])
    end, first, item = lines[opening].end, None, ""
    for at, line in enumerate(lines[opening + 1 :], opening + 1):
        words = text[line.start : line.end].strip()
        kind = label_kind(words)
        if first is None:
            first = kind
        elif kind is None:
            inside = own is not None and text[:end].rstrip().endswith((";", ":", ","))
            if not (inside or _goes_on(text, lines[at + 1 :], item, (own, first))):
                break
        elif kind == own:
            break
        if line.end - lines[opening].start > most or _SECTION.match(words):
            break
        end = line.end
        item = words if kind is not None and kind == first else item
        if first is None and not words.endswith((";", ",", ":")):
            break
    return end


_ORDER = "abcdđeghiklmnopqrstuvxy"  # of points
_ASIDE = 4  # lines without a label that may stand below an item
_MARK = re.compile(r"\(?(?P<number>\d{1,3})[.)]|\(?(?P<letter>[a-zđ])[.)]")


def _goes_on(text: str, below: Sequence[Span], item: str, kinds: tuple[str | None, str | None]) -> bool:
    """Whether the next label below, near, is the one that follows the item's: "2." under a paragraph behind "1."."""
    own, first = kinds
    for line in below[:_ASIDE]:
        words = text[line.start : line.end].strip()
        kind = label_kind(words)
        if (kind is not None and kind in (own, first)) or _SECTION.match(words):
            return kind == first and _follows(item, words)
    return False


def _follows(item: str, other: str) -> bool:
    one, two = _MARK.match(item), _MARK.match(other)
    if one is None or two is None:
        return False
    if one["number"] and two["number"]:
        return int(two["number"]) == int(one["number"]) + 1
    pair = (one["letter"] or "") + (two["letter"] or "")
    return len(pair) == 2 and pair in _ORDER


def _is_opened(unit: Unit) -> bool:
    """Whether the line right above a unit opens it; below a heading, a colon further up opens something else."""
    return opens_lines(unit.lead, None)


def _opening_line(text: str, lines: list[Span], at: int, lead: str) -> int | None:
    """The line above that says the last of the lines that a unit stands under."""
    words = lead.rpartition("\n")[2].strip()
    return next(
        (i for i in range(at - 1, -1, -1) if text[lines[i].start : lines[i].end].rstrip().endswith(words)),
        None,
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


def _whole_speech(text: str, line: Span, span: Span) -> Span:
    """A span with the rest of the words in quotation marks that it cuts, and who says them, where they end in its line."""
    start, end = span.start, span.end
    words = text[start:end]
    if words.count("”") > words.count("“") and (opened := text.rfind("“", line.start, start)) >= 0:
        start = opened
    if words.count("“") > words.count("”") and (closed := text.find("”", end, line.end)) >= 0:
        end = next(
            (one.end for one in find_sentences(text, line.start, line.end) if one.start <= closed < one.end),
            closed + 1,
        )
    return Span(start, end) if end - start <= _SPEECH else span


def _strip(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))
