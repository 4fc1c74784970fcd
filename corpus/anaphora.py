"""Which document "Nghị quyết này", "Thông tư nêu rõ", "các nghị quyết trên" stand for.

Precision first: where the text leaves a choice, nothing is said. In a document with a number of its own,
"Nghị định này" is that document if it is a Nghị định; on a page that reports, it is the one of that type that
the page last told was issued, or the only one of that type that it has named so far.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Reference, Relation, SymbolMention
from corpus.symbols import read_symbol, same_type, symbol_key
from corpus.text import fold

_CODES = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "quy định": "QĐ",
    "nghị định": "NĐ",
    "thông tư": "TT",
    "thông tư liên tịch": "TTLT",
    "chỉ thị": "CT",
    "công văn": "CV",
    "công điện": "CĐ",
    "kế hoạch": "KH",
    "kết luận": "KL",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "đề án": "ĐA",
    "quy chế": "QC",
    "pháp lệnh": "PL",
    "bộ luật": "L",
    "luật": "L",
    "văn bản": "VB",  # any
}
_WORDS = "|".join(sorted(map(re.escape, _CODES), key=len, reverse=True))
_POINTING = re.compile(
    rf"(?<!\w)(?P<many>(?:[Cc]ác|[Nn]hững|[Hh]ai|[Bb]a)\s+)?(?P<word>{_WORDS})"
    r"\s+(?P<how>này|nói trên|nêu trên|kể trên|trên đây|trên(?!\s+(?:địa bàn|cơ sở|cả|toàn|phạm vi|thế giới|mạng|báo))|đó)(?!\w)",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?<!\w)(?:(?P<this>(?i:nghị quyết|nghị định|thông tư liên tịch|thông tư|quyết định|chỉ thị|luật|kế hoạch))"
    r"\s+(?:này|nêu trên|nói trên)"
    r"|(?P<word>Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị|Quy định|Luật|Kế hoạch)"
    r"(?:\s+(?:mới|trên)|(?=\s+(?:cũng |còn |đã |sẽ )?(?:nêu rõ|nêu|quy định|sửa đổi|bổ sung|thay thế|bãi bỏ"
    r"|có hiệu lực|hướng dẫn|yêu cầu|cho phép|gồm|tiếp tục|chỉ rõ|hết hiệu lực))))(?!\w)"
)
_NEAR = 1200  # characters: "trên" points to the paragraph before, not to the other end of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaphor:
    """`text[start:end]` ("các nghị quyết trên") stands for the documents with these numbers."""

    symbols: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Earlier:
    symbol: str
    type_code: str | None
    word: str  # the words that open it, folded
    start: int
    relation: Relation


class Antecedents:
    """The numbers of a text up to where it has been read."""

    def __init__(self, plain: str, own: str | None) -> None:
        self.plain = plain
        self.own = own
        self._earlier: list[_Earlier] = []

    def add(self, mention: SymbolMention, start: int, relation: Relation) -> None:
        """Take in the next number, whose type word begins at `start`."""
        if mention.canonical.startswith("?"):
            return
        word = fold(self.plain[start : start + 12])
        self._earlier.append(_Earlier(mention.canonical, mention.type_code, word, start, relation))

    def actor(self, sentence: int, position: int) -> str | None:
        """The document that the sentence from `sentence` on names as acting, before `position`."""
        says = _SAYS.search(self.plain, sentence, position)
        return self.this_one(says["this"] or says["word"], sentence) if says is not None else None

    def this_one(self, word: str, before: int) -> str | None:
        """What "<word> này" at `before` stands for, or None where the text leaves a choice."""
        code = _CODES[word.lower()]
        if self.own is not None:
            own = read_symbol(self.own)
            return self.own if own is not None and same_type(own.type_code, code) else None
        fitting = [one for one in self._earlier if one.start < before and _is_of(one, word, code)]
        told = [one.symbol for one in fitting if one.relation is Relation.REPORTED]
        if told:
            return told[-1]
        keys = {symbol_key(one.symbol) for one in fitting}
        return fitting[-1].symbol if len(keys) == 1 else None

    def those(self, word: str, before: int) -> tuple[str, ...]:
        """What "các <word> trên" at `before` stands for: those of that type named shortly before."""
        code = _CODES[word.lower()]
        found: dict[str, str] = {}
        for one in self._earlier:
            if before - _NEAR <= one.start < before and _is_of(one, word, code):
                found.setdefault(symbol_key(one.symbol), one.symbol)
        return tuple(found.values())


def find_anaphors(
    text: str, references: Sequence[Reference], *, own: str | None = None
) -> tuple[Anaphor, ...]:
    """The phrases of `text` that point back to a document by its type, as far as the text settles which.

    `references` are those of `text` (see `corpus.references.find_references`), `own` its own number.
    """
    antecedents = Antecedents(text, own)
    waiting = list(reversed(references))
    found: list[Anaphor] = []
    for match in _POINTING.finditer(text):
        while waiting and waiting[-1].symbol_start < match.start():
            reference = waiting.pop()
            mention = read_symbol(reference.symbol)
            if mention is not None:
                antecedents.add(mention, reference.start, reference.relation or Relation.REFERS_TO)
        symbols = _resolve(antecedents, match)
        if symbols:
            found.append(Anaphor(symbols=symbols, start=match.start(), end=match.end()))
    return tuple(found)


def _resolve(antecedents: Antecedents, match: re.Match[str]) -> tuple[str, ...]:
    word = match["word"]
    if match["many"]:
        several = antecedents.those(word, match.start())
        return several if len(several) > 1 else ()
    if match["how"].lower() == "này":
        symbol = antecedents.this_one(word, match.start())
        return (symbol,) if symbol is not None else ()
    near = antecedents.those(word, match.start())
    return near if len(near) == 1 else ()


def _is_of(one: _Earlier, word: str, code: str) -> bool:
    if code == "VB" or (one.type_code is not None and same_type(one.type_code, code)):
        return True
    return one.type_code is None and one.word.startswith(fold(word))
