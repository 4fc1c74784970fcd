"""All facts and references of a store as rows, each with the words that show it and the version of the collection."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType

from corpus.describe import evidence_of
from corpus.errors import StoreReadOnly
from corpus.labels import FACTS
from corpus.models import Document, Fact
from corpus.spreadsheet import write_rows
from corpus.store import Store
from index.exports.sources import describe_collection

Value = str | int | None
_DOCUMENT = ("document_id", "document_symbol", "document_title", "document_url")
_SPAN = ("start", "end", "quotation", "text_version", "collection")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the whole store; None is "not stated"."""

    header: tuple[str, ...]
    rows: Iterable[tuple[Value, ...]]  # read from the store as they are asked for


def list_facts(store: Store) -> Table:
    """A row of each fact of each document; without span and quotation where its markup or a person gave it."""
    header = (*_DOCUMENT, "fact", "label", "value", "corrected_by", "reason", *_SPAN)
    return Table(header=header, rows=_rows(store, _facts_of))


def list_references(store: Store) -> Table:
    """A row of each mention of a document in each document."""
    header = (*_DOCUMENT, "symbol", "relation", "date", "issuer", "provision", "subject", *_SPAN)
    return Table(header=header, rows=_rows(store, _references_of))


TABLES: Mapping[str, Callable[[Store], Table]] = MappingProxyType(
    {"facts": list_facts, "references": list_references}
)


def write_csv(table: Table, path: Path) -> None:
    """Write a table as CSV that Excel opens; what is not stated is an empty cell. Raises StoreReadOnly."""
    rows = (["" if value is None else str(value) for value in row] for row in table.rows)
    write_rows(table.header, rows, path)


def write_jsonl(table: Table, path: Path) -> None:
    """Write a table as one JSON object a line, UTF-8. Raises StoreReadOnly."""
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for row in table.rows:
                one = dict(zip(table.header, row, strict=True))
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
    except OSError as error:
        raise StoreReadOnly(
            f"Không ghi được {path} ({error.strerror}). Hãy chọn nơi khác cho --jsonl hoặc cấp quyền ghi."
        ) from error


def _rows(
    store: Store, read: Callable[[Document], Iterator[tuple[Sequence[Value], Sequence[Value]]]]
) -> Iterator[tuple[Value, ...]]:
    collection = str(describe_collection(store))
    for document_id in store.document_ids():
        document, tag = store.document(document_id), store.tag(document_id)
        symbol = document.facts.symbol.value if document.facts.symbol else None
        source = (document.id, symbol, " ".join(document.title.split()), document.url)
        for told, span in read(document):
            yield (*source, *told, *span, tag, collection)


def _facts_of(document: Document) -> Iterator[tuple[Sequence[Value], Sequence[Value]]]:
    yield ("kind", "Loại trang", document.facts.kind.value, None, None), (None, None, None)
    for field in fields(document.facts):
        fact = getattr(document.facts, field.name)
        if isinstance(fact, Fact):
            told = (field.name, FACTS[field.name], fact.value, fact.corrected_by, fact.reason)
            yield told, (fact.start, fact.end, evidence_of(document, fact))


def _references_of(document: Document) -> Iterator[tuple[Sequence[Value], Sequence[Value]]]:
    for one in document.references:
        relation = one.relation.value if one.relation else None
        told = (one.symbol, relation, one.date, one.issuer, one.provision, one.subject)
        yield told, (one.start, one.end, document.quote(one.start, one.end))
