"""The documents that may bear a number, as the texts that mention it tell them apart: province and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.identity import DocumentKey, key_of_reference
from corpus.models import Facts, Reference
from corpus.places import related_provinces
from corpus.store import Store
from corpus.text import fold
from index.answering.findings import Bearer

_MOST_MENTIONS = 600  # of one number that are read: a law is cited in thousands of places


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A number as a document mentions it; `facts` are of that document."""

    document_id: str
    facts: Facts
    reference: Reference
    key: DocumentKey


def find_bearers(
    mentions: Sequence[Mention], *, province: str | None = None, issued_on: str | None = None
) -> tuple[Bearer, ...]:
    """Who may bear a number by its mentions, most mentioned first; empty where there are none.

    `province` (or one that it was merged with, where none is of it alone) and `issued_on` (ISO 8601, or only
    its beginning) leave out the others; what a mention does not state excludes nothing.
    """
    counted: list[tuple[Bearer, int]] = []
    for mention in sorted(mentions, key=lambda one: (one.key.province is None) + (one.key.date is None)):
        key, reference = mention.key, mention.reference
        fitting = [i for i, (one, _) in enumerate(counted) if _fits(one, key)]
        if len(fitting) > 1:
            continue  # it may be any of them
        if not fitting:
            counted.append((_bearer(reference.symbol, key, reference), 1))
        else:
            held, count = counted[fitting[0]]
            counted[fitting[0]] = (_complete(held, key, reference), count + 1)
    bearers = [one for one, _ in sorted(counted, key=lambda pair: -pair[1])]
    if len(bearers) == 1 and mentions[0].key.central and mentions[0].key.dated_number:
        bearers = [replace(bearers[0], issued_on=_most_written_day(mentions))]
    return tuple(_of_day(_of_province(bearers, province), issued_on))


def _most_written_day(mentions: Sequence[Mention]) -> str | None:
    days = Counter(one.key.date for one in mentions if one.key.date is not None and len(one.key.date) > 4)
    years = [one.key.date for one in mentions if one.key.date is not None]
    return days.most_common(1)[0][0] if days else next(iter(years), None)


def bearer_of(key: DocumentKey, bearers: Sequence[Bearer]) -> Bearer | None:
    """Which of the bearers a mention means; None where it may be several."""
    fitting = [one for one in bearers if _fits(one, key)]
    return fitting[0] if len(fitting) == 1 else None


def find_mentions(store: Store, symbol: str) -> tuple[Mention, ...]:
    """The mentions of a number in the documents of the collection, with what tells apart whom they mean."""
    facts: dict[str, Facts] = {}
    found = []
    for document_id, reference in store.references_to(symbol)[:_MOST_MENTIONS]:
        page = facts.get(document_id) or facts.setdefault(document_id, store.facts(document_id))
        province = page.province.value if page.province else None
        key = key_of_reference(reference, province=province)
        found.append(Mention(document_id=document_id, facts=page, reference=reference, key=key))
    return tuple(found)


def _bearer(symbol: str, key: DocumentKey, reference: Reference) -> Bearer:
    return Bearer(symbol=symbol, issuer=reference.issuer, province=key.province, issued_on=key.date)


def _complete(held: Bearer, key: DocumentKey, reference: Reference) -> Bearer:
    date = max(held.issued_on or "", key.date or "", key=len) or None
    issuer = held.issuer or reference.issuer
    return replace(held, issuer=issuer, province=held.province or key.province, issued_on=date)


def _fits(bearer: Bearer, key: DocumentKey) -> bool:
    if key.central and key.dated_number:
        return True  # one in the country and the year: a date beside it that differs is mistyped
    if not key.central and bearer.province and key.province and fold(bearer.province) != fold(key.province):
        return False
    return _same_days(bearer.issued_on, key.date)


def _same_days(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one.startswith(other) or other.startswith(one)


def _of_province(bearers: list[Bearer], province: str | None) -> list[Bearer]:
    if province is None:
        return bearers
    near = {fold(name) for name in related_provinces(province)}
    exact = [one for one in bearers if one.province and fold(one.province) == fold(province)]
    return exact or [one for one in bearers if one.province is None or fold(one.province) in near]


def _of_day(bearers: list[Bearer], issued_on: str | None) -> list[Bearer]:
    return [one for one in bearers if _same_days(one.issued_on, issued_on)]
