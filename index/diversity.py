"""A ranking as a list worth reading: each text once, and no document that fills it alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.store import Store, StoredPassage
from index.copies import CopyFold

_EACH = 2  # passages of one document that stand in the list themselves


class Fold(StrEnum):
    """What of a ranking is put together."""

    NOTHING = "nothing"  # measures count pages
    COPIES = "copies"  # a passage that stands in several copies of one text comes once; evidence for answers
    DOCUMENTS = "documents"  # also, third and later passages of a document go below its first


@dataclass(slots=True)
class Group:
    """A passage of the list, with the passages of the same document that are shown below it."""

    passage: StoredPassage
    below: list[StoredPassage] = field(default_factory=list)


class Folding:
    """Puts one ranking together; passages come best first."""

    def __init__(self, store: Store, fold: Fold, *, limit: int) -> None:
        self.groups: list[Group] = []
        self._limit = limit
        self._documents = fold is Fold.DOCUMENTS
        self._copies = CopyFold(store) if fold is not Fold.NOTHING and store.has_copies() else None
        self._of: dict[str, list[Group]] = {}

    @property
    def is_full(self) -> bool:
        return len(self.groups) >= self._limit

    def copies(self, document_id: str) -> tuple[str, ...]:
        """The other documents with the same text, where copies are folded."""
        return self._copies.copies(document_id) if self._copies else ()

    def documents(self) -> Iterator[str]:
        """The document of every passage taken in."""
        for group in self.groups:
            for stored in (group.passage, *group.below):
                yield stored.passage.document_id

    def add(self, passages: Iterable[StoredPassage]) -> None:
        """Take in passages until the list is full; below one passage, too, stand at most `limit`."""
        for stored in passages:
            if self.is_full:
                return
            if self._copies is not None and not self._copies.is_new(stored.passage):
                continue
            document_id = stored.passage.document_id
            same = self._of.setdefault(min((document_id, *self.copies(document_id))), [])
            if not self._documents or len(same) < _EACH:
                same.append(Group(stored))
                self.groups.append(same[-1])
            elif len(same[0].below) < self._limit:
                same[0].below.append(stored)
