"""Filters over documents, exact by what is known of each, and counts of documents by what they are.

A fact that is not known passes no filter on it and is counted apart, never as a value. Where there is nothing
to be known a document neither passes nor counts as unknown: a news page has no type, issuer, level, system or
effect of its own, a document of the centre no province. The date of a news page is that of its publication,
its province the one that it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from corpus.effect import Effect, find_effects
from corpus.labels import UNKNOWN
from corpus.models import DocumentKind, Level
from corpus.places import current_province
from corpus.store import Store
from corpus.store_facets import DocumentFacets


class Facet(StrEnum):
    """What documents are filtered and counted by."""

    TYPE = "type"
    ISSUER = "issuer"
    LEVEL = "level"
    SYSTEM = "system"
    PROVINCE = "province"  # as of the document
    PROVINCE_TODAY = "province_today"  # the province of today that holds it
    YEAR = "year"  # of issue, of a news page of publication; filtered by days too
    KIND = "kind"
    EFFECT = "effect"
    SOURCE = "source"


_NOT_OF_NEWS = frozenset({Facet.TYPE, Facet.ISSUER, Facet.LEVEL, Facet.SYSTEM, Facet.EFFECT})
_NOT_OF_CENTRE = frozenset({Facet.PROVINCE, Facet.PROVINCE_TODAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What documents must be: of each field one of its values; an empty field asks nothing.

    Values are those of the store ("Nghị quyết"); `corpus.labels.UNKNOWN` among them lets documents through of
    which it is not known. A value of `issuers` is a name or the code in a number.
    """

    types: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()  # as of the document
    provinces_today: tuple[str, ...] = ()  # any province, old or new: the one of today that holds it
    years: tuple[str, ...] = ()  # "2025"
    first_day: date | None = None
    last_day: date | None = None  # included
    kinds: tuple[DocumentKind, ...] = ()
    effects: tuple[Effect, ...] = ()
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is asked."""
        return self != Filters()

    def values(self) -> Mapping[Facet, frozenset[str]]:
        """The values asked for, of the facets that are asked by value."""
        asked: dict[Facet, Iterable[str]] = {
            Facet.TYPE: self.types,
            Facet.ISSUER: self.issuers,
            Facet.LEVEL: self.levels,
            Facet.SYSTEM: self.systems,
            Facet.PROVINCE: self.provinces,
            Facet.PROVINCE_TODAY: (current_province(name) or name for name in self.provinces_today),
            Facet.YEAR: self.years,
            Facet.KIND: (UNKNOWN if kind is DocumentKind.UNKNOWN else kind for kind in self.kinds),
            Facet.EFFECT: self.effects,
            Facet.SOURCE: self.sources,
        }
        return {facet: frozenset(found) for facet, values in asked.items() if (found := tuple(values))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What passes some filters, and what was left out for want of knowing."""

    documents: tuple[str, ...]  # ids, oldest first
    rows: frozenset[int]  # of their passages
    unknown: int  # documents that nothing speaks against, left out because something is not known of them
    unknown_by: Mapping[Facet, int]  # of those, how many do not tell this


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCount:
    """How many documents have each value, the most frequent first."""

    facet: Facet
    counts: Mapping[str, int]
    unknown: int  # documents that should have a value, of which it is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Some documents under filters, each facet counted as if it were not filtered by it itself.

    So the count beside a value is how many documents choosing it adds or leaves.
    """

    documents: tuple[str, ...]  # that pass, in the order given
    unknown: int  # as in `Selection`
    unknown_by: Mapping[Facet, int]
    facets: tuple[FacetCount, ...]  # in the order of `Facet`
    freed: Mapping[Facet, int]  # of each facet filtered by: how many pass once it is not


class FacetTable:
    """What the documents of a store are filtered and counted by; read anew when the store has changed.

    A correction holds at once. May be asked from several threads.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._documents: tuple[tuple[int, int], Mapping[str, DocumentFacets]] | None = None
        self._effects: tuple[tuple[int, int, date], dict[str, Effect]] | None = None
        self._selection: tuple[tuple[int, int, date, Filters], Selection] | None = None  # the last one

    def documents(self) -> Mapping[str, DocumentFacets]:
        """Document id → its facets, oldest first."""
        state, held = self._store.counters(), self._documents
        if held is None or held[0] != state:
            rows = {row.document_id: row for row in self._store.facets()}
            held = self._documents = (state, MappingProxyType(rows))
        return held[1]

    def effects(self, document_ids: Iterable[str], *, as_of: date | None = None) -> Mapping[str, Effect]:
        """Document id → what the collection shows of its effect on a day (default today), as `find_effect`.

        Raises UnknownDocument.
        """
        day = as_of or date.today()
        key, held = (*self._store.counters(), day), self._effects
        known = held[1] if held is not None and held[0] == key else {}
        asked = tuple(dict.fromkeys(document_ids))
        missing = [document_id for document_id in asked if document_id not in known]
        if missing:
            known = {**known, **find_effects(self._store, missing, as_of=day)}
            self._effects = (key, known)
        return {document_id: known[document_id] for document_id in asked}

    def select(self, filters: Filters, *, as_of: date | None = None) -> Selection:
        """The documents that pass, with their passages; `as_of` is the day of effect (default today)."""
        day = as_of or date.today()
        key, held = (*self._store.counters(), day, filters), self._selection
        if held is None or held[0] != key:
            held = self._selection = (key, self._select(filters, day))
        return held[1]

    def _select(self, filters: Filters, as_of: date) -> Selection:
        asked = dict(filters.values())
        effects = asked.pop(Facet.EFFECT, None)
        missed = {
            row.document_id: found
            for row in self.documents().values()
            if (found := _compare(row, asked, filters)) is not None
        }
        if effects is not None:
            missed = self._compare_effects(missed, effects, as_of)
        passed = tuple(document_id for document_id, unknown in missed.items() if not unknown)
        return Selection(
            documents=passed,
            rows=self._store.rows_of_documents(passed),
            unknown=len(missed) - len(passed),
            unknown_by=Counter(facet for unknown in missed.values() for facet in unknown),
        )

    def _compare_effects(
        self, missed: Mapping[str, frozenset[Facet]], asked: frozenset[str], as_of: date
    ) -> dict[str, frozenset[Facet]]:
        documents = self.documents()
        own = [i for i in missed if _has(documents[i], Facet.EFFECT)]
        found = {}
        for document_id, effect in self.effects(own, as_of=as_of).items():
            if effect in asked:
                found[document_id] = missed[document_id]
            elif effect is Effect.UNKNOWN:
                found[document_id] = missed[document_id] | {Facet.EFFECT}
        return found

    def narrow(
        self, filters: Filters, document_ids: Iterable[str] | None = None, *, as_of: date | None = None
    ) -> Narrowing:
        """The given documents (default all) that pass, with what each choice beside would give.

        Raises UnknownDocument.
        """
        documents = self.documents()
        ids = tuple(documents if document_ids is None else dict.fromkeys(document_ids))
        effects = self.effects(ids, as_of=as_of)
        asked = filters.values()
        missed = {i: _find_missed(documents[i], asked, filters, effects[i]) for i in ids}
        passed = [i for i, found in missed.items() if not found]
        barred: dict[Facet, list[str]] = {}  # by one facet alone
        for document_id, found in missed.items():
            if len(found) == 1:
                barred.setdefault(next(iter(found)), []).append(document_id)
        open_ = [found for found in missed.values() if found and all(found.values())]
        facets = (
            _count(facet, [documents[i] for i in (*passed, *barred.get(facet, ()))], effects)
            for facet in Facet
        )
        filtered = {*asked, *([Facet.YEAR] if filters.first_day or filters.last_day else [])}
        return Narrowing(
            documents=tuple(passed),
            unknown=len(open_),
            unknown_by=Counter(facet for found in open_ for facet in found),
            facets=tuple(facets),
            freed={facet: len(passed) + len(barred.get(facet, ())) for facet in Facet if facet in filtered},
        )

    def count(
        self, document_ids: Iterable[str] | None = None, *, as_of: date | None = None
    ) -> tuple[FacetCount, ...]:
        """The given documents (default all) by every facet, in the order of `Facet`. Raises UnknownDocument."""
        documents = self.documents()
        ids = documents if document_ids is None else tuple(dict.fromkeys(document_ids))
        effects = self.effects(ids, as_of=as_of)
        rows = [documents[document_id] for document_id in ids]
        return tuple(_count(facet, rows, effects) for facet in Facet)


def value_of(row: DocumentFacets, facet: Facet) -> str | None:
    """The value of a facet other than the effect; None where it is not known."""
    match facet:
        case Facet.KIND:
            return None if row.kind is DocumentKind.UNKNOWN else row.kind.value
        case Facet.YEAR:
            return row.date[:4] if row.date else None
        case Facet.PROVINCE_TODAY:
            return (current_province(row.province) or row.province) if row.province else None
        case _:
            value: str | None = getattr(row, facet.value)
            return value


def _has(row: DocumentFacets, facet: Facet) -> bool:
    """Whether a document of this kind has such a value, known or not."""
    if row.kind is DocumentKind.NEWS and facet in _NOT_OF_NEWS:
        return False
    return not (row.level == Level.CENTRAL and facet in _NOT_OF_CENTRE and row.province is None)


def _compare(
    row: DocumentFacets, asked: Mapping[Facet, frozenset[str]], filters: Filters
) -> frozenset[Facet] | None:
    """The facets asked for that are not known of a document; None where one speaks against it."""
    missed = _find_missed(row, asked, filters)
    return frozenset(missed) if all(missed.values()) else None


def _find_missed(
    row: DocumentFacets,
    asked: Mapping[Facet, frozenset[str]],
    filters: Filters,
    effect: Effect | None = None,
) -> dict[Facet, bool]:
    """Facet that a document does not pass → whether for want of knowing; `effect` where that may be asked for."""
    missed = {}
    for facet, values in asked.items():
        value = value_of(row, facet) if facet is not Facet.EFFECT else _known_effect(row, effect)
        if value is not None and value in values:
            continue
        if facet is Facet.ISSUER and row.issuer_code is not None and row.issuer_code in values:
            continue
        if value is not None or not _has(row, facet):
            missed[facet] = False
        elif UNKNOWN not in values:
            missed[facet] = True
    if filters.first_day or filters.last_day:
        if row.date is None:
            missed[Facet.YEAR] = missed.get(Facet.YEAR, True)
        elif not (
            (filters.first_day or date.min).isoformat()
            <= row.date
            <= (filters.last_day or date.max).isoformat()
        ):
            missed[Facet.YEAR] = False
    return missed


def _known_effect(row: DocumentFacets, effect: Effect | None) -> str | None:
    return effect if effect is not Effect.UNKNOWN and _has(row, Facet.EFFECT) else None


def _count(facet: Facet, rows: Iterable[DocumentFacets], effects: Mapping[str, Effect]) -> FacetCount:
    having = [row for row in rows if _has(row, facet)]
    values: list[str | None]
    if facet is Facet.EFFECT:
        found = [effects[row.document_id] for row in having]
        values = [None if effect is Effect.UNKNOWN else effect.value for effect in found]
    else:
        values = [value_of(row, facet) for row in having]
    counted = Counter(value for value in values if value is not None)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return FacetCount(facet=facet, counts=dict(ranked), unknown=values.count(None))
