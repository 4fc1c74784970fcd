"""Secrecy marks at the head of a document: found before anything of it is stored.

The degrees of State secrets (MẬT, TỐI MẬT, TUYỆT MẬT) always stop a page. Marks of internal papers ("Lưu
hành nội bộ") stop it unless the settings allow that mark by name. A mark is a line of its own among the
first lines, or stands beside the number or the issuer, before any running text. "Bí mật nhà nước" in a
title or a sentence marks nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ingest.errors import SecretDocument
from ingest.models import PageText

DEGREES = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
INTERNAL = ("Lưu hành nội bộ", "Không phổ biến", "Tài liệu nội bộ")  # settings.py names the same

_HEAD_LINES = 40
_PROSE = 160  # characters: no line of a head but a title in capitals is longer
# Where running text begins; Nghị định 30/2020/NĐ-CP and Hướng dẫn 36-HD/VPTW open with one of these.
_BODY = re.compile(
    r"(?:can cu|kinh gui|dieu \d|chuong [ivx\d]|theo de nghi|thuc hien|de thuc hien|xet |trong thoi gian|ngay \d"
    r"|[ivx]+[.-]\s?\S|\d{1,2}[.)]\s+\S|[-+*•]\s)"
)
_PARTS = re.compile(r"\s*\|\s*|\t+|\s{2,}")  # a line of two columns; cells of a table row
_NUMBER = re.compile(r"so\s*[:.]?\s*\S*\d\S*(?:\s*[-/]\s*\S+)*\s+(?=(?:mat|toi mat|tuyet mat)$)")
_FRAME = " \t\u00a0.,:;*_#~()[]{}<>|/\\-–—=+“”\"'‘’"
_DEGREE = re.compile(
    r"(?:do mat|muc do mat|dau mat|tai lieu)?\s*:?\s*(tuyet mat|toi mat|mat)(?:\s*\(?ban so.{0,12})?"
)
_INTERNAL = re.compile(
    r"(?:tai lieu |van ban )?(?:chi |de )?(luu hanh noi bo)|(khong)(?: duoc)? pho bien(?: tren .{0,60}| ra .{0,40})?"
    r"|(tai lieu noi bo)"
)
_INTERNAL_NAMES = {"luu hanh noi bo": INTERNAL[0], "khong": INTERNAL[1], "tai lieu noi bo": INTERNAL[2]}
_DEGREE_NAMES = {"mat": DEGREES[0], "toi mat": DEGREES[1], "tuyet mat": DEGREES[2]}
# A title broken over lines goes on after one of these: "… BÍ MẬT NHÀ NƯỚC ĐỘ" / "MẬT".
_OPEN = re.compile(
    r"(?:,|;|\b(?:do|bi|bao|va|hoac|hay|tai lieu|van ban|thong tin|che do|muc|dau|loai|co|cua|ve))$"
)
_LETTERS_APART = re.compile(r"(?:\S\s+){2,}\S")
_SQUEEZED = {"TOIMAT": "TỐI MẬT", "TỐIMẬT": "TỐI MẬT", "TUYETMAT": "TUYỆT MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
# Parts of a web page that stand around the document: a menu may hold "Tài liệu nội bộ".
_WEB = frozenset(
    "nav header footer aside form outside related comment_form share tags byline phone portal_notice".split()
)


def find_mark(page: PageText) -> str | None:
    """The secrecy mark at the head of a page, in the form of DEGREES or INTERNAL; the gravest one."""
    found = {mark for lines in (_kept_lines(page), _raw_lines(page)) for mark in _marks(page, lines)}
    order = (*reversed(DEGREES), *INTERNAL)
    return next((mark for mark in order if mark in found), None)


def refuse_secret(page: PageText, name: str, *, allow: Iterable[str] = ()) -> None:
    """Raise SecretDocument where the page carries a mark that is not allowed; nothing of it is quoted."""
    mark = find_mark(page)
    if mark is None or (mark in INTERNAL and mark in set(allow)):
        return
    if mark in DEGREES:
        remedy = (
            "Văn bản bí mật nhà nước không được đưa vào kho này; hãy xử lý theo quy định về bảo vệ bí mật."
        )
    else:
        remedy = (
            "Nếu được phép lưu trên máy này, hãy ghi vào tệp cấu hình: "
            f'[secrecy] allow = ["{mark}"], rồi nạp lại.'
        )
    raise SecretDocument(
        f"Tệp {name!r} có dấu “{mark}” ở đầu văn bản nên đã bị chặn: không lưu, không lập chỉ mục. {remedy}"
    )


def _marks(page: PageText, lines: Iterable[str]) -> Iterator[str]:
    unmarked = not any(
        ord(character) > 0x2FF or character in "ăâđêôơưĂÂĐÊÔƠƯ" for character in page.text[:2000]
    )
    loose = unmarked or any(sheet.scanned for sheet in page.sheets)
    above = ""
    for line in lines:
        bare = _bare(line).strip()
        if len(line) > _PROSE and not line.isupper():
            return
        if _BODY.match(bare):
            return
        if not _OPEN.search(above):
            yield from _marks_in(line, loose=loose)
        above = bare or above


def _marks_in(line: str, *, loose: bool) -> Iterator[str]:
    for part in (line, *_PARTS.split(line)):
        if mark := _read_mark(part, loose=loose):
            yield mark
    folded = _bare(line)
    number = _NUMBER.match(folded)
    if number is not None and (mark := _read_mark(line[number.end() :], loose=loose)):
        yield mark


def _read_mark(part: str, *, loose: bool) -> str | None:
    """The mark that a line or a cell is, and nothing else; `loose` accepts lost or wrong diacritics."""
    text = part.strip(_FRAME)
    if _LETTERS_APART.fullmatch(text):  # "T Ố I  M Ậ T"
        text = "".join(text.split())
        text = _SQUEEZED.get(text, text)
    folded = " ".join(_bare(text).split())
    degree = _DEGREE.fullmatch(folded)
    if degree is not None:
        return _DEGREE_NAMES[degree[1]] if _is_degree(text, degree[1], loose=loose) else None
    internal = _INTERNAL.fullmatch(folded)
    if internal is None or not text[:1].isupper():  # in small letters it is the end of a broken sentence
        return None
    return _INTERNAL_NAMES[next(group for group in internal.groups() if group)]


def _is_degree(text: str, name: str, *, loose: bool) -> bool:
    """Whether the words are those of the degree and not "mặt", "mất" or a common "mật"."""
    words = text.upper().replace(":", " ").split()
    spelled = _DEGREE_NAMES[name] in " ".join(words)
    if name == "mat":
        return (spelled or loose) and (
            text.isupper() or _bare(text).startswith(("do mat", "muc do", "dau mat"))
        )
    return spelled or loose or _bare(text) == text.lower()


def _kept_lines(page: PageText) -> Iterator[str]:
    for block in page.blocks[:_HEAD_LINES]:
        yield page.text[block.start : block.end]


def _raw_lines(page: PageText) -> Iterator[str]:
    """The first lines of the page before anything was cut or joined, without what stands around it."""
    around = [(cut.start, cut.end) for cut in page.cuts if cut.reason in _WEB]
    position = taken = 0
    for line in page.raw_text.splitlines(keepends=True):
        if taken == _HEAD_LINES:
            return
        text = line.strip()
        if text and not any(start <= position < end for start, end in around):
            taken += 1
            yield text
        position += len(line)


def _bare(text: str) -> str:
    """Small letters without marks, as many as in the text given."""
    return "".join(map(_bare_letter, text))


@lru_cache(maxsize=4096)
def _bare_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()[:1]
    return "d" if base in "đð" else base
