"""The structure of a document: where its parts, articles, clauses and points begin and end.

Two grammars are read (domain.md §2.4). State: Phần > Chương > Mục > Tiểu mục > Điều > Khoản `1.` >
`1.1.` > Điểm `a)`. Party, and plans attached to State decisions: `A.` > `I-`/`I.` > `1.` > `1.1.` > `a)`.
Dashes ("tiết") open no section: they stay paragraphs of the section that they stand in.

The reading is conservative: "1." is a clause only inside an article or a Roman heading, numbers must follow
each other, and what stands between quotation marks (an article as amended) never closes the article
that quotes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

from corpus.article_chain import find_articles, read_article
from corpus.lines import TextLine, mark_quoted, split_lines


class Level(IntEnum):
    """How deep a section lies; a section is closed by the next one of its own or a smaller level."""

    APPENDIX = 0  # PHỤ LỤC, or a plan or regulation issued with the document
    FORM = 1  # Mẫu số 01
    PART = 2  # Phần, or a capital letter "A."
    CHAPTER = 3
    GROUP = 4  # Mục 1
    SUBGROUP = 5  # Tiểu mục 1
    ROMAN = 6  # I. of the Party grammar
    ARTICLE = 7
    CLAUSE = 8
    SUBCLAUSE = 9  # 1.1.
    POINT = 10
    CLOSING = 11  # Nơi nhận and what follows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: `text[start:end]`, its heading line(s) `text[start:heading_end]`."""

    level: Level
    label: str  # "Điều 5"
    path: tuple[str, ...]  # ("Chương II", "Điều 5")
    start: int
    heading_end: int
    end: int


@dataclass(slots=True)
class _Heading:
    level: Level
    label: str
    number: int = 0  # for the order among siblings; 0 where order is not checked
    bare: bool = False  # the label stands alone, so that the next line is its title


@dataclass(slots=True)
class _Open:
    """A section whose end is not known yet, with the last number of its children by level."""

    heading: _Heading
    start: int
    heading_end: int
    path: tuple[str, ...]
    position: int  # in the list of results
    last: dict[Level, int] = field(default_factory=dict)


CLOSING_LABEL = "Nơi nhận"

_ROMAN = r"[IVXLC]{1,7}"
_LEAD = r"(?:#{1,6}\s+|\*{1,2})?"
_POINTS = "abcdđeghiklmnopqrstuvxy"

_APPENDIX = re.compile(
    rf"{_LEAD}(?:(?P<caps>PHỤ LỤC)|Phụ lục)(?:\s+(?:SỐ|số))?"
    rf"(?:\s+(?P<n>(?:{_ROMAN}|\d{{1,3}})(?:\.\d{{1,2}}|[a-zA-Z])?|[A-Z])(?!\w))?(?P<rest>.*)"
)
_FORM = re.compile(
    rf"{_LEAD}(?:Mẫu|MẪU|Biểu mẫu|BIỂU MẪU)\s+(?:số|SỐ)?\s*:?\s*"
    r"(?P<n>\d{1,3}(?:[.\-/]?[\w.\-/]{0,12})?)\W*\Z"
)
_PART = re.compile(
    rf"{_LEAD}(?:PHẦN|Phần)\s+(?P<n>(?:(?:THỨ|thứ)\s+\w+)|NHẤT|HAI|BA|BỐN|NĂM|SÁU|BẢY|TÁM|{_ROMAN}|\d{{1,2}}|[A-E])(?!\w)"
    r"(?P<rest>.*)"
)
_CHAPTER = re.compile(rf"{_LEAD}(?:CHƯƠNG|Chương)\s+(?P<n>{_ROMAN}|\d{{1,2}}[a-z]?)(?!\w)(?P<rest>.*)")
_GROUP = re.compile(
    rf"{_LEAD}(?P<sub>TIỂU MỤC|Tiểu mục|MỤC|Mục)\s+(?P<n>\d{{1,2}}[a-z]?|{_ROMAN})(?!\w)(?P<rest>.*)"
)
_LETTER = re.compile(rf"{_LEAD}(?P<n>[A-H])\s*[.\-–—/)]\s*(?P<rest>[^\W\d_].*)")
_ROMAN_LINE = re.compile(rf"{_LEAD}(?P<n>{_ROMAN})\s*(?:[.)]\s*[-–—]?|[-–—/])\s*(?=[“\"]?[^\W\d_])")
_CLAUSE = re.compile(rf"{_LEAD}(?P<n>\d{{1,3}})(?P<x>[a-zđ]?)\s*(?:\.(?!\d)|\)|\.?\s*[-–](?=\s))\s*(?=\S)")
_SUBCLAUSE = re.compile(rf"{_LEAD}(?P<n>\d{{1,2}}\.\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})[.)]?\s+(?=[^\W\d_])")
_POINT = re.compile(r"(?P<n>[a-zđ])(?P<x>\d?)\s*[).]\s*(?=\S)")
_CLOSING = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Nơi gửi)\s*(?::|\.|\Z)")
_ISSUED_WITH = re.compile(r"\(?\s*(?:[Bb]an hành\s+)?[Kk]èm theo\s+\w+\s+\w+.{0,300}\Z")
_ATTACHED = re.compile(
    r"(?P<type>QUY CHẾ|QUY ĐỊNH|KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH HÀNH ĐỘNG|CHƯƠNG TRÌNH|DANH MỤC|DANH SÁCH"
    r"|BẢNG|ĐIỀU LỆ|PHƯƠNG ÁN|CHIẾN LƯỢC|BỘ TIÊU CHÍ|HƯỚNG DẪN|NỘI QUY|QUY TRÌNH|DỰ ÁN|QUY HOẠCH"
    r"|ĐỊNH MỨC|BIỂU|LỘ TRÌNH)(?!\w)"
)


def find_sections(text: str, skip: Sequence[tuple[int, int]] = ()) -> tuple[Section, ...]:
    """The sections of a text whose blocks are separated by new lines, in order of their beginning.

    `skip`: spans, in order, whose lines are no part of the structure (footnotes).

    Sections nest: the deepest one that covers an offset is the last in the result that covers it. An
    empty tuple means that the text has no structure of its own (a letter, a news page).
    """
    lines = _leave_out(split_lines(text), skip)
    mark_quoted(lines)
    articles = find_articles(lines, _find_parts(lines))
    if any(lines[i].quoted for i in articles):  # a quotation was left open above them
        mark_quoted(lines, outside=articles)
        articles = find_articles(lines, _find_parts(lines))
    has_romans = _has_romans(lines)
    if not articles and not has_romans:
        return ()
    return _Reader(lines, len(text), articles, has_romans=has_romans).read()


def _lines_within(lines: Sequence[TextLine], articles: frozenset[int]) -> frozenset[int]:
    """The lines between two articles that count on: an appendix named there is an entry of a list."""
    within: set[int] = set()
    ordered = sorted(articles)
    for i, following in pairwise(ordered):
        one, other = read_article(lines[i].text), read_article(lines[following].text)
        if one is not None and other is not None and one.number < other.number:
            within.update(range(i + 1, following))
    return frozenset(within)


def _leave_out(lines: list[TextLine], skip: Sequence[tuple[int, int]]) -> list[TextLine]:
    kept, spans = [], iter(skip)
    span = next(spans, None)
    for line in lines:
        while span is not None and span[1] <= line.start:
            span = next(spans, None)
        if span is None or line.start < span[0]:
            kept.append(line)
    return kept


class _Reader:
    """One pass over the lines with the stack of open sections."""

    def __init__(
        self, lines: list[TextLine], length: int, articles: frozenset[int], *, has_romans: bool
    ) -> None:
        self._lines = lines
        self._length = length
        self._has_romans = has_romans
        self._articles = articles
        self._attachments = dict(find_attachments(lines))
        self._within = _lines_within(lines, articles)
        self._root: dict[Level, int] = {}
        self._stack: list[_Open] = []
        self._done: list[Section | None] = []

    def read(self) -> tuple[Section, ...]:
        for i, line in enumerate(self._lines):
            heading = None if line.quoted else self._read_heading(i, line)
            if heading is not None:
                self._open(heading, i, line)
        self._close_to(None, self._length)
        return tuple(section for section in self._done if section is not None)

    def _read_heading(self, i: int, line: TextLine) -> _Heading | None:
        if i in self._attachments and i not in self._within:
            return _Heading(Level.APPENDIX, self._attachments[i])
        if _CLOSING.match(line.text) and i not in self._within:
            return _Heading(Level.CLOSING, CLOSING_LABEL)
        if i in self._articles and (article := read_article(line.text)) is not None:
            return _Heading(Level.ARTICLE, article.label, article.number, bare=article.bare)
        fixed = _read_named(line.text)
        if fixed is not None:
            return None if fixed.level <= Level.FORM and i in self._within else fixed
        for read in (self._read_roman, self._read_letter, self._read_clause, self._read_point):
            heading = read(line.text)
            if heading is not None:
                return heading
        return None

    def _read_roman(self, text: str) -> _Heading | None:
        if not self._has_romans or not (m := _ROMAN_LINE.match(text)) or self._inside(Level.ARTICLE):
            return None
        number = _roman_value(m["n"])
        if not self._follows(Level.ROMAN, number):
            return None
        return _Heading(Level.ROMAN, f"Mục {m['n']}", number)

    def _read_letter(self, text: str) -> _Heading | None:
        if not self._has_romans or not (m := _LETTER.match(text)) or self._inside(Level.ARTICLE):
            return None
        number = ord(m["n"]) - ord("A") + 1
        if not m["rest"].isupper() or not self._follows(Level.PART, number):
            return None
        return _Heading(Level.PART, f"Phần {m['n']}", number)

    def _read_clause(self, text: str) -> _Heading | None:
        if not text.lstrip("#* ")[:1].isdigit() or not self._may_hold_clauses():
            return None
        if m := _SUBCLAUSE.match(text):
            first = int(m["n"].split(".")[0])
            if self._last_number(Level.CLAUSE) == first:
                return _Heading(Level.SUBCLAUSE, f"Khoản {m['n']}")
            return None
        if not (m := _CLAUSE.match(text)):
            return None
        number = int(m["n"])
        last = self._last_number(Level.CLAUSE)
        inserted = bool(m["x"]) and number == last
        if not inserted and not self._follows(Level.CLAUSE, number):
            return None
        return _Heading(Level.CLAUSE, f"Khoản {number}{m['x']}", number)

    def _read_point(self, text: str) -> _Heading | None:
        if not (m := _POINT.match(text)) or m["n"] not in _POINTS or not self._may_hold_clauses():
            return None
        number = _POINTS.index(m["n"]) + 1
        inserted = bool(m["x"]) and number == self._last_number(Level.POINT)
        if not inserted and not self._follows(Level.POINT, number):
            return None
        return _Heading(Level.POINT, f"Điểm {m['n']}{m['x']}", number)

    def _may_hold_clauses(self) -> bool:
        levels = {o.heading.level for o in self._stack}
        return bool(levels & {Level.ARTICLE, Level.ROMAN}) and Level.CLOSING not in levels

    def _inside(self, level: Level) -> bool:
        return any(o.heading.level is level for o in self._stack)

    def _parent_counts(self, level: Level) -> dict[Level, int]:
        for opened in reversed(self._stack):
            if opened.heading.level < level:
                return opened.last
        return self._root

    def _last_number(self, level: Level) -> int:
        return self._parent_counts(level).get(level, 0)

    def _follows(self, level: Level, number: int) -> bool:
        """Whether a number may come next: the first is 1; one that was lost in copying is forgiven."""
        last = self._last_number(level)
        return number == 1 if last == 0 else last < number <= last + 2

    def _open(self, heading: _Heading, i: int, line: TextLine) -> None:
        if heading.level is Level.CLOSING:
            self._close_to(Level.FORM, line.start)
        else:
            self._close_to(heading.level, line.start)
        if heading.number:
            self._parent_counts(heading.level)[heading.level] = heading.number
        parent = self._stack[-1].path if self._stack else ()
        path = (*parent, heading.label)
        end = line.end
        if heading.bare and i + 1 < len(self._lines) and _is_title(self._lines[i + 1].text):
            end = self._lines[i + 1].end
        self._stack.append(_Open(heading, line.start, end, path, len(self._done)))
        self._done.append(None)

    def _close_to(self, level: Level | None, end: int) -> None:
        """Close every open section of this level or deeper; all of them for None."""
        while self._stack and (level is None or self._stack[-1].heading.level >= level):
            o = self._stack.pop()
            self._done[o.position] = Section(
                level=o.heading.level,
                label=o.heading.label,
                path=o.path,
                start=o.start,
                heading_end=o.heading_end,
                end=end,
            )


def _read_named(text: str) -> _Heading | None:
    """A heading that names its level: Phụ lục, Mẫu số, Phần, Chương, Mục, Tiểu mục."""
    if m := _CHAPTER.match(text):
        return _named(Level.CHAPTER, f"Chương {m['n']}", m["rest"])
    if m := _GROUP.match(text):
        level = Level.SUBGROUP if m["sub"].lower().startswith("tiểu") else Level.GROUP
        return _named(level, f"{'Tiểu mục' if level is Level.SUBGROUP else 'Mục'} {m['n']}", m["rest"])
    if m := _PART.match(text):
        return _named(Level.PART, f"Phần {m['n'].lower() if len(m['n']) > 5 else m['n']}", m["rest"])
    if m := _APPENDIX.match(text):
        heading = _named(Level.APPENDIX, f"Phụ lục {m['n']}" if m["n"] else "Phụ lục", m["rest"])
        if heading is None and m["caps"] and len(text) <= 200:
            return _Heading(Level.APPENDIX, f"Phụ lục {m['n']}" if m["n"] else "Phụ lục")
        return heading
    if m := _FORM.match(text):
        return _Heading(Level.FORM, f"Mẫu số {m['n']}", bare=True)
    return None


def _named(level: Level, label: str, rest: str) -> _Heading | None:
    """A heading whose rest is empty, set off by a point, colon or dash, or in capitals; else prose."""
    rest = rest.strip("* ")
    if not rest:
        return _Heading(level, label, bare=True)
    if rest[0] in ".:-–—" or rest.isupper():
        return _Heading(level, label, bare=not rest.strip(".:-–— "))
    return None


def _has_romans(lines: list[TextLine]) -> bool:
    seen = {m["n"] for line in lines if not line.quoted and (m := _ROMAN_LINE.match(line.text))}
    return {"I", "II"} <= seen


def find_attachments(lines: Sequence[TextLine]) -> Iterator[tuple[int, str]]:
    """Titles of what is issued with the document: "KẾ HOẠCH" above "(Kèm theo Quyết định …)".

    Below "PHỤ LỤC I" they are the title of that appendix.
    """
    for i, line in enumerate(lines):
        if line.quoted or not _ISSUED_WITH.match(line.text):
            continue
        above = _capitals_above(lines, i)
        if any(begins_appendix(lines[j].text) for j in (*above, min(above, default=i) - 1) if j >= 0):
            continue
        for j in above:
            if m := _ATTACHED.match(lines[j].text):
                yield j, f"{m['type'].capitalize()} kèm theo"
                break


def _capitals_above(lines: Sequence[TextLine], i: int) -> list[int]:
    """The lines in capitals right above a line, from the bottom up."""
    above = []
    for j in range(i - 1, max(-1, i - 7), -1):
        if lines[j].quoted or not lines[j].text.isupper():
            break
        above.append(j)
    return above


def _find_parts(lines: list[TextLine]) -> set[int]:
    """The lines that open an appendix or what is issued with the text, and those that close it."""
    parts = {i for i, _ in find_attachments(lines)}
    for i, line in enumerate(lines):
        if not line.quoted and (_CLOSING.match(line.text) or begins_appendix(line.text)):
            parts.add(i)
    return parts


def begins_appendix(text: str) -> str | None:
    """The label of the appendix that a line begins; None for other lines, and for prose about an appendix."""
    heading = _read_named(text) if _APPENDIX.match(text) else None
    return heading.label if heading is not None and heading.level is Level.APPENDIX else None


def _is_title(text: str) -> bool:
    return (
        len(text) <= 200
        and _read_named(text) is None
        and read_article(text) is None
        and not _CLAUSE.match(text)
    )


def _roman_value(numeral: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for this, following in zip(numeral, [*numeral[1:], "I"], strict=True):
        total += -values[this] if values[this] < values[following] else values[this]
    return total
