"""The lines of a document that may bind somebody, those whole that are broken within a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.lines import TextLine, split_lines

LABEL = re.compile(
    r"[“\"(]?(?:(?P<roman>[IVX]{1,5}[.)]\s)|(?P<dieu>Điều\s+\d+[a-z]?\s?[.:])|(?P<deep>\d{1,2}(?:\.\d{1,2})+\.?\s)|(?P<arabic>\d{1,2}[.)])"
    r"|(?P<letter>[a-zđ]{1,2}\d?\))|(?P<dash>[-–+•*](?=\s|\w)))\s*"
)
_FIRST_ARTICLE = re.compile(r"[“\"]?Điều 1\s?[.:](?!\d)")
_ARTICLE = re.compile(r"[“\"]?Điều \d+[a-z]?\s?[.:]|[IVX]{1,5}[.)]\s|Chương\s")
# Whom an act is for, what its words mean, who may decide: it binds nobody there.
_SCOPE = re.compile(
    r"(?<!\w)(?:đối tượng áp dụng|giải thích từ ngữ|phạm vi điều chỉnh|thẩm quyền (?:xử phạt|thành lập|quyết định|phê duyệt|ban hành))(?!\w)",
    re.IGNORECASE,
)
_TORN = re.compile(
    r"\s(?:Ban|Bộ|Sở|Cục|Vụ|Ủy ban|Hội đồng|Thủ tướng|Chủ tịch|Bộ trưởng|Thủ trưởng|Giám đốc|Chánh|và|của|giúp|cho|với|do|theo|các"
    r"|(?:tỉnh|thành phố|huyện|thị xã) [A-ZĐ][^\W\d_]*)\Z"
)
_RECIPIENTS = re.compile(r"(?:Nơi nhận|Kính gửi)", re.IGNORECASE)


def find_binding_lines(text: str, *, reports: bool, procedures: bool) -> Iterator[TextLine]:
    """The lines that may bind somebody: not what stands above Điều 1, nor the list of recipients.

    `reports`: of a page that tells of a document; `procedures`: of a document that lists procedures step by step.
    """
    lines = list(_find_whole_lines(text))
    above = any(_FIRST_ARTICLE.match(line.text) for line in lines) and not reports
    listing = scope = False
    for line in lines:
        if procedures and line.text.startswith("Nơi nhận"):
            return  # what follows is the procedures themselves, step by step
        if _ARTICLE.match(line.text):
            scope = _SCOPE.search(line.text) is not None
        above = above and _FIRST_ARTICLE.match(line.text) is None
        listing = _RECIPIENTS.match(line.text) is not None or (listing and line.text[0] in "-–+•*")
        if not above and not listing and not scope:
            yield line


def flatten(text: str, lines: Iterable[TextLine]) -> str:
    """The text with the breaks within lines as spaces, so that a sentence does not end there; offsets stay."""
    parts, at = [], 0
    for line in lines:
        parts += [text[at : line.start], text[line.start : line.end].replace("\n", " ")]
        at = line.end
    return "".join([*parts, text[at:]])


def _find_whole_lines(text: str) -> Iterator[TextLine]:
    held: TextLine | None = None
    for line in split_lines(text):
        if held is not None and _TORN.search(held.text) and LABEL.match(line.text) is None:
            held = TextLine(held.start, line.end, f"{held.text}\n{line.text}")
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held
