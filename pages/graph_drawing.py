"""HTML of the documents around one: boxes on four sides of it, and the same as a table with all the words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from corpus.labels import UNKNOWN, vietnamese_date
from index.neighbourhood import Neighbour, Neighbourhood, Side, Words
from index.wording import HELD, MENTIONED
from pages.drawing import count_of, document_address, shorten

# Boxes of a side; the table has the others. Those above and below stand beside each other.
_BOXES = {Side.BASIS: 8, Side.CHANGED: 4, Side.CHANGED_BY: 4, Side.CARRIED_OUT_BY: 8}
_AREAS = {
    Side.BASIS: "basis",
    Side.CHANGED: "changed",
    Side.CHANGED_BY: "changed-by",
    Side.CARRIED_OUT_BY: "carried",
}
_NONE = {
    Side.BASIS: "Chưa thấy văn bản nào mà văn bản này căn cứ hoặc thực hiện.",
    Side.CHANGED: "Chưa thấy văn bản nào được văn bản này thay thế, sửa đổi, hợp nhất.",
    Side.CHANGED_BY: "Chưa thấy văn bản nào thay thế, sửa đổi văn bản này.",
    Side.CARRIED_OUT_BY: "Chưa thấy văn bản nào thực hiện hoặc căn cứ vào văn bản này.",
}
ABSENT = "chưa có trong kho"
UNSURE = "nhiều văn bản cùng số, chưa rõ văn bản nào"


def graph_html(found: Neighbourhood, name: str) -> str:
    """The boxes around the one in the middle, which `name` names."""
    sides = {side: _side_html(found, side) for side in Side}
    middle = f'<div class="cc-graph-middle" aria-current="true"><span class="cc-as-of">Đang xem</span><strong>{escape(name)}</strong></div>'
    return (
        '<section class="cc-graph" aria-label="Các văn bản xung quanh"><h2 class="cc-hidden">Văn bản liên quan</h2>'
        f"{sides[Side.BASIS]}{sides[Side.CHANGED]}{middle}{sides[Side.CHANGED_BY]}{sides[Side.CARRIED_OUT_BY]}"
        "</section>"
    )


def _side_html(found: Neighbourhood, side: Side) -> str:
    on = found.on(side)
    known = len(on) + found.left_out_on(side)
    more, count = known - min(len(on), _BOXES[side]), count_of(known)
    boxes = "".join(_box_html(one, f"cc-loi-{_AREAS[side]}-{i}") for i, one in enumerate(on[: _BOXES[side]]))
    inside = f'<ul class="cc-nodes">{boxes}</ul>' if boxes else f'<p class="cc-as-of">{_NONE[side]}</p>'
    rest = f'<p class="cc-as-of">Còn {count_of(more)} văn bản, xem bảng dưới.</p>' if more > 0 else ""
    return (
        f'<div class="cc-graph-side cc-graph-{_AREAS[side]}"><h3 class="cc-small-title">{side} ({count})</h3>'
        f"{inside}{rest}</div>"
    )


def _box_html(one: Neighbour, identity: str) -> str:
    state = "" if one.held else f'<span class="cc-mentioned">{UNSURE if one.ambiguous else ABSENT}</span>'
    day = f"ngày {vietnamese_date(one.issued_on)}" if one.issued_on else ""
    about = f'<span class="cc-node-title">{escape(shorten(one.title, 90))}</span>' if one.title else ""
    return (
        f'<li class="cc-node{"" if one.held else " cc-node-absent"}">'
        f'<a href="{escape(_link(one))}" target="_self" aria-describedby="{identity}">'
        f'<span class="cc-node-says">{escape(_tell_wording(one))}</span><strong>{escape(_name(one))}</strong>'
        f"<span>{escape(day)}</span>{about}{state}</a>"
        f'<span role="tooltip" class="cc-node-words" id="{identity}">{escape(_quote(one.words))}'
        f"<cite>{escape(shorten(one.words.source, 80))}</cite></span></li>"
    )


def _link(one: Neighbour) -> str:
    """To the document where it is held, else to the words that name it."""
    return f"doc-van-ban?doc={one.held[0]}" if one.held else _link_to_words(one.words)


def _link_to_words(words: Words) -> str:
    return f"{document_address(words.document_id, words.tag)}&start={words.start}&end={words.end}"


def _name(one: Neighbour) -> str:
    return f"{one.type or 'Văn bản'} {one.symbol}"


def _tell_wording(one: Neighbour) -> str:
    return f"{one.wording}: {one.provision}" if one.provision else one.wording


def _tell_held(one: Neighbour) -> str:
    if one.ambiguous:
        return UNSURE
    return HELD if one.held else MENTIONED


def _quote(words: Words) -> str:
    shown = " ".join(words.quote.split())
    return f"“{shown}”" if words.whole else f"“… {shown} …”"


# --- the same as a table


def neighbours_html(found: Neighbourhood) -> str:
    """Every neighbour with the words that prove it; empty where there are none."""
    groups = "".join(_group_html(side, found) for side in Side)
    if not groups:
        return ""
    head = "".join(
        f"<th scope='col'>{name}</th>" for name in ("Văn bản", "Nói gì", "Câu chứng minh", "Trong kho")
    )
    return (
        '<div class="cc-scroll" tabindex="0" role="region" aria-label="Bảng các văn bản liên quan">'
        f'<table class="cc-table cc-stack cc-neighbours"><thead><tr>{head}</tr></thead>{groups}</table></div>'
    )


def _group_html(side: Side, found: Neighbourhood) -> str:
    on: Sequence[Neighbour] = found.on(side)
    if not on:
        return ""
    rows = "".join(map(_row_html, on))
    left = found.left_out_on(side)
    more = f"<tr><td colspan='4'>Còn {count_of(left)} văn bản không nêu ở đây.</td></tr>" if left else ""
    return f"<tbody><tr><th colspan='4' scope='rowgroup'>{side}</th></tr>{rows}{more}</tbody>"


def _row_html(one: Neighbour) -> str:
    known = (
        f"ngày {vietnamese_date(one.issued_on)}" if one.issued_on else f"ngày {UNKNOWN}",
        one.issuer or "",
        shorten(one.title, 160) if one.title else "",
    )
    name = escape(_name(one))
    if one.held:
        name = f'<a href="{escape(_link(one))}" target="_self">{name}</a>'
    copies = f" ({count_of(len(one.held))} bản)" if len(one.held) > 1 else ""
    return (
        f'<tr><td><b>{name}</b><br><span class="cc-as-of">{escape(" · ".join(k for k in known if k))}</span></td>'
        f"<td>{escape(_tell_wording(one))}</td>"
        f'<td><span class="cc-said">{escape(_quote(one.words))}</span><br>'
        f'<a href="{escape(_link_to_words(one.words))}" target="_self">{escape(shorten(one.words.source, 80))}</a></td>'
        f"<td>{escape(_tell_held(one))}{copies}</td></tr>"
    )
