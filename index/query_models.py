"""What is understood of a query. Every span counts code points of `Query.text` (NFC)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType

from corpus.places import PlaceLevel
from corpus.text import fold
from index.abbreviations import Expansion
from index.restore import Restored
from index.tokens import bigrams, syllables
from index.typos import Alternative


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberChoice:
    """One document number that a short form may mean, and what in the query speaks for it."""

    symbol: str
    held: bool  # the collection has the document, not only mentions of it
    reasons: tuple[str, ...] = ()  # Vietnamese, for people: "đúng cơ quan", "đúng tỉnh", "đúng thời gian"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDocument:
    """A law, code, ordinance or the Constitution, called by its name: "Luật Đất đai 2024"."""

    start: int
    end: int
    kind: str  # "Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"
    name: str  # "Luật Đất đai"; as the list of laws writes it, else as typed
    year: int | None
    listed: bool  # the name is in the list of laws; else its end is a guess


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedProvision:
    """A provision: "khoản 2 Điều 5", smallest part first, and the document that it is asked for in."""

    start: int
    end: int
    value: str  # "Khoản 2 Điều 5"; several joined by "; " (see corpus.provisions.parse_provision)
    document: str | None  # a canonical number or the name of a `NamedDocument`


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPlace:
    """A province or district that the query names."""

    start: int
    end: int
    name: str  # as the gazetteer writes it
    level: PlaceLevel
    provinces: tuple[str, ...]  # that it may lie in, as of before 1 July 2025
    current: tuple[str, ...]  # the provinces of today that hold those
    related: tuple[str, ...]  # with lineage: where documents about it may come from
    sure: bool  # False where only the letters agree


class PeriodKind(StrEnum):
    """What a period in a query is likely to be about."""

    ISSUED = "issued"  # when a document was issued: "từ 2021 đến nay", "tháng 6/2025", "trước 2020"
    PROGRAMME = "programme"  # the span that a programme covers: "giai đoạn 2021-2025", "nhiệm kỳ 2020-2025"
    YEAR = "year"  # a year alone, which may be either


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `first` to `last`, both included; None is open."""

    start: int
    end: int
    kind: PeriodKind
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedType:
    """A type word before a number: "nghị quyết 04" asks for NQ. A soft filter."""

    start: int
    end: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedIssuer:
    """A body that the query names. A soft filter: it may be the topic as well."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]  # that its documents bear


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query as typed, and what is understood of it."""

    text: str  # NFC
    symbols: tuple[str, ...]  # canonical numbers; candidates of short forms included, likeliest first
    short_forms: Mapping[str, tuple[str, ...]]  # "?NQ 04" → candidates in this collection
    expansions: tuple[Expansion, ...]
    has_diacritics: bool
    restored: Restored | None = None  # of the text with its firm corrections; None where nothing was read
    alternatives: tuple[Alternative, ...] = ()
    choices: Mapping[str, tuple[NumberChoice, ...]] = field(default_factory=lambda: MappingProxyType({}))
    documents: tuple[NamedDocument, ...] = ()
    provisions: tuple[AskedProvision, ...] = ()
    places: tuple[AskedPlace, ...] = ()
    periods: tuple[Period, ...] = ()
    types: tuple[AskedType, ...] = ()
    issuers: tuple[AskedIssuer, ...] = ()

    @property
    def asks_unknown_number(self) -> bool:
        """Whether a short form is asked for that this collection knows no document for."""
        return bool(self.short_forms) and not self.symbols

    @property
    def encoder_text(self) -> str:
        """What the encoder gets: the query with its unambiguous abbreviations spelled out behind it."""
        return self._spell_out(self.text)

    @property
    def encoder_texts(self) -> tuple[str, ...]:
        """What the encoder should get, best first, one text or two.

        A query typed right comes back as `encoder_text` alone. One without diacritics is its restored reading,
        with a second where that is unsure. One that was typed with marks and read otherwise keeps what was
        typed beside the reading.
        """
        if self.restored is None or self.restored.text == self.text:
            return (self.encoder_text,)
        if self.has_diacritics:
            return (self._spell_out(self.restored.text), self.encoder_text)
        return tuple(self._spell_out(reading) for reading in self.restored.readings)

    @property
    def reading(self) -> str:
        """The text as it is most likely meant: with the marks that were not typed, without its slips."""
        return self.text if self.restored is None else self.restored.text

    @property
    def added_units(self) -> tuple[tuple[str, float], ...]:
        """Syllables and pairs (as `index.tokens` writes them) that were not typed but may be meant, weighted.

        The weight is the confidence of the reading: for a query without diacritics these stand beside its
        folded tokens, for a slip beside what was typed.
        """
        if self.restored is None:
            return ()
        typed = syllables(self.text)
        given = {*typed, *bigrams(typed)}
        read = self.restored.syllables
        units = [(syllable.chosen, syllable.confidence) for syllable in read]
        units += [alternative for syllable in read for alternative in syllable.alternatives]
        units += [
            (f"{one.chosen}_{other.chosen}", one.confidence * other.confidence)
            for one, other in pairwise(read)
        ]
        units += [
            (syllable, alternative.confidence)
            for alternative in self.alternatives
            for syllable in alternative.text.split()
        ]
        best: dict[str, float] = {}
        for unit, weight in units:
            if unit not in given:
                best[unit] = max(weight, best.get(unit, 0.0))
        return tuple(best.items())

    @property
    def added_folded_units(self) -> tuple[tuple[str, float], ...]:
        """The same without marks, as far as the typed text does not hold them: what slips add to that field."""
        typed = syllables(self.text)
        given = {fold(unit) for unit in [*typed, *bigrams(typed)]}
        best: dict[str, float] = {}
        for unit, weight in self.added_units:
            bare = fold(unit)
            if bare not in given:
                best[bare] = max(weight, best.get(bare, 0.0))
        return tuple(best.items())

    def _spell_out(self, text: str) -> str:
        spelled = [expansion.text for expansion in self.expansions if expansion.weight == 1]
        return " ".join([text, *(f"({expansion})" for expansion in spelled)])
