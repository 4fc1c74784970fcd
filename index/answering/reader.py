"""The learned reader: the units of found passages, ordered by how well they answer a question or a part of it.

Two linear stages over `index.answering.features`: all units by what can be counted, then the best of them also by
what reading each together with the question says of it (`index.joint_reader`). `data/reader.tsv` holds the weights;
`bench/train_reader.py` is the recipe, docs/decisions.md tells what it adds on questions it was not trained on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp

import numpy as np
from numpy.typing import NDArray

from index.answering.features import FEATURES, Matrix, Wanted, measure_units
from index.answering.units import Unit, list_units
from index.models import Hit
from index.query import Query
from index.search import Searcher

CLOSE = 6  # units that are read together with the question
SECOND = (*FEATURES, "joint")
_ENOUGH = 0.9  # of the odds over the units compared: further units are given until they add up to it
_WORTH = 0.06  # of the odds: what a further unit must have
_TRIED = 6  # units that the quotations of one part are chosen from
_READ = 400  # characters of a unit, with its heading and lead, that are read
_LED = 160  # of these the last of what it stands under
_TITLE = 70  # and so many of its document's title behind them


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A unit with what speaks for it."""

    unit: Unit
    score: float  # of the second stage; differences between units of one question mean something
    features: NDArray[np.float64]  # of the second stage, shape (len(SECOND),)


class Reader:
    """Reads the hits of one question; the units are made once for all of its parts."""

    def __init__(self, searcher: Searcher, query: Query, hits: Sequence[Hit]) -> None:
        hits = list({hit.row: hit for hit in reversed(hits)}.values())[
            ::-1
        ]  # each passage once, as it came first
        self.units = list_units(searcher.store, hits)
        self._searcher = searcher
        self._passages: Mapping[int, float] = searcher.cosines(query, [h.row for h in hits]) if hits else {}

    def read(
        self, wanted: Wanted, query: Query, allowed: Sequence[bool] | None = None, *, close: int = CLOSE
    ) -> list[Reading]:
        """The `close` units that the second stage looked at, best first; `allowed` says which may be looked at."""
        places = [at for at in range(len(self.units)) if allowed is None or allowed[at]]
        if not places:
            return []
        units = [self.units[at] for at in places]
        features = measure_units(wanted, units, self._passages)
        order = np.argsort(-(features @ load_weights("first")), kind="stable")[:close]
        close_units = [units[at] for at in order]
        joint = self._searcher.score_texts(_words_asked(query), list(map(readable_unit, close_units)))
        rows = np.column_stack([features[order], joint])
        scores = rows @ load_weights("second")
        found = [
            Reading(unit=unit, score=float(score), features=row)
            for unit, score, row in zip(close_units, scores, rows, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.score, one.unit.hit.rank, one.unit.start))


# "Ngày 1/4/2027, theo Nghị định 91/2026/NĐ-CP …": what the decree says is asked, as of a day.
_DAY_IN_FRONT = re.compile(
    r"\s*(?:(?:vào|tính đến|đến)\s+)?(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*,\s*", re.IGNORECASE
)


def _words_asked(query: Query) -> str:
    """What is read together with a unit: the question, without the day in front where it names a document by its number."""
    text = query.encoder_texts[0]
    return _DAY_IN_FRONT.sub("", text, count=1) if query.symbols and _DAY_IN_FRONT.match(text) else text


def pick_likely(readings: Sequence[Reading]) -> list[Reading]:
    """The best unit, and those of its document that are nearly as likely."""
    if not readings:
        return []
    best = readings[0]
    weights = [exp(one.score - best.score) for one in readings]
    whole, given = sum(weights), 0.0
    chosen: list[Reading] = []
    for reading, weight in zip(readings, weights, strict=True):
        if chosen and (given >= _ENOUGH * whole or weight < _WORTH * whole or len(chosen) == _TRIED):
            break
        if reading.unit.profile.id == best.unit.profile.id:
            chosen.append(reading)
        given += weight
    return chosen


def readable_unit(unit: Unit) -> str:
    """What is read of a unit together with the question: the words that it depends on in front, the title behind."""
    words = f"{unit.heading} {unit.lead[-_LED:]} {unit.text}".strip()[:_READ]
    return f"{words} | {unit.profile.title[:_TITLE]}"


@cache
def load_weights(stage: str) -> Matrix:
    """The learned weights of a stage ("first", "second"), in the order of its features."""
    names = FEATURES if stage == "first" else SECOND
    weights = _read_table()
    return np.array([weights[stage, name] for name in names])


def forget_weights() -> None:
    """Read the weights anew: they were learned again."""
    load_weights.cache_clear()
    _read_table.cache_clear()


@cache
def _read_table() -> Mapping[tuple[str, str], float]:
    lines = resources.files("index").joinpath("data/reader.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(stage, name): float(weight) for stage, name, weight in rows}
