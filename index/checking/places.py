"""Where in the collection a quotation's words, or words near them, may stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.store_models import StoredPassage
from index.answering.pages import Pages
from index.checking.words import Aligner, Alignment, Words, split_words
from index.lexical import Field, LexicalIndex
from index.tokens import bigrams, syllables

_PASSAGES, _NAMED_PASSAGES = 16, 8  # looked at in the whole collection, and in the documents named
_LAID = 4  # of them that are aligned word by word beside those that seem verbatim
_PAIRS = 120  # pairs of syllables that are searched for; more of a long quotation find nothing else
_WORD_LENGTH = 9  # characters, generously


@dataclass(frozen=True, slots=True)
class Place:
    """A quotation laid over a place in a document."""

    document_id: str
    alignment: Alignment

    @property
    def start(self) -> int:
        return self.alignment.stored.spans[self.alignment.first][0]

    @property
    def end(self) -> int:
        return self.alignment.stored.spans[self.alignment.last - 1][1]

    @property
    def exact(self) -> bool:
        return not self.alignment.gaps


class Finder:
    """Finds the places of quotations in one collection."""

    def __init__(self, pages: Pages, lexical: LexicalIndex) -> None:
        self._pages = pages
        self._store = pages.store
        self._lexical = lexical

    def find_windows(self, quote: Words, documents: Collection[str] | None = None) -> list[tuple[str, Words]]:
        """(document id, the words around a passage) where many of the quotation's pairs of syllables stand.

        Only of `documents`, where given.
        """
        start, end = quote.spans[0][0], quote.spans[-1][1]
        pairs = list(dict.fromkeys(bigrams(syllables(quote.text[start:end]))))
        step = -(-len(pairs) // _PAIRS) or 1
        tokens = [(Field.SYLLABLES, pair, 1.0) for pair in pairs[::step]]
        allowed = self._store.rows_of_documents(documents) if documents is not None else None
        limit = _PASSAGES if documents is None else _NAMED_PASSAGES
        found = self._lexical.search(tokens, limit=limit, allowed=allowed)
        stored = self._store.passages([row for row, _ in found])
        return [(one.passage.document_id, self._around(one, len(quote))) for one in stored]

    def _around(self, stored: StoredPassage, length: int) -> Words:
        passage = stored.passage
        margin = length * _WORD_LENGTH + 200
        text = self._pages.text(passage.document_id)
        return split_words(text, max(0, passage.start - margin), min(len(text), passage.end + margin))

    def find_places(self, quote: Words, named: Collection[str]) -> list[Place]:
        """The places in the collection and in the documents named, those with the fewest differences first."""
        windows = self.find_windows(quote, named) if named else []
        windows += self.find_windows(quote)
        aligner = Aligner(quote)
        shares = [(aligner.shared(words), number) for number, (_, words) in enumerate(windows)]
        ranked = [number for share, number in sorted(shares, key=lambda one: -one[0]) if share > 0]
        # The nearest in the documents named are looked at even where others are nearer.
        best_named = [number for number in ranked if windows[number][0] in named][:2]
        chosen = dict.fromkeys([*ranked[:_LAID], *best_named])
        chosen |= dict.fromkeys(number for share, number in shares if share > _VERBATIM)
        places: dict[tuple[str, int], Place] = {}
        for number in chosen:
            document_id, words = windows[number]
            place = Place(document_id, aligner.align(words))
            if place.alignment.first < place.alignment.last:
                places.setdefault((document_id, place.start), place)
        return sorted(places.values(), key=lambda one: (not one.exact, one.alignment.cost))


_VERBATIM = 0.98  # share of words in common from which on a place may have them all


def trim(quote: Words) -> Words:
    """The words without what may be added around a quotation: a bullet before it, signs behind it."""
    first, last = 0, len(quote)
    while first < last and quote.keys[first] in _BULLETS:
        first += 1
    while last > first and not quote.keys[last - 1][0].isalnum() and quote.keys[last - 1] not in _KEPT:
        last -= 1
    return quote.slice(first, last)


_BULLETS = ("-", "•", "*", "+", ",", ";", ":", ".")
_KEPT = ("%", ")", "]", "°", "²", "³")


def find_run(quote: Words, windows: Sequence[tuple[str, Words]]) -> Words | None:
    """The part of a sentence that a window has nearly word for word; None where it is too little to be a quotation.

    Runs of common words are one as long as few words stand between them on either side.
    """
    best: tuple[int, int, int] = (0, 0, 0)
    aligner = Aligner(quote)
    for _, words in windows:
        for first, last, shared in _chains(aligner.blocks(words)):
            if shared > best[0]:
                best = (shared, *_to_the_edges(quote, words, first, last))
    return quote.slice(best[1], best[2]) if best[0] else None


_BETWEEN = 4  # words between two runs
_EDGE = 3  # words from a run to the end of a sentence on both sides


def _chains(
    blocks: Sequence[tuple[int, int, int]],
) -> list[tuple[tuple[int, int], tuple[int, int], int]]:
    """((place stored, place quoted) of the first word, the same behind the last one, how many words are common)."""
    chains: list[tuple[tuple[int, int], tuple[int, int], int]] = []
    for stored, quoted, size in blocks:
        if chains:
            first, last, shared = chains[-1]
            if stored - last[0] <= _BETWEEN and quoted - last[1] <= _BETWEEN:
                chains[-1] = (first, (stored + size, quoted + size), shared + size)
                continue
        chains.append(((stored, quoted), (stored + size, quoted + size), size))
    return chains


def _to_the_edges(
    quote: Words, stored: Words, first: tuple[int, int], last: tuple[int, int]
) -> tuple[int, int]:
    """The words of the quotation that the chain covers, and those to the end of its sentence where few are left.

    So the last word of a sentence belongs to it also where it was altered.
    """
    left = len(quote) - last[1]
    rest = stored.keys[last[0] : last[0] + _EDGE + 1]
    ended = next((count for count, key in enumerate(rest) if key in (".", ";", ":")), None)
    if 0 < left <= _EDGE and ended is not None and abs(ended - left) <= 1:
        return first[1], len(quote)
    return first[1], last[1]
