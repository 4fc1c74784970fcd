"""A quote card: words to be quoted with everything that is known of where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from corpus.effect import EffectStatus
from corpus.models import DocumentKind, Facts
from index.exports.drafting import DraftingForm, RefusedForm
from index.exports.sources import CollectionVersion
from index.models import Citation
from index.quotable.speakers import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCard:
    """`quote == text[start:end]` of the text that `tag` names; every citation has passed the gate.

    What is not known is None; `index.cards.wording` says so.
    """

    document_id: str
    tag: str
    start: int
    end: int
    quote: str
    citations: tuple[Citation, ...]  # in order, one for each passage that the words run through
    places: tuple[str, ...]  # as a lawyer cites them ("Khoản 2 Điều 5"); none of an earlier text
    kind: DocumentKind
    facts: Facts  # of the document
    title: str
    publisher: str | None  # else the host of its address
    author: str | None  # of a news page
    published_on: date | None  # of a news page
    url: str | None
    read_on: date  # in Việt Nam: when it was fetched, else read into the store
    gone_on: date | None  # in Việt Nam: when the source was found to have taken the page down
    speakers: tuple[Speaker, ...]  # only whom the quoted words themselves name as speaking
    effect: EffectStatus | None  # None: a news page has none
    form: DraftingForm | RefusedForm  # how a new document cites this one
    earlier: bool  # the words are of a text that the page has since replaced
    whole: bool  # begins and ends with a sentence
    collection: CollectionVersion

    @property
    def is_news(self) -> bool:
        return self.kind is DocumentKind.NEWS

    @property
    def scanned(self) -> bool:
        return any(citation.scanned for citation in self.citations)
