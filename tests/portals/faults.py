"""Faults by name, each a host of its own: a home page that links an ordinary page, the page of the fault, another.

A fault is a function that answers for every address of its host but the home page and the ordinary pages. Its
docstring says what goes wrong; `@fault` says whether the page is to be collected nevertheless.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from tests.portals.gold import Document, HostGold, Start
from tests.portals.server import Ask, Reply
from tests.portals.site import Host, State, article, document_of, html
from tests.portals.texts import Story, tell

PATH = "/loi.html"
ORDINARY = ("/tin/truoc.html", "/tin/sau.html")
Answer = Callable[["FaultHost", Ask], Reply | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What is known of a fault beside how it answers."""

    name: str
    answer: Answer
    collected: bool  # whether the page of the fault must be collected
    links: tuple[str, ...]  # what the home page links between the ordinary pages
    switch: bool  # whether its name is a switch
    later: str | None  # with the switch, the sentence that the page has
    later_path: str | None  # with the switch, where it is
    gone: bool  # with the switch, there is none
    never: tuple[str, ...]  # paths, or addresses where "{elsewhere}" stands for the host nobody may go to
    canonical: str | None  # of all pages of the host


FAULTS: dict[str, Spec] = {}


def fault(
    name: str,
    *,
    collected: bool,
    links: tuple[str, ...] = (PATH,),
    switch: bool = False,
    later: str | None = None,
    later_path: str | None = None,
    gone: bool = False,
    never: tuple[str, ...] = (),
    canonical: str | None = None,
) -> Callable[[Answer], Answer]:
    """Enter a function as the fault of that name."""

    def enter(answer: Answer) -> Answer:
        FAULTS[name] = Spec(
            name=name,
            answer=answer,
            collected=collected,
            links=links,
            switch=switch,
            later=later,
            later_path=later_path,
            gone=gone,
            never=never,
            canonical=canonical,
        )
        return answer

    return enter


class FaultHost(Host):
    """The host of one fault."""

    robots = None

    def __init__(self, spec: Spec, base: str, state: State, *, elsewhere: str) -> None:
        self.switches = (spec.name,) if spec.switch else ()
        super().__init__(spec.name, base, state)
        self.spec, self.elsewhere = spec, elsewhere
        self.story = tell(f"loi-{spec.name}", 1)
        self._ordinary = {path: tell(f"loi-{spec.name}", 2 + n) for n, path in enumerate(ORDINARY)}

    @property
    def turned(self) -> bool:
        """Whether the switch of the fault is on."""
        return self.on(self.spec.name)

    def page(self, ask: Ask) -> Reply | None:
        if ask.path == "/":
            return html(self._home())
        if story := self._ordinary.get(ask.path):
            return html(self.tell(story, ask.path))
        return self.spec.answer(self, ask)

    def tell(
        self, story: Story | None = None, path: str = PATH, *, body: str | None = None, side: str = ""
    ) -> str:
        """The page of a story, of the fault's own where none is given."""
        canonical = self.base + self.spec.canonical if self.spec.canonical else None
        return article(story or self.story, self.base + path, canonical=canonical, body=body, side=side)

    def fine(self, *, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
        """The page of the fault as if nothing were wrong."""
        return html(self.tell(), headers=headers)

    def _home(self) -> str:
        before, after = ORDINARY
        links = [before, *(link.format(elsewhere=self.elsewhere) for link in self.spec.links), after]
        rows = "".join(f'<li><a href="{escape(link)}">Bài {n}</a></li>' for n, link in enumerate(links, 1))
        return f'<html lang="vi"><head><title>Trang chủ</title></head><body><main><ul>{rows}</ul></main></body></html>'

    def gold(self) -> HostGold:
        own = document_of(self.story, self.base + PATH)
        aliases = tuple(self.base + link for link in self.spec.links if link != PATH and link.startswith("/"))
        own = replace(own, aliases=aliases)
        ordinary = tuple(document_of(story, self.base + path) for path, story in self._ordinary.items())
        later = {self.name: self._later(own)} if self.spec.switch else {}
        never = tuple(
            (n if "{elsewhere}" in n else self.base + n).format(elsewhere=self.elsewhere)
            for n in self.spec.never
        )
        return HostGold(
            name=self.name,
            base=self.base,
            starts=(Start(kind="links", url=f"{self.base}/"),),
            documents=(ordinary[0], own, ordinary[1]) if self.spec.collected else ordinary,
            never=never,
            later=later,
            doc=" ".join((self.spec.answer.__doc__ or "").split()),
            url=self.base + PATH,
        )

    def _later(self, own: Document) -> tuple[Document, ...]:
        if self.spec.gone:
            return ()
        if self.spec.later_path is not None:
            return (replace(own, url=self.base + self.spec.later_path, aliases=(own.url,)),)
        return (replace(own, sentence=self.spec.later or own.sentence),)
