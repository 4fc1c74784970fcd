"""Wording and HTML of the list of results. Pure functions; every text of a document is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from corpus.effect import Effect
from corpus.facets import Facet, Filters, Narrowing
from corpus.labels import FACETS, KINDS, UNKNOWN, vietnamese_date
from corpus.models import DocumentKind
from index.describe import snippet
from index.lookup.address import PARAMETERS, values_of
from index.lookup.catalogue import Card
from index.lookup.finding import Found
from index.lookup.listing import Listing
from index.models import Hit
from pages.drawing import count_of, shorten

NEAR = "Gần nghĩa, không có đúng những gì đã gõ"
NEWS = "Bài báo, không phải nguyên văn văn bản"
_KIND_NAMES = {str(kind): name for kind, name in KINDS.items()}


def name_value(facet: Facet, value: str) -> str:
    """What a value of a facet is called."""
    return _KIND_NAMES.get(value, value) if facet is Facet.KIND else value


def tell_choice(facet: Facet, value: str, count: int) -> str:
    """A value with its count: "Nghị quyết (71)"."""
    return f"{name_value(facet, value)} ({count_of(count)})"


def tell_filters(filters: Filters) -> str:
    """The filters in words: "Loại văn bản: Nghị quyết, Quyết định; Năm: 2025"; empty for none."""
    chosen = ((FACETS[facet], facet, values_of(filters, facet)) for facet in PARAMETERS)
    return "; ".join(
        f"{label}: {', '.join(name_value(facet, value) for value in values)}"
        for label, facet, values in chosen
        if values
    )


def tell_count(listing: Listing, held: int, words: str, found: Found | None) -> str:
    """How many documents there are, of how many; of words, how many have all of them."""
    told = f"{count_of(listing.documents)} / {count_of(held)} văn bản"
    if found is None:
        return told
    whole = len(found.whole.intersection(listing.narrowing.documents))
    near = listing.documents - whole
    parts = (
        f"{count_of(whole) if near else 'đều'} có đúng những gì đã gõ" if whole else None,
        f"{count_of(near)} chỉ gần nghĩa" if near else None,
    )
    told_parts = ", ".join(part for part in parts if part)
    return f"{told} cho “{words}”" + (f": {told_parts}" if told_parts else "")


def tell_unknown(narrowing: Narrowing) -> str:
    """What the filters left out for want of knowing: "12 văn bản không được tính vì không rõ …"; empty for none."""
    if not narrowing.unknown:
        return ""
    lacking = ", ".join(
        f"{FACETS[facet].lower()} ({count_of(n)})" for facet, n in narrowing.unknown_by.items()
    )
    return f"{count_of(narrowing.unknown)} văn bản không được tính vì {UNKNOWN} {lacking}."


def tell_absent(symbol: str, mentioning: int) -> str:
    """Of a number asked for whose text is not held, that it is not, and whether it is mentioned."""
    if mentioning:
        return f"Kho chưa có toàn văn {symbol}; {count_of(mentioning)} văn bản nhắc tới số này."
    return f"Không văn bản nào trong kho mang hay nhắc tới số {symbol}."


def card_html(card: Card, effect: Effect, hit: Hit | None, copies: Sequence[str]) -> str:
    """One result below its title: what it is, the passage that matches, why it was found, where else it is."""
    hint = ""
    if hit is not None:
        place = f'<span class="cc-place">{escape(hit.passage.location)}:</span> ' if hit.passage.path else ""
        hint = f'<p class="cc-snippet">{place}{snippet_html(hit)}</p>'
        if hit.reasons:
            hint += f'<p class="cc-source">Vì: {escape("; ".join(hit.reasons))}</p>'
    also = f'<p class="cc-source">Cũng có ở: {escape(", ".join(copies))}</p>' if copies else ""
    return f'<div class="cc-result"><p class="cc-source">{_badges(card, effect)}{escape(tell_card(card))}</p>{hint}{also}</div>'


def _badges(card: Card, effect: Effect) -> str:
    if card.kind is DocumentKind.NEWS:
        return f'<span class="cc-badge cc-badge-news">{NEWS}</span> '
    if effect is not Effect.UNKNOWN:
        return f'<span class="cc-badge cc-badge-effect">{escape(effect.value)}</span> '
    return ""


def tell_card(card: Card) -> str:
    """Number, type, issuer, province, day and publisher; what is not known is left out."""
    day = vietnamese_date(card.date)
    province = card.province if card.province and card.province not in (card.issuer or "") else None
    said = "đăng ngày" if card.kind is DocumentKind.NEWS else "ngày"
    parts = (
        KINDS[card.kind] if card.kind is DocumentKind.UNKNOWN else card.type,
        f"số {card.symbol}" if card.symbol else None,
        card.issuer,
        province,
        f"{said} {day}" if day else None,
        card.publisher,
    )
    return " · ".join(part for part in parts if part)


def name_for_label(name: str) -> str:
    """A number or a title for a label that is only heard: Streamlit would read out the escapes of `plain`."""
    return shorten(re.sub(r"[^\w\s/&.,-]+", " ", name), 80)


def snippet_html(hit: Hit) -> str:
    """The part of the passage that matches, the matching words marked."""
    text = snippet(hit)
    plain, at, parts = text.plain, 0, []
    for span in sorted(text.spans):
        parts += [escape(plain[at : span.start]), f"<b>{escape(plain[span.start : span.end])}</b>"]
        at = span.end
    return re.sub(r"\s+", " ", "".join(parts) + escape(plain[at:]))
