"""Everything that an export says, gathered from an answer and the store; the writers only lay it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.store import Store
from index.answering.chain_wording import evidence_of
from index.answering.layout import words_around
from index.exports.citing import form_of_held, form_of_number
from index.exports.drafting import DraftingForm, RefusedForm
from index.exports.sources import CitedSource, CollectionVersion, describe_collection, describe_source
from index.models import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedStatement:
    """A statement: what leads to the quotations, then each quotation with its source."""

    lead: str  # "Theo bài “…” trên …:"; the whole sentence where it does not carry its quotation
    note: str  # what the sentence says behind the quotation: that it was read by OCR
    sources: tuple[CitedSource, ...]
    part: str | None = None  # the part of the question, or the side, that it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An answer as it leaves the system; every quotation has passed the gate again."""

    answer: Answer
    statements: tuple[ExportedStatement, ...]
    nearest: tuple[CitedSource, ...]
    forms: tuple[DraftingForm | RefusedForm, ...]  # how to cite the documents named, in a new document
    collection: CollectionVersion
    chain: tuple[tuple[CitedSource, ...], ...] = ()  # of each link of the chain: its evidence, in its order

    @property
    def by_part(self) -> Iterator[tuple[str | None, tuple[ExportedStatement, ...]]]:
        """The statements under the part that they answer; None: of no part."""
        return ((part, tuple(group)) for part, group in groupby(self.statements, key=lambda said: said.part))

    @property
    def cited(self) -> tuple[CitedSource, ...]:
        """The sources of the statements, in order."""
        return tuple(source for statement in self.statements for source in statement.sources)


def gather_export(store: Store, answer: Answer) -> Export:
    """What is written of an answer. Raises QuotationMismatch or UnknownDocument; see `describe_source`."""
    collection = describe_collection(store)
    statements = []
    for statement in answer.statements:
        sources = tuple(describe_source(store, one, collection) for one in statement.citations)
        lead, note = words_around(statement)
        statements.append(ExportedStatement(lead=lead, note=note, sources=sources, part=statement.part))
    return Export(
        answer=answer,
        statements=tuple(statements),
        nearest=tuple(describe_source(store, near.citation, collection) for near in answer.nearest),
        forms=tuple(_forms(store, answer)),
        collection=collection,
        chain=tuple(
            tuple(describe_source(store, citation, collection) for _, citation in evidence_of(link))
            for link in answer.chain
        ),
    )


def _forms(store: Store, answer: Answer) -> Iterator[DraftingForm | RefusedForm]:
    """Of every quoted document, by its id, then of those that are only named, each number once."""
    told: set[str] = set()
    for statement in answer.statements:
        for citation in statement.citations:
            if citation.symbol and citation.symbol not in told:
                told.add(citation.symbol)
                yield form_of_held(store, citation.document_id)
    for document in answer.documents:
        if document.symbol not in told:
            told.add(document.symbol)
            yield form_of_number(store, document.symbol)
