"""Links from lists: feeds, sitemaps, listing pages, WordPress."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.lists.feeds import read_feed
from ingest.lists.links import read_links
from ingest.lists.listings import page_files, read_listing
from ingest.lists.models import ListPage
from ingest.lists.sitemaps import read_sitemap
from ingest.lists.wordpress import read_posts
from ingest.sites.site import Site
from ingest.sources import StartKind

__all__ = ["page_files", "page_url", "read_list"]


def read_list(
    start_kind: StartKind, url: str, content: bytes, headers: Mapping[str, str], *, site: Site | None = None
) -> ListPage:
    """The links of a fetched list. `headers`: of the answer, names in small letters.

    The further page of a list and the children of a sitemap index are LIST links. Raises UnreadableList where
    the content is not what `start_kind` says.
    """
    match start_kind:
        case StartKind.FEED:
            return read_feed(url, content, headers)
        case StartKind.SITEMAP:
            return read_sitemap(url, content)
        case StartKind.LISTING:
            return read_listing(url, content, headers, site=site)
        case StartKind.WORDPRESS:
            return read_posts(url, content, headers)
        case StartKind.LINKS:
            return read_links(url, content, headers)
        case StartKind.FOLDER:
            raise ValueError(f"a folder is read by ingest.local, not as a list: {url!r}")


def page_url(url: str, number: int) -> str:
    """The address of one page of a numbered list.

    >>> page_url("https://example.vn/tin-moi/trang-{page}.htm", 3)
    'https://example.vn/tin-moi/trang-3.htm'
    """
    return url.replace("{page}", str(number))
