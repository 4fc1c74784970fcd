"""Real official documents: a fixed sample beside the seed pages in every run, all 901 in the long run."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import shared

from corpus.store import Store
from index.answer import answer
from index.encoder import Encoder
from index.evaluate_answers import evaluate_answers, read_questions
from index.search import Searcher

_SHARE = 40  # one document in so many, chosen by the hash of its id
_LONGEST = 20_000  # characters: the sample is encoded in every run
_READING = (
    1_500  # seconds: 903 documents are 90 seconds of computing, and a busy machine gives a small share of it
)


@pytest.fixture(scope="module")
def sample(
    tmp_path_factory: pytest.TempPathFactory,
    build_store: Callable[[Path, list[Path]], Store],
    encoder: Encoder,
) -> Searcher:
    """The seed pages among about fifteen real documents."""
    rows = tmp_path_factory.mktemp("official") / "sample.jsonl"
    with shared("data/official-docs/documents.jsonl").open(encoding="utf-8") as lines, rows.open("w") as out:
        for line in lines:
            row = json.loads(line)
            chosen = int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % _SHARE == 0
            if chosen and len(row["text"]) <= _LONGEST:
                out.write(json.dumps({name: row[name] for name in ("id", "title", "text", "url")}) + "\n")
    store = build_store(rows.parent / "store", [rows, shared("data/seeds")])
    assert store.state().documents > 10
    assert store.problems() == ()
    return Searcher.open(store, encoder)


def test_the_seed_questions_are_answered_among_other_documents(
    sample: Searcher, capsys: pytest.CaptureFixture[str]
) -> None:
    report, _ = evaluate_answers(sample, read_questions(shared("data/questions/seed_questions.jsonl")))
    counts = report["counts"]
    with capsys.disabled():
        print(f"\nseed questions among {sample.store.state().documents} documents: {counts}")
    assert counts["answered_right"] >= 21  # type: ignore[index]
    assert counts["refused_right"] >= 5  # type: ignore[index]


def test_a_held_document_is_found_and_cited_by_its_own_number(sample: Searcher) -> None:
    held = [row for row in sample.store.list_documents() if row["symbol"]]
    assert len(held) >= 3
    for row in held:
        best = sample.search(row["symbol"], limit=1)[0]
        assert row["symbol"] in (sample.store.profile(best.passage.document_id).symbol, None)
        given = answer(sample, f"Ai ký {row['type'] or 'văn bản'} số {row['symbol']}?")
        for statement in given.statements:
            for citation in statement.citations:
                text = sample.store.text(citation.document_id)
                assert citation.quote == text[citation.start : citation.end]


@pytest.mark.long
@pytest.mark.timeout(2 * _READING)
def test_all_documents_are_read_in_one_command(
    cancu: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    sources = [str(shared("data/official-docs/documents.jsonl")), str(shared("data/seeds"))]
    run = cancu("ingest", *sources, "--no-index", "--json", timeout=_READING)
    report = json.loads(run.stdout)
    assert report["counts"] == {"new": 903, "changed": 0, "same": 0, "failed": 0}
    again = json.loads(cancu("ingest", *sources, "--no-index", "--json", timeout=_READING).stdout)
    assert again["counts"] == {"new": 0, "changed": 0, "same": 903, "failed": 0}
