"""Vietnamese wording and HTML of what the pages show. Pure functions; every text of a document is escaped."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from corpus.corrections import KIND
from corpus.describe import evidence_of
from corpus.effect import EffectStatus
from corpus.labels import FACTS, KINDS, UNKNOWN, tell_fetch, vietnamese_date
from corpus.marks import is_heading, without_marks
from corpus.models import Document, DocumentKind, Fact, Level
from corpus.page_layout import LineRole
from corpus.store_models import Copy, Correction
from index.models import Citation
from ingest.models import Block, BlockKind
from pages.stored_words import stored_html

MARK_ID = "trich-dan"
ANCHOR = "muc-"  # before the offset that an entry of the outline leads to


# --- words and numbers


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


# --- what was found


def passage_html(location: str, text: str, *, reasons: Sequence[str], notes: Sequence[str]) -> str:
    """One found passage below the name of its document: place, opening, why it was found, what else there is."""
    why = [f"Vì: {'; '.join(reasons)}"] if reasons else []
    lines = "".join(f'<p class="cc-source">{escape(line)}</p>' for line in (*why, *notes))
    return (
        f'<div class="cc-hit"><p class="cc-source">{escape(location)}</p>'
        f'<p class="cc-snippet">{escape(shorten(without_marks(text), 320))}</p>{lines}</div>'
    )


# --- one document


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or a part of an overlong one: `text[start:end]`."""

    kind: BlockKind
    start: int
    end: int


PIECE = 6_000  # characters; a page without line breaks is one block, and no browser shows two million at once
WINDOW = 40_000  # characters of text shown at once
WINDOW_PIECES = 500
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


def text_html(
    text: str,
    pieces: Iterable[Piece],
    span: tuple[int, int] | None,
    *,
    roles: Mapping[int, LineRole] = MappingProxyType({}),
    anchors: Collection[int] = (),
) -> str:
    """Pieces of a document with the cited span in <mark>; the first mark carries MARK_ID.

    `roles`: what pieces that begin at an offset are on the page; `anchors`: offsets that an outline leads to.
    """
    marked = False
    parts: list[str] = []
    for piece in pieces:
        start, end = span or (0, 0)
        start, end = max(start, piece.start), min(end, piece.end)
        if start < end:
            identity = "" if marked else f' id="{MARK_ID}" tabindex="-1"'
            marked = True
            inside = (
                f"{stored_html(text, piece.start, start)}<mark{identity}>{stored_html(text, start, end)}</mark>"
                f"{stored_html(text, end, piece.end)}"
            )
        else:
            inside = stored_html(text, piece.start, piece.end)
        anchor = f' id="{ANCHOR}{piece.start}" tabindex="-1"' if piece.start in anchors else ""
        kind = BlockKind.HEADING if is_heading(text[piece.start : piece.end]) else piece.kind
        parts.append(_block_html(kind, inside, roles.get(piece.start), anchor))
    return f'<article class="cc-text">{"".join(parts)}</article>'


_HEADINGS = (LineRole.OUTER, LineRole.ARTICLE)


def _block_html(kind: BlockKind, inside: str, role: LineRole | None, anchor: str) -> str:
    """A block as a paragraph; `anchor`: its id."""
    if role is not None:
        level = ' role="heading" aria-level="3"' if role in _HEADINGS else ""
        return f'<p{anchor} class="cc-block cc-line-{role}"{level}>{inside}</p>'
    if kind is BlockKind.TITLE:
        return f'<p{anchor} class="cc-block cc-title" role="heading" aria-level="2">{inside}</p>'
    if kind is BlockKind.HEADING:
        return f'<p{anchor} class="cc-block cc-heading" role="heading" aria-level="3">{inside}</p>'
    if kind is BlockKind.CAPTION:
        return f'<p{anchor} class="cc-block cc-caption"><span class="cc-tag">Chú thích ảnh</span>{inside}</p>'
    if kind is BlockKind.LEAD_DUPLICATE:
        return (
            f'<p{anchor} class="cc-block cc-lead-text"><span class="cc-tag">Lặp lại ở dưới</span>{inside}</p>'
        )
    if kind is BlockKind.LEAD:
        return f'<p{anchor} class="cc-block cc-lead-text">{inside}</p>'
    return f'<p{anchor} class="cc-block">{inside}</p>'


def notice_html(kind: DocumentKind, more: str = "") -> str:
    """Whether the page is the document itself, said plainly; `more` (HTML) is said behind it."""
    if kind is DocumentKind.NEWS:
        return f'<p class="cc-notice">Bài báo/trang đưa tin, không phải nguyên văn văn bản.{more}</p>'
    if kind is DocumentKind.UNKNOWN:
        return f'<p class="cc-notice">Không rõ đây là nguyên văn văn bản hay bài viết về văn bản.{more}</p>'
    return ""


_MAIN = ("symbol", "type", "issuer", "province", "issued_on", "signer")  # shown as unknown, too
_FIRST = ("effective_on", "expires_on")  # shown at once where they are known; the others are folded
_DATES = frozenset({"issued_on", "effective_on", "expires_on"})


def facts_html(
    document: Document,
    corrections: Sequence[Correction] = (),
    address: str = "",
    *,
    edit: str = "",
) -> str:
    """What is known of the document with the words that say so; what it does not state is shown as unknown.

    `address` is that of the document's page, for links to those words; `edit` the one to which the name of a fact
    is added where it can be corrected.
    """
    news = document.facts.kind is DocumentKind.NEWS  # it has no number, issuer or signer of its own
    emptied = {c.name: c for c in corrections if c.holds and c.value is None}
    first: list[str] = []
    folded: list[str] = []
    for name, label in FACTS.items():
        fact: Fact | None = getattr(document.facts, name)
        change = _edit_html(edit, name, label)
        main = name in _MAIN and (not news or name == "province")
        if fact is not None:
            value = vietnamese_date(fact.value) if name in _DATES else fact.value
            because = _because_html(document, fact, value, address)
            shown = first if main or name in _FIRST or fact.corrected_by else folded
            shown.append(_cell(label, escape(value or ""), because, change))
        elif name in emptied:
            said = _corrected_html(emptied[name].corrected_by, emptied[name].reason)
            first.append(_cell(label, None, said, change))
        elif main or (edit and not news):
            central = document.facts.level is not None and document.facts.level.value == Level.CENTRAL
            none = "không, văn bản của trung ương" if name == "province" and central else None
            (first if main else folded).append(_cell(label, none, "", change))
    if edit:
        kind = "Loại trang"
        folded.append(_cell(kind, KINDS[document.facts.kind], "", _edit_html(edit, KIND, kind)))
    first.append(_cell("Nguồn đăng", escape(document.publisher) if document.publisher else None))
    for label, stated in (("Tác giả bài", document.author), ("Đăng ngày", day_of(document.published_at))):
        if stated:
            first.append(_cell(label, escape(stated)))
    more = (
        f'<details class="cc-lines cc-facts-more"><summary>Thông tin khác ({count_of(len(folded))})</summary>'
        f'<dl class="cc-facts">{"".join(folded)}</dl></details>'
        if folded
        else ""
    )
    return f'<dl class="cc-facts">{"".join(first)}{_address_html(document)}</dl>{more}'


def _cell(label: str, value: str | None, more: str = "", change: str = "") -> str:
    shown = value or f'<span class="cc-unknown">{UNKNOWN}</span>'
    return f"<dt>{label}</dt><dd>{shown}{more}{change}</dd>"


def _edit_html(edit: str, name: str, label: str) -> str:
    """The link that opens the form for a fact."""
    if not edit:
        return ""
    return f' <a class="cc-edit" href="{escape(edit + name)}" target="_self" aria-label="Sửa {label}">Sửa</a>'


def _because_html(document: Document, fact: Fact, value: str | None, address: str) -> str:
    """Who corrected a fact and why, else the words of the text that carry it."""
    if fact.corrected_by:
        return _corrected_html(fact.corrected_by, fact.reason or "")
    words = evidence_of(document, fact)
    if words is None or not address:
        return ""
    shown = f"“{shorten(words, 80)}”" if " ".join(words.split()) != value else "xem chỗ ghi"
    link = f"{address}&start={fact.start}&end={fact.end}"
    return f' <a class="cc-evidence" href="{escape(link)}" target="_self">{escape(shown)}</a>'


def _corrected_html(by: str, reason: str) -> str:
    return f' <span class="cc-corrected">đã sửa bởi {escape(by)} vì {escape(reason)}</span>'


def day_of(moment: str | None) -> str | None:
    """A date, or the date of a time, as Vietnamese write it."""
    return vietnamese_date(moment[:10]) if moment else None


def document_address(document_id: str, tag: str) -> str:
    """The address of a document's page; `tag` names the text that offsets behind it belong to."""
    return f"doc-van-ban?doc={document_id}&v={tag}"


def cited_address(citation: Citation) -> str:
    """The address that shows a quotation in its document, in the text that it was taken from."""
    address = document_address(citation.document_id, citation.tag)
    return f"{address}&start={citation.start}&end={citation.end}"


def reading_html(document: Document) -> str:
    """How the text was won, where it was not simply there: scans, old encodings, what the reader notes."""
    lines = list(document.notes)
    scanned = [sheet for sheet in document.sheets if sheet.scanned]
    if scanned:
        sure = [sheet.confidence for sheet in scanned if sheet.confidence is not None]
        mean = f", độ tin cậy trung bình {sum(sure) / len(sure):.0f}/100" if sure else ""
        lines.append(
            f"Bản quét: {count_of(len(scanned))} / {count_of(len(document.sheets))} trang được máy nhận dạng "
            f"chữ{mean}; {count_of(len(document.doubts))} chữ chưa chắc."
        )
    return "".join(f'<p class="cc-notice">{escape(line)}</p>' for line in lines)


def effect_html(effect: EffectStatus, addresses: Mapping[str, str]) -> str:
    """The status by what the collection shows, each statement with a link to the words that say it.

    `addresses`: of the pages of the documents that say it, by document id.
    """
    day = vietnamese_date(effect.as_of)
    if not effect.evidence:
        return (
            f'<p class="cc-evidence">Hiệu lực tính đến {day}: không rõ. Kho không có văn bản nào nói văn bản này '
            "bị thay thế, bãi bỏ hay sửa đổi; điều đó không chứng tỏ văn bản còn hiệu lực.</p>"
        )
    items = "".join(
        f'<li><a href="{escape(addresses[one.document_id])}&amp;start={one.start}&amp;end={one.end}" '
        f'target="_self">{escape(one.wording)}</a></li>'
        for one in effect.evidence
    )
    return (
        f'<div class="cc-notice">Hiệu lực tính đến {day}, theo những gì có trong kho: <b>{escape(effect.status)}</b>.'
        f"<ul>{items}</ul></div>"
    )


def name_source(copy: Copy) -> str:
    """Where a page is from: its publisher, its site, or its file."""
    if copy.publisher:
        return copy.publisher
    if copy.url:
        return urlsplit(copy.url).netloc or copy.url
    return unquote(copy.uri).rsplit("/", 1)[-1]


def kind_note(corrections: Iterable[Correction]) -> str:
    """Who corrected what kind of page it is, where somebody did."""
    held = [c for c in corrections if c.name == KIND and c.holds]
    return _corrected_html(held[-1].corrected_by, held[-1].reason) if held else ""


def _address_html(document: Document) -> str:
    """Where the page is on the Web, when it was fetched there, and whether it is still there."""
    url, from_web = document.url, document.provenance
    if not url:
        return ""
    shown = escape(url)
    if url.startswith(("http://", "https://")):
        shown = f'<a href="{escape(url)}" rel="noopener noreferrer">{shown}</a>'
    told = tell_fetch(from_web.origin.fetched_at, from_web.gone_at) if from_web else None
    return f"<dt>Địa chỉ</dt><dd class='cc-long'>{shown}{f'<br>{escape(told)}' if told else ''}</dd>"


def hints_html(lines: Iterable[str]) -> str:
    """Lines below something as a list."""
    return f'<ul class="cc-hints">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]], label: str) -> str:
    """A plain table; every cell is escaped."""
    header = "".join(f"<th scope='col'>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="cc-scroll" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table class="cc-table"><thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></div>'
    )
