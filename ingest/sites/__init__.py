"""Rules for the pages of known sites: data, one file a site."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ingest.sites import (
    baohatinh,
    baothaibinh,
    chinhphu,
    congbao,
    luatvietnam,
    nhandan,
    thuvienphapluat,
    tulieuvankien,
    vanban_chinhphu,
    vbpl,
    wordpress,
)
from ingest.sites.selectors import Element, select
from ingest.sites.site import Site

SITES: tuple[Site, ...] = (
    vbpl.SITE,
    congbao.SITE,
    vanban_chinhphu.SITE,
    chinhphu.SITE,
    thuvienphapluat.SITE,
    luatvietnam.SITE,
    baohatinh.SITE,
    nhandan.SITE,
    baothaibinh.SITE,
    tulieuvankien.SITE,
    wordpress.SITE,  # no host of its own: the last
)


_WORD = re.compile(r"[\w-]{5,}")


def find_site(url: str | None, root: Element, markup: str) -> Site | None:
    """The rules for a page: those of its address, else those whose marks it carries.

    `markup`: the page as written, where the words of a mark are looked for before the tree is searched.
    """
    host = (urlsplit(url).hostname or "") if url else ""
    for site in SITES:
        if any(host == known or host.endswith(f".{known}") for known in site.hosts):
            return site
    for site in SITES:
        for mark in site.marks:
            if all(word in markup for word in _WORD.findall(mark)) and select(root, mark):
                return site
    return None
