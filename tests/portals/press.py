"""Host "bao": a paper of the family of nhandan.vn and baohatinh.vn: RSS, articles, sidebars with other dates."""

from __future__ import annotations

from email.utils import format_datetime
from html import escape

from tests.portals.gold import HostGold, Start
from tests.portals.server import Ask, Reply
from tests.portals.site import Host, State, cut_pages, document_of, html, xml
from tests.portals.texts import Story, tell

_SLOTS = 1  # story 0 appears with the switch "bao-new"
_PAGE = 6


class Press(Host):
    """`/rss/home.rss` (the newest 12), the section `/kinh-te/?trang=N`, articles at `/slug-postN.html`.

    Packed with gzip; robots.txt asks for a delay. Switch: "bao-new".
    """

    coding = "gzip"
    switches = ("bao-new",)

    def __init__(
        self, name: str, base: str, state: State, *, articles: int, shared: Story, delay: float
    ) -> None:
        super().__init__(name, base, state)
        self.robots = (
            f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /tim-kiem\n\nSitemap: {base}/sitemap.xml\n"
        )
        self._delay = delay
        self._all = [tell("bao", n) for n in range(articles + _SLOTS)]
        self._all[_SLOTS + 1] = shared  # the site on WordPress tells the same story
        self._by_path = {self._path(story): story for story in self._all}

    def _path(self, story: Story) -> str:
        return f"/{story.slug}-post{310000 - story.number}.html"

    def url(self, story: Story) -> str:
        return self.base + self._path(story)

    @property
    def articles(self) -> list[Story]:
        return self._all if self.on("bao-new") else self._all[_SLOTS:]

    def page(self, ask: Ask) -> Reply | None:
        if ask.path == "/rss/home.rss":
            return self._feed()
        if ask.path in ("/", "/kinh-te/"):
            return self._section(int(ask.query.get("trang", 1)))
        story = self._by_path.get(ask.path)
        return html(self._article(story)) if story in self.articles and story is not None else None

    def _feed(self) -> Reply:
        items = [self._item(story) for story in self.articles[:12]]
        return xml(
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Báo thử nghiệm - Trang chủ</title>'
            f"<link>{self.base}</link>\n{''.join(items)}{items[0]}</channel></rss>"  # the first once more: "Tin nổi bật"
        )

    def _item(self, story: Story) -> str:
        described = f'<img src="{self.base}/media/{story.number}.jpg" /><br />{escape(story.lead)} <i>(Báo thử nghiệm)</i>'
        return (
            f"<item><title><![CDATA[{story.title}]]></title><description><![CDATA[{described}]]></description>"
            f"<link>{self.url(story)}?utm_source=rss#main</link>"
            f"<pubDate>{format_datetime(story.published)}</pubDate></item>\n"
        )

    def _section(self, number: int) -> Reply | None:
        pages = cut_pages(self.articles, _PAGE)
        if number > len(pages):
            return None
        items = "".join(
            f'<article class="story"><a class="cms-link" href="{self._path(s)}"><img src="/media/{s.number}.jpg" alt=""></a>'
            f'<h3><a class="cms-link" href="{self.url(s)}?utm_source=home">{escape(s.title)}</a></h3>'
            f"<time>{s.published:%d/%m/%Y %H:%M}</time></article>"
            for s in pages[number - 1]
        )
        pager = (
            f'<a rel="next" href="/kinh-te/?trang={number + 1}">Trang sau</a>' if number < len(pages) else ""
        )
        return html(_frame("Kinh tế", f'<div class="list">{items}<div class="pager">{pager}</div></div>'))

    def _article(self, story: Story) -> str:
        related = "".join(
            f'<li><a class="cms-link" href="{self._path(s)}">{escape(s.title)}</a> <time>{s.published:%d/%m/%Y %H:%M}</time></li>'
            for s in self.articles[3:6]
        )
        return _frame(
            story.title,
            f"""<article class="article"><h1 class="article__title cms-title">{escape(story.title)}</h1>
<div class="article__meta"><time class="time" datetime="{story.published_at}">{story.published:%d/%m/%Y %H:%M}</time></div>
<div class="article__sapo cms-desc">{escape(story.lead)}</div>
<div class="article__body cms-body">{story.to_html()}</div>
<div class="article__author cms-author">Nhóm phóng viên</div></article>
<section class="box-related"><h3>Tin liên quan</h3><ul>{related}</ul></section>
<section class="comment"><h3>Ý kiến bạn đọc</h3><form method="post" action="/binh-luan"><textarea></textarea></form></section>""",
            head=f'<link rel="canonical" href="{self.url(story)}">'
            f'<meta property="article:published_time" content="{story.published_at}">'
            f'<meta property="og:title" content="{escape(story.title)}">',
        )

    def gold(self) -> HostGold:
        return HostGold(
            name=self.name,
            base=self.base,
            starts=(
                Start(kind="feed", url=f"{self.base}/rss/home.rss"),
                Start(kind="listing", url=f"{self.base}/kinh-te/?trang={{page}}"),
            ),
            documents=tuple(document_of(story, self.url(story)) for story in self._all[_SLOTS:]),
            never=tuple(f"{self.base}{path}" for path in ("/tim-kiem", "/media/", "/binh-luan"))
            + tuple(f"{self.url(story)}?" for story in self._all),
            later={"bao-new": tuple(document_of(story, self.url(story)) for story in self._all[:_SLOTS])},
            crawl_delay=self._delay,
        )


def _frame(title: str, body: str, head: str = "") -> str:
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>{head}</head>
<body><header class="site-header"><a href="/">Báo thử nghiệm</a><span>Thứ Ba, 05/05/2026</span>
<form action="/tim-kiem"><input name="q"></form></header>
<nav class="menu"><a href="/kinh-te/">Kinh tế</a> <a href="/kinh-te/?trang=1">Mới nhất</a></nav>
<main>{body}</main>
<aside class="sidebar"><h3>Đọc nhiều</h3><ul><li>Giá nông sản sáng nay <span>05.05.2026 | 07:05 AM</span></li>
<li>Nắng nóng diện rộng <span>04.05.2026 | 20:40 PM</span></li></ul></aside>
<footer><p>Đường dây nóng: 0000.000.000</p><p>Ghi rõ nguồn khi phát hành lại.</p></footer></body></html>"""
