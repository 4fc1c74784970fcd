"""The smallest citable span that carries some words of a document, checked by the gate."""

from __future__ import annotations

from corpus.models import Document, Passage
from corpus.sentences import find_clauses, find_sentences
from index.answering.chain_ties import Said
from index.citations import cite
from index.errors import QuotationMismatch
from index.models import Citation
from index.verification import ReadDocument, citation_fault

_PAIRS = (("“", "”"), ("(", ")"))


def cite_sentence(
    read: ReadDocument, document: Document, start: int, end: int, *, about: tuple[str, ...]
) -> Citation | None:
    """The clause, sentence or passage with `text[start:end]`, the smallest that the gate lets through."""
    held = [p for p in document.passages if p.start <= start and end <= p.end]
    for passage in sorted(held, key=lambda p: p.end - p.start)[:1]:
        for low, high in (*_inner_spans(document.text, passage, start, end), (passage.start, passage.end)):
            citation = _cite(document, low, high, about, passage.location)
            if citation is not None and citation_fault(citation, read) is None:
                return citation
    return None


def cite_said(read: ReadDocument, document: Document, said: Said) -> Citation | None:
    """The words of a page that say that one document implements another."""
    about = (said.upper.symbol,)
    return cite_sentence(read, document, said.start, said.end, about=about) or cite_sentence(
        read, document, said.upper.start, said.end, about=about
    )


def cite_overlap(
    read: ReadDocument, document: Document, start: int, end: int, *, about: tuple[str, ...]
) -> Citation | None:
    """The words `text[start:end]` as far as one passage holds them, else that passage."""
    found = [p for p in document.passages if p.start < end and start < p.end]
    if not found:
        return None
    passage = max(found, key=lambda p: min(p.end, end) - max(p.start, start))
    return cite_sentence(read, document, max(passage.start, start), min(passage.end, end), about=about)


def _inner_spans(text: str, passage: Passage, start: int, end: int) -> list[tuple[int, int]]:
    """The clause, then the sentence(s) around the words; a clause that opens a quotation is no span."""
    sentences = find_sentences(text, passage.start, passage.end)
    around = [s for s in sentences if s.start < end and start < s.end]
    if not around:
        return []
    low, high = around[0].start, around[-1].end
    clauses = [c for c in find_clauses(text, low, high) if c.start <= start and end <= c.end]
    whole = [(c.start, c.end) for c in clauses if _is_balanced(text[c.start : c.end])]
    return [*whole, (low, high)]


def _is_balanced(words: str) -> bool:
    return all(words.count(opening) == words.count(closing) for opening, closing in _PAIRS)


def _cite(document: Document, start: int, end: int, about: tuple[str, ...], location: str) -> Citation | None:
    try:
        return cite(document, start, end, about=about, location=location)
    except QuotationMismatch:
        return None
