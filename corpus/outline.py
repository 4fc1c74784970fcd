"""The outline of a document for a reader: its parts, articles and clauses, each with the place where it begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.models import Document
from corpus.structure import Level, Section, find_sections
from corpus.text import fold_spaces
from ingest.models import BlockKind

MOST = 400  # entries; of a longer outline the smallest parts are left out, level by level
_LONG = 300_000  # characters; the structure of longer texts is told by their passages (reading 2 million takes 3 s)
_TITLE = 90  # characters of a title that are kept
_FEWEST_HEADINGS = 2  # of a text without structure that make an outline
_INNERMOST = (Level.POINT, Level.SUBCLAUSE, Level.CLAUSE, Level.FORM)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """One part: `text[start:end]` is its heading, as far as it is one line or a title below it."""

    depth: int  # 0: of the document itself
    label: str  # "Điều 5", "Khoản 2", "Mục I"; empty for a heading without a number
    title: str  # on one line, cut at a word
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The entries in order of their beginning; `left_out` smaller parts have none."""

    entries: tuple[OutlineEntry, ...] = ()
    left_out: int = 0


def read_outline(document: Document) -> Outline:
    """The outline of a document; no entries where it has neither structure nor headings."""
    if len(document.text) > _LONG:
        return _shorten(_of_passages(document), 0)
    footnotes = [(b.start, b.end) for b in document.blocks if b.kind is BlockKind.FOOTNOTE]
    sections = find_sections(document.text, footnotes)
    if not sections:
        return _shorten(_of_headings(document), 0)
    kept = _leave_out_smallest(sections)
    return _shorten(list(_of_sections(document.text, kept)), len(sections) - len(kept))


def _shorten(entries: Sequence[OutlineEntry], left_out: int) -> Outline:
    return Outline(entries=tuple(entries[:MOST]), left_out=left_out + max(0, len(entries) - MOST))


def _leave_out_smallest(sections: Sequence[Section]) -> list[Section]:
    kept = list(sections)
    for level in _INNERMOST:
        if len(kept) <= MOST:
            break
        kept = [section for section in kept if section.level is not level]
    return kept


def _of_sections(text: str, sections: Iterable[Section]) -> Iterable[OutlineEntry]:
    around: list[Section] = []
    for section in sections:
        while around and around[-1].end <= section.start:
            around.pop()
        yield OutlineEntry(
            depth=len(around),
            label=section.label,
            title=_title_of(text[section.start : section.heading_end], section.label),
            start=section.start,
            end=section.heading_end,
        )
        around.append(section)


def _title_of(heading: str, label: str) -> str:
    """What stands behind the label: "Điều 5. Phạm vi" → "Phạm vi", "1. Phạm vi" → "Phạm vi"."""
    line = fold_spaces(heading).strip("#* ")
    number = label.rsplit(" ", 1)[-1]
    for lead in (label, number):
        if line.casefold().startswith(lead.casefold()):
            line = line[len(lead) :].lstrip(" .:)-–—/")
            break
    return _cut(line)


def _cut(line: str) -> str:
    if len(line) <= _TITLE:
        return line
    head = line[:_TITLE]
    return f"{head[: head.rfind(' ')] if ' ' in head else head}…"


def _of_headings(document: Document) -> list[OutlineEntry]:
    """The subheadings of a page whose parts bear no numbers."""
    entries = [
        OutlineEntry(
            depth=0,
            label="",
            title=_cut(fold_spaces(document.text[block.start : block.end]).strip("#* ")),
            start=block.start,
            end=block.end,
        )
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    ]
    return entries if len(entries) >= _FEWEST_HEADINGS else []


def _of_passages(document: Document) -> list[OutlineEntry]:
    """The chapters and articles that the passages of a very long text name, in order, each at its first."""
    entries: list[OutlineEntry] = []
    before: tuple[str, ...] = ()
    for passage in document.passages:
        labels = (label.partition(" – ")[0] for label in passage.path)  # "Điều 9 – Nơi nhận": its first part
        path = tuple(label for label in labels if not _is_small(label))
        common = next((i for i, (a, b) in enumerate(zip(path, before, strict=False)) if a != b), None)
        first = min(len(path), len(before)) if common is None else common
        line_end = document.text.find("\n", passage.start, passage.end)
        end = line_end if line_end > 0 else passage.end
        for depth in range(first, len(path)):
            title = _title_of(document.text[passage.start : end], path[depth])
            entries.append(
                OutlineEntry(depth=depth, label=path[depth], title=title, start=passage.start, end=end)
            )
        before = path
    return _at_their_own_places(document.text, entries)


def _at_their_own_places(text: str, entries: Sequence[OutlineEntry]) -> list[OutlineEntry]:
    """A passage that opens a chapter opens its first article too: only the outermost has the line as its title."""
    placed: list[OutlineEntry] = []
    for entry in entries:
        shared = bool(placed) and placed[-1].start == entry.start
        placed.append(replace(entry, title="") if shared else entry)
    return placed


def _is_small(label: str) -> bool:
    return label.startswith(("Khoản ", "Điểm ", "đoạn ", "Phần mở đầu", "chú thích"))
