"""What a query asks for beside its words, in the ranking: numbers, provisions, laws, places, days, bodies, types.

A number and a provision are exact: passages that carry them come in front, found or not. The rest is soft
evidence, added to what was found: it decides between passages that answer about equally well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from corpus.facets import FacetTable
from corpus.provisions import Part, parse_provision, write_provision
from corpus.store import Store, StoredPassage
from corpus.store_facets import DocumentFacets
from corpus.symbol_codes import COMMON_TYPE_WORDS, FIRM_TYPE_WORDS, WHOLE_ONLY_TYPE_WORDS
from corpus.symbols import symbol_key
from corpus.text import fold
from index.asked_issuers import find_asked_issuers, names_of_code
from index.asking import read_types
from index.document_titles import Fit, TitleTable, fit_title
from index.lexical import Field, LexicalIndex
from index.number_choices import PROVINCE, TIME
from index.provision_paths import Standing, compare_path, path_under_title
from index.query_models import AskedPlace, AskedProvision, NamedDocument, PeriodKind, Query

ISSUER, TYPE, LAW = "đúng cơ quan ban hành", "đúng loại văn bản", "đúng luật hỏi"
MERGED = "cùng tỉnh sau sáp nhập"

_LAW_WORD = re.compile(r"(?<!phap )(?<!\w)(?:luat|phap lenh|hien phap)(?!\w)")

Ranking = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifts:
    """What each kind of evidence adds to a score, in z-units.

    Set by what they must and must not overturn, not by any labelled set: between neighbours of a ranking lie
    some hundredths, between its first and its tenth about one.
    """

    own_number: float = (
        8.0  # of the document whose own number is asked for: above all that is near in meaning
    )
    cited_number: float = 4.0  # mentions the number: above what does not, below the document itself
    provision: float = 1.0  # how far the provision stands before its article, and that before all others
    law: float = 0.6  # passages of the law named: before equals, not before the decree that answers better
    law_mentioned: float = 0.2  # its title speaks of that law: a hint, as such titles are many
    place: float = 0.5  # of the province: other provinces have the same text under other names
    lineage: float = 0.25  # of a province that was merged with it: perhaps about another part of it
    other_place: float = -0.5  # known to be of another province than the one surely asked for
    issued: float = 0.4  # its day lies in the period asked for
    year: float = 0.2  # in a year that may be that of the programme as well
    issuer: float = 0.3  # a body is often the topic
    type: float = 0.3  # a type word is often the topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """A ranking with its lifts, and what they were for."""

    ranking: Ranking  # (row, score), best first; ties by row
    numbers: frozenset[int] = frozenset()  # rows that carry, or whose document bears, a number asked for
    by_row: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    by_document: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def reasons(self, stored: StoredPassage) -> tuple[str, ...]:
        """Vietnamese, for people: what lifted a passage, its number left out."""
        return (
            *self.by_row.get(stored.row, ()),
            *self.by_document.get(stored.passage.document_id, ()),
        )


class Lifter:
    """Lifts the rankings of one store. May be asked from several threads."""

    def __init__(self, store: Store, lexical: LexicalIndex, facets: FacetTable) -> None:
        self._store = store
        self._lexical = lexical
        self._facets = facets
        self._titles = TitleTable(store)

    def documents_called(self, laws: Iterable[NamedDocument]) -> tuple[str, ...]:
        """The documents that are one of some laws that a query names, law by law."""
        return tuple(dict.fromkeys(i for law in laws for i in self._titles.documents_called(law)))

    def lift(
        self,
        query: Query,
        ranking: Ranking,
        *,
        lifts: Lifts = Lifts(),
        depth: int = 100,
        allowed: Collection[int] | None = None,
    ) -> Lifted:
        """The ranking with all that the query asks for; the very ranking where it asks for nothing of it.

        Passages that were not found come in by number (at most `depth` that mention one) and by provision,
        of the rows `allowed` only.
        """
        scores = dict(ranking)
        floor = min(scores.values(), default=0.0)
        by_document = self._add_soft(query, scores, lifts)
        own, cited = self._find_numbers(query.symbols, depth, allowed)
        for rows, lift in ((cited, lifts.cited_number), (own, lifts.own_number)):
            for row in rows:
                scores[row] = scores.get(row, floor) + lift
        by_row = self._add_provisions(query, scores, lifts, floor, allowed)
        if not (by_document or own or cited or by_row) and scores == dict(ranking):
            return Lifted(ranking=ranking)
        return Lifted(
            ranking=sorted(scores.items(), key=lambda item: (-item[1], item[0])),
            numbers=own | cited,
            by_row=by_row,
            by_document=by_document,
        )

    # --- numbers

    def _find_numbers(
        self, symbols: Sequence[str], limit: int, allowed: Collection[int] | None
    ) -> tuple[frozenset[int], frozenset[int]]:
        """The rows of the documents that bear a number asked for, and those that mention it.

        A number is an exact thing: a passage that matches its neighbours in meaning but not the number is
        no answer to it.
        """
        if not symbols:
            return frozenset(), frozenset()
        tokens = [(Field.NUMBERS, symbol_key(symbol), 1.0) for symbol in symbols]
        cited = frozenset(row for row, _ in self._lexical.search(tokens, limit=limit, allowed=allowed))
        held = [i for symbol in symbols for i in self._store.documents_with_symbol(symbol)]
        own = self._store.rows_of_documents(held)
        return own if allowed is None else own.intersection(allowed), cited

    # --- provisions

    def _add_provisions(
        self,
        query: Query,
        scores: dict[int, float],
        lifts: Lifts,
        floor: float,
        allowed: Collection[int] | None,
    ) -> dict[int, tuple[str, ...]]:
        """Put the provisions asked for in front, before them nothing, behind them the rest of their articles.

        Gives the rows of the provisions with the reason.
        """
        asked: dict[int, list[str]] = {}
        around: set[int] = set()
        for provision in query.provisions:
            documents = self._documents_of(provision, query, scores)
            passages = self._passages_of(documents, allowed)
            for parts in parse_provision(provision.value):
                found = self._find_provision(parts, passages)
                for row in found.rows:
                    asked.setdefault(row, []).append(f"đúng điều khoản hỏi ({write_provision(parts)})")
                around |= found.around
        for rows in (around | asked.keys(), asked.keys()):
            _put_in_front(scores, rows, floor, lifts.provision)
        return {row: tuple(dict.fromkeys(reasons)) for row, reasons in asked.items()}

    def _documents_of(
        self, provision: AskedProvision, query: Query, scores: Mapping[int, float]
    ) -> tuple[str, ...]:
        """The documents of a provision: those named; none where several are named, or one that is not held."""
        name = provision.document
        laws = [document for document in query.documents if document.name == name]
        if laws:
            return self.documents_called(laws)
        if name is not None:
            # Of a short form, only where one document can be meant.
            symbols = query.short_forms.get(name, (name,))
            held = [found for symbol in symbols if (found := self._titles.documents_numbered(symbol))]
            return held[0] if len(held) == 1 else ()
        if query.documents or query.symbols or query.short_forms or _LAW_WORD.search(fold(query.text)):
            return ()  # it is of another document than the one asked for, or of a law whose name was not read
        return self._only_document(provision, scores)

    def _only_document(self, provision: AskedProvision, scores: Mapping[int, float]) -> tuple[str, ...]:
        """The document of the best passage, if it alone of those found has such a provision."""
        rows = sorted(scores, key=lambda row: (-scores[row], row))
        passages = self._store.passages(rows)
        chains = parse_provision(provision.value)
        having = {
            stored.passage.document_id
            for stored in passages
            if any(self._stand(parts, stored).levels for parts in chains)
        }
        best = passages[0].passage.document_id if passages else ""
        return (best,) if best in having <= {best, *self._store.copies(best)} else ()

    def _passages_of(
        self, documents: Iterable[str], allowed: Collection[int] | None
    ) -> tuple[StoredPassage, ...]:
        rows = self._store.rows_of_documents(documents)
        return self._store.passages(sorted(rows if allowed is None else rows.intersection(allowed)))

    def _stand(self, parts: Sequence[Part], stored: StoredPassage) -> Standing:
        title = self._titles.titles().get(stored.passage.document_id)
        path = stored.passage.path
        if title is not None and title.article is not None:
            path = path_under_title(title.article, path, stored.passage.text)
        return compare_path(parts, path)

    def _find_provision(self, parts: Sequence[Part], passages: Iterable[StoredPassage]) -> _Provision:
        """Of each document the passages of a provision, and the others of its largest unit ("Điều 5").

        A passage that holds a whole article holds each clause of it. Where the article is in parts and none
        is the clause asked for, none is said to be.
        """
        by_document: dict[str, dict[int, Standing]] = {}
        for stored in passages:
            standing = self._stand(parts, stored)
            if standing.levels:
                by_document.setdefault(stored.passage.document_id, {})[stored.row] = standing
        rows: set[int] = set()
        for stands in by_document.values():
            most = max(one.levels for one in stands.values())
            best = {row for row, one in stands.items() if one.levels == most}
            if most == len(parts) or not any(stands[row].elsewhere for row in best):
                rows |= best
        around = {row for stands in by_document.values() for row in stands} - rows
        return _Provision(rows=frozenset(rows), around=frozenset(around))

    # --- soft evidence

    def _add_soft(self, query: Query, scores: dict[int, float], lifts: Lifts) -> dict[str, tuple[str, ...]]:
        """Add to the scores what the documents' titles and facts are worth; document → what speaks for it."""
        # A type word before a number that was read is a part of it.
        types = read_types(fold(query.reading)) | {one.code for one in query.types if not query.symbols}
        if not (types or query.documents or query.places or query.periods or query.issuers):
            return {}
        facets = self._facets.documents()
        worth: dict[str, float] = {}
        reasons: dict[str, tuple[str, ...]] = {}
        for row, document_id in self._store.documents_by_row(scores).items():
            if document_id not in worth:
                found = list(self._weigh_title(document_id, query, lifts))
                if document_id in facets:
                    found += _weigh_facts(facets[document_id], query, types, lifts)
                worth[document_id] = sum(lift for lift, _ in found)
                if told := tuple(reason for _, reason in found if reason):
                    reasons[document_id] = told
            scores[row] += worth[document_id]
        return reasons

    def _weigh_title(
        self, document_id: str, query: Query, lifts: Lifts
    ) -> Iterator[tuple[float, str | None]]:
        title = self._titles.titles().get(document_id) if query.documents else None
        fits = {fit_title(title, asked) for asked in query.documents} if title else set()
        if Fit.IS in fits:
            yield lifts.law, LAW
        elif Fit.MENTIONS in fits:
            yield lifts.law_mentioned, None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Provision:
    rows: frozenset[int]
    around: frozenset[int]


def _put_in_front(scores: dict[int, float], rows: Collection[int], floor: float, gap: float) -> None:
    """Shift some rows, in their order, so that the last of them stands `gap` before all others."""
    if not rows:
        return
    others = max((score for row, score in scores.items() if row not in rows), default=floor)
    lowest = min(scores.get(row, floor) for row in rows)
    shift = max(0.0, others + gap - lowest)
    for row in rows:
        scores[row] = scores.get(row, floor) + shift


def _weigh_facts(
    row: DocumentFacets, query: Query, types: Collection[str], lifts: Lifts
) -> Iterator[tuple[float, str | None]]:
    """(lift, reason) of each fact that is asked for; a fact that is not known gives nothing."""
    yield from _weigh_place(row.province, query.places, lifts)
    if time := _weigh_day(row.date, query, lifts):
        yield time, TIME
    if any(_is_by(row, one.name, one.codes) for one in query.issuers):
        yield lifts.issuer, ISSUER
    if row.type is not None and _TYPE_CODES.get(row.type.lower()) in types:
        yield lifts.type, TYPE


def _weigh_place(
    province: str | None, places: Sequence[AskedPlace], lifts: Lifts
) -> Iterator[tuple[float, str | None]]:
    if province is None or not places:
        return
    if any(province in place.provinces for place in places):
        yield lifts.place, PROVINCE
    elif any(province in place.related for place in places):
        yield lifts.lineage, MERGED
    elif all(place.sure for place in places):
        yield lifts.other_place, None


def _weigh_day(day: str | None, query: Query, lifts: Lifts) -> float:
    """A period that a programme covers says nothing of the day of a document about it."""
    if day is None:
        return 0.0
    worth = {PeriodKind.ISSUED: lifts.issued, PeriodKind.YEAR: lifts.year}
    on = date.fromisoformat(day)
    return max((worth.get(one.kind, 0.0) for one in query.periods if one.holds(on)), default=0.0)


def _is_by(row: DocumentFacets, name: str, codes: Collection[str]) -> bool:
    """Whether a body issued it: by its name, else by its code where no other body has that."""
    if row.issuer is not None:
        return any(one.start == 0 and one.name == name for one in find_asked_issuers(row.issuer))
    code = (row.issuer_code or "").rstrip("0123456789")  # "QH15": the Quốc hội in its fifteenth term
    return code in codes and len(names_of_code(code)) == 1


_TYPE_CODES = {**FIRM_TYPE_WORDS, **COMMON_TYPE_WORDS, **WHOLE_ONLY_TYPE_WORDS}
