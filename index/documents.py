"""Documents ranked for a query: "which document governs this?", where a list of passages is no answer.

A document is found by its own passages and by the passages that name it. What a matching passage cites as
its basis, or implements, stands above the page that cites it, held or not; types, province, date and the
number asked for decide among what is found equally well. What was replaced stands lower and is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.effect import ENDED, Effect, EffectStatus, find_effect, find_effect_of_number
from corpus.facets import Filters
from corpus.models import Relation
from corpus.sentences import Span
from corpus.store import Store
from corpus.text import fold
from index.asking import TYPE_CODES, read_types
from index.authority import authority, type_code, type_name
from index.diversity import Fold
from index.document_pool import Candidate, DocumentEvidence, DocumentPool
from index.explain import Explainer
from index.models import Hit
from index.query import read_query
from index.query_models import PeriodKind, Query
from index.search import Searcher

_POOL = 40  # places of the list that are looked into
_MORE = 0.1  # of each of the next three passages, on top of a document's best
_BASIS = frozenset({Relation.BASED_ON, Relation.IMPLEMENTS, Relation.GUIDES})
_ABOVE = 0.05  # by which what is cited as a basis stands above what cites it
_CLOSE = 0.6  # of what the citing document has of the query, in the sentence that names the other one
_MERE = 0.8  # of the citing passage's worth, for a document that it merely mentions
# Chosen by reasoning, not fitted: the scale of evidence is 0 to about 1.3.
_AUTHORITY = 0.1
_ASKED_TYPE = 0.3
_FITS = 0.1
_MISFITS = 0.2
_SUPERSEDED = 0.3
_PAGE = 0.1
_SPARE = 5  # documents that may come up where others prove to be superseded
_SHOWN = 3  # pieces of evidence of one document


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedDocument:
    """A document found for a query; it need not be held."""

    rank: int  # from 1
    score: float
    symbol: str | None  # None: a page without a number of its own
    title: str | None  # of the held text
    type: str | None  # "Nghị quyết"
    issuer: str | None
    issued_on: str | None  # ISO 8601
    held_by: tuple[str, ...]  # ids of the documents that have its text; empty: only mentioned
    effect: EffectStatus
    evidence: tuple[DocumentEvidence, ...]  # best first
    reasons: tuple[str, ...]  # Vietnamese, for people

    @property
    def superseded(self) -> bool:
        return self.effect.status in ENDED


@dataclass(slots=True, kw_only=True)
class _Judged:
    """A candidate with its score and what speaks for it."""

    candidate: Candidate
    order: tuple[int, int] = (1, 0)  # (0, place) for a number asked for
    fits: int = 0
    score: float = 0.0
    evidence: list[DocumentEvidence] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    effect: EffectStatus | None = None

    @property
    def sort_key(self) -> tuple[int, int, int, float]:
        asked, place = self.order
        return (asked, -self.fits if asked == 0 else 0, place, -self.score)


def rank_documents(
    searcher: Searcher,
    query: Query | str,
    *,
    limit: int = 10,
    filters: Filters = Filters(),
    as_of: date | None = None,
) -> list[RankedDocument]:
    """The documents that a query is about, at most `limit`, the one to apply first.

    All documents of a number asked for come first, those of the province and the time asked for before the
    others. `as_of` is the day on which a document is or is not in force (default: the day it is). Under
    `filters` only documents whose text is held are ranked: of one that is only mentioned, what a filter asks
    is not known.
    """
    store = searcher.store
    if isinstance(query, str):
        query = read_query(query, store)
    found = searcher.search(query, limit=_POOL, filters=filters, fold=Fold.DOCUMENTS, explain=False)
    hits = [hit for head in found for hit in (head, *head.below)]
    pool = DocumentPool(store)
    for hit in hits:
        pool.add_hit(hit)
    asked = _asked_places(pool, query)
    explainer = Explainer(store, query)
    judge = _Judge(query, explainer, hits, pool)
    candidates = pool.candidates
    if filters:
        passing = frozenset(searcher.facets.select(filters).documents)
        candidates = [candidate for candidate in candidates if passing.intersection(candidate.held)]
    judged = [judge.judge(candidate, asked.get(candidate)) for candidate in candidates]
    judged.sort(key=lambda one: one.sort_key)
    best = judged[: limit + _SPARE]
    for one in best:
        _apply_effect(store, one, as_of or date.today())
    best.sort(key=lambda one: one.sort_key)
    return [_result(rank, one, explainer) for rank, one in enumerate(best[:limit], start=1)]


def _asked_places(pool: DocumentPool, query: Query) -> dict[Candidate, int]:
    """Candidate → place of its number among those asked for."""
    places: dict[Candidate, int] = {}
    for place, symbol in enumerate(query.symbols):
        for candidate in pool.add_number(symbol):
            places.setdefault(candidate, place)
    return places


class _Judge:
    """Scores the candidates of one query."""

    def __init__(self, query: Query, explainer: Explainer, hits: Sequence[Hit], pool: DocumentPool) -> None:
        self._query = query
        self._matcher = explainer.matcher
        self._types = _asked_types(query)
        self._guessed = {
            choice.symbol for choices in query.choices.values() if len(choices) > 1 for choice in choices
        }
        scores = [hit.score for hit in hits]
        low, high = min(scores, default=0.0), max(scores, default=0.0)
        spread = high - low or 1.0
        self._worth = {hit.row: (hit.score - low) / spread if high > low else 1.0 for hit in hits}
        self._covers: dict[str, float] = {}  # document → the most that a passage of it has of the query
        for hit in hits:
            document_id, cover = hit.passage.document_id, self._matcher.cover(hit.passage.text)
            self._covers[document_id] = max(cover, self._covers.get(document_id, 0.0))
        self._pooled = {
            document_id: self._pool(candidate.own)
            for candidate in pool.candidates
            for document_id in candidate.held
        }

    def judge(self, candidate: Candidate, place: int | None) -> _Judged:
        one = _Judged(candidate=candidate, order=(1, 0) if place is None else (0, place))
        if place is not None:
            sure = candidate.symbol not in self._guessed
            one.reasons.append("đúng số hỏi" if sure else "có thể là số hỏi")
        self._weigh_evidence(one)
        code = candidate.type_code
        one.score += _AUTHORITY * authority(code) - (_PAGE if candidate.is_page else 0.0)
        if code is not None and code in self._types:
            one.score += _ASKED_TYPE
            one.reasons.append("đúng loại văn bản hỏi")
        self._weigh_place(one)
        self._weigh_time(one)
        if candidate.symbol and not candidate.held:
            one.reasons.append("kho chưa có toàn văn, chỉ được nhắc tới")
        return one

    def _pool(self, hits: Sequence[Hit]) -> float:
        worths = sorted((self._worth[hit.row] for hit in hits), reverse=True)
        return worths[0] + _MORE * sum(worths[1:4]) if worths else 0.0

    def _weigh_evidence(self, one: _Judged) -> None:
        """The score of the best evidence, of its own or of others; both are kept, the best first."""
        candidate = one.candidate
        cited = sorted(
            ((self._worth_of(mention, candidate), mention) for mention in candidate.mentions),
            key=lambda pair: (-pair[0], pair[1].hit.rank, pair[1].start),
        )
        own = [
            DocumentEvidence(
                hit=hit,
                start=hit.passage.start,
                end=hit.passage.end,
                relation=None,
                by=candidate.symbol,
                about=Span(hit.passage.start, hit.passage.end),
            )
            for hit in candidate.own
        ]
        own_worth, cited_worth = self._pool(candidate.own), cited[0][0] if cited else 0.0
        mentions = [mention for _, mention in cited]
        one.score = max(own_worth, cited_worth)
        first, second = (own, mentions) if own_worth >= cited_worth else (mentions, own)
        one.evidence = [*first[: _SHOWN - bool(second)], *second[:1]]
        if own:
            best = max(self._worth[hit.row] for hit in candidate.own)
            good = [hit for hit in candidate.own if self._worth[hit.row] >= best / 2]
            one.reasons.append(f"{len(good)} đoạn khớp trong văn bản")
        if mentions:
            one.reasons.append(_say_mention(mentions[0]))

    def _worth_of(self, mention: DocumentEvidence, named: Candidate) -> float:
        """What a sentence is worth for the document that it names.

        As much as its passage, by how much of the query stands in the sentence itself: that a page is about
        something does not make every act that it names one about it.
        """
        document_worth = self._pooled[mention.hit.passage.document_id]
        worth = min(self._worth[mention.hit.row], document_worth)
        closeness = self._closeness(mention)
        if mention.relation not in _BASIS and mention.by is not None and not _reports(mention):
            return _MERE * worth * closeness
        citing = authority(type_code(mention.by)) if mention.by else 0.0
        lower = authority(named.type_code) < citing  # "Xét Tờ trình số …" is no basis to apply
        if closeness < _CLOSE or lower:
            return worth * closeness
        return worth + (document_worth - worth) * closeness + _ABOVE

    def _closeness(self, mention: DocumentEvidence) -> float:
        """The share of what the citing document's best passage has of the query that the sentence has."""
        passage = mention.hit.passage
        whole = self._covers[passage.document_id]
        if not whole:
            return 0.5  # found by its meaning; which of its sentences carries it is not known
        # An act that lists what it implements goes on with its own subject in the same sentence.
        said = mention.about if mention.by else Span(mention.start, mention.end)
        text = passage.text[said.start - passage.start : said.end - passage.start]
        return min(1.0, self._matcher.cover(text) / whole)

    def _weigh_place(self, one: _Judged) -> None:
        asked = {
            fold(name)
            for place in self._query.places
            for name in (*place.provinces, *place.current, *place.related)
        }
        province = one.candidate.province
        if asked and province is not None:
            fits = fold(province) in asked
            self._weigh(one, fits, "đúng tỉnh")

    def _weigh_time(self, one: _Judged) -> None:
        periods = [period for period in self._query.periods if period.kind is not PeriodKind.PROGRAMME]
        day = _read_day(one.candidate.issued_on)
        if periods and day is not None:
            self._weigh(one, any(period.holds(day) for period in periods), "đúng thời gian")

    def _weigh(self, one: _Judged, fits: bool, reason: str) -> None:
        one.score += _FITS if fits else -_MISFITS
        one.fits += fits
        if fits:
            one.reasons.append(reason)


def _reports(mention: DocumentEvidence) -> bool:
    return mention.relation is Relation.REPORTED


def _asked_types(query: Query) -> frozenset[str]:
    """The types of document that a query asks for: "nghị quyết nào về …", "nghị quyết về …"."""
    folded = fold(query.text)
    opening = next(
        (code for name, code in TYPE_CODES.items() if len(name) > 2 and folded.startswith(f"{name} ")), None
    )
    return read_types(folded) or (frozenset({opening}) if opening else frozenset())


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


_SAID = {
    Relation.BASED_ON: "là căn cứ của {by}",
    Relation.IMPLEMENTS: "được triển khai thực hiện trong {by}",
    Relation.GUIDES: "được hướng dẫn trong {by}",
    Relation.REPORTED: "được đưa tin trong {by}",
    Relation.AMENDS: "được sửa đổi, bổ sung trong {by}",
}


def _say_mention(mention: DocumentEvidence) -> str:
    by = (mention.by or "").lstrip("?") or f"bài “{mention.hit.title}”"
    said = _SAID.get(mention.relation) if mention.relation else None
    return (said or "được nhắc tới trong {by}").format(by=by)


# --- effect


def _apply_effect(store: Store, one: _Judged, as_of: date) -> None:
    """Mark what the collection shows to be replaced, repealed or run out, and put it lower."""
    one.effect = _find_effect(store, one.candidate, as_of)
    if one.effect.status in ENDED:
        one.score -= _SUPERSEDED
    if one.effect.status is not Effect.UNKNOWN:
        one.reasons.append(one.effect.evidence[0].wording)


def _find_effect(store: Store, candidate: Candidate, as_of: date) -> EffectStatus:
    if candidate.symbol is None:
        return EffectStatus(status=Effect.UNKNOWN, as_of=as_of.isoformat())
    if candidate.held:
        return find_effect(store, candidate.held[0], as_of=as_of)
    key = candidate.key
    return find_effect_of_number(
        store,
        candidate.symbol,
        as_of=as_of,
        issuer=candidate.issuer,
        province=key.province if key else None,
        issued_on=candidate.issued_on,
    )


# --- the result


def _result(rank: int, one: _Judged, explainer: Explainer) -> RankedDocument:
    candidate = one.candidate
    assert one.effect is not None
    return RankedDocument(
        rank=rank,
        score=one.score,
        symbol=candidate.symbol,
        title=candidate.title,
        type=candidate.type or type_name(candidate.type_code),
        issuer=candidate.issuer,
        issued_on=candidate.issued_on,
        held_by=candidate.held,
        effect=one.effect,
        evidence=tuple(replace(found, hit=explainer.explain(found.hit)) for found in one.evidence),
        reasons=tuple(one.reasons),
    )
