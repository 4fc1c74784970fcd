"""Which documents a news page reports on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.models import Document, DocumentKind, Reference, Relation
from corpus.symbols import symbol_key

_FIRST_SENTENCE = 250  # characters: a number named here is what the page is about
_OPENING = 1500  # characters: title, lead and the first paragraphs, where a page says what it is about


def find_reported_symbols(document: Document) -> tuple[str, ...]:
    """The numbers of the documents that the page reports on, in the order in which it names them.

    They are the one that it opens with, those that it says were issued, those whose content it restates, and
    those that it lets act ("… sửa đổi Nghị định số …"). Where it says none of that, the number that the opening names first, or the
    only one of the page. A page that is a document itself reports on itself alone.
    """
    own = document.facts.symbol
    if document.facts.kind is DocumentKind.OFFICIAL and own is not None:
        return (own.value,)
    full = [reference for reference in document.references if not reference.symbol.startswith("?")]
    issued = [r.symbol for r in full if r.relation in (Relation.REPORTED, Relation.OWN)]
    restated = [report.symbol for report in document.reported]
    acting = [r.subject for r in full if r.subject and r.relation not in _PASSIVE]
    leading = [r.symbol for r in full[:1] if r.start <= _FIRST_SENTENCE]
    named = {symbol_key(symbol): symbol for symbol in reversed([*leading, *issued, *restated, *acting])}
    if not named:
        return _name_first(full)
    order = {symbol_key(r.symbol): r.start for r in reversed(full)}
    return tuple(sorted(named.values(), key=lambda symbol: order.get(symbol_key(symbol), len(document.text))))


_PASSIVE = frozenset({Relation.AMENDED_BY, Relation.REPLACED_BY, Relation.ABROGATED_BY, Relation.GUIDED_BY})


def _name_first(full: list[Reference]) -> tuple[str, ...]:
    if not full:
        return ()
    counts = Counter(symbol_key(reference.symbol) for reference in full)
    first = full[0]
    leads = (
        first.start <= _OPENING
        or len(counts) == 1
        or counts[symbol_key(first.symbol)] == max(counts.values())
    )
    return (first.symbol,) if leads else ()


_IN_FORCE = re.compile(r"(?:(?!\bhết\b|\bnày\b)[^.;:\n]){0,60}?\bcó hiệu lực\b")
_SPEAKS = re.compile(
    r"(?:\s+ngày [\d/]+)?(?:\s+của [^,.;:]{3,40}?)?,?\s+(?:đã |cũng |còn )?"
    r"(?:quy định|sửa đổi|bổ sung|nêu rõ|yêu cầu|hướng dẫn|bãi bỏ|thay thế|giao|cho phép)\b"
)
_SENTENCE_OPENS = re.compile(
    r"(?:\A|\n|[.;:!?”\"]\s|\b(?:[Tt]rong đó|[Tt]heo đó|[Cc]ụ thể|[Bb]ên cạnh đó|[Nn]goài ra),\s)[#*\s]*\Z"
)


def find_speaking(text: str, references: Sequence[Reference]) -> tuple[str, ...]:
    """The numbers that a page lets speak: it says that they come into force ("Nghị định số … có hiệu lực từ …"), or
    opens a sentence with what they say ("Nghị định số … quy định …"); each once.
    """
    named = (r for r in references if not r.symbol.startswith("?") and r.relation is not Relation.BASED_ON)
    found = {
        symbol_key(r.symbol): r.symbol
        for r in named
        if _IN_FORCE.match(text, r.end)
        or (_SPEAKS.match(text, r.symbol_end) and _SENTENCE_OPENS.search(text, max(0, r.start - 40), r.start))
    }
    return tuple(found.values())
