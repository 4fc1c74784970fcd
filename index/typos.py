"""Slips of typing in a query, as alternatives beside what was typed.

Read are keys of Telex and VNI that reached the text ("nghij quyeets", "nghi5 quye61t"), syllables that lost
the space between them ("nghịquyết"), single slips in a word that is no syllable ("quyte", "ngị"), and the two
spellings of one sound ("lý", "lí"). A word that the language has, an abbreviation or a frequent foreign word
is never doubted. Nothing is rewritten: an alternative says where it stands and how sure it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from corpus.symbols import find_symbols
from corpus.text import fold, to_nfc
from index.abbreviations import meanings_of
from index.ngrams import Ids, NgramTable, is_countable
from index.tokens import place_tone


class Slip(StrEnum):
    """How a typed word came to differ from what was meant."""

    TELEX = "telex"
    VNI = "vni"
    GLUED = "glued"  # no space between syllables
    TYPO = "typo"  # one letter missing, too many, wrong, or two exchanged
    SPELLING = "spelling"  # no slip: the other of two right spellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another reading of one word of a query: `query.text[start:end] == typed`."""

    start: int
    end: int
    typed: str
    text: str  # lower case; may be several syllables
    slip: Slip
    confidence: float  # 0–1: the probability that this was meant


_WORD = re.compile(r"[^\W_]+")
_FIRM = 0.5  # an alternative at least this sure stands in the corrected text
_NOTHING: Ids = np.zeros(0, dtype=np.int64)
_UNREAD = 1e-4  # stands for the probability of a neighbour that is no syllable
_RARE = 5  # counts: a syllable that occurs less often is no correction


def find_alternatives(text: str, table: NgramTable) -> tuple[Alternative, ...]:
    """The alternatives of the words of a text, in order."""
    typed = to_nfc(text)
    words = _words(typed)
    reader = _Reader(table, [place_tone(typed[start:end].lower()) for start, end in words])
    found: list[Alternative] = []
    whole = [(mention.start, mention.end) for mention in find_symbols(typed)]
    doubtful = [
        i
        for i, (start, end) in enumerate(words)
        if not any(start < stop and begin < end for begin, stop in whole)
        and not _is_code(typed[start:end], typed)
    ]
    # Keys of a typing method first: what they spell is the context for the other slips.
    for reading in (reader.read_keys, reader.read_glued, reader.read_typo, reader.read_spelling):
        for i in doubtful:
            start, end = words[i]
            trust = 0.5 if _is_foreign_name(typed, start, end) else 1.0
            found += [
                Alternative(
                    start=start,
                    end=end,
                    typed=typed[start:end],
                    text=meant,
                    slip=slip,
                    confidence=round(confidence * trust, 3),
                )
                for meant, slip, confidence in reading(i)
            ]
    return tuple(sorted(found, key=lambda a: (a.start, -a.confidence)))


def correct(text: str, alternatives: Sequence[Alternative]) -> str:
    """The text with its firm alternatives in place of the slips; both spellings of a sound stay as typed."""
    firm: dict[int, Alternative] = {}
    for alternative in alternatives:
        if alternative.slip is not Slip.SPELLING and alternative.confidence >= _FIRM:
            firm.setdefault(alternative.start, alternative)
    for start in sorted(firm, reverse=True):
        meant = firm[start].text
        typed = text[start : firm[start].end]
        meant = meant.upper() if typed.isupper() else meant.capitalize() if typed[0].isupper() else meant
        text = f"{text[:start]}{meant}{text[firm[start].end :]}"
    return text


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(text)]


def _is_code(word: str, text: str) -> bool:
    """Whether a word is a number, an abbreviation or a code, which is read elsewhere."""
    if word.isdigit() or meanings_of(word):
        return True
    shouted = text.isupper()
    return word.isupper() and not shouted and (len(word) < 6 or any(c.isdigit() for c in word))


def _is_foreign_name(text: str, start: int, end: int) -> bool:
    """Whether a word without marks is capitalised inside a text with marks: "căn hộ Eco Lake View"."""
    word = text[start:end]
    return bool(start and word[0].isupper() and word.isascii() and not text.isascii() and not text.isupper())


_Reading = tuple[str, Slip, float]


class _Reader:
    """Readings of the words of one text; `self.words` are the words as understood so far."""

    def __init__(self, table: NgramTable, words: list[str]) -> None:
        self.table = table
        self.words = words
        self._signatures = _signatures(table)

    def read_keys(self, i: int) -> Iterator[_Reading]:
        """Telex or VNI keys left in the word."""
        word = self.words[i]
        if self._is_known(word):
            return
        for slip, signature in ((Slip.VNI, _read_vni(word)), (Slip.TELEX, _read_telex(word))):
            meant = None if signature is None else self._best(i, self._spelt(*signature))
            if meant is None:
                continue
            keys = len(word) - len(meant)
            fits = self._fits(i, meant)
            # Digits stand at the end of many words that are no slips ("co2", "u23"): those need company.
            lone = slip is Slip.VNI and keys == 1 and word[-1].isdigit()
            confidence = 0.97 if fits else 0.4 if lone else 0.7 if keys == 1 else 0.9
            self.words[i] = meant if confidence >= _FIRM else word
            yield meant, slip, confidence
            return

    def read_glued(self, i: int) -> Iterator[_Reading]:
        """Two to four syllables without their spaces."""
        word = self.words[i]
        if self._is_known(word) or not word.isalpha() or not 4 <= len(word) <= 24:
            return
        split = self._split(word)
        if split is not None:
            self.words[i] = split[-1]
            yield " ".join(split), Slip.GLUED, 0.9 if not word.isascii() else 0.75

    def read_typo(self, i: int) -> Iterator[_Reading]:
        """One slip in a word that is no syllable."""
        word = self.words[i]
        if self._is_known(word) or not word.isalpha() or not 3 <= len(word) <= 8:
            return
        weighed = self._weigh_slips(i, word)
        total = sum(weight for _, weight, _ in weighed)
        for meant, weight, fits in weighed[:2]:
            share = weight / total
            if share >= 0.15:
                yield meant, Slip.TYPO, round(share * (0.95 if fits else 0.45), 3)
        if weighed and weighed[0][2]:
            self.words[i] = weighed[0][0]

    def read_spelling(self, i: int) -> Iterator[_Reading]:
        """The same syllable with i for y or y for i."""
        twin = spell_otherwise(self.words[i])
        if (
            twin is not None
            and self.table.counts[self.table.ids.get(twin, 0)] >= _RARE
            and twin in self.table.ids
        ):
            yield twin, Slip.SPELLING, 0.9

    def _is_known(self, word: str) -> bool:
        if word in self.table.words:
            return True
        group = self.table.by_fold.get(fold(word))
        return group is not None and bool(self.table.counts[group[0]] >= _RARE)

    def _spelt(self, letters: str, tone: str) -> list[str]:
        """The syllables of these letters and this tone; quality marks may be missing ("quyets")."""
        exact = self._signatures.get((letters, tone))
        if exact is not None:
            return [exact]
        group = self.table.by_fold.get(fold(letters), ())
        return [
            self.table.syllables[i]
            for i in group
            if split_tone(self.table.syllables[i])[1] == tone
            and all(
                one == other or one == fold(other)
                for one, other in zip(letters, split_tone(self.table.syllables[i])[0], strict=True)
            )
            and self.table.counts[i] >= _RARE
        ]

    def _best(self, i: int, meant: list[str]) -> str | None:
        return max(meant, key=lambda syllable: self._in_context(i, syllable), default=None)

    def _split(self, word: str) -> tuple[str, ...] | None:
        """The likeliest split into neighbours that are known to stand together, or None."""
        best: dict[int, list[tuple[float, tuple[str, ...]]]] = {0: [(0.0, ())]}
        for end in range(2, len(word) + 1):
            ends: list[tuple[float, tuple[str, ...]]] = []
            for start in range(max(0, end - 7), end - 1):
                piece = word[start:end]
                if start not in best or not self._is_piece(piece):
                    continue
                for score, pieces in best[start]:
                    step = self._pair_score(pieces[-1], piece) if pieces else 0.0
                    if step is not None and len(pieces) < 4:
                        ends.append((score + step, (*pieces, piece)))
            if ends:
                best[end] = sorted(ends, reverse=True)[:3]
        whole = [pieces for _, pieces in best.get(len(word), ()) if len(pieces) > 1]
        return whole[0] if whole else None

    def _is_piece(self, piece: str) -> bool:
        return is_countable(piece) and len(self._readings(piece)) > 0

    def _pair_score(self, first: str, second: str) -> float | None:
        """The logarithm of how often two typed pieces stand together in some reading; None if never."""
        seen = self._seen_together(first, second)
        return float(np.log(seen) - 12) if seen >= _RARE else None

    def _weigh_slips(self, i: int, word: str) -> list[tuple[str, float, bool]]:
        """(syllable, weight, whether it is known beside a neighbour), heaviest first."""
        bare = fold(word)
        weighed: dict[str, tuple[float, bool]] = {}
        for form, likely in _one_slip_away(bare).items():
            for at in self.table.by_fold.get(form, ())[:8]:
                meant = self.table.syllables[at]
                if self.table.counts[at] < _RARE:
                    continue
                weight = likely * _agreement(word, meant) * self._in_context(i, meant)
                if weight > weighed.get(meant, (0.0, False))[0]:
                    weighed[meant] = (weight, self._fits(i, meant))
        ordered = sorted(weighed.items(), key=lambda item: -item[1][0])
        return [(meant, weight, fits) for meant, (weight, fits) in ordered]

    def _in_context(self, i: int, meant: str) -> float:
        """How probable a syllable is between the neighbours of the word at `i`."""
        own = self.table.ids.get(meant)
        if own is None:
            return 0.0
        single = float(self.table.p_single(np.array([own]))[0])
        left = self._beside(i - 1, own, before=True)
        right = self._beside(i + 1, own, before=False)
        return (single if left is None else left) * (_UNREAD if right is None else right)

    def _beside(self, i: int, own: int, *, before: bool) -> float | None:
        """P(own | neighbour) or P(neighbour | own) for the neighbour's best reading; None where it has none."""
        readings = self._readings(self.words[i]) if 0 <= i < len(self.words) else _NOTHING
        if not len(readings):
            return None
        owns = np.full(len(readings), own)
        pairs = self.table.p_pair(readings, owns) if before else self.table.p_pair(owns, readings)
        return float(pairs.max())

    def _fits(self, i: int, meant: str) -> bool:
        """Whether a syllable is known to stand beside a neighbour of the word at `i`."""
        left = i > 0 and self._seen_together(self.words[i - 1], meant) >= _RARE
        right = i + 1 < len(self.words) and self._seen_together(meant, self.words[i + 1]) >= _RARE
        return bool(left or right)

    def _seen_together(self, first: str, second: str) -> int:
        one, other = self._readings(first), self._readings(second)
        if not len(one) or not len(other):
            return 0
        return int(self.table.count_pairs(np.repeat(one, len(other)), np.tile(other, len(one))).max())

    def _readings(self, word: str) -> Ids:
        """Ids of what a typed word may be: itself with its marks, any reading without; keys not yet read."""
        own = self.table.ids.get(word)
        if own is not None and not word.isascii():
            return np.array([own], dtype=np.int64)
        group = self.table.by_fold.get(word) if word.isascii() else None
        if group is None:
            signature = _read_telex(word) or _read_vni(word)
            meant = self._spelt(*signature) if signature else []
            group = np.array([self.table.ids[syllable] for syllable in meant], dtype=np.int64)
        return group[:16]


# --- i and y


_TWINS = re.compile(r"(h|k|l|m|s|t|qu)([iìíỉĩịyỳýỷỹỵ])")
_TWIN = str.maketrans("iìíỉĩịyỳýỷỹỵ", "yỳýỷỹỵiìíỉĩị")


def spell_otherwise(syllable: str) -> str | None:
    """The syllable with i for y or y for i where both are written: "lý" → "lí", "kĩ" → "kỹ"; else None.

    >>> spell_otherwise("lý"), spell_otherwise("quí"), spell_otherwise("vi")
    ('lí', 'quý', None)
    """
    match = _TWINS.fullmatch(syllable)
    return None if match is None else match[1] + match[2].translate(_TWIN)


# --- keys of typing methods


_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_VNI_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
_VOWELS = "aăâeêioôơuưy"
_HOOKED = (("uo", "ươ"), ("ưo", "ươ"), ("uơ", "ươ"), ("u", "ư"), ("o", "ơ"), ("a", "ă"))


@lru_cache(maxsize=65536)
def split_tone(syllable: str) -> tuple[str, str]:
    """The letters of a syllable without its tone, and the tone's Telex key ("" for none).

    >>> split_tone("quyết")
    ('quyêt', 's')
    """
    tone, letters = "", []
    for character in unicodedata.normalize("NFD", syllable):
        if character in _TONES:
            tone = _TONES[character]
        else:
            letters.append(character)
    return unicodedata.normalize("NFC", "".join(letters)), tone


@lru_cache(maxsize=4096)
def _read_telex(word: str) -> tuple[str, str] | None:
    """Letters and tone that the Telex keys in a word spell; None where it has no keys."""
    letters, tone = split_tone(word)
    first = next((i for i, letter in enumerate(letters) if letter in _VOWELS + "w"), None)
    if first is None or not letters.isalpha():
        return None
    tail = letters[first + 1 :]
    keys = [key for key in tail if key in "sfrxjz"]
    if len(set(keys)) > 1 or (keys and tone):
        return None
    if keys:
        tone = "" if keys[0] == "z" else keys[0]
    letters = letters[: first + 1] + "".join(key for key in tail if key not in "sfrxjz")
    spelt = _read_quality_keys(letters)
    return (spelt, tone) if keys or spelt != letters else None


def _read_quality_keys(letters: str) -> str:
    """Telex letters with dd, aa, ee, oo, aw, ow, uw read, also where the second key comes last."""
    if letters.startswith("dd"):
        letters = "đ" + letters[2:]
    elif letters.startswith("d") and letters.endswith("d") and len(letters) > 2:
        letters = "đ" + letters[1:-1]
    for plain, marked in (("a", "â"), ("e", "ê"), ("o", "ô")):
        if plain * 2 in letters:
            letters = letters.replace(plain * 2, marked, 1)
        elif letters.count(plain) == 2 and letters.endswith(plain):
            letters = letters.replace(plain, marked, 1)[:-1]
    if "w" not in letters:
        return letters
    bare = letters.replace("w", "")
    if not any(vowel in bare for vowel in "uoaăâêôươ"):
        return letters.replace("w", "ư", 1)
    return _hook(bare)


def _hook(letters: str) -> str:
    for plain, marked in _HOOKED:
        if plain in letters[1 if letters.startswith("qu") else 0 :]:
            at = letters.rindex(plain)
            return f"{letters[:at]}{marked}{letters[at + len(plain) :]}"
    return letters


@lru_cache(maxsize=4096)
def _read_vni(word: str) -> tuple[str, str] | None:
    """Letters and tone that the VNI digits in a word spell; None where it has none or other digits."""
    keys = [character for character in word if character.isdigit()]
    letters, tone = split_tone("".join(c for c in word if not c.isdigit()))
    if (
        not keys
        or not (1 if len(keys) > 1 else 2) <= len(letters) <= 7
        or word[0].isdigit()
        or "0" in keys
        or len(keys) > 4
    ):
        return None
    tones = {key for key in keys if key in _VNI_TONES}
    if len(tones) > 1 or (tones and tone):
        return None
    for key in dict.fromkeys(keys):
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "9":
            letters = letters.replace("d", "đ", 1)
        elif key == "6":
            letters = re.sub(
                "[aeo](?!.*[aeo])", lambda m: {"a": "â", "e": "ê", "o": "ô"}[m[0]], letters, count=1
            )
        elif key == "8":
            letters = letters.replace("a", "ă", 1)
        elif key == "7":
            letters = _hook(letters)
    return letters, tone


_KNOWN_SIGNATURES: WeakKeyDictionary[NgramTable, Mapping[tuple[str, str], str]] = WeakKeyDictionary()


def _signatures(table: NgramTable) -> Mapping[tuple[str, str], str]:
    """(letters, tone) → syllable, for the syllables of a table that are not rare."""
    found = _KNOWN_SIGNATURES.get(table)
    if found is None:
        found = {
            split_tone(syllable): syllable
            for syllable, count in zip(table.syllables[3:], table.counts[3:].tolist(), strict=True)
            if count >= _RARE
        }
        _KNOWN_SIGNATURES[table] = found
    return found


# --- one slip of the finger

_LETTERS = "abcdeghiklmnopqrstuvxy"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {
    letter: set(row[max(0, i - 1) : i] + row[i + 1 : i + 2]) for row in _ROWS for i, letter in enumerate(row)
}


@lru_cache(maxsize=4096)
def _one_slip_away(word: str) -> Mapping[str, float]:
    """Folded words one slip away, with how likely the slip is among slips."""
    found: dict[str, float] = {}

    def add(form: str, likely: float) -> None:
        if form != word:
            found[form] = max(likely, found.get(form, 0.0))

    for i in range(len(word)):
        add(word[:i] + word[i + 1 :], 0.5 if i and word[i] == word[i - 1] else 0.2)
        if i + 1 < len(word):
            add(word[:i] + word[i + 1] + word[i] + word[i + 2 :], 1.0)
        for letter in _LETTERS:
            add(word[:i] + letter + word[i + 1 :], 0.4 if letter in _NEIGHBOURS.get(word[i], ()) else 0.1)
    for i in range(len(word) + 1):
        for letter in _LETTERS:
            add(word[:i] + letter + word[i:], 0.7 if i else 0.3)
    return found


def _agreement(typed: str, meant: str) -> float:
    """How well the marks that were typed agree with a syllable: all of them are in it, or they are not."""
    if typed.isascii():
        return 1.0
    wanted, given = _marks(meant), _marks(typed)
    return 1.0 if wanted == given else 0.5 if given <= wanted else 0.02


@lru_cache(maxsize=65536)
def _marks(word: str) -> frozenset[str]:
    found = {c for c in unicodedata.normalize("NFD", word) if unicodedata.combining(c)}
    return frozenset(found | {"đ"} if "đ" in word else found)
