"""What only bears the name of a place: persons, streets, schools, firms, roads, economic zones."""

from __future__ import annotations

import re

_PERSON = re.compile(
    r"(?<!\w)(?:ông|bà|anh|chị|cô|chú|em|cháu|bác|đồng chí|đ/c|đc)\s\Z|(?<=\w)\s(?:Văn|Thị)\s\Z",
    re.IGNORECASE,
)
# What is named after a place and is none; directly before the name.
_NAMED_AFTER = re.compile(
    r"(?<!\w)(?:(?<!thành )phố|đường|xa lộ|công viên|ngõ|ngách|(?<!yêu )(?<!nhu )(?<!điểm )cầu|hầm|bến|cảng|ga|sân bay|hồ|đầm|sông|suối|kênh|núi|đèo|dãy|(?<!thành phố )biển|vịnh"
    r"|đảo|quần đảo|mũi|đền|chùa|đình|chợ|thôn|ấp|(?<!văn )bản|làng|xóm|buôn|khóm|khu phố|tổ dân phố|tdp|khu|quảng trường"
    r"|(?<!thông )(?<!cảnh )báo|đài|tạp chí|chiến dịch|khởi nghĩa|chiến thắng|(?<!mặt )trận|hiệp định|tuyên bố|công ước|nghị định thư|vùng|miền"
    r"|sân vận động|nhà thi đấu|giáo phận|nhà thờ|nhà máy|chung cư|khách sạn|ngã ba|ngã tư|bán đảo|bãi biển|bãi|xứ|dốc"
    r"|nhà|phong trào|nghĩa quân|quân|triều|vương triều|thời|võ|cuộc khởi nghĩa|thành cổ|cố đô|tượng đài|tòa nhà"
    r"|thủy điện|thuỷ điện|xi măng|nhiệt điện|clb|câu lạc bộ|mỏ|rừng|cửa khẩu|cửa|hòn|cồn|cao nguyên|đồn|trại)\s\Z",
    re.IGNORECASE,
)
_FIRM = (
    r"Công ty|công ty|CÔNG TY|Tổng công ty|CT CP|CTCP|CT TNHH|Tập đoàn|Ngân hàng|Khu kinh tế|khu kinh tế"
    r"|Hợp tác xã|hợp tác xã"
)
_OTHER_BEARER = (
    r"Trường(?! hợp)|(?<!MÔI )(?<!THỊ )(?<!HIỆN )(?<!CÔNG )TRƯỜNG(?! HỢP)|Đại học|ĐH|Cao đẳng|CĐ|Trung cấp|THPT|THCS|Tiểu học|Mầm non|Học viện|HỌC VIỆN|Bệnh viện|BỆNH VIỆN|BVĐK"
    r"|Nhà máy|nhà máy|Khách sạn|khách sạn|Khu công nghiệp|khu công nghiệp|KCN|CCN|Cụm công nghiệp"
    r"|cụm công nghiệp|KKT|HTX|Vườn quốc gia|Nhà xuất bản|NXB|Báo(?! (?:cáo|và [Pp]hát))"
    r"|Tạp chí|Cảng|cảng|Sân bay|sân bay|Quốc lộ|quốc lộ|cao tốc|đường sắt|(?<!trực )tuyến|[Đđ]iện (?:hạt nhân|mặt trời|gió|khí)|NMNĐ|NMTĐ|NMĐ|TBA|ĐD|ĐZ|[Đđ]ường dây|[Tt]rạm (?:cắt|biến áp)|Viện(?! (?:kiểm sát|dẫn|trợ))|Vietcombank|Agribank|BIDV|Nhạc viện"
    r"|Khu du lịch|khu du lịch|[Kk]hu dự trữ|[Kk]hu bảo tồn|[Kk]hu di tích|Trung tâm Thương mại|Nhà hát|Bảo tàng|Siêu thị|[Cc]hi nhánh(?! [Vv]ăn phòng)|[Tt]hủy điện|Cửa khẩu|cửa khẩu"
)
# "Công ty CP Đầu tư và Phát triển Hà Nội" is one name, "Công ty X và UBND tỉnh Y" are two.
_TRADE = r"(?i:đầu|xây|phát triển|thương|dịch|sản|công nghệ|công nghiệp|kỹ|nhân văn|kinh|vận|môi|giáo|du lịch|thiết|đào|quản|kiến)"
_WITHIN = (
    r"(?!\s(?:tại|ở|của|thuộc|trên|trong|cho|với|do|về|qua|là|có|được|đã|đến|từ|giữa|sang|ra|địa bàn)\s)"
    rf"(?!\svà\s(?!{_TRADE}))"
)
_STOP = r".,;:()“”\""
# What bears a name as a whole, words before the place included: "Trường Đại học Y Hà Nội". The name of a firm may
# run over a line, but not begin one: that is the next cell of a table.
_BEARER = re.compile(
    rf"(?<!\w)(?:(?:{_FIRM})(?!\w)(?:{_WITHIN}(?:[^{_STOP}\n]|\n(?![-–+•*\d\s]|[IVX]+\.|[a-zđ]\))))*(?<!\n)"
    rf"|(?:{_OTHER_BEARER})(?!\w)(?:{_WITHIN}[^{_STOP}\n])*)\Z"
)
_OPENING = frozenset(
    "Tại Ở Về Đến Từ Của Và Trên Với Theo Cùng Riêng Còn Do".split()
)  # they begin a sentence
_CHAIN_OF_NAMES = re.compile(r"[^\W\d_]\w*(?:\s[^\W\d_]\w*)*\s*[-–]\s*\Z")
# "thủy điện Lai Châu và Đồng Nai 5"
_PAIR_OF_NAMES = re.compile(
    r"(?:[Tt]hủy điện|[Nn]hiệt điện|[Ss]ân bay|[Cc]ảng hàng không)\s(?:[A-ZĐ]\w*\s){1,4}và\s\Z"
)
# "bao gồm cảng Mỹ Tho, Vĩnh Long, Cần Thơ": three of a list, one before a province may lie in it
_LISTED = re.compile(
    r"(?<!\w)(?:[Cc]ảng(?: hàng không| biển)?|[Ss]ân bay|[Cc]ửa khẩu|[Cc]ông viên|[Kk]hu công nghiệp):?\s(?P<names>(?:[A-ZĐ]\w*(?:\s\w+){0,3},\s)+)\Z"
)
_ANOTHER = re.compile(r",\s(?!Việt Nam)[A-ZĐ]\w*\s[A-ZĐ]")
_ROAD = re.compile(r"(?<!\w)(?:dự án|tuyến|cao tốc|đoạn|[Qq]uốc lộ)(?!\w)[^.;\n]*\Z")
_BOARD = re.compile(r"(?i:ban quản lý|BQL)\s(?:các\s)?[Kk]hu (?:kinh tế|công nghiệp)\s\Z")
_NUMBER_BEHIND = re.compile(r"[ \u00a0]\d{1,2}(?=\s*(?:[,;.)\n]|\Z|[-–]\s|(?:và|các|đến)\s))")
_LAST_WORD = re.compile(r"([^\W\d_]{2,})[ \u00a0]\Z")
_DASH_BEFORE = re.compile(r"\w[ \u00a0]?[-–—][ \u00a0]?\Z")
_DASH_BEHIND = re.compile(r"[ \u00a0]?[-–—]\s?([^\W\d_])")


def is_named_after(text: str, start: int) -> bool:
    """Whether the words before a name make it a person or a thing named after a place."""
    before = text[max(0, start - 40) : start]
    return bool(_PERSON.search(before) or _NAMED_AFTER.search(before.replace("\n", " ")))


def is_part_of_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands directly before or behind: "Lê Bắc Sơn", "Bắc Sơn Hà".

    Not so an abbreviation before it: "CSGT Tuy Phước" is a body of that district.
    """
    before = re.search(r"([^\W\d_]+)[ \u00a0]\Z", text[max(0, start - 20) : start])
    after = re.match(r"[ \u00a0]([^\W\d_]+)", text[end : end + 20])
    shouted = text[start:end].isupper()
    if before is not None and (before[1] in _OPENING or (len(before[1]) > 1 and before[1].isupper())):
        before = None
    return any(m is not None and m[1][0].isupper() and not shouted for m in (before, after))


def is_end_of_route(text: str, start: int, end: int) -> bool:
    """Whether a name is joined to another by a dash: "Biên Hòa – Vũng Tàu" is mostly a road."""
    before = _DASH_BEFORE.search(text[max(0, start - 4) : start])
    after = _DASH_BEHIND.match(text[end : end + 4])
    return before is not None or (after is not None and after[1].isupper())


def is_numbered(text: str, end: int) -> bool:
    """Whether a number ends a bare name: "Ninh Thuận 1" is a plant, a line, a bridge."""
    return _NUMBER_BEHIND.match(text, end) is not None


def is_road(text: str, start: int, end: int) -> bool:
    """Whether a name with its level word is the end of a road: "dự án Thành phố Hồ Chí Minh - Mộc Bài"."""
    return is_end_of_route(text, start, end) and _ROAD.search(text[max(0, start - 120) : start]) is not None


def is_of_list(text: str, start: int, end: int) -> bool:
    """Whether a bare name is one of a list of ports, parks, gates: "cảng Mỹ Tho, Vĩnh Long, Cần Thơ"."""
    listed = _LISTED.search(text, max(0, start - 120), start)
    if listed is None:
        return False
    return listed["names"].count(",") + bool(_ANOTHER.match(text, end)) > 1


def bears_name(text: str, start: int) -> bool:
    """Whether a name stands within that of a school, company, economic zone, road …: "Trường Đại học Y Hà Nội".

    `start`: of its level word, where it has one. "Khu kinh tế Nghi Sơn tỉnh Thanh Hóa" ends before it, and the
    board of a zone is a body of its province.
    """
    before = text[max(0, start - 120) : start]
    last = _LAST_WORD.search(before)
    if text[start : start + 1].islower() and last is not None and last[1].istitle():
        return False
    if _BOARD.search(before):
        return False
    if _BEARER.search(before) or _PAIR_OF_NAMES.search(before):
        return True
    # "cao tốc Hà Nội – Hải Phòng": both ends belong to the road
    chain = _CHAIN_OF_NAMES.search(before)
    return chain is not None and bool(_BEARER.search(before[: chain.start()]))
