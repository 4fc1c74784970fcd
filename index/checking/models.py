"""What the check of a text finds. Offsets named `start`, `end` count code points of the NFC text that was pasted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.models import DocumentKind
from index.models import Citation


class QuotationVerdict(StrEnum):
    """How the words of a quotation stand to the collection."""

    EXACT = "exact"
    ALTERED = "altered"
    OTHER = "other"  # verbatim, but in another document than the one named
    NOT_HELD = "not_held"


class NumberVerdict(StrEnum):
    """How a document number stands to the collection."""

    HELD = "held"
    SUPERSEDED = "superseded"  # no longer holds on the day of the check
    MENTIONED = "mentioned"  # its text is not held
    SEVERAL = "several"  # a short form that may mean several documents
    LOOK_ALIKE = "look_alike"  # unknown, and one part off a number that is known
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Words that differ; one side is empty where words were left out or added, its offsets then say where."""

    old: str  # as stored
    new: str  # as pasted
    start: int
    end: int
    stored_start: int  # of the source's text
    stored_end: int

    @property
    def only_case(self) -> bool:
        """Whether the words are the same but for capitals."""
        return self.old != self.new and self.old.lower() == self.new.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where the collection has the words, or the nearest to them."""

    citation: Citation  # its quote is the stored text of that place
    kind: DocumentKind  # of its page
    differences: tuple[Difference, ...]
    spellings: tuple[
        tuple[str, str], ...
    ] = ()  # (stored, pasted): the tone is placed elsewhere, "hòa", "hoà"
    consolidated: str | None = None  # the number that the source, a consolidated text, restates


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What is known of a document's effect on the day of the check, where it is more than its beginning."""

    sentence: str  # Vietnamese
    ended: bool
    successors: tuple[str, ...]
    since: str | None  # ISO 8601
    evidence: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuotation:
    """A quotation of the text: what stands within its marks, or what a sentence tells without marks."""

    start: int
    end: int
    text: str
    marked: bool  # with quotation marks
    verdict: QuotationVerdict
    named: tuple[str, ...]  # the numbers that the sentence names for it, nearest first
    named_held: bool  # the text of one of them is held
    match: Match | None  # None where nothing near is held
    beside: Match | None = None  # of OTHER: the nearest in the document that is named
    elsewhere: bool = False  # of ALTERED: the match is in another document than the one named
    unnumbered: bool = False  # of EXACT: the source shows no number, so that the one named cannot be compared
    also: tuple[str, ...] = ()  # ids of further documents with the same words
    status: Status | None = None  # of the document that the match is in, by its number


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedNumber:
    """A document number of the text."""

    start: int
    end: int
    text: str
    symbols: tuple[str, ...]  # canonical: one, or what a short form may mean; empty where nothing fits it
    verdict: NumberVerdict
    documents: tuple[str, ...]  # ids of the documents that bear it
    candidates: tuple[str, ...] = ()  # of LOOK_ALIKE, those whose text is held first
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedText:
    """A text with what was found in it, in order."""

    text: str  # NFC
    day: str  # ISO 8601: the day that effect was judged for
    as_of: str | None  # ISO 8601, UTC: the last change of the collection
    quotations: tuple[CheckedQuotation, ...]
    numbers: tuple[CheckedNumber, ...]
