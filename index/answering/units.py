"""Units: the stretches of found passages that may be quoted, each with the words that it depends on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from corpus.models import Passage
from corpus.other_texts import OtherText, find_other_texts
from corpus.sentences import Span, find_clauses, find_sentences
from corpus.store import Profile, Store
from index.answering.rows import find_rows
from index.models import Hit
from index.terms import normal_form

_LONG_SENTENCE = 260  # characters from which a sentence is also offered clause by clause
_SHORT_CLAUSE = 40  # characters under which a clause does not stand on its own
_HEADING = 300  # characters that a heading may have
_NUMBERED = re.compile(r"(?:Điều|Chương|Mục|Phần|Phụ lục) ?[\dIVXLC]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence, a line of a list, a row of a table or a clause: `text == document.text[start:end]`."""

    profile: Profile
    hit: Hit
    start: int
    end: int
    text: str
    heading: str  # of the article that it stands in; "" where it has none
    lead: str  # the lines that it stands under ("II. Hồ sơ", "Hồ sơ gồm:"), outermost first; "" where none
    clause: bool  # a part of a sentence
    other: OtherText | None = None  # what it stands in on the page of a document whose text that is not

    @property
    def in_body(self) -> bool:
        """Whether it is no caption, footnote or list of receivers."""
        return not is_aside(self.hit.passage)

    def stands_near(self, normal: str) -> bool:
        """Whether words (in their `normal_form`) stand in its passage, or in a line that it stands under."""
        return any(normal in normal_form(text) for text in (self.hit.passage.text, self.lead, self.heading))

    def stands_in_head(self, normal: str) -> bool:
        """Whether words stand in what its document says of itself: its title or its opening."""
        return any(normal in normal_form(text) for text in (self.profile.title, self.profile.head))


_ASIDE = (("chú thích ảnh",), ("chú thích cuối trang",), ("Nơi nhận",))


def is_aside(passage: Passage) -> bool:
    """Whether a passage is a caption, a footnote or a list of receivers."""
    return passage.path[:1] in _ASIDE


def list_units(store: Store, hits: Sequence[Hit]) -> list[Unit]:
    """Every unit of the hits' passages, in the order of the hits and of the text."""
    profiles = {name: store.profile(name) for name in {hit.passage.document_id for hit in hits}}
    texts: dict[str, str] = {}
    others: dict[str, tuple[OtherText, ...]] = {}
    units: list[Unit] = []
    for hit in hits:
        profile = profiles[hit.passage.document_id]
        if profile.id not in texts:
            texts[profile.id] = store.text(profile.id)
            others[profile.id] = find_other_texts(texts[profile.id], profile.symbol)
        units += (_placed(unit, others[profile.id]) for unit in _units_of(hit, profile, texts[profile.id]))
    return units


def _placed(unit: Unit, others: Sequence[OtherText]) -> Unit:
    """The unit with the text that it is of, where that is not the text of its document."""
    other = next((one for one in others if one.start <= unit.start < one.end), None)
    return unit if other is None else replace(unit, other=other)


# Parts of a question, and questions like it, find the same passages.
_sentences = lru_cache(maxsize=4096)(find_sentences)
_rows = lru_cache(maxsize=4096)(find_rows)


def _units_of(hit: Hit, profile: Profile, text: str) -> Iterator[Unit]:
    passage = hit.passage
    heading = find_heading(text, passage.start, passage.path)
    # The lines that the present one stands under, outermost first; a passage may begin in the middle of a list.
    opened = _opened_above(text, passage.start)
    labelled = bool(opened)  # whether the lines under the last of them bear labels
    rows = _rows(passage.text)
    for row in rows:
        yield _unit_at(
            hit, profile, Span(row.start, row.end), heading, passage.text[row.head.start : row.head.end]
        )
    for sentence in _sentences(passage.text):
        if any(row.start < sentence.end and sentence.start < row.end for row in rows):
            continue
        line = passage.text[sentence.start : sentence.end]
        starts = passage.text[: sentence.start].rstrip(" ").endswith("\n") or sentence.start == 0
        kind = label_kind(line) if starts else None
        if starts:
            if labelled and kind is None and not is_item(line):
                opened, labelled = opened[:-1], False  # its items are over
            opened = _still_open(opened, kind, line)
            labelled = bool(opened) and (labelled or kind is not None)
        for span, clause in _spans(passage.text, sentence):
            yield _unit_at(
                hit, profile, span, heading, "\n".join(words for _, words in opened), clause=clause
            )
        if opens_lines(line, kind):
            opened, labelled = [*opened, (kind, line)], False


_ABOVE = 3000  # characters above a passage in which the line is looked for that opens its list
_ARTICLE = re.compile(r"(?:#+ )?(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC)\b")


def _opened_above(text: str, start: int) -> list[tuple[str | None, str]]:
    """The lines above a passage that its first line, an item of a list, stands under, outermost first."""
    end = text.find("\n", start)
    kind = label_kind(text[start : end if end >= 0 else len(text)])
    if kind is None or kind == "table":
        return []
    seen: set[str | None] = {kind}
    opened: list[tuple[str | None, str]] = []
    for line in reversed(text[max(0, start - _ABOVE) : start].split("\n")):
        own = label_kind(line)
        if _ARTICLE.match(line):
            break
        if not line.strip() or own in seen:
            continue
        if opens_lines(line, own):
            opened.insert(0, (own, line.strip()))
        elif own is None:
            break  # a paragraph: the list began below it
        seen.add(own)
    return opened


def _unit_at(
    hit: Hit, profile: Profile, span: Span, heading: str, lead: str, *, clause: bool = False
) -> Unit:
    """The unit at a span of its passage."""
    passage = hit.passage
    return Unit(
        profile=profile,
        hit=hit,
        start=passage.start + span.start,
        end=passage.start + span.end,
        text=passage.text[span.start : span.end],
        heading=heading,
        lead=lead,
        clause=clause,
    )


def _still_open(
    opened: list[tuple[str | None, str]], kind: str | None, line: str
) -> list[tuple[str | None, str]]:
    """The opening lines that a new line still stands under: a label closes all from the first of its own kind on.

    A new article closes them all.
    """
    if kind == "article":
        return []
    if kind is None and not is_item(line):
        return [one for one in opened if one[0] is not None] if opens_lines(line, kind) else opened[-1:]
    return list(takewhile(lambda one: one[0] != kind, opened))


def opens_lines(line: str, kind: str | None) -> bool:
    """Whether the lines below stand under this one: it ends with a colon, or is a heading with a label."""
    words = line.rstrip()
    if _COLON.search(words):
        return True
    return (
        kind is not None
        and len(words) <= _SUBHEADING
        and not words.endswith((".", ";", ",", "!", "?", "”", '"'))
    )


_SUBHEADING = 160  # characters
_COLON = re.compile(r":[\s|:()…]*\Z")  # "gồm: ()", a footnote's mark lost
_LABELS = re.compile(
    r"(?P<point>\(?[a-zđ]{1,2}[.)]\s)"
    r"|(?P<roman>[IVX]+[.)]\s)"
    r"|(?P<number>\(?\d{1,3}[.)]\s)"
    r"|(?P<numbers>\d{1,3}(?:\.\d{1,3})+\.?\s)"
    r"|(?P<article>Điều \d)"
    r"|(?P<dash>[-–](?![-–])\s?)"  # a line of dashes is a rule, no item
    r"|(?P<plus>[+•*]\s?)"
    r"|(?P<table>\|)"
)


def label_kind(line: str) -> str | None:
    """What sort of label a line opens with; None for none.

    >>> label_kind("a) Sở Nội vụ;"), label_kind("Sở Nội vụ")
    ('point', None)
    """
    label = _LABELS.match(_QUOTED.sub("", line))
    return label.lastgroup if label else None


# Markdown's mark of a quotation, and the one that makes a mark a plain character (a backslash before "-").
_QUOTED = re.compile(r"\A(?:>\s*)+|\\(?=[-–+*.)])")


def _spans(text: str, sentence: Span) -> Iterator[tuple[Span, bool]]:
    yield sentence, False
    if sentence.end - sentence.start >= _LONG_SENTENCE:
        clauses = find_clauses(text, sentence.start, sentence.end)
        if len(clauses) > 1:
            yield from ((part, True) for part in clauses if part.end - part.start >= _SHORT_CLAUSE)


def is_item(line: str) -> bool:
    """Whether a line is one of a list: it bears a label, or goes on after a semicolon."""
    return label_kind(line) is not None or line.endswith(";")


def find_heading(text: str, start: int, path: tuple[str, ...]) -> str:
    """The line that heads the article (else the chapter) that a passage stands in, "" where it has none."""
    label = next((part for part in reversed(path) if part.startswith("Điều ")), None)
    if label is None or "–" in label:
        return ""
    at = text.rfind(f"\n{label}", 0, start + len(label) + 2)
    if at < 0:
        return ""
    end = text.find("\n", at + 1)
    line = text[at + 1 : end if end >= 0 else len(text)]
    return line if len(line) <= _HEADING else ""
