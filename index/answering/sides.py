"""The sides that a question asks the same of, what may speak for one of them, and what it calls by a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.places import PlaceLevel, find_places, related_provinces
from corpus.store import Store
from index.answering.listed import find_listed_places
from index.answering.targets import is_of_place
from index.answering.units import Unit
from index.asking import Asked
from index.question import Question
from index.terms import normal_form

_SIDES_CUE = re.compile(
    r" (?:so sanh|khac|giong|chenh|cao hon|thap hon|nhieu hon|it hon|ca hai|cung ngay|cung muc|deu|moi tinh|moi xa|moi huyen|moi phuong|moi dia phuong|moi noi|moi bo|moi so|moi ben|moi don vi|nao (?:\w+ ){1,3}(?:truoc|sau|som hon|muon hon)) "
)


_SO = re.compile(r"\bso\b", re.IGNORECASE)
_OWN_NAME = 3  # words


def asks_sides(question: Question) -> tuple[str, ...]:
    """The places, else the bodies, that a question asks the same of; none where it compares nothing."""
    if question.query.symbols and not find_listed_places(question.text):
        return ()
    if not (Asked.COMPARE in question.asked or _compares(question)):
        return question.places if _opens_with_sides(question) else ()
    # "Tỉnh ủy" is of every province: only a longer name is a body's own.
    names = (issuer.name for issuer in question.query.issuers)
    bodies = tuple(dict.fromkeys(name for name in names if len(name.split()) >= _OWN_NAME))
    return next((sides for sides in (_apart(question), bodies) if len(sides) > 1), ())


def _compares(question: Question) -> bool:
    """Whether a word of comparing is used; with its marks "so" is no "số": "dân số" compares nothing."""
    if _SIDES_CUE.search(question.normal):
        return True
    marked = question.query.has_diacritics
    return bool(_SO.search(question.text) if marked else " so " in question.normal)


def _apart(question: Question) -> tuple[str, ...]:
    """The places that a question names, without one that another lies in: "xã Vân Đồn (Quảng Ninh)" is one side."""
    around = {name for place in find_places(question.text) for name in place.provinces if name != place.name}
    return tuple(place for place in question.places if place not in around)


def _opens_with_sides(question: Question) -> bool:
    """Whether a question opens with two places of its own ("Đà Nẵng và TP.HCM đã bãi bỏ …"): each is asked."""
    if len(question.places) != 2:
        return False
    one, other = (re.escape(normal_form(place).strip()) for place in question.places)
    level = r"(?:tinh |thanh pho |tp )?"
    return bool(
        re.match(
            rf" (?:ubnd |hdnd )?{level}(?:{one} va {level}{other}|{other} va {level}{one}) (?!sap nhap|hop nhat)",
            question.normal,
        )
    )


def is_of_side(store: Store, question: Question, unit: Unit, side: str, sides: Sequence[str]) -> bool:
    """Whether a unit may speak for one of the sides asked: what is said of another side is not its own."""
    own = normal_form(side)
    others = [normal_form(other) for other in sides if other != side]
    words = normal_form(unit.text)
    if own not in words and any(other in words for other in others):
        return False
    named = {place.name for place in find_places(unit.text) if place.level is PlaceLevel.PROVINCE}
    if named and side in question.places and not named & {side, *related_provinces(side)}:
        return False  # a round-up goes from one province to the next
    if unit.stands_near(own):
        return True
    province = normal_form(unit.profile.province or "")
    if province in others or any(unit.stands_in_head(other) for other in others):
        return False
    return unit.stands_in_head(own) or is_of_place(store, unit.profile.id, (side,))


def without_others(question: Question, sides: Sequence[str], kept: str | None = None) -> str:
    """The words of a question without the names of all sides but one, or of all."""
    others = [re.escape(side) for side in sides if side != kept]
    if not others:
        return question.text
    named, joint = rf"(?:{'|'.join(others)})(?!\w)", r"(?:,|(?<!\w)(?:và|với|va|voi)(?!\w))"
    return re.sub(rf"{named}\s*{joint}|(?:{joint}\s*)?{named}", " ", question.text, flags=re.IGNORECASE)


# What a question says of several sides says nothing of one.
_COMPARING = re.compile(
    r"^Cả(?= )(?! (?:nước|năm|tỉnh|ngành|hệ thống|huyện|xã) )|(?<!\w)(?:(?:hai|các) (?:địa phương|tỉnh|nơi|bên)(?! khác)|đều|so sánh|(?:khác|giống|chênh) nhau|chênh lệch(?: nhau)?|mỗi (?:tỉnh|nơi|bên|xã|huyện|phường|địa phương))(?!\w)"
    r"|[,;?]\s+(?:(?:tỉnh|thành phố|nơi|bên|huyện|xã|phường|địa phương) nào|đâu)\s[^,;?]*(?<!\w)(?:hơn|nhất)(?!\w)[^,;?]*",
    re.IGNORECASE,
)

# "Có dùng chung bộ tiêu chí không" asks each side for its "bộ tiêu chí".
_WHETHER_ALIKE = re.compile(
    r"(?<!\w)có (?:(?:dùng|cùng) chung|(?:giống|khác|trùng) nhau)(?P<what>[^?;]*?)(?: hay)? không(?=\s*(?:[?,;.]|\Z))",
    re.IGNORECASE,
)


def without_comparing(text: str) -> str:
    """A question without the words that say something of several sides only."""
    return _COMPARING.sub(" ", _WHETHER_ALIKE.sub(r" \g<what>", text))


def proper_names(question: Question) -> list[str]:
    """Normal forms of what a question calls by a name of several words ("cầu Thị Nại"): no places, not its first word."""
    text = question.text
    for place in question.places:  # "tỉnh Cà Mau Hồ Thị Mẫu" is two names
        text = re.sub(rf"(?<!\w){re.escape(place)}(?!\w)", ",", text, flags=re.IGNORECASE)
    found: list[str] = []
    for capital, words in groupby(text.split()[1:], key=lambda word: word.istitle() and word.isalpha()):
        name = list(words)
        if capital and len(name) > 1:
            found.append(normal_form(" ".join(name)))
    return found
