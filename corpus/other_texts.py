"""What stands on the page of a document and is not its text: other acts, comparisons and notes under their headings.

Somebody who keeps a resolution in one file may write the conclusion that belongs to it, an older resolution and a
comparison of all below it. The number of the page speaks for none of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.models import SymbolMention
from corpus.symbols import find_symbols, read_symbol, symbol_key
from corpus.text import fold

_HEADING = re.compile(r"(?:\A|\n)(?P<marks>#{1,6}) +(?P<words>[^\n]+)")
# What may stand between the mark of a heading and the number that it names.
_TYPE_ALONE = re.compile(r"(?:toan van\W+)?(?:[a-z]+ ){1,4}(?:so\W+)?")
_OF_NO_ACT = (
    r"dieu|chuong|muc|phan|phu luc|mau|bieu|khoan|sua doi|bo sung|bai bo|thay the|thuc hien|theo|can cu"
)
_PROVISION = re.compile(rf"(?:{_OF_NO_ACT})\b")
_COMPARISON = re.compile(r"(?:so sanh|doi chieu|phan tich|binh luan|loi ban|nhan xet|tom tat|diem moi)\b")
_NOTE = re.compile(
    r"(?:ghi chu phan tich|ghi chu cua (?:nguoi|ban) \w+|loi ban|loi binh|phan tich (?:5w|swot))\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherText:
    """`text[start:end]`, from its heading on, is not the text of the document that the page is of."""

    start: int
    end: int
    # of the act that it is the text of; None for a comparison, a note, a number not written whole
    symbol: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """The heading over a text that is not the document's."""

    start: int
    rank: int
    symbol: str | None
    note: bool = False

    def ends_at(self, rank: int) -> bool:
        """Whether the next heading, of some rank, no longer stands within the text."""
        return rank < self.rank or (self.note and rank == self.rank)


def find_other_texts(text: str, symbol: str | None) -> tuple[OtherText, ...]:
    """The stretches of a page that are not the text of the document which bears `symbol`; none without a number.

    A heading that opens with the number of another act begins one, where it is of the rank of the page's first heading;
    so does one over a comparison of acts, and one of any rank over somebody's notes. It reaches to a heading that names the document
    again or is of a higher rank; a note also to the next of its own.

    >>> page = "# Nghị quyết số 5-NQ/TW\\nMục tiêu.\\n# Kết luận số 7-KL/TW\\nKết luận.\\n# So sánh Nghị quyết 5 với Kết luận 7\\nA"
    >>> [(page[one.start :][:9], one.symbol) for one in find_other_texts(page, "05-NQ/TW")]
    [('# Kết luậ', '7-KL/TW'), ('# So sánh', None)]
    """
    own = read_symbol(symbol) if symbol else None
    if own is None or "\n#" not in text:
        return ()
    found: list[OtherText] = []
    opened: _Opening | None = None
    top = 0
    for heading in _HEADING.finditer(text):
        start, rank, words = heading.start("marks"), len(heading["marks"]), heading["words"]
        top = top or rank
        named = _named_first(words)
        is_own = named is not None and _is_same(named, own)
        begins: _Opening | None = None
        if named is not None and not is_own and rank <= top:
            begins = _Opening(start=start, rank=rank, symbol=None if named.short else named.canonical)
        elif _is_note(words, compares=rank <= top):
            begins = _Opening(start=start, rank=rank, symbol=None, note=True)
        if opened and (begins or is_own or opened.ends_at(rank)):
            found.append(OtherText(start=opened.start, end=start, symbol=opened.symbol))
            opened = None
        opened = begins or opened
    if opened:
        found.append(OtherText(start=opened.start, end=len(text), symbol=opened.symbol))
    return tuple(found)


def _named_first(words: str) -> SymbolMention | None:
    """The number that a heading opens with, behind nothing but its type."""
    mention = next(iter(find_symbols(words)), None)
    if mention is None:
        return None
    before = fold(words[: mention.start])
    alone = _TYPE_ALONE.fullmatch(before) is not None and _PROVISION.match(before) is None
    return mention if alone else None


def _is_same(named: SymbolMention, own: SymbolMention) -> bool:
    if not named.short:
        return symbol_key(named.canonical) == symbol_key(own.canonical)
    return named.number.lstrip("0") == own.number.lstrip("0") and own.type_code in (None, named.type_code)


def _is_note(words: str, *, compares: bool) -> bool:
    """Whether a heading stands over somebody's own notes or, where it `compares`, over a comparison of acts."""
    plain = fold(words).strip(" *_:")
    compared = compares and _COMPARISON.match(plain) is not None and bool(find_symbols(words))
    return compared or _NOTE.match(plain) is not None
