"""Evaluation through the product's own path: retrieval sets and question files.

Retrieval: a folder with `corpus.jsonl` (id, title, text) or `documents.jsonl`, `queries.jsonl` (id, text)
and `qrels.tsv` (header; qid, docid, rel; rel > 0 is relevant). A document scores as its best passage.

Answers: a .jsonl of questions in the format of tests/gold/README.md. A question is a quote hit when each of
its gold quotes overlaps a cited quote by at least 80% of the gold's characters.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any

import numpy as np

from corpus.symbols import symbol_key
from corpus.text import fold, fold_spaces
from index.answer import answer
from index.diversity import Fold
from index.errors import EvaluationError
from index.metrics import hit_at, ndcg_at, recall_at, reciprocal_rank_at
from index.models import Answer, Outcome
from index.query import read_query
from index.search import Searcher, Weights

Measures = dict[str, float]
_OVERLAP = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSet:
    """Queries with their relevant documents."""

    corpus: Path
    queries: tuple[tuple[str, str], ...]  # (id, text)
    relevant: dict[str, frozenset[str]]  # query id → document ids


def read_retrieval_set(folder: Path) -> RetrievalSet:
    """The set in a folder. Raises EvaluationError where a file is missing or malformed."""
    corpus = next(
        (folder / name for name in ("corpus.jsonl", "documents.jsonl") if (folder / name).exists()), None
    )
    if corpus is None:
        raise EvaluationError(f"Thư mục {folder} không có corpus.jsonl hoặc documents.jsonl.")
    try:
        queries = tuple((str(row["id"]), str(row["text"])) for row in read_rows(folder / "queries.jsonl"))
        relevant: dict[str, set[str]] = {}
        with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, delimiter="\t")
            next(rows)
            for qid, docid, rel in rows:
                if float(rel) > 0:
                    relevant.setdefault(qid, set()).add(docid)
    except (OSError, KeyError, ValueError, StopIteration) as error:
        raise EvaluationError(f"Bộ đánh giá {folder} thiếu tệp hoặc sai định dạng: {error}") from error
    judged = tuple(query for query in queries if query[0] in relevant)
    if not judged:
        raise EvaluationError(f"Bộ đánh giá {folder} không có câu hỏi nào có đáp án trong qrels.tsv.")
    return RetrievalSet(
        corpus=corpus, queries=judged, relevant={qid: frozenset(ids) for qid, ids in relevant.items()}
    )


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a .jsonl file. Raises EvaluationError for a line that is none."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise EvaluationError(f"{path}, dòng {number}: không phải một đối tượng JSON.")
                    yield row
    except (OSError, ValueError) as error:
        raise EvaluationError(f"Không đọc được {path}: {error}") from error


def copy_corpus(source: Path, target: Path, *, with_title: bool) -> None:
    """The corpus as rows that ingest reads: id, title (left out unless `with_title`) and text."""
    with target.open("w", encoding="utf-8") as out:
        for row in read_rows(source):
            kept = {"id": str(row["id"]), "text": row["text"]}
            if with_title and row.get("title"):
                kept["title"] = row["title"]
            out.write(json.dumps(kept, ensure_ascii=False) + "\n")


def evaluate_retrieval(
    searcher: Searcher,
    queries: RetrievalSet,
    *,
    folded: bool = False,
    top: int = 10,
    weights: Weights = Weights(),
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, object]:
    """Measures of the dense, the lexical and the hybrid ranking, latency in ms and counts."""
    names = _document_names(searcher)
    measured: dict[str, list[Measures]] = {"dense": [], "lexical": [], "hybrid": []}
    seconds: list[float] = []
    for done, (qid, text) in enumerate(queries.queries, start=1):
        typed = fold(text) if folded else text
        relevant = queries.relevant[qid]
        query = read_query(typed, searcher.store)
        start = perf_counter()
        hits = searcher.search(
            query, limit=2 * weights.depth, weights=weights, fold=Fold.NOTHING, explain=False
        )
        hybrid = [hit.row for hit in hits]
        seconds.append(perf_counter() - start)
        dense = [row for row, _ in searcher.search_dense(query, limit=weights.depth)]
        lexical = [row for row, _ in searcher.search_lexical(query, limit=weights.depth, weights=weights)]
        for name, rows in (("dense", dense), ("lexical", lexical), ("hybrid", hybrid)):
            ranked = list(dict.fromkeys(names[row] for row in rows))
            measured[name].append(_measure(ranked, relevant, top))
        if progress is not None:
            progress(done, len(queries.queries))
    state = searcher.store.state()
    return {
        **{name: _mean(values) for name, values in measured.items()},
        "latency_ms": {
            "p50": round(float(np.percentile(seconds, 50)) * 1000, 1),
            "p95": round(float(np.percentile(seconds, 95)) * 1000, 1),
        },
        "counts": {
            "documents": state.documents,
            "passages": state.passages,
            "queries": len(queries.queries),
        },
    }


def _document_names(searcher: Searcher) -> dict[int, str]:
    """Passage row → the id that the corpus file gives its document."""
    return dict(searcher.store.source_ids())


def _measure(ranked: Sequence[str], relevant: frozenset[str], top: int) -> Measures:
    return {
        **{f"hit@{k}": hit_at(ranked, relevant, k) for k in sorted({1, 3, 5, top})},
        f"recall@{top}": recall_at(ranked, relevant, top),
        f"mrr@{top}": reciprocal_rank_at(ranked, relevant, top),
        f"ndcg@{top}": ndcg_at(ranked, relevant, top),
    }


def _mean(values: Sequence[Measures]) -> Measures:
    return {name: round(fmean(value[name] for value in values), 4) for name in values[0]}


# --- answers


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
