"""What was removed and added between two texts: line by line, and word by word in lines that were changed.

Lines (and in changed lines: words) that stand once in either text anchor the comparison (patience diff, Bram Cohen 2008): the longest run of
anchors in the same order stays, and only what lies between two anchors is compared further. So the time grows
with the texts and not with their square, whatever they hold; what is too long to be compared word by word is told
as removed and added whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_AT_ONCE = 5_000  # old × new items between two anchors that are compared one by one
_WORD_BY_WORD = 250_000  # characters of two texts that are compared so: 200 ms
_TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])\s*")
_ALIKE = 0.3  # of the words of a stretch; below, single words that stayed would only confuse


class Change(StrEnum):
    """What became of a run of words."""

    SAME = "giữ nguyên"
    REMOVED = "bỏ"
    ADDED = "thêm"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of one kind, verbatim from the new text, removed ones from the old one."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLines:
    """One stretch of changed lines; `line`: of the new text, from 1, that it begins with."""

    line: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All stretches that differ, in order. Empty lines and white space make no difference."""

    changes: tuple[ChangedLines, ...]
    removed: int  # words
    added: int  # words
    same_lines: int

    @property
    def equal(self) -> bool:
        return not self.changes


def compare_texts(old: str, new: str) -> Comparison:
    """How a newer text differs from an older one."""
    before, after = _split(old), _split(new)
    blocks = list(_match_items([key for key, _, _ in before], [key for key, _, _ in after]))
    changes: list[ChangedLines] = []
    budget = _WORD_BY_WORD
    i = j = same = 0
    for a, b, size in [*blocks, (len(before), len(after), 0)]:
        if a > i or b > j:
            runs, cost = _compare_lines(before[i:a], after[j:b], budget)
            budget -= cost
            line = after[min(j, len(after) - 1)][2] if after else 1
            changes.append(ChangedLines(line=line, runs=runs))
        i, j, same = a + size, b + size, same + size
    told = [run for change in changes for run in change.runs]
    return Comparison(
        changes=tuple(changes),
        removed=_count_words(told, Change.REMOVED),
        added=_count_words(told, Change.ADDED),
        same_lines=same,
    )


def _count_words(runs: Sequence[Run], change: Change) -> int:
    return sum(len(run.text.split()) for run in runs if run.change is change)


_Line = tuple[str, str, int]  # what it is compared by, the line itself, its number from 1


def _split(text: str) -> list[_Line]:
    lines = ((" ".join(line.split()), line, number) for number, line in enumerate(text.split("\n"), 1))
    return [line for line in lines if line[0]]


# --- lines


def _match_items(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(place in old, place in new, how many) of what stayed, in order: of lines, or of words."""
    i = j = 0
    for a, b in [*_find_anchors(old, new), (len(old), len(new))]:
        if a < i or b < j:
            continue
        yield from _match_between(old, new, i, a, j, b)
        if a < len(old):
            yield a, b, 1
        i, j = a + 1, b + 1


def _find_anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest chain of items that stand once on either side, in the same order on both."""
    once_old, once_new = (
        {line for line, count in Counter(lines).items() if count == 1} for lines in (old, new)
    )
    places = {line: j for j, line in enumerate(new) if line in once_new}
    pairs = [(i, places[line]) for i, line in enumerate(old) if line in once_old and line in places]
    ends: list[int] = []  # the smallest last place of a chain of each length
    chains: list[int] = []  # which pair that is
    back = [-1] * len(pairs)
    for n, (_, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        back[n] = chains[at - 1] if at else -1
        ends[at : at + 1], chains[at : at + 1] = [j], [n]
    found: list[tuple[int, int]] = []
    n = chains[-1] if chains else -1
    while n >= 0:
        found.append(pairs[n])
        n = back[n]
    return found[::-1]


def _match_between(
    old: Sequence[str], new: Sequence[str], i: int, a: int, j: int, b: int
) -> Iterator[tuple[int, int, int]]:
    """What stayed between two anchors: at either end, and in the middle where that is short."""
    while i < a and j < b and old[i] == new[j]:
        yield i, j, 1
        i, j = i + 1, j + 1
    tail: list[tuple[int, int, int]] = []
    while i < a and j < b and old[a - 1] == new[b - 1]:
        a, b = a - 1, b - 1
        tail.append((a, b, 1))
    if 0 < (a - i) * (b - j) <= _AT_ONCE:
        matcher = SequenceMatcher(None, old[i:a], new[j:b], autojunk=False)
        for match in matcher.get_matching_blocks():
            if match.size:
                yield i + match.a, j + match.b, match.size
    yield from reversed(tail)


# --- words


def _compare_lines(old: Sequence[_Line], new: Sequence[_Line], budget: int) -> tuple[tuple[Run, ...], int]:
    """The runs of a stretch, and how many characters were looked at for them."""
    before, after = ("\n".join(line for _, line, _ in lines) for lines in (old, new))
    cost = len(before) + len(after)
    if not before or not after or cost > budget:
        return _whole(before, after), 0
    one, other = _TOKEN.findall(before), _TOKEN.findall(after)
    matches = list(_match_items([token.strip() for token in one], [token.strip() for token in other]))
    if 2 * sum(size for _, _, size in matches) < _ALIKE * (len(one) + len(other)):
        return _whole(before, after), cost
    runs: list[Run] = []
    i = j = 0
    for a, b, size in [*matches, (len(one), len(other), 0)]:
        _append(runs, Change.REMOVED, one[i:a])
        _append(runs, Change.ADDED, other[j:b])
        _append(runs, Change.SAME, other[b : b + size])
        i, j = a + size, b + size
    return tuple(runs), cost


def _append(runs: list[Run], change: Change, tokens: Sequence[str]) -> None:
    """Tokens behind what there is; to the last run where it is of their kind."""
    if not tokens:
        return
    before = runs.pop().text if runs and runs[-1].change is change else ""
    runs.append(Run(change, before + "".join(tokens)))


def _whole(before: str, after: str) -> tuple[Run, ...]:
    runs = (Run(Change.REMOVED, before), Run(Change.ADDED, after))
    return tuple(run for run in runs if run.text)
