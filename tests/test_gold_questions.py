"""The gold questions for answers are what their README says: counts, splits, spans that are there."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import shared
from tests.gold.expand import QUESTION_FILES, expand, read_sources, set_of, spans_of

GOLD = Path(__file__).parent / "gold"
ANSWERS = [name for name in QUESTION_FILES if name.startswith("answers_")]
TRAINING = [name for name in QUESTION_FILES if name.startswith("train_")]
OUTCOMES = {
    True: {"answered", "partly_answered", "several_possible", "superseded"},
    False: {"not_found", "mentioned_only"},
}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


def test_there_are_enough_questions_of_every_kind_that_was_asked_for() -> None:
    questions = [question for name in ANSWERS for question in rows(name)]
    groups = Counter(question["group"] for question in questions)
    assert groups == {"official": 98, "propaganda": 102, "research": 86}
    assert len({question["id"] for question in questions}) == len(questions)
    assert sum(not question["answerable"] for question in questions) == 81
    assert sum(question["typing"] == "broken" for question in questions) == 61
    held = [question for question in questions if set_of(question["id"]) == "held"]
    assert 0.4 < len(held) / len(questions) < 0.6
    assert sum(not question["answerable"] for question in held) >= 25


@pytest.mark.parametrize("name", ANSWERS + TRAINING)
def test_an_answer_has_spans_and_a_refusal_has_none(name: str) -> None:
    for question in rows(name):
        assert question["outcome"] in OUTCOMES[question["answerable"]], question["id"]
        assert bool(question["spans"]) is question["answerable"], question["id"]
        assert not set(question["must_cite"]) & set(question.get("must_not_cite", ())), question["id"]


@pytest.mark.parametrize("name", ANSWERS + TRAINING)
def test_every_span_is_words_of_its_source(name: str) -> None:
    spans = [span for question in rows(name) for span in spans_of(question)]
    sources = read_sources({span["source"] for span in spans}, shared("data"))
    for span in spans:
        words = sources[span["source"]].text[span["start"] : span["end"]]
        assert words.strip() == words and len(words) == span["end"] - span["start"] > 0, span


def test_the_older_files_are_split_as_they_say() -> None:
    for name in QUESTION_FILES:
        for question in rows(name):
            if "set" in question:
                assert question["set"] == set_of(question["id"])


def test_numbers_in_list_titles_of_quoted_sources_may_be_cited() -> None:
    shared("data/official-docs")
    named = {question["id"]: question["may_cite"] for question in expand("train_official", "dev")}
    assert named["TGO95"] == ["6386/BVHTTDL-KHCNĐTMT"]


def test_expanding_gives_the_quotations_with_their_alternatives() -> None:
    shared("data/official-docs")
    questions = expand("answers_research", "dev")
    assert {question["set"] for question in questions} == {"dev"}
    with_more = [question for question in questions if "any_of" in question]
    assert with_more
    assert all(quote["quote"] for question in with_more for quotes in question["any_of"] for quote in quotes)


def test_what_is_learned_from_shares_no_document_with_what_judges() -> None:
    learned = {span["source"] for name in TRAINING for question in rows(name) for span in spans_of(question)}
    judged = {span["source"] for name in ANSWERS for question in rows(name) for span in spans_of(question)}
    assert len(learned) > 150
    assert {source for source in learned & judged if not source.endswith(".txt")} == set()
