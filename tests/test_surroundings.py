"""The passage around a quotation: the stored text, cut where a reader would."""

from __future__ import annotations

from index.answering.surroundings import surround

TEXT = (
    "Điều 1. Phạm vi\nQuy định về hồ chứa.\nĐiều 2. Chuồng trại\n1. Chuồng trại cách hồ 250 mét. Chủ trại tự đo.\n"
    "2. Trại có trước được di dời.\nĐiều 3. Hiệu lực\nTừ ngày 01 tháng 9."
)
QUOTE = "Chuồng trại cách hồ 250 mét."


def test_before_quote_and_after_are_one_stretch_of_the_text() -> None:
    start = TEXT.index(QUOTE)
    for reach in (0, 1, 5, 20, 40, 80, 1000):
        found = surround(TEXT, start, start + len(QUOTE), reach=reach)
        whole = found.before + found.quote + found.after
        assert found.quote == QUOTE
        assert whole in TEXT
        assert len(found.before) <= reach >= len(found.after)
        assert found.begins_text == TEXT.startswith(whole)
        assert found.ends_text == TEXT.endswith(whole)


def test_it_begins_and_ends_with_a_line_where_it_can() -> None:
    start = TEXT.index(QUOTE)
    found = surround(TEXT, start, start + len(QUOTE), reach=30)
    assert found.before == "Điều 2. Chuồng trại\n1. "
    assert found.after == " Chủ trại tự đo."


def test_no_word_is_cut_in_two() -> None:
    text = "chuồng " * 400
    found = surround(text, 1400, 1406, reach=100)
    assert set(found.before.split()) == {"chuồng"} == set(found.after.split())
