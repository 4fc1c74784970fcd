"""Milliseconds of a query by stage, warm, in one process, at about 20,000 passages.

    python bench/latency.py [SET] [--articles 10300] [--queries 300] [--folded]

SET (default: ../shared/data/retrieval/law-questions) gives the first articles and the first queries. The store
is kept in the cache folder (index/evaluation_store.py). "all" is `Searcher.search` from the typed text to ten
hits; the stages are measured beside it, one after another, on the same query:

    read     what is understood of the query
    encode   the encoder alone
    dense    nearest vectors, without the encoding
    tokens   the query's tokens for the word index
    lexical  the word index, without the tokens
    rest     what is left of "all": blending, the ranker, lifts, folding, effects, reasons
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus.text import fold
from index.encoder import load_encoder
from index.evaluation_store import open_evaluation_store
from index.labelled_sets import RetrievalSet, hash_file, read_retrieval_set
from index.query import read_query
from index.retrieval_results import find_commit
from index.search import Searcher, lexical_tokens
from settings import load_settings

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "retrieval"
STAGES = ("all", "read", "encode", "dense", "tokens", "lexical", "rest")


def show_progress(stage: str, done: int, total: int) -> None:
    if done % 500 == 0 or done == total:
        print(f"\r{stage} {done}/{total} ", end="", file=sys.stderr)


def main() -> None:
    arguments = _parse_arguments()
    settings = load_settings()
    labelled = read_retrieval_set(arguments.set)
    typed = [query.text for query in labelled.queries[: arguments.queries]]
    if arguments.folded:
        typed = list(map(fold, typed))
    with TemporaryDirectory() as folder:
        cut = cut_corpus(labelled, Path(folder) / "corpus.jsonl", arguments.articles)
        with open_evaluation_store(
            cut,
            load_encoder(None, cache=settings.cache),
            cache=settings.cache,
            workers=settings.workers,
            progress=show_progress,
        ) as searcher:
            print_stages(searcher, typed)


def cut_corpus(labelled: RetrievalSet, path: Path, articles: int) -> RetrievalSet:
    """The set with its first articles alone, written to `path`."""
    with labelled.corpus.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8") as out:
        out.writelines(islice(lines, articles))
    return replace(
        labelled, name=f"{labelled.name}-{articles}", corpus=path, sha256={"corpus": hash_file(path)}
    )


def print_stages(searcher: Searcher, typed: list[str]) -> None:
    for text in typed[:20]:
        searcher.search(text)
    table = np.array([measure(searcher, text) for text in typed]) * 1000
    print(f"\ncommit {find_commit()}, {searcher.manifest.passages} passages, {len(typed)} queries, ms")
    print(f"{'':10}{'p50':>8}{'p95':>8}{'mean':>8}")
    for stage, column in zip(STAGES, table.T, strict=True):
        low, high = np.percentile(column, (50, 95))
        print(f"{stage:10}{low:8.1f}{high:8.1f}{column.mean():8.1f}")


def measure(searcher: Searcher, text: str) -> tuple[float, ...]:
    """Seconds of every stage of one query, in the order of STAGES."""
    marks = [perf_counter()]
    searcher.search(text)
    marks.append(perf_counter())
    query = read_query(text, searcher.store)
    marks.append(perf_counter())
    searcher.encoder.encode_queries(list(query.encoder_texts))
    marks.append(perf_counter())
    searcher.search_dense(query, limit=100)
    marks.append(perf_counter())
    lexical_tokens(query)
    marks.append(perf_counter())
    searcher.search_lexical(query, limit=100)
    marks.append(perf_counter())
    everything, read, encode, dense, tokens, lexical = np.diff(marks)
    dense, lexical = dense - encode, lexical - tokens
    return (
        everything,
        read,
        encode,
        dense,
        tokens,
        lexical,
        everything - read - encode - dense - tokens - lexical,
    )


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", type=Path, nargs="?", default=SHARED / "law-questions")
    parser.add_argument("--articles", type=int, default=10_300, help="these make about 20,000 passages")
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--folded", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
