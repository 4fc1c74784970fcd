"""Documents behind the passages that were found: those held, and those that the passages name.

One document is one candidate, however many pages hold its text and however it is mentioned. A number alone
does not make two mentions one document where province, issuer or date differ (corpus.identity).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from corpus.identity import DocumentKey, key_of_facts, key_of_reference, same_document
from corpus.models import DocumentKind, Facts, Reference, Relation
from corpus.sentences import Span, find_clauses, find_sentences
from corpus.store import Profile, Store
from corpus.symbols import symbol_key
from index.authority import code_of_name, type_code
from index.models import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEvidence:
    """A passage that speaks for a document: `text[start:end]` of the document `hit.passage.document_id`."""

    hit: Hit
    start: int  # of the sentence that names it; of the passage, where that is the document's own
    end: int
    relation: Relation | None  # what the sentence says is done with it; None: its own text
    by: str | None  # the number of the document that does it; None: the page has none
    about: Span  # of the sentence, from this document's mention to the next one: what is said of it alone


@dataclass(slots=True, kw_only=True, eq=False)  # two are never equal
class Candidate:
    """One document while its evidence is gathered; `held` is empty where it is only mentioned."""

    symbol: str | None  # None: a page without a number of its own
    key: DocumentKey | None
    held: tuple[str, ...] = ()  # the document and its copies
    title: str | None = None
    facts: Facts = field(default_factory=Facts)
    type: str | None = None  # as the document, or the page that mentions it, calls it
    issuer: str | None = None
    issued_on: str | None = None
    own: list[Hit] = field(default_factory=list)
    mentions: list[DocumentEvidence] = field(default_factory=list)

    @property
    def type_code(self) -> str | None:
        """By its number; of one without, by what it calls itself."""
        return type_code(self.symbol) if self.symbol else code_of_name(self.type)

    @property
    def is_page(self) -> bool:
        """Whether it is a page about documents, none itself."""
        return self.symbol is None and self.facts.kind is not DocumentKind.OFFICIAL

    @property
    def province(self) -> str | None:
        """As of the document; None for bodies of the whole country, too."""
        if self.key is not None:
            return None if self.key.central else self.key.province
        return self.facts.province.value if self.facts.province else None


class DocumentPool:
    """The candidates of one query, found once each."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._profiles: dict[str, Profile] = {}
        self._by_id: dict[str, Candidate] = {}
        self._by_number: dict[str, list[Candidate]] = {}
        self.candidates: list[Candidate] = []

    def add_hit(self, hit: Hit) -> None:
        """Count a passage for its document and for the documents that it names."""
        document_id = hit.passage.document_id
        itself = self.of_document(document_id)
        itself.own.append(hit)
        profile = self._profile(document_id)
        seen: list[Candidate] = []
        for reference in profile.references_in(hit.passage.start, hit.passage.end):
            candidate = self._of_reference(reference, profile.province)
            if candidate is not None and candidate is not itself:
                candidate.type = candidate.type or _written_type(hit, reference)
                candidate.mentions.append(_mention(hit, reference, profile))
                seen.append(candidate)
        for symbol in _restated(profile, hit):
            for candidate in self.add_number(symbol):
                if candidate is not itself and candidate not in seen:
                    candidate.mentions.append(_restatement(hit, profile))

    def add_number(self, symbol: str) -> list[Candidate]:
        """The documents that bear a number: all that are held; else the one that is mentioned."""
        held = [self.of_document(document_id) for document_id in self._store.documents_with_symbol(symbol)]
        if not held:
            for document_id, reference in self._store.references_to(symbol):
                facts = self._store.facts(document_id)
                self._of_reference(reference, facts.province.value if facts.province else None)
        return self._by_number.get(symbol_key(symbol), [])

    def of_document(self, document_id: str) -> Candidate:
        """The candidate of a held document; its copies are the same one."""
        if document_id not in self._by_id:
            facts = self._store.facts(document_id)
            held = (document_id, *self._store.copies(document_id))
            candidate = Candidate(
                symbol=facts.symbol.value if facts.symbol else None,
                key=key_of_facts(facts),
                held=held,
                title=facts.title.value if facts.title else self._profile(document_id).title,
                facts=facts,
                type=facts.type.value if facts.type else None,
                issuer=facts.issuer.value if facts.issuer else None,
                issued_on=facts.issued_on.value if facts.issued_on else None,
            )
            self._by_id.update(dict.fromkeys(held, candidate))
            self._add(candidate)
        return self._by_id[document_id]

    def _profile(self, document_id: str) -> Profile:
        if document_id not in self._profiles:
            self._profiles[document_id] = self._store.profile(document_id)
        return self._profiles[document_id]

    def _add(self, candidate: Candidate) -> None:
        self.candidates.append(candidate)
        if candidate.key is not None:
            self._by_number.setdefault(candidate.key.symbol, []).append(candidate)

    def _of_reference(self, reference: Reference, province: str | None) -> Candidate | None:
        """The candidate that a mention in a page of a province means; None for a short form, and where several may be meant."""
        if reference.symbol.startswith("?"):
            return None
        for document_id in self._store.documents_with_symbol(reference.symbol):
            self.of_document(document_id)
        key = key_of_reference(reference, province=province)
        known = [
            (same, candidate)
            for candidate in self._by_number.get(key.symbol, ())
            if candidate.key is not None and (same := same_document(candidate.key, key)) is not False
        ]
        sure = [candidate for same, candidate in known if same]
        if not known:
            candidate = Candidate(
                symbol=reference.symbol, key=key, issuer=reference.issuer, issued_on=reference.date
            )
            self._add(candidate)
            return candidate
        if not sure and len(known) > 1:
            return None
        found = sure[0] if sure else known[0][1]
        if not found.held:
            _learn(found, reference, key)
        return found


def _learn(candidate: Candidate, reference: Reference, key: DocumentKey) -> None:
    """What a further mention tells of a document that is not held."""
    candidate.issuer = max(candidate.issuer or "", reference.issuer or "", key=len) or None
    candidate.issued_on = candidate.issued_on or reference.date
    if candidate.key is not None:
        candidate.key = replace(
            candidate.key,
            issuer=candidate.key.issuer or key.issuer,
            province=candidate.key.province or key.province,
            date=candidate.key.date or key.date,
        )


# Where a sentence that lists bases comes to what the act itself does: ", UBND tỉnh ban hành Kế hoạch …".
_OWN_SUBJECT = re.compile(
    r"[,;]\s+(?:Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Tỉnh ủy|Tỉnh uỷ|Bộ|Sở)(?=\s)[^,;.\n]{0,80}?\b(?:ban hành|xây dựng|đề nghị|yêu cầu)\b"
)


def _mention(hit: Hit, reference: Reference, profile: Profile) -> DocumentEvidence:
    span = _sentence_of(hit, reference)
    later = [r.start for r in profile.references if reference.symbol_end <= r.start < span.end]
    own = _OWN_SUBJECT.search(hit.passage.text, reference.symbol_end - hit.passage.start)
    later += [own.start() + hit.passage.start] if own and own.start() + hit.passage.start < span.end else []
    return DocumentEvidence(
        hit=hit,
        start=span.start,
        end=span.end,
        relation=reference.relation,
        by=reference.subject or profile.symbol,
        about=Span(max(span.start, reference.start), min(later, default=span.end)),
    )


_TYPE = re.compile(r"(?P<type>[^\W\d_]+(?: [^\W\d_]+){1,3}?)(?: số)?:?\s*\Z")


def _written_type(hit: Hit, reference: Reference) -> str | None:
    """The type word before a number as it is written: the "Quy định" of the Party bears "QĐ" as well."""
    shift = hit.passage.start
    match = _TYPE.match(hit.passage.text[max(0, reference.start - shift) : reference.symbol_start - shift])
    return match["type"].capitalize() if match else None


def _restatement(hit: Hit, profile: Profile) -> DocumentEvidence:
    """A part of a page that says what a document says, clause by clause."""
    passage = hit.passage
    return DocumentEvidence(
        hit=hit,
        start=passage.start,
        end=passage.end,
        relation=Relation.REPORTED,
        by=profile.symbol,
        about=Span(passage.start, passage.end),
    )


def _restated(profile: Profile, hit: Hit) -> Iterator[str]:
    passage = hit.passage
    for report in profile.reports:
        if report.start < passage.end and passage.start < report.end:
            yield report.symbol


def _sentence_of(hit: Hit, reference: Reference) -> Span:
    """The sentence, or the clause of a list, that names a document, as far as the passage has it."""
    passage = hit.passage
    place = reference.symbol_start - passage.start
    around = _holding(find_sentences(passage.text), place) or Span(0, len(passage.text))
    clause = _holding(find_clauses(passage.text, around.start, around.end), place) or around
    return Span(passage.start + clause.start, passage.start + clause.end)


def _holding(spans: Iterable[Span], place: int) -> Span | None:
    return next((span for span in spans if span.start <= place < span.end), None)
