"""Answers reported as wrong: the list for review. It is a part of the page Kho dữ liệu."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from corpus.error_reports import FAULTS, ErrorReport
from corpus.errors import CorpusError
from corpus.store import Store
from index.exports.error_reports import tell_outcome, tell_state, write_reports
from index.wording import vietnamese_time
from pages.drawing import document_address
from pages.frame import note, section, show_error

_SHOWN = 50  # closed ones below the open ones; the file has all


def show_reports(store: Store) -> None:
    """The reports, open ones first, each with a box to close it; all as .csv."""
    section("Câu trả lời bị báo sai")
    reports = store.error_reports()
    if not reports:
        note("Chưa có ai báo sai. Mỗi câu trả lời ở trang Hỏi đáp có nút “Báo sai”; báo sai được giữ ở đây.")
        return
    waiting = [report for report in reports if report.is_open]
    closed = reports[len(waiting) :]
    note(f"{len(waiting)} báo sai chờ xem xét, {len(closed)} đã đóng. Không có gì được gửi ra ngoài máy này.")
    for report in waiting:
        with st.container(border=True, gap="xsmall"):
            st.html(report_html(report))
            _offer_closing(store, report)
    if closed:
        with st.expander(f"Đã đóng ({len(closed)})"):
            st.html("".join(map(report_html, closed[:_SHOWN])))
    st.download_button(
        "Tải danh sách báo sai (.csv)",
        write_reports(reports),
        file_name="bao-sai.csv",
        mime="text/csv",
        on_click="ignore",
    )


def report_html(report: ErrorReport) -> str:
    """One report: what is wrong, with which question, and the way to look at it again."""
    answer = report.answer
    rows = [
        ("Câu hỏi", f'<a href="./{escape(answer.address)}" target="_self">{escape(answer.question)}</a>'),
        ("Phạm vi", escape(answer.filters)),
        ("Đã trả lời", escape(tell_outcome(report))),
        ("Đoạn trích", _spans_html(report)),
        ("Ghi chú", escape(report.comment)),
        ("Người báo", escape(report.reported_by or "")),
        ("Kết quả xem xét", escape(report.note or "")),
    ]
    listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows if value)
    head = f"{report.number}. {FAULTS[report.fault]}"
    when = f"{vietnamese_time(report.at)} · {tell_state(report)}"
    return (
        f'<div class="cc-report"><h3 class="cc-small-title">{escape(head)}</h3>'
        f'<p class="cc-source">{escape(when)}</p><dl class="cc-facts">{listed}</dl></div>'
    )


def _spans_html(report: ErrorReport) -> str:
    links: Sequence[str] = [
        f'<a href="{escape(document_address(span.document_id, span.tag))}&amp;start={span.start}&amp;end={span.end}"'
        f' target="_self">[{number}]</a>'
        for number, span in enumerate(report.answer.spans, start=1)
    ]
    return " ".join(links)


def _offer_closing(store: Store, report: ErrorReport) -> None:
    with st.form(f"close-report-{report.number}", border=False, clear_on_submit=True):
        said = st.text_input(f"Kết quả xem xét báo sai số {report.number}", max_chars=2000)
        if not st.form_submit_button(f"Đóng báo sai số {report.number}"):
            return
    try:
        with Store.open(store.folder) as writing:
            writing.close_error_report(report.number, note=said)
    except CorpusError as error:
        show_error(error)
        return
    st.rerun()
