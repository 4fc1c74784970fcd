"""Who of the centre of the Party issued a document: Trung ương, Bộ Chính trị and Ban Bí thư share letterhead and number.

"BAN CHẤP HÀNH TRUNG ƯƠNG" stands over what any of them issues, and each writes "/TW". The title, the words before the
provisions and the line of the signature say whose it is; where none does, it is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.lines import TextLine
from corpus.models import Fact
from corpus.signature import Signature

_LETTERHEAD = re.compile(r"ban chấp hành trung ương(?: đảng(?: cộng sản việt nam)?)?", re.IGNORECASE)
_BODY = r"(?:bộ chính trị(?:,? (?:và )?ban bí thư)?|ban bí thư|ban chấp hành trung ương)(?: trung ương)?(?: đảng)?"
_TERM = r"(?: khóa [ivx]+| khoá [ivx]+)?"
_TITLE = re.compile(rf"của (?P<body>{_BODY}){_TERM}(?!\w)", re.IGNORECASE)
_SIGNED_FOR = re.compile(rf"(?:t/m|tm|t\.m)\s*[./]?\s*(?P<body>{_BODY})\s*\Z", re.IGNORECASE)
_ENACTING = re.compile(
    rf"(?:.*, )?(?P<body>{_BODY}){_TERM} (?:quy định|ban hành|quyết định|kết luận|yêu cầu|chỉ thị|thông báo|hướng dẫn)\b",
    re.IGNORECASE,
)
_TITLE_LINES = 4  # lines of the title below the type
_OPENING_LINES = 25  # lines in which the words before the provisions stand
_SIGNED_ABOVE = 3  # lines from the signer's name up to the body


def is_central_letterhead(issuer: Fact | None) -> bool:
    """Whether a body read from a head is the letterhead that the centre of the Party shares."""
    return issuer is not None and _LETTERHEAD.fullmatch(issuer.value) is not None


def read_central_issuer(
    lines: Sequence[TextLine], kind: Fact | None, signature: Signature | None
) -> Fact | None:
    """The body that a document under the shared letterhead names as its issuer; None where it names none."""
    return next(_named(lines, kind, signature), None)


def _named(lines: Sequence[TextLine], kind: Fact | None, signature: Signature | None) -> Iterator[Fact]:
    at = next((i for i, line in enumerate(lines) if kind and kind.start == line.start), None)
    if at is not None:
        yield from _read(_TITLE, lines[at + 1 : at + 1 + _TITLE_LINES])
    below = 0 if at is None else at + 1
    yield from _read(_ENACTING, lines[below : below + _OPENING_LINES])
    if signature is not None and signature.name.start is not None:
        signed = next((i for i, line in enumerate(lines) if line.end >= signature.name.start), len(lines))
        yield from _read(_SIGNED_FOR, lines[max(0, signed - _SIGNED_ABOVE) : signed])


def _read(pattern: re.Pattern[str], lines: Sequence[TextLine]) -> Iterator[Fact]:
    for line in lines:
        if named := pattern.match(line.text):
            start, end = named.span("body")
            yield Fact(value=_write(named["body"]), start=line.start + start, end=line.start + end)


def _write(body: str) -> str:
    """ "BỘ CHÍNH TRỊ, BAN BÍ THƯ" → "Bộ Chính trị, Ban Bí thư"."""
    name = " ".join(body.lower().split())
    for lower, proper in _PROPER:
        name = name.replace(lower, proper)
    return name


_PROPER = (
    ("bộ chính trị", "Bộ Chính trị"),
    ("ban bí thư", "Ban Bí thư"),
    ("ban chấp hành", "Ban Chấp hành"),
    ("trung ương", "Trung ương"),
    (" đảng", " Đảng"),
)
