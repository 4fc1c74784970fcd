"""Structure: both grammars, appendices, quoted articles, and texts that have none."""

from __future__ import annotations

import pytest

from corpus.structure import Level, find_sections

DECREE = """CHÍNH PHỦ
NGHỊ ĐỊNH
Căn cứ Luật Tổ chức Chính phủ;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định một số nội dung.
Điều 2. Giải thích từ ngữ
1. Từ thứ nhất.
a) Nghĩa một;
đ) không theo thứ tự;
b) Nghĩa hai.
2. Từ thứ hai.
2a. Từ được bổ sung.
10. Mười đồng một sản phẩm.
Chương II. ĐIỀU KHOẢN THI HÀNH
Mục 1
HIỆU LỰC
Điều 3. Hiệu lực
Điều 4 Luật Đất đai được áp dụng.
Nơi nhận:
- Như Điều 3;
1. Lưu VT.
PHỤ LỤC I
DANH MỤC
Mẫu số 01
ĐƠN ĐỀ NGHỊ"""

PARTY = """NGHỊ QUYẾT
của Ban Chấp hành Đảng bộ tỉnh
I- TÌNH HÌNH
Nội dung chung.
1. Kết quả
1.1. Về kinh tế
a) Nông nghiệp
- tăng khá
b) Công nghiệp
1.2. Về xã hội
2. Hạn chế
II- QUAN ĐIỂM
1. Quan điểm một
Nơi nhận:"""

AMENDING = """Điều 1. Sửa đổi một số điều
1. Sửa đổi Điều 5 như sau:
“Điều 5. Hồ sơ
1. Đơn đề nghị.
2. Bản sao.”
2. Sửa đổi Điều 9 như sau:
Điều 9. Thời hạn là mười ngày.
3. Bãi bỏ Điều 10.
Điều 2. Hiệu lực
"Giáo viên" là người dạy.
1. Từ ngày ký."""

ATTACHED = """QUYẾT ĐỊNH:
Điều 1. Ban hành Kế hoạch kèm theo Quyết định này.
Điều 2. Quyết định có hiệu lực từ ngày ký.
Nơi nhận:
- Như Điều 2.
KẾ HOẠCH
TRIỂN KHAI MỘT SỐ VIỆC
(Kèm theo Quyết định số 1/QĐ-UBND ngày 01 tháng 02 năm 2025)
I. MỤC ĐÍCH
1. Mục đích
II. NỘI DUNG
1. Việc thứ nhất"""

PATHS = (
    # State: chapters, articles, clauses, points; what is out of order is no heading; forms in an appendix
    (
        DECREE,
        [
            "Chương I",
            "Chương I, Điều 1",
            "Chương I, Điều 2",
            "Chương I, Điều 2, Khoản 1",
            "Chương I, Điều 2, Khoản 1, Điểm a",
            "Chương I, Điều 2, Khoản 1, Điểm b",
            "Chương I, Điều 2, Khoản 2",
            "Chương I, Điều 2, Khoản 2a",
            "Chương II",
            "Chương II, Mục 1",
            "Chương II, Mục 1, Điều 3",
            "Nơi nhận",
            "Phụ lục I",
            "Phụ lục I, Mẫu số 01",
        ],
    ),
    # Party: Roman headings, 1., 1.1., a); dashes stay in their section
    (
        PARTY,
        [
            "Mục I",
            "Mục I, Khoản 1",
            "Mục I, Khoản 1, Khoản 1.1",
            "Mục I, Khoản 1, Khoản 1.1, Điểm a",
            "Mục I, Khoản 1, Khoản 1.1, Điểm b",
            "Mục I, Khoản 1, Khoản 1.2",
            "Mục I, Khoản 2",
            "Mục II",
            "Mục II, Khoản 1",
            "Nơi nhận",
        ],
    ),
    # an amending decree: quoted articles, with or without quotation marks, leave the outer path alone
    (
        AMENDING,
        [
            "Điều 1",
            "Điều 1, Khoản 1",
            "Điều 1, Khoản 2",
            "Điều 1, Khoản 3",
            "Điều 2",
            "Điều 2, Khoản 1",
        ],
    ),
    # a plan issued with a decision: the Roman headings belong to the plan
    (
        ATTACHED,
        [
            "Điều 1",
            "Điều 2",
            "Nơi nhận",
            "Kế hoạch kèm theo",
            "Kế hoạch kèm theo, Mục I",
            "Kế hoạch kèm theo, Mục I, Khoản 1",
            "Kế hoạch kèm theo, Mục II",
            "Kế hoạch kèm theo, Mục II, Khoản 1",
        ],
    ),
    # a letter with numbered paragraphs has no structure
    ("Kính gửi: các sở.\n1. Khẩn trương rà soát.\n2. Báo cáo kết quả.", []),
    # prose that begins with the name of an article, an initial or a single Roman numeral is not a heading
    ("Điều 5 Luật Đất đai quy định rõ.\nI. Nguyễn là tác giả.\nChương trình gồm ba phần.", []),
    # one article alone is one (a corpus of articles)
    ("Điều 12. Quyền\n1. Một.\n2. Hai.", ["Điều 12", "Điều 12, Khoản 1", "Điều 12, Khoản 2"]),
    ("", []),
)


@pytest.mark.parametrize(("text", "expected"), PATHS)
def test_paths_of_a_text(text: str, expected: list[str]) -> None:
    assert [", ".join(section.path) for section in find_sections(text)] == expected


def test_sections_end_where_the_next_of_their_level_begins() -> None:
    by_path = {section.path: section for section in find_sections(DECREE)}
    clause = by_path["Chương I", "Điều 2", "Khoản 1"]
    assert DECREE[clause.start : clause.end].splitlines() == [
        "1. Từ thứ nhất.",
        "a) Nghĩa một;",
        "đ) không theo thứ tự;",
        "b) Nghĩa hai.",
    ]
    assert clause.level is Level.CLAUSE
    assert by_path[("Phụ lục I",)].end == len(DECREE)


def test_a_heading_whose_label_stands_alone_takes_its_title_from_the_next_line() -> None:
    chapter = find_sections(DECREE)[0]
    assert DECREE[chapter.start : chapter.heading_end] == "Chương I\nQUY ĐỊNH CHUNG"
