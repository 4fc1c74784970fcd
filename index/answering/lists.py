"""Whether a quoted list is whole: its items counted beside the number that its opening line announces."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.answering.units import label_kind

_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_THINGS = (
    "hình thức|nội dung|nhóm|nhiệm vụ|loại|nguyên tắc|trường hợp|tiêu chí|chỉ tiêu|mục|điều kiện|bước|giải pháp|đơn vị"
    "|cơ quan|chương|đợt|cấp|mức|dự án|văn bản|biện pháp|lĩnh vực|khu|ban|phòng|thành viên"
)
_ANNOUNCED = re.compile(
    rf"(?<![\d./,])(?P<digits>\d{{1,2}})(?:\s*\([^)]*\))?\s+(?:{_THINGS})|(?P<word>{'|'.join(_WORDS)})\s+(?:{_THINGS})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ListCount:
    """The items of a quoted list, and how many its opening line says there are (None: it says no number)."""

    items: int
    announced: int | None


def count_list(quote: str) -> ListCount | None:
    """The count of a quotation that is a list under an opening line; None for any other.

    >>> count_list("Gồm 2 hình thức:\\n1. Họp báo;\\n2. Đăng tải.")
    ListCount(items=2, announced=2)
    """
    lines = [line.strip() for line in quote.splitlines() if line.strip()]
    if len(lines) < 3 or not lines[0].endswith(":"):
        return None
    kind = label_kind(lines[1])
    items = [line for line in lines[1:] if label_kind(line) == kind] if kind else lines[1:]
    said = _ANNOUNCED.search(lines[0])
    announced = None
    if said is not None:
        announced = int(said["digits"]) if said["digits"] else _WORDS[said["word"].lower()]
    return ListCount(len(items), announced)
