"""Tokens of the lexical side: syllables, syllable bigrams, underthesea words, folded forms, numbers.

Nothing here touches the stored text: a token string is what an index sees, never what a reader sees.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from corpus.symbols import find_symbols, symbol_key
from corpus.text import fold, to_nfc

_SYLLABLE = re.compile(r"[^\W_]+")
# Two ways to place the tone on oa, oe, uy ("hoà"/"hòa", "uỷ"/"ủy"): one of them for the index.
# After q, "uy" is a glide and a vowel and the tone stays ("quý").
_TONE_PAIRS = {
    second: first
    for seconds, firsts in (
        ("oà oá oả oã oạ", "òa óa ỏa õa ọa"),
        ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
        ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"),
    )
    for second, first in zip(seconds.split(), firsts.split(), strict=True)
}
_TONE = re.compile(rf"(?<!q)({'|'.join(_TONE_PAIRS)})(?![^\W\d_])")
_LONG = 400  # underthesea needs memory in proportion to the length of one string


@lru_cache(maxsize=65536)
def place_tone(syllable: str) -> str:
    """The lower-case syllable with its tone in the one place that the index knows ("uỷ" → "ủy")."""
    return _TONE.sub(lambda match: _TONE_PAIRS[match[1]], syllable)


def syllables(text: str) -> list[str]:
    """Lower-case syllables and numbers in order, one placement of tones.

    >>> syllables("Tỉnh uỷ Hà Tĩnh, 04-NQ/TU")
    ['tỉnh', 'ủy', 'hà', 'tĩnh', '04', 'nq', 'tu']
    """
    return list(map(place_tone, split_syllables(text)))


def split_syllables(text: str) -> list[str]:
    """Lower-case syllables and numbers in order, tones where they were typed."""
    return _SYLLABLE.findall(to_nfc(text).lower())


@lru_cache(maxsize=4096)
def spellings(syllable: str) -> tuple[str, ...]:
    """A syllable as `syllables` gives it, and with its tone in the other place where there is one.

    >>> spellings("ủy"), spellings("quý")
    (('ủy', 'uỷ'), ('quý',))
    """
    others = (syllable.replace(first, second) for second, first in _TONE_PAIRS.items() if first in syllable)
    return (syllable, *(other for other in others if place_tone(other) == syllable))


def has_syllable(text: str, spelling: str) -> bool:
    """Whether a text in NFC and lower case has a syllable spelled so, not only as a part of another."""
    at = text.find(spelling)
    while at >= 0:
        end = at + len(spelling)
        if not (text[end : end + 1].isalnum() or (at and text[at - 1].isalnum())):
            return True
        at = text.find(spelling, end)
    return False


def bigrams(units: Sequence[str]) -> list[str]:
    """Neighbouring pairs joined by "_"."""
    return [f"{first}_{second}" for first, second in pairwise(units)]


def folded(units: Sequence[str]) -> list[str]:
    """The same tokens without tone marks, vowel marks and đ."""
    return [fold(unit) for unit in units]


def number_tokens(text: str) -> list[str]:
    """One token for every whole document number in the text (see `corpus.symbols.symbol_key`)."""
    return [symbol_key(mention.canonical) for mention in find_symbols(text) if not mention.short]


def words(text: str) -> list[str]:
    """Lower-case words of two or more syllables as underthesea segments them, joined by "_".

    Words of one syllable are left out: the syllable field holds them.
    """
    tokenize = _word_tokenizer()
    found: list[str] = []
    for piece in _pieces(text):
        for word in tokenize(piece, use_token_normalize=False):
            parts = syllables(word)
            if len(parts) > 1:
                found.append("_".join(parts))
    return found


def _pieces(text: str) -> list[str]:
    pieces = [piece for piece in re.split(r"[\n;:.?!]+", to_nfc(text)) if piece.strip()]
    return [part for piece in pieces for part in _wrap(piece)]


def _wrap(piece: str) -> list[str]:
    if len(piece) <= _LONG:
        return [piece]
    space = piece.rfind(" ", 0, _LONG)
    cut = space if space > 0 else _LONG
    return [piece[:cut], *_wrap(piece[cut:])] if piece[cut:].strip() else [piece[:cut]]


@cache
def _word_tokenizer() -> Any:
    # underthesea.translate imports torch and transformers (4 s, 200 MB) for nothing that is used here.
    sys.modules.setdefault("underthesea.pipeline.translate", None)  # type: ignore[arg-type]
    from underthesea import word_tokenize

    return word_tokenize
