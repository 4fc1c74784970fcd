"""Which documents a question means by the numbers it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.errors import CorpusError
from corpus.identity import DocumentKey, key_of_facts, same_document
from corpus.models import DocumentKind, Relation
from corpus.places import related_provinces
from corpus.store import Store
from corpus.symbols import symbol_key
from corpus.text import fold
from index.answering.page_subject import is_told_of, number_opening
from index.question import Question
from index.terms import Term, coverage, normal_form

_ABOUT = 0.3  # share of a question's words that a title must have to speak for its document
_TOLD = 3  # words of content that a question must have for titles to be compared with it
_CLEARLY = 2.0  # times as much as any other's


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A number that is asked for and the documents of the collection that bear it and fit the question."""

    symbol: str
    held: tuple[str, ...]  # document ids; none: the number is only mentioned, or unknown
    pages: tuple[str, ...]  # ids of pages that bear no number and are about it, where it is not held
    known: bool  # the collection bears it or mentions it

    @property
    def key(self) -> str:
        return symbol_key(self.symbol)


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What the numbers of a question mean."""

    each: tuple[Target, ...]  # one for every number typed whole, or short with one meaning
    choices: tuple[Target, ...]  # what a short form may mean, where nothing in the question decides

    @property
    def held(self) -> frozenset[str]:
        return frozenset(name for target in (*self.each, *self.choices) for name in target.held)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(target.key for target in (*self.each, *self.choices))


def narrow_targets(targets: Targets, selects: Callable[[str], bool]) -> Targets:
    """The targets with the documents alone that are searched; a number that only others bear is not asked for."""

    def inside(target: Target) -> Target | None:
        held = tuple(filter(selects, target.held))
        if target.held and not held:
            return None
        return replace(target, held=held, pages=tuple(filter(selects, target.pages)))

    return Targets(
        each=tuple(filter(None, map(inside, targets.each))),
        choices=tuple(filter(None, map(inside, targets.choices))),
    )


def find_targets(store: Store, question: Question) -> Targets:
    """The documents meant by the numbers of a question."""
    query = question.query
    short = {symbol for candidates in query.short_forms.values() for symbol in candidates}
    each = [_target(store, question, symbol) for symbol in query.symbols if symbol not in short]
    choices: list[Target] = []
    for candidates in query.choices.values():
        most = max((len(choice.reasons) for choice in candidates), default=0)
        likely = [choice.symbol for choice in candidates if len(choice.reasons) == most]
        targets = [_target(store, question, symbol) for symbol in likely]
        if len(targets) > 1 and sum(" " not in term.form for term in question.terms) >= _TOLD:
            targets = _by_title(store, question, targets)
        if len(targets) == 1:
            each += targets
        else:
            choices += targets
    return Targets(each=tuple(each), choices=tuple(choices))


def _by_title(store: Store, question: Question, targets: Sequence[Target]) -> list[Target]:
    """The one whose title has clearly more of the question than any other's; else all."""
    shares = [
        max((title_share(store, question, name) for name in target.held), default=0.0) for target in targets
    ]
    best = max(shares)
    rest = sorted(shares)[-2] if len(shares) > 1 else 0.0
    if best >= _ABOUT and best >= _CLEARLY * rest:
        return [targets[shares.index(best)]]
    return list(targets)


def _target(store: Store, question: Question, symbol: str) -> Target:
    held = tuple(
        name for name in store.documents_with_symbol(symbol) if not _is_elsewhere(store, name, question)
    )
    if len(held) > 1:
        held = _narrow(store, question, held)
    pages = () if held else _pages_about(store, symbol)
    known = bool(held or pages) or store.mentioned(symbol) is not None
    return Target(symbol=symbol, held=tuple(held), pages=pages, known=known)


_OPENING = 1500  # characters of a page in which it names what it is about
_PAGES = 8


_ARTICLE = re.compile(r"^[#>*\s]*Điều \d+\b", re.MULTILINE)
_ARTICLES = 2


def is_copied(store: Store, symbol: str) -> bool:
    """Whether a page gives the text of the document with a number, but not as that document: a copy without its form.

    It has its articles, or calls the number its own.
    """
    pages = _pages_about(store, symbol)
    return any(_calls_own(store, name, symbol) for name in pages) or any(
        len(_ARTICLE.findall(store.text(name))) >= _ARTICLES for name in pages
    )


def _calls_own(store: Store, document_id: str, symbol: str) -> bool:
    profile = store.profile(document_id)
    if profile.kind is DocumentKind.NEWS:
        return False
    own = [one.symbol for one in profile.references if one.relation is Relation.OWN]
    if profile.kind is DocumentKind.OFFICIAL and (titled := number_opening(profile.title)):
        own.append(titled)
    return symbol_key(symbol) in map(symbol_key, own)


def _pages_about(store: Store, symbol: str) -> tuple[str, ...]:
    """Pages without a number of their own that are about a number, the first that the store names.

    Those that lost their letterhead may have it in their title alone.
    """
    opening = (name for name, r in store.references_to(symbol) if r.start <= _OPENING)
    named = dict.fromkeys((*opening, *store.titled_with(symbol)))
    return tuple(name for name in named if is_told_of(store.profile(name), symbol))[:_PAGES]


def _narrow(store: Store, question: Question, held: Sequence[str]) -> tuple[str, ...]:
    """Of several bearers of one number those of the place asked for, else the one that the words speak for."""
    if question.places:
        here = [name for name in held if is_of_place(store, name, question.places)]
        if here:
            held = here
    if len(held) > 1:
        shares = [title_share(store, question, name) for name in held]
        best, rest = sorted(shares)[-1], sorted(shares)[-2]
        if best >= _ABOUT and best >= _CLEARLY * rest:
            return (held[shares.index(best)],)
    return tuple(held)


def _is_elsewhere(store: Store, document_id: str, question: Question) -> bool:
    """Whether a bearer is of a province and the question names others: 153/KH-UBND of Cần Thơ is not Hà Nội's."""
    try:
        province = store.facts(document_id).province
    except CorpusError:
        return True
    if province is None or not question.query.places:
        return False
    names = {fold(name) for name in (province.value, *related_provinces(province.value))}
    asked = {
        fold(name)
        for place in question.query.places
        for name in (*place.provinces, *place.current, *place.related)
    }
    return not names & asked


def is_of_place(store: Store, document_id: str, places: Sequence[str]) -> bool:
    """Whether a document says of itself that it is of one of the places, or of what became of it."""
    try:
        facts = store.facts(document_id)
    except CorpusError:  # removed by a writer since it was listed
        return False
    own = [fact.value for fact in (facts.province, facts.place) if fact]
    names = {fold(name) for one in own for name in (one, *related_provinces(one))}
    return any(fold(place) in names for place in places)


def list_distinct(store: Store, held: Sequence[str]) -> tuple[str, ...]:
    """Of documents that bear one number, each act once: two pages may hold the same one."""
    kept: dict[str, DocumentKey | None] = {}
    for name in held:
        try:
            key = key_of_facts(store.facts(name))
        except CorpusError:  # removed by a writer since it was listed
            continue
        if not any(one and key and same_document(one, key) for one in kept.values()):
            kept[name] = key
    return tuple(kept)


def title_share(store: Store, question: Question, document_id: str) -> float:
    """The share (0–1) of a question's words that stand in a document's title."""
    try:
        title = store.profile(document_id).title
    except CorpusError:
        return 0.0
    return share_in(question.terms, title)


def share_in(terms: Sequence[Term], text: str) -> float:
    """The share (0–1) of the terms' weight that a text has."""
    return coverage(terms, [(normal_form(text), 1.0)])
