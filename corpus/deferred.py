"""Sequences that are made when they are first looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item", covariant=True)


class Deferred(Sequence[Item]):
    """What `make` gives, made once; equal to the tuple of it."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], tuple[Item, ...]]) -> None:
        self._make = make
        self._made: tuple[Item, ...] | None = None

    def _all(self) -> tuple[Item, ...]:
        if self._made is None:  # two threads may both make it, and the same
            self._made = self._make()
        return self._made

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, at: int | slice) -> Item | tuple[Item, ...]:
        return self._all()[at]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Item]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Deferred, tuple)) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())
