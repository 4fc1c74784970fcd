"""The Vietnamese sentences of an answer. They add attribution to a quotation and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType

from corpus.consolidated import is_consolidated, read_consolidated_act
from corpus.labels import vietnamese_date
from corpus.models import Document, DocumentKind
from corpus.text import fold_spaces
from index.answering.later_acts import LaterAct
from index.citations import short_title
from index.models import Citation, Dropped, NamedDocument, QuestionKind, Rule
from ingest.published import VIETNAM

NOT_FOUND = "Chưa tìm thấy câu trả lời trong kho văn bản."
NOT_FOUND_WITHIN = "Không tìm thấy trong phạm vi đã chọn."
NEAREST = "Dưới đây là những đoạn gần nhất, chưa chắc trả lời được câu hỏi."

# Below a quotation that OCR read: a reader must know that its words may differ from what is printed.
SCANNED = " (trích từ bản quét, do máy nhận dạng chữ)"


def attribute(document: Document, citations: Sequence[Citation], report: str | None) -> str:
    """Quotations of one page with who says them: a page that reports is named as such, never as the document."""
    quote = f"“{fold_spaces(citations[0].quote)}”"
    for before, citation in pairwise(citations):
        gap = document.text[before.end : citation.start].strip()
        quote += f"{' […]' if gap else ''} “{fold_spaces(citation.quote)}”"
    if any(citation.scanned for citation in citations):
        quote += SCANNED
    if citations[0].symbol:
        return f"{_own_name(document)} ghi: {quote}"
    return f"{_name_page(document, report)}: {quote}"


def credit(document: Document, citation: Citation) -> str:
    """Who says the words of a citation: "Theo Nghị định số …", "Theo bài “…” thuật lại văn bản …"."""
    if citation.symbol:
        return f"Theo {_own_name(document)}"
    reports = (r.symbol for r in document.reported if r.start <= citation.start < r.end)
    return _name_page(document, next(reports, None))


def _name_page(document: Document, report: str | None) -> str:
    news = document.facts.kind is DocumentKind.NEWS
    source = f"{'bài' if news else 'trang'} “{short_title(document.title)}”"
    if document.publisher:
        source += f" trên {document.publisher}"
    if act := _consolidates(document):
        source += f", văn bản hợp nhất của {act}"
    told = "thuật lại văn bản" if news else "dẫn lại văn bản"
    return f"Theo {source} {told} {report}" if report else f"Theo {source}"


def _own_name(document: Document) -> str:
    facts = document.facts
    name = facts.type.value if facts.type else "Văn bản"
    if facts.symbol:
        name += f" số {facts.symbol.value}"
    if facts.issuer:
        name += f" của {facts.issuer.value}"
    act = _consolidates(document)
    return f"{name} (hợp nhất {act})" if act else name


def _consolidates(document: Document) -> str | None:
    """The act that a consolidated text restates: such a text is never told as the act itself."""
    act = read_consolidated_act(document.text) if is_consolidated(document.facts) else None
    return act.full_name if act else None


_ANSWERED: Mapping[QuestionKind, str] = MappingProxyType(
    {
        QuestionKind.WHO_WHEN: "Nguồn ghi như sau:",
        QuestionKind.STATUS: "Các văn bản trong kho nói về hiệu lực như sau:",
        QuestionKind.LIST: "Nguồn nêu như sau:",
        QuestionKind.FIGURE: "Số liệu nêu trong nguồn:",
        QuestionKind.QUOTATION: "Đoạn có thể trích nguyên văn:",
        QuestionKind.COMPARE: "Trích dẫn cho từng bên:",
        QuestionKind.RELATION: "Các văn bản nói về quan hệ được hỏi như sau:",
        QuestionKind.DEFINITION: "Đoạn nêu khái niệm:",
        QuestionKind.PARTS: "Trích dẫn cho từng phần của câu hỏi:",
    }
)


def answered(kind: QuestionKind, count: int) -> str:
    """The sentence over `count` statements."""
    plain = f"Có {count} đoạn trả lời câu hỏi."
    return _ANSWERED.get(kind, plain)


def governing(symbol: str) -> str:
    """The sentence over the quotations that name the document asked for."""
    return f"Văn bản quy định việc này: {symbol}."


def counted(items: int, whole: int) -> str:
    """The sentence over a quoted list: how many of its items are quoted."""
    if items >= whole:
        return f"Danh sách được ghi như sau, đủ {items}/{items} mục."
    return (
        f"Danh sách có {whole} mục; dưới đây trích được {items} mục. Hãy mở văn bản để đọc các mục còn lại."
    )


def no_choice_answers(symbols: Sequence[str]) -> str:
    """Where a short number may mean several documents and none of them answers."""
    return (
        f"{NOT_FOUND} Số được hỏi có thể là {', '.join(symbols)}; chưa nhận ra câu trả lời ở những chỗ nói tới các "
        "văn bản ấy. Hãy nêu rõ năm, cơ quan hoặc tỉnh."
    )


def may_mean(described: Sequence[str]) -> str:
    """`described`: each document with what tells it from the others."""
    return (
        f"Câu hỏi có thể nói về {len(described)} văn bản khác nhau: {'; '.join(described)}. "
        "Hãy nêu rõ tỉnh, cơ quan hoặc ngày ban hành."
    )


ABOLISHED = "bị bãi bỏ"
NONE_REPLACES = "Chưa thấy văn bản nào thay thế văn bản này trong kho."


def superseded(symbol: str | None, by: Sequence[str], since: str | None, verb: str | None) -> str:
    """`since`: "ngày 01/12/2025"; `verb`: "được thay thế" or "bị bãi bỏ", None where the texts say neither alone."""
    ended = f"Văn bản {symbol}" if symbol else "Văn bản được hỏi"
    how = f"{verb or 'được thay thế hoặc bãi bỏ'} bởi {', '.join(by)}" if by else verb or "hết hiệu lực"
    return f"{ended} đã {how}{f', từ {since}' if since else ''}, theo các văn bản trong kho."


def partly_answered(missing: str) -> str:
    return f"Chỉ trả lời được một phần; chưa tìm thấy căn cứ trong kho cho phần {missing}."


def held_without_answer(symbol: str) -> str:
    """The document asked about is held: it must not sound as if it were missing."""
    return (
        f"Kho có văn bản {symbol}, nhưng chưa nhận ra đoạn trả lời câu hỏi. Dưới đây là những đoạn gần nhất."
    )


def unknown_number(typed: str) -> str:
    return f"{NOT_FOUND} Không thấy văn bản nào mang số {typed}, cũng chưa thấy chỗ nào nhắc đủ số hiệu này."


def changed(act: LaterAct) -> str:
    """What an act did to what is quoted, or to what was asked for."""
    known = [f"ban hành ngày {vietnamese_date(act.issued_on)}" if act.issued_on else None]
    known.append(HELD if act.held else "kho chưa có")
    lead = "Mới hơn đoạn trích: " if act.later else ""
    return f"{lead}{act.base} {act.effect} bởi {act.symbol} ({', '.join(filter(None, known))})."


def not_yet(symbol: str, first_day: str, day: date) -> str:
    """That an act which is quoted is not in force yet; `first_day` in ISO 8601."""
    return f"{symbol} có hiệu lực từ ngày {vietnamese_date(first_day)}; ngày {day:%d/%m/%Y} chưa có hiệu lực."


HELD = "có toàn văn trong kho"
COPIED = "kho có trang chép lại nội dung, chưa có bản gốc"
MENTIONED = "chỉ được nhắc tới, kho chưa có toàn văn"


def holding(document: NamedDocument) -> str:
    """What the collection has of a document that an answer names."""
    return HELD if document.in_collection else COPIED if document.copied else MENTIONED


def mentioned_only(symbol: str, cited_by: int, *, copied: bool = False) -> str:
    if copied:
        return (
            f"Kho chưa có bản gốc của {symbol}, chỉ có trang chép lại nội dung văn bản này; "
            "chưa nhận ra câu trả lời ở đó."
        )
    return (
        f"Kho chưa có toàn văn của {symbol}; văn bản này chỉ được nhắc tới trong {cited_by} văn bản, "
        f"và chưa nhận ra câu trả lời ở những chỗ nhắc tới."
    )


def not_found(nearest: bool, *, within: bool = False) -> str:
    """`within`: only a chosen part of the collection was looked at."""
    told = NOT_FOUND_WITHIN if within else NOT_FOUND
    return f"{told} {NEAREST}" if nearest else told


def outside(symbol: str) -> str:
    return (
        f"Kho có văn bản số {symbol}, nhưng nằm ngoài phạm vi đã chọn. "
        "Hãy bỏ bớt điều kiện lọc để hỏi về văn bản này."
    )


RULES: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.QUOTATION: "trích dẫn không khớp nguyên văn",
        Rule.CHANGED: "văn bản đã thay đổi sau khi tìm",
        Rule.SOURCE: "thông tin nguồn không đúng với văn bản",
        Rule.CITED: "không có trích dẫn",
        Rule.CHARACTERS: "có ký tự lạ, giống chữ khác hoặc không nhìn thấy",
        Rule.NUMBER: "số hiệu hoặc tên văn bản không có trong căn cứ",
        Rule.DATE: "ngày tháng không có trong căn cứ",
        Rule.FIGURE: "con số không có trong căn cứ",
        Rule.NAME: "tên riêng không có trong căn cứ",
        Rule.NAMED: "văn bản được nêu không phải văn bản được trích, và không nói theo trang nào",
        Rule.WORDS: "lời văn không lấy trọn từ trích dẫn",
    }
)


def tell_dropped(dropped: Dropped) -> str:
    """Why a statement was left out: the rule, and what was not found."""
    what = f" ({', '.join(dropped.missing)})" if dropped.missing else ""
    return f"{RULES[dropped.rule]}{what}: {shorten(dropped.text)}"


def shorten(text: str, limit: int = 160) -> str:
    """The text on one line, at most so long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit].rstrip()}…"


def some_dropped(kept: int, dropped: int) -> str:
    return f"Có {kept} đoạn trả lời câu hỏi; đã bỏ {dropped} ý vì không qua được kiểm chứng."


def all_dropped(dropped: int) -> str:
    return (
        f"Không trả lời được: {dropped} câu tìm thấy không khớp nguyên văn hoặc nguồn khi kiểm lại với kho nên không đưa "
        "ra. Hãy hỏi lại, hoặc mở văn bản để đọc trực tiếp."
    )


PHRASED = "✎ mô hình ngôn ngữ diễn đạt"  # the mark of a statement that a model phrased


def model_failed(name: str, host: str, why: str) -> str:
    return (
        f"Mô hình ngôn ngữ {name} tại {host} không dùng được: {why}. Câu trả lời là trích dẫn nguyên văn, "
        "không qua mô hình."
    )


def model_phrased(name: str, host: str, passed: int, dropped: int) -> str:
    """What became of the sentences of a model."""
    if not passed:
        return (
            f"Không câu nào của mô hình ngôn ngữ {name} tại {host} qua được kiểm chứng. "
            "Câu trả lời là trích dẫn nguyên văn, không qua mô hình."
        )
    left = f"; {dropped} câu khác đã bỏ vì không qua được kiểm chứng" if dropped else ""
    return (
        f"Mô hình ngôn ngữ {name} tại {host} diễn đạt {passed} câu (đánh dấu ✎) từ các trích dẫn kèm theo, "
        f"đã đối chiếu từng chữ{left}."
    )


def model_on(name: str, host: str) -> str:
    """What a user is told as long as a language model is switched on."""
    return f"Mô hình ngôn ngữ đang bật: câu hỏi và trích dẫn được gửi tới {host} (mô hình {name})."


def vietnamese_time(stamp: str) -> str:
    """A UTC time of the store as it is read in Việt Nam.

    >>> vietnamese_time("2026-11-22T18:05:00+00:00")
    '23/11/2026 01:05'
    """
    return datetime.fromisoformat(stamp).astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")
