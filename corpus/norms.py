"""Documents whose text lays down norms: what they say is neither reached nor aimed at by anybody."""

from __future__ import annotations

import re

from corpus.models import Document

NORMATIVE_TYPES = frozenset(
    {
        "Luật",
        "Bộ luật",
        "Pháp lệnh",
        "Nghị định",
        "Thông tư",
        "Thông tư liên tịch",
        "Quy định",
        "Quy chế",
        "Hướng dẫn",
        "Văn bản hợp nhất",
        "Điều lệ",
    }
)

_NAMED = re.compile(r"(?:Nghị định|Thông tư|Luật|Pháp lệnh|Quy chuẩn|Tiêu chuẩn)(?!\w)")
# A year in the number is that of a normative act; those of the National Assembly bear it always.
_NUMBERED = re.compile(r"\d+/(?:19|20)\d\d/(?:NQ|QĐ)-(?!UBTVQH|QH).+")
_MEASURES = re.compile(r"(?<!\w)(?:định mức|mức (?:thu(?!\s+nhập)|chi)|bộ tiêu chí)(?!\w)", re.IGNORECASE)
_PROCEDURES = re.compile(
    r"(?<!\w)(?:công bố|danh mục|quy trình|đơn giản hóa|bãi bỏ)(?:\s+\S+){0,8}?\s+thủ tục hành chính(?!\w)",
    re.IGNORECASE,
)


def has_normative_type(document: Document) -> bool:
    """Whether a document is of a type of norms; its title says it where the type is not known."""
    kind = document.facts.type
    named = kind.value if kind is not None else document.title
    return named in NORMATIVE_TYPES or _NAMED.search(named) is not None


def lays_down_norms(document: Document) -> bool:
    """Whether a document lays down norms by its type, its number, or a title that names rates or procedures."""
    symbol = document.facts.symbol
    return (
        has_normative_type(document)
        or (symbol is not None and _NUMBERED.fullmatch(symbol.value) is not None)
        or _MEASURES.search(document.title) is not None
        or lists_procedures(document)
    )


def lists_procedures(document: Document) -> bool:
    """Whether a document publishes administrative procedures, whose steps fill its appendices."""
    return _PROCEDURES.search(document.title) is not None
