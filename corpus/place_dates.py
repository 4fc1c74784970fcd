"""Which map a name of a text belongs to: what the day of the document and the words beside the name leave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from corpus.gazetteer import REORGANISED_ON, PlaceLevel, Scheme, Unit, scheme_on
from corpus.place_mentions import UNTOLD_KINDS, NamedPlace
from corpus.text import fold

_MERGERS_BEGIN = date(2025, 4, 1)  # from then on texts of the old map speak of the new one
_WHEN = r"(?:sáp nhập|hợp nhất|sắp xếp)"
_OLD = re.compile(rf"\s*\(?\s*(?:cũ|trước đây|trước (?:khi )?{_WHEN})(?!\w)")
_NEW = re.compile(rf"\s*\(?\s*(?:mới(?=\s*(?:[),.;:]|\Z))|sau (?:khi )?{_WHEN}(?!\w))")  # not "mới chỉ đạt"
_NEW_BEFORE = re.compile(r"(?:nay(?: là)?|tên gọi là)\s+\Z", re.IGNORECASE)
# What stayed as it was is a unit of the new map too: "2 xã không thực hiện sắp xếp là xã Thu Cúc, xã Trung Sơn"
_STAYED = re.compile(r"không\s+(?:thực hiện\s+)?sắp xếp\s+(?:là|gồm)[^.;\n]*\Z", re.IGNORECASE)
_MERGING = re.compile(
    r"sáp nhập|hợp nhất|sắp xếp (?:các )?(?:đơn vị hành chính|ĐVHC|tỉnh|địa giới)|nhập toàn bộ", re.IGNORECASE
)
# An act of a day whose issuer the name is, or on whose area it holds: "ngày 5/7/2024 của HĐND tỉnh X quy định …
# trên địa bàn tỉnh X".
_DATED = re.compile(
    r"(?:(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4}))"
    r"\)?\s+(?:của\s+(?:[^.;,(\n]{0,80}|[^;\n]{0,400}\strên\s+địa\s+bàn\s+)|(?:[^.;,(\n]{0,80}\s)?phê duyệt\s+[^.;,(\n]{0,60})\Z",
    re.IGNORECASE,
)
_DATED_WITHIN = 500
_PLACE_LINE = re.compile(
    r"(?:\A|[\s|>])[^\W\d_]+(?:[ \u00a0][^\W\d_]+){1,4},\s*ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})(?!\d)"
)
_HEAD = 6000
_YEAR_OF_NUMBER = re.compile(r"/((?:19|20)\d\d)/")
_TELLING = 2  # names of one map only that tell the map of a text without day
_OFTEN = 3


def keep_in_time(text: str, place: NamedPlace, as_of: date | None) -> tuple[Unit, ...]:
    """The candidates that the day of the document and the words beside the name leave; of both maps where
    neither tells."""
    found = place.candidates
    if place.kinds == UNTOLD_KINDS and as_of is not None:
        # "Hoàn Kiếm, Hà Nội": the district of then, the ward of now
        return of_scheme(found, scheme_on(as_of)) or of_scheme(found, Scheme.BEFORE)
    if place.kinds == ("thị trấn",):  # they ended with the old map
        return of_scheme(found, Scheme.BEFORE)
    if as_of is not None and place.kinds == ("thành phố",):
        found = tuple(u for u in found if u.level is not PlaceLevel.PROVINCE or "thành" in u.kind_on(as_of))
        if any(u.level is PlaceLevel.PROVINCE for u in found):
            # Since 2025 "thành phố Huế" is the province, no longer the city in it, also of what was before.
            eve = min(as_of, REORGANISED_ON - timedelta(days=1))
            found = tuple(u for u in found if u.scheme is Scheme.AFTER or u.exists_on(eve))
    if (told := _scheme_told(text, place, as_of)) is not None:
        return of_scheme(found, told) or found
    if as_of is None or (as_of >= _MERGERS_BEGIN and _speaks_of_merging(text, place)):
        return found
    if as_of >= REORGANISED_ON:
        # An old commune may bear the name of a new one elsewhere: the context chooses between them.
        communes = any(u.level is PlaceLevel.COMMUNE for u in found)
        return found if communes else of_scheme(found, Scheme.AFTER) or found
    now = of_scheme(found, Scheme.BEFORE)
    return tuple(u for u in now if u.exists_on(as_of)) or now


def day_of_place_line(text: str) -> date | None:
    """The day of the first place line ("Hà Nội, ngày 5 tháng 5 năm 2026") of a text; None where there is none."""
    line = _PLACE_LINE.search(text, 0, _HEAD)
    return _make_day(*line.groups()) if line else None


def day_in_year_of_number(symbol: str | None) -> date | None:
    """A day of the year that the number of a document names ("141/2026/NĐ-CP"), of which the map is certain; None
    of 2025, and where it names none."""
    named = _YEAR_OF_NUMBER.search(symbol or "")
    year = int(named[1]) if named else REORGANISED_ON.year
    return date(year, 1, 1) if year != REORGANISED_ON.year else None


def map_of_text(text: str, places: Iterable[NamedPlace]) -> Scheme | None:
    """The one map that the names of a text without day are of; None where they are of both, or too few tell.

    A text that says of one of its units when it was ("cũ", "nay là") knows both. Names of provinces tell
    nothing: most are on both maps.
    """
    names: dict[Scheme, list[str]] = {scheme: [] for scheme in Scheme}
    for place in places:
        if _scheme_told(text, place, None) is not None:
            return None
        schemes = {unit.scheme for unit in place.candidates}
        lower = place.level_start < place.start and all(
            unit.level is not PlaceLevel.PROVINCE for unit in place.candidates
        )
        if lower and len(schemes) == 1:
            names[schemes.pop()].append(text[place.start : place.end])
    told = [scheme for scheme, found in names.items() if found]
    if len(told) != 1:
        return None
    found = names[told[0]]
    # What was lives on in names, what has come is new: that name many times tells as much as several.
    often = told[0] is Scheme.AFTER and len(found) >= _OFTEN
    return told[0] if len(set(found)) >= _TELLING or often else None


def of_scheme(units: Iterable[Unit], scheme: Scheme) -> tuple[Unit, ...]:
    return tuple(unit for unit in units if unit.scheme is scheme)


def _scheme_told(text: str, place: NamedPlace, as_of: date | None) -> Scheme | None:
    """What the words beside a name tell: "(cũ)", "mới", the date of an act of the body that it names."""
    if _OLD.match(text, place.end):
        return Scheme.BEFORE
    communes = any(u.level is PlaceLevel.COMMUNE for u in place.candidates)
    if communes and _STAYED.search(text, max(0, place.start - 200), place.start):
        return Scheme.AFTER
    if _NEW.match(text, place.end) or _NEW_BEFORE.search(
        text, max(0, place.level_start - 20), place.level_start
    ):
        return Scheme.AFTER
    if as_of is not None and as_of < REORGANISED_ON:
        return None
    if fold(text[place.start : place.end]).startswith("thua thien"):  # Huế until the end of 2024
        return Scheme.BEFORE
    before = text[max(0, place.level_start - _DATED_WITHIN) : place.level_start]
    dated = _DATED.search(before)
    while dated and (later := _DATED.search(before, dated.start() + 1)):
        dated = later
    day = _read_day(dated) if dated else None
    return scheme_on(day) if day else None


def _speaks_of_merging(text: str, place: NamedPlace) -> bool:
    if not any(u.level is PlaceLevel.PROVINCE for u in place.candidates):
        return False
    line = text.rfind("\n", 0, place.start) + 1
    before = text[max(line, place.start - 150) : place.start]
    after = text[place.end : place.end + 100].split("\n")[0]
    return _MERGING.search(f"{before} {after}") is not None


def _read_day(found: re.Match[str]) -> date | None:
    return _make_day(*(found[i] or found[i + 3] for i in (1, 2, 3)))


def _make_day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
