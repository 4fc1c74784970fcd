"""Reports of what was done to a store, as files that programs read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import StoreReadOnly

_KEPT = 50  # of a kind, in a store


def write_report_file(
    folder: Path, kind: str, report: dict[str, object], *, path: Path | None = None
) -> Path:
    """Write a report to `path`, or into `reports/` of a store's folder, where the last 50 of a kind are kept.

    Raises StoreReadOnly where nothing can be written.
    """
    target = path or _next_name(folder / "reports", kind)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.tmp")
        draft.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
        draft.replace(target)
        if path is None:
            for old in sorted(target.parent.glob(f"{kind}-*.json"))[:-_KEPT]:
                old.unlink(missing_ok=True)
    except OSError as error:
        raise StoreReadOnly(
            f"Không ghi được báo cáo {target} ({error.strerror}). Hãy kiểm tra quyền ghi hoặc dùng --report."
        ) from error
    return target


def _next_name(folder: Path, kind: str) -> Path:
    """A name that sorts by time; to the microsecond, so that no two runs share one."""
    return folder / f"{kind}-{datetime.now(UTC).strftime('%Y-%m-%dT%H-%M-%S.%fZ')}.json"
