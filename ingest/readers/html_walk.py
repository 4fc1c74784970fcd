"""The walk over an HTML page in document order: one line a block, with what its place says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.boilerplate import Mark
from ingest.models import BlockKind
from ingest.readers.html_lists import number_items
from ingest.readers.html_main import choose_main
from ingest.readers.html_tables import read_rows
from ingest.readers.html_tags import (
    BLOCKS,
    NODES,
    SPACE,
    Tree,
    attribute,
    class_line,
    class_reason,
    classes_of,
    flat_text,
    is_hidden,
)
from ingest.sites.selectors import Element, select
from ingest.sites.site import Site

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
_CAPTION_CLASS = re.compile(
    r"\b(?:wp-caption-text|caption|photocms_caption|image-?caption|img-?caption|desc-img|chu-?thich"
    r"|photo-?note)\b"
)
_LEAD_CLASS = re.compile(
    r"\b(?:sapo|article__sapo|cms-desc|detail-sapo|singular-sapo|entry-summary|article-lead|lead"
    r"|chapeau|detail__summary|news-sapo)\b"
)
_FOOTNOTE_CLASS = re.compile(r"\b(?:msofootnotetext|footnotes?|footnote-text|(?:ftn|fn)\d{1,3})\b")
_FOOTNOTE_LINK = re.compile(r"_?_?ftn\d|fn:?\d|#_?_?ftnref\d|#fnref:?\d", re.IGNORECASE)
_TITLES = frozenset(("article__title", "entry-title", "the-document-title"))
_CAPTION_LENGTH = 600
_LEAD_LENGTH = 1200
_SMALL = 300  # characters of a byline, a share bar
_SMALL_SHARE = 0.4  # of the text: a wrapper with a telling class may hold the text itself
_PRE_DEPTH = 4  # elements from <pre> inwards whose ends of lines are kept


@dataclass(frozen=True, slots=True)
class Shown:
    """One visible line and what its place in the page says about it."""

    text: str
    mark: Mark
    soft: bool  # only a line break (<br>, or an end of line in <pre>) divides it from the line above


@dataclass(frozen=True, slots=True)
class Moment:
    """A <time datetime> and the number of lines shown before it."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that the walk is inside of."""

    mark: Mark  # of the text directly in it
    divides: bool  # its end ends the line
    pre: int  # more levels at which text keeps its ends of lines


class Walk:
    """Goes over the body in document order and gives its lines."""

    def __init__(self, body: Element, site: Site | None = None) -> None:
        self.moments: list[
            Moment
        ] = []  # near the text: not in a list of other pages, the comments, a side column
        self._body = body
        self._site = site
        self._tree = Tree(body)
        self._main = choose_main(self._tree, site)
        self._above_main = {*self._main.iterancestors(), body}
        self._main_length = max(1, self._tree.length(self._main))
        self._title = self._find_title()
        self._known = self._read_site_rules()
        self._rows = read_rows(self._tree, frozenset(tag for tag, mark in self._known.items() if mark.cut))
        self._numbers = number_items(self._tree)
        self._seen_title = False
        self._seen_main = False
        self._pieces: list[str] = []
        self._number = ""
        self._soft = False
        self._shown: list[Shown] = []

    def find(self, selectors: tuple[str, ...]) -> str | None:
        """The text of the first element that one of the site's selectors finds."""
        for selector in selectors:
            for tag in select(self._body, selector)[:1]:
                if text := flat_text(tag):
                    return attribute(tag, "datetime") or text
        return None

    def lines(self) -> list[Shown]:
        outside = Mark() if self._main is self._body else Mark(cut="outside", rule="outside")
        around = [_Open(outside, False, 0)]
        walk = etree.iterwalk(self._body, events=NODES)
        for event, node in walk:
            if event == "start":
                around.append(self._enter(node, around[-1]))
                if node in self._rows:
                    walk.skip_subtree()
                else:
                    self._take(node.text, around[-1])
                continue
            if event == "end":
                left = around.pop()
                if left.divides:
                    self._flush(left.mark)
                    self._number = ""
            if node is not self._body:
                self._take(node.tail, around[-1])
        self._flush(outside)
        return self._shown

    def _enter(self, tag: Element, outer: _Open) -> _Open:
        """Begin an element: what it is, and what is drawn where it begins."""
        if tag.tag == "br":
            self._flush(outer.mark)
            self._soft = True
            return _Open(outer.mark, False, 0)
        mark = self._mark_of(tag, outer.mark)
        if (row := self._rows.get(tag)) is not None:
            self._flush(outer.mark)
            self._pieces.append(row)
            self._flush(_as_row(mark))
            return _Open(mark, False, 0)
        # an element of its own kind ends the line, whether or not it is a block
        divides = tag.tag in BLOCKS or mark != outer.mark
        if divides:
            self._flush(outer.mark)
            self._number = self._numbers.get(tag, self._number)
        return _Open(mark, divides, _PRE_DEPTH if tag.tag == "pre" else max(0, outer.pre - 1))

    def _take(self, text: str | None, around: _Open) -> None:
        if not text:
            return
        if not around.pre:
            self._pieces.append(text)
            return
        for number, line in enumerate(text.splitlines()):
            if number:
                self._flush(around.mark)
                self._soft = True
            self._pieces.append(line)

    def _flush(self, mark: Mark) -> None:
        """End the line: what was taken since the last one is shown."""
        text = SPACE.sub(" ", "".join(self._pieces)).strip()
        self._pieces.clear()
        soft, self._soft = self._soft, False  # two breaks in a row end the paragraph
        if text:
            number, self._number = self._number, ""
            self._shown.append(Shown(number + text, mark, soft))

    def _read_site_rules(self) -> dict[Element, Mark]:
        """What the site's rules say of elements."""
        known: dict[Element, Mark] = {}
        if self._site is None:
            return known
        for selector in self._site.lead:
            for tag in select(self._body, selector)[:1]:
                if self._tree.length(tag) <= _LEAD_LENGTH:
                    known[tag] = Mark(kind=BlockKind.LEAD, rule="lead")
        for selector, reason in self._site.drop:
            for tag in select(self._main, selector):
                if tag not in self._above_main:
                    known[tag] = Mark(cut=reason, rule=reason)
        return known

    def _mark_of(self, tag: Element, outer: Mark) -> Mark:
        """What the text directly inside an element is."""
        if tag is self._title:
            self._seen_title = True
            return Mark(kind=BlockKind.TITLE, rule="title")
        if tag is self._main:
            self._seen_main = True
            return Mark()
        if tag in self._above_main:
            return outer
        if (known := self._known.get(tag)) is not None and outer.cut in (None, "outside"):
            return known
        if outer.cut is None or outer.cut == "outside":
            inner = self._mark_inside(tag, outer) if outer.cut is None else self._mark_outside(tag, outer)
        else:
            inner = outer
        if tag.tag == "time" and inner.cut in (None, "outside", "meta", "byline", "header"):
            self._remember(tag)
        return inner

    def _remember(self, tag: Element) -> None:
        value = attribute(tag, "datetime")
        changed = "updated" in class_line(tag) and "published" not in class_line(tag)
        if value and self._seen_title and not changed and attribute(tag, "itemprop") != "dateModified":
            self.moments.append(Moment(value, len(self._shown)))

    def _mark_inside(self, tag: Element, outer: Mark) -> Mark:
        classes, length = class_line(tag), self._tree.length(tag)
        if is_hidden(tag) and length <= _SMALL_SHARE * self._main_length:
            return Mark(cut="hidden", rule="hidden")
        if tag.tag == "figcaption" or _CAPTION_CLASS.search(classes):
            if length <= _CAPTION_LENGTH:
                return Mark(kind=BlockKind.CAPTION, rule="caption_markup")
        elif _LEAD_CLASS.search(classes) and length <= _LEAD_LENGTH:
            return Mark(kind=BlockKind.LEAD, rule="lead")
        elif _is_footnote(tag, classes):
            return Mark(kind=BlockKind.FOOTNOTE, rule="footnote")
        elif tag.tag in _HEADINGS and outer.kind is BlockKind.BODY:
            return Mark(kind=BlockKind.HEADING, rule="heading")
        reason = self._reason(tag)
        return Mark(cut=reason, rule=reason) if reason and self._is_small(tag, reason) else outer

    def _mark_outside(self, tag: Element, outer: Mark) -> Mark:
        classes, length = class_line(tag), self._tree.length(tag)
        near = self._seen_title and not self._seen_main
        if near and _LEAD_CLASS.search(classes) and length <= _LEAD_LENGTH:
            return Mark(kind=BlockKind.LEAD, rule="lead")
        is_caption = tag.tag == "figcaption" or _CAPTION_CLASS.search(classes)
        if near and is_caption and length <= _CAPTION_LENGTH:
            return Mark(kind=BlockKind.CAPTION, rule="caption_markup")
        if is_hidden(tag):
            return Mark(cut="hidden", rule="hidden")
        reason = self._reason(tag)
        if reason and self._title is not None and any(p is tag for p in self._title.iterancestors()):
            return outer  # a <header> that holds the title
        return Mark(cut=reason, rule=reason) if reason else outer

    def _reason(self, tag: Element) -> str | None:
        return _TAG_REASONS.get(tag.tag) or class_reason(tag)

    def _is_small(self, tag: Element, reason: str) -> bool:
        """A wrapper with a telling class may hold the text itself; what is cut inside it is a small part."""
        if reason in ("byline", "meta", "tags", "share"):
            return self._tree.length(tag) <= _SMALL
        return self._tree.length(tag) <= _SMALL_SHARE * self._main_length

    def _find_title(self) -> Element | None:
        if self._site is not None and self._site.holds_documents and not self._site.title:
            return None  # the document has its own; the heading above it is the site's
        for selector in self._site.title if self._site else ():
            for known in select(self._body, selector)[:1]:
                if self._tree.length(known):
                    return known
        headings = [h for h in self._tree.named("h1") if self._tree.length(h)]
        for heading in headings:
            if not _TITLES.isdisjoint(classes_of(heading)) or attribute(heading, "itemprop") == "headline":
                return heading
        inside = [h for h in headings if h is self._main or any(p is self._main for p in h.iterancestors())]
        before = [h for h in headings if h not in inside]
        return next(iter(inside or before[-1:]), None)


def _as_row(mark: Mark) -> Mark:
    return Mark(kind=BlockKind.TABLE_ROW, rule="table_row") if mark.cut is None else mark


def _is_footnote(tag: Element, classes: str) -> bool:
    """A block that the markup calls a footnote, or that begins with the link back to where it is called."""
    if tag.tag not in BLOCKS or tag.tag in ("body", "article", "section", "main"):
        return False
    if _FOOTNOTE_CLASS.search(classes):
        return True
    first = next(tag.iterchildren("*"), None)
    if first is None or first.tag != "a":
        return False
    name = attribute(first, "name") or attribute(first, "id") or ""
    return bool(_FOOTNOTE_LINK.fullmatch(name)) or bool(
        _FOOTNOTE_LINK.fullmatch(attribute(first, "href") or "") and "ref" in (attribute(first, "href") or "")
    )
