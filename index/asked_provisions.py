"""Provisions that a query asks for: "khoản 2 điều 5 luật đất đai 2024", also without diacritics."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import SymbolMention
from corpus.provisions import read_provision
from corpus.text import fold
from index.query_models import AskedProvision, NamedDocument

_WORDS = {
    "diem": "điểm",
    "tiet": "tiết",
    "khoan": "khoản",
    "dieu": "điều",
    "tieu muc": "tiểu mục",
    "muc": "mục",
    "chuong": "chương",
    "phan": "phần",
    "phu luc": "phụ lục",
}
_LINKS = {"va": "và", "hoac": "hoặc", "den": "đến", "cua": "của", "tai": "tại", "thuoc": "thuộc"}
_LABEL = r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[a-zđ]?|[ivxlc]{1,6}|[a-zđ]\d?)(?![\w/])"
_JOIN = r"(?:\s*[,;]\s*(?:va\s+)?|\s+(?:va|hoac|den)\s+|\s*[-–]\s*)"
_PART = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True)).replace(' ', chr(92) + 's+')})\s+(?:so\s+)?{_LABEL}(?:{_JOIN}{_LABEL})*"
_RUN = re.compile(rf"(?<!\w){_PART}(?:(?:{_JOIN}|\s*,?\s+(?:(?:cua|thuoc|tai)\s+)?){_PART})*")
_ROMAN = re.compile(
    r"(?<=chương )[ivxlc]+\b|(?<=phần )[ivxlc]+\b|(?<=phụ lục )[ivxlc]+\b|(?<=mục )[ivxlc]+\b"
)
_WORD = re.compile(r"(?<!\w)(?:tieu\s+muc|phu\s+luc|[a-z]+)(?!\w)")
_BETWEEN = re.compile(r"[\s,]*(?:(?:cua|tai|trong|thuoc|o)\s+)?")
_TYPE_BEFORE = 60  # characters: the longest type word with "số" before a number


def find_asked_provisions(
    text: str, symbols: Sequence[SymbolMention], documents: Sequence[NamedDocument]
) -> tuple[AskedProvision, ...]:
    """The provisions that a query names, each with the document it belongs to.

    That is the one named right behind it, else the only one of the query, else None.

    >>> [p.value for p in find_asked_provisions("khoan 2 dieu 5 luat dat dai", (), ())]
    ['Khoản 2 Điều 5']
    """
    folded = fold(text)
    found = []
    for match in _RUN.finditer(folded):
        written = _write_marks(text, folded, match.start(), match.end())
        if written is None:
            continue
        read = read_provision(written, len(written))
        if read is not None and read.start == 0:
            document = _document_of(folded, match.end(), symbols, documents)
            found.append(
                AskedProvision(start=match.start(), end=match.end(), value=read.value, document=document)
            )
    return tuple(found)


def _write_marks(text: str, folded: str, start: int, end: int) -> str | None:
    """The phrase with the words of provisions spelled out; None where other marks were typed ("mức 5")."""
    letters = list(text[start:end])
    for match in _WORD.finditer(folded, start, end):
        bare = " ".join(match[0].split())
        proper = _WORDS.get(bare) or _LINKS.get(bare)
        if proper is None:
            continue
        typed = " ".join(text[match.start() : match.end()].lower().split())
        if typed not in (bare, proper):
            return None
        letters[match.start() - start : match.end() - start] = proper.ljust(len(match[0]))
    return _ROMAN.sub(lambda match: match[0].upper(), "".join(letters))


def _document_of(
    folded: str, end: int, symbols: Sequence[SymbolMention], documents: Sequence[NamedDocument]
) -> str | None:
    between = _BETWEEN.match(folded, end)
    at = between.end() if between else end
    for document in documents:
        if document.start == at:
            return document.name
    for mention in symbols:
        lead = folded[at : mention.start]
        if at <= mention.start <= at + _TYPE_BEFORE and not re.search(r"[.;?!\d]|\bdieu\b", lead):
            return mention.canonical
    named = [document.name for document in documents] + [mention.canonical for mention in symbols]
    return named[0] if len(set(named)) == 1 else None
