"""The questions that a page offers to begin with are answered by the collection that they were made from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.store import Store
from index.answer import answer
from index.encoder import Encoder
from index.first_questions import suggest_questions
from index.models import Outcome
from index.search import Searcher
from tests.checked_pages import write_checked_pages


def test_each_is_answered_and_is_about_another_document(
    build_store: Callable[[Path, list[Path]], Store], encoder: Encoder, tmp_path: Path
) -> None:
    store = build_store(tmp_path / "store", [write_checked_pages(tmp_path)])
    searcher = Searcher.open(store, encoder)
    questions = suggest_questions(store, store.document_ids())
    assert [question.split("?")[0].rsplit(" ", 2)[-2:] for question in questions] == [
        ["ngày", "nào"],
        ["ngày", "nào"],
        ["việc", "gì"],
    ]
    assert len({question.split(" của ")[0] for question in questions}) == 3
    for question in questions:
        given = answer(searcher, question)
        assert given.outcome in (Outcome.ANSWERED, Outcome.SUPERSEDED), question


def test_a_collection_without_facts_offers_none(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        assert suggest_questions(store, ()) == ()
