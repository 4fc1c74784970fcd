"""Looking at a source before it is trusted: can its lists be read, and is a page of it understood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ingest.crawl.rules import start_url
from ingest.crawl.visits import raw_page
from ingest.errors import IngestError
from ingest.lists import read_list
from ingest.lists.models import Link, LinkRole
from ingest.local import count_pages
from ingest.models import PageText
from ingest.readers import read_page
from ingest.sites import SITES
from ingest.sources import Source, Start, StartKind
from ingest.web.fetch import Fetcher
from ingest.web.policy import policy_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPage:
    """One page of a list, as it is read now."""

    url: str
    title: str | None
    published_at: str | None
    author: str | None
    characters: int  # of its main text
    begins: str  # its first characters


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedStart:
    """What one start point gives now."""

    start: Start
    pages: int  # links that would be followed
    passed: int  # links that would not
    page: CheckedPage | None
    problem: str | None  # Vietnamese


def check_source(source: Source, fetcher: Fetcher) -> tuple[CheckedStart, ...]:
    """What each start point of a source gives: its list is fetched, and the first page that it names.

    Nothing is stored. What goes wrong is told in `problem`.
    """
    return tuple(_check_start(source, start, fetcher) for start in source.starts)


def _check_start(source: Source, start: Start, fetcher: Fetcher) -> CheckedStart:
    checked = CheckedStart(start=start, pages=0, passed=0, page=None, problem=None)
    try:
        if start.kind is StartKind.FOLDER:
            return replace(checked, pages=_count_files(start))
        links = _read_links(source, start, fetcher)
        wanted = [link for link in links if source.refuses(link.url, page=link.role is LinkRole.PAGE) is None]
        checked = replace(checked, pages=len(wanted), passed=len(links) - len(wanted))
        if not wanted:
            return replace(
                checked, problem="không có liên kết nào tới trang của nguồn; hãy xem lại allow, deny"
            )
        return replace(checked, page=_check_page(source, wanted[0], fetcher))
    except IngestError as error:
        return replace(checked, problem=str(error))


def _read_links(source: Source, start: Start, fetcher: Fetcher) -> list[Link]:
    """The pages and files of a start point's first list; of an index of sitemaps, of its first child."""
    url = start_url(start)
    for _ in range(2):
        response = fetcher.fetch(url, policy_of(source))
        site = SITES.get(source.site or "")
        listed = read_list(start.kind, response.final_url, response.content, response.headers, site=site)
        links = [link for link in listed.links if link.role is not LinkRole.LIST]
        children = [link.url for link in listed.links if link.role is LinkRole.LIST]
        if links or start.kind is not StartKind.SITEMAP or not children:
            break
        url = children[0]
    return links


def _check_page(source: Source, link: Link, fetcher: Fetcher) -> CheckedPage:
    response = fetcher.fetch(link.url, policy_of(source))
    read: PageText = read_page(raw_page(response, source, uri=link.url))
    return CheckedPage(
        url=response.final_url,
        title=read.title,
        published_at=read.published_at or link.published_at,
        author=read.author,
        characters=len(read.text),
        begins=" ".join(read.text[:200].split()),
    )


def _count_files(start: Start) -> int:
    return count_pages(Path(start.url).expanduser())
