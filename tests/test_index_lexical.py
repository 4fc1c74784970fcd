"""Tokens and the word index."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.lexical import Field, LexicalIndex, passage_tokens
from index.tokens import bigrams, folded, number_tokens, syllables, words

TOKENS = (
    # one placement of tones, whatever was typed; q keeps its glide
    ("Tỉnh uỷ, Tỉnh ủy", ["tỉnh", "ủy", "tỉnh", "ủy"]),
    ("hoà bình hòa bình", ["hòa", "bình", "hòa", "bình"]),
    ("quý khách thuý thúy", ["quý", "khách", "thúy", "thúy"]),
    ("hoàn thành toàn xã", ["hoàn", "thành", "toàn", "xã"]),
    # decomposed text is composed first
    ("nghi\u0323 quye\u0302\u0301t", ["nghị", "quyết"]),
    ("04-NQ/TU; 80%", ["04", "nq", "tu", "80"]),
    ("", []),
)


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_syllables(text: str, expected: list[str]) -> None:
    assert syllables(text) == expected


def test_bigrams_and_folded_forms() -> None:
    assert bigrams(["nông", "thôn", "mới"]) == ["nông_thôn", "thôn_mới"]
    assert folded(["Đảng", "ủy", "nghị"]) == ["dang", "uy", "nghi"]


def test_words_are_those_of_two_or_more_syllables() -> None:
    assert "nông_thôn" in words("Chương trình xây dựng nông thôn mới của tỉnh")
    assert all("_" in word for word in words("Chương trình xây dựng nông thôn mới của tỉnh"))


def test_a_very_long_line_is_segmented_in_pieces() -> None:
    assert len(words("xây dựng nông thôn mới " * 2000)) >= 2000


def test_document_numbers_stay_whole_in_any_typing() -> None:
    assert number_tokens("Nghị quyết 04–NQ/TU") == number_tokens("nghi quyet so 04 - nq / tu") != []
    assert number_tokens("32/33 xã, giai đoạn 2021-2025") == []


@pytest.fixture
def texts() -> dict[int, str]:
    return {
        7: "Nghị quyết số 04-NQ/TU về xây dựng nông thôn mới",
        8: "Kế hoạch chuyển đổi số của tỉnh",
        9: "Công tác giảm nghèo bền vững ở huyện miền núi",
    }


def test_search_update_and_reopen(tmp_path: Path, texts: dict[int, str]) -> None:
    index = LexicalIndex(tmp_path / "words")
    index.update([passage_tokens(row, text) for row, text in texts.items()])
    assert index.rows() == {7, 8, 9}
    assert index.search([(Field.SYLLABLES, "chuyển_đổi", 1.0)], limit=5)[0][0] == 8
    # without diacritics only the folded field answers
    assert index.search([(Field.SYLLABLES, "ngheo", 1.0)], limit=5) == []
    assert index.search([(Field.FOLDED, "ngheo", 1.0)], limit=5)[0][0] == 9
    assert index.search([(Field.NUMBERS, number_tokens("04-NQ/TU")[0], 1.0)], limit=5)[0][0] == 7
    index.update([], remove=[8])
    reopened = LexicalIndex(tmp_path / "words")
    assert reopened.rows() == {7, 9}
    assert reopened.search([(Field.SYLLABLES, "chuyển_đổi", 1.0)], limit=5) == []


def test_boosts_weigh_fields(texts: dict[int, str]) -> None:
    index = LexicalIndex(None)
    index.update([passage_tokens(row, text) for row, text in texts.items()])
    tokens = [(Field.SYLLABLES, "tỉnh", 1.0), (Field.SYLLABLES, "huyện", 5.0)]
    assert [row for row, _ in index.search(tokens, limit=2)] == [9, 8]
    assert index.search([], limit=5) == []


def test_scores_do_not_depend_on_how_the_rows_allowed_are_told(texts: dict[int, str]) -> None:
    index = LexicalIndex(None)
    index.update(passage_tokens(row, text) for row, text in texts.items())
    tokens = [(Field.FOLDED, token, 1.0) for token in folded(syllables("tỉnh nông thôn nghèo"))]
    whole = index.search(tokens, limit=50)
    assert len(whole) > 2
    found = {row for row, _ in whole}
    for left_out in (whole[0][0], whole[-1][0]):
        # most rows are told by those left out, few by themselves
        assert index.search(tokens, limit=50, allowed=texts.keys() - {left_out}) == [
            one for one in whole if one[0] != left_out
        ]
        assert index.search(tokens, limit=50, allowed={left_out}) == [
            one for one in whole if one[0] == left_out
        ]
    assert index.search(tokens, limit=50, allowed={*texts, 10**6}) == whole
    index.update([passage_tokens(10**6, "xã tỉnh nông thôn")])  # held from now on
    assert {row for row, _ in index.search(tokens, limit=50, allowed=found)} == found
