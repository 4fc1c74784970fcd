"""Whether the articles of a text were all found: their numbers count up, and what is missing is told.

The outer sequence are the articles that find_sections gives. It begins anew where an attached regulation
counts from 1 again. A number that is left out is either the text's own gap (no line of the text begins with
"Điều N") or one that the reading missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.structure import Level, Section, find_sections

_LABEL = re.compile(r"Điều (\d+)(\w*)")
# Written apart from what the structure reads, so that the check is no copy of it: a line, or a list item, that
# begins with the number of an article and does not go on as a sentence does ("Điều 5 của Luật này").
_LINE = re.compile(
    r"^(?:[-+•]\s*(?!.*\d\W*$))?[^\w(+•-]{0,8}[Đđ][iI][ềỀ][uU]\s*(\d{1,4})(?:\[\d+\])?(?=\s*[.:]\s*(?:\W{0,3}[A-ZĐÀ-Ỹ0-9]|$)|\s*$"
    r"|\s+(?!Luật|Nghị|Thông tư|Quyết định|Hiến pháp|Bộ luật|Pháp lệnh|Điều|Khoản|Được)[A-ZĐÀ-Ỹ][a-zà-ỹ]+\s\w)",
    re.MULTILINE,
)
_EXCERPT = 5  # a text that begins above this number is an excerpt of a law
_QUOTES = ("“", '"')


class GapCause(StrEnum):
    """Why a number is not among the articles found."""

    TEXT = "text"  # the text has no line that begins with it
    READING = "reading"  # the text has one


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleGap:
    """A number that the outer sequence leaves out, and the offset after which it is expected."""

    number: int
    after: int  # offset of the article before it
    cause: GapCause
    at: int | None  # of the first line that begins with it, None where there is none


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCheck:
    """The articles of a text as its structure has them."""

    found: int
    gaps: tuple[ArticleGap, ...]
    repeated: tuple[int, ...]  # numbers that do not count up and do not begin a new sequence

    @property
    def missed(self) -> tuple[ArticleGap, ...]:
        """The gaps that the text does not have."""
        return tuple(gap for gap in self.gaps if gap.cause is GapCause.READING)


def check_articles(text: str, sections: Sequence[Section] | None = None) -> ArticleCheck:
    """How the numbers of the outer articles of a text count up.

    >>> check = check_articles("Điều 1. Một\\nĐiều 2. Hai\\nĐiều 4. Bốn")
    >>> check.found, [(gap.number, gap.cause.value) for gap in check.gaps]
    (3, [(3, 'text')])
    """
    articles = [s for s in sections or find_sections(text) if s.level is Level.ARTICLE]
    lines = [(int(m[1]), m.start()) for m in _LINE.finditer(text)]
    gaps: list[ArticleGap] = []
    repeated: list[int] = []
    for run, limit in _runs(articles, len(text)):
        last, after_inserted = 0, False
        for i, article in enumerate(run):
            number, inserted = _number(article)
            if number < last or (number == last and not inserted and not after_inserted):
                repeated.append(number)
                continue
            before = run[i - 1].start if i else 0
            if i or number <= _EXCERPT:
                gaps.extend(_gaps(range(last + 1, number), lines, before, article.start))
            last, after_inserted = number, inserted
        if run:
            gaps.extend(
                gap
                for gap in _gaps(range(last + 1, last + 2), lines, run[-1].start, limit)
                if gap.cause is GapCause.READING and not text.startswith(_QUOTES, gap.at)
            )
    return ArticleCheck(found=len(articles), gaps=tuple(gaps), repeated=tuple(repeated))


def _number(article: Section) -> tuple[int, bool]:
    label = _LABEL.fullmatch(article.label)
    assert label is not None, article.label
    return int(label[1]), bool(label[2])


def _runs(articles: Sequence[Section], length: int) -> Iterator[tuple[Sequence[Section], int]]:
    """The sequences, each with the offset at which the next one begins."""
    begins = [i for i, a in enumerate(articles) if i == 0 or (_number(a)[0] == 1 and not _number(a)[1])]
    for begin, stop in zip(begins, [*begins[1:], None], strict=False):
        yield articles[begin:stop], articles[stop].start if stop is not None else length


def _gaps(numbers: range, lines: Sequence[tuple[int, int]], after: int, before: int) -> Iterator[ArticleGap]:
    for number in numbers:
        at = next((start for n, start in lines if n == number and after < start < before), None)
        cause = GapCause.TEXT if at is None else GapCause.READING
        yield ArticleGap(number=number, after=after, cause=cause, at=at)
