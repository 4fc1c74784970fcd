"""Host "so-do": a site known by its sitemaps: an index, children (one of them packed), a news sitemap."""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import lru_cache
from html import escape

from tests.portals.gold import HostGold, Start
from tests.portals.server import Ask, Reply
from tests.portals.site import Host, State, article, document_of, html, xml
from tests.portals.texts import Story, tell

_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 10
_EDIT = "Bài đã được sửa: thời hạn nay là 30 ngày."


@lru_cache(maxsize=8192)
def _story(number: int) -> Story:
    return tell("sd", number)


class SitemapSite(Host):
    """`/sitemap.xml` → `/sitemaps/bai-N.xml` (the last one `.xml.gz`) and `/sitemaps/news.xml`; pages at `/bai/slug-N.html`.

    The ten newest stand in the news sitemap and in a child. Switch "so-do-edited": the newest page changes, and
    its lastmod with it.
    """

    coding = "gzip"
    switches = ("so-do-edited",)

    def __init__(self, name: str, base: str, state: State, *, pages: int) -> None:
        super().__init__(name, base, state)
        self.robots = f"User-agent: *\nDisallow: /quan-tri/\nSitemap: {base}/sitemap.xml\n"
        self._pages, self._share = pages, -(-pages // 5)

    def url(self, number: int) -> str:
        return f"{self.base}/bai/{_story(number).slug}-{number}.html"

    def page(self, ask: Ask) -> Reply | None:
        if ask.path == "/sitemap.xml":
            return xml(self._index())
        if ask.path == "/sitemaps/news.xml":
            return xml(self._news())
        if ask.path.startswith("/sitemaps/bai-"):
            return self._child(ask.path)
        if ask.path.startswith("/bai/") and ask.path.endswith(".html"):
            number = int(ask.path.removesuffix(".html").rsplit("-", 1)[1])
            if number < self._pages and self.url(number).endswith(ask.path):
                return html(self._article(number))
        return None

    def _children(self) -> list[str]:
        return [f"/sitemaps/bai-{n}.xml" for n in range(1, 5)] + ["/sitemaps/bai-5.xml.gz"]

    def _index(self) -> str:
        rows = "".join(
            f"<sitemap><loc>{self.base}{path}</loc><lastmod>2026-05-05T16:00:00+07:00</lastmod></sitemap>\n"
            for path in ["/sitemaps/news.xml", *self._children()]
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {_NS}>\n{rows}</sitemapindex>'

    def _child(self, path: str) -> Reply | None:
        if path not in self._children():
            return None
        place = self._children().index(path)
        numbers = range(place * self._share, min((place + 1) * self._share, self._pages))
        rows = "".join(
            f"<url><loc>{self.url(n)}</loc><lastmod>{self._changed(n)}</lastmod></url>\n" for n in numbers
        )
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NS}>\n{rows}</urlset>'
        if path.endswith(".gz"):
            return Reply(body=gzip.compress(text.encode(), mtime=0), type="application/gzip")
        return xml(text)

    def _news(self) -> str:
        rows = "".join(
            f"<url><loc>{self.url(n)}</loc><news:news><news:publication><news:name>Trang thử nghiệm</news:name>"
            f"<news:language>vi</news:language></news:publication>"
            f"<news:publication_date>{_story(n).published_at}</news:publication_date>"
            f"<news:title>{escape(_story(n).title)}</news:title></news:news></url>\n"
            for n in range(min(_NEWS, self._pages))
        )
        news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NS} {news}>\n{rows}</urlset>'

    def _changed(self, number: int) -> str:
        return "2026-05-06T08:00:00+07:00" if self._edited(number) else _story(number).published_at

    def _edited(self, number: int) -> bool:
        return number == 0 and self.on("so-do-edited")

    def _article(self, number: int) -> str:
        story = _story(number)
        near = [n for n in (number - 1, number + 1) if 0 <= n < self._pages]
        side = "".join(f'<a href="{self.url(n)}">{escape(_story(n).title)}</a>' for n in near)
        more = f"<p>{_EDIT}</p>" if self._edited(number) else ""
        return article(
            story,
            self.url(number),
            body=story.to_html() + more,
            side=side + '<a href="/quan-tri/">Quản trị</a>',
        )

    def gold(self) -> HostGold:
        return HostGold(
            name=self.name,
            base=self.base,
            starts=(Start(kind="sitemap", url=f"{self.base}/sitemap.xml"),),
            documents=tuple(document_of(_story(n), self.url(n)) for n in range(self._pages)),
            never=(f"{self.base}/quan-tri/",),
            later={"so-do-edited": (replace(document_of(_story(0), self.url(0)), sentence=_EDIT),)},
        )
