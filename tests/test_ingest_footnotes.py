"""Footnotes of consolidated documents are told from the text of the law around them."""

from __future__ import annotations

from ingest.models import BlockKind
from ingest.readers.text import read_plain

LAW = """VĂN BẢN HỢP NHẤT
Điều 1. Phạm vi1
1. Quy định về đường thôn.

1 Khoản này được sửa đổi, bổ sung theo quy định tại khoản 1 Điều 1 của Nghị định số 1/2024/NĐ-CP.

2. Không áp dụng cho đường huyện.

2 Điều 2 của Nghị định số 1/2024/NĐ-CP quy định như sau:

“Điều 2. Hiệu lực

Nghị định này có hiệu lực từ ngày ký.”

3 Điều 3 của Nghị định số 1/2024/NĐ-CP quy định như sau:

“Điều 3. Trách nhiệm

Điều 2. Hiệu lực thi hành

Các xã thi hành.”

3. Khoản này được giữ nguyên."""


def footnotes(text: str) -> list[str]:
    read = read_plain(text, "a.txt")
    return [read.text[b.start : b.end] for b in read.blocks if b.kind is BlockKind.FOOTNOTE]


def test_footnotes_with_what_they_quote() -> None:
    assert footnotes(LAW) == [
        "1 Khoản này được sửa đổi, bổ sung theo quy định tại khoản 1 Điều 1 của Nghị định số 1/2024/NĐ-CP.",
        "2 Điều 2 của Nghị định số 1/2024/NĐ-CP quy định như sau:",
        "“Điều 2. Hiệu lực",
        "Nghị định này có hiệu lực từ ngày ký.”",
        # the law goes on inside the quotation: what follows is not taken
        "3 Điều 3 của Nghị định số 1/2024/NĐ-CP quy định như sau:",
    ]


def test_only_consolidated_documents_have_them() -> None:
    assert footnotes(LAW.replace("VĂN BẢN HỢP NHẤT", "NGHỊ ĐỊNH")) == []
    marked = LAW.replace("\n1 Khoản", "\n[1] Khoản")
    assert footnotes(marked)[0].startswith("[1] Khoản này được sửa đổi")
