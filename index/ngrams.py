"""Counts of syllables and of neighbouring syllables: what restoration and typo reading know of the language.

A table holds numbers and single syllables, never a text. One is shipped (data/syllable_ngrams.npz, made by
bench/restore.py); the texts of a collection can be counted into another and added to it.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from corpus.sentences import is_syllable
from corpus.text import fold, to_nfc
from index.errors import IndexCorrupt
from index.tokens import place_tone

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# The three ids that are no syllables: the edge of a sentence, a number, and any other word or code.
EDGE, NUMBER, OTHER = 0, 1, 2
_MARKS = ("<edge>", "<number>", "<other>")

_UNIT = re.compile(r"[^\W_]+|[.;:?!…()|•]+|\n")
_EDGES = frozenset(".;:?!…()|•\n")
_LETTERS = re.compile("[a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]+")
_LONGEST_SYLLABLE = 7  # "nghiêng"
_DISCOUNT = 0.75  # absolute discounting
# What a known context leaves at least to shorter ones: official prose must not decide alone how a question
# goes on. From .02 to .4 held-out restoration stays within 0.3 points; these did best or next to it on all.
_LEAST_PAIR_REST, _LEAST_TRIPLE_REST = 0.1, 0.3
_BARE_SHARE = 0.3  # real text has marks on about 75% of its syllables; less is a page typed without them


@dataclass(frozen=True, eq=False)
class NgramTable:
    """How often syllables stand alone, in pairs and in threes.

    `syllables[id]` is a syllable in lower case and one tone placement; the first three ids are no syllables.
    Pairs and triples are sorted keys (`first * size + second`, and so on) with their counts. `words` counts
    words of other shapes ("internet", "covid"), which are no typos.
    """

    syllables: tuple[str, ...]
    counts: Ids
    pairs: Ids
    pair_counts: Ids
    triples: Ids
    triple_counts: Ids
    words: Mapping[str, int]

    @cached_property
    def ids(self) -> Mapping[str, int]:
        """Syllable → id."""
        return {syllable: i for i, syllable in enumerate(self.syllables)}

    @cached_property
    def by_fold(self) -> Mapping[str, Ids]:
        """Folded syllable → the ids of its readings, most frequent first."""
        groups: dict[str, list[int]] = {}
        for i in range(len(_MARKS), len(self.syllables)):
            groups.setdefault(fold(self.syllables[i]), []).append(i)
        return {
            key: np.array(sorted(ids, key=lambda i: (-self.counts[i], i)), dtype=np.int64)
            for key, ids in groups.items()
        }

    @cached_property
    def _single(self) -> Floats:
        known = self.counts + 0.5
        return np.asarray(known / known.sum(), dtype=np.float64)

    @cached_property
    def _pair_rest(self) -> Floats:
        """Per first syllable, the probability left for what the discounted pairs do not hold."""
        held = np.bincount(
            self.pairs // len(self.syllables),
            weights=np.maximum(self.pair_counts - _DISCOUNT, 0),
            minlength=len(self.syllables),
        )
        return np.clip(1 - held / np.maximum(self.counts, 1), _LEAST_PAIR_REST, 1)

    @cached_property
    def _triple_rest(self) -> Floats:
        """Per kept pair, the probability left for what the discounted triples do not hold."""
        at = np.searchsorted(self.pairs, self.triples // len(self.syllables))
        held = np.bincount(
            at, weights=np.maximum(self.triple_counts - _DISCOUNT, 0), minlength=len(self.pairs)
        )[: len(self.pairs)]
        return np.clip(1 - held / np.maximum(self.pair_counts, 1), _LEAST_TRIPLE_REST, 1)

    def p_single(self, ids: Ids) -> Floats:
        """The probability of each syllable by itself."""
        return self._single[ids]

    def p_pair(self, first: Ids, second: Ids) -> Floats:
        """P(second | first), element by element."""
        found, count = _look_up(self.pairs, self.pair_counts, first * len(self.syllables) + second)
        seen = np.where(found, np.maximum(count - _DISCOUNT, 0), 0) / np.maximum(self.counts[first], 1)
        return seen + self._pair_rest[first] * self._single[second]

    def count_pairs(self, first: Ids, second: Ids) -> Ids:
        """How often the second syllable follows the first, element by element."""
        return _look_up(self.pairs, self.pair_counts, first * len(self.syllables) + second)[1]

    def p_triple(self, first: Ids, second: Ids, third: Ids) -> Floats:
        """P(third | first, second), element by element."""
        size = len(self.syllables)
        lower = self.p_pair(second, third)
        if not len(self.triples):
            return lower
        at, has_context = _places(self.pairs, first * size + second)
        _, count = _look_up(self.triples, self.triple_counts, (first * size + second) * size + third)
        total = np.maximum(self.pair_counts[at], 1)
        p = np.maximum(count - _DISCOUNT, 0) / total + self._triple_rest[at] * lower
        return np.where(has_context, p, lower)

    def save(self, target: Path | BinaryIO) -> None:
        """Write the table; the same counts give the same bytes."""
        parts: dict[str, npt.NDArray[Any]] = {
            "syllables": _pack_words(self.syllables[len(_MARKS) :]),
            "words": _pack_words(sorted(self.words)),  # the file keeps which, not how often
            "counts": self.counts.astype(np.uint32),
            **_pack("pair", self.pairs, self.pair_counts),
            **_pack("triple", self.triples, self.triple_counts),
        }
        np.savez_compressed(target, allow_pickle=False, **parts)


def load_table(source: Path | BinaryIO) -> NgramTable:
    """The table in a file. Raises IndexCorrupt."""
    try:
        with np.load(source, allow_pickle=False) as parts:
            return NgramTable(
                syllables=(*_MARKS, *_unpack_words(parts["syllables"])),
                counts=parts["counts"].astype(np.int64),
                pairs=_unpack_keys(parts, "pair"),
                pair_counts=_unpack_counts(parts["pair_counts"]),
                triples=_unpack_keys(parts, "triple"),
                triple_counts=_unpack_counts(parts["triple_counts"]),
                words=dict.fromkeys(_unpack_words(parts["words"]), 1),
            )
    except (OSError, KeyError, ValueError, EOFError, BadZipFile, zlib.error) as error:
        name = getattr(source, "name", source)
        raise IndexCorrupt(
            f"Bảng đếm âm tiết {str(name)!r} không đọc được. Hãy cài lại Căn Cứ; nếu tệp thuộc kho, hãy dựng lại: cancu index --rebuild"
        ) from error


@cache
def general_table() -> NgramTable:
    """The shipped table."""
    with resources.files("index").joinpath("data/syllable_ngrams.npz").open("rb") as file:
        return load_table(file)  # type: ignore[arg-type]


def count_ngrams(texts: Iterable[str]) -> NgramTable:
    """The table of some texts, nothing left out."""
    names: dict[str, int] = {mark: i for i, mark in enumerate(_MARKS)}
    words: dict[str, int] = {}
    parts: list[Ids] = []
    buffer: list[int] = []
    for text in texts:
        for sentence in split_units(text):
            if _is_bare(sentence):
                continue
            buffer.append(EDGE)
            for unit in sentence:
                buffer.append(_unit_id(unit, names, words))
        if len(buffer) > 1_000_000:
            parts.append(np.array(buffer, dtype=np.int64))
            buffer = []
    sequence = np.concatenate([*parts, np.array([*buffer, EDGE], dtype=np.int64)])
    size = len(names)
    pairs, pair_counts = _count(sequence[:-1] * size + sequence[1:])
    inner = sequence[1:-1] != EDGE  # a triple does not reach over the edge of a sentence
    triples, triple_counts = _count(((sequence[:-2] * size + sequence[1:-1]) * size + sequence[2:])[inner])
    return NgramTable(
        syllables=tuple(names),
        counts=np.bincount(sequence, minlength=size).astype(np.int64),
        pairs=pairs,
        pair_counts=pair_counts,
        triples=triples,
        triple_counts=triple_counts,
        words=words,
    )


def prune_table(table: NgramTable, *, syllable: int, pair: int, triple: int, word: int) -> NgramTable:
    """The table without what occurs less often than these floors; rare syllables count as OTHER."""
    kept = (table.counts >= syllable) | (np.arange(len(table.counts)) < len(_MARKS))
    new = np.where(kept, np.cumsum(kept) - 1, OTHER)
    size = int(kept.sum())
    counts = np.bincount(new, weights=table.counts, minlength=size).astype(np.int64)
    pairs, pair_counts = _sum_up(_renumber(table.pairs, new, size, 2), table.pair_counts, pair)
    triples, triple_counts = _sum_up(_renumber(table.triples, new, size, 3), table.triple_counts, triple)
    held = np.isin(triples // size, pairs)
    return NgramTable(
        syllables=tuple(name for name, keep in zip(table.syllables, kept, strict=True) if keep),
        counts=counts,
        pairs=pairs,
        pair_counts=pair_counts,
        triples=triples[held],
        triple_counts=triple_counts[held],
        words={name: count for name, count in table.words.items() if count >= word},
    )


def add_tables(one: NgramTable, other: NgramTable, *, weight: int = 1) -> NgramTable:
    """The counts of both tables together, those of `other` multiplied by `weight`."""
    names = {syllable: i for i, syllable in enumerate(one.syllables)}
    for syllable in other.syllables:
        names.setdefault(syllable, len(names))
    size = len(names)
    ids = np.array([names[syllable] for syllable in other.syllables], dtype=np.int64)
    counts = np.zeros(size, dtype=np.int64)
    counts[: len(one.counts)] = one.counts
    counts[ids] += other.counts * weight
    own = np.arange(len(one.syllables), dtype=np.int64)
    pairs, pair_counts = _sum_up(
        np.concatenate([_renumber(one.pairs, own, size, 2), _renumber(other.pairs, ids, size, 2)]),
        np.concatenate([one.pair_counts, other.pair_counts * weight]),
    )
    triples, triple_counts = _sum_up(
        np.concatenate([_renumber(one.triples, own, size, 3), _renumber(other.triples, ids, size, 3)]),
        np.concatenate([one.triple_counts, other.triple_counts * weight]),
    )
    words = Counter(one.words)
    words.update({word: count * weight for word, count in other.words.items()})
    return NgramTable(
        syllables=tuple(names),
        counts=counts,
        pairs=pairs,
        pair_counts=pair_counts,
        triples=triples,
        triple_counts=triple_counts,
        words=words,
    )


def split_units(text: str) -> Iterator[list[str]]:
    """The sentences of a text as lists of lower-case units, tones in one placement.

    A line that goes on in small letters continues the sentence: gazettes wrap their lines hard.
    """
    sentence: list[str] = []
    text = to_nfc(text)
    for match in _UNIT.finditer(text):
        unit = match[0]
        if unit[0] not in _EDGES:
            sentence.append(place_tone(unit.lower()))
        elif sentence and not (unit == "\n" and text[match.end() : match.end() + 1].islower()):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


@lru_cache(maxsize=65536)
def is_countable(unit: str) -> bool:
    """Whether a lower-case unit has an id of its own: spelt as a syllable, or a short word with marks ("đắk")."""
    return (
        len(unit) <= _LONGEST_SYLLABLE
        and _LETTERS.fullmatch(unit) is not None
        and (is_syllable(unit) or not unit.isascii())
    )


def _unit_id(unit: str, names: dict[str, int], words: dict[str, int]) -> int:
    if is_countable(unit):
        return names.setdefault(unit, len(names))
    if unit.isdigit():
        return NUMBER
    if unit.isalpha():
        words[unit] = words.get(unit, 0) + 1
    return OTHER


def _is_bare(sentence: list[str]) -> bool:
    spelt = [unit for unit in sentence if is_countable(unit)]
    return len(spelt) >= 4 and sum(not unit.isascii() for unit in spelt) < _BARE_SHARE * len(spelt)


def _count(keys: Ids) -> tuple[Ids, Ids]:
    found, counts = np.unique(keys, return_counts=True)
    return found, counts.astype(np.int64)


def _sum_up(keys: Ids, counts: Ids, floor: int = 0) -> tuple[Ids, Ids]:
    merged, at = np.unique(keys, return_inverse=True)
    total = np.bincount(at, weights=counts, minlength=len(merged)).astype(np.int64)
    return merged[total >= floor], total[total >= floor]


def _renumber(keys: Ids, ids: Ids, size: int, order: int) -> Ids:
    old = len(ids)
    renumbered = np.zeros_like(keys)
    for place in range(order):
        renumbered += ids[keys // old**place % old] * size**place
    return renumbered


def _places(keys: Ids, wanted: Ids) -> tuple[Ids, npt.NDArray[np.bool_]]:
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=np.bool_)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return at, keys[at] == wanted


def _look_up(keys: Ids, counts: Ids, wanted: Ids) -> tuple[npt.NDArray[np.bool_], Ids]:
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.bool_), np.zeros(len(wanted), dtype=np.int64)
    at, found = _places(keys, wanted)
    return found, np.where(found, counts[at], 0)


# --- the file: sorted keys as differences in planes of bytes, counts as steps of about 6%


def _pack(name: str, keys: Ids, counts: Ids) -> dict[str, npt.NDArray[Any]]:
    gaps = np.diff(keys, prepend=np.int64(0))
    planes = {
        f"{name}_keys_{place}": (gaps >> (8 * place) & 0xFF).astype(np.uint8)
        for place in range(6)
        if place == 0 or (gaps >> (8 * place)).any()
    }
    return {**planes, f"{name}_counts": _pack_counts(counts)}


def _unpack_keys(parts: Mapping[str, npt.NDArray[np.uint8]], name: str) -> Ids:
    gaps = np.zeros(len(parts[f"{name}_keys_0"]), dtype=np.int64)
    for place in range(6):
        if f"{name}_keys_{place}" in parts:
            gaps |= parts[f"{name}_keys_{place}"].astype(np.int64) << (8 * place)
    return np.cumsum(gaps)


_STEPS = np.unique(np.concatenate([np.arange(1, 17), np.round(16 * 1.06 ** np.arange(240))])).astype(np.int64)


def _pack_counts(counts: Ids) -> npt.NDArray[np.uint8]:
    return (np.searchsorted(_STEPS, counts, side="right") - 1).clip(0, 255).astype(np.uint8)


def _unpack_counts(packed: npt.NDArray[np.uint8]) -> Ids:
    return _STEPS[packed]


def _pack_words(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _unpack_words(packed: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(packed.tobytes().decode().split("\n")) if len(packed) else ()
