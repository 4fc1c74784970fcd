"""Posts of a WordPress site by its REST interface (https://developer.wordpress.org/rest-api/reference/posts/)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from w3lib.url import add_or_replace_parameter

from ingest.errors import UnreadableList
from ingest.lists.gathering import Gathered, plain_title
from ingest.lists.models import LinkRole, ListPage
from ingest.published import read_iso


def read_posts(url: str, content: bytes, headers: Mapping[str, str]) -> ListPage:
    """The posts of one page of the interface, then a LIST link to the next page where there is one.

    Raises UnreadableList for what is no list of posts: an error of the interface, HTML, broken JSON.
    """
    try:
        posts = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _no_posts(url, "không phải JSON") from error
    if not isinstance(posts, list):
        said = posts.get("message") if isinstance(posts, dict) else None
        raise _no_posts(url, f"máy chủ báo: {plain_title(str(said))}" if said else "không phải danh sách bài")
    links = Gathered(url)
    for number, post in enumerate(posts, 1):
        if not isinstance(post, dict) or not _take(links, post):
            links.skip(f"Bài thứ {number} trong {url} không có địa chỉ (link) dùng được.")
    _add_next(links, url, headers)
    return links.page()


def _take(links: Gathered, post: dict[str, Any]) -> bool:
    title = post.get("title")
    rendered = title.get("rendered") if isinstance(title, dict) else title
    return links.add(
        str(post.get("link") or ""),
        role=LinkRole.PAGE,
        title=plain_title(rendered if isinstance(rendered, str) else None),
        published_at=_read_date(post, "date"),
        modified_at=_read_date(post, "modified"),
    )


def _read_date(post: dict[str, Any], name: str) -> str | None:
    """The date in UTC where the site gives it (it bears no zone), else that of the site, which is Vietnam's."""
    utc, local = post.get(f"{name}_gmt"), post.get(name)
    stated = read_iso(f"{utc}Z") if isinstance(utc, str) else None
    return stated or (read_iso(local) if isinstance(local, str) else None)


def _add_next(links: Gathered, url: str, headers: Mapping[str, str]) -> None:
    total = headers.get("x-wp-totalpages", "").strip()
    if not total.isdecimal():
        if len(links):
            links.skip(f"{url} không cho biết có bao nhiêu trang (X-WP-TotalPages); chỉ lấy trang này.")
        return
    asked = parse_qs(urlsplit(url).query).get("page", ["1"])[-1]
    page = int(asked) if asked.isdecimal() else 1
    if page < int(total):
        links.add(add_or_replace_parameter(url, "page", str(page + 1)), role=LinkRole.LIST)


def _no_posts(url: str, why: str) -> UnreadableList:
    return UnreadableList(
        f"{url} không cho danh sách bài của WordPress ({why}). "
        "Hãy kiểm tra địa chỉ …/wp-json/wp/v2/posts bằng trình duyệt, hoặc dùng nguồn tin (feed) của trang."
    )
