"""From when, and until when, a document is in force, where its own text says so.

Only what the document says of itself ("Nghị định này có hiệu lực thi hành từ ngày …") is read; quoted new
wording of an amended act and provisions with a date of their own say nothing of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.dates import date_at
from corpus.models import Fact

_KINDS = (
    "Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị|Quy định|Quy chế"
    "|Kết luận|Kế hoạch|Hướng dẫn|Văn bản"
)
_SUBJECT = rf"(?P<kind>{_KINDS})\s+(?:(?P<this>này)\s+)?(?:được ban hành\s+)?"
_IN_FORCE = re.compile(
    _SUBJECT
    + r"(?:có|bắt đầu có)\s+hiệu lực(?:\s+thi hành)?(?:\s+kể)?\s+từ\s+(?P<when>ngày\s+(?=\d)|ngày\s+(?P<day>được\s+)?"
    r"(?P<act>ký|ban hành|thông qua)(?:\s+ban hành)?|(?=\d{1,2}[/.-]))"
)
_UNTIL = re.compile(
    _SUBJECT
    + r"(?:có\s+hiệu lực[^.;\n]{0,60}?\s+(?:đến|tới)(?:\s+hết)?|hết\s+hiệu lực(?:\s+thi hành)?(?:\s+kể)?\s+từ)\s+ngày\s+(?=\d)"
)
_LABEL = re.compile(r"\s*(?:(?:Điều\s+\d+[.:]?|\d+[.)]|[a-zđ]\))\s*)?(?:Hiệu lực thi hành\s*[.:]?\s*)?")
_QUOTED = re.compile(r"[“\"][^”\"]{0,20000}[”\"]")


def find_effective_on(text: str, kind: str | None, issued_on: Fact | None) -> Fact | None:
    """The day from which the document says that it is in force; None where it says none, or several.

    "từ ngày ký" gives the day of issue, when that is known.
    """
    return _only(_days(text, _IN_FORCE, kind, issued_on))


def find_expires_on(text: str, kind: str | None) -> Fact | None:
    """The last day (or the first day without force) that the document states for itself."""
    return _only(_days(text, _UNTIL, kind, None))


def _days(text: str, pattern: re.Pattern[str], kind: str | None, issued_on: Fact | None) -> Iterator[Fact]:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for match in pattern.finditer(text):
        if any(start < match.start() < end for start, end in quoted) or not _is_self(text, match, kind):
            continue
        if match.groupdict().get("act"):
            if issued_on is not None:
                yield Fact(value=issued_on.value, start=match.start(), end=match.end())
            continue
        if (day := date_at(text, match.end())) is not None:
            yield Fact(value=day.iso, start=match.start(), end=day.end)


def _is_self(text: str, match: re.Match[str], kind: str | None) -> bool:
    """Whether the sentence speaks of this document: its own type, "này", or the opening of a line."""
    if kind is not None and match["kind"].lower() not in (kind.lower(), "văn bản"):
        return False
    line_start = text.rfind("\n", 0, match.start()) + 1
    return match["this"] is not None or _LABEL.fullmatch(text, line_start, match.start()) is not None


def _only(days: Iterator[Fact]) -> Fact | None:
    found = list(days)
    return found[0] if found and len({fact.value for fact in found}) == 1 else None
