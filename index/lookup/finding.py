"""Which documents a list of results has for what was typed, and the passage that each is shown with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from corpus.facets import Filters
from index.explain import Explainer
from index.lookup.catalogue import Catalogue
from index.lookup.numbers import NumberTable
from index.lookup.words import is_bare_number, rows_with_all_words
from index.models import Hit
from index.query import read_query
from index.query_models import Query
from index.search import Searcher

_RANKED = 60  # passages of the ranking: about forty documents
_NUMBERS = 10  # that a short form may mean, whose mentions are looked up
_PASSAGES = 400  # of the documents that are shown, the best


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The documents for what was typed; the filters choose among them."""

    query: Query
    ranked: tuple[str, ...]  # ids, the best first
    whole: frozenset[str]  # of them, those that have all that was typed; the others are near in meaning
    hits: Mapping[str, Hit]  # the best passage of those that the ranking reached; not explained
    bare: bool  # nothing but document numbers was typed
    absent: Mapping[str, int]  # number asked for whose text is not held → how many documents mention it


def find_documents(searcher: Searcher, catalogue: Catalogue, numbers: NumberTable, words: str) -> Found:
    """The documents of the number or law typed first, then those of the ranking, then all that hold the words."""
    store = searcher.store
    query = read_query(words, store)
    bare = is_bare_number(query)
    if not query.symbols and (meant := numbers.meant(words)):  # "nghi dinh 30 2020", "3/2019"
        query, bare = replace(query, symbols=meant[:_NUMBERS]), True
    hits = _best_hits(searcher.search(query, limit=_RANKED, explain=False))
    named = _find_named(catalogue, query)
    absent: dict[str, int] = {}
    if query.symbols:
        whole = list(named)
        for symbol in query.symbols[:_NUMBERS]:
            mentioning = dict.fromkeys(document_id for document_id, _ in store.references_to(symbol))
            if not catalogue.titles.documents_numbered(symbol):
                absent[symbol] = len(mentioning)
            whole += mentioning
    else:
        whole = [*named, *store.documents_of_rows(rows_with_all_words(searcher.lexical, query))]
    if whole and bare:
        hits = {one: hit for one, hit in hits.items() if one in whole}  # nothing is near to a number
    known = catalogue.cards()
    ranked = dict.fromkeys(one for one in (*named, *hits, *whole) if one in known)
    return Found(
        query=query,
        ranked=tuple(ranked),
        whole=frozenset(whole) & ranked.keys(),
        hits=hits,
        bare=bare,
        absent=absent,
    )


def find_near(searcher: Searcher, found: Found, filters: Filters, *, limit: int = 10) -> Mapping[str, Hit]:
    """Documents that pass some filters and are only near in meaning to what was typed, best first."""
    if found.bare:
        return {}
    hits = _best_hits(searcher.search(found.query, limit=limit, filters=filters, explain=False))
    return {document_id: hit for document_id, hit in hits.items() if document_id not in found.ranked}


def explain_documents(searcher: Searcher, found: Found, document_ids: Sequence[str]) -> Mapping[str, Hit]:
    """Document id → the passage it is shown with and why; not of one without a passage."""
    missing = [one for one in document_ids if one not in found.hits]
    hits = {**found.hits, **_best_passages(searcher, found.query, missing)}
    explainer = Explainer(searcher.store, found.query)
    return {one: explainer.explain(hits[one]) for one in document_ids if one in hits}


def _find_named(catalogue: Catalogue, query: Query) -> list[str]:
    """The documents of the numbers and laws that are asked for."""
    numbered = chain.from_iterable(catalogue.titles.documents_numbered(one) for one in query.symbols)
    called = chain.from_iterable(catalogue.titles.documents_called(one) for one in query.documents)
    return list(dict.fromkeys((*numbered, *called)))


def _best_hits(hits: Iterable[Hit]) -> dict[str, Hit]:
    """Document id → its best hit; copies of one text share it."""
    best: dict[str, Hit] = {}
    for hit in hits:
        for document_id in (hit.passage.document_id, *hit.copies):
            if document_id not in best:
                best[document_id] = replace(hit, below=())  # one passage is shown, others need no reasons
    return best


def _best_passages(searcher: Searcher, query: Query, document_ids: Sequence[str]) -> dict[str, Hit]:
    """The best passage by words of documents that the ranking did not reach; else their first."""
    if not document_ids:
        return {}
    store = searcher.store
    allowed = store.rows_of_documents(document_ids)
    rows = [row for row, _ in searcher.search_lexical(query, limit=_PASSAGES, allowed=allowed)]
    hits: dict[str, Hit] = {}
    for stored in store.passages(rows):
        hits.setdefault(
            stored.passage.document_id,
            Hit(
                rank=1,
                score=0.0,
                row=stored.row,
                passage=stored.passage,
                title=stored.title,
                dense=None,
                lexical=None,
                number_match=False,
            ),
        )
    return hits
