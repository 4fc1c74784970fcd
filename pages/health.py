"""The part "Sức khỏe": the index and its rebuilding, the checks of `cancu doctor`, pages that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import unquote

import streamlit as st

from corpus.intake_report import split_remedy
from corpus.store import Store
from doctor import Check, examine
from index.build import index_folder
from index.errors import ForeignIndex, IndexCorrupt, IndexUnusable, ModelUnavailable
from index.manifest import check_current, check_parts, read_manifest
from index.wording import vietnamese_time
from pages.drawing import count_of, plain, table_html
from pages.following import begin, follow
from pages.frame import note, section, show_error
from pages.jobs import Job, job_board
from pages.opened import has_store, open_encoder, open_store, state_key
from settings import Settings

_PROBLEMS = 200


def show_health(settings: Settings) -> None:
    """The part of the page."""
    store = open_store(settings) if has_store(settings) else None
    section("Chỉ mục tìm kiếm")
    if job_board(settings).running() is not None:
        follow(settings)
    elif store is None or not store.state().documents:
        note("Kho chưa có văn bản nào nên chưa cần chỉ mục.")
    else:
        _show_index(settings, store)
    section("Kiểm tra hệ thống")
    _show_checks(settings, state_key(store) if store is not None else None)
    if store is not None:
        _show_problems(store.problems())


def _show_index(settings: Settings, store: Store) -> None:
    job = job_board(settings).current()
    if job is not None and (error := job.state().error):
        st.error(plain(error))
    try:
        encoder = open_encoder(settings)
        manifest = read_manifest(index_folder(store))
        check_parts(manifest, store.state(), encoder.fingerprint)
        check_current(manifest, store.state())
    except ModelUnavailable as unavailable:
        show_error(unavailable)
    except IndexUnusable as unusable:
        show_error(unusable)
        rebuild = isinstance(unusable, (ForeignIndex, IndexCorrupt))
        if st.button("Dựng lại chỉ mục" if rebuild else "Cập nhật chỉ mục", type="primary"):
            begin(settings, Job(settings, open_encoder(settings), rebuild=rebuild))
    else:
        st.html(
            f'<p class="cc-outcome cc-found">Chỉ mục khớp với kho: {count_of(manifest.passages)} đoạn, '
            f"mô hình {escape(encoder.name)}.</p>"
        )
        with st.expander("Câu trả lời báo lỗi chỉ mục?"):
            note("Dựng lại từ kho; các đoạn đã mã hóa được dùng lại nên thường nhanh.")
            if st.button("Dựng lại chỉ mục từ đầu"):
                begin(settings, Job(settings, encoder, rebuild=True))


# --- checks


def _show_checks(settings: Settings, state: tuple[str, int, int] | None) -> None:
    at, checks = _examine(repr(settings), state, settings)
    wrong = sum(not check.ok for check in checks)
    told = f"{count_of(wrong)} mục cần xử lý." if wrong else "Mọi mục đều ổn."
    st.html(
        f'<p class="cc-outcome {"cc-refused" if wrong else "cc-found"}" role="status">{told}</p>'
        f'<ul class="cc-checks">{"".join(map(_check_html, sorted(checks, key=lambda check: check.ok)))}</ul>'
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Kiểm tra lại"):
            _examine.clear()
            st.rerun()
        note(f"Kiểm tra lúc {at}. Trên dòng lệnh: cancu doctor")


@st.cache_data(show_spinner="Đang kiểm tra…", ttl=120, max_entries=2)
def _examine(
    settings_told: str, state: tuple[str, int, int] | None, _settings: Settings
) -> tuple[str, Sequence[Check]]:
    from datetime import UTC, datetime

    checks = [check for check in examine(_settings) if check.name != "Tệp không đọc được"]  # shown below
    return vietnamese_time(datetime.now(UTC).isoformat()), checks


def _check_html(check: Check) -> str:
    sign, word = ("✓", "ổn") if check.ok else ("✗", "cần xử lý")
    remedy = (
        f'<span class="cc-remedy">Cách xử lý: {escape(check.remedy)}</span>'
        if check.remedy and not check.ok
        else ""
    )
    return (
        f'<li class="{"cc-check-ok" if check.ok else "cc-check-wrong"}"><span aria-hidden="true">{sign} </span>'
        f"<b>{escape(check.name)}</b> ({word}): {escape(check.message)}{remedy}</li>"
    )


# --- problems


def _show_problems(problems: tuple[tuple[str, str, str], ...]) -> None:
    section("Trang không đọc được")
    if not problems:
        st.html('<p class="cc-source">Không có.</p>')
        return
    rows = [(unquote(uri).rsplit("/", 1)[-1], *split_remedy(told)) for uri, _, told in problems[:_PROBLEMS]]
    st.html(table_html(("Tệp", "Lý do", "Cách xử lý"), rows, "Trang không đọc được"))
    if len(problems) > _PROBLEMS:
        note(f"… và {count_of(len(problems) - _PROBLEMS)} trang khác.")
