"""Host "wordpress": a site of the press that runs on WordPress: REST, feed, posts, comments, tracking parameters."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC
from email.utils import format_datetime
from html import escape

from tests.portals.gold import HostGold, Start
from tests.portals.server import Ask, Reply
from tests.portals.site import Host, State, cut_pages, document_of, html, redirect, xml
from tests.portals.texts import Story, tell

_FEED = 10
_EDIT = "Bài đã được sửa: kinh phí nay là 77 tỷ đồng."
_SLOTS = 2  # stories 0 and 1 appear with the switch "wordpress-new"


class WordPress(Host):
    """`/wp-json/wp/v2/posts`, `/feed/`, posts at `/YYYY/MM/slug-N/`.

    Switches: "wordpress-new" adds two posts on top; "wordpress-edited" changes the text of the oldest.
    """

    coding = "br"
    robots = (
        "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\nDisallow: /*?replytocom=\n"
    )
    switches = ("wordpress-new", "wordpress-edited")

    def __init__(self, name: str, base: str, state: State, *, posts: int, shared: Story) -> None:
        super().__init__(name, base, state)
        self.per_page = 5 if posts < 100 else 100
        self._all = [tell("wp", n) for n in range(posts + _SLOTS)]
        self._all[_SLOTS + 2] = shared  # the press tells the same story
        self._by_path = {self._path(story): story for story in self._all}

    def _path(self, story: Story) -> str:
        return f"/{story.published:%Y/%m}/{story.slug}-{story.number}/"

    def url(self, story: Story) -> str:
        return self.base + self._path(story)

    @property
    def posts(self) -> list[Story]:
        return self._all if self.on("wordpress-new") else self._all[_SLOTS:]

    def page(self, ask: Ask) -> Reply | None:
        if ask.path == "/wp-json/wp/v2/posts":
            return self._list(ask)
        if ask.path == "/feed/":
            return self._feed()
        if ask.path in ("/", "/category/tin/", "/tag/bao/", "/author/ban-bien-tap/"):
            return html(_frame("Báo thử nghiệm", self._teasers(self.posts[:8])))
        if ask.path + "/" in self._by_path:
            return redirect(ask.path + "/", status=301)  # WordPress adds the slash
        story = self._by_path.get(ask.path)
        if story is None or story not in self.posts:
            return None
        return html(self._post(story))

    def _list(self, ask: Ask) -> Reply:
        size, number = int(ask.query.get("per_page", 10)), int(ask.query.get("page", 1))
        posts = self.posts
        if ask.query.get("orderby") == "modified":  # newest first is the default order of both
            posts = sorted(posts, key=lambda story: self._row(story)["modified_gmt"], reverse=True)
        pages = cut_pages(posts, size)
        if not 1 <= size <= 100:
            return _refuse("rest_invalid_param", "Tham số không hợp lệ: per_page")
        if number > len(pages):
            return _refuse("rest_post_invalid_page_number", "Số trang yêu cầu lớn hơn số trang hiện có.")
        return Reply(
            body=json.dumps([self._row(story) for story in pages[number - 1]]).encode(),
            type="application/json; charset=UTF-8",
            headers=(("X-WP-Total", str(len(self.posts))), ("X-WP-TotalPages", str(len(pages)))),
        )

    def _row(self, story: Story) -> dict[str, object]:
        local, utc = (
            f"{story.published:%Y-%m-%dT%H:%M:%S}",
            f"{story.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        )
        return {
            "id": 9000 - story.number,
            "date": local,
            "date_gmt": utc,
            "modified": local if not self._edited(story) else "2026-05-06T09:00:00",
            "modified_gmt": utc if not self._edited(story) else "2026-05-06T02:00:00",
            "slug": f"{story.slug}-{story.number}",
            "status": "publish",
            "type": "post",
            "link": self.url(story) + "?utm_source=rest",
            "title": {"rendered": escape(story.title)},
            "excerpt": {"rendered": f"<p>{escape(story.lead)}</p>", "protected": False},
            "content": {"rendered": story.to_html(), "protected": False},
        }

    def _edited(self, story: Story) -> bool:
        return story is self._all[-1] and self.on("wordpress-edited")

    def _feed(self) -> Reply:
        items = "".join(
            f"<item><title>{escape(story.title)}</title>"
            f"<link>{self.url(story)}?utm_source=rss&amp;utm_medium=feed&amp;fbclid=IwAR{story.number}</link>"
            f"<pubDate>{format_datetime(story.published)}</pubDate>"
            f'<description><![CDATA[<img src="/anh/{story.number}.jpg"/><br/>{story.lead}]]></description></item>'
            for story in self.posts[:_FEED]
        )
        return xml(
            f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo thử nghiệm</title>'
            f"<link>{self.base}/</link>{items}</channel></rss>"
        )

    def _teasers(self, stories: list[Story]) -> str:
        return "".join(
            f'<article><a href="{self._path(s)}?fbclid=abc"><img src="/anh/{s.number}.jpg" alt=""></a>'
            f'<h2 class="entry-title"><a href="{self._path(s)}">{escape(s.title)}</a></h2></article>'
            for s in stories
        )

    def _post(self, story: Story) -> str:
        url = self.url(story)
        more = f"<p>{_EDIT}</p>" if self._edited(story) else ""
        related = "".join(f'<li><a href="{self._path(s)}">{escape(s.title)}</a></li>' for s in self.posts[:3])
        # Of the story that the press tells as well only the byline is this site's own.
        return _frame(
            story.title,
            f"""<article class="post"><header><h1 class="entry-title">{escape(story.title)}</h1>
<div class="entry-meta"><time class="entry-date published" datetime="{story.published_at}">{story.published:%d/%m/%Y}</time>
<span class="byline"><span class="author vcard"><a class="fn" rel="author" href="/author/ban-bien-tap/">Ban Biên tập</a></span></span></div></header>
<div class="entry-content"><p>{escape(story.lead)}</p>
{story.to_html()}{more}
<div class="sharedaddy"><h3>Chia sẻ:</h3><a href="{url}?share=facebook">Facebook</a></div>
<div class="jp-relatedposts"><h3>Có liên quan</h3><ul>{related}</ul></div></div></article>
<div id="comments"><p>Bài viết rất bổ ích.</p><a rel="nofollow" href="{url}?replytocom={story.number + 300}#respond">Trả lời</a>
<div id="respond" class="comment-respond"><h3>Để lại một bình luận</h3><form action="/wp-comments-post.php" method="post"><textarea></textarea></form></div></div>""",
            head=f'<link rel="canonical" href="{url}"><meta name="generator" content="WordPress 6.7">'
            f'<meta property="article:published_time" content="{story.published_at}">',
        )

    def gold(self) -> HostGold:
        stories = self._all[_SLOTS:]
        edited = replace(document_of(self._all[-1], self.url(self._all[-1])), sentence=_EDIT)
        return HostGold(
            name=self.name,
            base=self.base,
            starts=(
                Start(kind="wordpress", url=f"{self.base}/wp-json/wp/v2/posts?per_page={self.per_page}"),
            ),
            documents=tuple(document_of(story, self.url(story)) for story in stories),
            never=tuple(f"{self.base}{path}" for path in ("/wp-admin/", "/wp-comments-post.php", "/anh/"))
            + tuple(f"{self.url(story)}?" for story in stories),
            later={
                "wordpress-new": tuple(document_of(s, self.url(s)) for s in self._all[:_SLOTS]),
                "wordpress-edited": (edited,),
            },
        )


def _refuse(code: str, message: str) -> Reply:
    body = json.dumps({"code": code, "message": message, "data": {"status": 400}}).encode()
    return Reply(status=400, body=body, type="application/json; charset=UTF-8")


def _frame(title: str, body: str, head: str = "") -> str:
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="UTF-8"><title>{escape(title)}</title>{head}</head>
<body><header class="site-header"><a href="/">Báo thử nghiệm</a><nav><a href="/category/tin/">Tin</a> <a href="/wp-admin/">Đăng nhập</a></nav></header>
<main>{body}</main>
<aside class="widget-area"><h2>Bài viết mới</h2><span class="post-date">02/05/2026</span></aside>
<footer class="site-footer"><a href="/tag/bao/">bao</a> Chạy bằng WordPress.</footer></body></html>"""
