"""Whom a document is for: whom an act applies to, whom a letter is sent to. Each stands in one place of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.lines import split_lines
from corpus.models import Document
from corpus.structure import find_sections
from index.answering.models import Evidence
from index.answering.spans import make_evidence

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
_RECEIVERS = re.compile(r"Kính gửi\b.*\S")
_OPEN = (":", ";", ",")  # behind which the list of receivers goes on
_ITEM = ("-", "–", "+", "•")
_BLANK = re.compile(r"\.{4}|…{2}")  # of a form


def asks_receivers(normal: str) -> bool:
    """Whether a question in `normal_form` asks whom a letter is sent to."""
    return bool(_RECEIVED.search(normal))


def quote_receivers(document: Document) -> tuple[Evidence, ...]:
    """What stands behind "Kính gửi: …" of a letter, all that are addressed; nothing of another document or a form."""
    lines = iter(split_lines(document.text))
    opening = next((line for line in lines if _RECEIVERS.match(line.text)), None)
    if opening is None or _BLANK.search(opening.text):
        return ()
    last = opening
    for line in lines:
        goes_on = line.text.startswith(_ITEM) or line.text[0].islower()
        if not last.text.endswith(_OPEN) and (last.text.endswith(".") or not goes_on):
            break
        last = line
    return make_evidence(document, opening.start, last.end)


def quoter_of(normal: str) -> Callable[[Document], tuple[Evidence, ...]] | None:
    """What quotes the place of a document that answers a question in `normal_form`; None where it asks for neither."""
    if asks_addressees(normal):
        return quote_addressees
    return quote_receivers if asks_receivers(normal) else None
