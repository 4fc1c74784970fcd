"""Markdown: headings, paragraphs, lists with their numbers, and tables, as a reader of the page sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.errors import EmptyPage
from ingest.models import BlockKind, PageText, RawPage
from ingest.readers.office import Shown, make_page, show_paragraph
from ingest.readers.text import decode_page, read_plain

_LARGEST = 1 << 19  # characters; brackets without end take the parser time that grows with their square
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:.*\n){0,50}?---[ \t]*\r?\n")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_markdown(page: RawPage) -> PageText:
    """The text of a Markdown file; a very long one, or one nested too deep, is read as plain text.

    Raises EmptyPage, BinaryPage or LegacyEncoding.
    """
    decoded = decode_page(page.content, page.name)
    if len(decoded.text) <= _LARGEST:
        with suppress(EmptyPage):
            return make_page(_read(decoded.text), page.name, encoding=decoded.encoding)
    return read_plain(decoded.text, page.name, encoding=decoded.encoding)


def _read(text: str) -> Iterator[Shown]:
    head = _FRONT_MATTER.match(text)
    if head:
        for line in head[0].splitlines()[1:-1]:
            yield from show_paragraph(line, cut="meta")
    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")
    yield from _Walk(parser.parse(text[head.end() if head else 0 :])).lines()


class _Walk:
    """Goes over the tokens of a page and gives its lines."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._marks: list[str] = []  # of the list items that are open and have shown no line yet
        self._row: list[str] = []
        self._titled = False

    def lines(self) -> Iterator[Shown]:
        kind = BlockKind.BODY
        in_row = False
        for token in self._tokens:
            match token.type:
                case "heading_open":
                    kind = self._kind_of_heading(token)
                case "heading_close":
                    kind = BlockKind.BODY
                case "list_item_open":
                    self._marks.append(f"{token.info}{token.markup}" if token.info else "-")
                case "list_item_close":
                    self._marks.clear()
                case "tr_open":
                    in_row = True
                case "tr_close":
                    yield Shown(" | ".join(self._row).strip(" |") or "|", BlockKind.TABLE_ROW)
                    self._row.clear()
                    in_row = False
                case "inline" if in_row:
                    self._row.append(" ".join(_inline(token).split()))
                case "inline":
                    yield from self._show(_inline(token), kind)
                case "fence" | "code_block":
                    yield from self._show(token.content, kind)
                case "html_block":
                    yield from self._show(BeautifulSoup(token.content, "lxml").get_text("\n"), kind)
                case _:
                    pass

    def _kind_of_heading(self, token: Token) -> BlockKind:
        if token.tag == "h1" and not self._titled:
            self._titled = True
            return BlockKind.TITLE
        return BlockKind.HEADING

    def _show(self, text: str, kind: BlockKind) -> Iterator[Shown]:
        shown = show_paragraph(text, kind)
        if shown and self._marks:
            first = shown[0]
            shown[0] = Shown(" ".join([*self._marks, first.text]), first.kind, first.soft)
            self._marks.clear()
        yield from shown


def _inline(token: Token) -> str:
    """The text of a paragraph, without the marks of its formatting."""
    parts: list[str] = []
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline":
                parts.append(child.content)
            case "image":
                parts.append(child.content)
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "html_inline" if _BREAK_TAG.fullmatch(child.content):
                parts.append("\n")
            case _:
                pass
    return "".join(parts)
