"""Restoration of diacritics: what is put back, what is left alone, and what the counts behind it are."""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
import pytest

from corpus.text import fold
from index.errors import IndexCorrupt
from index.ngrams import add_tables, count_ngrams, general_table, load_table, prune_table, split_units
from index.restore import Restorer, restore

RESTORED = (
    ("nghi quyet ve nong thon moi", "nghị quyết về nông thôn mới"),
    ("uy ban nhan dan tinh ban hanh quyet dinh", "ủy ban nhân dân tỉnh ban hành quyết định"),
    ("ho so dang ky ket hon gom nhung gi", "hồ sơ đăng ký kết hôn gồm những gì"),
    ("dieu kien cap giay chung nhan quyen su dung dat", "điều kiện cấp giấy chứng nhận quyền sử dụng đất"),
    # partly typed: what has its marks keeps them
    ("nghi quyết 04", "nghị quyết 04"),
    ("quyết dinh ve giảm ngheo", "quyết định về giảm nghèo"),
    # a mark lost inside a syllable
    ("nghị quyêt", "nghị quyết"),
    # capitals as typed
    ("NGHI QUYET Dai hoi", "NGHỊ QUYẾT Đại hội"),
    # numbers, codes and abbreviations stay
    ("thuc hien 263/QD-TTg cua TTg", "thực hiện 263/QD-TTg của TTg"),
    ("NTM nang cao 2021-2025", "NTM nâng cao 2021-2025"),
    # words of other languages stay
    ("phat trien logistics", "phát triển logistics"),
)


@pytest.mark.parametrize(("typed", "meant"), RESTORED)
def test_restored_text(typed: str, meant: str) -> None:
    assert restore(typed).text == meant


TYPED_RIGHT = (
    "Theo quy định, cơ quan nào ban hành kế hoạch?",
    "Quỹ đất công do ai quản lý",
    "Ủy ban nhân dân xã có mấy phó chủ tịch",
    "hoà giải ở cơ sở",
    "",
    "  ",
    "?!",
    "2025",
)


@pytest.mark.parametrize("typed", TYPED_RIGHT)
def test_a_text_typed_right_is_left_as_it_is(typed: str) -> None:
    assert restore(typed).text == typed
    assert restore(typed).second is None


@pytest.mark.parametrize("typed", [typed for typed, _ in RESTORED])
def test_offsets_in_the_restored_text_are_offsets_in_the_typed_one(typed: str) -> None:
    restored = restore(typed)
    assert len(restored.text) == len(typed)
    assert fold(restored.text) == fold(typed)
    for syllable in restored.syllables:
        assert fold(typed[syllable.start : syllable.end]) == syllable.folded == fold(syllable.chosen)


def test_confidence_is_a_share_of_the_readings() -> None:
    restored = restore("nghi quyet cua ba")
    by_form = {syllable.folded: syllable for syllable in restored.syllables}
    assert by_form["quyet"].chosen == "quyết"
    assert by_form["quyet"].confidence > 0.99
    assert by_form["quyet"].alternatives == ()
    # "ba", "bà", "bá": nothing decides, so the others are named and a second reading is given
    assert by_form["ba"].confidence < 0.85
    assert {form for form, _ in by_form["ba"].alternatives} & {"bà", "ba", "bá", "bả"}
    assert by_form["ba"].confidence + sum(share for _, share in by_form["ba"].alternatives) <= 1 + 1e-9
    assert restored.readings == (restored.text, restored.second)


def test_counts_of_a_text_by_hand() -> None:
    table = count_ngrams(["Xã đạt chuẩn. Xã đạt 19 tiêu chí"])
    ids = table.ids
    assert table.counts[ids["xã"]] == 2
    assert table.counts[ids["chuẩn"]] == 1
    pairs = table.count_pairs(
        np.array([ids["xã"], ids["chuẩn"], ids["đạt"], ids["đạt"]]),
        np.array([ids["đạt"], ids["xã"], ids["<number>"], ids["chuẩn"]]),
    )
    assert pairs.tolist() == [2, 0, 1, 1]  # a point parts "chuẩn" from "Xã"
    # P(đạt | xã) = (2 - .75) / 2 + rest × P(đạt), rest = 1 - (2 - .75) / 2, P with .5 added to every count
    size, total = len(table.syllables), table.counts.sum()
    single = (2 + 0.5) / (total + 0.5 * size)
    assert math.isclose(
        table.p_pair(np.array([ids["xã"]]), np.array([ids["đạt"]]))[0], 1.25 / 2 + 0.375 * single
    )


def test_a_wrapped_line_goes_on_and_a_page_without_marks_counts_for_nothing() -> None:
    assert list(split_units("Ủy ban\nnhân dân\nTỉnh")) == [["ủy", "ban", "nhân", "dân"], ["tỉnh"]]
    assert "chuan" not in count_ngrams(["xa dat chuan nong thon moi"]).ids


def test_the_words_of_a_collection_can_be_added() -> None:
    own = count_ngrams(["Làng Đắng Mơ có lễ hội Đắng Mơ."] * 3)
    both = add_tables(general_table(), own, weight=20)
    ids = both.ids
    pair = both.count_pairs(np.array([ids["đắng"]]), np.array([ids["mơ"]]))[0]
    general = general_table()
    before = general.count_pairs(np.array([general.ids["đắng"]]), np.array([general.ids["mơ"]]))[0]
    assert pair == before + 6 * 20
    assert Restorer(both).restore("le hoi dang mo").text == "lễ hội đắng mơ"


def test_a_table_written_and_read_is_the_same() -> None:
    table = count_ngrams(
        ["Xã đạt chuẩn nông thôn mới năm 2020. Xã đạt chuẩn nâng cao; internet internet internet."]
    )
    file = io.BytesIO()
    table.save(file)
    file.seek(0)
    read = load_table(file)
    assert read.syllables == table.syllables
    for name in ("counts", "pairs", "pair_counts", "triples", "triple_counts"):
        assert np.array_equal(getattr(read, name), getattr(table, name)), name
    assert set(read.words) == {"internet"}
    again = io.BytesIO()
    read.save(again)
    assert again.getvalue() == file.getvalue()


def test_pruning_makes_rare_syllables_others() -> None:
    table = count_ngrams(["xã đạt chuẩn", "xã đạt chuẩn", "xã Đạo"])
    pruned = prune_table(table, syllable=2, pair=2, triple=2, word=1)
    assert set(pruned.syllables) == {"<edge>", "<number>", "<other>", "xã", "đạt", "chuẩn"}
    assert pruned.counts.sum() == table.counts.sum()
    ids = pruned.ids
    assert pruned.count_pairs(np.array([ids["xã"]]), np.array([ids["đạt"]])).tolist() == [2]
    assert pruned.count_pairs(np.array([ids["xã"]]), np.array([ids["<other>"]])).tolist() == [0]


def test_a_damaged_table_says_so(tmp_path: Path) -> None:
    path = tmp_path / "syllable_ngrams.npz"
    path.write_bytes(b"PK\x03\x04 nothing more")
    with pytest.raises(IndexCorrupt, match="syllable_ngrams"):
        load_table(path)


def test_the_shipped_table_is_small_and_sorted() -> None:
    table = general_table()
    assert len(table.syllables) == len(set(table.syllables))
    assert bool((np.diff(table.pairs) > 0).all())
    assert bool((np.diff(table.triples) > 0).all())
    shipped = Path(__file__).parents[1] / "index" / "data" / "syllable_ngrams.npz"
    assert shipped.stat().st_size < 3_000_000


def test_a_very_long_text_is_restored_to_its_end() -> None:
    typed = "xay dung nong thon moi " * 300
    assert restore(typed).text == "xây dựng nông thôn mới " * 300
