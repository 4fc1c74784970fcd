"""What the store tells: its state, passages with their numbers, profiles, versions, corrections, copies."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.models import DocumentKind, Facts, Passage, PieceOfNews, Reference, Report
from ingest.models import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreState:
    """What an index is compared with: which store, and which revision of it."""

    store_id: str
    revision: int  # of the texts: what an index is built from
    documents: int
    passages: int
    updated_at: str | None  # ISO 8601, UTC; None for a store that never held anything
    edition: int = 0  # of the facts: every correction makes a new one, and no index stale


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    """A passage with the number that indexes know it by (never reused) and what a hit shows beside it."""

    row: int
    passage: Passage
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is needed of a document to judge a passage of it, without its whole text."""

    id: str
    title: str
    url: str | None
    kind: DocumentKind
    head: str  # the opening of its text, at most corpus.store_documents.HEAD characters
    symbol: str | None
    issuer: str | None
    province: str | None
    day: str | None  # ISO 8601: of issue; of a news page of publication
    reports: tuple[Report, ...]
    references: tuple[Reference, ...]
    speaking: tuple[str, ...]  # numbers that a page without one of its own lets speak
    pieces: tuple[PieceOfNews, ...] = ()  # of a page of several pieces of news

    def references_in(self, start: int, end: int) -> tuple[Reference, ...]:
        """The references whose number stands in `text[start:end]`."""
        return tuple(r for r in self.references if start <= r.symbol_start and r.symbol_end <= end)

    def piece_at(self, position: int) -> PieceOfNews | None:
        """The piece of news that a place lies in; None on a page that is not of several."""
        return next((one for one in self.pieces if one.start <= position < one.end), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionedDocument:
    """A document that the collection cites; `held_by` lists the documents that are it (often none)."""

    symbol: str
    dates: tuple[str, ...]
    issuers: tuple[str, ...]
    cited_by: tuple[str, ...]  # document ids
    held_by: tuple[str, ...]  # document ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An earlier text of a page, kept when the page changed; its text is `Store.text(id, version=number)`."""

    document_id: str
    number: int  # from 1, oldest first
    sha256: str  # of the bytes that it was read from
    text_sha256: str
    title: str
    characters: int
    facts: Facts  # as they were shown then
    read_at: str  # ISO 8601, UTC
    replaced_at: str

    @property
    def tag(self) -> str:
        """What an address names it by."""
        return self.text_sha256[:TAG]


TAG = 12  # characters of a text's sha256 in an address


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One correction of a fact by a person; an undone one is history."""

    name: str  # of the fact, or "kind"
    value: str | None  # None: the fact is not known
    corrected_by: str
    reason: str
    at: str  # ISO 8601, UTC
    undone_by: str | None = None
    undone_reason: str | None = None
    undone_at: str | None = None

    @property
    def holds(self) -> bool:
        return self.undone_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another page with the same text."""

    document_id: str
    title: str
    uri: str
    url: str | None
    publisher: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """Where the bytes of a document are kept, and as what they were read."""

    uri: str
    sha256: str
    media_type: str | None  # None: saved by a version of the product that did not keep it
    name: str | None
    origin: Origin | None = None  # of a page from the Web
