"""From readings to evidence: the spans to quote and the numbers that they answer with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.actors import begins_with_duty, heads_duties
from corpus.models import Relation
from corpus.store import Store
from corpus.symbols import symbol_key
from index.answering.answer_types import AnswerType
from index.answering.features import Wanted, wanted_of
from index.answering.fitting import asks_what_was_issued, may_be_asked
from index.answering.lists import count_list
from index.answering.models import Evidence
from index.answering.page_subject import restated_at, told_at
from index.answering.quotes import Quote, choose_quotes, find_list
from index.answering.reader import Reading
from index.answering.spans import make_evidence
from index.answering.targets import share_in
from index.answering.units import Unit
from index.asking import Asked
from index.citations import named_in
from index.question import Question

_LABEL = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]{1,2}[.)]|[-–+•*])\s*")
MOST = 3  # quotations of one part


def quote_readings(
    store: Store, question: Question, readings: Sequence[Reading], most: int = MOST
) -> tuple[Evidence, ...]:
    """What to quote of readings, best first, at most `most` quotations; each in one passage or joined."""
    wanted = wanted_of(question)
    texts = {name: store.text(name) for name in {reading.unit.profile.id for reading in readings}}
    units = [reading.unit for reading in readings]
    found: list[Evidence] = []
    whole = AnswerType.LIST in wanted.types
    for rank, quote in enumerate(choose_quotes(texts, units, whole_list=whole, most=most)):
        unit = quote.unit
        listed = _quote_list(store, unit) if whole else []
        pieces = listed or [*_quote_owner(store, unit), *_quote_spans(store, quote, texts[unit.profile.id])]
        report = restated_at(unit)
        about = _about(question, wanted, unit, pieces, report, further=rank > 0)
        found += [
            replace(piece, about=about, report=report, joined=at > 0 or piece.joined)
            for at, piece in enumerate(pieces)
        ]
    return tuple(found)


def _quote_spans(store: Store, quote: Quote, text: str) -> list[Evidence]:
    """The spans of a quote in the text that it was read in, piece by piece of its passages."""
    unit = quote.unit
    passage = unit.hit.passage
    if all(passage.start <= span.start and span.end <= passage.end for span in quote.spans):
        return [_in_passage(unit, span.start, span.end) for span in quote.spans]
    document = store.document(unit.profile.id)
    return [
        replace(piece, quote=text[piece.start : piece.end])
        for span in quote.spans
        for piece in make_evidence(document, span.start, span.end)
    ]


def _in_passage(unit: Unit, start: int, end: int) -> Evidence:
    """A span of a unit's passage as it was read: the gate drops what was written anew since, and says so."""
    passage = unit.hit.passage
    return Evidence(
        document_id=unit.profile.id,
        start=start,
        end=end,
        location=passage.location,
        quote=passage.text[start - passage.start : end - passage.start],
    )


def _quote_owner(store: Store, unit: Unit) -> tuple[Evidence, ...]:
    """The line above that names the body whose duty a unit is, where the unit begins with what is to be done."""
    above = next(filter(heads_duties, (*reversed(unit.lead.split("\n")), unit.heading)), None)
    if above is None or not begins_with_duty(unit.text, _first_word(unit.text)):
        return ()
    document = store.document(unit.profile.id)
    start = document.text.rfind(above, 0, unit.start)
    if start < 0:
        return ()
    return tuple(
        replace(one, quote=document.text[one.start : one.end])
        for one in make_evidence(document, start, start + len(above))[:1]
    )


def _first_word(text: str) -> int:
    """Where a line begins behind the label of its item."""
    label = _LABEL.match(text)
    return label.end() if label else 0


def _quote_list(store: Store, unit: Unit) -> list[Evidence]:
    """The whole list that a unit opens or stands in, passage by passage; nothing where it is no list."""
    document = store.document(unit.profile.id)
    if document.text[unit.start : unit.end] != unit.text:
        return []  # written anew since it was searched
    spans = find_list(document.text, unit)
    if spans is None:
        return []
    quoted, whole = spans
    count = count_list(document.text[whole.start : whole.end])
    return [
        replace(
            piece,
            quote=document.text[piece.start : piece.end],
            joined=at > 0,
            items=count.items if count else None,
        )
        for at, piece in enumerate(make_evidence(document, quoted.start, quoted.end))
    ]


_NAMED = 2


def _about(
    question: Question,
    wanted: Wanted,
    unit: Unit,
    pieces: Sequence[Evidence],
    report: str | None,
    *,
    further: bool,
) -> tuple[str, ...]:
    """The numbers that a quotation answers with: those asked for, and those that a "văn bản nào" may mean.

    The words of a page without a number are about the act that they tell the issuing of, else the one that they
    restate, and what they name; a `further` quotation adds no number of its own unless documents are asked for.
    """
    quoted = " ".join(piece.quote for piece in pieces)
    issued = [
        reference.symbol
        for piece in pieces
        for reference in unit.profile.references_in(piece.start, piece.end)
        if reference.relation is Relation.REPORTED and not reference.symbol.startswith("?")
    ]
    subject = report or told_at(unit)
    asked = [symbol for symbol in named_in(quoted) if symbol_key(symbol) in wanted.symbols]
    if asks_what_was_issued(question):
        asked += named_in(quoted)
    elif AnswerType.DOCUMENT in wanted.types:
        asked += _answering(question, quoted)
    elif unit.profile.symbol is None and not further:
        named = named_in(unit.text)
        asked += issued or (named if report or subject is None or len(named) == 1 else ())
    return tuple(dict.fromkeys(symbol for symbol in (*asked, subject) if symbol is not None))


def _answering(question: Question, text: str) -> tuple[str, ...]:
    """The numbers in quoted words that may be what "văn bản nào" asks for; of many, those of the clause that fits."""
    named = tuple(symbol for symbol in named_in(text) if may_be_asked(question, symbol))
    if len(named) <= _NAMED or Asked.LIST in question.asked:
        return named
    clauses = sorted(
        ((share_in(question.terms, clause), clause) for clause in _CLAUSE.split(text)), reverse=True
    )
    if len(clauses) < 2 or clauses[0][0] < _CLEARLY * clauses[1][0]:
        return ()
    fitting = tuple(symbol for symbol in named if symbol in named_in(clauses[0][1]))
    return fitting if len(fitting) <= _NAMED else ()


_CLAUSE = re.compile(r"[;\n]|\.\s")
_CLEARLY = 1.3  # times the share of the words asked that the next clause has
