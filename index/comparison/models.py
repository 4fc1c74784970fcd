"""The types of a comparison of provinces. None is "not known", never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.gazetteer import PlaceLevel
from corpus.indicators import Indicator
from corpus.place_groups import Joining, ProvinceGroup
from index.models import Citation


class Told(StrEnum):
    """Whose words a cell quotes."""

    OWN = "văn bản của tỉnh"
    OWN_PAGE = "trang đưa tin về tỉnh"
    OTHER = "văn bản nơi khác nói tới tỉnh"
    OTHER_PAGE = "trang đưa tin nơi khác nói tới tỉnh"
    OWN_UNCLEAR = "trang chưa rõ loại của tỉnh"
    OTHER_UNCLEAR = "trang chưa rõ loại nói tới tỉnh"

    @property
    def elsewhere(self) -> bool:
        return self in (Told.OTHER, Told.OTHER_PAGE, Told.OTHER_UNCLEAR)


class Clock(StrEnum):
    """What tells the time that a cell speaks of, the most telling first."""

    QUOTE = "theo câu trích"
    TITLE = "theo tên văn bản"
    DAY = "theo ngày văn bản"
    UNKNOWN = "không rõ thời gian"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from `first` to `last`, both included; None is open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """The time that words speak of; no spans where it is not known."""

    spans: tuple[Span, ...]
    clock: Clock
    years: tuple[int, ...] = ()  # where it is not known: years that the page names elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Words of one document on the theme: one quotation, or the line that opens a list and an item of it."""

    citations: tuple[Citation, ...]  # in the order of the text, each through the gate
    told: Told
    source: ProvinceGroup  # the province of the document, as of its day
    places: tuple[str, ...]  # that the words name, with their area; empty: none
    part: PlaceLevel | None  # it speaks of a district or a commune alone, not of the province
    time: Time
    type: str | None  # "Nghị quyết"; None of a page, or where it is not known
    dated: str | None  # ISO 8601: of issue, of a page of publication
    confidence: float  # 0–1: how sure the reader is that it answers
    figures: tuple[Indicator, ...] = ()  # read in the quotation; none read does not mean that it has none

    @property
    def document_id(self) -> str:
        return self.citations[0].document_id


class Seen(StrEnum):
    """What the collection shows of a row. No value says that there is nothing."""

    FOUND = "đã thấy"
    NOT_SEEN = "không thấy trong kho"
    NOT_OF_PERIOD = "kho không có văn bản của thời kỳ này"
    NO_DATA = "không có dữ liệu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What is held of a row: the denominator of what was seen. Copies of one text count once."""

    held: int  # documents of the period
    years: tuple[tuple[str, int], ...]  # (year, how many of them), ascending
    undated: int  # documents that may be of the period or not
    ever: int  # documents of any time up to the day asked for
    pages: int  # that report on the province, of any time or none
    missing: int  # numbers of its series in the years of the period that must exist and are not held
    of: tuple[
        tuple[str, int], ...
    ] = ()  # where its documents are of other areas than it: (label, documents and pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A province that stands for one area, or what was joined to one, with what was found."""

    group: ProvinceGroup
    seen: Seen
    cells: tuple[Cell, ...]  # best first
    holding: Holding
    other_time: int = 0  # findings that speak of another time than the one asked for
    no_time: int = 0  # findings of which the time is not known, left out for that


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A theme or question over provinces, in the order in which they were asked for."""

    theme: str
    joining: Joining
    period: Span | None
    as_of: str  # ISO 8601
    rows: tuple[Row, ...]
    warnings: tuple[str, ...] = ()  # Vietnamese: times and areas that must not be taken for one
    notes: tuple[str, ...] = ()  # Vietnamese: what the collection cannot show
    beside: tuple[str, ...] = ()  # districts and communes that the theme names: a row is always a province
    dropped: int = 0  # findings that the gate did not let out
