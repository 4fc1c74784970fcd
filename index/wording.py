"""The Vietnamese sentences of an answer. They add attribution to a quotation and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from corpus.models import Document, DocumentKind
from corpus.text import fold_spaces
from index.models import Citation

_VIETNAM = timezone(timedelta(hours=7))

NOT_FOUND = "Không tìm thấy trong kho văn bản."
NEAREST = "Dưới đây là những đoạn gần nhất, không phải câu trả lời."

# Below a quotation that OCR read: a reader must know that its words may differ from what is printed.
SCANNED = " (trích từ bản quét, do máy nhận dạng chữ)"


def attribute(document: Document, citation: Citation, report: str | None) -> str:
    """The quotation with who says it: a page that reports is named as such, never as the document."""
    quote = f"“{fold_spaces(citation.quote)}”"
    if citation.scanned:
        quote += SCANNED
    if citation.symbol:
        return f"{_own_name(document)} ghi: {quote}"
    source = f"bài “{fold_spaces(document.title)}”"
    if document.publisher:
        source += f" trên {document.publisher}"
    kind = "Theo" if document.facts.kind is DocumentKind.NEWS else "Theo trang"
    if report:
        return f"{kind} {source} thuật lại văn bản {report}: {quote}"
    return f"{kind} {source}: {quote}"


def _own_name(document: Document) -> str:
    facts = document.facts
    name = facts.type.value if facts.type else "Văn bản"
    if facts.symbol:
        name += f" số {facts.symbol.value}"
    if facts.issuer:
        name += f" của {facts.issuer.value}"
    return name


def answered(count: int) -> str:
    return "Tìm thấy 1 trích dẫn trả lời." if count == 1 else f"Tìm thấy {count} trích dẫn trả lời."


def several_possible(symbols: list[str]) -> str:
    return (
        f"Số được hỏi có thể là {len(symbols)} văn bản khác nhau ({', '.join(symbols)}). "
        "Hãy nêu rõ cơ quan, tỉnh hoặc ngày ban hành."
    )


def partly_answered(missing: str) -> str:
    return f"Chỉ trả lời được một phần: kho văn bản không có căn cứ cho {missing}."


def unknown_number(typed: str) -> str:
    return (
        f"{NOT_FOUND} Không có văn bản nào mang số {typed}, cũng không văn bản nào trong kho nhắc tới số này."
    )


def mentioned_only(symbol: str, cited_by: int) -> str:
    return (
        f"{NOT_FOUND} Văn bản {symbol} chỉ được nhắc tới trong {cited_by} văn bản của kho; "
        f"kho chưa có toàn văn, và những chỗ nhắc tới không trả lời câu hỏi này."
    )


def not_found(nearest: bool) -> str:
    return f"{NOT_FOUND} {NEAREST}" if nearest else NOT_FOUND


def vietnamese_time(stamp: str) -> str:
    """A UTC time of the store as it is read in Việt Nam.

    >>> vietnamese_time("2026-11-22T18:05:00+00:00")
    '23/11/2026 01:05'
    """
    return datetime.fromisoformat(stamp).astimezone(_VIETNAM).strftime("%d/%m/%Y %H:%M")
