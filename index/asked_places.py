"""Provinces and districts that a query names, old and new, with what they belong to today."""

from __future__ import annotations

import re

from corpus.places import (
    PlaceLevel,
    PlaceMention,
    current_province,
    find_places,
    find_places_folded,
    related_provinces,
)
from corpus.text import fold
from index.query_models import AskedPlace
from index.restore import Restored
from index.tokens import place_tone

_LEVEL = r"(?:tinh|huyen|xa|phuong|thi xa|thanh pho|tp\.?|thi tran|quan)"
_LEVEL_FIRST = re.compile(rf"{_LEVEL}\s+")
_LEVEL_BEFORE = re.compile(rf"(?:{_LEVEL}|(?:tinh|thanh|huyen|thi|quan) uy|ubnd|hdnd)\s+$")
_WORD = re.compile(r"[^\W\d_]+")
_LINEAGE_LEVEL = (PlaceLevel.PROVINCE, PlaceLevel.DISTRICT)


def find_asked_places(text: str, restored: Restored) -> tuple[AskedPlace, ...]:
    """The places of a query, in order; `restored` is the same text with its marks.

    Letters alone name a place only where the restored reading agrees, or a level word stands before it:
    "van ban nao la gi" names neither Văn Bàn nor La Gi.
    """
    found: dict[int, AskedPlace] = {}
    for place in find_places(text):
        if place.level in _LINEAGE_LEVEL and place.provinces:
            found[place.start] = _describe(place, sure=True)
    for place in find_places_folded(text):
        if any(one.start < place.end and place.start < one.end for one in found.values()):
            continue
        agrees = _agrees(restored.text[place.start : place.end], place.name)
        if _is_meant(text, place, agrees=agrees):
            found[place.start] = _describe(place, sure=agrees)
    return tuple(found[start] for start in sorted(found))


def _is_meant(text: str, place: PlaceMention, *, agrees: bool) -> bool:
    before, written = text[: place.start], text[place.start : place.end]
    levelled = _LEVEL_BEFORE.search(fold(before)) or _LEVEL_FIRST.match(fold(written))
    if levelled:
        return True
    if place.level is PlaceLevel.PROVINCE:
        return agrees or written.istitle()
    # Names of districts are common words: without a level word they need capitals or several syllables.
    return agrees and (written.istitle() or not any(word.isupper() for word in written))


def _agrees(read: str, name: str) -> bool:
    """Whether the restored text ends with the very name; a level word may stand before it."""
    return _spelling(read)[-len(_spelling(name)) :] == _spelling(name)


def _spelling(name: str) -> list[str]:
    return [place_tone(word.lower()) for word in _WORD.findall(name)]


def _describe(place: PlaceMention, *, sure: bool) -> AskedPlace:
    current = [current_province(province) for province in place.provinces]
    related = [other for province in place.provinces for other in related_provinces(province)]
    return AskedPlace(
        start=place.start,
        end=place.end,
        name=place.name,
        level=place.level,
        provinces=place.provinces,
        current=tuple(dict.fromkeys(name for name in current if name)),
        related=tuple(dict.fromkeys(related)),
        sure=sure,
    )
