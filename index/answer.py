"""Answer a question from the collection: verbatim evidence with its source, or an honest refusal.

Extractive: every statement is a quotation with attribution. `index.answering` finds what answers which part of the
question and how sure that is. What is stated passes `index.verification`; a language model, if there is one, only
phrases what passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from corpus.facets import Filters
from corpus.store import Store
from corpus.symbols import symbol_key
from corpus.text import to_nfc
from index import wording
from index.answering.asked_day import read_asked_day
from index.answering.chain import add_chain
from index.answering.compose import compose
from index.answering.composition import Composition
from index.answering.features import focus_in, wanted_of
from index.answering.fitting import may_be_asked
from index.answering.later_acts import LaterAct, find_changes, find_later_acts
from index.answering.lists import count_list
from index.answering.merging import drop_mark, join_adjacent
from index.answering.models import Evidence
from index.answering.not_yet import find_not_yet
from index.answering.outcomes import end_composition
from index.answering.spans import make_evidence
from index.answering.targets import is_copied, is_of_place
from index.asking import Asked
from index.chat_words import spell_chat
from index.citations import cite, named_in
from index.coverage import tell_coverage
from index.diversity import Fold
from index.filters import describe_filters
from index.models import (
    Answer,
    Citation,
    Dropped,
    Hit,
    NamedDocument,
    Nearest,
    Notice,
    Outcome,
    QuestionKind,
    Rule,
    Statement,
)
from index.question import Question, read_question
from index.search import Searcher
from index.terms import normal_form
from index.verification import ReadDocument, verify_answer

if TYPE_CHECKING:
    from index.language_model import LanguageModel

_HITS = 30  # passages looked into
_NEAREST = 3  # passages shown on a refusal
_MAY_BE_OLD = frozenset({Outcome.ANSWERED, Outcome.PARTLY_ANSWERED})
_NOTICES = 3
_HEADS = 0.5  # share of the words asked beside "nào" that heads a list whose items are counted
_CHOICES = 4  # numbers that a short form may mean, named on a refusal


def answer(
    searcher: Searcher,
    text: str,
    *,
    model: LanguageModel | None = None,
    filters: Filters = Filters(),
    as_of: date | None = None,
) -> Answer:
    """The answer to a question: `outcome`, verified statements, or the nearest passages.

    `model`, where one is given, may phrase what was verified; its words pass the same gate.

    With `filters` only documents that pass them are quoted. How these stand, and the chain that they belong to,
    is told by the whole collection: what ended a document need not pass the filter that it passes itself.
    `as_of` is the day of effect where the question itself names none (default today).
    """
    read = cache(searcher.store.document)
    within = searcher.within(filters, as_of=as_of)
    scope = describe_filters(filters, as_of=as_of)
    drafted = replace(_draft(within, spell_chat(text), read, as_of), question=to_nfc(text).strip())
    given = replace(verify_answer(drafted, read), scope=scope)
    if model is None:
        return given
    from index.phrasing import phrase  # what speaks HTTP is loaded only where a model is switched on

    return phrase(given, read, model)


def _draft(searcher: Searcher, text: str, read: ReadDocument, as_of: date | None) -> Answer:
    question = read_question(text, searcher.store)
    hits = searcher.search(question.query, limit=_HITS, fold=Fold.COPIES, explain=False)
    if question.query.asks_unknown_number:
        return _refuse(searcher, question, hits, read)
    composition = compose(searcher, question, hits, as_of=as_of)
    if not composition.evidence:
        return replace(_refuse(searcher, question, hits, read), kind=composition.kind)
    ending = end_composition(searcher, composition, as_of=as_of)
    statements, changed = _state((*composition.evidence, *ending.evidence), read)
    given = Answer(
        question=question.text,
        outcome=ending.outcome,
        message=ending.message or _tell_answer(composition, question, statements),
        statements=statements,
        documents=_documents(searcher.store, question, statements),
        nearest=(),
        as_of=searcher.store.state().updated_at,
        kind=composition.kind,
        dropped=changed,
        choices=ending.choices,
    )
    if ending.outcome in _MAY_BE_OLD and composition.kind is not QuestionKind.STATUS:
        day = composition.day or date.today()
        given = replace(given, notices=_notices(searcher.store, statements, read, day))
    return _with_chain(given, searcher.store, question, read, as_of)


def _tell_answer(composition: Composition, question: Question, statements: Sequence[Statement]) -> str:
    kind = composition.kind
    quotes = [citation for statement in statements for citation in statement.citations]
    if kind is QuestionKind.GOVERNING and (governing := _governing(question, quotes)):
        return wording.governing(governing)
    first = composition.evidence[0]
    if kind is QuestionKind.LIST and first.items and statements:
        count = count_list("\n".join(citation.quote for citation in statements[0].citations))
        if count is not None and _heads_what_is_asked(question, statements[0]):
            return wording.counted(count.items, max(first.items, count.announced or 0))
    return wording.answered(kind, len(statements))


def _heads_what_is_asked(question: Question, statement: Statement) -> bool:
    """Whether the line that opens a quoted list has the words beside "những … nào": another list is not counted."""
    opening = normal_form(statement.citations[0].quote.split("\n")[0])
    return focus_in(wanted_of(question), opening) >= _HEADS


def _governing(question: Question, quotes: Sequence[Citation]) -> str | None:
    """The number of the document that a question "văn bản nào" is answered with, where it is one."""
    own = dict.fromkeys(citation.symbol for citation in quotes if citation.symbol)
    named = dict.fromkeys(symbol for citation in quotes for symbol in citation.about)
    asked = set(map(symbol_key, question.query.symbols))
    for symbols in (own, named):
        found = [s for s in symbols if may_be_asked(question, s) and symbol_key(s) not in asked]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _with_chain(
    given: Answer, store: Store, question: Question, read: ReadDocument, as_of: date | None
) -> Answer:
    """The answer with the chain of the document that governs, where one was asked for and found."""
    quotes = [citation for statement in given.statements for citation in statement.citations]
    governing = _governing(question, quotes) if given.kind is QuestionKind.GOVERNING else None
    if governing is None:
        return given
    place = question.places[0] if question.places else None
    return add_chain(
        given, store, read, governing, place=place, as_of=read_asked_day(question.query) or as_of
    )


# --- statements


def _state(
    evidence: Sequence[Evidence], read: ReadDocument
) -> tuple[tuple[Statement, ...], tuple[Dropped, ...]]:
    """(the statements of the evidence, what no longer stands where it was read)."""
    groups: list[list[Evidence]] = []
    dropped: list[Dropped] = []
    for one in map(drop_mark, join_adjacent(evidence, read)):
        if not _stands(one.document_id, one.start, one.end, one.quote, read):
            dropped.append(Dropped(text=one.quote, rule=Rule.CHANGED, missing=(one.document_id,)))
        elif one.joined and groups:
            groups[-1].append(one)
        else:
            groups.append([one])
    return tuple(_statement(group, read) for group in groups), tuple(dropped)


def _stands(document_id: str, start: int, end: int, quote: str, read: ReadDocument) -> bool:
    """Whether words that were found are still in their document: another process may have written since."""
    try:
        return quote in ("", read(document_id).quote(start, end))
    except CorpusError:
        return False


def _statement(group: Sequence[Evidence], read: ReadDocument) -> Statement:
    document = read(group[0].document_id)
    citations = tuple(_cite(one, read) for one in group)
    words = wording.attribute(document, citations, group[0].report)
    return Statement(text=words, citations=citations, part=group[0].part)


def _cite(one: Evidence, read: ReadDocument) -> Citation:
    return cite(read(one.document_id), one.start, one.end, about=one.about, location=one.location)


def _notices(
    store: Store, statements: Iterable[Statement], read: ReadDocument, day: date
) -> tuple[Notice, ...]:
    """What is quoted before its first day, and the later acts that changed what is quoted, each once."""
    quoted = dict.fromkeys(
        citation.document_id for statement in statements for citation in statement.citations
    )
    waiting = [
        Notice(text=wording.not_yet(one.symbol, one.first_day, day), citation=_cite(one.evidence, read))
        for one in find_not_yet(store, quoted, read, on=day)
    ]
    changes = _tell_changes((act for name in quoted for act in find_later_acts(store, name)), read)
    return (*waiting, *changes)[:_NOTICES]


def _tell_changes(acts: Iterable[LaterAct], read: ReadDocument) -> tuple[Notice, ...]:
    """Each act told once, with the words that say what it did."""
    told: dict[str, Notice] = {}
    for act in acts:
        shown = act.evidence
        evidence = make_evidence(
            read(shown.document_id), shown.start, shown.end, about=(act.base, act.symbol)
        )
        for one in evidence[:1]:
            notice = Notice(text=wording.changed(act), citation=_cite(one, read))
            told.setdefault(symbol_key(act.symbol), notice)
    return tuple(told.values())[:_NOTICES]


def _documents(
    store: Store, question: Question, statements: Iterable[Statement]
) -> tuple[NamedDocument, ...]:
    asked = {symbol_key(symbol) for symbol in question.query.symbols}
    citations = [citation for statement in statements for citation in statement.citations]
    speaking = {symbol_key(citation.symbol) for citation in citations if citation.symbol}
    named: dict[str, NamedDocument] = {}
    for symbol in (name for citation in citations for name in (citation.symbol, *citation.about) if name):
        key = symbol_key(symbol)
        if key in named:
            continue
        held = store.documents_with_symbol(symbol)
        # Where documents speak for themselves, the others are only named by them: what they repeal, rest on.
        governs = Asked.DOCUMENT in question.asked and (
            key in speaking or not (speaking or _is_ended_in(citations, symbol))
        )
        named[key] = NamedDocument(
            symbol=symbol,
            title=store.profile(held[0]).title if held else None,
            role="asked" if key in asked else "governing" if governs else "cited",
            in_collection=bool(held),
            copied=not held and is_copied(store, symbol),
        )
    return tuple(named.values())


def _is_ended_in(citations: Iterable[Citation], symbol: str) -> bool:
    """Whether a quotation says that a number is replaced or repealed by what it is of."""
    ended = re.compile(rf"(?:thay thế|bãi bỏ)[^.;\n]*{re.escape(symbol)}", re.IGNORECASE)
    return any(ended.search(citation.quote) for citation in citations)


# --- refusals


def _refuse(searcher: Searcher, question: Question, hits: Sequence[Hit], read: ReadDocument) -> Answer:
    store = searcher.store
    outcome, message, documents = _why_not(searcher, question, bool(hits))
    asked = documents[0].symbol if outcome is Outcome.MENTIONED_ONLY else None
    return Answer(
        question=question.text,
        outcome=outcome,
        message=message,
        statements=(),
        documents=documents,
        nearest=tuple(_nearest(read, hit) for hit in hits[:_NEAREST] if _is_there(hit, read)),
        as_of=store.state().updated_at,
        coverage=tell_coverage(store, question.query),
        notices=_tell_changes(find_changes(store, asked), read) if asked else (),
    )


def _why_not(
    searcher: Searcher, question: Question, nearest: bool
) -> tuple[Outcome, str, tuple[NamedDocument, ...]]:
    store = searcher.store
    typed = next(iter(question.query.short_forms), "")
    if question.query.asks_unknown_number:
        return Outcome.NOT_FOUND, wording.unknown_number(typed.lstrip("?")), ()
    choices = [choice.symbol for listed in question.query.choices.values() for choice in listed]
    if len(choices) > 1 and set(question.query.symbols) <= set(choices):
        return Outcome.NOT_FOUND, wording.no_choice_answers(choices[:_CHOICES]), ()
    for symbol in question.query.symbols:
        known = store.mentioned(symbol)
        if known is None:
            return Outcome.NOT_FOUND, wording.unknown_number(symbol), ()
        if not known.held_by:
            copied = is_copied(store, known.symbol)
            document = NamedDocument(
                symbol=known.symbol, title=None, role="asked", in_collection=False, copied=copied
            )
            message = wording.mentioned_only(known.symbol, len(known.cited_by), copied=copied)
            return Outcome.MENTIONED_ONLY, message, (document,)
        if not any(map(searcher.selects, known.held_by)):
            return Outcome.NOT_FOUND, wording.outside(known.symbol), ()
    held = _held_as_asked(store, question)
    if nearest and held:
        return Outcome.NOT_FOUND, wording.held_without_answer(held), ()
    return Outcome.NOT_FOUND, wording.not_found(nearest, within=searcher.is_narrowed), ()


def _held_as_asked(store: Store, question: Question) -> str | None:
    """The first number asked for, where the document of it that is held is of the place asked for."""
    for symbol in question.query.symbols[:1]:
        held = store.documents_with_symbol(symbol)
        if held and (not question.places or all(is_of_place(store, name, question.places) for name in held)):
            return symbol
    return None


def _is_there(hit: Hit, read: ReadDocument) -> bool:
    passage = hit.passage
    return _stands(passage.document_id, passage.start, passage.end, passage.text, read)


def _nearest(read: ReadDocument, hit: Hit) -> Nearest:
    passage = hit.passage
    document = read(passage.document_id)
    return Nearest(
        citation=cite(
            document, passage.start, passage.end, about=named_in(passage.text), location=passage.location
        ),
        score=hit.score,
    )
