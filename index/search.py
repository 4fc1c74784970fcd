"""Search: a query against the dense and the lexical index of one store, blended.

The parts are opened once (`Searcher.open`) and are safe to read from several threads.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache, partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corpus.facets import FacetTable, Filters, Selection
from corpus.store import Store, StoredPassage
from index.build import index_folder, open_files
from index.dense import DenseIndex
from index.diversity import Fold, Folding
from index.encoded_texts import EncodedTexts
from index.encoder import Encoder, Vectors
from index.explain import Explainer
from index.fusion import blend
from index.joint_reader import JointReader
from index.lexical import Field, LexicalIndex
from index.lifting import Lifter, Lifts
from index.manifest import Manifest, check_current, check_parts, read_manifest
from index.models import Hit
from index.passage_words import PassageWords
from index.query import Query, read_query
from index.ranker import Candidate, rank_candidates
from index.tokens import bigrams, folded, syllables, words

_STEP = 32  # passages read from the store at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How lists are blended. Defaults were chosen on labelled sets (docs/decisions.md)."""

    dense: float = 0.5  # share of the dense list; the rest is lexical
    depth: int = 100  # passages taken from each list
    ranked: int = 100  # of the blend, that the learned ranker orders anew; 0 leaves the blend as it is
    word_boost: float = 0.5  # underthesea words beside syllables and bigrams
    folded_boost: float = 0.3  # folded tokens beside exact ones, for a query typed with diacritics
    restored: float = 1.0  # tokens of the restored reading of a query typed without diacritics
    lifts: Lifts = field(default_factory=Lifts)  # what the query asks for beside its words


@dataclass(frozen=True, slots=True, kw_only=True)
class _FirstStage:
    """What both indexes found for one query; (row, score), best first."""

    vectors: Vectors  # of the query's readings
    dense: list[tuple[int, float]]
    lexical: list[tuple[int, float]]
    blended: list[tuple[int, float]]


class Searcher:
    """One store's indexes, opened together and checked against the store's present state."""

    def __init__(
        self, store: Store, encoder: Encoder, dense: DenseIndex, lexical: LexicalIndex, manifest: Manifest
    ) -> None:
        self.store = store
        self.encoder = encoder
        self.manifest = manifest
        self.facets = FacetTable(store)
        self._dense = dense
        self.lexical = lexical
        # An open index does not change; titles ask for the same few thousand words again and again.
        self._rarity = lru_cache(maxsize=1 << 16)(partial(lexical.rarity, Field.SYLLABLES))
        # A question is searched, then its passages and their sentences are compared with it.
        self._encoded = lru_cache(maxsize=64)(lambda texts: encoder.encode_queries(list(texts)))
        self._texts = EncodedTexts(encoder)
        self._joint = JointReader(encoder)
        self._words = PassageWords(store)
        rows_by_document = cache(store.rows_by_document)
        # Comparisons search the documents of one province, then those of all others.
        self._rows_of = lru_cache(maxsize=64)(lambda names: _rows_of(names, rows_by_document()))
        self._lifter = Lifter(store, lexical, self.facets)
        self._selection: Selection | None = None
        self._selected: frozenset[str] | None = None

    @classmethod
    def open(cls, store: Store, encoder: Encoder) -> Searcher:
        """The searcher of a store. Raises MissingIndex, StaleIndex, ForeignIndex or IndexCorrupt."""
        folder = index_folder(store)
        manifest = read_manifest(folder)
        state = store.state()
        check_parts(manifest, state, encoder.fingerprint)
        check_current(manifest, state)
        dense, lexical = open_files(folder, encoder.dimensions)
        return cls(store, encoder, dense, lexical, manifest)

    def within(self, filters: Filters, *, as_of: date | None = None) -> Searcher:
        """This searcher over the documents alone that pass `filters`; `as_of` is the day of effect (default today)."""
        narrowed = copy.copy(self)
        if filters:
            narrowed._selection = self.facets.select(filters, as_of=as_of)
            narrowed._selected = frozenset(narrowed._selection.documents)
        return narrowed

    @property
    def is_narrowed(self) -> bool:
        """Whether a part of the documents is searched, not all."""
        return self._selected is not None

    def selects(self, document_id: str) -> bool:
        """Whether a document is one of those that are searched."""
        return self._selected is None or document_id in self._selected

    def documents_called(self, query: Query) -> tuple[str, ...]:
        """The documents searched that are a law that a query names ("Luật Việc làm")."""
        return tuple(name for name in self._lifter.documents_called(query.documents) if self.selects(name))

    def search_dense(
        self, query: Query, *, limit: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """(row, cosine), best first; of several readings of a query, each row's best cosine.

        Only the rows `allowed` are looked at (None: all), here and below.
        """
        return self._search_vectors(self._encode(query), limit=limit, allowed=allowed)

    def search_lexical(
        self,
        query: Query,
        *,
        limit: int,
        weights: Weights = Weights(),
        allowed: Collection[int] | None = None,
    ) -> list[tuple[int, float]]:
        """(row, BM25), best first."""
        return self.lexical.search(lexical_tokens(query, weights), limit=limit, allowed=allowed)

    def search(
        self,
        query: Query | str,
        *,
        limit: int = 10,
        weights: Weights = Weights(),
        filters: Filters = Filters(),
        documents: Collection[str] | None = None,
        fold: Fold = Fold.DOCUMENTS,
        explain: bool = True,
    ) -> list[Hit]:
        """The best passages for a query, at most `limit`, of the documents that pass `filters`.

        `documents`, where given, are the ids of the only ones that are looked at.

        Each comes with the reasons for it and the effect of its document, unless not `explain`.
        A passage that stands in several copies of one text comes once, from the page that ranks first; the
        others are in `copies`. Of one document two passages stand in the list, further ones in `below`.
        """
        if isinstance(query, str):
            query = read_query(query, self.store)
        allowed = None if self._selection is None else self._selection.rows
        if filters:
            chosen = self.facets.select(filters).rows
            allowed = chosen if allowed is None else chosen & allowed
        if documents is not None:
            own = self._rows_of(tuple(documents))
            allowed = own if allowed is None else own & allowed
        first = self._search_both(query, weights, allowed)
        ranked = self._rank(query, first, limit=weights.ranked)
        lifted = self._lifter.lift(query, ranked, lifts=weights.lifts, depth=weights.depth, allowed=allowed)
        folding = self._fold(lifted.ranking, limit, fold)
        scores = dict(lifted.ranking)
        by_dense, by_lexical = _with_ranks(first.dense), _with_ranks(first.lexical)
        effects = self.facets.effects(folding.documents()) if explain else {}

        def hit(rank: int, stored: StoredPassage, below: Sequence[StoredPassage] = ()) -> Hit:
            dense_rank, cosine = by_dense.get(stored.row, (None, None))
            lexical_rank, bm25 = by_lexical.get(stored.row, (None, None))
            return Hit(
                rank=rank,
                score=scores[stored.row],
                row=stored.row,
                passage=stored.passage,
                title=stored.title,
                dense=cosine,
                lexical=bm25,
                dense_rank=dense_rank,
                lexical_rank=lexical_rank,
                number_match=stored.row in lifted.numbers,
                lifted=lifted.reasons(stored),
                copies=folding.copies(stored.passage.document_id),
                effect=effects.get(stored.passage.document_id),
                below=tuple(hit(rank, further) for further in below),
            )

        found = [hit(rank, group.passage, group.below) for rank, group in enumerate(folding.groups, start=1)]
        return list(map(Explainer(self.store, query).explain, found)) if explain else found

    def warm(self) -> None:
        """Read ahead what searches need of every passage (1.5 s for 20,000), rather than at the first of them."""
        self._words.read_all(sorted(self._dense.rows()))

    def find_candidates(
        self, query: Query, weights: Weights = Weights()
    ) -> tuple[list[Candidate], Mapping[str, str]]:
        """What the ranker is given for a query: (candidates, the best of the blend first; letters)."""
        first = self._search_both(query, weights, None)
        return self._describe(first.vectors, first.blended[: weights.ranked])

    def cosines(self, query: Query, rows: Sequence[int]) -> Mapping[int, float]:
        """Row → cosine of its passage and a query; of several readings of the query, the best."""
        found = self._dense.cosines(self._encode(query), rows).tolist()
        return dict(zip(rows, found, strict=True))

    def encode(self, query: Query) -> Vectors:
        """The vectors of a query's readings, shape (readings, dimensions)."""
        return self._encode(query)

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        """The vectors of stretches of texts, shape (len(texts), dimensions); there must be one."""
        return self._texts.encode(texts)

    def score_texts(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """How well each text answers a question (`JointReader.score`), shape (len(texts),)."""
        return self._joint.score(question, texts)

    def rarity(self, unit: str) -> float:
        """How rare a syllable, or a pair of them, is in this store; for `index.ranker`."""
        return self._rarity(unit)

    def _search_both(self, query: Query, weights: Weights, allowed: Collection[int] | None) -> _FirstStage:
        vectors = self._encode(query)
        dense = self._search_vectors(vectors, limit=weights.depth, allowed=allowed)
        lexical = self.search_lexical(query, limit=weights.depth, weights=weights, allowed=allowed)
        blended = blend(dense, lexical, dense_weight=weights.dense)
        return _FirstStage(vectors=vectors, dense=dense, lexical=lexical, blended=blended)

    def _encode(self, query: Query) -> Vectors:
        return self._encoded(query.encoder_texts)

    def _search_vectors(
        self, vectors: Vectors, *, limit: int, allowed: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        best: dict[int, float] = {}
        for vector in vectors:
            for row, cosine in self._dense.search(vector, limit=limit, allowed=allowed):
                best[row] = max(cosine, best.get(row, cosine))
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def _rank(self, query: Query, first: _FirstStage, *, limit: int) -> list[tuple[int, float]]:
        """The first `limit` of the blend ordered by the learned ranker, the others behind them as they were."""
        blended = first.blended
        candidates, letters = self._describe(first.vectors, blended[:limit])
        ranked = rank_candidates(query.reading, candidates, letters, self.rarity)
        if not ranked:
            return blended
        drop = ranked[-1][1] - blended[limit - 1][1] if len(blended) > limit else 0.0
        return ranked + [(row, score + drop) for row, score in blended[limit:]]

    def _describe(
        self, vectors: Vectors, blended: Sequence[tuple[int, float]]
    ) -> tuple[list[Candidate], Mapping[str, str]]:
        """The passages of a ranking as the ranker sees them; one that a writer has just removed may be left out."""
        if not blended:
            return [], {}
        rows = [row for row, _ in blended]
        cosines = self._dense.cosines(vectors, rows).tolist()
        letters, words = self._words.read(rows)
        candidates = [
            Candidate(row=row, title=words[row].title, words=words[row].text, blend=score, cosine=cosine)
            for (row, score), cosine in zip(blended, cosines, strict=True)
            if row in words
        ]
        return candidates, letters

    def _fold(self, ranking: Sequence[tuple[int, float]], limit: int, fold: Fold) -> Folding:
        """The first `limit` passages of a ranking, put together."""
        folding = Folding(self.store, fold, limit=limit)
        step = max(limit, _STEP)
        for first in range(0, len(ranking), step):
            if folding.is_full:
                break
            folding.add(self.store.passages([row for row, _ in ranking[first : first + step]]))
        return folding


def _rows_of(documents: Collection[str], rows: Mapping[str, tuple[int, ...]]) -> frozenset[int]:
    return frozenset(chain.from_iterable(rows.get(name, ()) for name in documents))


def _with_ranks(ranked: Sequence[tuple[int, float]]) -> dict[int, tuple[int, float]]:
    """Row → (rank from 1, score)."""
    return {row: (rank, score) for rank, (row, score) in enumerate(ranked, start=1)}


# A comparison searches for one theme in the documents of one province after another.
_words_of = lru_cache(maxsize=64)(words)


def lexical_tokens(query: Query, weights: Weights = Weights()) -> list[tuple[Field, str, float]]:
    """The weighted tokens of a query: exact ones where it has diacritics, folded ones beside or instead."""
    plain = syllables(query.text)
    bare = folded(plain)
    tokens: list[tuple[Field, str, float]] = []
    if query.has_diacritics:
        tokens += [(Field.SYLLABLES, token, 1.0) for token in plain + bigrams(plain)]
        tokens += [(Field.WORDS, token, weights.word_boost) for token in _words_of(query.text)]
        folded_boost = weights.folded_boost
    else:
        folded_boost = 1.0
    tokens += [(Field.FOLDED, token, folded_boost) for token in bare + bigrams(bare)]
    # What was typed without marks, or with a slip, is read beside it, weighted by how sure the reading is.
    tokens += [(Field.SYLLABLES, unit, weights.restored * sure) for unit, sure in query.added_units]
    tokens += [(Field.FOLDED, unit, folded_boost * sure) for unit, sure in query.added_folded_units]
    for expansion in query.expansions:
        # An abbreviation's expansion is added beside it, never in its place.
        units = syllables(expansion.text)
        tokens += [(Field.SYLLABLES, token, expansion.weight) for token in units + bigrams(units)]
    return [(field, token, boost) for field, token, boost in tokens if boost > 0]
