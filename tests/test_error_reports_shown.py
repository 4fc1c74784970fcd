"""The list of answers reported as wrong, as a part of a page: open ones, closing with a note, the file."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.error_reports import CitedSpan, Fault, ReportedAnswer
from corpus.store import Store

SAID = ReportedAnswer(
    question="Kế hoạch <b>15/KH-UBND</b> do ai ký?",
    address="?q=K%E1%BA%BF&tinh=H%C3%A0",
    filters="Tỉnh, thành phố: Hà Tĩnh",
    outcome="answered",
    spans=(CitedSpan(document_id="d1", tag="0123456789ab", start=10, end=42),),
)


def _page() -> None:
    import os
    from pathlib import Path

    from corpus.store import Store
    from pages.error_reports import show_reports

    show_reports(Store.open(Path(os.environ["CANCU_STORE"]), read_only=True))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CANCU_STORE", str(tmp_path / "store"))
    Store.open(tmp_path / "store").close()
    return tmp_path / "store"


def markup(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def words(app: AppTest) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", markup(app)))


def test_without_reports_the_list_teaches_where_they_come_from(folder: Path) -> None:
    app = AppTest.from_function(_page).run()
    assert not app.exception
    assert "Mỗi câu trả lời ở trang Hỏi đáp có nút “Báo sai”" in words(app)


def test_a_report_is_listed_opens_its_question_and_is_closed_with_a_note(folder: Path) -> None:
    with Store.open(folder) as store:
        store.report_error(SAID, Fault.SPAN, comment="thiếu <i>dòng</i> chữ ký", by="Văn thư")
    app = AppTest.from_function(_page).run()
    assert not app.exception
    assert "1. Sai đoạn trích" in words(app)
    assert "thiếu <i>dòng</i> chữ ký" in words(app)
    assert "<b>" not in markup(app)
    assert "<i>" not in markup(app)
    assert 'href="./?q=K%E1%BA%BF&amp;tinh=H%C3%A0"' in markup(app)
    assert "doc-van-ban?doc=d1&amp;v=0123456789ab&amp;start=10&amp;end=42" in markup(app)

    app.button[0].click().run()
    assert "Hãy ghi kết quả xem xét" in app.error[0].value
    app.text_input[0].set_value("đã đọc lại bản quét")
    app.button[0].click().run()
    assert "0 báo sai chờ xem xét, 1 đã đóng" in words(app)
    assert "đã đọc lại bản quét" in words(app)
    with Store.open(folder, read_only=True) as store:
        assert not store.error_reports()[0].is_open
