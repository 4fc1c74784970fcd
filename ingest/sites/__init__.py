"""Rules for the pages of known sites: data, one file a site. A new file is enough (docs/sources.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from urllib.parse import urlsplit

from ingest.sites.selectors import Element, select
from ingest.sites.site import Site


def _load_sites() -> Mapping[str, Site]:
    modules = sorted(module.name for module in iter_modules(__path__))
    sites = {name: getattr(import_module(f"{__name__}.{name}"), "SITE", None) for name in modules}
    found = [(name, site) for name, site in sites.items() if isinstance(site, Site)]
    return MappingProxyType(dict(sorted(found, key=lambda item: not item[1].hosts)))


# The rules by the name of their module, in the order of these names; those without a host of their own last.
SITES: Mapping[str, Site] = _load_sites()

_WORD = re.compile(r"[\w-]{5,}")


def site_of(url: str | None) -> Site | None:
    """The rules for an address: those with the longest host that is its own or one above it."""
    host = (urlsplit(url).hostname or "") if url else ""
    covering = [
        (len(known), site)
        for site in SITES.values()
        for known in site.hosts
        if host == known or host.endswith(f".{known}")
    ]
    return max(covering, key=lambda item: item[0])[1] if covering else None


def find_site(url: str | None, root: Element, markup: str) -> Site | None:
    """The rules for a page: those of its address, else those whose marks it carries.

    `markup`: the page as written, where the words of a mark are looked for before the tree is searched.
    """
    if (site := site_of(url)) is not None:
        return site
    for site in SITES.values():
        for mark in site.marks:
            if all(word in markup for word in _WORD.findall(mark)) and select(root, mark):
                return site
    return None
