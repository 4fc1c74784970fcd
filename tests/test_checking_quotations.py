"""Where the quotations of a text are, and which numbers the text names for each."""

from __future__ import annotations

import pytest

from corpus.symbols import complete_short_forms, find_symbols
from index.checking.quotations import Quotation, find_quotations

SAID = "Chuồng trại chăn nuôi phải cách mép nước của hồ ít nhất 250 mét"


def find(text: str) -> tuple[Quotation, ...]:
    return find_quotations(text, complete_short_forms(find_symbols(text)))


def marked(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[q.start : q.end], tuple(n.canonical for n in q.named)) for q in find(text) if q.marked]


@pytest.mark.parametrize(
    "quoted", [f"“{SAID}”", f'"{SAID}"', f"«{SAID}»", f"„{SAID}”", f": “{SAID}.”", f'" {SAID} "']
)
def test_every_kind_of_quotation_marks(quoted: str) -> None:
    ((found, named),) = marked(f"Nghị định số 88/2024/NĐ-CP nêu {quoted}, đề nghị thực hiện.")
    assert found.strip(" .") == SAID
    assert named == ("88/2024/NĐ-CP",)


def test_marks_within_marks_belong_to_the_quotation() -> None:
    text = 'Văn bản nêu: "thay cụm từ "cấp huyện" bằng cụm từ "cấp xã" tại Điều 5".'
    assert marked(text) == [('thay cụm từ "cấp huyện" bằng cụm từ "cấp xã" tại Điều 5', ())]


@pytest.mark.parametrize(
    "name", ["Chương trình “Mỗi xã một sản phẩm”", "khâu “một cửa”", "Đề án “Phát triển nghề cá xa bờ”"]
)
def test_names_and_terms_are_no_quotations(name: str) -> None:
    assert marked(f"Tỉnh tiếp tục thực hiện {name} trong năm nay.") == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f"“{SAID}” (Nghị định số 88/2024/NĐ-CP).", ("88/2024/NĐ-CP",)),
        (f"Theo 27/2025/NĐ-CP và Nghị định 88/2024/NĐ-CP, “{SAID}”.", ("88/2024/NĐ-CP", "27/2025/NĐ-CP")),
        (f"Nghị định 88/2024/NĐ-CP đã ban hành. Nghị định này nêu: “{SAID}”.", ("88/2024/NĐ-CP",)),
        (f"Nghị định 88/2024/NĐ-CP nêu:\n“{SAID}”.", ("88/2024/NĐ-CP",)),
        (f"Nghị định 88/2024/NĐ-CP đã ban hành. Đồng chí nói: “{SAID}”.", ()),
    ],
)
def test_the_number_named_for_a_quotation(text: str, named: tuple[str, ...]) -> None:
    assert marked(text) == [(SAID, named)]


def test_a_stop_within_a_quotation_ends_no_sentence() -> None:
    text = f"“{SAID}. Chủ hồ cắm mốc và ghi sổ mỗi ngày.” là quy định của Nghị định 88/2024/NĐ-CP."
    assert marked(text)[0][1] == ("88/2024/NĐ-CP",)


def test_an_omission_parts_a_quotation() -> None:
    text = "Nghị định 88/2024/NĐ-CP nêu “chuồng trại phải cách mép nước […] ít nhất 250 mét theo đường chim bay”."
    assert [words for words, _ in marked(text)] == [
        "chuồng trại phải cách mép nước",
        "ít nhất 250 mét theo đường chim bay",
    ]


def test_what_a_sentence_gives_to_a_number_is_claimed() -> None:
    for frame in ("Nghị định 88/2024/NĐ-CP yêu cầu {}.", "Theo Nghị định 88/2024/NĐ-CP của Chính phủ, {}."):
        text = frame.format(SAID.lower())
        (only,) = find(text)
        assert text[only.start : only.end].rstrip(".") == SAID.lower()
        assert (only.marked, only.claimed) == (False, True)


def test_an_ordinary_sentence_claims_nothing() -> None:
    text = "Thực hiện Nghị định 88/2024/NĐ-CP, tỉnh đã triển khai nhiều hoạt động thiết thực, hiệu quả."
    assert [one.claimed for one in find(text)] == [False]


def test_a_lost_mark_swallows_no_text() -> None:
    text = f"Đồng chí nói “phải làm ngay. {'Câu thường. ' * 400}Nghị định nêu “{SAID}”."
    assert marked(text) == [(SAID, ())]
