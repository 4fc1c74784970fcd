"""Which unit a text means by a name, as of the day of the document.

A name is settled by the unit above that stands behind it ("xã Bắc Sơn, huyện Hưng Hà"), by the province that
the document is from, by its own line, by what the same name means elsewhere in the text. Where these leave
several units the name stays ambiguous; where they speak against the only one, or nothing supports it, it stays
open too: the tables lack the communes that ended before 2025. Precision goes first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.gazetteer import (
    REORGANISED_ON,
    PlaceLevel,
    Scheme,
    Unit,
    find_units,
    predecessors,
    scheme_on,
    successors,
)
from corpus.models import Document, DocumentKind
from corpus.place_dates import day_in_year_of_number, day_of_place_line, keep_in_time, map_of_text, of_scheme
from corpus.place_mentions import UNITS_BELOW, find_named_places
from corpus.place_mergers import rearranged_province, settle_mergers
from corpus.place_names import find_bare_names


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedPlace:
    """A place as a text names it; `text[start:end]` is the name without its level word.

    `unit` is None where the text leaves it open: among several `candidates`, between the maps (the same name
    before and since 1 July 2025), or with one that nothing supports.
    """

    start: int
    end: int
    level: PlaceLevel
    unit: Unit | None
    candidates: tuple[Unit, ...]

    @property
    def scheme(self) -> Scheme | None:
        """The map that it belongs to; None where nothing tells."""
        schemes = {unit.scheme for unit in self.candidates}
        return schemes.pop() if len(schemes) == 1 else None

    @property
    def path(self) -> tuple[str, ...] | None:
        """Its names, innermost first, also where only the map is open ("Hưng Yên"); None where more is."""
        if self.unit is not None:
            return self.unit.path
        paths = {unit.path for unit in self.candidates}
        return paths.pop() if len(paths) == 1 < len(self.candidates) else None

    @property
    def ambiguous(self) -> bool:
        """Whether the text does not tell which of several places it means."""
        return self.path is None


def resolve_places(
    text: str, *, as_of: date | None = None, home: Iterable[str] = ()
) -> tuple[ResolvedPlace, ...]:
    """The places that a text names, in order, each as of a day; text in NFC.

    `as_of` is the day of the document (None: not known), `home` the provinces that it is from: its issuer's,
    or a provincial newspaper's.
    """
    resolver = _Resolver(text, as_of, frozenset(u for name in home for u in _home_units(name, as_of)))
    found = resolver.resolve()
    settled = [(p.start, p.end, p.unit, p.candidates) for p in found]
    bare = find_bare_names(text, settled, resolver.home, as_of, resolver.map)
    more = (_resolved(name.start, name.end, name.unit) for name in bare)
    return tuple(sorted([*found, *more], key=lambda place: place.start))


def places_of(document: Document) -> tuple[ResolvedPlace, ...]:
    """The places that a document names, as of the day of its issue (of a news page: of publication)."""
    issued, province = document.facts.issued_on, document.facts.province
    day = issued.value if issued is not None else (document.published_at or "")[:10]
    as_of = date.fromisoformat(day) if day else None
    if as_of is None and document.facts.kind is not DocumentKind.NEWS:
        symbol = document.facts.symbol
        as_of = day_of_place_line(document.text) or day_in_year_of_number(symbol.value if symbol else None)
    return resolve_places(
        document.text,
        as_of=as_of,
        home=(province.value,) if province is not None else (),
    )


def _resolved(start: int, end: int, unit: Unit) -> ResolvedPlace:
    return ResolvedPlace(start=start, end=end, level=unit.level, unit=unit, candidates=(unit,))


_NUMBERING = re.compile(r"\W*(?:[\dIVXLC]{1,5}|[a-zđ])?\s*[.)\-–+:]?\s*")
_HEADS = 4000  # characters below a heading in which it speaks
_BESIDE = 300  # characters within a line in which a unit speaks for another
_TABLES_BEGIN = date(2025, 1, 1)
_GROWN = {  # what a unit of a kind may have become until then
    "xã": ("thị trấn", "phường"),
    "thị trấn": ("phường",),
    "huyện": ("thị xã", "thành phố", "quận"),
    "thị xã": ("thành phố",),
}
_ABOVE = re.compile(r"\s*[,(\[–-]?\s*(?:(?:thuộc|của|ở|tại)\s*)?")
_PLACE_LINE = re.compile(r",?\s*ngày\s")


class _Resolver:
    """One text: its names, the candidates that are left of each, and what has been settled."""

    def __init__(self, text: str, as_of: date | None, home: frozenset[Unit]) -> None:
        self.text = text
        self.as_of = as_of
        self.home = home
        self.named = find_named_places(text)
        self.left = [keep_in_time(text, place, as_of) for place in self.named]
        self.settled: dict[int, Unit] = {}
        self.map = scheme_on(as_of) if as_of is not None else map_of_text(text, self.named)
        if as_of is None and self.map is not None:
            self.left = [of_scheme(left, self.map) or left for left in self.left]
        if not home and (province := rearranged_province(text, self.named)) is not None:
            self.home = frozenset(_home_units(province, as_of or REORGANISED_ON))

    def resolve(self) -> tuple[ResolvedPlace, ...]:
        for i, units in settle_mergers(self.text, self.named).items():
            self.left[i] = units
            if len(units) == 1:
                self.settled[i] = units[0]
        open_names = [i for i, left in enumerate(self.left) if left and not self._settle_province(i)]
        for i in reversed(open_names):  # the units above stand behind
            self._settle_by_chain(i)
        self.provinces = self._provinces_named()
        for i in sorted(open_names, key=lambda i: self.left[i][0].level is PlaceLevel.COMMUNE):
            if i not in self.settled and not self._is_contradicted(i):
                self._settle_by_context(i)
        self._settle_by_repetition()
        return tuple(self._shown(i) for i, left in enumerate(self.left) if left)

    def _settle_province(self, i: int) -> bool:
        """Provinces have names of their own: only the map may be open. True where nothing else can settle it."""
        if len(self.left[i]) == 1 and self._is_province(i):
            self.settled[i] = self.left[i][0]
        return self._is_province(i)

    def _settle_by_chain(self, i: int) -> None:
        """Keep the candidates that lie in the unit that follows; the two settle each other."""
        if (above := self._following(i)) is None:
            return
        parents = self._meant(above)
        inside = _inside(self.left[i], parents) or [u for u in self.left[i] if _came_of(u, parents)]
        if not inside:
            return
        self._keep(i, inside)
        unit = self.settled.get(i)
        over = [parent for parent in parents if unit is not None and parent in _above(unit)]
        if over and above not in self.settled:
            self.settled[above] = over[0]

    def _following(self, i: int) -> int | None:
        """The name that stands behind a name, or behind the list that it is in, as the unit above."""
        last = i
        while last + 1 < len(self.named) and self.named[last + 1].listed == self.named[i].listed:
            last += 1
        if last + 1 == len(self.named) or not self.left[last + 1]:
            return None
        gap = self.text[self.named[last].end : self.named[last + 1].level_start]
        higher = _rank(self.left[last + 1][0]) < _rank(self.left[i][0])
        return last + 1 if higher and _ABOVE.fullmatch(gap) else None

    def _provinces_named(self) -> frozenset[Unit]:
        """The provinces that the text speaks of; of a text without day also what became of them."""
        named = {u.province for i, u in self.settled.items() if not self._dates(i)}
        if self.as_of is None:
            named |= {u for left in self.left for u in left if u.level is PlaceLevel.PROVINCE}
            named |= {step.after for province in named for step in successors(province)}
        return frozenset(named)

    def _is_contradicted(self, i: int) -> bool:
        """Whether the text puts a name where no candidate lies: a commune that the tables do not hold."""
        above = self._following(i)
        if above is not None:
            parents = self._meant(above)
            if not _inside(self.left[i], parents) and not any(_came_of(u, parents) for u in self.left[i]):
                return True
        communes = [u for u in self.left[i] if u.level is PlaceLevel.COMMUNE and u.scheme is Scheme.BEFORE]
        if not communes or communes != list(self.left[i]):
            return False
        districts = [u for u in (*self._beside(i), *self._headed(i)) if u.level is PlaceLevel.DISTRICT]
        return bool(districts) and not _inside(communes, districts)

    def _headed(self, i: int) -> tuple[Unit, ...]:
        """The unit whose name on a line of its own stands over a name: "1. Huyện Quản Bạ"; none, or one."""
        for j in range(i - 1, -1, -1):
            if self.named[i].start - self.named[j].start > _HEADS:
                break
            unit = self.settled.get(j)
            if unit is None or unit.level is PlaceLevel.COMMUNE or not self._is_heading(j):
                continue
            return (unit,) if unit.level is not self.left[i][0].level else ()
        return ()

    def _is_heading(self, i: int) -> bool:
        place = self.named[i]
        before = self.text[self.text.rfind("\n", 0, place.level_start) + 1 : place.level_start]
        after = self.text[place.end : place.end + 3].split("\n")[0]
        alone = after.strip() in ("", ":", ".") or UNITS_BELOW.match(self.text, place.end) is not None
        return place.level_start < place.start and bool(_NUMBERING.fullmatch(before)) and alone

    def _settle_by_context(self, i: int) -> None:
        """Narrow by the province of the document, the kind, the line; keep what is left, settle one if backed."""
        only = self.provinces if len({p.name for p in self.provinces}) == 1 else frozenset()
        found: Sequence[Unit] = self.left[i]
        headed = _inside(found, self._headed(i))
        inside = headed or _inside(found, self.home or only) or _inside(found, self._beside(i))
        backed = bool(inside)
        found = self._prefer(i, inside or found)
        called = [u for u in found if self._is_called(u, self.named[i].kinds)]
        if len(found) > 1 and (near := _inside(called, self._beside(i))):
            found, backed = near, True
        whole = all(u.level is PlaceLevel.DISTRICT for u in found) or self._is_only_here(i, found)
        if backed or (whole and not self.home) or any(u.province in self.provinces for u in found):
            self._keep(i, found)

    def _is_only_here(self, i: int, found: Sequence[Unit]) -> bool:
        """Whether a commune of today is the only one of its name, also before: one that ended may lie elsewhere."""
        provinces = {
            u.province if u.scheme is Scheme.AFTER else successors(u.province)[0].after
            for u in self.named[i].candidates
        }
        return len(found) == 1 and found[0].scheme is Scheme.AFTER and provinces == {found[0].province}

    def _beside(self, i: int) -> list[Unit]:
        """What the line of a name settles near it."""
        near: list[Unit] = []
        for step in (-1, 1):
            j = i + step
            while 0 <= j < len(self.named) and self._same_line(i, j):
                if not self._dates(j):
                    near.extend(self._meant(j) if self._is_province(j) else self._meant_surely(j))
                j += step
        return near

    def _same_line(self, i: int, j: int) -> bool:
        low, high = sorted((self.named[i].start, self.named[j].start))
        return high - low < _BESIDE and "\n" not in self.text[low:high]

    def _dates(self, i: int) -> bool:
        """Whether a name only says where a paper was signed: "Hà Nội, ngày 5 tháng 5"."""
        return _PLACE_LINE.match(self.text, self.named[i].end) is not None

    def _keep(self, i: int, found: Sequence[Unit]) -> None:
        found = self._prefer(i, found)
        self.left[i] = tuple(found)
        if len(found) == 1:
            self.settled[i] = found[0]

    def _prefer(self, i: int, found: Sequence[Unit]) -> Sequence[Unit]:
        """Of the candidates those of the kind that the text says; in a text of today those of today."""
        kinds = self.named[i].kinds
        if called := [u for u in found if self._is_called(u, kinds)]:
            parents = {u.parent for u in called}
            rest = [u for u in found if u not in called and u.parent not in parents]
            found = [*called, *(u for u in rest if self._was_called(u, kinds))]
        if self.as_of is not None and self.as_of >= REORGANISED_ON:
            return of_scheme(found, Scheme.AFTER) or found
        return found

    def _was_called(self, unit: Unit, kinds: tuple[str, ...]) -> bool:
        """Whether a unit may have been of that kind before 2025, the year of the tables: towns grew out of communes."""
        if unit.scheme is Scheme.AFTER or (self.as_of is not None and self.as_of >= _TABLES_BEGIN):
            return False
        return any(kind in _GROWN and unit.kind in _GROWN[kind] for kind in kinds)

    def _is_called(self, unit: Unit, kinds: tuple[str, ...]) -> bool:
        """Whether its kind is that of the text; communes of a new city may have changed theirs with it."""
        city_since = unit.province.changed_on if unit.scheme is Scheme.AFTER else None
        changed = city_since is not None and self.as_of is not None and self.as_of >= city_since
        return unit.kind in kinds or changed

    def _meant_surely(self, i: int) -> tuple[Unit, ...]:
        return (self.settled[i],) if i in self.settled else ()

    def _is_province(self, i: int) -> bool:
        """Whether a name is a province, be its map open or not."""
        return bool(self.left[i]) and all(u.level is PlaceLevel.PROVINCE for u in self.left[i])

    def _meant(self, i: int) -> tuple[Unit, ...]:
        return (self.settled[i],) if i in self.settled else self.left[i]

    def _settle_by_repetition(self) -> None:
        """Settle what is open by what the same name, called the same, means everywhere else in the text."""
        meant: dict[tuple[str, PlaceLevel], set[Unit]] = defaultdict(set)
        for unit in self.settled.values():
            meant[unit.name, unit.level].add(unit)
        for i, left in enumerate(self.left):
            same = meant[left[0].name, left[0].level] if left else set()
            one_map = self.as_of is not None or len({u.scheme for u in left}) == 1
            if (
                i not in self.settled
                and len(same) == 1
                and same <= set(left)
                and one_map
                and self._may_repeat(i)
            ):
                self.settled[i] = next(iter(same))

    def _may_repeat(self, i: int) -> bool:
        return self.left[i][0].level is not PlaceLevel.PROVINCE and not self._is_contradicted(i)

    def _shown(self, i: int) -> ResolvedPlace:
        unit, place = self.settled.get(i), self.named[i]
        return ResolvedPlace(
            start=place.start,
            end=place.end,
            level=(unit or self.left[i][0]).level,
            unit=unit,
            candidates=(unit,) if unit else self.left[i],
        )


# --- units ------------------------------------------------------------------------------------------------


def _home_units(name: str, as_of: date | None) -> Iterator[Unit]:
    """The units of a province as of a day; of today's also what it was formed from, of a text without day all."""
    for unit in find_units(name, PlaceLevel.PROVINCE):
        if as_of is None or as_of < REORGANISED_ON:
            if as_of is None or unit.scheme is Scheme.BEFORE:
                yield unit
            continue
        now = unit if unit.scheme is Scheme.AFTER else successors(unit)[0].after
        yield now
        yield from (step.before for step in predecessors(now))


def _above(unit: Unit) -> tuple[Unit, ...]:
    return (unit.parent, *_above(unit.parent)) if unit.parent else ()


def _came_of(unit: Unit, parents: Iterable[Unit]) -> bool:
    """Whether a commune of today took over from one of a district: "xã Thần Khê (huyện Hưng Hà cũ)"."""
    former = {above for step in predecessors(unit) for above in _above(step.before)}
    return unit.level is PlaceLevel.COMMUNE and unit.scheme is Scheme.AFTER and bool(former & set(parents))


def _inside(units: Iterable[Unit], above: Iterable[Unit]) -> list[Unit]:
    parents = set(above)
    return [unit for unit in units if parents & set(_above(unit))]


def _rank(unit: Unit) -> int:
    return tuple(PlaceLevel).index(unit.level)
