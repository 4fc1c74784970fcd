"""HTML of the governing chain: level by level, in the order of reading, links for the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import starmap

from corpus.effect import Effect
from corpus.text import fold_spaces
from index.answering import chain_wording as wording
from index.answering.chain_models import Link
from index.models import Citation
from index.wording import HELD, MENTIONED
from pages.drawing import cited_address, hints_html
from pages.stored_words import stored_html


def chain_html(links: Sequence[Link], notes: Sequence[str]) -> str:
    """The chain under an answer, a step for each level; empty where there is none."""
    levels = "".join(
        f'<li class="cc-step"><p class="cc-level">{escape(level)}</p>{"".join(map(_link_html, group))}</li>'
        for level, group in wording.levels_of(links)
    )
    told = tuple(wording.tell_notes(links, notes))
    if not levels and not told:
        return ""
    return (
        f'<section aria-label="{wording.TITLE}"><h2 class="cc-section">{wording.TITLE}</h2>'
        f'<ol class="cc-chain">{levels}</ol>{_notes_html(told, folded=bool(levels))}</section>'
    )


def _notes_html(notes: Sequence[str], *, folded: bool) -> str:
    """What the collection cannot show of the chain; below a chain on a click."""
    if not notes:
        return ""
    listed = hints_html(notes)
    if not folded:
        return listed
    return f'<details class="cc-proofs"><summary>{wording.UNSHOWN} ({len(notes)})</summary>{listed}</details>'


def _link_html(link: Link) -> str:
    """A document of the chain, on two lines; what proves it and how to cite it on a click.

    The document asked about shows its effect and the line that cites it at once.
    """
    state = "cc-held" if link.held else "cc-mentioned"
    asked = ' <span class="cc-phrased">văn bản được hỏi</span>' if link.asked else ""
    title = f'<p class="cc-chain-title">{escape(fold_spaces(link.title))}</p>' if link.title else ""
    warnings = "".join(f'<p class="cc-notice">{escape(words)}</p>' for words in wording.tell_outdated(link))
    effect = f'<p class="cc-source">Hiệu lực: <strong>{escape(wording.tell_effect(link))}</strong></p>'
    proofs = "".join(starmap(_proof_html, wording.evidence_of(link)))
    known = link.asked or link.effect is not Effect.UNKNOWN
    shown, folded = (effect if known else "", "" if known else effect)
    line = _line_html(link)
    shown, folded = (shown + line, folded) if link.asked else (shown, folded + line)
    return (
        f'<div class="cc-link{" cc-asked" if link.asked else ""}"><p class="cc-link-name">{_name_html(link)}'
        f'{asked} <span class="{state}">{HELD if link.held else MENTIONED}</span></p>{title}{warnings}{shown}'
        f'<details class="cc-proofs"><summary>{escape(_name_folded(link))}</summary>'
        f"{folded}{proofs}{_other_lines_html(link)}</details></div>"
    )


def _name_html(link: Link) -> str:
    """Its name, which leads to its text where that is held."""
    name = f"<strong>{escape(wording.name_link(link))}</strong>"
    if not link.held:
        return name
    return f'<a href="doc-van-ban?doc={escape(link.held[0])}" target="_self">{name}</a>'


def _name_folded(link: Link) -> str:
    """What is behind the click, so that nobody has to open it to know."""
    ties: dict[str, list[str]] = {}
    for tie in link.ties:
        ties.setdefault(wording.tell_relation(tie), []).append(tie.upper)
    told = "; ".join(f"{relation} {', '.join(dict.fromkeys(uppers))}" for relation, uppers in ties.items())
    return f"{told}: câu chứng minh, cách dẫn" if told else "Câu nhắc tới, hiệu lực, cách dẫn"


def _proof_html(lead: str, citation: Citation) -> str:
    return (
        f'<p class="cc-source">{escape(lead)}:</p><blockquote class="cc-quote cc-proof">'
        f'<span class="cc-words">{stored_html(citation.quote)}</span></blockquote>{_source_html(citation)}'
    )


def _source_html(citation: Citation) -> str:
    """A link to the words in the page that has them; it names the text, so that it shows them for ever."""
    place = escape(wording.tell_place(citation))
    return f'<p class="cc-source"><a href="{escape(cited_address(citation))}" target="_self">{place}</a></p>'


def _line_html(link: Link) -> str:
    """The line that cites it in a new document, to be copied; why there is none, where there is none."""
    first = wording.tell_lines(link)[0]
    if not link.cite_full:
        return f'<p class="cc-source">{escape(first)}</p>'
    return (
        f'<p class="cc-cite-line"><span>{escape(first)}</span> <button type="button" class="cc-button"'
        f' data-cc-copy="{escape(link.cite_full)}" aria-label="Chép dòng dẫn {escape(link.symbol)}">Chép</button></p>'
    )


def _other_lines_html(link: Link) -> str:
    """How it is cited later, and what the writer has to look at."""
    return "".join(f'<p class="cc-source">{escape(line)}</p>' for line in wording.tell_lines(link)[1:])
