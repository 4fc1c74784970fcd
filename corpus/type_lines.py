"""The type line of a document ("NGHỊ QUYẾT"), and which numbers are of a type."""

from __future__ import annotations

import re

from corpus.lines import TextLine
from corpus.models import Fact
from corpus.text import fold

_TYPES = (
    "VĂN BẢN HỢP NHẤT",
    "THÔNG TƯ LIÊN TỊCH",
    "NGHỊ QUYẾT LIÊN TỊCH",
    "NGHỊ QUYẾT",
    "NGHỊ ĐỊNH",
    "QUYẾT ĐỊNH",
    "QUY ĐỊNH",
    "QUY CHẾ",
    "CHỈ THỊ",
    "KẾT LUẬN",
    "KẾ HOẠCH",
    "CHƯƠNG TRÌNH HÀNH ĐỘNG",
    "CHƯƠNG TRÌNH",
    "THÔNG BÁO",
    "THÔNG TƯ",
    "THÔNG TRI",
    "HƯỚNG DẪN",
    "BÁO CÁO",
    "TỜ TRÌNH",
    "CÔNG ĐIỆN",
    "CÔNG VĂN",
    "ĐỀ ÁN",
    "PHƯƠNG ÁN",
    "PHÁP LỆNH",
    "BỘ LUẬT",
    "LUẬT",
    "LỆNH",
    "THÔNG CÁO",
    "HIẾN PHÁP",
    "ĐIỀU LỆ",
)
TYPE_LINE = re.compile(rf"[#*\s]*(?P<type>{'|'.join(_TYPES)})\d?(?P<rest>$|[\s*:(].*)")
# The type and its subject in one line, as pages print them that lost the line end: "NGHỊ ĐỊNHVề hợp đồng …".
_GLUED = re.compile(rf"[#*\s]*(?P<type>{'|'.join(_TYPES)})(?P<rest>[^\W\d_].*)")
# What the number of a document of a type carries; a law has no code of its own ("Luật số: 74/2025/QH15").
_CODES = {
    "Nghị quyết": "NQ",
    "Nghị định": "NĐ",
    "Quyết định": "QĐ",
    "Quy định": "QĐ",
    "Chỉ thị": "CT",
    "Kết luận": "KL",
    "Kế hoạch": "KH",
    "Thông báo": "TB",
    "Thông tư": "TT",
    "Thông tư liên tịch": "TTLT",
    "Hướng dẫn": "HD",
    "Báo cáo": "BC",
    "Tờ trình": "TTr",
    "Công điện": "CĐ",
}
_OF_THE_ASSEMBLY = re.compile(r"\d+/(?:19|20)\d\d/(?:UBTV)?QH\d+\Z")
TYPES_BY_LETTERS = {fold(kind): kind for kind in _TYPES}


def find_glued_type(text: str, following: TextLine | None) -> re.Match[str] | None:
    """A type with its subject behind it without a space; the line below says a subject in capitals once more."""
    match = _GLUED.match(text)
    if match is None:
        return None
    rest = match["rest"]
    repeated = following is not None and following.text.strip("#* ") == rest
    return match if repeated or (rest[0].isupper() and rest[1:2].islower()) else None


def type_fact(line: TextLine, match: re.Match[str]) -> Fact:
    """The type that a line states, as running text writes it."""
    start, end = line.start + match.start("type"), line.start + match.end("type")
    return Fact(value=match["type"].capitalize(), start=start, end=end)


def is_number_of(kind: str, number: str, code: str | None) -> bool:
    """Whether a number, and the code of the type in it, is of a document of this type."""
    if _OF_THE_ASSEMBLY.match(number):
        return kind in ("Luật", "Bộ luật", "Nghị quyết", "Pháp lệnh")
    return code is not None and _CODES.get(kind) == code
