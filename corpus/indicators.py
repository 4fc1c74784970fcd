"""Indicators: quantities that a place, body or programme has reached, aims at or is given, with their evidence.

A quantity counts only with words beside it that say so (corpus/indicator_cues.py); norms, durations and
rankings are none. Place and period are those of its sentence, else those that the paragraph stated before;
what is not told is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.figures import read_decimal
from corpus.indicator_cues import IndicatorKind
from corpus.indicator_kinds import Around, Judged, KindReader, read_genre
from corpus.indicator_measures import find_measure
from corpus.indicator_periods import Calendar, find_period, is_this_year, is_yardstick
from corpus.indicator_places import PlaceReader, find_subject
from corpus.indicator_rows import Row, find_rows
from corpus.indicator_sections import NO_LABEL, Section, enter_section, rank_of
from corpus.indicator_tables import Cell, find_cells
from corpus.lines import TextLine, split_lines
from corpus.models import Document
from corpus.quantities import Quantity, find_quantities
from corpus.sentences import Span, find_sentences
from corpus.stated_times import StatedTime, find_stated_times


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One quantity of one place and period; all spans are of the stored text."""

    value: float
    to: float | None  # upper end of a range
    of: float | None  # 33 in "32/33 xã"
    unit: str  # as corpus.quantities names it
    measure: str  # what is measured: the texts of `measure_spans`, joined by a space
    measure_spans: tuple[Span, ...]
    place: tuple[str, ...] | None  # innermost unit first, up to the province; None: not told
    period: str | None  # a label of corpus.stated_times
    kind: IndicatorKind
    programme: str | None
    start: int  # the sentence that shows it
    end: int
    value_start: int
    value_end: int


_PROGRAMME = re.compile(
    r"nông thôn mới|giảm nghèo bền vững|chuyển đổi số|xóa nhà tạm|OCOP|cánh đồng lớn|đầu tư công|dân tộc thiểu số và miền núi"
    r"|sắp xếp đơn vị hành chính|cải cách hành chính",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Carried:
    """What an earlier sentence stated and a later one still speaks of."""

    place: tuple[str, ...] | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class _Lead:
    """A line that ends with a colon, and what it stated for the list under it."""

    rank: int = 99
    carried: _Carried = _Carried()
    opened: bool = True  # nothing has stood under it yet

    def enter(self, line: TextLine) -> _Lead:
        """The lead that a line stands under: items of the list are labelled deeper, or one line without label follows."""
        rank = rank_of(line.text)
        below = self.opened or (rank > self.rank and rank != NO_LABEL)
        return replace(self, opened=False) if below and rank > self.rank - (rank == NO_LABEL) else _Lead()


class IndicatorReader:
    """One document while its indicators are read."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.genre = read_genre(document)
        self.home = self.genre.home or find_subject(document.title, document.text)
        self.calendar = Calendar(document.text, self.genre.year)
        self.places = PlaceReader(document.text, self.home)
        self.kinds = KindReader(document.text, self.genre, self.places.mentions)
        self.titled = find_stated_times(document.title, 0, len(document.title), year=None)
        self.last_period: str | None = None
        self.last: Judged | None = None  # in the line at hand
        self.telling = False  # whether the line at hand has told of something reached
        self.cited = [(reference.start, reference.end) for reference in document.references]

    def read(self) -> Iterator[Indicator]:
        section, carried, lead = Section(), _Carried(), _Lead()
        lines = split_lines(self.text)
        if self.genre.tables:
            yield from map(self._read_cell, find_cells(lines))
            yield from map(self._read_row, find_rows(lines))
        broken: int | None = None  # where the sentence begins that the line above breaks off before a figure
        for line in lines:
            goes_on = broken is not None and line.text[0].isdigit()
            breaks = _BROKEN.search(line.text) is not None
            if (
                not goes_on and not breaks and (self.genre.official or self.genre.told)
            ):  # rules told by the press set no aims
                section = enter_section(section, line, self.genre.year)
            if self.genre.official:
                # What a paragraph of a document does not say itself, its heading or the line that opens its list says
                lead = lead.enter(line)
                carried = lead.carried
            self.telling, self.last = False, None
            sentences = list(find_sentences(self.text, line.start, line.end))
            if goes_on and broken is not None:
                sentences[0] = Span(broken, sentences[0].end)
            broken = sentences[-1].start if breaks else None
            for sentence in sentences:
                times = self._times(sentence)
                found = [
                    item
                    for item in self._read_sentence(sentence, times, section, carried)
                    if item.value_start >= line.start
                ]
                yield from found
                self.telling = self.telling or any(item.kind is IndicatorKind.RESULT for item in found)
                carried = self._carry(carried, sentence, times)
            if line.text.endswith(":"):
                lead = _Lead(rank_of(line.text), carried)

    def _read_cell(self, cell: Cell) -> Indicator:
        above = self.text[max(0, cell.above.start - 1200) : cell.above.end]
        times = [
            t.label for t in find_stated_times(above, 0, len(above), year=None) if len(t.label) in (4, 9)
        ]
        spans = [label for label in times if len(label) == 9]
        programme = _PROGRAMME.search(above)
        return Indicator(
            value=float(read_decimal(cell.digits)),
            to=None,
            of=None,
            unit=cell.unit,
            measure=" ".join(self.text[span.start : span.end] for span in cell.heads),
            measure_spans=cell.heads,
            place=(cell.place, self.home) if self.home and not cell.is_province else (cell.place,),
            period=(spans or times)[-1] if times else None,
            kind=cell.kind,
            programme=programme[0].lower() if programme else None,
            start=cell.row.start,
            end=cell.row.end,
            value_start=cell.start,
            value_end=cell.end,
        )

    def _read_row(self, row: Row) -> Indicator:
        measure = self.text[row.name.start : row.name.end]
        programme = _PROGRAMME.search(measure)
        return Indicator(
            value=float(read_decimal(row.digits)),
            to=None,
            of=None,
            unit=row.unit,
            measure=" ".join(measure.split()),
            measure_spans=(row.name,),
            place=(self.home,) if self.home else None,
            period=row.period,
            kind=row.kind,
            programme=programme[0].lower() if programme else None,
            start=row.name.start,
            end=row.end,
            value_start=row.start,
            value_end=row.end,
        )

    def _times(self, sentence: Span) -> tuple[StatedTime, ...]:
        stated = find_stated_times(self.text, sentence.start, sentence.end, year=self.genre.year)
        fixed = [
            time
            for time in self.calendar.find(self.text, sentence.start, sentence.end)
            if all(time.end <= other.start or other.end <= time.start for other in stated)
        ]
        return tuple(
            time
            for time in sorted([*stated, *fixed], key=lambda time: time.start)
            if not any(start <= time.start < end for start, end in self.cited)
        )

    def _read_sentence(
        self, sentence: Span, times: tuple[StatedTime, ...], section: Section, carried: _Carried
    ) -> Iterator[Indicator]:
        words = self.text[sentence.start : sentence.end]
        around = Around(
            section=section,
            telling=self.telling,
            before=self.last if _PARTS.match(words) else None,
            dated=bool(times or carried.period),
        )
        last: Judged | None = None
        spans: tuple[Span, ...] = ()
        for quantity in find_quantities(self.text, sentence.start, sentence.end):
            kind = self.kinds.judge(sentence, quantity, last, around)
            if kind is None:
                continue
            # "…, 9 phường, …": of a list that stands between commas, the words of its neighbour
            spans = find_measure(self.text, sentence, quantity) or (spans if last else ())
            if not spans:
                continue
            programme = _PROGRAMME.search(words)
            period = self._period(
                sentence,
                quantity,
                times,
                _span_of(kind, carried) or section.period or self._title_period(kind),
            )
            if period is None and around.before is not None:
                period = self.last_period  # "Trong đó": a part of what was told last
            last = self.last = (quantity, kind)
            self.last_period = period
            yield Indicator(
                value=quantity.value,
                to=quantity.to,
                of=quantity.of,
                unit=quantity.unit,
                measure=" ".join(" ".join(self.text[s.start : s.end].split()) for s in spans),
                measure_spans=spans,
                place=self._place(sentence, quantity, carried) or self._country(section, kind),
                period=period,
                kind=kind,
                programme=programme[0].lower() if programme else None,
                start=sentence.start,
                end=sentence.end,
                value_start=quantity.start,
                value_end=quantity.end,
            )

    def _place(self, sentence: Span, quantity: Quantity, carried: _Carried) -> tuple[str, ...] | None:
        if told := self.places.tell(sentence, quantity):
            return told
        if self.places.is_unnamed(sentence, quantity):
            return carried.place if carried.place and len(carried.place) > 1 else None
        if carried.place is None and self.places.is_national(sentence, quantity):
            return ("Việt Nam",)
        return carried.place or ((self.home,) if self.home else None)

    def _country(self, section: Section, kind: IndicatorKind) -> tuple[str, ...] | None:
        """The country, where a document of no province sets its aims."""
        aims = self.genre.official and section.target and kind is IndicatorKind.TARGET
        return ("Việt Nam",) if aims and self.home is None else None

    def _period(
        self, sentence: Span, quantity: Quantity, times: tuple[StatedTime, ...], above: str | None
    ) -> str | None:
        """The time that the sentence states, `above` where it states none."""
        told = find_period(self.text, sentence, quantity, times, self.genre.day)
        return (told or None) if told is not None else above

    def _title_period(self, kind: IndicatorKind) -> str | None:
        """The one time that a report names in its title, of what it tells without a time."""
        if not self.genre.report or kind is not IndicatorKind.RESULT or len(self.titled) != 1:
            return None
        return self.titled[0].label

    def _carry(self, carried: _Carried, sentence: Span, times: tuple[StatedTime, ...]) -> _Carried:
        """What the next sentence may still speak of: the last time, and the place the sentence begins with."""
        told = [
            time for time in times if not (is_yardstick(self.text, time) or is_this_year(self.text, time))
        ]
        ends = [time for time in told if time.until]
        spans = [time for time in told if len(time.label) != len("2025-01-01")]  # a day is of its own event
        latest = max((time.last_year for time in told), default=0)
        ends = [time for time in ends if time.last_year >= latest]
        period = (ends or spans)[-1].label if ends or spans else None
        if any(time.last_year > latest for time in times):
            period = (
                None  # "nguồn đến hết năm 2025 còn dư bố trí dự toán năm 2026": of one thing; the theme stays
            )
        opening = [
            p
            for p in self.places.mentions
            if sentence.start <= p.start <= sentence.start + 60
            and p.end <= sentence.end
            and not _DATE_LINE.match(self.text, p.end)
        ]
        place = self.places.unit(opening[0]) if opening else None
        return replace(carried, period=period or carried.period, place=place or carried.place)


_PARTS = re.compile(r"(?:Trong đó|Bao gồm|Gồm)(?!\w)")
_DATE_LINE = re.compile(r",?\s+ngày")
_BROKEN = re.compile(r"(?:\s(?:đạt|khoảng|trên|hơn|gần|là|tăng|giảm|chiếm)|[≥>])\Z")


def _span_of(kind: IndicatorKind, carried: _Carried) -> str | None:
    """The time carried on; a span of years told before is that of a programme, no result is of all of it."""
    spans = len(carried.period or "") == len("2021-2025")
    return None if spans and kind is IndicatorKind.RESULT else carried.period


def find_indicators(document: Document) -> tuple[Indicator, ...]:
    """The indicators of a document in order of appearance."""
    found = {
        indicator.value_start: indicator for indicator in reversed(list(IndicatorReader(document).read()))
    }
    return tuple(found[start] for start in sorted(found))
