"""Bare names of districts and communes: places only where the text itself, or its province, makes it certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.gazetteer import PlaceLevel, Scheme, Unit, find_units, list_units
from corpus.place_bearers import bears_name, is_end_of_route, is_named_after, is_part_of_longer_name
from corpus.places import is_surname

Settled = tuple[int, int, Unit | None, tuple[Unit, ...]]  # start, end, the unit or None, its candidates
_STANDS_AT = re.compile(r"(?<!\w)(?:ở|tại|về|đến|từ|của|tới)\s\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BareName:
    """A unit that a text names without its level word: `text[start:end]`."""

    start: int
    end: int
    unit: Unit


def find_bare_names(
    text: str, found: Sequence[Settled], home: frozenset[Unit], as_of: date | None, scheme: Scheme | None
) -> Iterator[BareName]:
    """Names that the text has settled with a level word elsewhere, or that are districts of its province.

    `scheme`: the map of the text. Communes only behind a word of place ("tại Bắc Sơn"): too many are also villages, pits and ponds.
    """
    names = {**_districts_at_home(home, as_of, scheme), **_names_settled(found)}
    known = [name for name, unit in names.items() if unit is not None]
    if not known:
        return
    covered = {at for start, end, _, _ in found for at in range(start, end)}
    words = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", text):
        start, end = match.span()
        unit = names[match[0]]
        if unit is None or start in covered or end - 1 in covered:
            continue
        if unit.level is PlaceLevel.COMMUNE and not _STANDS_AT.search(text, max(0, start - 8), start):
            continue
        if not (
            is_named_after(text, start)
            or bears_name(text, start)
            or is_part_of_longer_name(text, start, end)
            or is_end_of_route(text, start, end)
        ):
            yield BareName(start=start, end=end, unit=unit)


def _names_settled(found: Sequence[Settled]) -> dict[str, Unit | None]:
    """Name → the unit that it always means in the text; None where it means several, or may mean a person."""
    names: dict[str, Unit | None] = {}
    for _, _, settled, candidates in found:
        for name in {unit.name for unit in candidates}:
            if names.setdefault(name, settled) != settled:
                names[name] = None
    return {
        name: unit if unit and _is_safe(name) and not _is_person(unit) else None
        for name, unit in names.items()
    }


def _districts_at_home(home: frozenset[Unit], as_of: date | None, scheme: Scheme | None) -> dict[str, Unit]:
    """Districts of the document's province whose name is no other unit's there, their own town's apart."""
    if scheme is not Scheme.BEFORE:
        return {}
    return {
        unit.name: unit
        for unit in list_units(PlaceLevel.DISTRICT, Scheme.BEFORE)
        if unit.province in home
        and unit.province.kind == "tỉnh"  # in a city many are persons: Hai Bà Trưng
        and (as_of is None or unit.exists_on(as_of))
        and _is_safe(unit.name)
        and not _namesakes(unit)
    }


def _namesakes(unit: Unit) -> list[Unit]:
    found = [u for level in (PlaceLevel.DISTRICT, PlaceLevel.COMMUNE) for u in find_units(unit.name, level)]
    return [u for u in found if u != unit and u.parent != unit and u.province == unit.province]


def _is_person(unit: Unit) -> bool:
    """Whether a commune may be named after a person, who is then meant by the bare name: "Lê Lợi"."""
    return unit.level is PlaceLevel.COMMUNE and (unit.kind == "phường" or is_surname(unit.name.split()[0]))


def _is_safe(name: str) -> bool:
    """Whether a bare name can be nothing but the unit: no province, no single syllable."""
    return " " in name and not find_units(name, PlaceLevel.PROVINCE) and not name[-1].isdigit()
