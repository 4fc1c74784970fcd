"""Where a passage says what a query says: the spans that a reader sees highlighted.

Aligned syllable by syllable, the marks as far as the query gives them: "bán" is no "bàn", while "nong thon moi"
is "nông thôn mới". Words of asking and grammar, and numbers that are part of a document's number, do not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from corpus.models import SymbolMention
from corpus.sentences import Span
from corpus.symbols import find_symbols, plain_text, symbol_key, type_word_before
from corpus.text import fold
from index.abbreviations import meanings_of
from index.asking import Asked, find_empty, read_asked
from index.query_models import Query
from index.restore import RestoredSyllable
from index.terms import syllable_weight
from index.tokens import place_tone, syllables, words

_SYLLABLE = re.compile(r"[^\W_]+")
_SURE = 0.9  # confidence from which a restored syllable is taken for what was meant
# Between two matched syllables: spaces of one line, and the dash or slash of "2021-2025" and "32/33".
_JOINED = re.compile(r"[^\S\n]*[-–/]?[^\S\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Syllable:
    """One syllable, abbreviation or figure of a query's content."""

    place: int  # among all syllables of the query: neighbours differ by one
    word: int  # the place of the first syllable of the word, place name or provision that it is part of
    start: int  # in the text that the query is read as
    end: int
    forms: frozenset[str]  # what it may stand as in a text: lower case, one placement of tones
    bare: str  # without marks
    sure: bool  # its marks were typed, or are hardly in doubt
    alone: bool  # counts without a neighbour; a part of a longer word, or the 2 of "khoản 2", does not


class _Token(NamedTuple):
    start: int
    end: int
    form: str
    bare: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What of a query a text holds: spans in the text, in order and apart from each other."""

    spans: tuple[Span, ...]
    places: frozenset[int]  # of the syllables found
    numbers: tuple[str, ...]  # canonical numbers asked for that are written in it


class Matcher:
    """Finds the words of one query in texts."""

    def __init__(self, query: Query) -> None:
        read = query.restored
        self.text = read.text if read else query.text  # what the spans of the syllables count in
        self.syllables = _read_content(query)
        self._numbers = {symbol_key(symbol) for symbol in query.symbols}
        self._figures = {match[0] for key in self._numbers if (match := re.search(r"[1-9]\d*", key))}
        self._by_form: dict[str, list[Syllable]] = {}
        self._by_bare: dict[str, list[Syllable]] = {}
        self._unsure: dict[str, list[Syllable]] = {}  # by what it is without marks
        self._by_place = {syllable.place: syllable for syllable in self.syllables}
        for syllable in self.syllables:
            self._by_bare.setdefault(syllable.bare, []).append(syllable)
            if not syllable.sure:
                self._unsure.setdefault(syllable.bare, []).append(syllable)
            for form in syllable.forms:
                self._by_form.setdefault(form, []).append(syllable)
        self._expansions = [
            (tuple(syllables(expansion.text)), places)
            for expansion in query.expansions
            if (places := self._places_of(expansion.abbreviation))  # none: it is part of a number
        ]

    def match(self, text: str) -> Matched:
        """The words and numbers of the query in a text; spans count code points of it."""
        tokens = _tokens(text)
        found = self._match_tokens(text, tokens)
        numbers = [m for m in self._mentions(text) if symbol_key(m.canonical) in self._numbers]
        spans = [Span(tokens[i].start, tokens[i].end) for i in found]
        spans += [Span(mention.start, mention.end) for mention in numbers]
        return Matched(
            spans=tuple(_merge(text, spans)),
            places=frozenset(place for places in found.values() for place in places),
            numbers=tuple(dict.fromkeys(mention.canonical for mention in numbers)),
        )

    def _mentions(self, text: str) -> tuple[SymbolMention, ...]:
        """The document numbers in a text, if it has the digits of one that is asked for."""
        return find_symbols(text) if any(figure in text for figure in self._figures) else ()

    def cover(self, text: str) -> float:
        """The share (0–1) of the query's content that a text holds, rare syllables weighing more."""
        found = self._match_tokens(text, _tokens(text))
        places = {place for places in found.values() for place in places}
        total = sum(syllable_weight(syllable.bare) for syllable in self.syllables)
        held = sum(syllable_weight(self._by_place[place].bare) for place in places)
        return held / total if total else 0.0

    def _match_tokens(self, text: str, tokens: Sequence[_Token]) -> dict[int, set[int]]:
        """Position of a token → places of the query's syllables that it is, or is a part of."""
        found = self._match_syllables(text, tokens)
        self._match_abbreviations(text, tokens, found)
        return found

    def _match_syllables(self, text: str, tokens: Sequence[_Token]) -> dict[int, set[int]]:
        unmarked = text.lower() == fold(text)
        found: dict[int, set[int]] = {}
        for i, token in enumerate(tokens):
            table = self._by_bare if unmarked else self._by_form
            for syllable in table.get(token.bare if unmarked else token.form, ()):
                found.setdefault(i, set()).add(syllable.place)
        # Of a syllable typed without marks, any reading is a match where the likely ones are not there.
        held = {place for places in found.values() for place in places}
        for i, token in enumerate(tokens if self._unsure else ()):
            for syllable in self._unsure.get(token.bare, ()):
                if syllable.place not in held:
                    found.setdefault(i, set()).add(syllable.place)
        kept = {
            i: {place for place in places if self._stands(text, tokens, found, i, place)}
            for i, places in found.items()
        }
        return {i: places for i, places in kept.items() if places}

    def _stands(
        self, text: str, tokens: Sequence[_Token], found: Mapping[int, set[int]], i: int, place: int
    ) -> bool:
        """Whether a syllable counts here: alone, or beside its neighbour in the word ("Hà" of "Hà Tĩnh")."""
        syllable = self._by_place[place]
        if syllable.alone:
            return True
        for step in (-1, 1):
            beside = self._by_place.get(place + step)
            if beside is None or place + step not in found.get(i + step, ()):
                continue
            first, second = sorted((i, i + step))
            related = beside.word == syllable.word or len(syllable.bare) == 1
            if related and _JOINED.fullmatch(text, tokens[first].end, tokens[second].start):
                return True
        return False

    def _match_abbreviations(self, text: str, tokens: Sequence[_Token], found: dict[int, set[int]]) -> None:
        """ "NTM" is "nông thôn mới", whichever of the two was asked; only the whole phrase counts."""
        forms = [token.form for token in tokens]
        for phrase, places in self._expansions:
            for i in _occurrences(forms, phrase):
                for k in range(i, i + len(phrase)):
                    found.setdefault(k, set()).update(places)
        for i, token in enumerate(tokens):
            written = text[token.start : token.end]
            if written.isupper() and len(written) > 1 and not _is_part_of_code(text, token):
                meanings = meanings_of(written)
                asked = self._find_phrase(syllables(meanings[0])) if len(meanings) == 1 else None
                if asked:
                    found.setdefault(i, set()).update(asked)

    def _find_phrase(self, phrase: Sequence[str]) -> set[int]:
        """The places where the query itself says a phrase."""
        found: set[int] = set()
        for syllable in self._by_form.get(phrase[0], ()):
            run = [self._by_place.get(syllable.place + k) for k in range(len(phrase))]
            if all(one and form in one.forms for one, form in zip(run, phrase, strict=True)):
                found.update(one.place for one in run if one)
        return found

    def _places_of(self, abbreviation: str) -> frozenset[int]:
        units = set(syllables(abbreviation))
        return frozenset(syllable.place for syllable in self.syllables if syllable.forms & units)


# --- the query


def _read_content(query: Query) -> tuple[Syllable, ...]:
    """The syllables of a query that say something of its topic."""
    read = query.restored
    text = _blank_numbers(read.typed if read else query.text)  # `typed` is with firm corrections of slips
    readings: Mapping[int, RestoredSyllable] = {s.start: s for s in read.syllables} if read else {}
    tokens = _tokens(text)
    chosen = [readings[t.start].chosen if t.start in readings else t.form for t in tokens]
    empty = find_empty(
        chosen,
        has_diacritics=query.has_diacritics or read is not None,
        comparing=Asked.COMPARE in read_asked(fold(text)),
    )
    word_of = _join_words(query, text, tokens, chosen)
    size = Counter(word for place, word in enumerate(word_of) if place not in empty)
    return tuple(
        Syllable(
            place=place,
            word=word_of[place],
            start=token.start,
            end=token.end,
            forms=_forms(query, token, readings.get(token.start)),
            bare=token.bare,
            sure=_is_sure(query, readings.get(token.start)),
            alone=size[word_of[place]] == 1 and len(token.bare) > 1,
        )
        for place, token in enumerate(tokens)
        if place not in empty
    )


def _join_words(query: Query, text: str, tokens: Sequence[_Token], chosen: Sequence[str]) -> list[int]:
    """For every syllable the place of the first one of its word, place name or provision."""
    first = list(range(len(tokens)))
    read = query.restored.text if query.restored else query.text
    phrases = [tuple(word.split("_")) for word in words(read)]
    phrases += [tuple(syllables(place.name)) for place in query.places]
    runs = [(i, i + len(phrase)) for phrase in phrases for i in _occurrences(chosen, phrase)]
    if len(text) == len(query.text[: len(text)]):  # no correction moved the offsets
        for provision in query.provisions:
            inside = [i for i, t in enumerate(tokens) if provision.start <= t.start < provision.end]
            runs += [(inside[0], inside[-1] + 1)] if inside else []
    for start, end in runs:
        first[start:end] = [first[start]] * (end - start)
    return first


def _is_sure(query: Query, read: RestoredSyllable | None) -> bool:
    return query.has_diacritics or (read is not None and read.confidence >= _SURE)


def _forms(query: Query, token: _Token, read: RestoredSyllable | None) -> frozenset[str]:
    """What a syllable may stand as: its readings, and what was typed where marks say that it was meant so."""
    forms = {token.form} if read is None or query.has_diacritics else set()
    if read is not None:
        forms |= {read.chosen, *(form for form, _ in read.alternatives)}
    for slip in query.alternatives:
        pair = {place_tone(slip.typed.lower()), place_tone(slip.text)}
        if " " not in slip.text and pair & forms:
            forms |= pair
    return frozenset(forms)


def _blank_numbers(text: str) -> str:
    """The text with dots for its document numbers and the type words before them."""
    plain = plain_text(text)
    for mention in find_symbols(text):
        before = type_word_before(plain, mention.start)
        start = before.start if before else mention.start
        text = f"{text[:start]}{'·' * (mention.end - start)}{text[mention.end :]}"
    return text


# --- texts


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _SYLLABLE.finditer(text):
        form = place_tone(match[0].lower())
        found.append(_Token(match.start(), match.end(), form, _bare(form)))
    return found


@lru_cache(maxsize=65536)
def _bare(form: str) -> str:
    return fold(form)


def _occurrences(forms: Sequence[str], phrase: tuple[str, ...]) -> Iterator[int]:
    for i, form in enumerate(forms):
        if phrase and form == phrase[0] and tuple(forms[i : i + len(phrase)]) == phrase:
            yield i


def _is_part_of_code(text: str, token: _Token) -> bool:
    """The "NQ" of "04-NQ/TU" is part of a number and says nothing."""
    around = text[max(0, token.start - 1) : token.start] + text[token.end : token.end + 1]
    return any(letter in "-–/" for letter in around)


def _merge(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans in order, neighbours on one line as one."""
    last: Span | None = None
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if last is not None and (span.start <= last.end or _JOINED.fullmatch(text, last.end, span.start)):
            last = Span(last.start, max(last.end, span.end))
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
