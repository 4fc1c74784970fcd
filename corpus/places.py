"""Provinces and districts named in a text, and what became of them on 1 July 2025.

The units are those of corpus/gazetteer.py, provinces and districts only: communes take longer to load, and a
text names most of them without saying which (corpus/place_resolution.py). A text names a place with its level ("huyện Hưng Hà", "Tỉnh ủy Hà Tĩnh") or by
the capitalised name of a province; a question may also leave out marks and capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.gazetteer import ALIASES, WORD, Scheme, list_units, spelling, successors
from corpus.gazetteer import PlaceLevel as PlaceLevel
from corpus.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A place as a text names it; `text[start:end]` covers the level word and the name.

    `name` is the name of the table where the table knows the place, else as written. `provinces` are the
    provinces it may lie in, as of before 1 July 2025: one for a province itself, several for a district name
    that occurs more than once, none for communes, which the table does not hold.
    """

    name: str
    level: PlaceLevel
    start: int
    end: int
    provinces: tuple[str, ...]
    folded: bool = False  # a question's guess: the letters agree, the marks do not


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    current: dict[str, str]  # province → the province of today that holds it
    districts: dict[str, tuple[str, ...]]  # name → provinces
    spelling: dict[tuple[str, ...], str]  # spelling of a province, aliases too → its name
    district_names: dict[tuple[str, ...], str]
    folded: dict[str, str]  # folded spelling of a province, aliases too → its name
    district_folded: dict[str, str]


# Names that are a person or too short to be a place without a level word.
_NEED_LEVEL = frozenset({"Hồ Chí Minh", "Huế", "HCM", "Vũng Tàu", "Kontum"})
_SURNAMES = re.compile(
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đào|đoàn|vương|trịnh|trương|đinh|lâm"
    "|phùng|mai|tô|hà|tạ|thái|cao|châu|văn|thị",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"(?<!\w)(?=[thqxpđ])(?:"
    r"(?P<city>thành\s+phố|thành\s+(?:ủy|uỷ)|tp\s?\.|tp(?=\s)|t\.p\.?)"
    r"|(?P<province>tỉnh\s+(?:ủy|uỷ)|tỉnh)"
    r"|(?P<district>huyện\s+(?:ủy|uỷ)|huyện|quận\s+(?:ủy|uỷ)|quận|thị\s+xã|thị\s+(?:ủy|uỷ)|tx\s?\.)"
    r"|(?P<commune>xã|phường|thị\s+trấn|tt\s?\.|đặc\s+khu)"
    r")\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
_GAP = re.compile(r"\s*[-–—]\s*|\s+")
_MANY = re.compile(r"(?<!\w)(?:các|những|hai|ba)\s+\Z", re.IGNORECASE)
_NEXT_NAME = re.compile(r"\s*,\s*|\s+và\s+")
_CAPITALISED = re.compile(r"(?<!\w)[^\W\d_]\w*")
_MAX_SYLLABLES = 5  # "Bà Rịa - Vũng Tàu" has four, "Thừa Thiên - Huế" three


def find_places(text: str) -> tuple[PlaceMention, ...]:
    """The places that a text names, in order, never overlapping.

    A bare word is a place only as the capitalised name of a province that is no part of a person's name;
    everything else needs its level word. Both styles of tone marks (hòa, hoà) are read.
    """
    found = sorted([*_find_levelled(text), *_find_bare_provinces(text)], key=lambda p: (p.start, -p.end))
    kept: list[PlaceMention] = []
    for place in found:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return tuple(_narrow(text, kept))


def find_places_folded(query: str) -> tuple[PlaceMention, ...]:
    """Provinces and districts that a question names, with marks and capitals missing or one tone wrong.

    A mention that agrees in letters only carries `folded=True`: a hint for ranking, never a fact.
    """
    words = [(m.start(), m.end()) for m in _CAPITALISED.finditer(query)]
    found: list[PlaceMention] = []
    i = 0
    while i < len(words):
        match = _match_folded(query, words[i : i + _MAX_SYLLABLES])
        if match is None:
            i += 1
            continue
        found.append(match)
        i += sum(1 for start, _ in words[i:] if start < match.end)
    return tuple(found)


def province_of(name: str) -> str | None:
    """The province, as of before 1 July 2025, of a province or district; None if unknown or not unique."""
    bare = _strip_level(name)
    known = _gazetteer()
    if name_of := known.spelling.get(spelling(bare)):
        return name_of
    district = known.district_names.get(spelling(bare))
    provinces = known.districts[district] if district else ()
    return provinces[0] if len(provinces) == 1 else None


def province_called(name: str) -> str | None:
    """The province that is called so, with or without its level word: "TP. HCM" → "Hồ Chí Minh"; None where none is."""
    return _gazetteer().spelling.get(spelling(_strip_level(name)))


def current_province(name: str) -> str | None:
    """The province of today that holds a province or district: "Thái Bình" → "Hưng Yên"."""
    province = province_of(name)
    return None if province is None else _gazetteer().current[province]


def related_provinces(name: str) -> tuple[str, ...]:
    """A province with its lineage: itself, its successor, and what was merged into it."""
    province = province_of(name)
    if province is None:
        return ()
    current = _gazetteer().current
    merged = [old for old, new in current.items() if new == province]
    return tuple(dict.fromkeys([province, current[province], *merged]))


def all_provinces() -> tuple[str, ...]:
    """The 63 provinces of before 1 July 2025."""
    return tuple(_gazetteer().current)


def _find_levelled(text: str) -> Iterator[PlaceMention]:
    for match in _LEVEL.finditer(text):
        kind = match.lastgroup or ""
        place = _read_place(text, match.start(), match.end(), kind)
        while place is not None:
            yield place
            # "các huyện Nghi Xuân, Vũ Quang và Kỳ Anh": the level word speaks for the whole list.
            gap = _NEXT_NAME.match(text, place.end)
            # … but behind one city a province is a province: "Thành phố Hồ Chí Minh, Thanh Hóa, Nghệ An"
            if (
                kind == "city"
                and gap
                and not _MANY.search(text, max(0, match.start() - 8), match.start())
                and _is_province(text, gap.end())
            ):
                break
            known = gap is not None and place.level is not PlaceLevel.COMMUNE and place.provinces
            place = _read_place(text, gap.end(), gap.end(), kind, listed=True) if known and gap else None


def _is_province(text: str, at: int) -> bool:
    """Whether the name at an offset is one of a province."""
    words = _capitalised_words(text, at)
    return any(spelling(text[at:end]) in _gazetteer().spelling for _, end in words)


def _read_place(text: str, start: int, at: int, kind: str, *, listed: bool = False) -> PlaceMention | None:
    words = _capitalised_words(text, at)
    known = _gazetteer()
    for count in range(len(words), 0, -1):
        end = words[count - 1][1]
        key = spelling(text[at:end])
        province = known.spelling.get(key) if kind in ("province", "city") else None
        if province is not None and (kind == "province" or _is_city(province)):
            return PlaceMention(
                name=province, level=PlaceLevel.PROVINCE, start=start, end=end, provinces=(province,)
            )
        district = known.district_names.get(key) if kind in ("district", "city") else None
        if district is not None:
            return PlaceMention(
                name=district,
                level=PlaceLevel.DISTRICT,
                start=start,
                end=end,
                provinces=known.districts[district],
            )
    if listed or not words or kind in ("province", "city") or text[start : words[0][1]].isupper():
        return None  # capitals tell a name from a word only outside headlines: "XÃ HỘI" is no commune
    level = PlaceLevel.DISTRICT if kind == "district" else PlaceLevel.COMMUNE
    end = words[min(len(words), 3) - 1][1]
    return PlaceMention(name=text[at:end], level=level, start=start, end=end, provinces=())


def _capitalised_words(text: str, at: int) -> list[tuple[int, int]]:
    """Up to five capitalised words from an offset on, separated by spaces or a dash."""
    words: list[tuple[int, int]] = []
    while len(words) < _MAX_SYLLABLES and (word := WORD.match(text, at)) and word[0][0].isupper():
        words.append(word.span())
        gap = _GAP.match(text, word.end())
        if gap is None or "\n" in gap[0]:
            break
        at = gap.end()
    return words


def _find_bare_provinces(text: str) -> Iterator[PlaceMention]:
    known = _gazetteer()
    until = 0
    for match in _bare_pattern().finditer(fold(text)):
        start, end = match.span()
        written = text[start:end]
        province = known.spelling.get(spelling(written))
        if province is None or start < until or not all(w[0].isupper() for w in WORD.findall(written)):
            continue
        if (written.isupper() and written != "TPHCM") or _is_part_of_name(text, start, end):
            continue
        until = end
        yield PlaceMention(
            name=province, level=PlaceLevel.PROVINCE, start=start, end=end, provinces=(province,)
        )


def is_surname(word: str) -> bool:
    """Whether a capitalised word is a common surname, or a middle name after one."""
    return word[0].isupper() and _SURNAMES.fullmatch(word) is not None


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a surname stands before, or a capitalised word follows: "Nguyễn Thái Bình", "Hà Nam Ninh"."""
    before = re.search(r"([^\W\d_]+)\s\Z", text[max(0, start - 12) : start])
    if before is not None and is_surname(before[1]):
        return True
    if re.match(r"\s+Dương(?!\w)", text[end : end + 12]):  # Thái Bình Dương, broken over two lines too
        return True
    after = re.match(r" ([^\W\d_]+)", text[end : end + 12])
    return after is not None and after[1][0].isupper() and not after[1].isupper()


def _narrow(text: str, places: list[PlaceMention]) -> Iterator[PlaceMention]:
    """Settle "huyện Châu Thành, tỉnh Tiền Giang": the province beside a district says which one it is."""
    for i, place in enumerate(places):
        following = places[i + 1] if i + 1 < len(places) else None
        beside = (
            following is not None
            and following.level is PlaceLevel.PROVINCE
            and len(place.provinces) > 1
            and following.name in place.provinces
            and re.fullmatch(r"\s*[,(\-–]?\s*", text[place.end : following.start])
        )
        if beside and following is not None:
            yield PlaceMention(
                name=place.name,
                level=place.level,
                start=place.start,
                end=place.end,
                provinces=(following.name,),
            )
        else:
            yield place


def _match_folded(query: str, words: list[tuple[int, int]]) -> PlaceMention | None:
    known = _gazetteer()
    start = words[0][0]
    for count in range(len(words), 0, -1):
        end = words[count - 1][1]
        written = query[start:end]
        key = _folded_key(written)
        for table, level in (
            (known.folded, PlaceLevel.PROVINCE),
            (known.district_folded, PlaceLevel.DISTRICT),
        ):
            name = table.get(key)
            if name is None or _count_other_marks(written, name) > (level is PlaceLevel.PROVINCE):
                continue
            provinces = (name,) if level is PlaceLevel.PROVINCE else known.districts[name]
            exact = spelling(written) in (known.spelling, known.district_names)[level != "tỉnh"]
            return PlaceMention(
                name=name, level=level, start=start, end=end, provinces=provinces, folded=not exact
            )
    return None


def _count_other_marks(written: str, name: str) -> int:
    """How many syllables carry other marks than the name: one is a slip of a province's name ("Hà Tỉnh"),
    more are other words ("giá lại" is not Gia Lai). Syllables without any mark are careless, not other."""
    pairs = zip(WORD.findall(written), WORD.findall(name), strict=False)
    return sum(spelling(w) != spelling(n) and not w.isascii() for w, n in pairs)


def _is_city(province: str) -> bool:
    return province in ("Hà Nội", "Hồ Chí Minh", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế")


def _strip_level(name: str) -> str:
    match = _LEVEL.match(name.strip())
    return name.strip()[match.end() :] if match else name.strip()


@lru_cache(maxsize=1)
def _bare_pattern() -> re.Pattern[str]:
    known = _gazetteer()
    names = [*known.current, *ALIASES]
    bare = sorted({_folded_key(n) for n in names if n not in _NEED_LEVEL}, key=len, reverse=True)
    # By their first letter, so that most words of a text are passed over at once.
    by_letter: dict[str, list[str]] = {}
    for name in bare:
        by_letter.setdefault(name[0], []).append(r"(?:\s*[-–]\s*|\s+)".join(name[1:].split(" ")))
    groups = (f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
    # a mark of a footnote may follow: "Phú Thọ2"
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?=\d?(?!\w))")


@lru_cache(maxsize=1)
def _gazetteer() -> _Gazetteer:
    current = {
        unit.name: successors(unit)[0].after.name for unit in list_units(PlaceLevel.PROVINCE, Scheme.BEFORE)
    }
    districts: dict[str, tuple[str, ...]] = {}
    for unit in list_units(PlaceLevel.DISTRICT, Scheme.BEFORE):
        name, province = unit.path
        if not name.isdigit() and province not in districts.get(name, ()):
            districts[name] = (*districts.get(name, ()), province)
    provinces = {**{name: name for name in current}, **ALIASES}
    return _Gazetteer(
        current=current,
        districts=districts,
        spelling={spelling(alias): name for alias, name in provinces.items()},
        district_names={spelling(name): name for name in districts},
        folded={_folded_key(alias): name for alias, name in provinces.items()},
        district_folded={_folded_key(name): name for name in districts if " " in name},
    )


def _folded_key(name: str) -> str:
    return " ".join(WORD.findall(fold(name)))
