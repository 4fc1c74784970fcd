"""HTML of found sentences and quote cards. Pure functions; every text of a document is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from corpus.effect import Effect
from corpus.models import DocumentKind
from index.cards.models import QuoteCard
from index.cards.wording import (
    NOT_KNOWN,
    publisher_of,
    tell_fields,
    tell_footnote,
    tell_notes,
    tell_source,
    tell_whose,
    write_plain,
)
from index.quotable.models import QuotableSentence
from pages.answer_drawing import source_line
from pages.stored_words import stored_html

COPY_ID = "cc-copy-text"
CARD_ID = "cc-quote-card"
ARRIVE = (  # the same script is not run again on a rerun
    f"setTimeout(() => {{ const card = document.getElementById('{CARD_ID}'); "
    "if (card) { card.scrollIntoView({block: 'start'}); card.focus({preventScroll: true}); } }, 150);"
)
# Copies the text of the box that a button names; where the browser refuses, the text is left selected.
# Registered once for all cards, so that a card drawn anew needs no script of its own.
COPY_SCRIPT = """<script>
if (!window.ccCopy) { window.ccCopy = true;
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-cc-copy]'); if (!button) return;
  const box = document.getElementById(button.dataset.ccCopy), told = document.getElementById('cc-copy-told');
  box.focus(); box.select();
  let done = false;
  try { await navigator.clipboard.writeText(box.value); done = true; } catch { done = document.execCommand('copy'); }
  told.textContent = done ? 'Đã chép vào bộ nhớ tạm.' : 'Trình duyệt không cho chép; lời trích đã được chọn, hãy nhấn Ctrl+C.';
}); }
</script>"""


def sentence_html(found: QuotableSentence, copies: Sequence[str]) -> str:
    """A found sentence: the words, whose they are, the source and the standing of its document.

    `copies` are the names of other documents with the same sentence.
    """
    citation = found.citation
    lines = [f"Nguồn: {source_line(citation)}"]
    if found.speakers:
        lines.append(f"Người nói, theo chính câu trích: {'; '.join(one.name for one in found.speakers)}")
    if copies:
        lines.append(f"Câu này cũng có ở: {'; '.join(copies)}")
    shown = "".join(f'<p class="cc-source">{escape(line)}</p>' for line in lines)
    return (
        f'<div class="cc-found-quote"><blockquote class="cc-quote"><span class="cc-number">{found.rank}.</span> '
        f'<span class="cc-words">{stored_html(citation.quote)}</span></blockquote>'
        f'<p class="cc-tones">{_whose_html(found)} {_effect_html(found)}</p>{shown}</div>'
    )


def _whose_html(found: QuotableSentence) -> str:
    tone = "cc-found" if found.kind is DocumentKind.OFFICIAL else "cc-partly"
    told = tell_whose(found.kind, publisher_of(found.citation.publisher, found.citation.url))
    return f'<span class="cc-tone {tone}">{escape(told)}</span>'


def _effect_html(found: QuotableSentence) -> str:
    if found.effect is None:
        return ""
    if found.effect is Effect.UNKNOWN:
        return '<span class="cc-tone">Hiệu lực: không rõ</span>'
    tone = "cc-refused" if found.ended else "cc-partly"
    return f'<span class="cc-tone {tone}">Hiệu lực: {escape(found.effect)}</span>'


def card_html(card: QuoteCard) -> str:
    """The card: whose words, the words, the footnote, everything known of them, what to look at."""
    fields = "".join(f"<dt>{escape(label)}</dt>{_value_html(value)}" for label, value in tell_fields(card))
    notes = "".join(f"<li>{escape(note)}</li>" for note in tell_notes(card))
    tone = "cc-found" if card.kind is DocumentKind.OFFICIAL else "cc-partly"
    return (
        f'<article class="cc-quote-card" id="{CARD_ID}" tabindex="-1" aria-label="Thẻ trích dẫn"><p class="cc-tone {tone}">{escape(tell_source(card))}</p>'
        f'<blockquote class="cc-quote"><span class="cc-words">“{stored_html(card.quote)}”</span><sup>1</sup></blockquote>'
        f'<p class="cc-footnote"><sup>1</sup> {escape(tell_footnote(card))}</p>'
        f'<dl class="cc-facts">{fields}</dl>{f"<ul>{notes}</ul>" if notes else ""}</article>'
    )


def _value_html(value: str) -> str:
    if value == NOT_KNOWN:
        return f'<dd class="cc-unknown">{escape(value)}</dd>'
    if value.startswith(("http://", "https://")):
        return f'<dd><a href="{escape(value)}" rel="noopener noreferrer">{escape(value)}</a></dd>'
    return f"<dd>{escape(value)}</dd>"


def copy_html(card: QuoteCard) -> str:
    """The button that copies words and footnote, and the box that they can be selected in by hand."""
    plain = write_plain(card)
    rows = min(14, 2 + plain.count("\n") + len(plain) // 90)
    return (
        f'<div class="cc-copy"><button type="button" data-cc-copy="{COPY_ID}">Chép trích dẫn và chú thích</button> '
        f'<span id="cc-copy-told" role="status"></span>'
        f'<label for="{COPY_ID}">Lời trích và chú thích (chọn để chép bằng tay)</label>'
        f'<textarea id="{COPY_ID}" readonly rows="{rows}">\n{escape(plain)}</textarea></div>{COPY_SCRIPT}'
    )
