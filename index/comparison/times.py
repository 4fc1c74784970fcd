"""The time that quoted words speak of: what they say themselves, else the title, else the day of the document.

Days of documents that the words only name ("Nghị quyết số … ngày 15/7/2021", "Luật Đất đai năm 2024") and of feasts
("kỷ niệm 80 năm … (06/01/1946 – 06/01/2026)") are no time that they speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from corpus.models import Document
from corpus.references import find_references
from index.comparison.models import Clock, Span, Time
from index.periods import find_periods
from index.query_models import PeriodKind

_LAW = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)[^.;:\n]{0,90}?(?:năm|ngày)\s+[\d/.]*\d{4}")
_ISSUED = re.compile(r"(?:số|Số)\s+\S+\s+ngày\s+\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}\s*(?:[/.-]|năm)\s*\d{4}")
# "kỷ niệm 80 năm ngày … (06/01/1946 – 06/01/2026)": days of a feast.
_FEAST = re.compile(
    r"[Kk][ỷỉ] niệm[^.;:\n]{0,160}?\(\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*[-–]\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\s*\)"
)
_TODAY = date(2000, 1, 1)  # two days on which words like "năm nay" mean different years
_OTHER_DAY = date(2002, 8, 15)
_SHARE = 0.5  # of a span: what must lie in a period for words about the span to speak of the period
_EVER = (date(1945, 9, 2), date(2100, 12, 31))  # what an open end is measured by


def time_of(document: Document, start: int, end: int) -> Time:
    """The time that `document.text[start:end]` speaks of."""
    day = day_of(document)
    if spans := _spans_in(document, start, end, day):
        return Time(spans=spans, clock=Clock.QUOTE)
    if spans := _spans_of_title(document.title):
        return Time(spans=spans, clock=Clock.TITLE)
    if day is not None:
        return Time(spans=(Span(first=day, last=day),), clock=Clock.DAY)
    named = _spans_in(document, 0, len(document.text), None)
    years = sorted({day.year for span in named for day in (span.first, span.last) if day is not None})
    return Time(spans=(), clock=Clock.UNKNOWN, years=tuple(years))


def day_of(document: Document) -> date | None:
    """The day of issue, of a page that reports of publication; None where it is not known."""
    issued = document.facts.issued_on
    return read_day(issued.value if issued is not None else (document.published_at or "")[:10])


def read_day(stated: str | None) -> date | None:
    """A whole day in ISO 8601; None for anything else."""
    try:
        return date.fromisoformat(stated) if stated else None
    except ValueError:
        return None


def read_span(text: str, today: date) -> Span | None:
    """The one period that a theme, or the value of an option, names ("2016-2020", "năm 2021"); None for none or several."""
    found = find_periods(text, today=today)
    return Span(first=found[0].first, last=found[0].last) if len(found) == 1 else None


def split_period(theme: str, today: date) -> tuple[str, Span | None]:
    """(the theme without the one period that it names, that period); the theme as it is where it names none or several."""
    found = find_periods(theme, today=today)
    if len(found) != 1:
        return theme, None
    rest = f"{theme[: found[0].start]} {theme[found[0].end :]}"
    return " ".join(rest.split()), Span(first=found[0].first, last=found[0].last)


def is_within(time: Time, period: Span) -> bool:
    """Whether words speak of a period."""
    return any(lies_in(span, period) for span in time.spans)


def lies_in(span: Span, period: Span) -> bool:
    """Whether at least half of a span lies in a period: "năm 2018" in 2016–2020, 2018–2020 not in "năm 2019"."""
    first, last = span.first or _EVER[0], span.last or _EVER[1]
    shared = min(last, period.last or _EVER[1]) - max(first, period.first or _EVER[0]) + timedelta(days=1)
    return shared > timedelta() and shared >= _SHARE * (last - first + timedelta(days=1))


def _spans_in(document: Document, start: int, end: int, day: date | None) -> tuple[Span, ...]:
    named = ((r.start - start, r.end - start) for r in document.references if r.start < end and start < r.end)
    return _read_spans(document.text[start:end], named, day)


def _spans_of_title(title: str) -> tuple[Span, ...]:
    named = ((r.start, r.end) for r in find_references(title))
    return _read_spans(title, named, None, kinds=(PeriodKind.PROGRAMME, PeriodKind.YEAR))


def _read_spans(
    text: str,
    named: Iterable[tuple[int, int]],
    day: date | None,
    kinds: tuple[PeriodKind, ...] = tuple(PeriodKind),
) -> tuple[Span, ...]:
    laws = (match.span() for pattern in (_LAW, _ISSUED, _FEAST) for match in pattern.finditer(text))
    for start, end in (*named, *laws):
        start, end = max(start, 0), min(end, len(text))
        text = f"{text[:start]}{'·' * (end - start)}{text[end:]}"
    found = find_periods(text, today=day or _TODAY)
    if day is None:  # without a day nothing tells which year "năm nay" is
        firm = {(p.start, p.first, p.last) for p in find_periods(text, today=_OTHER_DAY)}
        found = tuple(p for p in found if (p.start, p.first, p.last) in firm)
    spans = (Span(first=p.first, last=p.last) for p in found if p.kind in kinds)
    return tuple(dict.fromkeys(spans))
