"""Who signed: the name under the office at the end of a document, with the office and on whose behalf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.head import is_capitals
from corpus.lines import TextLine
from corpus.models import Fact
from corpus.sentences import is_syllable

_SIGNATURE_BEFORE = 14  # lines: the signature may stand left of "Nơi nhận", which comes before it in the text
_SIGNATURE_AFTER = 60  # lines: the longest lists of recipients
_NAME_WITHIN = 4  # lines between a signer's office and the name: "(Đã ký)", a second line of the office

_OFFICES = (
    r"(?:CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|BÍ THƯ|CỤC TRƯỞNG|VỤ TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC"
    r"|CHÁNH VĂN PHÒNG|CHÁNH VP|CHÁNH THANH TRA|THỐNG ĐỐC|CHỦ NHIỆM|TRƯỞNG BAN|TRƯỞNG ĐOÀN|TỔNG THANH TRA"
    r"|TỔNG KIỂM TOÁN|VIỆN TRƯỞNG|CHÁNH ÁN|CHI CỤC TRƯỞNG|TỔNG CỤC TRƯỞNG|TRƯỞNG THUẾ|HIỆU TRƯỞNG"
    r"|THƯỜNG TRỰC BAN BÍ THƯ|TỔNG BÍ THƯ|TỔNG THƯ KÝ|TRƯỞNG PHÒNG|ỦY VIÊN|UỶ VIÊN|TRƯỞNG TIỂU BAN"
    r"|KIỂM TOÁN TRƯỞNG)"
)
_ROLE = re.compile(rf"(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q|T\.M|K\.T)\s*[./]?\s*)?(?:PHÓ\s+)?{_OFFICES}(?!\w)")
_ROLE_WORDS = re.compile(rf"(?:PHÓ\s+)?{_OFFICES}(?!\w)")
_CODE_ALONE = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s*[./]?\Z")
_ACTING = re.compile(r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L|T\.M|K\.T)\s*[./]?\s*[A-ZĐÀ-Ỹ]")
_SIGNED = re.compile(r"\W*(?:đã ký|ký tên|ký thay)\W*", re.IGNORECASE)
_RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|GS|PGS|TS|ThS|BS|Ths|Tiến sĩ)(?:[.\s]+)", re.IGNORECASE
)
# What is issued with a document may bear a signature of its own (a form, a regulation).
_ATTACHED = re.compile(r"PHỤ LỤC(?!\w)|\((?:Ban hành )?kèm theo", re.IGNORECASE)
RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Nơi gửi)\s*(?::|\.|$)")


_CODES = re.compile(
    r"(?<![^\W\d_])(?:(?P<code>TM|KT|TL|TUQ|T/M|K/T|T/L|T\.M|K\.T|T\.L)(?:\s*[./]|(?=\s))|(?P<acting>Q)\.)"
)
_MAIN_END = re.compile(r"\./\.?\s*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One who signed, with the office and the marks of on whose behalf, each where the text shows it."""

    name: Fact
    role: Fact | None
    signing: Fact | None  # "TM.", "KT.", "TM., KT.": in the order of the lines


def find_signature(lines: Sequence[TextLine]) -> Signature | None:
    """The signature beside "Nơi nhận" or at the end of the main text; None if unsure or if several signed."""
    for window in _find_windows(lines):
        found = list(_signatures(window))
        if found:
            return found[0] if len({one.name.value for one in found}) == 1 else None
    return None


def _find_windows(lines: Sequence[TextLine]) -> Iterator[Sequence[TextLine]]:
    """The places where a signature may stand, the likeliest first."""
    recipients = next((i for i, line in enumerate(lines) if RECIPIENTS.match(line.text)), None)
    if recipients is not None:
        behind = lines[recipients : recipients + _SIGNATURE_AFTER]
        attached = next((i for i, line in enumerate(behind) if _ATTACHED.match(line.text)), len(behind))
        yield [*lines[max(0, recipients - _SIGNATURE_BEFORE) : recipients], *behind[:attached]]
        return
    yield lines[-_SIGNATURE_BEFORE:]
    # Without recipients, and with appendices behind the signature: right below the "./." of the main text.
    for i, line in enumerate(lines):
        if _MAIN_END.search(line.text):
            yield lines[i + 1 : i + 1 + _SIGNATURE_BEFORE // 2]
    # Gazettes leave out "./." too: right above what is attached. A text that amends names appendices before.
    for i, line in enumerate(lines):
        if _ATTACHED.match(line.text):
            yield lines[max(0, i - _SIGNATURE_BEFORE // 2) : i]


def _signatures(window: Sequence[TextLine]) -> Iterator[Signature]:
    for i, line in enumerate(window):
        office = _ROLE.match(line.text) or _ACTING.match(line.text) or _CODE_ALONE.match(line.text)
        if office is None or line.text.startswith("-"):
            continue
        if (glued := _name_after_office(line)) is not None:
            yield _sign(window, i, i, glued)
            continue
        for j in range(i + 1, min(i + 1 + _NAME_WITHIN, len(window))):
            if (name := _read_broken_name(window, j)) is not None:
                yield _sign(window, i, j - 1, name)
                break
            if not (is_capitals(window[j].text) or _SIGNED.fullmatch(window[j].text)):
                break


def _sign(window: Sequence[TextLine], first: int, last: int, name: Fact) -> Signature:
    """The signature of a name under the office lines `first..last` (and those right above them)."""
    while first > 0 and _is_office(window[first - 1].text):
        first -= 1
    offices = [line for line in window[first : last + 1] if _is_office(line.text)]
    return Signature(name=name, role=_read_role(offices), signing=_read_signing(offices))


def _is_office(text: str) -> bool:
    office = _ROLE.match(text) or _ACTING.match(text) or _CODE_ALONE.match(text)
    return office is not None and not text.startswith("-")


def _read_role(offices: Sequence[TextLine]) -> Fact | None:
    """The signer's own office: the last one named above the name."""
    for line in reversed(offices):
        roles = list(_ROLE_WORDS.finditer(line.text))
        if roles:
            role = roles[-1]
            start, end = line.start + role.start(), line.start + role.end()
            return Fact(value=_write_role(role[0]), start=start, end=end)
    return None


def _write_role(written: str) -> str:
    """ "PHÓ CHỦ TỊCH" → "Phó Chủ tịch"."""
    words = written.lower().split()
    capitals = 2 if words[0] == "phó" else 1
    return " ".join([*(word.capitalize() for word in words[:capitals]), *words[capitals:]])


def _read_signing(offices: Sequence[TextLine]) -> Fact | None:
    marks = [
        (line.start + m.start(), line.start + m.end(), m["code"] or m["acting"])
        for line in offices
        for m in _CODES.finditer(line.text)
    ]
    if not marks:
        return None
    codes = [code if "/" in code or "." in code else f"{code}." for _, _, code in marks]
    return Fact(value=", ".join(codes), start=marks[0][0], end=marks[-1][1])


def _read_broken_name(window: Sequence[TextLine], i: int) -> Fact | None:
    """The name in a line, or over two where one of them holds a single word of it."""
    line, below = window[i], window[i + 1] if i + 1 < len(window) else None
    first = len(line.text.split(" "))
    if below is not None and (first == 1 or (first <= 3 and " " not in below.text)):
        both = _read_name(line.start, f"{line.text} {below.text}")
        if both is not None:
            return Fact(value=both.value, start=both.start, end=below.end)
    return _read_name(line.start, line.text)


def _name_after_office(line: TextLine) -> Fact | None:
    """ "PHÓ CHỦ TỊCH Nguyễn …": the name in the line of the office, from the first word not in capitals."""
    for match in re.finditer(r"(?<=\s)[^\W\d_]+", line.text):
        if not match[0].isupper():
            return _read_name(line.start + match.start(), line.text[match.start() :])
    return None


def _read_name(start: int, text: str) -> Fact | None:
    rank = _RANK.match(text)
    while rank is not None:
        start, text = start + rank.end(), text[rank.end() :]
        rank = _RANK.match(text)
    words = text.split(" ")
    if not 2 <= len(words) <= 5 or not all(_is_name_word(word) for word in words):
        return None
    return Fact(value=text, start=start, end=start + len(text))


def _is_name_word(word: str) -> bool:
    return (
        word.isalpha() and word[0].isupper() and (len(word) == 1 or word[1:].islower()) and is_syllable(word)
    )
