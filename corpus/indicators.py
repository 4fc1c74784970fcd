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
from corpus.indicator_cues import (
    IndicatorKind,
    aims,
    is_bound,
    is_budgeted,
    is_capped,
    is_equal_to,
    is_event,
    is_given,
    is_land_given,
    is_left_after,
    is_limit,
    is_norm,
    is_ranked,
    is_rated,
    is_reached,
    is_share,
    is_sized,
    is_state,
    is_unit_list,
    is_wanted,
    looks_ahead,
    looks_back,
)
from corpus.indicator_lists import continues
from corpus.indicator_measures import find_measure
from corpus.indicator_periods import find_period, is_yardstick
from corpus.indicator_places import PlaceReader
from corpus.indicator_sections import Section, enter_section
from corpus.indicator_tables import Cell, find_cells
from corpus.lines import split_lines
from corpus.models import Document, DocumentKind
from corpus.norms import has_normative_type, lays_down_norms
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
_PARTS = re.compile(r";|,\s+trong\s+đó")


@dataclass(frozen=True, slots=True)
class _Carried:
    """What an earlier sentence stated and a later one still speaks of."""

    place: tuple[str, ...] | None = None
    period: str | None = None


class _Reading:
    """One document while its indicators are read."""

    def __init__(self, document: Document) -> None:
        facts = document.facts
        self.text = document.text
        day = facts.issued_on.value if facts.issued_on else document.published_at
        self.day = day[:10] if day else None
        self.year = int(day[:4]) if day else _only_year(document.text)
        self.home = facts.province.value if facts.province else None
        self.official = facts.kind is not DocumentKind.NEWS
        # There only posts, plans and money said to be given are indicators
        self.normative = self.official and lays_down_norms(document)
        self.tables = self.official and not has_normative_type(document)
        # The press of a province tells of its life, other pages tell of rules.
        self.told = not self.official and (
            self.home is not None or _RULES.search(document.title + document.text[:600]) is None
        )
        self.telling = False  # whether the line at hand has told of something reached
        self.places = PlaceReader(document.text, self.home)
        self.budget = _BUDGET_TEXT.search(document.title + document.text[:600]) is not None
        self.cited = [(reference.start, reference.end) for reference in document.references]

    def read(self) -> Iterator[Indicator]:
        section, carried = Section(), _Carried()
        lines = split_lines(self.text)
        if self.tables:
            yield from map(self._read_cell, find_cells(lines))
        broken: int | None = None  # where the sentence begins that the line above breaks off before a figure
        for line in lines:
            goes_on = broken is not None and line.text[0].isdigit()
            breaks = _BROKEN.search(line.text) is not None
            if (
                not goes_on and not breaks and (self.official or self.told)
            ):  # rules told by the press set no aims
                section = enter_section(section, line, self.year)
            if self.official:
                # What a paragraph of a document does not say itself, its heading says
                carried = _Carried()
            self.telling = False
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

    def _times(self, sentence: Span) -> tuple[StatedTime, ...]:
        times = find_stated_times(self.text, sentence.start, sentence.end, year=self.year)
        return tuple(
            time for time in times if not any(start <= time.start < end for start, end in self.cited)
        )

    def _read_sentence(
        self, sentence: Span, times: tuple[StatedTime, ...], section: Section, carried: _Carried
    ) -> Iterator[Indicator]:
        words = self.text[sentence.start : sentence.end]
        last: tuple[Quantity, IndicatorKind] | None = None
        spans: tuple[Span, ...] = ()
        for quantity in find_quantities(self.text, sentence.start, sentence.end):
            kind = self._kind_of(sentence, quantity, section, last, dated=bool(times or carried.period))
            if kind is None:
                continue
            # "…, 9 phường, …": of a list that stands between commas, the words of its neighbour
            spans = find_measure(self.text, sentence, quantity) or (spans if last else ())
            if not spans:
                continue
            programme = _PROGRAMME.search(words)
            last = (quantity, kind)
            yield Indicator(
                value=quantity.value,
                to=quantity.to,
                of=quantity.of,
                unit=quantity.unit,
                measure=" ".join(" ".join(self.text[s.start : s.end].split()) for s in spans),
                measure_spans=spans,
                place=self._place(sentence, quantity, carried),
                period=self._period(sentence, quantity, times, section.period or _span_of(kind, carried)),
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
        return carried.place or ((self.home,) if self.home else None)

    def _period(
        self, sentence: Span, quantity: Quantity, times: tuple[StatedTime, ...], above: str | None
    ) -> str | None:
        """The time that the sentence states, `above` where it states none."""
        told = find_period(self.text, sentence, quantity, times, self.day)
        return (told or None) if told is not None else above

    def _kind_of(
        self,
        sentence: Span,
        quantity: Quantity,
        section: Section,
        last: tuple[Quantity, IndicatorKind] | None,
        *,
        dated: bool,
    ) -> IndicatorKind | None:
        lead = self.text[max(sentence.start, quantity.start - 260) : quantity.start]
        part = self._part(sentence, quantity)
        clause = lead[lead.rfind(";") + 1 :]
        listed = last is not None and last[1] is IndicatorKind.TARGET  # in one sentence with an aim
        planned = not self.normative and (section.target or listed or aims(clause))
        if is_capped(lead, quantity):
            return None
        if self.budget and is_budgeted(lead, quantity):
            return IndicatorKind.ALLOCATION
        if not is_limit(self.text, quantity):
            if last and is_unit_list(self.text[last[0].end : quantity.start], last[0].unit, quantity.unit):
                return last[1]
            if is_state(clause, quantity) or is_left_after(lead, quantity):
                return IndicatorKind.RESULT
        if (
            "=" in lead
            or is_ranked(lead)
            or is_norm(self.text[part.start : part.end], aimed=planned, share=quantity.unit == "%")
        ):
            return None
        words = self.text[sentence.start : sentence.end]
        if not self.official and is_event(words, lead):
            return None
        # What a page that is of no province tells without any time is no news of it: geography, how things are
        told = (
            (self.told and (self.home is not None or dated or looks_back(words))) or section.told
        ) and not is_event(words, lead)
        after = self.text[quantity.end : min(sentence.end, quantity.end + 90)]
        share = is_share(after, quantity)
        aimed = aims(clause) or (
            section.target
            and not self.telling
            and not looks_back(clause)
            and (share or not _UNDER.search(clause))
        )
        if last is not None and is_equal_to(self.text[last[0].end : quantity.start]):
            return last[1]
        if quantity.unit in _SETS and quantity.of is None and not is_reached(clause, quantity, told=False):
            return None
        if (
            is_given(clause, quantity)
            and not is_bound(clause)
            and not (
                self.official and "/" in self.text[quantity.start : quantity.end + 2]
            )  # so much apiece: a rule
        ):
            return IndicatorKind.TARGET if aimed and not _PLANNED.search(clause) else IndicatorKind.ALLOCATION
        if self.normative:
            return None
        if "đồng" in quantity.unit and _DECIDED.search(lead):
            return IndicatorKind.ALLOCATION
        if aimed and "đồng" in quantity.unit and _COSTS.search(clause):
            return None  # "dự kiến tăng 45 tỷ đồng so với kinh phí hiện hành": neither aimed at nor given
        if aimed:
            return IndicatorKind.TARGET
        if self.official and is_land_given(clause, quantity) and not is_bound(clause):
            return IndicatorKind.ALLOCATION
        follows = listed and quantity.unit == "%"
        if (share or is_bound(clause) or follows) and aims(words[: quantity.start - sentence.start]):
            return IndicatorKind.TARGET
        ahead = (told or self.official) and looks_ahead(lead) and self._is_ahead(lead)
        if ahead and (share or is_bound(clause)):
            return IndicatorKind.TARGET
        if is_rated(clause, after, quantity) and (told or self.telling or looks_back(words)):
            return IndicatorKind.RESULT
        onward = last is not None and continues(self.text, self.places.mentions, last[0], quantity)
        if last is not None and onward and not is_reached(clause, quantity, told=False):
            return last[1]
        if share or is_reached(clause, quantity, told=told) or (told and is_sized(quantity.unit)):
            if ahead:
                return IndicatorKind.TARGET
            back = (
                told
                or self.telling
                or looks_back(words)
                or self._is_past(lead)
                or (not self.official and dated and not share)
            )
            wanted = is_bound(clause) or (self.official and is_wanted(clause))
            return IndicatorKind.RESULT if back and not wanted else None
        return last[1] if last is not None and onward else None

    def _part(self, sentence: Span, quantity: Quantity) -> Span:
        """The part of the sentence that speaks of the quantity: what is said of the whole is not said of it."""
        cuts = [m.start() for m in _PARTS.finditer(self.text, sentence.start, sentence.end)]
        return Span(
            max((cut for cut in cuts if cut <= quantity.start), default=sentence.start),
            min((cut for cut in cuts if cut >= quantity.end), default=sentence.end),
        )

    def _is_ahead(self, lead: str) -> bool:
        """Whether the words name a year after the document's; of a page without a date, a year to be reached."""
        times = find_stated_times(lead, 0, len(lead), year=None)
        if self.year is None:
            return any(time.until and len(time.label) == 4 for time in times) and not looks_back(lead)
        return any(time.last_year > self.year for time in times)

    def _is_past(self, lead: str) -> bool:
        """Whether the words name a time before the document's year, and none after it."""
        times = find_stated_times(lead, 0, len(lead), year=None)
        years = [time.last_year for time in times]
        return self.year is not None and bool(years) and max(years) < self.year

    def _carry(self, carried: _Carried, sentence: Span, times: tuple[StatedTime, ...]) -> _Carried:
        """What the next sentence may still speak of: the last time, and the place the sentence begins with."""
        told = [time for time in times if not is_yardstick(self.text, time)]
        ends = [time for time in told if time.until]
        spans = [time for time in told if len(time.label) != len("2025-01-01")]  # a day is of its own event
        period = (ends or spans)[-1].label if ends or spans else None
        opening = [
            p
            for p in self.places.mentions
            if sentence.start <= p.start <= sentence.start + 60
            and p.end <= sentence.end
            and not _DATE_LINE.match(self.text, p.end)
        ]
        place = self.places.unit(opening[0]) if opening else None
        return replace(carried, period=period or carried.period, place=place or carried.place)


# Criteria are counted where a set of them is described.
_SETS = frozenset({"tiêu chí", "chỉ tiêu"})
_UNDER = re.compile(r"(?<!\w)dưới\s*\Z", re.IGNORECASE)
_DECIDED = re.compile(r"(?<!\w)quyết nghị(?!\w)(?!.*(?:thực hiện|ước)\s)", re.IGNORECASE)
_COSTS = re.compile(r"(?<!\w)kinh phí(?!\w)", re.IGNORECASE)
# A planned sum is given, not aimed at.
_PLANNED = re.compile(r"(?<!\w)(?:dự kiến|kế hoạch|nhu cầu)(?!\w)", re.IGNORECASE)
_YEARS = re.compile(r"(?<=năm )20\d\d(?!\w)")
_RULES = re.compile(r"Nghị định|Thông tư|Luật|Pháp lệnh|quy định")
_DATE_LINE = re.compile(r",?\s+ngày")
_BUDGET_TEXT = re.compile(
    r"(?:thông qua|giao|phân bổ|quyết định|về)(?:\s+\S+){0,3}?\s+dự toán", re.IGNORECASE
)
_BROKEN = re.compile(r"(?:\s(?:đạt|khoảng|trên|hơn|gần|là|tăng|giảm|chiếm)|[≥>])\Z")


def _span_of(kind: IndicatorKind, carried: _Carried) -> str | None:
    """The time carried on; a span of years told before is that of a programme, no result is of all of it."""
    spans = len(carried.period or "") == len("2021-2025")
    return None if spans and kind is IndicatorKind.RESULT else carried.period


def _only_year(text: str) -> int | None:
    """The year of a page without a date, where its text names only one."""
    years = {int(year) for year in _YEARS.findall(text)}
    return years.pop() if len(years) == 1 else None


def find_indicators(document: Document) -> tuple[Indicator, ...]:
    """The indicators of a document in order of appearance."""
    return tuple(sorted(_Reading(document).read(), key=lambda indicator: indicator.value_start))
