"""The learned reader: the units of found passages, ordered by how well they answer a question or a part of it.

A linear score over `index.answering.features`. `data/reader.tsv` holds the weights; `bench/train_reader.py` is the
recipe, docs/decisions.md tells how often it is right on questions that it was not trained on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from index.answering.features import FEATURES, Matrix, Wanted, measure_units
from index.answering.units import Unit, list_units
from index.models import Hit
from index.query import Query
from index.search import Searcher

KEPT = 10  # readings that a question is left with
_ENCODED = 600  # characters of a unit, with its heading and lead, that the encoder gets


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A unit with what speaks for it."""

    unit: Unit
    score: float  # differences between units of one question mean something
    features: NDArray[np.float64]  # shape (len(FEATURES),)


class Reader:
    """Reads the hits of one question; the units are made once for all of its parts."""

    def __init__(self, searcher: Searcher, query: Query, hits: Sequence[Hit]) -> None:
        hits = list({hit.row: hit for hit in reversed(hits)}.values())[
            ::-1
        ]  # each passage once, as it came first
        self.units = list_units(searcher.store, hits)
        self._searcher = searcher
        self._passages: Mapping[int, float] = searcher.cosines(query, [h.row for h in hits]) if hits else {}
        self._vectors: dict[tuple[int, int, int], NDArray[np.float32]] = {}  # row, start, end → of the unit

    def read(self, wanted: Wanted, allowed: Sequence[bool] | None = None) -> list[Reading]:
        """The best `KEPT` units, best first; `allowed` says which may be looked at."""
        units = [unit for at, unit in enumerate(self.units) if allowed is None or allowed[at]]
        if not units:
            return []
        features = measure_units(wanted, units, self._passages)
        scores = features @ load_weights()
        found = [
            Reading(unit=unit, score=float(score), features=row)
            for unit, score, row in zip(units, scores, features, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.score, one.unit.hit.rank, one.unit.start))[:KEPT]

    def compare(self, query: Query, unit: Unit) -> float:
        """The cosine of a question and a unit itself, with the words that it depends on."""
        key = (unit.hit.row, unit.start, unit.end)
        if key not in self._vectors:
            self._vectors[key] = self._searcher.encoder.encode_passages([_searchable_unit(unit)])[0]
        return float((self._searcher.encode(query) @ self._vectors[key]).max())


def _searchable_unit(unit: Unit) -> str:
    """What the encoder sees of a unit: the words that it depends on in front."""
    return f"{unit.heading} {unit.lead} {unit.text}".strip()[:_ENCODED]


@cache
def load_weights() -> Matrix:
    """The learned weights, in the order of `FEATURES`."""
    lines = resources.files("index").joinpath("data/reader.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    weights = {name: float(weight) for name, weight in rows}
    return np.array([weights[name] for name in FEATURES])
