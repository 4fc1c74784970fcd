"""Tra cứu: documents by words, by number and by facets; what is chosen stands in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

import streamlit as st

from corpus.effect import Effect
from corpus.facets import Filters
from corpus.labels import FACETS, UNKNOWN
from index.exports.listed import ENDINGS, gather_list
from index.lookup.address import (
    MOST_CHOSEN,
    Asked,
    choose,
    values_of,
)
from index.lookup.catalogue import Card, Catalogue
from index.lookup.finding import Found, explain_documents, find_near
from index.lookup.listing import SORTS, Listing, Sort, list_results
from index.lookup.numbers import NumberTable
from index.models import Hit
from pages.drawing import count_of, name_source, plain, shorten
from pages.frame import errors_told, note, require_settings, require_store, section, title
from pages.lookup_drawing import (
    NEAR,
    card_html,
    name_for_label,
    name_value,
    tell_absent,
    tell_card,
    tell_count,
    tell_filters,
    tell_unknown,
)
from pages.lookup_facets import draw_facets
from pages.lookup_state import change, keep_address, take_address
from pages.opened import find_listed, open_catalogue, open_searcher, warm_encoder
from pages.search_box import draw_search_box
from settings import Settings

_PER_PAGE = 20
_FEW = 5  # results under filters, below which those near in meaning are shown too
_ABSENT = 3  # numbers asked for that are told not to be held
_FILES = {".xlsx": "Excel", ".csv": "CSV", ".docx": "Word"}
_EXAMPLES = ("nông thôn mới", "chuyển đổi số", "NĐ 30", "giam ngheo ben vung")


def show() -> None:
    """The page."""
    settings = require_settings()
    store = require_store(settings)
    catalogue, numbers = open_catalogue(store)
    title(
        "Tra cứu văn bản",
        "Gõ từ khóa hay số hiệu, lọc theo loại, cơ quan, tỉnh, năm; chọn kết quả để xuất danh mục.",
    )
    asked = take_address(catalogue)
    with st.container(key="lookup_box_row"):
        draw_search_box(numbers, asked.words)
        if not asked.words:
            _suggest()
            warm_encoder(settings)
    with errors_told():
        found = find_listed(settings, store, asked.words) if asked.words else None
        listing = list_results(catalogue, filters=asked.filters, sort=asked.order, found=found)
        with st.container(key="lookup"):
            with st.container(key="lookup_facets"):
                draw_facets(asked, listing)
            with st.container(key="lookup_results"):
                if found is not None:
                    _draw_absent(numbers, found)
                _draw_results(settings, catalogue, asked, listing, found)
    keep_address()


def _suggest() -> None:
    with st.container(key="lookup_examples", horizontal=True, vertical_alignment="center", gap="small"):
        _line("Ví dụ:")
        for words in _EXAMPLES:
            st.button(words, key=f"example_{words}", on_click=partial(change, words=words))


def _line(text: str) -> None:
    """A quiet line as wide as its words, with what can be done beside it."""
    st.html(f'<p class="cc-as-of">{escape(text)}</p>', width="content")


# --- results


def _draw_results(
    settings: Settings, catalogue: Catalogue, asked: Asked, listing: Listing, found: Found | None
) -> None:
    held = len(catalogue.cards())
    filters = tell_filters(asked.filters)
    if filters:
        note(f"Đang lọc theo {filters}.")
    with st.container(horizontal=True, vertical_alignment="center", key="lookup_head"):
        told = tell_count(listing, held, asked.words, found)
        st.html(f'<p class="cc-as-of cc-total" role="status">{escape(told)}</p>')
        _draw_sort(asked)
    if unknown := tell_unknown(listing.narrowing):
        _draw_unknown(asked, listing, unknown)
    if asked.order in (Sort.NEWEST, Sort.OLDEST) and 0 < listing.undated < listing.documents:
        note(f"{count_of(listing.undated)} văn bản không rõ ngày, xếp cuối.")
    if not listing.groups:
        _draw_nothing(catalogue, asked, listing)
    else:
        _draw_export(catalogue, asked, listing)
    pages = max(1, -(-len(listing.groups) // _PER_PAGE))
    page = min(asked.page, pages)
    first = (page - 1) * _PER_PAGE
    shown = listing.groups[first : first + _PER_PAGE]
    hits: Mapping[str, Hit] = {}
    if found is not None and shown:
        hits = explain_documents(
            open_searcher(settings, catalogue.store), found, [group[0] for group in shown]
        )
    whole = min(max(listing.near - first, 0), len(shown))
    _draw_groups(catalogue, asked, shown[:whole], hits)
    if whole < len(shown):
        section(NEAR)
        _draw_groups(catalogue, asked, shown[whole:], hits)
    if pages > 1:
        _draw_pager(page, pages)
    if found is not None and asked.filters and len(listing.groups) < _FEW:
        _draw_near(settings, catalogue, asked, found)


def _draw_absent(numbers: NumberTable, found: Found) -> None:
    """The numbers asked for that the store does not hold; of one that nobody knows, those that are like it."""
    for symbol, mentioning in list(found.absent.items())[:_ABSENT]:
        st.html(f'<p class="cc-notice">{escape(tell_absent(symbol, mentioning))}</p>')
        like = (
            [] if mentioning else [one.symbol for one in numbers.suggest(symbol) if one.near and one.symbol]
        )
        if like:
            with st.container(horizontal=True, vertical_alignment="center", key=f"lookup_like_{symbol}"):
                _line("Số gần giống:")
                for other in dict.fromkeys(like):
                    st.button(plain(other), key=f"like_{other}", on_click=partial(change, words=other))


def _draw_sort(asked: Asked) -> None:
    orders = [sort for sort in Sort if asked.words or sort is not Sort.RELEVANCE]
    st.session_state["lookup_sort"] = asked.order
    with st.container(horizontal=True, vertical_alignment="center", key="lookup_sort_row", width="content"):
        _line("Sắp xếp:")
        st.selectbox(
            "Sắp xếp",
            orders,
            label_visibility="collapsed",
            format_func=SORTS.__getitem__,
            key="lookup_sort",
            on_change=lambda: change(sort=st.session_state["lookup_sort"]),
            width=230,
        )


def _draw_unknown(asked: Asked, listing: Listing, told: str) -> None:
    """What was left out for want of knowing, and a way to let it in."""
    filters = asked.filters
    for facet in listing.narrowing.unknown_by:
        if values_of(filters, facet):
            filters = choose(filters, facet, (*values_of(filters, facet), UNKNOWN))
    with st.container(horizontal=True, vertical_alignment="center", key="lookup_unknown"):
        _line(told)
        st.button("Tính cả các văn bản đó", on_click=partial(change, filters=filters), type="tertiary")


def _draw_nothing(catalogue: Catalogue, asked: Asked, listing: Listing) -> None:
    """What can be loosened, each with what it would give."""
    st.info("Không có văn bản nào khớp tất cả điều kiện. Hãy nới một điều kiện:")
    with st.container(key="lookup_loosen", gap="small"):
        for facet, count in listing.narrowing.freed.items():
            names = ", ".join(name_value(facet, value) for value in values_of(asked.filters, facet))
            if count:
                st.button(
                    plain(f"Bỏ lọc {FACETS[facet]}: {names} ({count_of(count)} văn bản)"),
                    key=f"loosen_{facet}",
                    on_click=partial(change, filters=choose(asked.filters, facet, ())),
                )
        if asked.words and asked.filters:
            alone = len(catalogue.facets.narrow(asked.filters).documents)
            st.button(
                plain(f"Bỏ từ khóa “{asked.words}” ({count_of(alone)} văn bản)"),
                key="loosen_words",
                on_click=partial(change, words="", sort=None),
            )
        if asked.filters:
            st.button(
                plain(f"Bỏ mọi bộ lọc ({count_of(listing.asked)} văn bản)"),
                key="loosen_all",
                on_click=partial(change, filters=Filters()),
            )
        else:
            st.button("Xem toàn bộ kho", key="loosen_words", on_click=partial(change, words="", sort=None))


def _draw_groups(
    catalogue: Catalogue, asked: Asked, groups: Sequence[Sequence[str]], hits: Mapping[str, Hit]
) -> None:
    cards = catalogue.cards()
    effects = catalogue.facets.effects(group[0] for group in groups)
    for first, *others in groups:
        _draw_result(catalogue, asked, cards[first], effects[first], hits.get(first), others)


def _draw_result(
    catalogue: Catalogue, asked: Asked, card: Card, effect: Effect, hit: Hit | None, others: Sequence[str]
) -> None:
    copies = [name_source(one) for one in catalogue.store.sources(others)]
    address = {"doc": card.document_id}
    if hit is not None and hit.passage.document_id == card.document_id:
        address |= {
            "v": catalogue.store.tag(card.document_id),
            "start": str(hit.passage.start),
            "end": str(hit.passage.end),
        }
    with st.container(border=True, gap="xxsmall"):
        with st.container(
            horizontal=True, vertical_alignment="top", gap="xsmall", key=f"lookup_item_{card.document_id}"
        ):
            key = f"chosen_{card.document_id}"
            st.session_state[key] = card.document_id in asked.chosen
            st.checkbox(
                f"Chọn {name_for_label(card.symbol or card.title)}",
                key=key,
                label_visibility="collapsed",
                on_change=_take_chosen,
                args=(card.document_id, key),
                width="content",
            )
            label = plain(shorten(card.title, 200)) or plain(tell_card(card))
            st.page_link("pages/doc_van_ban.py", label=label, query_params=address, width="stretch")
        st.html(card_html(card, effect, hit, copies))


def _draw_near(settings: Settings, catalogue: Catalogue, asked: Asked, found: Found) -> None:
    """Where the filters leave little: what passes them and is near in meaning, not counted above."""
    searcher = open_searcher(settings, catalogue.store)
    near = [one for one in find_near(searcher, found, asked.filters) if one in catalogue.cards()]
    groups = catalogue.group(near)
    if groups:
        section("Cùng bộ lọc, gần nghĩa hơn cả (không tính ở trên)")
        hits = explain_documents(searcher, found, [group[0] for group in groups])
        _draw_groups(catalogue, asked, groups, hits)


def _draw_pager(page: int, pages: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="lookup_pager"):
        st.button("Trang trước", disabled=page == 1, on_click=partial(change, page=page - 1))
        st.button("Trang sau", disabled=page == pages, on_click=partial(change, page=page + 1))
        _line(f"Trang {page} / {pages}")


# --- chosen results, export


def _take_chosen(document_id: str, key: str) -> None:
    asked: Asked = st.session_state["lookup"]
    rest = tuple(one for one in asked.chosen if one != document_id)
    chosen = (*rest, document_id) if st.session_state[key] else rest
    change(chosen=chosen[-MOST_CHOSEN:], page=asked.page)


def _draw_export(catalogue: Catalogue, asked: Asked, listing: Listing) -> None:
    """The chosen results as a file; all of them where none is chosen."""
    chosen = asked.chosen or tuple(group[0] for group in listing.groups)
    told = "; ".join(
        part for part in (asked.words and f"“{asked.words}”", tell_filters(asked.filters)) if part
    )
    folded = ", các bản trùng tính một" if len(chosen) < listing.documents else ""
    which = (
        f"{count_of(len(chosen))} văn bản đã chọn"
        if asked.chosen
        else f"cả {count_of(len(chosen))} kết quả{folded}"
    )
    with st.container(horizontal=True, vertical_alignment="center", key="lookup_export", gap="small"):
        _line(f"Xuất {which}:")
        for ending, name in _FILES.items():
            st.download_button(
                name,
                data=partial(_write, catalogue, chosen, told, ending),
                file_name=f"danh-muc{ending}",
                key=f"export_{ending}",
                on_click="ignore",
            )
        if asked.chosen:
            st.button("Bỏ chọn tất cả", on_click=partial(change, chosen=(), page=asked.page), type="tertiary")


def _write(catalogue: Catalogue, document_ids: Sequence[str], told: str, ending: str) -> bytes:
    return ENDINGS[ending](gather_list(catalogue, document_ids, asked=told))


show()
