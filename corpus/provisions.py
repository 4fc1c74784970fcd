"""Provisions: which part of a document is named at its number ("khoản 2 Điều 5 Nghị định số …").

Read from the number backwards, because that is how Vietnamese writes them: smallest part first, the document
last. Parts that share a larger one are written out one by one: "điểm a, b khoản 1 Điều 3" is "Điểm a khoản 1
Điều 3; Điểm b khoản 1 Điều 3".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.text import fold

_LABEL = (
    r"(?:(?-i:[IVXLC]{1,6}|[A-ZĐ])(?![^\W_])|\d{1,3}(?:\.\d{1,3}){0,3}[a-zđ]?(?![^\W_])|[a-zđ]\d?(?![^\W_]))"
)
_JOIN = r"(?:\s*,\s*(?:và\s+|và\s+các\s+)?|\s*;\s*|\s+và\s+(?:các\s+)?|\s+hoặc\s+|\s*[-–]\s*|\s+đến\s+(?:hết\s+)?)"
_WORD = r"(?:điểm|điềm|tiết|khoản|điều|tiểu mục|mục|chương|phần|phụ lục|đoạn)"
_PART = rf"{_WORD}\s+(?:số\s+)?{_LABEL}(?:{_JOIN}{_LABEL}(?!\s*[/)]))*"
# The whole phrase before a number, up to the type word: parts, joined or one inside the other.
_PHRASE = re.compile(
    rf"(?<![^\W_])(?P<parts>{_PART}(?:(?:{_JOIN}|\s+(?:của\s+|thuộc\s+|tại\s+)?){_PART})*)"
    r"(?:\s+(?:của|tại|trong)|,)?(?:\s+(?:ban hành\s+)?kèm theo)?\s*\Z",
    re.IGNORECASE,
)
_ONE = re.compile(rf"(?P<word>{_WORD})\s+(?:số\s+)?(?P<labels>{_LABEL}(?:{_JOIN}{_LABEL})*)", re.IGNORECASE)
_LABELS = re.compile(
    rf"(?P<range>{_LABEL}\s*(?:[-–]|\s(?:đến(?:\s+hết)?)\s)\s*{_LABEL})|(?P<one>{_LABEL})", re.IGNORECASE
)
_WRITTEN = re.compile(
    rf"(?P<word>{_WORD})\s+(?P<label>{_LABEL}(?:\s+đến\s+(?:{_WORD}\s+)?{_LABEL})?)", re.IGNORECASE
)
_RANGE_WORD = re.compile(r"\s+đến\s+(?:hết\s+)?", re.IGNORECASE)
_FIRST_WORD = re.compile(rf"(?<![^\W_]){_WORD}(?=\s)", re.IGNORECASE)

# From the smallest part to the largest, and how each is written inside a phrase.
_RANKS = {
    "đoạn": 0,
    "tiết": 1,
    "điểm": 2,
    "khoản": 3,
    "Điều": 4,
    "Tiểu mục": 5,
    "Mục": 6,
    "Chương": 7,
    "Phần": 8,
    "Phụ lục": 9,
}
_PROPER = {fold(word): word for word in _RANKS} | {"diem": "điểm"}
_LOOK_BACK = 220  # characters before a type word; longer lists of provisions are read from their end


@dataclass(frozen=True, slots=True)
class Part:
    """One level of a provision: ("khoản", "2")."""

    level: str
    label: str

    def __str__(self) -> str:
        return f"{self.level} {self.label}"


@dataclass(frozen=True, slots=True)
class FoundProvision:
    """The provisions before a number, written out ("Khoản 2 Điều 5; Điều 7"), and where they begin."""

    value: str
    start: int


def read_provision(plain: str, type_start: int) -> FoundProvision | None:
    """What is named right before the type word at `type_start`, or None.

    >>> text = "quy định tại khoản 5, khoản 6 Điều 7 Luật"
    >>> read_provision(text, text.index("Luật"))
    FoundProvision(value='Khoản 5 Điều 7; Khoản 6 Điều 7', start=13)
    """
    low = max(0, type_start - _LOOK_BACK)
    window = plain[low:type_start]
    first = _FIRST_WORD.search(window)
    if first is None:
        return None
    phrase = _PHRASE.search(window, first.start())
    if phrase is None:
        return None
    chains = _write_out(phrase["parts"])
    if not chains:
        return None
    return FoundProvision("; ".join(map(write_provision, chains)), low + phrase.start())


def write_provision(parts: tuple[Part, ...]) -> str:
    """The wording of one provision, smallest part first, with a capital.

    >>> write_provision((Part("khoản", "2"), Part("Điều", "5")))
    'Khoản 2 Điều 5'
    """
    wording = " ".join(map(str, parts))
    return wording[:1].upper() + wording[1:]


def parse_provision(value: str) -> tuple[tuple[Part, ...], ...]:
    """The levels of each provision of a `Reference.provision`, smallest first.

    >>> [[str(part) for part in parts] for parts in parse_provision("Điểm a khoản 2 Điều 5; Phụ lục I")]
    [['điểm a', 'khoản 2', 'Điều 5'], ['Phụ lục I']]
    """
    return tuple(
        tuple(_part(match["word"], match["label"]) for match in _WRITTEN.finditer(provision))
        for provision in value.split(";")
        if provision.strip()
    )


def _part(word: str, label: str) -> Part:
    return Part(_PROPER[fold(" ".join(word.split()))], " ".join(label.split()))


def _write_out(phrase: str) -> list[tuple[Part, ...]]:
    """Every provision of a phrase with the larger parts that it stands in.

    Read from the end: a part stands in the larger one right behind it ("khoản 2 Điều 5"); parts in a row
    ("khoản 1, khoản 2 Điều 5") stand in the same one.
    """
    done: list[tuple[Part, ...]] = []
    last: list[tuple[Part, ...]] = []  # the parts read last, each with those that it stands in
    later: re.Match[str] | None = None
    for match in reversed(list(_ONE.finditer(phrase))):
        rank, parts = _rank(match["word"]), _parts_of(match)
        around: tuple[Part, ...] = ()
        if later is not None:
            between = phrase[match.end() : later.start()]
            if rank == _rank(later["word"]) and _RANGE_WORD.fullmatch(between):
                parts[-1] = replace(parts[-1], label=f"{parts[-1].label} đến {last[0][0]}")
                around, last = last[0][1:], last[1:]
            elif rank < _rank(later["word"]) and not _is_joined(between):
                around, last = last[0], []
            else:
                around = tuple(part for part in last[0] if _rank(part.level) > rank)
                around = () if rank < _rank(later["word"]) else around
        done[:0] = last
        last = [(part, *around) for part in parts]
        later = match
    return [*last, *done]


def _parts_of(match: re.Match[str]) -> list[Part]:
    return [_part(match["word"], _squeeze_range(found[0])) for found in _LABELS.finditer(match["labels"])]


def _squeeze_range(label: str) -> str:
    return re.sub(r"\s*(?:[-–]|\s(?:đến hết|đến)\s)\s*", " đến ", " ".join(label.split()))


def _is_joined(between: str) -> bool:
    return re.fullmatch(_JOIN, between, re.IGNORECASE) is not None


def _rank(word: str) -> int:
    return _RANKS[_PROPER[fold(" ".join(word.split()))]]
