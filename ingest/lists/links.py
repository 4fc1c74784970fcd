"""Every link of an HTML page."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.lists.gathering import Gathered
from ingest.lists.markup import address_of, base_of, is_nofollow, parse_list, title_of
from ingest.lists.models import ListPage
from ingest.readers.html_tags import attribute
from ingest.sites.selectors import Element


def read_links(url: str, content: bytes, headers: Mapping[str, str]) -> ListPage:
    """The links of a page in its order, FILE by the ending of the address, else PAGE.

    What the page asks robots not to follow (rel=nofollow, meta robots) is left out and counted in `skipped`.
    Raises UnreadableList for what is no HTML.
    """
    root = parse_list(url, content, headers)
    links = Gathered(url, base_of(root, url))
    if _forbids_following(root):
        links.skip(f"Trang {url} yêu cầu không đi theo liên kết nào (meta robots nofollow).")
        return links.page()
    left_out = 0
    for tag in root.iter("a", "area"):
        if is_nofollow(tag):
            left_out += 1
        elif address := address_of(tag):
            links.add(address, title=title_of(tag))
    if left_out:
        links.skip(f"{left_out} liên kết của {url} mang rel=nofollow nên không đi theo.")
    return links.page()


def _forbids_following(root: Element) -> bool:
    for tag in root.iter("meta"):
        if (attribute(tag, "name") or "").lower() == "robots":
            asked = {word.strip() for word in (attribute(tag, "content") or "").lower().split(",")}
            if asked & {"nofollow", "none"}:
                return True
    return False
