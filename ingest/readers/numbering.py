"""The automatic numbers of Word: counted here, because the file keeps them outside of its text.

"Điều 5." that Word itself counts stands nowhere in the file: a paragraph only says which list it belongs to
and how deep. Without the number a clause cannot be cited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_DEEPEST = 9
_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # a sign of a symbol font: a bullet of some shape
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    format: str = "decimal"  # as WordprocessingML names them
    text: str = ""  # "Điều %1.": %n is the number of level n
    restart: int | None = None  # the level (1-based) whose number starts this one anew; 0: none does
    legal: bool = False  # all numbers in decimal
    font: str | None = None


@dataclass(slots=True)
class Counter:
    """The numbers of all lists of a document, as its paragraphs come."""

    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def next_number(
        self,
        list_id: str,
        number_id: str,
        depth: int,
        levels: Mapping[int, Level],
        starts: Mapping[int, int] | None = None,
    ) -> str:
        """The number of the next paragraph of a list at a depth (0-based), as Word shows it.

        Lists of one `list_id` go on counting from each other; `starts` are the levels that a `number_id`
        begins anew, the first time that it is met.
        """
        level = levels.get(depth)
        if level is None or depth >= _DEEPEST:
            return ""
        counts = self._counts.setdefault(list_id, [None] * _DEEPEST)
        for deep, start in (starts or {}).items():
            if deep == depth and (number_id, deep) not in self._started:
                self._started.add((number_id, deep))
                counts[deep] = start - 1
        before = counts[depth]
        counts[depth] = level.start if before is None else before + 1
        for deeper in range(depth + 1, _DEEPEST):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                counts[deeper] = None
        return _show(level, counts, levels)


def _show(level: Level, counts: list[int | None], levels: Mapping[int, Level]) -> str:
    def number(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        shown = levels.get(at, Level())
        count = counts[at]
        if count is None:  # a level above that no paragraph has opened counts as opened
            count = counts[at] = shown.start
        return write_number(count, "decimal" if level.legal and shown.format != "none" else shown.format)

    if level.format == "bullet":
        return _PRIVATE.sub("•", level.text)
    return _PLACE.sub(number, level.text)


def write_number(count: int, format: str) -> str:
    """A number in one of Word's formats; in digits where the format is not known.

    >>> write_number(4, "upperRoman"), write_number(28, "lowerLetter"), write_number(7, "decimalZero")
    ('IV', 'bb', '07')
    """
    match format:
        case "none":
            return ""
        case "upperRoman" | "lowerRoman":
            roman = _roman(count)
            return roman.upper() if format == "upperRoman" else roman
        case "upperLetter" | "lowerLetter":
            letters = _letters(count)
            return letters.upper() if format == "upperLetter" else letters
        case "decimalZero":
            return f"{count:02}"
        case _:
            return str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    shown = ""
    for value, sign in _ROMAN:
        shown += sign * (count // value)
        count %= value
    return shown


def _letters(count: int) -> str:
    """a … z, then aa, bb … zz: Word doubles the letter."""
    if not 0 < count <= 26 * 30:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
