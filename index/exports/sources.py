"""What is known of the source of a quotation when it leaves the system, and how it is told in one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from corpus.labels import tell_fetch, vietnamese_date
from corpus.models import DocumentKind
from corpus.store import Store
from corpus.text import fold_spaces
from index.citations import verify
from index.models import Citation
from index.wording import vietnamese_time
from ingest.published import VIETNAM

_SHORT_ID = 8  # characters of a store's id: enough to tell collections apart by eye


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionVersion:
    """Which state of which collection a quotation was taken from."""

    store: str  # the first characters of the store's id
    label: str | None  # the collection's name
    revision: int  # of the texts
    edition: int  # of the facts
    updated_at: str | None  # ISO 8601, UTC

    @property
    def name(self) -> str:
        """ "kho Căn Cứ “Xã Bình Minh” 8921e301, bản 22.0" """
        label = f"“{fold_spaces(self.label)}” " if self.label else ""
        return f"kho Căn Cứ {label}{self.store}, bản {self.revision}.{self.edition}"

    def __str__(self) -> str:
        when = self.updated_at and vietnamese_time(self.updated_at)
        return f"{self.name}, cập nhật đến {when} (giờ Việt Nam)" if when else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """A checked citation with what a bibliography needs beside it."""

    citation: Citation
    kind: DocumentKind
    type: str | None  # "Nghị quyết"; None for a page that is not cited as a document
    published_on: date | None  # of a page that is not cited as a document
    issued_on: date | None  # of a document
    read_on: date  # in Việt Nam: when the quoted text came from `url`, else when it was read into the store
    gone_on: date | None  # in Việt Nam: when the source was found to have taken the page down
    text_version: str  # the tag of the text that `citation.start` and `end` count in
    collection: CollectionVersion

    @property
    def is_document(self) -> bool:
        """Whether it is cited as a document; a page that reports, or bears no number, never is."""
        return self.citation.symbol is not None

    @property
    def title(self) -> str:
        return fold_spaces(self.citation.title)

    @property
    def dated(self) -> date | None:
        return self.issued_on if self.is_document else self.published_on


def describe_collection(store: Store) -> CollectionVersion:
    """The state of the collection as it is now."""
    state = store.state()
    return CollectionVersion(
        store=state.store_id[:_SHORT_ID],
        label=store.label(),
        revision=state.revision,
        edition=state.edition,
        updated_at=state.updated_at,
    )


def describe_source(store: Store, citation: Citation, collection: CollectionVersion) -> CitedSource:
    """The source of a citation, which passes the gate of `index.citations` once more.

    Raises QuotationMismatch where the stored text has changed under the citation, UnknownDocument where the
    document has left the store.
    """
    document = store.document(citation.document_id)
    verify(citation, document)
    facts = document.facts
    is_document = citation.symbol is not None
    return CitedSource(
        citation=citation,
        kind=facts.kind,
        type=facts.type.value if facts.type and is_document else None,
        published_on=None if is_document else whole_day(document.published_at),
        issued_on=whole_day(citation.issued_on),
        read_on=vietnamese_day(citation.fetched_at or store.read_at(document.id)),
        gone_on=vietnamese_day(citation.gone_at) if citation.gone_at else None,
        text_version=store.tag(document.id),
        collection=collection,
    )


def tell_source(source: CitedSource) -> str:
    """One Vietnamese line: what is cited as what it is, where in it, its address, when read, from which store.

    A page that reports is "Theo bài … trên …", never the document that it speaks of.
    """
    citation = source.citation
    name = _name_document(source) if source.is_document else _name_page(source)
    seen = tell_fetch(citation.fetched_at, citation.gone_at)
    read = seen or f"đọc vào kho ngày {source.read_on:%d/%m/%Y}"
    parts = [f"{name}, {citation.place}", citation.url, read, str(source.collection)]
    return "; ".join(part for part in parts if part) + "."


def _name_document(source: CitedSource) -> str:
    citation = source.citation
    name = f"{source.type or 'Văn bản'} số {citation.symbol}"
    if issued := vietnamese_date(citation.issued_on):
        name += f" ngày {issued}"
    if citation.issuer:
        name += f" của {fold_spaces(citation.issuer)}"
    return f"{name} (“{source.title}”)"


def _name_page(source: CitedSource) -> str:
    citation = source.citation
    name = f"Theo {'bài' if source.kind is DocumentKind.NEWS else 'trang'} “{source.title}”"
    if citation.publisher:
        name += f" trên {fold_spaces(citation.publisher)}"
    if source.published_on:
        name += f", đăng ngày {source.published_on:%d/%m/%Y}"
    if citation.about:
        name += f" (nói về văn bản {', '.join(citation.about)})"
    return name


def vietnamese_day(moment: str) -> date:
    """The day in Việt Nam of a time in ISO 8601."""
    return datetime.fromisoformat(moment).astimezone(VIETNAM).date()


def whole_day(stated: str | None) -> date | None:
    """The day that a source states, in Việt Nam where it states a time; None for what is no whole date."""
    try:
        moment = datetime.fromisoformat(stated) if stated else None
    except ValueError:
        return None
    return moment and (moment.astimezone(VIETNAM) if moment.tzinfo else moment).date()
