"""The part "Khoảng trống": the numbers of each series, held, missing or only mentioned; sources that fell silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from corpus.collect import FRONTIER
from corpus.coverage import Coverage, Series, read_coverage
from corpus.coverage_report import coverage_csv, describe_notes, name_scope, why_uncounted
from corpus.coverage_strip import Mark, Segment, strip_of
from corpus.labels import UNKNOWN, today, vietnamese_date
from corpus.store import Store
from ingest.activity import SourceActivity, is_quiet
from ingest.crawl.frontier import Frontier
from ingest.errors import FrontierError
from pages.drawing import count_of, table_html
from pages.frame import ADDING, COLLECTING, link_to_part, note, section, show_error
from pages.opened import edition_key

_SERIES = 12  # drawn at once
_SEGMENTS = 160  # of a strip
_ALL = "Tất cả"
_SIGNS = {Mark.HELD: "●", Mark.MISSING: "○", Mark.MENTIONED: "◇"}
_CLASSES = {Mark.HELD: "cc-num-held", Mark.MISSING: "cc-num-missing", Mark.MENTIONED: "cc-num-mentioned"}


def show_gaps(store: Store) -> None:
    """The part of the page."""
    coverage = _read_coverage(store, *edition_key(store))
    if not any(one.documents for one in coverage.series):
        st.info(
            "Kho chưa có văn bản nào mang số thuộc một dãy, nên chưa thể nói thiếu số nào. Khi có, ví dụ, 05/QĐ-UBND và "
            "08/QĐ-UBND của cùng một cơ quan trong một năm, trang này cho biết còn thiếu 06 và 07."
        )
    else:
        _show_series(coverage)
    _show_sources(store, coverage)


@st.cache_resource(show_spinner="Đang đối chiếu các dãy số…", max_entries=2)
def _read_coverage(_store: Store, store_id: str, revision: int, edition: int) -> Coverage:
    return read_coverage(_store)


# --- series


def _show_series(coverage: Coverage) -> None:
    section("Những số có, thiếu, chỉ được nhắc tới")
    issuers = Counter[str]()
    for one in coverage.series:
        if one.documents:
            issuers[_issuer(one)] += one.documents
    ranked = [name for name, _ in issuers.most_common()]
    left, middle, right = st.columns([3, 2, 2], vertical_alignment="bottom")
    issuer = left.selectbox(
        "Cơ quan ban hành",
        [*ranked, _ALL],
        key="co-quan",
        bind="query-params",
    )
    of_issuer = [one for one in coverage.series if one.documents and issuer in (_ALL, _issuer(one))]
    scopes = list(dict.fromkeys(name_scope(one) for one in sorted(of_issuer, key=_latest)))
    scope = middle.selectbox("Năm, nhiệm kỳ", [_ALL, *scopes], key="nam", bind="query-params")
    only_gaps = right.toggle("Chỉ dãy có số thiếu", key="chi-thieu", bind="query-params")
    shown = [
        one
        for one in sorted(of_issuer, key=_latest)
        if scope in (None, _ALL, name_scope(one)) and (one.missing or not only_gaps)
    ]
    if not shown:
        st.info("Không có dãy nào như vậy trong kho. Hãy chọn năm khác, hoặc bỏ “Chỉ dãy có số thiếu”.")
        return
    total, *notes = describe_notes(shown, coverage, unshown=0)
    st.html(f'<p class="cc-source" role="status">{escape(total)}</p>{_legend()}')
    for one in shown[:_SERIES]:
        st.html(series_html(one))
    if len(shown) > _SERIES:
        note(f"… và {count_of(len(shown) - _SERIES)} dãy nữa, có trong tệp .csv; hãy chọn cơ quan hoặc năm.")
    with st.container(horizontal=True):
        name = "khoang-trong.csv"
        st.download_button("Tải các dãy này (.csv)", coverage_csv(shown), name, "text/csv", on_click="ignore")
        st.download_button(
            "Tải mọi dãy (.csv)",
            lambda: coverage_csv(coverage.series),
            "khoang-trong-tat-ca.csv",
            "text/csv",
            on_click="ignore",
        )
    others = sum(not one.documents for one in coverage.series)
    for line in notes:
        note(line)
    if others:
        note(f"Ngoài ra có {count_of(others)} dãy chỉ được nhắc tới, có trong tệp .csv của mọi dãy.")
    st.html(link_to_part(ADDING, "Có văn bản còn thiếu? Thêm vào kho"))


def _issuer(series: Series) -> str:
    return series.issuer or f"Cơ quan {UNKNOWN} (mã {series.key.code})"


def _latest(series: Series) -> tuple[bool, int, int]:
    """The latest year first, then the fullest series; an unknown year last."""
    return (series.key.year is None, -(series.key.year or 0), -series.documents)


def series_html(series: Series) -> str:
    """One series: its name, how much of it is there, its numbers in a strip."""
    name = " ".join(filter(None, [series.type, f"…{series.key.ending}"]))
    segments = strip_of(series)
    heading = f"{name}, {name_scope(series)}"
    others = [(text, Mark.HELD) for text in series.others]
    others += [(text, Mark.MENTIONED) for text in series.mentioned_others]
    return (
        f'<section class="cc-series"><h3 class="cc-part">{escape(_issuer(series))}: {escape(heading)}</h3>'
        f'<p class="cc-source">{escape("; ".join(_tell(series, segments)))}.</p>'
        f"{_strip_html(segments, others, heading)}</section>"
    )


def _tell(series: Series, segments: Sequence[Segment]) -> Iterator[str]:
    """How many numbers are held, missing and mentioned, and what is odd among them."""
    yield f"Có {count_of(series.documents)} văn bản"
    unseen = sum(segment.count for segment in segments if segment.mark is Mark.MISSING)
    seen = series.missing_count - unseen  # missing, but mentioned somewhere
    if series.key.countable:
        among = f", trong đó {count_of(seen)} số được nhắc tới" if seen else ""
        if series.missing_count:
            yield f"thiếu {count_of(series.missing_count)} số{among}"
    else:
        yield f"không xét số thiếu: {why_uncounted(series)}"
    others = len(series.mentioned) + len(series.mentioned_others) - seen
    if others:
        yield f"{count_of(others)} số {'khác ' if seen else ''}chỉ được nhắc tới"
    if series.lowest is not None and series.lowest > 1:
        yield f"chưa có số nào dưới {series.lowest:02}"
    for one in series.duplicates:
        what = "cùng nội dung" if one.copies else "nội dung khác nhau, cần xem lại"
        yield f"trùng số {one.number.zfill(2)} ({count_of(len(one.documents))} văn bản, {what})"


def _strip_html(segments: Sequence[Segment], others: Sequence[tuple[str, Mark]], label: str) -> str:
    cells = [_cell(segment.numbers, segment.mark, segment.count) for segment in segments[:_SEGMENTS]]
    cells += [_cell(text, mark, 1) for text, mark in others[:20]]
    if len(segments) > _SEGMENTS:
        cells.append(f"<li>… và {count_of(len(segments) - _SEGMENTS)} khoảng nữa, có trong tệp .csv</li>")
    return f'<ul class="cc-strip" aria-label="{escape(label)}">{"".join(cells)}</ul>'


def _cell(numbers: str, mark: Mark, count: int) -> str:
    many = f" ({count_of(count)} số)" if count > 2 else ""
    return (
        f'<li class="cc-num {_CLASSES[mark]}" title="{escape(numbers)}: {mark}{many}">'
        f'<span aria-hidden="true">{_SIGNS[mark]} </span>{escape(numbers)}'
        f'<span class="cc-hidden">: {mark}{many}</span></li>'
    )


def _legend() -> str:
    entries = "".join(
        f'<li class="cc-num {_CLASSES[mark]}"><span aria-hidden="true">{_SIGNS[mark]} </span>{mark}</li>'
        for mark in Mark
    )
    return f'<ul class="cc-strip cc-legend" aria-label="Chú giải">{entries}</ul>'


# --- sources


def _show_sources(store: Store, coverage: Coverage) -> None:
    section("Nguồn và lần có trang mới gần nhất")
    try:
        activities = read_activities(store)
    except FrontierError as error:
        show_error(error)
        activities = ()
    rows = [
        (
            one.source or "Tệp trên máy",
            count_of(one.documents),
            f"thêm bằng tay, đọc gần nhất {vietnamese_date(one.last_read_at[:10])}",
        )
        for one in coverage.sources
    ]
    rows += [(one.source, count_of(one.pages), _tell_activity(one)) for one in activities]
    if rows:
        st.html(table_html(("Nguồn", "Trang", "Tình trạng"), rows, "Nguồn của kho"))
    else:
        note("Chưa có nguồn nào.")
    if not activities:
        st.html(link_to_part(COLLECTING, "Chưa thu thập lần nào: xem các nguồn có thể thu thập"))


def _tell_activity(activity: SourceActivity) -> str:
    found = is_quiet(activity, today())
    failed = f"; {count_of(activity.failed)} trang lỗi" if activity.failed else ""
    return f"{'Đã im tiếng: ' if found.quiet else ''}{found.why}{failed}"


def read_activities(store: Store) -> tuple[SourceActivity, ...]:
    """What crawls have seen of each source; none where there was no crawl. Raises FrontierError."""
    path = store.folder / FRONTIER
    if not path.exists():
        return ()
    with Frontier.open_reading(path) as frontier:
        return frontier.activities()
