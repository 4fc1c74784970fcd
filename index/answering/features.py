"""What speaks for a unit as the answer to a question: the features of the learned reader.

Words are compared as in `index.terms`: folded, abbreviations spelled out, each as much as it is rare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2

import numpy as np
from numpy.typing import NDArray

from corpus.symbols import symbol_key
from corpus.text import to_nfc
from index.answering.answer_types import AnswerType, carries, read_answer_types
from index.answering.units import Unit
from index.citations import named_in
from index.question import Question
from index.terms import normal_form, syllable_weight
from index.tokens import has_syllable, spellings, syllables

Matrix = NDArray[np.float64]

FEATURES = (
    "passage",  # how the search scores its passage, standardised over the hits
    "first",  # 1 / rank of its passage
    "cosine",  # of the question and its passage
    "own",  # share of the words asked that the unit has, each as much as it is rare
    "own_pairs",  # the same of neighbours
    "lead",  # what its heading and the line above its list add to `own`
    "around",  # what its passage and the title of its document add to those
    "exact",  # share of the syllables as read, with their marks
    "types",  # share of the sorts of thing asked for that it has
    "measure",  # a number stands beside what is counted
    "number",  # a document number asked for stands in it
    "bearer",  # its document bears a number asked for
    "basis",  # it is a line "Căn cứ …"
    "aside",  # caption, footnote, receivers
    "clause",  # a part of a sentence
    "short",  # characters below 60, as a share
    "long",  # doublings over 200 characters
    "opens",  # it opens a list
    "item",  # a line under an opening line
    "asking",  # shares nothing with the question but words of its document's title
    "places",  # share of the places asked that it, its passage or what its document says of itself names
    "bare",  # a heading: short, and no sentence
    "focus",  # share of the words beside "bao nhiêu", "ai", "nào" … that the unit has
    "focus_lead",  # what its heading and lead add to that
    "defines",  # it says what the word asked for is: "Vi bằng là …"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The words that a unit is measured by: those of the question, or of one part of it."""

    singles: dict[str, float]  # without the names of places
    places: tuple[str, ...]  # normal forms
    pairs: dict[str, float]
    exact: dict[str, float]
    types: frozenset[AnswerType]
    focus: dict[str, float]  # the words beside a word of asking: what is measured, done or named
    defined: str  # the question in normal form where it asks for the definition of a term; else ""
    measures: tuple[str, ...]
    symbols: frozenset[str]  # keys of the numbers asked for


def wanted_of(question: Question) -> Wanted:
    """What a question, or a part of one, asks units for."""
    percent = "% " if "%" in question.text else ""
    singles = {term.form: term.weight for term in question.terms if " " not in term.form}
    content = {unit: syllable_weight(_bare(unit)) for unit in syllables(question.query.reading)}
    types = read_answer_types(question.normal + percent)
    definition = _asks_definition(question.text)
    return Wanted(
        singles=singles,
        places=tuple(normal_form(place) for place in question.places),
        pairs={term.form: term.weight for term in question.terms if " " in term.form},
        exact={unit: weight for unit, weight in content.items() if _bare(unit) in singles},
        types=types if definition else types - {AnswerType.DEFINITION},
        focus=_read_focus(question.normal.split(), singles),
        defined=question.normal if definition else "",
        measures=question.measures,
        symbols=frozenset(map(symbol_key, question.query.symbols)),
    )


_DEFINITION = re.compile(
    r" (?:la gi|nghia la|co nghia|duoc hieu|duoc dinh nghia|duoc xac dinh|la nhu the nao|the nao la|dinh nghia) "
)
# "Mục tiêu … là gì" asks for what a thing has, not for what a word means.
_ATTRIBUTE = re.compile(
    r" (?:(?:the|con|va|thi|cac|nhung|mot|theo \w+) )*"
    r"(?:ma (?:so|hs|thu tuc|model|\d+)|khau hieu|chu de|phuong cham|tham nhin|muc (?:tieu|dich)|nhiem vu|buoc|nguyen (?:tac|nhan)|so (?:dien thoai|hieu)|sdt"
    r"|dia chi|email|website|yeu cau|ly do|dieu kien|ten|cong (?:thuc|viec)|hinh thuc|dau moi|ket qua|giai phap|noi dung"
    r"|quan diem|thanh phan|vai tro|y nghia|chuc nang|chi tieu|trong tam|diem moi|han che|kho khan|thach thuc|bai hoc"
    r"|kinh nghiem|loi ich|trach nhiem|thong diep|phuong thuc|bien phap) (?:\w+ )*la (?:nhung )?gi "
    r"|.* (?:ten|ten goi|ten khoa hoc|ma so|dia chi|website|tieu de|buoc ke tiep|buoc tiep theo) la gi "
)
_CLAUSE = re.compile(r"[,;:?.]\s")


def _asks_definition(text: str) -> bool:
    """Whether some clause of a question asks what a term means."""
    clauses = map(normal_form, _CLAUSE.split(text))
    return any(_DEFINITION.search(clause) and not _ATTRIBUTE.match(clause) for clause in clauses)


_OPENING = 200  # characters in which a definition names its term
_NAMED = re.compile(
    r"(?:\A|[\n.;:,“”\"])\s*(?:(?:\d{1,3}|[a-zđ])[.)]\s+)?(?P<term>[^\n.;:“”\"]{2,90}?)[”\"]?"
    r"\s+(?:có nghĩa )?(?:là|gồm|bao gồm|được hiểu|được xác định)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^)]*\)")
# What stands beside a term in the question that asks for it; any other word makes the term a longer one.
_BEFORE_TERM = re.compile(r"(?:\A|.* (?:nao|niem|nghia|hieu|hoi|ve|rang|la|voi|thi|goi|tu|ngu)) \Z")
_BEHIND_TERM = re.compile(
    r" (?:\Z|(?:la|co nghia|duoc|nghia|trong|theo|o|cua|tai|thi|nhu the|the nao|gi|khai niem) )"
)


def defines(wanted: Wanted, text: str) -> bool:
    """Whether a text opens with the term that is asked for, not with a shorter or a longer one, and says what it is."""
    opening = _ASIDE.sub(" ", text[:_OPENING])
    terms = [named["term"] for named in _NAMED.finditer(opening)]
    terms += [term.rpartition(",")[2] for term in terms if "," in term]  # "Trong Thông tư này, …"
    terms += _find_glossed(text[:_OPENING])
    return any(_asks_for(wanted.defined, normal_form(term)) for term in terms)


_GLOSSED = re.compile(r"(?P<before>[^\n.;:()]+?)\s*\((?=[^\W\d_]+ )[a-zà-ỹđ][^()\n]{4,80}\)")
_TERM_WORDS = range(2, 7)


def _find_glossed(text: str) -> list[str]:
    """What may be glossed behind it: of "những tiêu chí động (dễ thay đổi)" the last two to six words."""
    words = [glossed["before"].split() for glossed in _GLOSSED.finditer(text)]
    return [" ".join(before[-count:]) for before in words for count in _TERM_WORDS if count <= len(before)]


def _asks_for(question: str, term: str) -> bool:
    at = question.find(term) if term.strip() else -1
    if at < 0:
        return False
    return bool(_BEFORE_TERM.match(question[: at + 1])) and bool(
        _BEHIND_TERM.match(question[at + len(term) - 1 :])
    )


_ASKING = frozenset("may bn bnhieu nao gi ai dau sao".split())
_BEFORE, _BEHIND = 4, 3  # words beside a word of asking


def _read_focus(words: Sequence[str], singles: Mapping[str, float]) -> dict[str, float]:
    near: set[str] = set()
    for at, word in enumerate(words):
        if word in _ASKING or (word == "nhieu" and words[at - 1 : at] == ["bao"]) or (word == "nao" and at):
            near.update(words[max(0, at - _BEFORE) : at + 1 + _BEHIND])
    return {word: singles[word] for word in near if word in singles}


def focus_in(wanted: Wanted, text: str) -> float:
    """The share (0–1) of the words beside the word of asking that a text in `normal_form` has; .5 where there are none."""
    whole = sum(wanted.focus.values())
    return (
        sum(weight for form, weight in wanted.focus.items() if f" {form} " in text) / whole if whole else 0.5
    )


@lru_cache(maxsize=65536)
def _bare(syllable: str) -> str:
    return normal_form(syllable).strip()


# Of one question every part looks at the same units.
_named_in = lru_cache(maxsize=4096)(named_in)


class _Shares(dict[frozenset[str], float]):
    """What is held of some weighted forms → its share of their weight, summed once; 0 where nothing is wanted."""

    def __init__(self, wanted: Mapping[str, float]) -> None:
        self._wanted = wanted
        self._whole = sum(wanted.values())

    def __missing__(self, held: frozenset[str]) -> float:
        found = sum([weight for form, weight in self._wanted.items() if form in held])
        self[held] = share = found / self._whole if self._whole else 0.0
        return share


class _Held(dict[str, frozenset[str]]):
    """Text → which of some forms it has in its `normal_form`, looked for once: passages and heads come with every unit."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = [(form, f" {form} ") for form in forms]

    def __missing__(self, text: str) -> frozenset[str]:
        normal = normal_form(text)
        self[text] = held = frozenset([form for form, spaced in self._forms if spaced in normal])
        return held


class _HeldExactly(dict[str, frozenset[str]]):
    """Text → which of some syllables it has with their marks."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = [(form, spelling) for form in forms for spelling in spellings(form)]

    def __missing__(self, text: str) -> frozenset[str]:
        lower = to_nfc(text).lower()
        self[text] = held = frozenset([form for form, typed in self._forms if has_syllable(lower, typed)])
        return held


class _Gauge:
    """What units are measured by; what texts have of the words asked is found once."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.singles, self.pairs = _Held(wanted.singles), _Held(wanted.pairs)
        self.exact = _HeldExactly(wanted.exact)
        self.of_singles, self.of_pairs = _Shares(wanted.singles), _Shares(wanted.pairs)
        self.of_exact, self.of_focus = _Shares(wanted.exact), _Shares(wanted.focus)

    def focus(self, held: frozenset[str]) -> float:
        return self.of_focus[held] if self.wanted.focus else 0.5

    def measure(self, unit: Unit, passage: float, cosine: float) -> tuple[float, ...]:
        """The features of a unit whose passage has a standardised score and a cosine."""
        wanted, text, profile = self.wanted, unit.text, unit.profile
        words = self.singles[text]
        with_lead = words | self.singles[unit.heading] | self.singles[unit.lead]
        title = self.singles[profile.title] | self.singles[profile.head]
        own, led = self.of_singles[words], self.of_singles[with_lead]
        keys = (
            frozenset(map(symbol_key, _named_in(text)))
            if wanted.symbols or AnswerType.DOCUMENT in wanted.types
            else frozenset()
        )
        named = bool(keys - wanted.symbols)
        return (
            passage,
            1 / unit.hit.rank,
            cosine,
            own,
            self.of_pairs[self.pairs[text]],
            led - own,
            self.of_singles[with_lead | title | self.singles[unit.hit.passage.text]] - led,
            self.of_exact[self.exact[text]],
            _share_of_types(wanted.types, text, named),
            float(any(_counts(measure, text) for measure in wanted.measures)),
            float(bool(keys & wanted.symbols)),
            float(bool(profile.symbol) and symbol_key(profile.symbol or "") in wanted.symbols),
            float(bool(_BASIS.match(text))),
            float(not unit.in_body),
            float(unit.clause),
            max(0.0, 60 - len(text)) / 60,
            max(0.0, log2(len(text) / 200)),
            float(text.endswith(":")),
            float(bool(unit.lead)),
            float(bool(wanted.singles) and not words - title),
            _share_of_places(wanted.places, unit),
            float(len(text) <= _HEADING and not text.endswith(_ENDS)),
            focus := self.focus(words),
            self.focus(with_lead) - focus,
            float(bool(wanted.defined) and defines(wanted, text)),
        )


def measure_units(wanted: Wanted, units: Sequence[Unit], cosines: Mapping[int, float]) -> Matrix:
    """The features of each unit, shape (len(units), len(FEATURES))."""
    scores = {unit.hit.row: unit.hit.score for unit in units}
    values = np.array(list(scores.values()) or [0.0])
    mean, deviation = float(values.mean()), float(values.std()) or 1.0
    gauge = _Gauge(wanted)
    rows = [
        gauge.measure(unit, (unit.hit.score - mean) / deviation, cosines.get(unit.hit.row, 0.0))
        for unit in units
    ]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


_HEADING = 120  # characters
_ENDS = (".", ";", ":", "!", "?", "”", '"', ")")


def _share_of_places(places: Sequence[str], unit: Unit) -> float:
    if not places:
        return 0.5
    return sum(
        1.0 if unit.stands_near(place) else 0.7 if unit.stands_in_head(place) else 0.0 for place in places
    ) / len(places)


_BASIS = re.compile(r"[-–+*\s]*(?:Căn cứ|Theo đề nghị|Xét đề nghị|Trên cơ sở)\b")


def _share_of_types(types: frozenset[AnswerType], text: str, named: bool) -> float:
    return sum(carries(kind, text, named) for kind in types) / len(types) if types else 0.5


def _counts(measure: str, text: str) -> bool:
    return bool(re.search(rf" [0-9][0-9 ]* (?:\w+ ){{0,2}}{measure.strip()} ", normal_form(text)))
