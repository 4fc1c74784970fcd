"""The coverage ledger: which numbers of each series are held, which are missing, which are only mentioned.

A number is missing when it lies above the lowest held one and below the highest that was seen, held or
mentioned: counters run without gaps, so it was given out. Below the lowest held one nothing is called missing:
a collection may begin in the middle of a year. Above the highest one nothing is known, so that no series is
ever called complete to its end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from corpus.models import SymbolMention
from corpus.series import SeriesKey, as_letter, find_series
from corpus.store import Store
from corpus.store_coverage import HeldNumber, MentionedNumber, Numbers, SourceHeld
from corpus.symbol_codes import KNOWN_ISSUERS
from corpus.symbols import read_symbol, symbol_key
from corpus.text import fold

Range = tuple[int, int]  # first and last number, both included


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A number that several documents of one series bear."""

    number: str
    documents: tuple[str, ...]  # ids
    copies: bool  # they are one text; else they differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What a store has of the numbers of one counter."""

    key: SeriesKey
    issuer: str | None  # as most of its documents name it; None: not known
    type: str | None  # "Quyết định"; None where nothing of it is held
    held: tuple[int, ...]  # ascending, each once
    missing: tuple[Range, ...]  # empty where nothing may be called missing
    mentioned: tuple[int, ...]  # ascending: seen in texts, not held
    others: tuple[str, ...]  # held, but no whole numbers: "12A", "66.14"
    mentioned_others: tuple[str, ...]
    duplicates: tuple[Duplicate, ...]
    documents: int

    @property
    def province(self) -> str | None:
        body = self.key.body or ""
        return body.rpartition("(")[2].rstrip(")") or None

    @property
    def lowest(self) -> int | None:
        """The number below which nothing is held; None where that cannot be said."""
        return self.held[0] if self.held and self.key.countable else None

    @property
    def highest(self) -> int | None:
        """The highest number that was seen, held or mentioned; above it nothing is known."""
        return max([*self.held, *self.mentioned], default=None)

    @property
    def missing_count(self) -> int:
        return sum(last - first + 1 for first, last in self.missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The ledger of a store, by issuer, type and year."""

    series: tuple[Series, ...]
    unread: tuple[str, ...]  # ids of documents whose number cannot be taken apart
    unplaced: int  # numbers that are mentioned without what would tell their series
    sources: tuple[SourceHeld, ...]


def to_ranges(numbers: Iterable[int]) -> tuple[Range, ...]:
    """Numbers as runs, ascending.

    >>> to_ranges([3, 1, 2, 7])
    ((1, 3), (7, 7))
    """
    ranges: list[Range] = []
    for number in sorted(set(numbers)):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return tuple(ranges)


def find_gaps(held: Collection[int], mentioned: Collection[int] = ()) -> tuple[Range, ...]:
    """The runs that are not held, between the lowest held number and the highest seen one.

    >>> find_gaps([3, 4, 7], mentioned=[1, 9])
    ((5, 6), (8, 9))
    """
    runs = to_ranges(held)
    if not runs:
        return ()
    ends = [last for _, last in runs]
    starts = [first for first, _ in runs[1:]] + [max([ends[-1], *mentioned]) + 1]
    return tuple((end + 1, start - 1) for end, start in zip(ends, starts, strict=True) if start > end + 1)


def read_coverage(store: Store) -> Coverage:
    """The ledger of everything that a store holds and mentions; its numbers are read once for a state of the store."""
    return replace(_read_numbers(store, store.counters()), sources=store.held_by_source())


def read_series(store: Store) -> tuple[Series, ...]:
    """The series of that ledger alone."""
    return _read_numbers(store, store.counters()).series


@lru_cache(maxsize=2)
def _read_numbers(store: Store, counters: tuple[int, int]) -> Coverage:
    """The ledger without the sources: when one was last looked at is no part of the store's state."""
    collected = _collect(store.numbers())
    return Coverage(
        series=_sort(collected.build(store.copy_groups())),
        unread=tuple(collected.unread),
        unplaced=len(collected.unplaced),
        sources=(),
    )


def series_of(
    store: Store, symbol: str, *, provinces: Collection[str] = (), years: Collection[int] = ()
) -> tuple[Series, ...]:
    """The series that a number may belong to, of the provinces and years asked for (of any where none is).

    Those that mention it come first, then those with the most documents.
    """
    mention = read_symbol(symbol)
    if mention is None or mention.issuer_code is None:
        return ()
    readings = [mention]
    if mention.type_code in KNOWN_ISSUERS:
        readings.append(as_letter(mention))
    asked = [find_series(reading) for reading in readings]
    year = str(mention.year) if mention.year and asked[0].year else None
    codes = filter(None, [year, readings[-1].type_code, asked[-1].code])
    found = [
        series
        for series in _collect(store.numbers(symbol_key("-".join(codes)))).build(store.copy_groups())
        if any(one.ending == series.key.ending and one.kind in (None, series.key.kind) for one in asked)
        and (not provinces or series.key.body == "" or series.province in provinces)
        and (not years or series.key.year is None or series.key.year in years)
    ]
    number = int(mention.number) if mention.number.isdigit() else None
    return tuple(sorted(found, key=lambda s: (number not in s.mentioned, -s.documents, _order(s))))


# --- collecting


@dataclass(slots=True)
class _Series:
    """What is gathered of one series."""

    held: dict[str, list[str]] = field(default_factory=dict)  # number → document ids
    mentioned: set[str] = field(default_factory=set)
    types: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Collected:
    series: dict[SeriesKey, _Series] = field(default_factory=dict)
    names: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)  # of (code, body)
    unread: list[str] = field(default_factory=list)
    unplaced: set[str] = field(default_factory=set)  # canonical numbers

    def name(self, key: SeriesKey, issuer: str | None, weight: int) -> None:
        if key.body is not None and issuer is not None:
            self.names.setdefault((key.code, key.body), Counter())[issuer] += weight

    def build(self, copies: Mapping[str, str]) -> Iterator[Series]:
        for key, gathered in self.series.items():
            issuer = None if key.body is None else _choose_name(self.names.get((key.code, key.body)), key)
            yield _build(key, issuer, gathered, copies)


def _collect(numbers: Numbers) -> _Collected:
    read = cache(read_symbol)
    collected = _Collected()
    for held in numbers.held:
        mention = read(held.symbol)
        if mention is None:
            collected.unread.append(held.document_id)
        else:
            _take_held(collected, held, mention)
    placed: set[str] = set()
    for mentioned in numbers.mentioned:
        mention = read(mentioned.symbol)
        if mention is not None and _take_mentioned(collected, mentioned, mention):
            placed.add(mentioned.symbol)
        else:
            collected.unplaced.add(mentioned.symbol)
    collected.unplaced -= placed
    return collected


def _take_held(collected: _Collected, held: HeldNumber, mention: SymbolMention) -> None:
    if held.type == "Công văn" and mention.type_code == held.issuer_code:
        mention = as_letter(mention)
    key = find_series(
        mention,
        type=held.type,
        issuer=held.issuer,
        level=held.level,
        province=held.province,
        date=held.issued_on,
    )
    series = collected.series.setdefault(key, _Series())
    series.held.setdefault(_bare(mention), []).append(held.document_id)
    if held.type:
        series.types[held.type] += 1
    collected.name(key, held.issuer, 1000)  # a document names its issuer better than texts about it


def _take_mentioned(collected: _Collected, mentioned: MentionedNumber, mention: SymbolMention) -> bool:
    """Whether the mention tells its series."""
    key = find_series(mention, issuer=mentioned.issuer, date=mentioned.date, near=mentioned.near)
    if not key.countable:
        return False
    collected.series.setdefault(key, _Series()).mentioned.add(_bare(mention))
    collected.name(key, mentioned.issuer, 1)
    return True


def _bare(mention: SymbolMention) -> str:
    return mention.number.lstrip("0").upper() or "0"


def _build(key: SeriesKey, issuer: str | None, gathered: _Series, copies: Mapping[str, str]) -> Series:
    held = sorted(int(number) for number in gathered.held if number.isdigit())
    only_mentioned = gathered.mentioned - gathered.held.keys()
    mentioned = sorted(int(number) for number in only_mentioned if number.isdigit())
    return Series(
        key=key,
        issuer=issuer,
        type=gathered.types.most_common(1)[0][0] if gathered.types else None,
        held=tuple(held),
        missing=find_gaps(held, mentioned) if key.countable else (),
        mentioned=tuple(mentioned),
        others=tuple(sorted(number for number in gathered.held if not number.isdigit())),
        mentioned_others=tuple(sorted(number for number in only_mentioned if not number.isdigit())),
        duplicates=tuple(
            Duplicate(
                number=number,
                documents=tuple(ids),
                copies=len({copies.get(document_id, document_id) for document_id in ids}) == 1,
            )
            for number, ids in sorted(gathered.held.items())
            if len(ids) > 1
        ),
        documents=sum(map(len, gathered.held.values())),
    )


def _choose_name(names: Counter[str] | None, key: SeriesKey) -> str:
    """The most frequent name, with its province where it does not say it; the code where none is known."""
    name = min(names, key=lambda one: (-names[one], one)) if names else key.code
    province = (key.body or "").rpartition("(")[2].rstrip(")")
    return name if fold(province) in fold(name) else f"{name} ({province})"


def _sort(series: Iterable[Series]) -> tuple[Series, ...]:
    return tuple(sorted(series, key=_order))


def _order(series: Series) -> tuple[object, ...]:
    """By issuer, type, whether the number carries its year, and year; what is not known last."""
    key = series.key
    return (
        series.issuer is None,
        fold(series.issuer or ""),
        key.code,
        key.kind or "~",
        -key.ending.count("/"),
        key.scope is None,
        key.year or 0,
        key.scope or "",
        key.ending,
    )
