"""Search: a query against the dense and the lexical index of one store, blended.

The parts are opened once (`Searcher.open`) and are safe to read from several threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.store import Store, StoredPassage
from corpus.symbols import symbol_key
from index.build import index_folder, open_files
from index.dense import DenseIndex
from index.diversity import Fold, Folding
from index.encoder import Encoder
from index.explain import Explainer
from index.fusion import blend
from index.lexical import Field, LexicalIndex
from index.manifest import Manifest, check_current, check_parts, read_manifest
from index.models import Hit
from index.query import Query, read_query
from index.tokens import bigrams, folded, syllables, words

_STEP = 32  # passages read from the store at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How lists are blended. Defaults were chosen on labelled sets (docs/decisions.md)."""

    dense: float = 0.5  # share of the dense list; the rest is lexical
    depth: int = 100  # passages taken from each list
    word_boost: float = 0.5  # underthesea words beside syllables and bigrams
    folded_boost: float = 0.3  # folded tokens beside exact ones, for a query typed with diacritics
    restored: float = 1.0  # tokens of the restored reading of a query typed without diacritics
    own_number: float = 8.0  # z-units for passages of the document whose own number is asked for
    cited_number: float = 4.0  # z-units for passages that mention the number


class Searcher:
    """One store's indexes, opened together and checked against the store's present state."""

    def __init__(
        self, store: Store, encoder: Encoder, dense: DenseIndex, lexical: LexicalIndex, manifest: Manifest
    ) -> None:
        self.store = store
        self.encoder = encoder
        self.manifest = manifest
        self._dense = dense
        self._lexical = lexical

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

    def search_dense(self, query: Query, *, limit: int) -> list[tuple[int, float]]:
        """(row, cosine), best first; of several readings of a query, each row's best cosine."""
        best: dict[int, float] = {}
        for vector in self.encoder.encode_queries(list(query.encoder_texts)):
            for row, cosine in self._dense.search(vector, limit=limit):
                best[row] = max(cosine, best.get(row, cosine))
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def search_lexical(
        self, query: Query, *, limit: int, weights: Weights = Weights()
    ) -> list[tuple[int, float]]:
        """(row, BM25), best first."""
        return self._lexical.search(lexical_tokens(query, weights), limit=limit)

    def search(
        self,
        query: Query | str,
        *,
        limit: int = 10,
        weights: Weights = Weights(),
        fold: Fold = Fold.DOCUMENTS,
        explain: bool = True,
    ) -> list[Hit]:
        """The best passages for a query, at most `limit`, each with the reasons for it unless not `explain`.

        A passage that stands in several copies of one text comes once, from the page that ranks first; the
        others are in `copies`. Of one document two passages stand in the list, further ones in `below`.
        """
        if isinstance(query, str):
            query = read_query(query, self.store)
        dense = self.search_dense(query, limit=weights.depth)
        lexical = self.search_lexical(query, limit=weights.depth, weights=weights)
        ranking, matched = self._lift_numbers(
            query, blend(dense, lexical, dense_weight=weights.dense), weights
        )
        folding = self._fold(ranking, limit, fold)
        scores, by_dense, by_lexical = dict(ranking), _with_ranks(dense), _with_ranks(lexical)

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
                number_match=stored.row in matched,
                copies=folding.copies(stored.passage.document_id),
                below=tuple(hit(rank, further) for further in below),
            )

        found = [hit(rank, group.passage, group.below) for rank, group in enumerate(folding.groups, start=1)]
        return list(map(Explainer(self.store, query).explain, found)) if explain else found

    def _fold(self, ranking: Sequence[tuple[int, float]], limit: int, fold: Fold) -> Folding:
        """The first `limit` passages of a ranking, put together."""
        folding = Folding(self.store, fold, limit=limit)
        step = max(limit, _STEP)
        for first in range(0, len(ranking), step):
            if folding.is_full:
                break
            folding.add(self.store.passages([row for row, _ in ranking[first : first + step]]))
        return folding

    def _lift_numbers(
        self, query: Query, ranking: list[tuple[int, float]], weights: Weights
    ) -> tuple[list[tuple[int, float]], frozenset[int]]:
        """The ranking with the passages in front that carry a number which the query asks for.

        A number is an exact thing: a passage that matches its neighbours in meaning but not the number is
        no answer to it.
        """
        if not query.symbols:
            return ranking, frozenset()
        scores = dict(ranking)
        floor = min(scores.values(), default=0.0)
        own, cited = self._number_rows(query.symbols, weights.depth)
        for row in cited:
            scores[row] = scores.get(row, floor) + weights.cited_number
        for row in own:
            scores[row] = scores.get(row, floor) + weights.own_number
        return sorted(scores.items(), key=lambda item: (-item[1], item[0])), own | cited

    def _number_rows(self, symbols: Sequence[str], limit: int) -> tuple[frozenset[int], frozenset[int]]:
        tokens = [(Field.NUMBERS, symbol_key(symbol), 1.0) for symbol in symbols]
        cited = frozenset(row for row, _ in self._lexical.search(tokens, limit=limit))
        own = frozenset(
            row
            for symbol in symbols
            for document_id in self.store.documents_with_symbol(symbol)
            for row in self.store.rows_of(document_id)
        )
        return own, cited


def _with_ranks(ranked: Sequence[tuple[int, float]]) -> dict[int, tuple[int, float]]:
    """Row → (rank from 1, score)."""
    return {row: (rank, score) for rank, (row, score) in enumerate(ranked, start=1)}


def lexical_tokens(query: Query, weights: Weights = Weights()) -> list[tuple[Field, str, float]]:
    """The weighted tokens of a query: exact ones where it has diacritics, folded ones beside or instead."""
    plain = syllables(query.text)
    bare = folded(plain)
    tokens: list[tuple[Field, str, float]] = []
    if query.has_diacritics:
        tokens += [(Field.SYLLABLES, token, 1.0) for token in plain + bigrams(plain)]
        tokens += [(Field.WORDS, token, weights.word_boost) for token in words(query.text)]
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
