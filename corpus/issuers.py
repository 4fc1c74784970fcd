"""Where the name of an issuing body ends in running text.

A name is read from a head ("UBND", "Bộ", "Ban Thường vụ" …). Names of the centre and of ministries are
listed; after a seat ("tỉnh", "huyện") at most a place name follows; other bodies run on over capitals and the
small syllables of their compounds up to the first word that cannot be part of a name.
"""

from __future__ import annotations

import re


def _either(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _flexible(pattern: str) -> re.Pattern[str]:
    """`pattern` with each of its spaces standing for any white space: names run over hard line wraps."""
    return re.compile(re.sub(r"(?<!\[) (?!\])", r"\\s+", pattern))


_UY = "(?:ủy|uỷ|Ủy|Uỷ|ỦY|UỶ)"
# The capitals of Vietnamese, for character classes.
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
_CAPITAL = rf"[{UPPER}][^\W\d_]*"
_NOT_IN_WORD = r"(?![^\W\d_])"

# Names with commas, or with small words behind them that the general rule would cut or swallow.
_MINISTRIES = _either(
    r"Nông nghiệp và Phát triển [Nn]ông thôn|Nông nghiệp và Môi trường|Nông nghiệp",
    r"Lao động\s*[-–,]\s*Thương binh và Xã hội|Văn h(?:óa|oá),\s+Thể thao và Du lịch",
    r"Thông tin và Truyền thông|Văn h(?:óa|oá)\s*[-–]\s*Thông tin|Kế hoạch và Đầu tư",
    r"Tài nguyên và Môi trường|Khoa học và Công nghệ|Khoa học,\s+Công nghệ và Môi trường",
    r"Giáo dục và Đào tạo|Giao thông [Vv]ận tải|Dân tộc và Tôn giáo|Tài chính|Công [Tt]hương|Công nghiệp",
    r"Thương mại|Thủy sản|Xây dựng|Nội vụ|Ngoại giao|Tư pháp|Công an|Quốc phòng|Y tế|Du lịch",
    r"Đại học và Trung học chuyên nghiệp",
)
_TERM = r"(?:\s+(?:khóa|khoá)\s+[IVX]{1,5}\b)?"
_PLACE = _either(
    r"Bà Rịa\s*[-–]\s*Vũng Tàu|Thừa Thiên\s*[-–]?\s*Huế|Hồ Chí Minh|Huế\b",
    r"Buôn Ma Thuột|Phan Rang\s*[-–]\s*Tháp Chàm",
    rf"{_CAPITAL}(?:\s+{_CAPITAL})?",
)
_SEAT = _either(
    r"tỉnh|thành phố|huyện|quận|thị xã|xã(?!\s+hội)|phường|đặc khu|thị trấn",
    r"Tỉnh|Thành phố|Huyện|Quận|Thị xã|Xã(?!\s+hội)|Phường|TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|XÃ|PHƯỜNG",
    r"TP\.?|TX\.?",
)
_AT = rf"(?:\s+{_SEAT}{_NOT_IN_WORD}(?:[ ]*(?!{_UY}){_PLACE})?)"
_NAME = rf"(?!{_UY}|(?:UBND|HĐND|Nghị|Quyết|Ban|Bộ|Sở)\b){_PLACE}"
_PARTY_SEAT = rf"(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Tt]hị|[Qq]uận|[Đđ]ảng)\s+{_UY}"
_COUNCIL = _either(
    "UBND|HĐND", rf"{_UY} ban [Nn]hân dân|Hội đồng [Nn]hân dân|ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN"
)

_FIXED = _flexible(
    _either(
        "Thủ tướng Chính phủ|Thủ tướng|Chính phủ|CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|Phủ Thủ tướng",
        "Hội đồng (?:Chính phủ|Bộ trưởng|Nhà nước)|Chủ tịch [Nn]ước|Chủ tịch Quốc hội",
        rf"{_UY} ban [Tt]hường vụ Quốc hội{_TERM}|Quốc hội{_TERM}",
        "Văn phòng (?:Chính phủ|Quốc hội|Chủ tịch nước|Trung ương Đảng|Trung ương)",
        rf"Văn phòng {_PARTY_SEAT}(?:[ ]{_NAME})?",
        rf"Bộ Chính trị{_TERM}|Ban Bí thư(?: Trung ương)?(?: Đảng)?{_TERM}",
        r"(?:Hội nghị (?:lần thứ \w+(?: \w+)? )?)?Ban Chấp hành Trung ương(?: Đảng)?" + _TERM,
        rf"Trung ương(?: Đảng)?{_TERM}|Ban (?:Chấp hành|Thường vụ) Đảng bộ{_AT}?",
        rf"(?:Ban (?:Chấp hành|Thường vụ)|BTV|BCH|Thường trực) {_PARTY_SEAT}"
        rf"(?: {_COUNCIL}{_AT}?|{_AT}|[ ]{_NAME})?",
        rf"(?:Tỉnh|Thành|Huyện|Thị|Quận)\s+{_UY}(?:[ ]{_NAME})?",
        rf"(?:Chủ tịch |Phó Chủ tịch |Thường trực )?{_COUNCIL}{_AT}?",
        rf"(?:Bộ trưởng |Thứ trưởng |Giám đốc )?(?:Bộ|Sở|BỘ|SỞ)\s+{_MINISTRIES}{_NOT_IN_WORD}{_AT}?",
        "(?:Thống đốc )?Ngân hàng Nhà nước(?: Việt Nam)?|Kiểm toán [Nn]hà nước|Thanh tra Chính phủ",
        "(?:Hội đồng Thẩm phán |Chánh án )?(?:Tòa|Toà) án nhân dân tối cao",
        "(?:Viện trưởng )?Viện [Kk]iểm sát nhân dân tối cao",
    )
)
_CHIEF = _either(
    "Bộ trưởng|Giám đốc|Chủ nhiệm|Tổng Giám đốc|Cục trưởng|Trưởng ban|Chánh [Vv]ăn phòng|Viện trưởng",
    "Chánh án|Thống đốc|Tổng cục trưởng",
)
_HEAD = re.compile(
    rf"(?:{_CHIEF}\s+)?"
    + _either(
        rf"Bộ|Sở|Ban|Cục|Chi cục|Tổng cục|Vụ|Viện|{_UY} ban|Hội đồng|Hội|Ngân hàng|Văn phòng|Đảng {_UY}",
        "Đảng bộ|Đảng đoàn|Liên đoàn|Tổng Liên đoàn|Mặt trận|Đoàn|Công an|Tòa án|Toà án|Bảo hiểm|Kho bạc",
        "Tập đoàn|Tổng công ty|Công ty|Đại học|Trường|Học viện|Bệnh viện|Thanh tra|Kiểm toán|Trung tâm",
        "Liên bộ|Đài|Quân khu",
    )
    + r"(?=[ ]|$)"
)
_WORD = re.compile(
    rf"[ ]+(?P<capital>[{UPPER}][^\W_]*(?:[-&][^\W_]+)*)"
    r"|\s+(?P<small>[^\W\d_A-ZĐ]+)|[ ]+(?P<dash>[-–](?=\s))"
)
_PROGRAMME = re.compile(
    r"[ ]+(?:các[ ]+)?[Cc]hương trình mục tiêu quốc gia(?:[ ]+giai đoạn[ ]+\d{4}\s*[-–]\s*\d{4})?"
)
_SEATED = re.compile(_AT)
_NEXT_CAPITAL = re.compile(rf"[ ]+[{UPPER}]")

# A small word that ends a name (the first syllable of verbs, prepositions, conjunctions).
_STOPS = _words(
    """
    về quy hướng ban phê sửa bổ bãi thay hủy huỷ đã đang được bị do của cho với từ đến để tại trong ngoài
    trên dưới khi nếu thì mà là có còn không nêu này đó nói theo căn thực triển tổ giao yêu đề chỉ thông
    công kết thi ngày năm số kèm gồm như cũng vừa sẽ phải cần nhằm góp trình xem gửi ký đối hoặc hay liên
    tiếp chưa bảo xác hợp họp làm tham phối báo phát ra vào lên xuống đưa cùng bằng qua lần thứ nhiệm giai
    mới tập tăng đẩy rà khẩn chủ hiện sau trước cụ việc những một đặc nhất thống xét nhưng tuy vì nên bởi
    rằng đại điều khoản điểm mục phụ chương đồng vẫn đều lại
    """
)
# Compounds of names whose second syllable is one of the stops.
_COMPOUNDS = frozenset(
    {
        *(
            "chương trình",
            "công trình",
            "tổng hợp",
            "phối hợp",
            "liên hợp",
            "thôn mới",
            "điều phối",
            "giao thông",
        ),
        *(
            "viễn thông",
            "hội đồng",
            "truyền thông",
            "phổ thông",
            "chuyển giao",
            "thực tập",
            "ngoại giao",
            "gia công",
        ),
    }
)
_DOCUMENT_WORDS = re.compile(
    r"[ ]+(?:Nghị|Quyết|Chỉ thị|Thông (?:báo|tư|tri)|Kế hoạch số|Công (?:văn|điện)|Kết luận|Quy|Luật|Bộ luật"
    r"|Hướng dẫn|Chương trình|Văn bản|Báo cáo|Tờ trình|Đề án|Điều \d|Pháp lệnh)\b"
)
_ENDS_OPEN = re.compile(rf"\s(?:Bộ|Sở|Hội|{_UY}|và|các|[-–])$")  # a name broken off in its middle
_MOST_WORDS = 16
_MOST_SMALL = 5  # small syllables behind a capital: "Trung tâm phục vụ hành chính công"


def read_issuer(text: str, start: int) -> int | None:
    """Where the name of a body that begins at `start` ends, or None where no body's name begins there.

    >>> name = "của Ủy ban nhân dân tỉnh Hà Tĩnh về việc"
    >>> name[4 : read_issuer(name, 4)]
    'Ủy ban nhân dân tỉnh Hà Tĩnh'
    """
    fixed = _FIXED.match(text, start)
    if fixed is not None and not text[fixed.end() : fixed.end() + 1].isalpha():
        return fixed.end()
    head = _HEAD.match(text, start)
    if head is None:
        return None
    end = _read_words(text, head.end())
    return end if end > head.end() and not _ENDS_OPEN.search(text[start:end]) else None


def _read_words(text: str, end: int) -> int:
    """The end of a general name behind its head: capitals with their small syllables."""
    small, last = 0, ""
    for _ in range(_MOST_WORDS):
        programme = _PROGRAMME.match(text, end)
        if programme is not None:
            return programme.end()
        word = _WORD.match(text, end)
        if word is None or (seated := _SEATED.match(text, end)) is not None:
            return end if word is None or seated is None else seated.end()
        if word["capital"]:
            if _DOCUMENT_WORDS.match(text, end):
                return end
            small = 0
        elif word["dash"] or word["small"] in ("và", "các"):
            if _NEXT_CAPITAL.match(text, word.end()) is None or _opens_another(text, word.end()):
                return end
        else:
            small += 1
            compound = f"{last} {word['small']}" in _COMPOUNDS
            if small > _MOST_SMALL or (word["small"] in _STOPS and not compound):
                return end
        end, last = word.end(), word[0].strip().lower()
    return end


def _opens_another(text: str, end: int) -> bool:
    """Whether "và" leads to the next document or body: "và Nghị quyết …", "và Bộ Tài chính"."""
    if _DOCUMENT_WORDS.match(text, end) is not None:
        return True
    return _HEAD.match(text, end + 1) is not None or _FIXED.match(text, end + 1) is not None
