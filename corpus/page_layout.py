"""What each line of a document is on a printed page, as its structure and facts tell: for display only.

The form of Vietnamese acts (Nghị định 30/2020/NĐ-CP, phụ lục I; Hướng dẫn 36-HD/VPTW of the Party): issuing body,
quốc hiệu and tiêu ngữ, number, place and day, then the type in capitals with the subject below it, each centred.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum

from corpus.models import Document, DocumentKind, Fact
from corpus.outline import Outline, OutlineEntry
from corpus.text import fold

_HEAD = 3_000  # characters: nothing of the head of an act stands behind them
_LONGEST = 250  # characters of a line of the head that is centred, but for the subject
_NATION = re.compile(r"cong hoa xa hoi chu nghia viet nam|dang cong san viet nam")
_MOTTO = re.compile(r"doc lap\s*[-–—]\s*tu do\s*[-–—]\s*hanh phuc")
_RULE = re.compile(r"[-–—_=*.\s]{3,}\Z")
_RECITAL = re.compile(r"(?:can cu|theo de nghi|xet de nghi|xet to trinh)\b")
_SIGNING = re.compile(r"(?:T/?M|K/?T|T/?L|TUQ|Q)\.\s*[^\W\d_]")
_OUTER = ("Phần ", "Chương ", "Mục ", "Tiểu mục ", "Phụ lục", "Mẫu số")


class LineRole(StrEnum):
    """How a line stands on the page."""

    NATION = "nation"  # quốc hiệu; of the Party its name
    MOTTO = "motto"  # tiêu ngữ
    RULE = "rule"  # dashes under them
    HEAD = "head"  # issuing body, number, place and day
    TYPE = "type"  # "NGHỊ QUYẾT"
    SUBJECT = "subject"
    RECITAL = "recital"  # "Căn cứ …;"
    OUTER = "outer"  # heading of a chapter or a group
    ARTICLE = "article"  # heading of an article, or of a part of a plan
    CLAUSE = "clause"  # first line of a clause
    POINT = "point"  # first line of a point
    SIGNING = "signing"  # "TM. ỦY BAN NHÂN DÂN" and what follows up to the name


def read_roles(document: Document, outline: Outline) -> Mapping[int, LineRole]:
    """Offset of the first character of a block → its role; blocks that are mere text are not in it."""
    roles: dict[int, LineRole] = {}
    if document.facts.kind is not DocumentKind.NEWS:
        roles |= _read_head(document, outline)
        roles |= _read_signing(document)
    headings = {entry.start: _role_of(entry.label, entry.depth) for entry in outline.entries if entry.label}
    titles = [e for e in outline.entries if headings.get(e.start) is LineRole.OUTER and e.end > e.start]
    return roles | headings | _read_titles_below(document, titles)


def _read_titles_below(document: Document, chapters: Sequence[OutlineEntry]) -> dict[int, LineRole]:
    """The title of a chapter stands below its number."""
    starts = [block.start for block in document.blocks]
    return {
        start: LineRole.OUTER
        for chapter in chapters
        for start in starts[bisect_right(starts, chapter.start) : bisect_left(starts, chapter.end)]
    }


def _role_of(label: str, depth: int) -> LineRole:
    if label.startswith("Khoản "):
        return LineRole.CLAUSE
    if label.startswith("Điểm "):
        return LineRole.POINT
    return LineRole.OUTER if label.startswith(_OUTER) and depth == 0 else LineRole.ARTICLE


def _read_head(document: Document, outline: Outline) -> dict[int, LineRole]:
    """The lines above the first part; centred only where quốc hiệu or the type says that it is such a head."""
    facts = document.facts
    first = next((entry.start for entry in outline.entries if entry.label), _HEAD)
    roles: dict[int, LineRole] = {}
    above = True  # still above the subject
    for block in document.blocks:
        if block.start >= min(first, _HEAD):
            break
        line = document.text[block.start : block.end].strip()
        role = _read_line(fold(line), line, block.start, block.end, facts.type, facts.title, above=above)
        if role is None and above and len(line) <= _LONGEST and facts.type is not None:
            role = LineRole.HEAD if block.start < (facts.type.start or 0) else None
        if role is not None:
            roles[block.start] = role
        above = above and role not in (LineRole.SUBJECT, LineRole.RECITAL)
    known = set(roles.values())
    return roles if known & {LineRole.NATION, LineRole.TYPE} else {}


def _read_line(
    folded: str, line: str, start: int, end: int, kind: Fact | None, subject: Fact | None, *, above: bool
) -> LineRole | None:
    if above and _NATION.search(folded) and line.isupper() and len(line) <= _LONGEST:
        return LineRole.NATION
    if above and _MOTTO.search(folded) and len(line) <= _LONGEST:
        return LineRole.MOTTO
    if line and _RULE.match(line):
        return LineRole.RULE
    if _RECITAL.match(folded):
        return LineRole.RECITAL
    if _overlaps(kind, start, end) and line.isupper() and len(line) <= _LONGEST:
        return LineRole.TYPE
    return LineRole.SUBJECT if _overlaps(subject, start, end) and start >= _end_of(kind) else None


def _overlaps(fact: Fact | None, start: int, end: int) -> bool:
    if fact is None or fact.start is None or fact.end is None:
        return False
    return fact.start < end and start < fact.end


def _end_of(fact: Fact | None) -> int:
    return fact.end if fact is not None and fact.end is not None else 0


def _read_signing(document: Document) -> dict[int, LineRole]:
    """From the line that says for whom it is signed to the name of the signer."""
    signer = document.facts.signer
    if signer is None or signer.start is None or signer.end is None:
        return {}
    signing: list[int] = []
    for block in reversed(document.blocks):
        line = document.text[block.start : block.end].strip()
        if block.start >= signer.end or not line:
            continue
        of_office = bool(_SIGNING.match(line)) or line.isupper()
        if len(line) > _LONGEST or not (of_office or block.end > signer.start):
            break
        signing.append(block.start)
    return dict.fromkeys(signing, LineRole.SIGNING)
