"""The provinces that stretches of a document speak of, through the places that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.gazetteer import REORGANISED_ON, PlaceLevel, Scheme
from corpus.place_groups import Joining, ProvinceGroup, group_of
from corpus.resolved import SettledPlace

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


def provinces_of(places: Iterable[SettledPlace]) -> tuple[Mentioned, ...]:
    """The places of a document, each with its province."""
    return tuple(Mentioned(one.start, one.path[0], one.level, one.path[-1], one.scheme) for one in places)


_WHOLE = re.compile(r"(?:toàn|cả|trong|trên địa bàn|của) (?:tỉnh|thành phố)(?!\w)", re.IGNORECASE)
_PART = {
    PlaceLevel.DISTRICT: re.compile(
        r"(?:toàn|cả|trong|trên địa bàn|của) (?:huyện|quận|thị xã)(?!\w)|\AHuyện (?![A-ZĐ])", re.IGNORECASE
    ),
    PlaceLevel.COMMUNE: re.compile(
        r"(?:toàn|cả|trong|trên địa bàn) (?:xã|phường|thị trấn)(?!\w)", re.IGNORECASE
    ),
}


def find_part(words: str, named: Sequence[Mentioned]) -> PlaceLevel | None:
    """The level that words speak of, where that is a district or a commune alone ("toàn huyện có 32/33 xã")."""
    if _WHOLE.search(words) or any(one.level is PlaceLevel.PROVINCE for one in named):
        return None
    said = next((level for level, pattern in _PART.items() if pattern.search(words)), None)
    if said is not None:
        return said
    return named[0].level if len({(one.name, one.level) for one in named}) == 1 else None


def find_only(mentioned: Iterable[Mentioned], part: PlaceLevel | None) -> tuple[Mentioned, ...]:
    """The one place of a level that a document names: what "toàn huyện" in it means; none where it names several."""
    found = {one.name: one for one in mentioned if one.level is part}
    return tuple(found.values()) if len(found) == 1 else ()


def name_places(named: Iterable[Mentioned]) -> tuple[str, ...]:
    """The places for a reader, each once with its province and area: "huyện Hưng Hà, Thái Bình (nay thuộc Hưng Yên)"."""
    told = (
        one.group().label
        if one.level is PlaceLevel.PROVINCE
        else f"{one.level} {one.name}, {one.group().label}"
        for one in named
    )
    return tuple(dict.fromkeys(told))
