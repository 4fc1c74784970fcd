"""The documents of a store, each read once while one question is answered."""

from __future__ import annotations

from corpus.models import Document
from corpus.store import Store


class Pages:
    """Documents by id, kept as long as this lives; `text` alone is read where the whole is not needed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._documents: dict[str, Document] = {}
        self._texts: dict[str, str] = {}

    def document(self, document_id: str) -> Document:
        """The whole document. Raises UnknownDocument."""
        if document_id not in self._documents:
            self._documents[document_id] = self.store.document(document_id)
        return self._documents[document_id]

    def text(self, document_id: str) -> str:
        """Its text. Raises UnknownDocument."""
        if document_id not in self._texts:
            self._texts[document_id] = self.store.text(document_id)
        return self._texts[document_id]
