"""Tables as files that Excel opens."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import TextIO

from corpus.errors import StoreReadOnly


def rows_as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV (RFC 4180); no cell is taken for a formula.

    UTF-8 with BOM, without which Excel takes it for a legacy encoding.
    """
    file = StringIO(newline="")
    _write(header, rows, file)
    return file.getvalue().encode("utf-8-sig")


def write_rows(header: Sequence[str], rows: Iterable[Sequence[str]], path: Path) -> None:
    """Write a table as `rows_as_csv` gives it, row by row. Raises StoreReadOnly."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            _write(header, rows, file)
    except OSError as error:
        raise StoreReadOnly(
            f"Không ghi được {path} ({error.strerror}). Hãy chọn nơi khác cho --csv hoặc cấp quyền ghi."
        ) from error


def _write(header: Sequence[str], rows: Iterable[Sequence[str]], file: TextIO) -> None:
    writer = csv.writer(file)
    writer.writerow(header)
    writer.writerows([_guard(cell) for cell in row] for row in rows)


def _guard(cell: str) -> str:
    """A cell that Excel takes for text, not for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
