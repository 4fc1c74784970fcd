"""Answers that people reported as wrong, kept in the store for review; nothing leaves the machine.

A report names what was said by its spans and the text that they stand in, so that it can be looked at after the
collection has changed. Reports change neither texts nor facts: no index grows stale by them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from types import MappingProxyType

from corpus.errors import InvalidReport
from corpus.text import fold_spaces

LONGEST = 2_000  # characters of a comment or a note


class Fault(StrEnum):
    """What is wrong with an answer."""

    DOCUMENT = "document"
    SPAN = "span"
    SHOULD_ANSWER = "should_answer"
    SHOULD_REFUSE = "should_refuse"
    ENDED = "ended"
    OTHER = "other"


FAULTS: Mapping[Fault, str] = MappingProxyType(
    {
        Fault.DOCUMENT: "Sai văn bản",
        Fault.SPAN: "Sai đoạn trích",
        Fault.SHOULD_ANSWER: "Lẽ ra phải trả lời được",
        Fault.SHOULD_REFUSE: "Lẽ ra phải nói là không có",
        Fault.ENDED: "Văn bản đã hết hiệu lực",
        Fault.OTHER: "Điều khác",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSpan:
    """A quotation of the answer: `text[start:end]` of the text that `tag` names (`Store.tag`)."""

    document_id: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedAnswer:
    """What was asked, within what, and what was said."""

    question: str
    address: str  # of the page, from "?" on: question and filters; opens the same question again
    filters: str  # Vietnamese, as the page told them; "" for the whole collection
    outcome: str  # a value of `index.models.Outcome`
    spans: tuple[CitedSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReport:
    """A report; it is open until somebody has closed it with a note."""

    number: int
    answer: ReportedAnswer
    fault: Fault
    comment: str
    reported_by: str | None
    at: str  # ISO 8601, UTC
    revision: int  # of the store's texts, when it was answered
    edition: int  # of the store's facts
    closed_at: str | None = None
    note: str | None = None  # what came of it

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


def check_comment(fault: Fault, comment: str) -> str:
    """The comment without white space around it. Raises InvalidReport where it is too long, or tells nothing."""
    said = comment.strip()
    if len(said) > LONGEST:
        raise InvalidReport(
            f"Ghi chú dài {len(said)} ký tự; tối đa {LONGEST}. Hãy viết ngắn lại rồi gửi lần nữa."
        )
    if fault is Fault.OTHER and not said:
        raise InvalidReport("Chọn “Điều khác” thì cần viết rõ sai ở đâu trong ô ghi chú.")
    return said


def record_report(db: sqlite3.Connection, report: ErrorReport) -> int:
    """Keep a new report; its number (that of `report` is not looked at)."""
    answer = report.answer
    spans = json.dumps([asdict(span) for span in answer.spans], ensure_ascii=False)
    row = db.execute(
        "INSERT INTO error_reports (question, address, filters, outcome, spans, fault, comment, reported_by,"
        " at, revision, edition) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            answer.question,
            answer.address,
            answer.filters,
            answer.outcome,
            spans,
            report.fault.value,
            report.comment,
            report.reported_by,
            report.at,
            report.revision,
            report.edition,
        ),
    )
    return int(row.lastrowid or 0)


def close_report(db: sqlite3.Connection, number: int, *, note: str, at: str) -> None:
    """Say what came of an open report. Raises InvalidReport where it is not open, or nothing is said."""
    said = fold_spaces(note).strip()
    if not said or len(said) > LONGEST:
        raise InvalidReport(f"Hãy ghi kết quả xem xét, từ 1 đến {LONGEST} ký tự, trước khi đóng báo sai.")
    changed = db.execute(
        "UPDATE error_reports SET closed_at = ?, note = ? WHERE number = ? AND closed_at IS NULL",
        (at, said, number),
    )
    if changed.rowcount == 0:
        raise InvalidReport(
            f"Không có báo sai số {number} đang chờ xem xét. Xem danh sách bằng lệnh `cancu reports`."
        )


def load_reports(db: sqlite3.Connection) -> tuple[ErrorReport, ...]:
    """All reports, open ones first, of each the newest first."""
    rows = db.execute("SELECT * FROM error_reports ORDER BY closed_at IS NOT NULL, number DESC")
    return tuple(map(_read, rows))


def _read(row: sqlite3.Row) -> ErrorReport:
    answer = ReportedAnswer(
        question=row["question"],
        address=row["address"],
        filters=row["filters"],
        outcome=row["outcome"],
        spans=tuple(CitedSpan(**span) for span in json.loads(row["spans"])),
    )
    return ErrorReport(
        number=row["number"],
        answer=answer,
        fault=Fault(row["fault"]),
        comment=row["comment"],
        reported_by=row["reported_by"],
        at=row["at"],
        revision=row["revision"],
        edition=row["edition"],
        closed_at=row["closed_at"],
        note=row["note"],
    )
