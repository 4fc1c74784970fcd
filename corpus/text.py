"""Named text steps: composition of Unicode, and the folded form that search compares.

The stored text is NFC and nothing else; folding happens on the side of an index or a comparison.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")


def to_nfc(text: str) -> str:
    """The text in Unicode form NFC, the form in which every offset of this project is counted."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    # One code point in, one out, so that offsets in the folded text are offsets in the text.
    base = unicodedata.normalize("NFD", character)[0].lower()[0]
    return "d" if base in "đð" else base


def fold(text: str) -> str:
    """Lower case without tone and vowel marks, đ (and Eth) as d; exactly as long as the NFC text given.

    >>> fold("Nghị quyết số 04-NQ/TU của Đảng bộ")
    'nghi quyet so 04-nq/tu cua dang bo'
    """
    return "".join(map(_fold_character, text))


def fold_spaces(text: str) -> str:
    """The text in NFC with every run of white space (U+00A0 too) as one space, ends stripped."""
    return _SPACES.sub(" ", to_nfc(text)).strip()
