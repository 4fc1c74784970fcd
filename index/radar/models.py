"""The types of the implementation radar. None is "not stated", never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.effect import Effect
from corpus.models import Level, Relation
from index.answering.chain_models import Bearer
from index.models import Citation


class Shown(StrEnum):
    """What shows that a document implements another, the strongest first."""

    ITSELF = "chính văn bản"
    OTHER = "văn bản khác nhắc tới"
    PAGE = "trang đưa tin"  # it reports, and is no document


class Timing(StrEnum):
    """How a document stands to the day on which what it implements ended."""

    BEFORE = "ban hành trước ngày văn bản gốc hết hiệu lực"
    AFTER = "ban hành sau ngày văn bản gốc hết hiệu lực mà vẫn dẫn"
    UNKNOWN = "không rõ trước hay sau ngày văn bản gốc hết hiệu lực"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """That the document asked for was replaced, repealed or has run out, with the words that say it."""

    effect: Effect
    by: str | None  # the number of the act that did it; None: its own last day
    day: str | None  # ISO 8601: the first day on which it was over
    issued: bool  # `day` is only that of the issue of the act that did it: when that began is not known
    wording: str
    citation: Citation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Implementation:
    """One document that implements the one asked for."""

    symbol: str
    type: str | None
    title: str | None
    issuer: str | None
    level: Level | None
    province: str | None  # as of the document
    issued_on: str | None  # ISO 8601
    days: int | None  # from the issue of the document asked for; None where a day is not known
    held: tuple[str, ...]  # ids; empty: only mentioned
    relation: Relation  # IMPLEMENTS, GUIDES or BASED_ON
    via: str | None  # the document between, that it implements; None: it names the one asked for
    shown: Shown
    citation: Citation  # the words
    timing: Timing | None  # None: nothing shows that the one asked for has ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A page or a document that speaks of implementing and is not what implements; it is counted nowhere."""

    said_on: str | None  # ISO 8601: of issue, of a page that reports of publication
    province: str | None  # of the document, or that the page is about
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A statement that was read and not believed, and why (Vietnamese)."""

    symbol: str
    document_id: str  # the page that says it
    reason: str


class Seen(StrEnum):
    """What the collection shows of a province or a body. No value says that nothing was issued."""

    ISSUED = "đã thấy văn bản"
    BELOW = "chỉ thấy văn bản của cấp dưới hoặc chưa rõ cấp"  # of a province
    TOLD = "chỉ thấy qua nơi khác nhắc tới"
    CITED = "chỉ thấy văn bản dẫn số này, không nói là triển khai"
    NOT_SEEN = "không thấy trong kho"
    NOT_OF_PERIOD = "kho không có văn bản của thời kỳ này"
    NO_DATA = "không có dữ liệu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A province, or a body of one, with what is held of it: the denominator of what was seen."""

    name: str
    seen: Seen
    held: int  # documents of the period, copies once, pages that report never
    years: tuple[tuple[str, int], ...]  # (year, how many of them), ascending
    undated: int  # documents that may be of it or not
    ever: int  # documents of any time
    missing: int  # numbers of its series in the years of the period that must exist and are not held
    citing: int  # held documents, copies once, that cite the one asked for and do not implement it
    found: tuple[str, ...]  # numbers of what it issued, the nearest to the document asked for first
    first_on: str | None  # ISO 8601: of those, the first whose day is known
    first_days: int | None
    merged_from: tuple[str, ...] = ()  # provinces of before 1 July 2025, where there were several
    not_seen_of: tuple[str, ...] = ()  # of those, the ones of which nothing that was issued before is seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Radar:
    """Who implements a document. Without `bearer` the number is not known, or several bear it (`choices`)."""

    symbol: str
    as_of: str  # ISO 8601
    bearer: Bearer | None = None
    title: str | None = None
    effect_wording: str | None = None  # "được sửa đổi, bổ sung bởi …"; None: nothing is known
    ending: Ending | None = None
    implementations: tuple[
        Implementation, ...
    ] = ()  # those that name it first, then by day; unknown days last
    mentions: tuple[Mention, ...] = ()
    holders: tuple[Holder, ...] = ()  # of a document of the centre the provinces, else the bodies of its own
    since: str | None = None  # the day, or only the year, of the document, with which the period begins
    set_aside: tuple[SetAside, ...] = ()
    choices: tuple[Bearer, ...] = ()
    notes: tuple[str, ...] = ()  # Vietnamese: what the collection cannot show
