"""What is issued with a document: its appendices, and the documents that it issues (a regulation, a plan)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.lines import TextLine, mark_quoted, split_lines
from corpus.models import Appendix
from corpus.structure import Level, Section, begins_appendix, find_attachments
from corpus.symbols import find_symbols

# "(Kèm theo Quyết định số … ngày … của …)", over as many lines as its parenthesis takes
_EVIDENCE = re.compile(r"\(?\s*(?:được\s+)?(?:ban hành\s+)?kèm theo\s+\w+", re.IGNORECASE)
_HEAD_LINES = 8  # of an appendix, where the line may stand
_EVIDENCE_LENGTH = 500
_TITLE_LENGTH = 400
_LABEL = re.compile(
    r"\W*(?:PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ|số))?(?:\s+(?:(?:[IVXLC]{1,7}|\d{1,3})(?:\.\d{1,2}|[a-zA-Z])?|[A-Z])(?!\w))?\s*[.:–—-]*\s*"
)
_NO_TITLE = re.compile(
    r"Điều\s+\d|[-–—_=.*\s]+\Z|\||\d+\s*[.)]|[IVX]+\s*[.)]|Mẫu số|Chương\s|CỘNG\s+H|\[?TÊN\s|S?TT\Z"
    r"|Phụ lục|PHỤ LỤC"
)


def find_appendices(text: str, sections: Sequence[Section] = ()) -> tuple[Appendix, ...]:
    """The appendices of a text in order, each with the number of the document that it says it belongs to.

    `sections`: those of find_sections; a text without structure of its own (a letter) may have appendices too.
    `parent` is None where the text does not say, or says only "kèm theo Quyết định này".

    >>> text = "PHỤ LỤC I\\nDANH MỤC\\n(Kèm theo Quyết định số 12/QĐ-UBND ngày 02/3/2026)\\n1. Một"
    >>> found = find_appendices(text)[0]
    >>> found.label, found.title, found.parent
    ('Phụ lục I', 'DANH MỤC', '12/QĐ-UBND')
    """
    lines = split_lines(text)
    spans = [(s.label, s.start, s.end) for s in sections if s.level is Level.APPENDIX]
    if not sections:
        mark_quoted(lines)
        spans = list(_find_spans(lines, len(text)))
    starts = {line.start: i for i, line in enumerate(lines)}
    return tuple(_read_appendix(text, lines, starts[start], label, end) for label, start, end in spans)


def _find_spans(lines: list[TextLine], length: int) -> Iterator[tuple[str, int, int]]:
    attached = dict(find_attachments(lines))
    found = [(label, line.start) for i, line in enumerate(lines) if (label := _label_of(lines, i, attached))]
    for (label, start), following in zip(found, [*found[1:], None], strict=False):  # none at all: no pair
        yield label, start, following[1] if following is not None else length


def _label_of(lines: Sequence[TextLine], i: int, attached: dict[int, str]) -> str | None:
    if lines[i].quoted:
        return None
    return attached.get(i) or begins_appendix(lines[i].text)


def _read_appendix(text: str, lines: Sequence[TextLine], first: int, label: str, end: int) -> Appendix:
    head = [line for line in lines[first : first + _HEAD_LINES] if line.start < end]
    evidence = _find_evidence(text, head)
    title = _find_title(text, head, evidence[0] if evidence else None)
    parents = [m.canonical for m in find_symbols(text[slice(*evidence)]) if not m.short] if evidence else []
    return Appendix(
        label=label,
        title=" ".join(text[slice(*title)].split()) if title else None,
        title_start=title[0] if title else None,
        title_end=title[1] if title else None,
        start=lines[first].start,
        end=end,
        parent=parents[0] if parents else None,
        evidence_start=evidence[0] if evidence else None,
        evidence_end=evidence[1] if evidence else None,
    )


def _find_evidence(text: str, head: Sequence[TextLine]) -> tuple[int, int] | None:
    """The span of "(Kèm theo …)": to its closing parenthesis, else to the end of its line."""
    for line in head:
        if not (begins := _EVIDENCE.search(line.text)) or (begins.start() and begins[0][0] != "("):
            continue
        start = line.start + begins.start()
        if text[start] != "(":
            return start, line.end
        close = _closing(text, start)
        return (start, close + 1) if close is not None else (start, line.end)
    return None


def _closing(text: str, start: int) -> int | None:
    depth = 0
    for i in range(start, min(len(text), start + _EVIDENCE_LENGTH)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i
    return None


def _find_title(text: str, head: Sequence[TextLine], before: int | None) -> tuple[int, int] | None:
    """What stands between the label and the evidence; without evidence, the lines in capitals below the label, or
    the one line there."""
    label = _LABEL.match(head[0].text)
    start = head[0].start + label.end() if label else head[0].start
    end = start
    for line in head:
        if before is not None and line.start >= before:
            break
        if line is not head[0] and _NO_TITLE.match(line.text):
            break
        if before is None and end > start and not line.text.isupper():
            break
        if line.end - start > _TITLE_LENGTH:
            break
        end = max(end, min(line.end, before) if before is not None else line.end)
    span = text[start:end]
    start += len(span) - len(span.lstrip())
    end = start + len(span.strip())
    return (start, end) if end > start and any(c.isalpha() for c in text[start:end]) else None
