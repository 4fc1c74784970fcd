"""The words that make a quantity an indicator: what was reached, is aimed at or is given.

Everything here works on the words before a quantity ("lead", up to its number) in its own sentence. Precision
comes first: a quantity without such words is none, and the words of norms (fines, ceilings, ages) rule it out.
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.quantities import Quantity


class IndicatorKind(StrEnum):
    """Whether a quantity is aimed at, was reached, or was given (budget, area, posts)."""

    TARGET = "target"
    RESULT = "result"
    ALLOCATION = "allocation"


# Between the cue and the number.
ABOUT = (
    r"(?:[\s(]+(?:trên|hơn|gần|khoảng|xấp\s+xỉ|ước|tới|đến|xuống|lên|còn|từ|được|thêm|tổng\s+cộng|chừng|ít\s+nhất|tối\s+thiểu|mức"
    r"|bình\s+quân|lần\s+lượt|cho|là|với|tổng\s+số|tỷ\s+lệ|chỉ|mới|cả|toàn\s+bộ))*[\s:(]*\Z"
)
_NORM = re.compile(
    r"(?<!\w)(?:phạt|mức\s+(?:phạt|vay|đóng|thu|chi|hưởng|lương|trợ\s+cấp|phụ\s+cấp|hỗ\s+trợ|giảm\s+trừ|khoán|bồi\s+thường)|lãi\s+suất|phụ\s+cấp"
    r"|trợ\s+cấp|hệ\s+số|lương\s+cơ\s+sở|từ\s+đủ|định\s+mức|lệ\s+phí|thuế\s+suất|ví\s+dụ|được\s+hưởng|hình\s+phạt|vốn\s+điều\s+lệ|cổ\s+phần"
    r"|biểu\s+quyết|tán\s+thành|tang\s+vật|số\s+phiếu|thuế\s+giá\s+trị\s+gia\s+tăng|điểm\s+số|ca\s+làm\s+việc|cấp\s+phó|bồi\s+thường|đặt\s+cọc|ký\s+quỹ|sai\s+số"
    r"|dung\s+sai|nồng\s+độ|hàm\s+lượng|nhiệt\s+độ|độ\s+ẩm)(?!\w)",
    re.IGNORECASE,
)
# Of these a plan sets aims too: "100% đối tượng được hưởng trợ cấp …".
_SHARED_NORM = re.compile(r"trợ\s+cấp|phụ\s+cấp|được\s+hưởng|bồi\s+thường|định\s+mức|hệ\s+số", re.IGNORECASE)
# Words of rules that plans use too: "phấn đấu không dưới 15%", "giảm 5% số vụ vi phạm".
_LOOSE_NORM = re.compile(
    r"(?<!\w)(?:không\s+(?:quá|vượt|thấp\s+hơn|dưới|ít\s+hơn|cao\s+hơn|nhỏ\s+hơn|lớn\s+hơn)|tối\s+đa|trở\s+(?:lên|xuống)|trường\s+hợp|phạm\s+tội"
    r"|quy\s+định|trúng\s+cử|đại\s+biểu|vi\s+phạm|hành\s+vi|thủ\s+tục\s+hành\s+chính)(?!\w)",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"(?<!\w)(?:phấn\s+đấu|(?<!chương\s)(?<!trình\s)(?<!có\s)mục\s+tiêu(?!\s+(?:quốc\s+gia|đề\s+ra))|(?:(?:đạt|giao|hoàn\s+thành|các|có)\s+chỉ\s+tiêu(?!\s+(?:tốn|dùng|thụ|xài))|chỉ\s+tiêu\s+\d{1,2}(?=\s?[:.]))|hướng\s+(?:đến|tới)(?!\s+dẫn)|(?<!quy\smô\s)dự\s+kiến|quyết\s+tâm|(?:bảo\s+đảm|đảm\s+bảo)\s+(?:đạt|giải\s+ngân|tăng\s+trưởng|tỷ\s+lệ)|(?:bảo\s+đảm|đảm\s+bảo)(?=\s*\Z))(?!\w)",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"(?<!\w)(?:sẽ|đến\s+(?:hết\s+)?năm|giai\s+đoạn(?:\s+từ)?\s+(?:năm\s+)?20\d\d)(?!\w)", re.IGNORECASE
)
_RANKED = re.compile(
    r"(?<!\w)(?:nhóm|top|tốp|thứ|hạng|trong\s+số|một\s+trong)\s+(?:\S+\s+){0,2}\Z", re.IGNORECASE
)

_REACHED = re.compile(
    r"(?<!\w)(?:đạt|giải\s+ngân|cắt\s+giảm|kéo\s+giảm|rút\s+ngắn|hoàn\s+thành|tăng(?:\s+trưởng)?(?:\s+(?:khá|mạnh|cao|nhẹ|nhanh))?|giảm(?:\s+(?:mạnh|sâu|nhẹ))?|chiếm|thặng\s+dư|xuất\s+siêu|nhập\s+siêu|thu\s+hút|huy\s+động|dẫn\s+đầu|cao\s+hơn(?:\s+[^\s,;]+){0,8}|thấp\s+hơn(?:\s+[^\s,;]+){0,8}"
    r"|vượt|kết\s+nạp|tiếp\s+nhận\s+và\s+giải\s+quyết)" + ABOUT,
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"(?<!\w)(?:diện\s+tích|dân\s+số|doanh\s+thu|sản\s+lượng|năng\s+suất|kim\s+ngạch|thu\s+nhập|tổng\s+vốn|vốn\s+đăng\s+ký|nguồn\s+thu"
    r"|lợi\s+nhuận|giá\s+trị|thu\s+ngân\s+sách|công\s+suất|tổng\s+thu|tổng\s+chi)(?:\s+[^\s;:()]+){0,9}?"
    + ABOUT,
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?<!\w)(?:mua|bán|sản\s+xuất|tiêu\s+thụ|xuất\s+khẩu|trồng(?:\s+(?:mới|được))?|triển\s+khai|tạo\s+việc\s+làm|tổng\s+số|hiện\s+có|khởi\s+tố|xảy\s+ra|kết\s+nạp|tuyển\s+dụng|rà\s+soát|kiểm\s+tra|cấp\s+mới|cải\s+tạo|mở\s+rộng|tổ\s+chức|giải\s+quyết\s+việc\s+làm|liên\s+kết|gồm|có"
    r"|thu\s+hút|xây\s+dựng|thành\s+lập|cấp|hỗ\s+trợ|vận\s+động|quyên\s+góp|đón|phục\s+vụ|khám|đào\s+tạo|xóa|xoá|sửa\s+chữa|làm\s+mới|nâng\s+cấp"
    r"|thu\s+hoạch|khai\s+thác|lắp\s+đặt|bàn\s+giao|khởi\s+công|khánh\s+thành|công\s+nhận|duy\s+trì|quản\s+lý|cho\s+vay|đầu\s+tư|bê\s+tông\s+hóa"
    r"|hiến|đóng\s+góp|phát\s+triển|di\s+dời|thu\s+gom|tiếp\s+nhận|xử\s+lý|thực\s+hiện|tập\s+huấn|tuyên\s+truyền|còn)(?:\s+(?:mới|xong))?"
    + ABOUT,
    re.IGNORECASE,
)
_DONE = re.compile(r"(?<!\w)đã\s+(?:[^\s,;]+\s+){0,4}?(?=\S)", re.IGNORECASE)
# "bằng 59,4% dự toán": of a plan or of what was before.
_RATED = re.compile(r"(?<!\w)bằng(?:\s+(?:khoảng|gần|hơn|trên))?\s*\Z", re.IGNORECASE)
_RATED_BY = re.compile(
    r"\s*(?:tổng\s+)?(?:(?:số\s+)?dự\s+toán|kế\s+hoạch|chỉ\s+tiêu|mục\s+tiêu|so\s+với|cùng\s+kỳ|GDP|GRDP)(?!\w)",
    re.IGNORECASE,
)
# Of land and people the figure itself is the state of affairs, in a document as in the press.
_NATURAL = re.compile(
    r"(?<!\w)(?:diện\s+tích\s+tự\s+nhiên|dân\s+số)(?:\s+(?:của\s+)?[^\s,;:()]+){0,4}?" + ABOUT, re.IGNORECASE
)
_EVENT = re.compile(
    r"(?<!\w)(?:cướp|bắt\s+giữ|nghi\s+can|(?:bắt|các|nhóm|tên)\s+đối\s+tượng|tham\s+dự|dự\s+hội\s+nghị|giải\s+(?:nhất|nhì|ba|thưởng)|huy\s+chương|tiền\s+thưởng|giá\s+vé|cháy"
    r"|chuyển\s+khoản|bàn\s+thắng|VĐV|chi\s+phí\s+dao\s+động|gái)(?!\w)",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"(?<!\w)(?:dài|rộng|cao|nặng|sâu|cách(?:\s+\S+){0,6}|hạng\s+cân)(?:\s+(?:hơn|gần|khoảng|chừng|trên))?\s*\Z",
    re.IGNORECASE,
)
_SHARED_BY = re.compile(
    r"\s*(?!hoặc\s|hay\s)(?:[^\s,;.:()]+\s+){1,9}(?:đạt|được|hoàn\s+thành|có|tham\s+gia|sử\s+dụng|ứng\s+dụng|thực\s+hiện)(?!\w)",
    re.IGNORECASE,
)
_ALL_OF = re.compile(
    r"\s+(?!(?:vốn|mức|lương|nguyên\s+giá|thuế|cổ\s+phần|học\s+phí|chi\s+phí|giá\s+trị|tiền|kinh\s+phí|công\s+suất|phí|lệ\s+phí|số\s+tiền)\s)[^\W\d_]+\s[^\W\d_]+",
    re.IGNORECASE,
)
_PAID_OUT = re.compile(r"(?<!\w)giải\s+ngân(?:\s+(?:hết|đạt|đủ))?\s*\Z", re.IGNORECASE)
_ALL_LED = re.compile(
    r"(?:\A[-–+•*\s]*|\n[-–+•*\s]*|(?<!\w)(?:số\s+hóa|cắt\s+giảm|đơn\s+giản\s+hóa|bãi\s+bỏ|bảo\s+đảm|đảm\s+bảo|yêu\s+cầu|hoàn\s+thành|duy\s+trì|thực\s+hiện|cho|tại|đến\s+nay,?|[:;]|[,.]\s)\s*)\Z",
    re.IGNORECASE,
)
_APIECE = re.compile(
    r"\s+(?:số\s+)?(?:tiền|thuế|phí|lệ\s+phí|mức|giá|học\s+phí|lãi|nguyên\s+giá|vốn|tổng\s+mức|định\s+mức|thời\s+hạn)(?!\w)",
    re.IGNORECASE,
)
_RULED = re.compile(
    r"quy\s+định\s+tại|trường\s+hợp|Điều\s+này|(?<!\w)(?:miễn|được(?:\s+hỗ\s+trợ)?)(?:,?\s+giảm)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"(?<!\w)(?:cắt\s+giảm|rút\s+ngắn|(?<!\w)giảm\s+(?:ít\s+nhất|tối\s+thiểu)|tăng\s+(?:ít\s+nhất|tối\s+thiểu)|tiết\s+kiệm)(?:\s+(?:ít\s+nhất|tối\s+thiểu|trên|được|từ|thêm))*\s*\Z",
    re.IGNORECASE,
)
_SERVED = re.compile(r"(?<!\w)(?:cho|đối\s+với)" + ABOUT, re.IGNORECASE)
_GIFTS = re.compile(
    r"(?<!\w)(?:trao|tặng|trao\s+tặng|quà|bằng\s+khen|đại\s+diện|sẽ|cần|phải|để|nhằm)(?!\w)", re.IGNORECASE
)
_PEOPLE = re.compile(
    r"(?:^|\s)(?:hộ|người|lượt|lao động|học sinh|sinh viên|học viên|trẻ|phụ nữ|nông dân|hội viên|đoàn viên|đối tượng|cán bộ|công nhân|khách|doanh nghiệp)"
)
_GOT = re.compile(r"(?<!\w)(?<!không\s)(?<!chưa\s)(?<!sẽ\s)được" + ABOUT, re.IGNORECASE)
_RISEN_FROM = re.compile(
    r"(?<!\w)(?:tăng|giảm|nâng|kéo\s+giảm|hạ|rút\s+ngắn|còn)(?:\s+[^\s,;:()]+){0,10}?\s+từ\s*\Z",
    re.IGNORECASE,
)
_RISEN_TO = re.compile(
    r"\s*(?:\([^)]{1,30}\)\s*|(?:vào\s+|của\s+|trong\s+)?năm\s+(?:19|20)\d\d\s+)?(?:tăng\s+|giảm\s+)?(?:lên|xuống|còn|đến)(?!\w)",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"%|/|đồng|usd|^(?:km|m|ha|kg|tấn|tạ|triệu|nghìn)")
_SHARED = re.compile(
    r"(?<!\w)(?:tỷ\s+lệ|tỷ\s+trọng|tỉ\s+lệ|tỉ\s+trọng|khối\s+lượng|tiến\s+độ)(?:\s+[^\s;:()]+){0,20}?"
    + ABOUT,
    re.IGNORECASE,
)


_BOUND = re.compile(
    r"(?<!\w)(?:không\s+(?:thấp|ít|nhỏ|cao|lớn)\s+hơn|không\s+dưới|tối\s+thiểu|tối\s+đa|ít\s+nhất|dưới|từ|nhiều\s+nhất|trong\s+khoảng)(?:\s+(?:là|đến|trên|khoảng|bằng))*\s*\Z",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"(?<!đạt)(?<!là)(?<!hơn)\s+(?:trên|từ|dưới|đến)\s*\Z", re.IGNORECASE)
_PAST = re.compile(
    r"(?<!\w)(?:đã|đến\s+nay|lũy\s+kế|luỹ\s+kế|(?<!thực\s)(?<!phát\s)(?<!thể\s)(?<!xuất\s)(?<!biểu\s)hiện(?!\s+(?:đại|tượng|trường|thực|vật|hành))(?:\s+(?:nay|có))?|cùng\s+kỳ|ước|kết\s+quả|vừa\s+qua|tháng\s+đầu\s+năm|tính\s+đến|so\s+với\s+năm|sau\s+khi\s+(?:sắp\s+xếp|thành\s+lập|nhập|điều\s+chỉnh))(?!\w)",
    re.IGNORECASE,
)
ADMINISTRATIVE = frozenset(
    {"đơn vị hành chính", "tỉnh", "thành phố", "xã", "phường", "thị trấn", "đặc khu", "huyện", "quận"}
)
_LEFT_AFTER = re.compile(
    r"(?<!\w)sau\s+(?:khi\s+)?(?:thực\s+hiện\s+)?(?:sắp\s+xếp|thành\s+lập|nhập|sáp\s+nhập|hợp\s+nhất|điều\s+chỉnh)(?!\w)[^.;:]*?\s(?:có|còn|gồm)(?:\s+tổng\s+số)?\s*\Z",
    re.IGNORECASE,
)
_ONWARD = re.compile(r"\s*(?:/\S+\s*)?(?:trở\s+(?:lên|xuống)|thì)(?!\w)", re.IGNORECASE)
# "nước ta có 34 tỉnh"
_HAS_UNITS = re.compile(
    r"(?<!\w)(?:nước\s+ta|cả\s+nước|toàn\s+(?:quốc|tỉnh|thành\s+phố|huyện|xã))\s+(?:hiện\s+)?(?:có|còn)(?:\s+(?:tổng\s+số|tất\s+cả))?\s*\Z",
    re.IGNORECASE,
)
_NUMBER_IS = re.compile(r"(?<!\w)(?:tổng\s+số|số\s+lượng)\s[^;:]{3,200}\slà\s*\Z", re.IGNORECASE)
_LISTED = re.compile(
    r"(?:,\s+(?:thành\s+phố|phường|thị\s+trấn|đặc\s+khu))*(?:\s+cấp\s+\w+)?(?:\s*:\s*[^.;:\d]+?(?=\s+và\s|,\s+\Z))?(?:\s+hình\s+thành\s+sau\s+sắp\s+xếp)?(?:,\s+thực\s+hiện\s+đổi\s+tên)?(?:\s+quy\s+định\s+tại\s+Điều\s+này)?(?:\s*[,;(]\s*(?:trong\s+đó\s+|bao\s+)?|\s+)(?:có\s+|gồm:?\s+|còn\s+|và\s+|giảm\s+)?",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"(?<!\w)(?:để|nhằm|cần|phải|sẽ|yêu\s+cầu|khẩn\s+trương|chỉ\s+đạo)(?:\s+(?!(?:đã|nay|mới)\s)[^\s,;]+){0,9}\s*\Z",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"(?<!\w)(?:chưa|không)\s+(?:đủ|đạt|có|được)(?:\s+(?:ít\s+nhất|đến|tới|đủ|được|đạt))*\s*\Z", re.IGNORECASE
)
_PRODUCT = re.compile(r"=|\d\s?x\s?\d")
_EQUAL = re.compile(r"[\s,(]*(?:tương\s+đương|bằng)(?:\s+với)?(?:\s+khoảng)?\s*", re.IGNORECASE)

# Criteria, indexes and tasks are counted where a set of them is described; reached are only those of a whole.
_YARDSTICKS = frozenset({"tiêu chí", "chỉ tiêu", "nhiệm vụ", "hồ sơ"})


def is_norm(sentence: str, *, aimed: bool = False, share: bool = False) -> bool:
    """Whether a sentence has the words of a rule rather than of a state of affairs.

    `aimed`: it states an aim, and `share`: with a share.
    """
    if aimed and share:
        return any(_SHARED_NORM.fullmatch(match[0]) is None for match in _NORM.finditer(sentence))
    return _NORM.search(sentence) is not None or (not aimed and _LOOSE_NORM.search(sentence) is not None)


def aims(lead: str) -> bool:
    """Whether the words before a quantity say that it is aimed at, and not after that what was reached."""
    found = _TARGET.search(lead)
    return found is not None and _PAST.search(lead, found.end()) is None


def is_limit(text: str, quantity: Quantity) -> bool:
    """Whether the words behind a quantity make a threshold of it: "15.000 người trở lên"."""
    return _ONWARD.match(text, quantity.end) is not None


def looks_ahead(lead: str) -> bool:
    """Whether the words speak of what is to come ("sẽ", "đến năm …")."""
    return _FUTURE.search(lead) is not None


def is_denied(lead: str) -> bool:
    """Whether the words deny the quantity ("chưa đủ 100% trường")."""
    return _NOT_YET.search(lead) is not None


def is_reckoned(words: str) -> bool:
    """Whether the words reckon: a formula says how, not what was reached."""
    return _PRODUCT.search(words) is not None


def is_ranked(lead: str) -> bool:
    """Whether the number says a place in a ranking ("nhóm 3 nước dẫn đầu")."""
    return _RANKED.search(lead) is not None


def looks_back(words: str) -> bool:
    """Whether the words speak of what has been ("đã", "đến nay", "so với cùng kỳ")."""
    return _PAST.search(words) is not None


def is_bound(lead: str) -> bool:
    """Whether the number is a lower or upper bound ("tối thiểu", "dưới"): an aim, or a norm, never a result."""
    return _BOUND.search(lead) is not None


def is_state(lead: str, quantity: Quantity) -> bool:
    """Whether it is the area or the population of a place."""
    bounded = _BOUND.search(lead) is not None or _ABOVE.search(lead) is not None
    measured = quantity.of is None and quantity.unit.endswith(
        ("km2", "ha", "m2", "người", "nhân khẩu", "dân")
    )
    return measured and _NATURAL.search(lead) is not None and not bounded


def is_count(lead: str, words: str, quantity: Quantity) -> bool:
    """Whether a number of units of administration, or one called a total and told of today, is a state of affairs."""
    if quantity.unit in ADMINISTRATIVE and _HAS_UNITS.search(lead):
        return True
    return is_counted(quantity.unit) and _NUMBER_IS.search(lead) is not None and looks_back(words)


def is_left_after(lead: str, quantity: Quantity) -> bool:
    """Whether it is the number of units that a place has after a re-arrangement."""
    return quantity.unit in ADMINISTRATIVE and _LEFT_AFTER.search(lead) is not None


def is_wanted(lead: str) -> bool:
    """Whether what the words say is still to be done: "cần triển khai để hoàn thành 02 công trình"."""
    return _WANTED.search(lead) is not None


def is_unit_list(between: str, last: str, unit: str) -> bool:
    """Whether units of administration are counted one after the other: "133 xã và 15 phường; trong đó có 131 xã"."""
    return last in ADMINISTRATIVE and unit in ADMINISTRATIVE and _LISTED.fullmatch(between) is not None


def is_equal_to(between: str) -> bool:
    """Whether a quantity says the last one once more: "…, tương đương 4,2% GDP"."""
    return _EQUAL.fullmatch(between) is not None


def is_share(after: str, quantity: Quantity) -> bool:
    """Whether a share of a whole is said to do or be something: "100% xã đạt chuẩn", "14/18 tiêu chí"."""
    return quantity.of is not None or (quantity.is_percent and _SHARED_BY.match(after) is not None)


def is_whole(lead: str, after: str, quantity: Quantity) -> bool:
    """Whether a document says of all of a kind that they do or get something: "- 100% các trường …", "số hóa 100% hồ sơ"."""
    return (
        quantity.unit == "%"
        and quantity.value == 100
        and quantity.to is None
        and (
            (_ALL_LED.search(lead) is not None and _ALL_OF.match(after) is not None)
            or _PAID_OUT.search(lead) is not None
        )
        and _RULED.search(lead) is None
    )


def is_cut(lead: str, after: str, quantity: Quantity) -> bool:
    """Whether time, costs or rules are to be cut by a share, or a number raised by it: "cắt giảm tối thiểu 30%"."""
    return (
        quantity.is_percent
        and _CUT.search(lead) is not None
        and _APIECE.match(after) is None
        and _RULED.search(lead) is None
    )


def is_served(lead: str, quantity: Quantity) -> bool:
    """Whether people are counted for whom something was done: "hỗ trợ vay vốn cho gần 644 nghìn lượt hộ"."""
    return (
        _PEOPLE.search(quantity.unit) is not None
        and _SERVED.search(lead) is not None
        and _GIFTS.search(lead) is None
    )


def is_got(lead: str, quantity: Quantity) -> bool:
    """Whether something was brought about in a number: "kiên cố hóa được 130 km"."""
    return not quantity.is_percent and _GOT.search(lead) is not None


def is_first_of_pair(lead: str, after: str) -> bool:
    """Whether a quantity is what another rose or fell from: "giảm từ 6,4% xuống còn 4,9%"."""
    return _RISEN_FROM.search(lead) is not None and _RISEN_TO.match(after) is not None


def is_rated(lead: str, after: str, quantity: Quantity) -> bool:
    """Whether a share is said of a plan or of what was before: "bằng 59,4% dự toán"."""
    return quantity.is_percent and _RATED.search(lead) is not None and _RATED_BY.match(after) is not None


def is_counted(unit: str) -> bool:
    """Whether a unit counts things, rather than money, sizes or shares."""
    return _COUNTS.search(unit) is None


def is_sized(unit: str) -> bool:
    """Whether a unit is money, land or weight as a whole, which the press names of what was done or reached."""
    return unit == "ha" or unit.endswith(("tấn", "tỷ đồng", "triệu usd", "tỷ usd", "tỷ đồng/năm"))


def is_size(lead: str) -> bool:
    """Whether the figure is the size or distance of one thing: "dài 12 km", "cách trung tâm 12 km"."""
    return _SIZE.search(lead) is not None


def is_event(words: str, lead: str) -> bool:
    """Whether a sentence tells an incident or a contest, or the figure the size of one thing: no indicators."""
    return _EVENT.search(words) is not None or is_size(lead)


def is_reached(lead: str, quantity: Quantity, *, told: bool) -> bool:
    """Whether the quantity is said to be reached; `told`: plain narration ("có", "mua") is enough."""
    if _REACHED.search(lead):
        return True
    if quantity.unit in _YARDSTICKS and quantity.of is None:
        return False
    if not quantity.is_percent and _MEASURED.search(lead) and (told or not _ABOVE.search(lead)):
        return True
    if quantity.is_percent:
        return _SHARED.search(lead) is not None
    found = _TOLD.search(lead)
    return found is not None and (told or any(m.end() == found.start() for m in _DONE.finditer(lead)))
