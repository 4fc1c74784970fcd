"""The packaged encoder in both precisions, as it ships: real weights, real onnxruntime, real torch."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.e5_weights import unpack_default_model, user_cache
from index.encoder import Encoder, Precision, group_by_length, load_encoder
from index.errors import ModelUnavailable
from index.onnx_encoder import OnnxBody, OnnxEncoder, count_cores

ROOT = Path(__file__).resolve().parents[1]
SHORT = "Nghị quyết số 04-NQ/TU"
TEXTS = [
    SHORT,
    "Ủy ban nhân dân tỉnh Hà Tĩnh ban hành kế hoạch triển khai Đề án xây dựng nông thôn mới. " * 4,
    "Giá xăng dầu trong nước giảm từ 15 giờ chiều nay.",
    "Hội đồng nhân dân xã họp kỳ thứ ba. " * 12,
    "x",
]


@pytest.fixture(scope="module", params=list(Precision))
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return load_encoder(None, cache=user_cache(), precision=request.param)


@pytest.fixture(scope="module")
def int8() -> OnnxEncoder:
    encoder = load_encoder(None, cache=user_cache())
    assert isinstance(encoder, OnnxEncoder), "the default is int8 on onnxruntime"
    return encoder


@pytest.fixture(scope="module")
def fp32() -> Encoder:
    return load_encoder(None, cache=user_cache(), precision=Precision.FP32)


def test_rows_are_unit_float32_vectors_in_the_order_of_the_texts(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.shape == (5, encoder.dimensions) == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    assert (vectors @ alone.T).argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


def test_batch_does_not_change_a_vector(encoder: Encoder) -> None:
    together = encoder.encode_passages(TEXTS)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    assert (together * alone).sum(axis=1).min() > 0.99999


def test_neighbours_do_not_change_a_single_bit_in_int8(int8: OnnxEncoder) -> None:
    alone = np.concatenate([int8.encode_passages([text]) for text in TEXTS])
    assert np.array_equal(int8.encode_passages(TEXTS), alone)
    assert np.array_equal(int8.encode_passages([*TEXTS[::-1], *TEXTS]), np.concatenate([alone[::-1], alone]))


def test_int8_stays_close_to_fp32(int8: OnnxEncoder, fp32: Encoder) -> None:
    texts = [*TEXTS, "", "Điều 1. Phạm vi điều chỉnh\n" * 200]
    assert (int8.encode_passages(texts) * fp32.encode_passages(texts)).sum(axis=1).min() > 0.998
    assert (int8.encode_queries(TEXTS) * fp32.encode_queries(TEXTS)).sum(axis=1).min() > 0.998


def test_fp32_equals_sentence_transformers_own_encoding(fp32: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(unpack_default_model(user_cache())), device="cpu", local_files_only=True)
    theirs = model.encode(TEXTS, prompt_name="document", show_progress_bar=False)
    assert (fp32.encode_passages(TEXTS) * theirs).sum(axis=1).min() > 0.99999
    theirs = model.encode(TEXTS[:2], prompt_name="query", show_progress_bar=False)
    assert (fp32.encode_queries(TEXTS[:2]) * theirs).sum(axis=1).min() > 0.99999


def test_question_is_nearest_to_its_passage(encoder: Encoder) -> None:
    query = encoder.encode_queries(["Nghị quyết nào về xây dựng nông thôn mới?"])
    scores = (query @ encoder.encode_passages(TEXTS).T)[0]
    assert int(scores.argmax()) == 1


def test_text_beyond_512_tokens_is_cut(encoder: Encoder) -> None:
    long = "nông thôn mới " * 300
    vectors = encoder.encode_passages([long, long + "giá vàng hôm nay " * 500])
    assert float(vectors[0] @ vectors[1]) > 0.99999


def test_progress_counts_every_text_once(encoder: Encoder) -> None:
    counted: list[int] = []
    encoder.encode_passages(TEXTS, progress=counted.append)
    assert sum(counted) == len(TEXTS)
    assert encoder.encode_passages([]).shape == (0, 384)


def test_threads_share_one_encoder(encoder: Encoder) -> None:
    expected = encoder.encode_queries([SHORT])
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: encoder.encode_queries([SHORT]), range(12)))
    assert all(np.allclose(answer, expected, atol=1e-5) for answer in answers)


@pytest.mark.parametrize(
    ("lengths", "budget", "batches"),
    [
        ([], 10, []),
        ([3, 5, 4], 10, [[1, 2], [0]]),
        ([3, 5, 4], 15, [[1, 2, 0]]),
        ([3, 5, 4], 0, [[1], [2], [0]]),
        ([20, 1], 10, [[0], [1]]),
        ([2, 2, 2], 4, [[0, 1], [2]]),
    ],
)
def test_batches_by_length(lengths: list[int], budget: int, batches: list[list[int]]) -> None:
    assert list(group_by_length(lengths, budget)) == batches


def test_fingerprint_tells_precision_and_source_apart(int8: OnnxEncoder, fp32: Encoder) -> None:
    assert int8.fingerprint == load_encoder(None, cache=user_cache()).fingerprint
    assert int8.fingerprint.startswith("multilingual-e5-small-q4-v1/int8/")
    # vectors cached under this one stay good as long as it does not change
    assert fp32.fingerprint == "multilingual-e5-small-q4-v1/fp32/6906fe6ccf63bcc0"


def test_graph_that_cannot_be_loaded_names_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(b"no graph")
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    broken = OnnxEncoder(
        OnnxBody(tmp_path), name="x", fingerprint="x", dimensions=384, query_prefix="", passage_prefix=""
    )
    with pytest.raises(ModelUnavailable, match="CANCU_PRECISION=fp32") as caught:
        broken.encode_queries([SHORT])
    assert repr(str(tmp_path)) in str(caught.value)


@pytest.mark.parametrize(("wanted", "cores"), [("1", 1), ("3", 3)])
def test_cores_follow_the_environment(wanted: str, cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", wanted)
    assert count_cores() == cores


@pytest.mark.parametrize("unusable", ["", "0", "two", "-1"])
def test_unusable_number_of_cores_is_ignored(unusable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    own = count_cores()
    monkeypatch.setenv("OMP_NUM_THREADS", unusable)
    assert count_cores() == own >= 1


def test_folder_is_taken_as_a_model(fp32: Encoder, tmp_path: Path) -> None:
    folder = unpack_default_model(user_cache())
    named = load_encoder(str(folder), cache=tmp_path)
    assert (named.dimensions, named.name) == (384, str(folder))
    assert named.fingerprint == load_encoder(str(folder), cache=tmp_path).fingerprint
    assert np.allclose(named.encode_queries([SHORT]), fp32.encode_queries([SHORT]), atol=1e-5)
    assert list(tmp_path.iterdir()) == [], "a named model needs no unpacked one"


@pytest.mark.parametrize("model", ["/no/such/folder", "./nowhere", "plain-name", "a/b/c"])
def test_missing_folder_names_the_remedy(model: str, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="--model") as caught:
        load_encoder(model, cache=tmp_path)
    assert repr(model) in str(caught.value)


def test_folder_that_is_no_model_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="Không nạp được mô hình") as caught:
        load_encoder(str(tmp_path), cache=tmp_path)
    assert repr(str(tmp_path)) in str(caught.value)


def test_unreachable_hub_names_the_remedy_soon(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.encoder import load_encoder\n"
        "from index.errors import ModelUnavailable\n"
        "try: load_encoder('nobody/nothing', cache=Path(sys.argv[1]))\n"
        "except ModelUnavailable as error: print(error)\n"
    )
    # a port where nothing listens stands for a hub that cannot be reached
    environment = {
        "HF_ENDPOINT": "http://127.0.0.1:9",
        "HF_HOME": str(tmp_path),
        "PATH": "",
        "HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert "Không nạp được mô hình mã hóa 'nobody/nothing'" in done.stdout, done.stderr


def test_encoding_needs_no_torch() -> None:
    code = (
        "import sys; from index.e5_weights import user_cache; from index.encoder import load_encoder\n"
        "encoder = load_encoder(None, cache=user_cache())\n"
        "assert encoder.encode_queries(['a']).shape == (1, 384)\n"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_encoding_asks_no_network_and_prints_nothing() -> None:
    code = (
        "import socket, sys\n"
        "from index.e5_weights import user_cache; from index.encoder import load_encoder\n"
        "def refuse(*args): sys.exit(f'asked the network: {args}')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "load_encoder(None, cache=user_cache()).encode_queries(['a'])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
