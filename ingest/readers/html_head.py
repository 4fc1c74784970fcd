"""What an HTML page states about itself beside its text: title, address, author, publisher, day of publication."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from ingest.boilerplate import fold
from ingest.published import read_iso
from ingest.readers.html_tags import attribute, flat_text
from ingest.sites.selectors import Element

_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,6}", re.IGNORECASE)
_SAVED_FROM = re.compile(r"\s*saved from url=\(\d+\)(\S+)")
_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "datePublished",
    "pubdate",
    "dc.date.issued",
)
_PAGE_TYPES = re.compile(r"Article|BlogPosting|Report|WebPage|CreativeWork|Legislation")
_MOST_ITEMS = 200


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page and its linked data say."""

    title: str | None
    url: str | None
    author: str | None
    publisher: str | None
    published_at: str | None


def read_head(root: Element) -> Head:
    """The statements of a page about itself; what it does not say is None."""
    tags = list(root.iter("title", "link", "meta", "script"))
    linked = list(_linked_data(tags))
    meta = _read_meta(tags)
    title = meta.get("og:title") or _find_title(tags)
    publisher = meta.get("og:site_name") or _name_of(linked, "publisher")
    author = meta.get("author") or meta.get("article:author") or _name_of(linked, "author")
    return Head(
        title=title or None,
        url=_find_address(root, tags, meta),
        author=None if author and _names_a_site(author, publisher) else author,
        publisher=publisher,
        published_at=_find_published(meta, linked),
    )


def _find_title(tags: Sequence[Element]) -> str | None:
    """The first title; that of a drawing is the name of the drawing."""
    for tag in tags:
        if tag.tag == "title" and next(tag.iterancestors("svg", "template"), None) is None:
            return flat_text(tag)
    return None


def _names_a_site(author: str, publisher: str | None) -> bool:
    """Many sites name themselves as the author of every page."""
    return bool(_web_address(author) or _DOMAIN.fullmatch(author)) or fold(author) == fold(publisher or "")


def _find_address(root: Element, tags: Sequence[Element], meta: Mapping[str, str]) -> str | None:
    for tag in tags:
        is_canonical = tag.tag == "link" and "canonical" in (attribute(tag, "rel") or "").split()
        if is_canonical and (address := _web_address(attribute(tag, "href"))):
            return address
    if address := _web_address(meta.get("og:url")):
        return address
    for piece in _comments_above(root):  # what a browser writes into a page that it saves
        if saved := _SAVED_FROM.match(piece):
            return _web_address(saved[1])
    return None


def _comments_above(root: Element) -> list[str]:
    above = [*reversed(list(root.itersiblings(preceding=True))), *root[:3]]
    return [node.text or "" for node in above if node.tag is etree.Comment]


def _find_published(meta: Mapping[str, str], linked: list[dict[str, object]]) -> str | None:
    """The one date that the linked data give for the page, else that of its meta elements."""
    days = {
        read_iso(value)
        for item in linked
        if _PAGE_TYPES.search(str(item.get("@type"))) and isinstance(value := item.get("datePublished"), str)
    } - {None}
    if len(days) == 1:
        return days.pop()
    for name in _PUBLISHED_META:
        if (value := meta.get(name)) and (published := read_iso(value)):
            return published
    return None


def _read_meta(tags: Sequence[Element]) -> dict[str, str]:
    """What the meta elements say, by their property, name or itemprop; the first of a name counts."""
    meta: dict[str, str] = {}
    elements = [tag for tag in tags if tag.tag == "meta"]
    for key in ("property", "name", "itemprop"):
        for tag in elements:
            name, content = attribute(tag, key), attribute(tag, "content")
            if name and content and content.strip():
                meta.setdefault(name, " ".join(content.split()))
    return meta


def _web_address(value: str | None) -> str | None:
    if not value:
        return None
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return None
    return value.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def _linked_data(tags: Sequence[Element]) -> Iterator[dict[str, object]]:
    """The items of the page's linked data, and those of their graphs; not the items of a list."""
    for tag in tags:
        if tag.tag != "script" or attribute(tag, "type") != "application/ld+json":
            continue
        try:
            value = json.loads(tag.text or "")
        except (ValueError, RecursionError):
            continue  # linked data is a hint; a broken one takes nothing from the page
        for item in _as_list(value)[:_MOST_ITEMS]:
            if isinstance(item, dict):
                yield item
                yield from (i for i in _as_list(item.get("@graph"))[:_MOST_ITEMS] if isinstance(i, dict))


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _name_of(items: list[dict[str, object]], key: str) -> str | None:
    for item in items:
        value = item.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None
