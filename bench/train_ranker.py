"""Learn the weights of the ranker (index/ranker.py) from labelled questions, and judge them on sets left out.

    python bench/train_ranker.py                    # figures only
    python bench/train_ranker.py --write            # and index/data/ranker.tsv

The loss is that of a choice among the candidates of a question (softmax over scores, the probability of any
passage of a right document; ListNet's top-one loss of Cao et al. 2007), averaged over the questions of a
set, then over the sets, with a ridge. `law-questions-mini` is a part of `law-questions`: both are left out
together. A question whose right document is not among the candidates teaches nothing and counts as a miss.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
sys.path.insert(0, str(ROOT))

from index.encoder import load_encoder  # noqa: E402
from index.evaluation_store import open_evaluation_store  # noqa: E402
from index.labelled_sets import read_retrieval_set  # noqa: E402
from index.metrics import hit_at, reciprocal_rank_at  # noqa: E402
from index.query import read_query  # noqa: E402
from index.ranker import FEATURES, measure_candidates, standardise  # noqa: E402
from settings import load_settings  # noqa: E402

TRAINED_ON = ("alqac", "law-questions")
RIDGE = 0.02
TARGET = ROOT / "index" / "data" / "ranker.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The candidates of one question: standardised features, which are right, and their documents."""

    features: NDArray[np.float64]  # shape (candidates, len(FEATURES)); the blend's order
    right: NDArray[np.bool_]
    documents: tuple[str, ...]
    relevant: frozenset[str]


def collect(name: str) -> list[Question]:
    """The questions of a set, as the product's own first stage sees them."""
    settings = load_settings()
    labelled = read_retrieval_set(DATA / "retrieval" / name)
    encoder = load_encoder(None, cache=settings.cache)
    found = []
    with open_evaluation_store(labelled, encoder, cache=settings.cache, workers=settings.workers) as searcher:
        names = dict(searcher.store.source_ids())
        for asked in labelled.queries:
            query = read_query(asked.text, searcher.store)
            candidates, letters = searcher.find_candidates(query)
            documents = tuple(names[candidate.row] for candidate in candidates)
            found.append(
                Question(
                    features=standardise(
                        measure_candidates(query.reading, candidates, letters, searcher.rarity)
                    ),
                    right=np.array([document in asked.relevant for document in documents]),
                    documents=documents,
                    relevant=asked.relevant,
                )
            )
    return found


def fit(sets: Sequence[Sequence[Question]]) -> NDArray[np.float64]:
    """The weights that minimise the loss over some sets, scaled to a sum of 1: scores stay in z-units."""
    stacks = [_stack([q for q in questions if q.right.any() and not q.right.all()]) for questions in sets]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for features, held, right in stacks:
            scores = np.where(held, features @ weights, -np.inf)
            odds = np.exp(scores - scores.max(axis=1, keepdims=True))
            chosen = odds * right
            every, good = odds.sum(axis=1, keepdims=True), chosen.sum(axis=1, keepdims=True)
            value += float(np.log(every / good).mean()) / len(stacks)
            pull = odds / every - chosen / good
            slope = slope + np.einsum("qc,qcf->f", pull, features) / len(features) / len(stacks)
        return value, slope

    weights: NDArray[np.float64] = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return weights / weights.sum()


def _stack(
    questions: Sequence[Question],
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Features, which cells hold a candidate, and which are right; shape (questions, most candidates, …)."""
    most = max(len(question.right) for question in questions)
    features = np.zeros((len(questions), most, len(FEATURES)))
    held, right = np.zeros((2, len(questions), most), dtype=bool)
    for row, question in enumerate(questions):
        count = len(question.right)
        features[row, :count], held[row, :count], right[row, :count] = question.features, True, question.right
    return features, held, right


def judge(questions: Sequence[Question], weights: NDArray[np.float64] | None) -> str:
    """hit@1, hit@10 and mrr@10 of documents; without weights those of the blend."""
    measures = []
    for question in questions:
        order = np.arange(len(question.right))
        if weights is not None:
            order = np.argsort(-(question.features @ weights), kind="stable")
        ranked = list(dict.fromkeys(question.documents[place] for place in order))
        wanted = question.relevant
        measures.append(
            (hit_at(ranked, wanted, 1), hit_at(ranked, wanted, 10), reciprocal_rank_at(ranked, wanted, 10))
        )
    return "  ".join(
        f"{name} {value:.4f}"
        for name, value in zip(("hit@1", "hit@10", "mrr@10"), np.mean(measures, axis=0), strict=True)
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sets = {name: collect(name) for name in TRAINED_ON}
    for left_out, questions in sets.items():
        others = [other for name, other in sets.items() if name != left_out]
        print(f"{left_out:14} blend                {judge(questions, None)}")
        print(f"{left_out:14} trained on the other {judge(questions, fit(others))}")
        print(f"{left_out:14} trained on itself    {judge(questions, fit([questions]))}   (flatters)")
    weights = fit(list(sets.values()))
    print("\n".join(f"{name}\t{weight:.4f}" for name, weight in zip(FEATURES, weights, strict=True)))
    if options.write:
        _write(weights)


def _write(weights: NDArray[np.float64]) -> None:
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    head = f"# Learned on {', '.join(TRAINED_ON)} by bench/train_ranker.py at {commit}.\n# feature\tweight\n"
    rows = "".join(f"{name}\t{weight:.4f}\n" for name, weight in zip(FEATURES, weights, strict=True))
    TARGET.write_text(head + rows, "utf-8")


if __name__ == "__main__":
    main()
