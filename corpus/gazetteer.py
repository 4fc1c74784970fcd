"""The units of Vietnam before and since 1 July 2025, and what became of which.

The tables (corpus/data/places.tsv, communes.tsv) hold the 63 provinces, the districts and the communes of the
first half of 2025, and the 34 provinces and 3,321 communes of that day. A name is no unit: "Hưng Yên" of 2018
and of 2026 are two, with another area and partly other neighbours. Codes belong to a scheme: "15" was Yên Bái
and is Lào Cai. What the tables do not show: communes that ended before 2025, districts that ended before 2020,
the communes that changed kind with their province in 2026.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

REORGANISED_ON = date(2025, 7, 1)


class PlaceLevel(StrEnum):
    """The level of a place; the district level ended on 1 July 2025."""

    PROVINCE = "tỉnh"
    DISTRICT = "huyện"
    COMMUNE = "xã"


class Scheme(StrEnum):
    """Which map a unit belongs to."""

    BEFORE = "before"  # until 30 June 2025: 63 provinces, districts
    AFTER = "after"  # since 1 July 2025: 34 provinces, no districts


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A province, district or commune of one scheme."""

    name: str
    level: PlaceLevel
    kind: str  # at the beginning of its scheme: "tỉnh", "thành phố", "thị trấn" …
    scheme: Scheme
    parent: Unit | None  # of a commune before 2025 its district, since then its province; None of a province
    code: str | None = None  # of provinces, within the scheme
    ended_on: date | None = None  # the first day on which it is no more; None: it is a unit today
    changed_on: date | None = None  # the day on which it became another kind
    kind_since: str | None = None

    @property
    def began_on(self) -> date | None:
        """The first day of a unit of today; None before: the tables do not tell."""
        return REORGANISED_ON if self.scheme is Scheme.AFTER else None

    @property
    def path(self) -> tuple[str, ...]:
        """Its name and those above it: ("Bắc Sơn", "Hưng Hà", "Thái Bình")."""
        return (self.name, *(self.parent.path if self.parent else ()))

    @property
    def province(self) -> Unit:
        return self.parent.province if self.parent else self

    def kind_on(self, day: date) -> str:
        """Its kind on a day: Bắc Ninh is a "tỉnh" until 19 September 2026, a "thành phố" since."""
        return (
            self.kind_since if self.changed_on and day >= self.changed_on and self.kind_since else self.kind
        )

    def exists_on(self, day: date) -> bool:
        """Whether it is a unit on a day, as far as the tables tell."""
        return (self.began_on is None or day >= self.began_on) and (
            self.ended_on is None or day < self.ended_on
        )


@dataclass(frozen=True, slots=True)
class Succession:
    """A step from a unit to one that took over from it; `whole` tells whether all of its area went there."""

    before: Unit
    after: Unit
    whole: bool


def scheme_on(day: date) -> Scheme:
    """The map that holds on a day."""
    return Scheme.AFTER if day >= REORGANISED_ON else Scheme.BEFORE


def find_units(name: str, level: PlaceLevel, scheme: Scheme | None = None) -> tuple[Unit, ...]:
    """The units of a name, without its level word ("Bắc Sơn"); both styles of tone marks are read.

    Communes are loaded at the first question about them (about 0.1 s).
    """
    found = _by_name(level).get(spelling(name), ())
    return tuple(unit for unit in found if scheme is None or unit.scheme is scheme)


def list_units(level: PlaceLevel, scheme: Scheme) -> tuple[Unit, ...]:
    """All units of a level and scheme, in the order of the table; no districts since 1 July 2025."""
    units = _load_communes().units if level is PlaceLevel.COMMUNE else _load_places().units
    return tuple(unit for unit in units if unit.level is level and unit.scheme is scheme)


def province_by_code(code: str, scheme: Scheme) -> Unit | None:
    """The province with a code ("15") in a scheme: a code alone names two."""
    return next((unit for unit in list_units(PlaceLevel.PROVINCE, scheme) if unit.code == code), None)


def successors(unit: Unit) -> tuple[Succession, ...]:
    """What took over from a unit: a province its province, a commune or district the communes of now.

    A district that ended before 2025 went into others. Empty for the units of today.
    """
    return _steps(communes=unit.level is not PlaceLevel.PROVINCE).forward.get(unit, ())


def predecessors(unit: Unit) -> tuple[Succession, ...]:
    """What a unit took over from: for a commune of today the communes before 2025, whole or a part of each."""
    return _steps(communes=unit.level is not PlaceLevel.PROVINCE).backward.get(unit, ())


def same_area(one: Unit, other: Unit) -> bool:
    """Whether two units cover the same area: themselves, or one became the other and nothing else did."""
    if one == other:
        return True
    before, after = (one, other) if one.scheme is Scheme.BEFORE else (other, one)
    steps = successors(before)
    return [step.after for step in steps] == [after] and list(predecessors(after)) == list(steps)


# --- spelling ---------------------------------------------------------------------------------------------

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_WORD_OR_NUMBER = re.compile(rf"{WORD.pattern}|\d+")
_FINAL_Y = re.compile(r"^([^\Waeiouyăâêôơư]+|qu)y$")
_TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}


def spelling(name: str) -> tuple[str, ...]:
    """The syllables in lower case with the tone apart, so that "Hòa" equals "Hoà" but not "Hoa".

    What is written in two ways is one: "Phú Quý" and "Phú Quí", "Đắk", "Đăk" and "Đắc".
    """
    return tuple(_syllable_key(word) for word in _WORD_OR_NUMBER.findall(unicodedata.normalize("NFC", name)))


@lru_cache(maxsize=4096)
def _syllable_key(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower().replace("\u00f0", "đ").replace("’", "'"))
    letters = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    if letters in ("đăk", "đăc", "đak"):
        return "đăk"
    tone = "".join(_TONES[c] for c in decomposed if c in _TONES)
    return _FINAL_Y.sub(r"\1i", letters) + tone


# --- the tables -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    units: tuple[Unit, ...]
    steps: tuple[Succession, ...]


@dataclass(frozen=True, slots=True)
class _Steps:
    forward: Mapping[Unit, tuple[Succession, ...]]
    backward: Mapping[Unit, tuple[Succession, ...]]


@lru_cache(maxsize=1)
def _load_places() -> _Table:
    rows = list(_rows("places.tsv", 8))
    now = {row[4]: _province(row, Scheme.AFTER) for row in rows if row[0] == "tỉnh nay"}
    then = {row[2]: _province(row, Scheme.BEFORE) for row in rows if row[0] == "tỉnh"}
    steps = [Succession(then[row[2]], now[row[4]], whole=True) for row in rows if row[0] == "tỉnh"]
    districts: dict[tuple[str, str], Unit] = {}
    units = []
    for _, kind, name, province, _, _, day, _ in (row for row in rows if row[0] == "huyện"):
        units.append(
            Unit(
                name=name,
                level=PlaceLevel.DISTRICT,
                kind=kind.lower(),
                scheme=Scheme.BEFORE,
                parent=then[province],
                ended_on=date.fromisoformat(day) if day else REORGANISED_ON,
            )
        )
        districts.setdefault((province, name), units[-1])
    for row, unit in zip((row for row in rows if row[0] == "huyện"), units, strict=True):
        into = [districts[row[3], name] for name in row[7].split("; ") if name]
        steps.extend(Succession(unit, other, whole=len(into) == 1) for other in into)
    return _Table((*then.values(), *now.values(), *units), tuple(steps))


def _province(row: list[str], scheme: Scheme) -> Unit:
    _, kind, name, _, _, code, day, later = row
    return Unit(
        name=name,
        level=PlaceLevel.PROVINCE,
        kind=kind.lower(),
        scheme=scheme,
        parent=None,
        code=code,
        ended_on=REORGANISED_ON if scheme is Scheme.BEFORE else None,
        changed_on=date.fromisoformat(day) if day else None,
        kind_since=later.lower() or None,
    )


@lru_cache(maxsize=1)
def _load_communes() -> _Table:
    places = _load_places()
    districts = {
        (unit.province.name, unit.kind, unit.name): unit
        for unit in places.units
        if unit.level is PlaceLevel.DISTRICT
    }
    now_of = {step.before: step.after for step in places.steps if step.before.level is PlaceLevel.PROVINCE}
    units: list[Unit] = []
    now: dict[tuple[str, str], Unit] = {}
    steps: list[Succession] = []
    for row in _rows("communes.tsv", 4):
        if row[0] == "@":
            district = districts[row[1], row[2].lower(), row[3]]
            province = now_of[district.province]
            continue
        kind, name, became, _ = row
        unit = _commune(kind, name, district, Scheme.BEFORE) if name else district
        if name:
            units.append(unit)
        parts = became.split("; ")
        for part in parts:
            key = (province.name, part)
            if key not in now:
                now[key] = _commune(*_split_kind(part), province, Scheme.AFTER)
            steps.append(Succession(unit, now[key], whole=len(parts) == 1))
    return _Table((*units, *now.values()), tuple(steps))


def _commune(kind: str, name: str, parent: Unit, scheme: Scheme) -> Unit:
    return Unit(
        name=name,
        level=PlaceLevel.COMMUNE,
        kind=kind.lower(),
        scheme=scheme,
        parent=parent,
        ended_on=REORGANISED_ON if scheme is Scheme.BEFORE else None,
    )


def _split_kind(part: str) -> tuple[str, str]:
    kind = next(kind for kind in ("Đặc khu", "Phường", "Xã") if part.startswith(f"{kind} "))
    return kind, part[len(kind) + 1 :]


@lru_cache(maxsize=3)
def _by_name(level: PlaceLevel) -> Mapping[tuple[str, ...], tuple[Unit, ...]]:
    table = _load_communes() if level is PlaceLevel.COMMUNE else _load_places()
    found: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
    for unit in table.units:
        if unit.level is level:
            found[spelling(unit.name)].append(unit)
    if level is PlaceLevel.PROVINCE:
        for alias, name in ALIASES.items():
            found[spelling(alias)] = found[spelling(name)]
    return {key: tuple(units) for key, units in found.items()}


@lru_cache(maxsize=2)
def _steps(*, communes: bool) -> _Steps:
    steps = [*_load_places().steps, *(_load_communes().steps if communes else ())]
    forward: dict[Unit, list[Succession]] = defaultdict(list)
    backward: dict[Unit, list[Succession]] = defaultdict(list)
    for step in steps:
        forward[step.before].append(step)
        backward[step.after].append(step)
    for district, into in _communes_of_districts(steps).items():
        forward[district] += [Succession(district, unit, whole=len(into) == 1) for unit in into]
    return _Steps(
        forward={unit: tuple(found) for unit, found in forward.items()},
        backward={unit: tuple(found) for unit, found in backward.items()},
    )


def _communes_of_districts(steps: list[Succession]) -> Mapping[Unit, Mapping[Unit, None]]:
    """District → the communes of today that hold its area."""
    into: dict[Unit, dict[Unit, None]] = defaultdict(dict)
    for step in steps:
        if step.before.level is PlaceLevel.COMMUNE and step.before.parent is not None:
            into[step.before.parent][step.after] = None
    return into


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    text = files("corpus").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            row = line.split("\t")
            yield [*row, *[""] * (columns - len(row))]


# Other spellings of provinces; the tables have one each.
ALIASES = {
    "Thừa Thiên Huế": "Huế",
    "Thừa Thiên - Huế": "Huế",
    "Đăk Lăk": "Đắk Lắk",
    "Đắc Lắc": "Đắk Lắk",
    "Đắc Lắk": "Đắk Lắk",
    "Đăk Nông": "Đắk Nông",
    "Đắc Nông": "Đắk Nông",
    "Bắc Cạn": "Bắc Kạn",
    "Kontum": "Kon Tum",
    "HCM": "Hồ Chí Minh",
    "TPHCM": "Hồ Chí Minh",
    "Vũng Tàu": "Bà Rịa - Vũng Tàu",
}
