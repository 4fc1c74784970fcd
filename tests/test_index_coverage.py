"""What a refusal adds about the series of the number asked for; the store is that of the ledger's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from test_corpus_coverage import PAPERS, fill, paper

from corpus.models import Level
from corpus.store import Store
from index.answer import answer
from index.coverage import tell_coverage
from index.models import Outcome
from index.query import read_query
from index.search import Searcher

BY_HUE = ("Ủy ban nhân dân thành phố Huế", Level.PROVINCE, "Huế")
MORE = [
    *(
        paper(f"x{n}", "20/QĐ-UBND", "2023-02-02", by=(f"Ủy ban nhân dân tỉnh {name}", Level.PROVINCE, name))
        for n, name in enumerate(["Lai Châu", "Sơn La", "Cao Bằng"])
    ),
    paper("hue", "20/QĐ-UBND", "2023-02-02", by=BY_HUE),
    paper("l1", "51/2024/QH15", "2024-06-29", by=("Quốc hội", Level.CENTRAL, None), type="Luật"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("told")) as opened:
        fill(opened, [*PAPERS, *MORE])
        yield opened


CASES = [
    # in a gap, and mentioned: only the series that mentions it
    ("Quyết định 10/QĐ-UBND nói gì?",
     ["Trong dãy …/QĐ-UBND (năm 2024) của Ủy ban nhân dân tỉnh Hà Tĩnh, kho có số 01–03, 05, 07–08, 12A. Số 10 chưa có trong kho."]),
    # above the highest that was seen
    ("Thông tư 9/2024/TT-BTC quy định gì?",
     ["Trong dãy …/2024/TT-BTC của Bộ Tài chính, kho có số 01, 04. "
      "Số cao nhất đã thấy là 04; không rõ số 09 đã ban hành hay chưa."]),
    # below the lowest that is held; the year is that of the question
    ("Quyết định 50/QĐ-UBND năm 2025 của UBND tỉnh Hà Tĩnh",
     ["Trong dãy …/QĐ-UBND (năm 2025) của Ủy ban nhân dân tỉnh Hà Tĩnh, kho có số 120–121. Kho chưa có số nào dưới 120.",
      "Trong dãy …/QĐ-UBND (không rõ năm) của Ủy ban nhân dân tỉnh Hà Tĩnh, kho có số 06."]),
    # a series that is only mentioned, without a name beside it
    ("Thông tư 5/2023/TT-BTC",
     ["Kho chưa có văn bản nào thuộc dãy …/2023/TT-BTC của BTC."]),
    # a number without type: its series is named by it
    ("Công văn 06/CT-CS",
     ["Trong dãy công văn …/CT-… (năm 2025) của Cục Thuế, kho có số 05, 07. Số 06 chưa có trong kho."]),
    ("72/2025/QH15",
     ["Trong dãy luật …/…/QH15 (khóa 15) của Quốc hội, kho có số 51. "
      "Số cao nhất đã thấy là 51; không rõ số 72 đã ban hành hay chưa."]),
    # nothing of the series
    ("Nghị quyết 9/2020/NQ-HĐND của HĐND tỉnh Nghệ An",
     ["Kho chưa có văn bản nào thuộc dãy …/2020/NQ-HĐND của Nghệ An."]),
    ("Tỷ lệ của Nghệ An theo Quyết định 9/QĐ-BTC năm 2021", ["Kho chưa có văn bản nào thuộc dãy …/QĐ-BTC năm 2021."]),
    ("Kế hoạch 9/KH-UBND năm 2021", ["Kho chưa có văn bản nào thuộc dãy …/KH-UBND năm 2021."]),
    # held, or no number at all
    ("Quyết định 05/QĐ-UBND nói gì?", []),
    ("Cây trồng ở đâu?", []),
]  # fmt: skip


@pytest.mark.parametrize(("question", "told"), CASES, ids=[question for question, _ in CASES])
def test_told(store: Store, question: str, told: list[str]) -> None:
    assert list(tell_coverage(store, read_query(question, store))) == told


def test_of_many_series_five_are_told_and_the_rest_counted(store: Store) -> None:
    told = tell_coverage(store, read_query("Quyết định 77/QĐ-UBND", store))
    assert [line.split(",")[0] for line in told[:2]] == [
        "Trong dãy …/QĐ-UBND (năm 2024) của Ủy ban nhân dân tỉnh Hà Tĩnh",
        "Trong dãy …/QĐ-UBND (năm 2025) của Ủy ban nhân dân tỉnh Hà Tĩnh",
    ]
    assert (len(told), told[5]) == (6, "Còn 4 dãy khác có số dạng này.")


def test_a_refusal_carries_it_and_an_answer_does_not(samples: Searcher) -> None:
    refused = answer(samples, "Nghị định 31/2020/NĐ-CP quy định gì?")
    assert refused.outcome is Outcome.NOT_FOUND
    assert refused.coverage == (
        "Kho chưa có văn bản nào thuộc dãy …/2020/NĐ-CP của Chính phủ.",
        "4 văn bản trong kho không rõ số hiệu.",
    )
    mentioned = answer(samples, "Quyết định 263/QĐ-TTg do ai ký?")
    assert mentioned.outcome is Outcome.MENTIONED_ONLY
    assert mentioned.coverage == (
        "Kho chưa có văn bản nào thuộc dãy …/QĐ-TTg (năm 2022) của Thủ tướng Chính phủ.",
        "4 văn bản trong kho không rõ số hiệu.",
    )
    assert answer(samples, "Giá vé tàu điện ở Tokyo là bao nhiêu?").coverage == ()
    assert answer(samples, "Quyết định 263/QĐ-TTg phê duyệt gì?").coverage == ()
