"""Rows of tables whose cells stand one to a line."""

from __future__ import annotations

import pytest

from index.answering.rows import find_rows

HEADED = "Danh mục bến:\nSTT\nTên bến\nSố thuyền\n1\nBến Mẫu\n12\n2\nBến Thử\n30\nĐiều 2. Trách nhiệm"
BARE = "1\nBến Mẫu\n12\n2\nBến Thử\n30\n3\nBến Ví\n44\nHết danh mục."


def rows_of(text: str) -> list[str]:
    return [text[row.start : row.end] for row in find_rows(text)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (HEADED, ["1\nBến Mẫu\n12", "2\nBến Thử\n30"]),
        (BARE, ["1\nBến Mẫu\n12", "2\nBến Thử\n30", "3\nBến Ví\n44"]),
        ("1\nBến Mẫu\n12\n2\nBến Thử\n30", []),  # two numbers under no head may be anything
        ("1. Bến Mẫu có 12 thuyền.\n2. Bến Thử có 30 thuyền.\n3. Bến Ví có 44 thuyền.", []),
        ("Ba bến mở lại.\nKhông có bảng nào.", []),
        ("", []),
    ],
)
def test_rows(text: str, rows: list[str]) -> None:
    assert rows_of(text) == rows


def test_rows_know_what_stands_over_them() -> None:
    assert {HEADED[row.head.start : row.head.end] for row in find_rows(HEADED)} == {
        "Danh mục bến:\nSTT\nTên bến\nSố thuyền"
    }
    assert {row.head.end for row in find_rows(BARE)} == {0}
