"""What can be checked in words: the document numbers, dates, figures and codes that a text writes.

Reading the words of a statement gives what it claims; reading the words of its evidence gives what is
backed. Both are read by the same rules, so that 37 backs "ba mươi bảy" and 15/7/2021 backs "tháng 7/2021".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.dates import find_dates
from corpus.figures import Key, find_figures
from corpus.models import SymbolMention
from corpus.symbols import complete_short_forms, find_symbols, plain_text, symbol_key
from corpus.text import fold, to_nfc
from index.named_documents import find_named_documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a text writes, each key with its words as typed."""

    mentions: tuple[SymbolMention, ...]  # document numbers, short forms too
    laws: dict[Key, str]  # documents by name: ("luat dat dai", "2024")
    dates: dict[Key, str]  # full dates; days and months where the year or day is missing
    figures: dict[Key, str]
    codes: dict[str, str]  # anything else with a digit in it: "5G", "TCVN-9001"
    names: tuple[str, ...]  # the syllables of proper names: words with a capital that begin no sentence

    @property
    def symbols(self) -> dict[str, str]:
        """The whole document numbers by `symbol_key`."""
        return {symbol_key(m.canonical): m.canonical for m in self.mentions if not m.short}


def read_claims(text: str) -> Claims:
    """All that `text` writes; invisible characters inside a number do not hide it."""
    text = _visible(text)
    rest = text
    mentions = find_symbols(text)
    rest = _blank(rest, ((mention.start, mention.end) for mention in mentions))
    dates, spans = _read_dates(rest)
    rest = _blank(rest, spans)
    figures = find_figures(rest)
    rest = _blank(rest, ((figure.start, figure.end) for figure in figures))
    return Claims(
        mentions=mentions,
        laws={
            (fold(" ".join(law.name.split())), str(law.year or "")): law.name
            for law in find_named_documents(text)
        },
        dates=dates,
        figures={figure.key: text[figure.start : figure.end] for figure in figures},
        codes={_code(match[0]): match[0] for match in _CODE.finditer(rest)},
        names=tuple(
            word for word in _NAME.findall(rest) if word[0].isupper() and word.lower() not in _COMMON
        ),
    )


class Backing:
    """What the evidence of a statement writes: its quotations and the facts of the documents cited."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = [_visible(text) for text in texts]
        self._mentions: list[SymbolMention] = []
        self._keys: set[Key] = set()
        for text in self._texts:
            self._read(text)
        self.symbols = {symbol_key(m.canonical) for m in self._mentions if not m.short}

    def _read(self, text: str) -> None:
        mentions = find_symbols(text)
        self._mentions += mentions
        rest = _blank(text, ((mention.start, mention.end) for mention in mentions))
        dates, spans = _read_dates(rest)
        self._keys |= dates.keys()
        for date in find_dates(rest):
            year, month, day = (str(int(part)) for part in date.iso.split("-"))
            self._keys |= {("ngày", day, month), ("tháng", month, year), ("tháng", month), ("số", year)}
        for key in [key for key in dates if key[0] == "tháng" and len(key) == 3]:
            self._keys |= {key[:2], ("số", key[2])}
        for figure in find_figures(_blank(rest, spans)):
            self._keys |= {figure.key, *figure.parts}

    def lacks_symbols(self, claims: Claims) -> list[str]:
        """The document numbers claimed that the evidence does not write."""
        completed = complete_short_forms([*claims.mentions, *self._mentions])[: len(claims.mentions)]
        written = {m.canonical for m in self._mentions if m.short}
        return [
            claimed.canonical
            for claimed, whole in zip(claims.mentions, completed, strict=True)
            if symbol_key(whole.canonical) not in self.symbols and claimed.canonical not in written
        ]

    def lacks_dates(self, claims: Claims) -> list[str]:
        """The dates claimed that the evidence does not write, in any of their forms."""
        return [typed for key, typed in claims.dates.items() if key not in self._keys]

    def lacks_figures(self, claims: Claims) -> list[str]:
        """The figures and codes claimed that the evidence does not write."""
        missing = [typed for key, typed in claims.figures.items() if key not in self._keys]
        held = {_code(match[0]) for text in self._texts for match in _CODE.finditer(text)}
        return missing + [typed for code, typed in claims.codes.items() if code not in held]

    def lacks_names(self, claims: Claims) -> list[str]:
        """The syllables of names that the evidence does not write, in capitals or not."""
        written = {word.casefold() for text in self._texts for word in re.findall(r"[^\W\d_]+", text)}
        return [word for word in claims.names if word.casefold() not in written]

    def lacks_laws(self, claims: Claims) -> list[str]:
        """The laws claimed by name that the evidence does not name."""
        named = [fold(" ".join(text.split())) for text in self._texts]
        return [
            typed
            for (name, year), typed in claims.laws.items()
            if not any(name in text and year in text for text in named)
        ]


# A word behind another word: what begins the text, or follows a mark, has its capital from there.
_NAME = re.compile(r"(?<=[^\W\d_] )[^\W\d_]+(?![\w¦])")
_COMMON = frozenset(
    "điều khoản chương mục phần điểm phụ lục nghị quyết định công văn điện chỉ thị thông tư báo luật bộ pháp lệnh"
    " hiến kế hoạch kết luận hướng dẫn quy chế đề án".split()
)

# A run without spaces that holds a digit; marks at its ends are not of it.
_CODE = re.compile(r"(?<![^\s“”\"'(),;:‘’\[\]])(?=[^\s“”\"'(),;:‘’\[\]]*\d)[^\s“”\"'(),;:‘’\[\]]+")


def _code(typed: str) -> str:
    return plain_text(typed).strip(".-/").casefold()


_PARTS_OF_DATES = re.compile(
    r"\bngày\s+(?P<day>\d{1,2})(?:\s?/\s?|\s+tháng\s+)(?P<of>\d{1,2})(?![\d/])"
    r"|\b(?P<day2>\d{1,2})\s+tháng\s+(?P<of2>\d{1,2})(?![\d/])"
    r"|\btháng\s+(?P<month>\d{1,2})(?:(?:\s?/\s?|\s+năm\s+)(?P<year>(?:19|20)\d\d)(?!\d))?(?![\d/])",
    re.IGNORECASE,
)


def _read_dates(text: str) -> tuple[dict[Key, str], list[tuple[int, int]]]:
    """Full dates, then days and months without the rest, and where they stand."""
    found: dict[Key, str] = {}
    spans = []
    for date in find_dates(text):
        found.setdefault(("date", date.iso), text[date.start : date.end])
        spans.append((date.start, date.end))
    for match in _PARTS_OF_DATES.finditer(_blank(text, spans)):
        day, month = match["day"] or match["day2"], match["of"] or match["of2"]
        if day:
            key: Key = ("ngày", str(int(day)), str(int(month)))
        else:
            key = ("tháng", str(int(match["month"])), *filter(None, (match["year"],)))
        found.setdefault(key, match[0])
        spans.append(match.span())
    return found, spans


def _visible(text: str) -> str:
    """NFC without format characters (zero width, soft hyphen, direction), which no reader sees."""
    return "".join(c for c in to_nfc(text) if unicodedata.category(c) != "Cf")


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the spans put out by a mark that nothing is read across."""
    for start, end in spans:
        text = text[:start] + "¦" * (end - start) + text[end:]
    return text


def strange_characters(text: str) -> list[str]:
    """Letters and digits that look like others (Cyrillic, full width), and what no reader sees."""
    return [c if c.isalnum() else f"U+{ord(c):04X}" for c in text if _is_strange(c)]


def _is_strange(character: str) -> bool:
    category = unicodedata.category(character)
    if category[0] == "L":
        return not unicodedata.name(character, "").startswith("LATIN ")
    if category == "Nd":
        return not character.isascii()
    return category[0] == "C" and character not in "\n\t"
