"""The words that make money, posts or land an allocation: given, planned for, approved or handed down.

Everything here works on the words before a quantity in its own sentence, as in corpus/indicator_cues.py.
"""

from __future__ import annotations

import re

from corpus.indicator_cues import ABOUT, looks_back
from corpus.quantities import Quantity

_LAND = re.compile(
    r"(?<!\w)diện\s+tích\s+(?:sử\s+dụng|đất|quy\s+hoạch|thu\s+hồi|khu\s+đất|lập|giao)(?:\s+[^\s;:()]+){0,10}?"
    + ABOUT,
    re.IGNORECASE,
)
_GREAT = re.compile(r"(?:nghìn )?tỷ (?:đồng|usd)|triệu usd")
_NO_SUM = re.compile(
    r"(?<!\w)(?:phạt|vốn\s+điều\s+lệ|ký\s+quỹ|bồi\s+thường|không\s+(?:quá|vượt|thấp\s+hơn)|tối\s+đa|định\s+mức|trường\s+hợp|phạm\s+tội|trở\s+(?:lên|xuống)|từ\s+đủ)(?!\w)",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"(?<!\w)(?:kinh\s+phí|vốn(?!\s+đăng\s+ký)|mức\s+đầu\s+tư|dự\s+toán|trị\s+giá|ngân\s+sách(?:\s+(?:trung\s+ương|tỉnh|huyện|xã|địa\s+phương))?"
    r"|chương\s+trình\s+mục\s+tiêu|bố\s+trí|phân\s+bổ|biên\s+chế)(?:\s+[^\s;:()]+){0,22}?" + ABOUT,
    re.IGNORECASE,
)
_BUDGETED = re.compile(r"(?<!\w)dự\s+toán\s+(?:thu|chi)(?:\s+[^\s;:(),]+){0,16}?" + ABOUT, re.IGNORECASE)
_OVER_PLAN = re.compile(r"\s*(?:\[\d+\]\s*)?/\s*\d[\d.,]*\s*(?:nghìn\s+|triệu\s+|tỷ\s+)?đồng", re.IGNORECASE)
_HANDED = re.compile(
    r"(?<!\w)(?:được|do)\s+[^,;.:()]{0,60}?giao(?:\s+(?:dự\s+toán|đầu\s+năm|kế\s+hoạch))?(?:\s+(?:là|với))?\s*\Z",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?<!\w)(?:bổ\s+sung|cấp|phân\s+bổ|bố\s+trí|hỗ\s+trợ)(?!\w).*\s(?:số\s+tiền|tổng\s+(?:số|cộng|kinh\s+phí|mức)(?:\s+tiền)?)(?:\s+là)?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_GRANTED = re.compile(
    r"(?<!\w)(?:hỗ\s+trợ|cấp|tạm\s+ứng|bổ\s+sung|phân\s+bổ|chuyển\s+nguồn|điều\s+chuyển|bố\s+trí|phê\s+duyệt)(?:\s+(?:bổ\s+sung|khẩn\s+cấp|kinh\s+phí))*"
    + ABOUT,
    re.IGNORECASE,
)
_SPENT = re.compile(
    r"(?<!\w)(?:giải\s+ngân|đăng\s+ký|thu\s+hút|huy\s+động|doanh\s+thu|thu\s+nhập|lợi\s+nhuận|thu\s+ngân\s+sách|tiêu\s+tốn|tăng|giảm(?!\s+nghèo)|đạt)(?!\w)",
    re.IGNORECASE,
)
_POSTS = re.compile(
    r"(?<!\w)(?:tổng\s+số|số\s+lượng|biên\s+chế)(?:\s+[^\s;]+){0,40}?\s*(?:là|:)\s*\Z", re.IGNORECASE
)
_ASSIGNED = re.compile(r"(?<!\w)(?:giao|bổ\s+sung)\s[^,;.:]{0,80}\Z", re.IGNORECASE)
_BUDGET = re.compile(
    r"(?<!\w)(?:thu|chi|bội\s+chi|bội\s+thu|nhu\s+cầu\s+huy\s+động|vay|dự\s+toán|bổ\s+sung)\s(?:[^\s;:()]+\s+){0,4}?(?:NSNN|NSTW|NSĐP|ngân\s+sách)(?:\s+[^\s;:(),]+){0,10}?"
    + ABOUT
    + r"|(?<!\w)(?:dự\s+toán|sử\s+dụng)\s*\Z",
    re.IGNORECASE,
)
_CEILING = re.compile(
    r"(?<!\w)(?:tối\s+đa|không\s+(?:vượt|quá)|vượt\s+quá)(?:\s+(?:quá|là))?\s*\Z", re.IGNORECASE
)
_WHOLE_PLAN = re.compile(
    r"(?<!\w)(?:kế\s+hoạch\s+vay|trả\s+nợ|mức\s+vay|bội\s+chi|tổng\s+mức\s+vốn)(?!\w)", re.IGNORECASE
)
_DEARER = re.compile(
    r"(?<!\w)(?:kinh\s+phí|chi\s+phí)(?!\w)[^;,.]*\s(?:tăng|giảm)(?:\s+(?:thêm|khoảng))*\s*\Z", re.IGNORECASE
)
_BUDGETS = re.compile(r"(?<!\w)dự\s+toán\s*\Z", re.IGNORECASE)


def is_sum(words: str, quantity: Quantity) -> bool:
    """Whether it is a sum of billions, which no fine or rate is, and no ceiling or threshold is said of it.

    The words of a rule beside it then name what the money is for: "kinh phí trợ cấp xã hội là 185 tỷ đồng".
    """
    return _GREAT.match(quantity.unit) is not None and _NO_SUM.search(words) is None


def is_of_planned(after: str, quantity: Quantity) -> bool:
    """Whether money stands over what was planned: "560 tỷ đồng/690 tỷ đồng"."""
    return "đồng" in quantity.unit and _OVER_PLAN.match(after) is not None


def is_handed_down(lead: str, quantity: Quantity) -> bool:
    """Whether money is a sum that a body was given to raise or to spend: "được Hội đồng nhân dân tỉnh giao là"."""
    return quantity.unit.endswith("đồng") and _HANDED.search(lead) is not None


def is_given(lead: str, quantity: Quantity) -> bool:
    """Whether money or posts are said to be given, planned for or approved."""
    if quantity.unit in ("người", "biên chế"):
        return _POSTS.search(lead) is not None or (
            quantity.unit == "biên chế" and _ASSIGNED.search(lead) is not None
        )
    if "đồng" not in quantity.unit and "usd" not in quantity.unit:
        return False
    if _BUDGETED.search(lead):
        return True
    if (_GRANTED.search(lead) or _TOTAL.search(lead)) and "/" not in quantity.unit:
        return True
    found = _GIVEN.search(lead)
    return found is not None and _SPENT.search(lead, found.start()) is None and not _SPENT.search(lead[-120:])


def is_land_given(lead: str, quantity: Quantity) -> bool:
    """Whether an area is given for a use ("diện tích đất thu hồi: 5,2 ha")."""
    return quantity.unit in ("ha", "m2", "km2") and _LAND.search(lead) is not None


def is_planned_whole(lead: str, quantity: Quantity) -> bool:
    """Whether thousands of billions are what a plan lets a government borrow, repay or spend at most."""
    return (
        _GREAT.match(quantity.unit) is not None
        and quantity.value >= 1000
        and _WHOLE_PLAN.search(lead) is not None
    )


def is_capped(lead: str, quantity: Quantity) -> bool:
    """Whether money has a ceiling, as rules set it: "tối đa không vượt 20 tỷ đồng"."""
    return "đồng" in quantity.unit and _CEILING.search(lead) is not None


def is_dearer(lead: str, quantity: Quantity) -> bool:
    """Whether money is by how much something is to cost more or less: neither given nor reached."""
    return "đồng" in quantity.unit and _DEARER.search(lead) is not None


def is_budgeted(lead: str, quantity: Quantity) -> bool:
    """Whether money is a total of public revenue, expenditure or deficit: given, where the text is about a budget."""
    return (
        quantity.unit.endswith("đồng")
        and _BUDGET.search(lead) is not None
        and (not looks_back(lead) or _BUDGETS.search(lead) is not None)
    )
