"""What a store holds of each province: which documents speak for a row, and the denominator of the row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corpus.coverage import Series, read_series
from corpus.gazetteer import REORGANISED_ON, PlaceLevel, Scheme, find_units
from corpus.models import DocumentKind, Level
from corpus.place_groups import UNKNOWN_PROVINCE, Joining, ProvinceGroup, group_of
from corpus.places import province_called
from corpus.store import Store
from corpus.store_facets import DocumentFacets
from index.comparison.models import Holding, Span
from index.comparison.times import read_day


@dataclass(frozen=True, slots=True)
class _Held:
    """A document or page with the province that it is of, as of its day."""

    row: DocumentFacets
    day: date | None
    then: ProvinceGroup
    group: ProvinceGroup  # as the comparison joins provinces


class Holdings:
    """The documents of a store by province, as of a day; read once for a comparison."""

    def __init__(
        self,
        store: Store,
        facets: Iterable[DocumentFacets],
        joining: Joining,
        period: Span | None,
        as_of: date,
    ) -> None:
        self._joining = joining
        self._period = period
        self._store = store
        self._copies = store.copy_groups()
        self._known: list[str] = []  # ids of everything that is not later than the day
        self._held: dict[str, _Held] = {}
        self.without_province = (
            0  # documents and pages of which no province is known; those of the centre not
        )
        for row in facets:
            day = read_day(row.date)
            if day is not None and day > as_of:
                continue
            self._known.append(row.document_id)
            if row.province is None:
                self.without_province += row.level != Level.CENTRAL
                continue
            then = group_of(row.province, day)
            group = group_of(row.province, day, joining)
            self._held[row.document_id] = _Held(row, day, then, group)

    def find_groups(self, name: str, as_of: date) -> tuple[ProvinceGroup, ...]:
        """The rows that a province stands for: joined, one; else one for each area that bore its name by the day.

        Its level word may stand before it ("TP. Hồ Chí Minh"). Empty where the name is no province.
        """
        if not find_units(name, PlaceLevel.PROVINCE):
            name = province_called(name) or name
        units = find_units(name, PlaceLevel.PROVINCE)
        days = [_BEFORE] if any(unit.scheme is Scheme.BEFORE for unit in units) else []
        if as_of >= REORGANISED_ON and any(unit.scheme is Scheme.AFTER for unit in units):
            days.append(REORGANISED_ON)
        found = [group_of(name, day, self._joining) for day in days]
        open_ = group_of(name, None, self._joining)
        if any(one.group == open_ for one in self._held.values()):
            found.append(open_)
        return tuple(dict.fromkeys(found))

    def documents(self, group: ProvinceGroup) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(ids of the documents and pages of a row dated in the period, those of other days or none)."""
        own = {name: one.day for name, one in self._held.items() if one.group == group}
        within = tuple(name for name, day in own.items() if day is not None and self._is_in_period(day))
        if self._period is None:
            return tuple(own), ()
        return within, tuple(name for name in own if name not in within)

    def documents_elsewhere(self, group: ProvinceGroup) -> tuple[str, ...]:
        """Ids of those that are of another province, or of none."""
        return tuple(
            name for name in self._known if name not in self._held or self._held[name].group != group
        )

    def source(self, document_id: str) -> ProvinceGroup:
        """The province of a document as of its day; UNKNOWN_PROVINCE where it has none."""
        held = self._held.get(document_id)
        return held.then if held is not None else UNKNOWN_PROVINCE

    def count(self, group: ProvinceGroup) -> Holding:
        """The denominator of a row."""
        rows = [one for one in self._held.values() if one.group == group]
        texts = {self._copies.get(one.row.document_id, one.row.document_id): one for one in reversed(rows)}
        documents = [one for one in texts.values() if one.row.kind is DocumentKind.OFFICIAL]
        years = Counter(str(one.day.year) for one in documents if one.day and self._is_in_period(one.day))
        parts = Counter(one.then.label for one in texts.values())
        return Holding(
            held=years.total(),
            years=tuple(sorted(years.items())),
            undated=sum(one.day is None for one in documents),
            ever=len(documents),
            pages=len(texts) - len(documents),
            missing=sum(s.missing_count for s in self._series if self._counts_for(s, group)),
            of=tuple(sorted(parts.items())) if set(parts) - {group.label} else (),
        )

    def count_all(self) -> Mapping[ProvinceGroup, tuple[int, int]]:
        """Of each row that anything is held of, (documents, pages that report), copies of one text once."""
        told: set[str] = set()
        counted: dict[ProvinceGroup, tuple[int, int]] = {}
        for name, one in self._held.items():
            text = self._copies.get(name, name)
            if text not in told:
                told.add(text)
                documents, pages = counted.get(one.group, (0, 0))
                own = one.row.kind is DocumentKind.OFFICIAL
                counted[one.group] = (documents + own, pages + (not own))
        return counted

    @cached_property
    def _series(self) -> tuple[Series, ...]:
        return read_series(self._store)

    def _is_in_period(self, day: date) -> bool:
        period = self._period or Span(first=None, last=None)
        return (period.first or date.min) <= day <= (period.last or date.max)

    def _counts_for(self, series: Series, group: ProvinceGroup) -> bool:
        """Whether the numbers of a counter are a row's, and of the period: a year that two areas share is neither's."""
        province, year = series.province or series.key.body, series.key.year
        if not province or year is None:
            return False
        ends = (date(year, 1, 1), date(year, 12, 31))
        if not any(map(self._is_in_period, ends)):
            return False
        return all(group_of(province, day, self._joining) == group for day in ends)


_BEFORE = date(2025, 6, 30)
