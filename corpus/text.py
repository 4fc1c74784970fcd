"""Named text steps: composition of Unicode, and the folded form that search compares.

The stored text is NFC and nothing else; folding happens on the side of an index or a comparison.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")


def to_nfc(text: str) -> str:
    """The text in Unicode form NFC, the form in which every offset of this project is counted."""
    return unicodedata.normalize("NFC", text)


class _Folded(dict[int, str]):
    """Code point → its folded character, found at the first look-up, for `str.translate`."""

    def __missing__(self, point: int) -> str:
        # One code point in, one out, so that offsets in the folded text are offsets in the text.
        base = unicodedata.normalize("NFD", chr(point))[0].lower()[0]
        self[point] = folded = "d" if base in "đð" else base
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Lower case without tone and vowel marks, đ (and Eth) as d; exactly as long as the NFC text given.

    >>> fold("Nghị quyết số 04-NQ/TU của Đảng bộ")
    'nghi quyet so 04-nq/tu cua dang bo'
    """
    return text.translate(_FOLDED)


def fold_spaces(text: str) -> str:
    """The text in NFC with every run of white space (U+00A0 too) as one space, ends stripped."""
    return _SPACES.sub(" ", to_nfc(text)).strip()
