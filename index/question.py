"""What a question asks for: kinds of answer, the terms that matter, and what evidence must carry.

Everything is read from the folded question, so that typing without diacritics asks the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.places import PlaceLevel, find_places_folded
from corpus.store import Store
from corpus.symbols import find_symbols, type_word_before
from corpus.text import fold
from index.query import Query, read_query
from index.terms import Term, normal_form, spelled_words, weigh_terms


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
    (
        Asked.SIGNER,
        r"\b(ai|nguoi|do ai) (la nguoi )?(da )?ky\b|\bky (boi|ten) ai\b|\bnguoi ky\b|\bai dung ten\b",
    ),
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
    (
        Asked.FIGURE,
        r"(?<!\bngay )(?<!\bthang )(?<!\bnam )\bbao nhieu\b|(?<!\bngay )(?<!\bthang )(?<!\bso )\bmay\b(?! do\b)|\b(ty le|ti le|so luong|muc nao)\b|%",
    ),
    (
        Asked.SUBJECT,
        r"\btrich yeu\b|\bve (viec gi|noi dung gi|cai gi|van de gi|chuyen gi)\b|\bnoi ve gi\b|\bten day du\b",
    ),
    (
        Asked.SPEECH,
        r"\bphat bieu\b|\b(noi(?! ve)|nhan manh|yeu cau|de nghi|chi dao|khang dinh|nhac nho|luu y)( \w+){0,2} (gi|nhu the nao|the nao|ra sao)\b",
    ),
    (
        Asked.LIST,
        rf"\b(liet ke|danh sach|gom nhung|nhung|cac|tat ca|toan bo)( \w+){{0,2}} ({_TYPE_WORDS})\b"
        rf"|\b(gom|co) (nhung )?({_TYPE_WORDS}) nao\b",
    ),
    (
        Asked.COMPARE,
        r"\bso sanh\b|\bkhac nhau|\bgiong nhau|\bkhac gi\b|\bca (hai|2)\b|\bhai (dia phuong|noi|tinh|huyen|xa|bai|van ban|trang)\b"
        r"|\b(2) (dia phuong|noi|tinh|huyen|bai|van ban)\b|^ca .* (va|lan|voi) |\bmoi (noi|ben|dia phuong|tinh|huyen)\b",
    ),
)

# Words of asking and of grammar: they say nothing about the topic.
_EMPTY_PHRASES = tuple(
    phrase.split()
    for phrase in (
        "bao nhiêu,như thế nào,thế nào,ra sao,làm sao,tại sao,vì sao,khi nào,bao giờ,có phải,hay không,hay chưa,"
        "được không,có không,đúng không,cho biết,cho hỏi,xin hỏi,hãy cho,vui lòng,làm ơn,giúp tôi,phải làm,làm gì,"
        "câu nào,đoạn nào,tìm đoạn,tìm câu,chỗ nào,như thế,vì thế,trích yếu,trích dẫn,nói gì,nói về,nhắc đến,nhắc tới,nêu ra,ngày tháng năm nào,ngày nào,tháng nào,năm nào,"
        "ngày mấy,số mấy,gồm những,đồng chí,toàn văn,nguyên văn,cụ thể"
    ).split(",")
)
_EMPTY = frozenset(
    """nào gì ai đâu mấy là của và các những được có không cho để thì phải làm đã đang sẽ với trong ở tại theo về
    này đó kia đây ra vào lên xuống đến từ tới hay hoặc mà rằng bởi vì nên nếu khi cũng còn rất quá nhé ạ nói nêu
    ghi hỏi xin tìm trích sao ko k hok như cái giúp bị bằng hiện giờ vậy đều cả do mình em tôi liệt kê
    biết chưa rồi thôi nhỉ hả vậy đc dc vs""".split()
)
# Without diacritics these are as likely a word of content: "dang" is đang or Đảng, "de" is để or đề.
_AMBIGUOUS = frozenset(
    "de dang day dau tai the sao cau doan con do ra so ban chi vao cai ghi biet tim hoi trong len".split()
)
_EMPTY_FOLDED = frozenset(map(fold, _EMPTY)) - _AMBIGUOUS
_EMPTY_PHRASES_FOLDED = tuple([fold(word) for word in phrase] for phrase in _EMPTY_PHRASES)


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
    places = _find_places(query.text, has_diacritics=query.has_diacritics)
    asked = _read_asked(fold(query.text))
    return Question(
        query=query,
        asked=asked,
        terms=_content_terms(
            bare, has_diacritics=query.has_diacritics, places=places, comparing=Asked.COMPARE in asked
        ),
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


_GAP = " · "
# What is asked for, not what it is about; whether it is there is checked by kind (index.evidence).
_DOCUMENT_PHRASES = (
    "van ban nao,van ban gi,vb nao,vb gi,nhung van ban,cac van ban,loai van ban,nhung loai,loai gi,loai nao,co quan nao,"
    "don vi nao,cap tinh,cap trung uong,ai ky,do ai,ai ban hanh,co quan ban hanh,so hieu,so ky hieu"
).split(",")
# Words that ask for a comparison are about the question, not about either side of it.
_COMPARING = (
    "so sanh,khac nhau,giong nhau,khac gi,giong gi,ca hai,hai dia phuong,hai noi,hai tinh,hai huyen,hai bai,hai van ban,"
    "moi noi,moi ben,moi dia phuong,deu,cung,giua,diem chung,diem khac"
).split(",")


def _without_numbers(text: str) -> str:
    """The text without its document numbers and the type words that announce them."""
    for mention in reversed(find_symbols(text)):
        before = type_word_before(text, mention.start)
        start = before.start if before else mention.start
        text = f"{text[:start]}{_GAP}{text[mention.end :]}"
    return text


def _content_terms(
    text: str, *, has_diacritics: bool, places: tuple[str, ...], comparing: bool
) -> tuple[Term, ...]:
    words = spelled_words(text)
    plain = [word if has_diacritics else fold(word) for word in words]
    phrases = [*(_EMPTY_PHRASES if has_diacritics else _EMPTY_PHRASES_FOLDED)]
    empty = _EMPTY if has_diacritics else _EMPTY_FOLDED
    dropped = {i for i, word in enumerate(plain) if word in empty or word == _GAP.strip()}
    for phrase in phrases:
        dropped |= set(_positions(plain, phrase))
    folded_words = [fold(word) for word in words]
    for phrase in (*_DOCUMENT_PHRASES, *(_COMPARING if comparing else ())):
        dropped |= set(_positions(folded_words, phrase.split()))
    for place in places:
        dropped |= set(_positions(folded_words, fold(place).split()))
    return weigh_terms([None if i in dropped else fold(word) for i, word in enumerate(words)])


def _positions(words: list[str], phrase: list[str]) -> Iterator[int]:
    for start in range(len(words) - len(phrase) + 1):
        if words[start : start + len(phrase)] == phrase:
            yield from range(start, start + len(phrase))


_LEVEL_WORD = re.compile(
    r"(?:tinh|huyen|xa|phuong|thi xa|thanh pho|tp\.?|thi tran|quan|tinh uy|huyen uy|ubnd|hdnd) $"
)
_FAMILY_NAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao doan vuong trinh truong dinh lam".split()
)


def _find_places(text: str, *, has_diacritics: bool) -> tuple[str, ...]:
    """The provinces and districts named; a question may have lost marks and capitals, not both senses.

    A district's name without a level word before it counts only where it is capitalised and not part of a
    longer name: folded, "văn bản" is Văn Bàn and "là gì" is La Gi.
    """
    found = []
    for place in find_places_folded(text):
        written = text[place.start : place.end]
        before = text[: place.start]
        capital = written.istitle() and not _continues_name(before)
        levelled = bool(_LEVEL_WORD.search(fold(before))) or bool(_LEVEL_WORD.search(f"{fold(written)} "))
        levelled = levelled or bool(
            re.match(r"(?:tinh|huyen|xa|phuong|thi xa|thanh pho|tp|thi tran|quan) ", fold(written))
        )
        province = place.level is PlaceLevel.PROVINCE and not has_diacritics
        if capital or levelled or province:
            found.append(place.name)
    return tuple(dict.fromkeys(found))


def _continues_name(before: str) -> bool:
    words = before.split()
    if not words or not before.endswith(" ") or not words[-1].istitle():
        return False
    return (
        len(words) > 1
        and fold(words[-1]) not in ("tinh", "huyen", "xa", "tp", "uy")
        or fold(words[-1]) in _FAMILY_NAMES
    )


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
    "thong bao ket luan": "TB",
    "thong bao": "TB",
    "ket luan": "KL",
    "huong dan": "HD",
    "nghi dinh": "NĐ",
    "thong tu": "TT",
}


def _asked_types(folded: str) -> frozenset[str]:
    """The types in "nghị quyết nào", "nghị quyết, thông báo kết luận nào", "những quyết định"."""
    word = "|".join(sorted(_TYPE_CODES, key=len, reverse=True))
    listed = rf"\b(?:{word})(?:(?:, | va | hoac | hay )(?:{word}))*(?: so)? nao\b|\bnhung (?:{word})\b"
    return frozenset(
        _TYPE_CODES[name]
        for found in re.findall(listed, folded)
        for name in re.findall(rf"\b(?:{word})\b", found)
    )


_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = re.compile(rf"(?<![\w/-])[{_UPPER}][^\W\d_A-Z]+(?: [{_UPPER}][^\W\d_A-Z]+){{1,4}}(?![\w/-])")
_PERSON_TITLE = re.compile(
    r"(?:\b(?:dong chi|d/c|dc|ong|ba)|(?:bi thu|chu tich|giam doc|truong ban|thu tuong|bo truong)) $"
)


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
