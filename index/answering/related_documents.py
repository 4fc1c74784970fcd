"""What a document says of the others that it replaces, rests on or carries out: whole sentences and items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.models import Document, Reference, Relation
from corpus.sentences import Span
from corpus.text import fold
from index.answering.fact_spans import find_fact_spans
from index.answering.findings import FactKind, Finding
from index.answering.models import Evidence
from index.answering.narrowing import Narrowing, read_narrowing
from index.answering.spans import find_lead_in, is_appended, is_item, line_at, make_evidence, sentence_at

ENDING = re.compile(r"bãi bỏ|thay th[ếê]|hủy bỏ|huỷ bỏ|(?:hết|chấm dứt) [hl]iệu lực", re.IGNORECASE)
_ACTIVELY_ENDING = re.compile(r"(?<!bị )(?<!được )(?:bãi bỏ|thay thế|hủy bỏ)|hết hiệu lực", re.IGNORECASE)
_AMENDING = re.compile(r"sửa đổi", re.IGNORECASE)
_APPENDED = re.compile(r"phụ lục|danh mục|kèm theo", re.IGNORECASE)
_PART = re.compile(
    r"(?:cụm từ|một số (?:điều|nội dung|khoản)|phụ lục|mẫu số|điểm|khoản|điều \d)(?!\w)", re.IGNORECASE
)
_RECITAL = re.compile(r"^(?:Căn cứ|Xét |Theo đề nghị|Thể theo|Trên cơ sở)", re.MULTILINE)
FIRST_ARTICLE = re.compile(r"^\s*(?:#+\s*)?Điều\s+1\s*[.:]", re.MULTILINE)
_RELATIONS = {
    FactKind.REPLACES: frozenset({Relation.REPLACES, Relation.ABROGATES}),
    FactKind.BASED_ON: frozenset({Relation.BASED_ON}),
    FactKind.IMPLEMENTS: frozenset({Relation.IMPLEMENTS, Relation.GUIDES}),
    FactKind.AMENDS: frozenset({Relation.AMENDS}),
}
_PROVISIONS = re.compile(r"(?<!\w)(?:dieu|khoan|diem|noi dung|phu luc|mau) (?:khoan )?(?:nao|gi|may)(?!\w)")
_OPENING = 2500  # characters in which a document without articles says what it carries out
_MOST_CARRIED_OUT = 4
_MOST_AMENDED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A sentence (or an item of a list) with the numbers in it that the relation is to."""

    span: Span
    references: tuple[Reference, ...]
    lead_in: Span | None = None
    in_title: bool = False
    of_part: bool = False  # what is ended is a part of the other document


def find_related(document: Document, kind: FactKind, topic: Sequence[str]) -> Finding | None:
    """The sentences that say what a document replaces, rests on or carries out; None where it says nothing.

    `topic` are the folded words of the question: where they name a type, an issuer or a province of what is
    asked for, only what agrees is given, and all where nothing agrees.
    """
    items = _ITEMS[kind](document)
    if kind is FactKind.AMENDS and _PROVISIONS.search(" ".join(topic)):
        items = _new_provisions(items)[:_MOST_AMENDED] or items
    elif kind is FactKind.AMENDS:
        items = _each_once(items)
    province = document.facts.province.value if document.facts.province else None
    items = _narrow(document, items, read_narrowing(topic, own_province=province))
    if not items:
        return None
    evidence: list[Evidence] = []
    for lead_in in dict.fromkeys(item.lead_in for item in items if item.lead_in is not None):
        evidence += make_evidence(document, lead_in.start, lead_in.end)
    for item in items:
        about = tuple(dict.fromkeys(one.symbol for one in item.references))
        evidence += make_evidence(document, item.span.start, item.span.end, about=about)
    whole = [item for item in items if not item.of_part] or items
    symbols = tuple(dict.fromkeys(one.symbol for item in whole for one in item.references))
    return Finding(kind=kind, evidence=tuple(evidence), symbols=symbols) if evidence else None


def _narrow(document: Document, items: list[_Item], asked: Narrowing) -> list[_Item]:
    """The items with a number that is asked for, with such numbers only; all where there are none."""
    if not asked.excludes:
        return items
    kept = []
    for item in items:
        words = document.text[item.span.start : item.span.end]
        admitted = tuple(one for one in item.references if asked.admits(one, words))
        if admitted:
            kept.append(replace(item, references=admitted))
    return kept or items


def _replaced(document: Document) -> list[_Item]:
    """Sentences that end other documents, whole ones before parts of them, and the items of lists."""
    if is_publication(document):
        return []
    told = _distinct([*_items(document, FactKind.REPLACES), *_listed(document, ENDING)])
    read = [one for one in (_lead_appendix_in(document, item) for item in told) if one is not None]
    article = FIRST_ARTICLE.search(document.text)
    ordered = [item for item in read if article is not None and item.span.start >= article.start()]
    kept = ordered or [item for item in read if not item.in_title] or read
    return sorted(kept, key=lambda item: (item.of_part, item.span.start))


def is_publication(document: Document) -> bool:
    """Whether a document only publishes which others have ended ("Về việc công bố Danh mục văn bản hết hiệu lực")."""
    facts = document.facts
    title = fold(f"{document.title}\n{facts.title.value if facts.title else ''}")
    return "cong bo" in title and ("het hieu luc" in title or "he thong hoa" in title)


def find_appendix_lead(document: Document, before: int) -> Span | None:
    """The sentence of the articles that ends what an appendix lists: "Bãi bỏ các văn bản tại Phụ lục I"."""
    article = FIRST_ARTICLE.search(document.text)
    for match in _ACTIVELY_ENDING.finditer(document.text, article.start(), before) if article else ():
        sentence = sentence_at(document, match.start(), match.end())
        if is_appended(document, sentence.start):
            break
        if _APPENDED.search(document.text, sentence.start, sentence.end):
            return sentence
    return None


def _lead_appendix_in(document: Document, item: _Item) -> _Item | None:
    """An item of an appendix with the sentence that orders it; None where an appendix only plans or recites."""
    if not is_appended(document, item.span.start):
        return item
    lead_in = find_appendix_lead(document, item.span.start)
    return replace(item, lead_in=lead_in) if lead_in is not None else None


def _listed(document: Document, saying: re.Pattern[str]) -> Iterator[_Item]:
    """Items under "… bãi bỏ các văn bản sau đây:" (or what else `saying` finds): the first number of each."""
    seen = set[int]()
    for one in document.references:
        line = line_at(document.text, one.start)
        if one.relation is Relation.OWN or line.start in seen or not is_item(document.text, one.start):
            continue
        seen.add(line.start)
        lead_in = find_lead_in(document.text, one.start, saying)
        if lead_in is not None:
            span, part = sentence_at(document, one.start, one.end), one.provision is not None
            yield _Item(span=span, references=(one,), lead_in=lead_in, of_part=part)


def _recited(document: Document) -> list[_Item]:
    """The recitals ("Căn cứ …;"), those too that name no number."""
    items = list(_items(document, FactKind.BASED_ON))
    read = {item.span for item in items}
    for recital in _RECITAL.finditer(document.text, 0, opening_end(document)):
        span = sentence_at(document, recital.start(), recital.end())
        if span not in read:
            items.append(_Item(span=span, references=()))
    return _of_opening(document, items)


def _carried_out(document: Document) -> list[_Item]:
    """What the opening says (a plan carries out dozens more on its way), each number once beside the title."""
    said = set[str]()
    kept = []
    for item in sorted(_of_opening(document, list(_items(document, FactKind.IMPLEMENTS))), key=_after_title):
        new = {one.symbol for one in item.references} - said
        if new or item.in_title:
            kept.append(item)
        said |= new
    return kept[:_MOST_CARRIED_OUT]


def _amended(document: Document) -> list[_Item]:
    """The sentences that amend others outside of appendices, and the items of lists of what is amended."""
    return _distinct([*_items(document, FactKind.AMENDS), *_listed(document, _AMENDING)])


def _new_provisions(items: Sequence[_Item]) -> list[_Item]:
    """The items that amend provisions of others, without those of which an item before told."""
    said = set[tuple[str, str]]()
    kept = []
    for item in items:
        told = {
            (one.symbol, part.strip())
            for one in item.references
            for part in (one.provision or "").split(";")
            if part
        }
        if told - said:
            kept.append(item)
        said |= told
    return kept


def _each_once(items: Sequence[_Item]) -> list[_Item]:
    """The items that first name a number, whole documents before parts of them."""
    said = set[str]()
    kept = []
    for item in sorted(items, key=lambda one: (one.of_part, one.span.start)):
        if {one.symbol for one in item.references} - said:
            kept.append(item)
        said |= {one.symbol for one in item.references}
    return kept


def _after_title(item: _Item) -> tuple[bool, int]:
    return item.in_title, item.span.start


def _of_opening(document: Document, items: Sequence[_Item]) -> list[_Item]:
    """The items before the articles; all where none stands there."""
    told, end = _distinct(items), opening_end(document)
    return [item for item in told if item.span.start < end] or told


def opening_end(document: Document) -> int:
    """Where the articles of a document begin, or a place that its opening does not go beyond."""
    article = FIRST_ARTICLE.search(document.text)
    return article.start() if article else _OPENING


_ITEMS = {
    FactKind.REPLACES: _replaced,
    FactKind.BASED_ON: _recited,
    FactKind.IMPLEMENTS: _carried_out,
    FactKind.AMENDS: _amended,
}
RELATED = frozenset(_ITEMS)


def _items(document: Document, kind: FactKind) -> Iterator[_Item]:
    """The sentences in which the document itself stands in the relation."""
    title = next(iter(find_fact_spans(document, FactKind.SUBJECT)), None)
    for one in document.references:
        if one.relation not in _RELATIONS[kind] or one.subject is not None:
            continue
        if kind is not FactKind.REPLACES and is_appended(document, one.start):
            continue
        if title is not None and title.start <= one.start < title.end:
            yield _Item(span=title, references=(one,), in_title=True)
            continue
        span = sentence_at(document, one.start, one.end)
        listed = kind is FactKind.REPLACES and not ENDING.search(document.text, span.start, one.start)
        lead_in = find_lead_in(document.text, one.start, ENDING) if listed else None
        part = one.provision is not None or (
            kind is not FactKind.AMENDS and _PART.search(document.text, span.start, one.start) is not None
        )
        yield _Item(span=span, references=(one,), lead_in=lead_in, of_part=part)


def _distinct(items: Sequence[_Item]) -> list[_Item]:
    """One item for each sentence, in order, with all its numbers."""
    kept: dict[Span, _Item] = {}
    for item in sorted(items, key=lambda one: one.span.start):
        held = kept.get(item.span)
        kept[item.span] = (
            item
            if held is None
            else _Item(
                span=item.span,
                references=tuple(dict.fromkeys((*held.references, *item.references))),
                lead_in=held.lead_in or item.lead_in,
                in_title=held.in_title,
                of_part=held.of_part and item.of_part,
            )
        )
    return list(kept.values())
