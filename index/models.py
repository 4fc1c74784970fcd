"""The types of the index room: hits and answers. All offsets count code points in `Document.text`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from corpus.effect import Effect
from corpus.models import Passage
from corpus.sentences import Span

if TYPE_CHECKING:
    from index.answering.chain_models import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found for a query, with the scores that put it there and what a reader is told of them."""

    rank: int  # from 1
    score: float
    row: int
    passage: Passage
    title: str
    dense: float | None  # cosine; None where the dense list does not hold it
    lexical: float | None  # BM25; None where the lexical list does not hold it
    number_match: bool  # the passage, or its document, carries a number that the query asks for
    copies: tuple[str, ...] = ()  # ids of other documents with the same text; their hits are folded into this
    dense_rank: int | None = None  # from 1 in the dense list
    lexical_rank: int | None = None
    lifted: tuple[str, ...] = ()  # Vietnamese: what else the query asks for and this is ("đúng tỉnh")
    matches: tuple[Span, ...] = ()  # of the document's text: what the passage has in common with the query
    reasons: tuple[str, ...] = ()  # Vietnamese, for people: "khớp số 04-NQ/TU", "gần nghĩa thứ 3"
    effect: Effect | None = None  # of its document, as the collection shows it today; None: not looked up
    below: tuple[Hit, ...] = ()  # further passages of the document, in the order of the ranking


class QuestionKind(StrEnum):
    """The kinds of questions; each is answered by its own rule and laid out in its own way."""

    GOVERNING = "governing"  # which document
    SAYS = "says"  # what a document says of something
    WHO_WHEN = "who_when"  # signer, issuer, dates of a document
    STATUS = "status"  # in force, replaced by what
    LIST = "list"
    FIGURE = "figure"
    QUOTATION = "quotation"  # a sentence on a theme, what somebody said
    COMPARE = "compare"
    RELATION = "relation"  # what a document rests on, carries out, replaces
    DEFINITION = "definition"
    PARTS = "parts"  # several things at once


class Outcome(StrEnum):
    """How a question ended. MENTIONED_ONLY and NOT_FOUND are refusals."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    SEVERAL_POSSIBLE = "several_possible"
    SUPERSEDED = "superseded"
    MENTIONED_ONLY = "mentioned_only"
    NOT_FOUND = "not_found"

    @property
    def refused(self) -> bool:
        return self in (Outcome.MENTIONED_ONLY, Outcome.NOT_FOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verbatim quotation with its source: `quote == document.text[start:end]`, checked before it leaves."""

    document_id: str
    symbol: str | None  # the quoted page's own number; None for news
    title: str
    issuer: str | None
    issued_on: str | None
    publisher: str | None
    url: str | None
    location: str
    start: int
    end: int
    quote: str
    about: tuple[str, ...]  # numbers of the documents that the quotation speaks of
    sheet: int | None = None  # the page of a PDF that the quotation begins on, from 1
    scanned: bool = False  # a part of it was read by OCR
    fetched_at: str | None = (
        None  # ISO 8601, UTC: when the quoted text came from `url`; None: not from the Web
    )
    gone_at: str | None = None  # ISO 8601, UTC: when the source was found to have taken the page down
    tag: str = ""  # of the text that was quoted (`Store.tag`): an address with it shows these words for ever

    @property
    def place(self) -> str:
        """Where to look in the source: "Điều 5, trang 3 (trích từ bản quét)"."""
        place = self.location if self.sheet is None else f"{self.location}, trang {self.sheet}"
        return f"{place} (trích từ bản quét)" if self.scanned else place


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of an answer with the evidence for it."""

    text: str
    citations: tuple[Citation, ...]
    part: str | None = None  # of a question of several parts, or sides: the one that it answers, as asked
    phrased: bool = False  # by the language model, out of whole stretches of the quotations


class Rule(StrEnum):
    """The rules of the gate (`index.verification`); the value is how they are called in JSON."""

    QUOTATION = "quotation"  # a quotation is the stored text, letter by letter, and cuts no word or number
    CHANGED = "changed"  # the text is still the one that was searched
    SOURCE = "source"  # what a citation says of its document is what the document says of itself
    CITED = "cited"  # every statement cites something
    CHARACTERS = "characters"  # no letters that look like others, none that nobody sees
    NUMBER = "document_number"  # document numbers, and laws by name, stand in the evidence
    DATE = "date"
    FIGURE = "figure"
    NAME = "name"  # words with a capital inside a sentence: places, offices, persons
    NAMED = (
        "named"  # the document that words are given to is the one cited, or the page is named that says so
    )
    WORDS = "words"  # phrased: whole stretches of the quotations and nothing that limits them left out


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A statement that was not let out."""

    text: str
    rule: Rule
    missing: tuple[str, ...]  # what was not found, as the statement writes it
    phrased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDocument:
    """A document that the answer names."""

    symbol: str
    title: str | None
    role: str  # "asked", "cited", "governing"
    in_collection: bool  # its own text is held
    copied: bool = False  # it is not, but a page without number gives its articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the documents that a question may mean, with what tells it from the others; None is not known."""

    symbol: str | None
    title: str | None
    issuer: str | None
    issued_on: str | None  # ISO 8601


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """A passage shown on a refusal as merely the nearest, not as an answer."""

    citation: Citation
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a reader must know beside the quotations: a later act changed what they are quoted from."""

    text: str  # Vietnamese
    citation: Citation  # the words that say so


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said to a question."""

    question: str
    outcome: Outcome
    message: str  # one Vietnamese sentence that says the outcome
    statements: tuple[Statement, ...]
    documents: tuple[NamedDocument, ...]
    nearest: tuple[Nearest, ...]
    as_of: str | None  # when the collection last changed
    kind: QuestionKind = QuestionKind.SAYS
    coverage: tuple[str, ...] = ()  # Vietnamese: what is held of the series that the number asked for is of
    dropped: tuple[Dropped, ...] = ()  # what the gate did not let out
    phrasing: str | None = None  # Vietnamese: what the language model did; None where none was asked
    chain: tuple[Link, ...] = ()  # of a question that asks what governs: from the centre down
    chain_notes: tuple[str, ...] = ()  # Vietnamese: what the collection cannot show of the chain
    choices: tuple[Choice, ...] = ()  # of SEVERAL_POSSIBLE: what `message` names
    notices: tuple[Notice, ...] = ()  # later acts, the latest first
    scope: str = (
        ""  # Vietnamese: what was looked at and as of when, where that was chosen; "": all, as of today
    )
