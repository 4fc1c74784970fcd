"""HTML of what stands below a text: its copies, earlier texts, corrections, what was cut and what it names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from corpus.corrections import describe_correction
from corpus.labels import UNKNOWN, name_relation, vietnamese_date
from corpus.models import Document, Reference
from corpus.store_models import Copy, Correction, Version
from index.wording import HELD, MENTIONED
from ingest.boilerplate import REASONS
from pages.drawing import count_of, day_of, document_address, name_source, shorten


def copies_html(copies: Sequence[Copy]) -> str:
    """The other pages with the same text."""
    items = "".join(
        f'<li><a href="doc-van-ban?doc={copy.document_id}">{escape(name_source(copy))}</a>: '
        f"{escape(shorten(copy.title, 160))}</li>"
        for copy in copies
    )
    return f'<ul class="cc-cuts">{items}</ul>'


def versions_html(versions: Sequence[Version]) -> str:
    """The earlier texts of a page, the latest first."""
    items = "".join(
        f'<li><a href="{escape(document_address(version.document_id, version.tag))}">Bản đọc ngày '
        f"{day_of(version.read_at)}</a>: {count_of(version.characters)} ký tự, "
        f"được thay ngày {day_of(version.replaced_at)}</li>"
        for version in reversed(versions)
    )
    return f'<ul class="cc-cuts">{items}</ul>'


def corrections_html(corrections: Sequence[Correction]) -> str:
    """All corrections by people, the latest first; undone ones are struck through."""
    items = "".join(
        f"<li>{escape(said)}</li>" if correction.holds else f"<li><s>{escape(said)}</s></li>"
        for correction in reversed(corrections)
        for said in [f"{day_of(correction.at)}: {describe_correction(correction)}"]
    )
    return f'<ul class="cc-cuts">{items}</ul>'


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


def references_html(address: str, references: Iterable[tuple[Reference, int, bool]]) -> str:
    """The documents that a text names: (first mention, number of mentions, whether its text is held)."""
    rows = "".join(
        f'<tr><td><a href="{escape(address)}&amp;start={reference.start}&amp;end={reference.end}">'
        f"{escape(reference.symbol.removeprefix('?'))}</a></td>"
        f"<td>{escape(vietnamese_date(reference.date) or UNKNOWN)}</td>"
        f"<td>{escape(reference.issuer or UNKNOWN)}</td>"
        f"<td>{escape(reference.provision or '–')}</td>"
        f"<td>{name_relation(reference.relation)}</td>"
        f"<td>{count}</td><td>{HELD if held else MENTIONED}</td></tr>"
        for reference, count, held in references
    )
    head = "".join(
        f"<th scope='col'>{name}</th>"
        for name in ("Số, ký hiệu", "Ngày", "Cơ quan", "Điều khoản", "Quan hệ", "Số lần", "Trong kho")
    )
    return (
        '<div class="cc-scroll" tabindex="0" role="region" aria-label="Văn bản được nhắc tới">'
        f'<table class="cc-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )
