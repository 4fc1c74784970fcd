"""The gate: retrieval on law-questions-mini may not fall below the pinned floors (bench/floors.py)."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from conftest import shared

from bench.floors import FLOORS, TOLERANCE, Regression, find_breaches, pin
from index.encoder import Encoder
from index.evaluate_retrieval import run_queries
from index.evaluation_store import open_evaluation_store
from index.labelled_sets import read_retrieval_set
from index.retrieval_results import make_report
from settings import load_settings


# Its 5,845 passages are encoded once on a machine (about four minutes on two cores), then kept in its cache.
@pytest.mark.timeout(2400)
def test_retrieval_stays_above_its_floors(encoder: Encoder) -> None:
    labelled = read_retrieval_set(shared("data/retrieval/law-questions-mini"))
    settings = load_settings()
    with open_evaluation_store(labelled, encoder, cache=settings.cache, workers=settings.workers) as searcher:
        reports = [
            make_report(
                labelled,
                searcher,
                run_queries(searcher, labelled, folded=folded),
                folded=folded,
                with_title=True,
                top=10,
            )
            for folded in (False, True)
        ]
    breaches = find_breaches(reports, json.loads(FLOORS.read_text("utf-8")))
    assert not breaches, "\n".join(breaches)


def _report(**changes: Any) -> dict[str, Any]:
    measures = {"hit@1": 0.7, "hit@10": 0.95, "recall@10": 0.945, "mrr@10": 0.8}
    report = {
        "set": "law-questions-mini",
        "typing": "plain",
        "sha256": {"corpus": "c"},
        "counts": {"passages": 5},
        **{ranking: dict(measures) for ranking in ("dense", "lexical", "hybrid")},
    }
    return {**report, **changes}


def _fallen(by: float) -> dict[str, Any]:
    report = copy.deepcopy(_report())
    report["hybrid"]["mrr@10"] -= by
    return report


NOTHING: dict[str, Any] = {"pinned": {}}


def test_a_measure_may_fall_by_the_tolerance_and_no_further() -> None:
    floors = pin([_report()], NOTHING)
    assert find_breaches([_report()], floors) == []
    assert find_breaches([_fallen(TOLERANCE)], floors) == []
    assert find_breaches([_fallen(0.0051)], floors) == [
        "law-questions-mini/plain: hybrid mrr@10 0.7949 < 0.8000 − 0.005"
    ]


def test_other_data_has_to_be_pinned_again() -> None:
    floors = pin([_report()], NOTHING)
    (breach,) = find_breaches([_report(sha256={"corpus": "d"})], floors)
    assert "other sha256 than pinned" in breach
    (breach,) = find_breaches([_report(counts={"passages": 6})], floors)
    assert "other counts than pinned" in breach


def test_what_is_pinned_has_to_be_measured_and_what_is_measured_pinned() -> None:
    floors = pin([_report()], NOTHING)
    assert find_breaches([], floors) == ["law-questions-mini/plain: not measured"]
    assert len(find_breaches([_report(), _report(typing="folded")], floors)) == 2  # its sha256 and counts


def test_a_floor_rises_by_pinning_and_falls_only_when_that_is_said() -> None:
    floors = pin([_fallen(0.1)], NOTHING)
    risen = pin([_report()], floors)
    assert risen["pinned"]["law-questions-mini/plain"]["floors"]["hybrid"]["mrr@10"] == 0.8
    with pytest.raises(Regression, match=r"hybrid mrr@10 0\.8000 → 0\.7999"):
        pin([_fallen(0.0001)], risen)
    lowered = pin([_fallen(0.1)], risen, allow_regression=True)
    assert lowered["pinned"]["law-questions-mini/plain"]["floors"]["hybrid"]["mrr@10"] == pytest.approx(0.7)
