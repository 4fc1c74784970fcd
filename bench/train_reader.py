"""Learn the reader (index/answering/reader.py) and its confidence from questions with gold quotations.

    python bench/train_reader.py --store DIR            # figures only, cross-validated
    python bench/train_reader.py --store DIR --write    # and index/data/reader.tsv, index/data/confidence.tsv

DIR is a store with index of the official documents, the provincial news and the seeds, titles of the list left
out: `cancu eval answers` builds the same. Learned on tests/gold: the training sets, and the halves of the older and
the judging sets that are for development. The set-aside halves are not read here. The sets train2 do not teach: with
them the development questions answered rightly fell (docs/decisions.md).

The reader: softmax over the units of a question, the probability of any unit that says what a gold quotation says
(ListNet's top-one loss, Cao et al. 2007), with a ridge; first over all units of the hits, then over those that the
first stage leaves, with the score of reading unit and question together (bench/train_joint.py). Confidence: a logistic regression on whether the question
can be answered and one of the first three units is right.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from gold.expand import expand  # noqa: E402
from sklearn.metrics import roc_auc_score  # noqa: E402
from sklearn.model_selection import StratifiedKFold  # noqa: E402

from corpus.store import Store  # noqa: E402
from index.answering import confidence, reader  # noqa: E402
from index.answering.compose import Composer, Scope  # noqa: E402
from index.answering.features import FEATURES, measure_units, wanted_of  # noqa: E402
from index.answering.units import Unit  # noqa: E402
from index.diversity import Fold  # noqa: E402
from index.encoder import load_encoder  # noqa: E402
from index.judging import covered  # noqa: E402
from index.question import read_question  # noqa: E402
from index.search import Searcher  # noqa: E402
from settings import load_settings  # noqa: E402

SETS = (
    *(("train_official", "all"), ("train_propaganda", "all"), ("train_research", "all")),
    *(("official_questions", "dev"), ("seed_questions_own", "dev"), ("seed_questions_more", "dev")),
    *(("answers_official", "dev"), ("answers_propaganda", "dev"), ("answers_research", "dev")),
)
RIDGE = 0.02
FOLDS = 10
SOFTNESS = 0.3  # of the logistic regression: how much the questions weigh against small weights
THRESHOLD = 0.4  # chosen on the curve that is printed
TARGETS = ROOT / "index" / "data"

Vector = NDArray[np.float64]


@dataclass(slots=True)
class Asked:
    """A gold question, the units of its hits, their features, and which of them say what is gold."""

    row: dict[str, Any]
    units: list[Unit]
    features: Vector  # shape (units, len(FEATURES))
    right: NDArray[np.bool_]
    joint: Vector | None = None  # how well each of `near` answers, by the joint reader
    near: NDArray[np.intp] | None = None

    @property
    def teaches(self) -> bool:
        return bool(self.right.any() and not self.right.all())


def read_gold() -> Iterator[dict[str, Any]]:
    """The questions that may be learned from, with their quotations."""
    for name, part in SETS:
        yield from expand(name, part, DATA)


def collect(searcher: Searcher, rows: Sequence[dict[str, Any]]) -> list[Asked]:
    """The questions as the product's own first steps see them."""
    found = []
    for row in rows:
        question = read_question(row["text"], searcher.store)
        hits = searcher.search(question.query, limit=30, fold=Fold.COPIES, explain=False)
        read = reader.Reader(searcher, question.query, hits)
        cosines = searcher.cosines(question.query, [hit.row for hit in hits]) if hits else {}
        features = measure_units(wanted_of(question), read.units, cosines)
        right = np.array([says(row, unit) for unit in read.units], dtype=bool)
        found.append(Asked(row=row, units=read.units, features=features, right=right))
    return found


def says(row: dict[str, Any], unit: Unit) -> bool:
    """Whether a unit holds most of a gold quotation, or is a part of one."""
    text = " ".join(unit.text.split())
    for quote in _quotes(row):
        gold = " ".join(quote.split())
        if gold in text or (len(text) >= 25 and text in gold):
            return True
        if len(set(text.split()) & set(gold.split())) < 3:
            continue
        if covered(gold, text) >= 0.8 or (len(text) >= 40 and covered(text, gold) >= 0.8):
            return True
    return False


def _quotes(row: dict[str, Any]) -> list[str]:
    if not row["answerable"]:
        return []
    return [quote["quote"] for quotes in (row["quotes"], *(row.get("any_of") or ())) for quote in quotes]


def read_closely(searcher: Searcher, asked: Sequence[Asked], weights: Vector) -> None:
    """Read each question's best units by the first stage together with it."""
    for one in asked:
        if not one.units:
            continue
        one.near = np.argsort(-(one.features @ weights), kind="stable")[: reader.CLOSE]
        query = read_question(one.row["text"], searcher.store).query
        texts = [reader.readable_unit(one.units[at]) for at in one.near]
        one.joint = searcher.score_texts(query.encoder_texts[0], texts)


def second_stage(asked: Sequence[Asked]) -> list[tuple[Vector, NDArray[np.bool_]]]:
    """(features with the joint reader's score, which are right) of what the first stage leaves."""
    found = []
    for one in asked:
        if one.near is None or one.joint is None:
            continue
        features = np.column_stack([one.features[one.near], one.joint])
        found.append((features, one.right[one.near]))
    return found


def fit(cases: Sequence[tuple[Vector, NDArray[np.bool_]]]) -> Vector:
    """The weights that minimise the loss, for features as they are."""
    cases = [(features, right) for features, right in cases if right.any() and not right.all()]
    every = np.concatenate([features for features, _ in cases])
    mean, spread = every.mean(axis=0), np.where(every.std(axis=0) > 1e-9, every.std(axis=0), 1.0)
    scaled = [((features - mean) / spread, right) for features, right in cases]

    def loss(weights: Vector) -> tuple[float, Vector]:
        value, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for features, right in scaled:
            scores = features @ weights
            odds = np.exp(scores - scores.max())
            whole, good = odds.sum(), odds[right].sum()
            value += float(np.log(whole / good)) / len(scaled)
            slope = slope + (features.T @ odds / whole - features[right].T @ odds[right] / good) / len(scaled)
        return value, slope

    found = minimize(loss, np.zeros(every.shape[1]), jac=True, method="L-BFGS-B").x
    return np.asarray(found / spread)


def judge(cases: Sequence[tuple[Vector, NDArray[np.bool_]]]) -> str:
    """Cross-validated: the share of cases with a right unit among the first 1, 2, 3, 5."""
    order = np.random.RandomState(0).permutation(len(cases))
    hits = np.zeros(4)
    for fold in range(FOLDS):
        test = set(order[fold::FOLDS].tolist())
        weights = fit([case for at, case in enumerate(cases) if at not in test])
        for at in test:
            features, right = cases[at]
            ranked = right[np.argsort(-(features @ weights), kind="stable")]
            hits += [ranked[:k].any() for k in (1, 2, 3, 5)]
    return "  ".join(f"hit@{k} {hit / len(cases):.3f}" for k, hit in zip((1, 2, 3, 5), hits, strict=True))


def measure_confidence(searcher: Searcher, rows: Sequence[dict[str, Any]]) -> tuple[Vector, Vector, Vector]:
    """(signs, whether there is an answer, whether one of the first three units is right) of what is read."""
    signs, answerable, right = [], [], []
    for row in rows:
        question = read_question(row["text"], searcher.store)
        hits = searcher.search(question.query, limit=30, fold=Fold.COPIES, explain=False)
        composer = Composer(searcher, question, hits, as_of=None)
        readings = composer.read(question, Scope())
        if readings:
            signs.append(confidence.measure_signs(question, wanted_of(question), readings, composer.held))
            answerable.append(row["answerable"])
            right.append(any(says(row, reading.unit) for reading in readings[:3]))
    return np.array(signs), np.array(answerable, dtype=bool), np.array(right, dtype=bool)


def fit_confidence(signs: Vector, good: NDArray[np.bool_]) -> tuple[Vector, float]:
    """The weights of the signs and the intercept of a logistic regression, each weight on its sign's side of 0.

    Rules refuse most of what lacks a place or a name before, so that among what is left such a lack may seem to
    speak for an answer; on other questions it then does.
    """
    mean, spread = signs.mean(axis=0), np.where(signs.std(axis=0) > 1e-9, signs.std(axis=0), 1.0)
    scaled, sides = (signs - mean) / spread, np.where(good, 1.0, -1.0)

    def loss(given: Vector) -> tuple[float, Vector]:
        weights, margins = given[:-1], sides * (scaled @ given[:-1] + given[-1])
        slope = -sides * SOFTNESS / (1 + np.exp(margins))
        value = SOFTNESS * np.logaddexp(0, -margins).sum() + weights @ weights / 2
        return float(value), np.append(scaled.T @ slope + weights, slope.sum())

    bounds = [*map(_side_of, confidence.SIGNS), (None, None)]
    start = np.zeros(signs.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ mean)


def _side_of(sign: str) -> tuple[float | None, float | None]:
    if sign in confidence.NEITHER:
        return None, None
    return (None, 0.0) if sign in confidence.AGAINST else (0.0, None)


def estimate_apart(signs: Vector, good: NDArray[np.bool_]) -> Vector:
    """The odds of each question by the model of the other folds."""
    odds = np.zeros(len(signs))
    for others, own in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(signs, good):
        weights, base = fit_confidence(signs[others], good[others])
        odds[own] = 1 / (1 + np.exp(-(signs[own] @ weights + base)))
    return odds


def print_curve(odds: Vector, answerable: Vector, right: Vector) -> None:
    """What each threshold refuses and keeps."""
    print(
        f"area under the curve: answerable {roc_auc_score(answerable, odds):.3f}, right {roc_auc_score(right, odds):.3f}"
    )
    print("threshold  refused rightly of refused  of unanswerable  right answers kept")
    for at in np.arange(0.2, 0.81, 0.05):
        refused = odds < at
        rightly = (refused & ~answerable).sum()
        print(
            f"{at:9.2f}  {rightly / max(1, refused.sum()):26.2f}  {rightly / (~answerable).sum():15.2f}"
            f"  {(~refused & right).sum() / right.sum():18.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    store = Store.open(options.store, read_only=True)
    searcher = Searcher.open(store, load_encoder(None, cache=load_settings().cache))
    rows = list(read_gold())
    asked = [one for one in collect(searcher, [row for row in rows if row["answerable"]]) if one.units]
    cases = [(one.features, one.right) for one in asked if one.teaches]
    print(f"{len(rows)} questions; {len(asked)} answerable, {len(cases)} with a right unit among the hits'")
    print("first stage  ", judge(cases))
    first = fit(cases)
    read_closely(searcher, asked, first)
    close = [case for case in second_stage(asked) if case[1].any()]
    print(f"{len(close)} with a right unit among the {reader.CLOSE} of the first stage")
    print("second stage ", judge(close))
    second = fit(close)
    if options.write:
        _write(
            "reader.tsv",
            "stage\tfeature\tweight",
            [
                *(f"first\t{name}\t{value:.4f}" for name, value in zip(FEATURES, first, strict=True)),
                *(f"second\t{name}\t{value:.4f}" for name, value in zip(reader.SECOND, second, strict=True)),
            ],
        )
        reader.forget_weights()
    signs, answerable, right = measure_confidence(searcher, rows)
    good = answerable & right
    odds = estimate_apart(signs, good)
    print(f"confidence over {len(signs)} questions that the reader is asked")
    print_curve(odds, answerable, good)
    if options.write:
        weights, base = fit_confidence(signs, good)
        _write(
            "confidence.tsv",
            "sign\tweight",
            [
                *(f"{name}\t{value:.4f}" for name, value in zip(confidence.SIGNS, weights, strict=True)),
                f"intercept\t{base:.4f}",
                f"threshold\t{THRESHOLD}",
            ],
        )


def _write(name: str, head: str, lines: Sequence[str]) -> None:
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    told = f"# Learned on tests/gold by bench/train_reader.py at {commit}.\n# {head}\n"
    (TARGETS / name).write_text(told + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
