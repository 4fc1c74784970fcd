"""The documents around one: what it is based on, what carries it out, what changed it and what it changed.

Who carries out whom is what the governing chain says (`index.answering.chain_ties`); beside it every document of a
recital ("Căn cứ …") counts, with that word. What replaces, amends or repeals it is what decides its effect
(`corpus.effect`). Copies and all pages that are one document are one neighbour; nothing stands without its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from corpus.effect import Effect, EffectEvidence, find_effect, may_change
from corpus.identity import key_of_reference
from corpus.labels import name_relation
from corpus.models import DocumentKind, Reference, Relation
from corpus.store import Store
from corpus.store_models import TAG
from corpus.store_rows import text_sha256
from corpus.symbols import symbol_key
from corpus.text import fold_spaces
from index.answering.chain_links import type_of
from index.answering.chain_numbers import RANKS, Node, Numbers, find_said, may_lie_above, year_of
from index.answering.chain_ties import clause_around
from index.verification import ReadDocument
from ingest.published import VIETNAM

MOST = 24  # neighbours on one side that are described
_BEFORE, _BEHIND = 320, 200  # characters of a clause around the words that are quoted
_RECITAL = re.compile(r"\W*căn\s+cứ(?!\w)", re.IGNORECASE)
_OPENING = (
    15_000  # characters: no recital stands behind them, unless of a document that is issued with this one
)
_CHANGING = (
    Relation.REPLACES,
    Relation.ABROGATES,
    Relation.AMENDS,
    Relation.CONSOLIDATES,
    Relation.CORRECTS,
)
_TOUCHING = frozenset({Effect.REPLACED, Effect.ABROGATED, Effect.PARTLY, Effect.AMENDED})
_WEIGHT = {Relation.IMPLEMENTS: 0, Relation.GUIDES: 1, Relation.BASED_ON: 2}


class Side(StrEnum):
    """Where a document stands to the one in the middle."""

    BASIS = "Văn bản này căn cứ, thực hiện"
    CHANGED = "Văn bản này thay thế, sửa đổi, hợp nhất"
    CHANGED_BY = "Thay thế, sửa đổi văn bản này"
    CARRIED_OUT_BY = "Thực hiện hoặc căn cứ vào văn bản này"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What proves a neighbour: `quote` is `text[start:end]` of the text that `tag` names."""

    document_id: str
    tag: str
    source: str  # number of the document that says it, else the title of its page
    start: int
    end: int
    quote: str
    whole: bool  # the whole clause, not a part of an overlong one


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """One document and how it stands to the one in the middle. None is "not stated"."""

    side: Side
    wording: str  # what is said, Vietnamese: "căn cứ vào", "thay thế"; of CHANGED_BY what befell the middle
    symbol: str
    type: str | None
    title: str | None  # only of one that is held
    issuer: str | None
    issued_on: str | None  # ISO 8601
    held: tuple[str, ...]  # ids, copies behind each other; empty: only mentioned
    ambiguous: bool  # several documents bear the number and nothing settles which is meant
    provision: str | None  # that is touched
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """The neighbours side by side, in the order of weight; `left_out`: how many there are beside them."""

    neighbours: tuple[Neighbour, ...] = ()
    left_out: tuple[tuple[Side, int], ...] = ()

    def on(self, side: Side) -> tuple[Neighbour, ...]:
        """The neighbours of one side."""
        return tuple(one for one in self.neighbours if one.side is side)

    def left_out_on(self, side: Side) -> int:
        """How many more there are on a side."""
        return dict(self.left_out).get(side, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A neighbour before it is described; `text[start:end]` of `page` names it."""

    side: Side
    node: Node
    relation: Relation | None  # None: `wording` tells it
    page: str
    start: int
    end: int
    provision: str | None = None
    ambiguous: bool = False
    wording: str = ""


def find_neighbourhood(
    store: Store, read: ReadDocument, document_id: str, *, as_of: date | None = None, most: int = MOST
) -> Neighbourhood:
    """What the collection shows around a held document; nothing around a page that only reports.

    `as_of`: the day, default today; `most`: how many of a side are described. `read` as for
    `index.verification`. Raises UnknownDocument.
    """
    if store.facts(document_id).kind is DocumentKind.NEWS:
        return Neighbourhood()
    finder = _Finder(store, read, document_id, as_of or datetime.now(VIETNAM).date())
    kept: list[Neighbour] = []
    left_out: list[tuple[Side, int]] = []
    for side in Side:
        found = finder.find(side)
        kept += [finder.describe(one) for one in found[:most]]
        if len(found) > most:
            left_out.append((side, len(found) - most))
    return Neighbourhood(neighbours=tuple(kept), left_out=tuple(left_out))


class _Finder:
    """One document with the look-ups around it."""

    def __init__(self, store: Store, read: ReadDocument, document_id: str, day: date) -> None:
        self.store = store
        self.document = read(document_id)
        self.day = day
        self.numbers = Numbers(store, read)
        self.node = self.numbers.node_of(document_id)  # None: it states no number
        self._strangers: dict[str, Node] = {}
        self._texts: dict[str, str] = {document_id: self.document.text}

    def find(self, side: Side) -> list[_Found]:
        """The neighbours of a side, each once, in order."""
        finders = {
            Side.BASIS: self._basis,
            Side.CHANGED: self._changed,
            Side.CHANGED_BY: self._changed_by,
            Side.CARRIED_OUT_BY: self._carried_out_by,
        }
        first: dict[int, _Found] = {}
        for one in finders[side]():
            if one.node is not self.node:
                first.setdefault(id(one.node), one)
        if side is Side.CARRIED_OUT_BY:
            return sorted(first.values(), key=_order_below)
        return list(first.values())

    # --- sides

    def _basis(self) -> Iterator[_Found]:
        if self.node is not None:
            said = self._said(Side.BASIS, self.node)
            yield from (one for one in said if one.relation is not Relation.BASED_ON)
        for reference in self.document.references:
            if self._is_recital(self.document.id, reference):
                yield self._at_own(Side.BASIS, Relation.BASED_ON, reference)

    def _changed(self) -> Iterator[_Found]:
        own = self.node.symbol if self.node is not None else None
        found = [
            (relation, reference)
            for reference in self.document.references
            if (relation := reference.relation) in _CHANGING
            and relation is not None
            and _is_own(reference.subject, own)
            and not reference.symbol.startswith("?")
            and (own is None or may_change(own, reference.symbol) or relation is Relation.CONSOLIDATES)
        ]
        for relation, reference in sorted(found, key=lambda one: _CHANGING.index(one[0])):
            yield self._at_own(Side.CHANGED, relation, reference)

    def _changed_by(self) -> Iterator[_Found]:
        for one in find_effect(self.store, self.document.id, as_of=self.day).evidence:
            if one.by is not None and one.effect in _TOUCHING:
                node, ambiguous = self._acting(one)
                yield _Found(
                    side=Side.CHANGED_BY,
                    node=node,
                    relation=None,
                    wording=str(one.effect),
                    page=one.document_id,
                    start=one.start,
                    end=one.end,
                    provision=one.provision,
                    ambiguous=ambiguous,
                )

    def _carried_out_by(self) -> Iterator[_Found]:
        if self.node is None:
            return
        yield from self._said(Side.CARRIED_OUT_BY, self.node)
        for page, reference in self.node.mentions:
            if page in self.node.held or not self._is_recital(page, reference):
                continue
            citing = self.numbers.node_of(page)
            if citing is not None:
                yield _Found(
                    side=Side.CARRIED_OUT_BY,
                    node=citing,
                    relation=Relation.BASED_ON,
                    page=page,
                    start=reference.start,
                    end=reference.end,
                )

    def _said(self, side: Side, node: Node) -> Iterator[_Found]:
        """What any page says to lie above the document of `node`, or below it."""
        upwards = side is Side.BASIS
        for said, page, other in find_said(self.numbers, node, upwards=upwards):
            upper, lower = (other, node) if upwards else (node, other)
            if may_lie_above(upper, lower, self.day):
                yield _Found(
                    side=side,
                    node=other,
                    relation=said.relation,
                    page=page,
                    start=said.upper.start,
                    end=said.upper.end,
                )

    # --- what a mention means

    def _at_own(self, side: Side, relation: Relation, reference: Reference) -> _Found:
        """The document that a mention in the middle's own text means."""
        node = self.numbers.node_at(self.document.id, reference)
        return _Found(
            side=side,
            node=node or self._stranger(reference.symbol, reference),
            relation=relation,
            page=self.document.id,
            start=reference.start,
            end=reference.end,
            provision=reference.provision,
            ambiguous=node is None,
        )

    def _acting(self, one: EffectEvidence) -> tuple[Node, bool]:
        """The document that does it, and whether nothing settles which of several it is."""
        by = one.by or ""
        node = None if one.secondary else self.numbers.node_of(one.document_id)
        if node is not None and symbol_key(node.symbol) == symbol_key(by):
            return node, False
        bearers = self.numbers.bearers(by)
        return (bearers[0], False) if len(bearers) == 1 else (self._stranger(by, None), bool(bearers))

    def _stranger(self, symbol: str, mention: Reference | None) -> Node:
        """A document of which only the number is sure; the same one for all of its mentions."""
        key = symbol_key(symbol)
        if key not in self._strangers:
            mention = mention or Reference(
                symbol=symbol, relation=None, date=None, issuer=None, start=0, end=0, symbol_start=0, symbol_end=0
            )  # fmt: skip
            self._strangers[key] = Node(
                symbol=symbol, key=key_of_reference(mention), issuer=mention.issuer, issued_on=mention.date
            )
        return self._strangers[key]

    def _is_recital(self, page: str, reference: Reference) -> bool:
        """Whether a mention stands in a line of the opening that begins with "Căn cứ", of the page itself."""
        if reference.relation is not Relation.BASED_ON or reference.symbol.startswith("?"):
            return False
        if reference.subject is not None or reference.start > _OPENING:
            return False
        if self.numbers.facts(page).kind is not DocumentKind.OFFICIAL:
            return False
        text = self._text(page)
        return _RECITAL.match(text, text.rfind("\n", 0, reference.start) + 1) is not None

    def _text(self, page: str) -> str:
        if page not in self._texts:
            self._texts[page] = self.store.text(page)
        return self._texts[page]

    # --- telling

    def describe(self, found: _Found) -> Neighbour:
        """A neighbour with all that is shown of it."""
        node = found.node
        title = node.facts.title.value if node.facts is not None and node.facts.title is not None else None
        return Neighbour(
            side=found.side,
            wording=found.wording or name_relation(found.relation),
            symbol=node.symbol,
            type=type_of(self.numbers, node),
            title=fold_spaces(title) if title else None,
            issuer=node.issuer,
            issued_on=node.issued_on,
            held=tuple(node.held),
            ambiguous=found.ambiguous,
            provision=found.provision,
            words=self._quote(found),
        )

    def _quote(self, found: _Found) -> Words:
        text = self._text(found.page)
        start, end, whole = find_words(text, found.start, found.end)
        symbol = self.numbers.facts(found.page).symbol
        news = self.numbers.facts(found.page).kind is DocumentKind.NEWS
        named = symbol.value if symbol is not None and not news else None
        return Words(
            document_id=found.page,
            tag=text_sha256(text)[:TAG],
            source=named or fold_spaces(self.store.sources([found.page])[0].title),
            start=start,
            end=end,
            quote=text[start:end],
            whole=whole,
        )


def find_words(text: str, start: int, end: int) -> tuple[int, int, bool]:
    """(start, end, whether it is whole) of the clause around `text[start:end]`, cut at words where overlong."""
    at = Reference(
        symbol="", relation=None, date=None, issuer=None, start=start, end=end, symbol_start=start, symbol_end=end
    )  # fmt: skip
    low, high = clause_around(text, at)
    first, last = max(low, start - _BEFORE), min(high, end + _BEHIND)
    if first > low:
        space = text.find(" ", first, start)
        first = space + 1 if space > 0 else start
    if last < high:
        space = text.rfind(" ", end, last)
        last = space if space > 0 else end
    first += len(text[first:start]) - len(text[first:start].lstrip())
    last -= len(text[end:last]) - len(text[end:last].rstrip())
    return first, last, first <= low + _margin(text, low) and last >= high - _margin_behind(text, high)


def _margin(text: str, low: int) -> int:
    return len(text[low:]) - len(text[low:].lstrip())


def _margin_behind(text: str, high: int) -> int:
    return len(text[:high]) - len(text[:high].rstrip())


def _is_own(subject: str | None, own: str | None) -> bool:
    return subject is None or (own is not None and symbol_key(subject) == symbol_key(own))


def _order_below(found: _Found) -> tuple[int, int, str, str]:
    """What says most first, then by level and by day."""
    node = found.node
    level = RANKS[node.level] if node.level else len(RANKS)
    weight = _WEIGHT.get(found.relation, len(_WEIGHT)) if found.relation else len(_WEIGHT)
    return weight, level, year_of(node) or "9", node.symbol
