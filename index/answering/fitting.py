"""What a unit must be to be quoted at all for a question of some kind, however well its words fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.symbols import find_symbols
from index.answering.answer_types import AnswerType
from index.answering.features import Wanted
from index.answering.reader import Reading
from index.answering.units import Unit, label_kind
from index.asking import Asked
from index.question import Question
from index.terms import normal_form

_MEASURED = re.compile(r" (?:bao nhieu|bnhieu|bn|may) ")
_DATE = re.compile(
    r"(?:ngày\s+)?\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|\d{1,2}[/.]\d{1,2}[/.]\d{4}|năm\s+\d{4}"
)
_LABEL = re.compile(r"\s*(?:Điều\s+)?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]{1,2}|[IVX]+)[.)]\s")
_NUMBER = re.compile(r"\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|triệu|tỷ)\b")
# What stands in every letter and is nobody's sentence.
_FORM = re.compile(
    r"[-–+\s]*(?:V/v|Về việc|Kính gửi|Nơi nhận|Trên đây là|Căn cứ|Xét đề nghị|Theo đề nghị|Như trên|Lưu:)",
    re.IGNORECASE,
)
_SENTENCE = 40  # characters that a sentence worth quoting has
_SPEAKS = (
    r"phat bieu|nhan manh|khang dinh|cho rang|cho biet|cho hay|de nghi|yeu cau|luu y|chia se|bay to|danh gia"
    r"|nhan dinh|ket luan|neu ro|noi|chi dao|keu goi|nhac"
)
_REACH = 160  # characters from a speaker's name to the word that says that he speaks


def fitting(question: Question, wanted: Wanted, readings: Sequence[Reading]) -> list[Reading]:
    """The readings that may be quoted: a figure for "bao nhiêu", a sentence for a quotation."""
    return [
        one for one in readings if _has_figure(question, wanted, one.unit) and _is_quotable(wanted, one.unit)
    ]


def _has_figure(question: Question, wanted: Wanted, unit: Unit) -> bool:
    """Whether a unit counts something beside dates, labels and document numbers, where that is asked."""
    others = wanted.types - {AnswerType.FIGURE, AnswerType.LIST}
    if AnswerType.FIGURE not in wanted.types or others or not _MEASURED.search(question.normal):
        return True
    if unit.text.endswith(":") or label_kind(unit.text) == "table":
        return True  # what it opens has the figures
    text = unit.text
    for mention in reversed(find_symbols(text)):
        text = text[: mention.start] + text[mention.end :]
    return bool(_NUMBER.search(_DATE.sub(" ", _LABEL.sub(" ", text, count=1)).lower()))


def _is_quotable(wanted: Wanted, unit: Unit) -> bool:
    """Whether a unit is a sentence that somebody may print; no form of a letter, no caption."""
    if AnswerType.QUOTATION not in wanted.types:
        return True
    return unit.in_body and len(unit.text) >= _SENTENCE and not _FORM.match(unit.text)


def fits_speaker(question: Question, unit: Unit) -> bool:
    """Where it is asked what somebody said: whether the passage has him speak."""
    if Asked.SPEECH not in question.asked or not (question.names or question.roles):
        return True
    words = normal_form(unit.hit.passage.text)
    return any(
        re.search(rf"{re.escape(name.strip())} .{{0,{_REACH}}}?\b(?:{_SPEAKS})\b", words)
        for name in (*question.names, *question.roles)
    )
