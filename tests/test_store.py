"""The store under trouble: locks, permissions, damage, other versions, and a killed ingest."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES

from corpus.build import document_id
from corpus.errors import (
    StoreCorrupt,
    StoreError,
    StoreLocked,
    StoreReadOnly,
    StoreTooNew,
    UnknownDocument,
    UnknownVersion,
)
from corpus.intake import read_again, take_in
from corpus.migrations import MIGRATIONS
from corpus.models import Document, DocumentKind, Fact, Facts, Passage, Reference, Relation
from corpus.store import Store
from corpus.store_rows import text_tag
from index.build import index_folder, update_index
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from index.errors import ForeignIndex, IndexCorrupt, IndexUnusable, MissingIndex, StaleIndex
from index.search import Searcher
from ingest.models import Block, BlockKind, Cut, Doubt, PageChange, Sheet
from ingest.raw_store import RawStore
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


# --- versions


def test_a_changed_page_keeps_what_was_quoted(tmp_path: Path, notice: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [notice])
        (document_id,) = store.document_ids()
        first = store.document(document_id)
        start = first.text.index("thứ Năm")
        assert (store.versions(document_id), store.tag(document_id)) == ((), text_tag(first.text))

        notice.write_text("Sửa lịch\n\nLãnh đạo xã tiếp công dân vào thứ Ba hằng tuần tại trụ sở.\n", "utf-8")
        take_in(store, [notice])
        (version,) = store.versions(document_id)
        assert (version.number, version.title, version.characters) == (1, first.title, len(first.text))
        assert (version.sha256, version.tag, version.facts) == (
            first.sha256,
            text_tag(first.text),
            first.facts,
        )
        assert version.read_at <= version.replaced_at
        for name in (1, version.tag, version.text_sha256):
            assert store.text(document_id, version=name) == first.text
        old = store.document_version(document_id, version.tag)
        assert old.quote(start, start + 7) == "thứ Năm"
        assert "\n".join(old.quote(block.start, block.end) for block in old.blocks) == first.text
        assert "thứ Ba" in store.text(document_id)
        assert store.document_version(document_id, store.tag(document_id)) == store.document(document_id)
        for name in (2, "0" * 12, version.tag[:6]):
            with pytest.raises(UnknownVersion):
                store.text(document_id, version=name)


def test_every_change_is_a_version_and_going_back_is_one_too(tmp_path: Path, notice: Path) -> None:
    texts = [f"Thông báo\n\nTổ {number} họp vào tối thứ Bảy tại nhà văn hóa.\n" for number in (1, 2, 1)]
    with Store.open(tmp_path / "store") as store:
        for text in texts:
            notice.write_text(text, "utf-8")
            take_in(store, [notice])
        (document_id,) = store.document_ids()
        kept = [store.text(document_id, version=version.number) for version in store.versions(document_id)]
        assert ["Tổ 1" in text for text in kept] == [True, False]
        assert "Tổ 1" in store.text(document_id)


def test_other_bytes_with_the_same_text_are_no_version(tmp_path: Path, notice: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [notice])
        (document_id,) = store.document_ids()
        rows, read_at = store.rows_of(document_id), store.read_at(document_id)
        notice.write_bytes(notice.read_bytes().replace(b"\n", b"\r\n"))
        assert take_in(store, [notice]).pages[0].change is PageChange.CHANGED
        assert store.versions(document_id) == ()
        assert (store.rows_of(document_id), store.read_at(document_id)) == (rows, read_at)


def test_a_removed_document_takes_its_versions_along(tmp_path: Path, notice: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        take_in(store, [notice])
        notice.write_text("Thông báo mới\n\nTổ một họp vào tối thứ Bảy tại nhà văn hóa.\n", "utf-8")
        take_in(store, [notice])
        (document_id,) = store.document_ids()
        store.remove(document_id)
        take_in(store, [notice])
        assert store.versions(document_id) == ()


def test_only_passages_that_changed_get_a_new_row(tmp_path: Path) -> None:
    page = tmp_path / "dai.txt"
    clauses = [
        f"Điều {n}. Nội dung thứ {n}\n\n{f'Tổ {n} họp hằng tháng tại nhà văn hóa thôn. ' * 30}"
        for n in range(1, 6)
    ]
    page.write_text("QUY CHẾ\n\n" + "\n\n".join(clauses), "utf-8")
    with Store.open(tmp_path / "store") as store:
        take_in(store, [page])
        (document_id,) = store.document_ids()
        before = store.rows_of(document_id)
        page.write_text("QUY CHẾ\n\n" + "\n\n".join([*clauses[:4], clauses[4] + "Hết."]), "utf-8")
        take_in(store, [page])
        after = store.rows_of(document_id)
        assert len(before) == len(after) >= 5
        assert before[:4] == after[:4]
        assert set(after) - set(before)
        assert [passage.ordinal for passage in store.document(document_id).passages] == list(
            range(len(after))
        )


# --- everything that readers tell


def test_all_that_a_reader_tells_of_a_page_comes_back(tmp_path: Path) -> None:
    text = "Số: 05/BC-UBND\nBáo cáo về trồng cây."
    fact = Fact(value="05/BC-UBND", start=4, end=14)
    day = Fact(value="2026-03-05", start=4, end=14)
    whole = Document(
        id="d1",
        uri="file:///quet.pdf",
        source_id=None,
        url=None,
        sha256="a" * 64,
        title="Báo cáo",
        title_in_text=False,
        author="Văn phòng",
        publisher="xa.example",
        text=text,
        raw_text=text,
        blocks=(
            Block(kind=BlockKind.TABLE_ROW, start=0, end=14),
            Block(kind=BlockKind.BODY, start=15, end=36),
        ),
        cuts=(Cut(start=0, end=1, reason="running_head"),),
        facts=Facts(
            kind=DocumentKind.OFFICIAL,
            **{f.name: day if f.name.endswith("_on") else fact for f in fields(Facts) if f.name != "kind"},
        ),
        references=(
            Reference(
                symbol="05/BC-UBND",
                relation=Relation.AMENDED_BY,
                date=None,
                issuer=None,
                start=0,
                end=14,
                symbol_start=4,
                symbol_end=14,
                subject="06/BC-UBND",
                provision="khoản 2 Điều 5",
            ),
        ),
        reported=(),
        passages=(
            Passage(
                id="p1", document_id="d1", ordinal=0, path=("đoạn 1",), start=0, end=len(text), text=text
            ),
        ),
        published_at="2025-03-05T08:00:00+07:00",
        sheets=(Sheet(number=1, start=0, end=len(text), scanned=True, confidence=81.25),),
        doubts=(Doubt(start=15, end=18, confidence=40.5),),
        encoding="TCVN3",
        notes=("Macro bị bỏ qua.",),
    )
    with Store.open(tmp_path / "store") as store:
        assert store.save(whole)
        assert store.document("d1") == whole
        state = store.state()
        assert not store.save(whole)
        assert store.state() == state


# --- stores of before


OLD = document_id("file:///cu.txt")


def _store_of_before(folder: Path) -> None:
    """A store as the first version of the product wrote it, with one document."""
    folder.mkdir()
    connection = sqlite3.connect(folder / "store.sqlite")
    for statement in MIGRATIONS[0]:
        connection.execute(statement)
    connection.execute("PRAGMA user_version = 1")
    connection.execute("INSERT INTO meta VALUES ('store_id', 'old'), ('revision', '7')")
    text = "Số: 15/KH-UBND\nTrồng cây dọc đường liên thôn, mỗi hộ hai cây."
    connection.execute(
        "INSERT INTO documents (id, uri, sha256, title, title_in_text, kind, text, raw_text, blocks, cuts, "
        "added_at) VALUES (?, 'file:///cu.txt', ?, 'Kế hoạch', 0, 'official', ?, ?, ?, '[]', '2025-01-01T00:00:00+00:00')",
        (OLD, hashlib.sha256(text.encode()).hexdigest(), text, text, json.dumps([["body", 0, len(text)]])),
    )
    connection.execute(
        "INSERT INTO facts VALUES (?, 'symbol', '15/KH-UBND', 4, 14, '15-KH-UBND', '15', 'KH')", (OLD,)
    )
    connection.execute(
        "INSERT INTO passages (id, document_id, ordinal, path, start, end, text) "
        "VALUES ('p1', ?, 0, '[\"đoạn 1\"]', 0, ?, ?)",
        (OLD, len(text), text),
    )
    connection.commit()
    connection.close()
    RawStore(folder / "raw").put(text.encode())


@pytest.mark.parametrize("read_only", [True, False])
def test_a_store_of_the_first_version_is_brought_up_to_date(tmp_path: Path, read_only: bool) -> None:
    _store_of_before(tmp_path / "store")
    with Store.open(tmp_path / "store", read_only=read_only) as store:
        document = store.document(OLD)
        assert document.facts.symbol == Fact(value="15/KH-UBND", start=4, end=14)
        assert (document.sheets, document.doubts, document.notes, document.encoding) == ((), (), (), None)
        assert (store.versions(OLD), store.copies(OLD), store.corrections(OLD)) == ((), (), ())
        assert store.tag(OLD) == text_tag(document.text)
        assert (store.state().revision, store.state().edition) == (7, 0)


def test_a_store_of_the_first_version_that_may_not_be_written_is_read(
    tmp_path: Path, unprivileged_folder: Callable[[Path], None]
) -> None:
    _store_of_before(tmp_path / "store")
    before = (tmp_path / "store" / "store.sqlite").read_bytes()
    unprivileged_folder(tmp_path / "store")
    with Store.open(tmp_path / "store", read_only=True) as store:
        assert store.document(OLD).facts.symbol is not None
    assert (tmp_path / "store" / "store.sqlite").read_bytes() == before


def test_old_documents_can_be_corrected_read_again_and_compared(tmp_path: Path) -> None:
    _store_of_before(tmp_path / "store")
    with Store.open(tmp_path / "store") as store:
        store.correct(OLD, "symbol", "16/KH-UBND", by="Văn thư", reason="mờ")
        assert store.document(OLD, as_read=True).facts.symbol == Fact(value="15/KH-UBND", start=4, end=14)
        (outcome,) = read_again(store).pages
        assert (outcome.document_id, outcome.name, outcome.problem) == (
            store.document_ids()[0],
            "cu.txt",
            None,
        )
        assert store.documents_with_symbol("16/KH-UBND") == (outcome.document_id,)


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
def unprivileged_folder() -> Iterator[Callable[[Path], None]]:
    """Take away the right to write a folder, and that of root to write it all the same."""
    modes: dict[Path, int] = {}

    def close(folder: Path) -> None:
        parents = [path for path in folder.parents if path.stat().st_mode & 0o011 != 0o011]
        for path in (folder, *folder.rglob("*"), *parents):
            modes[path] = path.stat().st_mode
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        for path in parents:
            path.chmod(modes[path] | 0o011)
        if was_root:
            os.seteuid(65534)

    was_root = os.geteuid() == 0
    yield close
    if was_root:
        os.seteuid(0)
    for path, mode in modes.items():
        path.chmod(mode)


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
