"""Evaluation of answers through the product's own path.

A .jsonl of questions in the format of tests/gold/README.md; `index.judging` says when an answer is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from index.answer import answer
from index.answer_scores import summarise
from index.errors import EvaluationError
from index.judging import LABELS, GoldQuestion, Verdict, judge
from index.labelled_sets import read_rows
from index.search import Searcher


def read_questions(path: Path) -> tuple[GoldQuestion, ...]:
    """The questions of a file. Raises EvaluationError."""
    try:
        return tuple(map(gold_question, read_rows(path)))
    except (KeyError, TypeError) as error:
        raise EvaluationError(f"Tệp câu hỏi {path} thiếu trường hoặc sai kiểu: {error}") from error


def gold_question(row: Mapping[str, Any]) -> GoldQuestion:
    """The question of a row in the format of tests/gold/README.md. Raises KeyError or TypeError where it has another."""
    return GoldQuestion(
        id=str(row["id"]),
        text=str(row["text"]),
        answerable=bool(row["answerable"]),
        quotes=tuple(quote["quote"] for quote in row.get("quotes") or ()),
        must_cite=tuple(row.get("must_cite") or ()),
        any_of=tuple(tuple(quote["quote"] for quote in quotes) for quotes in row.get("any_of") or ()),
        may_cite=tuple(row.get("may_cite") or ()),
        must_not_cite=tuple(row.get("must_not_cite") or ()),
        outcome=row.get("outcome"),
        labels={name: str(row[name]) for name in LABELS if row.get(name)},
    )


def evaluate_answers(
    searcher: Searcher,
    questions: Iterable[GoldQuestion],
    *,
    progress: Callable[[int], None] | None = None,
) -> tuple[dict[str, object], tuple[Verdict, ...]]:
    """Rates over the questions (`index.answer_scores`), with counts and misses, and the verdicts themselves."""
    verdicts: list[Verdict] = []
    for question in questions:
        verdicts.append(judge(question, answer(searcher, question.text)))
        if progress is not None:
            progress(len(verdicts))
    return summarise(verdicts), tuple(verdicts)
