"""The span of a card, sentence by sentence: made whole, widened, narrowed. The words themselves never change."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.models import Document
from corpus.sentences import Span, find_sentences
from index.answering.spans import make_evidence, skip_label

LONGEST = 4000  # characters that a card may quote
_AROUND = 4000  # characters beside a span in which its neighbours are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """The spans that one step leads to; None where there is none."""

    wider_before: Span | None
    wider_after: Span | None
    narrower_before: Span | None
    narrower_after: Span | None


def is_quotable(document: Document, span: Span) -> bool:
    """Whether a card may quote a span: not too long, and all of it in passages, which can be cited."""
    if not 0 <= span.start < span.end <= len(document.text) or span.end - span.start > LONGEST:
        return False
    if not document.passages:  # an earlier text
        return bool(document.text[span.start : span.end].strip())
    cited = make_evidence(document, span.start, span.end)
    held = sum(len("".join(document.text[one.start : one.end].split())) for one in cited)
    return held > 0 and held == len("".join(document.text[span.start : span.end].split()))


def make_whole(document: Document, span: Span) -> Span:
    """The whole sentences that a span touches; a label before the first stays where the span has it."""
    touched = [
        one for one in _sentences(document.text, span) if one.start < span.end and span.start < one.end
    ]
    if not touched:
        return span
    first, last = touched[0], touched[-1]
    bare = skip_label(document.text, first.start, first.end)
    return Span(first.start if span.start < bare else bare, last.end)


def find_moves(document: Document, span: Span) -> Moves:
    """Where one sentence more or less leads, before and behind; a part of a sentence is first made whole."""
    text = document.text
    sentences = _sentences(text, span)
    whole = make_whole(document, span)
    touched = [one for one in sentences if one.start < span.end and span.start < one.end]
    before = [one for one in sentences if one.end <= span.start]
    behind = [one for one in sentences if one.start >= span.end]

    def begin(one: Span) -> int:
        return skip_label(text, one.start, one.end)

    wider_before = wider_after = None
    if whole.start < span.start:
        wider_before = Span(whole.start, span.end)
    elif before:
        wider_before = Span(begin(before[-1]), span.end)
    if whole.end > span.end:
        wider_after = Span(span.start, whole.end)
    elif behind:
        wider_after = Span(span.start, behind[0].end)
    several = len(touched) > 1
    return Moves(
        wider_before=_if_quotable(document, wider_before),
        wider_after=_if_quotable(document, wider_after),
        narrower_before=_if_quotable(document, Span(begin(touched[1]), span.end)) if several else None,
        narrower_after=_if_quotable(document, Span(span.start, touched[-2].end)) if several else None,
    )


def _if_quotable(document: Document, span: Span | None) -> Span | None:
    return span if span is not None and is_quotable(document, span) else None


def _sentences(text: str, span: Span) -> tuple[Span, ...]:
    """The sentences around a span, from line to line."""
    low = text.rfind("\n", 0, max(0, span.start - _AROUND)) + 1
    high = text.find("\n", min(len(text), span.end + _AROUND))
    return find_sentences(text, low, len(text) if high < 0 else high)
