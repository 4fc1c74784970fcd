"""Which of the lines that begin with "Điều N" are the articles of the text itself.

Such a line may also be an article as amended (quoted, or only announced: "… sửa đổi như sau:"), a reference
that the end of a line cut ("… theo / Điều 5. Nghị định này"), a cell of a table, or a footnote of a consolidated
text. The articles of the text are those that count up: the chain of lines with the most evidence, where a
quoted line is taken only if a number would be missing without it, and a count begins again only at 1.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.lines import TextLine

# What a line weighs, and what a step between two costs. One article more pays for one doubtful line, not for
# a number left out.
_PLAIN = 1.0  # a heading as the rule book has it
_BARE = 0.8  # "Điều 5" alone: its title is the next line, or it is a cell
_UNMARKED = 0.4  # less for a line without "###" where most headings have it
_DOUBTFUL = 0.1  # a list mark before it, a comma after its number
_ANNOUNCED = -0.3  # the line above ends with "như sau:"
_QUOTED = -0.5  # inside a quotation that opens above it
_QUOTED_BY_MISTAKE = 0.3  # the same, but it has the "###" of headings, or the mark is a stray one
_IN_FOOTNOTE = 0.15  # inside a quotation that a footnote opens: the body goes on around it
_BELOW_OPEN_END = -0.2  # below a line that ends with "tại" or a comma
_CUT_REFERENCE = -0.8  # "Điều 5. của Luật này", or "Điều 5." alone below such a line
_QUOTATION = -0.8  # opens with a quotation mark itself, where nothing is amended
_GAP = 0.3
_LEFT_OUT = 0.6  # each number: more than a quoted line costs
_WIDEST_GAP = 60
_FIRST_NOT_ONE = 2.4  # an excerpt of a law begins anywhere, a law at 1
_BEGINS_ANEW = 1.0
_BEGINS_ANEW_BELOW = 0.2  # in an appendix, or below the signature
_GOES_ON_BELOW = 0.9
_SAME_AGAIN = 1.1

_ARTICLE = re.compile(
    r"(?P<mark>[^\w(]{0,8}?)(?:\*{1,2})?(?:[ĐÐ]iều|[ĐÐ]IỀU|Dieu)\s*(?P<n>\d{1,4})(?P<x>[a-zđ]{0,2})(?![\w/-])"
    r"(?:\[\d{1,3}\])?(?P<rest>.*)"  # "[7]": the mark of a footnote
)
_NO_POINT = re.compile(  # "Điều 27, Trách nhiệm …" (OCR), "Điều 5 Chính sách …" (saved pages)
    r"(?:,\s+|\s+)"
    r"(?!Điều|Khoản|Điểm|Chương|Mục|Phụ lục|Luật|Bộ luật|Pháp lệnh|Hiến pháp|Nghị (?:định|quyết) số|Thông tư số"
    r"|Quyết định số|Được|Bộ|Ban|NĐ|TT|QĐ)[A-ZĐÀ-Ỹ][a-zà-ỹ]+\s\w"
)
_LABEL_END = re.compile(r"\A[\s.:…_,*#]+")
_REFERENCE = re.compile(
    r"(?:Luật|Bộ luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Quy định|Quy chế|Pháp lệnh) này\s*[.;,:]?\Z"
)
_CUT_ABOVE = re.compile(r"(?:\b(?:khoản(?: \d+\w?)?|điểm(?: \w)?|tại|và|hoặc|theo|của|các)|,)\Z")
_ANNOUNCES = re.compile(r"như sau\s*:?\s*\Z")
_FOOTNOTE_QUOTES = re.compile(r"quy định như sau\s*[.:]?\Z")
_SIGNS = '“”"'
_AMENDS = re.compile(r"sửa đổi|bổ sung|thay thế|như sau|được\s+\w+\s+như", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """A line that begins as an article does."""

    label: str  # "Điều 5a"
    number: int
    inserted: bool
    bare: bool  # the label stands alone
    mark: str  # what stands before it: "### ", "“", "- "
    title: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: int
    number: int
    inserted: bool
    weight: float
    part: int  # of the text: a new one begins with each appendix and below each signature


@dataclass(slots=True)
class _Chain:
    """The best chain that ends with one candidate."""

    score: float
    last: _Candidate
    before: _Chain | None


def read_article(text: str) -> ArticleLine | None:
    """What a line says that begins as an article does; None for others, and for plain references.

    >>> read_article("Điều 34.20 Nguyên tắc cho vay vốn").label
    'Điều 34'
    >>> read_article("Điều 5 của Luật này") is None
    True
    """
    if not (m := _ARTICLE.match(text)):
        return None
    rest = m["rest"].rstrip("* ")
    if rest.lstrip("* ")[:1] not in ("", ".", ":", "…") and not _NO_POINT.match(rest):
        return None
    title = _LABEL_END.sub("", rest)
    if title[:1] in (";", ")", "]"):
        return None
    label = f"Điều {m['n']}{m['x']}"
    return ArticleLine(label, int(m["n"]), bool(m["x"]), not title, m["mark"], title)


def find_articles(lines: Sequence[TextLine], begins_part: Collection[int]) -> frozenset[int]:
    """The lines that are articles of the text itself.

    `lines` know whether they are quoted; `begins_part` are those that open an appendix or close the text.
    None are found where a single line refers to an article: a text has them when one is its first line, when
    one is the first article, or when there are several.
    """
    found = {i: a for i, line in enumerate(lines) if (a := read_article(line.text)) is not None}
    plain = {i: a for i, a in found.items() if not lines[i].quoted and not _is_quotation(a)}
    if not plain or (0 not in plain and 1 not in (n := {a.number for a in plain.values()}) and len(n) < 2):
        return frozenset()
    headings = [a for a in plain.values() if not _is_reference(a)]
    marked = sum("#" in a.mark for a in headings) > 0.6 * len(headings)
    part, candidates = 0, []
    for i in range(len(lines)):
        part += i in begins_part
        article = found.get(i)
        if article is None or (weight := _weigh(article, lines, i, marked=marked)) is None:
            continue
        candidates.append(_Candidate(i, article.number, article.inserted, weight, part))
    return _choose(candidates)


def _is_quotation(article: ArticleLine) -> bool:
    return any(sign in article.mark for sign in '“"”')


def _is_reference(article: ArticleLine) -> bool:
    return article.title[:1].islower() or _REFERENCE.match(article.title) is not None


def _weigh(article: ArticleLine, lines: Sequence[TextLine], i: int, *, marked: bool) -> float | None:
    """How much speaks for a line; None for what is never an article of the text itself.

    `marked`: the headings of this text begin with "#", so that one without it is less likely to be one.
    """
    above = lines[i - 1].text if i else ""
    has_mark = marked and "#" in article.mark
    if _is_quotation(article):
        return None if _AMENDS.search(above) else _QUOTATION
    if (opener := lines[i].opener) is not None:
        if opener and _FOOTNOTE_QUOTES.search(lines[opener - 1].text):
            return _IN_FOOTNOTE
        if has_mark or (opener == i - 1 and _opens_by_mistake(above)):
            return _QUOTED_BY_MISTAKE
        return _QUOTED
    if _is_reference(article):
        return _CUT_REFERENCE
    if not has_mark and _CUT_ABOVE.search(above):
        return _CUT_REFERENCE if article.bare else _BELOW_OPEN_END
    if _ANNOUNCES.search(above) and not has_mark:
        return _ANNOUNCED
    if any(sign in article.mark for sign in "-+•"):
        return _DOUBTFUL
    text = lines[i].text[len(article.mark) :]
    if not article.bare and text[len(article.label) :].lstrip(" *")[:1] not in (".", ":", "["):
        return _DOUBTFUL
    weight = _BARE if article.bare else _PLAIN
    return weight - _UNMARKED if marked and not has_mark else weight


def _opens_by_mistake(text: str) -> bool:
    """A stray quotation mark in the middle of a line that amends nothing."""
    closed = text[0] not in _SIGNS or "”" in text
    return closed and text[-1] not in _SIGNS and not _AMENDS.search(text)


def _choose(candidates: Sequence[_Candidate]) -> frozenset[int]:
    """The lines of the best chain: dynamic programming over the number that a chain ends with."""
    by_number: dict[int, _Chain] = {}
    best: _Chain | None = None
    best_above: _Chain | None = None  # in the parts above the one that is read
    part = 0
    for candidate in candidates:
        if candidate.part != part:
            part, best_above = candidate.part, best
        options = [_start(candidate, best)]
        options.extend(_count_on(candidate, by_number))
        if candidate.number == 1 and not candidate.inserted:
            options.extend(_begin_anew(candidate, best, best_above))
        chain = max(options, key=lambda option: option.score)
        known = by_number.get(candidate.number)
        if known is None or known.score <= chain.score:
            by_number[candidate.number] = chain
        if best is None or best.score <= chain.score:
            best = chain
    lines = []
    while best is not None:
        lines.append(best.last.line)
        best = best.before
    return frozenset(lines)


def _start(candidate: _Candidate, best: _Chain | None) -> _Chain:
    """The chain that begins with this line: the first of the text, or that of another copy in it."""
    if best is None or not 1 < candidate.number <= best.last.number:
        cost = 0.0 if candidate.number == 1 else _FIRST_NOT_ONE
        return _Chain(candidate.weight - cost, candidate, None)
    return _Chain(best.score - _BEGINS_ANEW - _FIRST_NOT_ONE + candidate.weight, candidate, best)


def _count_on(candidate: _Candidate, by_number: dict[int, _Chain]) -> list[_Chain]:
    numbers = range(max(0, candidate.number - _WIDEST_GAP), candidate.number + 1)
    chains = (by_number[number] for number in numbers if number in by_number)
    return [
        _Chain(before.score - _cost(before.last, candidate) + candidate.weight, candidate, before)
        for before in chains
    ]


def _cost(last: _Candidate, candidate: _Candidate) -> float:
    """What it costs that one follows the other."""
    cost = _GOES_ON_BELOW if last.part != candidate.part else 0.0
    if candidate.number == last.number:
        return cost + (0.0 if candidate.inserted or last.inserted else _SAME_AGAIN)
    if not (left_out := candidate.number - last.number - 1):
        return cost
    return 2 * cost + _GAP + _LEFT_OUT * left_out


def _begin_anew(candidate: _Candidate, best: _Chain | None, above: _Chain | None) -> list[_Chain]:
    options = ((best, _BEGINS_ANEW), (above, _BEGINS_ANEW_BELOW))
    return [
        _Chain(before.score - cost + candidate.weight, candidate, before)
        for before, cost in options
        if before is not None
    ]
