"""What a quote card says, the same on the page, in the Word file and at the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from corpus.effect import EffectStatus
from corpus.labels import FACTS, UNKNOWN, vietnamese_date
from corpus.models import DocumentKind, Fact
from corpus.text import fold_spaces
from index.cards.models import QuoteCard
from index.exports.drafting import DraftingForm
from index.quotable.models import QuotableSentence

TITLE = "Thẻ trích dẫn"
NOT_KNOWN = f"— ({UNKNOWN})"
_PROVISION = re.compile(r"(?:Điều|Khoản|Điểm)\s")


def tell_whose(kind: DocumentKind, publisher: str | None) -> str:
    """Whose words a sentence is, in one line: of the document itself, or of a page about it."""
    if kind is DocumentKind.NEWS:
        return f"Theo báo {publisher or NOT_KNOWN}, không phải nguyên văn văn bản"
    if kind is DocumentKind.UNKNOWN:
        return "Không rõ trang này là nguyên văn văn bản hay bài viết về văn bản"
    return "Nguyên văn của chính văn bản"


def tell_source(card: QuoteCard) -> str:
    """The same of a card."""
    return tell_whose(card.kind, card.publisher)


def tell_sentence(found: QuotableSentence) -> Iterator[str]:
    """The lines below a found sentence: whose words, source, standing of the document, speaker, copies."""
    citation = found.citation
    effect = f"; hiệu lực: {found.effect}" if found.effect else ""
    yield f"{tell_whose(found.kind, publisher_of(citation.publisher, citation.url))}{effect}"
    known = (
        f"số {citation.symbol}" if citation.symbol else None,
        f"“{fold_spaces(citation.title)}”",
        citation.issuer,
        f"ngày {vietnamese_date(citation.issued_on)}" if citation.issued_on else None,
        citation.place,
        citation.url,
    )
    yield f"Nguồn: {'; '.join(part for part in known if part)}"
    if found.speakers:
        yield f"Người nói, theo chính câu trích: {'; '.join(one.name for one in found.speakers)}"
    if found.copies:
        yield f"Câu này cũng có ở: {', '.join(found.copies)}"


def publisher_of(publisher: str | None, url: str | None) -> str | None:
    """Who published a page: as it states, else the host of its address."""
    return publisher or (urlsplit(url).netloc or None if url else None)


def tell_fields(card: QuoteCard) -> tuple[tuple[str, str], ...]:
    """(label, value) of everything that a card says; a value that is not known says so."""
    return tuple((label, value or NOT_KNOWN) for label, value in _fields(card))


def _fields(card: QuoteCard) -> Iterator[tuple[str, str | None]]:
    facts = card.facts
    if card.is_news:
        yield "Bài", f"“{fold_spaces(card.title)}”"
        yield "Báo, trang đăng", card.publisher
        yield "Tác giả bài", card.author
        yield "Đăng ngày", f"{card.published_on:%d/%m/%Y}" if card.published_on else None
    else:
        yield FACTS["symbol"], _value(facts.symbol)
        yield FACTS["type"], _value(facts.type)
        yield FACTS["title"], _value(facts.title) or f"“{fold_spaces(card.title)}” (tên trang)"
        yield FACTS["issuer"], _value(facts.issuer)
        yield FACTS["signer"], _signer(card)
        yield FACTS["issued_on"], vietnamese_date(_value(facts.issued_on))
    if card.is_news or card.speakers:
        yield "Người nói, theo chính đoạn trích", "; ".join(fold_spaces(one.name) for one in card.speakers)
    yield "Vị trí", tell_place(card)
    if card.effect is not None:
        yield "Hiệu lực", "; ".join(tell_effect(card.effect))
    yield "Địa chỉ trang", card.url
    gone = f"; nguồn đã gỡ (thấy ngày {card.gone_on:%d/%m/%Y})" if card.gone_on else ""
    yield "Đọc ngày", f"{card.read_on:%d/%m/%Y}{gone}"
    yield "Phiên bản kho", str(card.collection)


def _value(fact: Fact | None) -> str | None:
    return fold_spaces(fact.value) if fact else None


def _signer(card: QuoteCard) -> str | None:
    name, role = _value(card.facts.signer), _value(card.facts.signer_role)
    return f"{name} ({role})" if name and role else name


def tell_place(card: QuoteCard) -> str | None:
    """Where the words stand: "Khoản 2 Điều 5, trang 3"; None of an earlier text, whose parts were not kept."""
    sheet = card.citations[0].sheet
    parts = ["; ".join(card.places), f"trang {sheet}" if sheet else ""]
    return ", ".join(part for part in parts if part) or None


def tell_effect(effect: EffectStatus) -> tuple[str, ...]:
    """The status with the words that say so."""
    day = vietnamese_date(effect.as_of)
    if not effect.evidence:
        return (
            f"{UNKNOWN} (tính đến {day}, kho không có văn bản nào nói văn bản này bị thay thế, bãi bỏ, sửa đổi; điều đó không "
            "chứng tỏ văn bản còn hiệu lực)",
        )
    return (
        f"{effect.status} (tính đến {day}, theo những gì có trong kho)",
        *(one.wording for one in effect.evidence),
    )


def tell_footnote(card: QuoteCard) -> str:
    """The footnote: the prescribed form with the place; a news page as the page that it is."""
    place = tell_place(card)
    if card.is_news:
        published = f", đăng ngày {card.published_on:%d/%m/%Y}" if card.published_on else ""
        address = f", {card.url}" if card.url else ""
        return (
            f"Theo bài “{fold_spaces(card.title)}”, báo {card.publisher or NOT_KNOWN}{published}{address} (đọc ngày "
            f"{card.read_on:%d/%m/%Y}); không phải nguyên văn văn bản."
        )
    if isinstance(card.form, DraftingForm):
        if place and _PROVISION.match(place) and len(card.places) == 1:
            return f"{place} {card.form.first}."
        return f"{card.form.first}{f', {_lower(place)}' if place else ''}."
    facts = card.facts
    known = (
        f"“{fold_spaces(card.title)}”",
        f"số {facts.symbol.value}" if facts.symbol else None,
        _value(facts.issuer),
        f"ngày {vietnamese_date(facts.issued_on.value)}" if facts.issued_on else None,
        _lower(place) if place else None,
        card.url,
        f"đọc ngày {card.read_on:%d/%m/%Y}",
    )
    return f"{', '.join(part for part in known if part)}."


def _lower(place: str) -> str:
    return place if place.isupper() else place[0].lower() + place[1:]


def tell_notes(card: QuoteCard) -> tuple[str, ...]:
    """What whoever quotes has to look at."""
    return tuple(_notes(card))


def _notes(card: QuoteCard) -> Iterator[str]:
    if card.earlier:
        yield "Đây là bản đọc cũ của trang; trang gốc nay đã thay đổi. Hãy xem bản hiện nay trước khi dẫn."
    if not card.whole:
        yield "Đoạn trích không trọn câu: hãy nới ra cho trọn câu, hoặc đặt dấu […] ở chỗ lược."
    elif card.quote.rstrip().endswith(":"):
        yield "Đoạn trích kết thúc bằng dấu hai chấm, phần nó mở ra ở sau: hãy thêm câu sau."
    if card.scanned:
        yield "Chữ do máy nhận dạng từ bản quét: hãy so với bản gốc trước khi dẫn."
    if card.is_news and not card.speakers:
        yield "Đoạn trích không nêu ai nói, nên thẻ không ghi tên người nói."
    if card.is_news:
        return
    if isinstance(card.form, DraftingForm):
        if card.form.missing:
            yield f"Chú thích còn thiếu: {', '.join(card.form.missing)} ({UNKNOWN} trong kho)."
        yield from (f"Chú thích: {note}." for note in card.form.notes)
        yield f"Chú thích viết theo {card.form.rule}."
    else:
        yield f"Chưa lập được chú thích theo thể thức vì {card.form.reason}."


def write_plain(card: QuoteCard) -> str:
    """What goes to the clipboard: the words as stored, and the footnote."""
    return f"“{card.quote}”\n{tell_footnote(card)}"


def card_parameters(document_id: str, tag: str, start: int, end: int) -> Mapping[str, str]:
    """What the address of a card's page says: `trich-dan?doc=…&v=…&start=…&end=…`."""
    return {"doc": document_id, "v": tag, "start": str(start), "end": str(end)}
