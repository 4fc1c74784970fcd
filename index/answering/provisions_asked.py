"""The words of a provision that is asked for by its place: "Khoản 2 Điều 5 Nghị định 30/2020/NĐ-CP".

A provision is exact: no other article answers for it, however near its words are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import Document
from corpus.provisions import Part, parse_provision
from corpus.sentences import Span
from corpus.structure import Section, find_sections
from index.answering.models import Evidence
from index.answering.spans import make_evidence
from index.provision_paths import compare_path

_MOST = 2  # sections of one name: those of an act and of the regulation issued with it
_CONTENT = re.compile(
    r" (?:(?:noi|quy dinh|ghi|neu|viet|de cap|dieu chinh)(?: ve| ro)?(?: nhung| cai| dieu| viec| noi dung)* (?:gi|the nao|nhu the nao|ra sao)"
    r"|noi dung(?: cua)?|trich(?: dan| nguyen van)?|nguyen van|toan van|cho xem|xem) "
)


def asks_for_words(normal: str) -> bool:
    """Whether a question in `normal_form` asks what a provision says, not for a detail of it."""
    return bool(_CONTENT.search(normal))


def quote_provisions(document: Document, provisions: Sequence[str]) -> tuple[Evidence, ...]:
    """Each provision asked for ("Khoản 2 Điều 5"), whole, however long; none of those that the document has not."""
    sections = find_sections(document.text)
    found: list[Evidence] = []
    for value in provisions:
        for parts in parse_provision(value):
            for span in find_provision(sections, parts)[:_MOST]:
                found += make_evidence(document, span.start, span.end)
    return tuple(found)


_APPLIES = re.compile(
    r" ap dung (?:doi )?(?:voi |cho )?(?:nhung |cac )?(?:ai|doi tuong nao) | doi tuong ap dung (?:\w+ )*(?:ai|nao|gi) "
)
_ADDRESSEES = re.compile(r"(?:Điều\s+\d+|\d+|[IVX]+)\s*[.:)]\s*Đối tượng áp dụng\s*[.:]?", re.IGNORECASE)


def asks_addressees(normal: str) -> bool:
    """Whether a question in `normal_form` asks whom an act applies to."""
    return bool(_APPLIES.search(normal))


def quote_addressees(document: Document) -> tuple[Evidence, ...]:
    """The first section headed "Đối tượng áp dụng", whole: acts say there, and nowhere else, whom they apply to."""
    for section in find_sections(document.text):
        heading = document.text[section.start : section.end].partition("\n")[0].strip()
        if _ADDRESSEES.fullmatch(heading):
            return make_evidence(document, section.start, section.end)
    return ()


_RECEIVED = re.compile(
    r" kinh gui | gui (?:cho |den |toi |ve )?(?:lanh dao |chu tich )?(?:nhung |cac )?"
    r"(?:ai|dau|(?:co quan|don vi|noi|so|nganh|bo|tinh|xa|dia phuong|doanh nghiep)(?: thanh| thanh pho| phuong| nganh)? nao) "
)
_RECEIVERS = re.compile(r"^[ \t]*(?P<line>Kính gửi\b.*\S)", re.MULTILINE)
_LINE = re.compile(r"\s*(?P<line>\S(?:.*\S)?)")
_OPEN = (":", ";", ",")  # behind which the list of receivers goes on
_ITEM = ("-", "–", "+", "•")
_BLANK = re.compile(r"\.{4}|…{2}")  # of a form


def asks_receivers(normal: str) -> bool:
    """Whether a question in `normal_form` asks whom a letter is sent to."""
    return bool(_RECEIVED.search(normal))


def quote_receivers(document: Document) -> tuple[Evidence, ...]:
    """What stands behind "Kính gửi: …" of a letter, all that are addressed; nothing of another document or a form."""
    found = _RECEIVERS.search(document.text)
    if found is None or _BLANK.search(found["line"]):
        return ()
    start, end = found.span("line")
    while line := _LINE.match(document.text, end):
        told = document.text[start:end]
        goes_on = line["line"].startswith(_ITEM) or line["line"][0].islower()
        if not told.endswith(_OPEN) and (told.endswith(".") or not goes_on):
            break
        end = line.end("line")
    return make_evidence(document, start, end)


def find_provision(sections: Sequence[Section], parts: Sequence[Part]) -> list[Span]:
    """Where a provision stands, smallest part first in `parts`: once in an act, and once in what is issued with it."""
    spans: list[Span] = []
    within = 0  # the end of the last one: its clauses stand in it
    for section in sections:
        if section.start >= within and compare_path(parts, section.path).levels == len(parts):
            spans.append(Span(section.start, section.end))
            within = section.end
    return spans
