"""Acts that changed a document after it was written: words of it may no longer be what holds.

A page on an amending decree tells of one state of the decree that it amends; what amended that one since counts
as much as what amended the page's own subject.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from corpus.effect import Effect, EffectEvidence, find_effect_of_number
from corpus.models import Reference, Relation
from corpus.store import Profile, Store
from corpus.symbols import find_symbols, read_symbol, symbol_key
from corpus.text import fold
from index.answering.page_subject import page_subject

_CHANGED = frozenset({Effect.AMENDED, Effect.PARTLY, Effect.REPLACED, Effect.ABROGATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterAct:
    """`symbol` did `effect` to `base` after the document asked about; `evidence` says so."""

    symbol: str
    base: str
    effect: Effect
    issued_on: str | None  # ISO 8601; None where several documents bear its number, or none that is held
    later: bool  # than what is quoted; False: it changed a document that was asked for by its number
    held: tuple[str, ...]  # ids of the documents that bear its number
    evidence: EffectEvidence


def find_later_acts(store: Store, document_id: str) -> tuple[LaterAct, ...]:
    """What changed the document, or what it amends, after it, the latest first; each act once.

    A page without number counts as the act that it is about, where its title names that. Where the day is unknown
    nothing is later.
    Raises UnknownDocument.
    """
    profile = store.profile(document_id)
    titled = {symbol_key(mention.canonical) for mention in find_symbols(profile.title)}
    subject = profile.symbol or page_subject(profile)
    if profile.symbol is None and symbol_key(subject or "") not in titled:
        return ()
    own_day = _own_day(store, profile, subject) if subject else None
    if subject is None or own_day is None:
        return ()
    found: dict[str, LaterAct] = {}
    for base, told in _statements(store, profile, subject, titled):
        act = _read_act(store, base, told, later=True)
        if act is None or symbol_key(act.symbol) == symbol_key(subject):
            continue
        if act.issued_on > own_day if act.issued_on else _year(act.symbol) > own_day[:4]:
            found.setdefault(symbol_key(act.symbol), act)
    return tuple(sorted(found.values(), key=lambda act: act.issued_on or _year(act.symbol), reverse=True))


def find_changes(store: Store, symbol: str) -> tuple[LaterAct, ...]:
    """What is said to have changed or ended the document with a number, which need not be held; each act once."""
    found: dict[str, LaterAct] = {}
    for told in find_effect_of_number(store, symbol, as_of=date.max).evidence:
        act = _read_act(store, symbol, told, later=False)
        if act is not None:
            found.setdefault(symbol_key(act.symbol), act)
    return tuple(found.values())


def _read_act(store: Store, base: str, told: EffectEvidence, *, later: bool) -> LaterAct | None:
    """The act that a statement tells of; None where it tells of none that changes others."""
    if told.by is None or told.effect not in _CHANGED or not _is_act(told.by):
        return None
    held = store.documents_with_symbol(told.by)
    if any(_announces(store.profile(name)) for name in held):
        return None  # a list of what has ended, by whatever ended it
    return LaterAct(
        symbol=told.by,
        base=base,
        effect=told.effect,
        issued_on=_issued_on(store, held[0]) if len(held) == 1 else None,
        later=later,
        held=held,
        evidence=told,
    )


def _statements(
    store: Store, profile: Profile, subject: str, titled: Collection[str]
) -> Iterator[tuple[str, EffectEvidence]]:
    """(number, what is said to be done to it), of the subject and of what its title says that it amends."""
    amended: dict[str, Reference] = {}
    for reference in profile.references:
        by = reference.subject or subject
        amends = reference.relation is Relation.AMENDS and symbol_key(by) == symbol_key(subject)
        if amends and symbol_key(reference.symbol) in titled:
            amended.setdefault(reference.symbol, reference)
    issuer = profile.issuer if profile.symbol else None
    province = profile.province if profile.symbol else None
    own = find_effect_of_number(store, subject, as_of=date.max, issuer=issuer, province=province)
    yield from ((subject, told) for told in own.evidence)
    for base, reference in amended.items():
        told = find_effect_of_number(
            store, base, as_of=date.max, issuer=reference.issuer, issued_on=reference.date
        )
        yield from ((base, one) for one in told.evidence)


def _own_day(store: Store, profile: Profile, subject: str) -> str | None:
    """The day of the act that the document is or tells of, else of the page, else the last that its number allows."""
    if profile.symbol is None:
        for reference in profile.references:
            if reference.date and symbol_key(reference.symbol) == symbol_key(subject):
                return reference.date
    year = _year(subject)
    return _issued_on(store, profile.id) or (f"{year}-12-31" if year else None)


def _issued_on(store: Store, document_id: str) -> str | None:
    day = store.facts(document_id).issued_on
    return day.value if day else None


def _announces(profile: Profile) -> bool:
    """Whether a document only makes known which acts have ended ("công bố danh mục văn bản … hết hiệu lực")."""
    return bool(_LIST_OF_ENDED.search(fold(f"{profile.title} {profile.head}")))


_LIST_OF_ENDED = re.compile(r"cong bo\s+(?:\w+\s+){0,3}danh muc\s+(?:[^.;]{0,80}\s)?het hieu luc")


def _is_act(symbol: str) -> bool:
    """Whether a number is that of an act that changes others: a letter ("5467/CT-CS") only tells of it."""
    mention = read_symbol(symbol)
    if mention is None or mention.type_code == "CT":  # a department's "CT-CS" looks like a directive
        return False
    return mention.type_code is not None or "QH" in symbol


def _year(symbol: str) -> str:
    """The year in a number; "" where it bears none."""
    mention = read_symbol(symbol)
    return str(mention.year) if mention and mention.year else ""
