"""From a question to what is stated: its parts, each with the spans that answer it, and how it ended.

A part that asks for a fact of a document as a whole (who signed, still in force, what replaced it) is answered from
what is known of documents and their references; any other part by the learned reader. Nothing here is worded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

from corpus.consolidated import is_consolidated
from corpus.models import DocumentKind
from corpus.store import Store
from corpus.symbols import symbol_key
from corpus.text import fold
from index.answering.addressees import quoter_of
from index.answering.answer_types import AnswerType, asks_how_many
from index.answering.asked_day import read_asked_day, read_day_of
from index.answering.composition import Composition, Part, lead_with, without_echoes
from index.answering.confidence import EASE, estimate, measure_signs, threshold
from index.answering.consolidations import (
    act_consolidated,
    newest_consolidated,
    texts_consolidating,
)
from index.answering.document_facts import find_document_facts
from index.answering.fact_kinds import read_fact_kinds, read_kinds_of_parts
from index.answering.features import Wanted, wanted_of
from index.answering.figures_asked import says_amount
from index.answering.findings import OF_STANDING, FactKind, Finding
from index.answering.fitting import (
    asks_what_was_issued,
    counts_elsewhere,
    fits_asked_document,
    fits_edition,
    fits_level,
    fits_names,
    fits_places,
    fits_speaker,
    fits_topic,
    fitting,
    says_when,
)
from index.answering.later_acts import find_later_acts
from index.answering.listed import (
    find_listed_places,
    find_listed_years,
    find_places_asked_of,
    speaks_of_year,
)
from index.answering.mention_facts import find_mention_facts
from index.answering.models import Evidence
from index.answering.page_subject import page_subject, told_at
from index.answering.pairs import find_pair, speaks_of
from index.answering.parts import split_parts
from index.answering.persons import spelled_document
from index.answering.provisions_asked import (
    asks_for_words,
    quote_provisions,
)
from index.answering.question_kind import read_kind
from index.answering.quoting import quote_readings
from index.answering.reader import Reader, Reading, pick_likely
from index.answering.sides import (
    asks_sides,
    is_of_side,
    proper_names,
    without_comparing,
    without_others,
)
from index.answering.targets import Target, find_targets, is_of_place, narrow_targets, share_in
from index.answering.units import Unit
from index.citations import named_in
from index.diversity import Fold
from index.models import Hit, QuestionKind
from index.question import Question, read_question
from index.search import Searcher
from index.terms import Term, normal_form

_BEHIND = 4  # sentences behind the one that answers in which the time of it is looked for
_SIDES_UNNAMED = 2  # provinces that "hai địa phương" means
_SIDES = 4  # documents where a question may mean several
_TWIN = 0.9  # of the best title's share of the question: as likely to be meant
_OF_SIDE = 15  # passages that are searched for one of several sides alone
_WITHIN = 20  # passages of a document that is known to be meant
_ALONE = 3  # words of content that a part needs to be asked alone
_BESIDE_FACT = 1  # the same beside one that asks for a fact of the document: "do ai ký, có bao nhiêu trạm"
_OF_WHOLE = 0.5  # share of a part and the subject that the passages of a document must have to answer it
_OWN_WORDS = 0.45  # share of a part's words that must stand near where the odds alone would not do
_TOLD = 0.4  # share of a part's words in quotations of other parts from which on it is not called missing
_NAMES = 0.3  # share of the question that the title of a document must have to be quoted for "văn bản nào"
_TITLED = 0.5  # share of the question that a title must have to be what the question describes


def compose(
    searcher: Searcher, question: Question, hits: Sequence[Hit], *, as_of: date | None = None
) -> Composition:
    """What answers a question, part by part; `as_of` is the day of effect where the question names none."""
    return Composer(searcher, question, hits, as_of).compose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a part may be answered from."""

    documents: tuple[str, ...] = ()  # none: any that the numbers of the question allow
    side: str | None = None  # a place or a body: only what is of it or names it
    year: str | None = None  # or a span of years: only what speaks of it


class Composer:
    """Composes the answer to one question; what parts have in common is read once."""

    def __init__(
        self, searcher: Searcher, question: Question, hits: Sequence[Hit], as_of: date | None
    ) -> None:
        self.store: Store = searcher.store
        self.question = question
        meant = find_targets(self.store, question)
        self.targets = narrow_targets(meant, searcher.selects)
        self._outside = {one.key for one in meant.each} - {one.key for one in self.targets.each}
        self.held = frozenset(target.key for target in self.targets.each if target.held)
        self.day = read_asked_day(question.query) or as_of
        self.searcher = searcher
        self.reader = Reader(searcher, question.query, [*self._search_targets(), *hits])
        self.sides = asks_sides(question)
        self.years = None if self.sides else find_listed_years(question.text)
        self.pair = None if self.sides or self.years else find_pair(question.text)
        self._hits = hits
        self._of_sides: dict[str, Reader] = {}
        self._readings: dict[tuple[str, Scope], list[Reading]] = {}

    def compose(self) -> Composition:
        texts = self._cut()
        several, sides = self._several(), self.sides
        listed = bool(sides) and bool(find_listed_places(self.question.text))
        if listed and not any(read_kinds_of_parts([fold(text) for text in texts])):
            texts = (self.question.text,)  # each is asked all of it
        if several:
            scopes = [Scope(documents=(name,)) for name in several]
            kinds = read_kinds_of_parts([fold(text) for text in texts])
            parts = [self._answer_sides(text, scopes, of) for text, of in zip(texts, kinds, strict=True)]
        elif len(texts) == 1 and sides:
            parts = self._answer_each([(self._question_of(side), Scope(side=side), side) for side in sides])
        elif len(texts) == 1 and (compared := self._answer_pair()):
            parts = compared
        elif len(texts) == 1 and (pages := self._unnamed_sides()):
            of_one = read_question(without_comparing(self.question.text), self.store)
            parts = self._answer_each(
                [(of_one, Scope(documents=(name,)), self.store.profile(name).province) for name in pages]
            )
        elif len(texts) == 1:
            parts = self._answer_years() or [self._answer_part(self.question, Scope())]
        else:
            parts = self._answer_parts(texts)
        if not several and not sides:
            parts = self._answer_unspoken(parts) or parts
        parts = self._told_elsewhere(parts)
        kind = read_kind(self.question, wanted_of(self.question).types, texts, bool(sides))
        if kind is QuestionKind.GOVERNING and not several:
            parts[0] = self._name_document(parts[0])
        return Composition(
            parts=tuple(without_echoes(parts)),
            targets=self.targets,
            kind=kind,
            day=self.day,
            several=several,
        )

    def _answer_each(self, asked: Sequence[tuple[Question, Scope, str | None]]) -> list[Part]:
        """The sides of a comparison: where one is answered, half as sure is enough of another that has the words.

        Not of a figure: that of the other side has the same words.
        """
        parts = [self._answer_part(question, scope, name=name) for question, scope, name in asked]
        if AnswerType.FIGURE in wanted_of(self.question).types or not any(part.evidence for part in parts):
            return parts
        return [
            part if part.evidence else self._answer_part(question, scope, name=name, ease=EASE)
            for part, (question, scope, name) in zip(parts, asked, strict=True)
        ]

    def _question_of(self, side: str) -> Question:
        """The question of one side alone: what it names beside is no part of it."""
        if self.pair is not None:
            text = self.pair.only(side)
        else:
            text = without_others(self.question, self.sides, side)
        return read_question(without_comparing(text), self.store)

    def _answer_pair(self) -> list[Part]:
        """Two things that are compared, each from what speaks of it; nothing where that is not said of both.

        Texts call things by other names than questions: only a year or a number that is missing is called so.
        """
        if self.pair is None:
            return []
        parts = [
            self._answer_part(self._question_of(side), Scope(side=side), name=side)
            for side in self.pair.sides
        ]
        answered = [bool(part.evidence) for part in parts]
        return parts if all(answered) or (any(answered) and self.pair.numbered) else []

    def _answer_years(self) -> list[Part]:
        """Each of the years that figures are asked of, from what speaks of it; nothing where that is said of none."""
        listed = self.years
        if listed is None:
            return []
        if AnswerType.FIGURE not in wanted_of(self.question).types and find_pair(self.question.text) is None:
            return []

        def answer(year: str, documents: tuple[str, ...] = (), ease: float = 1.0) -> Part:
            question = read_question(without_comparing(listed.only(year)), self.store)
            scope = Scope(documents=documents, year=year)
            return self._answer_part(question, scope, name=listed.name(year), ease=ease)

        parts = [answer(year) for year in listed.years]
        found = tuple(dict.fromkeys(one.document_id for part in parts for one in part.evidence))
        if not found:
            return []
        return [
            part if part.evidence else answer(year, found, EASE)
            for year, part in zip(listed.years, parts, strict=True)
        ]

    def _answer_unspoken(self, parts: Sequence[Part]) -> list[Part]:
        """Each place that the question lists asked by itself, where what was found speaks for some of them only."""
        listed = find_places_asked_of(self.question.text)
        if listed is None:
            return []
        found = [one for part in parts for one in part.evidence]

        def is_spoken_for(place: str) -> bool:
            return any(
                is_of_place(self.store, one.document_id, (place,))
                or normal_form(place) in normal_form(self.store.text(one.document_id)[one.start : one.end])
                for one in found
            )

        spoken = [is_spoken_for(place) for place in listed.places]
        if all(spoken) or not any(spoken):
            return []
        answered: list[Part] = []
        for place in listed.places:
            question = read_question(listed.only(place), self.store)
            hits = self.searcher.search(question.query, limit=_OF_SIDE, fold=Fold.COPIES, explain=False)
            asked = Composer(self.searcher, question, hits, self.day).compose().parts
            if len(asked) == 1:
                answered.append(replace(asked[0], text=place))
                continue
            for part in asked:
                named = part.text if place in part.text else f"{place}: {part.text}"
                answered.append(replace(part, text=named))
        return answered

    def _unnamed_sides(self) -> tuple[str, ...]:
        """The best page of each of two provinces, where "hai địa phương" names none and only two are found."""
        if not _TWO.search(self.question.normal) or self.question.places or self.targets.each:
            return ()
        best: dict[str, str] = {}
        for hit in self._hits:
            profile = self.store.profile(hit.passage.document_id)
            if profile.province is not None:
                best.setdefault(profile.province, profile.id)
        return tuple(best.values()) if len(best) == _SIDES_UNNAMED else ()

    # --- parts

    def _told_elsewhere(self, parts: list[Part]) -> list[Part]:
        """The parts; of one without evidence nothing is said to be missing where quotations of others have its words.

        And a figure, where it asks how many.
        """
        quoted = " ".join(one.quote for part in parts for one in part.evidence)

        def is_told(part: Part) -> bool:
            if part.evidence:
                return False
            asked = read_question(part.text)
            says = says_amount(quoted) or not asks_how_many(asked.normal)
            return says and share_in(asked.terms, quoted) >= _TOLD

        return [replace(part, echoed=True) if quoted and is_told(part) else part for part in parts]

    def _cut(self) -> tuple[str, ...]:
        """The parts of the question; what has too few words of its own to be asked alone stays with the one before."""
        if asks_what_was_issued(self.question):
            return (self.question.text,)
        texts = split_parts(self.question.text)
        kinds = read_kinds_of_parts([fold(text) for text in texts])
        kept: list[str] = []
        fact = False  # whether the one before asks for a fact of the document: what it says is another part
        for text, asked in zip(texts, kinds, strict=True):
            words = (
                sum(" " not in term.form for term in read_question(text).terms) if len(texts) > 1 else _ALONE
            )
            if kept and not asked and words < (_BESIDE_FACT if fact else _ALONE):
                kept[-1] = f"{kept[-1]}, {text}"
            else:
                kept.append(text)
                fact = bool(asked)
        return tuple(kept)

    def _answer_parts(self, texts: Sequence[str]) -> list[Part]:
        """The parts of a question: each from the document that answers the whole, unless it names another place."""
        whole = self.read(self.question, Scope())
        sure = self._confidence(self.question, whole)
        parts: list[Part] = []
        symbols: tuple[str, ...] = ()
        first: Question | None = None  # the part that names what the whole question is about
        places = () if _OWN_PLACE.search(self.question.normal) else self.question.places
        for text, kinds in zip(texts, read_kinds_of_parts([fold(one) for one in texts]), strict=True):
            question = read_question(text, self.store)
            # Of which nothing is known where the part that names it found nothing.
            orphan = bool(parts) and not (parts[0].evidence or question.query.symbols or question.places)
            symbols = question.query.symbols or symbols
            elsewhere = bool(question.places) and bool(places) and not set(question.places) & set(places[:1])
            places = question.places or places
            question = replace(
                question,
                query=replace(
                    question.query,
                    symbols=symbols,
                    documents=question.query.documents
                    or (() if question.types else self.question.query.documents),
                ),
                terms=question.terms or self.question.terms,
                places=places,
                years=question.years or self.question.years,
            )
            within = sure >= threshold() and not elsewhere and symbols == self.question.query.symbols
            within = within and (bool(symbols) or self._is_named_in(whole[0].unit.profile.id))
            scope = Scope(documents=(whole[0].unit.profile.id,)) if within else Scope()
            part = self._answer_part(question, scope, ease=EASE if within else 1.0, kinds=kinds)
            first = first or question
            own = (*first.terms, *question.terms)
            if part.read and not within and not elsewhere and (orphan or not self._is_of_subject(part, own)):
                part = Part(text=text, confidence=part.confidence)
            if not part.evidence and not kinds:
                part = self._answer_of_successors(question, parts) or part
            parts.append(part)
        if sure >= threshold() and parts[0].read and first is not None:
            best = fitting(first, wanted_of(first), whole[:1])
            parts[0] = lead_with(parts[0], quote_readings(self.store, first, best))
        return parts

    def _answer_of_successors(self, question: Question, before: Sequence[Part]) -> Part | None:
        """A part from the acts that ended the document asked about, where the parts before tell them: "… mức mới là bao nhiêu"."""
        symbols = dict.fromkeys(
            symbol for part in before for one in part.findings if one.superseded for symbol in one.symbols
        )
        asks_new = " moi " in question.normal
        held = tuple(
            name
            for symbol in symbols
            for target in self._targets_of(symbol)
            for name in target.held or (target.pages if asks_new else ())
            if name not in self.targets.held
        )
        if not held:
            return None
        text = question.text
        subject = _ABOUT.search(self.question.text) if asks_new else None
        if subject is not None and not share_in(read_question(subject["what"]).terms, question.text):
            question = read_question(f"{question.text} {subject[0]}", self.store)
        query = replace(question.query, symbols=())
        return self._answer_part(replace(question, query=query), Scope(documents=held), name=text, ease=EASE)

    def _is_of_subject(self, part: Part, terms: Sequence[Term]) -> bool:
        """Whether what answers a part alone has its words with those of the subject: a part may lack that."""
        names = {one.document_id for one in part.evidence}
        near = " ".join(
            f"{unit.profile.title} {unit.profile.head} {unit.hit.passage.text}"
            for unit in self.reader.units
            if unit.profile.id in names
        )
        named = all(name in normal_form(near) for name in proper_names(self.question))
        # The whole question may ask for what this document does not say: the part and the subject do then.
        asked = (self.question.terms, tuple(dict.fromkeys(terms)))
        return named and max(share_in(one, near) for one in asked) >= _OF_WHOLE

    def _is_named_in(self, document_id: str) -> bool:
        """Whether a document has every name of several words that the question has."""
        names = proper_names(self.question)
        if not names:
            return True
        told = normal_form(self.store.profile(document_id).title) + spelled_document(self.store, document_id)
        return all(name in told for name in names)

    def _name_document(self, part: Part) -> Part:
        """The part with what the document that answers "văn bản nào" is about in front, where its title fits."""
        if not part.read or not part.evidence:
            return part
        name = part.evidence[0].document_id
        profile = self.store.profile(name)
        if profile.symbol is None or share_in(self.question.terms, profile.title) < _NAMES:
            return part
        told = self._facts_of(name, frozenset({FactKind.SUBJECT}), ())
        subject = tuple(one for finding in told for one in finding.evidence)[:1]
        return lead_with(part, subject) if subject else part

    def _answer_sides(self, text: str, scopes: Sequence[Scope], kinds: frozenset[FactKind]) -> Part:
        """One part answered from each of several documents."""
        question = replace(read_question(text, self.store), places=())
        if not question.terms:
            question = replace(question, terms=self.question.terms)
        sides = [self._answer_part(question, scope, kinds=kinds) for scope in scopes]
        return Part(
            text=text,
            evidence=tuple(one for side in sides for one in side.evidence),
            findings=tuple(one for side in sides for one in side.findings),
            confidence=max(side.confidence for side in sides),
        )

    def _answer_part(
        self,
        question: Question,
        scope: Scope,
        *,
        name: str | None = None,
        ease: float = 1.0,
        kinds: frozenset[FactKind] | None = None,
    ) -> Part:
        kinds = read_fact_kinds(fold(question.text)) if kinds is None else kinds
        if question.query.provisions and asks_for_words(question.normal):
            quoted = tuple(one for found in self.provisions.values() for one in found)
            # Another text that speaks of the law is not its article, nor is another article of what is held.
            if quoted or question.query.documents or self._holds_asked(question):
                return Part(
                    text=name or question.text, evidence=quoted, confidence=1.0 if quoted else 0.0, read=True
                )
            kinds -= {FactKind.SUBJECT}
        if quoted := self._addressees(question, scope):
            return Part(text=name or question.text, evidence=quoted, confidence=1.0)
        if kinds:
            part = self._find_facts(question, kinds, scope, name)
            strict = bool(question.query.symbols) and bool(kinds & _STRICT)
            if part.evidence or strict or (kinds & _ATTESTED and self._stands_in(question)):
                return part
        return self._read_part(question, scope, name, ease)

    def _addressees(self, question: Question, scope: Scope) -> tuple[Evidence, ...]:
        """Whom the document that is asked for by its number, or answers the whole, applies to or is sent to."""
        quote = quoter_of(question.normal)
        if quote is None:
            return ()
        asked = set(map(symbol_key, question.query.symbols))
        held = [name for target in self.targets.each if target.key in asked for name in target.held]
        quoted = (quote(self.store.document(name)) for name in held or scope.documents)
        return next(filter(None, quoted), ()) if len(held) < 2 else ()

    @cached_property
    def provisions(self) -> dict[str, tuple[Evidence, ...]]:
        """Of each document that is asked for by a provision and has it: the words of that."""
        asked: dict[str, list[str]] = {}
        for provision in self.question.query.provisions:
            key = symbol_key(provision.document) if provision.document else None
            bearing = [
                name
                for target in self.targets.each
                if target.key == key
                for name in target.held or self._consolidating(target.symbol) or target.pages
            ]
            for document_id in (
                bearing or self._law_named(self.question) or self._law_consolidated(self.question)
            ):
                asked.setdefault(document_id, []).append(provision.value)
        quoted = {name: self._quote_provisions(name, values) for name, values in asked.items()}
        return {name: found for name, found in quoted.items() if found}

    def _holds_asked(self, question: Question) -> bool:
        """Whether a document of which a provision is asked for is held itself."""
        asked = {symbol_key(one.document) for one in question.query.provisions if one.document}
        return any(target.held for target in self.targets.each if target.key in asked)

    def _quote_provisions(self, document_id: str, values: Sequence[str]) -> tuple[Evidence, ...]:
        """Provisions of a document; those of a consolidated text answer for the act that it restates."""
        act = act_consolidated(self.store, document_id)
        quoted = quote_provisions(self.store.document(document_id), values)
        return tuple(replace(one, about=(act.symbol,)) for one in quoted) if act else quoted

    def _consolidating(self, symbol: str) -> tuple[str, ...]:
        """The consolidated text of an act, if it is searched."""
        return tuple(filter(self.searcher.selects, texts_consolidating(self.store, symbol)))

    def _is_in_provision(self, unit: Unit) -> bool:
        """Whether a unit stands in the provision that is asked for of its document; of others nothing is asked."""
        spans = self.provisions.get(unit.profile.id)
        return spans is None or any(one.start <= unit.start < one.end for one in spans)

    # --- facts of documents

    def _find_facts(
        self, question: Question, kinds: frozenset[FactKind], scope: Scope, name: str | None
    ) -> Part:
        topic = fold(question.text).split()
        asked = set(map(symbol_key, question.query.symbols))
        targets = [target for target in self.targets.each if target.key in asked]
        findings: list[Finding] = []
        place = question.places[0] if question.places else None
        # The document of the whole answers for a part, unless the part names other numbers than those it bears.
        scoped = bool(scope.documents) and (
            not targets or (len(targets) == 1 and set(scope.documents) <= set(targets[0].held))
        )
        for target in () if scoped else targets:
            findings += self._facts_of_target(target, kinds, topic, place)
        if not targets or scoped:
            laws = self._law_named(question)
            acts = self._acts_consolidated(question) if self._stands_in(question) else ()
            for target in acts:
                findings += self._facts_of_target(target, kinds, topic, place)
            described = () if acts else laws or scope.documents or self._described(question, scope)
            for held in described:
                findings += self._of_selection(self._facts_of(held, kinds, topic), own_standing=True)
            if not findings:
                for target in (*self._told_of(question, scope), *self._held_acts(described)):
                    findings += self._facts_of_target(target, kinds, topic, place)
        evidence = [one for finding in findings for one in finding.evidence]
        return Part(
            text=name or question.text,
            evidence=tuple(dict.fromkeys(evidence)),
            findings=tuple(findings),
            confidence=1.0,
        )

    def _facts_of_target(
        self, target: Target, kinds: frozenset[FactKind], topic: Sequence[str], place: str | None
    ) -> list[Finding]:
        """What the documents that bear a number say of themselves, and what others say of it beyond that."""
        own = [one for held in target.held for one in self._facts_of(held, kinds, topic)]
        rest = kinds - {one.kind for one in own}
        if rest:
            own += find_mention_facts(
                self.store,
                target.symbol,
                rest,
                as_of=self.day,
                province=place,
                issued_on=read_day_of(self.question.text, target.key),
                topic=topic,
            )
        return list(self._of_selection(own, own_standing=bool(target.held)))

    def _told_of(self, question: Question, scope: Scope) -> tuple[Target, ...]:
        """The act that the page which answers the whole tells of, where a part asks of it: "thông tư này thay …"."""
        if not scope.documents or not (
            _SAME.search(question.normal) or _WITHOUT_TOPIC.issuperset(question.normal.split())
        ):
            return ()
        unit = next((one.unit for one in self.read(self.question, Scope())), None)
        if unit is None or unit.profile.id not in scope.documents or unit.profile.symbol is not None:
            return ()
        subject = told_at(unit)
        if subject is None:
            return ()
        return self._targets_of(subject)

    def _held_acts(self, pages: Sequence[str]) -> tuple[Target, ...]:
        """The acts that pages are about, where they are held themselves: what a page does not tell of its act, that does."""
        subjects = filter(None, (page_subject(self.store.profile(name)) for name in pages))
        return tuple(target for subject in subjects for target in self._targets_of(subject) if target.held)

    def _targets_of(self, symbol: str) -> tuple[Target, ...]:
        return narrow_targets(
            find_targets(self.store, read_question(symbol, self.store)), self.searcher.selects
        ).each

    def _of_selection(self, findings: Sequence[Finding], *, own_standing: bool) -> Iterator[Finding]:
        """The findings with evidence from what is searched.

        `own_standing`: they are of a document that is searched, and any may tell how that stands.
        """
        for finding in findings:
            if own_standing and finding.kind in OF_STANDING:
                yield finding
                continue
            inside = tuple(one for one in finding.evidence if self.searcher.selects(one.document_id))
            if inside:
                yield replace(finding, evidence=inside)

    def _facts_of(self, document_id: str, kinds: frozenset[FactKind], topic: Sequence[str]) -> list[Finding]:
        """What a document says of itself; the record of an act, on a page without a number, answers for the act."""
        found = list(find_document_facts(self.store, document_id, kinds, as_of=self.day, topic=topic))
        subject = page_subject(self.store.profile(document_id))
        return [one.answering_for(subject) for one in found] if subject is not None else found

    def _law_named(self, question: Question) -> tuple[str, ...]:
        """The newest document that is the law named; "nghị định hướng dẫn Luật Thanh tra" asks for no law."""
        laws = [name for name in self._called(question) if not is_consolidated(self.store.facts(name))]
        return (max(laws, key=lambda name: self.store.profile(name).day or ""),) if laws else ()

    def _law_consolidated(self, question: Question) -> tuple[str, ...]:
        """The newest consolidated text of the law named."""
        called = self._called(question)
        return newest_consolidated(
            self.store, [name for name in called if is_consolidated(self.store.facts(name))]
        )

    def _stands_in(self, question: Question) -> bool:
        """Whether only a consolidated text is held of the law named: who attested it, and when, is no fact of the law."""
        return not self._law_named(question) and bool(self._law_consolidated(question))

    def _acts_consolidated(self, question: Question) -> tuple[Target, ...]:
        """The act, by its number, that the newest consolidated text of the law named restates."""
        acts = [act_consolidated(self.store, name) for name in self._law_consolidated(question)]
        symbols = " ".join(act.symbol for act in acts if act)
        return find_targets(self.store, read_question(symbols, self.store)).each if symbols else ()

    def _called(self, question: Question) -> tuple[str, ...]:
        return () if question.types else self.searcher.documents_called(question.query)

    def _described(self, question: Question, scope: Scope) -> tuple[str, ...]:
        """The document that a question without a number describes: the one that its best unit stands in."""
        readings = self.read(question, scope)
        if self._confidence(question, readings) < threshold():
            return ()
        profile = readings[0].unit.profile
        return (profile.id,) if profile.kind is not DocumentKind.NEWS else ()

    # --- reading

    def _read_part(self, question: Question, scope: Scope, name: str | None, ease: float) -> Part:
        readings = self.read(question, scope)
        sure = self._confidence(question, readings)
        text, wanted = name or question.text, wanted_of(question)
        if sure < ease * threshold() or not fits_topic(question, wanted, readings[0].unit):
            return Part(text=text, confidence=sure)
        if not self._fits_year(question, wanted, readings[0].unit):
            return Part(text=text, confidence=sure)
        if not self._is_named_in(readings[0].unit.profile.id):
            return Part(text=text, confidence=sure)
        if sure < threshold() and not _has_words(question, readings[0].unit):
            return Part(text=text, confidence=sure)
        fit = fitting(question, wanted, readings)
        if fit and fit[0] is not readings[0]:
            sure = min(sure, self._confidence(question, fit))
        chosen = pick_likely(fit)
        if fit and asks_what_was_issued(question):  # each document that is told of is one of those asked for
            within = Scope(documents=(fit[0].unit.profile.id,))
            chosen = list(fitting(question, wanted, self.read(question, within)))
        if not chosen or sure < ease * threshold():
            return Part(text=text, confidence=sure)
        evidence = self._with_time(question, chosen[0], quote_readings(self.store, question, chosen))
        part = Part(text=text, evidence=evidence, confidence=sure, read=True)
        return self._heed_later(question, part, chosen[0].unit)

    def _with_time(
        self, question: Question, best: Reading, quoted: tuple[Evidence, ...]
    ) -> tuple[Evidence, ...]:
        """The quotations, with the sentence behind the best one that says when, where a time is asked and none says it."""
        says = says_when(question)
        if says is None or any(says(one.quote) for one in quoted):
            return quoted
        unit = best.unit
        behind = (
            one
            for one in self.reader.units
            if one.hit.row == unit.hit.row and one.start >= unit.end and not one.clause
        )
        told = next((one for one in islice(behind, _BEHIND) if says(one.text)), None)
        if told is None:
            return quoted
        return (*quoted[:1], *quote_readings(self.store, question, [replace(best, unit=told)]))

    def _heed_later(self, question: Question, part: Part, unit: Unit) -> Part:
        """The part with what held acts that changed the unit's document say, alone where that answers as surely.

        Where a document was asked for by its number, it speaks for itself.
        """
        acts = () if question.query.symbols else find_later_acts(self.store, unit.profile.id)
        names = tuple(name for act in acts for name in act.held if self.searcher.selects(name))
        readings = self.read(question, Scope(documents=names)) if names else []
        sure = self._confidence(question, readings)
        if sure < threshold():
            return part
        chosen = pick_likely(fitting(question, wanted_of(question), readings))
        later = quote_readings(self.store, question, chosen)
        return replace(part, evidence=later) if later and sure >= part.confidence else lead_with(part, later)

    def read(self, question: Question, scope: Scope) -> list[Reading]:
        """The readings of a question, or a part of one, from what its scope allows, best first."""
        key = (question.text, scope)
        if key not in self._readings:
            reader = self._reader_for(question, scope)
            allowed = [self._is_allowed(question, unit, scope) for unit in reader.units]
            self._readings[key] = reader.read(wanted_of(question), question.query, allowed)
        return self._readings[key]

    def _reader_for(self, question: Question, scope: Scope) -> Reader:
        if scope.documents:
            return self._reader_of(scope.documents, question)
        if scope.side is None:
            return self.reader
        if scope.side not in self._of_sides:
            hits = self.searcher.search(question.query, limit=_OF_SIDE, fold=Fold.COPIES, explain=False)
            self._of_sides[scope.side] = Reader(self.searcher, question.query, [*hits, *self._hits])
        return self._of_sides[scope.side]

    def _search_targets(self) -> list[Hit]:
        """The best passages of the documents that the numbers of the question mean, and of pages about them."""
        documents = {*self.targets.held, *(name for target in self.targets.each for name in target.pages)}
        return self._search_in(sorted(documents), self.question) if documents else []

    def _search_in(self, documents: Sequence[str], question: Question) -> list[Hit]:
        return self.searcher.search(
            question.query, limit=_WITHIN, documents=documents, fold=Fold.NOTHING, explain=False
        )

    def _reader_of(self, documents: Sequence[str], question: Question) -> Reader:
        """A reader of a part's own best passages in some documents."""
        return Reader(self.searcher, question.query, self._search_in(documents, question))

    def _is_allowed(self, question: Question, unit: Unit, scope: Scope) -> bool:
        if not self._is_in_provision(unit) or self._is_beside_asked(question, unit):
            return False
        if scope.side is not None and self.pair is not None:
            fits = self._fits_numbers(question, unit) and fits_places(question, unit)
            return fits and speaks_of(self.pair, unit, scope.side)
        if scope.side is not None:
            fits = self._fits_numbers(question, unit)
            return fits and is_of_side(self.store, self.question, unit, scope.side, self.sides)
        if scope.year is not None and not speaks_of_year(unit, scope.year):
            return False
        if scope.documents:
            return (
                unit.profile.id in scope.documents
                and not counts_elsewhere(question, unit)
                and fits_level(question, unit)
                and (not asks_what_was_issued(question) or fits_asked_document(question, unit))
            )
        return (
            self._fits_numbers(question, unit)
            and fits_names(self.store, question, unit)
            and fits_places(question, unit)
            and fits_asked_document(question, unit)
            and fits_speaker(self.store, question, unit)
            and fits_edition(question, unit)
        )

    def _is_beside_asked(self, question: Question, unit: Unit) -> bool:
        """Whether a unit is on the page of a document asked for by its number, in a text that is not its own."""
        if unit.other is None or unit.profile.id not in self.targets.held:
            return False
        return unit.other.symbol is None or symbol_key(unit.other.symbol) not in map(
            symbol_key, question.query.symbols
        )

    def _fits_numbers(self, question: Question, unit: Unit) -> bool:
        """Whether a unit may speak for the numbers asked for: its document bears one, it restates or names one."""
        asked = set(map(symbol_key, question.query.symbols))
        if asked & self._outside:
            return False  # held, but not in what is searched: nobody else speaks for it
        keys = asked & self.targets.keys
        if not keys:
            return True
        if unit.profile.id in self.targets.held:
            return True
        if any(r.start <= unit.start < r.end and symbol_key(r.symbol) in keys for r in unit.profile.reports):
            return True
        subject = told_at(unit)
        if subject is not None and symbol_key(subject) in keys:
            return True
        # An act that is only mentioned is not answered for by those that mention it, unless another is asked for.
        speaks = bool(self.held & keys) or bool(_OF_ANOTHER.match(question.normal))
        return speaks and any(symbol_key(symbol) in keys for symbol in named_in(unit.text))

    def _fits_year(self, question: Question, wanted: Wanted, unit: Unit) -> bool:
        """Where a figure of a year is asked for: whether its document names the year, or is of it."""
        if not question.years or AnswerType.FIGURE not in wanted.types:
            return True
        said = f"{unit.profile.day} {unit.profile.title} {self.store.text(unit.profile.id)}"
        return any(year in said for year in question.years)

    def _confidence(self, question: Question, readings: Sequence[Reading]) -> float:
        if not readings:
            return 0.0
        return estimate(measure_signs(question, wanted_of(question), readings, self.held))

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
        readings = self.read(self.question, Scope())
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


def _has_words(question: Question, unit: Unit) -> bool:
    """Whether the words of a part stand near a unit: its document alone answers nothing of another matter."""
    near = f"{unit.heading}\n{unit.lead}\n{unit.hit.passage.text}"
    return share_in(question.terms, near) >= _OWN_WORDS


# "Nghị quyết nào … thông qua dự thảo sửa Nghị quyết 136/2024/QH15": the number describes what is asked for.
_OF_ANOTHER = re.compile(
    r" (?:van ban|nghi quyet|nghi dinh|quyet dinh|thong tu|ke hoach|chi thi|cong van|thong bao)(?: \w+){0,1} nao "
)
# What the act asked about is on: "Nghị quyết 954 về giảm trừ gia cảnh có còn …".
_ABOUT = re.compile(r"về (?P<what>[^,;?]+?)(?=\s+(?:có|còn|đã|bị|hết|thay|nay|giờ)\s|[,;?])", re.IGNORECASE)
_TWO = re.compile(r" (?:hai|2|ca hai|ca 2) (?:dia phuong|tinh|noi|ben|huyen|xa) ")
# "thay nghị định nào": of which document, another part says.
_WITHOUT_TOPIC = frozenset(
    "thay the bai bo sua doi sung can cu van ban nghi dinh quyet thong tu luat chi thi ke hoach nao so may duoc bi cho"
    " cua da va no khi ngay tu hieu luc do ai ky ban hanh co quan gi".split()
)
_SAME = re.compile(
    r" (?:van ban|nghi dinh|nghi quyet|thong tu|quyet dinh|ke hoach|chi thi|luat) (?:nay|do|tren) "
)
_OWN_PLACE = re.compile(r" rieng (?:o |tai |tinh |thanh pho |huyen )?\w+ ")  # "và riêng Hà Tĩnh được mấy"
_ATTESTED = frozenset({FactKind.SIGNER, FactKind.ISSUED_ON})
_STRICT = frozenset(
    {FactKind.SIGNER, FactKind.ISSUED_ON, FactKind.STATUS, FactKind.EFFECTIVE_ON, FactKind.EXPIRES_ON}
)
