"""Evaluation of answers through the product's own path.

A .jsonl of questions in the format of tests/gold/README.md. A question is a quote hit when each of its gold
quotes overlaps a cited quote by at least 80% of the gold's characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from corpus.symbols import symbol_key
from corpus.text import fold_spaces
from index.answer import answer
from index.errors import EvaluationError
from index.labelled_sets import read_rows
from index.models import Answer, Outcome
from index.search import Searcher

_OVERLAP = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldQuestion:
    """A question with what a right answer quotes and cites."""

    id: str
    text: str
    answerable: bool
    quotes: tuple[str, ...]
    must_cite: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How an answer stands beside its gold."""

    question: GoldQuestion
    outcome: Outcome
    quote_hit: bool
    cited: tuple[str, ...]
    numbers_right: bool  # every must_cite is cited; none is cited where none may be

    @property
    def right(self) -> bool:
        """An answerable question answered with its quotation and numbers, or another one refused."""
        if not self.question.answerable:
            return self.outcome.refused
        return not self.outcome.refused and self.quote_hit and self.numbers_right


def read_questions(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a file. Raises EvaluationError."""
    try:
        return tuple(map(_gold_question, read_rows(path)))
    except (KeyError, TypeError) as error:
        raise EvaluationError(f"Tệp câu hỏi {path} thiếu trường hoặc sai kiểu: {error}") from error


def _gold_question(row: dict[str, Any]) -> GoldQuestion:
    return GoldQuestion(
        id=str(row["id"]),
        text=str(row["text"]),
        answerable=bool(row["answerable"]),
        quotes=tuple(quote["quote"] for quote in row.get("quotes") or ()),
        must_cite=tuple(row.get("must_cite") or ()),
    )


def judge(question: GoldQuestion, given: Answer) -> Verdict:
    """The verdict on one answer."""
    citations = [citation for statement in given.statements for citation in statement.citations]
    cited: dict[str, str] = {}
    for citation in citations:
        for symbol in filter(None, (citation.symbol, *citation.about)):
            cited.setdefault(symbol_key(symbol), symbol)
    wanted = {symbol_key(symbol) for symbol in question.must_cite}
    return Verdict(
        question=question,
        outcome=given.outcome,
        quote_hit=all(
            any(covered(quote, citation.quote) >= _OVERLAP for citation in citations)
            for quote in question.quotes
        ),
        cited=tuple(cited.values()),
        numbers_right=wanted <= cited.keys() if wanted else not cited,
    )


def covered(gold: str, cited: str) -> float:
    """The share of the gold quote's characters in its longest common stretch with the cited quote."""
    gold, cited = fold_spaces(gold), fold_spaces(cited)
    if gold in cited:
        return 1.0
    match = SequenceMatcher(None, gold, cited, autojunk=False).find_longest_match()
    return match.size / len(gold)


def evaluate_answers(
    searcher: Searcher,
    questions: Iterable[GoldQuestion],
    *,
    progress: Callable[[int], None] | None = None,
) -> tuple[dict[str, object], tuple[Verdict, ...]]:
    """Rates over the questions, with counts and misses, and the verdicts themselves."""
    verdicts: list[Verdict] = []
    for question in questions:
        verdicts.append(judge(question, answer(searcher, question.text)))
        if progress is not None:
            progress(len(verdicts))
    return summarise(verdicts), tuple(verdicts)


def summarise(verdicts: Sequence[Verdict]) -> dict[str, object]:
    """Rates 0–1 (null where nothing was there to count), counts, and the misses with their reason."""
    answerable = [verdict for verdict in verdicts if verdict.question.answerable]
    unanswerable = [verdict for verdict in verdicts if not verdict.question.answerable]
    refused = [verdict for verdict in verdicts if verdict.outcome.refused]
    right_refusals = sum(verdict.outcome.refused for verdict in unanswerable)
    wanted = [(_keys(verdict.question.must_cite), _keys(verdict.cited)) for verdict in answerable]
    # A number cited on a question that has no answer is a wrong one.
    cited = sum(len(keys) for _, keys in wanted) + sum(len(verdict.cited) for verdict in unanswerable)
    right = sum(len(gold & keys) for gold, keys in wanted)
    return {
        "quote_hit_rate": _rate(sum(_hit(verdict) for verdict in answerable), len(answerable)),
        "citation_precision": _rate(right, cited),
        "citation_recall": _rate(right, sum(len(gold) for gold, _ in wanted)),
        "refusal_precision": _rate(right_refusals, len(refused)),
        "refusal_recall": _rate(right_refusals, len(unanswerable)),
        "counts": {
            "questions": len(verdicts),
            "answerable": len(answerable),
            "answered_right": sum(verdict.right for verdict in answerable),
            "unanswerable": len(unanswerable),
            "refused": len(refused),
            "refused_right": right_refusals,
        },
        "misses": [_miss(verdict) for verdict in verdicts if not verdict.right],
    }


def _hit(verdict: Verdict) -> bool:
    return verdict.quote_hit and not verdict.outcome.refused


def _keys(symbols: Iterable[str]) -> frozenset[str]:
    return frozenset(map(symbol_key, symbols))


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _miss(verdict: Verdict) -> dict[str, object]:
    question = verdict.question
    if not question.answerable:
        reason = "answered, though the collection has no answer"
    elif verdict.outcome.refused:
        reason = "refused, though the collection has an answer"
    elif not verdict.quote_hit:
        reason = "other quotation"
    else:
        reason = "other document numbers"
    return {
        "id": question.id,
        "text": question.text,
        "outcome": verdict.outcome.value,
        "reason": reason,
        "must_cite": list(question.must_cite),
        "cited": list(verdict.cited),
    }
