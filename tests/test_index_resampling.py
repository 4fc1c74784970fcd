"""Intervals and paired comparisons, against what can be worked out."""

from __future__ import annotations

from math import sqrt

import pytest

from index.resampling import ROUNDS, bootstrap_interval, compare_paired


def test_the_interval_of_a_mean_is_about_two_standard_errors_wide() -> None:
    # 300 of 400 queries hit: standard error sqrt(.75 · .25 / 400)
    ((low, high),) = bootstrap_interval([[1.0]] * 300 + [[0.0]] * 100)
    error = sqrt(0.75 * 0.25 / 400)
    assert (low, high) == pytest.approx((0.75 - 1.96 * error, 0.75 + 1.96 * error), abs=0.1 * error)


def test_every_column_has_its_own_interval_and_the_same_call_gives_the_same() -> None:
    rows = [[1.0, 0.5], [0.0, 0.5], [1.0, 0.5]]
    first = bootstrap_interval(rows)
    assert first == bootstrap_interval(rows)
    assert first == [(0.0, 1.0), (0.5, 0.5)]


def test_a_comparison_counts_what_rose_and_fell() -> None:
    compared = compare_paired([0.0, 1.0, 0.5, 0.5], [1.0, 0.5, 0.5, 1.0])
    assert compared.difference == (1 - 0.5 + 0 + 0.5) / 4
    assert (compared.better, compared.worse, compared.queries) == (2, 1, 4)


def test_the_probability_is_that_of_the_signs() -> None:
    # Three changes, all for the better: as far from 0 are only +++ and ---, 2 of 8.
    compared = compare_paired([0.0] * 3, [1.0] * 3)
    assert compared.p == pytest.approx(2 / 8, abs=4 * sqrt(0.25 * 0.75 / ROUNDS))
    # Twenty: 2 of 2^20, below what the rounds can show.
    assert compare_paired([0.0] * 20, [1.0] * 20).p == 1 / (1 + ROUNDS)


def test_runs_that_are_the_same_differ_in_nothing() -> None:
    compared = compare_paired([0.2, 1.0], [0.2, 1.0])
    assert (compared.difference, compared.interval, compared.p) == (0.0, (0.0, 0.0), 1.0)
