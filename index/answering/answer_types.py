"""What sort of thing a question asks for, and whether a stretch of text has one of that sort.

Cues are ways of asking, none a topic; they are read on the folded question, so that typing without diacritics
asks the same.
"""

from __future__ import annotations

import re
from enum import StrEnum

from index.asking import SEVERAL


class AnswerType(StrEnum):
    """A question may ask for several."""

    FIGURE = "figure"
    DATE = "date"
    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    DOCUMENT = "document"
    LIST = "list"
    DEFINITION = "definition"
    QUOTATION = "quotation"
    WEB = "web"  # an address, a telephone number, a mailbox


_DOC = (
    "van ban|vb|nghi quyet|nq|quyet dinh|qd|chi thi|ct|ke hoach|kh|cong van|cv|thong bao|tb|ket luan|kl|huong dan|hd"
    "|nghi dinh|nd|thong tu|tt|luat|quy dinh|de an|to trinh|bao cao|cong dien|quy che"
)
# "mỗi năm bao nhiêu tiền" asks for no year.
_UNITS = r"nghin|trieu|ty|dong|tien|phan tram|%|lan|ha|km|m2|met|tan|nguoi|ho|dn|usd|do la"
# "ai được giao ký tờ trình" asks for one person, "ai được miễn" for all of a kind.
_CHARGED = "giao|phan cong|cu|bau|bo nhiem|uy quyen|moi|chi dinh|de cu|trao|tang|chon|goi"
_CUES: dict[AnswerType, str] = {
    AnswerType.FIGURE: (
        rf"(?<!ngay )(?<!thang )(?<!nam )(?<!hieu )(?<!so )(?:bao nhieu|bao nhiu|bnhieu|bn|{SEVERAL})(?! nao)(?! do)"
        rf"|(?:bao nhieu|bao nhiu|bnhieu|bn|{SEVERAL}) (?:{_UNITS})"
        r"|% |ty le|ti le|so luong|muc (?:nao|thu|chi|phi|phat|luong|chuan|ho tro)|dien tich|dan so|lan thu may|rong"
        r"|(?:tong )?so (?:luong|don vi|xa|phuong|ho|nguoi|du an|thu tuc|von|tien|dan|ca|vu|hoc sinh|doanh nghiep)"
    ),
    AnswerType.DATE: (
        r"(?:ngay|hom|thang|nam|quy|gio|luc|thoi gian|thoi diem|thoi han|giai doan|dip) (?:nao|may|gi|bao nhieu)(?! (?:nghin|trieu|ty|dong|tien|phan tram|%|lan|tan) )|khi nao"
        r"|bao gio|bao lau|tu luc|han cuoi|han chot|cham nhat|truoc ngay|truoc khi|den khi|ngay thang|tu ngay|moc nao|thoi han"
    ),
    AnswerType.PERSON: r"\bai\b|dong chi nao|d c nao|nguoi nao|vi nao|ong nao|ba nao|chuc danh nao|ten gi",
    AnswerType.BODY: r"(?:co quan|don vi|bo|so|(?<!van )ban|to chuc|cap|doan|hoi|truong|nha) nao|bo nganh nao|noi nao|do dau",
    AnswerType.PLACE: r"(?:o|tai|den|tu) dau|dia diem|(?:tinh|huyen|xa|phuong|thanh pho|noi|dia phuong|cho|khu vuc)(?: \w+)? nao",
    AnswerType.DOCUMENT: rf"(?:{_DOC})(?: \w+){{0,3}} (?:nao|gi|so may|may|bao nhieu)|theo (?:dau|van ban|can cu)|so hieu|mang so",
    AnswerType.LIST: (
        r"nhung (?!nam)(?:\w+ ){0,5}(?:nao|gi)|gom (?:nhung|cac|may|gi|ai)|nhung ai|doi tuong nao|liet ke|ke ten|ke cho du|ke du|danh sach|cac \w+(?: \w+){0,3} nao"
        rf"|\bai (?:duoc|phai|bi|thuoc dien)(?! (?:{_CHARGED}))"
        r"|lan luot|bao gom|tung (?:muc|loai|nhom|nam)|may (?:nhom|loai|noi dung|nhiem vu|hinh thuc|buoc)"
    ),
    AnswerType.DEFINITION: r"la gi|nghia la|duoc hieu|the nao la|dinh nghia|khai niem|duoc xac dinh the nao|la nhu the nao",
    AnswerType.QUOTATION: (
        r"cau nao|trich|nguyen van|tim (?:cau|doan)|doan nao|khau hieu|phat bieu|noi (?:gi|the nao|ra sao)|nhan manh|danh gia"
        r"|can (?:cau|doan)|loi (?:cua|keu goi|phat)"
    ),
    AnswerType.WEB: r"website|trang web|duong day|so dien thoai|sdt|hotline|email|thu dien tu|dia chi",
}
_PATTERNS = {kind: re.compile(rf"(?<!\w)(?:{cues})") for kind, cues in _CUES.items()}


_HOW_MANY = re.compile(rf" (?:bao nhieu|bnhieu|bn|{SEVERAL}) ")


def asks_how_many(normal: str) -> bool:
    """Whether a question asks for a count or a measure in so many words; `normal` is its `normal_form`."""
    return bool(_HOW_MANY.search(normal))


_WHICH_DAY = re.compile(
    r" (?:ngay (?:nao|may)|may gio|gio nao|khi nao|bao gio|tu luc nao|thang (?:nao|may)|nam nao|han chot|han cuoi) "
)
_BY_WHEN = re.compile(
    r" (?:(?:truoc|cham nhat|han|xong)(?: \w+){0,2} (?:nao|may)|han (?:\w+ ){1,4}ngay (?:nao|may)|han chot|han cuoi|cham nhat|truoc bao gio) "
)


def asks_which_day(normal: str) -> bool:
    """Whether a question asks for a day, hour or year in so many words; `normal` is its `normal_form`."""
    return bool(_WHICH_DAY.search(normal))


def asks_by_when(normal: str) -> bool:
    """Whether a question asks by when something must be done."""
    return bool(_BY_WHEN.search(normal))


_SAID = re.compile(
    r"(?:ngày|tháng|năm|quý|giờ)\s+\d[\d/.-]*|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{1,4}(?![\w/])|\d{1,2}\s*giờ|quý [IVX]+"
    r"|(?<![\w/.-])(?:19|20)\d\d(?![\w/])|\d+\)?\s*(?:ngày|giờ)|ngày (?:ký|đầu|cuối)|(?:đầu|cuối|giữa) (?:năm|tháng|quý)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:khi|lúc|mùa|dịp|mùng|mồng|rằm|tết|sáng|trưa|chiều|tối|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|cuối tuần|h[ằà]ng (?:ngày|tuần|tháng|quý|năm)"
    r"|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?:ngày|tháng|năm|giờ))\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:trước|chậm nhất|muộn nhất|hạn|đến hết|hết ngày|trong vòng|trong thời gian|xong|trong (?:tháng|quý|năm|ngày)|đến ngày)\b",
    re.IGNORECASE,
)


def says_time(text: str) -> bool:
    """Whether a text says when: a day, hour, year, span of days, how often, or by what happens."""
    return bool(_SAID.search(text) or _CONDITION.search(text))


def says_limit(text: str) -> bool:
    """Whether a text sets a time by which something is to be done."""
    return bool(_SAID.search(text) and _LIMIT.search(text))


def read_answer_types(normal: str) -> frozenset[AnswerType]:
    """The sorts of thing that a question asks for; `normal` is its `normal_form`."""
    return frozenset(kind for kind, pattern in _PATTERNS.items() if pattern.search(normal))


_QUANTITY = re.compile(
    r"\d|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?= (?:nghìn|trăm|triệu|tỷ|xã|người|bài|phần|chương|cấp|nhóm|đợt|loại))",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:ngày|tháng|năm|quý|giờ)\s+\d[\d/.-]*|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{4}|\d{1,2} giờ|quý [IVX]+"
    r"|\d+ (?:ngày|tháng|năm|giờ)|hằng (?:năm|tháng|quý)|hàng (?:năm|tháng|quý)|kể từ ngày",
    re.IGNORECASE,
)
_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = re.compile(
    rf"(?<![\w/-])[{_UPPER}][^\W\d_{_UPPER}]+(?:\s+[{_UPPER}][^\W\d_{_UPPER}]+){{1,4}}(?![\w/-])"
)


# What an event or a plan has, in the folded words of a question that asks for it.
THEMES = "chu de|khau hieu|phuong cham|thong diep|tam nhin"


def find_names(text: str) -> list[str]:
    """What is written like a name: two to five words with capitals ("Cồn Mẫu")."""
    return [name[0] for name in _NAME.finditer(text)]


_BODY = re.compile(
    r"\b(?:Bộ|Sở|Ban|Ủy ban|Uỷ ban|UBND|HĐND|Hội|Văn phòng|Công an|Cục|Vụ|Thanh tra|Chính phủ|Quốc hội|Tòa án|Viện|Đảng ủy|Đảng uỷ"
    r"|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Mặt trận|Thủ tướng|Chủ tịch|Trưởng|Giám đốc|Bộ trưởng|Bí thư|Chánh|Phó|Đoàn|Trung tâm|Phòng)\b"
)
_WEB = re.compile(r"https?:|www\.|\w\.(?:vn|com|org)|\S@\S|\d[\d .]{7,}\d")
_SPEAKS = re.compile(
    r"[“\"]|\b(?:phát biểu|nhấn mạnh|khẳng định|cho rằng|cho biết|đề nghị|yêu cầu|lưu ý|chia sẻ|bày tỏ|đánh giá|nhận định|kết luận)\b",
    re.IGNORECASE,
)


def carries(kind: AnswerType, text: str, named: bool) -> bool:
    """Whether a text has a thing of the sort; `named` says whether a document number stands in it."""
    if kind is AnswerType.FIGURE:
        return bool(_QUANTITY.search(text))
    if kind is AnswerType.DATE:
        return bool(_DATE.search(text))
    if kind is AnswerType.PERSON:
        return bool(_NAME.search(text) or _BODY.search(text))
    if kind is AnswerType.BODY:
        return bool(_BODY.search(text))
    if kind is AnswerType.PLACE:
        return bool(_NAME.search(text))
    if kind is AnswerType.DOCUMENT:
        return named or bool(
            re.search(r"\b(?:Luật|Bộ luật|Nghị quyết|Quyết định|Nghị định|Thông tư|Đề án)\b", text)
        )
    if kind is AnswerType.LIST:
        return text.count(",") + 2 * text.count(";") >= 2 or text.rstrip().endswith(":")
    if kind is AnswerType.DEFINITION:
        return bool(re.search(r"\b(?:là|gồm|được hiểu|được xác định)\b", text))
    if kind is AnswerType.WEB:
        return bool(_WEB.search(text))
    return bool(_SPEAKS.search(text)) or text.rstrip().endswith((".", "!"))
