"""Tìm câu trích: a theme, filters, and the sentences that may be quoted, each with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from types import MappingProxyType

import streamlit as st

from corpus.facets import Facet, FacetTable, Filters, value_of
from corpus.labels import today
from corpus.models import DocumentKind
from corpus.store import Store
from index.cards.wording import card_parameters
from index.quotable.finding import find_quotable
from index.quotable.models import FoundSentences, QuotableSentence
from index.search import Searcher
from pages.drawing import count_of, plain, shorten
from pages.frame import note, section
from pages.opened import open_document, open_searcher
from pages.quote_drawing import sentence_html
from settings import Settings

# Themes of the sample collection (tests/test_quotes_shown.py keeps them found).
EXAMPLES = ("xây dựng nông thôn mới", "chuyển đổi số", "dạy thêm, học thêm")
_HINTS = (
    "Gõ chủ đề bằng vài từ, như “chăm sóc sức khỏe nhân dân”; gõ không dấu cũng được.",
    "Chỉ những câu trọn vẹn, đúng từng chữ trong kho được đưa ra; văn bản đã hết hiệu lực bị để riêng.",
    "Mỗi câu được ghi rõ là lời của chính văn bản hay lời báo viết về văn bản.",
)
_SOURCES = MappingProxyType({"": "Văn bản và báo", "van-ban": "Chỉ văn bản", "bao": "Chỉ báo"})
_KINDS = MappingProxyType({"van-ban": DocumentKind.OFFICIAL, "bao": DocumentKind.NEWS})
_FIELDS = ("chu-de", "nguoi", "tinh", "nam", "nguon", "het")  # of the address
_COPIES = 3  # named
_LENGTH = 300


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for."""

    theme: str
    by: str
    province: str
    year: str
    source: str
    ended: bool

    @property
    def filters(self) -> Filters:
        year = int(self.year) if self.year.isdecimal() and 1900 <= int(self.year) <= 2100 else None
        return Filters(
            provinces=(self.province,) if self.province else (),
            first_day=date(year, 1, 1) if year else None,
            last_day=date(year, 12, 31) if year else None,
            kinds=(_KINDS[self.source],) if self.source in _KINDS else (),
        )


def show_find(settings: Settings, store: Store) -> None:
    """The part of the page."""
    section("Tìm câu trích theo chủ đề")
    state = store.state()
    key = (state.store_id, state.revision, state.edition, today())
    asked = _ask(*_values(store, key))
    if not asked.theme:
        items = "".join(f"<li>{hint}</li>" for hint in _HINTS)
        st.html(f'<ul class="cc-hints">{items}</ul>')
        _suggest()
        return
    searcher = open_searcher(settings, store)
    with st.spinner("Đang tìm câu trích…"):
        found = _find(searcher, key, asked)
    _show_found(store, asked, found)


@st.cache_resource(show_spinner=False, max_entries=64)
def _find(_searcher: Searcher, key: tuple[object, ...], asked: _Asked) -> FoundSentences:
    store = _searcher.store
    return find_quotable(
        _searcher,
        asked.theme,
        lambda document_id: open_document(store, document_id),
        filters=asked.filters,
        by=asked.by,
        ended=asked.ended,
    )


# --- asking


def _ask(provinces: tuple[str, ...], years: tuple[str, ...]) -> _Asked:
    """The form; the address says what is in it, and is told what is sent."""
    typed = {name: st.query_params.get(name, "") for name in _FIELDS}
    # Streamlit forgets the state of fields while another part of the page is shown.
    if st.session_state.get("find_seen") != typed or "find_chu-de" not in st.session_state:
        for name, value in typed.items():
            st.session_state[f"find_{name}"] = value == "1" if name == "het" else value
        st.session_state["find_seen"] = typed
    with st.form("find", border=False):
        st.text_input(
            "Chủ đề của câu cần trích",
            key="find_chu-de",
            max_chars=_LENGTH,
            placeholder="Ví dụ: xây dựng nông thôn mới",
            autocomplete="off",
        )
        narrowed = any(value for name, value in typed.items() if name != "chu-de")
        with st.expander("Lọc: người nói, cơ quan, tỉnh, năm, nguồn", expanded=narrowed):
            left, right = st.columns(2)
            left.text_input(
                "Người nói hoặc cơ quan ban hành", key="find_nguoi", max_chars=_LENGTH, autocomplete="off"
            )
            _select(right, "Nguồn", "nguon", tuple(_SOURCES), _SOURCES)
            left, right = st.columns(2)
            _select(left, "Tỉnh, thành phố", "tinh", ("", *provinces), {"": "Tất cả"})
            _select(right, "Năm", "nam", ("", *years), {"": "Tất cả"})
            st.checkbox("Cả câu của văn bản đã hết hiệu lực (được đánh dấu)", key="find_het")
        if st.form_submit_button("Tìm câu trích", type="primary"):
            sent = {name: _text(st.session_state[f"find_{name}"]) for name in _FIELDS}
            _tell_address(sent)
            if not sent["chu-de"]:
                st.warning("Hãy viết chủ đề của câu cần trích rồi nhấn Tìm câu trích.")
            typed = sent
    return _Asked(
        theme=typed["chu-de"],
        by=typed["nguoi"],
        province=typed["tinh"] if typed["tinh"] in provinces else "",
        year=typed["nam"],
        source=typed["nguon"],
        ended=typed["het"] == "1",
    )


def _select(
    place: st.delta_generator.DeltaGenerator,
    label: str,
    name: str,
    options: tuple[str, ...],
    names: Mapping[str, str],
) -> None:
    key = f"find_{name}"
    if st.session_state[key] not in options:  # an address may ask for what this store has not
        st.session_state[key] = ""
    place.selectbox(label, options, key=key, format_func=lambda value: names.get(value, value))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else "1" if value else ""


def _tell_address(sent: Mapping[str, str]) -> None:
    for name, value in sent.items():
        if value:
            st.query_params[name] = value
        elif name in st.query_params:
            del st.query_params[name]
    st.query_params["phan"] = "tim"
    st.session_state["find_seen"] = dict(sent)


@st.cache_resource(show_spinner=False, max_entries=2)
def _values(_store: Store, key: tuple[object, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(the provinces, the years) of the documents held."""
    rows = FacetTable(_store).documents().values()
    provinces = {row.province for row in rows if row.province}
    years = {year for row in rows if (year := value_of(row, Facet.YEAR))}
    return tuple(sorted(provinces)), tuple(sorted(years, reverse=True))


def _suggest() -> None:
    note("Ví dụ:")
    with st.container(horizontal=True, key="choices"):
        for theme in EXAMPLES:
            st.button(theme, key=f"example-{theme}", on_click=_choose, args=(theme,))


def _choose(theme: str) -> None:
    st.query_params.update({"phan": "tim", "chu-de": theme})


# --- what was found


def _show_found(store: Store, asked: _Asked, found: FoundSentences) -> None:
    if not found.sentences:
        _show_nothing(asked, found)
        return
    told = (
        f"{count_of(len(found.sentences))} câu trọn vẹn về “{found.theme}”, câu sát chủ đề nhất đứng trước."
    )
    st.html('<p class="cc-outcome cc-found" role="status">' + escape(told) + "</p>")
    for line in _left_out(found):
        note(line)
    for sentence in found.sentences:
        with st.container(border=True, gap="xsmall"):
            st.html(sentence_html(sentence, _name_copies(store, sentence)))
            _offer(sentence)


def _offer(sentence: QuotableSentence) -> None:
    """What can be done with a sentence."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button(
            f"Lập thẻ trích dẫn câu {sentence.rank}",
            key=f"card-{sentence.citation.document_id}-{sentence.citation.start}",
            on_click=_open_card,
            args=(sentence,),
        )
        st.page_link(
            "pages/doc_van_ban.py",
            label=f"Đọc câu {sentence.rank} trong văn bản",
            query_params=_span_of(sentence),
        )


def _show_nothing(asked: _Asked, found: FoundSentences) -> None:
    narrowed = asked.filters or asked.by
    told = f"Không tìm thấy câu nào trọn vẹn, trích được về “{found.theme}”" + (
        " với bộ lọc này." if narrowed else "."
    )
    st.html('<p class="cc-outcome cc-refused" role="status">' + escape(told) + "</p>")
    for line in _left_out(found):
        note(line)
    note("Hãy thử từ khác hoặc chủ đề rộng hơn" + (", hoặc bỏ bớt bộ lọc." if narrowed else "."))
    st.page_link("pages/tra_cuu.py", label=plain("Tra cứu các đoạn văn bản về chủ đề này"))


def _left_out(found: FoundSentences) -> list[str]:
    lines = []
    if found.ended:
        lines.append(
            f"{count_of(found.ended)} câu không hiện vì văn bản đã hết hiệu lực; đánh dấu ô “Cả câu của văn bản đã hết hiệu "
            "lực” để xem."
        )
    if found.unknown:
        lines.append(
            f"{count_of(found.unknown)} văn bản không được tìm vì kho không rõ tỉnh, năm hoặc loại của chúng."
        )
    return lines


def _name_copies(store: Store, sentence: QuotableSentence) -> list[str]:
    names = []
    for document_id in sentence.copies[:_COPIES]:
        profile = store.profile(document_id)
        names.append(
            f"{profile.symbol} ({shorten(profile.title, 80)})"
            if profile.symbol
            else shorten(profile.title, 80)
        )
    if len(sentence.copies) > _COPIES:
        names.append(f"{count_of(len(sentence.copies) - _COPIES)} văn bản khác")
    return names


def _open_card(sentence: QuotableSentence) -> None:
    st.query_params.update({"phan": "the", **_span_of(sentence)})
    st.session_state["card_opened"] = st.session_state.get("card_opened", 0) + 1


def _span_of(sentence: QuotableSentence) -> dict[str, str]:
    """Where a sentence stands, as addresses say it."""
    citation = sentence.citation
    return dict(card_parameters(citation.document_id, citation.tag, citation.start, citation.end))
