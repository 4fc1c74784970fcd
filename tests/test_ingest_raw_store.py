"""The store of raw pages: atomic, idempotent, verified."""

from __future__ import annotations

import hashlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import RawDamaged, RawMissing, RawStoreError
from ingest.raw_store import RawStore


@given(content=st.binary(max_size=300))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_put_is_got(tmp_path: Path, content: bytes) -> None:
    store = RawStore(tmp_path)
    sha256 = store.put(content)
    assert sha256 == hashlib.sha256(content).hexdigest()
    assert store.get(sha256) == content
    assert sha256 in store


def test_second_put_writes_nothing(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    store.put(b"x")
    (path,) = tmp_path.rglob("*.gz")
    before = path.stat().st_mtime_ns
    store.put(b"x")
    assert path.stat().st_mtime_ns == before
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [path.name]


def test_damaged_page_is_told_and_healed(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    sha256 = store.put(b"page")
    (path,) = tmp_path.rglob("*.gz")
    for damaged in (b"", path.read_bytes()[:-3], RawStore(tmp_path / "other").put(b"x").encode()):
        path.write_bytes(damaged)
        with pytest.raises(RawDamaged, match="hỏng"):
            store.get(sha256)
    store.put(b"page")
    assert store.get(sha256) == b"page"


def test_wrong_content_under_a_hash_is_told(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    one, two = store.put(b"one"), store.put(b"two")
    (tmp_path / one[:2] / f"{one}.gz").write_bytes((tmp_path / two[:2] / f"{two}.gz").read_bytes())
    with pytest.raises(RawDamaged):
        store.get(one)


@pytest.mark.parametrize("sha256", ["0" * 64, "../../etc/passwd", ""])
def test_unknown_page_is_missing(tmp_path: Path, sha256: str) -> None:
    with pytest.raises(RawMissing):
        RawStore(tmp_path).get(sha256)


def put_many(folder: Path) -> list[str]:
    store = RawStore(folder)
    return [store.put(f"trang {number % 20}".encode()) for number in range(100)]


def test_two_processes_put_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        first, second = pool.map(put_many, [tmp_path, tmp_path])
    assert first == second
    assert len(list(tmp_path.rglob("*.gz"))) == 20
    assert all(RawStore(tmp_path).get(sha256) for sha256 in first)
    assert not list(tmp_path.rglob(".put-*"))


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    with pytest.raises(RawStoreError, match="Không ghi được"):
        RawStore(blocked).put(b"x")
