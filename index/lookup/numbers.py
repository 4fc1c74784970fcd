"""Document numbers while they are typed: "nd 30", "30/20", "04nq tu", "O4-NQ/TU", and laws by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from corpus.models import SymbolMention
from corpus.symbol_codes import COMMON_TYPE_WORDS, FIRM_TYPE_WORDS, WHOLE_ONLY_TYPE_WORDS
from corpus.symbols import find_symbols, read_symbol, symbol_key
from corpus.text import fold
from index.checking.numbers import find_look_alikes
from index.lookup.catalogue import Catalogue
from index.query import read_query

_TOKEN = re.compile(r"\d+|[a-z]+")
_LETTER_O = re.compile(r"(?<![a-z])o(?=\d)|(?<=\d)o(?=[\d/-])")  # typed for the digit 0
_EMPTY = frozenset({"so", "vb", "ngay", "nam", "cua"})
_LEAST_TITLE = 4  # letters of a title, before titles are looked up


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A document that may be meant by what was typed so far."""

    symbol: str | None  # None: a document without a number of its own
    document_id: str | None  # None: only mentioned, the text is not held
    title: str | None
    type: str | None
    issuer: str | None
    date: str | None  # ISO 8601
    near: bool = False  # nobody bears the number typed; this one differs in one part


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as it is compared."""

    symbol: str
    digits: tuple[str, ...]  # "30", "2020"; the first without leading zeros
    letters: tuple[str, ...]  # "nd", "cp"
    held: tuple[str, ...]
    weight: int  # how many ways it is mentioned in
    issuer: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, cut into figures and letters; `last` is the piece that may not be finished."""

    digits: tuple[str, ...]
    letters: tuple[str, ...]
    last: str = field(default="")


class NumberTable:
    """All numbers of a store, held and mentioned; read anew when the store has changed."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._held: tuple[tuple[int, int], tuple[_Number, ...]] | None = None

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """The documents that may be meant, the likeliest first; whose text is held before the others.

        Where no number of the store goes on as typed, those that differ from it in one part. Without any
        figure in it, documents with these words in their title.
        """
        text = " ".join(typed.split())
        if not any(character.isdigit() for character in text):
            return tuple(self._titled(text, limit))
        numbers = self._numbers()
        read = _read_typed(text)
        asked = {symbol_key(one) for one in read_query(text, self._catalogue.store).symbols}
        fits = [one for one in numbers if symbol_key(one.symbol) in asked or _fits(read, one)]
        fits.sort(
            key=lambda one: (
                not read.digits or one.digits[:1] != read.digits[:1],
                symbol_key(one.symbol) not in asked,
                not one.held,
                -one.weight,
                one.symbol,
            )
        )
        found = [told for one in fits[: 2 * limit] for told in self._tell(one)]
        return tuple(found[:limit]) or tuple(self._look_alikes(text, limit))

    def warm(self) -> None:
        """Read all numbers now (.25 s for 2,000), rather than when the first is typed."""
        self._numbers()

    def meant(self, typed: str) -> tuple[str, ...]:
        """The numbers that a text means which is nothing but a number, however it is broken; none of another."""
        read = _read_typed(typed)
        if not read.digits or not (read.letters or read.digits[1:]):
            return ()  # a figure alone may be a year
        fits = [one for one in self._numbers() if one.digits[0] == read.digits[0] and _fits(read, one)]
        return tuple(one.symbol for one in sorted(fits, key=lambda one: (not one.held, -one.weight)))

    def _titled(self, text: str, limit: int) -> Iterator[Suggestion]:
        words = fold(text)
        if len(words) < _LEAST_TITLE:
            return
        titles = {one: fold(card.title) for one, card in self._catalogue.cards().items()}
        cards = [self._catalogue.cards()[one] for one, title in titles.items() if f" {words}" in f" {title}"]
        cards.sort(key=lambda card: (card.authority, not titles[card.document_id].startswith(words)))
        for group in self._catalogue.group(card.document_id for card in cards[: 4 * limit])[:limit]:
            yield self._of_document(group[0])

    def _look_alikes(self, text: str, limit: int) -> Iterator[Suggestion]:
        mention: SymbolMention | None = next(iter(find_symbols(text)), None)
        if mention is None or mention.short:
            return
        near = {symbol_key(one) for one in find_look_alikes(self._catalogue.store, mention)}
        numbers = [one for one in self._numbers() if symbol_key(one.symbol) in near]
        for one in numbers[:limit]:
            yield from self._tell(one, near=True)

    def _tell(self, number: _Number, *, near: bool = False) -> Iterator[Suggestion]:
        """One of each text that is held under the number; else what others say of it."""
        if number.held:
            for group in self._catalogue.group(number.held):
                yield self._of_document(group[0], near=near)
            return
        yield Suggestion(
            symbol=number.symbol,
            document_id=None,
            title=None,
            type=None,
            issuer=number.issuer,
            date=number.date,
            near=near,
        )

    def _of_document(self, document_id: str, *, near: bool = False) -> Suggestion:
        card = self._catalogue.cards()[document_id]
        return Suggestion(
            symbol=card.symbol,
            document_id=document_id,
            title=card.title,
            type=card.type,
            issuer=card.issuer,
            date=card.date,
            near=near,
        )

    def _numbers(self) -> tuple[_Number, ...]:
        state, held = self._catalogue.store.counters(), self._held
        if held is None or held[0] != state:
            held = self._held = (state, tuple(self._read()))
        return held[1]

    def _read(self) -> Iterator[_Number]:
        """Each number once; of one that is only mentioned, issuer and day where all mentions agree."""
        known = self._catalogue.store.numbers()
        bearers: dict[str, list[str]] = {}
        for card in self._catalogue.cards().values():
            if card.symbol:
                bearers.setdefault(symbol_key(card.symbol), []).append(card.document_id)
        spelled = {symbol_key(one.symbol): one.symbol for one in known.mentioned}
        spelled |= {
            symbol_key(card.symbol): card.symbol for card in self._catalogue.cards().values() if card.symbol
        }
        weights = Counter(symbol_key(one.symbol) for one in known.mentioned)
        issuers: dict[str, set[str]] = {}
        days: dict[str, set[str]] = {}
        for one in known.mentioned:
            key = symbol_key(one.symbol)
            issuers.setdefault(key, set()).update([one.issuer] if one.issuer else [])
            days.setdefault(key, set()).update([one.date] if one.date else [])
        for key, symbol in spelled.items():
            mention = read_symbol(symbol)
            tokens = _tokens(symbol)
            figures = [token for token in tokens if token.isdigit()]
            if mention is None or not figures:
                continue
            yield _Number(
                symbol=symbol,
                digits=(figures[0].lstrip("0") or "0", *figures[1:]),
                letters=tuple(token for token in tokens if not token.isdigit()),
                held=tuple(bearers.get(key, ())),
                weight=weights[key],
                issuer=_only(issuers.get(key, ())),
                date=_only(days.get(key, ())),
            )


def _only(values: Iterable[str]) -> str | None:
    found = list(values)
    return found[0] if len(found) == 1 else None


def _fits(typed: _Typed, number: _Number) -> bool:
    """Whether a number goes on as typed."""
    if not typed.digits:
        return False
    first, *others = typed.digits
    whole = typed.last != first or bool(others)
    if number.digits[0] != first and (whole or not number.digits[0].startswith(first)):
        return False
    years = (*number.digits[1:], *([number.date[:4]] if number.date else []))
    for other in others:
        if not any(year.startswith(other) or year == f"20{other}" for year in years):
            return False
    return _spells(typed, number.letters)


def _spells(typed: _Typed, letters: tuple[str, ...]) -> bool:
    """Whether the letters typed are codes of the number, in order, or the beginning of those."""
    written, at = "".join(letters), 0
    starts = {sum(map(len, letters[:i])) for i in range(len(letters) + 1)}
    for token in typed.letters:
        at = next((i for i in sorted(starts) if i >= at and written.startswith(token, i)), -1)
        if at < 0:
            return False
        at += len(token)
        if at not in starts and token != typed.last and "".join(typed.letters) != written[:at]:
            return False
        starts.add(at)
    return True


def _read_typed(text: str) -> _Typed:
    """ "Nghị định số 30/20" as figures 30 and 20 and letters nd."""
    tokens = _tokens(text)
    digits = [token for token in tokens if token.isdigit()]
    letters = tuple(token for token in tokens if not token.isdigit())
    if digits:
        digits[0] = digits[0].lstrip("0") or "0"
    last = tokens[-1] if tokens else ""
    return _Typed(tuple(digits), letters, last.lstrip("0") if last.isdigit() and len(digits) == 1 else last)


def _tokens(text: str) -> list[str]:
    """Figures and letters in order, the names of types as their codes."""
    bare = f" {_LETTER_O.sub('0', fold(text))} "
    for words, code in _type_words().items():
        bare = bare.replace(f" {words} ", f" {code} ")
    return [token for token in _TOKEN.findall(bare) if token not in _EMPTY]


@cache
def _type_words() -> Mapping[str, str]:
    """Folded name of a type → its folded code, the longest first."""
    names = {**COMMON_TYPE_WORDS, **WHOLE_ONLY_TYPE_WORDS, **FIRM_TYPE_WORDS}
    folded = {fold(name): fold(code) for name, code in names.items() if code != "L"}
    folded["van ban"] = folded["luat"] = folded["bo luat"] = ""
    return dict(sorted(folded.items(), key=lambda item: -len(item[0])))
