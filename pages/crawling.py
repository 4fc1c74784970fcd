"""The part "Thu thập": choose sources, see what would be contacted, start, follow, stop; the runs of the past."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from corpus.collect import FRONTIER
from corpus.labels import UNKNOWN
from index.errors import ModelUnavailable
from index.wording import vietnamese_time
from ingest.crawl.frontier import Frontier
from ingest.crawl.models import CrawlReport, Options, Outcome, PastRun
from ingest.crawl.report import OUTCOMES, make_report
from ingest.errors import FrontierError, SourcesError
from ingest.sources import Source, SourceBook, StartKind, load_sources
from pages.adding import is_local
from pages.address import follow_choices, keep_choices
from pages.collecting_jobs import CrawlJob
from pages.drawing import count_of, plain, shorten, table_html
from pages.following import COLUMNS, begin, follow
from pages.frame import HEALTH, link_to_part, note, section, show_error
from pages.jobs import JobState, job_board
from pages.opened import open_encoder
from settings import Settings

_LIMIT = 50  # pages of a run, unless something else is asked for
_PROBLEMS = 100
_CHOSEN = "crawled-sources"  # the widget; the address names the sources by their ids


def show_crawling(settings: Settings) -> None:
    """The part of the page."""
    running = job_board(settings).running()
    if running is not None:
        section("Đang thu thập" if isinstance(running, CrawlJob) else "Đang có việc khác chạy")
        follow(settings)
    else:
        job = job_board(settings).current()
        if isinstance(job, CrawlJob):
            _show_result(job.state())
        _show_start(settings)
    _show_past(settings.store / FRONTIER, running=isinstance(running, CrawlJob))


# --- starting


def _show_start(settings: Settings) -> None:
    section("Thu thập từ các nguồn trên mạng")
    if not is_local():
        st.info(
            "Trang đang mở cho máy khác truy cập, nên không thu thập theo yêu cầu ở đây. Hãy dùng: cancu crawl"
        )
        return
    try:
        book = load_sources(settings.sources)
    except SourcesError as error:
        show_error(error)
        return
    note("Căn Cứ không tự liên hệ với trang nào. Chọn nguồn để xem sẽ liên hệ những đâu, rồi bấm Bắt đầu.")
    allowed = {source.name: source for source in book.all() if not source.barred}
    follow_choices(_CHOSEN, "nguon", known=allowed)
    if enabled := [source.name for source in book.enabled()]:
        st.button(f"Chọn {count_of(len(enabled))} nguồn đang bật", on_click=_choose, args=(enabled,))
    chosen = st.multiselect(
        "Nguồn",
        list(allowed),
        format_func=lambda name: f"{name} ({allowed[name].publisher})",
        key=_CHOSEN,
        placeholder="Chọn một hay nhiều nguồn",
        on_change=keep_choices,
        args=(_CHOSEN, "nguon"),
    )
    _show_barred(book)
    if not chosen:
        st.button("Bắt đầu thu thập", disabled=True, help="Hãy chọn ít nhất một nguồn.")
        return
    left, right = st.columns(2)
    limit = left.number_input(
        "Lấy nhiều nhất bao nhiêu trang", 1, 10_000, _LIMIT, key="nhieu-nhat", bind="query-params"
    )
    since = right.date_input(
        "Chỉ lấy trang đăng từ ngày (có thể để trống)", None, format="DD/MM/YYYY", key="tu-ngay"
    )
    sources = [allowed[name] for name in chosen]
    _show_contacts(sources, settings, int(limit))
    if st.button("Bắt đầu thu thập", type="primary"):
        options = Options(limit=int(limit), since=since.isoformat() if since else None)
        try:
            begin(settings, CrawlJob(settings, open_encoder(settings), sources, options))
        except ModelUnavailable as error:
            show_error(error)


def _choose(names: Sequence[str]) -> None:
    st.session_state[_CHOSEN] = list(names)
    keep_choices(_CHOSEN, "nguon")


def _show_barred(book: SourceBook) -> None:
    barred = [(source.publisher, source.barred or "") for source in book.all() if source.barred]
    if barred:
        with st.expander(f"{count_of(len(barred))} nguồn không được thu thập"):
            st.html(table_html(("Nguồn", "Vì sao"), barred, "Nguồn không được thu thập"))


def _show_contacts(sources: Sequence[Source], settings: Settings, limit: int) -> None:
    st.html('<h3 class="cc-part">Sẽ liên hệ</h3>')
    rows = [
        (
            source.publisher,
            ", ".join(source.all_hosts()) or "không máy chủ nào: thư mục trên máy này",
            " ".join(start.url for start in source.starts),
            _tell_pace(source, limit),
        )
        for source in sources
    ]
    st.html(table_html(("Nguồn", "Máy chủ", "Bắt đầu từ", "Cách tải"), rows, "Những nơi sẽ liên hệ"))
    contact = (
        f"Căn Cứ tự xưng tên kèm liên hệ {settings.contact}."
        if settings.contact
        else 'Chưa ghi liên hệ: nên thêm contact = "địa chỉ thư hoặc trang giới thiệu" vào config.toml để quản trị '
        "các trang biết hỏi ai."
    )
    note(f"robots.txt của từng máy chủ được đọc trước và được tuân theo. {contact}")


def _tell_pace(source: Source, limit: int) -> str:
    if all(start.kind is StartKind.FOLDER for start in source.starts):
        return "đọc tệp"
    return f"từng trang một, nghỉ ít nhất {source.delay:g} giây; nhiều nhất {count_of(min(limit, source.budget))} trang"


# --- what came of it


def _show_result(state: JobState) -> None:
    section("Kết quả lượt vừa xong")
    if state.error:
        st.error(plain(state.error))
    if state.crawled is not None:
        report = state.crawled
        kept = report.count(Outcome.NEW), report.count(Outcome.CHANGED)
        failed = report.count(Outcome.FAILED, Outcome.BLOCKED)
        told = f"{count_of(kept[0])} trang mới, {count_of(kept[1])} trang đã sửa"
        if state.stopped:
            st.warning(f"Đã dừng theo yêu cầu: {told}. Phần còn lại để lượt sau.")
        else:
            (st.warning if failed else st.success)(
                f"Đã thu thập xong: {told}, {count_of(failed)} trang lỗi hoặc bị chặn."
            )
        for source in report.sources:
            for line in source.notes:
                note(f"{source.source}: {line}")
    if state.change is not None:
        note(f"Chỉ mục: {count_of(state.change.passages)} đoạn (thêm {count_of(state.change.added)}).")
        st.page_link("pages/hoi_dap.py", label="Hỏi về văn bản trong kho")
    elif state.error:
        st.html(link_to_part(HEALTH, "Xem tình trạng kho và chỉ mục"))


# --- the past


def _show_past(path: Path, *, running: bool) -> None:
    section("Các lượt đã chạy")
    if not path.exists():
        note(
            "Chưa có lượt nào. Mỗi lượt thu thập, từ trang này hay bằng lệnh cancu crawl, sẽ được ghi ở đây."
        )
        return
    try:
        with Frontier.open_reading(path) as frontier:
            runs = frontier.runs()
            if runs:
                st.html(runs_html(runs, running=running))
                _show_run(frontier, runs)
            else:
                note("Chưa có lượt nào.")
    except FrontierError as error:
        show_error(error)


def runs_html(runs: Sequence[PastRun], *, running: bool) -> str:
    """A row for each run, the latest first."""
    rows = []
    for place, past in enumerate(runs):
        open_end = "đang chạy" if running and place == 0 else "bị ngắt, hoặc đang chạy nơi khác"
        ended = vietnamese_time(past.ended_at) if past.ended_at else open_end
        counts = [count_of(past.count(*outcomes)) for outcomes in COLUMNS.values()]
        rows.append((vietnamese_time(past.run.started_at), ended, ", ".join(past.sources), *counts))
    return table_html(("Bắt đầu", "Kết thúc", "Nguồn", *COLUMNS), rows, "Các lượt đã chạy")


def _show_run(frontier: Frontier, runs: Sequence[PastRun]) -> None:
    by_id = {past.run.id: past for past in runs}
    number = st.selectbox(
        "Xem những trang không lấy được của lượt",
        list(by_id),
        format_func=lambda one: (
            f"{vietnamese_time(by_id[one].run.started_at)} ({', '.join(by_id[one].sources)})"
        ),
        key="luot",
    )
    past = by_id[number]
    st.html(
        _run_html(
            make_report(frontier, past.run, past.sources, notes={}, dry=False, ended_at=past.ended_at or "")
        )
    )


def _run_html(report: CrawlReport) -> str:
    problems = [problem for problem in report.problems if problem.outcome is not Outcome.ALIAS]
    passed = [
        (source.source, "bỏ qua liên kết", f"{reason} ({count_of(count)} lần)", example)
        for source in report.sources
        for reason, (count, example) in source.passed.items()
    ]
    if not problems and not passed:
        return '<p class="cc-source">Lượt này không có trang nào lỗi, bị chặn hay bị bỏ qua.</p>'
    rows = [
        (problem.source, OUTCOMES[problem.outcome], problem.reason or UNKNOWN, shorten(problem.url, 120))
        for problem in problems[:_PROBLEMS]
    ]
    rest = len(problems) - _PROBLEMS
    more = f'<p class="cc-as-of">{escape(f"… và {count_of(rest)} trang nữa, có trong thư mục reports của kho.")}</p>'
    drawn = table_html(
        ("Nguồn", "Kết quả", "Lý do và cách xử lý", "Địa chỉ"), [*rows, *passed], "Trang không lấy được"
    )
    return drawn + (more if rest > 0 else "")
