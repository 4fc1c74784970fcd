"""The gate on the check of a text: the rows for development of misquotes.jsonl among the documents they concern."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import shared

from bench.misquotes import judge, read_rows
from corpus.intake import take_in
from corpus.store import Store
from corpus.store_models import StoredPassage
from index.build import searchable_text
from index.lexical import Field, LexicalIndex, PassageTokens
from index.tokens import bigrams, syllables

FLOOR = 58  # of 60; measured: 60, among these documents as in the whole collection


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return read_rows("dev")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]) -> Store:
    """The sources of the rows and the documents whose numbers they name."""
    sources = {row["source"] for row in rows}
    numbers = {str(row["names"]).lstrip("0") for row in rows if row["names"]}
    path: Path = tmp_path_factory.mktemp("misquotes") / "documents.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for row in _read_documents():
            head = f"{row['title']}\n{row['text'][:1500]}"
            if row["id"] in sources or any(number in head for number in numbers):
                out.write(json.dumps({name: row.get(name) for name in ("id", "title", "text", "url")}) + "\n")
    store = Store.open(path.parent / "store")
    take_in(store, [path])
    return store


def _read_documents() -> Iterator[dict[str, Any]]:
    for name in ("documents.jsonl", "provincial_news.jsonl"):
        with shared(f"data/official-docs/{name}").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _tokenise(stored: StoredPassage) -> PassageTokens:
    """The one field of the word index that the check reads, as `passage_tokens` fills it."""
    plain = syllables(searchable_text(stored))
    return PassageTokens(row=stored.row, tokens={Field.SYLLABLES: plain + bigrams(plain)})


def test_quotations_are_told_by_their_class(
    store: Store, rows: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    lexical = LexicalIndex(None)
    passages = store.passages(sorted(store.passage_rows()))
    lexical.update(_tokenise(one) for one in passages)
    judged = judge(store, lexical, rows)
    right = Counter(one.wanted for one in judged if one.given == one.wanted)
    with capsys.disabled():
        print(f"\nmisquotes among {store.state().documents} documents: {dict(right)} of {len(judged)}")
    assert len(judged) == 60
    assert right.total() >= FLOOR, [one for one in judged if one.given != one.wanted]
