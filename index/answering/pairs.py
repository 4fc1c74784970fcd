"""Two things that a question compares and that are no places: "xe máy và ô tô", "mức 1 và mức 2", "năm 2024 so với 2025"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.sentences import Span
from corpus.symbols import find_symbols
from corpus.text import fold
from index.answering.units import Unit
from index.terms import marked_form, normal_form, syllable_weight

_COMPARES = re.compile(
    r"(?<!\w)(?:so sanh|so voi|khac nhau|khac gi|khac (?:biet )?the nao|khac bao nhieu|giong nhau|chenh(?: lech)?(?: nhau)?|cao hon|thap hon)(?!\w)"
)
_JOINT = r"(?:,?\s+so\s+với|\s+và|\s+với|\s+hay)\s+"
_YEAR = r"(?:năm(?:\s+học)?\s+)?(?<![\w/.-])(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?(?![\w/.-])"
_YEARS = re.compile(rf"(?P<one>{_YEAR}){_JOINT}(?:\w+\s+)?(?P<other>{_YEAR})", re.IGNORECASE)
_BEFORE = r"của|cho|giữa|với|đối với|khi|lái|sánh"
_WORD = rf"(?!(?:{_BEFORE})\s)[^\s,;?.:]+"  # a side begins behind the last of such words
_WORDS = rf"{_WORD}(?:\s+{_WORD}){{0,5}}?"
_ENDS = r"(?=\s*(?:[,;?.]|$)|\s+(?:khác|chênh|giống|cao hơn|thấp hơn|bị|được|phải|có|là|từ|mỗi|theo|tại|ở|trong|thì|lần lượt|bao nhiêu|thế nào)(?!\w))"
_THINGS = re.compile(
    rf"(?<!\w)(?:{_BEFORE})\s+(?P<one>{_WORDS}){_JOINT}(?:(?:{_BEFORE})\s+)?(?P<other>{_WORDS}){_ENDS}",
    re.IGNORECASE,
)
_ALL_OF = 2  # such words must all be there
_ENOUGH = 0.6  # of the weight of the words that tell one side from the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The two things, and where they stand in the question."""

    text: str
    one: Span
    other: Span

    def form(self, text: str) -> str:
        """A text as it is compared: with marks where the question has them."""
        return normal_form(text) if self.text.isascii() else marked_form(text)

    @property
    def sides(self) -> tuple[str, str]:
        return self.text[self.one.start : self.one.end], self.text[self.other.start : self.other.end]

    @property
    def numbered(self) -> bool:
        """Whether only numbers tell the sides apart: years, levels."""
        return not any(word.isalpha() for side in self.sides for word in _distinct(self, side))

    def only(self, side: str) -> str:
        """The question of one of the sides alone."""
        return f"{self.text[: self.one.start]}{side}{self.text[self.other.end :]}"


def find_pair(text: str) -> Pair | None:
    """The pair that a question compares; None where it compares nothing, or nothing that two words tell apart."""
    if not _COMPARES.search(fold(text)):
        return None
    bare = text
    for mention in find_symbols(text):
        bare = f"{bare[: mention.start]}{'·' * (mention.end - mention.start)}{bare[mention.end :]}"
    found = _YEARS.search(bare) or _THINGS.search(bare)
    if found is None:
        return None
    pair = Pair(text=text, one=Span(*found.span("one")), other=Span(*found.span("other")))
    return pair if all(_distinct(pair, side) for side in pair.sides) else None


def _distinct(pair: Pair, side: str) -> dict[str, float]:
    """The words of a side that the other has not, each with its weight; with their marks: "máy" is no "may"."""
    first, second = pair.sides
    other = second if side == first else first
    ignored = set(pair.form(other).split())
    return {word: syllable_weight(fold(word)) for word in pair.form(side).split() if word not in ignored}


def speaks_of(pair: Pair, unit: Unit, side: str) -> bool:
    """Whether what tells a side from the other stands in a unit, its lead or heading, or near it and nothing of the other."""
    first, second = pair.sides
    other = second if side == first else first
    own = pair.form(f"{unit.heading}\n{unit.lead}\n{unit.text}")
    if _has(own, pair, side):
        return True
    return not _has(own, pair, other) and _has(pair.form(unit.hit.passage.text), pair, side)


def _has(text: str, pair: Pair, side: str) -> bool:
    words = _distinct(pair, side)
    if pair.numbered:  # a number counts with what it numbers: "mức 1", "năm học 2024-2025"
        return pair.form(side) in text
    found = {word: weight for word, weight in words.items() if f" {word} " in text}
    if len(words) <= _ALL_OF:
        return found == words
    return sum(found.values()) >= _ENOUGH * sum(words.values())
