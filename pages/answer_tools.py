"""What can be done with an answer on the page: copy its address, take it away as a file, report it as wrong."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from corpus.error_reports import FAULTS, LONGEST, CitedSpan, ReportedAnswer
from corpus.errors import CorpusError
from corpus.store import Store
from index.errors import IndexRoomError
from index.exports.files import export_answer
from index.models import Answer
from index.permalink import write_address
from pages.frame import note, show_error
from pages.question_form import Asking, start_anew

# What buttons of our own HTML do; it is set up once in a tab and listens for all of them.
_SCRIPT = """<script>
if (!document.ccAnswer) {
  document.ccAnswer = true;
  const copy = async text => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* not allowed: the old way */ }
    const area = Object.assign(document.createElement('textarea'), { value: text });
    document.body.append(area); area.select();
    const done = document.execCommand('copy'); area.remove(); return done;
  };
  document.addEventListener('click', async event => {
    const button = event.target.closest('[data-cc-copy]');
    if (!button) return;
    const label = button.dataset.ccLabel ??= button.textContent;
    button.textContent = await copy(button.dataset.ccCopy || location.href) ? 'Đã chép' : 'Không chép được';
    setTimeout(() => { button.textContent = label; }, 2000);
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && document.activeElement?.closest('.cc-quote')) document.activeElement.blur();
  });
}
</script>"""
_FILES = (
    (".docx", "Word, chú thích cuối trang (.docx)"),
    (".txt", "Văn bản thuần (.txt)"),
    (".bib", "BibTeX (.bib)"),
    (".json", "CSL-JSON (.json)"),
)


def show_tools(store: Store, asking: Asking, given: Answer) -> None:
    """The row of buttons below an answer."""
    st.html(_SCRIPT, unsafe_allow_javascript=True)
    with st.container(key="tools", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(
            '<button type="button" class="cc-button" data-cc-copy="">Chép liên kết</button>', width="content"
        )
        with st.popover("Tải về"):
            for ending, label in _FILES:
                st.download_button(
                    label,
                    _writer(store, given, ending),
                    file_name=f"tra-loi{ending}",
                    key=f"export{ending}",
                    on_click="ignore",
                    width="stretch",
                )
        with st.popover("Báo sai"):
            _show_report_form(store, asking, given)
        st.button("Câu hỏi mới", on_click=start_anew)
    if (number := st.session_state.get("reported", {}).get(_key(asking))) is not None:
        st.html(
            '<p class="cc-as-of" role="status">'
            f"Đã giữ báo sai số {number} để xem xét, ở trang Kho dữ liệu. Không có gì được gửi ra ngoài máy này.</p>"
        )


def _writer(store: Store, given: Answer, ending: str) -> Callable[[], bytes]:
    """Writes the file when it is asked for; where a quotation stands no longer, the file says so."""

    def write() -> bytes:
        try:
            return export_answer(store, given, ending)
        except (IndexRoomError, CorpusError) as error:
            return f"Không ghi được câu trả lời: {error}\nHãy hỏi lại rồi tải lần nữa.\n".encode()

    return write


def _show_report_form(store: Store, asking: Asking, given: Answer) -> None:
    with st.form("report", border=False, clear_on_submit=True):
        fault = st.radio("Sai ở đâu?", list(FAULTS), format_func=FAULTS.__getitem__, key="fault")
        comment = st.text_area("Ghi chú (không bắt buộc)", key="comment", max_chars=LONGEST, height=90)
        name = st.text_input("Tên bạn (không bắt buộc)", key="reporter", max_chars=80)
        note("Báo sai chỉ được giữ trong kho trên máy này để xem xét; không có gì được gửi đi nơi khác.")
        if not st.form_submit_button("Gửi báo sai", type="primary"):
            return
    try:
        with Store.open(store.folder) as writing:
            report = writing.report_error(_reported(asking, given), fault, comment=comment, by=name)
    except CorpusError as error:
        show_error(error)
        return
    st.session_state.setdefault("reported", {})[_key(asking)] = report.number
    st.success(f"Đã giữ báo sai số {report.number} để xem xét.")


def _reported(asking: Asking, given: Answer) -> ReportedAnswer:
    spans = tuple(
        CitedSpan(document_id=one.document_id, tag=one.tag, start=one.start, end=one.end)
        for said in given.statements
        for one in said.citations
    )
    return ReportedAnswer(
        question=given.question,
        address=_key(asking),
        filters=given.scope,
        outcome=given.outcome.value,
        spans=spans,
    )


def _key(asking: Asking) -> str:
    return write_address(asking.parameters)
