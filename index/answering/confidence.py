"""How sure it is that a unit answers: a logistic model over what it carries of the question and what it lacks.

No single threshold: a high cosine beside a missing place or year is a near miss, not an answer. The weights are in
`data/confidence.tsv`, fitted by `bench/train_reader.py`; docs/decisions.md has the trade-off curve.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp

import numpy as np
from numpy.typing import NDArray

from corpus.places import related_provinces
from corpus.symbols import symbol_key
from corpus.text import fold
from index.answering.answer_types import AnswerType
from index.answering.features import Wanted, focus_in
from index.answering.reader import SECOND, Reading
from index.answering.units import Unit
from index.question import Question
from index.terms import normal_form

SIGNS = (
    "score",  # of the reader
    "lead_of_score",  # over the best unit of another document
    "joint",
    "cosine",
    "own",
    "own_pairs",
    "covered",  # words asked that stand in it, its lead, its passage or the title
    "exact",
    "types",
    "measure",
    "rarest_missing",  # weight of the heaviest word asked that stands in none of those, as a share of the heaviest possible
    "rarest_unmet",  # the same of the unit with its lead and title alone
    "place_missing",  # a place asked stands neither there nor in what the document says of itself
    "place_elsewhere",  # it stands only outside the unit's own passage
    "year_missing",
    "year_elsewhere",
    "figure_missing",  # a figure typed in the question stands nowhere near
    "name_missing",  # a person or an office named does not stand in the passage
    "number_not_held",  # a document number is asked for that no document of the collection bears
    "number_other",  # and the unit is of another document
    "words",  # content words of the question
    "focus",  # share of the words beside the word of asking that the unit, its lead and its title have
    "focus_near",  # and what its passage adds
    "types_missing",  # it has none of the sorts of thing asked for
    "undefined",  # a definition is asked for, and it defines something else or nothing
)

# Signs that speak against an answer, and the number of words, which speaks neither way; all others speak for one.
AGAINST = frozenset(
    name for name in SIGNS if name.endswith(("_missing", "_elsewhere", "_unmet", "_other", "_not_held"))
) | {"undefined"}
NEITHER = frozenset({"words"})


def measure_signs(
    question: Question, wanted: Wanted, readings: Sequence[Reading], held: frozenset[str]
) -> NDArray[np.float64]:
    """The signs of the best reading, shape (len(SIGNS),); `held` are keys of numbers that the collection bears."""
    best = readings[0]
    unit = best.unit
    value = dict(zip(SECOND, best.features.tolist(), strict=True))
    other = next((one.score for one in readings if one.unit.profile.id != unit.profile.id), best.score - 5.0)
    near = normal_form(f"{unit.heading}\n{unit.lead}\n{unit.hit.passage.text}")
    head = normal_form(f"{unit.profile.title}\n{unit.profile.head}")
    close = normal_form(f"{unit.heading}\n{unit.lead}\n{unit.text}\n{unit.profile.title}")
    places = [_place(unit, place, near, head) for place in question.places]
    years = [_year(year, near, head, unit.profile.day or "") for year in question.years]
    asked = wanted.symbols
    return np.array(
        (
            best.score,
            best.score - other,
            value["joint"],
            value["cosine"],
            value["own"],
            value["own_pairs"],
            value["own"] + value["lead"] + value["around"],
            value["exact"],
            value["types"],
            value["measure"] if wanted.measures else 0.5,
            _heaviest_missing(wanted, near + head),
            _heaviest_missing(wanted, close),
            float(any(one == 2 for one in places)),
            float(any(one == 1 for one in places)),
            float(any(one == 2 for one in years)),
            float(any(one == 1 for one in years)),
            float(any(f" {figure} " not in near + head for figure in _figures(wanted, question))),
            float(any(name not in near + head for name in (*question.names, *_speakers(question, wanted)))),
            float(bool(asked - held)),
            float(bool(asked) and not _speaks_of(unit, asked, value)),
            min(len(wanted.singles), 20) / 20,
            focus_in(wanted, close),
            focus_in(wanted, near + head) - focus_in(wanted, close),
            float(bool(wanted.types) and value["types"] == 0),
            float(bool(wanted.defined) and not value["defines"]),
        )
    )


def _heaviest_missing(wanted: Wanted, text: str) -> float:
    return (
        max((weight for form, weight in wanted.singles.items() if f" {form} " not in text), default=0.0) / 6
    )


def _place(unit: Unit, place: str, near: str, head: str) -> int:
    """0: in the passage, 1: only in what its document says of itself, 2: nowhere."""
    name = normal_form(place)
    if name in near:
        return 0
    lineage = related_provinces(unit.profile.province) if unit.profile.province else ()
    if name in head or fold(place) in {fold(other) for other in lineage}:
        return 1
    return 2


def _year(year: str, near: str, head: str, day: str) -> int:
    """0: in the passage, 1: only in what its document says of itself, or as the year it is of, 2: nowhere."""
    if f" {year} " in near:
        return 0
    return 1 if f" {year} " in head or day.startswith(year) else 2


def _figures(wanted: Wanted, question: Question) -> list[str]:
    """Numbers typed in the question that are no part of a date, a period or a document number."""
    dated = " ".join(question.query.text[period.start : period.end] for period in question.query.periods)
    return [form for form in wanted.singles if form.isdigit() and form not in re.findall(r"\d+", dated)]


def _speakers(question: Question, wanted: Wanted) -> tuple[str, ...]:
    return question.roles if AnswerType.QUOTATION in wanted.types else ()


def _speaks_of(unit: Unit, asked: frozenset[str], value: Mapping[str, float]) -> bool:
    reports = {
        symbol_key(report.symbol)
        for report in unit.profile.reports
        if report.start <= unit.start < report.end
    }
    return bool(value["number"] or value["bearer"] or reports & asked)


def estimate(signs: NDArray[np.float64]) -> float:
    """The probability (0–1) that the unit answers."""
    weights, base, _ = load_model()
    return 1 / (1 + exp(-float(signs @ weights) - base))


EASE = (
    0.5  # of the threshold: enough where the documents that answer are known, and theirs are the words asked
)


def threshold() -> float:
    """From which probability on a question is answered."""
    return load_model()[2]


@cache
def load_model() -> tuple[NDArray[np.float64], float, float]:
    """(the weight of each sign, the intercept, the threshold)."""
    lines = resources.files("index").joinpath("data/confidence.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    table = {name: float(value) for name, value in rows}
    return np.array([table[name] for name in SIGNS]), table["intercept"], table["threshold"]
