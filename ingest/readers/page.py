"""Puts a page together from its lines and what each of them is."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.boilerplate import PAGE_BREAK_REASONS, Mark
from ingest.footnotes import mark_footnotes
from ingest.layout import Line, WrapProfile, goes_on_after_page_break, is_wrap
from ingest.models import Block, BlockKind, Cut


@dataclass(frozen=True, slots=True)
class Assembled:
    """The kept text of a page with its blocks, and what was cut."""

    text: str
    blocks: tuple[Block, ...]
    cuts: tuple[Cut, ...]


def lay_out(shown: Sequence[tuple[str, bool]]) -> tuple[str, list[Line]]:
    """The raw text, one line each, and its lines.

    A line comes with whether only a line break divides it from the one above ("soft"); else it opens a
    paragraph.
    """
    lines: list[Line] = []
    position = 0
    for text, soft in shown:
        lines.append(Line(position, position + len(text), text, "" if soft else "e"))
        position += len(text) + 1
    return "\n".join(text for text, _ in shown), lines


def assemble(lines: Sequence[Line], marks: Sequence[Mark], profile: WrapProfile) -> Assembled:
    """Join the kept lines into blocks of NFC text and record the rest as cuts of the raw text.

    `lines[i]` is what `marks[i]` says. Blocks are joined with "\\n", wrapped lines inside one with a space.
    """
    parts = _join_blocks(lines, marks, profile)
    blocks: list[Block] = []
    position = 0
    for kind, text in parts:
        blocks.append(Block(kind=kind, start=position, end=position + len(text)))
        position += len(text) + 1
    text = "\n".join(text for _, text in parts)
    return Assembled(text, mark_footnotes(text, blocks), _join_cuts(lines, marks))


def _join_blocks(
    lines: Sequence[Line], marks: Sequence[Mark], profile: WrapProfile
) -> list[tuple[BlockKind, str]]:
    parts: list[tuple[BlockKind, list[str]]] = []
    neighbours = False  # nothing but one line end between this line and the one kept before it
    page_break = False  # only a running head and blank lines between them
    for line, mark in zip(lines, marks, strict=True):
        if mark.cut is not None:
            page_break = mark.cut in PAGE_BREAK_REASONS and (page_break or neighbours or bool(parts))
            neighbours = False
            continue
        joins = False
        if parts and (parts[-1][0] is mark.kind or _heading_goes_on(parts[-1][0], mark.kind, line.text)):
            above = parts[-1][1][-1]
            if page_break and profile.columns is not None:
                joins = goes_on_after_page_break(above, line.text)
            elif neighbours and not line.gap:
                joins = is_wrap(above, line.text, profile, opening=parts[-1][1][0])
        if joins:
            parts[-1][1].append(line.text)
        else:
            parts.append((mark.kind, [line.text]))
        neighbours, page_break = True, False
    return [(kind, unicodedata.normalize("NFC", " ".join(texts))) for kind, texts in parts]


def _heading_goes_on(above: BlockKind, below: BlockKind, text: str) -> bool:
    """A heading mark ("## …") stands only on the first line of a wrapped heading."""
    return above is BlockKind.HEADING and below is BlockKind.BODY and text[0].islower()


def _join_cuts(lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Cut, ...]:
    cuts: list[Cut] = []
    follows = False
    for line, mark in zip(lines, marks, strict=True):
        if mark.cut is None:
            follows = False
        elif follows and cuts[-1].reason == mark.cut:
            cuts[-1] = Cut(start=cuts[-1].start, end=line.end, reason=mark.cut)
        else:
            cuts.append(Cut(start=line.start, end=line.end, reason=mark.cut))
            follows = True
    return tuple(cuts)
