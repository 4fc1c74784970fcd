"""The part "Tổng quan": how much the store holds, and of what; every chart with its table."""

from __future__ import annotations

from html import escape

import streamlit as st

from corpus.facets import Facet, FacetTable
from corpus.holdings import Holding, read_holdings, shorten_bars
from corpus.labels import FACET_UNITS, UNKNOWN, today
from corpus.store import Store
from index.wording import vietnamese_time
from pages.bars import columns_spec, rows_spec
from pages.drawing import count_of, table_html
from pages.frame import note, section
from pages.opened import edition_key

_BARS = 12
_NAMES = {Facet.PROVINCE: "Theo đơn vị khi ban hành", Facet.PROVINCE_TODAY: "Theo tỉnh, thành phố hiện nay"}


def show_holdings(store: Store) -> None:
    """The part of the page."""
    held = _read_holdings(store, *edition_key(store), today().isoformat())
    _show_counts(store, held[Facet.KIND])
    _show_chart(
        "Theo nguồn",
        held[Facet.SOURCE],
        "Nguồn",
        "Tệp riêng lẻ trên máy, không rõ nơi đăng, tính là không rõ.",
    )
    _show_chart("Theo loại văn bản", held[Facet.TYPE], "Loại văn bản", _of_news(held[Facet.TYPE]))
    _show_provinces(held)
    _show_chart(
        "Theo năm",
        held[Facet.YEAR],
        "Năm",
        "Năm ban hành; của bài báo là năm đăng.",
        upright=True,
    )
    _show_chart("Theo cấp ban hành", held[Facet.LEVEL], "Cấp", _of_news(held[Facet.LEVEL]))
    _show_chart(
        "Theo hiệu lực, tính đến hôm nay",
        held[Facet.EFFECT],
        "Hiệu lực",
        "Chỉ tính khi có chữ trong kho nói ra. Không rõ không có nghĩa là còn hiệu lực. "
        + _of_news(held[Facet.EFFECT]),
    )


@st.cache_resource(show_spinner="Đang đếm…", max_entries=2)
def _read_holdings(
    _store: Store, store_id: str, revision: int, edition: int, day: str
) -> dict[Facet, Holding]:
    return read_holdings(FacetTable(_store))


def _of_news(holding: Holding) -> str:
    if not holding.without:
        return ""
    return f"Không tính {count_of(holding.without)} bài báo, trang đưa tin: chúng không có mục này của riêng mình."


def _show_counts(store: Store, kinds: Holding) -> None:
    state = store.state()
    counts = (
        ("Trong kho", count_of(state.documents)),
        *((bar.name if bar.known else "Chưa rõ loại", count_of(bar.number)) for bar in kinds.bars),
        ("Đoạn để tìm kiếm", count_of(state.passages)),
        ("Văn bản chỉ được nhắc tới", count_of(_count_mentioned(store, *edition_key(store)))),
        ("Thay đổi lần cuối", vietnamese_time(state.updated_at) if state.updated_at else UNKNOWN),
    )
    cells = "".join(f"<div><dt>{escape(label)}</dt><dd>{value}</dd></div>" for label, value in counts)
    st.html(f'<dl class="cc-counts cc-counts-held">{cells}</dl>')


@st.cache_resource(show_spinner=False, max_entries=2)
def _count_mentioned(_store: Store, store_id: str, revision: int, edition: int) -> int:
    return _store.count_mentioned_only()


def _show_provinces(held: dict[Facet, Holding]) -> None:
    section("Theo tỉnh, thành phố")
    facet = st.radio(
        "Tính theo đơn vị nào",
        list(_NAMES),
        format_func=lambda chosen: _NAMES[chosen],
        horizontal=True,
        key="don-vi",
        bind="query-params",
    )
    holding = held[facet]
    told = (
        "Tên như khi văn bản ban hành: đơn vị cũ và đơn vị mới cùng tên đứng chung tên, không cộng đơn vị đã nhập."
        if facet is Facet.PROVINCE
        else "Đơn vị cũ được cộng vào tỉnh, thành phố đang chứa nó từ ngày 1/7/2025."
    )
    without = f" Không tính {count_of(holding.without)} văn bản của trung ương." if holding.without else ""
    _draw("Tỉnh, thành phố", "Theo tỉnh, thành phố", holding, told + without)


def _show_chart(heading: str, holding: Holding, axis: str, told: str = "", *, upright: bool = False) -> None:
    section(heading)
    _draw(axis, heading, holding, told, upright=upright)


def _draw(axis: str, heading: str, holding: Holding, told: str, *, upright: bool = False) -> None:
    if not holding.bars:
        note(f"Chưa có văn bản nào để tính. {told}")
        return
    bars = holding.bars if upright else shorten_bars(holding.bars, _BARS, FACET_UNITS[holding.facet])
    draw = columns_spec if upright else rows_spec
    st.vega_lite_chart(
        spec=draw(bars, axis),
        alt=f"{heading}. " + "; ".join(f"{bar.name}: {count_of(bar.number)}" for bar in bars),
    )
    if told:
        note(told)
    with st.expander(f"Bảng số: {heading[0].lower()}{heading[1:]}"):
        rows = [
            (bar.name, count_of(bar.number), _share(bar.number, holding.documents)) for bar in holding.bars
        ]
        st.html(table_html((axis, "Số văn bản", "Tỷ lệ"), rows, heading))


def _share(number: int, total: int) -> str:
    """ "12,5%"."""
    return f"{100 * number / total:.1f}%".replace(".", ",")
