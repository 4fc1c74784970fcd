"""Pages of several pieces of news: where each begins, and what is no such page."""

from __future__ import annotations

from corpus.references import find_references
from corpus.roundups import find_pieces

LEAD = "Thủ tướng Chính phủ vừa ký Quyết định số 911/QĐ-TTg hỗ trợ mười tấn thóc giống cho hai xã ven sông bị ngập.\n"
SECOND = "Lập tổ kiểm tra đò ngang\nPhó Thủ tướng mới đây đã giao Bộ Xây dựng lập tổ kiểm tra đò ngang ở các bến sông trong tháng này.\n"
THIRD = "Trồng tre chắn sóng\nPhó Thủ tướng vừa ký Chỉ thị số 912/CT-TTg về trồng tre chắn sóng ở những xã có đê biển xung yếu.\n"


def pieces(text: str, title: str = "Hỗ trợ thóc giống") -> list[tuple[str, str | None]]:
    """The first line of each piece, with the number that it tells of."""
    found = find_pieces(text, find_references(text), title)
    assert [one.end for one in found[:-1]] == [one.start for one in found[1:]]
    return [(text[one.start : one.end].split("\n")[0], one.symbol) for one in found]


def test_each_piece_tells_of_its_own_act_or_of_none() -> None:
    assert pieces(LEAD + SECOND + THIRD) == [
        (LEAD.strip(), "911/QĐ-TTg"),
        ("Lập tổ kiểm tra đò ngang", None),
        ("Trồng tre chắn sóng", "912/CT-TTg"),
    ]


def test_headings_within_a_page_on_one_act_make_no_pieces() -> None:
    page = (
        f"{LEAD}Mức hỗ trợ cho mỗi hộ dân\nMỗi hộ có ruộng bị ngập được nhận ba mươi cân thóc giống, chia làm hai đợt trong vụ.\n"
        "Doanh nghiệp nhỏ và vừa\nDoanh nghiệp nhỏ và vừa ở hai xã ven sông được vay thóc giống, trả bằng thóc sau vụ gặt tới.\n"
    )
    assert pieces(page) == []


def test_the_act_of_the_title_is_no_other_news_under_a_heading() -> None:
    assert (
        pieces(f"Tin mới\nThóc giống cho hai xã ven sông\n{LEAD}", "Quyết định 911/QĐ-TTg: thóc giống") == []
    )
