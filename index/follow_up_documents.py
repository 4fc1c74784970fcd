"""The documents that a question and its answer are about, as a follow-up may mean them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.labels import vietnamese_date
from corpus.places import find_places
from corpus.symbol_codes import COMMON_TYPE_WORDS, FIRM_TYPE_WORDS
from corpus.symbols import find_symbols, symbol_key
from corpus.text import fold, fold_spaces
from index.models import Answer

_NAMES = {code: word for word, code in reversed({**FIRM_TYPE_WORDS, **COMMON_TYPE_WORDS}.items())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document that may be meant."""

    symbol: str
    issuer: str | None = None
    issued_on: str | None = None
    asked: bool = False  # its number stands in the question before

    @property
    def code(self) -> str | None:
        """The code of its type ("NQ"); "CV" of a letter, whose number has none."""
        found = find_symbols(self.symbol)
        return (found[0].type_code or "CV") if found else None

    @property
    def name(self) -> str:
        """ "Nghị quyết số 04-NQ/TU của Tỉnh ủy Hà Tĩnh"; its day only where nothing else tells it from others."""
        word = _NAMES.get(self.code or "", "văn bản")
        said = [f"{word[:1].upper()}{word[1:]} số {self.symbol}"]
        if self.issuer:
            said.append(f"của {fold_spaces(self.issuer)}")
        unsure = not re.search(r"/(?:19|20)\d\d/", self.symbol) and not find_places(self.issuer or "")
        if self.issued_on and unsure:
            said.append(f"ngày {vietnamese_date(self.issued_on)}")
        return " ".join(said)


def documents_of(before: Answer) -> list[Candidate]:
    """The documents that a question and its answer are about: those asked for, then those that are cited."""
    named = {symbol_key(one.canonical): one.canonical for one in find_symbols(before.question)}
    if before.choices:
        told = [
            Candidate(symbol=one.symbol, issuer=one.issuer, issued_on=one.issued_on, asked=True)
            for one in before.choices
            if one.symbol
        ]
        return list(dict.fromkeys(told))
    cited: dict[tuple[str, str], Candidate] = {}
    for citation in (one for said in before.statements for one in said.citations):
        for symbol in (citation.symbol,) if citation.symbol else citation.about:
            key = symbol_key(symbol)
            own = citation.symbol is not None
            candidate = Candidate(
                symbol=symbol,
                issuer=citation.issuer if own else None,
                issued_on=citation.issued_on if own else None,
                asked=key in named,
            )
            cited.setdefault((key, fold(candidate.issuer or "")), candidate)
    # What a news page says of a document that is cited itself is no other document.
    known = {key for key, issuer in cited if issuer}
    found = [one for (key, issuer), one in cited.items() if issuer or key not in known]
    held = {symbol_key(one.symbol) for one in found}
    missing = [
        Candidate(symbol=symbol, asked=True)
        for key, symbol in named.items()
        if key not in held and not symbol.startswith("?")
    ]
    return [*missing, *found]
