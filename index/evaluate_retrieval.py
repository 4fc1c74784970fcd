"""Evaluation of retrieval through the product's own path: dense, lexical and hybrid side by side.

A document ranks by its best passage. What is kept of a query are the ranks of its relevant documents: every
measure is computed from them, now or later from a results file (index/retrieval_results.py).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from time import perf_counter

import numpy as np

from corpus.text import fold
from index.diversity import Fold
from index.labelled_sets import LabelledQuery, RetrievalSet
from index.metrics import hit_at, ndcg_at, r_precision, recall_at, reciprocal_rank_at
from index.query import read_query
from index.resampling import bootstrap_interval
from index.search import Searcher, Weights

Measures = dict[str, float]
RANKINGS = ("dense", "lexical", "hybrid")
_SHOWN = 10  # hits of the timed search: what a page shows


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """Where the relevant documents of one query stood."""

    id: str
    kind: str | None
    relevant: int  # how many there are
    ranks: Mapping[str, tuple[int, ...]]  # ranking → ranks (from 1) of those found, ascending

    def measure(self, ranking: str, top: int) -> Measures:
        """All measures of one ranking."""
        found = self.ranks[ranking]
        # Ranks stand for documents; one that was not found has a rank that no list has.
        relevant: set[Hashable] = {*found, *(-missed for missed in range(1, self.relevant - len(found) + 1))}
        ranked = range(1, max(found, default=0) + 1)
        precision = r_precision(ranked, relevant)
        return {
            **{f"hit@{k}": hit_at(ranked, relevant, k) for k in sorted({1, 3, 5, top})},
            f"recall@{top}": recall_at(ranked, relevant, top),
            f"mrr@{top}": reciprocal_rank_at(ranked, relevant, top),
            f"ndcg@{top}": ndcg_at(ranked, relevant, top),
            "r_precision": precision,
            "all_first": float(precision == 1),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All queries of a set, asked once each."""

    queries: tuple[QueryResult, ...]
    latency_ms: dict[str, float]  # p50, p95 from typed text to hits; encoder_p50, encoder_p95 of it


def run_queries(
    searcher: Searcher,
    labelled: RetrievalSet,
    *,
    folded: bool = False,
    weights: Weights = Weights(),
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """The ranks of every query's relevant documents in each ranking, and how long a search takes, warm."""
    names = dict(searcher.store.source_ids())
    results: list[QueryResult] = []
    searches: list[float] = []
    encodings: list[float] = []
    searcher.search("khởi động", limit=_SHOWN)  # loads the model
    for query in labelled.queries:
        typed = fold(query.text) if folded else query.text
        searches.append(_time(searcher.search, typed, limit=_SHOWN))
        texts = list(read_query(typed, searcher.store).encoder_texts)
        encodings.append(_time(searcher.encoder.encode_queries, texts))
        ranks = {
            ranking: _find_ranks((names[row] for row in rows), query)
            for ranking, rows in rank_passages(searcher, typed, weights).items()
        }
        results.append(QueryResult(id=query.id, kind=query.kind, relevant=len(query.relevant), ranks=ranks))
        if progress is not None:
            progress(len(results), len(labelled.queries))
    return Run(
        queries=tuple(results), latency_ms=_percentiles("", searches) | _percentiles("encoder_", encodings)
    )


def rank_passages(searcher: Searcher, typed: str, weights: Weights = Weights()) -> dict[str, list[int]]:
    """Ranking → passage rows, best first, pages of one text each for themselves."""
    query = read_query(typed, searcher.store)
    hits = searcher.search(query, limit=2 * weights.depth, weights=weights, fold=Fold.NOTHING, explain=False)
    return {
        "dense": [row for row, _ in searcher.search_dense(query, limit=weights.depth)],
        "lexical": [row for row, _ in searcher.search_lexical(query, limit=weights.depth, weights=weights)],
        "hybrid": [hit.row for hit in hits],
    }


def _find_ranks(names: Iterable[str], query: LabelledQuery) -> tuple[int, ...]:
    documents = dict.fromkeys(names)
    return tuple(rank for rank, name in enumerate(documents, start=1) if name in query.relevant)


def _time(work: Callable[..., object], *arguments: object, **options: object) -> float:
    start = perf_counter()
    work(*arguments, **options)
    return perf_counter() - start


def _percentiles(name: str, seconds: Sequence[float]) -> dict[str, float]:
    return {f"{name}p{share}": round(float(np.percentile(seconds, share)) * 1000, 1) for share in (50, 95)}


# --- summaries


def summarise(queries: Sequence[QueryResult], top: int) -> dict[str, object]:
    """Ranking → means of every measure; their 95% `intervals`; the same `by_kind`.

    A kind (or the whole set, where it has no kinds) with queries of one and of several relevant documents is
    shown in these two parts beside.
    """
    kinds = {name: _summarise_group(group, top) for name, group in group_by_kind(queries).items()}
    return {**_summarise_group(queries, top), "by_kind": kinds}


def group_by_kind(queries: Sequence[QueryResult]) -> dict[str, list[QueryResult]]:
    """Kind → its queries, then the same parted by whether one or several documents are relevant."""
    kinds: dict[str, list[QueryResult]] = {}
    for query in queries:
        kinds.setdefault(query.kind or "", []).append(query)
    groups: dict[str, list[QueryResult]] = {}
    for kind, members in sorted(kinds.items()):
        several = [query for query in members if query.relevant > 1]
        if kind:
            groups[kind] = members
        if 0 < len(several) < len(members):
            groups[f"{kind} (1)".strip()] = [query for query in members if query.relevant == 1]
            groups[f"{kind} (>1)".strip()] = several
    return groups


def _summarise_group(queries: Sequence[QueryResult], top: int) -> dict[str, object]:
    summary: dict[str, object] = {"count": len(queries)}
    intervals: dict[str, dict[str, list[float]]] = {}
    for ranking in RANKINGS:
        measured = [query.measure(ranking, top) for query in queries]
        names = list(measured[0])
        summary[ranking] = {name: round(fmean(one[name] for one in measured), 4) for name in names}
        bounds = bootstrap_interval([list(one.values()) for one in measured])
        intervals[ranking] = {
            name: [round(bound, 4) for bound in pair] for name, pair in zip(names, bounds, strict=True)
        }
    summary["intervals"] = intervals
    return summary
