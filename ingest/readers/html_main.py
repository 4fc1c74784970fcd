"""The element of an HTML page that holds its text."""

from __future__ import annotations

from ingest.readers.html_tags import Tree, attribute, classes_of, stands_aside
from ingest.sites.selectors import Element, select
from ingest.sites.site import Site

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
_PARAGRAPHS = ("p", "td", "li", "pre", "blockquote", "div", "h2", "h3")
_MIN_MAIN = 200  # characters; a smaller container is a box, not the text of the page
_MIN_SHARE = 0.25  # of the densest container's text that a known class must hold to be believed
_MIN_GAIN = 0.2  # of running text that an ancestor must add to be the container instead


def choose_main(tree: Tree, site: Site | None = None) -> Element:
    """The element that holds the text of the page; the body itself where nothing stands out.

    1. where the site's rules find it; 2. a known content class, else a semantic element; 3. the densest one
    """
    if site is not None and (found := _choose_by_site(tree, site)) is not None:
        return found
    dense = _densest(tree)
    floor = max(_MIN_MAIN, _MIN_SHARE * (tree.length(dense) if dense is not None else 0))
    for tags in _candidates(tree):
        best = max((tag for tag in tags if not stands_aside(tag, tree.root)), key=tree.length, default=None)
        if best is not None and tree.length(best) >= floor:
            return best
    return tree.root if dense is None else _widen(dense, tree)


def _choose_by_site(tree: Tree, site: Site) -> Element | None:
    """The longest element of the first selector that finds text."""
    for selector in site.body:
        best = max(select(tree.root, selector), key=tree.length, default=None)
        if best is not None and tree.length(best) >= _MIN_MAIN:
            return best
    return None


def _candidates(tree: Tree) -> list[list[Element]]:
    """The elements that a known content class, then a semantic element, points to; one list a rank."""
    found: list[list[Element]] = [[] for _ in range(len(_CONTENT_MARKS) + len(_SEMANTIC_TAGS))]
    for tag in tree.tags:
        if tag.tag in _SEMANTIC_TAGS:
            found[len(_CONTENT_MARKS) + _SEMANTIC_TAGS.index(tag.tag)].append(tag)
        if tag.attrib:
            marks = _content_marks(tag)
            for rank, known in enumerate(_CONTENT_MARKS):
                if not known.isdisjoint(marks):
                    found[rank].append(tag)
    return found


def _content_marks(tag: Element) -> set[str]:
    """The classes of an element, "#" before its id and "@" before its itemprop."""
    marks = set(classes_of(tag))
    return marks | {f"#{attribute(tag, 'id')}", f"@{attribute(tag, 'itemprop')}"}


def _densest(tree: Tree) -> Element | None:
    """The element with the most text in its own paragraphs, link text counted against it."""
    scores: dict[Element, float] = {}
    for paragraph in tree.named(*_PARAGRAPHS):
        own = tree.own(paragraph)
        if own < 25:
            continue
        parent, weight = paragraph if paragraph.tag == "div" else paragraph.getparent(), 1.0
        for _ in range(3):
            if parent is None or parent is tree.root.getparent():
                break
            scores[parent] = scores.get(parent, 0.0) + weight * own
            parent, weight = parent.getparent(), weight * 0.6
    best = max(scores, key=lambda key: scores[key], default=None)
    return best if best is not None and scores[best] >= _MIN_MAIN else None


def _widen(main: Element, tree: Tree) -> Element:
    """The ancestor that also holds what else is running text: a fragment saved without a site around it."""
    length = tree.running(main)
    parent = main.getparent()
    while parent is not None and main is not tree.root:
        gained = tree.running(parent) - length
        if gained >= _MIN_GAIN * length and gained >= _MIN_MAIN:
            main, length = parent, length + gained
        if parent is tree.root:
            break
        parent = parent.getparent()
    return main
