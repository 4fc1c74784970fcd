"""Words looked for in a text as they stand, without cutting the text into all of its words."""

from __future__ import annotations

import pytest

from corpus.text import to_nfc
from index.terms import normal_form, spelled_words
from index.tokens import has_syllable, place_tone, spellings, syllables

TEXT = "Tỉnh uỷ, UBND tỉnh; hoà giải ở xã 2/xã, QĐ-UBND số 12/2025/QH15 (thuỷ lợi).\n\tỦy ban\u00a0NTM · a_b"


@pytest.mark.parametrize(
    "asked", ["ủy", "uỷ", "tỉnh", "hòa", "thủy", "qh15", "15", "2", "xã", "x", "giả", "a", "ban", "ntm"]
)
def test_a_syllable_is_in_a_text_exactly_where_it_is_one_of_its_syllables(asked: str) -> None:
    lower, placed = to_nfc(TEXT).lower(), place_tone(asked)
    assert any(has_syllable(lower, typed) for typed in spellings(placed)) == (placed in syllables(TEXT))


def test_a_syllable_has_at_most_two_spellings_and_both_are_it() -> None:
    for syllable in ("ủy", "hòa", "quý", "xã", "khỏe", "thúy"):
        assert {place_tone(typed) for typed in spellings(syllable)} == {syllable}
    assert spellings("hòa") == ("hòa", "hoà")
    assert spellings("quý") == ("quý",)


def test_a_normal_form_does_not_depend_on_what_stands_between_words() -> None:
    words = " tinh uy uy ban nhan dan tinh hoa giai o xa 2 xa qd ubnd so 12 2025 qh 15 thuy loi uy ban nong thon moi · a b "
    assert normal_form(TEXT) == words
    assert normal_form(" \n ") == "  "
    assert spelled_words("NTM, xã") == ["nông", "thôn", "mới", "xã"]
