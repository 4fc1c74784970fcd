"""What a run brought, as lines for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from ingest.crawl.frontier import Frontier
from ingest.crawl.models import CrawlReport, Outcome, Problem, Run, SourceReport

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.NEW: "mới",
    Outcome.CHANGED: "đã sửa",
    Outcome.SAME: "không đổi",
    Outcome.ALIAS: "địa chỉ khác của trang đã có",
    Outcome.MISSING: "không thấy trang (sẽ xem lại)",
    Outcome.GONE: "nguồn đã gỡ",
    Outcome.THIN: "không có nội dung",
    Outcome.LISTED: "danh sách",
    Outcome.FAILED: "lỗi",
    Outcome.BLOCKED: "bị chặn",
    Outcome.DISALLOWED: "robots.txt không cho phép",
}
_TOLD = (
    Outcome.FAILED,
    Outcome.BLOCKED,
    Outcome.DISALLOWED,
    Outcome.MISSING,
    Outcome.GONE,
)
_PROBLEMS = (*_TOLD, Outcome.THIN, Outcome.ALIAS)
_SHOWN = 10  # problems of a kind that are printed; the JSON report has all


def make_report(
    frontier: Frontier,
    run: Run,
    sources: Sequence[str],
    *,
    notes: Mapping[str, Sequence[str]],
    dry: bool,
    ended_at: str,
) -> CrawlReport:
    """What is written of a run in the frontier, by source."""
    counts, passed, queued = frontier.counts(run), frontier.passed(run), frontier.queued(sources)
    return CrawlReport(
        run=run,
        ended_at=ended_at,
        dry=dry,
        sources=tuple(
            SourceReport(
                source=name,
                counts=counts.get(name, {}),
                passed=passed.get(name, {}),
                queued=queued[name],
                notes=tuple(notes.get(name, ())),
            )
            for name in sources
        ),
        problems=tuple(
            Problem(
                source=row["source"],
                url=row["url"],
                outcome=Outcome(row["outcome"]),
                reason=row["reason"] or "",
            )
            for row in frontier.visits(run, _PROBLEMS)
        ),
    )


def report_json(report: CrawlReport) -> dict[str, object]:
    """The report as a JSON object."""
    return {
        "run": asdict(report.run),
        "ended_at": report.ended_at,
        "dry_run": report.dry,
        "counts": {outcome.value: report.count(outcome) for outcome in Outcome},
        "sources": [
            {
                "source": source.source,
                "counts": {outcome.value: source.counts.get(outcome, 0) for outcome in Outcome},
                "passed": [
                    {"reason": reason, "count": count, "example": example}
                    for reason, (count, example) in source.passed.items()
                ],
                "queued": source.queued,
                "notes": list(source.notes),
            }
            for source in report.sources
        ],
        "problems": [asdict(problem) for problem in report.problems],
    }


def describe_report(report: CrawlReport) -> Iterator[str]:
    """The lines that `cancu crawl` prints: counts by source, what was passed over, what failed and why."""
    if report.run.resumed:
        yield f"Tiếp tục lượt thu thập bắt đầu lúc {report.run.started_at} (bị ngắt giữa chừng)."
    for source in report.sources:
        yield from _describe_source(source, dry=report.dry)
    if len(report.sources) > 1:
        yield f"Tất cả: {_describe_counts({outcome: report.count(outcome) for outcome in Outcome})}."
    for outcome in _TOLD:
        told = [problem for problem in report.problems if problem.outcome is outcome]
        if told:
            yield f"{_sentence(OUTCOMES[outcome])} ({len(told)}):"
        shown = _SHOWN if outcome is not Outcome.DISALLOWED else 3  # they all say the same
        for problem in told[:shown]:
            yield f"  – {problem.reason if problem.url in problem.reason else f'{problem.url}: {problem.reason}'}"
        if len(told) > shown:
            yield f"  … và {len(told) - shown} địa chỉ nữa, xem báo cáo JSON"


def _describe_counts(counts: Mapping[Outcome, int]) -> str:
    told = [
        f"{OUTCOMES[outcome]} {counts[outcome]}"
        for outcome in OUTCOMES
        if counts.get(outcome) and outcome is not Outcome.LISTED
    ]
    return ", ".join(told) or "không có trang nào"


def _describe_source(source: SourceReport, *, dry: bool) -> Iterator[str]:
    yield f"{source.source}: {_describe_counts(source.counts)}; đọc {_lists(source)} danh sách."
    if source.queued:
        what = "sẽ lấy" if dry else "còn chờ"
        yield f"  {what} {source.queued} địa chỉ"
    for reason, (count, example) in source.passed.items():
        yield f"  bỏ qua {count} liên kết: {reason} (ví dụ {example})"
    for note in source.notes:
        yield f"  {note}"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _lists(source: SourceReport) -> int:
    return source.counts.get(Outcome.LISTED, 0)
