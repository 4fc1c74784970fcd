"""From a span of a stored text to a quote card. Every card passes the gate, when it is made and before it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from corpus.effect import find_effect
from corpus.labels import today
from corpus.models import Document, DocumentKind, cite_path
from corpus.sentences import Span
from corpus.store import Store
from corpus.store_rows import text_tag
from corpus.structure import Section, find_sections
from index.answering.spans import make_evidence, passage_at
from index.cards.models import QuoteCard
from index.cards.spans import LONGEST, is_quotable, make_whole
from index.cards.wording import publisher_of
from index.citations import cite
from index.errors import CardRefused, QuotationMismatch
from index.exports.citing import form_of
from index.exports.sources import describe_collection, vietnamese_day, whole_day
from index.models import Citation
from index.quotable.speakers import find_speakers
from index.verification import citation_fault

_SEVERAL = "–"  # "Điều 3–5", "Phần mở đầu – Điều 2"


def open_text(store: Store, document_id: str, tag: str | None = None) -> Document:
    """The document with the text that a tag names, else its present one. Raises UnknownDocument, UnknownVersion."""
    return store.document_version(document_id, tag) if tag else store.document(document_id)


def make_card(
    store: Store, document: Document, start: int, end: int, *, as_of: date | None = None
) -> QuoteCard:
    """The card of `document.text[start:end]`; `as_of` is the day of its effect (default today).

    Raises CardRefused where the span cannot be quoted as it is, QuotationMismatch where the document is not the one
    that is stored.
    """
    span = Span(start, end)
    if not is_quotable(document, span):
        raise CardRefused(
            f"Không lập được thẻ cho ký tự {start}–{end}: đoạn trống, nằm ngoài phần trích được của văn bản hoặc dài "
            f"hơn {LONGEST} ký tự. Hãy mở văn bản và chọn một đoạn ngắn hơn."
        )
    citations = _cite(document, span)
    for citation in citations:
        if (fault := citation_fault(citation, lambda _: document)) is not None:
            raise CardRefused(
                f"Không lập được thẻ cho ký tự {start}–{end}: đoạn cắt ngang một từ, con số hoặc số hiệu "
                f"({fault[0].value}). Hãy lấy trọn câu."
            )
    earlier = text_tag(document.text) != store.tag(document.id)
    if not earlier and store.text(document.id) != document.text:
        raise _not_stored(document)
    news = document.facts.kind is DocumentKind.NEWS
    provenance = document.provenance
    gone_at = provenance.gone_at if provenance else None
    return QuoteCard(
        document_id=document.id,
        tag=text_tag(document.text),
        start=start,
        end=end,
        quote=document.text[start:end],
        citations=citations,
        places=_places(document, citations),
        kind=document.facts.kind,
        facts=document.facts,
        title=document.title,
        publisher=publisher_of(document.publisher, document.url),
        author=document.author if news else None,
        published_on=whole_day(document.published_at) if news else None,
        url=document.url,
        read_on=vietnamese_day(_read_at(store, document, earlier=earlier)),
        gone_on=vietnamese_day(gone_at) if gone_at else None,
        speakers=find_speakers(document.text, start, end),
        effect=None if news else find_effect(store, document.id, as_of=as_of or today()),
        form=form_of(document),
        earlier=earlier,
        whole=make_whole(document, span) == span,
        collection=describe_collection(store),
    )


def verify_card(store: Store, card: QuoteCard) -> None:
    """Nothing where a card is what the store says today; raises QuotationMismatch or what `make_card` raises.

    The effect and the version of the collection may have moved on; words, source and speakers may not.
    """
    document = open_text(store, card.document_id, card.tag)
    fresh = make_card(store, document, card.start, card.end)
    if replace(fresh, effect=card.effect, collection=card.collection) != card:
        raise QuotationMismatch(
            f"Thẻ trích dẫn không khớp văn bản {card.document_id} tại {card.start}–{card.end} nên không được xuất ra. "
            "Hãy mở lại thẻ từ văn bản trong kho."
        )


def _cite(document: Document, span: Span) -> tuple[Citation, ...]:
    if not document.passages:
        return (cite(document, span.start, span.end, about=(), location=""),)
    return tuple(
        cite(document, one.start, one.end, about=(), location=one.location)
        for one in make_evidence(document, span.start, span.end)
    )


def _places(document: Document, citations: tuple[Citation, ...]) -> tuple[str, ...]:
    """Where each cited part stands; of a passage that short articles were put together in, the article itself."""
    found: list[str] = []
    sections: tuple[Section, ...] | None = None
    for citation in citations:
        passage = passage_at(document, citation.start)
        if passage is None:
            continue
        label = passage.citation_label
        if _SEVERAL in label:
            sections = find_sections(document.text) if sections is None else sections
            inside = [one for one in sections if one.start <= citation.start and citation.end <= one.end]
            label = cite_path(inside[-1].path) if inside else label
        found.append(label)
    return tuple(dict.fromkeys(found))


def _read_at(store: Store, document: Document, *, earlier: bool) -> str:
    """When the quoted text was fetched, else when it was read into the store."""
    if earlier:
        tag = text_tag(document.text)
        version = next((one for one in store.versions(document.id) if one.tag == tag), None)
        if version is None or store.text(document.id, version=tag) != document.text:
            raise _not_stored(document)
        return version.read_at
    provenance = document.provenance
    return provenance.origin.fetched_at if provenance else store.read_at(document.id)


def _not_stored(document: Document) -> QuotationMismatch:
    return QuotationMismatch(f"Văn bản {document.id} không như trong kho. Hãy mở lại trang rồi lập thẻ.")
