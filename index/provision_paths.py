"""Whether a passage stands in a provision that is asked for: labels of paths, with their ranges, compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.provisions import Part

_Point = tuple[tuple[int, int], ...]  # "12a" → ((12, 1),), "1.2" → ((1, 0), (2, 0))
_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"  # the order in which points are lettered
_LABEL = re.compile(r"(?P<level>\D+?) (?P<first>[^\s–]+)(?:(?:–| đến (?:\D+ )?)(?P<last>\S+))?")
_NUMBER = re.compile(r"(\d+)([a-zđ]?)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_BY_ROMAN = ("phần", "chương", "mục", "phụ lục")
_ITEM = re.compile(r"^\s*(\d{1,3}[a-zđ]?)\.\s", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far down a provision a passage stands in it."""

    levels: int  # that agree, counted from the largest asked for
    elsewhere: bool  # the next level of its path is known to be another one ("Khoản 3" for "khoản 2")


def compare_path(asked: Sequence[Part], path: Sequence[str]) -> Standing:
    """How a passage's path stands to the parts of a provision, smallest part first.

    >>> from corpus.provisions import parse_provision
    >>> (asked,) = parse_provision("Khoản 2 Điều 5")
    >>> compare_path(asked, ("Chương II", "Điều 5", "Khoản 2–4"))
    Standing(levels=2, elsewhere=False)
    >>> compare_path(asked, ("Điều 5", "Khoản 3")), compare_path(asked, ("Điều 5",)).elsewhere
    (Standing(levels=1, elsewhere=True), False)
    """
    held = [_read_label(label) for label in path]
    for levels, part in enumerate(reversed(asked)):
        read = _read_label(str(part))
        if not read:
            return Standing(levels=levels, elsewhere=False)
        wanted = read[0]
        # "Khoản 1.1" stands below "Khoản 1": the last label of a level tells most.
        of_level = next((spans for spans in reversed(held) if _has_level(spans, wanted)), None)
        if of_level is None:
            return Standing(levels=levels, elsewhere=False)
        if not any(span.meets(wanted) for span in of_level):
            return Standing(levels=levels, elsewhere=True)
    return Standing(levels=len(asked), elsewhere=False)


def path_under_title(article: str, path: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The path of a passage of a page that holds one article, which only its title names ("Điều 5").

    Such a text has no headings; the numbers that its lines begin with are the clauses.

    >>> path_under_title("Điều 5", ("đoạn 1–2",), "1. Cơ quan.\\n2. Tổ chức.")
    ('Điều 5', 'Khoản 1–2')
    """
    if any(label.startswith("Điều ") for label in path):
        return path
    numbers = _ITEM.findall(text)
    clauses = (f"Khoản {numbers[0]}–{numbers[-1]}",) if numbers else ()
    return (article, *(label for label in path if not label.startswith("đoạn ")), *clauses)


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels of one level from `first` to `last`."""

    level: str
    first: _Point
    last: _Point

    def meets(self, other: _Labels) -> bool:
        """Whether the ranges meet; "1.2" lies in "1"."""
        if self.level != other.level:
            return False
        return _cut(self.first, other.last) <= other.last and _cut(other.first, self.last) <= self.last


def _has_level(spans: Sequence[_Labels], wanted: _Labels) -> bool:
    return any(span.level == wanted.level for span in spans)


def _cut(point: _Point, other: _Point) -> _Point:
    return point[: len(other)]


@lru_cache(maxsize=4096)
def _read_label(label: str) -> tuple[_Labels, ...]:
    """The labels in "Khoản 2–4", "khoản 2 đến 4", "Khoản 7 – Điều 8"; none in "đoạn đầu"."""
    found = []
    for match in filter(None, map(_LABEL.fullmatch, label.split(" – "))):
        level = match["level"].lower()
        first = _read_point(level, match["first"])
        last = _read_point(level, match["last"] or match["first"])
        if first and last:
            found.append(_Labels(level, first, last))
    return tuple(found)


def _read_point(level: str, label: str) -> _Point | None:
    label = label.lower()
    if level in _BY_ROMAN and set(label) <= _ROMAN.keys():
        return ((_read_roman(label), 0),)
    if level == "điểm" and label[:1] in _LETTERS:
        return ((_LETTERS.index(label[0]) + 1, int(label[1:]) if label[1:].isdecimal() else 0),)
    numbers = [_NUMBER.fullmatch(number) for number in label.split(".")]
    read = [(int(m[1]), _LETTERS.index(m[2]) + 1 if m[2] else 0) for m in numbers if m is not None]
    return tuple(read) if len(read) == len(numbers) else None


def _read_roman(label: str) -> int:
    values = [_ROMAN[letter] for letter in label]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
