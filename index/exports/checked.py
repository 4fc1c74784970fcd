"""A checked text as a Word file: the text as it was pasted, a comment at each quotation and number."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from corpus.text import fold_spaces
from index.checking.layout import Stretch, cut_text, items_of
from index.checking.models import (
    CheckedNumber,
    CheckedQuotation,
    CheckedText,
    NumberVerdict,
    QuotationVerdict,
)
from index.checking.wording import (
    TITLE,
    is_retold,
    name_verdict,
    sum_up,
    tell_basis,
    tell_difference,
    tell_number,
    tell_quotation,
)
from index.exports.word import fit, lay_out

_AUTHOR, _INITIALS = "Căn Cứ", "CC"
_COLOURS: Mapping[QuotationVerdict | NumberVerdict, WD_COLOR_INDEX] = MappingProxyType(
    {
        QuotationVerdict.EXACT: WD_COLOR_INDEX.BRIGHT_GREEN,
        QuotationVerdict.ALTERED: WD_COLOR_INDEX.YELLOW,
        QuotationVerdict.OTHER: WD_COLOR_INDEX.TURQUOISE,
        QuotationVerdict.NOT_HELD: WD_COLOR_INDEX.PINK,
        NumberVerdict.SUPERSEDED: WD_COLOR_INDEX.PINK,
        NumberVerdict.LOOK_ALIKE: WD_COLOR_INDEX.YELLOW,
        NumberVerdict.UNKNOWN: WD_COLOR_INDEX.GRAY_25,
        NumberVerdict.SEVERAL: WD_COLOR_INDEX.GRAY_25,
    }
)


def write_checked(checked: CheckedText) -> bytes:
    """The bytes of a .docx. What differs from the stored words is bold and underlined besides its colour."""
    document = Document()
    lay_out(document)
    document.core_properties.author = _AUTHOR
    document.core_properties.comments = ""  # the template's own
    document.core_properties.title = TITLE
    if checked.as_of:
        document.core_properties.created = datetime.fromisoformat(checked.as_of)
    runs = _write_text(document, checked)
    for number, one in enumerate(items_of(checked)):
        if marked := runs.get(number):
            document.add_comment(marked, text=fit(comment_of(one)), author=_AUTHOR, initials=_INITIALS)
    document.add_heading(TITLE, level=1)
    for line in (sum_up(checked), tell_basis(checked)):
        document.add_paragraph(fit(line))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def comment_of(one: CheckedQuotation | CheckedNumber) -> str:
    """What a comment says: the verdict, what is known, the differences and the stored words."""
    lines = [f"{name_verdict(one)}."]
    if isinstance(one, CheckedNumber):
        return "\n".join([*lines, *tell_number(one)])
    lines += tell_quotation(one)
    if one.match is not None and one.match.differences:
        lines += [f"– {tell_difference(change)}" for change in one.match.differences]
        lines.append(f"Nguyên văn trong kho: “{fold_spaces(one.match.citation.quote)}”")
    if one.beside is not None:
        lines.append(f"Đoạn gần nhất trong văn bản được nêu: “{fold_spaces(one.beside.citation.quote)}”")
    return "\n".join(lines)


def _write_text(document: WordDocument, checked: CheckedText) -> dict[int, list[Run]]:
    """The text, a paragraph a line; item → the runs that it stands in."""
    items = items_of(checked)
    runs: dict[int, list[Run]] = {}
    paragraph = document.add_paragraph()
    for stretch in cut_text(checked):
        first, *others = checked.text[stretch.start : stretch.end].split("\n")
        for line in (first, *others):
            if line is not first:
                paragraph = document.add_paragraph()
            if line:
                run = _write_run(paragraph, line, stretch, items)
                for number in stretch.items:
                    runs.setdefault(number, []).append(run)
    return runs


def _write_run(
    paragraph: Paragraph, line: str, stretch: Stretch, items: Sequence[CheckedQuotation | CheckedNumber]
) -> Run:
    run = paragraph.add_run(fit(line))
    colours = [colour for number in stretch.items if (colour := _colour_of(items[number]))]
    if colours:
        run.font.highlight_color = colours[-1]
    if stretch.differs:
        run.bold = run.underline = True
    return run


def _colour_of(one: CheckedQuotation | CheckedNumber) -> WD_COLOR_INDEX | None:
    return None if is_retold(one) else _COLOURS.get(one.verdict)
