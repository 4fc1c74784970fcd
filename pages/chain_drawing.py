"""HTML of the governing chain: level by level, in the order of reading, links for the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import starmap

from index.answering import chain_wording as wording
from index.answering.chain_models import Link
from index.models import Citation
from index.wording import HELD, MENTIONED
from pages.drawing import document_address


def chain_html(links: Sequence[Link], notes: Sequence[str]) -> str:
    """The chain under an answer; empty where there is none."""
    levels = "".join(
        f'<li><p class="cc-level">{escape(level)}</p>{"".join(map(_link_html, group))}</li>'
        for level, group in wording.levels_of(links)
    )
    said = "".join(f"<li>{escape(note)}</li>" for note in wording.tell_notes(links, notes))
    if not levels and not said:
        return ""
    return (
        f'<section aria-label="{wording.TITLE}"><h3 class="cc-small-title">{wording.TITLE}</h3>'
        f'<ol class="cc-chain">{levels}</ol><ul class="cc-hints">{said}</ul></section>'
    )


def _link_html(link: Link) -> str:
    state = "cc-held" if link.held else "cc-mentioned"
    asked = ' <span class="cc-phrased">văn bản được hỏi</span>' if link.asked else ""
    title = f'<p class="cc-chain-title">{escape(" ".join(link.title.split()))}</p>' if link.title else ""
    proofs = "".join(starmap(_proof_html, wording.evidence_of(link)))
    warnings = "".join(f'<p class="cc-notice">{escape(words)}</p>' for words in wording.tell_outdated(link))
    return (
        f'<div class="cc-link{" cc-asked" if link.asked else ""}"><p class="cc-link-name"><strong>'
        f"{escape(wording.name_link(link))}</strong>{asked} "
        f'<span class="{state}">{HELD if link.held else MENTIONED}</span></p>{title}{proofs}'
        f'<p class="cc-source">Hiệu lực: <strong>{escape(wording.tell_effect(link))}</strong></p>'
        f"{warnings}{_lines_html(link)}</div>"
    )


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
    """The lines for a new document, open for the one asked about."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in wording.tell_lines(link))
    return (
        f'<details class="cc-lines"{" open" if link.asked else ""}>'
        f"<summary>Cách dẫn trong văn bản mới</summary>{lines}</details>"
    )
