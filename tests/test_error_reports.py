"""Answers reported as wrong: kept with what was said, listed, closed with a note, in the store and at the terminal."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from corpus.error_reports import CitedSpan, Fault, ReportedAnswer
from corpus.errors import InvalidReport, StoreReadOnly
from corpus.intake import take_in
from corpus.store import Store
from index.exports.error_reports import write_reports

SAID = ReportedAnswer(
    question="Kế hoạch 15/KH-UBND do ai ký?",
    address="?q=K%E1%BA%BF+ho%E1%BA%A1ch&tinh=H%C3%A0+T%C4%A9nh",
    filters="Tỉnh: Hà Tĩnh",
    outcome="answered",
    spans=(CitedSpan(document_id="d1", tag="0123456789ab", start=10, end=42),),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store")


def test_a_report_is_kept_with_what_was_said_and_when(store: Store, tmp_path: Path) -> None:
    page = tmp_path / "tin.txt"
    page.write_text("Thông báo về lịch họp\n\nCuộc họp bắt đầu lúc tám giờ sáng thứ Hai.\n", "utf-8")
    take_in(store, [page])
    before = store.state()
    kept = store.report_error(SAID, Fault.SPAN, comment="  thiếu dòng chữ ký \n", by=" Văn  thư ")
    assert (kept.number, kept.comment, kept.reported_by) == (1, "thiếu dòng chữ ký", "Văn thư")
    assert (kept.revision, kept.edition) == (before.revision, before.edition)
    with Store.open(store.folder, read_only=True) as opened:
        assert opened.error_reports() == (kept,)
        assert opened.state() == before  # no index grows stale by a report
    assert kept.answer == SAID
    assert kept.is_open


def test_open_reports_come_first_and_a_closed_one_says_what_came_of_it(store: Store) -> None:
    for fault in (Fault.DOCUMENT, Fault.SHOULD_ANSWER, Fault.ENDED):
        store.report_error(SAID, fault)
    store.close_error_report(3, note=" đã sửa  ngày ")
    assert [one.number for one in store.error_reports()] == [2, 1, 3]
    closed = store.error_reports()[-1]
    assert (closed.note, closed.is_open, closed.closed_at is not None) == ("đã sửa ngày", False, True)
    with pytest.raises(InvalidReport, match="Không có báo sai số 3 đang chờ"):
        store.close_error_report(3, note="lần nữa")
    with pytest.raises(InvalidReport, match="Hãy ghi kết quả"):
        store.close_error_report(2, note="  ")


def test_a_report_that_tells_nothing_or_too_much_is_refused(store: Store) -> None:
    with pytest.raises(InvalidReport, match="viết rõ sai ở đâu"):
        store.report_error(SAID, Fault.OTHER, comment=" ")
    with pytest.raises(InvalidReport, match="tối đa 2000"):
        store.report_error(SAID, Fault.SPAN, comment="x" * 2001)
    assert store.error_reports() == ()


def test_a_store_of_the_version_before_gets_the_table(store: Store) -> None:
    folder = store.folder
    store.close()
    with sqlite3.connect(folder / "store.sqlite") as db:
        db.execute("DROP TABLE error_reports")
        db.execute("DROP TABLE resolved")  # what later versions added comes back as well
        db.execute("PRAGMA user_version = 3")
    with Store.open(folder, read_only=True) as opened:
        assert opened.error_reports() == ()
        with pytest.raises(StoreReadOnly):
            opened.report_error(SAID, Fault.SPAN)


def test_the_table_for_review_opens_in_a_spreadsheet_without_running_anything(store: Store) -> None:
    store.report_error(SAID, Fault.OTHER, comment='=HYPERLINK("http://example.com")', by="+84")
    written = write_reports(store.error_reports())
    assert written.startswith(b"\xef\xbb\xbf")  # so that spreadsheets read it as UTF-8
    head, row = csv.reader(io.StringIO(written.decode("utf-8-sig")))
    found = dict(zip(head, row, strict=True))
    assert found["Sai ở đâu"] == "Điều khác"
    assert found["Ghi chú"] == '\'=HYPERLINK("http://example.com")'
    assert found["Người báo"] == "'+84"
    assert found["Đoạn trích"] == "d1@0123456789ab:10-42"
    assert found["Tình trạng"] == "chờ xem xét"


def test_the_terminal_lists_and_closes(store: Store, cancu: Callable[..., CompletedProcess[str]]) -> None:
    store.report_error(SAID, Fault.ENDED, comment="đã bị thay thế")
    listed = cancu("reports")
    assert listed.returncode == 0
    assert "Báo sai số 1 (chờ xem xét)" in listed.stdout
    assert "Văn bản đã hết hiệu lực: đã bị thay thế" in listed.stdout
    assert cancu("reports", "--close", "1").returncode == 2  # a note belongs to it
    assert cancu("reports", "--close", "1", "--note", "đúng là đã hết").returncode == 0
    (kept,) = json.loads(cancu("reports", "--json").stdout)["reports"]
    assert (kept["note"], kept["answer"]["spans"][0]["tag"]) == ("đúng là đã hết", "0123456789ab")
    assert "Không có báo sai nào đang chờ xem xét." in cancu("reports", "--open").stdout
    assert cancu("reports", "--close", "9", "--note", "x").returncode == 1
