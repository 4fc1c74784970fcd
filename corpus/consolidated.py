"""Consolidated texts (văn bản hợp nhất): what shows that a text is one, and the facts of its attestation.

A consolidated text restates an act with its amendments (Pháp lệnh 01/2012/UBTVQH13, Điều 2). Its head is often
that of the act; its own number, date and signer stand at the attestation ("XÁC THỰC VĂN BẢN HỢP NHẤT").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.lines import TextLine
from corpus.models import Fact, Facts
from corpus.symbols import find_symbols, read_symbol

CONSOLIDATED = "Văn bản hợp nhất"
_ATTESTATION = re.compile(r"XÁC\s+THỰC\s+VĂN\s+BẢN\s+HỢP\s+NHẤT")
# The first line under the title: the act with its date, and what amended it.
_AMENDED_OPENING = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư)[^\n]{0,400}?\d/[^\n]{0,900}?có hiệu lực[^\n]{0,90}?,?\s*"
    r"(?:đã )?được sửa đổi,? bổ sung(?: một số điều)? (?:bởi|theo)"
)
# "Luật Bảo hiểm xã hội số 41/2024/QH15 ngày …", at the head of a line: the act that is consolidated.
_ACT = re.compile(
    r"^(?P<name>(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư)(?:[^\S\n]+[^\d\n]{1,150}?)??)"
    r"(?:\s+số)?\s+(?P<number>\d[^\s,;]*)\s+ngày\s",
    re.MULTILINE,
)
_IN_FORCE = re.compile(r"có hiệu lực.{0,120}?được\s+sửa đổi", re.DOTALL)
_SENTENCE = 1200  # characters from the act's name to what amended it
OPENING = 4000  # characters in which the opening stands
_AROUND = 5  # lines from the attestation to its number and date


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidation:
    """What a consolidated text shows of itself; None where it does not."""

    type: Fact
    number: Fact | None
    attested_at: int | None  # index of the line of the attestation


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsolidatedAct:
    """The act that a consolidated text restates with its amendments: what it is called, and its number."""

    name: str  # "Luật Bảo hiểm xã hội"; of a decree "Nghị định"
    symbol: str

    @property
    def full_name(self) -> str:
        """ "Luật Bảo hiểm xã hội số 41/2024/QH15"."""
        return f"{self.name} số {self.symbol}"


def is_consolidated(facts: Facts) -> bool:
    """Whether a document is a consolidated text, even where it does not show of which act."""
    return facts.type is not None and facts.type.value == CONSOLIDATED


@lru_cache(maxsize=256)  # asked for at every citation
def read_consolidated_act(text: str) -> ConsolidatedAct | None:
    """The act that a consolidated text says it restates, in the first sentence under its title; None where unsure.

    >>> read_consolidated_act(
    ...     "LUẬT\\nCÂY XANH\\nLuật Cây xanh số 12/2024/QH15 ngày 29 tháng 6 năm 2024 của Quốc hội, có hiệu lực kể từ "
    ...     "ngày 01 tháng 7 năm 2025, được sửa đổi, bổ sung bởi:"
    ... ).full_name
    'Luật Cây xanh số 12/2024/QH15'
    """
    opening = text[:OPENING]
    for match in _ACT.finditer(opening):
        mention = read_symbol(match["number"])
        if mention is not None and _IN_FORCE.search(opening, match.end(), match.end() + _SENTENCE):
            return ConsolidatedAct(name=" ".join(match["name"].split()), symbol=mention.canonical)
    return None


def find_consolidation(text: str, lines: Sequence[TextLine]) -> Consolidation | None:
    """The evidence that a text is a consolidated one, or None."""
    at = next((i for i, line in enumerate(lines) if _ATTESTATION.search(line.text)), None)
    opening = next(
        (
            m
            for m in _AMENDED_OPENING.finditer(text[:OPENING])
            if m.start() == 0 or text[m.start() - 1] == "\n"
        ),
        None,
    )
    if at is not None:
        shown = _ATTESTATION.search(lines[at].text)
        start, end = (lines[at].start + shown.start(), lines[at].start + shown.end()) if shown else (0, 0)
    elif opening is not None:
        start, end = opening.span()
    else:
        return None
    evidence = Fact(value=CONSOLIDATED, start=start, end=end)
    return Consolidation(type=evidence, number=_find_number(lines, at), attested_at=at)


def _find_number(lines: Sequence[TextLine], at: int | None) -> Fact | None:
    if at is None:
        return None
    for line in lines[max(0, at - _AROUND) : at + _AROUND]:
        for mention in find_symbols(line.text):
            if mention.type_code == "VBHN":
                return Fact(
                    value=mention.canonical, start=line.start + mention.start, end=line.start + mention.end
                )
    return None
