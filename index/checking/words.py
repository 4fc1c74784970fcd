"""A text as words with offsets, and the alignment of two texts word by word.

What may differ without being an alteration is folded in the key of a word (`Words.keys`): white space, the
kinds of quotation marks and dashes, and where the tone of oa, oe, uy is placed. Capitals are folded in the
key so that they align, and compared afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from corpus.symbols import plain_text
from corpus.text import fold
from index.tokens import place_tone

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|_|[^\w\s]")
_MARKS: Final = str.maketrans(dict.fromkeys("“”„‟«»″〝〞＂", '"') | dict.fromkeys("‘’‚‛‹›′＇", "'"))
_SEED = 3  # words in a row that two texts must share to be compared
_SLACK = 8  # words looked at beyond the length of the quotation on either side
# Costs of the alignment. A word for one with other marks is likelier than for any other.
_OTHER, _MARK_OFF, _GAP, _UNLIKE_KIND = 1.0, 0.6, 1.0, 2.0


@dataclass(frozen=True, slots=True)
class Words:
    """The words, numbers and signs of `text[start:end]`."""

    text: str
    spans: tuple[tuple[int, int], ...]  # offsets in `text`
    keys: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def raw(self, index: int) -> str:
        """A word as it stands in the text."""
        start, end = self.spans[index]
        return self.text[start:end]

    def slice(self, first: int, last: int) -> Words:
        """The words `first:last`."""
        return Words(self.text, self.spans[first:last], self.keys[first:last])

    @property
    def count(self) -> int:
        """How many of them are words or numbers."""
        return sum(key[0].isalnum() for key in self.keys)


def split_words(text: str, start: int = 0, end: int | None = None) -> Words:
    """The words of a part of a text.

    >>> split_words("Tỉnh uỷ – 4,06%").keys
    ('tỉnh', 'ủy', '-', '4,06', '%')
    """
    found = list(_WORD.finditer(text, start, len(text) if end is None else end))
    return Words(text, tuple(one.span() for one in found), tuple(_key(one[0]) for one in found))


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    return place_tone(_plain(word).lower())


def _plain(word: str) -> str:
    return plain_text(word).translate(_MARKS)


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that differ: `quote[quote_first:quote_last]` stands for `stored[first:last]`."""

    quote_first: int
    quote_last: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """A quotation laid over the place of a stored text that it is nearest to: `stored[first:last]`."""

    quote: Words
    stored: Words
    first: int
    last: int
    gaps: tuple[Gap, ...]
    spellings: tuple[tuple[str, str], ...]  # (stored, quoted)
    cost: float

    @property
    def likeness(self) -> float:
        """1.0 for the same words, 0.0 for nothing in common."""
        return max(0.0, 1.0 - self.cost / max(1, len(self.quote)))


class Aligner:
    """Lays one quotation over many places."""

    def __init__(self, quote: Words) -> None:
        self.quote = quote
        self._matcher = SequenceMatcher(None, (), quote.keys, autojunk=False)

    def shared(self, stored: Words) -> float:
        """The share (0–1) of the quotation's words that stand in the same order in a text; 0 without a seed."""
        self._matcher.set_seq1(stored.keys)
        if self._matcher.find_longest_match().size < min(_SEED, len(self.quote)):
            return 0.0
        return sum(block.size for block in self._matcher.get_matching_blocks()) / len(self.quote)

    def blocks(self, stored: Words) -> list[tuple[int, int, int]]:
        """(place in the stored words, place in the quotation, how many): what both have, in order."""
        self._matcher.set_seq1(stored.keys)
        return [tuple(block) for block in self._matcher.get_matching_blocks() if block.size]  # type: ignore[misc]

    def align(self, stored: Words) -> Alignment:
        """The quotation over the place of `stored` around the longest run of words that both have."""
        self._matcher.set_seq1(stored.keys)
        run = self._matcher.find_longest_match()
        slack = _SLACK + len(self.quote) // 4
        low = max(0, run.a - run.b - slack)
        high = min(len(stored), run.a + len(self.quote) - run.b + slack)
        return _lay(self.quote, stored.slice(low, high))


def _lay(quote: Words, stored: Words) -> Alignment:
    """The cheapest way to make the quotation from a part of `stored` (edit distance, free at the stored ends)."""
    columns = len(stored)
    rows = [[0.0] * (columns + 1)]
    for i, key in enumerate(quote.keys, start=1):
        above, row = rows[-1], [float(i)]
        for j, other in enumerate(stored.keys, start=1):
            changed = above[j - 1] + (0.0 if key == other else _change(key, other))
            row.append(min(changed, above[j] + _GAP, row[j - 1] + _GAP))
        rows.append(row)
    last = min(range(columns + 1), key=lambda j: (rows[-1][j], -j))
    pairs = list(_walk_back(quote, stored, rows, last))[::-1]
    covered = [j for _, j in pairs if j is not None]
    first = covered[0] if covered else last
    gaps, spellings = _find_gaps(quote, stored, pairs, first)
    return Alignment(quote, stored, first, last, gaps, spellings, rows[-1][last])


@lru_cache(maxsize=1 << 16)
def _change(one: str, other: str) -> float:
    if one[0].isalnum() != other[0].isalnum():
        return _UNLIKE_KIND
    return _MARK_OFF if fold(one) == fold(other) else _OTHER


def _walk_back(
    quote: Words, stored: Words, rows: Sequence[Sequence[float]], column: int
) -> Iterator[tuple[int | None, int | None]]:
    """(word of the quotation, stored word) from the end; None where one side has nothing."""
    i, j = len(quote), column
    while i > 0:
        here = rows[i][j]
        if j > 0:
            one, other = quote.keys[i - 1], stored.keys[j - 1]
            if here == rows[i - 1][j - 1] + (0.0 if one == other else _change(one, other)):
                i, j = i - 1, j - 1
                yield i, j
                continue
            if here == rows[i][j - 1] + _GAP:
                j -= 1
                yield None, j
                continue
        i -= 1
        yield i, None


def _find_gaps(
    quote: Words, stored: Words, pairs: Sequence[tuple[int | None, int | None]], first: int
) -> tuple[tuple[Gap, ...], tuple[tuple[str, str], ...]]:
    """The stretches that differ, and the words whose tone is only placed elsewhere."""
    gaps: list[Gap] = []
    spellings: list[tuple[str, str]] = []
    at, place, open_gap = 0, first, False
    for i, j in pairs:
        same = i is not None and j is not None and _is_same(quote, i, stored, j)
        if same and i is not None and j is not None:
            if _plain(quote.raw(i)) != _plain(stored.raw(j)) and i > 0:
                spellings.append((stored.raw(j), quote.raw(i)))
            elif i == 0 and _plain(quote.raw(0)).lower() != _plain(stored.raw(j)).lower():
                spellings.append((stored.raw(j), quote.raw(0)))
        elif open_gap:
            last = gaps[-1]
            gaps[-1] = Gap(
                last.quote_first, last.quote_last + (i is not None), last.first, last.last + (j is not None)
            )
        else:
            gaps.append(Gap(at, at + (i is not None), place, place + (j is not None)))
        open_gap = not same
        at, place = at + (i is not None), place + (j is not None)
    return tuple(gap for gap in gaps if not _is_spacing(quote, stored, gap)), tuple(dict.fromkeys(spellings))


def _is_same(quote: Words, i: int, stored: Words, j: int) -> bool:
    """Equal but for what may differ; a quotation may begin with another case than the words it is taken from."""
    if quote.keys[i] != stored.keys[j]:
        return False
    one, other = _plain(quote.raw(i)), _plain(stored.raw(j))
    if i == 0:
        one, other = one[:1].lower() + one[1:], other[:1].lower() + other[1:]
    return one == other or (
        one.lower() != other.lower() and [c.isupper() for c in one] == [c.isupper() for c in other]
    )


def _is_spacing(quote: Words, stored: Words, gap: Gap) -> bool:
    """Whether the sides of a gap differ in white space alone: "xétMặt" and "xét Mặt"."""
    one = "".join(_plain(quote.raw(i)) for i in range(gap.quote_first, gap.quote_last))
    other = "".join(_plain(stored.raw(j)) for j in range(gap.first, gap.last))
    return one == other and not one.isdigit()
