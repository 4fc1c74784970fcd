"""Which running series a document number belongs to.

The rules are those of numbering: a State number runs within a year (Nghị định 30/2020/NĐ-CP, Điều 15), one with
the year in it in a counter of its own for each type; laws and resolutions of the National Assembly run by type
through its term (Luật Ban hành văn bản quy phạm pháp luật 80/2015/QH13, Điều 10); a Party number runs by type
through the term between two congresses. What is not known for sure stays None, and such a series claims no gaps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.gazetteer import REORGANISED_ON
from corpus.identity import fold_issuer, is_central
from corpus.models import Level, SymbolMention, System
from corpus.places import PlaceLevel, PlaceMention, find_places, province_of, related_provinces

# Numbered by whichever of their issuers presides: one ending does not show the whole counter.
_JOINT_TYPES = frozenset({"TTLT", "TTLB", "TTLN", "NQLT", "CTLT", "KHLT", "QCLT"})
_BOARDS = frozenset({"BCĐ", "BQL"})  # codes that many bodies of one province bear
_ASSEMBLY = re.compile(r"(?:QH|UBTVQH)(?P<term>\d{1,2}|[IVX]+)\Z")
_CENTRAL_PARTY = re.compile(r"[A-ZĐ]*TW\Z")
_LOCAL_PARTY = re.compile(r"[A-ZĐ]*(?:TU|HU|QU|ThU|ĐU)\Z|ĐU")
_OF_PROVINCE = re.compile(r"\b(?:tinh|thanh pho|thanh uy)\b")
_MERGED = 2025  # provinces were merged and districts ended on 1 July
_MERGED_ON = REORGANISED_ON.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesKey:
    """The counter that a number is of. None: not known."""

    code: str  # of the issuer, without the unit behind it: "UBND", "TU", "BTC", "QH15"
    body: str | None  # "" one of the whole country; a province; below it the folded name with its province
    kind: str | None  # the type in the number ("QĐ"); "CV" of a công văn; the name of the type ("Luật")
    ending: str  # what stands behind the number, "…" for what varies: "/QĐ-UBND", "/2024/NQ-HĐND", "/BNV-…"
    party: bool  # the Party's grammar
    year: int | None
    scope: str | None  # Vietnamese: "năm 2024", "năm 2025, từ 1/7", "nhiệm kỳ 2020–2025", "khóa 15"

    @property
    def countable(self) -> bool:
        """Whether a number that is not there is missing."""
        known = None not in (self.body, self.kind, self.scope)
        return known and self.kind not in _JOINT_TYPES


def find_series(
    mention: SymbolMention,
    *,
    type: str | None = None,
    issuer: str | None = None,
    level: str | None = None,
    province: str | None = None,
    date: str | None = None,
    near: str | None = None,
) -> SeriesKey:
    """The series of a number, by what is known of its document.

    `near` is the province of a text that mentions it: "UBND tỉnh" without a name is that of the province that
    speaks.
    """
    full = mention.issuer_code or ""
    head = re.split(r"[-/.]", full)[0]
    code = full if mention.type_code in _JOINT_TYPES else head
    assembly = _ASSEMBLY.match(code)
    party = mention.system is System.PARTY
    body = _find_body(mention, code, issuer=issuer, level=level, province=province, near=near)
    year = mention.year or (int(date[:4]) if date else None)
    scope: str | None
    if assembly is not None:
        year, scope = None, f"khóa {assembly['term']}"
    elif party:
        year, scope = None, _party_term(code, date)
    else:
        scope = _year_scope(year, body, date)
    kind = mention.type_code or _name_untyped(full, type)
    written = f"{mention.type_code}{'/' if party else '-'}{code}" if mention.type_code else code
    number_year = f"/{year or '…'}" if mention.year else ""
    ending = (
        f"-{written}"
        if party
        else f"{number_year}/{written}{'' if mention.type_code or kind != 'CV' else '-…'}"
    )
    return SeriesKey(code=code, body=body, kind=kind, ending=ending, party=party, year=year, scope=scope)


def as_letter(mention: SymbolMention) -> SymbolMention:
    """The number read as that of a công văn: "5282/CT-CS" is one of Cục Thuế, though "CT" reads as chỉ thị."""
    return replace(mention, type_code=None, issuer_code=f"{mention.type_code}-{mention.issuer_code}")


def _name_untyped(code: str, type: str | None) -> str | None:
    """A number without type is that of a công văn if a unit follows; else the document must say what it is."""
    return "CV" if "-" in code or type == "Công văn" else type


# --- issuers


def _find_body(
    mention: SymbolMention,
    code: str,
    *,
    issuer: str | None,
    level: str | None,
    province: str | None,
    near: str | None,
) -> str | None:
    if is_central(mention) or level == Level.CENTRAL:
        return ""
    places = _places_in(issuer) if issuer else ()
    named = [place for place in places if place.level is PlaceLevel.PROVINCE]
    smaller = [place for place in places if place.level is not PlaceLevel.PROVINCE]
    at = (named[0].name if named else None) or province or _only_province(smaller)
    if smaller or level in (Level.DISTRICT, Level.COMMUNE):
        return f"{fold_issuer(issuer)} ({at})" if issuer and at else None
    if at is None and issuer is not None and _OF_PROVINCE.search(fold_issuer(issuer)):
        at = near
    if at is None or (issuer is None and level is None):
        return None
    if code in _BOARDS:
        return f"{fold_issuer(issuer)} ({at})" if issuer else None
    return province_of(at) or at


@lru_cache(maxsize=4096)
def _places_in(issuer: str) -> tuple[PlaceMention, ...]:
    return find_places(issuer)


def _only_province(places: list[PlaceMention]) -> str | None:
    found = {province for place in places for province in place.provinces}
    return found.pop() if len(found) == 1 else None


# --- years and terms


def _year_scope(year: int | None, body: str | None, date: str | None) -> str | None:
    """A body of a province that was merged in 2025 began anew on 1 July: two counters in that year."""
    if year is None:
        return None
    if year != _MERGED or not body or len(related_provinces(body)) == 1:
        return f"năm {year}"
    if date is None:
        return None
    return f"năm {year}, {'từ' if date >= _MERGED_ON else 'trước'} 1/7"


def _party_term(code: str, date: str | None) -> str | None:
    """The term that a day lies in for sure: congresses of provinces and below were held in the course of 2010,
    2015, 2020 and 2025, national ones in January 2011, 2016, 2021 and 2026 (over by 2 February)."""
    if date is None:
        return None
    year, month = int(date[:4]), int(date[5:7])
    if _CENTRAL_PARTY.match(code):
        start = year - (year - 1) % 5
        sure = 2011 <= year <= 2030 and (year > start or month > 2)
    elif _LOCAL_PARTY.match(code):
        start = year - year % 5
        sure = 2011 <= year <= 2029 and year > start
    else:
        return None
    return f"nhiệm kỳ {start}–{start + 5}" if sure else None
