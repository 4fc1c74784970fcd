"""Found passages and documents for a person at a terminal, and for a program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.text import Text

from corpus.effect import Effect
from corpus.labels import tell_fetch, vietnamese_date
from corpus.marks import without_marks
from corpus.sentences import Span
from corpus.store import Store
from index.document_pool import DocumentEvidence
from index.documents import RankedDocument
from index.models import Hit

_SNIPPET = 300  # characters
_BEFORE = 40  # of them, before the first match
_SPACES = re.compile(r"\s+")
_MATCH = "bold"


def hit_json(store: Store, hit: Hit) -> dict[str, Any]:
    """A hit with its document's number and address; offsets count in the document's text."""
    document = store.profile(hit.passage.document_id)
    from_web = store.provenance(document.id)
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "document_id": document.id,
        "passage_id": hit.passage.id,
        "symbol": document.symbol,
        "title": hit.title,
        "location": hit.passage.location,
        "text": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "url": document.url,
        "copies": list(hit.copies),
        "dense_rank": hit.dense_rank,
        "lexical_rank": hit.lexical_rank,
        "matches": [{"start": span.start, "end": span.end} for span in hit.matches],
        "reasons": list(hit.reasons),
        "effect": hit.effect.value if hit.effect is not None else None,
        "fetched_at": from_web.origin.fetched_at if from_web else None,
        "gone_at": from_web.gone_at if from_web else None,
        "below": [hit_json(store, below) for below in hit.below],
    }


def document_json(store: Store, found: RankedDocument) -> dict[str, Any]:
    """A ranked document with the sentences that speak for it, verbatim."""
    return {
        "rank": found.rank,
        "score": round(found.score, 4),
        "symbol": found.symbol,
        "title": found.title,
        "type": found.type,
        "issuer": found.issuer,
        "issued_on": found.issued_on,
        "held_by": list(found.held_by),
        "superseded": found.superseded,
        "effect": {
            "status": found.effect.status.value,
            "as_of": found.effect.as_of,
            "evidence": [{**asdict(one), "wording": one.wording} for one in found.effect.evidence],
        },
        "reasons": list(found.reasons),
        "evidence": [
            {
                "document_id": one.hit.passage.document_id,
                "passage_id": one.hit.passage.id,
                "page_title": one.hit.title,
                "location": one.hit.passage.location,
                "start": one.start,
                "end": one.end,
                "quote": _quote(one),
                "relation": one.relation.value if one.relation else None,
                "by": one.by,
            }
            for one in found.evidence
        ],
    }


def describe_hits(store: Store, hits: Sequence[Hit]) -> Iterator[Text]:
    """Lines for a terminal, what matches in bold; an empty one behind every hit."""
    for hit in hits:
        symbol = store.profile(hit.passage.document_id).symbol
        name = f"{symbol} – {hit.title}" if symbol else hit.title
        yield Text(f"{hit.rank}. {name} ({hit.passage.location})")
        yield Text("   ") + snippet(hit)
        if hit.effect not in (None, Effect.UNKNOWN):
            yield Text(f"   Hiệu lực: {hit.effect}")
        if (from_web := store.provenance(hit.passage.document_id)) and from_web.gone_at:
            yield Text(f"   Trên mạng: {tell_fetch(from_web.origin.fetched_at, from_web.gone_at)}")
        if hit.reasons:
            yield Text(f"   Vì: {'; '.join(hit.reasons)}")
        if hit.below:
            places = "; ".join(below.passage.location for below in hit.below)
            yield Text(f"   Còn {len(hit.below)} đoạn khác của văn bản này: {places}")
        if hit.copies:
            yield Text(f"   Cùng nội dung: {', '.join(hit.copies)}")
        yield Text()


def describe_documents(documents: Sequence[RankedDocument]) -> Iterator[Text]:
    """Lines for a terminal: each document, its effect, why it is there, and the sentence that says so."""
    for found in documents:
        date = vietnamese_date(found.issued_on)
        about = ", ".join(filter(None, [found.issuer, f"ngày {date}" if date else None]))
        name = " ".join(filter(None, [found.type, found.symbol])) or "Trang"
        title = f": {found.title}" if found.title else ""
        yield Text(f"{found.rank}. {name}{title}{f' ({about})' if about else ''}")
        if found.effect.status is not Effect.UNKNOWN:
            yield Text(f"   Hiệu lực: {found.effect.status}")
        yield Text(f"   Vì: {'; '.join(found.reasons)}")
        for one in found.evidence[:1]:
            end = min(one.end, one.start + _SNIPPET)
            source = f"{'…' if end < one.end else ''}” ({one.hit.title}, {one.hit.passage.location})"
            yield Text("   “") + _highlight(one.hit, one.start, end) + Text(source)
        yield Text()


def snippet(hit: Hit) -> Text:
    """The part of a passage that has most of the matches, on one line."""
    passage = hit.passage
    room = _SNIPPET - _BEFORE
    start = max(
        (span.start for span in hit.matches),
        key=lambda at: sum(
            span.end - span.start for span in hit.matches if at <= span.start and span.end <= at + room
        ),
        default=passage.start,
    )
    start = max(passage.start, start - _BEFORE)
    if start > passage.start:  # not within a word
        space = re.compile(r"\s").search(passage.text, start - passage.start)
        start = passage.start + space.end() if space else start
    end = min(passage.end, start + _SNIPPET)
    if end < passage.end:
        end = passage.start + _word_end(passage.text, start - passage.start, end - passage.start)
    shown = _highlight(hit, start, end)
    return Text("…" if start > passage.start else "") + shown + Text("…" if end < passage.end else "")


def _word_end(text: str, start: int, end: int) -> int:
    """Where the last whole word of `text[start:end]` ends, the end itself where there is none."""
    if text[end].isspace():
        return end
    space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return space if space > start else end


def _highlight(hit: Hit, start: int, end: int) -> Text:
    """`text[start:end]` of the hit's document, runs of white space as one space, matches in bold."""
    shown, at = Text(), start
    for span in _telling(hit):
        first, last = max(span.start, at), min(span.end, end)
        if first < last:
            shown.append(_one_line(hit, at, first))
            shown.append(_one_line(hit, first, last), style=_MATCH)
            at = last
    return shown.append(_one_line(hit, at, end))


def _telling(hit: Hit) -> Iterator[Span]:
    """The matches, without those of one syllable that are a part of a longer one: the "số" of "chuyển đổi số"."""
    passage = hit.passage
    words = [
        passage.text[m.start - passage.start : m.end - passage.start].lower().split() for m in hit.matches
    ]
    parts = {word for match in words if len(match) > 1 for word in match}
    return (
        span
        for span, match in zip(hit.matches, words, strict=True)
        if len(match) > 1 or not parts.intersection(match)
    )


def _one_line(hit: Hit, start: int, end: int) -> str:
    passage = hit.passage
    return _SPACES.sub(" ", without_marks(passage.text, start - passage.start, end - passage.start))


def _quote(one: DocumentEvidence) -> str:
    passage = one.hit.passage
    return passage.text[one.start - passage.start : one.end - passage.start]
