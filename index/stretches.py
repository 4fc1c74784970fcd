"""Whether a sentence is made of whole stretches of quotations: what a language model may do with them.

A sentence passes if it can be cut, at its marks and at connectives, into stretches of at least three words
that stand so, marks included, inside one sentence of a quotation; and if nothing is left behind there that
limits what is said ("không", "nếu", "trừ", "dự kiến", "rằng", "tại", "năm" …). So a model can choose, order and join;
it can neither add a word, nor change a tone mark, nor swap who does what, nor drop a "not".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.sentences import find_sentences

_LEAST = 3  # words of a stretch: two may be "thay thế", and turn around which act replaces which
_WORD = re.compile(r"\w+(?:[./,–-]\w+)*%?")
_MARK = re.compile(r"[^\s\w]")
# They join and add nothing. Longest first.
_CONNECTIVES = tuple(
    tuple(words.split())
    for words in (
        "bên cạnh đó",
        "ngoài ra",
        "đồng thời",
        "theo đó",
        "trong đó",
        "cụ thể",
        "còn",
        "và",
    )
)
# What may not be left behind in a sentence that a stretch was taken from: it turns, limits or doubts the rest.
_LIMIT = re.compile(
    r"(?<!\w)(?:không|chưa|chẳng|đừng|cấm|trừ|ngoại trừ|nếu|khi|trường hợp|với điều kiện|chỉ|riêng|rằng"
    r"|dự kiến|dự thảo|đề xuất|đề nghị|phấn đấu|mục tiêu|có thể|hoặc|tạm thời|thí điểm|tối thiểu|tối đa"
    r"|ít nhất|nhiều nhất|khoảng|gần|trên|dưới|hơn|vượt|đến hết|hết hiệu lực|bãi bỏ|thay thế|hủy bỏ|bác bỏ"
    r"|phủ nhận|bỏ qua|giả|sai|cũ|tại|ở|năm|giai đoạn|quý|từ ngày|đến ngày|trước ngày|sau ngày)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    marked: bool  # a mark stands before it
    limiting: bool


def find_strays(sentence: str, quotes: Iterable[str], leads: Iterable[str] = ()) -> tuple[str, ...]:
    """What keeps a sentence from being made of stretches of `quotes`; empty where nothing does.

    `leads` ("Theo bài …") may be used as well. Strays are the words that no stretch covers; where there are
    none, the opening of a quotation that nothing was taken from; else limiting words left behind.

    >>> find_strays("Hộ nghèo được vay 50 triệu đồng.", ["Hộ nghèo không được vay 50 triệu đồng."])
    ('hộ', 'nghèo')
    """
    by_quote = [[_words(quote[s.start : s.end]) for s in find_sentences(quote)] for quote in quotes]
    limited = [words for sentences in by_quote for words in sentences]
    sources = limited + [_words(lead) for lead in leads]
    words = _words(sentence)
    covered: list[set[int]] = [set() for _ in sources]
    strays: list[str] = []
    at, free = 0, True  # `free`: a new stretch may begin here
    while at < len(words):
        which, start, length = _longest(words, at, sources)
        if length >= _LEAST and (free or words[at].marked):
            covered[which] |= set(range(start, start + length))
            at, free = at + length, False
        elif joined := _connective(words, at):
            at, free = at + joined, True
        else:
            strays.append(words[at].key)
            at, free = at + 1, True  # so that only what is strange is named
    return tuple(strays) or _unused(by_quote, covered) or _left_behind(limited, covered)


def _unused(by_quote: Sequence[Sequence[Sequence[_Word]]], covered: Sequence[set[int]]) -> tuple[str, ...]:
    """The first words of each quotation that no stretch is of: it would be cited for nothing."""
    at, unused = 0, []
    for sentences in by_quote:
        if not any(covered[at : at + len(sentences)]):
            unused.append(" ".join(word.key for words in sentences[:1] for word in words[:5]))
        at += len(sentences)
    return tuple(unused)


def _left_behind(limited: Sequence[Sequence[_Word]], covered: Sequence[set[int]]) -> tuple[str, ...]:
    return tuple(
        word.key
        for source, used in zip(limited, covered, strict=False)
        for place, word in enumerate(source)
        if used and word.limiting and place not in used
    )


def _longest(words: Sequence[_Word], at: int, sources: Sequence[Sequence[_Word]]) -> tuple[int, int, int]:
    """(source, place in it, words) of the longest stretch that the words from `at` on begin with."""
    best = (0, 0, 0)
    for which, source in enumerate(sources):
        for start in range(len(source)):
            length = _common(words, at, source, start)
            if length > best[2]:
                best = (which, start, length)
    return best


def _common(words: Sequence[_Word], at: int, source: Sequence[_Word], start: int) -> int:
    length = 0
    while at + length < len(words) and start + length < len(source):
        one, other = words[at + length], source[start + length]
        if one.key != other.key or (length and one.marked != other.marked):
            break
        length += 1
    return length


def _connective(words: Sequence[_Word], at: int) -> int:
    """How many words of a connective begin here."""
    for connective in _CONNECTIVES:
        if tuple(word.key for word in words[at : at + len(connective)]) == connective:
            return len(connective)
    return 0


def _words(text: str) -> list[_Word]:
    limits = [match.span() for match in _LIMIT.finditer(text)]
    found, end = [], 0
    for match in _WORD.finditer(text):
        marked = _MARK.search(text, end, match.start()) is not None
        limiting = any(start < match.end() and match.start() < stop for start, stop in limits)
        found.append(_Word(match[0].casefold(), marked, limiting))
        end = match.end()
    return found
