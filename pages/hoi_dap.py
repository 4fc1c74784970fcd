"""Hỏi đáp: a question, the cited answer or an honest refusal, and the passages found for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count, groupby
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

import streamlit as st

from corpus.effect import Effect
from corpus.labels import tell_fetch
from corpus.store import Store
from index.answer import answer
from index.answering.choices import ask_again
from index.answering.layout import group_parts, words_around
from index.errors import ModelUnavailable
from index.models import Answer, Citation, Hit, QuestionKind, Statement
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
from pages.chain_drawing import chain_html
from pages.drawing import name_source, passage_html, plain, shorten
from pages.frame import errors_told, note, require_settings, require_store, section, title
from pages.opened import list_documents, open_encoder, open_language_model, open_searcher
from settings import Settings

# Questions of the sample collection that show what can be asked: by subject, number, fact, relation, and
# typed without diacritics (tests/test_app.py keeps them answered).
_EXAMPLES = ("M01", "M03", "M06", "M09", "M11", "M15")
_HINTS = (
    "Hỏi theo việc: “Nghị quyết nào về …?”, “Kế hoạch nào của tỉnh … về …?”",
    "Hỏi theo số hiệu: “Công văn số … ban hành ngày nào, do ai ký?”; viết tắt như “NQ 04” cũng được.",
    "Hỏi một con số hay sự việc: “Năm … xã … đạt bao nhiêu …?”; gõ không dấu cũng được.",
)
_QUESTION_LENGTH = 1000
_HITS = 10
_SIDES = 2  # of a comparison beside each other


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for a question in one state of the store."""

    key: tuple[object, ...]
    answer: Answer
    hits: tuple[Hit, ...]


def show() -> None:
    """The page."""
    settings = require_settings()
    title(
        "Căn Cứ: hỏi kho văn bản",
        "Mỗi câu trả lời là trích dẫn nguyên văn kèm nguồn; không có căn cứ thì nói là không có.",
    )
    store = require_store(settings)
    if (model := open_language_model(settings)) is not None:
        note(model_on(model.model, model.host))
    question = _ask(store)
    if not question:
        _warm_encoder(settings)
        return
    with errors_told():
        found = _find(settings, store, question)
        _show_answer(found.answer)
        _show_hits(store, found.hits)


# --- asking


def _ask(store: Store) -> str:
    """The question: of the address, of the box, or of an example; the address always tells the last one."""
    asked = st.query_params.get("q", "").strip()[:_QUESTION_LENGTH]
    if not asked and "asked" in st.session_state:  # back from another page
        asked = st.query_params["q"] = st.session_state["asked"]
    if "question" not in st.session_state or st.session_state.get("asked", "") != asked:
        st.session_state["question"] = asked  # opened by an address, or moved back and forth in the history
    with st.form("ask", border=False):
        st.text_input(
            "Câu hỏi của bạn",
            key="question",
            max_chars=_QUESTION_LENGTH,
            placeholder="Ví dụ: Nghị quyết nào về …?",
            autocomplete="off",
        )
        if st.form_submit_button("Hỏi", type="primary"):
            asked = st.session_state["question"].strip()
            if not asked:
                st.warning("Hãy viết câu hỏi rồi nhấn Enter hoặc nút Hỏi.")
    _suggest(store, asked)
    if asked:
        st.query_params["q"] = asked
        st.session_state["asked"] = asked
    return asked


def _suggest(store: Store, asked: str) -> None:
    examples = _examples(store)
    with st.expander("Câu hỏi ví dụ" if examples else "Cách hỏi", expanded=not asked):
        if not examples:
            st.html(f'<ul class="cc-hints">{"".join(f"<li>{hint}</li>" for hint in _HINTS)}</ul>')
        for number, example in enumerate(examples):
            st.button(
                example, key=f"example-{number}", on_click=_take_example, args=(example,), width="stretch"
            )


def _take_example(question: str) -> None:
    st.session_state["question"] = st.session_state["asked"] = st.query_params["q"] = question


def _examples(store: Store) -> tuple[str, ...]:
    """Questions whose source page the collection holds, so that none of them leads nowhere."""
    names = {unquote(row["uri"]).rsplit("/", 1)[-1] for row in list_documents(store)}
    held = {part for name in names for part in (name, name.rsplit("#", 1)[-1])}
    questions = [row for row in _sample_questions() if row["id"] in _EXAMPLES]
    return tuple(row["text"] for row in questions if {quote["source"] for quote in row["quotes"]} <= held)


@st.cache_data(show_spinner=False)
def _sample_questions() -> list[dict[str, Any]]:
    path = Path(__file__).parents[1] / "samples" / "questions.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _warm_encoder(settings: Settings) -> None:
    """Load the model while the user types; an error comes up again, and is shown, when it is needed."""
    if st.session_state.get("warmed"):
        return
    st.session_state["warmed"] = True
    try:
        encoder = open_encoder(settings)
    except ModelUnavailable:
        return
    Thread(target=encoder.warm, daemon=True).start()


def _find(settings: Settings, store: Store, question: str) -> _Found:
    """The answer and the hits, kept until the question or the store changes."""
    searcher = open_searcher(settings, store)
    state = store.state()
    model = open_language_model(settings)
    key = (question, state.store_id, state.revision, state.edition, model)
    found: _Found | None = st.session_state.get("found")
    if found is None or found.key != key:
        with st.spinner("Đang tìm trong kho… (lần đầu cần thêm vài giây để nạp mô hình)"):
            given = answer(searcher, question, model=model)
            found = _Found(key, given, tuple(searcher.search(question, limit=_HITS)))
        st.session_state["found"] = found
    return found


# --- showing


def _show_answer(given: Answer) -> None:
    st.html(f'<p class="cc-question">{escape(given.question)}</p>')
    st.html(outcome_html(given.outcome, given.message))
    if given.as_of:
        note(f"Theo kho cập nhật đến {vietnamese_time(given.as_of)} (giờ Việt Nam).")
    if given.coverage:
        st.html(f'<ul class="cc-hints">{"".join(f"<li>{escape(line)}</li>" for line in given.coverage)}</ul>')
    if notices := notices_html(given.notices):
        st.html(notices)
    offered = _offer_choices(given)
    _show_statements(given)
    # Where no chain is drawn because several documents bear the number, the choices say so already.
    if (given.chain or not offered) and (chain := chain_html(given.chain, given.chain_notes)):
        st.html(chain)
    if given.documents:
        st.html(named_html(given.documents))
    if given.nearest:
        section("Những đoạn gần nhất (chưa chắc là câu trả lời)")
        for place, near in enumerate(given.nearest, start=1):
            with st.container(border=True):
                st.html(quotation_html(near.citation))
                _link(near.citation, f"Xem đoạn gần nhất {place}")
    for dropped in given.dropped:
        note(f"Đã bỏ: {tell_dropped(dropped)}")
    if given.phrasing:
        note(given.phrasing)


def _offer_choices(given: Answer) -> bool:
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
                on_click=_take_example,
                args=(question,),
                width="stretch",
            )
    return True


def _show_statements(given: Answer) -> None:
    """The statements under the part that they answer; the sides of a comparison beside each other."""
    numbers = count(1)
    groups = group_parts(given.statements)
    if given.kind is not QuestionKind.COMPARE or len(groups) < 2:
        for part, statements in groups:
            _show_part(part, statements, numbers)
        return
    for first in range(0, len(groups), _SIDES):
        columns = st.columns(_SIDES)
        for column, (part, statements) in zip(columns, groups[first : first + _SIDES], strict=False):
            with column:
                _show_part(part, statements, numbers)


def _show_part(part: str | None, statements: Sequence[Statement], numbers: Iterator[int]) -> None:
    """One frame for what one document says, so that who says it is told once."""
    if part:
        st.html(part_html(part))
    for (lead, phrased), said in groupby(statements, key=lambda one: (words_around(one)[0], one.phrased)):
        with st.container(border=True, gap="xsmall"):
            st.html(lead_html(lead, phrased=phrased))
            told: set[str] = set()
            for statement in said:
                _show_statement(statement, numbers, told)


def _show_statement(statement: Statement, numbers: Iterator[int], told: set[str]) -> None:
    """The quotations together, as they are read, then where each of them stands."""
    marked = [(f"[{next(numbers)}]", citation) for citation in statement.citations]
    behind = words_around(statement)[1]
    st.html(LEFT_OUT.join(words_html(citation, mark) for mark, citation in marked))
    if behind:
        note(behind)
    for mark, citation in marked:
        titled = citation.document_id not in told
        told.add(citation.document_id)
        with st.container(gap="xxsmall"):
            st.html(source_html(citation, mark if len(marked) > 1 else "", titled=titled))
            _link(citation, f"Mở văn bản tại đoạn trích {mark}")


def _link(citation: Citation, label: str) -> None:
    st.page_link(
        "pages/doc_van_ban.py",
        label=label,
        query_params=_place(citation.tag, citation.document_id, citation.start, citation.end),
    )


def _place(tag: str, document_id: str, start: int, end: int) -> dict[str, str]:
    """The address of a span: it names the text, so that the link shows the quoted words for ever."""
    return {"doc": document_id, "v": tag, "start": str(start), "end": str(end)}


def _show_hits(store: Store, hits: tuple[Hit, ...]) -> None:
    section("Kết quả tìm kiếm")
    if not hits:
        st.html('<p class="cc-source">Không tìm thấy đoạn nào.</p>')
    for hit in hits:
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
