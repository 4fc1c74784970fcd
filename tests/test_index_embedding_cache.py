"""The embedding cache, with the real encoder."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from index import embedding_cache
from index.e5_weights import user_cache
from index.embedding_cache import EmbeddingCache, encode_cached
from index.encoder import Encoder, Vectors, load_encoder

ROOT = Path(__file__).resolve().parents[1]
TEXTS = [f"Điều {number}. Phạm vi điều chỉnh" for number in range(5)]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None, cache=user_cache())


@pytest.fixture(scope="module")
def fresh(encoder: Encoder) -> Vectors:
    return encoder.encode_passages(TEXTS)


def _stored(path: Path) -> int:
    with sqlite3.connect(path) as connection:
        return int(connection.execute("SELECT count(*) FROM embeddings").fetchone()[0])


def test_cached_vectors_equal_stored_ones_bit_for_bit(encoder: Encoder, tmp_path: Path) -> None:
    with EmbeddingCache(tmp_path / "c.sqlite") as cache:
        first = encode_cached(encoder, cache, TEXTS)
    with EmbeddingCache(tmp_path / "c.sqlite") as cache:
        again = encode_cached(encoder, cache, TEXTS[::-1])
    assert np.array_equal(first, again[::-1])
    assert again.dtype == np.float32


def test_only_missing_texts_are_encoded_and_all_are_counted(
    encoder: Encoder, fresh: Vectors, tmp_path: Path
) -> None:
    with EmbeddingCache(tmp_path / "c.sqlite") as cache:
        cache.put(encoder.fingerprint, TEXTS[:2], np.eye(2, 384, dtype=np.float32))
        counted: list[int] = []
        vectors = encode_cached(encoder, cache, [*TEXTS, TEXTS[4]], counted.append)
    assert np.array_equal(vectors[:2], np.eye(2, 384, dtype=np.float32)), "a known text was encoded again"
    assert np.allclose(vectors[2:5], fresh[2:], atol=1e-5)
    assert np.array_equal(vectors[5], vectors[4])
    assert sum(counted) == 6 and counted[0] == 3  # two cached, one repeated


def test_key_is_the_fingerprint_and_the_exact_text(tmp_path: Path) -> None:
    with EmbeddingCache(tmp_path / "c.sqlite") as cache:
        cache.put("model/a", ["x"], np.ones((1, 4), dtype=np.float32))
        assert cache.get("model/b", ["x"]) == {}
        assert cache.get("model/a", ["x "]) == {}
        assert cache.get("model/a", ["x", "y"]).keys() == {"x"}


def test_many_keys_and_none(encoder: Encoder, tmp_path: Path) -> None:
    texts = [str(number) for number in range(1_201)]
    with EmbeddingCache(tmp_path / "c.sqlite") as cache:
        cache.put("m", texts, np.arange(1_201 * 2, dtype=np.float32).reshape(-1, 2))
        found = cache.get("m", texts)
        assert len(found) == 1_201 and found["1200"].tolist() == [2400.0, 2401.0]
        assert encode_cached(encoder, cache, []).shape == (0, 384)


def test_vector_of_a_wrong_length_is_encoded_again(encoder: Encoder, fresh: Vectors, tmp_path: Path) -> None:
    with EmbeddingCache(tmp_path / "c.sqlite") as cache:
        cache.put(encoder.fingerprint, TEXTS[:1], np.ones((1, 3), dtype=np.float32))
        assert np.allclose(encode_cached(encoder, cache, TEXTS[:1]), fresh[:1], atol=1e-5)


def test_file_that_is_no_database_is_set_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"not a database, certainly not" * 100)
    with EmbeddingCache(path) as cache:
        cache.put("m", ["x"], np.ones((1, 4), dtype=np.float32))
        assert cache.get("m", ["x"])["x"].tolist() == [1, 1, 1, 1]
    assert "bị hỏng" in caplog.text
    assert len(list(tmp_path.glob("c.sqlite.corrupt-*"))) == 1


def test_pages_damaged_under_an_open_cache_are_set_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "c.sqlite"
    texts = [str(number) for number in range(500)]
    with EmbeddingCache(path) as cache:
        cache.put("m", texts, np.ones((500, 384), dtype=np.float32))
    with path.open("rb+") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    with EmbeddingCache(path) as cache:
        assert cache.get("m", texts) == {}
        cache.put("m", texts, np.ones((500, 384), dtype=np.float32))
        assert len(cache.get("m", texts)) == 500
    assert "bị hỏng" in caplog.text


def test_folder_that_cannot_be_made_is_done_without(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    with EmbeddingCache(tmp_path / "file" / "c.sqlite") as cache:
        cache.put("m", ["x"], np.ones((1, 4), dtype=np.float32))
        assert cache.get("m", ["x"]).keys() == {"x"}
    assert "không lưu đệm" in caplog.text


WRITE = """
import sys; from pathlib import Path; import numpy as np
from index.embedding_cache import EmbeddingCache
with EmbeddingCache(Path(sys.argv[1])) as cache:
    for n in range(60):
        cache.put("m", [f"{sys.argv[2]} {n}"], np.ones((1, 384), dtype=np.float32))
"""


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    both = [
        subprocess.Popen([sys.executable, "-c", WRITE, str(path), who], cwd=ROOT, stderr=subprocess.PIPE)
        for who in ("a", "b")
    ]
    assert [process.communicate(timeout=120)[1] for process in both] == [b"", b""]
    assert _stored(path) == 120


ENCODE = """
import sys; from pathlib import Path
from index import embedding_cache; from index.e5_weights import user_cache
from index.encoder import load_encoder
embedding_cache.CHUNK = 2
encoder = load_encoder(None, cache=user_cache())
with embedding_cache.EmbeddingCache(Path(sys.argv[1])) as cache:
    embedding_cache.encode_cached(encoder, cache, [f"Khoản {n} " + "quy định " * 60 for n in range(400)])
"""


def test_killed_run_keeps_its_finished_chunks(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    running = subprocess.Popen([sys.executable, "-c", ENCODE, str(path)], cwd=ROOT)
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline and not (path.exists() and _has_rows(path)):
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    kept = _stored(path)
    assert 0 < kept < 400 and kept % 2 == 0
    with EmbeddingCache(path) as cache:
        assert len(cache.get(_fingerprint(path), [f"Khoản 0 {'quy định ' * 60}"])) == 1


def _has_rows(path: Path) -> bool:
    try:
        return _stored(path) > 0
    except sqlite3.OperationalError:  # the table is not there yet
        return False


def _fingerprint(path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return str(connection.execute("SELECT fingerprint FROM encoders").fetchone()[0])


def test_chunk_is_what_the_documentation_says() -> None:
    assert embedding_cache.CHUNK == 256
