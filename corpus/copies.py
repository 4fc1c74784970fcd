"""The same text on several pages: found by near-duplicate detection, linked, shown as one.

A signature (MinHash over word shingles, datasketch) finds candidates, the texts themselves decide. What two
pages state of themselves keeps them apart: own numbers, dates, types or provinces that differ. Thresholds
were chosen on the 901 documents of the shared collection (bench/copies.py prints the pairs).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.models import DocumentKind, Facts
from corpus.symbols import symbol_key
from corpus.text import fold

SAME_NUMBER: Final = 0.7  # Jaccard; measured: reposts with one number from 0.72 on, retold ones up to 0.65
UNNUMBERED: Final = 0.9  # measured: different news of one subject up to 0.73, one text twice from 0.95 on
_SAME_FIGURES: Final = 0.95  # of the numbers in both texts, where no number of a document says they are one
_SHINGLE: Final = 3  # words
_PERMUTATIONS: Final = 128
_ROWS: Final = 8  # of a band: at a similarity of 0.9 a pair is missed once in 8,000, at 0.7 once in 3
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


def are_copies(one: Facts, other: Facts, first: Fingerprint, second: Fingerprint) -> float | None:
    """How alike two pages with the same text are; None where they are not the same text."""
    if tell_apart(one, other):
        return None
    likeness = similarity(first, second)
    if likeness == 1.0:
        return likeness
    if first.short or second.short:
        return None
    if _share_number(one, other):
        return likeness if likeness >= SAME_NUMBER else None
    if likeness < UNNUMBERED:
        return None
    # Forms and notices that are written anew every month differ in nothing but their figures.
    figures, others = first.figures, second.figures
    same = len(figures & others) >= _SAME_FIGURES * len(figures | others)
    return likeness if same else None


def tell_apart(one: Facts, other: Facts) -> bool:
    """Whether what two pages state of themselves says that they are two documents, or news of one."""
    kinds = {one.kind, other.kind}
    if kinds == {DocumentKind.NEWS, DocumentKind.OFFICIAL}:
        return True
    if one.symbol and other.symbol and not _share_number(one, other):
        return True
    # A number says more than the type and the province, which are read from a line of the head each.
    names = ("issued_on", "province") if one.symbol and other.symbol else ("issued_on", "province", "type")
    return any(_differ(one, other, name) for name in names)


def _share_number(one: Facts, other: Facts) -> bool:
    if one.symbol is None or other.symbol is None:
        return False
    return symbol_key(one.symbol.value) == symbol_key(other.symbol.value)


def _differ(one: Facts, other: Facts, name: str) -> bool:
    values = getattr(one, name), getattr(other, name)
    return all(values) and fold(values[0].value) != fold(values[1].value)
