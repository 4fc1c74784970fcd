"""What a question asks for: kinds of answer, the terms that matter, and what evidence must carry.

Everything is read from the folded question, so that typing without diacritics asks the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.places import PlaceLevel, find_places_folded
from corpus.store import Store
from corpus.symbols import find_symbols, type_word_before
from corpus.text import fold
from index.asking import EMPTY_WORDS_FOLDED, SEVERAL, Asked, find_empty, find_phrases, read_asked, read_types
from index.query import Query, read_query
from index.terms import Term, normal_form, spelled_words, weigh_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as typed, and what is understood of it."""

    query: Query
    asked: frozenset[Asked]
    terms: tuple[Term, ...]  # of its content; numbers of documents and places are not among them
    types: frozenset[str]  # type codes that the asked document must have; empty for any
    names: tuple[str, ...]  # normal forms of persons' names: evidence must carry one of each
    roles: tuple[str, ...]  # normal forms of offices ("chu tich uy ban nhan dan tinh")
    places: tuple[str, ...]  # names of provinces and districts, as the gazetteer writes them
    years: tuple[str, ...]
    measures: tuple[str, ...]  # normal forms of what is counted ("bao nhiêu xã" → " xa ")
    normal: str  # normal form of the whole question

    @property
    def text(self) -> str:
        return self.query.text


def read_question(text: str, store: Store | None = None) -> Question:
    """The question in a text; `store` lets short forms of numbers find their candidates."""
    query = read_query(text, store)
    bare = _without_numbers(query.text)
    places = _find_places(query.text, has_diacritics=query.has_diacritics)
    normal = normal_form(query.text)
    asked = read_asked(f"{normal.strip()}{' %' if '%' in query.text else ''}")
    return Question(
        query=query,
        asked=asked,
        terms=_content_terms(
            bare, has_diacritics=query.has_diacritics, places=places, comparing=Asked.COMPARE in asked
        ),
        types=read_types(fold(query.text)),
        names=_find_names(query.text, places),
        roles=_find_roles(normal),
        places=places,
        years=tuple(dict.fromkeys(re.findall(r"\b(?:19|20)\d\d\b", bare))),
        measures=tuple(
            f" {found} "
            for found in re.findall(rf" (?:bao nhieu|{SEVERAL}) (\w+)(?= )", normal)
            if found not in EMPTY_WORDS_FOLDED
        )
        or _measured_topic(normal),
        normal=normal,
    )


def _measured_topic(normal: str) -> tuple[str, ...]:
    """What "… là bao nhiêu" at the end of a question measures: the two words that it opens with."""
    found = re.match(r" (\w+ \w+) .*bao nhieu $", normal)
    return (f" {found[1]} ",) if found and not EMPTY_WORDS_FOLDED & set(found[1].split()) else ()


_GAP = " · "


def _without_numbers(text: str) -> str:
    """The text without its document numbers and the type words that announce them."""
    for mention in reversed(find_symbols(text)):
        before = type_word_before(text, mention.start)
        start = before.start if before else mention.start
        text = f"{text[:start]}{_GAP}{text[mention.end :]}"
    return text


def _content_terms(
    text: str, *, has_diacritics: bool, places: tuple[str, ...], comparing: bool
) -> tuple[Term, ...]:
    words = spelled_words(text)
    bare = [fold(word) for word in words]
    dropped = find_empty(words, has_diacritics=has_diacritics, comparing=comparing)
    dropped |= find_phrases(bare, [_GAP, *map(fold, places)])
    return weigh_terms([None if i in dropped else word for i, word in enumerate(bare)])


_LEVEL = r"(?:tinh|huyen|xa|phuong|thi xa|thanh pho|tp\.?|thi tran|quan)"
_LEVEL_FIRST = re.compile(rf"{_LEVEL} ")
_LEVEL_BEFORE = re.compile(rf"(?:{_LEVEL}|tinh uy|huyen uy|ubnd|hdnd) $")
_FAMILY_NAMES = frozenset(
    """nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao doan vuong trinh truong dinh
    lam""".split()
)


_COMMON_WORDS = frozenset({"hoa binh"})  # typed without marks it is peace as often as a province


def _find_places(text: str, *, has_diacritics: bool) -> tuple[str, ...]:
    """The provinces and districts named; a question may have lost marks and capitals, not both senses.

    A district's name without a level word before it counts only where it is capitalised and not part of a
    longer name: folded, "văn bản" is Văn Bàn and "là gì" is La Gi.
    """
    found = []
    for place in find_places_folded(text):
        written, before = text[place.start : place.end], text[: place.start]
        capital = (written.istitle() and not _continues_name(before)) or written in ("HCM", "TPHCM")
        levelled = _LEVEL_BEFORE.search(fold(before)) or _LEVEL_FIRST.match(fold(written))
        province = place.level is PlaceLevel.PROVINCE and not has_diacritics
        province = province and fold(written) not in _COMMON_WORDS
        if capital or levelled or province:
            found.append(place.name)
    return tuple(dict.fromkeys(found))


def _continues_name(before: str) -> bool:
    words = before.split()
    if not words or not before.endswith(" ") or not words[-1].istitle():
        return False
    return (len(words) > 1 and fold(words[-1]) not in ("tinh", "huyen", "xa", "tp", "uy")) or fold(
        words[-1]
    ) in _FAMILY_NAMES


_UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = re.compile(rf"(?<![\w/-])[{_UPPER}][^\W\d_A-Z]+(?: [{_UPPER}][^\W\d_A-Z]+){{1,4}}(?![\w/-])")
_PERSON_TITLE = re.compile(
    r"(?:\b(?:dong chi|d/c|dc|ong|ba)|(?:bi thu|chu tich|giam doc|truong ban|thu tuong|bo truong)) $"
)

_POLITE = re.compile(r"(?:dong chi|ong|ba|anh|chi) ")


def _find_names(text: str, places: tuple[str, ...]) -> tuple[str, ...]:
    """Capitalised runs of three or four syllables (or two after a title) that are no place and no body.

    A Vietnamese full name has two to five syllables, each capitalised; a body's or programme's name has its
    later words small ("Ban Chấp hành", "Mặt trận Tổ quốc").
    """
    known = {fold(place) for place in places}
    names = []
    for match in _NAME.finditer(text):
        before = fold(text[: match.start()])
        name = fold(match[0])
        polite = _POLITE.match(name)  # "Ông Phan Văn Mãi" opens the question
        name = name[polite.end() :] if polite else name
        if name in known or any(place in name for place in known) or _LEVEL_BEFORE.search(before):
            continue
        if ((polite or _PERSON_TITLE.search(before)) and " " in name) or len(name.split()) >= 3:
            names.append(normal_form(name))
    return tuple(dict.fromkeys(names))


_ROLE = re.compile(
    r" ((?:nguyen |pho )?(?:chu tich|bi thu|pho bi thu|truong ban|pho truong ban|giam doc|bo truong|thu truong"
    r"|thu tuong|tong bi thu|chanh van phong|vien truong|tu lenh)"
    r"(?: (?:thuong truc|chinh phu|nuoc|quoc hoi|uy ban nhan dan|hoi dong nhan dan|tinh|huyen|xa|thanh pho|tuyen giao"
    r"|dan van|to chuc|noi chinh|uy|so|cong an|bo|nong nghiep|tai chinh|noi vu|y te|giao duc))*)(?= )"
)


def _find_roles(normal: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f" {match} " for match in _ROLE.findall(normal)))
