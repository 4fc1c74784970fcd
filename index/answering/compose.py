"""From a question to what is stated: its parts, each with the spans that answer it, and how it ended.

A part that asks for a fact of a document as a whole (who signed, still in force, what replaced it) is answered from
what is known of documents and their references; any other part by the learned reader. Nothing here is worded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.models import DocumentKind
from corpus.store import Store
from corpus.symbols import symbol_key
from corpus.text import fold
from index.answering.answer_types import AnswerType, read_answer_types
from index.answering.asked_day import read_asked_day
from index.answering.confidence import estimate, measure_signs, threshold
from index.answering.document_facts import find_document_facts
from index.answering.fact_kinds import read_fact_kinds
from index.answering.features import Wanted, read_wanted
from index.answering.findings import FactKind, Finding
from index.answering.mention_facts import find_mention_facts
from index.answering.models import Evidence
from index.answering.parts import split_parts
from index.answering.quotes import find_quote
from index.answering.reader import Reader, Reading
from index.answering.targets import Targets, find_targets, is_of_place, share_in
from index.answering.units import Unit
from index.asking import Asked
from index.citations import named_in
from index.models import Hit
from index.question import Question, read_question
from index.search import Searcher

_ENOUGH = (
    0.8  # of the odds over the units that were compared: further units are given until they add up to it
)
_WORTH = 0.12  # of the odds: what a further unit must have
_MOST = 3  # units of one part
_SIDES = 4  # documents where a question may mean several
_TWIN = 0.9  # of the best title's share of the question: as likely to be meant
_TITLED = 0.5  # share of the question that a title must have to be what the question describes


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a question and what answers it; no evidence: nothing was found for it."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()
    confidence: float = 0.0  # 0–1


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """The parts of a question in order, and what it may have meant."""

    parts: tuple[Part, ...]
    targets: Targets
    several: tuple[str, ...] = ()  # ids of documents that it may mean, where more than one

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        every = [one for part in self.parts for one in part.evidence]
        return tuple(dict.fromkeys(every))

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts if not part.evidence)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for part in self.parts for finding in part.findings)


def compose(searcher: Searcher, question: Question, hits: Sequence[Hit]) -> Composition:
    """What answers a question, part by part."""
    return _Composer(searcher, question, hits).compose()


@dataclass(slots=True)
class _Composer:
    searcher: Searcher
    question: Question
    hits: Sequence[Hit]
    targets: Targets = field(init=False)
    reader: Reader = field(init=False)
    held: frozenset[str] = field(init=False)
    day: date | None = field(init=False)
    _whole: list[Reading] | None = None

    def __post_init__(self) -> None:
        self.targets = find_targets(self.store, self.question)
        self.reader = Reader(self.searcher, self.question.query, self.hits)
        self.held = frozenset(target.key for target in self.targets.each if target.held)
        self.day = read_asked_day(self.question.query)

    @property
    def store(self) -> Store:
        return self.searcher.store

    def compose(self) -> Composition:
        texts = split_parts(self.question.text)
        several = self._several()
        if several:
            parts = [self._read_sides(several, text) for text in texts]
        elif Asked.COMPARE in self.question.asked and len(self.question.places) > 1 and len(texts) == 1:
            parts = [self._read_place(place) for place in self.question.places]
        else:
            parts = [self._answer_part(text, alone=len(texts) == 1) for text in texts]
        return Composition(parts=tuple(_without_echoes(parts)), targets=self.targets, several=several)

    # --- one part

    def _answer_part(self, text: str, *, alone: bool, documents: Sequence[str] = ()) -> Part:
        kinds = read_fact_kinds(fold(text))
        if kinds:
            part = self._find_facts(text, kinds, documents)
            if part.evidence or self._asks_only_facts(kinds):
                return part
        return self._read_part(text, alone=alone, documents=documents)

    def _asks_only_facts(self, kinds: frozenset[FactKind]) -> bool:
        """Whether words near would be no answer: a signature, a day of issue or a status stands there or does not."""
        return bool(kinds & _STRICT) and bool(self.targets.each)

    def _find_facts(self, text: str, kinds: frozenset[FactKind], documents: Sequence[str]) -> Part:
        topic = fold(text).split()
        findings: list[Finding] = []
        place = self.question.places[0] if self.question.places else None
        for target in () if documents else self.targets.each:
            own = [one for name in target.held for one in self._facts_of(name, kinds, topic)]
            told = {one.kind for one in own}
            rest = kinds - told
            if rest:
                own += find_mention_facts(
                    self.store, target.symbol, rest, as_of=self.day, province=place, topic=topic
                )
            findings += own
        if not self.targets.each or documents:
            for name in documents or self._described():
                findings += self._facts_of(name, kinds, topic)
        evidence = [one for finding in findings for one in finding.evidence]
        return Part(
            text=text, evidence=tuple(dict.fromkeys(evidence)), findings=tuple(findings), confidence=1.0
        )

    def _facts_of(self, document_id: str, kinds: frozenset[FactKind], topic: Sequence[str]) -> list[Finding]:
        return list(find_document_facts(self.store, document_id, kinds, as_of=self.day, topic=topic))

    def _described(self) -> tuple[str, ...]:
        """The document that a question without a number describes: the one that its best unit stands in."""
        readings = self._read_whole()
        if not readings or self._confidence(readings, self._wanted(self.question)) < threshold():
            return ()
        profile = readings[0].unit.profile
        return (profile.id,) if profile.kind is not DocumentKind.NEWS else ()

    def _read_part(self, text: str, *, alone: bool, documents: Sequence[str] = ()) -> Part:
        question = self.question if alone else self._part_question(text)
        if alone and not documents:
            readings = self._read_whole()
        else:
            readings = self._read(question, documents)
        wanted = self._wanted(question)
        if not readings:
            return Part(text=text)
        sure = self._confidence(readings, wanted)
        if sure < threshold():
            return Part(text=text, confidence=sure)
        return Part(text=text, evidence=self._quote(wanted, _pick(readings)), confidence=sure)

    def _part_question(self, text: str) -> Question:
        """A part of the question, with what the whole names: numbers, places and years hold for all parts."""
        part = read_question(text)
        whole = self.question
        return replace(
            part,
            query=replace(part.query, symbols=whole.query.symbols),
            terms=part.terms or whole.terms,
            places=whole.places,
            years=part.years or whole.years,
            measures=part.measures,
        )

    # --- reading

    def _read_whole(self) -> list[Reading]:
        if self._whole is None:
            self._whole = self._read(self.question)
        return self._whole

    def _read(self, question: Question, documents: Sequence[str] = ()) -> list[Reading]:
        allowed = [self._is_allowed(unit, documents) for unit in self.reader.units]
        return self.reader.read(self._wanted(question), question.query, allowed)

    def _is_allowed(self, unit: Unit, documents: Sequence[str]) -> bool:
        """Whether a unit may speak for the numbers asked for: its document bears one, it restates or names one."""
        if documents:
            return unit.profile.id in documents
        if not self.targets.each:
            return True
        if unit.profile.id in self.targets.held:
            return True
        keys = self.targets.keys
        if any(r.start <= unit.start < r.end and symbol_key(r.symbol) in keys for r in unit.profile.reports):
            return True
        # A document that is only mentioned is not answered for by those who mention it.
        return bool(self.held) and any(symbol_key(symbol) in keys for symbol in named_in(unit.text))

    def _wanted(self, question: Question) -> Wanted:
        percent = "% " if "%" in question.text else ""
        return read_wanted(question, read_answer_types(question.normal + percent))

    def _confidence(self, readings: Sequence[Reading], wanted: Wanted) -> float:
        return estimate(measure_signs(self.question, wanted, readings, self.held))

    # --- several documents

    def _several(self) -> tuple[str, ...]:
        """The documents that a question may mean: a number that several bear, or a title that fits several."""
        for target in self.targets.each:
            if len(target.held) > 1:
                return target.held[:_SIDES]
        if self.targets.choices and not self.targets.each:
            return tuple(name for target in self.targets.choices for name in target.held)[:_SIDES]
        if self.targets.each or self.question.places:
            return ()
        return self._twins()

    def _twins(self) -> tuple[str, ...]:
        """Documents of several provinces whose titles fit a question that names none."""
        readings = self._read_whole()
        if not readings:
            return ()
        best = readings[0].unit.profile
        share = share_in(self.question.terms, best.title)
        if share < _TITLED or best.symbol is None:
            return ()
        twins = {best.id: best.province}
        for unit in self.reader.units:
            profile = unit.profile
            if (
                profile.id not in twins
                and profile.symbol is not None
                and profile.province not in twins.values()
                and share_in(self.question.terms, profile.title) >= _TWIN * share
            ):
                twins[profile.id] = profile.province
        return tuple(twins)[:_SIDES] if len(twins) > 1 and None not in twins.values() else ()

    def _read_sides(self, documents: Sequence[str], text: str) -> Part:
        sides = [self._answer_part(text, alone=False, documents=(name,)) for name in documents]
        return Part(
            text=text,
            evidence=tuple(one for side in sides for one in side.evidence),
            findings=tuple(one for side in sides for one in side.findings),
            confidence=max(side.confidence for side in sides),
        )

    def _read_place(self, place: str) -> Part:
        """The best units of documents of one place, for one side of a comparison."""
        question = replace(self.question, places=(place,))
        wanted = self._wanted(question)
        allowed = [
            fold(place) in fold(unit.hit.passage.text) or is_of_place(self.store, unit.profile.id, (place,))
            for unit in self.reader.units
        ]
        readings = self.reader.read(wanted, question.query, allowed)
        if not readings:
            return Part(text=place)
        sure = estimate(measure_signs(question, wanted, readings, self.held))
        if sure < threshold():
            return Part(text=place, confidence=sure)
        return Part(text=place, evidence=self._quote(wanted, readings[:1]), confidence=sure)

    # --- quoting

    def _quote(self, wanted: Wanted, readings: Sequence[Reading]) -> tuple[Evidence, ...]:
        found: list[Evidence] = []
        for reading in readings:
            unit = reading.unit
            quote = find_quote(unit, whole_list=AnswerType.LIST in wanted.types)
            for at, span in enumerate(quote.spans):
                evidence = Evidence(
                    document_id=unit.profile.id,
                    start=span.start,
                    end=span.end,
                    location=unit.hit.passage.location,
                    about=self._about(unit, span.start, span.end, wanted),
                    report=_reported_at(unit),
                    quote=unit.hit.passage.text[
                        span.start - unit.hit.passage.start : span.end - unit.hit.passage.start
                    ],
                    joined=at > 0,
                )
                if not any(_overlap(evidence, other) for other in found):
                    found.append(evidence)
        return tuple(found)

    def _about(self, unit: Unit, start: int, end: int, wanted: Wanted) -> tuple[str, ...]:
        """The numbers that a quotation answers with: on a page that bears a number, those asked for."""
        passage = unit.hit.passage
        named = named_in(passage.text[start - passage.start : end - passage.start])
        report = _reported_at(unit)
        if unit.profile.symbol is not None and AnswerType.DOCUMENT not in wanted.types:
            return tuple(symbol for symbol in named if symbol_key(symbol) in wanted.symbols)
        own = named_in(unit.text) if unit.profile.symbol is not None else named
        return own if report is None or report in own else (*own, report)


_STRICT = frozenset(
    {FactKind.SIGNER, FactKind.ISSUED_ON, FactKind.STATUS, FactKind.EFFECTIVE_ON, FactKind.EXPIRES_ON}
)


def _pick(readings: Sequence[Reading]) -> list[Reading]:
    """The best unit, and those of its document that are nearly as likely."""
    best = readings[0]
    weights = [2.718281828 ** (one.score - best.score) for one in readings]
    whole, given, chosen = sum(weights), 0.0, []
    for reading, weight in zip(readings, weights, strict=True):
        if chosen and (given >= _ENOUGH * whole or weight < _WORTH * whole or len(chosen) == _MOST):
            break
        if reading.unit.profile.id == best.unit.profile.id:
            chosen.append(reading)
        given += weight
    return chosen


def _reported_at(unit: Unit) -> str | None:
    reports = (report.symbol for report in unit.profile.reports if report.start <= unit.start < report.end)
    return next(reports, None)


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.document_id == other.document_id and one.start < other.end and other.start < one.end


def _without_echoes(parts: Sequence[Part]) -> list[Part]:
    """The parts, each span given once: what a longer span of an earlier part holds is not repeated."""
    given: list[Evidence] = []
    kept: list[Part] = []
    for part in parts:
        new = []
        for one in part.evidence:
            if not any(
                other.document_id == one.document_id and other.start <= one.start and one.end <= other.end
                for other in given
            ):
                new.append(one)
                given.append(one)
        kept.append(replace(part, evidence=tuple(new) or part.evidence))
    return kept
