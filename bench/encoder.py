"""Speed and loss of the encoder's precisions and batch sizes, interleaved.

    python bench/encoder.py SET [--texts 64] [--articles 1000] [--questions 100] [--threads N]

SET is a retrieval set (corpus.jsonl, queries.jsonl, qrels.tsv). First table: passages of about 900
characters, best of three rounds, ratio to fp32 at the shipped budget; the processor's time counts all
threads, so it says more than the clock on a busy machine. Second table: what a precision loses on the first
questions of SET among their relevant articles and the first others (dense only, article cut at 900).

The budget (tokens of a batch) is torch's; int8 on onnxruntime computes every text on its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index import encoder as encoding
from index.e5_weights import user_cache
from index.encoder import Encoder, Precision, Vectors, load_encoder

ROUNDS = 3
CASES = [(Precision.FP32, budget) for budget in (0, encoding.TOKEN_BUDGET, 4096)] + [(Precision.INT8, 0)]
BASE = (Precision.FP32, encoding.TOKEN_BUDGET)


@dataclass
class Timing:
    clock: float = float("inf")
    processor: float = float("inf")
    vectors: Vectors = field(default_factory=lambda: np.empty((0, 0), dtype=np.float32))


def main() -> None:
    arguments = _parse_arguments()
    if arguments.threads:
        os.environ["OMP_NUM_THREADS"] = str(arguments.threads)  # read before the first encoding
    encoders = {
        precision: load_encoder(None, cache=user_cache(), precision=precision) for precision in Precision
    }
    for encoder in encoders.values():
        encoder.encode_queries(["khởi động"])
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    print(f"commit {commit.stdout.strip()}")
    articles = _read_rows(arguments.set / "corpus.jsonl")
    print_speed(encoders, _cut_passages([row["text"] for row in articles], arguments.texts))
    if arguments.articles:
        print_retrieval(encoders, arguments.set, articles, arguments.articles, arguments.questions)


def print_speed(encoders: dict[Precision, Encoder], texts: list[str]) -> None:
    timings = {case: Timing() for case in CASES}
    for _ in range(ROUNDS):
        for case in CASES:
            _time_once(encoders[case[0]], case[1], texts, timings[case])
    base = timings[BASE]
    heads = ("budget", "texts/s", "cpu ms/text", "ratio", "cos mean", "cos min")
    print(f"{'precision':10}" + "".join(f"{head:>12}" for head in heads))
    for (precision, budget), timing in timings.items():
        cosines = (timing.vectors * base.vectors).sum(axis=1)
        print(
            f"{precision:10}{budget:12}{len(texts) / timing.clock:12.1f}"
            f"{1000 * timing.processor / len(texts):12.0f}{base.processor / timing.processor:12.2f}"
            f"{cosines.mean():12.5f}{cosines.min():12.5f}"
        )


def print_retrieval(
    encoders: dict[Precision, Encoder],
    folder: Path,
    articles: list[dict[str, str]],
    article_count: int,
    question_count: int,
) -> None:
    questions = _read_rows(folder / "queries.jsonl")[:question_count]
    relevant = _read_relevant(folder / "qrels.tsv", {row["id"] for row in questions})
    needed = set().union(*relevant.values())
    ordered = sorted(articles, key=lambda row: row["id"] not in needed)[:article_count]
    passages = [f"{row['title']}\n{row['text']}"[:900] for row in ordered]
    print(f"{len(questions)} questions, {len(passages)} articles")
    print(f"{'precision':10}{'hit@1':>8}{'hit@10':>8}{'mrr@10':>8}")
    for precision, encoder in encoders.items():
        scores = (
            encoder.encode_queries([row["text"] for row in questions]) @ encoder.encode_passages(passages).T
        )
        ranks = [
            1 + next(i for i, at in enumerate(order) if ordered[at]["id"] in relevant[row["id"]])
            for row, order in zip(questions, np.argsort(-scores, axis=1), strict=True)
        ]
        reciprocal = [1 / rank if rank <= 10 else 0.0 for rank in ranks]
        hits = [sum(rank <= top for rank in ranks) / len(ranks) for top in (1, 10)]
        print(f"{precision:10}{hits[0]:8.3f}{hits[1]:8.3f}{np.mean(reciprocal):8.3f}", flush=True)


def _time_once(encoder: Encoder, budget: int, texts: list[str], timing: Timing) -> None:
    shipped, encoding.TOKEN_BUDGET = encoding.TOKEN_BUDGET, budget
    clock, processor = time.perf_counter(), time.process_time()
    timing.vectors = encoder.encode_passages(texts)
    timing.processor = min(timing.processor, time.process_time() - processor)
    timing.clock = min(timing.clock, time.perf_counter() - clock)
    encoding.TOKEN_BUDGET = shipped


def _cut_passages(texts: list[str], count: int) -> list[str]:
    """`count` passages of 900 characters, drawn evenly over the texts."""
    passages = [text[at : at + 900] for text in texts for at in range(0, len(text) - 899, 900)]
    return passages[:: max(1, len(passages) // count)][:count]


def _read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _read_relevant(path: Path, questions: set[str]) -> dict[str, set[str]]:
    relevant: dict[str, set[str]] = {question: set() for question in questions}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        question, document, grade = line.split("\t")
        if question in relevant and float(grade) > 0:
            relevant[question].add(document)
    return relevant


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", type=Path)
    parser.add_argument("--texts", type=int, default=64)
    parser.add_argument("--articles", type=int, default=1000, help="0 leaves the second table out")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--threads", type=int, help="cores to use; torch's own choice where absent")
    return parser.parse_args()


if __name__ == "__main__":
    main()
