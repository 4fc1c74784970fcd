"""HTML pages that list pages, with further ones behind them; and the files that hang on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice

from ingest.errors import UnreadablePage
from ingest.lists.gathering import Gathered, role_of
from ingest.lists.markup import address_of, base_of, parse_list, title_of
from ingest.lists.models import Link, LinkRole, ListPage
from ingest.published import read_iso
from ingest.readers.html import parse_html
from ingest.readers.html_main import choose_main
from ingest.readers.html_tags import Tree, attribute, flat_text, is_aside
from ingest.sites.selectors import Element, select
from ingest.sites.site import Site

_TITLE_WORDS = 4  # a link with fewer is a section, a button, a number
_MAIN = "main, [role=main]"
_NEXT = ("a[rel~=next], link[rel~=next]", "a.next, .next > a, a.next-page, a.page-next")
_BOX_LEVELS = 4  # between a link and the box of its item, at most
_DEEPEST_ITEM = 12  # levels between a box and another item in it, at most


def read_listing(
    url: str, content: bytes, headers: Mapping[str, str], *, site: Site | None = None
) -> ListPage:
    """The pages and files that an HTML page lists, in its order, then a LIST link to its next page.

    1. the links that `site.items` and `site.files` select
    2. where these are not given or find nothing (`skipped` says so): links in the main part of the page that have
       at least four words or lead to a file
    3. when an item was published: the one line in its box that is only a day with a time of day (a day alone may
       be that of a document)
    4. the next page: `site.next`, else what the markup calls so (rel=next, class next)

    A page without such links gives none and says so in `skipped`. Raises UnreadableList for what is no HTML.
    """
    root = parse_list(url, content, headers)
    links = Gathered(url, base_of(root, url))
    items = _items_by_rules(root, site) if site else []
    if site is not None and site.items and not items:
        links.skip(f"Luật của {site.name} không tìm thấy mục nào trong {url}; đã đọc như trang bất kỳ.")
    items = items or _titles(root)
    moments = _find_moments([tag for tag, _ in items])
    for tag, role in items:
        _add(links, tag, role, moments.get(tag))
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


def _items_by_rules(root: Element, site: Site) -> list[tuple[Element, LinkRole | None]]:
    """The links that the rules select, in document order."""
    if not site.items:
        return []
    files = set(_selected(root, site.files))
    items = files | set(_selected(root, site.items))
    return [(tag, LinkRole.FILE if tag in files else None) for tag in root.iter() if tag in items]


def _selected(root: Element, selectors: tuple[str, ...]) -> Iterator[Element]:
    """The links that the first selector with any finds: the elements themselves, else the first link in each."""
    for selector in selectors:
        found = (_first_link(tag) for tag in select(root, selector))
        links = [tag for tag in found if tag is not None]
        if links:
            yield from links
            return


def _first_link(tag: Element) -> Element | None:
    return next((link for link in chain((tag,), tag.iter("a")) if address_of(link)), None)


def _titles(root: Element) -> list[tuple[Element, LinkRole | None]]:
    """Links that read like titles, or lead to files: those of <main>, else those outside of frames."""
    body = next(root.iter("body"), root)
    frames: set[Element] = set()  # and all that stands in one
    mains, articles = set(select(body, _MAIN)), set(select(body, "article"))
    found: list[Element] = []
    for tag in body.iter("*"):  # one pass, parents first: a page may nest thousands of levels
        parent = tag.getparent()
        for inner in (mains, articles):
            if parent in inner:
                inner.add(tag)
        is_head = tag.tag == "header" and tag not in mains and tag not in articles
        if parent in frames or is_head or is_aside(tag):
            frames.add(tag)
        elif tag.tag == "a" and _is_title(tag):
            found.append(tag)
    return [(tag, None) for tag in [tag for tag in found if tag in mains] or found]


def _is_title(tag: Element) -> bool:
    address = address_of(tag)
    if address is None:
        return False
    return len((title_of(tag) or "").split()) >= _TITLE_WORDS or role_of(address) is LinkRole.FILE


def _add_next(links: Gathered, root: Element, site: Site | None) -> None:
    for tag in _selected(root, (*(site.next if site else ()), *_NEXT)):
        if links.add(address_of(tag) or "", role=LinkRole.LIST):
            return


def _add(links: Gathered, tag: Element, role: LinkRole | None = None, moment: str | None = None) -> None:
    if address := address_of(tag):
        links.add(address, role=role, title=title_of(tag), published_at=moment)


def _find_moments(items: list[Element]) -> dict[Element, str]:
    """When items were published, of those whose box says it.

    The box of an item is the outermost element around it that holds no other item, a few levels up at most.
    """
    held: dict[Element, set[str | None]] = {}
    for tag in items:
        for parent in islice(tag.iterancestors(), _DEEPEST_ITEM):
            held.setdefault(parent, set()).add(address_of(tag))
    found: dict[Element, str] = {}
    for tag in items:
        box = tag
        for parent in islice(tag.iterancestors(), _BOX_LEVELS):
            if len(held[parent]) > 1 or parent.tag in ("main", "body", "html"):
                break
            box = parent
        moments = set(_moments_in(box))
        if len(moments) == 1:
            found[tag] = moments.pop()
    return found


def _moments_in(box: Element) -> Iterator[str]:
    for tag in box.iter("*"):
        stated = attribute(tag, "datetime") or flat_text(tag, pieces_at_most=8)
        moment = read_iso(stated)
        if moment is not None and "T" in moment:
            yield moment
