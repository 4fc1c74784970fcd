"""Appendices and what is issued with a document: label, title, span, and the document they belong to."""

from __future__ import annotations

import pytest

from corpus.appendices import find_appendices
from corpus.models import cite_path
from corpus.structure import find_sections

DECISION = """QUYẾT ĐỊNH:
Điều 1. Ban hành Quy định kèm theo Quyết định này.
Phụ lục 01
Điều 2. Quyết định có hiệu lực từ ngày ký.
Nơi nhận:
- Như Điều 2.
QUY ĐỊNH
VỀ QUẢN LÝ ĐƯỜNG THÔN
(Ban hành kèm theo Quyết định số 12/2026/QĐ-UBND ngày 02 tháng 3 năm 2026
của Ủy ban nhân dân tỉnh Mẫu)
Điều 1. Phạm vi
Quy định này áp dụng cho đường thôn.
PHỤ LỤC I
DANH MỤC ĐƯỜNG THÔN
(Kèm theo Quyết định này)
1. Đường thôn Đông
Phụ lục I.2
Mẫu sổ theo dõi
1. Tên đường"""


def test_appendices_name_their_parent_with_the_line_that_says_so() -> None:
    found = find_appendices(DECISION, find_sections(DECISION))
    told = [
        (
            a.label,
            a.title,
            a.parent,
            a.evidence_start is not None and DECISION[a.evidence_start : a.evidence_end],
        )
        for a in found
    ]
    assert told == [
        (
            "Quy định kèm theo",
            "QUY ĐỊNH VỀ QUẢN LÝ ĐƯỜNG THÔN",
            "12/2026/QĐ-UBND",
            "(Ban hành kèm theo Quyết định số 12/2026/QĐ-UBND ngày 02 tháng 3 năm 2026\n"
            "của Ủy ban nhân dân tỉnh Mẫu)",
        ),
        ("Phụ lục I", "DANH MỤC ĐƯỜNG THÔN", None, "(Kèm theo Quyết định này)"),
        ("Phụ lục I.2", "Mẫu sổ theo dõi", None, False),
    ]
    for appendix in found:
        assert appendix.title == " ".join(DECISION[appendix.title_start : appendix.title_end].split())
    assert [DECISION[a.start : a.end].split("\n")[0] for a in found] == [
        "QUY ĐỊNH",
        "PHỤ LỤC I",
        "Phụ lục I.2",
    ]
    assert [a.end for a in found] == [*(a.start for a in found[1:]), len(DECISION)]


def test_an_appendix_named_between_two_articles_is_an_entry_of_a_list() -> None:
    paths = [", ".join(section.path) for section in find_sections(DECISION)]
    assert paths[:4] == ["Điều 1", "Điều 2", "Nơi nhận", "Quy định kèm theo"]


TEXTS = (
    # a letter has no structure of its own, and still an appendix
    (
        "Kính gửi: các xã.\nPHỤ LỤC\nBIỂU THỐNG KÊ\n(Kèm theo Công văn số 123/SM-VP ngày 1/2/2026)\n1 | 2",
        "123/SM-VP",
    ),
    ("PHỤ LỤC II\n(Ban hành kèm theo Nghị quyết số 04-NQ/TU, ngày 15/7/2021)\nNội dung", "04-NQ/TU"),
    # a blank left in a form is no number; prose about an appendix is none
    ("PHỤ LỤC\nĐƠN\n(Kèm theo Quyết định số ……/QĐ-UBND ngày … của …)", None),
)


@pytest.mark.parametrize(("text", "parent"), TEXTS)
def test_parents(text: str, parent: str | None) -> None:
    (found,) = find_appendices(text)
    assert found.parent == parent


def test_no_appendix() -> None:
    assert find_appendices("Phụ lục này gồm ba phần.\nĐiều 1. Một") == ()
    assert find_appendices("") == ()


PATHS = (
    (("Chương II", "Điều 5", "Khoản 2"), "Khoản 2 Điều 5"),
    (("Phần thứ nhất", "Chương II", "Mục 1", "Điều 5a", "Khoản 1a", "Điểm a1"), "Điểm a1 khoản 1a Điều 5a"),
    (("Quy định kèm theo", "Chương I", "Điều 2", "Khoản 2–4"), "Khoản 2–4 Điều 2 Quy định kèm theo"),
    (("Mục II", "Khoản 1", "Khoản 1.2", "Điểm b"), "Điểm b khoản 1.2 Mục II"),
    (("Phụ lục I", "Mẫu số 01"), "Mẫu số 01 Phụ lục I"),
    (("Chương II",), "Chương II"),
    (("đoạn 3–5",), "đoạn 3–5"),
)


@pytest.mark.parametrize(("path", "label"), PATHS)
def test_a_path_as_a_lawyer_cites_it(path: tuple[str, ...], label: str) -> None:
    assert cite_path(path) == label
