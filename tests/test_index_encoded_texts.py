"""Vectors kept in memory, with the real encoder: the same as fresh ones, each text encoded once, the oldest forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from compared_texts import THEME, write_compared

from corpus.store import Store
from index.answer import answer
from index.encoded_texts import EncodedTexts
from index.encoder import Encoder, Progress, Vectors
from index.search import Searcher

TEXTS = ["Điều 1. Phạm vi điều chỉnh", "Điều 2. Đối tượng áp dụng", "Điều 3. Giải thích từ ngữ"]


@dataclass
class Counting:
    """The encoder, with the passages that it was given."""

    encoder: Encoder
    given: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name, self.fingerprint = self.encoder.name, self.encoder.fingerprint
        self.dimensions = self.encoder.dimensions
        self.encode_queries = self.encoder.encode_queries

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        self.given += texts
        return self.encoder.encode_passages(texts, progress=progress)


@pytest.fixture
def counting(encoder: Encoder) -> Counting:
    return Counting(encoder)


def test_a_text_is_encoded_once_and_its_vector_stays_the_same(counting: Counting, encoder: Encoder) -> None:
    kept = EncodedTexts(counting)
    asked = [TEXTS[0], TEXTS[1], TEXTS[0]]
    first = kept.encode(asked)
    again = kept.encode([TEXTS[2], *asked])
    assert counting.given == [TEXTS[0], TEXTS[1], TEXTS[2]]
    assert np.array_equal(first, encoder.encode_passages(asked))
    assert np.array_equal(again[1:], first)


def test_what_was_met_longest_ago_is_forgotten_first(counting: Counting) -> None:
    kept = EncodedTexts(counting, most=2)
    kept.encode(TEXTS[:2])
    kept.encode(TEXTS[:1])  # now the second is the oldest
    kept.encode(TEXTS[2:])
    counting.given.clear()
    kept.encode([TEXTS[0], TEXTS[2]])
    assert counting.given == []
    kept.encode([TEXTS[1]])
    assert counting.given == [TEXTS[1]]


@pytest.fixture
def store(tmp_path: Path, build_store) -> Iterator[Store]:  # type: ignore[no-untyped-def]
    with build_store(tmp_path / "store", write_compared(tmp_path)) as made:
        yield made


def test_the_same_question_encodes_nothing_twice_and_is_answered_alike(
    store: Store, counting: Counting
) -> None:
    searcher = Searcher.open(store, counting)
    question = f"Hà Tĩnh đạt kết quả gì về {THEME}?"
    first = answer(searcher, question)
    assert counting.given
    assert len(counting.given) == len(set(counting.given))
    counting.given.clear()
    assert answer(searcher, question) == first
    assert counting.given == []
