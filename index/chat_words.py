"""Short forms of chat in a question ("mấy ng dc hưởng"): spelled out before it is read, for they are no abbreviations of texts.

Only what is no syllable and stands for one thing; in a question without diacritics they are spelled without them.
"""

from __future__ import annotations

import re

from corpus.text import fold

SPELLED = {
    "ng": "người",
    "ngta": "người ta",
    "dc": "được",
    "đc": "được",
    "ko": "không",
    "kg": "không",
    "khg": "không",
    "hok": "không",
    "bn": "bao nhiêu",
    "bnhieu": "bao nhiêu",
    "bnhiêu": "bao nhiêu",
    "nhiu": "nhiêu",
    "j": "gì",
    "vs": "với",
    "cx": "cũng",
    "ntn": "như thế nào",
    "trc": "trước",
    "cty": "công ty",
    "hl": "hiệu lực",
}
_WORD = re.compile(rf"(?<![\w/.-])(?:{'|'.join(sorted(SPELLED, key=len, reverse=True))})(?![\w/-])")
_NOT = re.compile(r"(?<=\s)k(?=\s*[?,.]|\s*\Z|\s+(?:được|duoc|có|co|bị|bi)\b)")


def spell_chat(text: str) -> str:
    """A question with the short forms of chat spelled out; those in capitals are left alone.

    >>> spell_chat("mấy ng dc hưởng, từ bn tuổi?"), spell_chat("con hieu luc k")
    ('mấy người được hưởng, từ bao nhiêu tuổi?', 'con hieu luc khong')
    """
    marked = fold(text) != text.lower()

    def spell(word: str) -> str:
        return word if marked else fold(word)

    text = _WORD.sub(lambda match: spell(SPELLED[match[0]]), text)
    return _NOT.sub(spell("không"), text)
