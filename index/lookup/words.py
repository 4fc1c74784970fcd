"""Which documents hold the words of a query: all of them in one passage, its title before it.

Every such document is found, however many there are; a ranking stops at its depth. So what is counted and
sorted by date is these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, product

from corpus.text import fold
from index.lexical import Field, LexicalIndex
from index.matching import Matcher, Syllable
from index.query_models import Query
from index.tokens import bigrams, syllables

_TERM = 3  # syllables

Way = Sequence[tuple[Field, str]]  # tokens that must all be there


def rows_with_all_words(lexical: LexicalIndex, query: Query) -> list[int]:
    """The rows of the passages that hold every word of a query's content; none where it has no content.

    Up to three syllables are a term ("nông thôn mới") and stand side by side, where they do so anywhere.
    """
    content = Matcher(query).syllables
    run = bool(content) and content[-1].place - content[0].place + 1 == len(content)
    as_term = (
        lexical.rows_holding(list(_wanted(query, content, term=True)))
        if run and len(content) <= _TERM
        else []
    )
    return as_term or lexical.rows_holding(list(_wanted(query, content, term=False)))


def is_bare_number(query: Query) -> bool:
    """Whether nothing but document numbers was typed."""
    codes = {fold(unit) for symbol in query.symbols for unit in syllables(symbol)}
    content = Matcher(query).syllables
    return bool(query.symbols) and all(one.bare.isdigit() or one.bare in codes for one in content)


def _wanted(query: Query, content: Sequence[Syllable], *, term: bool) -> Iterator[list[Way]]:
    """For everything that a passage must hold, the ways in which it may.

    The syllables of one word stand side by side; of a `term`, all of them. What was typed without marks counts
    in any reading where the likely one is not sure; an abbreviation is also held where its meaning is.
    """
    for _, group in groupby(content, key=lambda one: term or one.word):
        word = list(group)
        for one in word if len(word) == 1 else ():
            yield [*_ways(one), *_meanings(query, one)]
        for pair in pairwise(word):
            yield list(_ways_of_pair(*pair))


def _ways(one: Syllable) -> Iterator[Way]:
    for form in sorted(one.forms):
        yield [(Field.SYLLABLES, form)]
    if not one.sure:
        yield [(Field.FOLDED, one.bare)]


def _ways_of_pair(one: Syllable, other: Syllable) -> Iterator[Way]:
    for forms in product(sorted(one.forms), sorted(other.forms)):
        yield [(Field.SYLLABLES, "_".join(forms))]
    if not (one.sure and other.sure):
        yield [(Field.FOLDED, f"{one.bare}_{other.bare}")]


def _meanings(query: Query, one: Syllable) -> Iterator[Way]:
    for expansion in query.expansions:
        if one.forms & set(syllables(expansion.abbreviation)):
            units = syllables(expansion.text)
            yield [(Field.SYLLABLES, unit) for unit in (bigrams(units) or units)]
