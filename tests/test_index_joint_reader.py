"""Reading question and text together: the shipped weights, their packing, states kept, texts cut, threads."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from compared_texts import THEME, write_compared

from corpus.store import Store
from index import e5_weights, joint_reader
from index.answer import answer
from index.encoder import Encoder, Precision, load_encoder
from index.errors import ModelUnavailable
from index.joint_reader import JointReader
from index.joint_weights import (
    ALIKE,
    ASKING,
    BIAS,
    POOLED,
    SHARED,
    load_joint_weights,
    pack_joint_weights,
    unpack_joint_weights,
)
from index.onnx_encoder import OnnxBody, OnnxEncoder
from index.search import Searcher

QUESTION = "Hộ nghèo được hỗ trợ bao nhiêu tiền để làm nhà?"
RIGHT = "Mỗi hộ nghèo được hỗ trợ 60 triệu đồng để xây mới nhà ở. | Chương trình xóa nhà tạm"
BESIDE = (
    "Hộ nghèo được xét duyệt công khai tại thôn, bản trước ngày 15 hằng tháng. | Chương trình xóa nhà tạm"
)
OTHER = "Diện tích rừng trồng mới đạt 1.200 ha. | Kết quả trồng rừng năm 2024"


@pytest.fixture(scope="module")
def reader() -> JointReader:
    return JointReader(load_encoder(None, cache=e5_weights.user_cache()))


def test_what_answers_comes_before_what_is_near_and_that_before_the_rest(reader: JointReader) -> None:
    right, beside, other = reader.score(QUESTION, [RIGHT, BESIDE, OTHER])
    assert right > beside > other


@pytest.mark.parametrize(
    ("question", "text", "asked", "other"),
    [
        ("Đến năm 2035 thành phố đạt bao nhiêu tỉ USD?", "Đến năm 2035, thành phố đạt 70 tỉ USD.", "2035", "2045"),
        ("Hộ nghèo đóng bè vay với lãi nào?", "Hộ nghèo đóng bè vay với lãi 3%/năm.", "Hộ nghèo", "Hộ mới thoát nghèo"),
        ("Phường An Hòa có bao nhiêu dân?", "Phường An Hòa có 21.500 dân.", "An Hòa", "An Bình"),
        ("Nhóm A phải đo mấy lần?", "Dự án nhóm A phải đo 4 lần mỗi năm.", "nhóm A", "nhóm B"),
    ],
)  # fmt: skip
def test_a_text_of_another_year_name_or_group_is_told_from_the_one_asked_for(
    reader: JointReader, question: str, text: str, asked: str, other: str
) -> None:
    right, wrong = reader.score(question, [f"{text} | Báo cáo", f"{text.replace(asked, other)} | Báo cáo"])
    assert right > wrong + 0.25


def test_a_score_depends_on_the_pair_alone(reader: JointReader) -> None:
    alone = [reader.score(QUESTION, [text])[0] for text in (RIGHT, OTHER)]
    np.testing.assert_allclose(reader.score(QUESTION, [OTHER, BESIDE, RIGHT])[[2, 0]], alone, atol=0.05)
    with ThreadPoolExecutor(4) as pool:
        many = list(pool.map(lambda _: reader.score(QUESTION, [RIGHT, OTHER]), range(8)))
    np.testing.assert_allclose(many, np.tile(alone, (8, 1)), atol=0.05)


def test_no_text_no_score(reader: JointReader) -> None:
    assert reader.score(QUESTION, []).shape == (0,)


def test_endless_texts_are_cut_and_scored(reader: JointReader) -> None:
    long = f"{RIGHT} " * 400
    assert np.isfinite(reader.score(QUESTION * 60, [long])).all()


def test_texts_met_longest_ago_are_forgotten(reader: JointReader, monkeypatch: pytest.MonkeyPatch) -> None:
    body, _ = reader._ready()
    right, beside, other = (
        joint_reader.read_text(body, text).astype(np.float16).nbytes for text in (RIGHT, BESIDE, OTHER)
    )
    monkeypatch.setattr(joint_reader, "_KEPT", right + max(beside, other))  # room for two
    fresh = JointReader(reader._encoder)
    fresh.score(QUESTION, [RIGHT, BESIDE])
    fresh.score(QUESTION, [RIGHT])
    fresh.score(QUESTION, [OTHER])
    assert list(fresh._known._held) == [RIGHT, OTHER]


@pytest.fixture
def store(tmp_path: Path, build_store) -> Iterator[Store]:  # type: ignore[no-untyped-def]
    with build_store(tmp_path / "store", write_compared(tmp_path)) as made:
        yield made


def test_the_same_question_reads_nothing_twice_and_is_answered_alike(
    store: Store, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    read_text = joint_reader.read_text
    monkeypatch.setattr(
        joint_reader, "read_text", lambda body, text: read.append(text) or read_text(body, text)
    )
    searcher = Searcher.open(store, encoder)
    question = f"Hà Tĩnh đạt kết quả gì về {THEME}?"
    first = answer(searcher, question)
    assert read and len(read) == len(set(read))
    read.clear()
    assert answer(searcher, question) == first
    assert not read


def test_beside_another_encoder_it_has_layers_of_its_own(reader: JointReader) -> None:
    other = JointReader(load_encoder(None, cache=e5_weights.user_cache(), precision=Precision.FP32))
    np.testing.assert_allclose(
        other.score(QUESTION, [RIGHT, OTHER]), reader.score(QUESTION, [RIGHT, OTHER]), atol=0.05
    )


def test_missing_head_names_the_remedy(tmp_path: Path) -> None:
    broken = OnnxEncoder(
        OnnxBody(tmp_path), name="x", fingerprint="x", dimensions=384, query_prefix="", passage_prefix=""
    )
    with pytest.raises(ModelUnavailable, match="xóa thư mục"):
        JointReader(broken).score(QUESTION, [RIGHT])


def test_shipped_weights_are_those_of_the_layers_behind_the_shared_ones() -> None:
    shipped = load_joint_weights()
    layers = {int(name.split(".")[2]) for name in shipped if name.startswith("encoder.layer.")}
    assert layers == set(range(SHARED, 12))
    assert {ALIKE, ASKING, POOLED, BIAS} <= shipped.keys()
    assert all(np.isfinite(values).all() for values in shipped.values())


def test_packing_loses_less_than_half_a_step() -> None:
    chance = np.random.default_rng(7)
    matrix, vector = (
        chance.normal(size=(6, 5)).astype(np.float32),
        chance.normal(size=5).astype(np.float32),
    )
    packed = pack_joint_weights({"matrix": matrix, "vector": vector})
    unpacked = unpack_joint_weights(packed)
    steps = np.abs(matrix).max(axis=1, keepdims=True) / 127
    assert (np.abs(unpacked["matrix"] - matrix) <= 0.501 * steps).all()
    np.testing.assert_allclose(unpacked["vector"], vector, rtol=1e-3)
