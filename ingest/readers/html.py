"""HTML pages: the visible text line by line, which of it is the main text, and what the head states.

1. read the bytes as characters and parse them; scripts and styles are no text
2. look for the rules of the site (ingest.sites)
3. choose the main container (html_main): by the site's rules, a known content class, else the densest element
4. walk the whole body (html_walk): one line per block element, each with what its place says about it
5. the rules of ingest.boilerplate go over the lines inside the main container
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree
from w3lib.encoding import resolve_encoding

from ingest.boilerplate import fold, has_letterhead, mark_lines
from ingest.errors import BinaryPage, EmptyPage, UnsafeFile
from ingest.layout import wrap_profile
from ingest.legacy import Legacy, convert_document, legacy_note, to_unicode
from ingest.models import BlockKind, PageText, RawPage
from ingest.published import read_date_line, read_iso
from ingest.readers.html_head import Head, read_head
from ingest.readers.html_walk import Shown, Walk
from ingest.readers.page import assemble, lay_out
from ingest.readers.text import decode_bytes, is_binary
from ingest.sites import find_site
from ingest.sites.selectors import Element
from ingest.sites.site import Site

_NOT_TEXT = ("script", "style", "template", "noscript", "svg", "iframe", "object", "canvas", "datalist")
_DATE_LINES = 8  # lines beside the title where the date of a page may stand


def read_html(page: RawPage) -> PageText:
    """The text of an HTML page. Raises EmptyPage, BinaryPage, LegacyEncoding or UnsafeFile."""
    declared = page.origin.charset if page.origin else None
    markup = _decode_html(page.content, page.name, declared)
    if is_binary(markup):
        raise BinaryPage(
            f"Trang {page.name!r} chứa dữ liệu nhị phân, không phải trang web. Hãy kiểm tra lại tệp gốc."
        )
    root = _parse(markup, page.name)
    head = read_head(root)
    site = find_site(page.origin.url if page.origin else head.url, root, markup)
    _take_out(root, _NOT_TEXT)
    walk = Walk(next(root.iter("body"), root), site)
    shown = walk.lines()
    if not shown:
        raise _empty(page.name)
    shown, encoding = _convert_legacy(shown, page.name)
    if encoding is not None and head.title is not None:
        head = replace(head, title=to_unicode(head.title, encoding))
    raw_text, lines = lay_out([(line.text, line.soft) for line in shown])
    title = _choose_title(shown, head, site)
    marked = mark_lines(lines, title=title, hints=[s.mark for s in shown])
    kept = [line for line, mark in zip(lines, marked.marks, strict=True) if mark.cut is None]
    assembled = assemble(lines, marked.marks, wrap_profile(kept))
    title = title or marked.title
    # the author and the day are those of the site's page
    of_site = _holds_document(shown, site) or _is_about_document(site)
    return PageText(
        text=assembled.text,
        raw_text=raw_text,
        blocks=assembled.blocks,
        cuts=assembled.cuts,
        title=title,
        title_in_text=title is None or fold(title) in fold(assembled.text[:4000]),
        source_id=None,
        url=head.url,
        author=None if of_site else _choose_author(marked.author, shown, walk, site) or head.author,
        publisher=marked.publisher or head.publisher,
        published_at=None
        if of_site
        else head.published_at or _find_published(shown, walk, site) or marked.published_at,
        encoding=encoding,
        notes=(legacy_note(encoding),) if encoding else (),
    )


def parse_html(content: bytes, name: str, charset: str | None = None) -> Element:
    """The tree of a page that is read for its links; `charset` is what the answer declared beside it.

    Raises EmptyPage, BinaryPage, LegacyEncoding or UnsafeFile.
    """
    return _parse(_decode_html(content, name, charset), name)


def _convert_legacy(shown: list[Shown], name: str) -> tuple[list[Shown], Legacy | None]:
    """The lines in Unicode, where the whole page is written in letters of TCVN3 or VNI fonts."""
    converted = convert_document("\n".join(line.text for line in shown), name)
    if converted.encoding is None:
        return shown, None
    texts = converted.text.split("\n")
    return [replace(line, text=text) for line, text in zip(shown, texts, strict=True)], converted.encoding


def _empty(name: str) -> EmptyPage:
    return EmptyPage(
        f"Trang {name!r} không có chữ nào hiển thị. Hãy lưu lại trang sau khi mở bằng trình duyệt."
    )


def _holds_document(shown: Sequence[Shown], site: Site | None) -> bool:
    """Whether the text is a document that the site only keeps."""
    kept = [s.text for s in shown if s.mark.cut is None]
    return site is not None and site.holds_documents and has_letterhead(kept)


def _is_about_document(site: Site | None) -> bool:
    """Whether the pages of a site tell of documents whose text is in a file."""
    return site is not None and site.holds_documents and bool(site.title)


def _choose_title(shown: Sequence[Shown], head: Head, site: Site | None) -> str | None:
    """The heading of the page, else the title of its head; a document has its own, the site's is not its."""
    if _holds_document(shown, site):
        return None
    heading = next((s.text for s in shown if s.mark.kind is BlockKind.TITLE and s.mark.cut is None), None)
    return unicodedata.normalize("NFC", " ".join((heading or head.title or "").split())) or None


def _choose_author(byline: str | None, shown: Sequence[Shown], walk: Walk, site: Site | None) -> str | None:
    """Who signed the text, else the one line that the site's rules or the markup call the author."""
    if byline is not None:
        return byline
    names = [s.text for s in shown if s.mark.rule == "byline" and len(s.text) <= 60]
    named = walk.find(site.author) if site is not None else None
    if named is not None and len(named) <= 60:
        return named
    return names[0] if len(names) == 1 else None


def _find_published(shown: Sequence[Shown], walk: Walk, site: Site | None) -> str | None:
    """The day beside the title: a <time>, what the site's rules point to, or a line that is only a date."""
    title = next((i for i, s in enumerate(shown) if s.mark.kind is BlockKind.TITLE), None)
    if title is None:
        return None
    for moment in walk.moments:
        if moment.line <= title + _DATE_LINES and (published := read_iso(moment.value)):
            return published
    if site is not None and (stated := walk.find(site.date)) and (published := read_iso(stated)):
        return published
    return _read_line_beside(shown, title)


def _read_line_beside(shown: Sequence[Shown], title: int) -> str | None:
    """The first line that is only a date, below the title and above the text, else right above the title."""
    for item in shown[title + 1 : title + 1 + _DATE_LINES]:
        if item.mark.cut in _NOT_BESIDE:
            break
        if published := read_date_line(item.text):
            return published
        if item.mark.cut is None and item.mark.kind is BlockKind.BODY and len(item.text) > _PARAGRAPH:
            break
    above = shown[max(0, title - 2) : title]
    days = [day for item in above if item.mark.cut not in _NOT_BESIDE and (day := read_date_line(item.text))]
    return days[-1] if days else None


_NOT_BESIDE = frozenset({"related", "comment_form", "aside", "footer", "nav"})
_PARAGRAPH = 120  # characters; a longer line is the text


# --- elements ---------------------------------------------------------------------------------------------

_DEEPEST = 2000  # levels; beyond 2048 libxml2 stops, and tells nobody
_FORMATTING = re.compile(r"</?(?:font|span|b|i|u|em|strong|big|small|o:p)(?:\s[^<>]*)?>", re.IGNORECASE)


def _parse(markup: str, name: str) -> Element:
    """The root of a page. Elements that only format and are never closed may nest without end: they go."""
    root = _build(markup)
    if root is not None and _is_cut_short(root):
        root = _build(_FORMATTING.sub("", markup))
    if root is None:
        raise _empty(name)
    if _is_cut_short(root):
        raise UnsafeFile(
            f"Trang {name!r} lồng hơn {_DEEPEST} tầng phần tử, không đọc được trọn vẹn. "
            "Hãy mở trang bằng trình duyệt, chép phần chữ và lưu thành tệp .txt."
        )
    return root


def _build(markup: str) -> Element | None:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)  # else it stops at 256 levels
    parser.feed(markup.removeprefix("\ufeff").encode("utf-8", "replace"))
    return parser.close()


def _is_cut_short(root: Element) -> bool:
    """Whether the page nests too deep: where the parser stops, the last element is the deepest."""
    depth, tag = 0, root
    while (inner := next(tag.iterchildren("*", reversed=True), None)) is not None:
        depth, tag = depth + 1, inner
    return depth >= _DEEPEST


def _take_out(root: Element, names: Sequence[str]) -> None:
    """Remove the elements of these names; an empty comment keeps the text on both sides in two pieces."""
    for tag in root.iter(*names):
        tag.addprevious(etree.Comment())
    etree.strip_elements(root, *names, with_tail=False)


# --- characters -------------------------------------------------------------------------------------------

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_WESTERN = "cp1252"  # what browsers read ISO-8859-1 and ASCII as; servers declare it without looking
_BAD_SHARE = 0.001  # of the characters; browsers show such pages, with a replacement sign for each bad byte


def _decode_html(content: bytes, name: str, declared: str | None = None) -> str:
    """The characters of a page; `declared` is the charset that came with it. Both it and the page's own
    statement may lie: bytes that are UTF-8 are UTF-8, and what no Western charset can hold is looked for first.
    """
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_bytes(content, name)
    if (text := _decode_utf8(content)) is not None:
        return text
    stated = _META_CHARSET.search(content[:4096])
    charsets = [declared, stated[1].decode("ascii") if stated else None]
    resolved = [codec for charset in charsets if charset and (codec := resolve_encoding(charset))]
    for codec in resolved:
        if codec != _WESTERN and (text := _decode_declared(content, codec)) is not None:
            return text
    try:
        return decode_bytes(content, name)
    except BinaryPage:
        text = _decode_declared(content, _WESTERN) if _WESTERN in resolved else None
        if text is None:
            raise
        return text


def _decode_utf8(content: bytes) -> str | None:
    """The text, where it holds letters that only UTF-8 writes so; a few bad bytes among many of them do not matter."""
    text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    foreign = len(text) - bad - len(text.encode("ascii", "ignore"))
    if "\0" in text or foreign == 0 or bad > _BAD_SHARE * len(text) or bad * 20 > foreign:
        return None
    return text


def _decode_declared(content: bytes, codec: str) -> str | None:
    try:
        if codec.startswith(("utf-16", "utf-32")) or b"\0" in content:
            return None
        text = content.decode(codec, "replace")
    except (LookupError, UnicodeError):
        return None
    return text if text.count("\ufffd") <= _BAD_SHARE * len(text) else None
