"""The name of a document that has a letterhead instead of a headline: its type and subject (trích yếu)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.head import is_organ
from corpus.models import Fact, Facts
from corpus.text import fold
from corpus.type_lines import TYPE_LINE
from ingest.models import Block, BlockKind, PageText

_HEAD = 3000  # characters: the head of a page
_LONGEST = 400  # characters; a subject is one or two sentences
_MARKS = " #*>|•"  # of lists, tables and Markdown, around a line
# What follows the subject: the date line, the issuing body's words, the recitals, the first heading.
_AFTER_SUBJECT = re.compile(
    r"(?:căn cứ|thực hiện|theo đề nghị|xét |chủ tịch|bộ trưởng|thủ tướng|quyết định:|quyết nghị:|kính gửi"
    r"|chính phủ$|quốc hội$|[uủ][yỷ] ban |hội đồng |bộ |cộng hòa|chương |điều \d|phần |[IVX]+[.-]|\d+\.|-|\|"
    r"|[^,]{3,30}, ngày)",
    re.IGNORECASE,
)
_NUMBER_LINE = re.compile(r"(?:luật\s+|nghị quyết\s+)?số\s*:?\s*\d[\w./-]*", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\w.]*[/-]\S+")
_NAMED = re.compile(r"[^\W\d_][^\d]{3,30}?\s(?:số\s+)?\d[\w.]*[/-]\S+")  # "Nghị định số 30/2020/NĐ-CP"
_LETTER = "Kính gửi"
_LETTER_SUBJECT = re.compile(r"^V/v[:\s]+(?P<subject>.+)$", re.IGNORECASE | re.MULTILINE)
# The rows of a table about a document, as compilers set them over its text.
_ROW = re.compile(r"[-|*\s]*(?P<name>[^|:\n]{5,20}?)[\s*]*[|:](?P<value>[^|\n]+)")
_NUMBER_ROWS, _TYPE_ROWS, _SUBJECT_ROWS = ("so hieu", "so ky hieu"), ("loai van ban",), ("trich yeu",)
_TABLE_NAMES = re.compile(r"thong tin (?:van ban|chung)|stt|so thu tu")
_DATELINE = re.compile(r"\([\w.]{2,30}\)\s*[-–]\s*")
_SENTENCE = re.compile(r".{20,}?[.!?…](?=\s|$)", re.DOTALL)


def find_title(page: PageText, facts: Facts) -> str | None:
    """The page's own title, else type, number and subject as the head states them; None for neither.

    A first line that is no more than a part of a letterhead (body, number, type) is no title.
    """
    if page.title and not _names_nothing(page.title):
        return page.title
    subject = facts.title.value if facts.title else None
    if facts.type is not None and facts.type.value == "Công văn":
        subject = f"V/v {subject}" if subject else None
    name = " ".join(fact.value for fact in (facts.type, facts.symbol) if fact)
    if name and subject:
        return f"{name}: {subject}"
    if facts.symbol is None:
        name = _name_of_letter(page, name) or _name_below_type(page) or name
    return subject or name or _name_without_facts(page) or page.title


def find_subject(page: PageText, facts: Facts) -> Fact | None:
    """The subject (trích yếu) that the head states: after "V/v", or below the type line."""
    return _subject_of_letter(page) or _subject_below_type(page, facts)


def _names_nothing(title: str) -> bool:
    text = title.strip(_MARKS)
    typed = TYPE_LINE.match(text)
    return (
        len(text.split()) < 2
        or _NUMBER_LINE.fullmatch(text) is not None
        or (typed is not None and not typed["rest"].strip("*: "))
        or is_organ(text)
        or text.startswith(_LETTER)
        or _TABLE_NAMES.fullmatch(fold(text)) is not None
    )


def _subject_below_type(page: PageText, facts: Facts) -> Fact | None:
    if facts.type is None or facts.type.end is None or facts.type.end > _HEAD:
        return None
    line_start = page.text.rfind("\n", 0, facts.type.start) + 1
    if page.text[line_start : facts.type.start].strip("#*| ") or page.text.startswith(
        _LETTER, facts.type.start
    ):
        return None  # the type was read inside a sentence, or from "Kính gửi": no subject stands below it
    spans: list[tuple[int, int]] = []
    for start, line in _lines_below(page, facts.type.end):
        text = line.strip(" :.\n*#_")
        said = page.text[spans[0][0] : spans[-1][1]] if spans else ""
        if (
            not text
            or text in said
            or (not said and (_NUMBER_LINE.fullmatch(text) or _NUMBER.fullmatch(text)))
        ):
            continue
        if _AFTER_SUBJECT.match(text) or _TABLE_NAMES.fullmatch(fold(text)):
            break
        if len(said) + len(text) > _LONGEST or (said and (line[:1] == "#" or _changes_letters(said, text))):
            break  # another part of the head
        at = start + line.index(text)
        spans.append((at, at + len(text)))
    return _as_fact(page.text, spans[0][0], spans[-1][1]) if spans else None


def _lines_below(page: PageText, offset: int) -> Iterator[tuple[int, str]]:
    """The lines of the text behind an offset, each with where it begins; captions are passed over."""
    for block in page.blocks:
        start = max(block.start, offset)
        if block.end <= offset or block.kind is BlockKind.CAPTION:
            continue
        for line in page.text[start : block.end].splitlines(keepends=True):
            yield start, line
            start += len(line)


def _changes_letters(said: str, text: str) -> bool:
    """Whether a subject in capitals is followed by small letters, or the other way; "Về việc" may be alone."""
    return len(said.split()) > 3 and said.isupper() != text.isupper()


def _subject_of_letter(page: PageText) -> Fact | None:
    found = _LETTER_SUBJECT.search(page.text[:_HEAD])
    if found is None:
        return None
    start = found.start("subject")
    dated = re.search(r",? [^,]{3,30}, ngày \d", found["subject"])
    end = start + (dated.start() if dated else len(found["subject"]))
    return _as_fact(page.text, start, min(end, start + _LONGEST))


def _as_fact(text: str, start: int, end: int) -> Fact | None:
    end = start + len(text[start:end].rstrip(" \n_-*"))
    value = " ".join(text[start:end].split())
    return Fact(value=value, start=start, end=end) if value else None


# --- a name for what has neither title nor number ----------------------------------------------------------


def _name_of_letter(page: PageText, name: str) -> str | None:
    """ "Công văn gửi …": to whom it is written first, where it says so."""
    if name != "Công văn":
        return None
    lines = [page.text[block.start : block.end].strip() for block in page.blocks[:12]]
    at = next((i for i, line in enumerate(lines) if line.startswith(_LETTER)), None)
    if at is None:
        return None
    named = [line.strip(" -+*;:.,") for line in (lines[at].removeprefix(_LETTER), *lines[at + 1 : at + 2])]
    first = named[0] if len(named[0].split()) > 1 else " ".join(filter(None, named))
    if first.startswith("Các "):
        first = f"các {first[4:]}"
    return f"{name} gửi {first}"[:_LONGEST] if first else None


def _name_without_facts(page: PageText) -> str | None:
    """The first line, or what a table over the text says more of the document than that line."""
    first, table = _first_line(page), _name_of_table(page)
    if first is None or table is None:
        return first
    named = _NAMED.match(first)
    if named is None:
        return table
    return first if len(first[named.end() :].split()) > 3 or ": " not in table else table


def _name_of_table(page: PageText) -> str | None:
    """Type, number and subject as a table over the text tells them: a name, not what the document says itself."""
    rows: dict[str, str] = {}
    for line in page.text[:_HEAD].splitlines():
        if row := _ROW.match(line):
            rows.setdefault(" ".join(fold(row["name"]).replace(",", "").split()), row["value"].strip(" *."))
    number, kind, subject = (
        next((rows[name] for name in names if rows.get(name)), None)
        for names in (_NUMBER_ROWS, _TYPE_ROWS, _SUBJECT_ROWS)
    )
    if number is None:
        return None
    name = f"{kind} {number}" if kind else f"Văn bản {number}"
    return f"{name}: {subject}"[:_LONGEST] if subject else name


def _name_below_type(page: PageText) -> str | None:
    """ "Thông tư: Hướng dẫn …": the heading below a type line that stands alone."""
    lines = [page.text[block.start : block.end].strip(_MARKS) for block in page.blocks[:2]]
    if len(lines) < 2:
        return None
    typed = TYPE_LINE.match(lines[0])
    if (
        typed is None
        or typed["rest"].strip("*: ")
        or len(lines[1]) > _LONGEST
        or _AFTER_SUBJECT.match(lines[1])
    ):
        return None
    return f"{typed['type'].capitalize()}: {lines[1]}"


def _first_line(page: PageText) -> str | None:
    """The first sentence of the text, without the agency that opens a news page."""
    block: Block | None = next(iter(page.blocks), None)
    if block is None:
        return None
    text = page.text[block.start : block.end].strip(_MARKS)
    if dateline := _DATELINE.match(text):
        text = text[dateline.end() :]
    if len(text) > _LONGEST:
        sentence = _SENTENCE.match(text)
        text = (
            sentence[0]
            if sentence and len(sentence[0]) <= _LONGEST
            else f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"
        )
    return text or None
