"""Which documents a news page reports on, on sentences of our own."""

from __future__ import annotations

import json

import pytest

from corpus.build import build_document
from corpus.reported import find_reported_symbols
from ingest.models import RawPage
from ingest.readers import read_page

FILLER = "Việc mẫu được nhiều nơi bàn tới trong thời gian qua, với nhiều ý kiến khác nhau của người dân. " * 4

PAGES = (
    # what was issued, not what it amends
    (
        f"Tiêu đề mẫu\n{FILLER}\nChính phủ vừa ban hành Nghị định số 999/2025/NĐ-CP sửa đổi, bổ sung một số điều của "
        "Nghị định số 888/2020/NĐ-CP.",
        ("999/2025/NĐ-CP",),
    ),
    # the number that the page opens with, though no verb of issuing stands there
    ("Thông tư số 999/2025/TT-BTC có những điểm mới về phí.\n" + FILLER, ("999/2025/TT-BTC",)),
    # the only number of the page, at its end
    (f"Tiêu đề mẫu\n{FILLER * 3}\nXem thêm tại Nghị định số 999/2025/NĐ-CP.", ("999/2025/NĐ-CP",)),
    (f"Tiêu đề mẫu\n{FILLER}", ()),
)


@pytest.mark.parametrize(("text", "expected"), PAGES)
def test_the_documents_that_a_page_reports_on(text: str, expected: tuple[str, ...]) -> None:
    content = json.dumps({"id": "1", "text": text}).encode()
    page = RawPage(uri="file:///a#1", content=content, sha256="0", media_type="application/json", name="a")
    assert find_reported_symbols(build_document(page, read_page(page))) == expected
