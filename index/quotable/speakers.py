"""Who speaks in a stretch of text: only those whom its own words name as speaking.

A name beside the stretch, in the headline or the sentence before, is nobody's: it is not looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = rf"[{_UPPER}][^\W\d_{_UPPER}]*(?:\s+[{_UPPER}][^\W\d_{_UPPER}]*){{1,4}}"
_TITLE = r"(?:[Cc]ác\s+)?(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à)"
_OFFICE = (
    r"(?:Phó\s+|Nguyên\s+)?(?:Tổng Bí thư|Chủ tịch nước|Chủ tịch Quốc hội|Thủ tướng|Bí thư|Chủ tịch|Bộ trưởng"
    r"|Thứ trưởng|Giám đốc|Trưởng [Bb]an|Chánh Văn phòng|Cục trưởng|Vụ trưởng|Viện trưởng|Chánh án)"
)
# Words that say that somebody speaks; "yêu cầu" and "đề nghị" too: they are what offices say.
_VERBS = (
    r"phát biểu|nhấn mạnh|khẳng định|cho rằng|cho biết|cho hay|chia sẻ|bày tỏ|nhận định|đánh giá|kết luận|nêu rõ"
    r"|chỉ rõ|lưu ý|kêu gọi|nói|yêu cầu|đề nghị|thông tin|phân tích|dẫn chứng|tin tưởng|mong muốn|đề xuất|chỉ đạo"
)
_OF = rf"(?:\s+(?!(?:{_VERBS})\b)[^\W\d_]+){{0,10}}?"  # what he is head of
_SUBJECT = (
    rf"(?:{_TITLE}\s+{_NAME}(?:\s*[,–-]\s*{_OFFICE}{_OF}(?:,\s*{_OFFICE}{_OF})*)?"
    rf"|{_OFFICE}{_OF}(?:\s+{_NAME})?)"
)
_ADVERBS = r"(?:(?:cũng|đã|còn|tiếp tục|luôn|đồng thời|vừa|một lần nữa|thẳng thắn|tiếp thu|ghi nhận|đặc biệt|mạnh mẽ)\s+){0,3}"
_SPEAKS = re.compile(
    rf"(?P<speaker>{_SUBJECT})\s*,?\s+{_ADVERBS}(?:{_VERBS})\b",
)
# Behind these the name is somebody spoken to or of: "theo đề nghị của Giám đốc Sở …", "chỉ đạo của đồng chí …".
_NOT_SUBJECT = re.compile(
    r"(?:của|cho|với|do|bởi|tới|đến|cùng|gặp|giao|mời|gửi|báo cáo|về|và|thay mặt|trước|sau khi|tại)\s+\Z"
)
_SAID_BY = re.compile(rf"(?:[Tt]heo|[Ll]ời (?:của )?)\s*(?P<speaker>{_TITLE}\s+{_NAME})\s*[,:]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks, as written: `name == text[start:end]` of the document."""

    name: str
    start: int
    end: int


def find_speakers(text: str, start: int, end: int) -> tuple[Speaker, ...]:
    """Those who speak in `text[start:end]` by its own words, each once, in order.

    >>> said = "Đồng chí Trần Văn Mẫu, Bí thư Tỉnh ủy nhấn mạnh: “Phải làm.”"
    >>> [one.name for one in find_speakers(said, 0, len(said))]
    ['Đồng chí Trần Văn Mẫu, Bí thư Tỉnh ủy']
    """
    stretch = text[start:end]
    found: dict[str, Speaker] = {}
    for pattern in (_SPEAKS, _SAID_BY):
        for match in pattern.finditer(stretch):
            if pattern is _SPEAKS and _NOT_SUBJECT.search(stretch, 0, match.start()):
                continue
            first, last = match.span("speaker")
            while first < last and stretch[last - 1] in " ,–-\n":
                last -= 1
            speaker = Speaker(name=stretch[first:last], start=start + first, end=start + last)
            found.setdefault(speaker.name, speaker)
    return tuple(sorted(found.values(), key=lambda one: one.start))
