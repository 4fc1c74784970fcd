"""Seconds that one answer takes, without a language model: median and 95th percentile over questions.

    python bench/answer_time.py STORE [QUESTIONS ...] [--profile]

QUESTIONS are files with one question a line, as text or as the JSON of a gold file (default:
bench/page_questions.txt). Model and index are loaded and ten questions asked before anything is measured; every
measured question is asked for the first time, each on one searcher, as the page keeps it.
Other work on the machine stretches "time", not the others: "processor" is what the process had of all cores
meanwhile, "asking" what the asking thread had of it, and "quiet" the asking thread with half of the rest, which
the encoder spreads over two cores: about the time on two cores with nothing else to do.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter, process_time, thread_time

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.page_load import QUESTIONS
from corpus.store import Store
from index.answer import answer
from index.encoder import load_encoder
from index.retrieval_results import find_commit
from index.search import Searcher
from settings import load_settings

_FIRST = 10  # questions of bench/page_questions.txt that warm what is loaded once
_CORES = 2


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("questions", type=Path, nargs="*", default=[QUESTIONS])
    parser.add_argument("--profile", action="store_true", help="print where the time went, too")
    given = parser.parse_args()
    questions = list(dict.fromkeys(one for path in given.questions for one in read_questions(path)))
    warming = [one for one in read_questions(QUESTIONS) if one not in questions] or questions
    with Store.open(given.store, read_only=True) as store:
        searcher = Searcher.open(store, load_encoder(None, cache=load_settings().cache))
        searcher.warm()
        for question in warming[:_FIRST]:
            answer(searcher, question)
        profile = cProfile.Profile(thread_time) if given.profile else None
        if profile:
            profile.enable()
        taken = measure(searcher, questions)
        if profile:
            profile.disable()
        passages = store.state().passages
    print(f"{passages:,} passages, commit {find_commit()}, {len(questions)} questions, seconds")
    print(f"{'':12}{'p50':>8}{'p95':>8}{'mean':>8}{'longest':>9}")
    for name, column in zip(("time", "processor", "asking", "quiet"), np.array(taken).T, strict=True):
        low, high = np.percentile(column, (50, 95))
        print(f"{name:12}{low:8.3f}{high:8.3f}{column.mean():8.3f}{column.max():9.3f}")
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)


def read_questions(path: Path) -> Iterator[str]:
    """The questions of a file: a line is one, or the JSON of one."""
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)["text"] if line.startswith("{") else line.strip()


def measure(searcher: Searcher, questions: Sequence[str]) -> list[tuple[float, ...]]:
    """Seconds of each answer: (on the wall, of all cores, of the asking thread, that and half of the rest)."""
    taken = []
    for question in questions:
        begun, worked, own = perf_counter(), process_time(), thread_time()
        answer(searcher, question)
        own = thread_time() - own
        worked = process_time() - worked
        taken.append((perf_counter() - begun, worked, own, own + (worked - own) / _CORES))
    return taken


if __name__ == "__main__":
    main()
