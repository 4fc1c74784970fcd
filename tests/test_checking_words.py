"""Words laid over words: what differs, what may differ, what is only spelt otherwise."""

from __future__ import annotations

import pytest

from index.checking.places import trim
from index.checking.words import Aligner, split_words

STORED = (
    "1. Ban quản lý chợ niêm yết giá dịch vụ trông giữ xe tại cổng chợ – không thu tiền của người đi bộ;\n"
    "2. Chợ hạng 1 có từ 400 điểm kinh doanh, hoà mạng điện quốc gia."
)


def lay(quote: str, stored: str = STORED) -> tuple[list[tuple[str, str]], tuple[tuple[str, str], ...]]:
    """((stored, quoted) for each difference, the words that are only spelt otherwise)."""
    alignment = Aligner(trim(split_words(quote))).align(split_words(stored))
    changes = []
    for gap in alignment.gaps:
        old = " ".join(alignment.stored.raw(i) for i in range(gap.first, gap.last))
        new = " ".join(alignment.quote.raw(i) for i in range(gap.quote_first, gap.quote_last))
        changes.append((old, new))
    return changes, alignment.spellings


@pytest.mark.parametrize(
    "quote",
    [
        # another white space, a line end, no-break spaces
        "Ban quản lý  chợ niêm yết\ngiá dịch\u00a0vụ trông giữ xe tại cổng chợ",
        # the case of the first letter, another dash, no final mark or another one
        "ban quản lý chợ niêm yết giá dịch vụ trông giữ xe tại cổng chợ - không thu tiền của người đi bộ.",
        # a bullet that the quotation brings along
        "- Ban quản lý chợ niêm yết giá dịch vụ trông giữ xe",
        # a break that was lost between two words
        "Ban quản lý chợ niêm yết giá dịch vụ trônggiữ xe tại cổng chợ",
    ],
)
def test_what_may_differ_is_no_difference(quote: str) -> None:
    assert lay(quote) == ([], ())


@pytest.mark.parametrize(
    ("quote", "change"),
    [
        ("niêm yết giá dịch vụ trông giữ xe tại cổng chợ, không thu tiền", ("–", ",")),
        ("niêm yết gia dịch vụ trông giữ xe tại cổng chợ", ("giá", "gia")),
        ("Chợ hạng 1 có từ 40 điểm kinh doanh", ("400", "40")),
        ("cổng chợ – thu tiền của người đi bộ", ("không", "")),
        ("cổng chợ – không được thu tiền của người đi bộ", ("", "được")),
        ("Ban Quản lý chợ niêm yết giá dịch vụ", ("quản", "Quản")),
        ("Hội quản lý chợ niêm yết giá dịch vụ", ("Ban", "Hội")),
        ("không thu tiền của người đi xe", ("bộ", "xe")),
        ("Chợ hạng 1 có từ 400 điểm kinh doanh hoà mạng điện", (",", "")),
        ("có từ 4 00 điểm kinh doanh", ("400", "4 00")),
    ],
)
def test_anything_else_is_a_difference_of_these_words(quote: str, change: tuple[str, str]) -> None:
    assert lay(quote) == ([change], ())


def test_where_a_tone_is_placed_is_told_as_spelling() -> None:
    assert lay("400 điểm kinh doanh, hòa mạng điện quốc gia") == ([], (("hoà", "hòa"),))
    assert lay("400 điểm kinh doanh, hóa mạng điện quốc gia") == ([("hoà", "hóa")], ())


def test_two_alterations_are_told_apart() -> None:
    changes, _ = lay("Ban quản lý chợ niêm yết phí dịch vụ trông giữ xe tại cửa chợ")
    assert changes == [("giá", "phí"), ("cổng", "cửa")]
