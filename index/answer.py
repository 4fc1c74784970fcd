"""Answer a question from the collection: verbatim evidence with its source, or an honest refusal.

Extractive: every statement is a quotation with attribution. Whether to answer at all is decided by
`index.evidence`: what the question names must be there, and enough of what it says. What is stated passes
`index.verification`; a language model, if there is one, only phrases what passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from corpus.models import Document
from corpus.sentences import find_sentences
from corpus.store import Store
from corpus.symbols import symbol_key
from index import wording
from index.asking import Asked
from index.choice import Limits, choose
from index.citations import cite, named_in
from index.coverage import tell_coverage
from index.diversity import Fold
from index.evidence import Unit
from index.models import Answer, Dropped, Hit, NamedDocument, Nearest, Outcome, Rule, Statement
from index.question import Question, read_question
from index.search import Searcher
from index.verification import ReadDocument, verify_answer

if TYPE_CHECKING:
    from index.language_model import LanguageModel

_SHORT_PARAGRAPH = 320  # characters
# A clause in the middle of a sentence has a subject of its own when it opens with one of these.
_SUBJECT = re.compile(
    r"(ngày \d|các |những |một số |nhiều |mỗi |toàn |việc |công tác |phong trào |đối với )", re.IGNORECASE
)


def answer(
    searcher: Searcher, text: str, *, limits: Limits = Limits(), model: LanguageModel | None = None
) -> Answer:
    """The answer to a question: `outcome`, verified statements, or the nearest passages.

    `model`, where one is given, may phrase what was verified; its words pass the same gate.
    """
    read = cache(searcher.store.document)
    given = verify_answer(_draft(searcher, text, limits, read), read)
    if model is None:
        return given
    from index.phrasing import phrase  # what speaks HTTP is loaded only where a model is switched on

    return phrase(given, read, model)


def _draft(searcher: Searcher, text: str, limits: Limits, read: ReadDocument) -> Answer:
    question = read_question(text, searcher.store)
    hits = searcher.search(question.query, limit=limits.hits, fold=Fold.COPIES, explain=False)
    choice = choose(searcher.store, question, hits, limits)
    if not choice.units:
        return _refuse(searcher, question, hits, limits, read)
    statements, changed = _state(choice.units, read)
    return Answer(
        question=question.text,
        outcome=choice.outcome,
        message=choice.message,
        statements=statements,
        documents=_documents(searcher.store, question, statements),
        nearest=(),
        as_of=searcher.store.state().updated_at,
        dropped=changed,
    )


# --- statements


def _state(units: Sequence[Unit], read: ReadDocument) -> tuple[tuple[Statement, ...], tuple[Dropped, ...]]:
    """(the statements of the units, the units whose document is no longer the one that was searched)."""
    held = [unit for unit in units if _stands(unit.hit, read)]
    changed = (
        Dropped(text=unit.text, rule=Rule.CHANGED, missing=(unit.profile.title,))
        for unit in units
        if unit not in held
    )
    return tuple(_statement(unit, read(unit.profile.id)) for unit in held), tuple(changed)


def _stands(hit: Hit, read: ReadDocument) -> bool:
    """Whether the passage that was found is still in its document: another process may have written since."""
    passage = hit.passage
    try:
        return read(passage.document_id).quote(passage.start, passage.end) == passage.text
    except CorpusError:
        return False


def _statement(unit: Unit, document: Document) -> Statement:
    start, end = _fit(unit)
    about = _about(unit, document.text[start:end])
    citation = cite(document, start, end, about=about, location=unit.hit.passage.location)
    return Statement(text=wording.attribute(document, citation, unit.report), citations=(citation,))


def _about(unit: Unit, quote: str) -> tuple[str, ...]:
    """The documents that a quotation speaks of: those it names, and the one whose words it restates."""
    named = tuple(dict.fromkeys((*named_in(quote), *unit.meant)))
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


def _refuse(
    searcher: Searcher, question: Question, hits: Sequence[Hit], limits: Limits, read: ReadDocument
) -> Answer:
    store = searcher.store
    outcome, message, documents = _why_not(store, question, bool(hits))
    return Answer(
        question=question.text,
        outcome=outcome,
        message=message,
        statements=(),
        documents=documents,
        nearest=tuple(_nearest(read, hit) for hit in hits[: limits.nearest] if _stands(hit, read)),
        as_of=store.state().updated_at,
        coverage=tell_coverage(store, question.query),
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


def _nearest(read: ReadDocument, hit: Hit) -> Nearest:
    passage = hit.passage
    document = read(passage.document_id)
    return Nearest(
        citation=cite(
            document, passage.start, passage.end, about=named_in(passage.text), location=passage.location
        ),
        score=hit.score,
    )
