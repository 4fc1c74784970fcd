"""Which document a page that bears no number of its own is about: the act that a news page reports."""

from __future__ import annotations

import re

from corpus.models import DocumentKind, Relation
from corpus.store import Profile
from corpus.symbols import find_symbols, symbol_key
from corpus.text import fold

_OPENING = 60  # characters of a title in which the number of what it is about begins
_OF_ANOTHER = re.compile(
    r"\b(?:cua|sua doi|thuc hien|theo|bai bo|thay the|huong dan|ho tro|dinh chinh)\b[^;,.]*\Z"
)


def page_subject(profile: Profile) -> str | None:
    """The number of the one act that a page is about; None where it bears its own, or is about several or none.

    That is the number that its title opens with, else the only one that it says was issued.
    """
    if profile.symbol is not None:
        return None
    for mention in find_symbols(profile.title):
        if (
            not mention.short
            and mention.start <= _OPENING
            and not _OF_ANOTHER.search(fold(profile.title[: mention.start]))
        ):
            return mention.canonical
    if profile.kind is DocumentKind.OFFICIAL:
        return None
    issued = {symbol_key(r.symbol): r.symbol for r in profile.references if r.relation is Relation.REPORTED}
    return next(iter(issued.values())) if len(issued) == 1 else None
