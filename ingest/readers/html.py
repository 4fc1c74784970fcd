"""HTML pages: the visible text line by line, which of it is the main text, and what the head states.

1. read the bytes as characters and parse them; scripts and styles are no text
2. choose the main container: a known content class, else a semantic element, else the densest one
3. walk the whole body: one line per block element, each with what its place says about it
4. the rules of ingest.boilerplate go over the lines inside the main container
"""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from ingest.boilerplate import Mark, fold, mark_lines
from ingest.errors import EmptyPage
from ingest.layout import Line, wrap_profile
from ingest.models import BlockKind, PageText, RawPage
from ingest.readers.page import assemble
from ingest.readers.text import decode, refuse_legacy

# Content classes of the portals in docs/domain.md §3 and of common site software, the most specific first.
_CONTENT_MARKS = tuple(
    frozenset(marks.split())
    for marks in (
        "#toanvancontent",
        "content1",
        "#divContentDoc",
        "noidungtracuu",
        "article__body cms-body",
        "@articleBody",
        "entry-content post-content td-post-content",
        "detail-content content-detail detail__content singular-content news-content article-content",
        "fck_detail ArticleContent journal-content-article content-news-detail noidung",
    )
)
_SEMANTIC_TAGS = ("article", "main")
_NOT_TEXT = (
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "iframe",
    "object",
    "canvas",
    "head",
    "datalist",
)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "ul",
        "caption",
        "option",
        "select",
        "textarea",
        "button",
    )
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TAG_REASONS = {
    "nav": "nav",
    "footer": "footer",
    "header": "header",
    "aside": "aside",
    "form": "form",
    "button": "form",
    "select": "form",
    "textarea": "form",
}
_CLASS_REASONS = (
    (
        "comment_form",
        re.compile(
            r"\b(?:comments?(?:-area|-respond|-list|s)?|respond|fb-comments|binh-?luan|docitem-binhluan)\b"
        ),
    ),
    (
        "related",
        re.compile(
            r"related|cms-relate|\blien-?quan|tin-?lien-?quan|tin-?khac|other-?news|recommend"
            r"|post-navigation"
            r"|(?:read|news|post)-?more\b|same-?category|cung-chuyen-muc"
        ),
    ),
    ("share", re.compile(r"\bshar(?:e|ing)|sharedaddy|social|addthis|fb-like|google-news")),
    ("tags", re.compile(r"\b(?:tags?|tag-?list|tags?-links|keywords?|article__tags?)\b")),
    ("nav", re.compile(r"breadcrumb|\b(?:main-)?menu\b|navbar|\bnav\b|pagination")),
    ("aside", re.compile(r"sidebar|\bwidget")),
    ("footer", re.compile(r"\b(?:site-)?footer\b")),
    (
        "byline",
        re.compile(r"\b(?:byline|article__author|author-name|detail-author|tac-?gia|post-author|author)\b"),
    ),
    (
        "meta",
        re.compile(
            r"\b(?:entry-meta|post-meta|article__meta|entry-date|posted-on|publish(?:ed)?-?(?:date"
            r"|time)?|cat-links|time|date)\b"
        ),
    ),
)
_CAPTION_CLASS = re.compile(
    r"\b(?:wp-caption-text|caption|photocms_caption|image-?caption|img-?caption|desc-img|chu-?thich"
    r"|photo-?note)\b"
)
_LEAD_CLASS = re.compile(
    r"\b(?:sapo|article__sapo|cms-desc|detail-sapo|singular-sapo|entry-summary|article-lead|lead"
    r"|chapeau|detail__summary|news-sapo)\b"
)
_MIN_MAIN = 200  # characters; a smaller container is a box, not the text of the page
_MIN_SHARE = 0.25  # of the densest container's text that a known class must hold to be believed
_MIN_GAIN = 0.2  # of running text that an ancestor must add to be the container instead
_SPACE = re.compile("[ \t\n\r\f\v\u2028\u2029]+")


def read_html(page: RawPage) -> PageText:
    """The text of an HTML page. Raises EmptyPage, BinaryPage or LegacyEncoding."""
    soup = BeautifulSoup(_decode_html(page.content, page.name), "lxml")
    facts = _read_head(soup)
    for element in soup(list(_NOT_TEXT)):
        if element.name != "head":
            element.extract()
    body = soup.body or soup
    shown = list(_Walk(body).lines())
    if not shown:
        raise EmptyPage(
            f"Trang {page.name!r} không có chữ nào hiển thị. Hãy lưu lại trang sau khi mở bằng trình duyệt."
        )
    raw_text, lines = _lay_out(shown)
    refuse_legacy(raw_text, page.name)
    heading = next((s.text for s in shown if s.mark.kind is BlockKind.TITLE and s.mark.cut is None), None)
    title = unicodedata.normalize("NFC", " ".join((heading or facts.title or "").split())) or None
    marked = mark_lines(lines, title=title, hints=[s.mark for s in shown])
    kept = [line for line, mark in zip(lines, marked.marks, strict=True) if mark.cut is None]
    assembled = assemble(lines, marked.marks, wrap_profile(kept))
    title = title or marked.title
    return PageText(
        text=assembled.text,
        raw_text=raw_text,
        blocks=assembled.blocks,
        cuts=assembled.cuts,
        title=title,
        title_in_text=title is None or fold(title) in fold(assembled.text[:4000]),
        source_id=None,
        url=facts.url,
        author=marked.author or _shown_author(shown) or facts.author,
        publisher=marked.publisher or facts.publisher,
    )


def _shown_author(shown: list[_Shown]) -> str | None:
    """The one line that the markup calls the author."""
    names = [s.text for s in shown if s.mark.rule == "byline" and len(s.text) <= 60]
    return names[0] if len(names) == 1 else None


# --- characters -------------------------------------------------------------------------------------------

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_BAD_SHARE = 0.001  # of the characters; browsers show such pages, with a replacement sign for each bad byte


def _decode_html(content: bytes, name: str) -> str:
    charset = _META_CHARSET.search(content[:4096])
    if charset and not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decode_declared(content, charset[1].decode("ascii"))
        if text is not None:
            return text
    return decode(content, name)


def _decode_declared(content: bytes, charset: str) -> str | None:
    try:
        encoding = codecs.lookup(charset).name
        if encoding.startswith(("utf-16", "utf-32")) or b"\0" in content:
            return None
        text = content.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return None
    return text if text.count("\ufffd") <= _BAD_SHARE * len(text) else None


# --- the head ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Facts:
    title: str | None
    url: str | None
    author: str | None
    publisher: str | None


_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")


def _read_head(soup: BeautifulSoup) -> _Facts:
    linked = _linked_data(soup)
    title = _meta(soup, "og:title") or (soup.title.get_text(" ", strip=True) if soup.title else None)
    canonical = soup.find("link", rel="canonical")
    address = _attribute(canonical, "href") if isinstance(canonical, Tag) else None
    author = _meta(soup, "author") or _meta(soup, "article:author") or _name_of(linked, "author")
    publisher = _meta(soup, "og:site_name") or _name_of(linked, "publisher")
    if author and (
        _web_address(author) or _DOMAIN.fullmatch(author) or fold(author) == fold(publisher or "")
    ):
        author = None  # many sites name themselves as the author of every page
    return _Facts(
        title=title or None,
        url=_web_address(address) or _web_address(_meta(soup, "og:url")),
        author=author,
        publisher=publisher,
    )


def _meta(soup: BeautifulSoup, name: str) -> str | None:
    for key in ("property", "name"):
        found = soup.find("meta", attrs={key: name})
        if isinstance(found, Tag):
            content = _attribute(found, "content")
            if content and content.strip():
                return " ".join(content.split())
    return None


def _attribute(tag: Tag, name: str) -> str | None:
    value = tag.get(name)
    return value if isinstance(value, str) else None


def _web_address(value: str | None) -> str | None:
    if not value:
        return None
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return None
    return value.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def _linked_data(soup: BeautifulSoup) -> list[dict[str, object]]:
    items: list[dict[str, object]] = []
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            value = json.loads(script.string or "")
        except (ValueError, RecursionError):
            continue  # linked data is a hint; a broken one takes nothing from the page
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                items.append(item)
    return items


def _name_of(items: list[dict[str, object]], key: str) -> str | None:
    for item in items:
        value = item.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


# --- the main container -----------------------------------------------------------------------------------


def _text_length(tag: Tag) -> int:
    return sum(len(piece.strip()) for piece in _pieces(tag))


def _pieces(tag: Tag) -> Iterator[NavigableString]:
    """The text pieces of an element; comments are none."""
    for piece in tag.find_all(string=True):
        if isinstance(piece, NavigableString) and not isinstance(piece, PreformattedString):
            yield piece


def _choose_main(body: Tag) -> Tag:
    """The element that holds the text of the page; the body itself where nothing stands out."""
    dense = _densest(body)
    floor = max(_MIN_MAIN, _MIN_SHARE * (_text_length(dense) if dense is not None else 0))
    for found in _candidates(body):
        best = max((tag for tag in found if not _cut_by_place(tag, body)), key=_text_length, default=None)
        if best is not None and _text_length(best) >= floor:
            return best
    return body if dense is None else _widen(dense, body)


def _candidates(body: Tag) -> list[list[Tag]]:
    """The elements that a known content class, then a semantic element, points to; one list a rank."""
    found: list[list[Tag]] = [[] for _ in range(len(_CONTENT_MARKS) + len(_SEMANTIC_TAGS))]
    for tag in body.find_all(True):
        if tag.name in _SEMANTIC_TAGS:
            found[len(_CONTENT_MARKS) + _SEMANTIC_TAGS.index(tag.name)].append(tag)
        if tag.attrs:
            marks = _content_marks(tag)
            for rank, known in enumerate(_CONTENT_MARKS):
                if not known.isdisjoint(marks):
                    found[rank].append(tag)
    return found


def _content_marks(tag: Tag) -> set[str]:
    """The classes of an element, "#" before its id and "@" before its itemprop."""
    marks = set(_classes_of(tag))
    return marks | {f"#{tag.get('id')}", f"@{tag.get('itemprop')}"}


def _densest(body: Tag) -> Tag | None:
    """The element with the most text in its own paragraphs, link text counted against it."""
    scores: dict[int, float] = {}
    tags: dict[int, Tag] = {}
    for paragraph in body.find_all(["p", "td", "li", "pre", "blockquote", "div", "h2", "h3"]):
        own = _own_text_length(paragraph)
        if own < 25:
            continue
        parent, weight = paragraph if paragraph.name == "div" else paragraph.parent, 1.0
        for _ in range(3):
            if not isinstance(parent, Tag) or parent is body.parent:
                break
            scores[id(parent)] = scores.get(id(parent), 0.0) + weight * own
            tags[id(parent)] = parent
            parent, weight = parent.parent, weight * 0.6
    best = max(scores, key=lambda key: scores[key], default=None)
    if best is None or scores[best] < _MIN_MAIN:
        return None
    return tags[best]


def _widen(main: Tag, body: Tag) -> Tag:
    """The ancestor that also holds what else is running text: a fragment saved without a site around it."""
    length = _running_length(main)
    parent = main.parent
    while isinstance(parent, Tag) and main is not body:
        gained = _running_length(parent) - length
        if gained >= _MIN_GAIN * length and gained >= _MIN_MAIN:
            main, length = parent, length + gained
        if parent is body:
            break
        parent = parent.parent
    return main


def _running_length(tag: Tag) -> int:
    """Characters in text pieces that are sentences rather than labels, outside of links."""
    return sum(
        len(piece)
        for piece in _pieces(tag)
        if len(piece) >= 80 and (piece.parent is None or piece.find_parent("a") is None)
    )


def _own_text_length(tag: Tag) -> int:
    """Text that no inner block holds, less twice the text of its links."""
    total = 0
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in _BLOCKS:
                continue
            length = _text_length(child)
            linked = length if child.name == "a" else sum(_text_length(a) for a in child.find_all("a"))
            total += length - 2 * linked
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            total += len(child.strip())
    return total


def _cut_by_place(tag: Tag, body: Tag) -> bool:
    """Whether an element stands inside a part of the page that is cut."""
    for parent in (tag, *tag.parents):
        if parent is body:
            return False
        if parent.name in ("nav", "footer", "aside") or _class_reason(parent) in (
            "related",
            "comment_form",
            "aside",
        ):
            return True
    return False


def _classes_of(tag: Tag) -> list[str]:
    value = tag.get("class")
    return value.split() if isinstance(value, str) else list(value or ())


def _classes(tag: Tag) -> str:
    """The classes and the id of an element, for the patterns below."""
    return f"{' '.join(_classes_of(tag))} {tag.get('id') or ''}".lower()


def _class_reason(tag: Tag) -> str | None:
    classes = _classes(tag)
    if classes == " ":
        return None
    return next((reason for reason, pattern in _CLASS_REASONS if pattern.search(classes)), None)


# --- the walk ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shown:
    """One visible line and what its place in the page says about it."""

    text: str
    mark: Mark
    soft: bool  # only a line break (<br>, or an end of line in <pre>) divides it from the line above


_OFFICIAL_CELL = re.compile(
    r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ|Độc\s+lập\s*-|Nơi\s+nhận\s*:|ĐẢNG\s+CỘNG\s+SẢN|Số\s*:\s*\S{0,40}/"
)
_CELL_LENGTH = 1500


class _Walk:
    """Goes over the body in document order and gives its lines."""

    def __init__(self, body: Tag) -> None:
        self._body = body
        self._main = _choose_main(body)
        self._above_main = {id(parent) for parent in self._main.parents} | {id(body)}
        self._main_length = max(1, _text_length(self._main))
        self._title = self._find_title()
        self._seen_title = False
        self._seen_main = False
        self._pieces: list[str] = []
        self._soft = False

    def lines(self) -> Iterator[_Shown]:
        outside = Mark() if self._main is self._body else Mark(cut="outside", rule="outside")
        stack: list[tuple[PageElement, Mark, bool]] = [(self._body, outside, False)]
        mark = outside
        while stack:
            node, mark, leaving = stack.pop()
            if isinstance(node, Tag):
                if leaving:
                    yield from self._flush(mark)
                    continue
                if node.name == "br":
                    yield from self._flush(mark)
                    self._soft = True
                    continue
                inner = self._mark_of(node, mark)
                if node.name == "tr" and _is_data_row(node):
                    yield from self._flush(mark)
                    self._pieces.append(_row_text(node))
                    yield from self._flush(inner)
                    continue
                # an element of its own kind ends the line, whether or not it is a block
                if node.name in _BLOCKS or inner != mark:
                    yield from self._flush(mark)
                    stack.append((node, inner, True))
                stack.extend((child, inner, False) for child in reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                yield from self._take(node, mark)
        yield from self._flush(mark)

    def _take(self, node: NavigableString, mark: Mark) -> Iterator[_Shown]:
        parent = node.parent
        if parent is None or not any(p.name == "pre" for p in (parent, *islice(parent.parents, 3))):
            self._pieces.append(str(node))
            return
        for number, line in enumerate(str(node).splitlines()):
            if number:
                yield from self._flush(mark)
                self._soft = True
            self._pieces.append(line)

    def _flush(self, mark: Mark) -> Iterator[_Shown]:
        text = _SPACE.sub(" ", "".join(self._pieces)).strip()
        self._pieces.clear()
        soft, self._soft = self._soft, False
        if text:
            yield _Shown(text, mark, soft)
        elif soft:
            self._soft = False  # two breaks in a row end the paragraph

    def _mark_of(self, tag: Tag, outer: Mark) -> Mark:
        """What the text directly inside an element is."""
        if tag is self._title:
            self._seen_title = True
            return Mark(kind=BlockKind.TITLE, rule="title")
        if tag is self._main:
            self._seen_main = True
            return Mark()
        if id(tag) in self._above_main:
            return outer
        if outer.cut is None:
            return self._mark_inside(tag, outer)
        if outer.cut == "outside":
            return self._mark_outside(tag, outer)
        return outer

    def _mark_inside(self, tag: Tag, outer: Mark) -> Mark:
        classes = _classes(tag)
        if tag.name == "figcaption" or _CAPTION_CLASS.search(classes):
            if _text_length(tag) <= 600:
                return Mark(kind=BlockKind.CAPTION, rule="caption_markup")
        elif _LEAD_CLASS.search(classes) and _text_length(tag) <= 1200:
            return Mark(kind=BlockKind.LEAD, rule="lead")
        elif tag.name in _HEADINGS and outer.kind is BlockKind.BODY:
            return Mark(kind=BlockKind.HEADING, rule="heading")
        reason = self._reason(tag)
        return Mark(cut=reason, rule=reason) if reason and self._is_small(tag, reason) else outer

    def _mark_outside(self, tag: Tag, outer: Mark) -> Mark:
        classes = _classes(tag)
        near = self._seen_title and not self._seen_main
        if near and _LEAD_CLASS.search(classes) and _text_length(tag) <= 1200:
            return Mark(kind=BlockKind.LEAD, rule="lead")
        if near and (tag.name == "figcaption" or _CAPTION_CLASS.search(classes)) and _text_length(tag) <= 600:
            return Mark(kind=BlockKind.CAPTION, rule="caption_markup")
        reason = self._reason(tag)
        if reason and self._title is not None and any(p is tag for p in self._title.parents):
            return outer  # a <header> that holds the title
        return Mark(cut=reason, rule=reason) if reason else outer

    def _reason(self, tag: Tag) -> str | None:
        return _TAG_REASONS.get(tag.name) or (_class_reason(tag) if tag.attrs else None)

    def _is_small(self, tag: Tag, reason: str) -> bool:
        """A wrapper with a telling class may hold the text itself; what is cut inside it is a small part."""
        length = _text_length(tag)
        if reason in ("byline", "meta", "tags", "share"):
            return length <= 300
        return length <= 0.4 * self._main_length

    def _find_title(self) -> Tag | None:
        headings = [h for h in self._body.find_all("h1") if h.get_text(strip=True)]
        inside = [h for h in headings if h is self._main or any(p is self._main for p in h.parents)]
        known = self._body.select_one(
            "h1.article__title, h1.entry-title, h1.the-document-title, [itemprop=headline]"
        )
        if isinstance(known, Tag) and known.get_text(strip=True):
            return known
        before = [h for h in headings if h not in inside]
        return next(iter(inside or before[-1:]), None)


def _is_data_row(row: Tag) -> bool:
    """A row of a table of values; a row that only lays out the page flows as blocks."""
    cells = row.find_all(["td", "th"], recursive=False)
    if len(cells) < 2 or row.find("table") is not None:
        return False
    texts = [cell.get_text(" ", strip=True) for cell in cells]
    return max(map(len, texts)) <= _CELL_LENGTH and not any(_OFFICIAL_CELL.search(text) for text in texts)


def _row_text(row: Tag) -> str:
    cells = (
        _SPACE.sub(" ", cell.get_text(" ")).strip() for cell in row.find_all(["td", "th"], recursive=False)
    )
    return " | ".join(cells).strip(" |") if row else ""


def _lay_out(shown: list[_Shown]) -> tuple[str, list[Line]]:
    """The raw text of the page, one line each, and the lines; a block element counts as a paragraph."""
    lines: list[Line] = []
    position = 0
    for item in shown:
        lines.append(Line(position, position + len(item.text), item.text, "" if item.soft else "e"))
        position += len(item.text) + 1
    return "\n".join(item.text for item in shown), lines
