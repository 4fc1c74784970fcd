"""How people ask: cues for the kinds of answer, and the words of a question that are not its topic.

Every cue is a way of asking, none a topic. Cues are matched on the folded question, so that typing without
diacritics asks the same; a gap in a phrase stands for one space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from corpus.text import fold

# "mấy" typed or folded; "bộ máy", "xe máy", "máy móc" ask for no number.
SEVERAL = r"(?<!bo )(?<!xe )(?<!nha )(?<!thiet bi )(?<!mo to )may(?! moc| bay| tinh| do\b)"


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
    CONTACT = "contact"  # a telephone number or an address for mail


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


# Types of documents by name, with the code that a number carries.
TYPE_CODES = {
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
_OTHER_TYPES = _phrases(
    "van ban, quy dinh, chuong trinh, luat, phap lenh, quy che, to trinh, bao cao, cong dien, vb, ct, tb, nd, tt"
)
_TYPE = "|".join(sorted({*TYPE_CODES, *_OTHER_TYPES}, key=len, reverse=True))
_WHO = "ai|co quan nao|don vi nao|cap nao|noi nao"

_CUES: dict[Asked, tuple[str, ...]] = {
    Asked.DOCUMENT: (
        rf"({_TYPE})( so)? (nao|gi|may|bao nhieu)",
        r"(theo|can cu|dua vao|tai) (dau|nhung gi)",
        r"so (hieu|may)",
        rf"nhung ({_TYPE})",
        r"loai (van ban|vb)",
    ),
    Asked.DATE: (
        r"(hom|ngay) nao",
        r"(ngay|thang|nam|thoi gian|thoi diem|luc|hoi) (nao|may|gi|bao nhieu)",
        r"ngay thang( nam)?",
        r"khi nao|bao gio|tu ngay nao",
        r"ngay (ban hanh|ky|may)",
    ),
    Asked.SIGNER: (
        r"(ai|nguoi|do ai) (la nguoi )?(da )?ky",
        r"ky (boi|ten) ai",
        r"nguoi ky|ai dung ten",
        r"(dong chi|vi|nguoi|ong|ba) nao (da )?ky",
    ),
    Asked.ISSUER: (
        rf"({_WHO}|cua ai|cua co quan nao)( la noi)?( da)? (ban hanh|ra|dua ra)",
        rf"(cua|do) ({_WHO})",
        r"co quan ban hanh",
    ),
    Asked.STATUS: (
        r"con (hieu luc|han|gia tri)",
        r"het (hieu luc|han|gia tri) (chua|khong|tu)",
        r"bi ((van ban|nghi quyet|quyet dinh) nao )?(thay the|bai bo|huy bo|sua doi)",
        r"thay the (boi|bang)",
        r"tinh trang hieu luc|con (dung|ap dung)",
    ),
    Asked.FIGURE: (
        r"(?<!ngay )(?<!thang )(?<!nam )bao nhieu",
        rf"(?<!ngay )(?<!thang )(?<!so ){SEVERAL}",
        r"ty le|ti le|so luong|muc nao",
    ),
    Asked.SUBJECT: (
        r"trich yeu|noi ve gi|ten day du",
        r"ve (viec gi|noi dung gi|cai gi|van de gi|chuyen gi)",
    ),
    Asked.SPEECH: (
        r"phat bieu|(trich|dan|theo) loi|loi (cua )?(ong|ba|anh|chi|dong chi|tai xe|nguoi)|nguyen van loi",
        r"(noi(?! ve)|nhan manh|yeu cau|de nghi|chi dao|khang dinh|nhac nho|luu y)"
        r"( \w+){0,2} (gi|nhu the nao|the nao|ra sao)",
    ),
    Asked.LIST: (
        rf"(liet ke|danh sach|gom nhung|nhung|cac|tat ca|toan bo)( \w+){{0,2}} ({_TYPE})",
        rf"(gom|co) (nhung )?({_TYPE}) nao",
    ),
    Asked.CONTACT: (
        r"so dien thoai|dien thoai lien he|sdt|hotline|duong day nong|email|thu dien tu|lien he (ai|dau|voi ai|so nao)",
    ),
    Asked.COMPARE: (
        r"so sanh|khac nhau|giong nhau|khac gi|ca (hai|2)",
        r"hai (dia phuong|noi|tinh|huyen|xa|bai|van ban|trang)",
        r"2 (dia phuong|noi|tinh|huyen|bai|van ban)",
        r"moi (noi|ben|dia phuong|tinh|huyen)",
        r"^ca .* (va|lan|voi)",
    ),
}
_PATTERNS = {asked: re.compile("|".join(rf"\b(?:{cue})\b" for cue in cues)) for asked, cues in _CUES.items()}


def read_asked(folded: str) -> frozenset[Asked]:
    """The kinds of answer that a folded question asks for."""
    found = {asked for asked, pattern in _PATTERNS.items() if pattern.search(folded)}
    return frozenset(found | ({Asked.FIGURE} if "%" in folded else set()))


_LISTED_TYPES = re.compile(
    rf"\b(?:{'|'.join(sorted(TYPE_CODES, key=len, reverse=True))})\b"
    rf"(?:(?:, | va | hoac | hay )(?:{'|'.join(TYPE_CODES)})\b)*(?=(?: so)? nao\b)"
)


def read_types(folded: str) -> frozenset[str]:
    """The type codes in "nghị quyết nào", "nghị quyết, thông báo kết luận nào"; empty for any type."""
    word = re.compile(rf"\b(?:{'|'.join(sorted(TYPE_CODES, key=len, reverse=True))})\b")
    return frozenset(
        TYPE_CODES[name] for listed in _LISTED_TYPES.finditer(folded) for name in word.findall(listed[0])
    )


# What is asked for, not what it is about; whether it is there is checked by kind (index.answering).
DOCUMENT_PHRASES = _phrases(
    """van ban nao, van ban gi, vb nao, vb gi, nhung van ban, cac van ban, loai van ban, nhung loai, loai gi,
    loai nao, co quan nao, don vi nao, cap tinh, cap trung uong, ai ky, do ai, ai ban hanh, co quan ban hanh,
    so hieu, so ky hieu"""
)
# Words that ask for a comparison are about the question, not about either side of it.
COMPARING_PHRASES = _phrases(
    """so sanh, khac nhau, giong nhau, khac gi, giong gi, ca hai, hai dia phuong, hai noi, hai tinh, hai huyen,
    hai bai, hai van ban, moi noi, moi ben, moi dia phuong, deu, cung, giua, diem chung, diem khac"""
)
# Words of asking and of grammar: they say nothing about the topic.
EMPTY_PHRASES = _phrases(
    """bao nhiêu, như thế nào, thế nào, ra sao, làm sao, tại sao, vì sao, khi nào, bao giờ, có phải, hay không,
    hay chưa, được không, có không, đúng không, cho biết, cho hỏi, xin hỏi, hãy cho, vui lòng, làm ơn, giúp tôi,
    phải làm, làm gì, câu nào, đoạn nào, tìm đoạn, tìm câu, chỗ nào, như thế, vì thế, trích yếu, trích dẫn,
    nói gì, nói về, nhắc đến, nhắc tới, nêu ra, ngày tháng năm nào, ngày nào, tháng nào, năm nào, ngày mấy,
    số mấy, gồm những, đồng chí, toàn văn, nguyên văn, cụ thể"""
)
EMPTY_WORDS = frozenset(
    """nào gì ai đâu mấy là của và các những được có không cho để thì phải làm đã đang sẽ với trong ở tại theo về
    này đó kia đây ra vào lên xuống đến từ tới hay hoặc mà rằng bởi vì nên nếu khi cũng còn rất quá nhé ạ nói nêu
    ghi hỏi xin tìm trích sao ko k hok như cái giúp bị bằng hiện giờ vậy đều cả do mình em tôi liệt kê biết chưa
    rồi thôi nhỉ hả đc dc vs""".split()
)
# Without diacritics these are as likely a word of content: "dang" is đang or Đảng, "de" is để or đề.
_AMBIGUOUS = frozenset(
    "de dang day dau tai the sao cau doan con do ra so ban chi vao cai ghi biet tim hoi trong len".split()
)
EMPTY_WORDS_FOLDED = frozenset(map(fold, EMPTY_WORDS)) - _AMBIGUOUS


def find_empty(words: list[str], *, has_diacritics: bool, comparing: bool) -> frozenset[int]:
    """The positions of words (lower case, in order) that say nothing about a question's topic."""
    bare = [fold(word) for word in words]
    typed, empty = (words, EMPTY_WORDS) if has_diacritics else (bare, EMPTY_WORDS_FOLDED)
    asking = EMPTY_PHRASES if has_diacritics else tuple(map(fold, EMPTY_PHRASES))
    found = {position for position, word in enumerate(typed) if word in empty}
    found |= find_phrases(typed, asking)
    found |= find_phrases(bare, DOCUMENT_PHRASES)
    if comparing:
        found |= find_phrases(bare, COMPARING_PHRASES)
    return frozenset(found)


def find_phrases(words: list[str], phrases: Iterable[str]) -> frozenset[int]:
    """The positions of words that belong to an occurrence of one of the phrases."""
    found: set[int] = set()
    for phrase in phrases:
        parts = phrase.split()
        for start in range(len(words) - len(parts) + 1):
            if words[start : start + len(parts)] == parts:
                found.update(range(start, start + len(parts)))
    return frozenset(found)
