"""Sentences on a theme that may be quoted: complete, verbatim, of documents that have not ended, each once.

The passages come from the search. Their sentences are ranked by how much of the theme's words they have, how
early and how densely, by their form (`completeness.appeal`) and by the cosine of the sentence itself and the theme.
One that has too little of the theme is not shown at all: that nothing was found is an answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.effect import Effect
from corpus.facets import Filters
from corpus.models import Document, DocumentKind
from corpus.sentences import find_sentences
from corpus.text import fold_spaces
from index.answering.spans import passage_at
from index.answering.units import is_aside
from index.citations import cite
from index.diversity import Fold
from index.models import Hit
from index.question import Question, read_question
from index.quotable.completeness import LEAST_APPEAL, appeal, find_whole, without_bodies
from index.quotable.models import ENDED, FoundSentences, QuotableSentence
from index.quotable.speakers import find_speakers
from index.search import Searcher
from index.terms import normal_form
from index.verification import citation_fault

ReadDocument = Callable[[str], Document]

_PASSAGES = 120  # searched
_COMPARED = 12  # sentences whose own vector is compared with the theme
_COSINE = 10.0  # what a cosine counts: those of the encoder lie between 0.75 and 0.95
_LEAST = 0.55  # share of the theme's words that a sentence must have itself
_LEAST_PAIRS = 0.3  # the same of neighbouring words: "bảo vệ" here and "môi trường" there is another theme
_DROP = 1.3  # behind the best: what comes after is on something else
_TWIN = 0.75  # of the words of two sentences that are in both: they are shown once
_OF_ONE = 3  # sentences of a document that come before those of others
_ASKING = re.compile(
    r"\s*(?:hãy\s+)?(?:tìm\s+)?(?:cho tôi\s+)?(?:một\s+|những\s+|các\s+)?(?:câu|lời|đoạn|trích dẫn)"
    r"(?:\s+(?:nói|trích|văn|hay))*\s+(?:nói\s+)?(?:về|liên quan đến)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    hit: Hit
    start: int  # in the document
    end: int
    words: str
    score: float

    @property
    def document_id(self) -> str:
        return self.hit.passage.document_id


def find_quotable(
    searcher: Searcher,
    theme: str,
    read: ReadDocument,
    *,
    filters: Filters = Filters(),
    by: str = "",
    ended: bool = False,
    limit: int = 10,
) -> FoundSentences:
    """At most `limit` sentences on a theme, best first. `read` gives a document by its id (`Store.document`).

    `by` keeps what a person or a body says: the issuer of a document bears the name, or the sentence itself names
    him as speaking. `ended` lets documents in that were replaced, abrogated or have run out.
    """
    asked = fold_spaces(_ASKING.sub("", theme, count=1)) or fold_spaces(theme)
    question = read_question(asked, searcher.store)
    issued = _issued_by(searcher, by)
    candidates = _candidates(searcher, question, _search(searcher, asked, filters, by, issued))
    kept = [one for one in candidates if not normal_form(by).strip() or _is_by(one, by, issued)]
    ranked = _spread(_rank(searcher, question, kept))
    effects = _effects(searcher, ranked)
    found: list[QuotableSentence] = []
    left_out = 0
    for one in ranked:
        effect = effects[one.document_id]
        if (twin := _find_twin(one, found)) is not None:
            found[twin] = _with_copy(found[twin], one)
        elif effect in ENDED and not ended:
            left_out += 1
        elif len(found) < limit:
            found += _make(searcher, one, effect, read, rank=len(found) + 1)
    return FoundSentences(
        theme=asked,
        sentences=tuple(found),
        ended=left_out,
        unknown=searcher.facets.select(filters).unknown if filters else 0,
    )


# --- who says it


def _issued_by(searcher: Searcher, by: str) -> frozenset[str]:
    """The ids of the documents whose issuer bears a name; none for no name. A news page has no issuer."""
    wanted = normal_form(by)
    if not wanted.strip():
        return frozenset()
    rows = searcher.facets.documents().values()
    return frozenset(
        row.document_id
        for row in rows
        if row.kind is not DocumentKind.NEWS and row.issuer and wanted in normal_form(row.issuer)
    )


def _is_by(one: _Candidate, by: str, issued: frozenset[str]) -> bool:
    if one.document_id in issued:
        return True
    speakers = find_speakers(one.words, 0, len(one.words))
    return any(normal_form(by) in normal_form(speaker.name) for speaker in speakers)


def _search(
    searcher: Searcher, theme: str, filters: Filters, by: str, issued: frozenset[str]
) -> Sequence[Hit]:
    def search(query: str, documents: frozenset[str] | None = None) -> list[Hit]:
        return searcher.search(
            query, limit=_PASSAGES, filters=filters, documents=documents, fold=Fold.COPIES, explain=False
        )

    if not by:
        return search(theme)
    own = search(theme, issued) if issued else []
    rows = {hit.row for hit in own}
    return [*own, *(hit for hit in search(f"{theme} {by}") if hit.row not in rows)]


# --- which sentences


def _candidates(searcher: Searcher, question: Question, hits: Sequence[Hit]) -> Iterator[_Candidate]:
    singles = {term.form: term.weight for term in question.terms if " " not in term.form}
    pairs = {term.form: term.weight for term in question.terms if " " in term.form}
    documents = searcher.facets.documents()
    for hit in hits:
        passage = hit.passage
        if is_aside(passage) or _share(singles, normal_form(passage.text)) < _LEAST:
            continue
        for sentence in find_sentences(passage.text):
            span = find_whole(passage.text, sentence)
            if span is None:
                continue
            words = passage.text[span.start : span.end]
            normal = normal_form(without_bodies(words))
            share, together = _share(singles, normal), _share(pairs, normal)
            if share < _LEAST or (pairs and together < _LEAST_PAIRS):
                continue
            form = appeal(words, documents.get(passage.document_id))
            if form < LEAST_APPEAL:
                continue
            yield _Candidate(
                hit=hit,
                start=passage.start + span.start,
                end=passage.start + span.end,
                words=words,
                score=share + together + _prominence(pairs or singles, normal) + form,
            )


def _share(wanted: Mapping[str, float], normal: str) -> float:
    whole = sum(wanted.values())
    return sum(weight for form, weight in wanted.items() if f" {form} " in normal) / whole if whole else 0.0


def _prominence(wanted: Mapping[str, float], normal: str) -> float:
    """0–0.6: how early and how densely a sentence speaks of the theme, rather than of it among many things."""
    held = [form for form in wanted if f" {form} " in normal]
    if not held:
        return 0.0
    early = 1 - min(normal.find(f" {form} ") for form in held) / len(normal)
    dense = min(1.0, 4 * sum(map(len, held)) / len(normal))
    return 0.3 * early + 0.3 * dense


# --- in which order


def _rank(searcher: Searcher, question: Question, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """All candidates, best first; the cosine is known of the best, and no other comes before them."""

    def order(one: _Candidate) -> tuple[float, int, int]:
        return (-one.score, one.hit.rank, one.start)

    first = sorted(candidates, key=order)
    close, rest = first[:_COMPARED], first[_COMPARED:]
    if not close:
        return []
    vectors = searcher.encode_texts([fold_spaces(one.words) for one in close])
    cosines = np.asarray((vectors @ searcher.encode(question.query).T).max(axis=1), dtype=np.float64).tolist()
    compared = [
        replace(one, score=one.score + _COSINE * cosine) for one, cosine in zip(close, cosines, strict=True)
    ]
    ranked = sorted(compared, key=order)
    floor = ranked[0].score - _DROP
    return [
        *(one for one in ranked if one.score >= floor),
        *(one for one in rest if one.score >= first[0].score - _DROP),
    ]


def _spread(ranked: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates with no more than a few of one document before others: its further ones come last."""
    met: Counter[str] = Counter()
    first: list[_Candidate] = []
    further: list[_Candidate] = []
    for one in ranked:
        met[one.document_id] += 1
        (first if met[one.document_id] <= _OF_ONE else further).append(one)
    return [*first, *further]


def _effects(searcher: Searcher, ranked: Sequence[_Candidate]) -> dict[str, Effect | None]:
    documents = searcher.facets.documents()
    ids = list(dict.fromkeys(one.document_id for one in ranked))
    own = [name for name in ids if documents[name].kind is not DocumentKind.NEWS]
    return {**dict.fromkeys(ids), **searcher.facets.effects(own)}


def _find_twin(one: _Candidate, found: Sequence[QuotableSentence]) -> int | None:
    """The place of a sentence already found that says the same in nearly the same words."""
    own = frozenset(normal_form(one.words).split())
    others = (frozenset(normal_form(other.citation.quote).split()) for other in found)
    return next((at for at, other in enumerate(others) if len(own & other) >= _TWIN * len(own | other)), None)


def _with_copy(found: QuotableSentence, twin: _Candidate) -> QuotableSentence:
    """The sentence with the document of its twin named, where that is the same to the letter."""
    same = fold_spaces(found.citation.quote) == fold_spaces(twin.words)
    known = (found.citation.document_id, *found.copies)
    return (
        found
        if not same or twin.document_id in known
        else replace(found, copies=(*found.copies, twin.document_id))
    )


def _make(
    searcher: Searcher, one: _Candidate, effect: Effect | None, read: ReadDocument, *, rank: int
) -> tuple[QuotableSentence, ...]:
    """The sentence with its citation; nothing where it does not pass the gate."""
    document = read(one.document_id)
    passage = passage_at(document, one.start)
    if passage is None or document.text[one.start : one.end] != one.words:
        return ()  # written anew since it was indexed
    citation = cite(document, one.start, one.end, about=(), location=passage.location)
    if citation_fault(citation, read) is not None:
        return ()
    sentence = QuotableSentence(
        rank=rank,
        citation=citation,
        kind=document.facts.kind,
        effect=effect,
        speakers=find_speakers(document.text, one.start, one.end),
        copies=tuple(name for name in one.hit.copies if one.words in searcher.store.text(name)),
        score=one.score,
    )
    return (sentence,)
