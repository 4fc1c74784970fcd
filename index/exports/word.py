"""An answer as a Word file: each quotation in quotation marks, its source in a footnote."""

from __future__ import annotations

import io
import re
from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from index.answering import chain_wording
from index.exports import wording
from index.exports.footnotes import Footnotes
from index.exports.gathering import Export, ExportedStatement
from index.exports.sources import CitedSource, tell_source

_LINE_ENDS = re.compile("\r\n|[\r\v\f]")
# XML 1.0 has no form for these, not even an escaped one.
_NOT_IN_XML = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIGN = "\ufffd"
_QUOTE = "Quote"
_FONT = "Times New Roman"
_LONGEST_PROPERTY = 255  # characters


def write_word(export: Export) -> bytes:
    """The bytes of a .docx. A character that Word cannot hold is shown as U+FFFD, and the footnote says so."""
    document = Document()
    lay_out(document)
    _set_properties(document, export)
    footnotes = Footnotes(document)
    answer = export.answer
    document.add_heading(wording.TITLE, level=0)
    question = document.add_paragraph()
    question.add_run(f"{wording.QUESTION} ").bold = True
    question.add_run(fit(answer.question))
    scope = (wording.tell_scope(answer),) if answer.scope else ()
    notices = (notice.text for notice in answer.notices)
    for line in (answer.message, *scope, *answer.coverage, *notices):
        document.add_paragraph(fit(line))
    if export.statements:
        document.add_heading(wording.ANSWER, level=1)
    for part, statements in export.by_part:
        if part:
            document.add_heading(fit(part), level=2)
        for statement in statements:
            _state(document, footnotes, statement)
    _write_chain(document, footnotes, export)
    _list(document, wording.DOCUMENTS, [wording.tell_document(named) for named in answer.documents])
    if export.nearest:
        document.add_heading(wording.NEAREST, level=1)
        for source in export.nearest:
            _quote(document, footnotes, source)
    _list(document, wording.FORMS, ["\n".join(wording.tell_form(form)) for form in export.forms])
    document.add_paragraph(fit(wording.tell_time(export)))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _state(document: WordDocument, footnotes: Footnotes, statement: ExportedStatement) -> None:
    document.add_paragraph(fit(statement.lead))
    for source in statement.sources:
        _quote(document, footnotes, source)
    if statement.note:
        document.add_paragraph(fit(statement.note))


def _write_chain(document: WordDocument, footnotes: Footnotes, export: Export) -> None:
    """The governing chain: each link with its evidence in quotation marks, the source in a footnote."""
    links, notes = export.answer.chain, export.answer.chain_notes
    if not links and not notes:
        return
    document.add_heading(chain_wording.TITLE, level=1)
    evidence = dict(zip((link.symbol for link in links), export.chain, strict=True))
    for level, group in chain_wording.levels_of(links):
        document.add_paragraph().add_run(fit(level)).bold = True
        for link in group:
            held = chain_wording.tell_held(link)
            document.add_paragraph(fit(f"{chain_wording.name_whole(link)} ({held})"), style="List Bullet")
            for (proves, _), source in zip(
                chain_wording.evidence_of(link), evidence[link.symbol], strict=True
            ):
                document.add_paragraph(fit(f"{proves}:"))
                _quote(document, footnotes, source)
            for line in chain_wording.tell_rest(link):
                document.add_paragraph(fit(line))
    for note in chain_wording.tell_notes(links, notes):
        document.add_paragraph(fit(note))


def _quote(document: WordDocument, footnotes: Footnotes, source: CitedSource) -> None:
    quote_with_footnote(document, footnotes, source.citation.quote, tell_source(source))


def quote_with_footnote(document: WordDocument, footnotes: Footnotes, quote: str, note: str) -> None:
    """Words in quotation marks, the note in a footnote; what Word cannot hold of the words is told there."""
    if lost := len(_NOT_IN_XML.findall(quote)):
        note += f" Tệp Word không ghi được {lost} ký tự điều khiển của nguyên văn; chỗ đó ghi {_SIGN}."
    paragraph = document.add_paragraph(f"“{fit(quote)}”", style=_QUOTE)
    footnotes.refer(paragraph, fit(note))


def _list(document: WordDocument, heading: str, lines: list[str]) -> None:
    if lines:
        document.add_heading(heading, level=1)
    for line in lines:
        document.add_paragraph(fit(line), style="List Bullet")


def fit(text: str) -> str:
    """The text as XML can hold it; python-docx writes its line ends and tabs as Word has them."""
    return _NOT_IN_XML.sub(_SIGN, _LINE_ENDS.sub("\n", text))


def lay_out(document: WordDocument) -> None:
    """A sheet of A4 in the font of official documents, marked as Vietnamese for the spelling checker."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = section.right_margin = Cm(2)
    section.left_margin = Cm(3)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = _FONT
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a font of the theme would come before the name
    document.styles["Normal"].font.size = Pt(13)
    document.styles["Title"].font.size = Pt(18)
    document.styles["Heading 1"].font.size = Pt(14)
    document.styles["Heading 2"].font.size = Pt(13)
    quote = document.styles[_QUOTE]
    quote.font.italic = False
    quote.paragraph_format.left_indent = Cm(1)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")


def _set_properties(document: WordDocument, export: Export) -> None:
    properties = document.core_properties
    properties.author = "Căn Cứ"
    properties.comments = ""  # the template's own
    properties.title = fit(export.answer.question)[:_LONGEST_PROPERTY]
    if export.answer.as_of:
        properties.created = properties.modified = datetime.fromisoformat(export.answer.as_of)
