"""What is found when somebody looks for a sentence to quote."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.effect import Effect
from corpus.models import DocumentKind
from index.models import Citation
from index.quotable.speakers import Speaker

ENDED = frozenset({Effect.EXPIRED, Effect.REPLACED, Effect.ABROGATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotableSentence:
    """A complete sentence that may be quoted: `citation` has passed the gate.

    `effect` is that of its document on the day of the search; None for a news page, which has none.
    """

    rank: int  # from 1
    citation: Citation
    kind: DocumentKind  # OFFICIAL: the words of the document itself; NEWS: of a page about it
    effect: Effect | None
    speakers: tuple[Speaker, ...]  # only whom the sentence itself names as speaking
    copies: tuple[str, ...]  # ids of other documents in which the same sentence was found
    score: float

    @property
    def ended(self) -> bool:
        return self.effect in ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSentences:
    """The sentences for a theme, best first, and what was left out."""

    theme: str  # without the words of asking around it
    sentences: tuple[QuotableSentence, ...]
    ended: int  # sentences on the theme left out because their document has ended
    unknown: int  # documents that were not searched because what a filter asks for is not known of them
