"""A crawl that is killed at random points goes on where it was: nothing is lost, nothing but the page in flight
is fetched twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from corpus.store import Store
from tests.conftest import ROOT
from tests.portal_sources import differences, held, write_sources
from tests.portals import RemotePortals, judge, spawn_portals

HOSTS = ("wordpress", "bao", "cong-bao", "so-do")


def start_crawl(folder: Path) -> subprocess.Popen[bytes]:
    """`cancu crawl` in a process of its own, on a store in the folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CANCU_SOURCES": str(folder / "sources.toml")}
    command = [sys.executable, "-m", "cli", "crawl", "--no-index", "--store", str(folder / "store")]
    log = (folder / "crawl.log").open("ab")
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)


def kill_after(process: subprocess.Popen[bytes], portals: RemotePortals, requests: int, pause: float) -> bool:
    """Kill -9 the process a moment after so many requests; False where it ended before."""
    known = portals.count_requests()
    while process.poll() is None:
        if portals.count_requests() >= known + requests:
            time.sleep(pause)  # somewhere between two requests, while a page is read or stored
            process.send_signal(signal.SIGKILL)
            return process.wait() == -signal.SIGKILL
        time.sleep(0.01)
    return False


@pytest.mark.parametrize(
    ("size", "kills", "between"),
    [
        pytest.param("small", 4, (3, 30), id="short"),
        pytest.param("full", 20, (1, 300), id="whole", marks=[pytest.mark.long, pytest.mark.timeout(3600)]),
    ],
)
def test_a_crawl_killed_at_random_points_loses_nothing_and_repeats_only_what_was_in_flight(
    tmp_path: Path, size: str, kills: int, between: tuple[int, int]
) -> None:
    chance = random.Random(20261128)
    with spawn_portals(size) as portals:
        hosts = [portals.gold.hosts[name] for name in HOSTS]
        write_sources(tmp_path / "sources.toml", hosts)
        for _ in range(kills):
            process = start_crawl(tmp_path)
            assert kill_after(process, portals, chance.randint(*between), chance.uniform(0, 0.06))
        assert start_crawl(tmp_path).wait() == 0
        entries = portals.read_log()
    assert judge(portals.gold, hosts, entries).missing == ()
    assert judge(portals.gold, hosts, entries).forbidden == ()
    with Store.open(tmp_path / "store", read_only=True) as store:
        told = {host.name: differences(held(store, host.name), host.documents) for host in hosts}
    assert told == {host.name: [] for host in hosts}
    asked = Counter((e.host, e.path) for e in entries if e.path != "/robots.txt")
    repeats = Counter[str]()
    for (host, _), times in asked.items():
        repeats[host] += times - 1
    assert max(repeats.values()) <= kills, repeats  # one page in flight at a host, each time
