"""Document numbers typed without their separators: "206/nqhdnd", "15KL/DU", "31/2026qh16"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.models import SymbolMention
from corpus.symbols import canonicalize, read_symbol

_STATE_TYPE = r"nq|q[dđ]|kh|ct|tb|n[dđ]|tt|ttr|bc|c[dđ]|tb"
_STATE_ISSUER = r"h[dđ]nd|ubnd|cp|ttg|ubtvqh\d\d|b[a-zđ]{1,8}"
_PARTY_TYPE = r"nq|q[dđ]|kh|ct|tb|kl|cv|h[dđ]|ctr|q[dđ]i|bc"
_PARTY_ISSUER = r"tu|tw|[dđ]u|hu|btgtu|btctu"
_GLUED = re.compile(
    r"(?<![^\W_])(?:"
    rf"(?P<number>\d{{1,5}}[a-zđ]?)(?P<year>[/-](?:19|20)\d\d)?[/ -]?(?P<type>{_STATE_TYPE})(?P<issuer>{_STATE_ISSUER})"
    rf"|(?P<party>\d{{1,5}})-?(?P<kind>{_PARTY_TYPE})(?:/(?P<by>{_PARTY_ISSUER})|(?P<at>{_PARTY_ISSUER}))"
    rf"|(?P<state>\d{{1,5}})(?P<sort>{_STATE_TYPE})[/-](?P<of>{_STATE_ISSUER})"
    r"|(?P<law>\d{1,4})[/-](?P<of_year>(?:19|20)\d\d)[ -]?(?P<term>qh\d\d)"
    r")(?![^\W_])",
    re.IGNORECASE,
)


def find_glued_numbers(text: str, mentions: Sequence[SymbolMention]) -> Iterator[SymbolMention]:
    """The numbers of a query whose separators are missing, beside the `mentions` that were read as they stand."""
    for match in _GLUED.finditer(text):
        if any(one.start < match.end() and match.start() < one.end for one in mentions):
            continue
        canonical = canonicalize(_spell(match))
        read = read_symbol(canonical) if canonical else None
        if read is not None:
            yield replace(read, start=match.start(), end=match.end())


def _spell(match: re.Match[str]) -> str:
    """The number with the separators that its codes ask for."""
    if match["law"]:
        return f"{match['law']}/{match['of_year']}/{match['term']}"
    if match["party"]:
        return f"{match['party']}-{match['kind']}/{match['by'] or match['at']}"
    if match["state"]:
        return f"{match['state']}/{match['sort']}-{match['of']}"
    year = f"/{match['year'][1:]}" if match["year"] else ""
    return f"{match['number']}{year}/{match['type']}-{match['issuer']}"
