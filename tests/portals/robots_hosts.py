"""Hosts whose robots.txt is the point: one that closes a part, one that closes all, two that cannot be read."""

from __future__ import annotations

from html import escape

from tests.portals.gold import HostGold, Start
from tests.portals.server import Ask, Reply, Wire
from tests.portals.site import Host, article, document_of, html, missing
from tests.portals.texts import Story, tell


class RobotsHost(Host):
    """A home page that links four pages, two of them inside `/noi-bo/`, and a print view `?in=1` of each."""

    open_paths: tuple[str, ...] = ("/tin/",)  # what a crawl may have

    def _stories(self) -> dict[str, Story]:
        stories = [tell(self.name, n) for n in range(4)]
        return {f"/{'tin' if n < 2 else 'noi-bo'}/{s.slug}-{n}.html": s for n, s in enumerate(stories)}

    def page(self, ask: Ask) -> Reply | None:
        if ask.path == "/":
            links = "".join(
                f'<li><a href="{path}">{escape(s.title)}</a> <a href="{path}?in=1">Bản in</a></li>'
                for path, s in self._stories().items()
            )
            return html(
                f'<html lang="vi"><title>Trang chủ</title><body><main><ul>{links}</ul></main></body></html>'
            )
        story = self._stories().get(ask.path)
        return html(article(story, self.base + ask.path)) if story is not None else None

    def gold(self) -> HostGold:
        may = {path: s for path, s in self._stories().items() if path.startswith(self.open_paths or ("-",))}
        closed = tuple(f"{self.base}{path}" for path in self._stories() if path not in may)
        printed = tuple(f"{self.base}{path}?in=" for path in may)
        home = () if self.open_paths else (f"{self.base}/",)
        documents = tuple(document_of(s, self.base + path) for path, s in may.items())
        recovers = {
            switch: tuple(
                document_of(s, self.base + p) for p, s in self._stories().items() if p.startswith("/tin/")
            )
            for switch in self.switches
        }
        return HostGold(
            name=self.name,
            base=self.base,
            starts=(Start(kind="links", url=f"{self.base}/"),),
            documents=documents,
            never=home + closed + printed,
            later=recovers,
        )


class RobotsPart(RobotsHost):
    """robots.txt closes `/noi-bo/` and every `?in=`, with a comment, a BOM, CRLF and a rule for another robot."""

    robots = (
        "\ufeff# Trang thử nghiệm\r\nUser-agent: BadBot\r\nDisallow: /\r\n\r\n"
        "User-agent: *\r\nDisallow: /noi-bo/  # nội bộ\r\nDisallow: /*?in=\r\n"
    )


class RobotsAll(RobotsHost):
    """robots.txt closes everything to everyone."""

    robots = "User-agent: *\nDisallow: /\n"
    open_paths = ()


class RobotsSilent(RobotsHost):
    """robots.txt is never answered; with the switch "robots-silent-well" it is, and opens all but `/noi-bo/`."""

    open_paths = ()
    switches = ("robots-silent-well",)
    robots = "User-agent: *\nDisallow: /noi-bo/\nDisallow: /*?in=\n"

    def answer(self, ask: Ask) -> Reply:
        if ask.path == "/robots.txt" and not self.on("robots-silent-well"):
            return Reply(play=_say_nothing)
        return super().answer(ask)


class Robots503(RobotsHost):
    """robots.txt gets 503; with the switch "robots-503-well" it is there, and opens all but `/noi-bo/`."""

    open_paths = ()
    switches = ("robots-503-well",)
    robots = "User-agent: *\nDisallow: /noi-bo/\nDisallow: /*?in=\n"

    def answer(self, ask: Ask) -> Reply:
        if ask.path == "/robots.txt" and not self.on("robots-503-well"):
            return missing(503)
        return super().answer(ask)


def _say_nothing(wire: Wire, reply: Reply) -> None:
    wire.wait(3600)
