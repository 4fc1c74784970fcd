"""Which place a quantity is told of, as far as its sentence and the home of the document decide it."""

from __future__ import annotations

import re

from corpus.places import PlaceLevel, PlaceMention, find_places
from corpus.quantities import Quantity
from corpus.sentences import Span

# ", Phù Mỹ 23,54%": a name of a list that has its level word no more.
LISTED_NAME = re.compile(r"\s*(?:,|và)\s+(?P<name>[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ]\w*(?:\s[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ]\w*){0,3})\s+")
_ALL_COUNTRY = re.compile(r"(?<!\w)(?:cả nước|toàn quốc)(?!\w)", re.IGNORECASE)
_OF = re.compile(r"[^,;.:()]{0,30}?\scủa\s+(?=\S)")


class PlaceReader:
    """The places of one text."""

    def __init__(self, text: str, home: str | None) -> None:
        self.text = text
        self.home = home  # the province of the issuer or paper
        self.mentions = find_places(text)

    def tell(self, sentence: Span, quantity: Quantity) -> tuple[str, ...] | None:
        """The place that a sentence names for a quantity: of a list, its owner, or the last one before it."""
        named = LISTED_NAME.search(self.text, max(sentence.start, quantity.start - 40), quantity.start)
        if named is not None and named.end() == quantity.start:
            return self._listed(named["name"])
        if of := _OF.match(self.text, quantity.end):
            owner = next((p for p in self.mentions if p.start == of.end()), None)
            if owner is not None:
                return self.unit(owner)
        inside = [p for p in self.mentions if sentence.start <= p.start and p.end <= sentence.end]
        before = [place for place in inside if place.end <= quantity.start]
        if _ALL_COUNTRY.search(self.text, before[-1].end if before else sentence.start, quantity.start):
            return ("Việt Nam",)
        return self.unit(before[-1]) if before else None

    def _listed(self, name: str) -> tuple[str, ...] | None:
        """The district, or province, of a list whose level word stands before its first name only."""
        for level in ("huyện", "tỉnh"):
            found = find_places(f"{level} {name}")
            if len(found) == 1 and found[0].provinces and found[0].end == len(level) + 1 + len(name):
                return self.unit(found[0])
        return None

    def unit(self, place: PlaceMention) -> tuple[str, ...] | None:
        """The unit with what it lies in, as far as the text and the home of the document decide it."""
        if place.level is PlaceLevel.PROVINCE:
            return (place.name,)
        if len(place.provinces) == 1:
            return (place.name, place.provinces[0])
        if place.provinces:
            return (place.name, self.home) if self.home in place.provinces else None
        following = [
            p for p in self.mentions if 0 <= p.start - place.end <= 12 and p.level is not PlaceLevel.COMMUNE
        ]
        above = self.unit(following[0]) if following else None
        if above is not None:
            return (place.name, *above)
        return (place.name, self.home) if self.home else None
