"""HTML of the governing chain: level by level, in the order of reading, links for the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import starmap

from corpus.text import fold_spaces
from index.answering import chain_wording as wording
from index.answering.chain_models import Link
from index.models import Citation
from index.wording import HELD, MENTIONED
from pages.drawing import document_address


def chain_html(links: Sequence[Link], notes: Sequence[str]) -> str:
    """The chain under an answer, a step for each level; empty where there is none."""
    levels = "".join(
        f'<li class="cc-step"><p class="cc-level">{escape(level)}</p>{"".join(map(_link_html, group))}</li>'
        for level, group in wording.levels_of(links)
    )
    said = "".join(f"<li>{escape(note)}</li>" for note in wording.tell_notes(links, notes))
    if not levels and not said:
        return ""
    return (
        f'<section class="cc-chain-part" aria-label="{wording.TITLE}"><h2 class="cc-section">{wording.TITLE}</h2>'
        f'<ol class="cc-chain">{levels}</ol>{f"<ul class=cc-hints>{said}</ul>" if said else ""}</section>'
    )


def _link_html(link: Link) -> str:
    """A document of the chain: its name, what is known of it, and on a click what proves it."""
    state = "cc-held" if link.held else "cc-mentioned"
    asked = ' <span class="cc-phrased">văn bản được hỏi</span>' if link.asked else ""
    title = f'<p class="cc-chain-title">{escape(fold_spaces(link.title))}</p>' if link.title else ""
    warnings = "".join(f'<p class="cc-notice">{escape(words)}</p>' for words in wording.tell_outdated(link))
    proofs = "".join(starmap(_proof_html, wording.evidence_of(link)))
    evidence = (
        f'<details class="cc-proofs"><summary>{_name_proofs(link)}</summary>{proofs}</details>'
        if proofs
        else ""
    )
    return (
        f'<div class="cc-link{" cc-asked" if link.asked else ""}"><p class="cc-link-name">{_name_html(link)}'
        f'{asked} <span class="{state}">{HELD if link.held else MENTIONED}</span></p>{title}'
        f'<p class="cc-source">Hiệu lực: <strong>{escape(wording.tell_effect(link))}</strong></p>'
        f"{warnings}{evidence}{_lines_html(link)}</div>"
    )


def _name_html(link: Link) -> str:
    """Its name, which leads to its text where that is held."""
    name = f"<strong>{escape(wording.name_link(link))}</strong>"
    if not link.held:
        return name
    return f'<a href="doc-van-ban?doc={escape(link.held[0])}" target="_self">{name}</a>'


def _name_proofs(link: Link) -> str:
    """What the evidence is for, so that nobody has to open it to know."""
    ties = "; ".join(escape(wording.tell_tie(tie)) for tie in link.ties)
    return f"{ties or 'Được nhắc tới'}: xem câu chứng minh"


def _proof_html(lead: str, citation: Citation) -> str:
    return (
        f'<p class="cc-source">{escape(lead)}:</p><blockquote class="cc-quote cc-proof">'
        f'<span class="cc-words">{escape(citation.quote)}</span></blockquote>{_source_html(citation)}'
    )


def _source_html(citation: Citation) -> str:
    """A link to the words in the page that has them; it names the text, so that it shows them for ever."""
    address = document_address(citation.document_id, citation.tag)
    span = f"{address}&start={citation.start}&end={citation.end}"
    place = escape(wording.tell_place(citation))
    return f'<p class="cc-source"><a href="{escape(span)}" target="_self">{place}</a></p>'


def _lines_html(link: Link) -> str:
    """The line that cites it in a new document, to be copied; the later ones and what to look at on a click."""
    first, *others = wording.tell_lines(link)
    rest = "".join(f"<p>{escape(line)}</p>" for line in others)
    more = f'<details class="cc-lines"><summary>Các lần sau, lưu ý</summary>{rest}</details>' if rest else ""
    if not link.cite_full:
        return f'<p class="cc-source">{escape(first)}</p>{more}'
    return (
        f'<p class="cc-cite-line"><span>{escape(first)}</span> <button type="button" class="cc-button"'
        f' data-cc-copy="{escape(link.cite_full)}" aria-label="Chép dòng dẫn {escape(link.symbol)}">Chép</button></p>'
        f"{more}"
    )
