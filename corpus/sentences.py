"""Sentence and clause spans, for quoting and for splitting long paragraphs.

Spans count code points in the text they were found in; nothing is changed in the text. The rules are
those of Vietnamese administrative prose: a point after an abbreviation, a list label or inside a number is
not the end of a sentence, and a lost paragraph break ("xem xétMặt trận Tổ quốc") is one (domain.md §0.2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int


_LOWER = "a-zà-öø-ÿăđĩũơưạ-ỹ"

# A point, its closing quotes or brackets, and white space; or a point glued to the next sentence.
_STOP = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[”\"'’)\]»]*)(?=\s)"
    rf"|(?<=[{_LOWER}0-9)])(?P<glued>[.!?])(?=[^\W\d_])"
)
# No two syllables are longer: without the bounds a word of 40,000 letters (base64) takes half a minute.
_GLUED_WORDS = re.compile(
    rf"(?<![^\W_])(?P<left>[{_LOWER}]{{2,30}})(?P<right>[^\W\d_][{_LOWER}]{{1,30}})(?=\s+\S)"
)

# Abbreviations that stand before the name or number they belong to, folded to lower case, without points.
_ABBREVIATIONS = frozenset(
    {
        "tp",
        "tx",
        "tt",
        "p",
        "q",
        "h",
        "x",
        "đ",
        "tư",
        "ths",
        "ts",
        "gs",
        "pgs",
        "bs",
        "ks",
        "đ/c",
        "đc",
        "ô",
        "b",
    }
    | {"mr", "mrs", "ms", "dr", "st", "no", "nr", "art", "vol", "tr", "tel", "fax", "vd", "vv"}
    | {"tm", "t/m", "kt", "k/t", "tl", "t/l", "tuq", "ngd", "nsnd", "nsưt"}
)
# A label at the head of a sentence: "1.", "1.1.", "a.", "II.", "Điều 5.", "- 2.".
_LABEL = re.compile(
    r"(?:[-–+*•“\"(]\s*)?"
    r"(?:(?:Điều|Khoản|Chương|Mục|Tiểu mục|Phần|Phụ lục|Câu|Bước|Bài|Mẫu số|Số)\s+)?"
    r"(?:\d{1,3}(?:\.\d{1,3}){0,3}[a-zđ]?|[A-Za-zĐđ]|[IVXLC]{1,6})\Z",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")  # "T.Ư", "N.V.A", "A"
_OPENERS = "“\"'‘([«-–+•*"

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:uye|uya|uyu|ieu|yeu|oai|oao|oay|oeo|uay|uao|uoi|uou|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye"
    r"|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)


def find_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`, in order, without the white space around them.

    A new line always ends a sentence. Every character that is not white space belongs to exactly one
    span. A closing "./." stays with its sentence.
    """
    stop = len(text) if end is None else min(end, len(text))
    spans: list[Span] = []
    for line in _split_at(text, start, stop, "\n"):
        spans.extend(_find_in_line(text, line.start, line.end))
    return tuple(spans)


def find_clauses(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The parts of `text[start:end]` between semicolons, stripped, without the semicolons."""
    stop = len(text) if end is None else min(end, len(text))
    return tuple(_split_at(text, start, stop, ";"))


def strip_span(text: str, start: int, end: int) -> Span | None:
    """`text[start:end]` without white space at its ends; None when nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _split_at(text: str, start: int, end: int, separator: str) -> Iterator[Span]:
    while start < end:
        cut = text.find(separator, start, end)
        cut = end if cut < 0 else cut
        if (span := strip_span(text, start, cut)) is not None:
            yield span
        start = cut + 1


def _find_in_line(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for cut in _find_boundaries(text, start, end):
        if _is_label(text, begin, cut):
            continue
        if (span := strip_span(text, begin, cut)) is not None:
            yield span
            begin = cut
    if (span := strip_span(text, begin, end)) is not None:
        yield span


def _find_boundaries(text: str, start: int, end: int) -> list[int]:
    cuts = [m.end() for m in _STOP.finditer(text, start, end) if _ends_sentence(text, m, start, end)]
    cuts.extend(m.start("right") for m in _GLUED_WORDS.finditer(text, start, end) if _is_glued(m))
    return sorted(set(cuts))


def _ends_sentence(text: str, match: re.Match[str], start: int, end: int) -> bool:
    following = match.end()
    while following < end and text[following].isspace():
        following += 1
    if following >= end:
        return False
    first = text[following]
    if match["glued"] is not None:
        # "hoàn thành.Các xã": only before a capitalised word, so that domains and file names stay whole.
        if not (first.isupper() and following + 1 < end and text[following + 1].islower()):
            return False
        return not _is_abbreviation(text, start, match.start("glued"))
    if not (first.isupper() or first.isdigit() or first in _OPENERS):
        return False
    if match["mark"] != ".":
        return not (match["mark"].startswith("…") and first.isdigit())
    return bool(match["close"]) or not _is_abbreviation(text, start, match.start("mark"))


def _is_abbreviation(text: str, start: int, point: int) -> bool:
    # 20 characters are more than any abbreviation has; the bound keeps the scan linear.
    word_start = point
    while word_start > max(start, point - 20) and not text[word_start - 1].isspace():
        word_start -= 1
    word = text[word_start:point].strip("“\"'(,;[")
    if not word or word.endswith("/"):
        return False
    if word.lower() == "v.v" or _INITIALS.fullmatch(word):
        return len(word) > 1 or word.isupper()
    return word.lower().replace(".", "") in _ABBREVIATIONS and not word.isdigit()


def _is_label(text: str, begin: int, cut: int) -> bool:
    """Whether the text since the last boundary is only a list label such as "1." or "Điều 5."."""
    if cut - begin > 30:
        return False
    head = text[begin:cut].strip()
    return head.endswith(".") and _LABEL.match(head[:-1]) is not None


def _is_glued(match: re.Match[str]) -> bool:
    """Two syllables that lost the break between them; not "VietGAP", "dienTich" or a mistyped "viỆc"."""
    left, right = match["left"], match["right"]
    if not right[0].isupper() or (left + right).isascii() or is_syllable(left + right):
        return False
    return is_syllable(left) and is_syllable(right)


def is_syllable(word: str) -> bool:
    """Whether a word is spelt as a Vietnamese syllable (tones and marks aside)."""
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return _SYLLABLE.fullmatch("".join(c for c in decomposed if not unicodedata.combining(c))) is not None
