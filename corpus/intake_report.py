"""The report of an intake as a file that programs read: what was read, what was cut, what failed and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from corpus.intake import IntakeReport, PageOutcome
from corpus.labels import KINDS
from corpus.models import DocumentKind
from corpus.report_files import write_report_file
from corpus.spreadsheet import rows_as_csv
from ingest.boilerplate import REASONS
from ingest.models import PageChange

_PAGES_SHOWN = 30  # pages that were read; of more, only what failed is listed


def report_json(report: IntakeReport, *, at: str | None = None) -> dict[str, object]:
    """The report as a JSON object; `at` is when it was made (ISO 8601, UTC; now)."""
    return {
        "at": at or datetime.now(UTC).isoformat(timespec="seconds"),
        "counts": report.counts(),
        "cut": count_cuts(report),
        "pages": [
            {**asdict(page), "change": page.change.value if page.change else "failed"}
            for page in report.pages
        ],
    }


def count_cuts(report: IntakeReport) -> dict[str, int]:
    """How many parts were cut for each reason, the most frequent first."""
    total: Counter[str] = Counter()
    for page in report.pages:
        total.update(page.cuts)
    return dict(total.most_common())


def describe_report(report: IntakeReport) -> Iterator[str]:
    """The lines that `cancu ingest` prints: counts, what was read and cut, what failed and why."""
    counts = report.counts()
    yield (
        f"Mới {counts['new']}, thay đổi {counts['changed']}, không đổi {counts['same']}, "
        f"không đọc được {counts['failed']}."
    )
    read = [page for page in report.pages if page.change in (PageChange.NEW, PageChange.CHANGED)]
    for page in read if len(read) <= _PAGES_SHOWN else []:
        yield f"  + {page.name}: {describe_outcome(page)}"
    if cuts := count_cuts(report):
        yield "Đã lược bỏ: " + ", ".join(f"{REASONS.get(name, name)} ({n})" for name, n in cuts.items())
    for page in report.pages:
        if page.change is None:
            yield f"  – {page.name}: {page.problem}"


def describe_outcome(page: PageOutcome) -> str:
    """What was read from a page, on one line."""
    parts = (
        KINDS[DocumentKind(page.kind)] if page.kind else None,
        f"{page.characters} ký tự",
        f"{page.passages} đoạn",
        f"nhắc tới văn bản {page.references} lần",
        f"{page.sheets} trang" if page.sheets else None,
        f"nhận dạng chữ {page.scanned_sheets} trang" if page.scanned_sheets else None,
        f"lược bỏ {sum(page.cuts.values())} phần" if page.cuts else None,
        f"trùng nội dung với {', '.join(page.copies)}" if page.copies else None,
        *page.notes,
    )
    return ", ".join(part for part in parts if part)


CHANGES: Mapping[PageChange | None, str] = MappingProxyType(
    {
        PageChange.NEW: "mới",
        PageChange.CHANGED: "đã thay bản cũ",
        PageChange.SAME: "không đổi",
        None: "không đọc được",
    }
)


def tell_page(page: PageOutcome) -> tuple[str, str]:
    """What became of one page (the problem, that it was held, or what was read), and the remedy of a problem."""
    if page.problem:
        return split_remedy(page.problem)
    if page.change is PageChange.SAME:
        return "Kho đã có đúng nội dung này.", ""
    return f"{page.title or ''} ({describe_outcome(page)})", ""


def split_remedy(told: str) -> tuple[str, str]:
    """What happened, and what to do about it where the sentence says so.

    >>> split_remedy("Tệp 'a.pdf' hỏng, không mở được. Hãy tải lại tệp gốc.")
    ("Tệp 'a.pdf' hỏng, không mở được.", 'Hãy tải lại tệp gốc.')
    """
    match = re.search(r"(?<=[.;:]) ?\b[Hh]ãy ", told)
    if match is None:
        return told, ""
    reason, remedy = told[: match.start()].rstrip(" ;:"), told[match.start() :].strip()
    return reason if reason.endswith(".") else f"{reason}.", remedy[0].upper() + remedy[1:]


def report_csv(report: IntakeReport) -> bytes:
    """A row for each page, for a spreadsheet."""
    header = ("Tệp, địa chỉ", "Kết quả", "Lý do, chi tiết", "Cách xử lý", "Mã văn bản", "Nơi lấy")
    rows = (
        (page.name, CHANGES[page.change], *tell_page(page), page.document_id or "", page.uri)
        for page in report.pages
    )
    return rows_as_csv(header, rows)


def write_report(folder: Path, report: IntakeReport, *, path: Path | None = None) -> Path:
    """Write a report to `path`, or among the last 50 of a store's folder. Raises StoreReadOnly."""
    return write_report_file(folder, "ingest", report_json(report), path=path)
