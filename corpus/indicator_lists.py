"""Quantities that go on where the last one stopped: "…, huyện Vĩnh Thạnh 24,59%", "133 xã và 15 phường"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.indicator_cues import is_counted, is_equal_to, is_unit_list
from corpus.indicator_places import LISTED_NAME
from corpus.places import PlaceMention
from corpus.quantities import Quantity

_GOES_ON = re.compile(
    r"[\s(,]*(?:(?:và|trong\s+đó|tiếp\s+đến|tiếp\s+theo|còn|là|đạt|với|tương\s+đương|bằng|chiếm|tăng|giảm|lên|xuống|lần\s+lượt|gồm|bao\s+gồm|có|cùng)[\s,]*)*"
    r"(?:trên|hơn|gần|khoảng|thêm|được)?\s*\Z",
    re.IGNORECASE,
)
_PART = re.compile(
    r"[^.;:]{0,40}?(?:,\s*(?:trong\s+đó|còn|riêng)\s+(?:[^\s,;]+\s+){1,8}(?:là|đạt|có|chiếm)|\s+với\s+giá)(?:\s+(?:trên|hơn|gần|khoảng|từ))?\s*\Z",
    re.IGNORECASE,
)
_BEGINS_ITEM = re.compile(r"(?:[,;]|\svà)\s+(?:có\s+)?\Z")
# "140 tỷ đồng cho 04 địa phương, trong đó: Thái Nguyên 50 tỷ đồng": parts by place of what was told.
_DIVIDES = re.compile(
    r"[,;(]\s+(?:trong\s+đó|cụ\s+thể|gồm|bao\s+gồm)\s*:?\s*(?:(?:tỉnh|thành\s+phố|huyện|xã)\s+)?\Z"
)
# "30 dự án của các doanh nghiệp trong nước và 6 dự án …"
_AND = re.compile(r"[^.;:()\d]{3,80}?\s(?:và|cùng)\s(?:có\s)?(?:hơn\s|gần\s|trên\s|khoảng\s)?\Z")
# "đất ở 120 ha, đất cây xanh 45 ha"
_LANDS = re.compile(r",\s+(?:và\s+)?đất\s[^,;.()\d]{2,50}", re.IGNORECASE)
_WORD = re.compile(r"\s+\w+")


def goes_on(between: str) -> bool:
    """Whether nothing but joining words stands between one quantity and the next."""
    return _GOES_ON.fullmatch(between) is not None


def is_part(between: str) -> bool:
    """Whether the words between name a part or the price of what was just told: "trong đó phần của xã là"."""
    return _PART.fullmatch(between) is not None


def continues(text: str, places: Sequence[PlaceMention], last: Quantity, quantity: Quantity) -> bool:
    """Whether the quantity goes on where the last one stopped: "…, huyện Vĩnh Thạnh 24,59%"."""
    between = text[last.end : quantity.start]
    if is_unit_list(between, last.unit, quantity.unit) or (quantity.is_percent and is_equal_to(between)):
        return True
    if quantity.unit == last.unit and is_counted(last.unit) and _is_like(text, last, quantity):
        return True
    if quantity.unit == last.unit and is_counted(last.unit) and _AND.fullmatch(between):
        return True
    if quantity.unit == last.unit in ("ha", "m2", "km2") and _LANDS.fullmatch(between):
        return True
    if goes_on(between):
        both_counted = is_counted(quantity.unit) and is_counted(last.unit)
        return "đồng" in quantity.unit or quantity.unit == last.unit or both_counted
    if is_part(between):
        return quantity.unit.startswith(last.unit) or "đồng/" in quantity.unit
    if quantity.unit == last.unit and LISTED_NAME.fullmatch(between):
        return True
    for place in places:
        if last.end <= place.start and place.end <= quantity.start:
            before = text[last.end : place.start]
            after = text[place.end : quantity.start]
            if quantity.unit == last.unit and goes_on(after) and (goes_on(before) or _DIVIDES.search(before)):
                return True
    return False


def _is_like(text: str, last: Quantity, quantity: Quantity) -> bool:
    """Whether a list says the same word of both: "25 dự án thuộc …; 3 dự án thuộc …"."""
    listed = _BEGINS_ITEM.search(text, last.end, quantity.start)
    one, other = (_WORD.match(text, end) for end in (last.end, quantity.end))
    return listed is not None and one is not None and other is not None and one[0] == other[0]
