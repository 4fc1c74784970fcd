"""The part "Thêm văn bản": uploaded files, addresses of the Web, a path of this machine; what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from corpus.collect_addresses import MOST_ADDRESSES, PlannedAddress, plan_addresses
from corpus.intake import IntakeReport, PageOutcome
from corpus.intake_report import CHANGES, report_csv, tell_page
from index.errors import ModelUnavailable
from ingest.errors import IngestError
from ingest.kinds import SUPPORTED
from ingest.limits import DEFAULT_LIMITS
from ingest.sources import SourceBook, load_sources
from ingest.uploads import check_count, check_upload, keep_upload
from pages.collecting_jobs import AddressesJob
from pages.drawing import count_of, plain, shorten, table_html
from pages.following import begin, follow
from pages.frame import HEALTH, link_to_part, note, section, show_error
from pages.jobs import JobState, PathsJob, job_board
from pages.opened import open_encoder
from settings import Settings

_ROWS = 200
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MB = 1024 * 1024


def show_adding(settings: Settings) -> None:
    """The part of the page."""
    if job_board(settings).running() is not None:
        section("Đang thêm văn bản")
        follow(settings)
        return
    job = job_board(settings).current()
    if job is not None and job.state().crawled is None:
        _show_result(job.state())
    _show_upload(settings)
    _show_addresses(settings)
    _show_path(settings)


# --- uploads


def _show_upload(settings: Settings) -> None:
    section("Từ tệp của bạn")
    limits = DEFAULT_LIMITS
    note(
        f"Nhận tệp {SUPPORTED} (PDF quét cũng đọc được; .jsonl: mỗi dòng một văn bản gồm id, title, text, url). "
        f"Mỗi lần nhiều nhất {limits.max_uploads} tệp, mỗi tệp {limits.max_upload_bytes // _MB} MB, cộng lại "
        f"{limits.max_uploads_bytes // _MB} MB; tệp nén bung ra không quá {limits.max_unpacked_bytes // _MB} MB, "
        f"{count_of(limits.max_archive_files)} tệp. Văn bản được lưu trên máy này, không gửi đi đâu."
    )
    with st.form("upload_files", border=False, clear_on_submit=True):
        files = st.file_uploader("Chọn hoặc kéo thả tệp", accept_multiple_files=True)
        if not st.form_submit_button("Thêm các tệp đã chọn", type="primary"):
            return
    if not files:
        st.warning("Chưa có tệp nào được chọn.")
        return
    try:
        check_count([file.size for file in files])
        kept, refused = _keep(settings, [(file.name, file.getvalue()) for file in files])
        begin(settings, PathsJob(settings, open_encoder(settings), kept, refused=refused))
    except (IngestError, ModelUnavailable) as error:
        show_error(error)


def _keep(
    settings: Settings, files: Sequence[tuple[str, bytes]]
) -> tuple[tuple[Path, ...], tuple[PageOutcome, ...]]:
    """Where the files lie that may be read, each once, and the outcomes of those that may not."""
    kept: dict[Path, None] = {}
    refused = []
    for name, content in files:
        try:
            check_upload(name, content)
        except IngestError as error:
            kind = type(error).__name__
            refused.append(
                PageOutcome(uri=name, name=name, change=None, problem=str(error), problem_kind=kind)
            )
            continue
        kept[keep_upload(settings.store / "uploads", name, content)] = None
    return tuple(kept), tuple(refused)


# --- addresses


def _show_addresses(settings: Settings) -> None:
    section("Từ địa chỉ trên mạng")
    if not is_local():
        note("Trang đang mở cho máy khác truy cập, nên không tải gì từ mạng theo yêu cầu ở đây.")
        return
    try:
        book = load_sources(settings.sources)
        typed = st.text_area(
            f"Địa chỉ trang, mỗi dòng một địa chỉ (nhiều nhất {MOST_ADDRESSES})",
            key="addresses",
            height=110,
            placeholder="https://baohatinh.vn/…",
        )
        planned = plan_addresses((typed or "").splitlines(), book.all())
    except IngestError as error:
        show_error(error)
        return
    if not planned:
        # What is pasted is taken when the field is left: so there is something to leave it for.
        st.button("Xem sẽ tải những trang nào")
        _show_allowed(book)
        return
    _show_allowed(book)
    st.html(_plan_html(planned))
    wanted = [plan for plan in planned if plan.source is not None]
    label = f"Tải {count_of(len(wanted))} trang này" if wanted else "Không có trang nào được phép tải"
    if st.button(label, disabled=not wanted):
        try:
            begin(settings, AddressesJob(settings, open_encoder(settings), planned))
        except ModelUnavailable as error:
            show_error(error)


def _show_allowed(book: SourceBook) -> None:
    with st.expander("Tải được từ những máy chủ nào?"):
        note(
            "Chỉ những máy chủ của các nguồn đã khai; robots.txt của họ được đọc trước và được tuân theo. Trang của nơi "
            "khác: hãy lưu về máy rồi tải tệp lên."
        )
        rows = [
            (source.publisher, ", ".join(source.all_hosts()), source.barred or "được phép")
            for source in book.all()
        ]
        st.html(table_html(("Nguồn", "Máy chủ", "Thu thập"), rows, "Máy chủ được phép"))


def _plan_html(planned: Sequence[PlannedAddress]) -> str:
    rows = [
        (
            shorten(plan.url, 120),
            plan.source.publisher if plan.source else "không tải",
            plan.refusal or f"nghỉ ít nhất {plan.source.delay:g} giây giữa hai lần tải"
            if plan.source
            else plan.refusal or "",
        )
        for plan in planned
    ]
    return table_html(("Địa chỉ", "Nguồn", "Ghi chú"), rows, "Những địa chỉ sẽ được tải")


# --- a path of this machine


def is_local() -> bool:
    """Whether the page is open to this machine alone."""
    return st.get_option("server.address") in _LOOPBACK


def _show_path(settings: Settings) -> None:
    section("Từ thư mục hoặc tệp trên máy chạy Căn Cứ")
    if not is_local():
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
    try:
        begin(settings, PathsJob(settings, open_encoder(settings), [path]))
    except ModelUnavailable as error:
        show_error(error)


# --- what became of it


def _show_result(state: JobState) -> None:
    section("Kết quả lần thêm gần nhất")
    if state.error:
        st.error(plain(state.error))
        st.html(link_to_part(HEALTH, "Xem tình trạng kho và chỉ mục"))
    if state.stopped:
        st.warning("Đã dừng theo yêu cầu: những trang chưa tới lượt không được tải.")
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
    st.html(_report_html(pages[:_ROWS]))
    if len(pages) > _ROWS:
        note(f"… và {count_of(len(pages) - _ROWS)} trang khác, có trong tệp .csv.")
    st.download_button(
        "Tải kết quả (.csv)", report_csv(report), "ket-qua-them.csv", "text/csv", on_click="ignore"
    )


def _report_html(pages: Sequence[PageOutcome]) -> str:
    head = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("Tệp, địa chỉ", "Kết quả", "Lý do, chi tiết", "Cách xử lý")
    )
    rows = "".join(_row_html(page) for page in pages)
    return (
        '<div class="cc-scroll" tabindex="0" role="region" aria-label="Kết quả từng tệp">'
        f'<table class="cc-table cc-stack"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _row_html(page: PageOutcome) -> str:
    name = escape(shorten(page.name, 120))
    if page.document_id:
        name = f'<a href="doc-van-ban?doc={escape(page.document_id)}" target="_self">{name}</a>'
    told, remedy = tell_page(page)
    cells = (name, escape(CHANGES[page.change]), escape(shorten(told, 400)), escape(remedy))
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
