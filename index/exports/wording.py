"""The Vietnamese lines that the text and the Word file share."""

from __future__ import annotations

from index.exports.drafting import DraftingForm, RefusedForm
from index.exports.gathering import Export
from index.models import Answer, NamedDocument
from index.wording import holding, vietnamese_time

TITLE = "Câu trả lời có trích dẫn"
QUESTION = "Câu hỏi:"
ANSWER = "Trả lời"
DOCUMENTS = "Văn bản được nêu"
NEAREST = "Các đoạn gần nhất (chưa chắc là câu trả lời)"
FORMS = "Dòng dẫn văn bản khi soạn văn bản mới"


def tell_document(document: NamedDocument) -> str:
    """A document that the answer names, and whether its text is held."""
    title = f" (“{' '.join(document.title.split())}”)" if document.title else ""
    return f"{document.symbol}{title}: {holding(document)}."


def tell_form(form: DraftingForm | RefusedForm) -> tuple[str, ...]:
    """The lines of a form: first mention, later ones, what is missing and what to look at."""
    if isinstance(form, RefusedForm):
        name = f"Văn bản {form.symbol}" if form.symbol else "Một văn bản được trích"
        return (f"{name}: không lập được dòng dẫn vì {form.reason}.",)
    lines = [f"Lần đầu: {form.first}", f"Các lần sau: {form.later}"]
    if form.missing:
        lines.append(f"Chưa rõ, cần bổ sung: {', '.join(form.missing)}.")
    lines += [f"Lưu ý: {note}." for note in form.notes]
    return (*lines, f"Theo: {form.rule}.")


def tell_scope(answer: Answer) -> str:
    """Within what was asked, where that was chosen."""
    return f"Phạm vi: {answer.scope}"


def tell_time(export: Export) -> str:
    """How recent the answer is, and which collection gave it."""
    as_of = export.answer.as_of
    since = (
        f"Theo kho cập nhật đến {vietnamese_time(as_of)} (giờ Việt Nam)"
        if as_of
        else "Kho không ghi lần cập nhật nào"
    )
    return f"{since}: {export.collection.name}."
