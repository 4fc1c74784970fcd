"""What a list gives: the links on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LinkRole(StrEnum):
    """What stands behind a link."""

    PAGE = "page"  # a page to be collected
    FILE = "file"  # a file that hangs on a page: .pdf, .docx …
    LIST = "list"  # a further page of a list, a child of a sitemap index


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link, absolute and canonical (`ingest.web.addresses.canonical_url`)."""

    url: str
    role: LinkRole
    title: str | None = None
    published_at: str | None = None  # ISO 8601, as the list states it; never guessed
    modified_at: str | None = None  # ISO 8601, as the list states it (lastmod, modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """The links of one fetched list, in its order, each address once."""

    links: tuple[Link, ...]
    skipped: tuple[str, ...] = ()  # Vietnamese: entries that were passed over, each with its reason
