"""Sentences that say which communes became one on 1 July 2025: the tables of succession tell which they are.

"Sắp xếp toàn bộ diện tích tự nhiên của xã A và xã B thành xã mới có tên gọi là xã C": of all communes called C only
one took over from an A and a B, and of all called A only one went into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus.gazetteer import PlaceLevel, Scheme, Unit, predecessors
from corpus.place_dates import of_scheme
from corpus.place_mentions import NamedPlace

_CALLED = re.compile(r"(?:mới\s+)?(?:có\s+)?tên\s+gọi\s+là\s+\Z", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"\.\s|\n")
_TITLE = re.compile(
    r"sắp\s+xếp\s+(?:các\s+)?(?:đơn\s+vị\s+hành\s+chính|ĐVHC)\s+cấp\s+(?:xã|huyện)[^.;\n]{0,40}\scủa\s+(?=tỉnh|thành\s+phố)",
    re.IGNORECASE,
)
_HEAD = 3000


def settle_mergers(text: str, places: Sequence[NamedPlace]) -> Mapping[int, tuple[Unit, ...]]:
    """Index of a name → its unit, of the communes that merged and of what came of them; of a part that the
    tables do not give, the communes of before."""
    settled: dict[int, tuple[Unit, ...]] = {}
    for i, place in enumerate(places):
        if not _CALLED.search(text, max(0, place.level_start - 30), place.level_start):
            continue
        olds = list(_names_before(text, places, i))
        if (unit := _find_fit(place, [places[j] for j in olds])) is not None:
            settled[i] = (unit,)
        for j in olds:
            parts = tuple(_parts(unit, places[j])) if unit is not None else ()
            settled[j] = parts or of_scheme(places[j].candidates, Scheme.BEFORE)
    return settled


def rearranged_province(text: str, places: Sequence[NamedPlace]) -> str | None:
    """The province whose communes a text rearranges, as its title says."""
    if (title := _TITLE.search(text, 0, _HEAD)) is None:
        return None
    named = next((p for p in places if p.level_start == title.end()), None)
    return named.candidates[0].name if named else None


def _names_before(text: str, places: Sequence[NamedPlace], i: int) -> Iterator[int]:
    """The communes that the sentence names before a name."""
    begin = 0
    for end in _SENTENCE_ENDS.finditer(text, max(0, places[i].start - 1500), places[i].level_start):
        begin = end.end()
    for j in range(i - 1, -1, -1):
        if places[j].start < begin:
            return
        if any(unit.level is PlaceLevel.COMMUNE for unit in places[j].candidates):
            yield j


def _find_fit(new: NamedPlace, olds: Sequence[NamedPlace]) -> Unit | None:
    """The new unit that took over from most of the names, at least half of them; None where several fit as well."""
    communes = [unit for unit in new.candidates if unit.level is PlaceLevel.COMMUNE]
    fits = {unit: [_parts(unit, old) for old in olds] for unit in of_scheme(communes, Scheme.AFTER)}
    counts = {
        unit: (
            sum(bool(found) for found in parts),
            sum(found[0].kind in old.kinds for found, old in zip(parts, olds, strict=True) if found),
        )
        for unit, parts in fits.items()
    }
    most = max(counts.values(), default=(0, 0))
    best = [unit for unit, count in counts.items() if count == most]
    return best[0] if len(best) == 1 and most[0] and 2 * most[0] >= len(olds) else None


def _parts(unit: Unit, old: NamedPlace) -> list[Unit]:
    """What a name may mean of the communes that a unit took over from, those of the kind it is called first."""
    before = {step.before for step in predecessors(unit)}
    found = [part for part in old.candidates if part in before]
    return [part for part in found if part.kind in old.kinds] or found
