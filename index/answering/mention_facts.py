"""The facts of a document whose text is not held: what the documents that mention it say of it.

Each bearer of the number (another province, another year) has its own findings; the evidence is what the
mentioning page says, and a page that only cites the number tells no more than it writes beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from corpus.dates import find_dates
from corpus.effect import may_change
from corpus.models import Document, DocumentKind, Reference, Relation
from corpus.sentences import Span
from corpus.store import Store
from corpus.symbols import read_symbol, symbol_key
from corpus.text import fold
from index.answering.bearers import Mention, bearer_of, find_bearers, find_mentions
from index.answering.document_status import find_status_of_bearer
from index.answering.fact_spans import find_fact_spans
from index.answering.findings import Bearer, FactKind, Finding
from index.answering.models import Evidence
from index.answering.narrowing import read_narrowing
from index.answering.page_facts import is_about, subject_of
from index.answering.pages import Pages
from index.answering.related_documents import find_related, opening_end
from index.answering.spans import make_evidence, merge_evidence, sentence_at

_SIGNED = re.compile(
    r"(?<!ngày )(?<!đăng )(?<!chữ )(?<!\w)ký(?:\s+ban hành|\s+ban bố)?\s+(?:[^\W\d_]+\s+){0,4}(?:số:?\s*)?\Z"
)
_SIGNED_BY = re.compile(r"[^.;\n]{0,160}?(?<!\w)do\s+[^.;\n]{3,120}?(?<!chữ )(?<!\w)ký(?!\w)")
_IN_FORCE = re.compile(
    r"[^.;\n]{0,200}?(?:có )?hiệu lực(?: thi hành)?(?: kể)?(?: từ)? (?:từ )?ngày \d{1,2}(?:/| tháng )\d"
)
_TITLED = re.compile(r"[^.;:\n]{0,120}?(?<!\w)(?:về|v/v|quy định|phê duyệt|ban hành|hướng dẫn)(?!\w)")
_MOST_CARRYING_OUT = 8
_MOST_TELLING = 8  # mentions of which the shortest is chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """A mention with its page, which is read when it is needed."""

    pages: Pages
    document_id: str
    kind: DocumentKind
    reference: Reference

    @property
    def page(self) -> Document:
        return self.pages.document(self.document_id)

    @property
    def sentence(self) -> Span:
        return sentence_at(self.page, self.reference.start, self.reference.end)


def find_mention_facts(
    store: Store,
    symbol: str,
    kinds: Iterable[FactKind],
    *,
    as_of: date | None = None,
    province: str | None = None,
    issued_on: str | None = None,
    topic: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """What other documents say of a number, bearer by bearer; kinds that none tells have no finding.

    `province` and `issued_on` (ISO 8601, or only a year) name the bearer that is meant; `as_of` is the day of
    STATUS and REPLACED_BY (today for None); `topic`, the folded words of the question, narrows what implements.
    """
    mentioned = find_mentions(store, symbol)
    every = find_bearers(mentioned)
    bearers = find_bearers(mentioned, province=province, issued_on=issued_on)
    pages = Pages(store)
    mentions: dict[Bearer, list[_Mention]] = {bearer: [] for bearer in bearers}
    for one in mentioned:
        meant = bearer_of(one.key, every)
        if meant in mentions and one.reference.relation is not Relation.OWN:
            told = _Mention(
                pages=pages, document_id=one.document_id, kind=one.facts.kind, reference=one.reference
            )
            mentions[meant].append(told)
    found: list[Finding] = []
    for bearer in bearers:
        about = _pages_about(pages, mentioned, bearer) if bearer_alone(bearer, every) else ()
        for kind in sorted(frozenset(kinds)):
            restated = _restated(pages, about, bearer, kind, topic)
            if restated is not None:
                found.append(restated)
            elif kind in (FactKind.STATUS, FactKind.REPLACED_BY):
                found += find_status_of_bearer(pages, bearer, mentioned, kind, as_of=as_of)
            elif kind is FactKind.IMPLEMENTED_BY:
                found += _done_to(mentions[bearer], bearer, kind, _CARRYING_OUT, topic)
            elif kind is FactKind.AMENDED_BY:
                found += _done_to(mentions[bearer], bearer, kind, _AMENDING, topic)
            elif kind in _ACTIVE:
                found += _done_by(mentions[bearer], bearer, kind, topic)
            elif kind in _TELLS:
                found += _first(_told(mentions[bearer], kind), bearer, kind) or _of_news(
                    pages, about, bearer, kind
                )
            elif kind in _OF_THIS:
                found += _of_news(pages, about, bearer, kind)
    return tuple(found)


# --- pages that restate it


def bearer_alone(bearer: Bearer, every: Sequence[Bearer]) -> bool:
    """Whether no other document bears the number: a page about the number is about this one."""
    return len([one for one in every if one.symbol == bearer.symbol]) == 1


def _pages_about(pages: Pages, mentioned: Sequence[Mention], bearer: Bearer) -> tuple[str, ...]:
    """Pages without a number of their own that give the act's text, record or news; records first."""
    names = dict.fromkeys(one.document_id for one in mentioned if one.facts.symbol is None)
    about = [name for name in names if is_about(pages, name, bearer.symbol)]
    return tuple(sorted(about, key=lambda name: pages.store.facts(name).kind is DocumentKind.NEWS))


_RESTATED = frozenset(
    {
        FactKind.SIGNER,
        FactKind.ISSUED_ON,
        FactKind.ISSUER,
        FactKind.EFFECTIVE_ON,
        FactKind.EXPIRES_ON,
        FactKind.SUBJECT,
        FactKind.NUMBER,
        FactKind.ADOPTED_ON,
    }
)
_OF_THIS = frozenset({FactKind.EFFECTIVE_ON, FactKind.EXPIRES_ON, FactKind.ADOPTED_ON})


def _restated(
    pages: Pages, about: Sequence[str], bearer: Bearer, kind: FactKind, topic: Sequence[str]
) -> Finding | None:
    """What a page that gives the act's own text or record says of it."""
    for name in about:
        if pages.store.facts(name).kind is DocumentKind.NEWS:
            continue
        page = pages.document(name)
        if kind in _ACTIVE:
            related = find_related(page, kind, topic)
            if related is not None:
                return replace(related.answering_for(bearer.symbol), bearer=bearer)
        elif kind in _RESTATED and (told := _spans_of(page, bearer, kind)) is not None:
            return told
    return None


def _of_news(pages: Pages, about: Sequence[str], bearer: Bearer, kind: FactKind) -> list[Finding]:
    """What a news page about the act says with "Nghị quyết này …"."""
    found = (_spans_of(pages.document(name), bearer, kind) for name in about if kind in _OF_THIS)
    return list(islice((one for one in found if one is not None), 1))


def _spans_of(page: Document, bearer: Bearer, kind: FactKind) -> Finding | None:
    evidence = tuple(
        one
        for span in find_fact_spans(page, kind)
        for one in make_evidence(page, span.start, span.end, about=(bearer.symbol,))
    )
    if not evidence:
        return None
    return Finding(kind=kind, evidence=evidence, symbols=(bearer.symbol,), bearer=bearer)


# --- what stands beside a mention


def _has_date(page: Document, reference: Reference) -> bool:
    """The date stands beside this very mention; a later mention inherits it."""
    dates = find_dates(page.text[reference.start : reference.end])
    return any(one.iso == reference.date for one in dates)


def _has_issuer(page: Document, reference: Reference) -> bool:
    beside = fold(page.text[reference.start : reference.end])
    return reference.issuer is not None and fold(reference.issuer) in beside


def _has_signer(page: Document, reference: Reference) -> bool:
    """ "… vừa ký ban hành Văn bản số 5" or "Văn bản số 5 do … ký": somebody is said to have signed it."""
    if reference.relation not in (Relation.REPORTED, Relation.REFERS_TO, None):
        return False
    start = sentence_at(page, reference.symbol_start, reference.symbol_end).start
    signed = _SIGNED.search(page.text, start, reference.symbol_start)
    if signed is not None:
        return any(word[:1].isupper() for word in page.text[start : signed.start()].split()[-6:])
    return _SIGNED_BY.match(page.text, reference.end) is not None


def _says_in_force(page: Document, reference: Reference) -> bool:
    sentence = sentence_at(page, reference.start, reference.end)
    opens = not any(sentence.start <= other.symbol_start < reference.start for other in page.references)
    if not opens or reference.relation not in (Relation.REPORTED, Relation.REFERS_TO, None):
        return False
    match = _IN_FORCE.match(page.text, reference.end)
    return match is not None and not any(
        reference.end <= other.symbol_start < match.end()
        for other in page.references
        if other is not reference
    )


def _has_title(page: Document, reference: Reference) -> bool:
    match = _TITLED.match(page.text, reference.end)
    return match is not None and not any(
        reference.end <= other.symbol_start < match.end()
        for other in page.references
        if other is not reference
    )


_TELLS: dict[FactKind, Callable[[Document, Reference], bool]] = {
    FactKind.ISSUED_ON: _has_date,
    FactKind.ISSUER: _has_issuer,
    FactKind.SIGNER: _has_signer,
    FactKind.EFFECTIVE_ON: _says_in_force,
    FactKind.SUBJECT: _has_title,
}


# What the words around a mention show without its whole page.
_MAY_TELL: dict[FactKind, Callable[[str, Reference], bool]] = {
    FactKind.ISSUED_ON: lambda text, one: one.date is not None,
    FactKind.ISSUER: lambda text, one: one.issuer is not None,
    FactKind.SIGNER: lambda text, one: "ký" in text[max(0, one.start - 60) : one.end + 300],
    FactKind.EFFECTIVE_ON: lambda text, one: "hiệu lực" in text[one.end : one.end + 300],
    FactKind.SUBJECT: lambda text, one: _TITLED.match(text, one.end) is not None,
}


def _told(mentions: Iterable[_Mention], kind: FactKind) -> list[_Mention]:
    """Mentions that tell it: those that report the issuing first, then official ones, the short before the long."""
    able = (one for one in mentions if _MAY_TELL[kind](one.pages.text(one.document_id), one.reference))
    ranked = sorted(able, key=_weight)
    told = islice((one for one in ranked if _TELLS[kind](one.page, one.reference)), _MOST_TELLING)
    return sorted(told, key=lambda one: (*_weight(one), one.sentence.end - one.sentence.start))


def _weight(one: _Mention) -> tuple[bool, bool, bool]:
    complete = one.reference.date is not None and one.reference.issuer is not None
    reported = one.reference.relation is Relation.REPORTED
    return (not reported, not complete, one.kind is not DocumentKind.OFFICIAL)


def _first(told: Sequence[_Mention], bearer: Bearer, kind: FactKind) -> list[Finding]:
    for one in told:
        evidence = _evidence(one, (bearer.symbol,))
        if evidence:
            return [Finding(kind=kind, evidence=evidence, symbols=(bearer.symbol,), bearer=bearer)]
    return []


def _evidence(one: _Mention, about: tuple[str, ...]) -> tuple[Evidence, ...]:
    span = one.sentence
    return make_evidence(one.page, span.start, span.end, about=about)


# --- what it does with others, and others with it

_ACTIVE = {
    FactKind.REPLACES: frozenset({Relation.REPLACES, Relation.ABROGATES}),
    FactKind.BASED_ON: frozenset({Relation.BASED_ON}),
    FactKind.IMPLEMENTS: frozenset({Relation.IMPLEMENTS, Relation.GUIDES}),
    FactKind.AMENDS: frozenset({Relation.AMENDS}),
}
_CARRYING_OUT = frozenset({Relation.IMPLEMENTS, Relation.GUIDES})
_AMENDING = frozenset({Relation.AMENDS})


def _done_by(
    mentions: Sequence[_Mention], bearer: Bearer, kind: FactKind, topic: Sequence[str]
) -> list[Finding]:
    """What a page says that the document does: "… ban hành Kế hoạch số 3004 triển khai Nghị quyết số 04"."""
    asked = read_narrowing(topic, own_province=bearer.province)
    found: list[tuple[_Mention, Reference]] = []
    for first in {one.document_id: one for one in mentions}.values():
        for other in first.pages.store.references(first.document_id):
            if other.relation in _ACTIVE[kind] and _is(other.subject, bearer.symbol):
                found.append((replace(first, reference=other), other))
    kept = [pair for pair in found if asked.admits(pair[1], _words(pair[0]))] or found
    evidence = merge_evidence(
        one for mention, other in kept for one in _evidence(mention, (bearer.symbol, other.symbol))
    )
    symbols = tuple(dict.fromkeys(other.symbol for _, other in kept))
    if not evidence:
        return []
    return [Finding(kind=kind, evidence=evidence[:_MOST_CARRYING_OUT], symbols=symbols, bearer=bearer)]


def _done_to(
    mentions: Sequence[_Mention],
    bearer: Bearer,
    kind: FactKind,
    relations: frozenset[Relation],
    topic: Sequence[str],
) -> list[Finding]:
    """The documents that say, or of which it is said, that they carry it out or amend it; each with a sentence."""
    asked = read_narrowing(topic, own_province=None)
    told: dict[str, tuple[_Mention, str]] = {}
    for one, actor in _acting(mentions, relations):
        held = told.get(symbol_key(actor))
        if held is None or (_is_title(held[0]) and kind is FactKind.IMPLEMENTED_BY):
            told[symbol_key(actor)] = (one, actor)
    fitting = [
        (one, actor) for one, actor in told.values() if not asked.types or _is_type(actor, asked.types)
    ]
    kept = (fitting or list(told.values()))[:_MOST_CARRYING_OUT]
    evidence = merge_evidence(
        piece for one, actor in kept for piece in _evidence(one, (actor, bearer.symbol))
    )
    if not evidence:
        return []
    symbols = tuple(dict.fromkeys(actor for _, actor in kept))
    return [Finding(kind=kind, evidence=evidence, symbols=symbols, bearer=bearer)]


def _acting(mentions: Iterable[_Mention], relations: frozenset[Relation]) -> Iterator[tuple[_Mention, str]]:
    """(mention, who does it): a named document, or the page itself where its title or opening says so."""
    for one in mentions:
        if one.reference.relation not in relations:
            continue
        actor = one.reference.subject
        if actor is None and one.reference.start < opening_end(one.page):
            actor = subject_of(one.pages, one.document_id)
        if actor is not None and relations == _AMENDING and not may_change(actor, one.reference.symbol):
            continue
        if actor is not None and _may_follow(actor, one):
            yield one, actor


def _may_follow(actor: str, one: _Mention) -> bool:
    """Whether a document may carry out the other: none of an earlier year does."""
    first, second = read_symbol(actor), read_symbol(one.reference.symbol)
    if first is None or second is None or first.year is None or second.year is None:
        return True
    return first.year >= second.year


def _is_title(one: _Mention) -> bool:
    title = one.page.facts.title
    return title is not None and (title.start or 0) <= one.reference.start < (title.end or 0)


def _is_type(symbol: str, types: frozenset[str]) -> bool:
    mention = read_symbol(symbol)
    return mention is not None and mention.type_code in types


def _is(symbol: str | None, other: str) -> bool:
    return symbol is not None and symbol_key(symbol) == symbol_key(other)


def _words(one: _Mention) -> str:
    span = one.sentence
    return one.page.text[span.start : span.end]
