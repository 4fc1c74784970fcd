"""Answers reported as wrong, as a table for review and as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from corpus.error_reports import FAULTS, ErrorReport
from corpus.spreadsheet import rows_as_csv
from index.models import Outcome
from index.wording import vietnamese_time

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        Outcome.ANSWERED: "đã trả lời",
        Outcome.PARTLY_ANSWERED: "trả lời một phần",
        Outcome.SEVERAL_POSSIBLE: "nhiều văn bản có thể đúng",
        Outcome.SUPERSEDED: "văn bản đã hết hiệu lực",
        Outcome.MENTIONED_ONLY: "chỉ được nhắc tới",
        Outcome.NOT_FOUND: "không tìm thấy",
    }
)
_HEADER = (
    "Số",
    "Báo lúc (giờ Việt Nam)",
    "Câu hỏi",
    "Phạm vi",
    "Đã trả lời",
    "Sai ở đâu",
    "Ghi chú",
    "Người báo",
    "Đoạn trích",
    "Bản kho",
    "Địa chỉ",
    "Tình trạng",
    "Kết quả xem xét",
)


def write_reports(reports: Iterable[ErrorReport]) -> bytes:
    """A .csv that Excel opens, a row of each report; spans as `document@text:start-end`."""
    return rows_as_csv(_HEADER, map(_row, reports))


def _row(report: ErrorReport) -> tuple[str, ...]:
    answer = report.answer
    return (
        str(report.number),
        vietnamese_time(report.at),
        answer.question,
        answer.filters,
        tell_outcome(report),
        FAULTS[report.fault],
        report.comment,
        report.reported_by or "",
        "; ".join(f"{span.document_id}@{span.tag}:{span.start}-{span.end}" for span in answer.spans),
        f"{report.revision}.{report.edition}",
        answer.address,
        tell_state(report),
        report.note or "",
    )


def tell_outcome(report: ErrorReport) -> str:
    """How the question had ended."""
    return OUTCOMES.get(report.answer.outcome, report.answer.outcome)


def tell_state(report: ErrorReport) -> str:
    """ "chờ xem xét", "đã đóng 28/11/2026 09:10"."""
    return f"đã đóng {vietnamese_time(report.closed_at)}" if report.closed_at else "chờ xem xét"


def describe_report(report: ErrorReport) -> Iterator[str]:
    """The lines of one report for a terminal."""
    answer = report.answer
    yield f"Báo sai số {report.number} ({tell_state(report)}), {vietnamese_time(report.at)}"
    yield f"    Câu hỏi: {answer.question}"
    if answer.filters:
        yield f"    Phạm vi: {answer.filters}"
    yield f"    Đã trả lời: {tell_outcome(report)}, {len(answer.spans)} đoạn trích"
    yield f"    {FAULTS[report.fault]}{f': {report.comment}' if report.comment else ''}"
    if report.reported_by:
        yield f"    Người báo: {report.reported_by}"
    if report.note:
        yield f"    Kết quả xem xét: {report.note}"
