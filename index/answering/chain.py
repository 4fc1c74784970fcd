"""The governing chain of a document: trung ương → tỉnh → (huyện) → xã, each step with the words that prove it.

Upwards from the document asked for goes what it implements, guides or, where nothing stronger is said, is based
on; downwards what implements it. `chain_ties` says what counts as such a statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from corpus.models import Level
from corpus.store import Store
from corpus.text import fold
from index.answering import chain_wording as wording
from index.answering.chain_links import describe_link
from index.answering.chain_models import Bearer, Chain, Link, Tie
from index.answering.chain_numbers import (
    RANKS,
    Node,
    Numbers,
    find_meant,
    find_said,
    is_in,
    is_later,
    may_lie_above,
    year_of,
)
from index.answering.chain_spans import cite_said
from index.answering.chain_ties import Said
from index.models import Answer
from index.verification import ReadDocument
from ingest.published import VIETNAM

_STEPS = 6  # more levels than there are, for plans of one level that implement each other
_BELOW = 24  # links below the one asked for that are shown


@dataclass(slots=True)
class _Branch:
    """The nodes found so far; `ties` by (id of lower, id of upper)."""

    nodes: list[Node] = field(default_factory=list)
    ties: dict[tuple[int, int], Tie] = field(default_factory=dict)
    steps: dict[int, int] = field(default_factory=dict)  # id of a node → steps below the one asked for
    placeless: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    def add(self, node: Node, step: int) -> bool:
        """Whether it is new."""
        if id(node) in self.steps:
            return False
        self.nodes.append(node)
        self.steps[id(node)] = step
        return True


def find_chain(
    store: Store, read: ReadDocument, symbol: str, *, place: str | None = None, as_of: date | None = None
) -> Chain:
    """The chain of a document number, held or only mentioned.

    `place`: the province whose branch is asked for; a document of a province keeps to its own. `as_of`: the day
    (default today); documents issued later are left out. With several documents of the number `choices` says
    which; with none `notes` says so. `read` as for `index.verification`.
    """
    day = as_of or datetime.now(VIETNAM).date()
    empty = Chain(symbol=symbol, as_of=day.isoformat())
    numbers = Numbers(store, read)
    bearers = numbers.bearers(symbol)
    if not bearers:
        return replace(empty, notes=(wording.unknown_number(symbol),))
    meant = find_meant(bearers, place)
    if not meant:
        return replace(
            empty,
            choices=tuple(map(as_choice, bearers)),
            notes=(wording.not_in_place(symbol, place or ""),),
        )
    if len(meant) > 1:
        return replace(
            empty,
            choices=tuple(map(as_choice, meant)),
            notes=(wording.several(symbol, len(meant)),),
        )
    return _chain_of(numbers, meant[0], place, day)


def add_chain(
    given: Answer,
    store: Store,
    read: ReadDocument,
    symbol: str,
    *,
    place: str | None = None,
    as_of: date | None = None,
) -> Answer:
    """The answer with the chain of the document that governs, for a question that asks for it."""
    chain = find_chain(store, read, symbol, place=place, as_of=as_of)
    told = tuple(wording.tell_bearer(choice) for choice in chain.choices)
    return replace(given, chain=chain.links, chain_notes=(*chain.notes, *told))


def _chain_of(numbers: Numbers, asked: Node, place: str | None, day: date) -> Chain:
    branch = _Branch()
    branch.add(asked, 0)
    at = place or asked.province
    _climb(numbers, branch, asked, day)
    _descend(numbers, branch, asked, at, day)
    links = tuple(_links(numbers, branch, asked, day))
    return Chain(
        symbol=asked.symbol,
        as_of=day.isoformat(),
        links=links,
        notes=tuple(_notes(branch, links, asked, at, day)),
    )


# --- finding


def _climb(numbers: Numbers, branch: _Branch, asked: Node, day: date) -> None:
    """Take in all that lies above."""
    level = [asked]
    for step in range(1, _STEPS):
        found = []
        for lower in level:
            for said, page, upper in find_said(numbers, lower, upwards=True):
                tied = may_lie_above(upper, lower, day) and _tie(numbers, branch, said, page, lower, upper)
                if tied and branch.add(upper, -step):
                    found.append(upper)
        level = found


def _descend(numbers: Numbers, branch: _Branch, asked: Node, place: str | None, day: date) -> None:
    """Take in what implements it, step by step, of one place where one is asked for."""
    level = [asked]
    for step in range(1, _STEPS):
        found: list[Node] = []
        for upper in level:
            said = [s for s in find_said(numbers, upper, upwards=False) if may_lie_above(upper, s[2], day)]
            for one, page, lower in sorted(said, key=lambda s: _nearness(s[2])):
                if not _is_wanted(branch, lower, place):
                    continue
                if id(lower) not in branch.steps and _count_below(branch) >= _BELOW:
                    branch.left_out.add(lower.symbol)
                elif _tie(numbers, branch, one, page, lower, upper) and branch.add(lower, step):
                    found.append(lower)
        level = found


def _tie(numbers: Numbers, branch: _Branch, said: Said, page: str, lower: Node, upper: Node) -> bool:
    """Whether two nodes are tied: with words that pass the gate, and not in a circle."""
    if (id(lower), id(upper)) in branch.ties:
        return True
    if _leads_to(branch, upper, lower):
        return False
    citation = cite_said(numbers.read, numbers.read(page), said)
    if citation is None:
        return False
    branch.ties[id(lower), id(upper)] = Tie(upper=upper.symbol, relation=said.relation, citation=citation)
    return True


def _leads_to(branch: _Branch, start: Node, end: Node) -> bool:
    """Whether the ties lead up from one node to another."""
    waiting, seen = [id(start)], set[int]()
    while waiting:
        at = waiting.pop()
        if at == id(end):
            return True
        if at not in seen:
            seen.add(at)
            waiting += [upper for lower, upper in branch.ties if lower == at]
    return False


def _is_wanted(branch: _Branch, node: Node, place: str | None) -> bool:
    if place is None or node.level is Level.CENTRAL:
        return True
    if node.province is None:
        branch.placeless.add(node.symbol)
        return False
    return is_in(node, place)


def _nearness(node: Node) -> tuple[int, str]:
    return RANKS[node.level] if node.level else len(RANKS), year_of(node) or "9"


def _count_below(branch: _Branch) -> int:
    return sum(step > 0 for step in branch.steps.values())


def as_choice(node: Node) -> Bearer:
    return Bearer(
        symbol=node.symbol,
        issuer=node.issuer,
        province=node.province,
        issued_on=node.issued_on,
        held=tuple(node.held),
    )


# --- telling


def _links(numbers: Numbers, branch: _Branch, asked: Node, day: date) -> Iterator[Link]:
    for node in sorted(branch.nodes, key=lambda node: _order(branch, node)):
        uppers = [n for n in branch.nodes if (id(node), id(n)) in branch.ties]
        ties = [branch.ties[id(node), id(upper)] for upper in uppers]
        yield describe_link(numbers, node, ties, uppers, asked=node is asked, as_of=day)


def _order(branch: _Branch, node: Node) -> tuple[int, str, int, str, str]:
    """By level, province by province, then by steps; one of no known level comes behind what it implements."""
    rank = RANKS[node.level] if node.level else _rank_above(branch, node)
    return rank, fold(node.province or ""), branch.steps[id(node)], year_of(node) or "9", node.symbol


def _rank_above(branch: _Branch, node: Node) -> int:
    above = [n for n in branch.nodes if (id(node), id(n)) in branch.ties]
    return max((RANKS[n.level] for n in above if n.level), default=len(RANKS))


def _notes(
    branch: _Branch, links: Sequence[Link], asked: Node, place: str | None, day: date
) -> Iterator[str]:
    if is_later(year_of(asked), day.isoformat()):
        yield wording.issued_later(asked.symbol, day.isoformat())
        return
    by_symbol = {link.symbol: link for link in links}
    for link in links:
        if not link.ties and link.level is not Level.CENTRAL:
            yield wording.no_upper(link)
        for tie in link.ties:
            upper = by_symbol[tie.upper]
            if link.level in (Level.DISTRICT, Level.COMMUNE) and upper.level is Level.CENTRAL:
                yield wording.no_province(link, upper)
    if not any(branch.steps[id(node)] > 0 for node in branch.nodes):
        yield wording.no_lower(asked.symbol, place)
    if branch.left_out:
        yield wording.left_out(len(branch.left_out))
    if place and branch.placeless:
        yield wording.without_place(len(branch.placeless), place)
