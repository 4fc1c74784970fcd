"""The documents that bear a number, held or only mentioned, told apart by province, issuer and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.bodies import read_level
from corpus.identity import DocumentKey, is_central, key_of_facts, key_of_reference, same_document
from corpus.models import DocumentKind, Fact, Facts, Level, Reference, Relation, System
from corpus.places import current_province, related_provinces
from corpus.store import Store
from corpus.symbols import read_symbol, symbol_key
from corpus.text import fold, fold_spaces
from index.answering.chain_ties import BINDING, Said, read_ties
from index.verification import ReadDocument

RANKS = {level: rank for rank, level in enumerate(Level)}
_PARTY_LEVELS = {"TU": Level.PROVINCE, "HU": Level.DISTRICT, "QU": Level.DISTRICT, "ThU": Level.DISTRICT}


@dataclass(slots=True, kw_only=True, eq=False)
class Node:
    """One document; nodes are the same object where they are the same document."""

    symbol: str
    key: DocumentKey
    held: list[str] = field(default_factory=list)
    mentions: list[tuple[str, Reference]] = field(default_factory=list)  # (page, mention)
    facts: Facts | None = None  # of the first held
    issuer: str | None = None
    issued_on: str | None = None
    province: str | None = None
    level: Level | None = None


class Numbers:
    """Look-ups for one chain; everything is read once."""

    def __init__(self, store: Store, read: ReadDocument) -> None:
        self.store = store
        self.read = read
        self._bearers: dict[str, list[Node]] = {}
        self._placed: dict[tuple[str, int], Node] = {}
        self._own: dict[str, Node] = {}
        self._ties: dict[str, tuple[Said, ...]] = {}
        self._pages: dict[str, Facts] = {}
        self._references: dict[str, tuple[Reference, ...]] = {}

    def bearers(self, symbol: str) -> list[Node]:
        """The documents with a number; empty where it occurs nowhere."""
        name = symbol_key(symbol)
        if name not in self._bearers:
            self._bearers[name] = nodes = self._tell_apart(symbol)
            for node in nodes:
                self._describe(node)
                self._own |= dict.fromkeys(node.held, node)
                self._placed |= {(page, r.symbol_start): node for page, r in node.mentions}
        return self._bearers[name]

    def node_at(self, page: str, mention: Reference) -> Node | None:
        """The document that a mention means; None where nothing settles it."""
        self.bearers(mention.symbol)
        return self._placed.get((page, mention.symbol_start))

    def node_of(self, page: str) -> Node | None:
        """The document that a page is."""
        symbol = self.facts(page).symbol
        if symbol is not None:
            self.bearers(symbol.value)
        return self._own.get(page)

    def ties(self, page: str) -> tuple[Said, ...]:
        """What a page says of who implements whom."""
        if page not in self._ties:
            self._ties[page] = read_ties(self.read(page))
        return self._ties[page]

    def facts(self, page: str) -> Facts:
        """The facts of a page."""
        if page not in self._pages:
            self._pages[page] = self.store.facts(page)
        return self._pages[page]

    def references(self, page: str) -> tuple[Reference, ...]:
        """The references of a page."""
        if page not in self._references:
            self._references[page] = self.store.references(page)
        return self._references[page]

    # --- telling apart

    def _tell_apart(self, symbol: str) -> list[Node]:
        nodes: list[Node] = []
        for page in self.store.documents_with_symbol(symbol):
            self._place_held(page, nodes)
        mentions = [(p, r) for p, r in self.store.references_to(symbol) if not r.symbol.startswith("?")]
        rest = []
        for page, mention in sorted(mentions, key=lambda one: -_fullness(one[1])):
            if not self._place_mention(page, mention, nodes):
                rest.append((page, mention))
        for page, mention in rest:  # another look, now that all are known
            self._place_mention(page, mention, nodes)
        return nodes

    def _place_held(self, page: str, nodes: list[Node]) -> None:
        facts = self.facts(page)
        key = key_of_facts(facts)
        if key is None or facts.symbol is None or facts.kind is DocumentKind.NEWS:
            return
        copies = set(self.store.copies(page))
        for node in nodes:
            same = same_document(node.key, key)
            if copies & set(node.held) or same or (same is None and _same_title(node.facts, facts)):
                node.held.append(page)
                node.key = _merge(node.key, key)
                return
        nodes.append(Node(symbol=facts.symbol.value, key=key, held=[page], facts=facts))

    def _place_mention(self, page: str, mention: Reference, nodes: list[Node]) -> bool:
        """Give a mention to the document that it means; False where several may be meant."""
        own = next((node for node in nodes if page in node.held), None)
        if own is not None:
            own.mentions.append((page, mention))
            own.key = _merge(own.key, key_of_reference(mention, province=own.key.province))
            return True
        facts = self.facts(page)
        key = key_of_reference(mention, province=facts.province.value if facts.province else None)
        told = [(node, same_document(node.key, key)) for node in nodes]
        sure = [node for node, same in told if same]
        said_on = facts.issued_on.value if facts.issued_on else None
        likely = [n for n, same in told if same is None and not _is_before(said_on, n.key.date)]
        if not sure and len(likely) > 1:
            return False
        node = next(iter(sure or likely), None) or Node(symbol=mention.symbol, key=key)
        if node not in nodes:
            nodes.append(node)
        node.mentions.append((page, mention))
        node.key = _merge(node.key, key)
        return True

    # --- what is known of it

    def _describe(self, node: Node) -> None:
        facts = [self.facts(page) for page in node.held]
        node.issuer = _first(f.issuer for f in facts) or _most_told(r.issuer for _, r in node.mentions)
        node.issued_on = _first(f.issued_on for f in facts) or _most_told(r.date for _, r in node.mentions)
        level = _first(f.level for f in facts)
        node.level = Level(level) if level else _level_of(node.symbol, node.issuer)
        central = node.level is Level.CENTRAL
        node.province = None if central else _first(f.province for f in facts) or node.key.province


def find_meant(bearers: Sequence[Node], place: str | None) -> list[Node]:
    """The bearers of a number that may be of a province; those known to be of it where there are some."""
    if place is None:
        return list(bearers)
    return [node for node in bearers if is_in(node, place)] or [n for n in bearers if n.province is None]


def is_in(node: Node, place: str) -> bool:
    """Whether a document is of a province, or of one that has become part of it."""
    if node.province is None:
        return False
    if fold(node.province) == fold(place):
        return True
    return fold(current_province(node.province) or "") == fold(place)


def find_said(numbers: Numbers, node: Node, *, upwards: bool) -> Iterator[tuple[Said, str, Node]]:
    """(statement, its page, the document at the other end), the weightiest first."""
    key = symbol_key(node.symbol)
    found = []
    for page in _pages_telling(numbers, node, key, upwards=upwards):
        for said in numbers.ties(page):
            end = said.lower if upwards else said.upper
            if end is not None and symbol_key(end.symbol) != key:
                continue
            lower = numbers.node_at(page, said.lower) if said.lower else numbers.node_of(page)
            if upwards and lower is not node:
                continue
            upper = numbers.node_at(page, said.upper)
            if not upwards and upper is not node:
                continue
            other = upper if upwards else lower
            if other is not None and other is not node:
                found.append((said, page, other))
    return iter(sorted(found, key=lambda one: one[0].rank))


def _pages_telling(numbers: Numbers, node: Node, key: str, *, upwards: bool) -> Iterator[str]:
    """The pages that may say something of the kind, so that others need not be read."""
    if upwards:
        yield from node.held
    for page in dict.fromkeys(page for page, _ in node.mentions):
        if upwards and page in node.held:
            continue
        references = numbers.references(page)
        if upwards:
            tells = any(r.subject is not None and symbol_key(r.subject) == key for r in references)
        else:
            own = (r for r in references if symbol_key(r.symbol) == key)
            tells = any(r.relation in (*BINDING, Relation.REFERS_TO) for r in own)
        if tells:
            yield page


def may_lie_above(upper: Node, lower: Node, day: date) -> bool:
    """Whether level and date allow it, and both were there on the day."""
    if any(is_later(year_of(node), day.isoformat()) for node in (upper, lower)):
        return False
    if is_later(year_of(upper), year_of(lower)):
        return False
    if upper.level is None or lower.level is None:
        return True
    if RANKS[upper.level] > RANKS[lower.level]:
        return False
    here, there = upper.province, lower.province
    return here is None or there is None or bool({*related_provinces(here)} & {*related_provinces(there)})


def year_of(node: Node) -> str | None:
    """The day, else the year, that a document is of."""
    if node.issued_on is not None:
        return node.issued_on
    mention = read_symbol(node.symbol)
    return str(mention.year) if mention is not None and mention.year else None


def is_later(one: str | None, other: str | None) -> bool:
    """Whether one day (or year) is known to lie after another."""
    if one is None or other is None:
        return False
    short = min(len(one), len(other))
    return one[:short] > other[:short]


def _is_before(said_on: str | None, day: str | None) -> bool:
    """Whether a page was written before the document that it would speak of."""
    return is_later(day, said_on)


def _level_of(symbol: str, issuer: str | None) -> Level | None:
    mention = read_symbol(symbol)
    if mention is not None and is_central(mention):
        return Level.CENTRAL
    told = read_level(Fact(value=issuer), None) if issuer else None
    if told is not None:
        return Level(told.value)
    if mention is None or mention.system is not System.PARTY:
        return None
    return next(
        (at for code, at in _PARTY_LEVELS.items() if (mention.issuer_code or "").endswith(code)), None
    )


def _fullness(mention: Reference) -> int:
    return (mention.date is not None) * 2 + (mention.issuer is not None)


def _merge(one: DocumentKey, other: DocumentKey) -> DocumentKey:
    """What either tells; the longer name of an issuer has its place in it."""
    issuers = [issuer for issuer in (one.issuer, other.issuer) if issuer]
    days = [day for day in (one.date, other.date) if day]
    return replace(
        one,
        issuer=max(issuers, key=len) if issuers else None,
        province=one.province or other.province,
        date=max(days, key=len) if days else None,
    )


def _same_title(one: Facts | None, other: Facts) -> bool:
    titles = [fold_spaces(f.title.value).casefold() for f in (one, other) if f is not None and f.title]
    return len(titles) == 2 and titles[0] == titles[1]


def _first(facts: Iterable[Fact | None]) -> str | None:
    return next((fact.value for fact in facts if fact is not None), None)


def _most_told(values: Iterable[str | None]) -> str | None:
    """What most mentions say; of equals the longer, which names more."""
    counts = Counter(fold_spaces(value) for value in values if value)
    return max(counts, key=lambda value: (counts[value], len(value)), default=None)
