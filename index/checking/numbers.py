"""The document numbers of a text: held, superseded, only mentioned, a look-alike of a known one, or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.identity import is_central
from corpus.models import Document, SymbolMention
from corpus.places import PlaceLevel, find_places, related_provinces
from corpus.store import Store
from corpus.symbols import read_symbol, symbol_key
from corpus.text import fold
from index.answering.bearers import find_bearers, find_mentions
from index.answering.document_status import TOLD_STANDINGS, find_status, find_status_of_bearer
from index.answering.findings import FactKind, Finding, Standing
from index.answering.pages import Pages
from index.answering.status_wording import say_standing
from index.checking.models import CheckedNumber, NumberVerdict, Status
from index.citations import cite
from index.query import read_query

_ENDED = (Standing.ENDED, Standing.SUSPENDED)
_MOST_CANDIDATES = 5
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a number means where it stands: canonical numbers (one, if it is typed whole) and their bearers."""

    symbols: tuple[str, ...]
    documents: tuple[str, ...]
    known: bool


class NumberReader:
    """Reads the numbers of one text; what a number means is looked up once."""

    def __init__(self, pages: Pages, day: date) -> None:
        self._pages = pages
        self._store: Store = pages.store
        self._day = day
        self._statuses: dict[tuple[str, tuple[str, ...]], Status | None] = {}

    def meaning(self, mention: SymbolMention, sentence: str) -> Meaning:
        """The number as the sentence around it tells it apart from others."""
        if mention.canonical.startswith("?"):
            choices = read_query(sentence, self._store).choices.get(mention.canonical, ())
            most = max((len(choice.reasons) for choice in choices), default=0)
            likely = tuple(choice.symbol for choice in choices if len(choice.reasons) == most)
            held = tuple(symbol for symbol in likely if self._bearers(symbol, sentence))
            # Of several that a short form may mean, those that are held and fit the place.
            symbols = held or likely
        else:
            symbols = (self._as_known(mention.canonical, mention.number),)
        documents = tuple(name for symbol in symbols for name in self._bearers(symbol, sentence))
        known = bool(documents) or any(self._store.mentioned(symbol) for symbol in symbols)
        return Meaning(symbols, documents, known)

    def check(self, mention: SymbolMention, text: str, sentence: str) -> CheckedNumber:
        """The number of `text` with its verdict."""
        meaning = self.meaning(mention, sentence)
        candidates: tuple[str, ...] = ()
        status = None
        if len(meaning.symbols) > 1:
            verdict = NumberVerdict.SEVERAL
        elif not meaning.known:
            candidates = find_look_alikes(self._store, mention)
            verdict = NumberVerdict.LOOK_ALIKE if candidates else NumberVerdict.UNKNOWN
        else:
            status = self.status(meaning.symbols[0], meaning.documents)
            held = NumberVerdict.HELD if meaning.documents else NumberVerdict.MENTIONED
            verdict = NumberVerdict.SUPERSEDED if status is not None and status.ended else held
        return CheckedNumber(
            start=mention.start,
            end=mention.end,
            text=text[mention.start : mention.end],
            symbols=meaning.symbols,
            verdict=verdict,
            documents=meaning.documents,
            candidates=candidates,
            status=status,
        )

    def _as_known(self, symbol: str, number: str) -> str:
        """The number, or what it is in the collection where only D was typed for Đ."""
        if self._store.mentioned(symbol) is not None:
            return symbol
        folded = fold(symbol_key(symbol))
        like = (s for s in self._store.symbols_like(None, number) if fold(symbol_key(s)) == folded)
        return next(like, symbol)

    def _bearers(self, symbol: str, sentence: str) -> tuple[str, ...]:
        """The documents with a number, of the province that the sentence names if there are any."""
        bearers = self._store.documents_with_symbol(symbol)
        read = read_symbol(symbol)
        if read is not None and is_central(read):
            return bearers
        asked = {
            fold(near)
            for place in find_places(sentence)
            if place.level is PlaceLevel.PROVINCE
            for near in (place.name, *related_provinces(place.name))
        }
        here = tuple(name for name in bearers if self._province(name) in asked)
        return here or bearers

    def _province(self, document_id: str) -> str | None:
        province = self._store.facts(document_id).province
        return fold(province.value) if province is not None else None

    def status(self, symbol: str, documents: tuple[str, ...]) -> Status | None:
        """How a number stands on the day, by its bearers or, where none is held, by its mentions."""
        key = (symbol, documents)
        if key not in self._statuses:
            self._statuses[key] = self._find_status(*key)
        return self._statuses[key]

    def _find_status(self, symbol: str, documents: tuple[str, ...]) -> Status | None:
        """How the document stands; nothing where several may be meant that do not stand alike."""
        if documents:
            found = [
                next(iter(find_status(self._pages, document, FactKind.STATUS, as_of=self._day)), None)
                for document in map(self._pages.document, documents[:_MOST_CANDIDATES])
            ]
        else:
            mentions = find_mentions(self._store, symbol)
            bearers = find_bearers(mentions)
            if len(bearers) != 1:
                return None
            found = [
                next(
                    iter(
                        find_status_of_bearer(
                            self._pages, bearers[0], mentions, FactKind.STATUS, as_of=self._day
                        )
                    ),
                    None,
                )
            ]
        told = [one for one in found if one is not None and one.standing in TOLD_STANDINGS]
        if len(told) < len(found) and not self._are_one(documents):
            return None
        return self._tell(symbol, told[0]) if told else None

    def _are_one(self, documents: tuple[str, ...]) -> bool:
        """Whether the bearers are pages of one text."""
        return len({document_key_of(self._store, name) for name in documents}) <= 1

    def _tell(self, symbol: str, finding: Finding) -> Status:
        evidence = []
        for one in finding.evidence:
            page: Document = self._pages.document(one.document_id)
            evidence.append(cite(page, one.start, one.end, about=one.about, location=one.location))
        return Status(
            sentence=say_standing(finding, symbol, as_of=self._day),
            ended=finding.standing in _ENDED,
            successors=tuple(one for one in finding.symbols if symbol_key(one) != symbol_key(symbol)),
            since=finding.since,
            evidence=tuple(evidence),
        )


def document_key_of(store: Store, document_id: str) -> tuple[str | None, str | None]:
    """(province, day of issue) of a document: what tells bearers of one number apart."""
    facts = store.facts(document_id)
    province = fold(facts.province.value) if facts.province else None
    return province, facts.issued_on.value if facts.issued_on else None


def find_look_alikes(store: Store, mention: SymbolMention) -> tuple[str, ...]:
    """Known numbers that differ from an unknown one in one part: a digit, the year, the type, the issuer.

    Those whose text is held come first, at most five.
    """
    if mention.canonical.startswith("?"):
        return ()
    found: dict[str, str] = {}
    for number in dict.fromkeys((mention.number, *_near_digits(mention.number))):
        for symbol in store.symbols_like(None, number):
            other = read_symbol(symbol)
            if other is not None and _parts_off(mention, other) == 1:
                found.setdefault(symbol_key(symbol), symbol)
    held = {symbol: bool(store.documents_with_symbol(symbol)) for symbol in found.values()}
    return tuple(sorted(held, key=lambda symbol: not held[symbol]))[:_MOST_CANDIDATES]


def _parts_off(one: SymbolMention, other: SymbolMention) -> int:
    return sum(
        (
            one.number.lstrip("0") != other.number.lstrip("0"),
            one.year != other.year,
            one.type_code != other.type_code,
            one.issuer_code != other.issuer_code,
        )
    )


def _near_digits(number: str) -> list[str]:
    """The numbers with one digit changed, left out, added, or two neighbours swapped."""
    bare = number.lstrip("0")
    near = [bare[:i] + digit + bare[i + 1 :] for i in range(len(bare)) for digit in _DIGITS]
    near += [bare[:i] + bare[i + 1 :] for i in range(len(bare))]
    near += [bare[:i] + digit + bare[i:] for i in range(len(bare) + 1) for digit in _DIGITS]
    near += [bare[:i] + bare[i + 1] + bare[i] + bare[i + 2 :] for i in range(len(bare) - 1)]
    return [one.lstrip("0") for one in near if one.lstrip("0")[:1].isdigit() and one.lstrip("0") != bare]
