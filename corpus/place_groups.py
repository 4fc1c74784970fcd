"""Documents by province, never two areas as one: each province as of its document, or joined by today's on request.

"Hưng Yên" of 2018 and "Hưng Yên" of 2026 are two groups: since 1 July 2025 the name covers Thái Bình too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from corpus.gazetteer import (
    PlaceLevel,
    Scheme,
    Unit,
    find_units,
    predecessors,
    same_area,
    scheme_on,
    successors,
)
from corpus.text import fold

T = TypeVar("T")


class Joining(StrEnum):
    """By which map documents are grouped."""

    THEN = "then"  # each province as of the day of the document
    NOW = "now"  # by the province of today that holds it


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceGroup:
    """A province that stands for one area; `label` tells a reader which."""

    label: str  # "Thái Bình (nay thuộc Hưng Yên)"
    province: str | None  # its name; None where the province is not known
    unit: Unit | None  # None where the province is not known, or a text without day leaves the map open
    parts: tuple[str, ...]  # the provinces of before 1 July 2025 that its area holds


UNKNOWN_PROVINCE = ProvinceGroup(label="Không rõ tỉnh", province=None, unit=None, parts=())
_REFORM = "1/7/2025"


def province_on(name: str, day: date | None) -> Unit | None:
    """The province of a name as of a day; None where the name is none, or a text without day leaves its area
    open ("Hưng Yên"). A province that had ended by the day is still the one of before."""
    units = find_units(name, PlaceLevel.PROVINCE)
    if len(units) < 2:
        return units[0] if units else None
    before, after = sorted(units, key=lambda unit: unit.scheme is Scheme.AFTER)
    if day is None:
        return after if same_area(before, after) else None
    return after if scheme_on(day) is Scheme.AFTER else before


@lru_cache(maxsize=1 << 14)  # the same provinces and days come again and again
def group_of(name: str | None, day: date | None, joining: Joining = Joining.THEN) -> ProvinceGroup:
    """The group that a document of a province and day belongs to."""
    units = find_units(name, PlaceLevel.PROVINCE) if name else ()
    if not units:
        return UNKNOWN_PROVINCE
    unit = province_on(units[0].name, day)
    if joining is Joining.NOW:
        # Without a day both maps lead to the same province of today.
        known = unit or next(u for u in units if u.scheme is Scheme.AFTER)
        return _joined(known if known.scheme is Scheme.AFTER else successors(known)[0].after)
    if unit is None:
        label = f"{units[0].name} (không rõ trước hay từ {_REFORM})"
        return ProvinceGroup(label=label, province=units[0].name, unit=None, parts=())
    return _as_of(unit)


def group_by_province(
    items: Iterable[T],
    read: Callable[[T], tuple[str | None, date | None]],
    *,
    joining: Joining = Joining.THEN,
) -> Mapping[ProvinceGroup, tuple[T, ...]]:
    """Items by the province and day that `read` gives of each, in the order of the alphabet, unknown last."""
    groups: dict[ProvinceGroup, list[T]] = defaultdict(list)
    for item in items:
        groups[group_of(*read(item), joining)].append(item)
    ordered = sorted(
        groups, key=lambda group: (group.province is None, fold(group.province or ""), group.label)
    )
    return {group: tuple(groups[group]) for group in ordered}


def _as_of(unit: Unit) -> ProvinceGroup:
    after = unit if unit.scheme is Scheme.AFTER else successors(unit)[0].after
    if len(predecessors(after)) == 1:
        return ProvinceGroup(label=after.name, province=after.name, unit=after, parts=(after.name,))
    if unit.scheme is Scheme.AFTER:
        others = [name for name in _parts(unit) if name != unit.name]
        label = f"{unit.name} (từ {_REFORM}, gồm cả {_and(others)})"
        return ProvinceGroup(label=label, province=unit.name, unit=unit, parts=_parts(unit))
    label = f"{unit.name} ({f'trước {_REFORM}' if unit.name == after.name else f'nay thuộc {after.name}'})"
    return ProvinceGroup(label=label, province=unit.name, unit=unit, parts=(unit.name,))


def _joined(now: Unit) -> ProvinceGroup:
    parts = _parts(now)
    label = now.name if parts == (now.name,) else f"{now.name} (gồm {_and(parts)} trước {_REFORM})"
    return ProvinceGroup(label=label, province=now.name, unit=now, parts=parts)


def _parts(now: Unit) -> tuple[str, ...]:
    """The provinces of before that a province of today holds, the one of its name first."""
    names = sorted(
        (step.before.name for step in predecessors(now)), key=lambda name: (name != now.name, name)
    )
    return tuple(names)


def _and(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} và {last}" if first else last
