"""Which documents of a store are the law that a query names, by title, type and subject; which mention it.

A page may hold one article of a law; then its title says which ("Luật Đất đai số 31/2024/QH15, Điều 5. …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from corpus.consolidated import CONSOLIDATED, read_consolidated_act
from corpus.store import Store
from corpus.symbols import find_symbols, read_symbol, symbol_key
from corpus.text import fold
from index.named_documents import find_named_documents
from index.query_models import NamedDocument

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?<![\w/])(?:19|20)\d\d(?![\w/])")
_ARTICLE = re.compile(r"[,;:|–-]\s*(?P<article>Điều \d{1,4}[a-zđ]?)(?=\s*(?:[.:,]|$))", re.IGNORECASE)
_SO_BEFORE = re.compile(r"(?:\bsố\s*:?\s*)?\Z", re.IGNORECASE)
_AFTER_NUMBER = re.compile(r"\s*:?\s*")
# What may follow the whole name of a law; another word would make it another name ("Luật Đất đai đô thị").
_AFTER_NAME = re.compile(r"\s*(?:$|[^\w\s]|(?:so|nam|ngay|dieu|nuoc|sua\s+doi|hop\s+nhat|(?:19|20)\d\d)\b)")
_LAWS = ("luat", "bo luat", "phap lenh", "hien phap")  # types (folded) whose subject is a name


class Fit(Enum):
    """How a document stands to the law that a query names."""

    IS = "is"
    MENTIONS = "mentions"  # its title names it, or it is that law of a year that is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTitle:
    """What a document is called by."""

    document_id: str
    names: tuple[
        str, ...
    ]  # its title; of a law, "Luật" with its subject too; of a consolidated text, its law
    keys: tuple[str, ...]  # their folded words, spaces around each
    dated: tuple[str | None, str | None]  # its own number (of a consolidated text, the act's), its day

    @classmethod
    def of(
        cls,
        document_id: str,
        title: str,
        *,
        subject: str | None = None,
        symbol: str | None = None,
        issued_on: str | None = None,
    ) -> DocumentTitle:
        """The title of a document; `subject` is its type with its subject."""
        names = (title, subject) if subject else (title,)
        keys = tuple(f" {_key(name)} " for name in names)
        return cls(document_id=document_id, names=names, keys=keys, dated=(symbol, issued_on))

    @property
    def article(self) -> str | None:
        """ "Điều 5" where the page is one article of a document."""
        match = _ARTICLE.search(self.names[0])
        return match["article"].capitalize() if match else None

    @property
    def article_of(self) -> str | None:
        """The number that stands before the article in the title."""
        match = _ARTICLE.search(self.names[0])
        head = self.names[0][: match.start()] if match else ""
        return next((one.canonical for one in find_symbols(head) if one.end == len(head.rstrip())), None)


class TitleTable:
    """The titles of a store's documents; read anew when the store has changed. May be asked from threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: tuple[tuple[int, int], Mapping[str, DocumentTitle]] | None = None

    def titles(self) -> Mapping[str, DocumentTitle]:
        """Document id → its title, oldest first."""
        state, held = self._store.counters(), self._held
        if held is None or held[0] != state:
            held = self._held = (state, {one.document_id: one for one in self._read()})
        return held[1]

    def _read(self) -> Iterator[DocumentTitle]:
        for row in self._store.list_documents():
            subject = None
            if row["type"] and fold(row["type"]) in _LAWS:
                fact = self._store.facts(row["id"]).title
                subject = f"{row['type']} {fact.value}" if fact else None
            symbol, issued_on = row["symbol"], row["issued_on"]
            if row["type"] == CONSOLIDATED and (act := read_consolidated_act(self._store.text(row["id"]))):
                # It is called by the law that it restates, and of that law's year.
                subject, symbol, issued_on = act.name, act.symbol, None
            yield DocumentTitle.of(
                row["id"], row["title"], subject=subject, symbol=symbol, issued_on=issued_on
            )

    def documents_called(self, asked: NamedDocument) -> tuple[str, ...]:
        """The documents that are the law asked for; of a year asked for, only those known to be of it."""
        return tuple(i for i, title in self.titles().items() if fit_title(title, asked) is Fit.IS)

    def documents_numbered(self, symbol: str) -> tuple[str, ...]:
        """The documents with a number, and the pages whose title says that they hold an article of it."""
        number, key = f" {_key(symbol)} ", symbol_key(symbol)
        articles = (
            document_id
            for document_id, title in self.titles().items()
            if number in title.keys[0] and (own := title.article_of) and symbol_key(own) == key
        )
        return tuple(dict.fromkeys((*self._store.documents_with_symbol(symbol), *articles)))


def fit_title(title: DocumentTitle, asked: NamedDocument) -> Fit | None:
    """How a document stands to a law asked for; None where its title does not name it, or of another year."""
    name = _short_key(asked.name)
    if not any(f" {name} " in key for key in title.keys):
        return None
    if not any(_is_name(one, asked.name) for one in title.names):
        return Fit.MENTIONS if any(f" {_key(asked.name)} " in key for key in title.keys) else None
    if asked.year is None:
        return Fit.IS
    years = _years(title)
    if not years:
        return Fit.MENTIONS
    return Fit.IS if asked.year in years else None


@lru_cache(maxsize=65536)
def _is_name(title: str, name: str) -> bool:
    """Whether a title is the name of the law, not one that goes on or another that speaks of it."""
    bare = _without_numbers(title)
    folded = fold(bare)
    listed = next((one for one in find_named_documents(bare) if one.listed and one.start == 0), None)
    if listed is not None:
        end = listed.end
        same = _law_key(listed.name) == _law_key(name)
    else:
        match = _name_pattern(name).match(folded)
        end, same = (match.end(), True) if match else (0, False)
    return same and (_AFTER_NAME.match(folded, end) is not None or _YEAR.search(folded[:end]) is not None)


@lru_cache(maxsize=65536)
def _years(title: DocumentTitle) -> frozenset[int]:
    """The years that a law may be called by: of its number, its day, or in its title."""
    symbol, day = title.dated
    years = {read.year for read in (read_symbol(symbol),) if read} if symbol else set()
    years |= {int(day[:4])} if day else set()
    for name in title.names:
        article = _ARTICLE.search(name)
        head = name[: article.start()] if article else name
        years |= {mention.year for mention in find_symbols(head)[:1]}
        years |= {int(year) for year in _YEAR.findall(head)[:1]}
    return frozenset(year for year in years if year is not None)


def _without_numbers(title: str) -> str:
    """ "Luật số 31/2024/QH15: ĐẤT ĐAI" as "Luật ĐẤT ĐAI"."""
    for mention in reversed(find_symbols(title)):
        before = _SO_BEFORE.search(title, 0, mention.start)
        after = _AFTER_NUMBER.match(title, mention.end)
        start = before.start() if before else mention.start
        title = f"{title[:start].rstrip()} {title[after.end() if after else mention.end :]}"
    return title.strip()


@lru_cache(maxsize=256)
def _name_pattern(name: str) -> re.Pattern[str]:
    return re.compile(r"(?:bo\W+)?" + r"\W+".join(_law_key(name).split()))


def _key(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _law_key(name: str) -> str:
    """The words of a name; "luật lao động" calls the Bộ luật Lao động as well."""
    return _key(name).removeprefix("bo ")


def _short_key(name: str) -> str:
    """The words behind "Luật": in "Luật số 31/2024/QH15: ĐẤT ĐAI" a number stands between."""
    return re.sub(r"^(?:luat|phap lenh) (?=\w)", "", _law_key(name))
