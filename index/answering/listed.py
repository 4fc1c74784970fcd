"""What a question lists side by side and asks the same of: places ("Hà Tĩnh và Nghệ An"), years ("năm 2030 và 2035")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.places import find_places_folded
from corpus.sentences import Span
from corpus.symbols import find_symbols
from index.answering.figures_asked import find_times
from index.answering.units import Unit

_JOINT = r"\s*,?\s*(?:(?:và|với|hay|hoặc|so\s+với|va|voi|hoac)\s+|(?<=,)\s*)"
_LEVEL = r"(?:(?:tỉnh|thành\s+phố|tp\.?|huyện|xã|phường|tinh|thanh\s+pho|huyen|xa|phuong)\s+)?"
_BETWEEN_PLACES = re.compile(rf"{_JOINT}{_LEVEL}", re.IGNORECASE)
_MARKER = r"(?:(?:năm(?:\s+học)?|giai\s+đoạn|nhiệm\s+kỳ|nam(?:\s+hoc)?|giai\s+doan|nhiem\s+ky)\s+)?"
_YEAR = re.compile(
    rf"{_MARKER}(?P<year>(?<![\w/.-])(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?(?![\w/-])(?!\.\d))",
    re.IGNORECASE,
)
_BETWEEN_YEARS = re.compile(rf"{_JOINT}(?:(?:đến|den)\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedYears:
    """The years, or spans of years, that a question lists, and where the list stands in it."""

    text: str
    span: Span
    years: tuple[str, ...]  # "2030", "2021-2025"
    marker: str  # "năm ", "giai đoạn ": what the first of them is called

    def only(self, year: str) -> str:
        """The question of one of the years alone."""
        return f"{self.text[: self.span.start]}{self.marker}{year}{self.text[self.span.end :]}"

    def name(self, year: str) -> str:
        return f"{self.marker or 'năm '}{year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPlaces:
    """The names of the places that a question lists, and where the list stands in it."""

    text: str
    span: Span
    places: tuple[str, ...]

    def only(self, place: str) -> str:
        """The question of one of the places alone."""
        return f"{self.text[: self.span.start]}{place}{self.text[self.span.end :]}"


def find_listed_years(text: str) -> ListedYears | None:
    """The first list of years in a question; None where it has none.

    >>> listed = find_listed_years("Sản lượng ở các mốc 2030, 2035 và 2045 là bao nhiêu?")
    >>> listed.years
    ('2030', '2035', '2045')
    >>> listed.only("2035")
    'Sản lượng ở các mốc 2035 là bao nhiêu?'
    """
    numbers = [(mention.start, mention.end) for mention in find_symbols(text)]
    found = [
        year
        for year in _YEAR.finditer(text)
        if not any(start < year.end() and year.start() < end for start, end in numbers)
    ]
    for run in _runs([Span(*year.span()) for year in found], text, _BETWEEN_YEARS):
        listed = [year for year in found if run.start <= year.start() < run.end]
        first = listed[0]
        return ListedYears(
            text=text,
            span=run,
            years=tuple(dict.fromkeys(re.sub(r"\s*[-–]\s*", "-", year["year"]) for year in listed)),
            marker=text[first.start() : first.start("year")],
        )
    return None


def find_listed_places(text: str) -> tuple[Span, ...]:
    """The stretches of a question in which places follow each other: "Hà Tĩnh và tỉnh Nghệ An"."""
    places = [Span(place.start, place.end) for place in find_places_folded(text)]
    return tuple(_runs(places, text, _BETWEEN_PLACES))


_AT = re.compile(rf"(?:ở|tại|của|cho|địa bàn|o|tai|cua|dia ban)\s+{_LEVEL}\Z", re.IGNORECASE)


def find_places_asked_of(text: str) -> ListedPlaces | None:
    """The places that follow each other behind a word of place: what is asked is asked of each.

    >>> listed = find_places_asked_of("Kế hoạch thi đua ở Hà Tĩnh và Nghệ An mang số mấy?")
    >>> listed.only("Nghệ An")
    'Kế hoạch thi đua ở Nghệ An mang số mấy?'
    >>> find_places_asked_of("Tuyến đường nối Hà Tĩnh và Nghệ An dài bao nhiêu?")
    """
    for run in find_listed_places(text):
        if _AT.search(text[: run.start]):
            named = (place for place in find_places_folded(text) if run.start <= place.start < run.end)
            return ListedPlaces(
                text=text, span=run, places=tuple(dict.fromkeys(place.name for place in named))
            )
    return None


def _runs(spans: Sequence[Span], text: str, between: re.Pattern[str]) -> list[Span]:
    """Where at least two spans follow each other with nothing but what joins them between."""
    runs: list[list[Span]] = []
    for span in spans:
        if runs and between.fullmatch(text, runs[-1][-1].end, span.start):
            runs[-1].append(span)
        else:
            runs.append([span])
    return [Span(run[0].start, run[-1].end) for run in runs if len(run) > 1]


_ABOVE = 300  # characters above a unit in which the year that it speaks of may stand
_CAPTION = 90  # characters that a line over others has, as "1. Mục tiêu đến năm 2030"


def speaks_of_year(unit: Unit, year: str) -> bool:
    """Whether a unit is of a year, or a span of years: by the nearest words that say a year, from its own to the title."""
    over = unit.hit.passage.text[: max(0, unit.start - unit.hit.passage.start)]
    captions = [line for line in over.split("\n") if len(line) <= _CAPTION and _times_in(line)]
    near = (unit.text, f"{unit.heading}\n{unit.lead}", *captions[-1:], over[-_ABOVE:], unit.profile.title)
    said = next(filter(None, map(_times_in, near)), [])
    return any(_is_of(time, year) for time in said)


def _times_in(text: str) -> list[str]:
    """The times of a text; where none is said in so many words, the years that stand alone: "Trung hạn (2030)"."""
    return [time.label for time in find_times(text)] or re.findall(
        r"(?<![\w/.-])(?:19|20)\d\d(?![\w/-])", text
    )


def _is_of(time: str, year: str) -> bool:
    """Whether a time is what is asked for, or ends with it: what "2026-2030" reaches is of 2030, not of 2028."""
    said, asked = (re.findall(r"(?:19|20)\d\d", text) for text in (time, year))
    return said[-1] == asked[-1] and (len(asked) == 1 or said[0] in (asked[0], asked[-1]))
