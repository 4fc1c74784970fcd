"""How a document stands on a day: what the collection says of its end, with the sentences that say it.

Statements come from `corpus.effect` and, beside it, from what that does not read: items of a list that
"bãi bỏ các văn bản sau đây" leads in, suspensions, and news pages whose "Quy định này thay thế …" speaks of
the document that they report. Only statements of the very document asked about count: number, issuer or
province, and date (`corpus.identity`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from corpus.effect import Effect, EffectEvidence, find_effect, find_effect_of_number, may_change
from corpus.identity import DocumentKey, document_key, key_of_facts, same_document
from corpus.models import Document, DocumentKind, Reference, Relation
from corpus.store import Store
from corpus.symbols import symbol_key
from index.answering.bearers import Mention, find_mentions
from index.answering.fact_spans import find_fact_spans, value_of
from index.answering.findings import Bearer, FactKind, Finding, Standing
from index.answering.models import Evidence
from index.answering.related_documents import ENDING, FIRST_ARTICLE
from index.answering.spans import find_lead_in, is_item, make_evidence, sentence_at
from ingest.published import VIETNAM

_SUSPENDING = re.compile(
    r"(?<!thời gian )(?<!thời gian tạm )(?:tạm )?(?:(?:ngưng|ngừng) (?:hiệu lực|áp dụng)"
    r"|(?<=tạm )dừng (?:hiệu lực|áp dụng|thực hiện|thi hành))",
    re.IGNORECASE,
)
_MEANWHILE = re.compile(r"[Tt]rong thời gian (?:tạm )?(?:ngưng|ngừng|dừng)")
_STANDINGS = {
    Effect.REPLACED: Standing.ENDED,
    Effect.ABROGATED: Standing.ENDED,
    Effect.EXPIRED: Standing.ENDED,
    Effect.NOT_YET: Standing.NOT_YET,
    Effect.PARTLY: Standing.PARTLY,
    Effect.AMENDED: Standing.AMENDED,
}
_ORDER = (
    Standing.ENDED,
    Standing.SUSPENDED,
    Standing.NOT_YET,
    Standing.IN_FORCE_UNTIL,
    Standing.PARTLY,
    Standing.AMENDED,
)
# What `corpus.effect` does not read: mentions that nothing in their own sentence governs, and of news pages.
_OPEN = frozenset({Relation.REFERS_TO, Relation.REPLACES, Relation.ABROGATES, None})
_ENDS = {Relation.REPLACES: Standing.ENDED, Relation.ABROGATES: Standing.ENDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a page says is done to the document asked about, at `start:end` of the page."""

    standing: Standing
    by: str | None
    document_id: str
    start: int
    end: int
    since: str | None  # from when the acting document is in force; not its day of issue, where that is all
    issued: str | None
    itself: bool  # the page is the acting document (or, without `by`, the one asked about)


def find_status(store: Store, document: Document, kind: FactKind, *, as_of: date | None) -> list[Finding]:
    """STATUS or REPLACED_BY of a held document on a day (today for None); empty where nothing tells it."""
    day, key = as_of or _today(), key_of_facts(document.facts)
    effects = find_effect(store, document.id, as_of=day).evidence
    told = [_of_effect(store, one) for one in effects]
    if key is not None:
        told += _beside_effect(store, key, find_mentions(store, key.symbol))
    found = _decide(store, told, day, kind, symbol=value_of(document.facts.symbol))
    if found is not None:
        return [found]
    started = find_fact_spans(document, FactKind.EFFECTIVE_ON)
    evidence = tuple(one for span in started for one in make_evidence(document, span.start, span.end))
    if kind is FactKind.REPLACED_BY or not evidence:
        return []
    since = value_of(document.facts.effective_on)
    return [Finding(kind=kind, evidence=evidence, standing=Standing.STARTED, since=since)]


def find_status_of_bearer(
    store: Store, bearer: Bearer, mentions: Sequence[Mention], kind: FactKind, *, as_of: date | None
) -> list[Finding]:
    """The same of a document that is known by its number and what is written beside it."""
    day = as_of or _today()
    key = document_key(bearer.symbol, issuer=bearer.issuer, province=bearer.province, date=bearer.issued_on)
    effects = find_effect_of_number(
        store,
        bearer.symbol,
        as_of=day,
        issuer=bearer.issuer,
        province=bearer.province,
        issued_on=bearer.issued_on,
    ).evidence
    told = [*(_of_effect(store, one) for one in effects), *_beside_effect(store, key, mentions)]
    found = _decide(store, told, day, kind, symbol=bearer.symbol, bearer=bearer)
    if found is None and kind is FactKind.STATUS:
        found = _still_cited(store, key, mentions, day, bearer)
    return [found] if found is not None else []


def _today() -> date:
    return datetime.now(VIETNAM).date()


# --- which statement decides


def _decide(
    store: Store,
    told: Sequence[_Told],
    day: date,
    kind: FactKind,
    *,
    symbol: str | None,
    bearer: Bearer | None = None,
) -> Finding | None:
    """The weightiest statement for the day, the acting document's own words before a page about it."""
    today = day.isoformat()
    ranked = sorted(
        ((_on_day(one, today), one) for one in told if _on_day(one, today) is not None),
        key=lambda pair: (_ORDER.index(pair[0] or Standing.AMENDED), not pair[1].itself, pair[1].since or ""),
    )
    if kind is FactKind.REPLACED_BY:
        ranked = [(standing, one) for standing, one in ranked if one.by is not None]
    if not ranked:
        return None
    standing, first = ranked[0]
    same = [one for _, one in ranked if one.document_id == first.document_id and one.by == first.by]
    chosen = _best_place(store, same)
    evidence = _quote(store, chosen, symbol)
    by = tuple(dict.fromkeys(one.by for other, one in ranked if other is standing and one.by))
    if chosen.standing is Standing.SUSPENDED:
        meanwhile, numbers = _meanwhile(store.document(chosen.document_id))
        evidence, by = (*evidence, *meanwhile), tuple(dict.fromkeys((*by, *numbers)))
    if not evidence:
        return None
    return Finding(
        kind=kind,
        evidence=evidence,
        symbols=by,
        superseded=standing is Standing.ENDED,
        standing=standing,
        since=first.since,
        bearer=bearer,
    )


def _on_day(told: _Told, today: str) -> Standing | None:
    """What a statement means for a day; one that takes effect later tells until when, or nothing."""
    day = told.since or told.issued  # no act ends another before it is issued
    later = told.by is not None and day is not None and day > today
    if not later:
        return told.standing
    return Standing.IN_FORCE_UNTIL if told.standing in (Standing.ENDED, Standing.SUSPENDED) else None


def _best_place(store: Store, same: Sequence[_Told]) -> _Told:
    """Of the places where one page says it, the first in its articles, else outside its title."""
    document = store.document(same[0].document_id)
    title, body = document.facts.title, FIRST_ARTICLE.search(document.text)
    low, high = (title.start or 0, title.end or 0) if title else (0, 0)
    articles = [one for one in same if body is not None and one.start >= body.start()]
    return next(iter([*articles, *(one for one in same if not low <= one.start < high), same[0]]))


def _quote(store: Store, told: _Told, symbol: str | None) -> tuple[Evidence, ...]:
    """The lead-in of the list, the sentence, and the one that says from when the acting document is in force."""
    page = store.document(told.document_id)
    about = tuple(dict.fromkeys(one for one in (symbol, told.by) if one))
    if told.by is None:
        spans = find_fact_spans(
            page, FactKind.EFFECTIVE_ON if told.standing is Standing.NOT_YET else FactKind.EXPIRES_ON
        )
        return tuple(one for span in spans for one in make_evidence(page, span.start, span.end))
    sentence = sentence_at(page, told.start, told.end)
    saying = _SUSPENDING if told.standing is Standing.SUSPENDED else ENDING
    evidence: list[Evidence] = []
    if not saying.search(page.text, sentence.start, sentence.end) and is_item(page.text, told.start):
        lead_in = find_lead_in(page.text, told.start, saying)
        if lead_in is not None:
            evidence += make_evidence(page, lead_in.start, lead_in.end, about=about)
    evidence += make_evidence(page, sentence.start, sentence.end, about=about)
    acting = page if told.itself else _held(store, told.by)
    for span in find_fact_spans(acting, FactKind.EFFECTIVE_ON) if acting is not None else ():
        if acting is not page or not (sentence.start <= span.start and span.end <= sentence.end):
            evidence += make_evidence(acting or page, span.start, span.end, about=(told.by,))
    return tuple(evidence)


def _held(store: Store, symbol: str) -> Document | None:
    held = store.documents_with_symbol(symbol)
    return store.document(held[0]) if len(held) == 1 else None


def _meanwhile(document: Document) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
    """What applies while another document is suspended, with the numbers that it names."""
    evidence: list[Evidence] = []
    numbers: list[str] = []
    for match in _MEANWHILE.finditer(document.text):
        span = sentence_at(document, match.start(), match.end())
        if span.start != match.start():
            continue  # a heading: "Áp dụng văn bản trong thời gian tạm ngưng hiệu lực"
        named = [one.symbol for one in document.references if span.start <= one.symbol_start < span.end]
        numbers += named
        evidence += make_evidence(document, span.start, span.end, about=tuple(named))
    return tuple(evidence), tuple(dict.fromkeys(numbers))


# --- statements


def _of_effect(store: Store, one: EffectEvidence) -> _Told:
    facts = store.facts(one.document_id)
    return _Told(
        standing=_STANDINGS[one.effect],
        by=one.by,
        document_id=one.document_id,
        start=one.start,
        end=one.end,
        since=one.since,
        issued=None if one.secondary else value_of(facts.issued_on),
        itself=not one.secondary,
    )


def _beside_effect(store: Store, key: DocumentKey, mentions: Sequence[Mention]) -> Iterator[_Told]:
    """Statements about a document that stand in a list, suspend it, or speak of "this" reported document."""
    pages: dict[str, Document] = {}
    for mention in mentions:
        document_id, reference, facts = mention.document_id, mention.reference, mention.facts
        if reference.subject is not None or reference.relation not in _OPEN:
            continue
        if same_document(mention.key, key) is not True:
            continue
        page = pages.get(document_id) or pages.setdefault(document_id, store.document(document_id))
        standing, by = _listed_or_suspended(page, reference), _speaker(page, reference)
        if standing is None or by is None or symbol_key(by) == key.symbol:
            continue
        if not may_change(by, reference.symbol):
            continue
        itself = facts.kind is DocumentKind.OFFICIAL
        yield _Told(
            standing=standing,
            by=by,
            document_id=document_id,
            start=reference.start,
            end=reference.end,
            since=value_of(facts.effective_on) if itself else None,
            issued=value_of(facts.issued_on) if itself else None,
            itself=itself,
        )


def _listed_or_suspended(page: Document, reference: Reference) -> Standing | None:
    text, sentence = page.text, sentence_at(page, reference.start, reference.end)
    if _SUSPENDING.search(text, sentence.start, reference.start):
        return Standing.SUSPENDED
    if reference.relation in _ENDS:
        return Standing.ENDED if page.facts.kind is not DocumentKind.OFFICIAL else None
    earlier = [one for one in page.references if sentence.start <= one.start < reference.start]
    if earlier or not is_item(text, reference.start) or reference.provision is not None:
        return None  # "hướng dẫn Nghị định số …" in the title of the item is not what is ended
    if find_lead_in(text, reference.start, _SUSPENDING) is not None:
        return Standing.SUSPENDED
    return Standing.ENDED if find_lead_in(text, reference.start, ENDING) is not None else None


def _speaker(page: Document, reference: Reference) -> str | None:
    """The number of the document whose words these are: the page's own, or the one that it reports there."""
    if page.facts.kind is DocumentKind.OFFICIAL:
        return value_of(page.facts.symbol)
    return next((one.symbol for one in page.reported if one.start <= reference.start < one.end), None)


def _still_cited(
    store: Store, key: DocumentKey, mentions: Sequence[Mention], day: date, bearer: Bearer
) -> Finding | None:
    """The latest document, not after the day, that rests on the one asked about."""
    latest: tuple[str, str, Reference] | None = None
    for mention in mentions:
        issued, reference = mention.facts.issued_on, mention.reference
        if reference.relation is not Relation.BASED_ON or reference.subject is not None or issued is None:
            continue
        if issued.value > day.isoformat() or same_document(mention.key, key) is not True:
            continue
        if latest is None or issued.value > latest[0]:
            latest = (issued.value, mention.document_id, reference)
    if latest is None:
        return None
    since, page, reference = latest[0], store.document(latest[1]), latest[2]
    span = sentence_at(page, reference.start, reference.end)
    evidence = make_evidence(page, span.start, span.end, about=(bearer.symbol,))
    return Finding(
        kind=FactKind.STATUS, evidence=evidence, standing=Standing.CITED, since=since, bearer=bearer
    )
