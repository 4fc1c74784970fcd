"""Hỏi đáp: a question, the cited answer or an honest refusal, what to do with it, and the passages found for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count, groupby

import streamlit as st

from corpus.effect import Effect
from corpus.errors import CorpusError
from corpus.labels import tell_fetch
from corpus.store import Store
from index.answer import answer
from index.answering.choices import ask_again
from index.answering.layout import group_parts, words_around
from index.answering.surroundings import Surroundings, surround
from index.exports.error_reports import OUTCOMES
from index.models import Answer, Citation, Hit, QuestionKind, Statement
from index.permalink import read_chosen
from index.search import Searcher
from index.wording import model_on, tell_dropped, vietnamese_time
from pages.answer_drawing import (
    CHOOSE,
    LEFT_OUT,
    lead_html,
    named_html,
    notices_html,
    outcome_html,
    part_html,
    quotation_html,
    source_html,
    words_html,
)
from pages.answer_tools import show_tools
from pages.chain_drawing import chain_html
from pages.drawing import hints_html, name_source, passage_html, plain, shorten
from pages.earlier_questions import show_earlier
from pages.frame import errors_told, note, require_settings, require_store, section, title
from pages.opened import open_language_model, open_searcher, warm_encoder
from pages.question_form import (
    Asking,
    go_to,
    read_asking,
    show_box,
    show_follow_up,
    show_understood,
)
from settings import Settings

_TAGLINE = "Mỗi câu trả lời là trích dẫn nguyên văn kèm nguồn; không có căn cứ thì nói là không có."
_HITS = 10
_SIDES = 2  # of a comparison beside each other


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for a question in one state of the store."""

    key: tuple[object, ...]
    answer: Answer
    searcher: Searcher  # over what was chosen
    left_out: int  # documents that the filters leave out because something is not known of them
    around: Mapping[Citation, Surroundings]  # of the quotations


def show() -> None:
    """The page."""
    settings = require_settings()
    title("Căn Cứ: hỏi kho văn bản", "" if read_asking().question else _TAGLINE)
    store = require_store(settings)
    if (model := open_language_model(settings)) is not None:
        note(model_on(model.model, model.host))
    asking = show_box(store)
    if not asking.question:
        show_earlier()
        warm_encoder(settings)
        return
    with errors_told():
        found = _find(settings, store, asking)
        _show_answer(store, asking, found)
        show_tools(store, asking, found.answer)
        show_follow_up(asking, found.answer)
        show_earlier(asking.parameters, asking.question, OUTCOMES[found.answer.outcome])
        _show_hits(store, found)


def _find(settings: Settings, store: Store, asking: Asking) -> _Found:
    """The answer, kept until the question, what it is asked within, or the store changes."""
    searcher = open_searcher(settings, store)
    state = store.state()
    model = open_language_model(settings)
    key = (asking.question, asking.within, state.store_id, state.revision, state.edition, model)
    found: _Found | None = st.session_state.get("found")
    if found is None or found.key != key:
        with st.spinner("Đang tìm trong kho… (lần đầu cần thêm vài giây để nạp mô hình)"):
            filters, as_of = read_chosen(asking.within, searcher.facets.documents().values())
            given = answer(searcher, asking.question, model=model, filters=filters, as_of=as_of)
            within = searcher.within(filters, as_of=as_of)
            left_out = searcher.facets.select(filters, as_of=as_of).unknown if filters else 0
            found = _Found(key, given, within, left_out, _read_around(store, given))
        st.session_state["found"] = found
    return found


# --- showing


def _show_answer(store: Store, asking: Asking, found: _Found) -> None:
    given = found.answer
    if not show_understood(asking):
        st.html(f'<p class="cc-question">{escape(given.question)}</p>')
    st.html(outcome_html(given.outcome, given.message))
    if given.as_of:
        note(f"Theo kho cập nhật đến {vietnamese_time(given.as_of)} (giờ Việt Nam).")
    if given.scope:
        note(_tell_scope(given, found.left_out))
    if given.coverage:
        st.html(hints_html(given.coverage))
    if notices := notices_html(given.notices):
        st.html(notices)
    offered = _offer_choices(asking, given)
    _show_statements(given, found.around)
    # Where no chain is drawn because several documents bear the number, the choices say so already.
    if (given.chain or not offered) and (chain := chain_html(given.chain, given.chain_notes)):
        st.html(chain)
    if given.documents:
        st.html(named_html(given.documents))
    if given.nearest:
        section("Những đoạn gần nhất (chưa chắc là câu trả lời)")
        for place, near in enumerate(given.nearest, start=1):
            with st.container(border=True, gap="xsmall"):
                st.html(quotation_html(near.citation))
                _link(near.citation, f"Xem đoạn gần nhất {place}")
    for dropped in given.dropped:
        note(f"Đã bỏ: {tell_dropped(dropped)}")
    if given.phrasing:
        note(given.phrasing)


def _tell_scope(given: Answer, left_out: int) -> str:
    said = f"Phạm vi: {given.scope}."
    if left_out:
        said += f" Không tính {left_out} văn bản vì kho không rõ thông tin để lọc."
    if given.chain:
        said += " Chuỗi căn cứ và hiệu lực xét trên cả kho."
    return said


def _offer_choices(asking: Asking, given: Answer) -> bool:
    """A button for each document that the question may mean, if any; it asks about that one alone."""
    offered = ask_again(given.question, given.choices)
    if not offered:
        return False
    with st.container(key="choices", gap="small"):
        note(CHOOSE)
        for number, (described, question) in enumerate(offered):
            st.button(
                plain(described),
                key=f"choice-{number}",
                on_click=go_to,
                args=(question, asking.within),
                width="stretch",
            )
    return True


def _show_statements(given: Answer, around: Mapping[Citation, Surroundings]) -> None:
    """The statements under the part that they answer; the sides of a comparison beside each other."""
    numbers = count(1)
    told: set[str] = set()  # documents whose title was told
    groups = group_parts(given.statements)
    if given.kind is not QuestionKind.COMPARE or len(groups) < 2:
        for part, statements in groups:
            _show_part(part, statements, numbers, told, around)
        return
    for first in range(0, len(groups), _SIDES):
        columns = st.columns(_SIDES)
        for column, (part, statements) in zip(columns, groups[first : first + _SIDES], strict=False):
            with column:
                _show_part(part, statements, numbers, told, around)


def _show_part(
    part: str | None,
    statements: Sequence[Statement],
    numbers: Iterator[int],
    told: set[str],
    around: Mapping[Citation, Surroundings],
) -> None:
    """One frame for what one document says, so that who says it is told once."""
    if part:
        st.html(part_html(part))
    for (lead, phrased), said in groupby(statements, key=lambda one: (words_around(one)[0], one.phrased)):
        with st.container(border=True, gap="xsmall"):
            st.html(lead_html(lead, phrased=phrased))
            for statement in said:
                _show_statement(statement, numbers, told, around)


def _show_statement(
    statement: Statement,
    numbers: Iterator[int],
    told: set[str],
    around: Mapping[Citation, Surroundings],
) -> None:
    """The quotations together, as they are read, then where each of them stands."""
    marked = [(f"[{next(numbers)}]", citation) for citation in statement.citations]
    behind = words_around(statement)[1]
    st.html(LEFT_OUT.join(words_html(one, mark, around.get(one)) for mark, one in marked))
    if behind:
        note(behind)
    for mark, citation in marked:
        titled = citation.document_id not in told
        told.add(citation.document_id)
        with st.container(gap="xxsmall"):
            st.html(source_html(citation, mark if len(marked) > 1 else "", titled=titled))
            with st.container(horizontal=True, gap="medium"):
                _link(citation, f"Mở văn bản tại đoạn trích {mark}")
                st.page_link(
                    "pages/trich_dan.py", label=f"Thẻ trích dẫn {mark}", query_params=_place_of(citation)
                )


def _read_around(store: Store, given: Answer) -> dict[Citation, Surroundings]:
    """What stands around each quotation; nothing for one whose text is no longer kept."""
    found: dict[Citation, Surroundings] = {}
    for citation in (one for said in given.statements for one in said.citations):
        try:
            text = store.text(citation.document_id, version=citation.tag)
        except CorpusError:
            continue
        found[citation] = surround(text, citation.start, citation.end)
    return found


def _link(citation: Citation, label: str) -> None:
    st.page_link("pages/doc_van_ban.py", label=label, query_params=_place_of(citation))


def _place_of(citation: Citation) -> dict[str, str]:
    return _place(citation.tag, citation.document_id, citation.start, citation.end)


def _place(tag: str, document_id: str, start: int, end: int) -> dict[str, str]:
    """The address of a span: it names the text, so that the link shows the quoted words for ever."""
    return {"doc": document_id, "v": tag, "start": str(start), "end": str(end)}


def _show_hits(store: Store, found: _Found) -> None:
    """The passages found, looked for when somebody opens them, and the way to the page that searches."""
    question = found.answer.question
    folded = st.expander("Kết quả tìm kiếm", key="hits", on_change="rerun")
    if not folded.open:
        return
    with folded:
        st.page_link(
            "pages/tra_cuu.py", label="Tìm và lọc câu này ở trang Tra cứu", query_params={"q": question}
        )
        hits = found.searcher.search(question, limit=_HITS)
        if not hits:
            note("Không tìm thấy đoạn nào.")
        for hit in hits:
            _show_hit(store, hit)


def _show_hit(store: Store, hit: Hit) -> None:
    passage = hit.passage
    with st.container(gap="xxsmall"):
        st.page_link(
            "pages/doc_van_ban.py",
            label=f"{hit.rank}\\. {plain(shorten(hit.title, 200))}",
            query_params=_place(
                store.tag(passage.document_id), passage.document_id, passage.start, passage.end
            ),
        )
        notes = []
        if hit.effect not in (None, Effect.UNKNOWN):
            notes.append(f"Hiệu lực của văn bản: {hit.effect}")
        if (from_web := store.provenance(passage.document_id)) and from_web.gone_at:
            notes.append(f"Trên mạng: {tell_fetch(from_web.origin.fetched_at, from_web.gone_at)}")
        if hit.below:
            places = "; ".join(below.passage.location for below in hit.below)
            notes.append(f"Còn {len(hit.below)} đoạn khác của văn bản này: {places}")
        if hit.copies:
            notes.append(f"Cũng có ở: {', '.join(map(name_source, store.sources(hit.copies)))}")
        st.html(passage_html(passage.location, passage.text, reasons=hit.reasons, notes=notes))


show()
