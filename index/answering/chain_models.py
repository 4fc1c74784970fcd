"""The types of the governing chain: from the centre through the province down to the commune."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.effect import Effect
from corpus.models import Level, Relation
from index.models import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What ties a link to one above it, with the words that say so."""

    upper: str  # the number of the link above
    relation: Relation  # IMPLEMENTS, GUIDES or BASED_ON
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One document of the chain. None is "not stated", never a guess."""

    symbol: str
    level: Level | None
    type: str | None
    title: str | None  # trích yếu: its own, else as it stands beside the mention
    issuer: str | None
    issued_on: str | None  # ISO 8601
    province: str | None
    held: tuple[str, ...]  # ids of the documents that are it; empty: only mentioned
    asked: bool  # the one that the chain was asked for
    ties: tuple[Tie, ...]  # to links above it in this chain; empty at the top
    known_by: Citation | None  # of one that is only mentioned: where it is named
    effect: Effect
    effect_as_of: str  # ISO 8601: the day that `effect` is told for
    effect_wording: str | None  # "bị thay thế bởi 9/2024/NĐ-CP, theo Khoản 2 Điều 2"; None: not known
    effect_citation: Citation | None  # the words that say so
    # (what it implements, what has replaced that since it was issued): it may have to be brought up to date
    outdated_by: tuple[tuple[str, str], ...]
    cite_full: str | None  # on first mention in a new document
    cite_short: str | None  # later
    cite_rule: str | None
    cite_reason: str | None  # Vietnamese: why there is no full line
    cite_notes: tuple[str, ...]  # Vietnamese: what the writer has to look at in the full line


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """One of several documents that bear a number."""

    symbol: str
    issuer: str | None
    province: str | None
    issued_on: str | None
    held: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The links, those above first. Without links either the number is not known or several bear it."""

    symbol: str
    as_of: str  # ISO 8601
    links: tuple[Link, ...] = ()
    choices: tuple[Bearer, ...] = ()
    notes: tuple[str, ...] = ()  # Vietnamese: what the collection cannot show
