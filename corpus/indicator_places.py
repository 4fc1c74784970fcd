"""Which place a quantity is told of, as far as its sentence and the home of the document decide it."""

from __future__ import annotations

import re
from functools import cache

from corpus.gazetteer import Scheme, list_units
from corpus.places import PlaceLevel, PlaceMention, find_places
from corpus.quantities import Quantity
from corpus.sentences import Span
from corpus.text import fold

# ", Phù Mỹ 23,54%": a name of a list that has its level word no more.
LISTED_NAME = re.compile(r"\s*(?:,|và)\s+(?P<name>[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ]\w*(?:\s[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ]\w*){0,3})\s+")
_ALL_COUNTRY = re.compile(r"(?<!\w)(?:cả nước|toàn quốc)(?!\w)", re.IGNORECASE)
# Sums and rates of the country, where a text is of no province.
_NATIONAL = re.compile(
    r"(?<!\w)(?:NSNN|GDP|ngân sách (?:nhà nước|trung ương)|nước ta|nợ công)(?!\w)", re.IGNORECASE
)
_MET = re.compile(
    r"(?:làm việc|buổi làm việc) với (?P<whom>(?:Ban Thường vụ|lãnh đạo|Tỉnh ủy|Thành ủy|Ủy ban)[^.;\n]{0,120})",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"[\s(]*(?:(?:tăng|giảm|đạt|là)\s+)?")
_AGAINST = re.compile(r"(?<!\w)(?:so với|hơn|bằng)(?!\w)[^.;]*\Z", re.IGNORECASE)
_UNNAMED = re.compile(
    r"(?<!\w)(?:toàn|của|trong|trên địa bàn)\s+(?:huyện|xã|phường|thị trấn|thị xã|quận)(?=\s+[a-zđ]|\s*[,.:;(])"
)
# "… là 7,61 km2, quy mô dân số là 4.766 người của xã Phú Thanh"
_OF = re.compile(
    r"(?:,\s*(?:quy mô\s+)?dân số là\s[\d.]+\s)?[^,;.:()]{0,30}?\s?của\s+(?=\S)|\s*(?:\([^()]*\)\s*)?cho\s+(?=\S)"
)
_SITE = re.compile(r"(?<![\w.])(?P<name>[a-z]{4,20})\.gov\.vn")


def find_subject(title: str, text: str) -> str | None:
    """The only province that a title names, whose leaders a meeting was with, or whose site the text opens with.

    It is what "tỉnh" and "thành phố" mean in a text of another body.
    """
    met = _MET.search(text, 0, 2500)
    for words in (title, met["whom"] if met else ""):
        named = {place.name for place in find_places(words) if place.level is PlaceLevel.PROVINCE}
        if len(named) == 1:
            return named.pop()
    site = _SITE.search(text, 0, 400)
    return _provinces_by_host().get(site["name"]) if site else None


@cache
def _provinces_by_host() -> dict[str, str]:
    """The names of provinces as hosts write them: "binhdinh"."""
    units = (unit for scheme in Scheme for unit in list_units(PlaceLevel.PROVINCE, scheme))
    return {fold(unit.name).replace(" ", ""): unit.name for unit in units}


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
            owner = next((p for p in self.mentions if 0 <= p.start - of.end() <= len("thành phố ")), None)
            if owner is not None:
                return self.unit(owner)
        inside = [p for p in self.mentions if sentence.start <= p.start and p.end <= sentence.end]
        before = [place for place in inside if place.end <= quantity.start]
        told = before[-1].end if before else sentence.start
        whole = list(_ALL_COUNTRY.finditer(self.text, told, quantity.start))
        if whole and not self._is_compared(whole[-1], quantity):
            return ("Việt Nam",)
        return self.unit(before[-1]) if before else None

    def _is_compared(self, whole: re.Match[str], quantity: Quantity) -> bool:
        """Whether the country is what something else is held against: "cao hơn bình quân của cả nước"."""
        beside = _BESIDE.fullmatch(self.text, whole.end(), quantity.start) is not None
        return (
            not beside and _AGAINST.search(self.text, max(0, whole.start() - 40), whole.start()) is not None
        )

    def is_national(self, sentence: Span, quantity: Quantity) -> bool:
        """Whether a quantity of a text that is of no province is one of the country."""
        around = (max(sentence.start, quantity.start - 120), min(sentence.end, quantity.end + 40))
        return self.home is None and _NATIONAL.search(self.text, *around) is not None

    def is_unnamed(self, sentence: Span, quantity: Quantity) -> bool:
        """Whether the words before a quantity speak of a unit below the province without its name: "toàn huyện"."""
        found = _UNNAMED.search(self.text, sentence.start, quantity.start)
        return found is not None

    def _listed(self, name: str) -> tuple[str, ...] | None:
        """The district, or province, of a list whose level word stands before its first name only."""
        for level in ("huyện", "tỉnh") if self.home else ("tỉnh", "huyện"):
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
