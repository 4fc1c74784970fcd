"""Values kept in memory up to so many bytes; those used longest ago go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by key (thread-safe). `size` tells the bytes of a value; one larger than `most` is not kept."""

    def __init__(self, most: int, size: Callable[[Value], int]) -> None:
        self._most = most
        self._size_of = size
        self._held: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()
        self.size = 0  # bytes held

    def get(self, key: Hashable, load: Callable[[], Value]) -> Value:
        """The value of a key, loaded where it is not held; what `load` raises is raised."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key][0]
        value = load()  # not under the lock: two threads may load the same, none waits
        size = self._size_of(value)
        with self._lock:
            if key not in self._held and size <= self._most:
                self._held[key] = value, size
                self.size += size
            while self.size > self._most:
                self.size -= self._held.popitem(last=False)[1][1]
        return value
