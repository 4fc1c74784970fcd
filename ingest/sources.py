"""Where pages come from: the sources of a collection."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StartKind(StrEnum):
    """How a start point lists its pages."""

    FEED = "feed"  # RSS or Atom
    SITEMAP = "sitemap"  # a sitemap, a news sitemap, or an index of sitemaps; .gz too
    LISTING = "listing"  # an HTML page that lists pages, with further ones behind it
    WORDPRESS = "wordpress"  # the REST interface: …/wp-json/wp/v2/posts
    LINKS = "links"  # an HTML page whose links are followed as far as `allow` and `depth` go
    FOLDER = "folder"  # a folder of this machine


class SourceKind(StrEnum):
    """What the pages of a source are, where they do not say themselves."""

    NEWS = "news"  # the press: its pages report
    DOCUMENTS = "documents"  # a portal of documents, with pages about them or their files


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One start point of a source."""

    kind: StartKind
    url: str  # of FOLDER: a path; of LISTING: "{page}" stands for the number of the page, where there is one
    verified: str  # Vietnamese: when and how this address was last verified, or that it was not
    first_page: int = 1  # what "{page}" begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place that pages are collected from, and how far and how fast one may go there."""

    name: str  # what the command line calls it: small letters, digits, "-"
    publisher: str
    kind: SourceKind
    starts: tuple[Start, ...]
    verified: str  # Vietnamese: when and how the rules (hosts, allow, deny, site) were last verified
    province: str | None = None  # of the publisher
    site: str | None = None  # module in ingest/sites with the links and selectors of its pages
    hosts: tuple[
        str, ...
    ] = ()  # further hosts that its pages and files may be on; those of starts always are
    allow: tuple[
        str, ...
    ] = ()  # regular expressions; an address of a page must have one; none: every address
    deny: tuple[str, ...] = ()  # regular expressions; an address that has one is passed over
    delay: float = 1.0  # seconds between two requests to a host, at least; robots.txt may ask for more
    budget: int = 500  # pages fetched in a run, at most
    depth: int = 3  # links between a start point and a page, at most; further pages of a list count none
    private: bool = False  # its hosts may have private or loopback addresses
    enabled: bool = False  # crawled when no source is named
    note: str | None = None  # Vietnamese, for people
