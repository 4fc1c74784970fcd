"""The types of the document room. All offsets count code points in `Document.text` (NFC)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

from ingest.models import Block, Cut, Doubt, Origin, Sheet


class System(StrEnum):
    """The two grammars of document numbers."""

    STATE = "state"
    PARTY = "party"


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolMention:
    """One document number as it stands in a text.

    `canonical` is the number in the form of its rule book ("04-NQ/TU", "44/2021/NQ-HĐND"); a short form
    that carries no issuer is "?NQ 04" (type, number as typed).
    """

    canonical: str
    start: int  # of the number itself, without the type word before it
    end: int
    number: str  # "04", "12A", "66.14"
    year: int | None  # the year inside the number (44/2021/…), never a date beside it
    type_code: str | None  # "NQ", "QĐ", "CV"; None for a State công văn without type
    issuer_code: str | None  # "TU", "HĐND", "TTg", "BNN-VPĐP"
    system: System | None  # None for short forms
    short: bool = False

    @property
    def symbol(self) -> str:
        return self.canonical


class Relation(StrEnum):
    """What the sentence around a reference says the citing act does with the cited one."""

    OWN = "own"  # the number of this very document
    REPORTED = "reported"  # the page reports that it was issued
    BASED_ON = "based_on"  # căn cứ
    IMPLEMENTS = "implements"  # thực hiện, triển khai, cụ thể hóa
    GUIDES = "guides"  # hướng dẫn, quy định chi tiết
    AMENDS = "amends"  # sửa đổi, bổ sung
    REPLACES = "replaces"  # thay thế
    ABROGATES = "abrogates"  # bãi bỏ, hết hiệu lực
    CONSOLIDATES = "consolidates"  # hợp nhất
    CORRECTS = "corrects"  # đính chính; no amendment (Nghị định 78/2025/NĐ-CP, Điều 9)
    ATTACHED = "attached"  # ban hành kèm theo
    # The passive ones: the mentioned document does it to the subject.
    AMENDED_BY = "amended_by"
    REPLACED_BY = "replaced_by"
    ABROGATED_BY = "abrogated_by"
    GUIDED_BY = "guided_by"
    REFERS_TO = "refers_to"  # theo quy định tại, dẫn chiếu, a bare mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A mention of a document in a text, with what the text says beside it.

    `start:end` is the evidence span: it covers the number with its type word, and the date and issuer where
    they stand next to it. `symbol` is canonical; a short form that the text does not complete keeps its "?".
    """

    symbol: str
    relation: Relation | None
    date: str | None  # ISO 8601, only where the text writes a full date for this document
    issuer: str | None  # as the text names it beside the number
    start: int
    end: int
    symbol_start: int  # the number itself
    symbol_end: int
    subject: str | None = (
        None  # the document that does it ("3004/KH-UBND" implements "04-NQ/TU"); None: this one
    )
    provision: str | None = None  # of the mentioned document, as written ("khoản 2 Điều 5")


class DocumentKind(StrEnum):
    OFFICIAL = "official"  # the page is the document itself
    NEWS = "news"  # the page reports; it is never cited as the document
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A value that the text carries, with the span that carries it (None: the page's own markup)."""

    value: str
    start: int | None = None
    end: int | None = None
    corrected_by: str | None = None  # who put this value in place of what was read, None where nobody did
    reason: str | None = None  # of the correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a document. None is "not stated", never a guess."""

    kind: DocumentKind = DocumentKind.UNKNOWN
    symbol: Fact | None = None  # its own number, canonical (the span has it as written); always None for news
    type: Fact | None = None  # "Nghị quyết", "Công văn" …
    title: Fact | None = None  # trích yếu, or what stands after "V/v"
    issuer: Fact | None = None
    issuer_code: Fact | None = None  # "UBND", "TU", "BTC": the code in its number
    level: Fact | None = None  # a value of Level
    system: Fact | None = None  # a value of Body
    province: Fact | None = None  # as of the document: "Hà Tĩnh"
    place: Fact | None = None  # as written before the date: "Hà Tĩnh", "TP. Hồ Chí Minh"
    issued_on: Fact | None = None  # ISO 8601
    effective_on: Fact | None = None  # ISO 8601
    expires_on: Fact | None = None  # ISO 8601
    signer: Fact | None = None
    signer_role: Fact | None = None  # "Phó Chủ tịch"
    signing: Fact | None = None  # "TM.", "KT.", "TL.", "T/M" …: on whose behalf


class Level(StrEnum):
    """The level of a body; districts ended on 1 July 2025."""

    CENTRAL = "trung ương"
    PROVINCE = "tỉnh"
    DISTRICT = "huyện"
    COMMUNE = "xã"


class Body(StrEnum):
    """The system that a body belongs to."""

    PARTY = "Đảng"
    STATE = "Nhà nước"
    FRONT = "Mặt trận, đoàn thể"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """What is issued with a document: `text[start:end]`."""

    label: str  # "Phụ lục I", "Quy định kèm theo"
    title: str | None
    title_start: int | None
    title_end: int | None
    start: int
    end: int
    parent: str | None  # canonical number of the document that it says it belongs to
    evidence_start: int | None  # "(Kèm theo Quyết định số … ngày … của …)"
    evidence_end: int | None


def cite_path(path: tuple[str, ...]) -> str:
    """The path of a passage as a lawyer cites it: the smallest part first, chapters left out.

    >>> cite_path(("Chương II", "Điều 5", "Khoản 2", "Điểm a"))
    'Điểm a khoản 2 Điều 5'
    >>> cite_path(("Mục I", "Khoản 1", "Khoản 1.1")), cite_path(("đoạn 3",))
    ('Khoản 1.1 Mục I', 'đoạn 3')
    """
    kept = [
        label
        for label, below in zip(path, [*path[1:], ""], strict=True)
        if not (label.startswith(_LEFT_OUT) and any(part.startswith("Điều ") for part in path))
        and not (label.startswith("Khoản ") and below.startswith(f"{label}."))
    ]
    first, *rest = reversed(kept)
    return " ".join([first, *(part.replace("Khoản ", "khoản ", 1) for part in rest)])


_LEFT_OUT = ("Phần ", "Chương ", "Mục ", "Tiểu mục ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A citable span of one document; `text` is always `document.text[start:end]`."""

    id: str  # hash of document id, start, end and text
    document_id: str
    ordinal: int  # 0-based position in the document
    path: tuple[str, ...]  # ("Chương II", "Điều 5", "Khoản 2"), or ("đoạn 3",)
    start: int
    end: int
    text: str

    @property
    def location(self) -> str:
        """The label of a citation, e.g. "Chương II, Điều 5, Khoản 2"."""
        return ", ".join(self.path)

    @property
    def citation_label(self) -> str:
        """The same as a lawyer cites it, e.g. "Khoản 2 Điều 5"."""
        return cite_path(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where on the Web a document comes from, and whether it is still there."""

    origin: Origin
    checked_at: str  # ISO 8601, UTC: when the source last confirmed the text that is held
    gone_at: str | None = None  # ISO 8601, UTC: when the source was found to have taken it down


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One page understood as a document."""

    id: str
    uri: str
    source_id: str | None
    url: str | None
    sha256: str  # of the raw bytes
    title: str
    title_in_text: bool
    author: str | None
    publisher: str | None
    text: str
    raw_text: str
    blocks: Sequence[Block]
    cuts: tuple[Cut, ...]
    facts: Facts
    references: tuple[Reference, ...]
    reported: tuple[Report, ...]
    passages: tuple[Passage, ...]
    published_at: str | None = None  # ISO 8601, of a news page that states it
    sheets: tuple[Sheet, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    encoding: str | None = None  # legacy encoding that the text was converted from
    notes: tuple[str, ...] = ()  # Vietnamese
    # Of a page from the Web. When it was fetched does not make it another document.
    provenance: Provenance | None = field(default=None, compare=False)

    def quote(self, start: int, end: int) -> str:
        """The verbatim text of a span."""
        return self.text[start:end]

    def locate(self, start: int, end: int) -> str | None:
        """The label of a span: of its passage, else of the first and the last that it runs through; None outside of all.

        "Điều 5, Khoản 2", or "Điều 5, Khoản 2 – Khoản 3".
        """
        touched = [one for one in self.passages if one.start < end and start < one.end]
        if not touched or start < touched[0].start or touched[-1].end < end:
            return None
        first, last = touched[0], touched[-1]
        if first.path == last.path:
            return first.location
        same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first.path, last.path, strict=False))))
        rest = ", ".join(last.path[same:])
        return f"{first.location} – {rest}" if rest else first.location


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A part of a news page that restates what a document says: `text[start:end]` speaks of `symbol`."""

    symbol: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceOfNews:
    """One of several pieces of news on a page: `text[start:end]` tells of the issuing of `symbol` alone, if of any."""

    start: int
    end: int
    symbol: str | None
