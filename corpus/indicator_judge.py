"""A learned judge of quantities: what the rules of corpus/indicator_kinds.py miss, where it is sure.

Multinomial logistic regression over signs (corpus/indicator_signs.py), learned on the opened annotations by
bench/train_indicators.py. A document's quantities in prose are judged one by one, in order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.indicator_cues import IndicatorKind

SURE = 0.7  # left-out documents: above this the judge alone is right in 97 of 100
BIAS = "(bias)"  # a sign that is always there
KINDS = (IndicatorKind.TARGET, IndicatorKind.RESULT, IndicatorKind.ALLOCATION)


@dataclass(frozen=True, slots=True)
class LearnedJudge:
    """Weights of each sign for each kind, in the order of the kinds, beside those of "no indicator"."""

    weights: Mapping[str, tuple[float, float, float]]

    def weigh(self, signs: Set[str]) -> dict[IndicatorKind, float]:
        """The probability of each kind; what is missing to 1 is that of no indicator."""
        found = [self.weights[sign] for sign in (BIAS, *signs) if sign in self.weights]
        odds = [math.exp(min(30.0, sum(column))) for column in zip(*found, strict=True)]
        return {kind: part / (1 + sum(odds)) for kind, part in zip(KINDS, odds, strict=True)}

    def judge(self, signs: Set[str], *, sure: float = SURE) -> IndicatorKind | None:
        """The likeliest kind where its probability is above `sure`."""
        probable = self.weigh(signs)
        best = max(KINDS, key=probable.__getitem__)
        return best if probable[best] > sure else None


@cache
def load_judge() -> LearnedJudge:
    """The judge that is shipped with the code."""
    lines = resources.files("corpus").joinpath("data/indicator_weights.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return LearnedJudge({sign: (float(one), float(two), float(three)) for sign, one, two, three in rows})
