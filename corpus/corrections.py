"""Corrections of facts by people: what a value may be, and what holds of a document after them.

Corrections are kept by the address of the page, so that they outlive reading it again, removing it and
taking it in anew; every one stays on record. An empty value says that the fact is not known.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from enum import StrEnum

from corpus.dates import find_dates
from corpus.errors import InvalidCorrection
from corpus.labels import FACTS, KINDS, UNKNOWN
from corpus.models import Body, DocumentKind, Fact, Facts, Level
from corpus.places import province_of
from corpus.store_models import Correction
from corpus.store_rows import FACT_NAMES
from corpus.symbols import canonicalize
from corpus.text import fold, fold_spaces

KIND = "kind"
_DATES = ("issued_on", "effective_on", "expires_on")
_CHOICES: dict[str, type[StrEnum]] = {"level": Level, "system": Body}
_KINDS = {**{fold(name): kind for kind, name in KINDS.items()}, **{kind.value: kind for kind in DocumentKind}}


def name_fact(typed: str) -> str:
    """The name of the fact meant by "symbol", "issued_on" or its Vietnamese label. Raises InvalidCorrection."""
    asked = fold(fold_spaces(typed))
    names = {fold(label): name for name, label in FACTS.items()}
    names |= {name: name for name in (*FACT_NAMES, KIND)}
    if asked not in names:
        known = ", ".join((*FACT_NAMES, KIND))
        raise InvalidCorrection(f"Không có thông tin {typed!r} để sửa. Các tên dùng được: {known}.")
    return names[asked]


def check_value(name: str, typed: str) -> str | None:
    """The value to keep for a fact, in the form in which facts are stored; None for an empty one.

    Raises InvalidCorrection.

    >>> check_value("issued_on", "15/7/2021"), check_value("symbol", "4 nq/tu"), check_value("signer", " ")
    ('2021-07-15', '04-NQ/TU', None)
    """
    value = fold_spaces(typed)
    if name == KIND:
        return _check_kind(value)
    if not value:
        return None
    if name in _DATES:
        return _check_date(value)
    if name == "symbol":
        return _check_symbol(value)
    if name in _CHOICES:
        return _check_choice(value, _CHOICES[name])
    return _check_province(value) if name == "province" else value


def _check_kind(value: str) -> str:
    kind = _KINDS.get(fold(value or DocumentKind.UNKNOWN.value))
    if kind is None:
        known = ", ".join(kind.value for kind in DocumentKind)
        raise InvalidCorrection(f"{value!r} không phải loại trang. Hãy dùng một trong: {known}.")
    return kind.value


def _check_date(value: str) -> str:
    found = find_dates(value)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(value)):
        raise InvalidCorrection(
            f"{value!r} không phải một ngày có thật. Hãy viết dạng 15/7/2021 hoặc 2021-07-15."
        )
    return found[0].iso


def _check_symbol(value: str) -> str:
    canonical = canonicalize(value)
    if canonical is None or canonical.startswith("?"):
        raise InvalidCorrection(
            f"{value!r} không phải một số, ký hiệu đầy đủ. Hãy viết như 04-NQ/TU hoặc 263/QĐ-TTg."
        )
    return canonical


def _check_choice(value: str, choices: type[StrEnum]) -> str:
    found = next((choice.value for choice in choices if fold(choice.value) == fold(value)), None)
    if found is None:
        known = ", ".join(choice.value for choice in choices)
        raise InvalidCorrection(f"{value!r} không dùng được. Hãy dùng một trong: {known}.")
    return found


def _check_province(value: str) -> str:
    name = province_of(value)
    if name is None:
        raise InvalidCorrection(f"Không có tỉnh, thành phố nào tên là {value!r}. Hãy kiểm tra lại cách viết.")
    return name


def apply_corrections(facts: Facts, corrections: tuple[Correction, ...]) -> Facts:
    """The facts as people corrected them; of one name the last correction that was not undone holds."""
    holding = {correction.name: correction for correction in corrections if correction.holds}
    changed: dict[str, Fact | None] = {}
    for name, correction in holding.items():
        if name in FACT_NAMES:
            changed[name] = _corrected(correction)
    kind = holding.get(KIND)
    if kind is not None and kind.value is not None:
        facts = replace(facts, kind=DocumentKind(kind.value))
    return replace(facts, **changed)  # type: ignore[arg-type]


def _corrected(correction: Correction) -> Fact | None:
    if correction.value is None:
        return None
    return Fact(
        value=correction.value, corrected_by=correction.corrected_by, reason=correction.reason
    )  # no span: nothing in the text carries it


def describe_correction(correction: Correction) -> str:
    """ "Số, ký hiệu: 04-NQ/TU; đã sửa bởi Văn thư vì số bị mờ"."""
    label = "Loại trang" if correction.name == KIND else FACTS[correction.name]
    said = (
        f"{label}: {correction.value or UNKNOWN}; đã sửa bởi {correction.corrected_by} vì {correction.reason}"
    )
    if correction.holds:
        return said
    return f"{said}; bỏ sửa bởi {correction.undone_by} vì {correction.undone_reason}"


# --- in the store


def load_corrections(db: sqlite3.Connection, uri: str) -> tuple[Correction, ...]:
    """All corrections of the page at an address, oldest first, undone ones too."""
    rows = db.execute("SELECT * FROM corrections WHERE uri = ? ORDER BY id", (uri,))
    return tuple(
        Correction(
            name=row["name"],
            value=row["value"],
            corrected_by=row["corrected_by"],
            reason=row["reason"],
            at=row["at"],
            undone_by=row["undone_by"],
            undone_reason=row["undone_reason"],
            undone_at=row["undone_at"],
        )
        for row in rows
    )


def record_correction(db: sqlite3.Connection, uri: str, correction: Correction) -> None:
    """Keep a correction."""
    db.execute(
        "INSERT INTO corrections (uri, name, value, corrected_by, reason, at) VALUES (?, ?, ?, ?, ?, ?)",
        (uri, correction.name, correction.value, correction.corrected_by, correction.reason, correction.at),
    )


def undo_correction(db: sqlite3.Connection, uri: str, name: str, *, by: str, reason: str, at: str) -> None:
    """Take back the last correction of a fact that holds. Raises InvalidCorrection where there is none."""
    row = db.execute(
        "SELECT max(id) FROM corrections WHERE uri = ? AND name = ? AND undone_at IS NULL", (uri, name)
    ).fetchone()
    if row[0] is None:
        raise InvalidCorrection(f"Thông tin {name!r} của văn bản này chưa ai sửa, nên không có gì để bỏ.")
    db.execute(
        "UPDATE corrections SET undone_by = ?, undone_reason = ?, undone_at = ? WHERE id = ?",
        (by, reason, at, row[0]),
    )


def check_author(by: str, reason: str) -> tuple[str, str]:
    """Who and why, on one line each. Raises InvalidCorrection where either is empty."""
    who, why = fold_spaces(by), fold_spaces(reason)
    if not who or not why:
        raise InvalidCorrection("Cần cho biết ai sửa (--by) và vì sao (--reason).")
    return who, why
