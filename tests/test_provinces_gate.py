"""The gate: places, indicators and tasks beside their gold may not fall below what was reached (bench/provinces.py).

Held and fresh were opened for development: their floors, like the others, keep what was reached and prove nothing.
"""

from __future__ import annotations

import pytest
from conftest import shared

from bench.provinces import interval, measure, rates

# half, kind → floor of precision, floor of recall; "few": indicators without the documents that have many
FLOORS = {
    "dev": {"place": (0.98, 0.88), "indicator": (0.98, 0.97), "few": (0.98, 0.96), "task": (0.95, 0.85)},
    "more": {"place": (0.94, 0.86), "indicator": (0.98, 0.52), "few": (0.98, 0.97), "task": (0.95, 0.81)},
    "held": {"place": (0.98, 0.88), "indicator": (0.95, 0.88), "task": (0.95, 0.36)},
    "fresh": {"place": (0.99, 0.95), "indicator": (0.93, 0.71), "few": (0.82, 0.45), "task": (0.95, 0.42)},
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("half", ["dev", "more", "held", "fresh"])
def test_places_indicators_and_tasks_stay_above_their_floors(half: str) -> None:
    shared("data/official-docs/documents.jsonl")
    totals, _ = measure(shared("data").parent, half)
    for kind, (precision, recall) in FLOORS[half].items():
        reached = rates(totals[kind])
        for name, floor in (("precision", precision), ("recall", recall)):
            hits, total = reached[name]
            assert hits / total >= floor, f"{half} {kind} {name} {hits}/{total}"


def test_the_interval_of_nothing_measured_is_everything() -> None:
    assert interval(0, 0) == (0.0, 1.0)
    low, high = interval(10, 10)
    assert low == pytest.approx(0.7225, abs=1e-4) and high == pytest.approx(1.0)
