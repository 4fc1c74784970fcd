"""Persons: by what else a page calls somebody whom a question names, so that words are put into nobody's mouth."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.store import Store
from index.answering.units import Unit
from index.terms import normal_form

_FAMILY_NAMES = frozenset(
    """nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao doan vuong trinh truong dinh lam
    mai to luong cao ta quach thai chu kieu ha tong trieu luu phung dam la tang nghiem khuong au thach lo lu quang
    mac ninh nong tu kim vi y rah k diep chau ton giang bach ly cu tieu uong""".split()
)
_OFFICE = re.compile(
    r".* ((?:quyen |pho )?(?:tong bi thu|bi thu|chu tich|chu nhiem|bo truong|thu truong|thu tuong|giam doc|truong ban"
    r"|truong doan|vien truong|chanh an|chanh van phong|chanh thanh tra|cuc truong|vu truong|tong cuc truong|hieu truong"
    r"|truong phong|tong kiem toan|tu lenh|chinh uy|thong doc)(?: \w+){0,9}?) (?:(?:ong|ba|dong chi) )?\Z"
)
_POLITE = ("ong", "ba", "anh", "chi", "em", "co", "chu", "bac", "dong chi", "thay")
_BEFORE = 120  # characters before a name in which an office stands
_NAMED = 3  # words of an office that is one body's own


def is_person(name: str) -> bool:
    """Whether a name (in `normal_form`) opens with a family name, so that it may be somebody's."""
    words = name.split()
    return len(words) >= 2 and words[0] in _FAMILY_NAMES


def short_forms(name: str) -> tuple[str, ...]:
    """How a page goes on to call a person whom it has named in full: "anh Kiệt"."""
    return tuple(f" {polite} {name.split()[-1]} " for polite in _POLITE)


def paragraph_of(unit: Unit) -> str:
    """The paragraph of its passage that a unit stands in, with the one above where that opens it ("… nói:")."""
    text, shift = unit.hit.passage.text, unit.hit.passage.start
    start = text.rfind("\n", 0, unit.start - shift) + 1
    above = text[:start].rstrip("\n")
    if above.endswith(":"):
        start = above.rfind("\n") + 1
    end = text.find("\n", unit.end - shift)
    return text[start : end if end >= 0 else len(text)]


def spelled_document(store: Store, document_id: str) -> str:
    """The whole text of a document in `normal_form`; all units of a question ask for the same few."""
    return _spell(store, document_id, store.counters())


@lru_cache(maxsize=64)
def _spell(store: Store, document_id: str, counters: tuple[int, int]) -> str:
    return normal_form(store.text(document_id))


def find_titles(store: Store, unit: Unit, name: str) -> tuple[str, ...]:
    """By what the unit's page calls a person beside the whole name, in `normal_form`: the office written before it.

    A page introduces "Chủ nhiệm Ủy ban Kinh tế và Tài chính Phan Văn Mãi" once and goes on with the office.
    """
    text = spelled_document(store, unit.profile.id)
    found = (
        _OFFICE.match(text[max(0, at.start() - _BEFORE) : at.start() + 1])
        for at in re.finditer(re.escape(name), text)
    )
    offices = {f" {office[1]} " for office in found if office and len(office[1].split()) >= _NAMED}
    return tuple(sorted(offices, key=len, reverse=True))
