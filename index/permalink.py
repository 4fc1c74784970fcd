"""A question with what it is asked within, as the parameters of an address and back.

What an address holds is typed by anybody: a value that is none is left out, and one that the collection cannot
read is an `InvalidFilter` with its remedy, as at the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from urllib.parse import urlencode

from corpus.effect import ENDED, Effect
from corpus.facets import Filters
from corpus.models import DocumentKind
from corpus.store_facets import DocumentFacets
from corpus.text import fold_spaces
from index.filters import TypedFilters, read_day, read_filters

QUESTION, TYPED = "q", "go"  # what is asked; what was typed, where that was understood as another question
LONGEST = 1_000  # characters of a question

KINDS: Mapping[str, str] = MappingProxyType(
    {"": "Văn bản và báo", "van-ban": "Chỉ văn bản", "bao": "Chỉ báo, trang tin"}
)
STANDINGS: Mapping[str, str] = MappingProxyType(
    {"": "Tất cả", "chua-het": "Không thấy đã hết hiệu lực", "het": "Đã hết hiệu lực"}
)
_KINDS = {"van-ban": DocumentKind.OFFICIAL, "bao": DocumentKind.NEWS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """What was chosen, as an address writes it; "" is no choice. Field names are those of the parameters."""

    tinh: str = ""  # a province
    gop: str = ""  # "1": with the provinces that were merged into it
    tu: str = ""  # from: a year, month or day
    den: str = ""  # to
    loai: str = ""  # a key of `KINDS`
    hieu_luc: str = ""  # a key of `STANDINGS`
    ngay: str = ""  # the day of effect

    def __bool__(self) -> bool:
        """Whether anything is chosen."""
        return self != Within()


def read_within(parameters: Mapping[str, str]) -> Within:
    """What the parameters of an address choose."""
    read = Within(**{name: fold_spaces(parameters.get(name, ""))[:100] for name in _NAMES})
    return settle(read)


def settle(within: Within) -> Within:
    """The same without values that are none; provinces are merged into one that is named."""
    return replace(
        within,
        gop="1" if within.gop == "1" and within.tinh else "",
        loai=within.loai if within.loai in KINDS else "",
        hieu_luc=within.hieu_luc if within.hieu_luc in STANDINGS else "",
    )


def write_parameters(question: str, within: Within, *, typed: str = "") -> dict[str, str]:
    """The parameters of the address of a question; empty ones are left out."""
    chosen = {name: getattr(within, name) for name in _NAMES}
    return {name: value for name, value in {QUESTION: question, TYPED: typed, **chosen}.items() if value}


def write_address(parameters: Mapping[str, str]) -> str:
    """ "?q=…&tinh=…"."""
    return f"?{urlencode(parameters)}"


def read_chosen(within: Within, documents: Iterable[DocumentFacets]) -> tuple[Filters, date | None]:
    """(the filters that were chosen, the day of effect), in the values of a store. Raises InvalidFilter."""
    typed = TypedFilters(
        provinces=(within.tinh,) if within.tinh else (),
        today=within.gop == "1",
        first=within.tu or None,
        last=within.den or None,
    )
    effects: tuple[Effect, ...] = ()
    if within.hieu_luc:
        ended = within.hieu_luc == "het"
        effects = tuple(effect for effect in Effect if (effect in ENDED) is ended)
    kinds = (_KINDS[within.loai],) if within.loai else ()
    filters = replace(read_filters(typed, documents), kinds=kinds, effects=effects)
    return filters, read_day(within.ngay or None)


_NAMES = tuple(field.name for field in fields(Within))
