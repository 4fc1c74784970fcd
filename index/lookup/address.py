"""What is asked of the list of documents, as the address of its page holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from corpus.effect import Effect
from corpus.facets import Facet, Filters
from corpus.labels import UNKNOWN
from corpus.models import DocumentKind
from corpus.text import to_nfc
from index.lookup.listing import Sort

LONGEST = 300  # characters typed
MOST_CHOSEN = 200  # documents: an address holds some 4,000 characters everywhere
_LONGEST_VALUE = 200

# Facet → its parameter in an address and its field of `Filters`.
PARAMETERS: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.KIND: "trang",
        Facet.TYPE: "loai",
        Facet.ISSUER: "co-quan",
        Facet.LEVEL: "cap",
        Facet.SYSTEM: "he-thong",
        Facet.PROVINCE: "tinh",
        Facet.PROVINCE_TODAY: "tinh-nay",
        Facet.YEAR: "nam",
        Facet.EFFECT: "hieu-luc",
        Facet.SOURCE: "nguon",
    }
)
_FIELDS: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.KIND: "kinds",
        Facet.TYPE: "types",
        Facet.ISSUER: "issuers",
        Facet.LEVEL: "levels",
        Facet.SYSTEM: "systems",
        Facet.PROVINCE: "provinces",
        Facet.PROVINCE_TODAY: "provinces_today",
        Facet.YEAR: "years",
        Facet.EFFECT: "effects",
        Facet.SOURCE: "sources",
    }
)
NAMES = (*PARAMETERS.values(), "q", "xep", "p", "chon")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All that a person has chosen on the page."""

    words: str = ""
    filters: Filters = Filters()
    sort: Sort | None = None  # None: by relevance where words are typed, else the newest first
    page: int = 1
    chosen: tuple[str, ...] = ()  # ids of the documents to be exported

    @property
    def order(self) -> Sort:
        """The order of the list."""
        if self.sort is None or (self.sort is Sort.RELEVANCE and not self.words):
            return Sort.RELEVANCE if self.words else Sort.NEWEST
        return self.sort


def read_address(parameters: Mapping[str, Sequence[str]]) -> Asked:
    """What an address asks for; what it cannot mean is left out."""
    filters = Filters()
    for facet, name in PARAMETERS.items():
        filters = choose(filters, facet, [value[:_LONGEST_VALUE] for value in parameters.get(name, ())])
    sort = _first(parameters, "xep")
    page = _first(parameters, "p")
    return Asked(
        words=" ".join(to_nfc(_first(parameters, "q")).split())[:LONGEST].strip(),
        filters=filters,
        sort=Sort(sort) if sort in list(Sort) else None,
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        chosen=tuple(dict.fromkeys(parameters.get("chon", ())))[:MOST_CHOSEN],
    )


def write_address(asked: Asked) -> dict[str, list[str]]:
    """The parameters that lead back to what was asked, without what goes without saying."""
    told = {name: list(values_of(asked.filters, facet)) for facet, name in PARAMETERS.items()}
    told["q"] = [asked.words] if asked.words else []
    told["xep"] = [asked.sort.value] if asked.sort else []
    told["p"] = [str(asked.page)] if asked.page > 1 else []
    told["chon"] = list(asked.chosen)
    return {name: values for name, values in told.items() if values}


def values_of(filters: Filters, facet: Facet) -> tuple[str, ...]:
    """The values that a facet is filtered by, as addresses and choices have them."""
    values: Sequence[str] = getattr(filters, _FIELDS[facet])
    return tuple(UNKNOWN if value == DocumentKind.UNKNOWN else str(value) for value in values)


def choose(filters: Filters, facet: Facet, values: Sequence[str]) -> Filters:
    """The filters with these values of a facet; what is none of a closed list is left out."""
    chosen: tuple[Any, ...] = tuple(dict.fromkeys(values))
    if facet is Facet.KIND:
        chosen = tuple(
            DocumentKind.UNKNOWN if value == UNKNOWN else DocumentKind(value)
            for value in chosen
            if value in (UNKNOWN, *DocumentKind)
        )
    elif facet is Facet.EFFECT:
        chosen = tuple(Effect(value) for value in chosen if value in list(Effect))
    field: dict[str, Any] = {_FIELDS[facet]: chosen}
    return replace(filters, **field)


def _first(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(parameters.get(name, ())), "")
