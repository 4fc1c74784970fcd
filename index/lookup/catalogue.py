"""What a list shows of every document of a store; read anew when the store has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.facets import FacetTable
from corpus.models import DocumentKind, Level
from corpus.store import Store
from index.authority import authority, code_of_name, type_code
from index.document_titles import TitleTable

_LEVELS: dict[str | None, int] = {level.value: place for place, level in enumerate(Level)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One document as a list shows it; None is "not known"."""

    document_id: str
    title: str
    kind: DocumentKind
    symbol: str | None
    type: str | None
    issuer: str | None
    level: str | None
    province: str | None
    date: str | None  # ISO 8601: of issue; of a news page of publication
    publisher: str | None
    url: str | None
    source: str | None  # see `corpus.store_facets.source_of`

    @property
    def authority(self) -> tuple[int, int, float]:
        """Sorts what weighs more first: documents before pages, by level (last: not known), then by type."""
        code = (type_code(self.symbol) if self.symbol else None) or code_of_name(self.type)
        level = _LEVELS.get(self.level, len(_LEVELS))
        return int(self.kind is not DocumentKind.OFFICIAL), level, -authority(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    cards: Mapping[str, Card]
    groups: Mapping[str, str]


class Catalogue:
    """The documents of one store with their facets and titles. May be asked from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.facets = FacetTable(store)
        self.titles = TitleTable(store)
        self._held: tuple[tuple[int, int], _Read] | None = None

    def cards(self) -> Mapping[str, Card]:
        """Document id → its card, oldest first."""
        return self._read().cards

    def group(self, document_ids: Iterable[str]) -> list[tuple[str, ...]]:
        """The documents with the same text together, at the place of the first of them."""
        groups = self._read().groups
        grouped: dict[str, list[str]] = {}
        for document_id in document_ids:
            grouped.setdefault(groups.get(document_id, document_id), []).append(document_id)
        return [tuple(group) for group in grouped.values()]

    def _read(self) -> _Read:
        state, held = self.store.counters(), self._held
        if held is None or held[0] != state:
            read = _Read(cards=dict(self._cards()), groups=self.store.copy_groups())
            held = self._held = (state, read)
        return held[1]

    def _cards(self) -> Iterable[tuple[str, Card]]:
        facets = self.facets.documents()
        for row in self.store.list_documents():
            known = facets.get(row["id"])
            if known is not None:  # None: a writer has just taken it in
                yield (
                    row["id"],
                    Card(
                        document_id=row["id"],
                        title=" ".join(row["title"].split()),
                        kind=known.kind,
                        symbol=row["symbol"],
                        type=known.type,
                        issuer=known.issuer,
                        level=known.level,
                        province=known.province,
                        date=known.date,
                        publisher=row["publisher"],
                        url=row["url"],
                        source=known.source,
                    ),
                )
