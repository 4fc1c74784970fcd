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
    goes_on,
    is_bound,
    is_counted,
    is_event,
    is_given,
    is_land_given,
    is_norm,
    is_part,
    is_ranked,
    is_reached,
    is_share,
    is_sized,
    is_state,
    looks_ahead,
    looks_back,
)
from corpus.indicator_tables import Cell, find_cells
from corpus.lines import TextLine, split_lines
from corpus.models import Document, DocumentKind
from corpus.places import PlaceLevel, PlaceMention, find_places
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


# Types whose text is norms; there only posts, plans and money said to be given are indicators.
_NORMATIVE = frozenset(
    {
        "Luật",
        "Bộ luật",
        "Pháp lệnh",
        "Nghị định",
        "Thông tư",
        "Thông tư liên tịch",
        "Quy định",
        "Quy chế",
        "Hướng dẫn",
    }
    | {"Văn bản hợp nhất", "Điều lệ", "Quy chuẩn", "Tiêu chuẩn"}
)
_PROGRAMME = re.compile(
    r"nông thôn mới|giảm nghèo bền vững|chuyển đổi số|xóa nhà tạm|OCOP|cánh đồng lớn|đầu tư công|dân tộc thiểu số và miền núi"
    r"|sắp xếp đơn vị hành chính|cải cách hành chính",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<roman>[IVX]{1,5}[.)]|Phần|Chương)|(?P<dieu>Điều\s+\d)|(?P<deep>\d{1,2}\.\d{1,2})|(?P<arabic>\d{1,2}[.)])"
    r"|(?P<letter>[a-zđ]\))|(?P<dash>[-–+•*])"
)
_RANKS = {"roman": 1, "dieu": 2, "arabic": 3, "deep": 4, "letter": 5, "dash": 6}
_NO_LABEL = 7
_NOW = re.compile(r"(?<!\w)(?:đến\s+nay|hiện\s+nay|hiện\s+có|hiện)(?!\w)", re.IGNORECASE)
_BOUNDARY = re.compile(r"[,;:()]\s|\n")
_PARTS = re.compile(r";|,\s+trong\s+đó")
# ", Phù Mỹ 23,54%": a name of a list that has its level word no more.
_NAMED = re.compile(r"\s*(?:,|và)\s+(?P<name>[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ]\w*(?:\s[A-ZĐÂĂÊÔƠƯÁÀẢÃẠ]\w*){0,3})\s+")
# The year of a plan that something is measured by is not the time at which it is measured.
_MEASURED_BY = re.compile(
    r"(?:kế hoạch|dự toán|chỉ tiêu|so với|cùng kỳ|mức)(?:\s+[^\s,;.]+){0,4}\s*\Z", re.IGNORECASE
)
_ALL_COUNTRY = re.compile(r"(?<!\w)(?:cả nước|toàn quốc)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Section:
    """What a heading or opening line says of all that stands under it."""

    rank: int = 99
    target: bool = False
    period: str | None = None


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
        self.normative = self.official and _is_normative(facts.type.value if facts.type else document.title)
        # The press of a province tells of its life, other pages tell of rules.
        self.told = not self.official and (
            self.home is not None or _RULES.search(document.title + document.text[:600]) is None
        )
        self.places = find_places(document.text)
        self.cited = [(reference.start, reference.end) for reference in document.references]

    def read(self) -> Iterator[Indicator]:
        section, carried = _Section(), _Carried()
        lines = split_lines(self.text)
        if self.official and not self.normative:
            yield from map(self._read_cell, find_cells(lines))
        for line in lines:
            section = self._enter(section, line)
            if self.official:
                # What a paragraph of a document does not say itself, its heading says
                carried = _Carried()
            for sentence in find_sentences(self.text, line.start, line.end):
                times = self._times(sentence)
                found = list(self._read_sentence(sentence, times, section, carried))
                yield from found
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
            place=(cell.place, self.home) if self.home else (cell.place,),
            period=(spans or times)[-1] if times else None,
            kind=cell.kind,
            programme=programme[0].lower() if programme else None,
            start=cell.row.start,
            end=cell.row.end,
            value_start=cell.start,
            value_end=cell.end,
        )

    def _enter(self, section: _Section, line: TextLine) -> _Section:
        """The section that a line stands in, or opens."""
        label = _LABEL.match(line.text)
        rank = _RANKS[label.lastgroup or "dash"] if label else _NO_LABEL
        opens = line.text.endswith(":") or (len(line.text) <= 120 and line.text[-1] not in ".;,")
        above = section if rank > section.rank or (rank == _NO_LABEL and not opens) else _Section()
        if not opens or next(find_quantities(line.text), None) is not None:
            return above
        target = aims(line.text) and not is_norm(line.text)
        times = find_stated_times(line.text, 0, len(line.text), year=self.year)
        ahead = [
            time for time in times if time.until and self.year is not None and time.last_year > self.year
        ]
        if not target and not ahead:
            return above
        period = ahead[-1].label if ahead else above.period
        return _Section(
            min(rank, above.rank) if target else rank, target or above.target or bool(ahead), period
        )

    def _times(self, sentence: Span) -> tuple[StatedTime, ...]:
        times = find_stated_times(self.text, sentence.start, sentence.end, year=self.year)
        return tuple(
            time for time in times if not any(start <= time.start < end for start, end in self.cited)
        )

    def _read_sentence(
        self, sentence: Span, times: tuple[StatedTime, ...], section: _Section, carried: _Carried
    ) -> Iterator[Indicator]:
        words = self.text[sentence.start : sentence.end]
        last: Indicator | None = None
        for quantity in find_quantities(self.text, sentence.start, sentence.end):
            kind = self._kind_of(sentence, quantity, section, last)
            if kind is None:
                continue
            spans = self._measure(sentence, quantity)
            if not spans:
                continue
            programme = _PROGRAMME.search(words)
            last = Indicator(
                value=quantity.value,
                to=quantity.to,
                of=quantity.of,
                unit=quantity.unit,
                measure=" ".join(" ".join(self.text[s.start : s.end].split()) for s in spans),
                measure_spans=spans,
                place=self._place(sentence, quantity) or carried.place or self._home(),
                period=self._period(sentence, quantity, times) or section.period or carried.period,
                kind=kind,
                programme=programme[0].lower() if programme else None,
                start=sentence.start,
                end=sentence.end,
                value_start=quantity.start,
                value_end=quantity.end,
            )
            yield last

    def _kind_of(
        self, sentence: Span, quantity: Quantity, section: _Section, last: Indicator | None
    ) -> IndicatorKind | None:
        lead = self.text[max(sentence.start, quantity.start - 260) : quantity.start]
        part = self._part(sentence, quantity)
        if "=" in lead or is_ranked(lead) or is_norm(self.text[part.start : part.end]):
            return None
        clause = lead[lead.rfind(";") + 1 :]
        words = self.text[sentence.start : sentence.end]
        told = self.told and not is_event(words, lead)
        aimed = aims(clause) or (section.target and not looks_back(clause) and not _UNDER.search(clause))
        if is_state(clause, quantity):
            return IndicatorKind.RESULT
        if (
            is_given(clause, quantity)
            and not is_bound(clause)
            and not (self.official and "/" in quantity.unit)
        ):
            return IndicatorKind.TARGET if aimed and not _PLANNED.search(clause) else IndicatorKind.ALLOCATION
        if self.normative:
            return None
        if aimed:
            return IndicatorKind.TARGET
        if self.official and is_land_given(clause, quantity) and not is_bound(clause):
            return IndicatorKind.ALLOCATION
        after = self.text[quantity.end : min(sentence.end, quantity.end + 90)]
        share = is_share(after, quantity)
        if share and aims(words[: quantity.start - sentence.start]):
            return IndicatorKind.TARGET
        ahead = looks_ahead(lead) and self._is_ahead(lead)
        if ahead and (share or is_bound(clause)):
            return IndicatorKind.TARGET
        if share or is_reached(clause, quantity, told=told) or (told and is_sized(quantity.unit)):
            if ahead:
                return IndicatorKind.TARGET
            back = told or looks_back(words) or (not self.official and not share)
            return IndicatorKind.RESULT if back and not is_bound(clause) else None
        if last is not None and self._continues(last, quantity):
            return last.kind
        return None

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

    def _continues(self, last: Indicator, quantity: Quantity) -> bool:
        """Whether the quantity goes on where the last one stopped: "…, huyện Vĩnh Thạnh 24,59%"."""
        between = self.text[last.value_end : quantity.start]
        if goes_on(between):
            both_counted = is_counted(quantity.unit) and is_counted(last.unit)
            return "đồng" in quantity.unit or quantity.unit == last.unit or both_counted
        if is_part(between):
            return quantity.unit.startswith(last.unit) or "đồng/" in quantity.unit
        if quantity.unit == last.unit and _NAMED.fullmatch(between):
            return True
        for place in self.places:
            if last.value_end <= place.start and place.end <= quantity.start:
                before = self.text[last.value_end : place.start]
                after = self.text[place.end : quantity.start]
                if quantity.unit == last.unit and goes_on(before) and goes_on(after):
                    return True
        return False

    def _measure(self, sentence: Span, quantity: Quantity) -> tuple[Span, ...]:
        """The words before the number up to the last comma, and the words after its unit up to the next."""
        left = max(
            (m.end() for m in _BOUNDARY.finditer(self.text, sentence.start, quantity.start)),
            default=sentence.start,
        )
        after = _BOUNDARY.search(self.text, quantity.end, sentence.end)
        right = after.start() if after else sentence.end
        spans = (
            _trim(self.text, left, quantity.start),
            _trim(self.text, quantity.end, min(right, quantity.end + 120)),
        )
        return tuple(span for span in spans if span is not None)

    def _period(self, sentence: Span, quantity: Quantity, times: tuple[StatedTime, ...]) -> str | None:
        """The time that is said to be an end, else the nearest one before the number, else the first after it."""
        times = tuple(time for time in times if self._tells(time, quantity))
        before = [time for time in times if time.end <= quantity.start]
        ends = [time for time in before if time.until]
        if ends or before:
            return (ends or before)[-1].label
        if self.day is not None and _NOW.search(self.text, sentence.start, quantity.start):
            return self.day
        return times[0].label if times and times[0].start - quantity.end < 60 else None

    def _tells(self, time: StatedTime, quantity: Quantity) -> bool:
        """Whether a time is said of the quantity: not the year of a plan, nor one in brackets of their own."""
        if _MEASURED_BY.search(self.text, max(0, time.start - 40), time.start):
            return False
        if time.end > quantity.start:
            return True
        return ")" not in self.text[time.end : quantity.start] or "(" in self.text[time.end : quantity.start]

    def _place(self, sentence: Span, quantity: Quantity) -> tuple[str, ...] | None:
        named = _NAMED.search(self.text, max(sentence.start, quantity.start - 40), quantity.start)
        if named is not None and named.end() == quantity.start:
            return self._listed(named["name"])
        if of := _OF.match(self.text, quantity.end):
            owner = next((p for p in self.places if p.start == of.end()), None)
            if owner is not None:
                return self._unit(owner)
        inside = [p for p in self.places if sentence.start <= p.start and p.end <= sentence.end]
        before = [place for place in inside if place.end <= quantity.start]
        if _ALL_COUNTRY.search(self.text, before[-1].end if before else sentence.start, quantity.start):
            return ("Việt Nam",)
        return self._unit(before[-1]) if before else None

    def _listed(self, name: str) -> tuple[str, ...] | None:
        """The district, or province, of a list whose level word stands before its first name only."""
        for level in ("huyện", "tỉnh"):
            found = find_places(f"{level} {name}")
            if len(found) == 1 and found[0].provinces and found[0].end == len(level) + 1 + len(name):
                return self._unit(found[0])
        return None

    def _unit(self, place: PlaceMention) -> tuple[str, ...] | None:
        """The unit with what it lies in, as far as the text and the home of the document decide it."""
        if place.level is PlaceLevel.PROVINCE:
            return (place.name,)
        if len(place.provinces) == 1:
            return (place.name, place.provinces[0])
        if place.provinces:
            return (place.name, self.home) if self.home in place.provinces else None
        following = [
            p for p in self.places if 0 <= p.start - place.end <= 12 and p.level is not PlaceLevel.COMMUNE
        ]
        above = self._unit(following[0]) if following else None
        if above is not None:
            return (place.name, *above)
        return (place.name, self.home) if self.home else None

    def _home(self) -> tuple[str, ...] | None:
        return (self.home,) if self.home else None

    def _carry(self, carried: _Carried, sentence: Span, times: tuple[StatedTime, ...]) -> _Carried:
        """What the next sentence may still speak of: the last time, and the place the sentence begins with."""
        told = [
            time for time in times if not _MEASURED_BY.search(self.text, max(0, time.start - 40), time.start)
        ]
        ends = [time for time in told if time.until]
        period = (ends or told)[-1].label if told else None
        opening = [
            p
            for p in self.places
            if sentence.start <= p.start <= sentence.start + 60
            and p.end <= sentence.end
            and not _DATE_LINE.match(self.text, p.end)
        ]
        place = self._unit(opening[0]) if opening else None
        return replace(carried, period=period or carried.period, place=place or carried.place)


_UNDER = re.compile(r"(?<!\w)dưới\s*\Z", re.IGNORECASE)
# A planned sum is given, not aimed at.
_PLANNED = re.compile(r"(?<!\w)(?:dự kiến|kế hoạch|nhu cầu)(?!\w)", re.IGNORECASE)
_NORMS_NAMED = re.compile(r"(?:Nghị định|Thông tư|Luật|Pháp lệnh|Quy chuẩn|Tiêu chuẩn)(?!\w)")
_YEARS = re.compile(r"(?<=năm )20\d\d(?!\w)")
_RULES = re.compile(r"Nghị định|Thông tư|Luật|Pháp lệnh|quy định")
_DATE_LINE = re.compile(r",?\s+ngày")
_OF = re.compile(r"[^,;.:()]{0,30}?\scủa\s+(?=\S)")
_EDGE = ' \t\n,;:.()“”"-–'


def _is_normative(named: str) -> bool:
    """Whether a type, or a title where the type is not known, is that of norms."""
    return named in _NORMATIVE or _NORMS_NAMED.search(named) is not None


def _only_year(text: str) -> int | None:
    """The year of a page without a date, where its text names only one."""
    years = {int(year) for year in _YEARS.findall(text)}
    return years.pop() if len(years) == 1 else None


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end) if start < end else None


def find_indicators(document: Document) -> tuple[Indicator, ...]:
    """The indicators of a document in order of appearance."""
    return tuple(sorted(_Reading(document).read(), key=lambda indicator: indicator.value_start))
