"""Retrieval sets, their measures from ranks, results files and their comparison, and the kept stores."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import log2
from pathlib import Path

import pytest

from index.encoder import Encoder
from index.errors import EvaluationError
from index.evaluate_retrieval import QueryResult, group_by_kind, run_queries, summarise
from index.evaluation_store import open_evaluation_store
from index.labelled_sets import RetrievalSet, read_retrieval_set
from index.retrieval_results import (
    compare_results,
    describe_comparison,
    describe_report,
    make_report,
    read_results,
    write_results,
)

CORPUS = [
    {"id": "a", "title": "Giảm nghèo", "text": "Hộ nghèo được vay vốn ưu đãi để phát triển sản xuất."},
    {"id": "b", "title": "Giao thông", "text": "Đường liên xã được trải nhựa trong năm nay."},
    {"id": "c", "title": "Y tế", "text": "Trạm y tế xã khám bệnh cho trẻ em vào thứ Hai."},
]
QUERIES = [
    {"id": "1", "text": "vay vốn cho hộ nghèo", "kind": "vốn"},
    {"id": "2", "text": "trạm y tế khám cho trẻ", "kind": "y tế"},
    {"id": "3", "text": "ai xét cho vay", "kind": "không có đáp án"},
]


@pytest.fixture
def labelled(tmp_path: Path) -> RetrievalSet:
    """Three documents, two judged queries and one that is not."""
    folder = tmp_path / "ours"
    folder.mkdir()
    for name, rows in (("corpus", CORPUS), ("queries", QUERIES)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "qrels.tsv").write_text("qid\tdocid\trel\n1\ta\t1\n2\tc\t1\n2\tb\t0\n", "utf-8")
    return read_retrieval_set(folder)


def _result(identity: str, ranks: Sequence[int], relevant: int, kind: str | None = None) -> QueryResult:
    return QueryResult(
        id=identity,
        kind=kind,
        relevant=relevant,
        ranks=dict.fromkeys(("dense", "lexical", "hybrid"), tuple(ranks)),
    )


def test_measures_are_those_of_the_ranks() -> None:
    measured = _result("q", [1, 4], 3).measure("hybrid", 10)
    assert measured == {
        "hit@1": 1.0,
        "hit@3": 1.0,
        "hit@5": 1.0,
        "hit@10": 1.0,
        "recall@10": 2 / 3,
        "mrr@10": 1.0,
        "ndcg@10": (1 / log2(2) + 1 / log2(5)) / (1 / log2(2) + 1 / log2(3) + 1 / log2(4)),
        "r_precision": 1 / 3,
        "all_first": 0.0,
    }
    assert set(_result("q", [], 2).measure("hybrid", 10).values()) == {0.0}
    assert set(_result("q", [1, 2], 2).measure("hybrid", 10).values()) == {1.0}
    assert _result("q", [11], 1).measure("hybrid", 10)["hit@10"] == 0.0


def test_categories_are_parted_where_several_documents_are_relevant() -> None:
    queries = [_result("1", [1], 1, "số"), _result("2", [1, 2], 2, "số"), _result("3", [3], 1, "tên")]
    groups = {name: [query.id for query in group] for name, group in group_by_kind(queries).items()}
    assert groups == {"số": ["1", "2"], "số (1)": ["1"], "số (>1)": ["2"], "tên": ["3"]}
    summary = summarise(queries, 10)
    assert summary["by_kind"]["tên"]["hybrid"]["mrr@10"] == round(1 / 3, 4)  # type: ignore[index]
    assert summary["hybrid"]["mrr@10"] == round((1 + 1 + 1 / 3) / 3, 4)  # type: ignore[index]


def test_a_set_keeps_its_judged_queries_with_their_category(labelled: RetrievalSet) -> None:
    assert labelled.name == "ours"
    assert [(query.id, query.kind, query.relevant) for query in labelled.queries] == [
        ("1", "vốn", frozenset("a")),
        ("2", "y tế", frozenset("c")),
    ]


def test_a_set_is_measured_and_its_results_file_holds_ranks_and_no_text(
    labelled: RetrievalSet, encoder: Encoder, tmp_path: Path
) -> None:
    with open_evaluation_store(labelled, encoder, cache=tmp_path) as searcher:
        run = run_queries(searcher, labelled, folded=True)
        report = make_report(labelled, searcher, run, folded=True, with_title=True, top=10)
    assert report["counts"] == {"documents": 3, "passages": 3, "queries": 2}
    assert report["hybrid"]["mrr@10"] == 1.0
    assert report["intervals"]["hybrid"]["mrr@10"] == [1.0, 1.0]
    assert (
        report["latency_ms"]["p95"] >= report["latency_ms"]["p50"] > report["latency_ms"]["encoder_p50"] / 2
    )
    assert report["manifest"]["encoder"] == encoder.fingerprint
    assert report["queries"][1]["ranks"]["hybrid"] == (1,)
    assert any(line.startswith("ours (gõ không dấu): 2 câu hỏi") for line in describe_report(report))

    write_results(tmp_path / "results.json", [report])
    written = (tmp_path / "results.json").read_text("utf-8")
    assert not any(row["text"] in written for row in [*CORPUS, *QUERIES])
    results = read_results(tmp_path / "results.json")
    assert results["reports"][0]["queries"] == list(run.queries)
    assert list(describe_comparison(compare_results(results, results))) == ["Không câu hỏi nào thay đổi."]


def test_a_comparison_names_what_changed_and_in_which_category() -> None:
    def results(*ranks: int) -> dict[str, object]:
        queries = [_result(str(n), [rank], 1, "số" if n else "tên") for n, rank in enumerate(ranks)]
        report = {
            "set": "s",
            "typing": "plain",
            "with_title": True,
            "top": 10,
            "sha256": {},
            "queries": queries,
        }
        return {"reports": [report]}

    rows = compare_results(results(1, 2, 5), results(1, 1, 10))
    found = {
        (row["kind"], row["measure"]): (row["difference"], row["better"], row["worse"])
        for row in rows
        if row["ranking"] == "hybrid"
    }
    assert found["", "mrr@10"] == (round((1 / 2 - 1 / 10) / 3, 4), 1, 1)
    assert found["số", "hit@1"] == (0.5, 1, 0)
    assert found["tên", "mrr@10"] == (0.0, 0, 0)


def test_results_of_other_data_are_not_compared() -> None:
    report = {
        "set": "s",
        "typing": "plain",
        "with_title": True,
        "top": 10,
        "sha256": {"corpus": "1"},
        "queries": [],
    }
    with pytest.raises(EvaluationError, match="không cùng dữ liệu"):
        compare_results({"reports": [report]}, {"reports": [{**report, "sha256": {"corpus": "2"}}]})
    with pytest.raises(EvaluationError, match="không có bộ đánh giá nào chung"):
        compare_results({"reports": [report]}, {"reports": [{**report, "typing": "folded"}]})


def test_a_kept_store_is_used_again_until_something_differs(
    labelled: RetrievalSet, encoder: Encoder, tmp_path: Path
) -> None:
    def open_once(*, with_title: bool = True, fresh: bool = False) -> str:
        with open_evaluation_store(
            labelled, encoder, cache=tmp_path, with_title=with_title, fresh=fresh
        ) as searcher:
            return searcher.manifest.store_id

    first = open_once()
    assert open_once() == first
    assert open_once(with_title=False) != first
    assert open_once(fresh=True) != first
    again = open_once()
    for manifest in (tmp_path / "eval").glob("*/index/manifest.json"):
        manifest.write_text("{}", "utf-8")  # no index that this version can open
    assert open_once() != again


def test_a_store_is_named_by_the_code_that_makes_it_but_not_by_the_code_that_asks() -> None:
    from index import evaluation_store

    root = Path(evaluation_store.__file__).parent
    behind = {path.name for path in evaluation_store._index_modules(root / "build.py")}
    assert {"build.py", "lexical.py", "tokens.py", "dense.py", "encoder.py"} <= behind
    assert not behind & {"search.py", "query.py", "fusion.py"}
