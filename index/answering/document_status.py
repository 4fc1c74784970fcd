"""How a document stands on a day, with the sentences that say it; who succeeds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from corpus.effect import find_effect, find_effect_of_number
from corpus.identity import DocumentKey, document_key, key_of_facts, same_document
from corpus.models import Document, Reference, Relation
from corpus.symbols import symbol_key
from index.answering.bearers import Mention, find_mentions
from index.answering.fact_spans import find_fact_spans, value_of
from index.answering.findings import Bearer, FactKind, Finding, Standing
from index.answering.models import Evidence
from index.answering.page_facts import first_day_of, is_about
from index.answering.pages import Pages
from index.answering.related_documents import FIRST_ARTICLE
from index.answering.spans import make_evidence, merge_evidence, sentence_at
from index.answering.status_statements import Told, find_saying, find_statements
from ingest.published import VIETNAM

_SUCCEEDING = re.compile(
    r"thay thế|thay cho|hết hiệu lực|(?:ngưng|ngừng|dừng) (?:hiệu lực|áp dụng)", re.IGNORECASE
)
_KEPT = re.compile(
    r"tiếp tục (?:có hiệu lực|được áp dụng|thực hiện)|vẫn (?:còn |giữ )?(?:nguyên )?hiệu lực|(?:được )?giữ nguyên"
)
_MEANWHILE = re.compile(r"[Tt]rong thời gian (?:tạm )?(?:ngưng|ngừng|dừng)")
TOLD_STANDINGS = (  # what is told of a document, the gravest first
    Standing.ENDED,
    Standing.SUSPENDED,
    Standing.NOT_YET,
    Standing.IN_FORCE_UNTIL,
    Standing.PARTLY,
    Standing.AMENDED,
)


def find_status(pages: Pages, document: Document, kind: FactKind, *, as_of: date | None) -> list[Finding]:
    """STATUS or REPLACED_BY of a held document on a day (today for None); empty where nothing tells it."""
    day, key = as_of or _today(), key_of_facts(document.facts)
    effects = find_effect(pages.store, document.id, as_of=day).evidence
    mentions = find_mentions(pages.store, key.symbol) if key is not None else ()
    told = find_statements(pages, key, effects, mentions)
    found = _decide(pages, told, day, kind, symbol=value_of(document.facts.symbol))
    if found is not None:
        return [found]
    started = find_fact_spans(document, FactKind.EFFECTIVE_ON)
    evidence = tuple(one for span in started for one in make_evidence(document, span.start, span.end))
    if kind is FactKind.REPLACED_BY or not evidence:
        return []
    since = value_of(document.facts.effective_on)
    return [Finding(kind=kind, evidence=evidence, standing=Standing.STARTED, since=since)]


def find_status_of_bearer(
    pages: Pages, bearer: Bearer, mentions: Sequence[Mention], kind: FactKind, *, as_of: date | None
) -> list[Finding]:
    """The same of a document that is known by its number and what is written beside it."""
    day = as_of or _today()
    key = document_key(bearer.symbol, issuer=bearer.issuer, province=bearer.province, date=bearer.issued_on)
    effects = find_effect_of_number(
        pages.store,
        bearer.symbol,
        as_of=day,
        issuer=bearer.issuer,
        province=bearer.province,
        issued_on=bearer.issued_on,
    ).evidence
    told = find_statements(pages, key, effects, mentions)
    found = _decide(pages, told, day, kind, symbol=bearer.symbol, bearer=bearer)
    if found is None and kind is FactKind.STATUS:
        found = _still_cited(pages, key, mentions, day, bearer)
    return [found] if found is not None else []


def _today() -> date:
    return datetime.now(VIETNAM).date()


# --- which statement decides


def _decide(
    pages: Pages,
    told: Sequence[Told],
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
        key=lambda pair: (
            TOLD_STANDINGS.index(pair[0] or Standing.AMENDED),
            pair[1].published,
            not pair[1].itself,
            pair[1].since or "",
        ),
    )
    if kind is FactKind.REPLACED_BY:
        # A new act may abolish the one before it without a word of replacing; an act that does nothing but abolish
        # comes in nobody's place.
        succeeding = [(standing, one) for standing, one in ranked if _names_successor(pages, one)]
        ranked = succeeding or [(standing, one) for standing, one in ranked if _abolishes(pages, one)]
    if not ranked:
        return None
    standing, first = ranked[0]
    same = [one for _, one in ranked if one.document_id == first.document_id and one.by == first.by]
    chosen = _best_place(pages, same)
    evidence = _quote(pages, chosen, symbol)
    by = tuple(
        dict.fromkeys(one.by for other, one in ranked if other is standing and one.by and not one.published)
    )
    if chosen.standing is Standing.SUSPENDED:
        meanwhile, numbers = _meanwhile(pages.document(chosen.document_id))
        evidence, by = merge_evidence((*evidence, *meanwhile)), tuple(dict.fromkeys((*by, *numbers)))
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


def _names_successor(pages: Pages, told: Told) -> bool:
    """Whether a statement is of what comes in the other's place: an act that only abrogates it is none."""
    if not told.by or told.published:
        return False
    page = pages.document(told.document_id)
    spans = find_saying(page, told) or ()
    return any(_SUCCEEDING.search(page.text, span.start, span.end) for span in spans)


def _abolishes(pages: Pages, told: Told) -> bool:
    """Whether an act that has a number, and matter of its own, ends the other or a part of it."""
    if not told.by or told.published or told.standing not in (Standing.ENDED, Standing.PARTLY):
        return False
    profile = pages.store.profile(told.document_id)
    return not _ONLY_ABOLISHES.search(f"{profile.title}\n{profile.head}")


_ONLY_ABOLISHES = re.compile(
    r"(?:(?:nghị định|quyết định|thông tư|nghị quyết|chỉ thị)(?: số)?(?: \d[\w/-]+)?(?: năm \d{4})?|\A|\n)"
    r"\s*(?:về việc |v/v )?bãi bỏ(?!\w)",
    re.IGNORECASE,
)


def _on_day(told: Told, today: str) -> Standing | None:
    """What a statement means for a day; one that takes effect later tells until when, or nothing."""
    day = told.since or told.issued  # no act ends another before it is issued
    later = told.by is not None and day is not None and day > today
    if not later:
        return told.standing
    return Standing.IN_FORCE_UNTIL if told.standing in (Standing.ENDED, Standing.SUSPENDED) else None


def _best_place(pages: Pages, same: Sequence[Told]) -> Told:
    """Of the places where one page says it, the first in its articles, else outside its title."""
    document = pages.document(same[0].document_id)
    title, body = document.facts.title, FIRST_ARTICLE.search(document.text)
    low, high = (title.start or 0, title.end or 0) if title else (0, 0)
    articles = [one for one in same if body is not None and one.start >= body.start()]
    return next(iter([*articles, *(one for one in same if not low <= one.start < high), same[0]]))


def _quote(pages: Pages, told: Told, symbol: str | None) -> tuple[Evidence, ...]:
    """The lead-in of the list, the sentence, and the one that says from when the acting document is in force."""
    page = pages.document(told.document_id)
    about = tuple(dict.fromkeys(one for one in (symbol, told.by) if one))
    if told.by is None:
        own = find_fact_spans(
            page, FactKind.EFFECTIVE_ON if told.standing is Standing.NOT_YET else FactKind.EXPIRES_ON
        )
        return tuple(one for span in own for one in make_evidence(page, span.start, span.end))
    spans = find_saying(page, told)
    if spans is None:
        return ()
    evidence = [one for span in spans for one in make_evidence(page, span.start, span.end, about=about)]
    if told.published:
        return tuple(evidence)
    acting = page if told.itself else _held(pages, told.by)
    if acting is not None:
        started = find_fact_spans(acting, FactKind.EFFECTIVE_ON)
    else:
        acting, day = page, first_day_of(page, told.by, this=is_about(pages, page.id, told.by) or not told.by)
        started = [sentence_at(page, day.start, day.end)] if day and day.start and day.end else []
    if told.standing is Standing.AMENDED:
        evidence += _kept(acting, symbol)
    for span in started:
        if acting is not page or not any(one.start <= span.start and span.end <= one.end for one in spans):
            evidence += make_evidence(acting, span.start, span.end, about=(told.by,) if told.by else ())
    return tuple(evidence)


def _kept(acting: Document, symbol: str | None) -> tuple[Evidence, ...]:
    """The sentence of an amending document that says what of the other goes on to apply."""
    for one in acting.references:
        if symbol is not None and symbol_key(one.symbol) == symbol_key(symbol):
            span = sentence_at(acting, one.start, one.end)
            if _KEPT.search(acting.text, span.start, span.end):
                return make_evidence(acting, span.start, span.end, about=(symbol,))
    return ()


def _held(pages: Pages, symbol: str) -> Document | None:
    held = pages.store.documents_with_symbol(symbol) if symbol else ()
    return pages.document(held[0]) if len(held) == 1 else None


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


def _still_cited(
    pages: Pages, key: DocumentKey, mentions: Sequence[Mention], day: date, bearer: Bearer
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
    since, page, reference = latest[0], pages.document(latest[1]), latest[2]
    span = sentence_at(page, reference.start, reference.end)
    evidence = make_evidence(page, span.start, span.end, about=(bearer.symbol,))
    return Finding(
        kind=FactKind.STATUS, evidence=evidence, standing=Standing.CITED, since=since, bearer=bearer
    )
