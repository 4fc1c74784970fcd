"""Places and quantities kept with the documents of a store: as they are read, by the present rules, for the facts that hold."""

from __future__ import annotations

import ast
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES

from corpus.gazetteer import Scheme
from corpus.indicators import find_indicators
from corpus.intake import take_in
from corpus.resolved import RULES, find_settled
from corpus.store import Store
from index.build import update_index
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from settings import load_settings

_REPORT = """ỦY BAN NHÂN DÂN
TỈNH HƯNG YÊN

Số: 15/BC-UBND
Hưng Yên, ngày 12 tháng 3 năm 2024

BÁO CÁO
Kết quả xây dựng nông thôn mới năm 2023

Đến hết năm 2023, toàn tỉnh có 139/139 xã đạt chuẩn nông thôn mới. Tỉnh Hưng Yên đã hỗ trợ 120 tỷ đồng.
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    page = tmp_path / "bao-cao.txt"
    page.write_text(_REPORT, "utf-8")
    with Store.open(tmp_path / "store") as store:
        take_in(store, [page, SAMPLES])
        yield store


def _report(store: Store) -> str:
    return store.find_document("15/BC-UBND")


def _forget(store: Store, change: str) -> None:
    with closing(sqlite3.connect(store.folder / "store.sqlite")) as db, db:
        db.execute(change)


def test_what_is_kept_is_what_is_read(store: Store) -> None:
    held = [store.document(name) for name in store.document_ids()]
    assert sum(len(store.places(document.id)) for document in held) > 50
    assert sum(len(store.indicators(document.id)) for document in held) > 5
    for document in held:
        assert store.places(document.id) == find_settled(document)
        assert store.indicators(document.id) == find_indicators(document)
    with closing(sqlite3.connect(store.folder / "store.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM resolved").fetchone() == (len(held),)


def test_a_corrected_day_puts_places_on_another_map(store: Store) -> None:
    report = _report(store)
    assert {place.scheme for place in store.places(report)} == {Scheme.BEFORE}
    store.correct(report, "issued_on", "2026-03-12", by="Người thử", reason="đọc nhầm năm")
    assert {place.scheme for place in store.places(report)} == {Scheme.AFTER}
    store.undo_correction(report, "issued_on", by="Người thử", reason="sửa nhầm")
    assert {place.scheme for place in store.places(report)} == {Scheme.BEFORE}


@pytest.mark.parametrize(
    "change", ["DELETE FROM resolved", "UPDATE resolved SET rules = 'old', places = '[]'"]
)
def test_a_store_of_other_rules_is_read_from_its_texts_and_brought_up_to_date(
    store: Store, change: str
) -> None:
    report = _report(store)
    places, indicators = store.places(report), store.indicators(report)
    assert places and indicators
    _forget(store, change)
    with Store.open(store.folder, read_only=True) as reading:
        assert (reading.places(report), reading.indicators(report)) == (places, indicators)
    told: list[tuple[int, int]] = []
    count = len(store.document_ids())
    assert store.resolve_missing(lambda done, total: told.append((done, total))) == count
    assert told == [(done, count) for done in range(count)]
    assert store.resolve_missing() == 0
    _forget(store, "UPDATE documents SET text = ''")  # what is kept needs no text
    assert (store.places(report), store.indicators(report)) == (places, indicators)


def test_an_update_of_the_index_reads_what_the_rules_have_not_read(store: Store, encoder: Encoder) -> None:
    _forget(store, "UPDATE resolved SET rules = 'old'")
    stages: list[str] = []
    with EmbeddingCache(load_settings().cache / "embeddings.sqlite") as cache:
        update_index(store, encoder, cache, progress=lambda stage, done, total: stages.append(stage))
        assert stages.count("resolve") == len(store.document_ids())
        stages.clear()
        update_index(store, encoder, cache, progress=lambda stage, done, total: stages.append(stage))
        assert "resolve" not in stages


def test_what_is_kept_goes_with_its_document(store: Store) -> None:
    report = _report(store)
    store.remove(report)
    with closing(sqlite3.connect(store.folder / "store.sqlite")) as db:
        kept = db.execute("SELECT count(*) FROM resolved WHERE document_id = ?", (report,))
        assert kept.fetchone() == (0,)


def test_the_rules_are_all_modules_that_reading_places_and_quantities_needs() -> None:
    needed: set[str] = set()
    asked = ["resolved"]
    while asked:
        name = asked.pop()
        if name not in needed:
            needed.add(name)
            asked += _imported(ROOT / "corpus" / f"{name}.py")
    assert needed - {"models"} == set(RULES)  # the types that all documents share decide nothing


def _imported(path: Path) -> list[str]:
    """The modules of the corpus that a module imports."""
    tree = ast.parse(path.read_text("utf-8"))
    return [
        node.module.removeprefix("corpus.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("corpus.")
    ]
