"""A quote card as a Word file: the words in quotation marks with a real footnote, then what is known of them."""

from __future__ import annotations

import io
from datetime import datetime

from docx import Document

from corpus.store import Store
from index.cards.making import verify_card
from index.cards.models import QuoteCard
from index.cards.wording import TITLE, tell_fields, tell_footnote, tell_notes, tell_source
from index.exports.footnotes import Footnotes
from index.exports.word import fit, lay_out, quote_with_footnote


def write_card(store: Store, card: QuoteCard) -> bytes:
    """The bytes of a .docx. Raises QuotationMismatch for a card that is not what the store says."""
    verify_card(store, card)
    document = Document()
    lay_out(document)
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "Căn Cứ", "", TITLE
    if card.collection.updated_at:
        properties.created = properties.modified = datetime.fromisoformat(card.collection.updated_at)
    document.add_heading(TITLE, level=0)
    document.add_paragraph().add_run(fit(f"{tell_source(card)}.")).bold = True
    quote_with_footnote(document, Footnotes(document), card.quote, tell_footnote(card))
    for label, value in tell_fields(card):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(fit(value))
    for note in tell_notes(card):
        document.add_paragraph(fit(note), style="List Bullet")
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()
