"""Passages: the citable spans that are indexed, cut along the structure of the document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from corpus.models import Passage
from corpus.sentences import Span, find_clauses, find_sentences, strip_span
from corpus.structure import Section, find_sections
from ingest.models import Block, BlockKind

# The encoder reads 512 tokens, about 1,500 characters of Vietnamese, title included; our baselines were
# measured with passages of about 900 characters, which leaves room for a long title.
TARGET_LENGTH = 900
# A whole paragraph may be longer than the target, but not longer than the encoder can read.
MAX_LENGTH = 1400
# Below this a passage says too little to be found or judged alone: it joins its neighbours. An article
# or chapter above it stands alone, so that a citation names one article.
MIN_LENGTH = 250

PREAMBLE_LABEL = "Phần mở đầu"
CAPTION_LABEL = "chú thích ảnh"
FOOTNOTE_LABEL = "chú thích cuối trang"
TITLE_LABEL = "tiêu đề"

# Sections that are grouped only when tiny; clauses and points are grouped up to the target.
_OWN_PASSAGE = ("Điều", "Phụ lục", "Chương", "Phần", "Mẫu số")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph, or a part of a long one, with the section or the paragraph number it belongs to."""

    start: int
    end: int
    path: tuple[str, ...]
    heading: bool = False  # a subheading of a text without structure

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage in the making: neighbouring pieces `text[start:end]`."""

    start: int
    end: int
    path: tuple[str, ...]

    @property
    def length(self) -> int:
        return self.end - self.start


def split_passages(document_id: str, text: str, blocks: tuple[Block, ...]) -> tuple[Passage, ...]:
    """The passages of a document, in order, never overlapping; each is `text[start:end]`.

    A passage aims at `TARGET_LENGTH` characters and exceeds `MAX_LENGTH` only where a span has no
    white space to break at. Its path names the sections it covers ("Điều 5", "Khoản 2–4") or, in a text
    without structure, the numbers of its body paragraphs ("đoạn 3–5"). Captions and footnotes are passages of
    their own, no part of the structure around them; a lead that repeats the body is in none; the title is one only where the page has nothing else.
    """
    lines = list(_label_lines(text, blocks))
    sections = find_sections(text, [(b.start, b.end) for b in blocks if b.kind is BlockKind.FOOTNOTE])
    drafts: list[_Draft] = []
    for kind, run in groupby(_number_lines(lines, sections), key=lambda line: line[1]):
        if kind is BlockKind.CAPTION:
            drafts.extend(_draft_captions(text, run))
        elif kind is BlockKind.FOOTNOTE:
            drafts.extend(_draft_footnotes(text, run))
        elif kind is BlockKind.BODY:
            pieces = [p for span, _, path, heading in run for p in _split_line(text, span, path, heading)]
            drafts.extend(_group_structured(pieces) if sections else _group_paragraphs(pieces))
    if not drafts:
        titles = (span for span, kind in lines if kind is BlockKind.TITLE)
        drafts = [_Draft(t.start, t.end, (TITLE_LABEL,)) for t in titles]
    return tuple(_build_passage(document_id, text, i, draft) for i, draft in enumerate(drafts))


def passage_id(document_id: str, start: int, end: int, text: str) -> str:
    """The stable id of a passage: 20 hex digits over document, offsets and text, kept apart by U+001F."""
    parts = "\x1f".join((document_id, str(start), str(end), text))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _build_passage(document_id: str, text: str, ordinal: int, draft: _Draft) -> Passage:
    quote = text[draft.start : draft.end]
    return Passage(
        id=passage_id(document_id, draft.start, draft.end, quote),
        document_id=document_id,
        ordinal=ordinal,
        path=draft.path,
        start=draft.start,
        end=draft.end,
        text=quote,
    )


def _label_lines(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Span, BlockKind]]:
    """Every non-empty line of the text with the kind of its block (body where no block covers it)."""
    start, i = 0, 0
    for raw in text.split("\n"):
        span = strip_span(text, start, start + len(raw))
        start += len(raw) + 1
        if span is None:
            continue
        while i < len(blocks) and blocks[i].end <= span.start:
            i += 1
        covered = i < len(blocks) and blocks[i].start <= span.start
        yield span, blocks[i].kind if covered else BlockKind.BODY


def _number_lines(
    lines: Iterable[tuple[Span, BlockKind]], sections: Sequence[Section]
) -> Iterator[tuple[Span, BlockKind, tuple[str, ...], bool]]:
    """Lines with their path; kinds are reduced to BODY, CAPTION, FOOTNOTE and what is left out."""
    stack: list[Section] = []
    following, paragraph, seen_body = 0, 0, False
    for span, kind in lines:
        while following < len(sections) and sections[following].start <= span.start:
            stack.append(sections[following])
            following += 1
        while stack and stack[-1].end <= span.start:
            stack.pop()
        if kind in (BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.LEAD_DUPLICATE):
            yield span, kind, (), False
            continue
        if kind is BlockKind.TITLE and not seen_body:
            yield span, kind, (), False
            continue
        seen_body = True
        heading = kind is BlockKind.HEADING
        paragraph += not heading
        if sections:
            path = stack[-1].path if stack else (PREAMBLE_LABEL,)
        else:
            path = (f"đoạn {paragraph + heading}",)  # a subheading goes with the paragraph after it
        yield span, BlockKind.BODY, path, heading


def _draft_captions(
    text: str, run: Iterable[tuple[Span, BlockKind, tuple[str, ...], bool]]
) -> Iterator[_Draft]:
    for span, *_ in run:
        for piece in _split_line(text, span, (CAPTION_LABEL,), heading=False):
            yield _Draft(piece.start, piece.end, piece.path)


def _draft_footnotes(
    text: str, run: Iterable[tuple[Span, BlockKind, tuple[str, ...], bool]]
) -> Iterator[_Draft]:
    """Neighbouring footnotes, together up to the target: one alone seldom says of what it speaks."""
    pieces = [p for span, *_ in run for p in _split_line(text, span, (FOOTNOTE_LABEL,), heading=False)]
    yield from _pack(pieces, 0)


def _split_line(text: str, span: Span, path: tuple[str, ...], heading: bool) -> Iterator[_Piece]:
    """The paragraph, or parts of about the target length, cut at sentences, then clauses, then words."""
    if span.end - span.start <= MAX_LENGTH:
        yield _Piece(span.start, span.end, path, heading)
        return
    start = end = span.start
    for part in _find_parts(text, span):
        if end > start and part.end - start > TARGET_LENGTH:
            yield _Piece(start, end, path, heading)
            start = part.start
        end = part.end
    yield _Piece(start, end, path, heading)


def _find_parts(text: str, span: Span) -> Iterator[Span]:
    for sentence in find_sentences(text, span.start, span.end):
        if sentence.end - sentence.start <= MAX_LENGTH:
            yield sentence
            continue
        clauses = find_clauses(text, sentence.start, sentence.end)
        for clause, following in zip(clauses, [*clauses[1:], None], strict=True):
            # The semicolon stays with the clause before it: nothing may fall between two passages.
            stop = following.start if following is not None else sentence.end
            whole = strip_span(text, clause.start, stop) or clause
            yield from _split_words(text, whole)


def _split_words(text: str, span: Span) -> Iterator[Span]:
    """A clause of any length in parts of at most the target, cut at white space where there is any."""
    start = span.start
    while span.end - start > MAX_LENGTH:
        cut = text.rfind(" ", start + 1, start + TARGET_LENGTH)
        if cut < 0:
            cut = text.find(" ", start + TARGET_LENGTH, span.end)
        if cut < 0:
            break
        if (part := strip_span(text, start, cut)) is not None:
            yield part
        start = cut + 1
    if (part := strip_span(text, start, span.end)) is not None:
        yield part


def _group_paragraphs(pieces: Sequence[_Piece]) -> Iterator[_Draft]:
    """Paragraphs of a text without structure: together up to the target, never ending with a subheading."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        group = groups[-1] if groups else None
        if group is None or not _fits(group, piece):
            groups.append([piece])
        else:
            group.append(piece)
    yield from _merge_small([_draft(group, 0) for group in groups])


def _fits(group: Sequence[_Piece], piece: _Piece) -> bool:
    length = piece.end - group[0].start
    if all(member.heading for member in group):
        return length <= MAX_LENGTH + MIN_LENGTH
    if piece.heading and group[-1].end - group[0].start >= MIN_LENGTH:
        return False
    return length <= TARGET_LENGTH


def _group_structured(pieces: Sequence[_Piece]) -> Iterator[_Draft]:
    yield from _merge_small(list(_group_sections(pieces, 0)))


def _group_sections(pieces: Sequence[_Piece], depth: int) -> Iterator[_Draft]:
    """Group pieces that share `path[:depth]`: whole sections while they fit, larger ones from inside."""
    group: list[_Piece] = []
    for _, run in groupby(pieces, key=lambda p: p.path[depth : depth + 1]):
        section = list(run)
        if group and not _may_join(group, section, depth):
            yield _draft(group, depth)
            group = []
        if section[-1].end - section[0].start <= TARGET_LENGTH:
            group.extend(_as_whole(section, depth))
        elif len(section[0].path) <= depth:
            yield from _pack(group + section, depth)
            group = []
        else:
            if group:
                yield _draft(group, depth)
                group = []
            yield from _group_sections(section, depth + 1)
    if group:
        yield _draft(group, depth)


def _may_join(group: Sequence[_Piece], section: Sequence[_Piece], depth: int) -> bool:
    if section[-1].end - group[0].start > TARGET_LENGTH:
        return False
    label = section[0].path[depth] if len(section[0].path) > depth else ""
    tiny = min(group[-1].end - group[0].start, section[-1].end - section[0].start) < MIN_LENGTH
    return tiny or not label.startswith(_OWN_PASSAGE)


def _pack(pieces: Sequence[_Piece], depth: int) -> Iterator[_Draft]:
    """Paragraphs of one section that has no sections inside, together up to the target."""
    group: list[_Piece] = []
    for piece in pieces:
        if group and piece.end - group[0].start > TARGET_LENGTH:
            yield _draft(group, depth)
            group = []
        group.append(piece)
    if group:
        yield _draft(group, depth)


def _draft(group: Sequence[_Piece], depth: int) -> _Draft:
    path = group[0].path
    for piece in group[1:]:
        path = _join_paths(path, piece.path)
    return _Draft(group[0].start, group[-1].end, path)


def _as_whole(section: Sequence[_Piece], depth: int) -> list[_Piece]:
    """The pieces of a section that stays in one passage, under its own path alone.

    Pieces that begin inside of it (below a footnote that cut it in two) keep theirs.
    """
    if len(section[0].path) > depth + 1:
        return list(section)
    return [replace(piece, path=piece.path[: depth + 1]) for piece in section]


def _merge_small(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Join drafts below the least length to the neighbour they have more of their path in common with (a
    heading: what follows it), as long as the whole stays readable for the encoder."""
    merged: list[_Draft] = []
    for i, draft in enumerate(drafts):
        last = merged[-1] if merged else None
        following = drafts[i + 1] if i + 1 < len(drafts) else None
        if last is not None and _may_merge(last, draft, following):
            merged[-1] = _Draft(last.start, draft.end, _join_paths(last.path, draft.path))
        else:
            merged.append(draft)
    return merged


def _may_merge(last: _Draft, draft: _Draft, following: _Draft | None) -> bool:
    if draft.end - last.start > MAX_LENGTH:
        return False
    if last.length < MIN_LENGTH:
        return True
    if draft.length >= MIN_LENGTH:
        return False
    if following is None or following.end - draft.start > MAX_LENGTH:
        return True
    return _common(last.path, draft.path) > _common(draft.path, following.path)


def _common(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _join_paths(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The path that covers two neighbours: the common part, then the range of what differs."""
    common = _common(first, second)
    if common in (len(first), len(second)):
        # One holds the other: the heading or introduction of a section together with a part of it.
        return max(first, second, key=len) if common else first or second
    return (*first[:common], _join_labels(first[common], second[common]))


def _join_labels(first: str, second: str) -> str:
    """ "Khoản 2" and "Khoản 4" → "Khoản 2–4"; labels of different kinds keep both names."""
    kind, _, begin = first.rpartition(" ")
    other, _, stop = second.rpartition(" ")
    begin, stop = begin.split("–")[0], stop.split("–")[-1]
    if kind and kind == other:
        return f"{kind} {begin}–{stop}" if begin != stop else first
    return f"{first.split(' – ')[0]} – {second.split(' – ')[-1]}"
