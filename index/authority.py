"""What weight a document has by its type: what an official means by "the document that governs"."""

from __future__ import annotations

import re

from corpus.models import System
from corpus.symbols import read_symbol

# Type code → (name, weight from 0 to 1). A công văn repeats and presses; what it presses for is the nghị quyết
# that it cites. Laws and decrees stand above: where the State has spoken, they are what is applied.
_TYPES: dict[str, tuple[str, float]] = {
    "L": ("Luật", 1.0),
    "PL": ("Pháp lệnh", 0.97),
    "NĐ": ("Nghị định", 0.94),
    "NQ": ("Nghị quyết", 0.9),
    "NQLT": ("Nghị quyết liên tịch", 0.9),
    "CT": ("Chỉ thị", 0.8),
    "KL": ("Kết luận", 0.75),
    "TT": ("Thông tư", 0.7),
    "TTLT": ("Thông tư liên tịch", 0.7),
    "QĐ": ("Quyết định", 0.65),
    "QyĐ": ("Quy định", 0.65),
    "QĐi": ("Quy định", 0.65),
    "QC": ("Quy chế", 0.6),
    "HD": ("Hướng dẫn", 0.6),
    "CTr": ("Chương trình", 0.5),
    "KH": ("Kế hoạch", 0.5),
    "ĐA": ("Đề án", 0.45),
    "TB": ("Thông báo", 0.35),
    "CĐ": ("Công điện", 0.3),
    "CV": ("Công văn", 0.2),
    "TTr": ("Tờ trình", 0.1),
    "BC": ("Báo cáo", 0.1),
}
_ASSEMBLY = re.compile(r"QH\d+\Z")
_STANDING_COMMITTEE = re.compile(r"UBTVQH\d+\Z")


def type_code(symbol: str) -> str | None:
    """The type of a document by its number; None where the number does not tell.

    >>> [type_code(s) for s in ("04-NQ/TU", "31/2024/QH15", "4836/BNN-VPĐP", "297-TT/TW")]
    ['NQ', 'L', 'CV', None]
    """
    mention = read_symbol(symbol)
    if mention is None:
        return None
    if mention.type_code is None:
        issuer = mention.issuer_code or ""
        if _ASSEMBLY.match(issuer):
            return "L"
        if _STANDING_COMMITTEE.match(issuer):
            return "PL"
        return None if mention.short or " " in issuer else "CV"  # "01/BCĐ CTMTQG" is anything
    if mention.type_code == "TT" and mention.system is System.PARTY:
        return None  # thông tri, not thông tư
    return mention.type_code


def type_name(code: str | None) -> str | None:
    """What a type is called; None where the list has no name for it."""
    return _TYPES[code][0] if code in _TYPES else None


def code_of_name(name: str | None) -> str | None:
    """The code of a type by its name: "Nghị quyết" is NQ."""
    return next((code for code, (known, _) in _TYPES.items() if known == name), None)


def authority(code: str | None) -> float:
    """0 (a page, or a type that is not known) to 1 (a law)."""
    return _TYPES[code][1] if code in _TYPES else 0.0
