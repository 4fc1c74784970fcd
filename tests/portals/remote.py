"""The test site in a process of its own, commanded over its control host."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.portals.gold import Gold, HostGold, read_gold
from tests.portals.log import Entry, read_log

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemotePortals:
    """As `Portals`, from outside."""

    gold: Gold
    control: str
    pid: int

    def fault(self, name: str) -> HostGold:
        return self.gold.faults[name]

    def turn(self, name: str, on: bool = True) -> None:
        """Turn a switch; HTTPError (400) where there is none of that name."""
        self._ask(f"/turn?{urlencode({'name': name, 'on': int(on)})}", method="POST")

    def read_log(self, host: str | None = None, path: str | None = None) -> list[Entry]:
        """The requests so far, of a host, of a path, or all."""
        found = read_log(self._ask("/log").decode())
        return [e for e in found if host in (None, e.host) and path in (None, e.path)]

    def count_requests(self) -> int:
        """How many requests there were so far."""
        return int(self._ask("/count"))

    def clear_log(self) -> None:
        self._ask("/clear", method="POST")

    def read_errors(self) -> list[str]:
        return list(json.loads(self._ask("/errors")))

    def _ask(self, target: str, method: str = "GET") -> bytes:
        with urlopen(Request(self.control + target, method=method), timeout=30) as reply:
            return bytes(reply.read())


@contextmanager
def spawn_portals(
    size: str = "small", *, crawl_delay: float = 0.05, log: Path | None = None
) -> Iterator[RemotePortals]:
    """Serve the test site from a process of its own, which ends with this block or with this process."""
    command = [
        sys.executable,
        "-m",
        "tests.portals",
        "--size",
        size,
        "--crawl-delay",
        str(crawl_delay),
        "--print-json",
    ]
    command += ["--log", str(log.resolve())] if log is not None else []
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            told = json.loads(process.stdout.readline())
            portals = RemotePortals(gold=read_gold(told["gold"]), control=told["control"], pid=process.pid)
            yield portals
            errors = portals.read_errors()
        finally:
            process.terminate()
    assert not errors, "\n".join(errors)
