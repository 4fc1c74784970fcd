"""HTML of a checked text: the text with its marks, a card for each quotation. Pure functions; every text is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from types import MappingProxyType

from corpus.text import fold_spaces
from index.checking.layout import Stretch, cut_text, items_of
from index.checking.models import (
    CheckedNumber,
    CheckedQuotation,
    CheckedText,
    NumberVerdict,
    QuotationVerdict,
)
from index.checking.wording import is_retold, name_verdict, tell_difference, tell_number, tell_quotation
from index.models import Citation
from pages.drawing import cited_address

# The tone of a mark; what it means is always said in words beside it.
_TONES: Mapping[QuotationVerdict | NumberVerdict, str] = MappingProxyType(
    {
        QuotationVerdict.EXACT: "right",
        QuotationVerdict.ALTERED: "altered",
        QuotationVerdict.OTHER: "other",
        QuotationVerdict.NOT_HELD: "missing",
        NumberVerdict.HELD: "right",
        NumberVerdict.SUPERSEDED: "missing",
        NumberVerdict.MENTIONED: "plain",
        NumberVerdict.SEVERAL: "other",
        NumberVerdict.LOOK_ALIKE: "altered",
        NumberVerdict.UNKNOWN: "missing",
    }
)
_ANCHOR = "muc-"


def tone_of(one: CheckedQuotation | CheckedNumber) -> str:
    """The tone that a quotation or number is shown in; to tell something in one's own words is no fault."""
    return "plain" if is_retold(one) else _TONES[one.verdict]


def marked_text_html(checked: CheckedText) -> str:
    """The pasted text; behind each quotation and number its place in the list and its verdict in words."""
    items = items_of(checked)
    parts: list[str] = []
    for numbers, group in groupby(cut_text(checked), key=lambda one: one.items):
        stretches = list(group)
        inside = "".join(_stretch_html(checked.text[one.start : one.end], one) for one in stretches)
        if numbers:
            last = items[numbers[-1]]
            kind = " cc-check-number" if isinstance(last, CheckedNumber) else ""
            inside = f'<span class="cc-check cc-check-{tone_of(last)}{kind}">{inside}</span>'
        parts.append(inside)
        ended = [number for number in numbers if items[number].end == stretches[-1].end]
        parts += [_label_html(number, items[number]) for number in ended]
    return f'<article class="cc-text cc-checked">{"".join(parts)}</article>'


def _stretch_html(text: str, stretch: Stretch) -> str:
    return f"<u>{escape(text)}</u>" if stretch.differs else escape(text)


def _label_html(number: int, one: CheckedQuotation | CheckedNumber) -> str:
    words = name_verdict(one)
    label = f"[{number + 1}]" if tone_of(one) in ("right", "plain") else f"[{number + 1}: {words.lower()}]"
    return (
        f'<wbr><a class="cc-check-label cc-check-{tone_of(one)}" href="#{_ANCHOR}{number + 1}" '
        f'aria-label="{escape(f"Mục {number + 1}: {words}")}">{escape(label)}</a>'
    )


def quotation_card_html(number: int, one: CheckedQuotation) -> str:
    """One quotation: its verdict, its words with what differs, what is known, where to read on."""
    lines = "".join(f'<p class="cc-source">{escape(line)}</p>' for line in tell_quotation(one))
    changes, links = "", ""
    if one.match is not None:
        told = "".join(f"<li>{escape(tell_difference(change))}</li>" for change in one.match.differences)
        changes = f'<ul class="cc-changes">{told}</ul>' if told else ""
        links = _link_html(one.match.citation, "Mở nguồn tại đoạn này")
    if one.beside is not None:
        quote = escape(fold_spaces(one.beside.citation.quote))
        lines += f'<p class="cc-source">Đoạn gần nhất trong văn bản được nêu: “{quote}”</p>'
        links += _link_html(one.beside.citation, "Mở văn bản được nêu")
    if one.status is not None and one.status.evidence:
        links += _link_html(one.status.evidence[0], "Xem căn cứ về hiệu lực")
    return (
        f'<section class="cc-check-card cc-check-{tone_of(one)}" id="{_ANCHOR}{number}">'
        f"{_heading_html(number, one)}{_words_html(one)}{changes}{lines}{links}</section>"
    )


def _heading_html(number: int, one: CheckedQuotation | CheckedNumber) -> str:
    return f'<p class="cc-check-verdict"><span class="cc-number">[{number}]</span> {escape(name_verdict(one))}</p>'


def _words_html(one: CheckedQuotation) -> str:
    """The quoted words; where some differ, the stored ones are struck and the written ones set beside them."""
    match = one.match
    if match is None or one.verdict is not QuotationVerdict.ALTERED:
        return f'<blockquote class="cc-quote cc-near">{escape(fold_spaces(one.text))}</blockquote>'
    parts, at = [], one.start
    for change in match.differences:
        parts.append(escape(_piece(one, at, change.start)))
        if old := fold_spaces(change.old):
            parts.append(f' <del><span class="cc-hidden">nguyên văn: </span>{escape(old)}</del> ')
        if new := fold_spaces(change.new):
            parts.append(f'<ins><span class="cc-hidden">bài viết: </span>{escape(new)}</ins>')
        at = change.end
    parts.append(escape(_piece(one, at, one.end)))
    return f'<blockquote class="cc-quote cc-near">{"".join(parts)}</blockquote>'


def _piece(one: CheckedQuotation, start: int, end: int) -> str:
    return " ".join(one.text[start - one.start : end - one.start].split("\n"))


def numbers_html(numbered: Sequence[tuple[int, CheckedNumber]]) -> str:
    """The numbers of the text, each once, with the places where it stands."""
    rows = []
    for (text, verdict), same in _grouped(numbered).items():
        one = same[0][1]
        anchors = "".join(f'<span id="{_ANCHOR}{number}"></span>' for number, _ in same)
        places = ", ".join(f"[{number}]" for number, _ in same)
        told = "<br>".join(escape(line) for line in tell_number(one))
        links = "".join(
            f' <a href="doc-van-ban?doc={escape(name)}" target="_self">Mở văn bản</a>'
            for name in one.documents[:3]
        )
        if one.status is not None and one.status.evidence:
            links += " " + _anchor_html(one.status.evidence[0], "Xem căn cứ về hiệu lực")
        rows.append(
            f'<tr><td>{anchors}<span class="cc-number">{places}</span> {escape(text)}</td>'
            f'<td><span class="cc-check-tag cc-check-{tone_of(one)}">{escape(verdict)}</span></td>'
            f"<td>{told}{links}</td></tr>"
        )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Số hiệu", "Kết quả", "Chi tiết"))
    return (
        '<div class="cc-scroll" tabindex="0" role="region" aria-label="Số hiệu văn bản trong bài">'
        f'<table class="cc-table cc-stack cc-check-numbers"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


def _grouped(
    numbered: Sequence[tuple[int, CheckedNumber]],
) -> dict[tuple[str, str], list[tuple[int, CheckedNumber]]]:
    found: dict[tuple[str, str], list[tuple[int, CheckedNumber]]] = {}
    for number, one in numbered:
        text = one.symbols[0] if len(one.symbols) == 1 else one.text
        found.setdefault((text, name_verdict(one)), []).append((number, one))
    return found


def _link_html(citation: Citation, label: str) -> str:
    return f'<p class="cc-source">{_anchor_html(citation, label)}</p>'


def _anchor_html(citation: Citation, label: str) -> str:
    address = cited_address(citation)
    return f'<a href="{escape(address)}" target="_self">{escape(label)}</a>'
