"""The gate that every answer passes, whoever wrote it.

A quotation is the stored text. What a statement says in its own words (outside its quotations) is backed by
what it cites: numbers, dates and figures stand in the quotation, or in what the cited document says of
itself, and the document that words are given to is the cited one. What does not pass is dropped and the drop
is recorded; a citation is never mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from corpus.consolidated import CONSOLIDATED, read_consolidated_act
from corpus.errors import CorpusError
from corpus.models import Document, DocumentKind, Fact
from corpus.store_rows import text_tag
from corpus.symbols import find_symbols, symbol_key
from corpus.text import fold
from index import wording
from index.citations import cite, named_in, short_title
from index.claims import Backing, Claims, read_claims, strange_characters
from index.errors import QuotationMismatch
from index.models import Answer, Citation, Dropped, Outcome, Rule, Statement
from index.stretches import find_strays

ReadDocument = Callable[[str], Document]


def verify_answer(given: Answer, read: ReadDocument) -> Answer:
    """The answer with the statements that pass; with none left, a refusal that says so.

    `read` gives a document by its id, as it is now, or raises CorpusError (`Store.document`).
    """
    kept, dropped = sift(given.statements, read)
    nearest = tuple(near for near in given.nearest if _find_citation_fault(near.citation, read) is None)
    notices = tuple(one for one in given.notices if _find_citation_fault(one.citation, read) is None)
    dropped = given.dropped + dropped
    if not dropped:
        return replace(given, nearest=nearest, notices=notices)
    spoken = {symbol_key(s) for k in kept for c in k.citations for s in (c.symbol, *c.about) if s}
    return replace(
        given,
        outcome=Outcome.PARTLY_ANSWERED if kept else Outcome.NOT_FOUND,
        message=wording.some_dropped(len(kept), len(dropped)) if kept else wording.all_dropped(len(dropped)),
        statements=kept,
        documents=tuple(d for d in given.documents if symbol_key(d.symbol) in spoken or d.role == "asked"),
        nearest=nearest,
        notices=notices if kept else (),
        dropped=dropped,
    )


def sift(
    statements: Iterable[Statement], read: ReadDocument
) -> tuple[tuple[Statement, ...], tuple[Dropped, ...]]:
    """(the statements that pass, those that do not with the first rule that each breaks)."""
    kept: list[Statement] = []
    dropped: list[Dropped] = []
    for statement in statements:
        fault = find_fault(statement, read)
        if fault is None:
            kept.append(statement)
        else:
            dropped.append(fault)
    return tuple(kept), tuple(dropped)


def find_fault(statement: Statement, read: ReadDocument) -> Dropped | None:
    """The first rule that a statement breaks, or None."""
    faults = _faults(statement, read)
    rule, missing = next(faults, (None, ()))
    if rule is None:
        return None
    return Dropped(text=statement.text, rule=rule, missing=tuple(missing), phrased=statement.phrased)


_Fault = tuple[Rule, Sequence[str]]


def _faults(statement: Statement, read: ReadDocument) -> Iterator[_Fault]:
    if not statement.citations:
        yield Rule.CITED, ()
    cited: list[_Cited] = []
    for citation in statement.citations:
        fault = _find_citation_fault(citation, read)
        if fault is not None:
            yield fault
            return
        cited.append(_Cited(citation, read(citation.document_id)))
    own, altered = _own_words(statement, cited)
    if altered:
        yield Rule.QUOTATION, altered
    if strange := strange_characters(own):
        yield Rule.CHARACTERS, strange
    claims = read_claims(own)
    backing = Backing([text for one in cited for text in one.texts])
    if missing := backing.lacks_symbols(claims) + backing.lacks_laws(claims):
        yield Rule.NUMBER, missing
    if missing := backing.lacks_dates(claims):
        yield Rule.DATE, missing
    if missing := backing.lacks_figures(claims):
        yield Rule.FIGURE, missing
    if missing := backing.lacks_names(claims):
        yield Rule.NAME, missing
    if missing := _misattributed(claims, statement.text, cited):
        yield Rule.NAMED, missing
    if statement.phrased:
        quotes = [citation.quote for citation in statement.citations]
        leads = [wording.credit(one.document, one.citation) for one in cited]
        if strays := find_strays(statement.text, quotes, leads):
            yield Rule.WORDS, strays


# --- citations


def citation_fault(citation: Citation, read: ReadDocument) -> _Fault | None:
    """The first rule that a citation breaks with what was not found, or None; for what is no statement.

    `read` as for `verify_answer`.
    """
    return _find_citation_fault(citation, read)


def _find_citation_fault(citation: Citation, read: ReadDocument) -> _Fault | None:
    try:
        document = read(citation.document_id)
    except CorpusError:
        return Rule.CHANGED, (citation.document_id,)
    if citation.tag and citation.tag != text_tag(document.text):
        return Rule.CHANGED, (document.title,)
    start, end = citation.start, citation.end
    try:
        true = cite(document, start, end, about=citation.about, location=citation.location)
    except QuotationMismatch:
        return Rule.QUOTATION, (citation.quote,)
    if start < 0 or citation.quote != true.quote or _cuts(document.text, start) or _cuts(document.text, end):
        return Rule.QUOTATION, (citation.quote,)
    if citation != replace(true, tag=citation.tag):
        return Rule.SOURCE, _differences(citation, true)
    if unknown := [symbol for symbol in citation.about if not _speaks_of(document, true.quote, symbol)]:
        return Rule.SOURCE, unknown
    if document.passages and document.locate(start, end) != citation.location:
        return Rule.SOURCE, (citation.location,)
    return None


def _differences(citation: Citation, true: Citation) -> tuple[str, ...]:
    names = (field.name for field in fields(Citation) if field.name != "tag")
    return tuple(str(getattr(citation, n)) for n in names if getattr(citation, n) != getattr(true, n))


def _speaks_of(document: Document, quote: str, symbol: str) -> bool:
    """Whether the quotation may be about a number: it, the title or another place of the document names it."""
    key = symbol_key(symbol)
    named = (
        *named_in(quote),
        *named_in(document.title),  # a page may name the act that it copies there alone
        *(r.symbol for r in document.references),
        *(r.symbol for r in document.reported),
    )
    return any(symbol_key(name) == key for name in named)


_NEAR = 60  # characters around an edge: longer than any document number


def _cuts(text: str, at: int) -> bool:
    """Whether an edge of a quotation stands inside a word, a figure or a document number: 11.144 is not 1.144."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    lost_break = before.islower() and after.isupper()  # "xem xétMặt trận": two sentences, not one word
    if _is_word(before) and _is_word(after) and not lost_break:
        return True
    if any(re.match(r"\d[.,]\d", text[start : start + 3]) for start in (at - 1, at - 2) if start >= 0):
        return True
    low = max(0, at - _NEAR)
    return any(m.start < at - low < m.end for m in find_symbols(text[low : at + _NEAR]) if not m.short)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


# --- a statement's own words


@dataclass(frozen=True, slots=True)
class _Cited:
    citation: Citation
    document: Document

    @property
    def texts(self) -> list[str]:
        """What backs a statement: the quotation, the facts of its document, and what is said of its source."""
        document, citation = self.document, self.citation
        facts = (getattr(document.facts, field.name) for field in fields(document.facts))
        stated = [fact.value for fact in facts if isinstance(fact, Fact)]
        if CONSOLIDATED in stated and (act := read_consolidated_act(document.text)):
            stated.append(act.full_name)
        source = (document.title, document.publisher, document.author, document.published_at)
        dates = [stamp[:10] for stamp in (citation.fetched_at, citation.gone_at) if stamp]
        return [
            citation.quote,
            citation.place,
            *citation.about,
            *stated,
            *dates,
            *(text for text in source if text),
        ]

    @property
    def names(self) -> list[str]:
        """What is taken out of a statement as a name in quotation marks."""
        return [" ".join(self.document.title.split()), short_title(self.document.title)]

    def is_(self, key: str) -> bool:
        """Whether a number is the cited document's own."""
        return self.citation.symbol is not None and symbol_key(self.citation.symbol) == key

    def is_named_in(self, text: str) -> bool:
        """Whether a statement names what it cites: its number, else "theo bài …" with title or publisher."""
        own = self.citation.symbol
        if own is not None:
            return symbol_key(own) in read_claims(text).symbols
        source = [*self.names, *filter(None, (self.document.publisher,))]
        return _SAYS_WHO.search(text) is not None and any(name in " ".join(text.split()) for name in source)


_SAYS_WHO = re.compile(r"(?<!\w)(?:theo|thuật lại|dẫn lại|đưa tin)(?!\w)", re.IGNORECASE)
_MARKS = (("“", "”"), ("«", "»"), ("‘", "’"), ('"', '"'))


def _own_words(statement: Statement, cited: Sequence[_Cited]) -> tuple[str, list[str]]:
    """(the words outside quotations, what stands in quotation marks and is no quotation)."""
    text = " ".join(statement.text.split())
    allowed = [" ".join(one.citation.quote.split()) for one in cited]
    names = [name for one in cited for name in one.names]
    for whole in sorted({*allowed, *names}, key=len, reverse=True):
        for opening, closing in _MARKS:
            text = text.replace(f"{opening}{whole}{closing}", " ¦ ")
    altered = []
    for opening, closing in _MARKS:
        text, inside = _take_quoted(text, opening, closing)
        altered += [words for words in inside if not any(words in whole for whole in (*allowed, *names))]
    return text, altered


def _take_quoted(text: str, opening: str, closing: str) -> tuple[str, list[str]]:
    """The text without what stands between the outermost marks, and what stood there."""
    inside: list[str] = []
    while (start := text.find(opening)) >= 0:
        depth, end = 1, start + 1
        while end < len(text) and depth:
            depth += -1 if text[end] == closing else 1 if text[end] == opening else 0
            end += 1
        inside.append(text[start + 1 : end - 1 if not depth else end].strip())
        text = f"{text[:start]} ¦ {text[end:]}"
    return text, inside


def _misattributed(claims: Claims, text: str, cited: Sequence[_Cited]) -> list[str]:
    """Documents named in a statement that are not the cited one, where nothing says whose page tells of them."""
    foreign = [typed for key, typed in claims.symbols.items() if not any(one.is_(key) for one in cited)]
    foreign += [
        typed
        for (name, _), typed in claims.laws.items()
        if not any(
            one.document.facts.kind is not DocumentKind.NEWS and name in fold(one.document.title)
            for one in cited
        )
    ]
    return [] if all(one.is_named_in(text) for one in cited) else foreign
