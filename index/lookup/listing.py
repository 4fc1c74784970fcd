"""The list of results: which documents, in which order, and what each filter would leave of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from corpus.facets import Facet, FacetCount, Filters, Narrowing
from corpus.models import Level
from index.lookup.catalogue import Card, Catalogue
from index.lookup.finding import Found


class Sort(StrEnum):
    """The orders of a list; the values stand in addresses."""

    RELEVANCE = "lien-quan"  # only where words were typed
    NEWEST = "moi-nhat"
    OLDEST = "cu-nhat"
    AUTHORITY = "tham-quyen"


SORTS: Mapping[Sort, str] = MappingProxyType(
    {
        Sort.RELEVANCE: "Liên quan nhất",
        Sort.NEWEST: "Mới ban hành trước",
        Sort.OLDEST: "Cũ trước",
        Sort.AUTHORITY: "Thẩm quyền cao trước",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetChoices:
    """The values that a facet offers, in an order that choosing does not change, with their counts now."""

    facet: Facet
    counts: Mapping[str, int]
    unknown: int  # documents that should have a value, of which it is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All results for what is asked; pages of it are shown."""

    groups: tuple[tuple[str, ...], ...]  # ids of documents; those of a group have the same text
    near: int  # the place in `groups` from which they do not have all that was typed; its length: none
    narrowing: Narrowing
    choices: tuple[FacetChoices, ...]
    undated: int  # results without a known date
    asked: int  # documents before the filters

    @property
    def documents(self) -> int:
        """How many documents, copies counted."""
        return len(self.narrowing.documents)


def list_results(
    catalogue: Catalogue,
    *,
    filters: Filters = Filters(),
    sort: Sort = Sort.NEWEST,
    found: Found | None = None,
) -> Listing:
    """The documents that pass, in order; of `found` where something was typed, else of the whole store.

    By relevance they stand as they were found. In any other order those that do not have all that was typed
    stand behind those that do: a date or an authority says nothing of the topic.
    """
    cards = catalogue.cards()
    ids = tuple(cards) if found is None else tuple(one for one in found.ranked if one in cards)
    narrowing = catalogue.facets.narrow(filters, ids)
    order = {choice.facet: choice for choice in catalogue.facets.count(ids)}
    passed = list(narrowing.documents)
    whole = frozenset(ids) if found is None or not found.whole else found.whole
    if found is None and sort is Sort.RELEVANCE:
        sort = Sort.NEWEST
    if sort is not Sort.RELEVANCE:
        passed = _sort((cards[one] for one in passed), sort)
        passed.sort(key=lambda one: one not in whole)
    groups = catalogue.group(passed)
    near = len(groups)
    if sort is not Sort.RELEVANCE:
        near = next((i for i, group in enumerate(groups) if not whole.intersection(group)), near)
    return Listing(
        groups=tuple(groups),
        near=near,
        narrowing=narrowing,
        choices=tuple(_choices(now, order[now.facet]) for now in narrowing.facets),
        undated=sum(cards[one].date is None for one in passed),
        asked=len(ids),
    )


def _sort(cards: Iterable[Card], sort: Sort) -> list[str]:
    """Ids in order; what is not dated comes last in every order by date, and last of its authority."""
    ordered = sorted(cards, key=lambda card: card.title)
    oldest = sort is Sort.OLDEST
    ordered.sort(key=lambda card: card.date or ("9999" if oldest else ""), reverse=not oldest)
    if sort is Sort.AUTHORITY:
        ordered.sort(key=lambda card: card.authority)
    return [card.document_id for card in ordered]


_LEVELS = {level.value: place for place, level in enumerate(Level)}


def _choices(now: FacetCount, at_first: FacetCount) -> FacetChoices:
    values = list(at_first.counts)
    if now.facet is Facet.YEAR:
        values.sort(reverse=True)
    elif now.facet is Facet.LEVEL:
        values.sort(key=lambda value: _LEVELS.get(value, len(_LEVELS)))
    counts = {value: now.counts.get(value, 0) for value in values}
    return FacetChoices(facet=now.facet, counts=counts, unknown=now.unknown)
