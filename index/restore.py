"""Restore the diacritics of text typed without them, syllable by syllable, each with its confidence.

The readings of every folded syllable ("quyet" → quyết, quyệt …) form a lattice; counts of pairs thin it out,
counts of threes decide (forward-backward, so that both neighbours speak). The restored text is exactly as
long as the typed one: an offset in one is an offset in the other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np

from corpus.symbols import find_symbols
from corpus.text import fold, to_nfc
from index.abbreviations import meanings_of
from index.ngrams import EDGE, NUMBER, OTHER, Floats, Ids, NgramTable, general_table
from index.tokens import place_tone

_UNIT = re.compile(r"[^\W_]+|[.;:?!…()|•\n]+")
_MOST_READINGS = 12  # of one folded syllable
_THIN = 2e-3  # as good as 1e-4, and half the time; a reading that pairs make less probable than this is out
# A syllable typed with marks stands, unless one with more marks is this many times as frequent: "quyêt" is
# found in bad OCR, "quyết" was meant.
_MORE_MARKS = 200
_UNSURE = 0.85  # below it, the second reading of a syllable is worth a search of its own
_WORTH_NAMING = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredSyllable:
    """One syllable of a query: `typed[start:end]` and how it is read."""

    start: int
    end: int
    folded: str
    chosen: str  # lower case, one tone placement
    confidence: float  # 0–1; 1 where nothing was to be decided
    alternatives: tuple[tuple[str, float], ...] = ()  # other readings worth naming, most probable first


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A text with its diacritics put back, as long as what was typed."""

    typed: str
    text: str
    syllables: tuple[RestoredSyllable, ...]
    second: str | None = None  # another reading of the whole, where the first is unsure

    @property
    def is_changed(self) -> bool:
        return self.text != self.typed

    @property
    def readings(self) -> tuple[str, ...]:
        """What an encoder should get: the restored text, and the second reading if there is one."""
        return (self.text,) if self.second is None else (self.text, self.second)


@dataclass(frozen=True, slots=True)
class _Unit:
    """One column of the lattice: a word, a number or the edge of a sentence, and its readings."""

    start: int
    end: int
    readings: Ids
    weights: Floats
    typed: int = -1  # the id of the syllable as typed, where marks may be missing on it
    settled: bool = False  # typed with its marks


class Restorer:
    """Restores with the counts of one table."""

    def __init__(self, table: NgramTable) -> None:
        self.table = table

    def restore(self, text: str) -> Restored:
        """The text with the marks that it lacks; numbers, codes, abbreviations and typed marks stay.

        >>> default_restorer().restore("nghi quyết 04 ve nong thon moi").text
        'nghị quyết 04 về nông thôn mới'
        """
        typed = to_nfc(text)
        units = self._read_units(typed)
        if not any(len(unit.readings) > 1 for unit in units):
            return self._write(typed, units, [[1.0] for _ in units])
        thin = self._thin_out(units)
        posteriors = _decide(self.table, thin)
        restored = self._write(typed, thin, posteriors)
        second = self._second_reading(typed, thin, posteriors)
        if second is None or second == restored.text:
            return restored
        return Restored(typed=typed, text=restored.text, syllables=restored.syllables, second=second)

    def _read_units(self, text: str) -> list[_Unit]:
        whole = [(mention.start, mention.end) for mention in find_symbols(text)]
        shouted = text.isupper()
        units = [_single(0, 0, EDGE)]
        for match in _UNIT.finditer(text):
            start, end = match.span()
            if not match[0][0].isalnum():
                units.append(_single(start, end, EDGE))
            elif any(start < stop and begin < end for begin, stop in whole):
                units.append(_single(start, end, NUMBER if match[0].isdigit() else OTHER))
            else:
                units.append(self._read_word(match[0], start, end, shouted=shouted))
        units.append(_single(len(text), len(text), EDGE))
        return units

    def _read_word(self, word: str, start: int, end: int, *, shouted: bool) -> _Unit:
        small = place_tone(word.lower())
        if small.isdigit():
            return _single(start, end, NUMBER)
        if fold(small) not in self.table.by_fold or (word.isupper() and not shouted and meanings_of(word)):
            return _single(start, end, OTHER)
        own = self.table.ids.get(small, -1)
        readings = self._compatible(small)
        if not len(readings):
            return _single(start, end, OTHER)
        counts = self.table.counts
        if not small.isascii() and own >= 0 and counts[own] * _MORE_MARKS >= counts[readings[0]]:
            return _Unit(start, end, np.array([own]), np.ones(1), settled=True)
        return _Unit(start, end, readings, np.ones(len(readings)), typed=own)

    def _compatible(self, small: str) -> Ids:
        """The readings that add marks to a typed syllable and take none away, most frequent first."""
        group = self.table.by_fold.get(fold(small))
        if group is None:
            return np.zeros(0, dtype=np.int64)
        if not small.isascii():
            group = np.array(
                [i for i in group if _adds_marks(small, self.table.syllables[i])], dtype=np.int64
            )
        return group[:_MOST_READINGS]

    def _weigh_missing(self, units: list[_Unit], posteriors: list[Floats]) -> list[_Unit]:
        """The lattice with marked readings made less probable, the more so the fewer marks seem to be missing.

        In a query typed with marks, a syllable without them mostly has none ("theo", "quy"); the share of
        missing marks is what pairs alone make of the text.
        """
        settled = sum(unit.settled for unit in units)
        if not settled:
            return units
        missing = sum(
            float(posterior[unit.readings != unit.typed].sum())
            for unit, posterior in zip(units, posteriors, strict=True)
            if unit.typed >= 0
        )
        rate = (missing + 0.05) / (missing + settled + 1)
        return [
            replace(unit, weights=np.where(unit.readings == unit.typed, 1.0, rate))
            if unit.typed >= 0
            else unit
            for unit in units
        ]

    def _thin_out(self, units: list[_Unit]) -> list[_Unit]:
        """The lattice without the readings that pairs make improbable."""
        posteriors = _thin_posteriors(self.table, units)
        thin = []
        for unit, posterior in zip(self._weigh_missing(units, posteriors), posteriors, strict=True):
            if len(unit.readings) > 1:
                share = posterior * unit.weights
                kept = share >= _THIN * share.max()
                unit = replace(unit, readings=unit.readings[kept], weights=unit.weights[kept])
            thin.append(unit)
        return thin

    def _second_reading(self, typed: str, units: list[_Unit], posteriors: list[list[float]]) -> str | None:
        """The text read with the runner-up at the least sure syllable; None where all are sure enough."""
        surest = [max(posterior) for posterior in posteriors]
        at = min(range(len(surest)), key=surest.__getitem__)
        if surest[at] >= _UNSURE or len(posteriors[at]) < 2:
            return None
        other = _order(posteriors[at])[1:2]
        unit = units[at]
        forced = [*units]
        forced[at] = replace(unit, readings=unit.readings[other], weights=unit.weights[other])
        return self._write(typed, forced, _decide(self.table, forced)).text

    def _write(self, typed: str, units: list[_Unit], posteriors: list[list[float]]) -> Restored:
        letters = list(typed)
        syllables = []
        for unit, posterior in zip(units, posteriors, strict=True):
            word = typed[unit.start : unit.end]
            if not word or not word[0].isalnum():
                continue
            order = _order(posterior)
            best = int(unit.readings[order[0]])
            own = place_tone(word.lower())
            chosen = own if best in (EDGE, NUMBER, OTHER) else self.table.syllables[best]
            if chosen != own:
                letters[unit.start : unit.end] = _copy_case(chosen, word)
            syllables.append(
                RestoredSyllable(
                    start=unit.start,
                    end=unit.end,
                    folded=fold(word),
                    chosen=chosen,
                    confidence=posterior[order[0]],
                    alternatives=tuple(
                        (self.table.syllables[unit.readings[i]], posterior[i])
                        for i in order[1:]
                        if posterior[i] >= _WORTH_NAMING
                    ),
                )
            )
        return Restored(typed=typed, text="".join(letters), syllables=tuple(syllables))


@cache
def default_restorer() -> Restorer:
    """The restorer of the shipped table."""
    return Restorer(general_table())


def restore(text: str) -> Restored:
    """The text with the marks that it lacks, by the shipped table (see `Restorer.restore`)."""
    return default_restorer().restore(text)


def _single(start: int, end: int, reading: int) -> _Unit:
    return _Unit(start, end, np.array([reading]), np.ones(1))


def _copy_case(chosen: str, word: str) -> str:
    return "".join(new.upper() if old.isupper() else new for new, old in zip(chosen, word, strict=True))


@lru_cache(maxsize=65536)
def _adds_marks(typed: str, reading: str) -> bool:
    """Whether a reading has every mark of what was typed: "quyêt" may be "quyết", not "quyt"."""
    return all(marks_of(one) <= marks_of(other) for one, other in zip(typed, reading, strict=True))


@cache
def marks_of(letter: str) -> frozenset[str]:
    """The marks on a letter, the bar of đ included."""
    found = frozenset(c for c in unicodedata.normalize("NFD", letter) if unicodedata.combining(c))
    return found | {"-"} if letter == "đ" else found


def _thin_posteriors(table: NgramTable, units: list[_Unit]) -> list[Floats]:
    """Per column, the probability of its readings by counts of pairs (forward-backward)."""
    sizes = np.array([len(unit.readings) for unit in units])
    flat = np.concatenate([unit.readings for unit in units])
    starts = np.cumsum(sizes) - sizes
    # Every reading beside every reading of the next column, in one flat list.
    partners = np.repeat(sizes[1:], sizes[:-1])
    within = np.arange(partners.sum()) - np.repeat(np.cumsum(partners) - partners, partners)
    firsts = np.repeat(flat[: starts[-1]], partners)
    seconds = flat[np.repeat(np.repeat(starts[1:], sizes[:-1]), partners) + within]
    flat_steps = table.p_pair(firsts, seconds)
    steps, at = [], 0
    for unit, rows, columns in zip(units[1:], sizes.tolist(), sizes[1:].tolist(), strict=False):
        steps.append(flat_steps[at : at + rows * columns].reshape(rows, columns) * unit.weights)
        at += rows * columns
    forward = [units[0].weights]
    for step in steps:
        reached = forward[-1] @ step
        forward.append(reached / reached.sum())
    backward = [np.ones(1)]
    for step in reversed(steps):
        reached = step @ backward[-1]
        backward.append(reached / reached.sum())
    products = [f * b for f, b in zip(forward, reversed(backward), strict=True)]
    return [product / product.sum() for product in products]


def _decide(table: NgramTable, units: list[_Unit]) -> list[list[float]]:
    """Per column, the probability of its readings by counts of threes (forward-backward over pairs).

    Plain lists: after thinning out a column has one or two readings, too few for arrays to pay.
    """
    columns = [unit.readings.tolist() for unit in units]
    columns.insert(0, columns[0])  # a second edge in front
    weights = [[1.0], *(unit.weights.tolist() for unit in units)]
    triples = [
        (a, b, c)
        for left, middle, right in zip(columns, columns[1:], columns[2:], strict=False)
        for a in left
        for b in middle
        for c in right
    ]
    first, second, third = np.array(triples, dtype=np.int64).T
    steps = iter(table.p_triple(first, second, third).tolist())
    # forward[i][b][a]: how probable the text so far is with readings a, b in the columns i, i + 1
    forward = [[[1.0]]]
    moves: list[list[list[list[float]]]] = []  # [column][a][b][c]
    for i in range(2, len(columns)):
        move = [
            [[next(steps) * weight for weight in weights[i]] for _ in columns[i - 1]] for _ in columns[i - 2]
        ]
        moves.append(move)
        reached = [
            [
                sum(forward[-1][b][a] * move[a][b][c] for a in range(len(columns[i - 2])))
                for b in range(len(columns[i - 1]))
            ]
            for c in range(len(columns[i]))
        ]
        forward.append(_scale(reached))
    backward = [[[1.0] * len(columns[-2]) for _ in columns[-1]]]
    for move in reversed(moves):
        ahead = backward[-1]
        backward.append(
            _scale(
                [
                    [
                        sum(move[a][b][c] * ahead[c][b] for c in range(len(move[a][b])))
                        for a in range(len(move))
                    ]
                    for b in range(len(move[0]))
                ]
            )
        )
    posteriors = []
    for reached, ahead in zip(forward, reversed(backward), strict=True):
        mass = [
            sum(f * b for f, b in zip(row, other, strict=True))
            for row, other in zip(reached, ahead, strict=True)
        ]
        total = sum(mass)
        posteriors.append([share / total for share in mass])
    return posteriors


def _order(posterior: list[float]) -> list[int]:
    return sorted(range(len(posterior)), key=lambda i: -posterior[i])


def _scale(grid: list[list[float]]) -> list[list[float]]:
    """The grid with a sum of 1, so that long texts do not underflow."""
    total = sum(map(sum, grid))
    return [[value / total for value in row] for row in grid]
