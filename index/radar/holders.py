"""What the collection has of each province, or of each body of a province, beside what implements a document.

The denominator is what is held and dated within the period, from the issue of the document to the day asked for;
a number that must exist and is not held (`corpus.coverage`) says how much of it is not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from corpus.coverage import Series, read_series
from corpus.gazetteer import REORGANISED_ON
from corpus.identity import fold_issuer
from corpus.models import DocumentKind, Level
from corpus.places import all_provinces, current_province, related_provinces
from corpus.store import Store
from corpus.store_facets import DocumentFacets
from corpus.text import fold
from index.answering.chain_models import Bearer
from index.radar.models import Holder, Implementation, Seen, Shown

_MERGED_ON = REORGANISED_ON.isoformat()


def provinces_on(day: date) -> tuple[str, ...]:
    """The provinces of a day: 63 before 1 July 2025, 34 since."""
    old = all_provinces()
    return old if day.isoformat() < _MERGED_ON else tuple(dict.fromkeys(_today(name) for name in old))


def find_provinces(
    store: Store,
    asked: Bearer,
    found: Sequence[Implementation],
    *,
    citing: Collection[str],
    since: str | None,
    as_of: date,
) -> tuple[Holder, ...]:
    """Every province of the day, those of which something is seen first.

    `citing`: ids of the documents that cite the one asked for without implementing it. `since`: the day, or the year, that the period begins with; None: not known, so that it is all of the past.
    """
    merged = as_of.isoformat() >= _MERGED_ON
    name_of = _today if merged else str
    held = _Held(store, citing, since, as_of)
    holders = []
    for name in provinces_on(as_of):
        in_it = [one for one in found if one.province and name_of(one.province) == name]
        holders.append(
            held.count(
                name,
                in_it,
                owns=partial(_is_of_province, name=name, name_of=name_of),
                counts=partial(_counts_for_province, name=name, name_of=name_of),
                level=Level.PROVINCE,
                merged_from=_merged_from(name) if merged else (),
            )
        )
    return tuple(sorted(holders, key=_order))


def find_bodies(
    store: Store,
    asked: Bearer,
    found: Sequence[Implementation],
    *,
    citing: Collection[str],
    since: str | None,
    as_of: date,
) -> tuple[Holder, ...]:
    """The bodies of the province of a document that the collection has documents of, or that implement it."""
    if asked.province is None:
        return ()
    lineage = frozenset(related_provinces(asked.province)) | {asked.province}
    names: dict[str, str] = {}
    for row in store.facets():
        if row.issuer and row.province in lineage and row.kind is DocumentKind.OFFICIAL:
            names.setdefault(fold_issuer(row.issuer), row.issuer)
    for one in found:
        if one.issuer and one.province in lineage and _longer_name(one.issuer, names) is None:
            names[fold_issuer(one.issuer)] = one.issuer
    own = fold_issuer(asked.issuer) if asked.issuer else None
    held = _Held(store, citing, since, as_of)
    holders = []
    for key, name in names.items():
        if key == own:
            continue
        in_it = [
            one
            for one in found
            if one.issuer and one.province in lineage and _longer_name(one.issuer, names) == key
        ]
        holders.append(
            held.count(
                name,
                in_it,
                owns=partial(_is_of_body, key=key, lineage=lineage),
                counts=partial(_counts_for_body, key=key),
                level=None,
            )
        )
    return tuple(sorted(holders, key=_order))


@dataclass(frozen=True, slots=True)
class _Group:
    """Documents held, copies of one text once."""

    years: tuple[tuple[str, int], ...]
    undated: int
    ever: int
    citing: int

    @property
    def period(self) -> int:
        return sum(count for _, count in self.years)


class _Held:
    """What a store holds, read once."""

    def __init__(self, store: Store, citing: Collection[str], since: str | None, as_of: date) -> None:
        self._citing = citing
        self._since = since
        self._until = as_of.isoformat()
        copies, told = store.copy_groups(), set[str]()
        self._rows: list[DocumentFacets] = []
        for row in store.facets():
            text = copies.get(row.document_id, row.document_id)
            if row.kind is DocumentKind.OFFICIAL and text not in told:
                told.add(text)
                self._rows.append(row)
        self._series = read_series(store)

    def count(
        self,
        name: str,
        found: Sequence[Implementation],
        *,
        owns: Callable[[DocumentFacets], bool],
        counts: Callable[[Series], bool],
        level: Level | None,
        merged_from: tuple[str, ...] = (),
    ) -> Holder:
        group = self._group(row for row in self._rows if owns(row))
        dated = sorted((one for one in found if one.issued_on), key=lambda one: one.issued_on or "")
        ranked = sorted(found, key=lambda one: (one.level is not level, one.via is not None))
        return Holder(
            name=name,
            seen=_see(found, group, level),
            held=group.period,
            years=group.years,
            undated=group.undated,
            ever=group.ever,
            missing=sum(one.missing_count for one in self._series if counts(one) and self._in_years(one)),
            citing=group.citing,
            found=tuple(one.symbol for one in ranked),
            first_on=dated[0].issued_on if dated else None,
            first_days=dated[0].days if dated else None,
            merged_from=merged_from,
            not_seen_of=self._uncovered(found, merged_from),
        )

    def _group(self, rows: Iterable[DocumentFacets]) -> _Group:
        owned = list(rows)
        days = [row.date for row in owned]
        years = Counter(day[:4] for day in days if day and (self._since or "") <= day <= self._until)
        return _Group(
            years=tuple(sorted(years.items())),
            undated=days.count(None),
            ever=len(days),
            citing=sum(row.document_id in self._citing and (row.date or "") <= self._until for row in owned),
        )

    def _in_years(self, series: Series) -> bool:
        year = series.key.year
        return year is not None and int((self._since or "0")[:4]) <= year <= int(self._until[:4])

    def _uncovered(self, found: Sequence[Implementation], parts: tuple[str, ...]) -> tuple[str, ...]:
        """The old provinces of a merged one that what is seen says nothing of: it was issued before the merger.

        A province of today and one of its old ones bear the same name and are not the same area.
        """
        if not found or (self._since or "") >= _MERGED_ON:
            return ()
        if any(one.issued_on and one.issued_on >= _MERGED_ON for one in found):
            return ()
        named = {one.province for one in found}
        return tuple(part for part in parts if part not in named)


def _see(found: Sequence[Implementation], group: _Group, level: Level | None) -> Seen:
    proven = [one for one in found if one.held and one.shown is not Shown.PAGE]
    if any(level is None or one.level is level for one in proven):
        return Seen.ISSUED
    if proven:
        return Seen.BELOW
    if found:
        return Seen.TOLD
    if group.citing:
        return Seen.CITED
    if not group.ever:
        return Seen.NO_DATA
    return Seen.NOT_SEEN if group.period + group.undated else Seen.NOT_OF_PERIOD


def _order(holder: Holder) -> tuple[int, bool, int, str]:
    days = holder.first_days
    return list(Seen).index(holder.seen), days is None, days or 0, fold(holder.name)


@lru_cache(maxsize=1024)  # the same provinces come with every document and series
def _today(name: str) -> str:
    return current_province(name) or name


@lru_cache(maxsize=256)
def _merged_from(name: str) -> tuple[str, ...]:
    """The old provinces of one of today, where there were several."""
    parts = tuple(old for old in all_provinces() if _today(old) == name)
    return parts if len(parts) > 1 else ()


def _is_of_province(row: DocumentFacets, *, name: str, name_of: Callable[[str], str]) -> bool:
    return row.province is not None and name_of(row.province) == name


def _counts_for_province(series: Series, *, name: str, name_of: Callable[[str], str]) -> bool:
    province = series.province or series.key.body
    return bool(province) and name_of(province or "") == name


def _is_of_body(row: DocumentFacets, *, key: str, lineage: frozenset[str]) -> bool:
    return row.issuer is not None and row.province in lineage and fold_issuer(row.issuer) == key


def _counts_for_body(series: Series, *, key: str) -> bool:
    return series.issuer is not None and fold_issuer(series.issuer) == key


def _longer_name(issuer: str, names: Iterable[str]) -> str | None:
    """The body among folded names that a text means: "UBND tỉnh" where one body is called so; else None."""
    key = fold_issuer(issuer)
    meant = [name for name in names if name == key] or [n for n in names if n.startswith(key + " ")]
    return meant[0] if len(meant) == 1 else None
