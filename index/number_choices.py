"""Which document a short form of a number may mean ("NQ 04"), ranked by what else the query says."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.errors import CorpusError
from corpus.labels import vietnamese_date
from corpus.models import SymbolMention
from corpus.store import Store
from corpus.symbols import read_symbol
from corpus.text import fold
from index.abbreviations import meanings_of
from index.query_models import AskedIssuer, AskedPlace, NumberChoice, Period, Query

_WORD = re.compile(r"[^\W_]+")
# Bodies that issue under a code which does not spell their name.
_BODIES = {
    "TU": ("tỉnh ủy", "thành ủy", "đảng bộ tỉnh"),
    "TW": ("trung ương", "bộ chính trị", "ban bí thư"),
    "UBND": ("ủy ban",),
    "TTg": ("thủ tướng",),
}
_LETTERS = {"B": "bộ", "S": "sở"}  # "Bộ KHĐT" is the body of …/TT-BKHĐT
_MOST_TOLD = 6
_MOST = 30  # candidates that are looked into; the store gives the most cited first
ISSUER, PROVINCE, TIME = "đúng cơ quan", "đúng tỉnh", "đúng thời gian"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the collection says about one number."""

    held: bool
    dates: tuple[date, ...]
    bodies: str  # folded names of issuers and provinces


def rank_choices(
    mention: SymbolMention,
    text: str,
    store: Store | None,
    *,
    places: Sequence[AskedPlace] = (),
    periods: Sequence[Period] = (),
    issuers: Sequence[AskedIssuer] = (),
) -> tuple[NumberChoice, ...]:
    """The numbers in the store that a short form may mean, the likeliest first.

    Those of the body that the query names, if there are any, and of the year inside the number or right behind it, if
    it was typed; among them what fits the province and the dates of the query comes first, then what the
    collection holds and cites most.
    """
    if store is None:
        return ()
    found = store.symbols_like(None if mention.type_code == "VB" else mention.type_code, mention.number)
    if (year := mention.year or _year_behind(text, mention)) is not None:
        found = tuple(s for s in found if (read := read_symbol(s)) and read.year in (year, None))
    codes = frozenset(code for issuer in issuers for code in issuer.codes)
    named = tuple(symbol for symbol in found if names_issuer(text, symbol, codes))
    if len(named or found) < 2 or not (places or periods or named):
        return tuple(
            NumberChoice(
                symbol=s, held=bool(store.documents_with_symbol(s)), reasons=(ISSUER,) if named else ()
            )
            for s in named or found
        )
    choices = []
    for place, symbol in enumerate((named or found)[:_MOST]):
        known = _look_up(store, symbol)
        reasons = [ISSUER] if named else []
        if any(f" {fold(name)} " in known.bodies for asked in places for name in asked.provinces):
            reasons.append(PROVINCE)
        if any(period.holds(day) for period in periods for day in known.dates):
            reasons.append(TIME)
        choice = NumberChoice(symbol=symbol, held=known.held, reasons=tuple(reasons))
        choices.append((-len(reasons), place, choice))
    rest = tuple(NumberChoice(symbol=s, held=False) for s in (named or found)[_MOST:])
    return (*(choice for _, _, choice in sorted(choices, key=lambda item: item[:2])), *rest)


_YEAR_BEHIND = re.compile(r"\s*[,(]?\s*n[ăa]m\s+(?P<year>(?:19|20)\d\d)(?!\d)", re.IGNORECASE)


def _year_behind(text: str, mention: SymbolMention) -> int | None:
    """The year that a query writes behind a number: "Thông tư 08/TT năm 1988" is none of 2026."""
    behind = _YEAR_BEHIND.match(text, mention.end)
    return int(behind["year"]) if behind else None


def names_issuer(text: str, symbol: str, codes: Collection[str] = ()) -> bool:
    """Whether a text names the body of a number, by its code or a name of it; `codes`: of the bodies found in it."""
    code = re.split(r"[-/]", symbol)[-1] if "/TU" in symbol or "/TW" in symbol else symbol.rsplit("-", 1)[-1]
    code = code.rsplit("/", 1)[-1]
    if code in codes or code.rstrip("0123456789") in codes:
        return True  # "bộ giáo dục" is the body of …/TT-BGDĐT, the Assembly of …/QH15
    typed = _normal(text)
    spoken = (f"{_LETTERS[code[0]]} {code[1:]}",) if code[:1] in _LETTERS and len(code) > 2 else ()
    names = (code, *spoken, *meanings_of(code), *_BODIES.get(code, ()))
    return any(_normal(name) in typed for name in names)


def describe_choices(store: Store, query: Query) -> list[str]:
    """For every short form that may mean several documents, a line that tells them apart."""
    lines = []
    for short, choices in query.choices.items():
        if len(choices) > 1:
            told = [_describe(store, choice) for choice in choices[:_MOST_TOLD]]
            rest = len(choices) - len(told)
            told += [f"và {rest} số khác"] if rest else []
            name = short.lstrip("?").replace("VB ", "Văn bản ")
            lines.append(f"{name} có thể là: {'; '.join(told)}.")
    return lines


def _describe(store: Store, choice: NumberChoice) -> str:
    """ "04-NQ/TU (Tỉnh ủy Hà Tĩnh, ngày 15/07/2021, chỉ được nhắc tới)"."""
    mentioned = store.mentioned(choice.symbol)
    facts = [store.facts(document_id) for document_id in store.documents_with_symbol(choice.symbol)]
    issuers = [one.issuer.value for one in facts if one.issuer] or list(
        mentioned.issuers if mentioned else ()
    )
    days = [one.issued_on.value for one in facts if one.issued_on] or list(
        mentioned.dates if mentioned else ()
    )
    known = [" / ".join(issuers[:2]), " / ".join(f"ngày {vietnamese_date(day)}" for day in days[:2])]
    known += [] if facts else ["chỉ được nhắc tới"]
    return f"{choice.symbol} ({', '.join(filter(None, [*known, *choice.reasons]))})"


def _look_up(store: Store, symbol: str) -> _Known:
    days: list[str] = []
    bodies: list[str] = []
    mentioned = store.mentioned(symbol)
    held = mentioned.held_by if mentioned else ()
    if mentioned:
        days += mentioned.dates
        bodies += mentioned.issuers
    for document_id in held:
        try:
            facts = store.facts(document_id)
        except CorpusError:
            continue  # removed by a writer since it was listed
        days += [fact.value for fact in (facts.issued_on,) if fact]
        bodies += [fact.value for fact in (facts.issuer, facts.province, facts.place) if fact]
    return _Known(bool(held), tuple(_read_days(days)), " ".join(map(_normal, bodies)))


def _read_days(days: Sequence[str]) -> list[date]:
    return [date.fromisoformat(day[:10]) for day in days if re.fullmatch(r"\d{4}-\d\d-\d\d.*", day)]


def _normal(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "
