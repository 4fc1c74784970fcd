"""Feeds: RSS 2.0, RSS 1.0 (RDF) and Atom."""

from __future__ import annotations

import io
import re
import xml.sax
from collections.abc import Mapping
from typing import Any

import feedparser

from ingest.errors import UnreadableList
from ingest.lists.gathering import Gathered, plain_title
from ingest.lists.models import ListPage
from ingest.published import read_iso

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_RFC822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*[\s-]+(\d{4})"
    r"(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(.*))?\Z"
)
_ZONE = re.compile(
    r"\(?(?:(?P<utc>GMT|UTC|UT|Z)|(?:GMT|UTC)?\s*(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>\d{2})?|(?P<ict>ICT))\)?\Z"
)
_MOST_BYTES = (
    8 * 1024 * 1024
)  # feedparser takes 1 s for 300 KB of items, and longer than in proportion for rubbish
_RDF = frozenset(("rss090", "rss10"))


def read_feed(url: str, content: bytes, headers: Mapping[str, str]) -> ListPage:
    """The pages that a feed announces, in its order; an entry without an address is skipped with a reason.

    Raises UnreadableList for what is no feed, or is too damaged to give one entry.
    """
    if len(content) > _MOST_BYTES:
        raise UnreadableList(
            f"Nguồn tin {url} lớn {len(content) >> 20} MB, quá {_MOST_BYTES >> 20} MB mà một nguồn tin có. "
            "Hãy dùng sơ đồ trang (sitemap) của trang này."
        )
    kept = {"content-type": headers.get("content-type", ""), "content-location": url}
    # A stream: feedparser takes bytes for the name of a file first.
    feed = feedparser.parse(io.BytesIO(content), response_headers=kept, sanitize_html=False)
    version = feed.get("version", "")
    broken = isinstance(feed.get("bozo_exception"), xml.sax.SAXException)
    if not feed.entries and (not version or broken):
        raise UnreadableList(
            f"Nội dung của {url} không phải nguồn tin RSS/Atom đọc được. "
            "Hãy mở địa chỉ này bằng trình duyệt và sửa lại trong tệp nguồn."
        )
    links = Gathered(url)
    for number, entry in enumerate(feed.entries, 1):
        _take(links, number, entry, version)
    if broken:
        links.skip(f"XML của {url} bị hỏng; chỉ lấy được {len(links)} mục đọc được.")
    return links.page()


def _take(links: Gathered, number: int, entry: Any, version: str) -> None:
    title = plain_title(entry.get("title"))
    published = read_feed_date(entry.get("published"))
    # dict.get: feedparser's own gives the day of publication for one of change that is not there
    changed = read_feed_date(dict.get(entry, "updated"))
    if version in _RDF and published is None:  # dc:date, the only one that RDF has
        published, changed = changed, None
    address = entry.get("link") or ""
    if not links.add(address, title=title, published_at=published, modified_at=changed):
        links.skip(f"Mục {number} ({title or 'không có tiêu đề'}) không có địa chỉ trang: {address!r}.")


def read_feed_date(value: str | None) -> str | None:
    """The date of a feed entry as `ingest.published` writes it; without a zone it is Vietnam's time.

    RFC 822 as RSS has it, ISO 8601 as Atom has it, or a Vietnamese line of date; None for anything else.

    >>> read_feed_date("Wed, 20 Jul 2022 01:00:00 GMT"), read_feed_date("Wed, 20 Jul 2022 08:00:00 GMT+7")
    ('2022-07-20T08:00:00+07:00', '2022-07-20T08:00:00+07:00')
    """
    line = " ".join((value or "").split())
    if not (m := _RFC822.match(line)):
        return read_iso(line)
    month = _MONTHS.get(m[2].lower())
    zone = _read_zone(m[7] or "")
    if month is None or zone is None:
        return None
    time = f"T{int(m[4]):02}:{m[5]}:{m[6] or '00'}{zone}" if m[4] else ""
    return read_iso(f"{m[3]}-{month:02}-{int(m[1]):02}{time}")


def _read_zone(zone: str) -> str | None:
    """The offset of a zone, "" where none is given, None where it is not known."""
    if not zone:
        return ""
    if not (m := _ZONE.match(zone)):
        return None
    if m["utc"]:
        return "Z"
    return "+07:00" if m["ict"] else f"{m['sign']}{int(m['h']):02}:{m['m'] or '00'}"
