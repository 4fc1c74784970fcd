"""An answer beside its gold: the question with what a right answer quotes and cites, and the verdict.

A question is a quote hit when each of its gold quotes, or each of an alternative to them, overlaps a cited quote
by at least 80% of the gold's characters. A number that the question or a gold quotation names itself may be cited,
though it need not; so may those of `may_cite`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain

from corpus.symbols import find_symbols, symbol_key
from corpus.text import fold_spaces
from index.models import Answer, Citation, Outcome

_OVERLAP = 0.8
LABELS = ("group", "kind", "typing")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """A question with what a right answer quotes and cites."""

    id: str
    text: str
    answerable: bool
    quotes: tuple[str, ...]
    must_cite: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...] = ()  # quotes that serve as well as `quotes`
    may_cite: tuple[str, ...] = ()  # numbers that a right answer may name as well: neither right nor wrong
    must_not_cite: tuple[str, ...] = ()  # numbers that would be wrong as the answer
    outcome: str | None = None  # what an honest system says, where the gold tells
    labels: Mapping[str, str] = field(default_factory=dict)  # "group", "kind", "typing" → value


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How an answer stands beside its gold."""

    question: GoldQuestion
    outcome: Outcome
    quote_hit: bool
    cited: tuple[str, ...]
    wrong: tuple[str, ...]  # the cited ones that are neither wanted nor allowed
    numbers_right: bool  # every must_cite is cited; where there is none, nothing wrong is
    misled: bool = False  # it answers with a number that the gold calls wrong, and does not say so

    @property
    def right(self) -> bool:
        """An answerable question answered with its quotation and numbers, or another one refused."""
        if not self.question.answerable:
            return self.outcome.refused
        return not self.outcome.refused and self.quote_hit and self.numbers_right


def judge(question: GoldQuestion, given: Answer) -> Verdict:
    """The verdict on one answer."""
    citations = [citation for statement in given.statements for citation in statement.citations]
    cited: dict[str, str] = {}
    for citation in citations:
        for symbol in filter(None, (citation.symbol, *citation.about)):
            cited.setdefault(symbol_key(symbol), symbol)
    wanted = {symbol_key(symbol) for symbol in question.must_cite}
    fair = wanted | _allowed(question)
    wrong = tuple(symbol for key, symbol in cited.items() if key not in fair)
    own = {symbol_key(citation.symbol) for citation in citations if citation.symbol}
    outdated = {symbol_key(symbol) for symbol in question.must_not_cite}
    return Verdict(
        question=question,
        outcome=given.outcome,
        quote_hit=any(_quotes(citations, quotes) for quotes in (question.quotes, *question.any_of)),
        cited=tuple(cited.values()),
        wrong=wrong,
        numbers_right=wanted <= cited.keys() if wanted else not wrong,
        misled=given.outcome is Outcome.ANSWERED and bool(own & outdated),
    )


def _allowed(question: GoldQuestion) -> set[str]:
    """What an answer may name though it need not: what the question, or a gold quotation, names itself.

    Of a question without an answer nothing is allowed.
    """
    if not question.answerable:
        return set()
    texts = (question.text, *question.quotes, *chain.from_iterable(question.any_of))
    named = (mention.canonical for text in texts for mention in find_symbols(text))
    return {symbol_key(symbol) for symbol in (*question.may_cite, *named)}


def _quotes(citations: Sequence[Citation], gold: Sequence[str]) -> bool:
    """Whether each of the gold quotes is quoted."""
    return all(any(covered(quote, citation.quote) >= _OVERLAP for citation in citations) for quote in gold)


def covered(gold: str, cited: str) -> float:
    """The share of the gold quote's characters in its longest common stretch with the cited quote."""
    gold, cited = fold_spaces(gold), fold_spaces(cited)
    if gold in cited:
        return 1.0
    match = SequenceMatcher(None, gold, cited, autojunk=False).find_longest_match()
    return match.size / len(gold)
