"""What may be quoted at all: words of the document asked for, of the level, the unit and the moment asked about."""

from __future__ import annotations

from answering_texts import act
from conftest import SearchTexts

from corpus.other_texts import find_other_texts
from index.answer import answer
from index.models import Answer

RESOLUTION = (
    "# Nghị quyết số 91-NQ/TW\n\n"
    + act(
        "91-NQ/TW",
        "NGHỊ QUYẾT",
        "về phát triển nghề làm diều sáo",
        "I. MỤC TIÊU\n\n1. Đến năm 2030, số làng nghề làm diều sáo tăng gấp đôi.\n\n2. Thợ làm diều sáo được học nghề không mất phí.",
        organ="BAN CHẤP HÀNH TRUNG ƯƠNG",
        day="Hà Nội, ngày 02 tháng 3 năm 2025",
        signed="T/M BỘ CHÍNH TRỊ\nTỔNG BÍ THƯ\nTrần Văn Mẫu",
        motto="party",
    )
    + "\n# Kết luận số 14-KL/TW\n\nChi cho hội thi diều sáo đạt 7% quỹ văn hóa của mỗi làng.\n"
    "\n# So sánh Nghị quyết 91 với Kết luận 14\n\nDiều sáo xuất khẩu chiếm tối thiểu 35% số diều làm ra trong năm.\n"
)


def quoted(given: Answer) -> str:
    return "\n".join(citation.quote for one in given.statements for citation in one.citations)


def test_what_stands_below_the_heading_of_another_text_is_not_said_by_the_document(
    search_texts: SearchTexts,
) -> None:
    with search_texts({"dieu-sao": RESOLUTION}) as made:
        named = (
            "Theo Nghị quyết 91-NQ/TW, diều sáo xuất khẩu chiếm tối thiểu bao nhiêu phần trăm số diều làm ra?"
        )
        assert "35%" not in quoted(answer(made, named))
        free = answer(
            made, "Diều sáo xuất khẩu chiếm tối thiểu bao nhiêu phần trăm số diều làm ra trong năm?"
        )
        assert "35%" in quoted(free)
        assert "91-NQ/TW ghi" not in free.statements[0].text
        assert {one.symbol for told in free.statements for one in told.citations} == {None}
        other = answer(
            made, "Theo Kết luận 14-KL/TW, chi cho hội thi diều sáo đạt bao nhiêu phần trăm quỹ văn hóa?"
        )
        assert "7%" in quoted(other)
        assert "dẫn lại văn bản 14-KL/TW" in other.statements[0].text


def test_headings_of_a_document_of_its_own_open_no_other_text() -> None:
    page = (
        "# Nghị định 5/2025/NĐ-CP\n## NGHỊ ĐỊNH\n# Điều 1. Sửa đổi Nghị định số 6/2020/NĐ-CP\nA\n"
        "## Nghị định số 6/2020/NĐ-CP\nB\n# Kế hoạch 2026\nC\n# Phụ lục I kèm theo Nghị định số 5/2025/NĐ-CP\nD"
    )
    assert find_other_texts(page, "5/2025/NĐ-CP") == ()
    assert find_other_texts(page, None) == ()
