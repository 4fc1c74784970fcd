"""Where pages come from: the sources of a collection.

`sources.toml` beside this file holds those that are known; a file of the user's in the same form adds to them
(docs/sources.md, `ingest.sources_file`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ingest.errors import SourcesError
from ingest.web.addresses import host_key, host_name


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
    barred: str | None = None  # Vietnamese: why it is never crawled; pages that a reader saved are imported
    note: str | None = None  # Vietnamese, for people

    def all_hosts(self) -> tuple[str, ...]:
        """Every host that its pages and files may be on, in small letters, each once; one may bear a port."""
        named = (host_name(start.url) for start in self.starts if start.kind is not StartKind.FOLDER)
        return tuple(dict.fromkeys(host for host in (*named, *map(str.lower, self.hosts)) if host))

    def refuses(self, url: str, *, page: bool = True) -> str | None:
        """Why an address is not fetched from here, in Vietnamese; None where it may be.

        `allow` speaks of pages alone; files and lists (not `page`) hang on what it allowed.
        """
        if self.barred is not None:
            return f"nguồn {self.name!r} không được thu thập: {self.barred}"
        if {host_name(url), host_key(url)}.isdisjoint(self.all_hosts()):
            return f"máy chủ {host_name(url)!r} không thuộc nguồn {self.name!r}"
        for pattern in self.deny:
            if re.search(pattern, url):
                return f"khớp mẫu loại trừ (deny) {pattern!r} của nguồn {self.name!r}"
        if page and self.allow and not any(re.search(pattern, url) for pattern in self.allow):
            return f"không khớp mẫu cho phép (allow) nào của nguồn {self.name!r}"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBook:
    """The sources that are known, each name once, in the order of their files."""

    sources: tuple[Source, ...]

    def all(self) -> tuple[Source, ...]:
        return self.sources

    def enabled(self) -> tuple[Source, ...]:
        """Those that are crawled when none is named."""
        return tuple(source for source in self.sources if source.enabled)

    def get(self, name: str) -> Source:
        """The source of a name. Raises SourcesError with the names that come near."""
        for source in self.sources:
            if source.name == name:
                return source
        raise SourcesError(
            f"Không có nguồn nào tên {name!r}.{suggest(name, [source.name for source in self.sources])} "
            "Lệnh `cancu sources list` liệt kê mọi nguồn."
        )


def suggest(name: str, known: Sequence[str]) -> str:
    """ " Có phải …?" with the known names that come near, else nothing."""
    near = difflib.get_close_matches(name, known, n=2)
    return f" Có phải {' hay '.join(map(repr, near))}?" if near else ""


def load_sources(user_file: Path | None = None) -> SourceBook:
    """The shipped sources and those of the user's file, where there is one; see `ingest.sources_file`.

    An entry of the user's with the name of a shipped one takes its place whole; `[enabled]` switches any.
    Raises SourcesError that names file, source, key and remedy.
    """
    from ingest.sources_file import read_sources

    return read_sources(user_file)


def add_source(user_file: Path, source: Source) -> None:
    """Write a source at the end of the user's file, which is made where there is none; comments stay.

    Raises SourcesError where the file has that name already or the source cannot be.
    """
    from ingest.sources_file import write_source

    write_source(user_file, source)


def set_enabled(user_file: Path, name: str, on: bool) -> None:
    """Switch a known source on or off in the user's file. Raises SourcesError: unknown, or never crawled."""
    from ingest.sources_file import write_switch

    write_switch(user_file, name, on)
