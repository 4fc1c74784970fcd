"""Answer a question from the collection: verbatim evidence with its source, or an honest refusal.

Extractive: every statement is a quotation with attribution. Whether to answer at all is decided by
`index.evidence`: what the question names must be there, and enough of what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.models import Document
from corpus.sentences import find_sentences
from corpus.store import Store
from corpus.symbols import symbol_key
from corpus.text import fold
from index import wording
from index.asking import Asked
from index.citations import cite, named_in
from index.evidence import Unit, asks_fact, find_units, place_fits
from index.models import Answer, Hit, NamedDocument, Nearest, Outcome, Statement
from index.question import Question, read_question
from index.search import Searcher
from index.terms import normal_form

_SHORT_PARAGRAPH = 320  # characters
# A clause in the middle of a sentence has a subject of its own when it opens with one of these.
_SUBJECT = re.compile(
    r"(ngày \d|các |những |một số |nhiều |mỗi |toàn |việc |công tác |phong trào |đối với )", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When support is too thin, and how much is said. Chosen on development questions (docs/decisions.md)."""

    hits: int = 30  # passages looked into
    cover: float = 0.6  # of the question's terms, in the unit and its surroundings
    own_cover: float = 0.3  # of the question's terms, in the unit itself
    ease: float = 0.7  # what of both is asked of one side of a comparison, or one item of a list
    also: float = 0.95  # a further unit is given when its score is this near to the best one's
    most: int = 1  # statements of an ordinary answer
    listed: int = 12  # statements of a list
    nearest: int = 3  # passages shown on a refusal


def answer(searcher: Searcher, text: str, *, limits: Limits = Limits()) -> Answer:
    """The answer to a question: `outcome`, statements with checked citations, or the nearest passages."""
    question = read_question(text, searcher.store)
    hits = searcher.search(question.query, limit=limits.hits)
    units, missing = _choose(searcher.store, question, hits, limits)
    if not units:
        return _refuse(searcher, question, hits, limits)
    statements = _state(searcher.store, units)
    outcome = Outcome.PARTLY_ANSWERED if missing else Outcome.ANSWERED
    return Answer(
        question=question.text,
        outcome=outcome,
        message=wording.partly_answered(missing) if missing else wording.answered(len(statements)),
        statements=statements,
        documents=_documents(searcher.store, question, statements),
        nearest=(),
        as_of=searcher.store.state().updated_at,
    )


def _choose(
    store: Store, question: Question, hits: Sequence[Hit], limits: Limits
) -> tuple[list[Unit], str | None]:
    """The units to state, and what part of the question has none."""
    if Asked.COMPARE in question.asked:
        return _choose_sides(store, question, hits, limits)
    units = [unit for unit in find_units(store, question, hits) if is_supported(question, unit, limits)]
    if not units:
        return [], None
    if (Asked.LIST in question.asked and Asked.DOCUMENT in question.asked) or _wants_all(question):
        return _one_per_document(question, units, limits), None
    return _best(units, limits), None


def is_supported(question: Question, unit: Unit, limits: Limits) -> bool:
    """Whether the unit covers enough of the question to be called an answer."""
    if asks_fact(question):
        return True
    if Asked.LIST in question.asked and unit.named:
        return unit.cover >= limits.ease * limits.cover
    ease = limits.ease if Asked.COMPARE in question.asked else 1.0
    return unit.cover >= ease * limits.cover and unit.own_cover >= ease * limits.own_cover


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


def _wants_all(question: Question) -> bool:
    return Asked.LIST in question.asked and " loai " in question.normal and bool(question.places)


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


def _choose_sides(
    store: Store, question: Question, hits: Sequence[Hit], limits: Limits
) -> tuple[list[Unit], str | None]:
    """The best unit of each side: the places named, else the two documents that answer best."""
    units = [unit for unit in find_units(store, question, hits) if is_supported(question, unit, limits)]
    chosen: list[Unit] = []
    if len(question.places) > 1:
        for place in question.places:
            side = [unit for unit in units if place_fits(question, unit, place)]
            if not side:
                return chosen, place
            chosen += [unit for unit in side[:1] if unit not in chosen]
        return chosen, None
    for unit in units:
        if all(unit.profile.id != other.profile.id for other in chosen):
            chosen.append(unit)
        if len(chosen) == 2:
            return chosen, None
    return chosen, "vế còn lại của phép so sánh" if chosen else None


# --- statements


def _state(store: Store, units: Sequence[Unit]) -> tuple[Statement, ...]:
    documents = {unit.profile.id: store.document(unit.profile.id) for unit in units}
    return tuple(_statement(unit, documents[unit.profile.id]) for unit in units)


def _statement(unit: Unit, document: Document) -> Statement:
    start, end = _fit(unit)
    about = _about(unit, document.text[start:end])
    citation = cite(document, start, end, about=about, location=unit.hit.passage.location)
    return Statement(text=wording.attribute(document, citation, unit.report), citations=(citation,))


def _about(unit: Unit, quote: str) -> tuple[str, ...]:
    """The documents that a quotation speaks of: those it names, and the one whose words it restates."""
    named = named_in(quote)
    if unit.report is None or any(symbol_key(unit.report) == symbol_key(name) for name in named):
        return named
    return (*named, unit.report)


def _fit(unit: Unit) -> tuple[int, int]:
    """The span to quote: the unit, widened to what a reader can take alone.

    A short paragraph is quoted whole; a clause without its subject from the start of its sentence. Neither
    brings in a document number that the unit itself does not name.
    """
    passage = unit.hit.passage
    text, shift = passage.text, passage.start
    start, end = unit.start - shift, unit.end - shift
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    spans = [(line_start, line_end)] if line_end - line_start <= _SHORT_PARAGRAPH else []
    if not _stands_alone(text[start:end]):
        sentences = find_sentences(text, line_start, line_end)
        spans += [(sentence.start, end) for sentence in sentences if sentence.start <= start < sentence.end]
    for wide_start, wide_end in spans:
        if set(named_in(text[wide_start:wide_end])) <= set(unit.named):
            return wide_start + shift, wide_end + shift
    return start + shift, end + shift


def _stands_alone(text: str) -> bool:
    """Whether a clause opens with its subject, or as a sentence does."""
    return text[:1].isupper() or bool(_SUBJECT.match(text))


def _documents(
    store: Store, question: Question, statements: Iterable[Statement]
) -> tuple[NamedDocument, ...]:
    asked = {symbol_key(symbol) for symbol in question.query.symbols}
    named: dict[str, NamedDocument] = {}
    for statement in statements:
        for citation in statement.citations:
            for symbol in filter(None, (citation.symbol, *citation.about)):
                key = symbol_key(symbol)
                held = store.documents_with_symbol(symbol)
                title = store.profile(held[0]).title if held else None
                role = (
                    "asked" if key in asked else "governing" if Asked.DOCUMENT in question.asked else "cited"
                )
                named.setdefault(
                    key, NamedDocument(symbol=symbol, title=title, role=role, in_collection=bool(held))
                )
    return tuple(named.values())


# --- refusals


def _refuse(searcher: Searcher, question: Question, hits: Sequence[Hit], limits: Limits) -> Answer:
    store = searcher.store
    outcome, message, documents = _why_not(store, question, bool(hits))
    return Answer(
        question=question.text,
        outcome=outcome,
        message=message,
        statements=(),
        documents=documents,
        nearest=tuple(_nearest(store, hit) for hit in hits[: limits.nearest]),
        as_of=store.state().updated_at,
    )


def _why_not(
    store: Store, question: Question, nearest: bool
) -> tuple[Outcome, str, tuple[NamedDocument, ...]]:
    typed = next(iter(question.query.short_forms), "")
    if question.query.asks_unknown_number:
        return Outcome.NOT_FOUND, wording.unknown_number(typed.lstrip("?")), ()
    for symbol in question.query.symbols:
        known = store.mentioned(symbol)
        if known is None:
            return Outcome.NOT_FOUND, wording.unknown_number(symbol), ()
        if not known.held_by:
            document = NamedDocument(symbol=known.symbol, title=None, role="asked", in_collection=False)
            message = wording.mentioned_only(known.symbol, len(known.cited_by))
            return Outcome.MENTIONED_ONLY, message, (document,)
    return Outcome.NOT_FOUND, wording.not_found(nearest), ()


def _nearest(store: Store, hit: Hit) -> Nearest:
    passage = hit.passage
    document = store.document(passage.document_id)
    return Nearest(
        citation=cite(
            document, passage.start, passage.end, about=named_in(passage.text), location=passage.location
        ),
        score=hit.score,
    )
