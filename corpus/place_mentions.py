"""Where a text names provinces, districts and communes, and what each name may stand for.

Every name that stands behind a level word ("huyện Hưng Hà", "Tỉnh ủy Hà Tĩnh", "các xã Bắc Sơn, Đông Đô và
Tây Đô") and is one of the gazetteer, and the bare names of provinces. What only looks like a place is left out:
persons, streets, schools, companies, newspapers. Which unit is meant is settled by corpus/place_resolution.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.gazetteer import WORD, PlaceLevel, Scheme, Unit, find_units, successors
from corpus.place_bearers import (
    bears_name,
    is_end_of_route,
    is_named_after,
    is_numbered,
    is_of_list,
    is_part_of_longer_name,
    is_road,
)
from corpus.places import find_places, is_surname

_MAX_WORDS = 5
UNITS_BELOW = re.compile(r"[ \u00a0]+(?:Các|Xã|Phường|Thị trấn|Gồm|Toàn)(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A name of a text that is one of the gazetteer; `text[start:end]` is the name without its level word."""

    start: int
    end: int
    level_start: int  # of the level word; the name itself where there is none or a list shares it
    level_end: int
    kinds: tuple[str, ...]  # what the text calls it: ("huyện",), ("xã", "phường"); none for a bare name
    candidates: tuple[Unit, ...]  # of every scheme
    listed: int  # start of the first name of the list that it stands in, else its own start


_KINDS = {
    "tỉnh": r"tỉnh(?:\s+(?:ủy|uỷ|đoàn))?",
    "thành phố": r"thành\s+(?:phố|ủy|uỷ|đoàn)|t\.?p\s?\.|tp(?!\w)",
    "huyện": r"huyện(?:\s+(?:ủy|uỷ|đoàn))?",
    "quận": r"quận(?:\s+(?:ủy|uỷ|đoàn))?",
    "thị xã": r"thị\s+(?:xã|ủy|uỷ|đoàn)|tx\s?\.|tx(?!\w)",
    "thị trấn": r"thị\s+trấn",
    "phường": r"(?<!phố )phường",
    "xã": r"(?<!hợp tác )(?<!hợp\ntác )xã",
    "đặc khu": r"đặc\s+khu",
}
_LEVELS = {
    "tỉnh": (PlaceLevel.PROVINCE,),
    "thành phố": (PlaceLevel.PROVINCE, PlaceLevel.DISTRICT),
    **dict.fromkeys(("huyện", "quận", "thị xã"), (PlaceLevel.DISTRICT,)),
    **dict.fromkeys(("thị trấn", "phường", "xã", "đặc khu"), (PlaceLevel.COMMUNE,)),
}
_LEVEL_WORD = "|".join(_KINDS.values())
_LEVEL = re.compile(
    rf"(?<!\w)(?=[thqpxđ])(?P<words>(?:(?:{_LEVEL_WORD})\s*(?:,|/|và|hoặc)\s*)*(?P<last>{_LEVEL_WORD}))\s*(?P<open>[:(])?(?:\s*(?=[^\W\d_])|[ \u00a0](?=\d))",
    re.IGNORECASE,
)
_ONE_LEVEL = re.compile(
    "|".join(f"(?P<k{i}>{pattern})" for i, pattern in enumerate(_KINDS.values())), re.IGNORECASE
)
_MANY = re.compile(r"(?:(?<!\w)(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|số)|\d)\s+\Z", re.IGNORECASE)
# A list goes on behind what stands in brackets: "các xã A (huyện B), C và D".
_NEXT_NAME = re.compile(r"(?:\s*\([^()\n]{1,60}\))?\s*(?:[,;]|[,;]?\s(?:và|hoặc))\s+")
# … and behind a name that the tables lack, not behind a body or firm.
_BODIES = frozenset("Bộ Sở Ban Công Ủy Uỷ Hội Đoàn Trường Thủ Chủ Văn Tổng Cục Khu Ngân".split())
_IN_BRACKETS = re.compile(r"[^()\n,]{3,30},[^()\n]{3,}")
_NAME_WORD = re.compile(rf"{WORD.pattern}|\d{{1,2}}(?![\w%]|[.,]\d)")
_GAP = re.compile(r"[ \t\u00a0]*[-–—][ \t\u00a0]*|[ \t\u00a0]*\n?[ \t\u00a0]*")


def find_named_places(text: str) -> tuple[NamedPlace, ...]:
    """The places that a text names, in order, never overlapping; text in NFC."""
    levelled = [place for match in _LEVEL.finditer(text) for place in _read_names(text, match)]
    provinces = [*_find_bare_provinces(text), *(p for p in levelled if p.candidates[0].level == "tỉnh")]
    found = [*levelled, *provinces, *_find_hue(text, provinces), *_find_before_provinces(text, provinces)]
    kept: list[NamedPlace] = []
    for place in sorted(found, key=lambda p: (p.start, p.level_start, -p.end)):
        if kept and place.start < kept[-1].end:
            continue
        if not _is_no_place(text, place):
            kept.append(place)
    return tuple(kept)


def _is_no_place(text: str, place: NamedPlace) -> bool:
    if bears_name(text, place.level_start):
        return True
    if place.level_end > place.level_start:
        return is_road(text, place.level_start, place.end)
    return (
        is_named_after(text, place.start)
        or is_end_of_route(text, place.start, place.end)
        or is_of_list(text, place.start, place.end)
        or is_numbered(text, place.end)
    )


def _read_names(text: str, match: re.Match[str]) -> Iterator[NamedPlace]:
    kinds = _kinds_of(match["words"])
    at = listed = match.end()
    many = len(kinds) > 1 or _MANY.search(text[max(0, match.start() - 8) : match.start()]) is not None
    if match["open"] == "(":  # "trạm y tế xã (Bắc Sơn, Tây Đô)"
        many = many or _IN_BRACKETS.match(text, at) is not None
    if match["open"] and not many:
        return
    level = match.span("words")
    if "\n" in text[level[1] : at] and re.match(r"[IVX]+\W", text[at : at + 6]):
        return  # a heading of the next line
    while True:
        end = _read_name(text, at, kinds, shouted=match["words"].isupper())
        if end is not None:
            yield NamedPlace(
                start=at,
                end=end,
                level_start=level[0],
                level_end=level[1],
                kinds=kinds,
                candidates=find_candidates(text[at:end], kinds),
                listed=listed,
            )
        else:
            end = _skip_unknown_name(text, at)
        gap = _NEXT_NAME.match(text, end) if many and end is not None else None
        if gap is None:
            return
        at = gap.end()
        level = (at, at)


def _skip_unknown_name(text: str, at: int) -> int | None:
    """The end of the capitalised words at an offset that name no body; None where there are none."""
    end = None
    while (
        (word := WORD.match(text, at))
        and word[0][0].isupper()
        and (len(word[0]) == 1 or not word[0].isupper())
    ):
        if end is None and word[0] in _BODIES:
            return None
        end = word.end()
        at = end + len(_GAP.match(text, end)[0])  # type: ignore[index]
        if at == end:
            break
    return end


def _kinds_of(words: str) -> tuple[str, ...]:
    names = tuple(_KINDS)
    found = (int((m.lastgroup or "k0")[1:]) for m in _ONE_LEVEL.finditer(words))
    return tuple(dict.fromkeys(names[i] for i in found))


def find_candidates(name: str, kinds: tuple[str, ...]) -> tuple[Unit, ...]:
    """The units of a name that a text calls so; "tỉnh, thành phố X" is a province, never a town in one."""
    levels = dict.fromkeys(level for kind in kinds for level in _LEVELS[kind])
    if len(kinds) > 1 and len(levels) > 1:
        alone = PlaceLevel.PROVINCE if "tỉnh" in kinds else PlaceLevel.DISTRICT
        levels = {alone: None}
    found = tuple(unit for level in levels for unit in find_units(name, level))
    if re.fullmatch(r"\d+|[IVX]+", name):  # "xã I.", "phường 4 lần": a number is a name only of its own kind
        return tuple(unit for unit in found if unit.kind in kinds)
    if kinds == ("thành phố",):
        # "thành phố Hưng Yên" is the town: the province never was a city
        return tuple(u for u in found if "thành phố" in (u.kind, u.kind_since) or u.level != "tỉnh")
    return found


def _read_name(text: str, at: int, kinds: tuple[str, ...], *, shouted: bool) -> int | None:
    """The end of the longest name of the gazetteer at an offset; None where a longer, unknown one stands."""
    ends: list[int] = []
    end = at
    while len(ends) < _MAX_WORDS and (word := _NAME_WORD.match(text, end)):
        if not (word[0][0].isupper() or word[0].isdigit()):
            break
        ends.append(word.end())
        gap = _GAP.match(text, word.end())
        if gap is None or gap.end() == word.end():
            break
        end = gap.end()
    for count in range(len(ends), 0, -1):
        if not find_candidates(text[at : ends[count - 1]], kinds):
            continue
        rest = text[ends[count - 1] : ends[count]] if count < len(ends) else ""
        if rest and not shouted and "\n" not in rest and not _begins_other(text, ends[count - 1]):
            # No province but one has a longer name: "tỉnh Hà Tĩnh Quy định", but "Hà Nam Ninh".
            whole = find_candidates(text[at : ends[count - 1]], kinds)[0].level is PlaceLevel.PROVINCE
            return ends[count - 1] if whole and rest.strip() not in ("Ninh", "Mới") else None
        return ends[count - 1]
    return None


def _begins_other(text: str, at: int) -> bool:
    """Whether what follows a name is no part of it: a dash, a list of units ("Huyện Hưng Hà Các xã: …"), or a
    person ("xã Bắc Sơn Trần Văn An")."""
    following = re.match(r"\s+([^\W\d_]+)\s+[^\W\d_]", text[at : at + 30])
    if UNITS_BELOW.match(text, at):
        return True
    return text[at : at + 2].strip()[:1] in ("-", "–", "—") or (
        following is not None and is_surname(following[1])
    )


def _find_bare_provinces(text: str) -> Iterator[NamedPlace]:
    for place in find_places(text):
        written = text[place.start : place.end]
        candidates = find_units(written, PlaceLevel.PROVINCE)
        if (
            place.level is PlaceLevel.PROVINCE
            and candidates
            and not _is_named_again(text, place.end, written)
        ):
            start = place.end - 3 if written == "TPHCM" else place.start
            yield _bare(start, place.end, place.start, (), candidates)


def _is_named_again(text: str, end: int, name: str) -> bool:
    """Whether the province follows by its whole name: "khu kinh tế Đông Nam Nghệ An, tỉnh Nghệ An"."""
    again = re.match(r",\s+(?:tỉnh|thành\s+phố)\s+", text[end : end + 16], re.IGNORECASE)
    return again is not None and text.startswith(name, end + again.end())


def _bare(
    start: int, end: int, level: int, kinds: tuple[str, ...], candidates: tuple[Unit, ...]
) -> NamedPlace:
    return NamedPlace(
        start=start,
        end=end,
        level_start=level,
        level_end=level,
        kinds=kinds,
        candidates=candidates,
        listed=start,
    )


# Alone it is a person, the city in the province, or the region; beside other provinces it is the province.
_HUE = re.compile(r"(?<!\w)Huế(?!\w)")
_BESIDE_HUE = re.compile(r"\s*(?:[,;+]|và|hoặc)\s*")
_PAPER_OF_HUE = re.compile(r"truyền hình\s\Z", re.IGNORECASE)
_CELL = re.compile(r"(?:\A|\n)[ \t]*(?:\d{1,2}\.?[ \t]*)?\Z")
_MANY_PROVINCES = 5


def _find_hue(text: str, provinces: list[NamedPlace]) -> Iterator[NamedPlace]:
    """Bare "Huế" among provinces, in a place line, or as the cell of a table of provinces."""
    ends, starts = {p.end for p in provinces}, {p.level_start for p in provinces}
    for match in _HUE.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - 20) : start], text[end : end + 20]
        cell = _CELL.search(before) is not None
        listed = (
            (gap := re.search(rf"{_BESIDE_HUE.pattern}\Z", before)) and start - len(gap[0]) in ends
        ) or ((gap := _BESIDE_HUE.match(after)) and end + gap.end() in starts)
        signed = cell and re.match(r",\s*ngày\s", after)
        alone = cell and re.match(r"[ \t]*(?:\n|\Z)", after) and len(provinces) >= _MANY_PROVINCES
        if listed or signed or alone or _PAPER_OF_HUE.search(before):
            yield _bare(start, end, start, (), find_units("Huế", PlaceLevel.PROVINCE))


_STREET_NUMBER = re.compile(r"\d[A-Z]?\s\Z")
_BEFORE_PROVINCE = re.compile(r"[ \u00a0]?[,(]\s?\Z")
UNTOLD_KINDS = ("huyện", "quận", "thị xã", "thành phố", "xã", "phường", "đặc khu")  # no level word


def _find_before_provinces(text: str, provinces: list[NamedPlace]) -> Iterator[NamedPlace]:
    """Districts and communes of today without a level word before their province: "tại Nghi Xuân, Hà Tĩnh"."""
    for province in provinces:
        before = text[max(0, province.level_start - 40) : province.level_start]
        if (gap := _BEFORE_PROVINCE.search(before)) is None:
            continue
        offset = province.level_start - len(before)
        words = [word.span() for word in WORD.finditer(before, 0, gap.start())][-_MAX_WORDS:]
        if not words or words[-1][1] != gap.start():
            continue
        for word in words[:-1]:  # two syllables at least
            start, end = offset + word[0], offset + gap.start()
            found = _districts_in(text[start:end], province.candidates)
            if found and _STREET_NUMBER.search(text, max(0, start - 8), start):
                break  # "99 Cầu Giấy, Hà Nội"
            if found and text[start:end].istitle() and not is_part_of_longer_name(text, start, start):
                yield _bare(start, end, start, UNTOLD_KINDS, found)
                break


def _districts_in(name: str, provinces: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The districts of a name in a province, or in what became of it, and the commune of today called after one."""
    if find_units(name, PlaceLevel.PROVINCE):
        return ()
    names = {unit.name for unit in provinces}
    districts = [
        unit
        for unit in find_units(name, PlaceLevel.DISTRICT)
        if names & {unit.province.name, successors(unit.province)[0].after.name}
    ]
    communes = [u for u in find_units(name, PlaceLevel.COMMUNE, Scheme.AFTER) if u.province.name in names]
    return (*districts, *communes) if districts else ()
