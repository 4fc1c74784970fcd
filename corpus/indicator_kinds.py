"""What a quantity is in its sentence: aimed at, reached, given, or none of these.

What a page may tell at all depends on what kind of text it is (`Genre`): norms tell only what is given, a report and the
press of a province tell what was reached, other documents order and plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.indicator_cues import (
    ADMINISTRATIVE,
    IndicatorKind,
    aims,
    is_bound,
    is_count,
    is_cut,
    is_denied,
    is_equal_to,
    is_event,
    is_first_of_pair,
    is_got,
    is_left_after,
    is_limit,
    is_norm,
    is_ranked,
    is_rated,
    is_reached,
    is_reckoned,
    is_served,
    is_share,
    is_size,
    is_sized,
    is_state,
    is_unit_list,
    is_wanted,
    is_whole,
    looks_ahead,
    looks_back,
)
from corpus.indicator_judge import load_judge
from corpus.indicator_lists import continues
from corpus.indicator_money import (
    is_budgeted,
    is_capped,
    is_dearer,
    is_given,
    is_handed_down,
    is_land_given,
    is_of_planned,
    is_planned_whole,
    is_sum,
)
from corpus.indicator_sections import Section
from corpus.indicator_signs import read_signs
from corpus.models import Document, DocumentKind
from corpus.norms import has_normative_type, lays_down_norms
from corpus.places import PlaceMention
from corpus.quantities import Quantity
from corpus.sentences import Span
from corpus.stated_times import find_stated_times

_PARTS = re.compile(r";|,\s+trong\s+đó")
# Criteria are counted where a set of them is described.
_SETS = frozenset({"tiêu chí", "chỉ tiêu"})
_ASIDE = re.compile(r"\s*\([^()]*\)\s*")  # "(tại Quyết định số …)" parts no sum from what it is for
_UNDER = re.compile(r"(?<!\w)dưới\s*\Z", re.IGNORECASE)
_LOWERED = re.compile(
    r"(?<!\w)(?:giảm|còn|xuống|duy trì|đạt|khống chế|t[ỷỉ] (?:lệ|số|suất))(?!\w)", re.IGNORECASE
)
_WILL = re.compile(r"(?<!\w)sẽ\s+(?!có|là|được|bị|gồm)[^;]*\Z", re.IGNORECASE)
_DECIDED = re.compile(r"(?<!\w)quyết nghị(?!\w)(?!.*(?:thực hiện|ước)\s)", re.IGNORECASE)
_COSTS = re.compile(r"(?<!\w)kinh phí(?!\w)", re.IGNORECASE)
# A planned sum is given, not aimed at.
_PLANNED = re.compile(r"(?<!\w)(?:dự kiến|kế hoạch|nhu cầu)(?!\w)", re.IGNORECASE)
# "giảm 30% thời gian …, ít nhất 30% chi phí …"
_BESIDE = re.compile(r"[^,;.:()]{3,90},(?:\s+(?:và|ít nhất|tối thiểu|trên))*\s*", re.IGNORECASE)
_DUE = re.compile(r"\s*(?:vào|trong)?\s*năm\s+(?P<year>20\d\d)(?!\w)", re.IGNORECASE)
_YEARS = re.compile(r"(?<=năm )20\d\d(?!\w)")
_RULES = re.compile(r"Nghị định|Thông tư|Luật|Pháp lệnh|quy định")
_REPORT = re.compile(r"(?:báo cáo|kết quả|tình hình|sơ kết|tổng kết)(?!\w)", re.IGNORECASE)
_BUDGET_TEXT = re.compile(
    r"(?:thông qua|giao|phân bổ|quyết định|về)(?:\s+\S+){0,3}?\s+dự toán", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Genre:
    """What kind of text a page is, as far as its quantities hang on it."""

    official: bool  # a document, or news that gives one in full
    normative: bool  # there only posts, plans and money said to be given are indicators
    tables: bool  # its tables may hold indicators
    report: bool  # tells what was reached, unless a part of it says otherwise
    told: bool  # the press of a place, or of no rules
    budget: bool  # about a public budget
    home: str | None  # the province of the issuer or paper
    year: int | None
    day: str | None  # ISO 8601


def read_genre(document: Document) -> Genre:
    """What kind of text a document is."""
    facts = document.facts
    stated = facts.issued_on.value if facts.issued_on else document.published_at
    day = stated[:10] if stated else None
    home = facts.province.value if facts.province else None
    official = facts.kind is not DocumentKind.NEWS
    normative = official and lays_down_norms(document)
    opening = document.title + document.text[:600]
    kind = facts.type.value if facts.type else ""
    return Genre(
        official=official,
        normative=normative,
        tables=official and not has_normative_type(document),
        report=official
        and not normative
        and (kind == "Báo cáo" or _REPORT.match(document.title.strip()) is not None),
        # The press of a province tells of its life, other pages tell of rules.
        told=not official and (home is not None or _RULES.search(opening) is None),
        budget=_BUDGET_TEXT.search(opening) is not None,
        home=home,
        year=int(day[:4]) if day else _only_year(document.text),
        day=day,
    )


def _only_year(text: str) -> int | None:
    """The year of a page without a date, where its text names only one."""
    years = {int(year) for year in _YEARS.findall(text)}
    return years.pop() if len(years) == 1 else None


Judged = tuple[Quantity, IndicatorKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a sentence."""

    section: Section
    telling: bool  # its line has told of something reached
    before: Judged | None  # the last one of the sentence before, whose parts this one names ("Trong đó: …")
    dated: bool  # a time is stated in the sentence or before it


class KindReader:
    """Judges the quantities of one text."""

    def __init__(self, text: str, genre: Genre, places: Sequence[PlaceMention]) -> None:
        self.text = text
        self.genre = genre
        self.places = places

    def judge(
        self, sentence: Span, quantity: Quantity, last: Judged | None, around: Around
    ) -> IndicatorKind | None:
        """The kind of a quantity, None where it is no indicator; `last` is the one judged before it in the sentence."""
        return self.by_rule(sentence, quantity, last, around) or self.by_signs(
            sentence, quantity, last, around
        )

    def by_signs(
        self, sentence: Span, quantity: Quantity, last: Judged | None, around: Around
    ) -> IndicatorKind | None:
        """The kind that the learned judge is sure of."""
        if not self.may_learn(sentence, quantity):
            return None
        return load_judge().judge(self.signs(sentence, quantity, last, around))

    def may_learn(self, sentence: Span, quantity: Quantity) -> bool:
        """Whether the learned judge is asked: norms are left to the rules, cells of tables to their readers.

        It has seen too few sizes of single things and differences of costs to be asked about them.
        """
        lead = self.text[sentence.start : quantity.start]
        alone = quantity.end - quantity.start == sentence.end - sentence.start
        return not (self.genre.normative or alone or self._is_void(sentence, quantity)) and not (
            is_size(lead) or is_dearer(lead, quantity)
        )

    def _is_void(self, sentence: Span, quantity: Quantity) -> bool:
        lead = self.text[sentence.start : quantity.start]
        return is_denied(lead) or is_reckoned(self.text[sentence.start : sentence.end])

    def signs(self, sentence: Span, quantity: Quantity, last: Judged | None, around: Around) -> set[str]:
        """The signs of a quantity in its surroundings."""
        return read_signs(self.text, sentence, quantity, last) | self._setting(around)

    def _setting(self, around: Around) -> set[str]:
        genre = self.genre
        held = {
            "official": genre.official,
            "report": genre.report,
            "press of a place": genre.told,
            "budget": genre.budget,
            "home": genre.home is not None,
            "year": genre.year is not None,
            "section of aims": around.section.target,
            "section of results": around.section.told,
            "telling": around.telling,
            "dated": around.dated,
        }
        return {name for name, holds in held.items() if holds}

    def by_rule(
        self, sentence: Span, quantity: Quantity, last: Judged | None, around: Around
    ) -> IndicatorKind | None:
        """The kind that the words of the clause state outright."""
        if self._is_void(sentence, quantity):
            return None
        genre, section = self.genre, around.section
        lead = self.text[max(sentence.start, quantity.start - 260) : quantity.start]
        after = self.text[quantity.end : min(sentence.end, quantity.end + 90)]
        words = self.text[sentence.start : sentence.end]
        between = self.text[last[0].end : quantity.start] if last else ""
        part = self._part(sentence, quantity)
        clause = _ASIDE.sub(" ", lead[lead.rfind(";") + 1 :])
        listed = last is not None and last[1] is IndicatorKind.TARGET  # in one sentence with an aim
        planned = not genre.normative and (section.target or listed or aims(clause))
        reporting = genre.report and not section.target and not aims(clause)
        if is_capped(lead, quantity):
            return IndicatorKind.ALLOCATION if is_planned_whole(clause, quantity) else None
        if is_of_planned(after, quantity):
            return None if genre.normative else IndicatorKind.RESULT
        if is_handed_down(clause, quantity):
            return IndicatorKind.ALLOCATION
        if (
            around.before is not None
            and quantity.unit == around.before[0].unit
            and not is_reached(clause, quantity, told=False)
        ):
            return around.before[1]
        if genre.budget and is_budgeted(lead, quantity):
            return IndicatorKind.ALLOCATION
        if not is_limit(self.text, quantity):
            if last and is_unit_list(between, last[0].unit, quantity.unit):
                return last[1]
            if is_state(clause, quantity) or is_left_after(lead, quantity):
                return IndicatorKind.RESULT
            if not (genre.normative or section.target) and is_count(clause, words, quantity):
                return IndicatorKind.RESULT
        said = self.text[part.start : part.end]
        ordered = (
            genre.official
            and not genre.normative
            and (is_whole(lead, after, quantity) or is_cut(clause, after, quantity))
        )
        if is_ranked(lead):
            return None
        if is_norm(
            said,
            aimed=planned or reporting or ordered,
            share=quantity.is_percent or reporting,
        ) and not (is_given(clause, quantity) and is_sum(said, quantity)):
            return None
        if not genre.official and is_event(words, lead):
            return None
        # What a page that is of no province tells without any time is no news of it: geography, how things are
        told = reporting or (
            ((genre.told and (genre.home is not None or around.dated or looks_back(words))) or section.told)
            and not is_event(words, lead)
        )
        share = is_share(after, quantity)
        aimed = aims(clause) or (
            section.target
            and not around.telling
            and not looks_back(clause)
            and (share or not _UNDER.search(clause) or _LOWERED.search(clause) is not None)
        )
        if last is not None and is_equal_to(between):
            return last[1]
        if quantity.unit in _SETS and quantity.of is None and not is_reached(clause, quantity, told=False):
            return None
        if (
            is_given(clause, quantity)
            and not is_bound(clause)
            and not (
                genre.official and "/" in self.text[quantity.start : quantity.end + 2]
            )  # so much apiece: a rule
        ):
            return IndicatorKind.TARGET if aimed and not _PLANNED.search(clause) else IndicatorKind.ALLOCATION
        if genre.normative:
            return None
        if "đồng" in quantity.unit and _DECIDED.search(lead):
            return IndicatorKind.ALLOCATION
        if aimed and "đồng" in quantity.unit and _COSTS.search(clause):
            return None  # "dự kiến tăng 45 tỷ đồng so với kinh phí hiện hành": neither aimed at nor given
        if aimed:
            # "giảm từ 23 xuống 18 ca": what it is to fall from has been reached
            return IndicatorKind.RESULT if is_first_of_pair(clause, after) else IndicatorKind.TARGET
        if genre.official and is_land_given(clause, quantity) and not is_bound(clause):
            return IndicatorKind.ALLOCATION
        if ordered and not told:
            reached = around.telling or looks_back(clause)
            return IndicatorKind.RESULT if reached else IndicatorKind.TARGET
        follows = listed and quantity.is_percent
        if follows and last is not None and last[0].is_percent and _BESIDE.fullmatch(between):
            return IndicatorKind.TARGET
        if (share or is_bound(clause) or follows) and aims(words[: quantity.start - sentence.start]):
            return IndicatorKind.TARGET
        ahead = (told or genre.official) and (self._is_ahead(lead) or self._is_due(sentence, quantity))
        will = (
            genre.official
            and quantity.unit not in ADMINISTRATIVE
            and _WILL.search(clause) is not None
            and is_reached(clause, quantity, told=True)
        )
        if will or (ahead and (share or is_bound(clause))):
            return IndicatorKind.TARGET
        if is_rated(clause, after, quantity) and (told or around.telling or looks_back(words)):
            return IndicatorKind.RESULT
        if (is_served(clause, quantity) or is_got(clause, quantity) or is_first_of_pair(clause, after)) and (
            told or around.telling or looks_back(lead)
        ):
            return IndicatorKind.RESULT
        onward = last is not None and continues(self.text, self.places, last[0], quantity)
        if last is not None and onward and not is_reached(clause, quantity, told=False):
            return last[1]
        if share or is_reached(clause, quantity, told=told) or (told and is_sized(quantity.unit)):
            if ahead:
                return IndicatorKind.TARGET
            back = (
                told
                or around.telling
                or looks_back(words)
                or self._is_past(lead)
                or (not genre.official and around.dated and not share)
            )
            wanted = is_bound(clause) or (genre.official and not reporting and is_wanted(clause))
            return IndicatorKind.RESULT if back and not wanted else None
        if last is not None and onward:
            return last[1]
        return IndicatorKind.RESULT if reporting and not is_bound(clause) else None

    def _part(self, sentence: Span, quantity: Quantity) -> Span:
        """The part of the sentence that speaks of the quantity: what is said of the whole is not said of it."""
        cuts = [m.start() for m in _PARTS.finditer(self.text, sentence.start, sentence.end)]
        return Span(
            max((cut for cut in cuts if cut <= quantity.start), default=sentence.start),
            min((cut for cut in cuts if cut >= quantity.end), default=sentence.end),
        )

    def _is_ahead(self, lead: str) -> bool:
        """Whether the words speak of a time after the document's; of a page without a date, of a year to be reached."""
        times = find_stated_times(lead, 0, len(lead), year=None)
        if self.genre.day is not None:
            # "Chậm nhất ngày 31/12/2025" in a document of May: a day ahead
            due = any(
                time.until and time.label[:10] > self.genre.day and len(time.label) >= 7 for time in times
            )
            later = any(time.last_year > int(self.genre.day[:4]) for time in times)
            return due or (later and (looks_ahead(lead) or not looks_back(lead)))
        if not looks_ahead(lead):
            return False
        if self.genre.year is None:
            return any(time.until and len(time.label) == 4 for time in times) and not looks_back(lead)
        return any(time.last_year > self.genre.year for time in times)

    def _is_due(self, sentence: Span, quantity: Quantity) -> bool:
        """Whether a year after the document's stands right behind the quantity: "lên 70% năm 2025"."""
        found = _DUE.match(self.text, quantity.end, sentence.end)
        return found is not None and self.genre.year is not None and int(found["year"]) > self.genre.year

    def _is_past(self, lead: str) -> bool:
        """Whether the words name a time before the document's year, and none after it."""
        times = find_stated_times(lead, 0, len(lead), year=None)
        years = [time.last_year for time in times]
        return self.genre.year is not None and bool(years) and max(years) < self.genre.year
