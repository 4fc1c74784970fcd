"""Acts that changed what is quoted: found by date, told beside the answer, and read first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import SearchTexts

from index.answer import answer
from index.answering.later_acts import find_changes, find_later_acts
from index.models import Outcome
from index.search import Searcher

BASE = "Nghị định số 41/2023/NĐ-CP ngày 12 tháng 5 năm 2023 của Chính phủ quy định về bến thuyền dân sinh"
HEAD = """CHÍNH PHỦ
Số: {symbol}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày {day}
NGHỊ ĐỊNH
{title}

"""
TEXTS = {
    # A page on the first amendment: it says 20 million.
    "tin-lan-mot": "Chính phủ ban hành Nghị định số 52/2024/NĐ-CP ngày 03/6/2024 sửa đổi, bổ sung một số điều của Nghị định số "
    "41/2023/NĐ-CP về bến thuyền dân sinh\n\n"
    f"Chính phủ vừa ban hành Nghị định số 52/2024/NĐ-CP ngày 03/6/2024 sửa đổi, bổ sung một số điều của {BASE}.\n\n"
    "Theo Nghị định số 52/2024/NĐ-CP, hộ đò ngang được hỗ trợ mua áo phao cứu sinh không quá 20 triệu đồng một bến.\n",
    "lan-hai": HEAD.format(
        symbol="63/2025/NĐ-CP",
        day="09 tháng 4 năm 2025",
        title=f"SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA {BASE.upper()}",
    )
    + f"""Điều 1. Sửa đổi, bổ sung một số điều của {BASE}
1. Sửa đổi khoản 1 Điều 7 như sau:
"1. Hộ đò ngang được hỗ trợ mua áo phao cứu sinh không quá 30 triệu đồng một bến."
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực từ ngày 01 tháng 6 năm 2025.
TM. CHÍNH PHỦ
""",
    "lan-truoc": HEAD.format(
        symbol="14/2022/NĐ-CP", day="02 tháng 3 năm 2022", title="QUY ĐỊNH VỀ ĐÈN HIỆU TRÊN SÔNG"
    )
    + "Điều 1. Phạm vi\nNghị định này quy định về đèn hiệu trên sông của bến thuyền.\nTM. CHÍNH PHỦ\n",
    "thu": "CỤC ĐƯỜNG SÔNG\nSố: 77/CT-CS\nHà Nội, ngày 05 tháng 11 năm 2025\nV/v bến thuyền\n\n"
    "Nghị định số 14/2022/NĐ-CP đã sửa đổi, bổ sung Nghị định số 63/2025/NĐ-CP.\n",
    "cong-bo": HEAD.replace("NGHỊ ĐỊNH", "QUYẾT ĐỊNH").format(
        symbol="135/QĐ-BXD",
        day="05 tháng 1 năm 2026",
        title="VỀ VIỆC CÔNG BỐ DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT HẾT HIỆU LỰC NĂM 2025",
    )
    + "Điều 1. Công bố kèm theo Quyết định này Danh mục văn bản quy phạm pháp luật hết hiệu lực.\nTM. CHÍNH PHỦ\nDANH MỤC\n"
    "Văn bản quy phạm pháp luật hết hiệu lực toàn bộ năm 2025\n1. Quyết định số 88/2020/QĐ-BXD ngày 02 tháng 3 năm 2020 của "
    "Bộ trưởng Bộ Xây dựng về phao tiêu trên sông\n",
}
QUESTION = "Hộ đò ngang được hỗ trợ mua áo phao cứu sinh không quá bao nhiêu tiền một bến?"


@pytest.fixture(scope="module")
def made(search_texts: SearchTexts) -> Iterator[Searcher]:
    with search_texts(TEXTS) as searcher:
        yield searcher


def document(made: Searcher, name: str) -> str:
    return next(i for i in made.store.document_ids() if made.store.document(i).uri.endswith(f"{name}.txt"))


def test_what_amended_the_same_act_since_is_found_with_the_words_that_say_it(made: Searcher) -> None:
    (act,) = find_later_acts(made.store, document(made, "tin-lan-mot"))
    assert (act.symbol, act.base, act.issued_on) == ("63/2025/NĐ-CP", "41/2023/NĐ-CP", "2025-04-09")
    assert act.held == (document(made, "lan-hai"),)
    span = act.evidence
    assert "41/2023/NĐ-CP" in made.store.text(span.document_id)[span.start : span.end]


def test_an_earlier_act_and_a_letter_are_no_later_acts(made: Searcher) -> None:
    """The first amendment is older than the second; "77/CT-CS" is a letter, and 14/2022 came before."""
    assert find_later_acts(made.store, document(made, "lan-hai")) == ()
    assert find_later_acts(made.store, document(made, "lan-truoc")) == ()


def test_the_later_act_is_quoted_first_and_told(made: Searcher) -> None:
    given = answer(made, QUESTION)
    first = given.statements[0].citations[0]
    assert first.symbol == "63/2025/NĐ-CP"
    assert "30 triệu đồng" in first.quote


def test_asked_by_its_number_a_document_speaks_for_itself_and_the_later_act_is_told(made: Searcher) -> None:
    given = answer(
        made, "Theo Nghị định 52/2024/NĐ-CP, hộ đò ngang được hỗ trợ mua áo phao không quá bao nhiêu?"
    )
    quotes = [citation.quote for statement in given.statements for citation in statement.citations]
    assert any("20 triệu đồng" in quote for quote in quotes)
    assert not any("30 triệu đồng" in quote for quote in quotes)
    (notice,) = given.notices
    assert notice.text == (
        "Mới hơn đoạn trích: 41/2023/NĐ-CP được sửa đổi, bổ sung bởi 63/2025/NĐ-CP (ban hành ngày 09/04/2025, có toàn văn trong kho)."
    )
    cited = notice.citation
    assert made.store.text(cited.document_id)[cited.start : cited.end] == cited.quote


def test_of_a_number_that_is_only_mentioned_it_is_told_what_changed_it(made: Searcher) -> None:
    given = answer(made, "Nghị định 41/2023/NĐ-CP quy định số áo phao của một bến là bao nhiêu?")
    assert given.outcome is Outcome.MENTIONED_ONLY
    assert (
        "41/2023/NĐ-CP được sửa đổi, bổ sung bởi 63/2025/NĐ-CP (ban hành ngày 09/04/2025, có toàn văn trong kho)."
        in {notice.text for notice in given.notices}
    )


def test_a_list_of_what_has_ended_ends_nothing(made: Searcher) -> None:
    assert made.store.mentioned("88/2020/QĐ-BXD") is not None
    assert find_changes(made.store, "88/2020/QĐ-BXD") == ()
