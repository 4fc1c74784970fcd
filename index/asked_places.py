"""Provinces and districts that a query names, old and new, with what they belong to today."""

from __future__ import annotations

import re

import numpy as np

from corpus.places import (
    PlaceLevel,
    PlaceMention,
    current_province,
    find_places,
    find_places_folded,
    related_provinces,
)
from corpus.text import fold
from index.ngrams import NgramTable
from index.query_models import AskedPlace
from index.restore import Restored
from index.tokens import place_tone

_LEVEL_BEFORE = re.compile(
    r"(?:tinh|huyen|xa|phuong|thi xa|thanh pho|tp\.?|thi tran|quan|(?:tinh|thanh|huyen|thi|quan) uy|ubnd|hdnd)\s+$"
)
_DISTRICT_BEFORE = re.compile(r"(?:huyện|quận|thị xã|huyện (?:ủy|uỷ)|thị (?:ủy|uỷ)|quận (?:ủy|uỷ))\s+$")
_WORD = re.compile(r"[^\W\d_]+")
_VIET_BEFORE = re.compile(r"(?<!\w)viet\s+$")
_COMMON = 300  # in the shipped counts districts that are no words stand under it
_LINEAGE_LEVEL = (PlaceLevel.PROVINCE, PlaceLevel.DISTRICT)


def find_asked_places(text: str, restored: Restored, table: NgramTable) -> tuple[AskedPlace, ...]:
    """The places of a query, in order; `restored` is the same text with its marks, `table` knows common words.

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
        if _is_meant(text, restored.text, place, table, agrees=agrees):
            found[place.start] = _describe(place, sure=agrees)
    return tuple(found[start] for start in sorted(found))


def _is_meant(text: str, read: str, place: PlaceMention, table: NgramTable, *, agrees: bool) -> bool:
    before, written = text[: place.start], text[place.start : place.end]
    if _DISTRICT_BEFORE.search(read[: place.start].lower()):
        return True
    if _LEVEL_BEFORE.search(fold(before)) and (agrees or written.istitle()):
        return True
    if _VIET_BEFORE.search(fold(before)) and fold(written).startswith("nam"):
        return False  # "Việt Nam định cư"
    if any(letter.isupper() for letter in text[1:]):
        # Somebody who types capitals types them in names.
        return written.istitle() and (agrees or place.level is PlaceLevel.PROVINCE)
    return agrees and (place.level is PlaceLevel.PROVINCE or not _is_common(place.name, table))


def _is_common(name: str, table: NgramTable) -> bool:
    """Whether a name's syllables stand together far more often than a district is named: "thống nhất"."""
    ids = [table.ids.get(syllable, -1) for syllable in _spelling(name)]
    if min(ids) < 0 or len(ids) < 2:
        return False
    return bool(table.count_pairs(np.array(ids[:-1]), np.array(ids[1:])).min() >= _COMMON)


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
