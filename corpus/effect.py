"""Whether a document is still in force, as far as the collection shows: with evidence, else "không rõ".

A statement counts where a document (or a page about it) says that one document replaces, abrogates or amends
another, where the one may do so, and where nothing says that another document of the same number is meant.
That no such statement is held proves nothing: "còn hiệu lực" is never said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter

from corpus.consolidated import is_consolidated, read_consolidated_act
from corpus.identity import DocumentKey, document_key, key_of_facts, key_of_reference, same_document
from corpus.models import DocumentKind, Fact, Facts, Reference, Relation, System
from corpus.store import Store
from corpus.structure import Section, find_sections
from corpus.symbols import read_symbol, symbol_key


class Effect(StrEnum):
    """What the collection shows; there is no value for "in force"."""

    UNKNOWN = "không rõ"
    NOT_YET = "chưa có hiệu lực"
    EXPIRED = "hết hiệu lực"
    REPLACED = "bị thay thế"
    ABROGATED = "bị bãi bỏ"
    PARTLY = "hết hiệu lực một phần"
    AMENDED = "được sửa đổi, bổ sung"


ENDED = frozenset({Effect.EXPIRED, Effect.REPLACED, Effect.ABROGATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectEvidence:
    """One statement about the document: `text[start:end]` of the document `document_id`."""

    effect: Effect
    by: str | None  # the number of the document that does it; None: the document's own day
    document_id: str
    start: int
    end: int
    provision: str | None = None  # of the document asked about that is touched ("Khoản 2 Điều 5")
    under: str | None = None  # where the acting document says it ("Khoản 1 Điều 7")
    since: str | None = None  # ISO 8601: when the acting document is in force, or the document's own day
    source: str | None = None  # the title of the page that says it, where it is not the acting document

    @property
    def secondary(self) -> bool:
        """Whether a page about the acting document says it, not that document itself."""
        return self.source is not None

    @property
    def wording(self) -> str:
        """The statement as a reader is told it: "bị thay thế bởi 5/2020/NĐ-CP, theo Khoản 1 Điều 7"."""
        words = str(self.effect) + (f" bởi {self.by}" if self.by else "")
        if self.provision:
            words += f" ({self.provision})"
        if self.by is None and self.since:
            words += (
                f" từ {_in_words(self.since)}"
                if self.effect is Effect.EXPIRED
                else f" (đến {_in_words(self.since)})"
            )
        if self.under:
            words += f", theo {self.under}"
        return words + (f", theo bài “{self.source}”" if self.source else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectStatus:
    """The status on a day, with all statements that were found, those that decide it first."""

    status: Effect
    as_of: str  # ISO 8601
    evidence: tuple[EffectEvidence, ...] = ()


# The weightiest first; a document that is replaced and was amended before is replaced.
_ORDER = (
    Effect.EXPIRED,
    Effect.REPLACED,
    Effect.ABROGATED,
    Effect.NOT_YET,
    Effect.PARTLY,
    Effect.AMENDED,
)
_EFFECTS = {
    Relation.REPLACES: Effect.REPLACED,
    Relation.REPLACED_BY: Effect.REPLACED,
    Relation.ABROGATES: Effect.ABROGATED,
    Relation.ABROGATED_BY: Effect.ABROGATED,
    Relation.AMENDS: Effect.AMENDED,
    Relation.AMENDED_BY: Effect.AMENDED,
}
_BY = frozenset({Relation.REPLACED_BY, Relation.ABROGATED_BY, Relation.AMENDED_BY})
_TELLING = frozenset({*_EFFECTS, Relation.ATTACHED})
# Only these kinds of acts change another act; a plan or a report that speaks of it proposes.
_CHANGING_TYPES = frozenset(
    {"NQ", "NĐ", "TT", "TTLT", "QĐ", "QyĐ", "QĐi", "CT", "PL", "L", "NQLT", "QC", None}
)
_RANKS = (
    (re.compile(r"QH\d"), 9),
    (re.compile(r"UBTVQH"), 8),
    (re.compile(r"(?:CP|CTN|HĐBT|HĐCP)\Z"), 7),
    (re.compile(r"TTg\Z"), 6),
    (re.compile(r"B(?!QL|CĐ|CH|DT)[A-ZĐ&]{2,}|VPCP|NHNN|TTCP|UBDT|KTNN|TANDTC|VKSNDTC"), 5),
    (re.compile(r"HĐND"), 4),
    (re.compile(r"UBND|CTUBND"), 3),
    (re.compile(r"S[A-ZĐ]{2,}"), 2),
)
_ONLY_PART = re.compile(
    r"(?:một phần|một số|cụm từ|khoản|điểm|điều\s+\d|phụ lục|mẫu|chương|mục|danh mục|nội dung"
    r"|(?:các|những)\s+quy định|quy định\s[^;:]*(?<!\w)(?:tại|trong))(?![^\W\d_])",
    re.IGNORECASE,
)
# "Các quy định về … tại |Nghị định số 5| hết hiệu lực"; "|Nghị định số 5| … hết hiệu lực một phần".
_PROVISIONS_FIRST = re.compile(
    r"(?:\W*\d+\W+)?(?:(?:các|những|một số)\s+)?(?:quy định|nội dung)\s[^;:]*(?<!\w)(?:tại|của|trong)\s+\Z",
    re.IGNORECASE,
)
PARTLY_BEHIND = re.compile(
    r"[^.;\n]{0,300}?(?<!\w)(?:hết|còn|chấm dứt) hiệu lực(?: thi hành)? một phần(?!\w)", re.IGNORECASE
)
_CHANGES_PART = re.compile(
    r"(?P<word>sửa đổi|bổ sung|bãi bỏ|thay thế)(?!.*(?:sửa đổi|bổ sung|bãi bỏ|thay thế))", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.;](?=\s|\Z)|\n")
_QUOTE_BEFORE = 400  # characters of the sentence before a number that are shown with it


def find_effect(store: Store, document_id: str, *, as_of: date) -> EffectStatus:
    """The status of a held document on a day. Raises UnknownDocument."""
    facts = store.facts(document_id)
    own = list(_own_days(document_id, facts, as_of))
    key = key_of_facts(facts)
    return _decide(own + _told(store, key), as_of) if key is not None else _decide(own, as_of)


def find_effects(store: Store, document_ids: Iterable[str], *, as_of: date) -> dict[str, Effect]:
    """Document id → the status that `find_effect` gives, without its evidence: one pass for many documents.

    Raises UnknownDocument.
    """
    today, found = as_of.isoformat(), dict[str, list[Effect]]()
    keys: dict[str, DocumentKey] = {}
    for document_id in document_ids:
        facts = store.facts(document_id)
        found[document_id] = [one.effect for one in _own_days(document_id, facts, as_of)]
        if (key := key_of_facts(facts)) is not None:
            keys[document_id] = key
    for document_id, statement in _find_statements(store, keys):
        if statement.since is None or statement.since <= today:
            found[document_id].append(statement.effect)
    return {i: min(effects, key=_ORDER.index, default=Effect.UNKNOWN) for i, effects in found.items()}


def find_effect_of_number(
    store: Store,
    symbol: str,
    *,
    as_of: date,
    issuer: str | None = None,
    province: str | None = None,
    issued_on: str | None = None,
) -> EffectStatus:
    """The status of a document that need not be held, known by its number and what else is known of it."""
    key = document_key(symbol, issuer=issuer, province=province, date=issued_on)
    return _decide(_told(store, key), as_of)


def _decide(evidence: list[EffectEvidence], as_of: date) -> EffectStatus:
    """The weightiest statement that is in force; one of the document itself before one of a page about it."""
    today = as_of.isoformat()
    ranked = sorted(evidence, key=lambda one: (_ORDER.index(one.effect), one.secondary, one.since or ""))
    valid = [one for one in ranked if one.by is None or one.since is None or one.since <= today]
    status = valid[0].effect if valid else Effect.UNKNOWN
    return EffectStatus(
        status=status, as_of=today, evidence=(*valid, *(one for one in ranked if one not in valid))
    )


def _own_days(document_id: str, facts: Facts, as_of: date) -> Iterator[EffectEvidence]:
    """What the document says of its own first and last day."""
    today = as_of.isoformat()
    if facts.expires_on is not None and facts.expires_on.value <= today:
        yield _own_day(document_id, Effect.EXPIRED, facts.expires_on)
    if facts.effective_on is not None and facts.effective_on.value > today:
        yield _own_day(document_id, Effect.NOT_YET, facts.effective_on)


def _own_day(document_id: str, effect: Effect, day: Fact) -> EffectEvidence:
    return EffectEvidence(
        effect=effect,
        by=None,
        document_id=document_id,
        start=day.start or 0,
        end=day.end or 0,
        since=day.value,
    )


# --- statements of others -------------------------------------------------------------------------------------


# A code of 300 pages takes a fifth of a second, and a few documents change most of the others.
_find_sections = lru_cache(maxsize=32)(find_sections)


class _Page:
    """A page that says something of other documents; what is needed of it is read when it is needed."""

    def __init__(self, store: Store, document_id: str) -> None:
        self.store = store
        self.id = document_id

    @cached_property
    def text(self) -> str:
        return self.store.text(self.id)

    @cached_property
    def title(self) -> str:
        return self.store.sources([self.id])[0].title

    @cached_property
    def facts(self) -> Facts:
        return self.store.facts(self.id)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        return self.store.references(self.id)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return _find_sections(self.text)

    @property
    def own_number(self) -> str | None:
        """Of an official document: a news page has none."""
        official = self.facts.kind is DocumentKind.OFFICIAL and self.facts.symbol is not None
        return self.facts.symbol.value if official and self.facts.symbol is not None else None

    @cached_property
    def acting_number(self) -> str | None:
        """Of what "Nghị định này" means: a consolidated text speaks the words of the act that it restates."""
        act = read_consolidated_act(self.text) if is_consolidated(self.facts) else None
        return act.symbol if act is not None else self.own_number


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    """What a page says is done to the document asked about: all that decides a status."""

    effect: Effect
    by: str
    since: str | None
    page: _Page
    reference: Reference
    part: str | None  # of the document asked about
    itself: bool  # the page is the acting document


def _told(store: Store, key: DocumentKey) -> list[EffectEvidence]:
    return [_show(statement) for _, statement in _find_statements(store, {key.symbol: key})]


def _find_statements(store: Store, keys: Mapping[str, DocumentKey]) -> Iterator[tuple[str, _Statement]]:
    """(name, what the collection says is done to the document with its key), page by page."""
    asked: dict[str, list[tuple[str, DocumentKey]]] = {}
    for name, key in keys.items():
        asked.setdefault(key.symbol, []).append((name, key))
    told = store.references_telling(_TELLING, symbols=tuple(asked))
    for document_id, references in groupby(told, key=itemgetter(0)):
        page = _Page(store, document_id)
        for _, reference in references:
            touched = reference.subject or "" if reference.relation in _BY else reference.symbol
            for name, key in asked.get(symbol_key(touched), ()):
                statement = _read_statement(page, reference, key)
                if statement is not None:
                    yield name, statement


def _read_statement(page: _Page, reference: Reference, key: DocumentKey) -> _Statement | None:
    effect, by, target = _effect_of(page, reference, key)
    if effect is None or by is None or target is None or not _is_meant(page, target, key):
        return None
    if symbol_key(by) == key.symbol or not may_change(by, target.symbol):
        return None
    active = reference.relation not in _BY
    part = target.provision if active else None
    if active and effect in (Effect.REPLACED, Effect.ABROGATED) and (part or _names_part(page, reference)):
        effect = Effect.PARTLY
    itself = page.own_number is not None and _is_same(page.own_number, by)
    return _Statement(
        effect=effect,
        by=by,
        since=_in_force_since(page.store, page.facts if itself else None, by),
        page=page,
        reference=reference,
        part=part,
        itself=itself,
    )


def _show(statement: _Statement) -> EffectEvidence:
    """The statement with the sentence and the place in which it stands."""
    page, reference = statement.page, statement.reference
    start, end = _sentence_around(page.text, reference)
    by_itself = reference.provision if reference.relation in _BY else None
    return EffectEvidence(
        effect=statement.effect,
        by=statement.by,
        document_id=page.id,
        start=start,
        end=end,
        provision=statement.part,
        under=_place_in(page.sections, reference.symbol_start) if statement.itself else by_itself,
        since=statement.since,
        source=None if statement.itself else page.title,
    )


def _effect_of(
    page: _Page, reference: Reference, key: DocumentKey
) -> tuple[Effect | None, str | None, Reference | None]:
    """What a reference says happened to the document asked about, by which number, and its mention."""
    if reference.relation in _BY:
        if reference.subject is None or symbol_key(reference.subject) != key.symbol:
            return None, None, None
        mentions = [
            r for r in page.references if r.start <= reference.start and _is_same(r.symbol, key.symbol)
        ]
        return _EFFECTS[reference.relation], reference.symbol, mentions[-1] if mentions else None
    if symbol_key(reference.symbol) != key.symbol:
        return None, None, None
    by = reference.subject or page.acting_number
    if reference.relation is Relation.ATTACHED:
        return _effect_on_attachment(page, reference), by, reference
    return _EFFECTS.get(reference.relation) if reference.relation else None, by, reference


def _effect_on_attachment(page: _Page, reference: Reference) -> Effect | None:
    """ "Sửa đổi, bổ sung Quy chế ban hành kèm theo …": the verb before the thing that was issued with it."""
    start = _sentence_start(page.text, reference)
    if any(start <= other.symbol_start < reference.start for other in page.references):
        return None
    verb = _CHANGES_PART.search(page.text[start : reference.start])
    if verb is None:
        return None
    return Effect.PARTLY if verb["word"].lower() in ("bãi bỏ", "thay thế") else Effect.AMENDED


def _is_meant(page: _Page, mention: Reference, key: DocumentKey) -> bool:
    """Whether the mention is of the document asked about: never on the number alone where numbers collide."""
    province = page.facts.province.value if page.facts.province else None
    return same_document(key_of_reference(mention, province=province), key) is True


def may_change(by: str, target: str) -> bool:
    """Whether a document of this number may change the other, as far as the (canonical) numbers tell."""
    one, other = (read_symbol(symbol) for symbol in (by, target))
    if one is None or other is None:
        return True
    # What changes no other act may still take the place of one of its own type: guidance of guidance.
    if one.type_code not in _CHANGING_TYPES and one.type_code != other.type_code:
        return False
    if (one.system is System.PARTY) != (other.system is System.PARTY):
        return False
    if one.year is not None and other.year is not None and one.year < other.year:
        return False
    first, second = _rank(one.issuer_code), _rank(other.issuer_code)
    return first is None or second is None or first >= second


def _rank(issuer_code: str | None) -> int | None:
    return next((rank for pattern, rank in _RANKS if pattern.match(issuer_code or "")), None)


def _is_same(one: str, other: str) -> bool:
    return symbol_key(one) == symbol_key(other)


def _names_part(page: _Page, reference: Reference) -> bool:
    """Whether only a part ends: named between the verb and the number, or before "… hết hiệu lực", or behind it."""
    text, start = page.text, _sentence_start(page.text, reference)
    if PARTLY_BEHIND.match(text, reference.end):
        return True
    verb = list(re.finditer(r"bãi bỏ|thay thế|hủy bỏ|huỷ bỏ", text[start : reference.start], re.IGNORECASE))
    if not verb:
        return _PROVISIONS_FIRST.match(text, start, reference.start) is not None
    return _ONLY_PART.search(text, start + verb[-1].end(), reference.start) is not None


def _sentence_around(text: str, reference: Reference) -> tuple[int, int]:
    end = _SENTENCE_END.search(text, reference.end)
    return _sentence_start(text, reference), end.start() if end is not None else len(text)


def _sentence_start(text: str, reference: Reference) -> int:
    low = max(0, reference.start - _QUOTE_BEFORE)
    start = low
    for mark in _SENTENCE_END.finditer(text, low, reference.start):
        start = mark.end()
    return start + len(text[start : reference.start]) - len(text[start : reference.start].lstrip())


def _place_in(sections: Sequence[Section], position: int) -> str | None:
    """ "Khoản 1 Điều 7": the article and clause at a place; None where it stands in none."""
    around = [section for section in sections if section.start <= position < section.end]
    if not around:
        return None
    labels = max(around, key=lambda section: section.level).path
    inner = [label for label in labels if re.match(r"(?:Điều|Khoản|Điểm)\s", label)]
    return " ".join(_short(label) for label in reversed(inner)) or None


def _short(label: str) -> str:
    return " ".join(label.split()[:2]).rstrip(".:")


def _in_force_since(store: Store, facts: Facts | None, by: str) -> str | None:
    """From when the acting document is in force: by its own text, or by the one held of its number."""
    if facts is None:
        held = store.documents_with_symbol(by)
        facts = store.facts(held[0]) if len(held) == 1 else None
    return facts.effective_on.value if facts is not None and facts.effective_on is not None else None


def _in_words(day: str) -> str:
    year, month, number = day.split("-")
    return f"ngày {int(number)}/{int(month)}/{year}"
