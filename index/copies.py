"""Hits from several copies of one text, as one: the passage of the page that ranks first stands for all."""

from __future__ import annotations

from corpus.models import Passage
from corpus.store import Store
from index.tokens import syllables

_ALIKE = 0.8  # Jaccard over syllables: the same clause read from two pages, their typing errors included


class CopyFold:
    """What was seen of each text while going down one ranking."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._copies: dict[str, tuple[str, ...]] = {}
        self._seen: dict[str, list[frozenset[str]]] = {}  # document → syllables of its passages so far

    def copies(self, document_id: str) -> tuple[str, ...]:
        """The other documents with the same text."""
        if document_id not in self._copies:
            self._copies[document_id] = self._store.copies(document_id)
        return self._copies[document_id]

    def is_new(self, passage: Passage) -> bool:
        """Whether no copy of its document has brought this passage before."""
        copies = self.copies(passage.document_id)
        if not copies:
            return True
        words = frozenset(syllables(passage.text))
        if any(_alike(words, seen) for copy in copies for seen in self._seen.get(copy, ())):
            return False
        self._seen.setdefault(passage.document_id, []).append(words)
        return True


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * max(1, len(one | other))
