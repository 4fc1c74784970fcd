"""Asking on the page Hỏi đáp: the box with what it is asked within, examples, follow-ups.

The address always tells the last question with its filters; whoever asks, by the box, a button or a link, goes
through `go_to`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import streamlit as st

from corpus.store import Store
from index.follow_up import Unclear, Understood, follow_up
from index.models import Answer
from index.permalink import KINDS, LONGEST, QUESTION, STANDINGS, TYPED, Within, read_within, settle
from index.permalink import write_parameters as write
from pages.drawing import plain, shorten
from pages.frame import note
from pages.opened import first_questions, list_documents

# Questions of the sample collection that show what can be asked: by subject, number, fact, relation, and
# typed without diacritics (tests/test_app.py keeps them answered).
_EXAMPLES = ("M01", "M03", "M06", "M09", "M11", "M15")
_HINTS = (
    "Hỏi theo việc: “Nghị quyết nào về …?”, “Kế hoạch nào của tỉnh … về …?”",
    "Hỏi theo số hiệu: “Công văn số … ban hành ngày nào, do ai ký?”; viết tắt như “NQ 04” cũng được.",
    "Hỏi một con số hay sự việc: “Năm … xã … đạt bao nhiêu …?”; gõ không dấu cũng được.",
)
_WIDGETS = tuple(field.name for field in fields(Within))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What the address asks."""

    question: str
    typed: str  # what was typed, where that was understood as `question`
    within: Within

    @property
    def parameters(self) -> dict[str, str]:
        return write(self.question, self.within, typed=self.typed)


def read_asking() -> Asking:
    """What the address asks; back from another page, what was asked last."""
    if not st.query_params.get(QUESTION, "").strip() and "asking" in st.session_state:
        st.query_params.from_dict(st.session_state["asking"])
    parameters = st.query_params.to_dict()
    return Asking(
        question=parameters.get(QUESTION, "").strip()[:LONGEST],
        typed=parameters.get(TYPED, "").strip()[:LONGEST],
        within=read_within(parameters),
    )


def go_to(question: str, within: Within, typed: str = "", taken: tuple[str, ...] = ()) -> None:
    """Ask a question: the address tells it from now on. `taken` is what a follow-up took over."""
    parameters = write(question, within, typed=typed)
    st.session_state["asking"], st.session_state["taken"] = parameters, taken
    st.session_state.pop("unclear", None)
    st.query_params.from_dict(parameters)


def start_anew() -> None:
    """An empty box, as on the first visit."""
    for name in ("asked", "asking", "unclear", "taken"):
        st.session_state.pop(name, None)
    st.query_params.clear()


# --- the box


def show_box(store: Store) -> Asking:
    """The box and what it is asked within; what is asked."""
    asking = read_asking()
    _fill_widgets(asking)
    with st.form("ask", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input(
                "Câu hỏi của bạn",
                key="question",
                max_chars=LONGEST,
                placeholder="Ví dụ: Nghị quyết nào về …?",
                autocomplete="off",
            )
            asked = st.form_submit_button("Hỏi", type="primary")
        _show_within(store, asking.within)
        if asked:
            question = st.session_state["question"].strip()
            if not question:
                st.warning("Hãy viết câu hỏi rồi nhấn Enter hoặc nút Hỏi.")
                return asking
            go_to(question, _chosen())
            asking = read_asking()
            st.session_state["filled"] = asking.parameters  # as they stand in the box
    if not asking.question:
        _suggest(store)
    else:
        # What other pages lead back to: the question, and all parameters of its address.
        st.session_state["asked"], st.session_state["asking"] = asking.question, asking.parameters
    return asking


def _fill_widgets(asking: Asking) -> None:
    """Put what the address asks into the box, where that is not there already."""
    if "question" in st.session_state and st.session_state.get("filled") == asking.parameters:
        return
    st.session_state["filled"] = asking.parameters
    st.session_state["question"] = asking.question
    for name in _WIDGETS:
        value = getattr(asking.within, name)
        st.session_state[f"within_{name}"] = bool(value) if name == "gop" else value


def _chosen() -> Within:
    held = {name: st.session_state[f"within_{name}"] for name in _WIDGETS}
    return settle(Within(**{**held, "gop": "1" if held["gop"] else ""}))


def _show_within(store: Store, within: Within) -> None:
    provinces = sorted({row["province"] for row in list_documents(store) if row["province"]})
    if within.tinh and within.tinh not in provinces:
        provinces.append(within.tinh)
    with st.expander("Phạm vi tìm" + (" (đang giới hạn)" if within else ""), expanded=False):
        left, right = st.columns(2)
        left.selectbox(
            "Tỉnh, thành phố",
            ["", *provinces],
            format_func=lambda name: name or "Cả nước",
            key="within_tinh",
        )
        left.checkbox("Gồm cả các tỉnh đã sáp nhập vào", key="within_gop")
        right.selectbox("Nguồn", list(KINDS), format_func=KINDS.__getitem__, key="within_loai")
        right.selectbox("Hiệu lực", list(STANDINGS), format_func=STANDINGS.__getitem__, key="within_hieu_luc")
        first, last, day = st.columns(3)
        first.text_input("Ban hành từ", key="within_tu", placeholder="2021", max_chars=20)
        last.text_input("Đến hết", key="within_den", placeholder="2025", max_chars=20)
        day.text_input("Hiệu lực tính đến ngày", key="within_ngay", placeholder="Hôm nay", max_chars=20)


# --- first use


def _suggest(store: Store) -> None:
    examples = _examples(store) or first_questions(store)
    if examples:
        note("Chọn một câu để xem thử, hoặc viết câu hỏi của bạn:")
    with st.container(key="examples", gap="small"):
        for number, example in enumerate(examples):
            st.button(
                plain(example),
                key=f"example-{number}",
                on_click=go_to,
                args=(example, Within()),
                width="stretch",
            )
    st.html(f'<ul class="cc-hints">{"".join(f"<li>{hint}</li>" for hint in _HINTS)}</ul>')


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


# --- going on


def show_understood(asking: Asking) -> bool:
    """What a follow-up was understood as, and the way to ask it as it was typed; whether it was one."""
    if not asking.typed or asking.typed == asking.question:
        return False
    taken = st.session_state.get("taken") or ()
    kept = "; ".join(one.replace(": ", " ", 1) for one in taken)  # "văn bản: Kế hoạch số …"
    told = f" Lấy từ câu trước: {kept}." if taken else ""
    with st.container(key="understood", gap="xxsmall"):
        st.html(
            '<p class="cc-understood" role="status"><strong>Hiểu là:</strong> '
            f"{escape(asking.question)}<span>{escape(told)}</span></p>"
        )
        st.button(
            f"Hỏi đúng như đã gõ: “{plain(shorten(asking.typed, 80))}”",
            key="as-typed",
            type="tertiary",
            on_click=go_to,
            args=(asking.typed, asking.within),
        )
    return True


def show_follow_up(asking: Asking, given: Answer) -> None:
    """The box for the next question about the same, and what it may mean where that is not clear."""
    with (
        st.form("follow", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        st.text_input(
            "Hỏi tiếp về câu trả lời này",
            key="next",
            max_chars=LONGEST,
            placeholder="Ví dụ: Ai ký? Còn hiệu lực không? Thế tỉnh khác thì sao?",
            autocomplete="off",
        )
        st.form_submit_button("Hỏi tiếp", on_click=_follow, args=(given, asking.within))
    unclear: tuple[str, Unclear] | None = st.session_state.get("unclear")
    if unclear is not None:
        _offer(asking, *unclear)


def _follow(given: Answer, within: Within) -> None:
    typed = st.session_state["next"].strip()
    if not typed:
        return
    found = follow_up(typed, given)
    if found is None:
        go_to(typed, within)
    elif isinstance(found, Understood):
        go_to(found.question, within, typed, found.taken)
    else:
        st.session_state["unclear"] = (typed, found)


def _offer(asking: Asking, typed: str, unclear: Unclear) -> None:
    with st.container(key="unclear", gap="small"):
        st.html(f'<p class="cc-outcome cc-partly" role="status">{escape(unclear.reason)}</p>')
        for number, option in enumerate(unclear.options):
            st.button(
                plain(option.question),
                key=f"meant-{number}",
                on_click=go_to,
                args=(option.question, asking.within, typed, option.taken),
                width="stretch",
            )
        st.button(
            f"Hỏi đúng như đã gõ: “{plain(shorten(typed, 80))}”",
            key="unclear-as-typed",
            type="tertiary",
            on_click=go_to,
            args=(typed, asking.within),
        )
