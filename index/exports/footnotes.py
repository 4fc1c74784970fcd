"""Footnotes for python-docx, which has none: the part word/footnotes.xml and what it needs elsewhere.

ECMA-376 part 1, 17.11: a footnote is in the part that the document refers to by the relationship
"footnotes"; ids below 1 are those of the separator lines, which the settings name as well.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}
_TEXT, _REFERENCE = "FootnoteText", "FootnoteReference"
# What may stand behind w:footnotePr in w:settings (17.15.1.78); the first of them that is there follows it.
_BEHIND = ("endnotePr", "compat", "docVars", "rsids", "themeFontLang", "clrSchemeMapping")


class Footnotes:
    """The footnotes of one Word file, in order."""

    def __init__(self, document: Document) -> None:
        self._root = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        for number, kind in _SEPARATORS.items():
            self._add(number, kind=kind).append(_run(OxmlElement(f"w:{kind}")))
        _add_styles(document)
        _name_separators(document.settings.element)
        package = document.part.package
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._root, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def refer(self, paragraph: Paragraph, text: str) -> None:
        """Put a mark at the end of a paragraph and its footnote below; `text` is fit for XML."""
        number = len(self._root) - len(_SEPARATORS) + 1
        reference = OxmlElement("w:footnoteReference", {qn("w:id"): str(number)})
        paragraph._p.append(_run(reference, style=_REFERENCE))
        body = self._add(number, style=_TEXT)
        body.append(_run(OxmlElement("w:footnoteRef"), style=_REFERENCE))
        words = OxmlElement("w:r")
        words.text = f" {text}"  # w:t, w:br and w:tab, white space kept
        body.append(words)

    def _add(self, number: int, *, kind: str | None = None, style: str | None = None) -> BaseOxmlElement:
        """The paragraph of a new footnote."""
        note = OxmlElement("w:footnote", {qn("w:id"): str(number)})
        if kind is not None:
            note.set(qn("w:type"), kind)
        paragraph = OxmlElement("w:p")
        if style is not None:
            properties = OxmlElement("w:pPr")
            properties.append(OxmlElement("w:pStyle", {qn("w:val"): style}))
            paragraph.append(properties)
        note.append(paragraph)
        self._root.append(note)
        return paragraph


def _run(content: BaseOxmlElement, *, style: str | None = None) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    if style is not None:
        properties = OxmlElement("w:rPr")
        properties.append(OxmlElement("w:rStyle", {qn("w:val"): style}))
        run.append(properties)
    run.append(content)
    return run


def _add_styles(document: Document) -> None:
    """The two built-in styles by which Word knows a footnote."""
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    text.element.set(qn("w:styleId"), _TEXT)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(10)
    text.paragraph_format.space_after = Pt(2)
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.element.set(qn("w:styleId"), _REFERENCE)
    mark.font.superscript = True


def _name_separators(settings: BaseOxmlElement) -> None:
    properties = OxmlElement("w:footnotePr")
    for number in _SEPARATORS:
        properties.append(OxmlElement("w:footnote", {qn("w:id"): str(number)}))
    behind = (child for child in settings if child.tag in [qn(f"w:{name}") for name in _BEHIND])
    following = next(behind, None)
    settings.append(properties) if following is None else following.addprevious(properties)
