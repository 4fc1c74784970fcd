"""Who is told to do something: bodies, offices and classes of bodies, and the verb that follows them.

Citizens, firms and parties to a contract are none: what binds them is a norm, not a task.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# The head nouns with which a body, an office or a class of them begins.
_HEADS = (
    r"Ủy\s+ban\s+(?:nhân\s+dân|Mặt\s+trận|Kiểm\s+tra|Dân\s+tộc)|Uỷ\s+ban\s+(?:nhân\s+dân|Mặt\s+trận|Kiểm\s+tra|Dân\s+tộc)|UBND|UBMTTQ"
    r"|Hội\s+đồng\s+nhân\s+dân|Thường\s+trực|HĐND|Chủ\s+tịch|Phó\s+Chủ\s+tịch|Thủ\s+tướng|Chính\s+phủ|Bộ\s+trưởng|Bộ(?=\s+[A-ZĐỦ])|Sở(?=\s+[A-ZĐỦ])(?!\s+[Gg]iao\s+dịch)"
    r"|Giám\s+đốc|Chánh\s+(?:Văn\s+phòng|Thanh\s+tra|án)|Văn\s+phòng|Thủ\s+trưởng|Tỉnh\s+[uủ][ỷy]|Thành\s+[uủ][ỷy]|Huyện\s+[uủ][ỷy]|Đảng\s+[uủ][ỷy]"
    r"|Ban(?=\s+(?:[A-ZĐ]|cán\s+sự|thường\s+vụ|chấp\s+hành|quản\s+lý))|Công\s+an|Cục(?=\s+[A-ZĐ])|Chi\s+cục|Tổng\s+cục|Vụ(?=\s+[A-ZĐ])|Kho\s+bạc"
    r"|Ngân\s+hàng\s+(?:Nhà\s+nước|Chính\s+sách)|Mặt\s+trận\s+Tổ\s+quốc|T[òo][aà]\s+án|Viện\s+[Kk]iểm\s+sát|Viện\s+trưởng|Thanh\s+tra(?=\s+[A-ZĐ])"
    r"|Kiểm\s+toán\s+[Nn]hà\s+nước|Bảo\s+hiểm\s+xã\s+hội|BHXH|Quân\s+[uủ][ỷy]|Bộ\s+Chỉ\s+huy|Liên\s+đoàn|Hội(?=\s+(?:Nông|Liên|Cựu|Chữ))|Trung\s+tâm(?=\s+[A-ZĐ])"
    r"|Đài(?=\s+[A-ZĐ])|Báo(?=\s+[A-ZĐ])|Phòng(?=\s+[A-ZĐ])|Người\s+đứng\s+đầu|Người\s+được\s+giao|Lãnh\s+đạo(?=\s+(?:các|Sở|Ủy|UBND))"
    r"|Tổ\s+(?:công\s+tác|trưởng)|Trưởng\s+(?:Ban|ban|phòng)|Hiệu\s+trưởng|Cơ\s+quan|Đơn\s+vị|Cơ\s+sở\s+giáo\s+dục|Tập\s+đoàn\s+Điện\s+lực"
    r"|Lưu\s+trữ(?=\s+(?:hiện|lịch|cơ|Bộ|Nhà|Đảng|Văn|cấp|Tỉnh))|Văn\s+thư|Bộ\s+phận|Công\s+chức|Viên\s+chức|Cán\s+bộ|Chi\s+nhánh(?=\s+[A-ZĐ])|Học\s+viện|Viện(?=\s+[A-ZĐ])"
    r"|Hội\s+đồng|Đoàn\s+(?:kiểm\s+tra|thanh\s+tra|giám\s+sát)|Nhà\s+trường|Trường(?=\s+[A-ZĐ])|Tổng\s+Giám\s+đốc|Bệnh\s+viện|Trạm|Quỹ(?=\s+[A-ZĐ])|Thuế(?=\s+(?:tỉnh|cơ|thành))"
    r"|Thống\s+đốc|Tổng\s+(?:Thư\s+ký|Thanh\s+tra|Kiểm\s+toán)|Tư\s+lệnh|Ban\s+(?:chỉ|Chỉ)\s+đạo|Bí\s+thư|Chi\s+bộ|Đảng\s+bộ|Hải\s+quan|Thành\s+viên|Thư\s+ký|(?:Kiểm\s+soát|Kiểm\s+tra|Báo\s+cáo|Giám\s+định|Thanh\s+tra|Giáo|Giảng)\s+viên"
    r"|Người\s+(?:có\s+thẩm\s+quyền|làm\s+công\s+tác|phụ\s+trách|quản\s+lý(?!\s+khai\s+thác))"
)
_CLASSES = (
    r"các\s+(?:đồng\s+chí|bộ|sở|ban|ngành|cấp|cơ\s+quan|đơn\s+vị|địa\s+phương|tỉnh|thành\s+phố|huyện|quận|thị\s+xã|xã|phường|đoàn\s+thể"
    r"|tổ\s+chức\s+(?:chính\s+trị|đảng|đoàn\s+thể)|chi\s+bộ|đảng\s+[uủ][ỷy]|đảng\s+bộ|[uủ][ỷy]\s+ban|văn\s+phòng|trường(?!\s+hợp)|phòng|thành\s+viên)"
    r"|cấp\s+[uủ][ỷy]|(?:cơ\s+quan|đơn\s+vị|cơ\s+sở\s+giáo\s+dục|chính\s+quyền)|ủy\s+ban\s+nhân\s+dân|sở(?=,|\s+[A-ZĐ])"
    r"|(?:thành\s+phố|địa\s+phương)(?=\s+phải)"
)
_HEAD = re.compile(rf"(?:{_HEADS}|(?i:{_CLASSES}))(?!\w)")
_PRIVATE = re.compile(
    r"(?<!\w)(?:cá\s+nhân|doanh\s+nghiệp|hộ\s+gia\s+đình|người\s+dân|công\s+dân|nhà\s+đầu\s+tư|chủ\s+đầu\s+tư|tổ\s+chức\s+kinh\s+tế|nhà\s+thầu"
    r"|khách\s+hàng|người\s+(?:nộp|sử\s+dụng|lao\s+động|đề\s+nghị)|công\s+ty|liên\s+danh|thí\s+sinh|nước\s+thành\s+viên|nước\s+ngoài|hợp\s+tác\s+xã|chủ\s+(?:hộ|tàu|xe|rừng|thể|nuôi))(?!\w)",
    re.IGNORECASE,
)
# A body that these words follow did something, may do something or is spoken of; nothing is asked of it.
_NOT_BOUND = re.compile(
    r"(?<!\w)(?:đã|vừa|đang|từng|bị|là|gồm|quyết\s+định|có\s+(?:quyền|thẩm\s+quyền|thể)|được(?!\s+(?:phân|giao|ủy|uỷ|chỉ))|khi|nếu|mà|thì|do|bằng"
    r"|không|để|nhằm|nêu|nhất\s+trí|cho\s+biết|cho\s+rằng|quy\s+định(?!\s+(?:cụ|chi))|ban\s+hành\s+kèm|sẽ|tình\s+hình|thay\s+mặt|vào|như|nhận|nơi|yêu\s+cầu|đề\s+nghị|kiến\s+nghị|về\s+việc|trước|chỉ(?!\s+(?:đạo|huy))|tham\s+gia|đình\s+chỉ|mong|cảm\s+ơn|có\s+(?:công\s+văn|văn\s+bản\s+số)|ý\s+kiến\s+phát\s+biểu|có\s+phương\s+án|có\s+văn\s+bản\s+đề\s+nghị)(?!\w)",
    re.IGNORECASE,
)
VERBS = (
    r"chủ\s+trì|phối\s+hợp|tiến\s+hành|tiếp\s+nhận|kiểm\s+tra|rà\s+soát|hướng\s+dẫn|thông\s+báo|gửi|lập(?=\s+(?:kế|danh|hồ|quy|dự|biên|báo|văn))|tổ\s+chức\s+(?!(?:chính\s+trị|đảng|đoàn|xã\s+hội|khác|có))"
    r"|triển\s+khai|chỉ\s+đạo|xây\s+dựng\s+(?!và\s+Phát)|báo\s+cáo|tổng\s+hợp|theo\s+dõi|đôn\s+đốc|bố\s+trí|bảo\s+đảm|đảm\s+bảo|thực\s+hiện|công\s+bố"
    r"|công\s+khai|thẩm\s+định|(?<!quá\s)(?<!tờ\s)(?<!chương\s)(?<!quy\s)(?<!công\s)(?<!lộ\s)trình|cập\s+nhật|cung\s+cấp|tham\s+mưu|tăng\s+cường|đẩy\s+mạnh|khẩn\s+trương|chủ\s+động|tập\s+trung|tiếp\s+tục"
    r"|nghiêm\s+túc|lãnh\s+đạo|quán\s+triệt|phân\s+công|giám\s+sát|xử\s+lý|giải\s+quyết|trả\s+lời|có\s+văn\s+bản|xem\s+xét|nghiên\s+cứu(?!\s+(?:sinh|viên))|hỗ\s+trợ"
    r"|trực\s+tiếp|đề\s+xuất|sắp\s+xếp|huy\s+động|phổ\s+biến|tuyên\s+truyền|quy\s+định\s+(?:cụ\s+thể|chi\s+tiết)|niêm\s+yết|cấp(?=\s+(?:giấy|phép|chứng))|xác\s+nhận|ký(?=\s+(?:hợp|kết))|chuyển(?=\s+(?:hồ|cho|đến))|trả(?=\s+kết)|ra\s+(?:quyết\s+định|thông\s+báo)|thẩm\s+tra|lấy\s+ý\s+kiến|phân\s+bổ|quyết\s+toán|chi\s+trả|xác\s+minh|thành\s+lập|cử(?=\s+(?:người|cán|đại))|ưu\s+tiên|giao(?=\s+(?:nhiệm|chỉ|dự|kế|cho))|cụ\s+thể\s+hóa|nâng\s+cao|kịp\s+thời|thường\s+xuyên"
    r"|làm\s+rõ|quản\s+lý|ban\s+hành|hoàn\s+thiện|hoàn\s+thành|căn\s+cứ|thanh\s+tra|đánh\s+giá|kiện\s+toàn|lồng\s+ghép|cân\s+đối|phê\s+duyệt|kiểm\s+soát"
    r"|khắc\s+phục|chuẩn\s+bị|thống\s+kê|bàn\s+giao|lưu\s+trữ|đăng\s+tải|vận\s+hành|duy\s+trì|sử\s+dụng|thu\s+thập|chấn\s+chỉnh|phát\s+huy|vận\s+động|đẩy\s+nhanh|giúp|tạo\s+điều\s+kiện|quyết\s+liệt|rút\s+kinh\s+nghiệm|tích\s+cực|chịu\s+sự"
)
# What names nobody by itself: "cơ quan thực hiện: …" is a heading.
_BARE = frozenset(
    {
        "cơ quan",
        "đơn vị",
        "văn phòng",
        "chủ tịch",
        "giám đốc",
        "thủ trưởng",
        "công an",
        "trung tâm",
        "chính quyền",
    }
    | {
        "bộ phận",
        "hội đồng",
        "cán bộ",
        "công chức",
        "viên chức",
        "trạm",
        "học viện",
        "thành viên",
        "chi bộ",
        "văn thư",
    }
    | {"cơ sở giáo dục", "người có thẩm quyền"}
)
_VERB = re.compile(rf"(?:{VERBS})", re.IGNORECASE)
# After these words a verb belongs to a noun: "đoàn kiểm tra", "việc thực hiện".
_BEFORE_NOUN = re.compile(
    r"(?<!\w)(?:đoàn|tổ|cơ\s+quan|phòng|công\s+tác|quá\s+trình|việc|kết\s+quả|kế\s+hoạch|nhiệm\s+vụ|trung\s+tâm|hội\s+đồng|ban|cán\s+bộ|công|chất\s+lượng|số\s+tiền|lực\s+lượng)\s*\Z",
    re.IGNORECASE,
)
_DUTIES = r"\s*,?\s*(?P<duty>(?:chịu\s+trách\s+nhiệm(?!\s+trước)|có\s+(?:trách\s+nhiệm|nhiệm\s+vụ)|phải(?!\s+(?:được|là|chịu|đáp\s+ứng|đủ|có\s+(?:thời\s+gian|trình\s+độ|bằng|đủ|ít|tối|phẩm)|bảo\s+đảm\s+có))|phấn\s+đấu)(?!\w))"
_DUTY = re.compile(rf"{_DUTIES}|\s+(?P<verb>{VERBS})(?!\w)", re.IGNORECASE)
# Behind "Giao Ủy ban nhân dân tỉnh …" these bind too; elsewhere they describe what a body may do or is.
_ORDERED = re.compile(
    rf"{_DUTIES}|\s+(?P<verb>{VERBS}|quyết\s+định(?=\s+(?:việc|đầu|các|về))|làm(?=\s+(?:cơ\s+quan|chủ|đầu)))(?!\w)",
    re.IGNORECASE,
)

# "… chịu trách nhiệm thi hành Quyết định này" closes an act, after a list in which anybody may stand.
_IMPLEMENTS = re.compile(
    r"(?P<comma>[\s,]+)(?P<duty>(?:có|chịu)\s+trách\s+nhiệm(?:\s+tổ\s+chức)?(?:\s+triển\s+khai)?\s+(?:thi\s+hành|thực\s+hiện)\s+(?:[A-ZĐ]\w*|Văn\s+bản)"
    r"(?:\s+\w+){0,3}\s+này)"
)
_NEXT_BODY = re.compile(
    rf"(?:\s*;\s*(?:và\s+)?|(?<!tổ chức),\s*|\s+và\s+)(?=(?:{_HEADS}|(?i:{_CLASSES}|các\s+tổ\s+chức|cá\s+nhân))(?!\w))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A body with what it is bound to do: `text[start:end]` names it, the action begins at `action`."""

    start: int
    end: int
    action: int
    duty: str | None  # "có trách nhiệm", "phải", "phấn đấu" …; None where a plain verb follows


def read_bound(text: str, start: int, end: int, *, told: bool = False) -> Bound | None:
    """The body that begins exactly at `start` with the verb that binds it; None where none does.

    `told`: the text orders it in so many words, so that firms and citizens may be named beside the body.

    >>> text = "Sở Tài chính có trách nhiệm tổng hợp kết quả"
    >>> bound = read_bound(text, 0, len(text))
    >>> bound and (text[: bound.end], bound.duty, text[bound.action :])
    ('Sở Tài chính', 'có trách nhiệm', 'có trách nhiệm tổng hợp kết quả')
    """
    head = _HEAD.match(text, start, end)
    if head is None:
        return None
    duties = _ORDERED if told else _DUTY
    for match in duties.finditer(text, head.end(), min(end, start + 420)):
        between = text[head.end() : match.start()]
        if (not told and _PRIVATE.search(between)) or any(mark in between for mark in ";:(“"):
            return None
        if _is_name(text, match) or (match["verb"] and _BEFORE_NOUN.search(text[start : match.start()])):
            continue
        loose = match["duty"] is not None
        if not between.strip() and " ".join(head[0].lower().split()) in _BARE:
            return None
        if not loose and (len(between) > 240 or _NOT_BOUND.search(between)):
            return None
        if loose and re.search(r"(?<!\w)(?:đã|vừa|không)(?!\w)", between):
            return None
        at = match.start("duty") if loose else match.start("verb")
        duty = " ".join(match["duty"].lower().split()) if loose else None
        return Bound(start=start, end=match.start(), action=at, duty=duty)
    return None


def read_implementers(text: str, start: int, end: int) -> tuple[tuple[tuple[int, int], ...], int] | None:
    """The bodies that a closing clause makes answer for an act, and where that duty begins; None for other words.

    >>> text = "Giám đốc Sở Y tế; Chủ tịch UBND các xã và cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này."
    >>> spans, duty = read_implementers(text, 0, len(text)) or ((), 0)
    >>> [text[a:b] for a, b in spans]
    ['Giám đốc Sở Y tế', 'Chủ tịch UBND các xã', 'cá nhân có liên quan']
    """
    duty = _IMPLEMENTS.search(text, start, end)
    if duty is None or _HEAD.match(text, start, end) is None:
        return None
    cuts = [m.span() for m in _NEXT_BODY.finditer(text, start, duty.start())]
    starts = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), duty.start("comma")]
    return tuple(zip(starts, ends, strict=True)), duty.start("duty")


_BARE_DUTY = re.compile(
    rf"(?:{VERBS}|quyết\s+định|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)(?!\w)", re.IGNORECASE
)


def begins_with_duty(text: str, start: int = 0) -> bool:
    """Whether words begin with what is to be done, so that whose duty it is stands elsewhere.

    >>> begins_with_duty("Hướng dẫn các xã thực hiện;"), begins_with_duty("Nhân viên phụ trách cho mượn sách")
    (True, False)
    """
    return _BARE_DUTY.match(text, start) is not None


_OWNED = re.compile(
    r"\s*(?:(?:Điều|Mục|Khoản)\s+)?[\dIVXa-z]{1,5}[.:)]\s+"
    r"(?:(?:(?:Trách\s+nhiệm|Nhiệm\s+vụ|Quyền\s+hạn|Thẩm\s+quyền)(?:,\s*|\s+và\s+|\s+))+của\s+)?(?P<body>\S.*?)\s*[.:]?\s*",
    re.IGNORECASE | re.DOTALL,
)


def heads_duties(heading: str) -> bool:
    """Whether a heading names the body whose duties stand below it, so that they leave it out.

    >>> heads_duties("Điều 5. Sở Giáo dục và Đào tạo"), heads_duties("Điều 6. Trách nhiệm của Sở Nội vụ")
    (True, True)
    >>> heads_duties("Điều 7. Công an cấp xã tiếp nhận hồ sơ"), heads_duties("Điều 8. Mức hỗ trợ")
    (False, False)
    """
    match = _OWNED.fullmatch(heading)
    if match is None or (head := _HEAD.match(match["body"])) is None:
        return False
    # A verb would make it a sentence of its own; the bare kind of a body names none.
    duty = _DUTY.search(match["body"], head.end())
    return (
        duty is None
        or _is_name(match["body"], duty)
        or bool(_BEFORE_NOUN.search(match["body"][: duty.start()]))
    )


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether the verb is part of a name: "Ban Chỉ đạo", "Sở Xây dựng", "Cục Quản lý"."""
    return match["verb"] is not None and match["verb"][0].isupper()


def read_actor(text: str, start: int, end: int, *, named: bool = False) -> tuple[int, int] | None:
    """The body named by the whole of `text[start:end]` ("Sở Tài chính", "UBND các huyện"); None if it says more.

    `named`: the words before say that it is a name ("Trách nhiệm của …"), verbs in it are part of that.
    """
    head = _HEAD.match(text, start, end)
    if head is None or end - start > 200 or _PRIVATE.search(text, start, end):
        return None
    rest = text[head.end() : end]
    if named:
        return start, end
    if _NOT_BOUND.search(rest) or any(m[0][0].islower() for m in _VERB.finditer(rest)):
        return None
    return start, end


# What begins an item under the one who is to do it; behind a body these words mostly describe.
_ITEM_VERB = re.compile(
    rf"(?:{VERBS})|(?:phải|định\s+hướng|cử|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|đồng\s+bộ|kết\s+thúc|định\s+kỳ\s+(?:báo|rà|kiểm|tổ)|kết\s+hợp|tạm\s+dừng|dừng|thu\s+hồi"
    r"|cắt\s+giảm|mở\s+rộng|khai\s+thác|giải\s+ngân|điều\s+phối|điều\s+chỉnh|chú\s+trọng|quan\s+tâm|khuyến\s+khích|đầu\s+tư|áp\s+dụng"
    r"|phát\s+hiện|ngăn\s+chặn|xác\s+định|lựa\s+chọn|phát\s+động|đề\s+cao|bám\s+sát|nắm\s+(?:chắc|tình)|ứng\s+dụng|thúc\s+đẩy|tháo\s+gỡ|cải\s+thiện|rút\s+ngắn"
    r"|tiết\s+kiệm|đa\s+dạng|đổi\s+mới|củng\s+cố|ổn\s+định|nhanh\s+chóng|sớm|đưa|không\s+để|tuyệt\s+đối|giao|yêu\s+cầu)(?!\w)",
    re.IGNORECASE,
)


# "Báo cáo được lập theo mẫu", "Lãnh đạo Sở có Giám đốc": what looks like a verb is the subject.
_NOUN = re.compile(r"\s+(?:được|này|trên|bao\s+gồm|gồm|là|phải)(?!\w)", re.IGNORECASE)
_LEADERS = re.compile(r"Lãnh\s+đạo\s+(?:các\s+)?(?:[A-ZĐỦ]|sở|cơ|đơn)")


def begins_with_verb(text: str, start: int) -> bool:
    """Whether an item begins with what is to be done."""
    verb = _ITEM_VERB.match(text, start)
    return verb is not None and not (_LEADERS.match(text, start) or _NOUN.match(text, verb.end()))
