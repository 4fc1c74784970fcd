"""Choose what to state: one unit, one for each document of a list, one for each side or each meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.store import Store
from corpus.symbols import symbol_key
from corpus.text import fold
from index import wording
from index.asking import Asked
from index.evidence import Unit, asks_fact, find_units, only_mentions, place_fits, speaks_of
from index.models import Hit, Outcome
from index.question import Question
from index.terms import normal_form


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When support is too thin, and how much is said. Chosen on development questions (docs/decisions.md)."""

    hits: int = 30  # passages looked into
    cover: float = 0.5  # of the question's terms, in the unit and its surroundings
    own_cover: float = 0.4  # of the question's terms, in the unit itself
    exact_cover: float = 0.6  # both for a figure, and where a document asked about is only mentioned:
    exact_own_cover: float = 0.5  # words near a number are not enough to make it the right one
    ease: float = 0.7  # what of both is asked of one side of a comparison, or one item of a list
    also: float = 0.95  # a further unit is given when its score is this near to the best one's
    most: int = 1  # statements of an ordinary answer
    listed: int = 12  # statements of a list
    meanings: int = 4  # documents shown where a short form may mean several
    nearest: int = 3  # passages shown on a refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The units to state, and how they stand to the question; no units is a refusal."""

    units: tuple[Unit, ...] = ()
    outcome: Outcome = Outcome.ANSWERED
    message: str = ""


def choose(store: Store, question: Question, hits: Sequence[Hit], limits: Limits) -> Choice:
    """The units that answer the question, by its kind."""
    units = [unit for unit in find_units(store, question, hits) if is_supported(question, unit, limits)]
    if not units:
        return Choice()
    if Asked.COMPARE in question.asked:
        return _choose_sides(question, units)
    if _wants_list(question):
        return _answered(_one_per_document(question, units, limits))
    meant = _one_per_meaning(question, units, limits)
    if len(meant) > 1:
        return Choice(
            units=tuple(meant.values()),
            outcome=Outcome.SEVERAL_POSSIBLE,
            message=wording.several_possible(list(meant)),
        )
    return _answered(_best(units, limits))


def _answered(units: Sequence[Unit]) -> Choice:
    return Choice(units=tuple(units), message=wording.answered(len(units)))


def is_supported(question: Question, unit: Unit, limits: Limits) -> bool:
    """Whether the unit covers enough of the question to be called an answer."""
    if asks_fact(question):
        return True
    if Asked.LIST in question.asked and unit.named:
        return unit.cover >= limits.ease * limits.cover
    if Asked.COMPARE in question.asked:
        return unit.cover >= limits.ease * limits.cover and unit.own_cover >= limits.ease * limits.own_cover
    exact = Asked.FIGURE in question.asked or only_mentions(question, unit)
    if exact:
        return unit.cover >= limits.exact_cover and unit.own_cover >= limits.exact_own_cover
    return unit.cover >= limits.cover and unit.own_cover >= limits.own_cover


def _best(units: Sequence[Unit], limits: Limits) -> list[Unit]:
    chosen: list[Unit] = []
    for unit in units:
        if unit.score < limits.also * units[0].score or len(chosen) == limits.most:
            break
        if not any(_overlap(unit, other) or _same_words(unit, other) for other in chosen):
            chosen.append(unit)
    return chosen


def _overlap(unit: Unit, other: Unit) -> bool:
    return unit.profile.id == other.profile.id and unit.start < other.end and other.start < unit.end


def _same_words(unit: Unit, other: Unit) -> bool:
    return normal_form(unit.text) == normal_form(other.text)


# --- lists


def _wants_list(question: Question) -> bool:
    kinds = " loai " in question.normal and bool(question.places)  # "gồm những loại gì" of a place
    return Asked.LIST in question.asked and (Asked.DOCUMENT in question.asked or kinds)


def _one_per_document(question: Question, units: Sequence[Unit], limits: Limits) -> list[Unit]:
    """For every document number in the supported units, the unit that says most about it alone."""
    chosen: list[Unit] = []
    stated: set[str] = set()
    for unit in sorted(units, key=lambda unit: (len(unit.named), -unit.score)):
        new = {symbol_key(symbol) for symbol in _level_named(question, unit)} - stated
        if new and not any(_overlap(unit, other) for other in chosen):
            chosen.append(unit)
            stated |= new
        if len(chosen) == limits.listed:
            break
    return sorted(chosen, key=lambda unit: (unit.profile.id, unit.start)) or _best(units, limits)


def _level_named(question: Question, unit: Unit) -> tuple[str, ...]:
    if " cap tinh " in question.normal:
        return tuple(symbol for symbol in unit.named if _is_provincial(unit, symbol))
    return unit.named


def _is_provincial(unit: Unit, symbol: str) -> bool:
    references = unit.profile.references_in(unit.start, unit.end)
    issuers = [r.issuer for r in references if r.symbol == symbol and r.issuer]
    return "/TU" in symbol or "-TU" in symbol or any("tinh" in fold(issuer) for issuer in issuers)


# --- comparisons


def _choose_sides(question: Question, units: Sequence[Unit]) -> Choice:
    """The best unit of each side: the places named, else the two documents that answer best."""
    if len(question.places) > 1:
        sides = {place: _side(question, units, place) for place in question.places}
        missing = [place for place, unit in sides.items() if unit is None]
        chosen = [unit for unit in sides.values() if unit is not None]
    else:
        chosen = _first_of_each_document(units)[:2]
        missing = ["vế còn lại của phép so sánh"] if len(chosen) == 1 else []
    if not missing or not chosen:
        return _answered(chosen)
    message = wording.partly_answered(", ".join(missing))
    return Choice(units=tuple(chosen), outcome=Outcome.PARTLY_ANSWERED, message=message)


def _side(question: Question, units: Sequence[Unit], place: str) -> Unit | None:
    return next((unit for unit in units if place_fits(question, unit, place)), None)


def _first_of_each_document(units: Sequence[Unit]) -> list[Unit]:
    first: dict[str, Unit] = {}
    for unit in units:
        first.setdefault(unit.profile.id, unit)
    return list(first.values())


# --- short forms


def _one_per_meaning(question: Question, units: Sequence[Unit], limits: Limits) -> dict[str, Unit]:
    """Where a short form may mean several documents: each one's number and its best unit.

    "NQ 04" exists for every province and term. To pick one would be a guess, so each is shown.
    """
    chosen: dict[str, Unit] = {}
    if question.query.short_forms:
        for symbol in question.query.symbols:
            best = next((unit for unit in units if speaks_of(unit, [symbol])), None)
            if best is not None and all(best is not unit for unit in chosen.values()):
                chosen[symbol] = best
    return dict(list(chosen.items())[: limits.meanings])
