"""Pace: one request at a time to a host, and a pause between two."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    turn: threading.Lock = field(default_factory=threading.Lock)  # held while a request is in flight
    ended: float | None = None  # when the last request ended
    delay: float = 0.0  # the pause that its source asked for
    held_until: float = float("-inf")  # what the host asked for (Retry-After)


class Pacer:
    """Who may ask which host, and when. Hosts are names (`addresses.host_name`); thread-safe.

    The pause runs from the END of a request to the START of the next, so that the gaps between arrivals at
    the server are never shorter, however long an answer takes.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Wait for the host's turn, hold it for the block, and let the pause begin where the block ends."""
        state = self._state(host)
        with state.turn:
            while (wait := self._ready(state, delay) - self._clock()) > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                state.ended, state.delay = self._clock(), delay

    def not_before(self, host: str, seconds: float) -> None:
        """No request to the host for so many seconds from now; never shortens what was asked before."""
        state = self._state(host)
        with self._lock:
            state.held_until = max(state.held_until, self._clock() + seconds)

    def held_for(self, host: str) -> float:
        """Seconds left of what `not_before` asked for."""
        return max(0.0, self._state(host).held_until - self._clock())

    def ready_at(self, host: str) -> float:
        """The time (of the clock) from which the host may be asked; infinite while a request is in flight."""
        state = self._state(host)
        return float("inf") if state.turn.locked() else self._ready(state, 0.0)

    def _state(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())

    def _ready(self, state: _Host, delay: float) -> float:
        if state.ended is None:
            return state.held_until
        return max(state.held_until, state.ended + max(state.delay, delay))


def compute_backoff(attempt: int, *, base: float, cap: float, rng: random.Random) -> float:
    """Seconds to wait before attempt `attempt` + 1, `attempt` from 1: full jitter under a doubling ceiling.

    Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
    """
    ceiling = min(cap, base * 2.0 ** min(attempt - 1, 64))
    return rng.uniform(0, ceiling)
