"""What all hosts of the test site have in common."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TypeVar

from tests.portals.gold import Document, HostGold
from tests.portals.server import Ask, Reply
from tests.portals.texts import Story

T = TypeVar("T")


@dataclass(slots=True)
class State:
    """The switches of the test site: what has changed there since the first crawl."""

    known: set[str] = field(default_factory=set)
    turned: set[str] = field(default_factory=set)

    def turn(self, name: str, on: bool) -> None:
        if name not in self.known:
            raise KeyError(f"no switch {name!r}; there are {sorted(self.known)}")
        (self.turned.add if on else self.turned.discard)(name)


class Host:
    """A host: robots.txt and pages. `switches` are those that it knows."""

    coding: str | None = None
    robots: str | None = "User-agent: *\nDisallow:\n"  # None: 404
    switches: tuple[str, ...] = ()

    def __init__(self, name: str, base: str, state: State) -> None:
        self.name, self.base, self._state = name, base, state
        state.known.update(self.switches)

    def answer(self, ask: Ask) -> Reply:
        if ask.method == "POST":
            return Reply(status=405, body=b"", headers=(("Allow", "GET, HEAD"),))
        if ask.path == "/robots.txt":
            return plain(self.robots) if self.robots is not None else missing()
        return self.page(ask) or missing()

    def page(self, ask: Ask) -> Reply | None:
        """The page of an address; None: there is none."""
        raise NotImplementedError

    def gold(self) -> HostGold:
        raise NotImplementedError

    def on(self, switch: str) -> bool:
        return switch in self._state.turned


def html(text: str, *, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Reply:
    return Reply(body=text.encode(), status=status, headers=headers)


def xml(text: str) -> Reply:
    return Reply(body=text.encode(), type="application/xml; charset=utf-8")


def plain(text: str) -> Reply:
    return Reply(body=text.encode(), type="text/plain; charset=utf-8")


def redirect(target: str, *, status: int = 302) -> Reply:
    return Reply(status=status, headers=(("Location", target),))


def missing(status: int = 404) -> Reply:
    return html(
        "<html><title>404</title><body><h1>404</h1><p>Không có trang này.</p></body></html>", status=status
    )


def cut_pages(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """The items by pages; one empty page where there are none."""
    return [items[n * size : (n + 1) * size] for n in range(max(1, math.ceil(len(items) / size)))]


def document_of(story: Story, url: str, *, aliases: tuple[str, ...] = ()) -> Document:
    return Document(
        url=url, title=story.title, sentence=story.sentence, published_at=story.published_at, aliases=aliases
    )


def article(
    story: Story, url: str, *, canonical: str | None = None, body: str | None = None, side: str = ""
) -> str:
    """An ordinary page: header, menu, text, sidebar with another date, footer. `body`: other HTML than the story's."""
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{escape(story.title)} | Cổng thử nghiệm</title>
<meta property="og:title" content="{escape(story.title)}">
<meta property="article:published_time" content="{story.published_at}">
<link rel="canonical" href="{canonical or url}"></head>
<body><header><a href="/">Trang chủ</a><span>Hôm nay: Thứ Ba, 05/05/2026</span></header>
<nav><ul><li><a href="/">Tin tức</a></li><li><a href="#cuoi">Cuối trang</a></li></ul></nav>
<main><article><h1>{escape(story.title)}</h1>
<time datetime="{story.published_at}">{story.published:%d/%m/%Y %H:%M}</time>
<div class="content">{story.to_html() if body is None else body}</div></article></main>
<aside><h3>Đọc nhiều</h3><p>Bản tin tuần <span>04.05.2026 | 20:40 PM</span></p>{side}</aside>
<footer id="cuoi"><p>Trang thử nghiệm trên máy này.</p></footer></body></html>"""
