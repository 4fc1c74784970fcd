"""Scores of answers: rates over verdicts, as a whole and by group, kind and typing of the questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.symbols import symbol_key
from index.judging import LABELS, Verdict


def summarise(verdicts: Sequence[Verdict]) -> dict[str, object]:
    """Rates 0–1 (null where nothing was there to count), counts, the same by label, and the misses with their
    reason."""
    return {
        **_rates(verdicts),
        "by": {
            label: {value: _rates(part) for value, part in _parts(verdicts, label).items()}
            for label in LABELS
        },
        "misses": [_miss(verdict) for verdict in verdicts if not verdict.right],
    }


def _parts(verdicts: Sequence[Verdict], label: str) -> dict[str, list[Verdict]]:
    parts: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if value := verdict.question.labels.get(label):
            parts.setdefault(value, []).append(verdict)
    return dict(sorted(parts.items()))


def _rates(verdicts: Sequence[Verdict]) -> dict[str, object]:
    answerable = [verdict for verdict in verdicts if verdict.question.answerable]
    unanswerable = [verdict for verdict in verdicts if not verdict.question.answerable]
    refused = [verdict for verdict in verdicts if verdict.outcome.refused]
    right_refusals = sum(verdict.outcome.refused for verdict in unanswerable)
    wanted = [(_keys(verdict.question.must_cite), _keys(verdict.cited)) for verdict in answerable]
    right = sum(len(gold & keys) for gold, keys in wanted)
    # What may be cited but need not counts neither way; on a question that has no answer every number is wrong.
    cited = right + sum(len(verdict.wrong) for verdict in verdicts)
    told = [verdict for verdict in verdicts if verdict.question.outcome is not None]
    return {
        "right_document_rate": _rate(sum(_names_all(verdict) for verdict in answerable), len(answerable)),
        "quote_hit_rate": _rate(sum(_hit(verdict) for verdict in answerable), len(answerable)),
        "citation_precision": _rate(right, cited),
        "citation_recall": _rate(right, sum(len(gold) for gold, _ in wanted)),
        "refusal_precision": _rate(right_refusals, len(refused)),
        "refusal_recall": _rate(right_refusals, len(unanswerable)),
        "outcome_right_rate": _rate(sum(v.outcome == v.question.outcome for v in told), len(told)),
        "misled": sum(verdict.misled for verdict in verdicts),
        "counts": {
            "questions": len(verdicts),
            "answerable": len(answerable),
            "answered_right": sum(verdict.right for verdict in answerable),
            "unanswerable": len(unanswerable),
            "refused": len(refused),
            "refused_right": right_refusals,
        },
    }


def _hit(verdict: Verdict) -> bool:
    return verdict.quote_hit and not verdict.outcome.refused


def _names_all(verdict: Verdict) -> bool:
    """Whether every number that the answer must name is cited."""
    return not verdict.outcome.refused and _keys(verdict.question.must_cite) <= _keys(verdict.cited)


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
