"""Sitemaps, indexes of sitemaps and news sitemaps (https://www.sitemaps.org/protocol.html), gzipped or not."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator

from lxml import etree

from ingest.errors import UnreadableList
from ingest.lists.gathering import Gathered, plain_title
from ingest.lists.models import LinkRole, ListPage
from ingest.published import read_iso
from ingest.sites.selectors import Element

_GZIP = b"\x1f\x8b"
_MOST_BYTES = 64 * 1024 * 1024  # decoded; the protocol allows 50 MB
_MOST_ENTRIES = 50_000  # the protocol's own limit
_MOST_ELEMENTS = 20_000  # in one entry; a news sitemap has a thousand pictures at most
_CHUNK = 1 << 16
_ROOTS = ("urlset", "sitemapindex")
_ENTRIES = {"url": None, "sitemap": LinkRole.LIST}


def read_sitemap(url: str, content: bytes) -> ListPage:
    """The pages of a sitemap, or the sitemaps of an index as LIST links, in order.

    Of a file that breaks off or is too large, what came before; `skipped` says so. Raises UnreadableList for
    what is no sitemap, or breaks off before its first entry. Entities are not resolved, nothing is loaded.
    """
    links = Gathered(url)
    try:
        _take_entries(links, content, url)
    except (etree.XMLSyntaxError, EOFError, OSError, zlib.error) as error:
        if not len(links):
            raise _no_sitemap(url) from error
        links.skip(f"Sơ đồ trang {url} bị đứt hoặc hỏng giữa chừng; chỉ lấy được {len(links)} mục đầu.")
    except _TooMuch as error:
        links.skip(f"Sơ đồ trang {url} {error}; chỉ lấy {len(links)} mục đầu.")
    return links.page()


class _TooMuch(Exception):
    """The file passes a bound, which the message names."""


def _take_entries(links: Gathered, content: bytes, url: str) -> None:
    """Take entry by entry and free each, so that memory holds the links alone."""
    parser = etree.XMLPullParser(
        ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    entries = elements = 0  # elements: since the last entry
    for chunk in _decode(content):
        try:
            parser.feed(chunk)
        finally:  # what stands before a fault is whole
            for event, tag in parser.read_events():
                elements += 1
                if event == "start":
                    if tag.getparent() is None and _name(tag) not in _ROOTS:
                        raise _no_sitemap(url)
                elif (parent := tag.getparent()) is not None and parent.getparent() is None:
                    entries, elements = entries + 1, 0
                    if entries > _MOST_ENTRIES:
                        raise _TooMuch(f"có hơn {_MOST_ENTRIES} mục")
                    _take(links, tag)
                    parent.remove(tag)
        if elements > 2 * _MOST_ELEMENTS:
            raise _TooMuch(f"có một mục với hơn {_MOST_ELEMENTS} phần tử")
    parser.close()


def _name(tag: Element) -> str:
    return str(etree.QName(tag).localname)


def _decode(content: bytes) -> Iterator[bytes]:
    """The bytes of the file piece by piece, gunzipped (a .gz is told by its first bytes, not its name)."""
    stream: io.BufferedIOBase = io.BytesIO(content)
    if content.startswith(_GZIP):
        stream = gzip.GzipFile(fileobj=io.BytesIO(content))
    piece = stream.read(_CHUNK).lstrip()  # a blank line before <?xml …?>, as PHP likes to leave
    total = 0
    while piece:
        total += len(piece)
        if total > _MOST_BYTES:
            raise _TooMuch(f"lớn quá {_MOST_BYTES >> 20} MB")
        yield piece
        piece = stream.read(_CHUNK)


def _take(links: Gathered, entry: Element) -> None:
    """Take a direct child of the root; what is no entry is passed over, as the protocol says of extensions."""
    if _name(entry) not in _ENTRIES:
        return
    address = _text(entry, "{*}loc")
    title = plain_title(_text(entry, "{*}news/{*}title"))
    taken = address is not None and links.add(
        address,
        role=_ENTRIES[_name(entry)],
        title=title,
        published_at=read_iso(_text(entry, "{*}news/{*}publication_date") or ""),
        modified_at=read_iso(_text(entry, "{*}lastmod") or ""),
    )
    if not taken:
        links.skip(f"Một mục của sơ đồ trang không có địa chỉ dùng được: {address!r}.")


def _text(entry: Element, path: str) -> str | None:
    return (entry.findtext(path) or "").strip() or None


def _no_sitemap(url: str) -> UnreadableList:
    return UnreadableList(
        f"Nội dung của {url} không phải sơ đồ trang (sitemap) đọc được. "
        "Hãy mở địa chỉ này bằng trình duyệt và sửa lại trong tệp nguồn."
    )
