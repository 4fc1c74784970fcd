"""HTML pages as lists: their tree, and the address and title of a link."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.errors import UnreadableList, UnreadablePage
from ingest.lists.gathering import plain_title
from ingest.readers.html import parse_html
from ingest.readers.html_tags import attribute, flat_text
from ingest.sites.selectors import Element
from ingest.web.addresses import canonical_url
from ingest.web.response import declared_charset

_NAMELESS = re.compile(
    r"(?:bấm |nhấn )?(?:(?:vào )?đây|tải|tải (?:về|xuống|tệp|file)|download|xem|xem (?:tiếp|thêm|chi tiết|ngay|tệp)"
    r"|chi tiết|đọc tiếp)\W*",
    re.IGNORECASE,
)


def parse_list(url: str, content: bytes, headers: Mapping[str, str]) -> Element:
    """The tree of an HTML list. Raises UnreadableList where the content is no HTML page."""
    try:
        return parse_html(content, url, declared_charset(headers))
    except UnreadablePage as error:
        raise UnreadableList(
            f"Nội dung của {url} không phải trang HTML đọc được. "
            "Hãy mở địa chỉ này bằng trình duyệt và sửa lại loại (kind) của điểm bắt đầu trong tệp nguồn."
        ) from error


def base_of(root: Element, url: str) -> str:
    """What relative addresses of a page are relative to: its <base href>, else its own address."""
    for tag in root.iter("base"):
        if href := attribute(tag, "href"):
            return canonical_url(href, url) or url
    return url


def address_of(tag: Element) -> str | None:
    """The address of a link: of a file that a script opens (data-file), else where it leads."""
    for name in ("data-file", "href"):
        value = (attribute(tag, name) or "").strip()
        if value and not value.startswith("#"):
            return value
    return None


def title_of(tag: Element) -> str | None:
    """What a link says, else its title attribute (of a link around a picture); "Tải về" names nothing."""
    titles = (plain_title(flat_text(tag)), plain_title(attribute(tag, "title")))
    return next((title for title in titles if title and not _NAMELESS.fullmatch(title)), None)


def is_nofollow(tag: Element) -> bool:
    return "nofollow" in (attribute(tag, "rel") or "").lower().split()
