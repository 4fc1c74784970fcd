"""The quotations of a text: what stands in quotation marks, and sentences that may tell a document's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.models import SymbolMention
from corpus.references import find_references
from corpus.sentences import Span, find_sentences
from corpus.symbols import plain_text, type_word_before

_OPENING, _CLOSING, _STRAIGHT = "“„«", "”»", '"'
_LONGEST = 4000  # characters between two marks; beyond this a mark was lost
_FEWEST = 5  # words of a quotation; fewer are a name or a term
_LONG_NAME = 16  # words
_NAMED_THING = re.compile(
    r"(?<!\w)(?:chương trình|phong trào|đề án|dự án|cuộc thi|cuộc vận động|chủ đề|khẩu hiệu|mô hình|danh hiệu|hội thảo|"
    r"tọa đàm|chiến dịch|đợt thi đua|tên|cụm từ|giải thưởng|lễ|tháng|tuần lễ|chuyên đề|câu lạc bộ|bài|sách)\s*:?\s*\Z",
    re.IGNORECASE,
)
_FEWEST_TOLD = 7  # words of a stretch without marks
_LEADS_IN = re.compile(r"[\s(\[{:/–—-]")
_OMITTED = re.compile(r"[\[(]\s*(?:…|\.{3,})\s*[\])]|…|\.{3,}")
_WORD = re.compile(r"[^\W_]+")
# What a sentence says a document does with the words behind it.
_SAYS = re.compile(
    r"(?<!\w)(?:yêu cầu|quy định|nêu|chỉ rõ|nhấn mạnh|ghi|khẳng định|xác định|giao|đề ra|hướng dẫn|cho phép|đặt mục tiêu|"
    r"quyết nghị|chỉ đạo|đề nghị|nghiêm cấm|đánh giá|giải thích|quyết định|kết luận|đòi hỏi)(?: rõ| là| rằng)?\s*:?\s",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"(?:^|\W)(?:theo|tại)\W", re.IGNORECASE)
_BEHIND_SOURCE = re.compile(r"[^,:\n]{0,60}[,:]\s")  # the rest of a source's name: " của Huế, "
_BEHIND_NUMBER = 120  # characters between a number and what it is said to do
_THIS = re.compile(
    r"(?:văn bản|nghị quyết|nghị định|quyết định|thông tư|chỉ thị|kế hoạch|luật|kết luận|công điện|công văn|thông báo)"
    r"\s+(?:này|trên|đó|nói trên|nêu trên)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """`text[start:end]` with the numbers that the text names for it, nearest first.

    One without marks is only a place to look: `claimed` says whether its sentence gives the words to a document.
    """

    start: int
    end: int
    marked: bool
    claimed: bool
    named: tuple[SymbolMention, ...]
    sentence: Span


def find_quotations(text: str, mentions: Sequence[SymbolMention]) -> tuple[Quotation, ...]:
    """The quotations of a text, in order, and the stretches without marks that may be some.

    `mentions` are the document numbers of the text.
    """
    within = find_marked(text)
    names = [span for span in within if _is_name(text, span)]
    marked = [span for span in within if span not in names]
    outside = [one for one in mentions if not any(span.start <= one.start < span.end for span in marked)]
    sentences = find_sentences(_mask(text, marked))
    naming = [Span(one.start, one.end) for one in find_references(text)] + names
    naming.sort(key=lambda one: one.start)
    found: list[Quotation] = []
    for number, sentence in enumerate(sentences):
        inside = [span for span in marked if sentence.start <= span.start < sentence.end]
        named = [one for one in outside if sentence.start <= one.start < sentence.end]
        before = _named_before(text, sentences, number, outside)
        for span in inside:
            near = _by_nearness(named, span) or before
            for part in _without_omissions(text, span):
                found.append(
                    Quotation(
                        start=part.start,
                        end=part.end,
                        marked=True,
                        claimed=True,
                        named=near,
                        sentence=sentence,
                    )
                )
        if not inside:
            found += _told(text, sentence, named, naming)
    return tuple(sorted(found, key=lambda one: one.start))


def _is_name(text: str, span: Span) -> bool:
    """Whether quotation marks hold a term or the name of something: Chương trình “…”."""
    words = _words_in(text, span.start, span.end)
    return words < _FEWEST or (
        words < _LONG_NAME and _NAMED_THING.search(text, 0, span.start - 1) is not None
    )


def find_marked(text: str) -> tuple[Span, ...]:
    """What stands between quotation marks, the marks left out; of marks within marks the outer ones.

    >>> [(s.start, s.end) for s in find_marked('nêu: "bỏ cụm từ "một cửa" tại đây".')]
    [(6, 33)]
    """
    found: list[Span] = []
    opened: list[int] = []
    for at, sign in enumerate(text):
        if opened and at - opened[0] > _LONGEST:
            opened.clear()
        if sign in _OPENING or (sign == _STRAIGHT and _opens(text, at, opened)):
            opened.append(at)
        elif sign in _CLOSING or sign == _STRAIGHT:
            if len(opened) == 1 and at > opened[0] + 1:
                found.append(Span(opened[0] + 1, at))
            if opened:
                opened.pop()
    return tuple(found)


def _opens(text: str, at: int, opened: Sequence[int]) -> bool:
    if not opened:
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(_LEADS_IN.match(before)) and bool(after) and not after.isspace() and after not in '.,;:)”»"'


def _mask(text: str, marked: Sequence[Span]) -> str:
    """The text with the inside of its quotations as one word, so that a stop in them ends no sentence.

    A line break in the middle of a sentence (a text copied from a PDF) is a space.
    """
    masked = re.sub(r"(?<=[^\W\d_],|[^\W\d_][^\W\d_])\n(?=[a-zà-ỹđ])", " ", text)
    for span in marked:
        last = text[span.end - 1]
        end = span.end - 1 if last in ".!?…" else span.end
        masked = f"{masked[: span.start]}{'x' * (end - span.start)}{masked[end:]}"
    return masked


def _by_nearness(named: Sequence[SymbolMention], span: Span) -> tuple[SymbolMention, ...]:
    before = [one for one in named if one.end <= span.start]
    return (*reversed(before), *(one for one in named if one.start >= span.end))


def _named_before(
    text: str, sentences: Sequence[Span], number: int, mentions: Sequence[SymbolMention]
) -> tuple[SymbolMention, ...]:
    """The number that the sentence before names last, where this one speaks of it or is led in by it."""
    if number == 0:
        return ()
    earlier, here = sentences[number - 1], sentences[number]
    led_in = text[earlier.end - 1] == ":"
    own = text[here.start : here.end]
    if not led_in and not (_THIS.search(own) or own[0] in _OPENING + _STRAIGHT):
        return ()
    if not led_in and text.count("\n", earlier.end, here.start) > 1:
        return ()
    named = [one for one in mentions if earlier.start <= one.start < earlier.end]
    return tuple(named[-1:])


def _without_omissions(text: str, span: Span) -> Iterator[Span]:
    """The parts of a quotation around "[…]", which says that something was left out."""
    start = span.start
    for cut in [*_OMITTED.finditer(text, span.start, span.end), None]:
        end = cut.start() if cut is not None else span.end
        while start < end and (text[start].isspace() or text[start] in ".,;"):
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if _words_in(text, start, end) >= _FEWEST:
            yield Span(start, end)
        start = cut.end() if cut is not None else end


def _told(
    text: str, sentence: Span, named: Sequence[SymbolMention], naming: Sequence[Span]
) -> Iterator[Quotation]:
    """The parts of a sentence without quotation marks that may be a document's words.

    Where the sentence gives words to a number, what stands behind that; else what stands between the names of documents and other things.
    """
    near = tuple(reversed(named))
    start = _claim(text, sentence, named[-1]) if named else None
    if start is not None:
        pieces, claimed = [Span(start, sentence.end)], True
    else:
        pieces, claimed = _between(sentence, naming), False
    for piece in pieces:
        if _words_in(text, piece.start, piece.end) >= _FEWEST_TOLD:
            yield Quotation(
                start=piece.start, end=piece.end, marked=False, claimed=claimed, named=near, sentence=sentence
            )


def _claim(text: str, sentence: Span, named: SymbolMention) -> int | None:
    """Where the words begin that a sentence gives to the number it names; None where it gives it none."""
    said = _SAYS.search(text, named.end, min(sentence.end, named.end + _BEHIND_NUMBER))
    if said is not None:
        return said.end()
    word = type_word_before(plain_text(text), named.start)
    lead = text[sentence.start : word.start if word is not None else named.start]
    comma = _BEHIND_SOURCE.match(text, named.end)
    return comma.end() if comma is not None and _ACCORDING.search(lead) else None


def _between(sentence: Span, naming: Sequence[Span]) -> list[Span]:
    """The parts of a sentence between the names in it."""
    pieces, start = [], sentence.start
    for name in naming:
        if sentence.start <= name.start < sentence.end:
            pieces.append(Span(start, max(start, name.start)))
            start = max(start, min(name.end, sentence.end))
    return [*pieces, Span(start, sentence.end)]


def _words_in(text: str, start: int, end: int) -> int:
    return len(_WORD.findall(text, start, end))
