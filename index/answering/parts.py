"""The parts of a question that asks for several things: "do ai ký, ngày nào" is two."""

from __future__ import annotations

import re

from index.answering.answer_types import AnswerType, read_answer_types
from index.answering.listed import find_listed_places, find_listed_years
from index.answering.pairs import find_pair
from index.terms import normal_form

_JOINT = re.compile(r"\?\s*|;\s*|,\s+(?:(?P<turn>còn|con|và|va)\s+)?|\s+(?:và|va)\s+")
# Names in which "và" joins nothing that is asked.
_NAMES = re.compile(
    r"(?:nhỏ|nho) (?:và|va) (?:vừa|vua)|(?:vừa|vua) (?:và|va) (?:nhỏ|nho)|(?:giáo dục|giao duc) (?:và|va) (?:đào tạo|dao tao)"
    r"|(?:khoa học|khoa hoc) (?:và|va) (?:công nghệ|cong nghe)|(?:nông nghiệp|nong nghiep) (?:và|va) (?:môi trường|moi truong)"
    r"|(?:dân tộc|dan toc) (?:và|va) (?:tôn giáo|ton giao)|(?:phòng|phong) (?:và|va) (?:chống|chong)",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r",\s|;|\?")
_LONGEST = 4  # parts; a question cut into more is a list of things asked with one word
# How a question asks, not what for: these make no part of their own.
_MANNER = {AnswerType.QUOTATION}


def split_parts(text: str) -> tuple[str, ...]:
    """The parts that each ask for something, in order; one part where the question asks once.

    >>> split_parts("Ban Chỉ đạo do ai làm trưởng ban, cơ quan nào là thường trực?")
    ('Ban Chỉ đạo do ai làm trưởng ban', 'cơ quan nào là thường trực')
    >>> split_parts("Học phí ở xã và ở phường là bao nhiêu?")
    ('Học phí ở xã và ở phường là bao nhiêu',)
    >>> split_parts("Mức chi bao nhiêu cho cán bộ, công chức, cuối năm chia thế nào?")
    ('Mức chi bao nhiêu cho cán bộ, công chức', 'cuối năm chia thế nào')
    """
    parts: list[str] = []
    kept = 0
    names = [name.span() for name in _NAMES.finditer(text)]
    if pair := find_pair(text):
        names.append((pair.one.start, pair.other.end))
    if years := find_listed_years(text):
        names.append((years.span.start, years.span.end))
    names += [(places.start, places.end) for places in find_listed_places(text)]
    for joint in _JOINT.finditer(text):
        if any(start < joint.start() < end for start, end in names):
            continue
        before, after = text[kept : joint.start()], text[joint.end() :]
        if not joint["turn"]:  # what goes on a list ("cán bộ, công chức, …") asks for nothing
            after = _CLAUSE_END.split(after, maxsplit=1)[0]
        if before.strip() and _asks(before) and (not after.strip() or _asks(after)):
            parts.append(before.strip())
            kept = joint.end()
    if rest := text[kept:].strip(" ?.,;"):
        parts.append(rest)
    if len(parts) > 1 and _COMPARES_ONLY.fullmatch(normal_form(parts[-1])):
        parts.pop()  # what the parts before say is compared by who reads it
    if len(parts) > _LONGEST:
        return (text.strip(" ?.,;"),)
    return tuple(parts)


def _asks(text: str) -> bool:
    normal = normal_form(text)
    if _CIRCUMSTANCE.match(normal) and not _ASKING.search(normal):
        return False  # "Trước khi sáp nhập, …": "trước khi" asks for a time elsewhere
    types = read_answer_types(f"{normal}{'% ' if '%' in text else ''}")
    return bool(types - _MANNER) or bool(_WHETHER.search(normal) or _YES_OR_NO.search(normal))


# How a clause of time, place or ground begins, which alone asks for nothing, and the words that ask.
_CIRCUMSTANCE = re.compile(
    r" (?:truoc|sau|khi|tu|ke tu|tinh|theo|can cu|den|toi|trong|tai|o|voi|doi voi|neu|nham|de|do|qua|ve)(?= )"
)
_ASKING = re.compile(
    r" (?:nao|gi|ai|dau|sao|bao nhieu|bnhieu|bn|bao lau|bao gio|may|the nao|khong|ko|k|chua|ra sao|muc|lan luot|gom) "
)
# "Nơi nào được nhiều hơn?" behind the parts that ask for what is compared.
_COMPARES_ONLY = re.compile(
    r" (?:va |con |thi )?(?:(?:noi|ben|tinh|xa|phuong|huyen|thanh pho|dia phuong|cai|loai|muc|don vi|co quan|hang|nam) nao|dau|ai)"
    r"(?: \w+){0,3} hon "
)
_WHETHER = re.compile(
    r" (?:\w+ nao|\w+ gi|ai|o dau|bao nhieu|con hieu luc|con ap dung|con dung|con gia tri|the nao|ra sao|nhung gi|viec gi|noi dung gi|lam gi) "
)
# "còn được dùng cho kỳ tính thuế 2026 không, và …"
_YES_OR_NO = re.compile(
    r" (?:con|co con) (?:duoc )?(?:dung|ap dung|hieu luc|gia tri)(?: [\w.-]+){0,8} (?:khong|ko|chua)(?: a| nhi| vay)? \Z"
)
