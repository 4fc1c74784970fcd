"""The documents that implement one, step by step, each with the words that say so.

A document counts that says of itself that it implements, guides or (in what is its task) is based on the one
asked for, or of which another page says so; further steps follow only "thực hiện" and "hướng dẫn", and name the
document between. `index.answering.chain_ties` says what counts as such a statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from corpus.effect import EffectEvidence
from corpus.models import DocumentKind, Level, Relation
from corpus.store import Store
from corpus.symbols import symbol_key
from index.answering.chain import as_choice
from index.answering.chain_links import (
    OVER,
    cite_effect,
    effect_of,
    first_day,
    title_of,
    type_of,
    word_effect,
)
from index.answering.chain_numbers import (
    RANKS,
    Node,
    Numbers,
    find_meant,
    find_said,
    is_later,
    may_lie_above,
    year_of,
)
from index.answering.chain_spans import cite_said, cite_sentence
from index.answering.chain_ties import Said
from index.answering.chain_wording import issued_later, unknown_number
from index.radar import wording
from index.radar.holders import find_bodies, find_provinces
from index.radar.models import Ending, Implementation, Mention, Radar, SetAside, Shown, Timing
from index.verification import ReadDocument
from ingest.published import VIETNAM

_STEPS = 4  # centre → province → district → commune
_CARRIED_ON = frozenset({Relation.IMPLEMENTS, Relation.GUIDES})


@dataclass(slots=True)
class _Found:
    """What is gathered of one document."""

    implementations: list[Implementation] = field(default_factory=list)
    set_aside: dict[tuple[str, str], SetAside] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)  # ids of nodes

    def refuse(self, symbol: str, page: str, reason: str) -> None:
        self.set_aside.setdefault((symbol, page), SetAside(symbol=symbol, document_id=page, reason=reason))


def find_radar(
    store: Store,
    read: ReadDocument,
    symbol: str,
    *,
    place: str | None = None,
    issued_on: date | None = None,
    as_of: date | None = None,
) -> Radar:
    """Who implements the document of a number, held or only mentioned, as the collection shows it.

    `place`, `issued_on`: the province and the day of the document that is meant, where several bear the number.
    `as_of`: the day (default today); documents issued later are left out, and provinces are those of that day.
    `read` as for `index.verification`.
    """
    day = as_of or datetime.now(VIETNAM).date()
    empty = Radar(symbol=symbol, as_of=day.isoformat())
    numbers = Numbers(store, read)
    bearers = numbers.bearers(symbol)
    if not bearers:
        return replace(empty, notes=(unknown_number(symbol),))
    meant = find_meant(bearers, place)
    if issued_on is not None:
        meant = [node for node in meant if node.issued_on == issued_on.isoformat()]
    if len(meant) != 1:
        told = wording.several(symbol, len(meant)) if meant else wording.none_meant(symbol)
        return replace(empty, choices=tuple(map(as_choice, meant or bearers)), notes=(told,))
    asked = meant[0]
    if is_later(year_of(asked), day.isoformat()):
        told = issued_later(asked.symbol, day.isoformat())
        return replace(empty, bearer=as_choice(asked), notes=(told,))
    return _radar_of(numbers, asked, day)


def _radar_of(numbers: Numbers, asked: Node, day: date) -> Radar:
    effect, told = effect_of(numbers, asked, day)
    ending = _read_ending(numbers, asked, told) if told is not None and effect in OVER else None
    found = _follow(numbers, asked, ending, day)
    implementations = tuple(sorted(found.implementations, key=_order))
    central = asked.level is Level.CENTRAL
    find_holders = find_provinces if central else find_bodies
    counted = {page for one in implementations for page in one.held} | set(asked.held)
    citing = {page for page, _ in asked.mentions} - counted
    holders = find_holders(
        numbers.store, as_choice(asked), implementations, citing=citing, since=year_of(asked), as_of=day
    )
    radar = Radar(
        symbol=asked.symbol,
        as_of=day.isoformat(),
        bearer=as_choice(asked),
        title=title_of(numbers, asked),
        effect_wording=word_effect(numbers, told) if told else None,
        ending=ending,
        implementations=implementations,
        mentions=tuple(sorted(_find_mentions(numbers, asked, found, day), key=_by_day)),
        holders=holders,
        since=year_of(asked),
        set_aside=tuple(found.set_aside.values()),
    )
    return replace(radar, notes=tuple(wording.notes_on(radar)))


def _order(one: Implementation) -> tuple[bool, bool, str, str]:
    return one.via is not None, one.issued_on is None, one.issued_on or "", one.symbol


def _by_day(one: Mention) -> tuple[bool, str, str]:
    return one.said_on is None, one.said_on or "", one.citation.title


# --- what ended it


def _read_ending(numbers: Numbers, asked: Node, told: EffectEvidence) -> Ending:
    since = first_day(numbers, told)
    whole = since if since is not None and _is_day(since) else None
    return Ending(
        effect=told.effect,
        by=told.by,
        day=whole,
        issued=told.since is None,
        wording=word_effect(numbers, told),
        citation=cite_effect(numbers, asked, told),
    )


def _is_day(written: str) -> bool:
    """Whether it is a whole date and not a year."""
    return len(written) == len("2021-07-15")


# --- what implements it


def _follow(numbers: Numbers, asked: Node, ending: Ending | None, day: date) -> _Found:
    found = _Found(seen={id(asked)})
    level = [asked]
    for _ in range(_STEPS):
        below: list[Node] = []
        for upper in level:
            for lower, statements in _statements(numbers, upper, found, day, direct=upper is asked):
                if ending is not None and ending.by and symbol_key(ending.by) == symbol_key(lower.symbol):
                    found.refuse(lower.symbol, statements[0][1], wording.ENDS_IT)
                    continue
                implementation = _describe(numbers, asked, upper, lower, statements, ending)
                if implementation is None:
                    found.refuse(lower.symbol, statements[0][1], wording.NO_WORDS)
                    continue
                found.seen.add(id(lower))
                found.implementations.append(implementation)
                below.append(lower)
        level = below
    return found


def _statements(
    numbers: Numbers, upper: Node, found: _Found, day: date, *, direct: bool
) -> Iterator[tuple[Node, list[tuple[Said, str]]]]:
    """The documents that are said to implement one, each with (statement, page), the most telling first."""
    said_of: dict[int, tuple[Node, list[tuple[Said, str]]]] = {}
    for said, page, lower in find_said(numbers, upper, upwards=False):
        if id(lower) in found.seen or (not direct and said.relation not in _CARRIED_ON):
            continue
        if (why := _why_not(upper, lower, day)) is not None:
            if why:
                found.refuse(lower.symbol, page, why)
            continue
        said_of.setdefault(id(lower), (lower, []))[1].append((said, page))
    for lower, statements in said_of.values():
        yield lower, sorted(statements, key=lambda one: (_SHOWN[_shown(numbers, *one)], one[0].rank))


def _why_not(upper: Node, lower: Node, day: date) -> str | None:
    """Why a statement is not believed; "" for what the day asked for leaves out; None: it is believed."""
    if is_later(year_of(lower), day.isoformat()):
        return ""
    if may_lie_above(upper, lower, day):
        return None
    if is_later(year_of(upper), year_of(lower)):
        return wording.OLDER
    above = upper.level and lower.level and RANKS[upper.level] > RANKS[lower.level]
    return wording.HIGHER if above else wording.ELSEWHERE


def _shown(numbers: Numbers, said: Said, page: str) -> Shown:
    if said.lower is None:
        return Shown.ITSELF
    facts = numbers.facts(page)
    return Shown.OTHER if facts.kind is DocumentKind.OFFICIAL else Shown.PAGE


_SHOWN = {shown: rank for rank, shown in enumerate(Shown)}


def _describe(
    numbers: Numbers,
    asked: Node,
    upper: Node,
    lower: Node,
    statements: list[tuple[Said, str]],
    ending: Ending | None,
) -> Implementation | None:
    """None where no statement has words that pass the gate."""
    for said, page in statements:
        citation = cite_said(numbers.read, numbers.read(page), said)
        if citation is not None:
            return Implementation(
                symbol=lower.symbol,
                type=type_of(numbers, lower),
                title=title_of(numbers, lower),
                issuer=lower.issuer,
                level=lower.level,
                province=lower.province,
                issued_on=lower.issued_on,
                days=count_days(asked.issued_on, lower.issued_on),
                held=tuple(lower.held),
                relation=said.relation,
                via=None if upper is asked else upper.symbol,
                shown=_shown(numbers, said, page),
                citation=citation,
                timing=_time(ending, lower.issued_on),
            )
    return None


def count_days(first: str | None, last: str | None) -> int | None:
    """The days between two whole dates in ISO 8601; None where one is not known."""
    if first is None or last is None or not (_is_day(first) and _is_day(last)):
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _time(ending: Ending | None, issued_on: str | None) -> Timing | None:
    if ending is None:
        return None
    days = count_days(ending.day, issued_on)
    if days is None or (days >= 0 and ending.issued):
        return Timing.UNKNOWN  # the act that ended it may have begun later than it was issued
    return Timing.AFTER if days >= 0 else Timing.BEFORE


# --- what speaks of it and does not count


def _find_mentions(numbers: Numbers, asked: Node, found: _Found, day: date) -> Iterator[Mention]:
    """Of each page that says that somebody implements it, without being that document: its first such words.

    A page that reports names no number of what was issued; a document speaks of it on its way, as of a task of
    others, or repeats what the act says that it consolidates.
    """
    counted = {page for one in found.implementations for page in (*one.held, one.citation.document_id)}
    told = counted | {one.document_id for one in found.set_aside.values()}
    for page, reference in asked.mentions:
        if page in told or reference.relation not in _CARRIED_ON or reference.subject is not None:
            continue
        document, facts = numbers.read(page), numbers.facts(page)
        said_on = facts.issued_on.value if facts.issued_on else (document.published_at or "")[:10] or None
        if is_later(said_on, day.isoformat()):
            continue
        citation = cite_sentence(
            numbers.read, document, reference.start, reference.end, about=(asked.symbol,)
        )
        if citation is not None:
            told.add(page)
            province = facts.province.value if facts.province else None
            yield Mention(said_on=said_on, province=province, citation=citation)
