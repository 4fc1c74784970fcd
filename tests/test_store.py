"""The store under trouble: locks, permissions, damage, other versions, and a killed ingest."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES

from corpus.errors import StoreCorrupt, StoreError, StoreLocked, StoreReadOnly, StoreTooNew, UnknownDocument
from corpus.intake import take_in
from corpus.migrations import MIGRATIONS
from corpus.store import Store
from index.build import index_folder, update_index
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from index.errors import ForeignIndex, IndexCorrupt, IndexUnusable, MissingIndex, StaleIndex
from index.search import Searcher
from ingest.models import PageChange
from settings import load_settings

Cancu = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "thong-bao.txt"
    path.write_text(
        "Thông báo lịch tiếp công dân\n\nLãnh đạo xã tiếp công dân vào thứ Năm hằng tuần tại trụ sở.\n",
        "utf-8",
    )
    return path


def _index(store: Store, encoder: Encoder, **options: bool) -> object:
    with EmbeddingCache(load_settings().cache / "embeddings.sqlite") as cache:
        return update_index(store, encoder, cache, **options)


def test_a_page_is_new_then_same_then_changed(tmp_path: Path, notice: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        assert [take_in(store, [notice]).pages[0].change for _ in range(2)] == [
            PageChange.NEW,
            PageChange.SAME,
        ]
        before = store.state()
        notice.write_text(notice.read_text("utf-8") + "Thông báo có hiệu lực từ khi ký.\n", "utf-8")
        assert take_in(store, [notice]).pages[0].change is PageChange.CHANGED
        assert store.state().documents == before.documents == 1
        assert store.state().revision > before.revision
        assert "hiệu lực" in store.text(store.document_ids()[0])


def test_what_is_stored_comes_back_as_it_was(tmp_path: Path) -> None:
    from corpus.build import build_document
    from ingest.local import list_pages
    from ingest.models import RawPage
    from ingest.readers import read_page

    with Store.open(tmp_path / "store") as store:
        take_in(store, [SAMPLES])
        pages = [raw for raw in list_pages(SAMPLES) if isinstance(raw, RawPage)]
        assert len(pages) == store.state().documents >= 20
        for raw in pages:
            document = build_document(raw, read_page(raw))
            assert store.document(document.id) == document
            for passage in document.passages:
                assert document.text[passage.start : passage.end] == passage.text


def test_remove_takes_passages_and_references_along(tmp_path: Path, notice: Path, encoder: Encoder) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [notice, SAMPLES])
        _index(store, encoder)
        removed = store.find_document(str(notice))
        store.remove(removed)
        with pytest.raises(StaleIndex, match="cancu index"):
            Searcher.open(store, encoder)
        change = _index(store, encoder)
        assert (change.added, change.removed) == (0, 1)  # type: ignore[attr-defined]
        hits = Searcher.open(store, encoder).search("lịch tiếp công dân thứ Năm", limit=50)
        assert removed not in {hit.passage.document_id for hit in hits}
        with pytest.raises(UnknownDocument):
            store.document(removed)


def test_adding_one_document_encodes_only_its_passages(
    tmp_path: Path, notice: Path, encoder: Encoder
) -> None:
    class Counting:
        name, fingerprint, dimensions = encoder.name, encoder.fingerprint, encoder.dimensions
        encode_queries = staticmethod(encoder.encode_queries)
        texts = 0

        def encode_passages(self, texts, *, progress=None):  # type: ignore[no-untyped-def]
            self.texts += len(texts)
            return encoder.encode_passages(texts, progress=progress)

    counting = Counting()
    with Store.open(tmp_path / "store") as store, EmbeddingCache(tmp_path / "embeddings.sqlite") as cache:
        take_in(store, [SAMPLES / "tom-tat-khac.jsonl"])
        update_index(store, counting, cache)
        first, counting.texts = counting.texts, 0
        take_in(store, [notice])
        update_index(store, counting, cache)
        assert first == store.state().passages - 1
        assert counting.texts == 1
        counting.texts = 0
        update_index(store, counting, cache, rebuild=True)
        assert counting.texts == 0


# --- indexes that do not fit


def test_an_index_must_be_of_this_store_and_state(tmp_path: Path, notice: Path, encoder: Encoder) -> None:
    with Store.open(tmp_path / "one") as one, Store.open(tmp_path / "two") as two:
        with pytest.raises(MissingIndex, match="cancu index"):
            Searcher.open(one, encoder)
        for store in (one, two):
            take_in(store, [notice])
            _index(store, encoder)
        shutil.rmtree(index_folder(two))
        shutil.copytree(index_folder(one), index_folder(two))
        with pytest.raises(ForeignIndex, match="--rebuild"):
            Searcher.open(two, encoder)
        with pytest.raises(ForeignIndex):
            _index(two, encoder)
        _index(two, encoder, rebuild=True)
        assert Searcher.open(two, encoder).search("tiếp công dân")


@pytest.mark.parametrize("name", ["vectors.faiss", "manifest.json", "words/meta.json"])
@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_a_damaged_index_is_refused_and_rebuilt(
    tmp_path: Path, notice: Path, encoder: Encoder, name: str, damage: str
) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [notice])
        _index(store, encoder)
        file = index_folder(store) / name
        if damage == "gone":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:20])
        with pytest.raises(IndexUnusable, match="cancu index"):
            Searcher.open(store, encoder)
        if (name, damage) != ("manifest.json", "gone"):
            with pytest.raises(IndexCorrupt):
                _index(store, encoder)
        _index(store, encoder, rebuild=True)
        assert Searcher.open(store, encoder).search("tiếp công dân")


# --- stores that cannot be used


def test_a_store_that_another_process_writes(tmp_path: Path, notice: Path, cancu: Cancu) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [notice])
        with store.writing():
            run = cancu("ingest", str(notice), "--json")
    assert run.returncode == 1
    error = json.loads(run.stdout)["error"]
    assert error["type"] == "StoreLocked"
    assert "Một tiến trình khác đang ghi" in error["message"]


def test_a_database_locked_by_another_program(tmp_path: Path, notice: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [notice])
        other = sqlite3.connect(store.folder / "store.sqlite", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        store._db.execute("PRAGMA busy_timeout = 100")
        with pytest.raises(StoreLocked, match="khóa"):
            store.set_label("Kho thử")
        other.execute("ROLLBACK")
        store.set_label("Kho thử")
        assert store.label() == "Kho thử"
        other.close()


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Work as a user who may not write where he has no right to; root may write anywhere."""
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    yield
    if was_root:
        os.seteuid(0)


@pytest.fixture
def read_only_store(tmp_path: Path, notice: Path, encoder: Encoder) -> Iterator[Path]:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [notice])
        _index(store, encoder)
        Searcher.open(store, encoder).search("tiếp công dân")  # loads what another user may not read here
    changed = [tmp_path, *tmp_path.rglob("*")]
    modes = {path: path.stat().st_mode for path in changed}
    parents = [
        path for path in tmp_path.parents if not os.access(path, os.X_OK) or path.stat().st_mode & 0o077 == 0
    ]
    modes |= {path: path.stat().st_mode for path in parents}
    for path in changed:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in parents:
        path.chmod(path.stat().st_mode | 0o011)
    yield tmp_path / "store"
    for path, mode in modes.items():
        path.chmod(mode)


def test_a_read_only_store_can_be_read_and_says_why_it_cannot_be_written(
    read_only_store: Path, unprivileged: None
) -> None:
    with Store.open(read_only_store, read_only=True) as store:
        document = store.document(store.document_ids()[0])
        assert "tiếp công dân" in document.text
        assert store.state().passages == 1
    with pytest.raises(StoreReadOnly, match="chỉ cho phép đọc"):
        Store.open(read_only_store)


def test_a_read_only_index_can_be_searched(
    read_only_store: Path, encoder: Encoder, unprivileged: None
) -> None:
    with Store.open(read_only_store, read_only=True) as store:
        assert Searcher.open(store, encoder).search("lịch tiếp công dân")


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreCorrupt, match="bị hỏng hoặc không phải kho"):
        Store.open(tmp_path)
    with pytest.raises(StoreCorrupt):
        Store.open(tmp_path, read_only=True)


def test_a_store_of_a_newer_version(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "store.sqlite")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(StoreTooNew, match="cập nhật chương trình"):
        Store.open(tmp_path)


def test_no_store_yet(tmp_path: Path, cancu: Cancu) -> None:
    with pytest.raises(StoreError, match="cancu ingest"):
        Store.open(tmp_path / "nothing", read_only=True)
    run = cancu("ask", "Câu hỏi?")
    assert run.returncode == 1
    assert "Chưa có kho văn bản" in run.stderr


# --- a killed ingest


def _contents(folder: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / "store.sqlite")
    rows = connection.execute(
        "SELECT d.uri, d.text, p.id, p.start, p.end FROM documents d JOIN passages p ON p.document_id = d.id "
        "ORDER BY d.uri, p.ordinal"
    ).fetchall()
    connection.close()
    return rows


def _documents(folder: Path) -> int:
    try:
        connection = sqlite3.connect(folder / "store.sqlite")
        count = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        connection.close()
        return int(count)
    except sqlite3.Error:
        return 0


@pytest.mark.parametrize("stage", ["reading", "indexing"])
def test_a_killed_ingest_is_finished_by_the_next(
    tmp_path: Path, cancu: Cancu, stage: str, encoder: Encoder
) -> None:
    rows = tmp_path / "nhieu.jsonl"
    with rows.open("w", encoding="utf-8") as out:
        for number in range(400):
            text = (
                f"Ghi chú số {number}. Tổ {number} họp vào ngày {number % 28 + 1} hằng tháng tại nhà văn hóa."
            )
            out.write(json.dumps({"id": f"r{number}", "title": f"Ghi chú {number}", "text": text}) + "\n")
    store = tmp_path / "store"
    command = [sys.executable, "-m", "cli", "ingest", str(rows), "--store", str(store)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CANCU_CACHE": str(tmp_path / "cache")}
    (tmp_path / "cache").mkdir()
    model = load_settings().cache
    for folder in model.iterdir():
        if folder.is_dir():
            (tmp_path / "cache" / folder.name).symlink_to(folder)
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wanted = 50 if stage == "reading" else 400
    deadline = time.monotonic() + 120
    while _documents(store) < wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    if stage == "indexing":
        time.sleep(1.0)  # into the loading of the model or the encoding
    assert process.poll() is None, "the run ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.wait()
    with pytest.raises(IndexUnusable), Store.open(store) as opened:
        Searcher.open(opened, encoder)

    again = cancu("ingest", str(rows), "--store", str(store), "--json")
    assert again.returncode == 0, again.stderr
    counts = json.loads(again.stdout)["counts"]
    assert counts["failed"] == 0
    assert counts["same"] >= wanted
    assert counts["same"] + counts["new"] == 400

    clean = cancu("ingest", str(rows), "--no-index", "--store", str(tmp_path / "clean"))
    assert clean.returncode == 0
    assert _contents(store) == _contents(tmp_path / "clean")
    with Store.open(store) as opened:
        assert Searcher.open(opened, encoder).manifest.passages == opened.state().passages == 400
