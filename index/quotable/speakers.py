"""Who speaks in a stretch of text: only those whom its own words name as speaking.

A name beside the stretch, in the headline or the sentence before, is nobody's: it is not looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = rf"[{_UPPER}][^\W\d_{_UPPER}]*(?:\s+[{_UPPER}][^\W\d_{_UPPER}]*){{1,4}}"
_TITLE = r"(?:[Đđ]ồng chí|[Đđ]/c|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|Th\.?S\.?|PGS\.?|GS\.?|TS\.?|BS\.?|KS\.?)"
_OFFICE = (
    r"(?:Phó\s+|Nguyên\s+)?(?:Tổng Bí thư|Chủ tịch nước|Chủ tịch Quốc hội|Thủ tướng|Bí thư|Chủ tịch|Bộ trưởng"
    r"|Thứ trưởng|Giám đốc|Trưởng [Bb]an|Chánh Văn phòng|Cục trưởng|Vụ trưởng|Viện trưởng|Chánh án|Trưởng thôn|Ủy viên|Uỷ viên)"
)
# Words that say that somebody speaks; "yêu cầu" and "đề nghị" too: they are what offices say.
_VERBS = (
    r"nhấn mạnh|khẳng định|cho rằng|cho biết|cho hay|chia sẻ|bày tỏ|nhận định|đánh giá cao|nêu rõ|chỉ rõ|lưu ý|kêu gọi"
    r"|yêu cầu|đề nghị|tin tưởng|mong muốn|(?:phát biểu|kết luận|nói|đánh giá)(?=\s*[:,“])"
)
_BESIDE = r"cũng|đã|còn|tiếp tục|luôn|đồng thời|một lần nữa|thẳng thắn|ghi nhận|đặc biệt"
# What he is head of, and his name: words with a capital, one small syllable behind each, and the levels.
_OF = (
    rf"(?:\s+(?:[{_UPPER}][^\W\d_]*(?:\s+(?!(?:{_VERBS}|{_BESIDE}|và)\b)[^\W\d_{_UPPER}]+)?"
    rf"|nhân dân|tỉnh|huyện|xã|phường|thành phố|cấp|và(?=\s+[{_UPPER}])))*+"
)
_AND_OFFICES = rf"(?:\s*[,–-]\s*{_OFFICE}{_OF})*+"
_SUBJECT = (
    rf"(?:{_TITLE}\s+(?:{_OFFICE}{_OF}|{_NAME}){_AND_OFFICES}"
    rf"|{_NAME}\s*,\s*{_OFFICE}{_OF}{_AND_OFFICES}|{_OFFICE}{_OF})"
)
# A subject opens its sentence or stands behind a comma, a colon or a dash; "chỉ đạo của Thủ tướng yêu cầu" has none.
_SPEAKS = re.compile(
    rf"(?:\A|(?<=[,;:“\"–\-)\n]))\s*(?P<speaker>{_SUBJECT})\s*,?\s+(?:(?:{_BESIDE})\s+){{0,3}}(?:{_VERBS})(?!\w)"
)
_SAID_BY = re.compile(rf"(?<!\w)[Tt]heo\s+(?P<speaker>{_TITLE}\s+{_NAME})\s*[,:]")


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
            first, last = match.span("speaker")
            while first < last and stretch[last - 1] in " ,–-\n":
                last -= 1
            speaker = Speaker(name=stretch[first:last], start=start + first, end=start + last)
            found.setdefault(speaker.name, speaker)
    return tuple(sorted(found.values(), key=lambda one: one.start))
