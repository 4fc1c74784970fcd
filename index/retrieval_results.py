"""Reports of retrieval runs: made, written to a results file, read again, compared, shown.

A results file names the commit, the settings, and for every report the corpus, the manifest and of each query
the ranks of its relevant documents. It holds ids and ranks, no texts.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.errors import EvaluationError
from index.evaluate_retrieval import RANKINGS, QueryResult, Run, group_by_kind, summarise
from index.labelled_sets import RetrievalSet
from index.resampling import Comparison, compare_paired
from index.search import Searcher, Weights

Report = dict[str, Any]
PLAIN, FOLDED = "plain", "folded"  # how queries are typed: as the set has them, or without diacritics
_SHOWN = ("hit@1", "hit@{top}", "recall@{top}", "mrr@{top}", "all_first")


def make_report(
    labelled: RetrievalSet, searcher: Searcher, run: Run, *, folded: bool, with_title: bool, top: int
) -> Report:
    """The measures of a run with all that they depend on, and its queries under `queries`."""
    state = searcher.store.state()
    return {
        "set": labelled.name,
        "typing": FOLDED if folded else PLAIN,
        "with_title": with_title,
        "top": top,
        "sha256": labelled.sha256,
        "manifest": asdict(searcher.manifest),
        "counts": {
            "documents": state.documents,
            "passages": state.passages,
            "queries": len(labelled.queries),
        },
        **summarise(run.queries, top),
        "latency_ms": run.latency_ms,
        "queries": [asdict(query) for query in run.queries],
    }


def write_results(path: Path, reports: Sequence[Report], weights: Weights = Weights()) -> None:
    """Write a results file; the commit is that of the checkout this code lies in, null outside one."""
    results = {"commit": find_commit(), "weights": asdict(weights), "reports": list(reports)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")


def read_results(path: Path) -> dict[str, Any]:
    """A results file. Raises EvaluationError for any other file."""
    try:
        results: dict[str, Any] = json.loads(path.read_text("utf-8"))
        for report in results["reports"]:
            report["queries"] = [_read_query(query) for query in report["queries"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"{path} không phải tệp kết quả của cancu eval retrieval --out: {error!r}"
        ) from error
    return results


def _read_query(query: dict[str, Any]) -> QueryResult:
    ranks = {ranking: tuple(ranks) for ranking, ranks in query["ranks"].items()}
    return QueryResult(id=query["id"], kind=query["kind"], relevant=query["relevant"], ranks=ranks)


def find_commit() -> str | None:
    """The short id of the checkout's commit, with "+" behind it where files differ from it."""
    git = ["git", "-C", str(Path(__file__).parent)]
    try:
        head = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
        changed = subprocess.run([*git, "status", "--porcelain", "-uno"], capture_output=True, text=True)
    except OSError:
        return None
    return head.stdout.strip() + ("+" if changed.stdout.strip() else "") or None


# --- comparison


def compare_results(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What changed between two results files: one row for each report, ranking, group and measure.

    Reports are paired by set, typing and titles, their queries by id. Raises EvaluationError where nothing
    can be paired, or where a pair asks other questions.
    """
    earlier = {_key(report): report for report in one["reports"]}
    pairs = [(earlier[_key(report)], report) for report in other["reports"] if _key(report) in earlier]
    if not pairs:
        raise EvaluationError("Hai tệp kết quả không có bộ đánh giá nào chung.")
    return [row for pair in pairs for row in _compare_reports(*pair)]


def _key(report: Report) -> tuple[str, str, bool]:
    return report["set"], report["typing"], report["with_title"]


def _compare_reports(one: Report, other: Report) -> Iterator[dict[str, Any]]:
    if one["sha256"] != other["sha256"] or one["top"] != other["top"]:
        raise EvaluationError(
            f"Bộ {one['set']} trong hai tệp không cùng dữ liệu hoặc không cùng --top. Hãy đo lại một tệp."
        )
    before = {query.id: query for query in one["queries"]}
    groups = {"": other["queries"], **group_by_kind(other["queries"])}
    for group, queries in groups.items():
        for ranking in RANKINGS:
            old = [before[query.id].measure(ranking, one["top"]) for query in queries]
            new = [query.measure(ranking, one["top"]) for query in queries]
            for measure in _shown(one["top"]):
                compared = compare_paired([row[measure] for row in old], [row[measure] for row in new])
                yield {
                    "set": one["set"],
                    "typing": one["typing"],
                    "kind": group,
                    "ranking": ranking,
                    "measure": measure,
                    **_rounded(compared),
                }


def _rounded(compared: Comparison) -> dict[str, Any]:
    return {
        **asdict(compared),
        "difference": round(compared.difference, 4),
        "interval": [round(bound, 4) for bound in compared.interval],
        "p": round(compared.p, 4),
    }


# --- for people


def describe_report(report: Report) -> Iterator[str]:
    """The lines that show one report."""
    counts, latency = report["counts"], report["latency_ms"]
    typing = "gõ không dấu" if report["typing"] == FOLDED else "gõ có dấu"
    title = "" if report["with_title"] else ", không tiêu đề"
    yield (
        f"{report['set']} ({typing}{title}): {counts['queries']} câu hỏi, "
        f"{counts['documents']} văn bản, {counts['passages']} đoạn"
    )
    measures = _shown(report["top"])
    yield f"  {'':34}{''.join(f'{name:>20}' for name in measures)}"
    for kind, group in {"": report, **report["by_kind"]}.items():
        for ranking in RANKINGS:
            cells = [
                f"{group[ranking][name]:.4f} {low:.3f}–{high:.3f}"
                for name in measures
                for low, high in [group["intervals"][ranking][name]]
            ]
            name = f"{kind or 'tất cả'} [{group['count']}]" if ranking == RANKINGS[0] else ""
            yield f"  {name[:25]:25} {ranking:8}{''.join(f'{cell:>20}' for cell in cells)}"
    yield (
        f"  độ trễ (ms): p50 {latency['p50']}, p95 {latency['p95']}; "
        f"riêng bộ mã hóa: p50 {latency['encoder_p50']}, p95 {latency['encoder_p95']}"
    )


def describe_comparison(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A line for every row of `compare_results` in which a query changed."""
    changed = [row for row in rows if row["better"] or row["worse"]]
    for row in changed:
        low, high = row["interval"]
        name = f"{row['set']} {row['typing']} {row['kind']}".strip()
        yield (
            f"{name}  {row['ranking']:8} {row['measure']:10} {row['difference']:+.4f} "
            f"(95%: {low:+.4f} đến {high:+.4f}, p {row['p']:.3f}); "
            f"{row['better']} câu tốt hơn, {row['worse']} câu kém đi trong {row['queries']}"
        )
    if not changed:
        yield "Không câu hỏi nào thay đổi."


def _shown(top: int) -> tuple[str, ...]:
    return tuple(name.format(top=top) for name in _SHOWN)
