"""What a theme or question asks units for, and whether a unit is on it.

A unit is on a theme where the words of the theme stand in it, in the lines that it stands under or in the title of
its document, with their marks where the theme has them. A question goes through the answering room's own measure
of how sure it is, too; a bare theme ("giảm nghèo bền vững") asks nothing that could be answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from corpus.store import Store
from corpus.text import fold
from index.answering.confidence import estimate, measure_signs, threshold
from index.answering.features import Wanted, wanted_of
from index.answering.fitting import fits_names, fits_speaker, fits_topic, fitting
from index.answering.reader import SECOND, Reading
from index.answering.sides import without_comparing, without_others
from index.answering.units import Unit
from index.question import Question, read_question
from index.terms import marked_form, normal_form

# Shares of the words, and of neighbours among them, that must stand near a unit. "hỗ trợ nghệ nhân" has all its words
# in "hỗ trợ 100% thuế thu nhập cá nhân … công nghệ", but no more than a third of its pairs.
_THEME = (0.75, 0.5)
_QUESTION = (0.6, 0.0)
_OWN = 0.25  # share of the words that the unit itself has: a theme must not stand in the title alone
_CLOSING = re.compile(
    r"chịu trách nhiệm (?:thi hành|thực hiện) (?:Quyết định|Nghị quyết|Chỉ thị|Kế hoạch) này"
)
_LISTED = re.compile(  # an item of a list of documents says nothing itself
    r"[-–+*•]\s*(?:Luật|Bộ luật|Nghị định|Thông tư|Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Công văn) [^;.]{0,40}?số \d"
)
_BARE = SECOND.index("bare")
_BASIS = SECOND.index("basis")


@dataclass(frozen=True, kw_only=True)  # without slots: what is asked is prepared once
class Topic:
    """A theme or question without the names of provinces: each row asks it of its own."""

    question: Question
    wanted: Wanted
    asks: bool  # it is a question, not a bare theme

    def choose(self, readings: Sequence[Reading], ease: float) -> list[tuple[Reading, float]]:
        """The readings that are on it with how sure that is (0–1), best first; `ease` times the threshold is enough."""
        found = []
        for reading in fitting(self.question, self.wanted, readings):
            others = [one for one in readings if one is not reading]
            sure = estimate(measure_signs(self.question, self.wanted, [reading, *others], frozenset()))
            if self._is_on(reading, sure, ease):
                found.append((reading, sure))
        return found

    def allows(self, store: Store, unit: Unit) -> bool:
        """Whether a unit may speak at all: persons asked for stand near, and it is no caption or footnote.

        On a bare theme its words must stand there; of a question, what it does not carry tells how sure the rest is.
        """
        return (
            unit.in_body
            and (self.asks or self._carries(unit))
            and fits_names(store, self.question, unit)
            and fits_speaker(store, self.question, unit)
        )

    def _is_on(self, reading: Reading, sure: float, ease: float) -> bool:
        if reading.features[_BASIS] or reading.features[_BARE] or _CLOSING.search(reading.unit.text):
            return False
        if not self.asks and _LISTED.match(reading.unit.text):
            return False
        if self.asks and sure < ease * threshold():
            return False
        if self.asks and not fits_topic(self.question, self.wanted, reading.unit):
            return False
        return self._carries(reading.unit)

    def _carries(self, unit: Unit) -> bool:
        singles, pairs = self._words
        least, least_pairs = _QUESTION if self.asks else _THEME
        own = self._form(unit.text)
        if _share(singles, own) < _OWN:
            return False
        near = "·".join(map(self._form, (unit.profile.title, unit.heading, unit.lead, unit.text)))
        return _share(singles, near) >= least and _share(pairs, near) >= least_pairs

    @cached_property
    def _words(self) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """(words asked, pairs of neighbours), each with how rare it is."""
        weight = {term.form: term.weight for term in self.question.terms}
        words = self._form(self.question.text).split()
        singles = {word: weight[fold(word)] for word in words if fold(word) in weight}
        pairs = {pair: weight[fold(pair)] for pair in map(" ".join, pairwise(words)) if fold(pair) in weight}
        return singles, pairs

    @property
    def _form(self) -> Callable[[str], str]:
        return marked_form if self.question.query.has_diacritics else normal_form


def read_topic(text: str, store: Store) -> Topic:
    """What a theme or question asks of each province."""
    question = read_question(text, store)
    bare = read_question(without_comparing(without_others(question, question.places)), store)
    question = replace(bare if bare.terms else question, places=(), years=())
    wanted = wanted_of(question)
    asks = bool(wanted.types or question.asked) or text.rstrip().endswith("?")
    return Topic(question=question, wanted=wanted, asks=asks)


def _share(asked: Mapping[str, float], form: str) -> float:
    """The share of what is asked that a text in its form has, each as much as it is rare; 1 where nothing is asked."""
    whole = sum(asked.values())
    return sum([weight for unit, weight in asked.items() if f" {unit} " in form]) / whole if whole else 1.0
