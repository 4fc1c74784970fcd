"""Documents that a query calls by name: "Luật Đất đai 2024", "bo luat lao dong", "Hiến pháp 2013".

Names come from a list (data/laws.tsv), so that a query without capitals and marks is read as well. A name
that is not on it is read where capitals show its extent, or a year ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.text import fold
from index.query_models import NamedDocument

_WORD = re.compile(r"[^\W_]+")
_KIND = re.compile(r"(?<!\w)(?:bo\s+luat|luat|phap\s+lenh|hien\s+phap)(?!\w)")
_PROPER = {"bo luat": "Bộ luật", "luat": "Luật", "phap lenh": "Pháp lệnh", "hien phap": "Hiến pháp"}
_YEAR = re.compile(
    r"[\s,]*(?:\(?\s*(?:sua doi|so sua doi)\s*\)?)?[\s,]*(?:(?:cua\s+)?nam\s+)?(?P<year>(?:19|20)\d\d)(?![\w/])"
)
# An unlisted name runs over words until one of these (folded); they open another part of the question.
_STOPS = frozenset(
    "quy co duoc la ve thi khong nao gi nay do hien moi cua tai theo va hoac ngay nam so co khi ai bi da dang"
    " phap viet ban hanh sua bo thay the het con".split()
)
_MOST_WORDS = 14  # the longest name of the list has 13 syllables without its brackets
_LEAST_UNLISTED = 2


@dataclass(frozen=True, slots=True)
class _Law:
    kind: str
    name: str


def find_named_documents(text: str) -> tuple[NamedDocument, ...]:
    """The laws, codes and ordinances that a query names, in order, without overlaps.

    >>> [(d.name, d.year) for d in find_named_documents("khoan 2 dieu 5 luat dat dai 2024 quy dinh gi")]
    [('Luật Đất đai', 2024)]
    """
    found: list[NamedDocument] = []
    folded = fold(text)
    for match in _KIND.finditer(folded):
        if found and match.start() < found[-1].end:
            continue
        opening = " ".join(match[0].split())
        if " ".join(text[match.start() : match.end()].lower().split()) not in (
            opening,
            _PROPER[opening].lower(),
        ):
            continue  # "thực hiện pháp luật" holds no "hiến pháp"
        named = _read_listed(text, folded, match) or _read_unlisted(text, folded, match)
        if named is not None:
            found.append(named)
    return tuple(found)


def _read_listed(text: str, folded: str, kind: re.Match[str]) -> NamedDocument | None:
    """The longest name of the list that stands behind the kind word."""
    opening = " ".join(kind[0].split())
    words = list(_words_behind(folded, kind.end()))[:_MOST_WORDS]
    for count in range(len(words), -1, -1):
        key = (opening, *(word for word, _ in words[:count]))
        law = _laws().get(key)
        if law is None:
            continue
        end = words[count - 1][1] if count else kind.end()
        year, end = _read_year(folded, end)
        if not law.name and year is None and not text[kind.start()].isupper() and text != folded:
            return None  # "hiến pháp" as a word
        name = f"{law.kind} {law.name}".strip()
        return NamedDocument(start=kind.start(), end=end, kind=law.kind, name=name, year=year, listed=True)
    return None


def _read_unlisted(text: str, folded: str, kind: re.Match[str]) -> NamedDocument | None:
    """A name whose first letter is a capital, up to a word that cannot be part of it; or one ended by a year."""
    end, count = kind.end(), 0
    for word, stop in _words_behind(folded, kind.end()):
        if word in _STOPS or word.isdigit() or count == _MOST_WORDS:
            break
        end, count = stop, count + 1
    year, year_end = _read_year(folded, end)
    opens = text[kind.end() :].lstrip()[:1]
    if count < _LEAST_UNLISTED or not (opens.isupper() or year is not None):
        return None
    if kind[0].startswith("hien"):
        return None
    proper = _PROPER[" ".join(kind[0].split())]
    name = f"{proper} {' '.join(text[kind.end() : end].split())}"
    return NamedDocument(start=kind.start(), end=year_end, kind=proper, name=name, year=year, listed=False)


def _words_behind(folded: str, start: int) -> Iterator[tuple[str, int]]:
    """(folded word, its end) behind an offset, as long as only spaces, commas and dashes stand between."""
    at = start
    for match in _WORD.finditer(folded, start):
        if folded[at : match.start()].strip(" ,-–/()\u00a0"):
            return
        yield match[0], match.end()
        at = match.end()


def _read_year(folded: str, end: int) -> tuple[int | None, int]:
    match = _YEAR.match(folded, end)
    return (int(match["year"]), match.end()) if match else (None, end)


@cache
def _laws() -> dict[tuple[str, ...], _Law]:
    """Folded words of kind and name → the law."""
    table: dict[tuple[str, ...], _Law] = {}
    lines = resources.files("index").joinpath("data/laws.tsv").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        kind, name = line.split("\t")
        words = [word for word in _WORD.findall(fold(name)) if word]
        table[(fold(kind), *words)] = _Law(kind, name)
        if "và" not in name.split():
            # "luật cán bộ và công chức" for "Luật Cán bộ, công chức"
            joined = _WORD.findall(fold(name.replace(",", " và")))
            table.setdefault((fold(kind), *joined), _Law(kind, name))
    return table
