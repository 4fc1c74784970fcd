"""Which document a page that bears no number of its own is about: the act that a news page reports."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from corpus.models import DocumentKind, Reference, Relation
from corpus.store import Profile
from corpus.symbols import find_symbols, read_symbol, symbol_key
from corpus.text import fold
from index.answering.spans import line_at
from index.answering.units import Unit

_OPENING = 60  # characters of a title in which the number of what it is about begins
_OF_ANOTHER = re.compile(
    r"\b(?:cua|sua doi|thuc hien|theo|bai bo|thay the|huong dan|ho tro|dinh chinh)\b[^;,.]*\Z"
)

_OWN_GUIDE = re.compile(
    r"\bhuong dan(?: so)?\s*\Z"
)  # "Hướng dẫn số 12-HD/BTGTW" guides nothing by these words
_COUNTED = re.compile(
    r"(?<![\w/])(?:0?[2-9]|[1-9]\d|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\s+"
    r"(?:bo luat|luat|nghi quyet|nghi dinh|quyet dinh|thong tu|chi thi|cong dien|van ban)\b"
)


def page_subject(profile: Profile) -> str | None:
    """The number of the one act that a page is about; None where it bears its own, or is about several or none.

    That is the number that its title opens with, else the only one that it says was issued, is its own, was issued
    with it, or speaks.
    """
    if profile.symbol is not None or profile.pieces:
        return None
    if (opening := number_opening(profile.title)) is not None:
        return opening
    if _tells_of_several(profile.title):
        return None
    for told in (
        _distinct(profile, {Relation.REPORTED}),
        _distinct(profile, {Relation.OWN}),
        # "(Kèm theo Nghị định số …)" over what is issued with a text that lost its own head.
        {} if profile.kind is DocumentKind.NEWS else _distinct(profile, {Relation.ATTACHED}),
        {symbol_key(symbol): symbol for symbol in profile.speaking},
    ):
        if told:
            return next(iter(told.values())) if len(told) == 1 else None
    return None if profile.kind is DocumentKind.OFFICIAL else _named_first(profile)


@lru_cache(maxsize=4096)  # asked at every sentence of a page
def number_opening(title: str) -> str | None:
    """The number that a title opens with, if the page is not about what is done with it."""
    for mention in find_symbols(title):
        before = fold(title[: mention.start])
        if mention.type_code == "HD":
            before = _OWN_GUIDE.sub("", before)
        # "van ban hop nhat so 19 vbhn vpqh 30971" is an address, in which the year of a number may be missing.
        written = "/" in title[mention.start : mention.end]
        if written and not mention.short and mention.start <= _OPENING and not _OF_ANOTHER.search(before):
            return mention.canonical
    return None


@lru_cache(maxsize=4096)
def _tells_of_several(title: str) -> bool:
    """Whether a title counts the acts that the page is about: "28 nghị định về phân cấp"."""
    counted = _COUNTED.search(fold(title))
    return counted is not None and _OF_ANOTHER.search(fold(title)[: counted.start()]) is None


def is_told_of(profile: Profile, symbol: str) -> bool:
    """Whether a page without a number of its own is about a number, or one of its pieces of news is."""
    subjects = (page_subject(profile), *(piece.symbol for piece in profile.pieces))
    return any(one is not None and symbol_key(one) == symbol_key(symbol) for one in subjects)


def _distinct(profile: Profile, relations: set[Relation]) -> dict[str, str]:
    found = (r.symbol for r in profile.references if r.relation in relations and not r.symbol.startswith("?"))
    return {symbol_key(symbol): symbol for symbol in found}


def _named_first(profile: Profile) -> str | None:
    """The number in the first sentences, where the page names no other as often."""
    full = [symbol_key(r.symbol) for r in profile.references if not r.symbol.startswith("?")]
    first = next((r for r in profile.references if not r.symbol.startswith("?")), None)
    if first is None or first.start > _FIRST_SENTENCES or first.relation in _RESTS:
        return None
    if any(_goes_on(profile.head, first, other) for other in profile.references):
        return None  # "bốn nghị định gồm: …"
    counts = Counter(full)
    own = counts.pop(symbol_key(first.symbol))
    if profile.kind is DocumentKind.NEWS and own < _TOLD:
        return None  # one passing mention on a page that tells of something else
    return first.symbol if not counts or own > max(counts.values()) else None


def _goes_on(head: str, first: Reference, other: Reference) -> bool:
    """Whether another act of the same kind stands in one list with the first, that is, in its sentence."""
    between = head[first.end : other.start]
    if other.relation is not first.relation or not 0 < len(between) <= _LISTED or _STOP.search(between):
        return False
    one, two = read_symbol(first.symbol), read_symbol(other.symbol)
    alike = one and two and (one.type_code, one.issuer_code) == (two.type_code, two.issuer_code)
    return bool(alike) and symbol_key(first.symbol) != symbol_key(other.symbol)


_STOP = re.compile(r"[.!?]\s")
_LISTED = 160  # characters between two numbers of a list
_TOLD = 2  # mentions on a page of news
_FIRST_SENTENCES = 400  # characters
_RESTS = frozenset(
    {Relation.BASED_ON, Relation.IMPLEMENTS, Relation.AMENDS, Relation.REPLACES, Relation.ABROGATES}
)


def told_at(unit: Unit) -> str | None:
    """The act that a unit is about: the one restated there, else the page's, else the one issued just above.

    A page of several pieces of news tells the issuing of one act after another, and goes on with what each says.
    A paragraph that tells the issuing of another act ("Trước đó, Chính phủ đã ban hành Nghị định …") is about that.
    """
    profile = unit.profile
    if unit.other is not None:
        return unit.other.symbol
    if profile.symbol is not None:
        return None
    piece = profile.piece_at(unit.start)
    if piece is None and (others := _issued_beside(unit)):
        return others[0] if len(others) == 1 else None
    told = restated_at(unit) or (piece.symbol if piece else page_subject(profile))
    if told is not None:
        return told
    opens = piece.start if piece else 0
    above = [
        one for one in profile.references if opens <= one.end <= unit.start and not one.symbol.startswith("?")
    ]
    last = above[-1] if above else None
    if last is None or last.relation is not Relation.REPORTED or unit.start - last.end > _TOLD_WITHIN:
        return None
    passage = unit.hit.passage
    since = passage.text[max(0, last.end - passage.start) : unit.end - passage.start]
    return last.symbol if _GOES_ON.search(since) else None


def restated_at(unit: Unit) -> str | None:
    """The act whose words a unit on a page that is not its own restates; None in a paragraph on the issuing of another."""
    if unit.other is not None:
        return unit.other.symbol
    return None if _issued_beside(unit) else reported_at(unit.profile, unit.start)


def _issued_beside(unit: Unit) -> tuple[str, ...]:
    """The acts whose issuing the paragraph of a unit on a page of news tells, where it does not name the page's own."""
    profile, passage = unit.profile, unit.hit.passage
    if profile.kind is not DocumentKind.NEWS or (subject := page_subject(profile)) is None:
        return ()
    paragraph = line_at(passage.text, unit.start - passage.start)
    start, end = passage.start + paragraph.start, passage.start + paragraph.end
    inside = [one for one in profile.references_in(start, end) if not one.symbol.startswith("?")]
    if any(symbol_key(one.symbol) == symbol_key(subject) for one in inside):
        return ()
    issued = {symbol_key(one.symbol): one.symbol for one in inside if one.relation is Relation.REPORTED}
    return tuple(issued.values())


_TOLD_WITHIN = 1500  # characters behind the number of an act in which a page goes on with it
_GOES_ON = re.compile(
    r"\b(?:Trong đó|Theo đó|Cụ thể)\b|(?:[Cc]ông điện|[Cc]hỉ thị|[Nn]ghị quyết|[Nn]ghị định|[Tt]hông tư|[Qq]uyết định|[Kk]ế hoạch"
    r"|[Cc]ông văn|[Vv]ăn bản|[Kk]ết luận|[Tt]hông báo) (?:này|trên|nêu|yêu cầu|quy định|nhằm|giao|đề ra|đề nghị)"
)


def reported_at(profile: Profile, position: int) -> str | None:
    """The act whose words a place on a news page restates; None where another of its kind is named since.

    A page that tells of one resolution after another restates each only until it names the next.
    """
    report = next((one for one in profile.reports if one.start <= position < one.end), None)
    if report is None:
        return None
    if profile.piece_at(report.start) != profile.piece_at(position):
        return None
    own = read_symbol(report.symbol)
    for reference in profile.references:
        if not report.start <= reference.symbol_start < position:
            continue
        other = read_symbol(reference.symbol)
        alike = own and other and (own.type_code, own.issuer_code) == (other.type_code, other.issuer_code)
        if (
            alike
            and symbol_key(reference.symbol) != symbol_key(report.symbol)
            and reference.relation not in _RESTS
        ):
            return None
    return report.symbol
