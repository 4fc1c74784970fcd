"""HTML pages that list pages, with further ones behind them; and the files that hang on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ingest.errors import UnreadablePage
from ingest.lists.gathering import Gathered
from ingest.lists.markup import address_of, base_of, parse_list, title_of
from ingest.lists.models import Link, LinkRole, ListPage
from ingest.readers.html import parse_html
from ingest.readers.html_main import choose_main
from ingest.readers.html_tags import Tree, attribute, stands_aside
from ingest.sites.selectors import Element, select
from ingest.sites.site import Site

_TITLE_WORDS = 4  # a link with fewer is a section, a button, a number
_MAIN = "main, [role=main]"


def read_listing(
    url: str, content: bytes, headers: Mapping[str, str], *, site: Site | None = None
) -> ListPage:
    """The pages and files that an HTML page lists, in its order, then a LIST link to its next page.

    1. the links that `site.items` and `site.files` select
    2. where these are not given or find nothing (`skipped` says so): links in the main part of the page with at
       least four words
    3. the next page: `site.next`, else what the markup calls so (rel=next)

    A page without such links gives none and says so in `skipped`. Raises UnreadableList for what is no HTML.
    """
    root = parse_list(url, content, headers)
    links = Gathered(url, base_of(root, url))
    if site is not None and site.items:
        _take_by_rules(links, root, site)
        if not len(links):
            links.skip(f"Luật của {site.name} không tìm thấy mục nào trong {url}; đã đọc như trang bất kỳ.")
    if not len(links):
        _take_titles(links, root)
    if not len(links):
        links.skip(f"Trang danh sách {url} không có mục nào.")
    _add_next(links, root, site)
    return links.page()


def page_files(url: str, content: bytes, site: Site | None = None) -> tuple[Link, ...]:
    """The files (.pdf, .docx …) that hang on a page, in its order, as FILE links.

    Those that `site.files` selects, else the links in the main text that end as a file does. A page that is no
    HTML has none.
    """
    try:
        root = parse_html(content, url)
    except UnreadablePage:
        return ()
    links = Gathered(url, base_of(root, url))
    for tag in _selected(root, site.files) if site else ():
        _add(links, tag, LinkRole.FILE)
    if not len(links):
        main = choose_main(Tree(next(root.iter("body"), root)), site)
        for tag in main.iter("a"):
            _add(links, tag)
    return tuple(link for link in links.page().links if link.role is LinkRole.FILE)


def _take_by_rules(links: Gathered, root: Element, site: Site) -> None:
    items = set(_selected(root, site.items))
    files = set(_selected(root, site.files))
    for tag in root.iter():
        if tag in files:
            _add(links, tag, LinkRole.FILE)
        elif tag in items:
            _add(links, tag)


def _selected(root: Element, selectors: tuple[str, ...]) -> Iterator[Element]:
    """The links that the first selector with any finds: the elements themselves, else the first link in each."""
    for selector in selectors:
        found = select(root, selector)
        links = [tag if address_of(tag) else next(tag.iter("a"), None) for tag in found]
        if any(tag is not None for tag in links):
            yield from (tag for tag in links if tag is not None)
            return


def _take_titles(links: Gathered, root: Element) -> None:
    body = next(root.iter("body"), root)
    parts = [tag for tag in select(body, _MAIN) if not stands_aside(tag, body)] or [body]
    for part in parts:
        for tag in part.iter("a"):
            title = title_of(tag)
            if title and len(title.split()) >= _TITLE_WORDS and not _in_frame(tag, body):
                _add(links, tag)


def _in_frame(tag: Element, body: Element) -> bool:
    return stands_aside(tag, body) or next(tag.iterancestors("header"), None) is not None


def _add_next(links: Gathered, root: Element, site: Site | None) -> None:
    for tag in _selected(root, site.next) if site else ():
        links.add(address_of(tag) or "", role=LinkRole.LIST)
        return
    for tag in root.iter("a", "link"):
        if "next" in (attribute(tag, "rel") or "").lower().split() and (address := address_of(tag)):
            links.add(address, role=LinkRole.LIST)
            return


def _add(links: Gathered, tag: Element, role: LinkRole | None = None) -> None:
    if address := address_of(tag):
        links.add(address, role=role, title=title_of(tag))
