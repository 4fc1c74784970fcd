"""Vectors kept in memory, with the real encoder: the same as fresh ones, each text encoded once, the oldest forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from index.encoded_texts import EncodedTexts
from index.encoder import Encoder, Progress, Vectors

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
