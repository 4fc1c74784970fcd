"""Vietnamese wording and HTML of what the pages show. Pure functions; every text of a document is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from corpus.models import Document, DocumentKind, Fact, Reference, Relation
from index.models import Citation, NamedDocument, Outcome, Statement
from ingest.boilerplate import REASONS
from ingest.models import Block, BlockKind, PageChange

UNKNOWN = "không rõ"
HELD = "có toàn văn trong kho"
MENTIONED = "chỉ được nhắc tới, kho chưa có toàn văn"
KINDS = {
    DocumentKind.OFFICIAL: "Văn bản",
    DocumentKind.NEWS: "Bài báo, trang đưa tin",
    DocumentKind.UNKNOWN: "Chưa rõ loại",
}
RELATIONS = {
    Relation.REPORTED: "đưa tin về việc ban hành",
    Relation.BASED_ON: "căn cứ vào",
    Relation.IMPLEMENTS: "triển khai thực hiện",
    Relation.GUIDES: "hướng dẫn",
    Relation.AMENDS: "sửa đổi, bổ sung",
    Relation.REPLACES: "thay thế",
    Relation.ABROGATES: "bãi bỏ",
    Relation.REFERS_TO: "dẫn chiếu",
}
CHANGES = {
    PageChange.NEW: "mới",
    PageChange.CHANGED: "đã thay bản cũ",
    PageChange.SAME: "không đổi",
    None: "không đọc được",
}
MARK_ID = "trich-dan"


# --- words and numbers


def vietnamese_date(iso: str | None) -> str | None:
    """ "2021-07-15" as "15/07/2021"; what is no whole date stays as it is."""
    try:
        return date.fromisoformat(iso).strftime("%d/%m/%Y") if iso else None
    except ValueError:
        return iso


def count_of(number: int) -> str:
    """A whole number with the Vietnamese thousands mark: 2.100.000."""
    return f"{number:,}".replace(",", ".")


def plain(text: str) -> str:
    """Text for places that read Markdown (labels, messages): every sign of it escaped, on one line."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!~:$|<>&^=])", r"\\\1", " ".join(text.split()))


def shorten(text: str, limit: int) -> str:
    """The text on one line, cut at a word near `limit` characters and marked so."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = line[:limit]
    return f"{head[: head.rfind(' ')] if ' ' in head else head}…"


# --- the answer


def outcome_html(outcome: Outcome, message: str) -> str:
    """The sentence that says how the question ended, in the colour of the outcome."""
    tone = "refused" if outcome.refused else "partly" if outcome is not Outcome.ANSWERED else "found"
    return f'<p class="cc-outcome cc-{tone}" role="status">{escape(message)}</p>'


def statement_html(statement: Statement, first: int) -> str:
    """One statement: who says it, each quotation set apart with its number (from `first`) and source."""
    lead = statement.text
    for citation in statement.citations:
        lead = lead.removesuffix(f"“{' '.join(citation.quote.split())}”").rstrip()
    quotes = "".join(
        quotation_html(citation, f"[{number}]")
        for number, citation in enumerate(statement.citations, start=first)
    )
    return f'<p class="cc-lead">{escape(lead)}</p>{quotes}' if lead else quotes


def quotation_html(citation: Citation, number: str = "") -> str:
    """A verbatim quotation with the line that says where it stands; one without a number is no evidence."""
    label = f'<span class="cc-number">{number}</span> ' if number else ""
    return (
        f'<blockquote class="cc-quote{"" if number else " cc-near"}">{label}'
        f'<span class="cc-words">{escape(citation.quote)}</span></blockquote>'
        f'<p class="cc-source">Nguồn: {escape(source_line(citation))}</p>'
    )


def source_line(citation: Citation) -> str:
    """Number, title, issuer, date, publisher and place of a citation; what is unknown is left out."""
    parts = (
        f"số {citation.symbol}" if citation.symbol else None,
        f"“{' '.join(citation.title.split())}”",
        citation.issuer,
        f"ngày {vietnamese_date(citation.issued_on)}" if citation.issued_on else None,
        citation.publisher,
        citation.location,
    )
    return " · ".join(part for part in parts if part)


def named_html(documents: Iterable[NamedDocument]) -> str:
    """The documents that an answer names, each with whether its text is held."""
    items = "".join(
        f"<li><strong>{escape(document.symbol)}</strong>"
        f'<span class="{"cc-held" if document.in_collection else "cc-mentioned"}">'
        f"{HELD if document.in_collection else MENTIONED}</span></li>"
        for document in documents
    )
    return f'<h3 class="cc-small-title">Văn bản được nêu</h3><ul class="cc-named">{items}</ul>'


def passage_html(location: str, text: str, *, number_match: bool = False) -> str:
    """One found passage below the name of its document: its place and its opening."""
    note = ' · <span class="cc-match">đúng số hiệu</span>' if number_match else ""
    return (
        f'<div class="cc-hit"><p class="cc-source">{escape(location)}{note}</p>'
        f'<p class="cc-snippet">{escape(shorten(text, 320))}</p></div>'
    )


# --- one document


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or a part of an overlong one: `text[start:end]`."""

    kind: BlockKind
    start: int
    end: int


PIECE = 6_000  # characters; a page without line breaks is one block, and no browser shows two million at once
WINDOW = 16_000  # characters of text shown at once
WINDOW_PIECES = 300
BEFORE = 3_000  # characters shown before a cited span


def pieces_of(document: Document) -> tuple[Piece, ...]:
    """The blocks of a document, overlong ones in parts that end at white space where there is some."""
    return tuple(piece for block in document.blocks for piece in _split(block, document.text))


def _split(block: Block, text: str) -> Iterable[Piece]:
    start = block.start
    while block.end - start > PIECE:
        space = text.rfind(" ", start + PIECE // 2, start + PIECE)
        end = space + 1 if space > 0 else start + PIECE
        yield Piece(block.kind, start, end)
        start = end
    yield Piece(block.kind, start, block.end)


def window_from(pieces: Sequence[Piece], first: int, *, through: int = 0) -> int:
    """Where a window that begins at piece `first` ends (exclusive); it reaches the offset `through`."""
    end, shown = first, 0
    while end < len(pieces) and (
        (shown < WINDOW and end - first < WINDOW_PIECES) or pieces[end].start < through
    ):
        shown += pieces[end].end - pieces[end].start
        end += 1
    return end


def window_before(pieces: Sequence[Piece], end: int, *, characters: int = WINDOW) -> int:
    """The first piece of a window that ends before piece `end`."""
    first, shown = end, 0
    while first > 0 and shown < characters and end - first < WINDOW_PIECES:
        first -= 1
        shown += pieces[first].end - pieces[first].start
    return first


def piece_at(pieces: Sequence[Piece], offset: int) -> int:
    """The piece that holds an offset, or the next one after it."""
    return next((i for i, piece in enumerate(pieces) if offset < piece.end), max(0, len(pieces) - 1))


def text_html(text: str, pieces: Iterable[Piece], span: tuple[int, int] | None) -> str:
    """Pieces of a document with the cited span in <mark>; the first mark carries MARK_ID."""
    marked = False
    parts: list[str] = []
    for piece in pieces:
        start, end = span or (0, 0)
        start, end = max(start, piece.start), min(end, piece.end)
        if start < end:
            identity = "" if marked else f' id="{MARK_ID}" tabindex="-1"'
            marked = True
            inside = (
                f"{escape(text[piece.start : start])}<mark{identity}>{escape(text[start:end])}</mark>"
                f"{escape(text[end : piece.end])}"
            )
        else:
            inside = escape(text[piece.start : piece.end])
        parts.append(_block_html(piece.kind, inside))
    return f'<article class="cc-text">{"".join(parts)}</article>'


def _block_html(kind: BlockKind, inside: str) -> str:
    if kind is BlockKind.TITLE:
        return f'<p class="cc-block cc-title" role="heading" aria-level="2">{inside}</p>'
    if kind is BlockKind.HEADING:
        return f'<p class="cc-block cc-heading" role="heading" aria-level="3">{inside}</p>'
    if kind is BlockKind.CAPTION:
        return f'<p class="cc-block cc-caption"><span class="cc-tag">Chú thích ảnh</span>{inside}</p>'
    if kind is BlockKind.LEAD_DUPLICATE:
        return f'<p class="cc-block cc-lead-text"><span class="cc-tag">Lặp lại ở dưới</span>{inside}</p>'
    if kind is BlockKind.LEAD:
        return f'<p class="cc-block cc-lead-text">{inside}</p>'
    return f'<p class="cc-block">{inside}</p>'


def notice_html(kind: DocumentKind) -> str:
    """Whether the page is the document itself, said plainly."""
    if kind is DocumentKind.NEWS:
        return '<p class="cc-notice">Bài báo/trang đưa tin, không phải nguyên văn văn bản.</p>'
    if kind is DocumentKind.UNKNOWN:
        return '<p class="cc-notice">Không rõ đây là nguyên văn văn bản hay bài viết về văn bản.</p>'
    return ""


def facts_html(document: Document) -> str:
    """What is known of the document; what it does not state is shown as unknown."""
    facts = document.facts
    rows: list[tuple[str, str | None]] = [
        ("Số, ký hiệu", _value(facts.symbol)),
        ("Loại văn bản", _value(facts.type)),
        ("Cơ quan ban hành", _value(facts.issuer)),
        ("Tỉnh, thành phố", _value(facts.province)),
        ("Ngày ban hành", vietnamese_date(_value(facts.issued_on))),
        ("Người ký", _value(facts.signer)),
        ("Nguồn đăng", document.publisher),
    ]
    if document.author:
        rows.append(("Tác giả bài", document.author))
    if facts.kind is DocumentKind.NEWS:  # a news page has no number, issuer or signer of its own
        rows = [row for row in rows if row[1] is not None or row[0] in ("Tỉnh, thành phố", "Nguồn đăng")]
    cells = "".join(
        f"<dt>{label}</dt><dd>{escape(value)}</dd>"
        if value
        else f'<dt>{label}</dt><dd class="cc-unknown">{UNKNOWN}</dd>'
        for label, value in rows
    )
    return f'<dl class="cc-facts">{cells}{_address_html(document.url)}</dl>'


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _address_html(url: str | None) -> str:
    if not url:
        return ""
    shown = escape(url)
    if url.startswith(("http://", "https://")):
        shown = f'<a href="{escape(url)}" rel="noopener noreferrer">{shown}</a>'
    return f"<dt>Địa chỉ</dt><dd>{shown}</dd>"


def cuts_html(document: Document, limit: int = 100) -> str:
    """What was left out of the page, with the reason, in the order of the page."""
    items = "".join(
        f"<li><strong>{escape(REASONS.get(cut.reason, cut.reason))}</strong>"
        f'<span class="cc-cut">{escape(shorten(document.raw_text[cut.start : cut.end], 400))}</span></li>'
        for cut in document.cuts[:limit]
    )
    more = len(document.cuts) - limit
    rest = f"<li>… và {count_of(more)} phần khác.</li>" if more > 0 else ""
    return f'<ul class="cc-cuts">{items}{rest}</ul>'


def references_html(document_id: str, references: Iterable[tuple[Reference, int, bool]]) -> str:
    """The documents that a text names: (first mention, number of mentions, whether its text is held)."""
    rows = "".join(
        f'<tr><td><a href="doc-van-ban?doc={document_id}&amp;start={reference.start}&amp;end={reference.end}">'
        f"{escape(reference.symbol.removeprefix('?'))}</a></td>"
        f"<td>{escape(vietnamese_date(reference.date) or UNKNOWN)}</td>"
        f"<td>{escape(reference.issuer or UNKNOWN)}</td>"
        f"<td>{RELATIONS[reference.relation] if reference.relation else '–'}</td>"
        f"<td>{count}</td><td>{HELD if held else MENTIONED}</td></tr>"
        for reference, count, held in references
    )
    head = "".join(
        f"<th scope='col'>{name}</th>"
        for name in ("Số, ký hiệu", "Ngày", "Cơ quan", "Quan hệ", "Số lần", "Trong kho")
    )
    return (
        '<div class="cc-scroll" tabindex="0" role="region" aria-label="Văn bản được nhắc tới">'
        f'<table class="cc-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]], label: str) -> str:
    """A plain table; every cell is escaped."""
    header = "".join(f"<th scope='col'>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="cc-scroll" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="cc-table"><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></div>'
    )
