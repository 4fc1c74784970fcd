"""Filters as they are typed: codes or names, with or without marks, to the values that the store holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from corpus.dates import find_dates
from corpus.effect import Effect
from corpus.facets import Facet, Filters, value_of
from corpus.labels import FACETS, KINDS, UNKNOWN
from corpus.models import Body, DocumentKind, Level
from corpus.places import PlaceLevel, all_provinces, find_places_folded
from corpus.store_facets import DocumentFacets
from corpus.symbol_codes import (
    COMMON_TYPE_WORDS,
    FIRM_TYPE_WORDS,
    ISSUER_SPELLINGS,
    TYPE_SPELLINGS,
    WHOLE_ONLY_TYPE_WORDS,
)
from corpus.text import fold, fold_spaces
from index.asked_issuers import find_asked_issuers, names_of_code
from index.errors import InvalidFilter

_SHOWN = 20  # values listed in an error


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFilters:
    """What a user typed for each filter."""

    types: Sequence[str] = ()  # "NQ", "nghị quyết", "nghi quyet"
    issuers: Sequence[str] = ()  # "UBND tỉnh Hà Tĩnh", "Bộ Tài chính", "BTC", "ubnd"
    levels: Sequence[str] = ()
    systems: Sequence[str] = ()
    provinces: Sequence[str] = ()
    today: bool = False  # the provinces are those of today, with all that was merged into them
    first: str | None = None  # "2021", "7/2021", "15/7/2021", "2021-07-15": its first day
    last: str | None = None  # its last day
    kinds: Sequence[str] = ()
    effects: Sequence[str] = ()
    sources: Sequence[str] = ()  # a name, or a part of one


def read_filters(typed: TypedFilters, documents: Iterable[DocumentFacets]) -> Filters:
    """The filters that were meant, in the values of a store's documents. "không rõ" is a value of each.

    Raises InvalidFilter, with the values that there are.
    """
    held = tuple(documents)
    provinces = _read(Facet.PROVINCE, typed.provinces, _read_province, held)
    first, last = read_day(typed.first), read_day(typed.last, last=True)
    if first and last and first > last:
        raise InvalidFilter(
            f"Khoảng ngày ngược: từ {typed.first} lại sau đến {typed.last}. Hãy đổi chỗ hai ngày."
        )
    return Filters(
        types=_read(Facet.TYPE, typed.types, _read_type, held),
        issuers=_read(Facet.ISSUER, typed.issuers, lambda value, known: _read_issuer(value, held), held),
        levels=_read(Facet.LEVEL, typed.levels, _one_of(Level), held),
        systems=_read(Facet.SYSTEM, typed.systems, _one_of(Body), held),
        provinces=() if typed.today else provinces,
        provinces_today=provinces if typed.today else (),
        first_day=first,
        last_day=last,
        kinds=tuple(map(DocumentKind, _read(Facet.KIND, typed.kinds, _read_kind, held))),
        effects=tuple(map(Effect, _read(Facet.EFFECT, typed.effects, _one_of(Effect), held))),
        sources=_read(Facet.SOURCE, typed.sources, _read_part, held),
    )


def describe_filters(filters: Filters, *, as_of: date | None = None) -> str:
    """The filters in words, the day of effect last; "" where nothing is chosen.

    >>> describe_filters(Filters(provinces=("Hà Tĩnh",), first_day=date(2021, 1, 1)), as_of=date(2025, 7, 1))
    'Tỉnh, thành phố: Hà Tĩnh; từ ngày 01/01/2021; tính đến ngày 01/07/2025'
    """
    kinds = {kind.value: name for kind, name in KINDS.items()}
    told = [
        f"{FACETS[facet]}: {', '.join(kinds.get(value, value) for value in sorted(values))}"
        for facet, values in filters.values().items()
    ]
    days = (
        ("từ ngày", filters.first_day),
        ("đến hết ngày", filters.last_day),
        ("tính đến ngày", as_of),
    )
    told += [f"{lead} {day:%d/%m/%Y}" for lead, day in days if day is not None]
    return "; ".join(told)


_Reader = Callable[[str, Mapping[str, int]], Iterable[str]]


def _read(
    facet: Facet, typed: Sequence[str], read: _Reader, held: Sequence[DocumentFacets]
) -> tuple[str, ...]:
    """The values meant by each that was typed, of those of the facet."""
    if not typed:  # values are counted over the whole store
        return ()
    known = _count_values(facet, held)
    found: list[str] = []
    for value in typed:
        if facet is not Facet.KIND and _key(value) == _key(UNKNOWN):
            found.append(UNKNOWN)
            continue
        meant = tuple(read(value, known))
        if not meant:
            raise _refuse(facet, value, known)
        found += meant
    return tuple(dict.fromkeys(found))


def _count_values(facet: Facet, held: Sequence[DocumentFacets]) -> Mapping[str, int]:
    """The values of a facet, those of the store first; with 0 those that it has not or are not counted."""
    if facet in _LISTED:
        return dict.fromkeys(_LISTED[facet], 0)
    counted = Counter(value for row in held if (value := value_of(row, facet)) is not None)
    others = {Facet.TYPE: tuple(_names_of_types()), Facet.PROVINCE: all_provinces()}.get(facet, ())
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return {**dict(ranked), **{value: 0 for value in others if value not in counted}}


_LISTED: Mapping[Facet, Iterable[str]] = {
    Facet.LEVEL: Level,
    Facet.SYSTEM: Body,
    Facet.KIND: ("directive", "news", "unknown"),
    Facet.EFFECT: Effect,
}


def _refuse(facet: Facet, value: str, known: Mapping[str, int]) -> InvalidFilter:
    shown = [f"{name} ({count})" if count else str(name) for name, count in known.items() if name != UNKNOWN]
    rest = f" và {len(shown) - _SHOWN} giá trị khác" if len(shown) > _SHOWN else ""
    listed = (
        f"Các giá trị dùng được: {'; '.join(shown[:_SHOWN])}{rest}" if shown else "Kho chưa có giá trị nào"
    )
    return InvalidFilter(
        f"Không lọc được theo {FACETS[facet].lower()} {value!r}. {listed}; hoặc “{UNKNOWN}”."
    )


def _key(value: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(fold_spaces(value))))


def _one_of(values: Iterable[str]) -> _Reader:
    """A value by its name, or by words of it that no other has ("thay thế")."""

    def read(typed: str, known: Mapping[str, int]) -> Iterable[str]:
        asked = _key(typed)
        exact = [value for value in values if _key(value) == asked]
        partly = [value for value in values if asked and f" {asked} " in f" {_key(value)} "]
        return exact or (partly if len(partly) == 1 else ())

    return read


def _read_part(typed: str, known: Mapping[str, int]) -> Iterable[str]:
    """A value by its name, else all that contain what was typed."""
    asked = _key(typed)
    exact = [value for value in known if _key(value) == asked]
    return exact or [value for value in known if asked and asked in _key(value)]


_KINDS = {
    **{_key(kind.value): kind for kind in DocumentKind},
    **{_key(name): kind for kind, name in KINDS.items()},
    **dict.fromkeys(("directive", "van ban chi dao"), DocumentKind.OFFICIAL),
    **dict.fromkeys(("tin", "tin tuc", "bai bao", "bao"), DocumentKind.NEWS),
    _key(UNKNOWN): DocumentKind.UNKNOWN,
}


def _read_kind(typed: str, known: Mapping[str, int]) -> Iterable[str]:
    kind = _KINDS.get(_key(typed))
    return () if kind is None else (kind.value,)


# --- types


@cache
def _names_of_types() -> Mapping[str, str]:
    """Name of a type as facts have it → its code in numbers."""
    words = {**FIRM_TYPE_WORDS, **COMMON_TYPE_WORDS, **WHOLE_ONLY_TYPE_WORDS, "lệnh": "LCT"}
    return {word[:1].upper() + word[1:]: code for word, code in words.items() if code != "VB"}


def _read_type(typed: str, known: Mapping[str, int]) -> Iterable[str]:
    """By name, exactly or without marks; else all that the code stands for ("TT": thông tư, thông tri)."""
    exact = [name for name in known if name.lower() == fold_spaces(typed).lower()]
    alike = [name for name in known if _key(name) == _key(typed)]
    code = TYPE_SPELLINGS.get(fold_spaces(typed).upper())
    return (
        exact or alike or [name for name, of in _names_of_types().items() if code is not None and of == code]
    )


# --- issuers


def _read_issuer(typed: str, held: Sequence[DocumentFacets]) -> Iterable[str]:
    """The names of the store that begin as typed, all names of the body meant, and its code.

    A name stands for a code only where no other body bears it ("TW" is of three).
    """
    code = _read_code(typed)
    asked = [one for one in find_asked_issuers(typed) if _key(typed[one.start : one.end]) == _key(typed)]
    bodies = names_of_code(code) if code is not None else tuple(one.name for one in asked)
    codes = (
        {code} if code is not None else {c for one in asked for c in one.codes if len(names_of_code(c)) == 1}
    )
    names = dict.fromkeys(row.issuer for row in held if row.issuer)
    begin = [name for name in names if f"{_issuer_key(name)} ".startswith(f"{_issuer_key(typed) or '-'} ")]
    if code is not None or not begin or _key(typed) in map(_key, bodies):
        begin += [name for name in names if _body_of(name) in bodies]
    # "QH15" is the code of the body "QH" in its fifteenth term.
    borne = dict.fromkeys(row.issuer_code for row in held if row.issuer_code)
    found = begin + [other for other in borne if {other, other.rstrip("0123456789")} & codes]
    return found or ([code] if code is not None else bodies)


def _read_code(typed: str) -> str | None:
    value = fold_spaces(typed).upper()
    return ISSUER_SPELLINGS.get(value) or (value if names_of_code(value) else None)


def _body_of(issuer: str) -> str | None:
    """ "Tỉnh ủy" of "Ban Thường vụ Tỉnh ủy Hà Tĩnh"."""
    return next((one.name for one in find_asked_issuers(_issuer_key(issuer)) if one.start == 0), None)


def _issuer_key(name: str) -> str:
    """ "Chủ tịch Uỷ ban nhân dân tỉnh Hà Tĩnh" and "UBND Hà Tĩnh" as "ubnd ha tinh"."""
    key = _key(name).replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    key = re.sub(r"^(?:chu tich(?= ubnd)|bo truong|thong doc|tong kiem toan) ?", "", key).strip()
    return re.sub(r"^(ubnd|hdnd) (?:tinh|thanh pho|tp)(?!\w)", r"\1", key)


# --- provinces, days


def _read_province(typed: str, known: Mapping[str, int]) -> Iterable[str]:
    """A province in any typing; a district is none."""
    value = fold_spaces(typed)
    for place in find_places_folded(value):
        lead = _key(value[: place.start])
        if place.level is PlaceLevel.PROVINCE and place.end == len(value) and lead in _BEFORE_PROVINCE:
            return (place.name,)
    return ()


_BEFORE_PROVINCE = ("", "tinh", "thanh pho", "tp", "t p")
_MONTH = re.compile(r"(?:(?P<m>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)|(?P<y2>(?:19|20)\d\d)-(?P<m2>\d\d))\Z")


def read_day(typed: str | None, *, last: bool = False) -> date | None:
    """The first day of a typed day, month or year, or the last. Raises InvalidFilter."""
    if typed is None:
        return None
    after = int(last)
    value = fold_spaces(typed)
    days = find_dates(value)
    if len(days) == 1 and (days[0].start, days[0].end) == (0, len(value)):
        return date.fromisoformat(days[0].iso)
    month = _MONTH.match(value)
    if re.fullmatch(r"(?:19|20)\d\d", value):
        return date(int(value) + after, 1, 1) - timedelta(days=after)
    if month is not None and 1 <= (number := int(month["m"] or month["m2"])) <= 12:
        months = int(month["y"] or month["y2"]) * 12 + number - 1 + after
        return date(months // 12, months % 12 + 1, 1) - timedelta(days=after)
    raise InvalidFilter(
        f"{typed!r} không phải một ngày. Hãy viết năm (2021), tháng (7/2021) hoặc ngày (15/7/2021, 2021-07-15)."
    )
