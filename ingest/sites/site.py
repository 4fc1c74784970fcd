"""What the pages of one site are made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The rules of one site. Selectors are CSS; of several for one thing the first that finds any is taken.

    A rule that finds nothing is no error: the page is then read as any other (sites change).
    """

    name: str
    hosts: tuple[str, ...]  # a host covers its subdomains
    marks: tuple[str, ...] = ()  # selectors that tell a saved page which does not state its address
    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: tuple[str, ...] = ()  # the line that says when the page was published
    author: tuple[str, ...] = ()
    drop: tuple[tuple[str, str], ...] = ()  # (selector, key of ingest.boilerplate.REASONS), inside the body
    # Links. `items` on a page that lists pages: the links to them; `next`: the link to the list's next page;
    # `files` on a page itself: the links to the files that hang on it.
    items: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    # The pages hold documents: what the site says around them (its own title, its editor) is not theirs.
    # `title` is then for sites alone whose pages are about a document: their heading names it.
    holds_documents: bool = False
