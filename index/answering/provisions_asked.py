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


def find_provision(sections: Sequence[Section], parts: Sequence[Part]) -> list[Span]:
    """Where a provision stands, smallest part first in `parts`: once in an act, and once in what is issued with it."""
    spans: list[Span] = []
    within = 0  # the end of the last one: its clauses stand in it
    for section in sections:
        if section.start >= within and compare_path(parts, section.path).levels == len(parts):
            spans.append(Span(section.start, section.end))
            within = section.end
    return spans
