"""One theme or question asked of several provinces, each answered from its own documents.

A row is a province as of the day of its documents, or on request a province of today with all that was merged into
it. What other documents say of it follows, and is told as such: of those only words that name the province, or a
place in it. Every quotation passes the gate.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter

from corpus.models import Document, DocumentKind, Passage
from corpus.place_groups import Joining, ProvinceGroup
from corpus.places import PlaceLevel
from corpus.store import Store
from index.answering.composition import overlap
from index.answering.confidence import EASE
from index.answering.merging import drop_mark
from index.answering.models import Evidence
from index.answering.quoting import quote_readings
from index.answering.reader import Reader
from index.citations import cite
from index.comparison import wording
from index.comparison.figures import figures_in, on_units
from index.comparison.holdings import Holdings
from index.comparison.mentions import Mentioned, find_only, find_part, name_places, provinces_of
from index.comparison.models import Cell, Clock, Comparison, Row, Seen, Span, Told
from index.comparison.times import day_of, is_within, split_period, time_of
from index.comparison.topics import Topic, read_topic
from index.diversity import Fold
from index.errors import InvalidComparison
from index.models import Hit
from index.query import read_query
from index.query_models import Query
from index.search import Searcher
from index.verification import citation_fault
from ingest.published import VIETNAM

Progress = Callable[[Comparison, int, int], None]  # (what is found so far, rows done, rows in all)

MOST = 3  # cells of a row
_WITHIN = 30  # passages of a row's own documents that are read
_ELSEWHERE = 30  # passages of other documents
_CROWD = 4  # provinces that words of another document may name to speak of each
_MARGIN = 0.15  # of confidence below the best answer of a row's documents to a question
_OF_ONE = 2  # cells of one document
_READ = 8  # units that the second stage of the reader looks at

_begins = attrgetter("start")


def compare(
    searcher: Searcher,
    theme: str,
    provinces: Sequence[str],
    *,
    joining: Joining = Joining.THEN,
    period: Span | None = None,
    as_of: date | None = None,
    most: int = MOST,
    progress: Progress | None = None,
) -> Comparison:
    """What the collection has on a theme or question of each province, at most `most` cells a row.

    `provinces` are names, old or new; one that stands for two areas gives two rows. Without a `period` that of
    the theme ("giai đoạn 2016-2020") holds, if it names one. `as_of`: the day (default today); what was issued
    later is left out. `progress` gets the rows found so far, after each, and how many there will be.
    Raises InvalidComparison where a name is no province or none is given.
    """
    day = as_of or datetime.now(VIETNAM).date()
    return _Comparer(searcher, theme, joining, period, day, most).compare(provinces, progress)


class _Reading:
    """What one state of a store was read to hold: places and quantities of documents."""

    def __init__(self, store: Store) -> None:
        self.mentioned = lru_cache(maxsize=1024)(lambda name: provinces_of(store.places(name)))
        self.indicators = lru_cache(maxsize=1024)(store.indicators)


@lru_cache(maxsize=2)
def _reading_of(store: Store, counters: tuple[int, int]) -> _Reading:
    return _Reading(store)


class _Comparer:
    """One comparison; what rows have in common is read once."""

    def __init__(
        self, searcher: Searcher, theme: str, joining: Joining, period: Span | None, as_of: date, most: int
    ) -> None:
        self.searcher = searcher
        self.store = searcher.store
        self.theme = " ".join(theme.split())
        about, named = split_period(self.theme, as_of)
        self.about = self.theme if period is not None else about
        self.joining, self.period, self.as_of, self.most = joining, period or named, as_of, most
        read = _reading_of(searcher.store, searcher.store.counters())
        self.mentioned, self.indicators = read.mentioned, read.indicators
        facets = searcher.facets.documents().values()
        self.holdings = Holdings(searcher.store, facets, joining, self.period, as_of)
        self.dropped = 0

    def compare(self, provinces: Sequence[str], progress: Progress | None) -> Comparison:
        groups = self._find_groups(provinces)
        about, beside = _without_places(self.about)
        topic = read_topic(about, self.store)
        if not topic.question.terms:
            raise InvalidComparison(
                f"{self.theme!r} không có từ nào để tìm. Hãy nêu chủ đề hoặc câu hỏi, ví dụ: “giảm nghèo bền vững”."
            )
        rows: list[Row] = []
        for group in groups:
            rows.append(self._find_row(topic, group))
            given = Comparison(
                theme=self.theme,
                joining=self.joining,
                period=self.period,
                as_of=self.as_of.isoformat(),
                rows=tuple(row for row in rows if not self._is_beside_the_period(row, rows)),
                beside=beside,
                dropped=self.dropped,
            )
            if progress is not None:
                progress(given, len(rows), len(groups))
        return replace(
            given,
            warnings=(*wording.warnings_on(given), *on_units(given)),
            notes=tuple(wording.notes_on(given, without_province=self.holdings.without_province)),
        )

    def _find_groups(self, provinces: Sequence[str]) -> list[ProvinceGroup]:
        groups: dict[ProvinceGroup, None] = {}
        for name in provinces:
            found = self.holdings.find_groups(name, self.as_of)
            if not found:
                raise InvalidComparison(
                    f"{name!r} không phải tên tỉnh, thành phố. Hãy viết tên tỉnh trước hoặc từ 1/7/2025, ví dụ: Thái Bình."
                )
            groups.update(dict.fromkeys(found))
        if not groups:
            raise InvalidComparison("Chưa chọn tỉnh nào để so sánh. Hãy chọn ít nhất một tỉnh, thành phố.")
        return list(groups)

    def _is_beside_the_period(self, row: Row, rows: Sequence[Row]) -> bool:
        """Whether a row is only the other area of a name, of which the period asked for knows nothing."""
        if self.period is None or row.cells or row.holding.held or row.other_time or row.no_time:
            return False
        return any(
            other is not row and other.group.province == row.group.province and other.holding.held
            for other in rows
        )

    # --- rows

    def _find_row(self, topic: Topic, group: ProvinceGroup) -> Row:
        holding = self.holdings.count(group)
        cells: list[Cell] = []
        other_time = no_time = 0
        for cell in self._find_cells(topic, group):
            if self.period is not None and not is_within(cell.time, self.period):
                other_time += cell.time.clock is not Clock.UNKNOWN
                no_time += cell.time.clock is Clock.UNKNOWN
            elif sum(one.document_id == cell.document_id for one in cells) < _OF_ONE:
                cells.append(cell)
            if self.period is None and len(cells) == self.most:
                break  # what follows would be told neither as found nor as left out
        if self.period is not None:  # what speaks of that period alone comes first
            cells.sort(key=lambda cell: bool(wording.tell_beside(self.period, cell)))
        return Row(
            group=group,
            seen=self._see(bool(cells), holding.held, holding.undated, holding.ever, holding.pages),
            cells=tuple(cells[: self.most]),
            holding=holding,
            other_time=other_time,
            no_time=no_time,
        )

    def _see(self, found: bool, held: int, undated: int, ever: int, pages: int) -> Seen:
        if found:
            return Seen.FOUND
        if not ever and not pages:
            return Seen.NO_DATA
        return Seen.NOT_SEEN if held or undated or pages else Seen.NOT_OF_PERIOD

    def _find_cells(self, topic: Topic, group: ProvinceGroup) -> Iterator[Cell]:
        """What is on the topic: the row's own documents first, those of the period before others, then what others
        say of it."""
        for own in filter(None, self.holdings.documents(group)):
            hits = self._search(topic.question.query, own, _WITHIN)
            yield from self._read(topic, group, hits, own=True)
        named = f"{topic.question.query.text} {' '.join(group.parts or (group.province or '',))}"
        hits = self._search(named, self.holdings.documents_elsewhere(group), _ELSEWHERE)
        naming = [
            hit for hit in hits if self._names(group, hit.passage)
        ]  # no words of others could stand for it
        yield from self._read(topic, group, naming, own=False)

    def _search(self, query: Query | str, documents: Sequence[str], limit: int) -> list[Hit]:
        return self.searcher.search(query, limit=limit, documents=documents, fold=Fold.COPIES, explain=False)

    def _read(self, topic: Topic, group: ProvinceGroup, hits: Sequence[Hit], *, own: bool) -> Iterator[Cell]:
        reader = Reader(self.searcher, topic.question.query, hits)
        allowed = [
            self._speaks_of(group, unit.profile.id, unit.start, unit.end, own=own)
            and topic.allows(self.searcher.store, unit)
            for unit in reader.units
        ]
        readings = reader.read(topic.wanted, topic.question.query, allowed, close=_READ)
        given: list[Evidence] = []
        chosen = topic.choose(readings, EASE if own else 1.0)
        best = max((sure for _, sure in chosen), default=0.0)
        for reading, sure in chosen:
            if topic.asks and sure < best - _MARGIN:
                continue
            # Each alone: items of one list may speak of different times, and are never quoted as one.
            evidence = quote_readings(self.store, topic.question, [reading], most=1)
            if not evidence or any(overlap(one, other) for one in evidence for other in given):
                continue
            cell = self._cell(group, evidence, own=own, sure=sure)
            if cell is not None:
                given += evidence
                yield cell

    def _speaks_of(self, group: ProvinceGroup, document_id: str, start: int, end: int, *, own: bool) -> bool:
        """Whether words may stand for a row: in its own documents those that name no other province instead."""
        named = self._named(document_id, start, end)
        if own:
            return not named or any(one.lies_in(group) for one in named)
        crowd = {one.province for one in named}
        return len(crowd) <= _CROWD and any(one.is_of(group, self.joining) for one in named)

    def _names(self, group: ProvinceGroup, passage: Passage) -> bool:
        """Whether a passage names a place of exactly the area of a row."""
        named = self._named(passage.document_id, passage.start, passage.end)
        return any(one.is_of(group, self.joining) for one in named)

    def _named(self, document_id: str, start: int, end: int) -> Sequence[Mentioned]:
        mentioned = self.mentioned(document_id)
        first = bisect_left(mentioned, start, key=_begins)
        return mentioned[first : bisect_left(mentioned, end, lo=first, key=_begins)]

    # --- cells

    def _cell(
        self, group: ProvinceGroup, evidence: Sequence[Evidence], *, own: bool, sure: float
    ) -> Cell | None:
        """The cell of a quotation; None where the gate does not let it out, or it names another province."""
        document = self.store.document(evidence[0].document_id)
        start, end = evidence[0].start, evidence[-1].end
        if not self._speaks_of(group, document.id, start, end, own=own):
            return None
        citations = tuple(
            cite(document, one.start, one.end, about=one.about, location=one.location)
            for one in map(drop_mark, evidence)
        )
        if any(citation_fault(citation, self.store.document) for citation in citations):
            self.dropped += 1
            return None
        facts = document.facts
        named = self._named(document.id, start, end)
        part = find_part(document.text[start:end], named)
        places = named or find_only(self.mentioned(document.id), part)
        day = day_of(document)
        return Cell(
            citations=citations,
            told=_told(document, own=own),
            source=self.holdings.source(document.id),
            places=name_places(places),
            part=part,
            time=time_of(document, start, end),
            type=facts.type.value if facts.type is not None and citations[0].symbol else None,
            dated=day.isoformat() if day is not None else None,
            confidence=round(sure, 3),
            figures=figures_in(self.indicators(document.id), citations),
        )


def _told(document: Document, *, own: bool) -> Told:
    match document.facts.kind:
        case DocumentKind.OFFICIAL:
            return Told.OWN if own else Told.OTHER
        case DocumentKind.NEWS:
            return Told.OWN_PAGE if own else Told.OTHER_PAGE
        case _:
            return Told.OWN_UNCLEAR if own else Told.OTHER_UNCLEAR


def _without_places(theme: str) -> tuple[str, tuple[str, ...]]:
    """(the theme without the places that it names: each row is asked about its own, those below a province)."""
    below = []
    query = read_query(theme)
    theme = query.text
    for place in reversed(query.places):
        if place.sure:
            below += [place.name] if place.level is not PlaceLevel.PROVINCE else []
            theme = f"{theme[: place.start]} {theme[place.end :]}"
    return " ".join(theme.split()), tuple(dict.fromkeys(reversed(below)))
