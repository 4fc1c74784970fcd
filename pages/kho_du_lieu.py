"""Kho dữ liệu: size and state of the store and its index, what it holds, what went wrong."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from html import escape
from urllib.parse import unquote

import altair as alt
import streamlit as st

from corpus.errors import CorpusError
from corpus.labels import KINDS, UNKNOWN
from corpus.models import DocumentKind
from corpus.store import Store
from index.build import index_folder
from index.errors import ForeignIndex, IndexCorrupt, IndexUnusable, ModelUnavailable
from index.manifest import check_current, check_parts, read_manifest
from index.wording import vietnamese_time
from pages.chart_colours import GREEN, ink
from pages.drawing import count_of, table_html
from pages.frame import note, require_settings, require_store, section, show_error, title
from pages.jobs import Job, job_board
from pages.opened import list_documents, open_encoder
from settings import Settings

_BARS = 15
_PROBLEMS = 200


def show() -> None:
    """The page."""
    settings = require_settings()
    title("Kho dữ liệu")
    note(f"Thư mục: {settings.store}")
    store = require_store(settings)
    try:
        _show_counts(store)
        section("Chỉ mục tìm kiếm")
        _show_index(settings, store)
        _show_charts(list_documents(store))
        _show_problems(store.problems())
    except CorpusError as error:
        show_error(error)


def _show_counts(store: Store) -> None:
    state = store.state()
    counts = (
        ("Văn bản", count_of(state.documents)),
        ("Đoạn", count_of(state.passages)),
        ("Chỉ được nhắc tới", count_of(store.count_mentioned_only())),
        ("Thay đổi lần cuối", vietnamese_time(state.updated_at) if state.updated_at else UNKNOWN),
    )
    cells = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in counts)
    st.html(f'<dl class="cc-counts">{cells}</dl>')


def _show_index(settings: Settings, store: Store) -> None:
    job = job_board(settings).current()
    if job is not None and not job.state().finished:
        st.info("Đang đọc văn bản và lập chỉ mục.")
        st.page_link("pages/them_van_ban.py", label="Xem tiến độ")
        return
    try:
        encoder = open_encoder(settings)
        manifest = read_manifest(index_folder(store))
        check_parts(manifest, store.state(), encoder.fingerprint)
        check_current(manifest, store.state())
    except ModelUnavailable as error:
        show_error(error)
    except IndexUnusable as error:
        show_error(error)
        rebuild = isinstance(error, (ForeignIndex, IndexCorrupt))
        if st.button("Dựng lại chỉ mục" if rebuild else "Cập nhật chỉ mục", type="primary"):
            _begin(settings, rebuild=rebuild)
    else:
        st.html(
            f'<p class="cc-outcome cc-found">Chỉ mục khớp với kho: {count_of(manifest.passages)} đoạn, '
            f"mô hình {escape(encoder.name)}.</p>"
        )
        with st.expander("Câu trả lời báo lỗi chỉ mục?"):
            note("Dựng lại từ kho; các đoạn đã mã hóa được dùng lại nên thường nhanh.")
            if st.button("Dựng lại chỉ mục từ đầu"):
                _begin(settings, rebuild=True)


def _begin(settings: Settings, *, rebuild: bool) -> None:
    if job_board(settings).begin(Job(settings, open_encoder(settings), (), rebuild=rebuild)):
        st.switch_page("pages/them_van_ban.py")
    st.warning("Đang có một lần thêm văn bản khác chạy dở. Hãy đợi nó xong.")


# --- what it holds


def _show_charts(rows: tuple[sqlite3.Row, ...]) -> None:
    section("Theo loại")
    _show_bars(KINDS[DocumentKind(row["kind"])] for row in rows)
    section("Theo tỉnh, thành phố")
    _show_bars(row["province"] or "Không rõ, hoặc cấp trung ương" for row in rows)


def _show_bars(values: Iterable[str]) -> None:
    counted = Counter(values).most_common()
    shown = counted[:_BARS]
    if rest := sum(number for _, number in counted[_BARS:]):
        shown.append(("Các nơi khác", rest))
    data = alt.InlineData(values=[{"name": name, "number": number} for name, number in shown])
    names = [name for name, _ in shown]
    base = alt.Chart(data).encode(
        x=alt.X("number:Q", title=None, axis=None),
        y=alt.Y("name:N", title=None, sort=names, axis=alt.Axis(labelLimit=220, ticks=False, domain=False)),
        tooltip=[alt.Tooltip("name:N", title="Nhóm"), alt.Tooltip("number:Q", title="Số văn bản")],
    )
    bars = base.mark_bar(color=GREEN, height=16)
    numbers = base.mark_text(align="left", dx=5, fontSize=14, color=ink()).encode(text="number:Q")
    chart = (bars + numbers).properties(height=30 * len(shown) + 10).configure_view(stroke=None)
    st.altair_chart(
        chart.configure_axis(labelFontSize=14, grid=False),
        alt="; ".join(f"{name}: {number}" for name, number in shown),
    )


def _show_problems(problems: tuple[tuple[str, str, str], ...]) -> None:
    section("Trang không đọc được")
    if not problems:
        st.html('<p class="cc-source">Không có.</p>')
        return
    rows = [(unquote(uri).rsplit("/", 1)[-1], message) for uri, _, message in problems[:_PROBLEMS]]
    st.html(table_html(("Tệp", "Lý do và cách xử lý"), rows, "Trang không đọc được"))
    if len(problems) > _PROBLEMS:
        note(f"… và {count_of(len(problems) - _PROBLEMS)} trang khác.")


show()
