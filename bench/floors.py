"""Floors under what retrieval measured: pin them from a results file.

    cancu eval retrieval ../shared/data/retrieval/law-questions-mini --both --out RESULTS.json
    python bench/floors.py RESULTS.json [--allow-regression]

tests/test_retrieval_gate.py measures the same set in every `make test` and refuses what falls below the floors
of tests/gold/retrieval_floors.json. A floor rises by pinning; it falls only with --allow-regression.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from index.evaluate_retrieval import RANKINGS
from index.retrieval_results import read_results

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "tests" / "gold" / "retrieval_floors.json"
GATED = ("law-questions-mini",)
MEASURES = ("hit@1", "hit@10", "recall@10", "mrr@10")
ABOUT = (
    "Pinned by bench/floors.py: what retrieval measured, never lowered without --allow-regression. The gate "
    "lets a measure fall by `tolerance` (one query of 200): int8 products round alike on every processor, the "
    "fp32 parts between them do not."
)
TOLERANCE = 0.005

Report = Mapping[str, Any]
Floors = dict[str, Any]


class Regression(Exception):
    """A floor would fall."""


def find_breaches(reports: Sequence[Report], floors: Floors) -> list[str]:
    """What stands against the floors: measures below them, and sets that are not the pinned ones."""
    measured = {name: _state(report) for report in reports for name in [_name(report)]}
    breaches = [f"{name}: not measured" for name in floors["pinned"] if name not in measured]
    for name, state in measured.items():
        pinned = floors["pinned"].get(name, {"sha256": None, "counts": None, "floors": {}})
        for part in ("sha256", "counts"):
            if state[part] != pinned[part]:
                breaches.append(f"{name}: other {part} than pinned, {state[part]}; pin again")
        breaches += [
            f"{name}: {ranking} {measure} {value:.4f} < {floor:.4f} − {floors['tolerance']}"
            for ranking, measure, value, floor in _pairs(state["floors"], pinned["floors"])
            if round(floor - value, 6) > floors["tolerance"]
        ]
    return breaches


def pin(reports: Sequence[Report], floors: Floors, *, allow_regression: bool = False) -> Floors:
    """The floors with those of `reports` in place of their own. Raises Regression where one would fall."""
    pinned = dict(floors["pinned"])
    for report in reports:
        if report["set"] not in GATED:
            continue
        state = _state(report)
        old = pinned.get(_name(report), {"floors": {}})
        fallen = [
            f"{_name(report)}: {ranking} {measure} {floor:.4f} → {value:.4f}"
            for ranking, measure, value, floor in _pairs(state["floors"], old["floors"])
            if value < floor
        ]
        if fallen and not allow_regression:
            raise Regression("\n".join([*fallen, "Not pinned. To lower a floor: --allow-regression"]))
        pinned[_name(report)] = state
    return {"about": ABOUT, "tolerance": TOLERANCE, "pinned": pinned}


def _name(report: Report) -> str:
    return f"{report['set']}/{report['typing']}"


def _state(report: Report) -> dict[str, Any]:
    return {
        "sha256": report["sha256"],
        "counts": report["counts"],
        "floors": {
            ranking: {measure: report[ranking][measure] for measure in MEASURES} for ranking in RANKINGS
        },
    }


def _pairs(measured: Mapping[str, Any], floors: Mapping[str, Any]) -> Iterator[tuple[str, str, float, float]]:
    """(ranking, measure, measured, floor) of every floor."""
    for ranking, measures in floors.items():
        for measure, floor in measures.items():
            yield ranking, measure, measured[ranking][measure], floor


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("results", type=Path)
    parser.add_argument("--allow-regression", action="store_true")
    arguments = parser.parse_args()
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {"pinned": {}}
    reports = read_results(arguments.results)["reports"]
    try:
        floors = pin(reports, floors, allow_regression=arguments.allow_regression)
    except Regression as regression:
        sys.exit(str(regression))
    FLOORS.write_text(json.dumps(floors, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
