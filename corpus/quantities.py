"""Quantities in Vietnamese text, each with its unit as written: "32/33 xã", "842,238 tỷ đồng", "trên 80%".

A number without a unit is no quantity, nor are times, ages and durations. The value is what the digits say:
"1,2 tỷ đồng" is 1.2 of the unit "tỷ đồng", so that a table shows a figure as its source writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.counted_things import COUNTED
from corpus.figures import read_decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit, `text[start:end]`; `to` is the upper end of a range, `of` the whole of a part."""

    value: float
    to: float | None
    of: float | None
    unit: str  # lower case, "m²" as "m2", "tỉ" as "tỷ", one space between words; "%" for a share
    start: int
    end: int

    @property
    def is_percent(self) -> bool:
        """Whether it is a share in hundredths, also a yearly one ("7%/năm")."""
        return self.unit.startswith("%")


_SCALE = r"(?:(?:trăm|nghìn|ngàn|vạn|triệu|t[ỷỉ])\s+)*"
_MONEY = r"(?:(?:trăm|nghìn|ngàn|vạn|triệu|t[ỷỉ])\s+)*(?:đồng(?!\s+(?:chí|bào|tháp|nai|hới|xoài|hỷ|hồ)(?!\w))|vnđ|đô\s+la(?:\s+mỹ)?|usd)|t[ỷỉ](?!\s+(?:lệ|trọng|số|suất|giá|m3|m³|m2|kwh|tấn|lít|lượt|con|cây|người))"
_MEASURED = r"km2|km²|m2|m²|m3|m³|km|ha|héc[-\s]?ta|hecta|tấn|tạ|kg|lít|mwp?|kwh|gwh|[µμ]g"
_COUNTED = "|".join(name.replace(" ", r"\s+") for name in COUNTED)
_APIECE = (
    r"người\s+dân|người|vạn\s+dân|dân|phụ\s+nữ|bé\s+gái|trẻ|học\s+sinh|lao\s+động|thành\s+viên|hộ"
    r"|ha|kg|lít|tấn|năm|quý|tháng|ngày|giờ|m2|m²|m3|m³|km2|km²|xã|vụ|lớp"
)
_PER = rf"(?:(?:\s?/\s?(?:\d[\d.]*\s)?|\s+trên\s+(?:một|1)\s+)(?:{_APIECE}))*"
_OF_MONEY = rf"(?:\s?/\s?(?:{_APIECE}|dự\s+án))*"  # "02 công trình/dự án" are of either
_GLUED = "của|và|với|trong|trên|vào"  # "9,07 km2và quy mô dân số là15.281 ngườicủa xã"
_NOT_COUNTED = r"(?!\s+(?:số\s+\d|hợp(?!\w)))"  # "1. Nghị quyết số 12", "7 trường hợp"
_UNIT = (
    rf"(?P<unit>%(?:\s?/\s?năm(?!\w))?"
    rf"|(?:(?:{_MONEY}){_OF_MONEY}|{_SCALE}(?:{_MEASURED}|{_COUNTED}){_PER}){_NOT_COUNTED}(?:(?![\w²³])|(?={_GLUED}(?!\w))))"
)
_DIGITS = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d+)?)"
_QUANTITY = re.compile(
    rf"(?:(?<![\w.,/\-–])|(?<=\slà)|(?<=\sđạt))(?P<value>{_DIGITS})"
    rf"(?:\s?(?P<scale>nghìn|ngàn|triệu|t[ỷỉ])?\s?%?\s?(?:\\?[-–]|đến)\s?(?P<to>{_DIGITS})|\s?/\s?(?P<of>{_DIGITS}))?"
    rf"\s*{_UNIT}",
    re.IGNORECASE,
)
# "xã 3 người", but also "Điều 5 xã …", "năm 2024 huyện …": the number belongs to what stands before it.
_NUMBERED = re.compile(
    r"(?:điều|khoản|điểm|mục|chương|phần|số|năm|tháng|ngày|quý|khóa|khoá|lần|thứ|phụ lục|mẫu|bước|quốc lộ|ql|đt|tl|lớp|tầng"
    r"|đường|tổ|cấp|hạng|loại|nhóm|bậc|quyển|tập|trang|biểu|giai đoạn|cơ sở|phương án|đợt|vòng|kỳ|quận|phường|khu|lô|trạm|nhà máy|dự án|hiệp)\s*\Z",
    re.IGNORECASE,
)


def find_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """The quantities of `text[start:end]` in order, without overlaps.

    >>> [(q.value, q.of, q.unit) for q in find_quantities("32/33 xã; gần 842,238 tỷ đồng; 20 - 25%")]
    [(32.0, 33.0, 'xã'), (842.238, None, 'tỷ đồng'), (20.0, None, '%')]
    """
    for match in _QUANTITY.finditer(text, start, len(text) if end is None else end):
        unit = name_unit(match["unit"])
        numbered = _NUMBERED.search(text, max(0, match.start() - 12), match.start())
        # "đã cấp 23.450 giấy": no label has a thousand
        if numbered is not None and not (unit.startswith("%") or _is_money(unit) or "." in match["value"]):
            continue
        yield Quantity(
            value=float(read_decimal(match["value"])),
            to=_read(match["to"]),
            of=_read(match["of"]),
            unit=unit,
            start=match.start(),
            end=match.end(),
        )


def name_unit(written: str) -> str:
    """A unit as tables compare it.

    >>> name_unit("Tỉ  đồng"), name_unit("km²"), name_unit("tỷ"), name_unit("triệu đồng / người"), name_unit("tỉnh")
    ('tỷ đồng', 'km2', 'tỷ đồng', 'triệu đồng/người', 'tỉnh')
    """
    unit = " ".join(written.lower().split())
    unit = re.sub(r"\s*/\s*|\s+trên\s+(?:một|1)\s+", "/", unit).replace("²", "2").replace("³", "3")
    unit = re.sub(r"(?<!\w)tỉ(?!\w)", "tỷ", re.sub(r"héc[-\s]?ta|hecta", "ha", unit))
    return re.sub(r"^tỷ(?=/|$)", "tỷ đồng", unit.replace("ngàn", "nghìn").replace("vnđ", "đồng"))


def _is_money(unit: str) -> bool:
    return "đồng" in unit or "usd" in unit


def _read(digits: str | None) -> float | None:
    return None if digits is None else float(read_decimal(digits))
