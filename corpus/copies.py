"""The same text on several pages: found by near-duplicate detection, linked, shown as one.

A signature (MinHash over word shingles, datasketch) finds candidates, the texts themselves decide. What two
pages state of themselves keeps them apart: own numbers, dates, types or provinces that differ. Thresholds
were chosen on the 901 documents of the shared collection (bench/copies.py prints the pairs).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.models import DocumentKind, Facts
from corpus.symbols import find_symbols, symbol_key
from corpus.text import fold

SAME_NUMBER: Final = 0.7  # Jaccard; measured: reposts of one act from 0.72 on, retold ones up to 0.65
UNNUMBERED: Final = 0.9  # measured: different news of one subject up to 0.73, one text twice from 0.95 on
_SAME_FIGURES: Final = 0.95  # of the numbers in both texts, where no number of a document says they are one
_SHINGLE: Final = 3  # words
_PERMUTATIONS: Final = 128
_ROWS: Final = 4  # of a band: a pair of similarity 0.7 is missed once in 6,000
_TITLE: Final = 40  # characters within which a title that names its document does so
STATED_HEAD: Final = 3000  # characters of a text in which a page without a number may name one
_CHUNK: Final = 4096  # shingles hashed at once: 4 MB
_FEWEST: Final = 20  # words; of shorter texts only equal ones are copies

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d")


class Fingerprint:
    """What a text is compared by: the sha256 of its folded words, and the set of its shingles."""

    def __init__(self, text: str) -> None:
        self._words = _WORD.findall(fold(text))
        self.exact = hashlib.sha256(" ".join(self._words).encode()).hexdigest()
        self.shingles = _hash_shingles(self._words)

    @property
    def short(self) -> bool:
        """Whether the text is too short for likeness to mean anything."""
        return len(self._words) < _FEWEST

    @property
    def figures(self) -> frozenset[str]:
        """The words with a digit."""
        return frozenset(word for word in self._words if _FIGURE.search(word))


def _hash_shingles(words: list[str]) -> NDArray[np.uint32]:
    """The hashes of all runs of three words, sorted, each once; the same on every machine."""
    hashes = np.fromiter((_hash_word(word) for word in words), dtype=np.uint64, count=len(words))
    if len(hashes) == 0:
        return np.empty(0, dtype=np.uint32)
    count = max(1, len(hashes) - _SHINGLE + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for position in range(min(_SHINGLE, len(hashes))):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[position : position + count]
    mixed ^= mixed >> np.uint64(29)
    return np.unique((mixed * np.uint64(0xBF58476D1CE4E5B9) >> np.uint64(32)).astype(np.uint32))


@lru_cache(maxsize=65536)
def _hash_word(word: str) -> int:
    return zlib.crc32(word.encode())


def sign(fingerprint: Fingerprint) -> NDArray[np.uint32]:
    """The MinHash of a text."""
    from datasketch import MinHash  # loads SciPy: more than a second

    minhash = MinHash(num_perm=_PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")
    for first in range(0, len(fingerprint.shingles), _CHUNK):
        minhash.update_batch(fingerprint.shingles[first : first + _CHUNK])
    return np.asarray(minhash.hashvalues, dtype=np.uint32)


def bands_of(signature: NDArray[np.uint32]) -> tuple[int, ...]:
    """The bands of a signature as signed 64-bit numbers: likely copies share at least one."""
    parts = signature.reshape(-1, _ROWS)
    return tuple(
        int.from_bytes(hashlib.blake2b(part.tobytes(), digest_size=8).digest(), "little", signed=True)
        for part in parts
    )


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """The Jaccard similarity of two texts' shingles: 1.0 for equal words."""
    if one.exact == other.exact:
        return 1.0
    common = len(np.intersect1d(one.shingles, other.shingles, assume_unique=True))
    return common / max(1, len(one.shingles) + len(other.shingles) - common)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page says of itself, as far as it tells documents apart."""

    facts: Facts
    number: str | None  # key of its own number, else of the one that its title begins with
    head: frozenset[str]  # keys of all numbers at its head


def read_stated(facts: Facts, title: str, head: str) -> Stated:
    """What a page states; `head` is the beginning of its text, STATED_HEAD characters."""
    named = next((mention for mention in find_symbols(title) if not mention.short), None)
    number = facts.symbol.value if facts.symbol else None
    if number is None and named is not None and named.start <= _TITLE:
        number = named.canonical
    return Stated(
        facts=facts,
        number=symbol_key(number) if number else None,
        head=frozenset(symbol_key(m.canonical) for m in find_symbols(head) if not m.short),
    )


def are_copies(one: Stated, other: Stated, first: Fingerprint, second: Fingerprint) -> float | None:
    """How alike two pages with the same text are; None where they are not the same text."""
    if tell_apart(one, other):
        return None
    likeness = similarity(first, second)
    if likeness == 1.0:
        return likeness
    if first.short or second.short:
        return None
    if one.number and one.number == other.number:
        return likeness if likeness >= SAME_NUMBER else None
    if likeness < UNNUMBERED:
        return None
    return likeness if _names_the_other(one, other) or _same_figures(first, second) else None


def _names_the_other(one: Stated, other: Stated) -> bool:
    """Whether the page without a number writes the other's at its head."""
    return bool(other.number in one.head if one.number is None else one.number in other.head)


def _same_figures(first: Fingerprint, second: Fingerprint) -> bool:
    """Forms and notices that are written anew every month differ in nothing but their figures."""
    figures, others = first.figures, second.figures
    return len(figures & others) >= _SAME_FIGURES * len(figures | others)


def tell_apart(one: Stated, other: Stated) -> bool:
    """Whether what two pages state of themselves says that they are two documents, or news of one."""
    if {one.facts.kind, other.facts.kind} == {DocumentKind.NEWS, DocumentKind.OFFICIAL}:
        return True
    if one.number and other.number and one.number != other.number:
        return True
    # A number says more than the type, which is read from a line of the head.
    names = ("issued_on", "province") if one.number and other.number else ("issued_on", "province", "type")
    return any(_differ(one.facts, other.facts, name) for name in names)


def _differ(one: Facts, other: Facts, name: str) -> bool:
    values = getattr(one, name), getattr(other, name)
    return all(values) and fold(values[0].value) != fold(values[1].value)
