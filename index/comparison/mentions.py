"""The provinces that stretches of a document speak of, through the places that they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.gazetteer import REORGANISED_ON, PlaceLevel, Scheme
from corpus.models import Document
from corpus.place_groups import Joining, ProvinceGroup, group_of
from corpus.place_resolution import ResolvedPlace, places_of

_DAYS = {Scheme.BEFORE: date(2025, 6, 30), Scheme.AFTER: REORGANISED_ON, None: None}


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A place that a document names, and the province of its map that it lies in."""

    start: int
    name: str
    level: PlaceLevel
    province: str
    scheme: Scheme | None  # None: the text leaves the map open

    def group(self, joining: Joining = Joining.THEN) -> ProvinceGroup:
        """Its province as of its map."""
        return group_of(self.province, _DAYS[self.scheme], joining)

    def is_of(self, group: ProvinceGroup, joining: Joining) -> bool:
        """Whether it lies in exactly the area of a row."""
        return self.group(joining) == group

    def lies_in(self, group: ProvinceGroup) -> bool:
        """Whether it lies in a row's area or in a part of it, by whatever name of whatever map."""
        return self.province in {group.province, *group.parts}


def find_mentioned(document: Document) -> tuple[Mentioned, ...]:
    """The places of a document that lie in one province, in order; what the text leaves open is left out."""
    found = (_mentioned(place) for place in places_of(document))
    return tuple(one for one in found if one is not None)


def _mentioned(place: ResolvedPlace) -> Mentioned | None:
    path = place.path
    if path is None:
        return None
    return Mentioned(place.start, path[0], place.level, path[-1], place.scheme)


def name_places(named: Iterable[Mentioned]) -> tuple[str, ...]:
    """The places for a reader, each once with its province and area: "huyện Hưng Hà, Thái Bình (nay thuộc Hưng Yên)"."""
    told = (
        one.group().label
        if one.level is PlaceLevel.PROVINCE
        else f"{one.level} {one.name}, {one.group().label}"
        for one in named
    )
    return tuple(dict.fromkeys(told))
