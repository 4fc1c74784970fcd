"""What stands around every page: language, style, the name of the collection, errors and the empty store."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from html import escape
from pathlib import Path
from threading import Event
from urllib.parse import quote_plus, urlsplit

import streamlit as st

from corpus.errors import CorpusError
from corpus.store import Store
from index.errors import IndexRoomError, IndexUnusable
from pages.drawing import plain
from pages.opened import has_store, open_store, page_settings
from settings import Settings, SettingsError

# The parts of the page Kho dữ liệu that others lead to.
ADDING, COLLECTING, HEALTH = "Thêm văn bản", "Thu thập", "Sức khỏe"

_STYLE = Path(__file__).with_name("style.css")
_SCRIPT = Path(__file__).with_name("frame.js")


def settle_first_address() -> None:
    """Load the address again where it is the first one of the process and not the front page.

    Beside a folder named `pages`, Streamlit takes every file in it for a page until `st.navigation` has run
    once, so that the first address of a new server would be called unknown.
    """
    begun = _begun()
    if begun.is_set():
        return
    begun.set()
    if st.context.url and urlsplit(st.context.url).path.strip("/"):
        st.html("<script>location.reload()</script>", unsafe_allow_javascript=True)
        st.stop()


@st.cache_resource(show_spinner=False)
def _begun() -> Event:
    return Event()


def draw_frame(paths: Sequence[str]) -> None:
    """Language and style, then the name of the collection where it has one.

    `paths`: of all pages, as `st.Page.url_path`; a theme chosen on one of them holds on all.
    """
    st.html(_script(tuple(paths), st.get_option("server.baseUrlPath")), unsafe_allow_javascript=True)
    st.html(_STYLE)
    try:
        settings = page_settings()
        label = open_store(settings).label() if has_store(settings) else None
    except (CorpusError, SettingsError):
        return  # the page itself shows the error
    if label:
        st.html(f'<p class="cc-label" role="note">{escape(label)}</p>')


@cache
def _script(paths: tuple[str, ...], base: str) -> str:
    prefix = f"/{base.strip('/')}" if base.strip("/") else ""
    addresses = json.dumps([f"{prefix}/{path}" for path in paths])
    return f"<script>({_SCRIPT.read_text('utf-8')})({addresses})</script>"


def title(text: str, tagline: str = "") -> None:
    """The heading of a page."""
    below = f'<p class="cc-tagline">{escape(tagline)}</p>' if tagline else ""
    st.html(f'<h1 class="cc-title-page">{escape(text)}</h1>{below}')


def section(text: str) -> None:
    """The heading of a part of a page."""
    st.html(f'<h2 class="cc-section">{escape(text)}</h2>')


def note(text: str) -> None:
    """A line in smaller, quieter type."""
    st.html(f'<p class="cc-as-of">{escape(text)}</p>')


def show_error(error: Exception) -> None:
    """A typed error: its Vietnamese message, nothing of its inside."""
    st.error(plain(str(error)))


@contextmanager
def errors_told() -> Iterator[None]:
    """Errors of the store and the index become their message; one of the index also leads to where it is mended."""
    try:
        yield
    except IndexUnusable as error:
        show_error(error)
        st.html(link_to_part(HEALTH, "Cập nhật chỉ mục ở trang Kho dữ liệu"))
    except (IndexRoomError, CorpusError) as error:
        show_error(error)


def require_settings() -> Settings:
    """The settings; where they are wrong the page says so and ends."""
    try:
        return page_settings()
    except SettingsError as error:
        show_error(error)
        st.stop()


def require_store(settings: Settings) -> Store:
    """A store that holds documents; where there is none the page leads to adding some, and ends."""
    try:
        store = open_store(settings) if has_store(settings) else None
        filled = store is not None and store.state().documents > 0
    except CorpusError as error:
        show_error(error)
        st.stop()
    if store is None or not filled:
        _lead_to_adding()
        st.stop()
    return store


def _lead_to_adding() -> None:
    st.info("Kho chưa có văn bản nào. Hãy thêm văn bản để bắt đầu hỏi và tra cứu.")
    st.html(link_to_part(ADDING, "Thêm văn bản vào kho"))


def link_to_part(part: str, label: str) -> str:
    """A link to a part of the page Kho dữ liệu; not `st.page_link`, which leads nowhere from that page itself."""
    address = f"kho-du-lieu?phan={quote_plus(part)}"
    return f'<p class="cc-part-link"><a href="{address}" target="_self">{escape(label)}</a></p>'
