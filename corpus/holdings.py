"""What a store holds, counted by what its documents are: the bars of a chart, with what is not known apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.facets import Facet, FacetCount, FacetTable
from corpus.labels import KINDS, UNKNOWN
from corpus.models import DocumentKind, Level

# The order in which people look for the values; those of other facets come by number.
_LEVELS = {level.value: place for place, level in enumerate(Level)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How many documents have one value."""

    name: str  # Vietnamese
    number: int
    known: bool = True  # False: of these the value is not known, though they should have one


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The documents of a store by one facet."""

    facet: Facet
    bars: tuple[Bar, ...]  # the one of what is not known last
    without: int  # documents that have no such value: news has no level, the centre no province

    @property
    def documents(self) -> int:
        """How many documents the bars count."""
        return sum(bar.number for bar in self.bars)


def read_holdings(table: FacetTable) -> dict[Facet, Holding]:
    """The documents of a store by every facet; their effect is that of today."""
    total = len(table.documents())
    return {count.facet: _holding(count, total) for count in table.count()}


def _holding(count: FacetCount, total: int) -> Holding:
    values = _order(count)
    bars = [Bar(name=_name(count.facet, value), number=count.counts[value]) for value in values]
    if count.unknown:
        bars.append(Bar(name=UNKNOWN, number=count.unknown, known=False))
    return Holding(
        facet=count.facet, bars=tuple(bars), without=total - sum(count.counts.values()) - count.unknown
    )


def _order(count: FacetCount) -> Iterable[str]:
    """Years as they follow each other, levels from the centre down, all else as counted."""
    if count.facet is Facet.YEAR:
        return sorted(count.counts)
    if count.facet is Facet.LEVEL:
        return sorted(count.counts, key=lambda level: _LEVELS.get(level, len(_LEVELS)))
    return count.counts


def _name(facet: Facet, value: str) -> str:
    return KINDS[DocumentKind(value)] if facet is Facet.KIND else value


def shorten_bars(bars: tuple[Bar, ...], most: int, unit: str) -> tuple[Bar, ...]:
    """The first bars, the others as one, what is not known behind them; `unit`: what a bar stands for.

    >>> [bar.name for bar in shorten_bars(tuple(Bar(name=n, number=1) for n in "abcd"), 2, "nguồn")]
    ['a', 'b', '2 nguồn khác']
    """
    known, unknown = [bar for bar in bars if bar.known], [bar for bar in bars if not bar.known]
    if len(known) <= most + 1:
        return bars
    rest = known[most:]
    other = Bar(name=f"{len(rest)} {unit} khác", number=sum(bar.number for bar in rest))
    return (*known[:most], other, *unknown)
