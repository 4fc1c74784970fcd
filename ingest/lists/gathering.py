"""Links as they are gathered from a list: absolute, canonical, each address once, in the order of the list."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ingest.lists.models import Link, LinkRole, ListPage
from ingest.web.addresses import canonical_url

_FILE_ENDINGS = frozenset((".pdf", ".doc", ".docx", ".rtf", ".zip"))
_MOST_REASONS = 50
_TAG = re.compile(r"<!\[CDATA\[|\]\]>|</?[a-zA-Z][^<>]*>")  # "a < b" is no tag


class Gathered:
    """The links found so far on the list at `url`; `base` is what its relative addresses are relative to."""

    def __init__(self, url: str, base: str | None = None) -> None:
        self._own = canonical_url(url)
        self.base = base or url
        self._links: dict[str, Link] = {}
        self._skipped: list[str] = []

    def add(
        self,
        address: str,
        *,
        role: LinkRole | None = None,
        title: str | None = None,
        published_at: str | None = None,
        modified_at: str | None = None,
    ) -> bool:
        """Take a link; False where the address is none of the Web. The list itself is no link of its own.

        `role`: by the ending of the address where it is not given. An address that is there already only gets
        what was not known of it.
        """
        url = canonical_url(address, self.base) if address.strip() else None
        if url is None:
            return False
        if url != self._own:
            link = Link(
                url=url,
                role=role or role_of(url),
                title=title,
                published_at=published_at,
                modified_at=modified_at,
            )
            known = self._links.get(url)
            self._links[url] = link if known is None else _complete(known, link)
        return True

    def skip(self, reason: str) -> None:
        """Note, in Vietnamese, what was passed over and why."""
        self._skipped.append(reason)

    def __len__(self) -> int:
        return len(self._links)

    def page(self) -> ListPage:
        """What was gathered; of very many reasons the first, and how many more there are."""
        more = len(self._skipped) - _MOST_REASONS
        rest = (f"… và {more} mục khác bị bỏ qua.",) if more > 0 else ()
        return ListPage(links=tuple(self._links.values()), skipped=(*self._skipped[:_MOST_REASONS], *rest))


def _complete(known: Link, other: Link) -> Link:
    return replace(
        known,
        title=known.title or other.title,
        published_at=known.published_at or other.published_at,
        modified_at=known.modified_at or other.modified_at,
    )


def role_of(url: str) -> LinkRole:
    """FILE for an address that ends as a file does, else PAGE.

    >>> role_of("https://example.vn/tep/12-NQ.PDF?download=1"), role_of("https://example.vn/a.html")
    (<LinkRole.FILE: 'file'>, <LinkRole.PAGE: 'page'>)
    """
    ending = PurePosixPath(urlsplit(url).path).suffix.lower()
    return LinkRole.FILE if ending in _FILE_ENDINGS else LinkRole.PAGE


def plain_title(markup: str | None) -> str | None:
    """A title without markup, in one line; None where nothing is left.

    >>> plain_title("<b>Hà Tĩnh</b>: x &lt; 5&nbsp;% &#8211; sơ kết")
    'Hà Tĩnh: x < 5 % – sơ kết'
    """
    text = html.unescape(_TAG.sub("", markup or ""))
    return unicodedata.normalize("NFC", " ".join(text.split())) or None
