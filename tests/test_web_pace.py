"""Pace: one request at a time to a host, pauses from end to start, back-off."""

from __future__ import annotations

import random
import threading

from ingest.web.pace import Pacer, compute_backoff


class Clock:
    """A clock that only sleeping and `pass_` move."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_the_pause_runs_from_the_end_of_a_request_to_the_start_of_the_next() -> None:
    clock = Clock()
    pacer = Pacer(clock, clock.sleep)
    with pacer.turn("bao.vn", 2.0):
        clock.now += 7.0  # a slow answer
    assert clock.slept == []
    clock.now += 0.5
    with pacer.turn("bao.vn", 2.0):
        assert clock.slept == [1.5]
    with pacer.turn("khac.vn", 2.0):
        assert clock.slept == [1.5]


def test_the_longer_of_two_pauses_holds() -> None:
    clock = Clock()
    pacer = Pacer(clock, clock.sleep)
    with pacer.turn("bao.vn", 5.0):
        pass
    with pacer.turn("bao.vn", 1.0):
        assert clock.slept == [5.0]
    with pacer.turn("bao.vn", 3.0):
        assert clock.slept == [5.0, 3.0]


def test_the_pause_holds_after_a_request_that_failed() -> None:
    clock = Clock()
    pacer = Pacer(clock, clock.sleep)
    try:
        with pacer.turn("bao.vn", 2.0):
            raise OSError
    except OSError:
        pass
    assert pacer.ready_at("bao.vn") == 102.0


def test_what_a_host_asked_for_is_waited_and_never_shortened() -> None:
    clock = Clock()
    pacer = Pacer(clock, clock.sleep)
    pacer.not_before("bao.vn", 30.0)
    pacer.not_before("bao.vn", 10.0)
    assert pacer.ready_at("bao.vn") == 130.0
    assert pacer.held_for("bao.vn") == 30.0
    assert pacer.held_for("khac.vn") == 0.0
    with pacer.turn("bao.vn", 1.0):
        assert clock.slept == [30.0]


def test_a_host_in_flight_is_not_ready() -> None:
    clock = Clock()
    pacer = Pacer(clock, clock.sleep)
    assert pacer.ready_at("bao.vn") <= clock.now
    with pacer.turn("bao.vn", 1.0):
        assert pacer.ready_at("bao.vn") == float("inf")
        assert pacer.ready_at("khac.vn") <= clock.now
    assert pacer.ready_at("bao.vn") == 101.0


def test_threads_never_share_a_host() -> None:
    pacer = Pacer()
    inside: list[int] = []
    most: list[int] = []

    def ask() -> None:
        for _ in range(20):
            with pacer.turn("bao.vn", 0.0):
                inside.append(1)
                most.append(len(inside))
                threading.Event().wait(0.001)
                inside.pop()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 80
    assert set(most) == {1}


class Highest(random.Random):
    def uniform(self, a: float, b: float) -> float:
        assert a == 0
        return b


def test_back_off_has_full_jitter_under_a_doubling_ceiling() -> None:
    ceilings = [compute_backoff(n, base=2.0, cap=60.0, rng=Highest()) for n in (1, 2, 3, 4, 5, 6, 7, 5000)]
    assert ceilings == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]
    drawn = [compute_backoff(4, base=2.0, cap=60.0, rng=random.Random(n)) for n in range(200)]
    assert min(drawn) < 2.0 < 14.0 < max(drawn) <= 16.0
    assert compute_backoff(4, base=2.0, cap=60.0, rng=random.Random(7)) == random.Random(7).uniform(0, 16.0)
