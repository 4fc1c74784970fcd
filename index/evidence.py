"""Evidence: the stretches of found passages that answer a question, scored and checked.

A unit is a sentence, or a clause of a long one. It is evidence only if it carries what the question names
(document number, person, office, place, year) and what it asks for (a figure, a date, a number). How well
it covers the question's terms then decides between units, and whether support is too thin to answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log2

from corpus.dates import find_dates
from corpus.models import DocumentKind, Reference, Relation, Report
from corpus.places import find_places, related_provinces
from corpus.sentences import Span, find_clauses, find_sentences
from corpus.store import Profile, Store
from corpus.symbols import symbol_key
from corpus.text import fold
from index.asking import TYPE_CODES, Asked
from index.citations import named_in
from index.models import Hit
from index.question import Question
from index.terms import coverage, normal_form

_PASSAGE_CREDIT = 0.7  # a term that stands beside the unit, in its passage
_HEAD_CREDIT = 0.5  # a term that stands in the title or the opening of its document
_LONG_SENTENCE = 260  # characters from which a sentence is also offered clause by clause
_LENGTH_COST = 0.03  # of score, for each doubling over 150 characters
_SHORT_CLAUSE = 40  # characters under which a clause does not stand on its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A candidate quotation: `text == document.text[start:end]`."""

    profile: Profile
    hit: Hit
    start: int
    end: int
    text: str
    named: tuple[str, ...]  # document numbers written in it
    meant: tuple[str, ...]  # the document meant by a bare "Theo Nghị quyết, …", where it names none
    report: str | None  # the document that this part of a news page restates
    own_cover: float  # share of the question's terms in the unit
    cover: float  # the same with the unit's surroundings
    score: float

    @property
    def is_caption(self) -> bool:
        return self.hit.passage.path[:1] == ("chú thích ảnh",)


def find_units(store: Store, question: Question, hits: Sequence[Hit]) -> list[Unit]:
    """The admissible units of the hits, best first."""
    profiles = {hit.passage.document_id: None for hit in hits}
    known = {document_id: store.profile(document_id) for document_id in profiles}
    units: list[Unit] = []
    for hit in hits:
        profile = known[hit.passage.document_id]
        units += [unit for unit in _units_of(question, hit, profile) if is_admissible(question, unit)]
    return sorted(units, key=lambda unit: (-unit.score, unit.hit.rank, unit.start))


def _units_of(question: Question, hit: Hit, profile: Profile) -> Iterator[Unit]:
    passage = hit.passage
    around = [
        (normal_form(passage.text), _PASSAGE_CREDIT),
        (normal_form(f"{profile.title}\n{profile.head}"), _HEAD_CREDIT),
    ]
    lineage = [(normal_form(" ".join(_lineage(profile))), _HEAD_CREDIT)]
    for span in _candidate_spans(passage.text):
        text = passage.text[span.start : span.end]
        start = passage.start + span.start
        own = [(normal_form(text), 1.0)]
        own_cover = coverage(question.terms, own)
        cover = coverage([*question.terms, *question.place_terms], [*own, *around, *lineage])
        unit = Unit(
            profile=profile,
            hit=hit,
            start=start,
            end=passage.start + span.end,
            text=text,
            named=named_in(text),
            meant=_meant_by_type(profile, start, text),
            report=_reported_at(profile.reports, start),
            own_cover=own_cover,
            cover=cover,
            score=0.0,
        )
        yield replace(unit, score=_score(question, unit))


def _candidate_spans(text: str) -> Iterator[Span]:
    for sentence in find_sentences(text):
        yield sentence
        if sentence.end - sentence.start >= _LONG_SENTENCE:
            clauses = find_clauses(text, sentence.start, sentence.end)
            if len(clauses) > 1:
                yield from (clause for clause in clauses if clause.end - clause.start >= _SHORT_CLAUSE)


_BARE_TYPE = re.compile(
    r"\b(?P<type>Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị|Công điện|Quy định|Kế hoạch)"
    r"(?= này| nêu| trên|[,:]| quy định| yêu cầu| có hiệu lực| giao )"
)


def _meant_by_type(profile: Profile, start: int, text: str) -> tuple[str, ...]:
    """The document meant by a bare "Nghị quyết này", "Quyết định có hiệu lực …": the last such one named before."""
    found = _BARE_TYPE.search(text)
    if found is None or profile.kind is DocumentKind.OFFICIAL:  # there "Nghị quyết này" is the page itself
        return ()
    code = TYPE_CODES.get(fold(found["type"]), "QĐ")
    earlier = [r.symbol for r in profile.references if r.symbol_end <= start and type_of(r.symbol) == code]
    return tuple(earlier[-1:])


def _reported_at(reports: Iterable[Report], start: int) -> str | None:
    return next((report.symbol for report in reports if report.start <= start < report.end), None)


def _score(question: Question, unit: Unit) -> float:
    score = 0.6 * unit.own_cover + 0.4 * unit.cover
    if question.place_terms:
        score += 0.05 * coverage(question.place_terms, [(normal_form(unit.text), 1.0)])
    if question.query.symbols and names_any(unit, question.query.symbols):
        score += 0.15
    if Asked.FIGURE in question.asked and _figures(unit):
        score += 0.05
    path = normal_form(unit.hit.passage.location)
    score += 0.1 * sum(provision in path for provision in question.provisions)
    if unit.is_caption:
        score -= 0.1
    # Of two units that cover the same, the shorter says it more plainly.
    score -= _LENGTH_COST * max(0.0, log2(len(unit.text) / 150))
    return score - 0.02 * (unit.hit.rank / 30)


# --- what evidence must carry


def is_admissible(question: Question, unit: Unit) -> bool:
    """Whether a unit carries everything that the question names and asks for."""
    return (
        carries_number(question, unit)
        and _carries_names(question, unit)
        and _carries_places(question, unit)
        and _carries_years(question, unit)
        and all(_REQUIRED[asked](question, unit) for asked in question.asked & _ALWAYS)
        and _carries_a_part(question, unit)
    )


def _carries_a_part(question: Question, unit: Unit) -> bool:
    """Whether the unit brings one of the things asked for: "which circular, and from when?" has two answers."""
    parts = question.asked & _PARTS
    return not parts or any(_REQUIRED[asked](question, unit) for asked in parts)


def carries_number(question: Question, unit: Unit) -> bool:
    """Whether the unit speaks of a document number that the question names (or none is named)."""
    if question.query.asks_unknown_number:
        return False
    if not question.query.symbols:
        return True
    return speaks_of(unit, question.query.symbols)


_FACTS = frozenset({Asked.DATE, Asked.SIGNER, Asked.ISSUER, Asked.SUBJECT})


def asks_fact(question: Question) -> bool:
    """Whether a fact of a named document is asked for: then carrying it is support enough."""
    return bool(question.query.symbols) and bool(question.asked) and question.asked <= _FACTS


def speaks_of(unit: Unit, symbols: Sequence[str]) -> bool:
    """Whether the unit names one of the documents, restates it, or stands in its own text."""
    own = unit.profile.symbol
    spoken = {symbol_key(symbol) for symbol in (*unit.named, *unit.meant, unit.report, own) if symbol}
    return any(symbol_key(symbol) in spoken for symbol in symbols)


def only_mentions(question: Question, unit: Unit) -> bool:
    """Whether the unit mentions an asked document without being, or restating, its text."""
    symbols = question.query.symbols
    keys = {symbol_key(symbol) for symbol in (unit.report, unit.profile.symbol) if symbol}
    return bool(symbols) and not any(symbol_key(symbol) in keys for symbol in symbols)


def names_any(unit: Unit, symbols: Sequence[str]) -> bool:
    """Whether one of the numbers is written in the unit itself."""
    named = {symbol_key(symbol) for symbol in unit.named}
    return any(symbol_key(symbol) in named for symbol in symbols)


def _carries_names(question: Question, unit: Unit) -> bool:
    near = normal_form(unit.hit.passage.text)
    if any(name not in near for name in question.names):
        return False
    # Words are put into nobody's mouth: an office that is asked to speak must stand beside the words.
    return Asked.SPEECH not in question.asked or all(role in near for role in question.roles)


def _carries_places(question: Question, unit: Unit) -> bool:
    if not question.places or Asked.COMPARE in question.asked:
        return True
    return all(place_fits(question, unit, place) for place in question.places)


def place_fits(question: Question, unit: Unit, place: str) -> bool:
    """Whether the unit's document is of a place. A figure must be of that very place, not of a part of it."""
    name = normal_form(place)
    if Asked.FIGURE in question.asked:
        scope = {fold(found.name) for found in find_places(unit.text)}
        if scope and fold(place) not in scope:
            return False
    near = normal_form(f"{unit.profile.title}\n{unit.profile.head}\n{unit.hit.passage.text}")
    if name in near:
        return True
    if Asked.FIGURE in question.asked:
        return False
    return fold(place) in {fold(name) for name in _lineage(unit.profile)}


def _lineage(profile: Profile) -> tuple[str, ...]:
    return related_provinces(profile.province) if profile.province else ()


def _carries_years(question: Question, unit: Unit) -> bool:
    if not question.years:
        return True
    near = unit.hit.passage.text
    if Asked.FIGURE not in question.asked:
        near += f"\n{unit.profile.title}\n{unit.profile.head}"
    return all(year in near for year in question.years)


_MONEY = {" tien ", " dong ", " ty ", " trieu ", " kinh ", " von "}
_AMOUNT = re.compile(r"\d[\d.,]*\s*(?:nghìn |triệu |tỷ |tỉ )*(?:đồng|triệu|tỷ|tỉ|USD)", re.IGNORECASE)
_NUMBER_WORD = re.compile(
    r"\b(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|triệu|tỷ)\b", re.IGNORECASE
)


def _figures(unit: Unit) -> bool:
    return bool(re.search(r"\d", _quantities(unit)))


_DATE = re.compile(r"(?:ngày|tháng|năm|quý)\s+\d[\d/.-]*|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", re.IGNORECASE)


def _quantities(unit: Unit) -> str:
    """The unit's text without numbers that measure nothing: those of documents and dates."""
    text = _without_references(unit)
    for symbol in unit.named:
        text = text.replace(symbol, " ")
    return _DATE.sub(" ", text)


def _has_figure(question: Question, unit: Unit) -> bool:
    if "%" in question.text or " phan tram " in question.normal:
        return bool(re.search(r"\d\s*%|phần trăm", unit.text))
    normal = normal_form(unit.text)
    if _MONEY & set(question.measures):
        return bool(_AMOUNT.search(_quantities(unit)))
    if any(measure not in normal for measure in question.measures):
        return False
    return _figures(unit) or bool(_NUMBER_WORD.search(unit.text))


def _has_date(question: Question, unit: Unit) -> bool:
    if asks_issue_date(question):
        return any(
            find_dates(_excerpt(unit, reference))
            for reference in unit.profile.references_in(unit.start, unit.end)
            if symbol_key(reference.symbol) in set(map(symbol_key, question.query.symbols))
        )
    if " hieu luc " in question.normal:
        return " hieu luc " in normal_form(unit.text) and bool(re.search(r"\d", unit.text))
    text = _without_references(unit)
    if find_dates(text):
        return True
    return " ngay " not in question.normal and bool(re.search(r"\b(19|20)\d\d\b", text))


def _without_references(unit: Unit) -> str:
    """The unit's text without the documents it cites: their dates are theirs, not an answer's."""
    text = unit.text
    for reference in reversed(unit.profile.references_in(unit.start, unit.end)):
        text = text[: max(0, reference.start - unit.start)] + text[reference.end - unit.start :]
    return text


def _excerpt(unit: Unit, reference: Reference) -> str:
    passage = unit.hit.passage
    return passage.text[max(0, reference.start - passage.start) : reference.end - passage.start]


def asks_issue_date(question: Question) -> bool:
    """Whether the date on which a named document was issued is asked for."""
    other = re.search(r" (hieu luc|hoan thanh|den|han|thoi han|tu ngay|ket thuc|truoc) ", question.normal)
    return Asked.DATE in question.asked and bool(question.query.symbols) and not other


_DOCUMENT_WORDS = re.compile(
    r"nghị quyết|quyết định|kế hoạch|chỉ thị|công văn|kết luận|đề án|thông báo", re.I
)


def _has_document(question: Question, unit: Unit) -> bool:
    if " loai " in question.normal:
        return bool(unit.named) or len(set(_DOCUMENT_WORDS.findall(unit.text.lower()))) > 1
    asked_for = {symbol_key(symbol) for symbol in question.query.symbols}
    answers = [symbol for symbol in unit.named if symbol_key(symbol) not in asked_for]
    own = unit.profile.symbol
    if own and symbol_key(own) not in asked_for and not answers:
        answers.append(own)
    if question.types:
        answers = [symbol for symbol in answers if _may_be_of(symbol, question.types)]
    return bool(answers)


def _may_be_of(symbol: str, types: frozenset[str]) -> bool:
    # The National Assembly's numbers carry no type: 202/2025/QH15 is a resolution, 64/2025/QH15 a law.
    return type_of(symbol) in types or ("QH" in symbol and type_of(symbol) is None)


def type_of(symbol: str) -> str | None:
    """The type code in a canonical number."""
    from corpus.symbols import find_symbols

    mentions = find_symbols(symbol)
    return mentions[0].type_code if mentions else None


def _has_signature(question: Question, unit: Unit) -> bool:
    return bool(re.search(r"\bký\b", unit.text)) and (
        not question.query.symbols or names_any(unit, question.query.symbols)
    )


_ENDS = {Relation.REPLACES, Relation.ABROGATES, Relation.AMENDS}
_ENDED_BY = {Relation.REPLACED_BY, Relation.ABROGATED_BY, Relation.AMENDED_BY}  # said of the subject


def _has_status(question: Question, unit: Unit) -> bool:
    asked_for = {symbol_key(symbol) for symbol in question.query.symbols}
    if not asked_for:
        return bool(re.search(r"hiệu lực|thay thế|bãi bỏ", unit.text))
    ended = any(
        (reference.relation in _ENDS and symbol_key(reference.symbol) in asked_for)
        or (
            reference.relation in _ENDED_BY
            and reference.subject is not None
            and symbol_key(reference.subject) in asked_for
        )
        for reference in unit.profile.references_in(unit.start, unit.end)
    )
    return ended or (names_any(unit, question.query.symbols) and "hiệu lực" in unit.text)


_SPEAKS = re.compile(
    r"\b(phát biểu|nhấn mạnh|khẳng định|cho rằng|cho biết|cho hay|đề nghị|yêu cầu|lưu ý|chia sẻ|bày tỏ|đánh giá"
    r"|nhận định|kết luận|nêu rõ|nói)\b",
    re.IGNORECASE,
)


def _has_speech(question: Question, unit: Unit) -> bool:
    """Somebody's words are introduced as such; that a page names a person does not make its text his speech."""
    return not (question.names or question.roles) or bool(_SPEAKS.search(unit.text))


def _has_contact(question: Question, unit: Unit) -> bool:
    return bool(re.search(r"\d[\d .]{7,}\d|\S@\S", unit.text))


def _has_subject(question: Question, unit: Unit) -> bool:
    if not question.query.symbols:
        return True
    wanted = {symbol_key(symbol) for symbol in question.query.symbols}
    for reference in unit.profile.references_in(unit.start, unit.end):
        rest = unit.text[reference.end - unit.start :]
        if symbol_key(reference.symbol) in wanted and re.match(
            r"[^;:.]{0,120}?\b(về|phê duyệt|ban hành|quy định)\b", rest
        ):
            return True
    return symbol_key(unit.profile.symbol or "") in wanted


def _has_issuer(question: Question, unit: Unit) -> bool:
    if not question.query.symbols:
        return True
    wanted = {symbol_key(symbol) for symbol in question.query.symbols}
    references = unit.profile.references_in(unit.start, unit.end)
    return any(r.issuer and symbol_key(r.symbol) in wanted for r in references)


_REQUIRED = {
    Asked.SUBJECT: _has_subject,
    Asked.ISSUER: _has_issuer,
    Asked.FIGURE: _has_figure,
    Asked.DATE: _has_date,
    Asked.DOCUMENT: _has_document,
    Asked.SIGNER: _has_signature,
    Asked.STATUS: _has_status,
    Asked.SPEECH: _has_speech,
    Asked.CONTACT: _has_contact,
}
_ALWAYS = frozenset({Asked.CONTACT, Asked.SIGNER, Asked.ISSUER, Asked.STATUS, Asked.SUBJECT, Asked.SPEECH})
_PARTS = frozenset({Asked.FIGURE, Asked.DATE, Asked.DOCUMENT})
