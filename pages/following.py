"""The job that runs now, as it goes: progress that moves by itself, and the button that stops it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from ingest.crawl.models import CrawlProgress, Outcome
from pages.collecting_jobs import CrawlJob
from pages.drawing import count_of, table_html
from pages.frame import note
from pages.jobs import Job, JobState, job_board
from settings import Settings

COLUMNS: Mapping[str, tuple[Outcome, ...]] = {
    "Mới": (Outcome.NEW,),
    "Đã sửa": (Outcome.CHANGED,),
    "Không đổi": (Outcome.SAME,),
    "Nguồn đã gỡ": (Outcome.GONE,),
    "Lỗi, bị chặn": (Outcome.FAILED, Outcome.BLOCKED),
    "Danh sách đã đọc": (Outcome.LISTED,),
}
_ALWAYS = ("Mới", "Lỗi, bị chặn")


@st.fragment(run_every=0.8)
def follow(settings: Settings) -> None:
    """The progress of the job that runs; when it has ended the whole page is drawn anew."""
    job = job_board(settings).running()
    if job is None:
        st.rerun()
    state = job.state()
    if isinstance(job, CrawlJob) and state.crawled is None:
        _show_crawl(job, state)
    else:
        _show_progress(state)
    label = "Đang dừng…" if state.stopping else "Dừng"
    st.button(label, on_click=job.stop, disabled=state.stopping, key="stop_job")
    note("Bạn có thể rời trang này hoặc tải lại trang; việc đang chạy vẫn tiếp tục.")


def begin(settings: Settings, job: Job) -> None:
    """Start a job and show it, or say that another one runs."""
    if job_board(settings).begin(job):
        st.rerun()
    st.warning("Đang có một việc khác chạy dở. Hãy đợi nó xong.")


def _show_progress(state: JobState) -> None:
    share = min(1.0, state.done / state.total) if state.total else 0.0
    left = f" · còn khoảng {_duration(state.seconds_left)}" if state.seconds_left is not None else ""
    counts = f": {count_of(state.done)} / {count_of(state.total)}" if state.total else "…"
    st.progress(share, text=f"{state.stage or 'Đang chuẩn bị'}{counts}{left}")


def _show_crawl(job: CrawlJob, state: JobState) -> None:
    progress = state.progress
    if progress is None:
        st.progress(0.0, text="Đang chuẩn bị thu thập…")
        return
    pages = sum(
        number
        for counts in progress.counts.values()
        for outcome, number in counts.items()
        if outcome is not Outcome.LISTED
    )
    waiting = sum(progress.queued.values())
    share = pages / (pages + waiting) if pages + waiting else 0.0
    st.progress(
        min(1.0, share),
        text=f"Đang thu thập: đã xem {count_of(pages)} trang, {count_of(waiting)} địa chỉ còn chờ",
    )
    st.html(crawl_table([source.name for source in job.sources], progress))
    if state.stopping:
        note("Đang dừng: giữ nốt những trang đang tải, không hỏi thêm trang nào.")
    elif progress.waiting is not None:
        note(f"Đang đợi {progress.waiting:.0f} giây theo yêu cầu của máy chủ.")
    elif progress.in_flight:
        note(f"Đang tải: {', '.join(progress.in_flight)}")


def crawl_table(names: Sequence[str], progress: CrawlProgress) -> str:
    """How far each source is; columns in which nothing happened yet are left out, for narrow screens."""
    counts = {name: progress.counts.get(name, {}) for name in names}
    shown = {
        column: outcomes
        for column, outcomes in COLUMNS.items()
        if column in _ALWAYS or any(counts[name].get(outcome) for name in names for outcome in outcomes)
    }
    rows = [
        (
            name,
            *(count_of(sum(counts[name].get(outcome, 0) for outcome in shown[column])) for column in shown),
            count_of(progress.queued.get(name, 0)),
        )
        for name in names
    ]
    return table_html(("Nguồn", *shown, "Còn chờ"), rows, "Tiến độ từng nguồn")


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{max(1, round(seconds))} giây"
    if seconds < 3600:
        return f"{round(seconds / 60)} phút"
    return f"{int(seconds // 3600)} giờ {int(seconds % 3600 // 60)} phút"
