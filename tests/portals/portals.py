"""All hosts of the test site together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.portals import page_faults, wire_faults  # entered into FAULTS as they are read
from tests.portals.control import Control
from tests.portals.faults import FAULTS, FaultHost
from tests.portals.gazette import GAPS, NUMBERS, Gazette
from tests.portals.gold import Gold, HostGold
from tests.portals.log import Log
from tests.portals.press import Press
from tests.portals.robots_hosts import Robots503, RobotsAll, RobotsPart, RobotsSilent
from tests.portals.server import Ask, Reply, Server
from tests.portals.site import Host, State, html
from tests.portals.sitemap_site import SitemapSite
from tests.portals.texts import tell
from tests.portals.wordpress import WordPress

__all__ = ["Portals", "page_faults", "serve_portals", "wire_faults"]
# posts of "wordpress", articles of "bao", pages of "so-do"
_SIZES = {"small": (13, 14, 60), "full": (230, 90, 5000)}
_ROBOTS = {
    "robots-part": RobotsPart,
    "robots-all": RobotsAll,
    "robots-silent": RobotsSilent,
    "robots-503": Robots503,
}
_HOSTS = ("wordpress", "bao", "cong-bao", "so-do", *_ROBOTS)


class Elsewhere(Host):
    """Host "khac", which nobody may go to: it answers everything, so that a visit is seen in the log."""

    robots = None

    def page(self, ask: Ask) -> Reply:
        return html("<html><title>Trang khác</title><body><h1>Trang khác</h1></body></html>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portals:
    """The running test site."""

    gold: Gold
    log: Log
    control: str  # address of the host that other processes turn switches at
    errors: list[str]  # tracebacks of the test site's own mistakes
    _state: State

    def fault(self, name: str) -> HostGold:
        return self.gold.faults[name]

    def turn(self, name: str, on: bool = True) -> None:
        """Turn a switch; KeyError where there is none of that name."""
        self._state.turn(name, on)

    @property
    def switches(self) -> tuple[str, ...]:
        return tuple(sorted(self._state.known))


@contextmanager
def serve_portals(
    size: str = "small", *, crawl_delay: float = 0.05, log: Path | None = None
) -> Iterator[Portals]:
    """Serve the test site from threads of this process.

    size: "small" (60 pages of the sitemap) or "full" (5,000). crawl_delay: seconds that robots.txt of "bao" asks for.
    log: file that every finished request is written to, a line of JSON each. At the end all connections are closed
    and all threads have ended; AssertionError where the test site itself made a mistake.
    """
    server, state = Server(log=Log(path=log)), State()
    try:
        bases = {name: server.open_host(name) for name in (*_HOSTS, *FAULTS, "khac", "control")}
        sites = _make_hosts(bases, state, size, crawl_delay)
        gold = Gold(
            hosts={name: sites[name].gold() for name in _HOSTS},
            faults={name: sites[name].gold() for name in FAULTS},
            bases=bases,
            copies=_find_copies(sites),
            numbers=NUMBERS,
            gaps=GAPS,
        )
        control = Control(state=state, log=server.log, gold=gold, errors=server.errors)
        server.start({**sites, "control": control})
        yield Portals(gold=gold, log=server.log, control=bases["control"], errors=server.errors, _state=state)
    finally:
        server.stop()
        server.log.close()
    assert not server.errors, "\n".join(server.errors)


def _make_hosts(bases: dict[str, str], state: State, size: str, crawl_delay: float) -> dict[str, Host]:
    posts, articles, pages = _SIZES[size]
    shared = tell("chung", 77)
    hosts: list[Host] = [
        WordPress("wordpress", bases["wordpress"], state, posts=posts, shared=shared),
        Press("bao", bases["bao"], state, articles=articles, shared=shared, delay=crawl_delay),
        Gazette("cong-bao", bases["cong-bao"], state),
        SitemapSite("so-do", bases["so-do"], state, pages=pages),
        Elsewhere("khac", bases["khac"], state),
    ]
    hosts += [kind(name, bases[name], state) for name, kind in _ROBOTS.items()]
    hosts += [FaultHost(spec, bases[name], state, elsewhere=bases["khac"]) for name, spec in FAULTS.items()]
    return {host.name: host for host in hosts}


def _find_copies(sites: dict[str, Host]) -> tuple[tuple[str, str], ...]:
    first = {document.sentence: document.url for document in sites["wordpress"].gold().documents}
    return tuple(
        (first[document.sentence], document.url)
        for document in sites["bao"].gold().documents
        if document.sentence in first
    )
