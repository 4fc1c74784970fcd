"""What a question says of the documents that it asks for: "nghị quyết nào của Bộ Chính trị", "do UBND … ban hành"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.identity import fold_issuer
from corpus.models import Reference
from corpus.places import find_places, find_places_folded
from corpus.symbols import read_symbol
from corpus.text import fold
from index.answering.fact_kinds import read_fact_kinds
from index.asked_issuers import find_asked_issuers

_CODES = {
    "nghi quyet": "NQ",
    "nq": "NQ",
    "nghi dinh": "NĐ",
    "nd": "NĐ",
    "quyet dinh": "QĐ",
    "qd": "QĐ",
    "quy dinh": "QĐ",
    "chi thi": "CT",
    "ct": "CT",
    "ket luan": "KL",
    "kl": "KL",
    "ke hoach": "KH",
    "kh": "KH",
    "thong tu": "TT",
    "tt": "TT",
    "thong bao": "TB",
    "tb": "TB",
    "to trinh": "TTr",
    "bao cao": "BC",
    "bc": "BC",
    "de an": "ĐA",
    "chuong trinh": "CTr",
    "huong dan": "HD",
    "cong dien": "CĐ",
}
_TYPE = "|".join(sorted([*_CODES, "van ban", "vb"], key=len, reverse=True))
_ASKED = re.compile(
    rf"(?<!\w)(?P<types>(?:{_TYPE})(?:(?:,| va| hoac| hay)? (?:{_TYPE}))*)(?: so)? (?:nao|gi|may)(?!\w)"
)
_BY = re.compile(r"(?<!\w)do (?P<issuer>.{2,60}?) (?:ban hanh|ra)(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Which documents are asked for; an empty set excludes none."""

    types: frozenset[str]
    issuers: tuple[tuple[str, frozenset[str]], ...]  # (folded name, codes in numbers)
    places: frozenset[str]  # folded names of provinces
    words: frozenset[str]  # behind the cue: "CP" names an issuer by its code

    @property
    def excludes(self) -> bool:
        """Whether anything is asked for that some documents are not."""
        return bool(self.types or self.issuers or self.places or self.words)

    def admits(self, reference: Reference, words: str) -> bool:
        """Whether a mention, in an item with these words, is of a document that is asked for."""
        mention = read_symbol(reference.symbol)
        if self.types and (mention is None or mention.type_code not in self.types):
            return False
        if self.places and not self._is_of_place(reference, words):
            return False
        code = fold((mention.issuer_code or "") if mention else "").split("-")[0]
        if code and code in self.words:
            return True
        return not self.issuers or any(self._is_issuer(reference, code, *one) for one in self.issuers)

    def _is_of_place(self, reference: Reference, words: str) -> bool:
        """The issuer's own province where it names one, else a province named in the item."""
        named = {fold(place.name) for place in find_places(reference.issuer or "")}
        return bool(named & self.places) if named else any(place in fold(words) for place in self.places)

    @staticmethod
    def _is_issuer(reference: Reference, code: str, name: str, codes: frozenset[str]) -> bool:
        if reference.issuer is not None and fold_issuer(name) in fold_issuer(reference.issuer):
            return True
        shared = name in ("bo chinh tri", "ban bi thu", "ban chap hanh trung uong")  # all of them "TW"
        return code in codes and not (shared and reference.issuer is not None)


def read_narrowing(topic: Sequence[str], *, own_province: str | None) -> Narrowing:
    """What the folded words of a question (or of the part that narrows it), in order, ask for."""
    said = " ".join(topic)
    asked, by = _ASKED.search(said), _BY.search(said)
    tail = by["issuer"] if by else said[asked.end() :] if asked else ""
    if not asked and not by and not read_fact_kinds(said):
        tail = said  # "nghị quyết của Bộ Chính trị": the narrowing words alone
        asked = re.match(rf"(?P<types>(?:{_TYPE})(?: (?:va|hoac) (?:{_TYPE}))*)(?!\w)", said)
    named = re.findall(rf"(?<!\w)(?:{_TYPE})(?!\w)", asked["types"]) if asked else []
    places = {fold(place.name) for place in find_places_folded(tail)} if tail else set()
    return Narrowing(
        types=frozenset(_CODES[name] for name in named if name in _CODES)
        if not {"van ban", "vb"} & set(named)
        else frozenset(),
        issuers=tuple((fold(i.name), frozenset(map(fold, i.codes))) for i in find_asked_issuers(tail)),
        places=frozenset(places - {fold(own_province or "")}),
        words=frozenset(tail.split()),
    )
