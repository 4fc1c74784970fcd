"""The radar as rows of a spreadsheet, each finding with its evidence and the version of the collection."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.labels import vietnamese_date
from corpus.store import Store
from corpus.text import fold_spaces
from index.answering.chain_wording import name_level
from index.exports.sources import CitedSource, CollectionVersion, describe_collection, describe_source
from index.exports.workbook import Sheet
from index.models import Citation
from index.radar import wording
from index.radar.models import Holder, Implementation, Mention, Radar
from index.wording import HELD

_FINDING = (
    "Dòng", "Tỉnh, thành phố hoặc cơ quan", "Tình trạng", "Số, ký hiệu", "Loại", "Trích yếu", "Cơ quan ban hành",
    "Cấp", "Ngày ban hành", "Số ngày sau văn bản gốc", "Quan hệ", "Theo", "Lưu ý",
)  # fmt: skip
_COUNTS = (
    "Kho có trong thời kỳ",
    "Không rõ ngày",
    "Kho có mọi thời kỳ",
    "Dẫn mà không triển khai",
    "Số còn thiếu (ít nhất)",
)
_EVIDENCE = (
    "Câu chứng minh", "Văn bản, trang có câu đó", "Vị trí", "Mã tài liệu", "Từ ký tự", "Đến ký tự", "Bản văn bản",
    "Địa chỉ", "Ngày đọc",
)  # fmt: skip
HEADER = ("Văn bản gốc", "Tính đến", *_FINDING, *_COUNTS, *_EVIDENCE, "Phiên bản kho")


def make_rows(store: Store, radar: Radar) -> Iterator[tuple[str, ...]]:
    """A row of each document, of each province or body, and of what only speaks of it; columns as `HEADER`.

    Raises QuotationMismatch where a stored text has changed under its quotation, UnknownDocument where one has
    left the store.
    """
    collection = describe_collection(store)
    asked = (radar.symbol, vietnamese_date(radar.as_of) or "")
    if radar.ending is not None:
        told = radar.ending
        cells = ("hiệu lực", "", told.wording, radar.symbol, *_blank(8), wording.tell_ending_day(told))
        evidence = _evidence(store, told.citation, collection) if told.citation else _blank(len(_EVIDENCE))
        yield (*asked, *cells, *_blank(len(_COUNTS)), *evidence, str(collection))
    for one in radar.implementations:
        evidence = _evidence(store, one.citation, collection)
        yield (*asked, *_of_document(radar, one), *_blank(len(_COUNTS)), *evidence, str(collection))
    for holder in radar.holders:
        cells = _of_holder(radar, holder)
        yield (*asked, *cells, *_counts(holder), *_blank(len(_EVIDENCE)), str(collection))
    for mention in radar.mentions:
        evidence = _evidence(store, mention.citation, collection)
        yield (*asked, *_of_mention(mention), *_blank(len(_COUNTS)), *evidence, str(collection))


def make_sheet(store: Store, radar: Radar) -> Sheet:
    """The rows as a sheet of a workbook. Raises as `make_rows`."""
    return Sheet(
        title="Triển khai",
        header=HEADER,
        rows=list(make_rows(store, radar)),
        links=("Địa chỉ",),
        wide=(("Câu chứng minh", 60), ("Trích yếu", 40)),
    )


def _of_document(radar: Radar, one: Implementation) -> tuple[str, ...]:
    return (
        "văn bản triển khai",
        one.province or "",
        HELD if one.held else "chỉ được nhắc tới",
        one.symbol,
        one.type or "",
        fold_spaces(one.title or ""),
        one.issuer or "",
        name_level(one.level),
        wording.tell_day(one),
        wording.NO_DAY if one.days is None else str(one.days),
        wording.tell_relation(one),
        wording.tell_shown(one),
        wording.tell_timing(one, radar.ending),
    )


def _of_holder(radar: Radar, holder: Holder) -> tuple[str, ...]:
    found = ", ".join(holder.found)
    days = "" if not holder.found else wording.NO_DAY if holder.first_days is None else str(holder.first_days)
    first = vietnamese_date(holder.first_on) or (wording.NO_DAY if holder.found else "")
    name, kind = wording.name_holder(holder), wording.unit_of(radar)
    return (kind, name, wording.tell_seen(holder), found, *_blank(4), first, days, *_blank(3))


def _counts(holder: Holder) -> tuple[str, ...]:
    return tuple(map(str, (holder.held, holder.undated, holder.ever, holder.citing, holder.missing)))


def _of_mention(one: Mention) -> tuple[str, ...]:
    day = vietnamese_date(one.said_on) or wording.NO_DAY
    return ("nhắc đến, không tính", one.province or "", *_blank(6), day, *_blank(4))


def _evidence(store: Store, citation: Citation, collection: CollectionVersion) -> tuple[str, ...]:
    source: CitedSource = describe_source(store, citation, collection)
    named = citation.symbol or wording.tell_page(citation.title, citation.publisher)
    return (
        citation.quote,
        named,
        citation.place,
        citation.document_id,
        str(citation.start),
        str(citation.end),
        source.text_version,
        citation.url or "",
        f"{source.read_on:%d/%m/%Y}",
    )


def _blank(count: int) -> tuple[str, ...]:
    return ("",) * count
