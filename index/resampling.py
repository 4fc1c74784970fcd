"""How sure a measured difference is: seeded resampling over queries, pure functions of their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

ROUNDS = 5000
SEED = 20
_BLOCK = 2_000_000  # numbers drawn at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Paired values of two runs: `difference` is the mean of other − one."""

    difference: float
    interval: tuple[float, float]  # 95%, bootstrap over queries
    p: float  # two-sided, by flipping the signs of the differences at random; never 0
    better: int  # queries whose value rose
    worse: int
    queries: int


def bootstrap_interval(values: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """The 95% percentile interval of each column's mean (Efron 1979): rows are queries, columns measures.

    The same draws serve every column, and every call with as many rows.
    """
    table = np.asarray(values, dtype=np.float64)
    count = len(table)
    random = np.random.default_rng(SEED)
    means = [
        random.multinomial(count, np.full(count, 1 / count), size=some) @ table / count
        for some in _blocks(count)
    ]
    low, high = np.percentile(np.concatenate(means), (2.5, 97.5), axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def compare_paired(one: Sequence[float], other: Sequence[float]) -> Comparison:
    """What changed from `one` to `other`, values of the same queries in the same order."""
    differences = np.asarray(other, dtype=np.float64) - np.asarray(one, dtype=np.float64)
    (interval,) = bootstrap_interval(differences.reshape(-1, 1).tolist())
    return Comparison(
        difference=float(differences.mean()),
        interval=interval,
        p=_flip_signs(differences),
        better=int((differences > 0).sum()),
        worse=int((differences < 0).sum()),
        queries=len(differences),
    )


def _flip_signs(differences: Values) -> float:
    """The share of random signs that give a sum as far from 0 (the given signs counted as one draw)."""
    changed = differences[differences != 0]
    random = np.random.default_rng(SEED)
    # Sums of the same numbers in another order may differ in the last bit.
    reached = abs(changed.sum()) - 1e-9
    extreme = sum(
        int((np.abs((2 * random.integers(0, 2, size=(some, len(changed))) - 1) @ changed) >= reached).sum())
        for some in _blocks(len(changed))
    )
    return (1 + extreme) / (1 + ROUNDS)


def _blocks(width: int) -> list[int]:
    """How many of the rounds to draw at once, so that memory stays bounded."""
    step = max(1, _BLOCK // max(1, width))
    return [min(step, ROUNDS - first) for first in range(0, ROUNDS, step)]
