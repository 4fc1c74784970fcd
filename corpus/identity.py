"""When two mentions of a number mean one document: number, issuer or province, and date or year together.

Numbers collide: "01/2026/NQ-HĐND" exists in every province, "04-NQ/TW" once in every term, "263/QĐ-TTg" once
in every year. So the answer has three values: the same, another, or not settled by what the texts say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.models import Facts, Reference, SymbolMention, System
from corpus.places import PlaceLevel, find_places
from corpus.symbol_codes import CENTRAL_ISSUERS
from corpus.symbols import read_symbol, symbol_key
from corpus.text import fold

# The issuers of which there is one in the country, beside those listed in `symbol_codes`.
_ONE_IN_THE_COUNTRY = re.compile(r"(?:QH|UBTVQH|HĐNN)\d*\Z|TW\b|[A-ZĐ]+TW\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKey:
    """What tells one document from others of its number. None: not stated."""

    symbol: str  # `corpus.symbols.symbol_key`
    central: bool  # its issuer is one of the whole country, named in the number
    dated_number: bool  # the year is part of the number
    issuer: str | None  # folded
    province: str | None
    date: str | None  # ISO 8601, or only its beginning ("2021")


def document_key(
    symbol: str, *, issuer: str | None = None, province: str | None = None, date: str | None = None
) -> DocumentKey:
    """The key of a document by what is known of it; a province is also read from the issuer's name.

    >>> document_key("01/2026/NQ-HĐND", issuer="HĐND tỉnh Đồng Nai").province
    'Đồng Nai'
    """
    mention = read_symbol(symbol)
    return DocumentKey(
        symbol=symbol_key(symbol),
        central=mention is not None and is_central(mention),
        dated_number=mention is not None and mention.year is not None,
        issuer=fold_issuer(issuer) if issuer else None,
        province=province or (_province_in(issuer) if issuer else None),
        date=date,
    )


def key_of_facts(facts: Facts) -> DocumentKey | None:
    """The key of a held document; None where it has no number of its own."""
    if facts.symbol is None:
        return None
    return document_key(
        facts.symbol.value,
        issuer=facts.issuer.value if facts.issuer else None,
        province=facts.province.value if facts.province else None,
        date=facts.issued_on.value if facts.issued_on else None,
    )


def key_of_reference(reference: Reference, *, province: str | None = None) -> DocumentKey:
    """The key of a document as a text mentions it; `province` is that of the citing document.

    A body named without its place ("UBND tỉnh") is that of the province that speaks.
    """
    key = document_key(reference.symbol, issuer=reference.issuer, date=reference.date)
    if key.central or key.province is not None:
        return key
    return document_key(reference.symbol, issuer=reference.issuer, province=province, date=reference.date)


def same_document(one: DocumentKey, other: DocumentKey) -> bool | None:
    """Whether two keys mean one document; None where nothing written settles it.

    >>> here, there = "HĐND tỉnh Đồng Nai", "HĐND thành phố Huế"
    >>> same_document(document_key("01/2026/NQ-HĐND", issuer=here), document_key("01/2026/NQ-HĐND", issuer=there))
    False
    """
    if one.symbol != other.symbol:
        return False
    dates = _same_date(one.date, other.date)
    if dates is False:
        return False
    if not one.central:
        places = _same_text(one.province, other.province)
        if places is False or (places is None and _same_body(one.issuer, other.issuer) is False):
            return False
        if places is None and not (dates and one.issuer and other.issuer):
            return None
    if one.dated_number:
        return True
    return dates


def is_central(mention: SymbolMention) -> bool:
    """Whether the code of a number names an issuer of which there is one in the country."""
    code = mention.issuer_code or ""
    head = code.split("-")[0]
    if mention.system is System.PARTY:
        return _ONE_IN_THE_COUNTRY.match(code) is not None and not code.endswith(("TU", "HU", "QU", "ĐU"))
    return head in CENTRAL_ISSUERS or _ONE_IN_THE_COUNTRY.match(head) is not None


def _same_date(one: str | None, other: str | None) -> bool | None:
    """A year agrees with every day in it, but settles nothing of the day."""
    if one is None or other is None:
        return None
    short = min(len(one), len(other))
    return one[:short] == other[:short]


def _same_text(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else fold(one) == fold(other)


def _same_body(one: str | None, other: str | None) -> bool | None:
    """ "ubnd tinh" may be "ubnd tinh ha tinh"; "ubnd tinh" is no "hdnd tinh"."""
    if one is None or other is None:
        return None
    return (one + " ").startswith(other + " ") or (other + " ").startswith(one + " ")


def fold_issuer(issuer: str) -> str:
    """The name of a body under which its spellings are equal: "UBND" for its words, without its chairman."""
    name = " ".join(fold(issuer).split())
    name = name.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    return re.sub(r"^chu tich (?=ubnd)", "", name)


def _province_in(issuer: str) -> str | None:
    places = [place for place in find_places(issuer) if place.level is PlaceLevel.PROVINCE]
    return places[0].name if places else None
