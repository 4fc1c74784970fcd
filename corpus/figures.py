"""Figures in Vietnamese text, by value: 1.144, 12,5%, 37 nghìn tỷ, "ba mươi bảy", 32/33, 2021–2025, Điều 5.

A point groups thousands and a comma is the decimal mark. A figure is a key that two spellings of one value
share: ("số", "1144"), ("%", "12.5"), ("/", "32", "33"), ("–", "2021", "2025"), ("điều", "5").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure, `text[start:end]`; `parts` are the figures inside it (both ends of a range)."""

    key: Key
    start: int
    end: int
    parts: tuple[Key, ...] = ()


_SCALES = {
    "trăm": 100,
    "nghìn": 10**3,
    "ngàn": 10**3,
    "vạn": 10**4,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}
_UNIT = (
    r"(?P<scale>(?:\s+(?:trăm|nghìn|ngàn|vạn|triệu|t[ỷỉ](?!\s+(?:lệ|trọng|số|suất|giá)))(?!\w))*)"
    r"(?P<percent>\s*%|\s+phần\s+trăm(?!\w))?"
)
_DIGITS = re.compile(
    r"(?<!\w)(?<!\d[.,])(?<![^\W\d_][-/])(?P<digits>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?)"
    rf"(?!\w)(?![.,]\d)(?![-–/][^\W\d_]){_UNIT}",
    re.IGNORECASE,
)
_PROVISION = re.compile(r"(?:^|(?<=\W))(điều|khoản|chương|mục|phần|phụ lục)\s*\Z", re.IGNORECASE)
_OVER = re.compile(r"\s?/\s?|\s+(?:trên|trong)\s+(?:tổng\s+)?(?:số\s+)?", re.IGNORECASE)
_TO = re.compile(r"\s?[-–—]\s?|\s+(?:đến|tới)\s+(?:hết\s+)?(?:(?:năm|tháng|ngày)\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    scale: int
    percent: bool
    start: int
    end: int

    def key(self, *, like: _Number | None = None) -> Key:
        """Its key, with the unit of `like` where it has none: the 12 of "12–15%" is 12%."""
        bare = like is not None and self.scale == 1 and not self.percent
        scale, percent = (like.scale, like.percent) if bare and like else (self.scale, self.percent)
        return ("%" if percent else "số", _plain(self.value * scale))


def find_figures(text: str) -> tuple[Figure, ...]:
    """All figures of `text` in order, without overlaps; dates and document numbers should be blanked before.

    >>> [figure.key for figure in find_figures("1.144 hộ, 37 nghìn tỷ, ba mươi bảy xã")]
    [('số', '1144'), ('số', '37000000000000'), ('số', '37')]
    """
    numbers = sorted([*_read_digits(text), *_read_words(text)], key=lambda number: number.start)
    figures: list[Figure] = []
    at = 0
    while at < len(numbers):
        pair = _pair(text, numbers[at], numbers[at + 1]) if at + 1 < len(numbers) else None
        figures.append(pair or _single(text, numbers[at]))
        at += 2 if pair else 1
    return tuple(figures)


def _single(text: str, number: _Number) -> Figure:
    kind = _provision_before(text, number)
    key = number.key()
    return Figure(key=(kind, key[1]) if kind and key[0] == "số" else key, start=number.start, end=number.end)


def _provision_before(text: str, number: _Number) -> str | None:
    """What the number is the number of: "điều" of "Điều 5"."""
    found = _PROVISION.search(text, max(0, number.start - 12), number.start)
    return found[1].lower() if found is not None else None


def _pair(text: str, one: _Number, other: _Number) -> Figure | None:
    """A part of a whole (32/33) or a range (2021–2025); None where two numbers merely stand near."""
    between = text[one.end : other.start]
    if _TO.fullmatch(between):
        sign, first = "–", one.key(like=other)
    elif _OVER.fullmatch(between) and one.scale == 1 and not one.percent:
        sign, first = "/", one.key()
    else:
        return None
    second = other.key()
    mark = sign + second[0] if second[0] == "%" else sign
    kind = _provision_before(text, one)
    ends = [(kind, first[1]), (kind, second[1])] if kind else [one.key(), first, second]
    parts = tuple(dict.fromkeys(ends))
    return Figure(key=(mark, first[1], second[1]), start=one.start, end=other.end, parts=parts)


def _read_digits(text: str) -> list[_Number]:
    return [
        _Number(
            read_decimal(match["digits"]),
            _scale(match["scale"]),
            bool(match["percent"]),
            match.start(),
            match.end(),
        )
        for match in _DIGITS.finditer(text)
    ]


def read_decimal(digits: str) -> Decimal:
    """The value of digits as Vietnamese writes them.

    >>> [str(read_decimal(digits)) for digits in ("1.250", "7,5", "98.5")]
    ['1250', '7.5', '98.5']
    """
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", digits):
        digits = digits.replace(",", "")
    return Decimal(digits.replace(",", "."))


def _scale(words: str) -> int:
    scale = 1
    for word in words.lower().split():
        scale *= _SCALES[word]
    return scale


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


# --- numbers in words

_ONES = {w: n for n, w in enumerate("không một hai ba bốn năm sáu bảy tám chín".split())}
_AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7}
_WORD = r"(?:không|một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|tư|lăm|nhăm|trăm|linh|lẻ|nghìn|ngàn|triệu|tỷ|tỉ)"
_WORDS = re.compile(
    rf"(?<!\w)(?<!\d )({_WORD}(?:\s+{_WORD})*)(?!\w)(?P<percent>\s*%|\s+phần\s+trăm(?!\w))?", re.I
)
# Read alone only before a word in small letters: "Ba Vì", "một", "năm 2021" are no counts.
_ALONE = re.compile(r"(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)\s+([^\W\d_])", re.IGNORECASE)


def _read_words(text: str) -> list[_Number]:
    found = []
    for match in _WORDS.finditer(text):
        words = match[1].lower().split()
        value, used = _value_of(words)
        if value is None:
            continue
        end = match.end()
        if used < len(words):
            end = match.start() + _length_of(match[1], used)
        if used > 1 or _counts(text, match.start()):
            percent = bool(match["percent"]) and used == len(words)
            found.append(_Number(Decimal(value), 1, percent, match.start(), end))
    return found


def _counts(text: str, start: int) -> bool:
    """Whether one number word counts something."""
    match = _ALONE.match(text, start)
    return match is not None and match[1].islower()


def _length_of(run: str, words: int) -> int:
    return [match.end() for match in re.finditer(r"\S+", run)][words - 1]


def _value_of(words: list[str]) -> tuple[int | None, int]:
    """The number that the words begin with and how many of them it takes; None where they begin with none."""
    total, used, below = 0, 0, 10**19
    while used < len(words):
        group, taken = _group_of(words[used:])
        scale, end = 1, used + taken
        while group is not None and end < len(words) and words[end] in _SCALES and scale < 10**12:
            scale, end = scale * _SCALES[words[end]], end + 1
        if group is None or scale >= below:
            break
        total, used, below = total + group * scale, end, scale
    return (total, used) if used else (None, 0)


def _group_of(words: list[str]) -> tuple[int | None, int]:
    """The number below a thousand that the words begin with, and how many of them it takes."""
    group, last = None, ""
    for used, word in enumerate(words):
        step = _add_word(group, last, word, words[used + 1 : used + 2])
        if step is None:
            return group, used
        group, last = step, word
    return group, len(words)


def _add_word(group: int | None, last: str, word: str, following: list[str]) -> int | None:
    """The number below a thousand with one more word, or None where the word does not go on with it."""
    if word in _ONES:
        if (
            word == "năm"
            and group is None
            and following[:1] not in (["mươi"], ["trăm"], ["nghìn"], ["triệu"], ["tỷ"])
        ):
            return None  # "year"
        if group is None:
            return _ONES[word]
        if last in ("linh", "lẻ", "trăm") or (last in ("mươi", "mười") and word != "năm"):
            return group + _ONES[word]
        return None
    if word == "mười":
        return 10 if group is None else group + 10 if last == "trăm" else None
    if group is None:
        return None
    if word == "mươi" and last in _ONES:
        return group + 9 * _ONES[last]
    if word == "trăm" and last in _ONES and group < 10:
        return group * 100
    if word in ("linh", "lẻ") and last == "trăm":
        return group
    if word in _AFTER_TENS and last in ("mươi", "mười"):
        return group + _AFTER_TENS[word]
    return None
