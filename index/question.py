"""What a question asks for: kinds of answer, the terms that matter, and what evidence must carry.

Everything is read from the folded question, so that typing without diacritics asks the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.places import find_places_folded
from corpus.store import Store
from corpus.symbols import find_symbols
from corpus.text import fold
from index.query import Query, read_query
from index.terms import Term, normal_form, weigh_terms


class Asked(StrEnum):
    """What an answer must bring; several may hold at once."""

    DOCUMENT = "document"  # which document
    DATE = "date"
    SIGNER = "signer"
    ISSUER = "issuer"
    STATUS = "status"  # in force, replaced by what
    FIGURE = "figure"
    SUBJECT = "subject"  # what a document is about (trích yếu)
    SPEECH = "speech"  # what somebody said
    LIST = "list"  # all documents that …
    COMPARE = "compare"


_TYPE_WORDS = (
    "nghi quyet|quyet dinh|chi thi|ke hoach|cong van|van ban|thong bao|ket luan|huong dan|quy dinh|"
    "chuong trinh|nghi dinh|thong tu|luat|phap lenh|quy che|to trinh|bao cao|cong dien|vb|nq|qd|ct|kh|cv|tb|nd|tt"
)
# Cues over the folded question. Each is a way of asking, not a topic.
_CUES: tuple[tuple[Asked, str], ...] = (
    (
        Asked.DOCUMENT,
        rf"\b({_TYPE_WORDS})\b( so)?( nao| gi\b| may\b| bao nhieu)|\b(theo|can cu|dua vao|tai) (dau|nhung gi)\b"
        rf"|\bso (hieu|may)\b|\bnhung ({_TYPE_WORDS})\b|\bloai (van ban|vb)\b",
    ),
    (
        Asked.DATE,
        r"\b(ngay|thang|nam|thoi gian|thoi diem|luc|hoi) (nao|may|gi|bao nhieu)\b|\bngay thang( nam)?\b"
        r"|\b(khi nao|bao gio)\b|\bngay (ban hanh|ky|may)\b|\btu ngay nao\b",
    ),
    (Asked.SIGNER, r"\b(ai|nguoi|do ai) (la nguoi )?(da )?ky\b|\bky (boi|ten) ai\b|\bnguoi ky\b|\bai dung ten\b"),
    (
        Asked.ISSUER,
        r"\b(ai|co quan nao|don vi nao|cap nao|noi nao|cua ai|cua co quan nao)( la noi)?( da)? (ban hanh|ra|dua ra)\b"
        r"|\bcua (ai|co quan nao|cap nao)\b|\bco quan ban hanh\b|\bdo (ai|co quan nao|don vi nao|cap nao)\b",
    ),
    (
        Asked.STATUS,
        r"\b(con|het) (hieu luc|han|gia tri)\b|\bbi (van ban nao |nghi quyet nao |quyet dinh nao )?(thay the|bai bo|huy bo|sua doi)\b"
        r"|\bthay the (boi|bang)\b|\btinh trang hieu luc\b|\bcon (dung|ap dung)\b",
    ),
    (Asked.FIGURE, r"\b(bao nhieu|may|ty le|ti le|so luong|muc nao)\b|%"),
    (Asked.SUBJECT, r"\btrich yeu\b|\bve (viec gi|noi dung gi|cai gi|van de gi|chuyen gi)\b|\bnoi ve gi\b|\bten day du\b"),
    (
        Asked.SPEECH,
        r"\bphat bieu\b|\b(noi|noi gi|nhan manh|yeu cau|de nghi|chi dao|khang dinh|nhac nho|luu y)( \w+){0,2} (gi|nhu the nao|the nao|ra sao)\b",
    ),
    (
        Asked.LIST,
        rf"\b(liet ke|danh sach|gom nhung|nhung|cac|tat ca|toan bo)( \w+){{0,2}} ({_TYPE_WORDS})\b"
        rf"|\b(gom|co) (nhung )?({_TYPE_WORDS}) nao\b",
    ),
    (
        Asked.COMPARE,
        r"\bso sanh\b|\bkhac nhau|\bgiong nhau|\bkhac gi\b|\bca (hai|2)\b|\bhai (dia phuong|noi|tinh|huyen|xa|bai|van ban|trang)\b"
        r"|\b(2) (dia phuong|noi|tinh|huyen|bai|van ban)\b|^ca .* (va|lan|voi) ",
    ),
)

# Words of asking and of grammar: they say nothing about the topic. Folded, longest first.
_EMPTY_PHRASES = (
    "bao nhieu|the nao|nhu the nao|ra sao|lam sao|tai sao|vi sao|khi nao|bao gio|cau nao|doan nao|cho nao|noi nao|"
    "co phai|hay khong|duoc khong|co khong|dung khong|trich yeu|trich dan|trich duoc|trich ra|trich|tim doan|tim cau|"
    "cho biet|cho hoi|xin hoi|xin cho|hay cho|vui long|lam on|tim giup|giup toi|tim|liet ke|ngay may|ngay nao|ngay thang nam nao|"
    "thang may|nam nao|so may|may|dua vao|ban tin noi bo|dong chi|the thi|"
    "noi gi|noi ve|nhac den|nhac toi|neu ra|duoc neu|ghi the nao|de dua|co cau|phai lam|lam gi|gom nhung|gi"
)
_EMPTY = frozenset(
    """nao gi ai dau may la cua va cac nhung duoc co khong cho de thi phai lam da dang se voi trong o tai theo ve nay
    do kia day ra vao len xuong den tu toi moi hay hoac nhung ma rang boi vi nen neu khi luc cung chi con rat qua nua
    nhe a ah u oi noi neu ghi hoi biet xin cau doan tim trich the vay sao ko k hok so ngay nhu cai viec giup minh toi
    ban em anh chi bi bang hien giua cap muon can tung moi""".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as typed, and what is understood of it."""

    query: Query
    asked: frozenset[Asked]
    terms: tuple[Term, ...]  # of its content; numbers of documents and places are not among them
    place_terms: tuple[Term, ...]
    types: frozenset[str]  # type codes that the asked document must have; empty for any
    names: tuple[str, ...]  # normal forms of persons' names: evidence must carry one of each
    roles: tuple[str, ...]  # normal forms of offices ("chu tich uy ban nhan dan tinh")
    places: tuple[str, ...]  # names of provinces and districts, as the gazetteer writes them
    years: tuple[str, ...]
    normal: str  # normal form of the whole question

    @property
    def text(self) -> str:
        return self.query.text


def read_question(text: str, store: Store | None = None) -> Question:
    """The question in a text; `store` lets short forms of numbers find their candidates."""
    query = read_query(text, store)
    bare = _without_numbers(query.text)
    places = tuple(dict.fromkeys(place.name for place in find_places_folded(query.text)))
    asked = _read_asked(fold(query.text))
    return Question(
        query=query,
        asked=asked,
        terms=_content_terms(_without_places(bare, places)),
        place_terms=tuple(term for place in places for term in weigh_terms(normal_form(place).split())),
        types=_asked_types(fold(query.text)),
        names=_find_names(query.text, places),
        roles=_find_roles(normal_form(query.text)),
        places=places,
        years=tuple(dict.fromkeys(re.findall(r"\b(?:19|20)\d\d\b", bare))),
        normal=normal_form(query.text),
    )


def _read_asked(folded: str) -> frozenset[Asked]:
    return frozenset(asked for asked, cue in _CUES if re.search(cue, folded))


def _without_numbers(text: str) -> str:
    for mention in reversed(find_symbols(text)):
        text = f"{text[: mention.start]} · {text[mention.end :]}"
    return text


def _without_places(text: str, places: tuple[str, ...]) -> str:
    folded = fold(text)
    for place in places:
        for match in reversed(list(re.finditer(rf"\b{re.escape(fold(place))}\b", folded))):
            text = f"{text[: match.start()]}{'·' * (match.end() - match.start())}{text[match.end() :]}"
    return text


def _content_terms(text: str) -> tuple[Term, ...]:
    normal = normal_form(text.replace("·", " 0000 "))
    kept = re.sub(rf"(?<= )({_EMPTY_PHRASES})(?= )", "0000", normal)
    units = [None if unit in _EMPTY or unit == "0000" else unit for unit in kept.split()]
    return weigh_terms(units)


_TYPE_CODES = {
    "nghi quyet": "NQ",
    "nq": "NQ",
    "quyet dinh": "QĐ",
    "qd": "QĐ",
    "chi thi": "CT",
    "ke hoach": "KH",
    "kh": "KH",
    "cong van": "CV",
    "cv": "CV",
    "thong bao": "TB",
    "ket luan": "KL",
    "huong dan": "HD",
    "nghi dinh": "NĐ",
    "thong tu": "TT",
}


def _asked_types(folded: str) -> frozenset[str]:
    words = "|".join(_TYPE_CODES)
    found = re.findall(rf"\b({words})\b(?: so)? nao\b|\bnhung ({words})\b", folded)
    return frozenset(_TYPE_CODES[first or second] for first, second in found)


_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = re.compile(rf"(?<![\w/-])[{_UPPER}][^\W\d_A-Z]+(?: [{_UPPER}][^\W\d_A-Z]+){{1,4}}(?![\w/-])")
_PERSON_TITLE = re.compile(r"(?:\b(?:dong chi|d/c|dc|ong|ba)|(?:bi thu|chu tich|giam doc|truong ban|thu tuong|bo truong)) $")


def _find_names(text: str, places: tuple[str, ...]) -> tuple[str, ...]:
    """Capitalised runs of three or four syllables (or two after a title) that are no place and no body.

    A Vietnamese full name has two to five syllables, each capitalised; a body's or programme's name has its
    later words small ("Ban Chấp hành", "Mặt trận Tổ quốc").
    """
    known = {fold(place) for place in places}
    names = []
    for match in _NAME.finditer(text):
        name = fold(match[0])
        titled = _PERSON_TITLE.search(fold(text[: match.start()]))
        if name in known or any(place in name for place in known):
            continue
        if titled or len(name.split()) >= 3:
            names.append(normal_form(match[0]))
    return tuple(dict.fromkeys(names))


_ROLE = re.compile(
    r" ((?:nguyen |pho )?(?:chu tich|bi thu|pho bi thu|truong ban|pho truong ban|giam doc|bo truong|thu truong"
    r"|thu tuong|tong bi thu|chanh van phong|vien truong|tu lenh)"
    r"(?: (?:thuong truc|chinh phu|nuoc|quoc hoi|uy ban nhan dan|hoi dong nhan dan|tinh|huyen|xa|thanh pho|tuyen giao"
    r"|dan van|to chuc|noi chinh|uy|so|cong an|bo|nong nghiep|tai chinh|noi vu|y te|giao duc))*)(?= )"
)


def _find_roles(normal: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f" {match} " for match in _ROLE.findall(normal)))
