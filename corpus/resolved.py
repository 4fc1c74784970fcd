"""What takes long to read in a text and is therefore kept with it: the places it names, the quantities it states.

Reading both takes about a tenth of a second a document. Who compares provinces wants the places of hundreds.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from corpus.gazetteer import PlaceLevel, Scheme
from corpus.indicator_cues import IndicatorKind
from corpus.indicators import Indicator
from corpus.models import Document
from corpus.place_resolution import places_of
from corpus.sentences import Span

# The modules that decide what is read. Another text of any of them is another set of rules: what was read by the old
# ones is read again.
RULES = (
    *("place_resolution", "place_bearers", "place_dates", "place_mentions", "place_mergers", "place_names"),
    *("places", "gazetteer"),
    *("indicators", "indicator_cues", "indicator_judge", "indicator_kinds", "indicator_lists"),
    *("indicator_measures", "indicator_money", "indicator_periods", "indicator_places", "indicator_rows"),
    *("indicator_sections", "indicator_signs", "indicator_tables"),
    *("counted_things", "dates", "figures", "lines", "norms", "quantities", "sentences"),
    *("stated_times", "text", "resolved"),
)
_TABLES = ("communes.tsv", "places.tsv", "indicator_weights.tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledPlace:
    """A place that a text names and settles; `text[start:end]` is its name without the level word."""

    start: int
    end: int
    level: PlaceLevel
    path: tuple[str, ...]  # its names, innermost first
    scheme: Scheme | None  # None: the text leaves the map open


def find_settled(document: Document) -> tuple[SettledPlace, ...]:
    """The places of a document that its text settles, in order; what it leaves open is left out."""
    return tuple(
        SettledPlace(start=one.start, end=one.end, level=one.level, path=one.path, scheme=one.scheme)
        for one in places_of(document)
        if one.path is not None
    )


@cache
def rules() -> str:
    """What names the rules by which places and quantities are read: another whenever their code or tables change."""
    folder = files("corpus")
    modules = (folder.joinpath(f"{name}.py") for name in RULES)
    digest = hashlib.sha256()
    for path in (*modules, *map(folder.joinpath("data").joinpath, _TABLES)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# --- as JSON


def dump_places(places: tuple[SettledPlace, ...]) -> str:
    """Places as JSON: [start, end, level, names, map] each."""
    return json.dumps([[p.start, p.end, p.level, p.path, p.scheme] for p in places], ensure_ascii=False)


def load_places(dumped: str) -> tuple[SettledPlace, ...]:
    """The places of `dump_places`."""
    return tuple(
        SettledPlace(
            start=start,
            end=end,
            level=PlaceLevel(level),
            path=tuple(path),
            scheme=None if scheme is None else Scheme(scheme),
        )
        for start, end, level, path, scheme in json.loads(dumped)
    )


def dump_indicators(indicators: tuple[Indicator, ...]) -> str:
    """Indicators as JSON: their fields by name, spans as [start, end]."""
    return json.dumps([_dump_indicator(one) for one in indicators], ensure_ascii=False)


def _dump_indicator(one: Indicator) -> dict[str, object]:
    known = {field.name: getattr(one, field.name) for field in fields(Indicator)}
    return {**known, "measure_spans": [(span.start, span.end) for span in one.measure_spans]}


def load_indicators(dumped: str) -> tuple[Indicator, ...]:
    """The indicators of `dump_indicators`."""
    return tuple(
        Indicator(
            **{
                **known,
                "measure_spans": tuple(Span(start, end) for start, end in known["measure_spans"]),
                "place": None if known["place"] is None else tuple(known["place"]),
                "kind": IndicatorKind(known["kind"]),
            }
        )
        for known in json.loads(dumped)
    )
