"""Thêm văn bản: uploaded files or a path of this machine are taken in, with what became of each."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from corpus.intake import IntakeReport, PageOutcome
from corpus.intake_report import describe_outcome
from index.errors import ModelUnavailable
from ingest.errors import IngestError
from ingest.models import PageChange
from ingest.uploads import keep_upload
from pages.drawing import CHANGES, count_of, plain, shorten, table_html
from pages.frame import note, require_settings, section, show_error, title
from pages.jobs import Job, JobState, job_board
from pages.opened import open_encoder
from settings import Settings

_TYPES = ["pdf", "docx", "doc", "rtf", "txt", "md", "html", "htm", "jsonl", "zip"]
_ROWS = 200
_LINKS = 20
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def show() -> None:
    """The page."""
    settings = require_settings()
    title(
        "Thêm văn bản",
        "Đọc được tệp PDF (cả bản quét), Word (.docx, .doc), .rtf, .txt, .md, .html, .zip chứa các tệp ấy, "
        "và .jsonl (mỗi dòng một văn bản: id, title, text, url).",
    )
    note("Văn bản được lưu trên máy này, không gửi đi đâu.")
    job = job_board(settings).current()
    if job is not None and not job.state().finished:
        _follow(settings)
        return
    if job is not None:
        _show_result(job.state())
    _show_upload(settings)
    _show_path(settings)


# --- what to add


def _show_upload(settings: Settings) -> None:
    section("Từ tệp của bạn")
    with st.form("upload", border=False, clear_on_submit=True):
        files = st.file_uploader("Chọn hoặc kéo thả tệp", type=_TYPES, accept_multiple_files=True)
        if not st.form_submit_button("Thêm các tệp đã chọn", type="primary"):
            return
    if not files:
        st.warning("Chưa có tệp nào được chọn.")
        return
    try:
        kept = [keep_upload(settings.store / "uploads", file.name, file.getvalue()) for file in files]
    except IngestError as error:
        show_error(error)
        return
    _begin(settings, list(dict.fromkeys(kept)))


def _show_path(settings: Settings) -> None:
    section("Từ thư mục hoặc tệp trên máy chạy Căn Cứ")
    if st.get_option("server.address") not in _LOOPBACK:
        st.info(
            "Trang đang mở cho máy khác truy cập, nên không nhận đường dẫn trên máy chủ. Hãy tải tệp lên."
        )
        return
    with st.form("path", border=False):
        typed = st.text_input("Đường dẫn", placeholder="/home/…/van-ban", autocomplete="off")
        if not st.form_submit_button("Đọc đường dẫn này"):
            return
    if not (typed or "").strip():
        st.warning("Chưa có đường dẫn nào.")
        return
    path = Path((typed or "").strip()).expanduser()
    if not path.exists():
        st.error(plain(f"Không tìm thấy {path}. Hãy kiểm tra lại đường dẫn."))
        return
    _begin(settings, [path])


def _begin(settings: Settings, paths: list[Path]) -> None:
    try:
        job = Job(settings, open_encoder(settings), paths)
    except ModelUnavailable as error:
        show_error(error)
        return
    if job_board(settings).begin(job):
        st.rerun()
    st.warning("Đang có một lần thêm văn bản khác chạy dở. Hãy đợi nó xong.")


# --- while it runs


@st.fragment(run_every=0.7)
def _follow(settings: Settings) -> None:
    job = job_board(settings).current()
    if job is None or job.state().finished:
        st.rerun()
    else:
        _show_progress(job.state())
        st.button("Dừng", on_click=job.stop)


def _show_progress(state: JobState) -> None:
    share = min(1.0, state.done / state.total) if state.total else 0.0
    left = f" · còn khoảng {_duration(state.seconds_left)}" if state.seconds_left is not None else ""
    counts = f": {count_of(state.done)} / {count_of(state.total)}" if state.total else "…"
    st.progress(share, text=f"{state.stage}{counts}{left}")
    note("Bạn có thể rời trang này; việc thêm văn bản vẫn tiếp tục.")


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{max(1, round(seconds))} giây"
    if seconds < 3600:
        return f"{round(seconds / 60)} phút"
    return f"{int(seconds // 3600)} giờ {int(seconds % 3600 // 60)} phút"


# --- what became of it


def _show_result(state: JobState) -> None:
    section("Kết quả lần thêm gần nhất")
    if state.error:
        st.error(plain(state.error))
        st.page_link("pages/kho_du_lieu.py", label="Xem tình trạng kho và chỉ mục")
    if state.report is not None:
        _show_report(state.report)
    if state.change is not None:
        added, removed = count_of(state.change.added), count_of(state.change.removed)
        note(f"Chỉ mục: {count_of(state.change.passages)} đoạn (thêm {added}, bỏ {removed}).")
        st.page_link("pages/hoi_dap.py", label="Hỏi về văn bản trong kho")


def _show_report(report: IntakeReport) -> None:
    counts = ", ".join(f"{name} {count_of(report.count(change))}" for change, name in CHANGES.items())
    failed = report.count(None)
    (st.warning if failed else st.success)(f"Đã đọc {count_of(len(report.pages))} trang: {counts}.")
    pages = sorted(report.pages, key=lambda page: page.change is not None)  # problems first
    st.html(
        table_html(
            ("Tệp", "Kết quả", "Chi tiết"),
            [(page.name, CHANGES[page.change], _detail(page)) for page in pages[:_ROWS]],
            "Kết quả từng tệp",
        )
    )
    if len(pages) > _ROWS:
        note(f"… và {count_of(len(pages) - _ROWS)} trang khác.")
    for page in [page for page in pages if page.document_id][:_LINKS]:
        st.page_link(
            "pages/doc_van_ban.py",
            label=f"Mở: {plain(shorten(page.title or page.name, 120))}",
            query_params={"doc": page.document_id or ""},
        )


def _detail(page: PageOutcome) -> str:
    if page.problem:
        return page.problem
    if page.change is PageChange.SAME:
        return "Kho đã có đúng nội dung này."
    return f"{shorten(page.title or '', 120)} ({describe_outcome(page)})"


show()
