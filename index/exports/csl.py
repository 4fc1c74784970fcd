"""Citations as CSL-JSON (schema csl-data of citationstyles.org): what Zotero, Pandoc and Word add-ins read.

What CSL has no field for (quotation, offsets, collection) stands in `custom`.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from corpus.models import DocumentKind
from corpus.text import fold_spaces
from index.exports import wording
from index.exports.bibtex import name_keys
from index.exports.gathering import Export
from index.exports.sources import CitedSource, tell_source

_REPORTS = ("Báo cáo", "Tờ trình")


def write_csl(export: Export) -> str:
    """A list of items; those of the nearest passages say in `note` and `custom` that they are no answer."""
    sources = [*export.cited, *export.nearest]
    items = [
        _item(key, source, export, nearest=index >= len(export.cited))
        for index, (key, source) in enumerate(zip(name_keys(sources), sources, strict=True))
    ]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(key: str, source: CitedSource, export: Export, *, nearest: bool) -> dict[str, Any]:
    citation = source.citation
    issuer = fold_spaces(citation.issuer) if citation.issuer and source.is_document else None
    publisher = fold_spaces(citation.publisher) if citation.publisher else None
    type_ = _type_of(source)
    news = type_ == "article-newspaper"
    item = {
        "id": key,
        "type": type_,
        "title": source.title,
        "number": citation.symbol,
        "genre": source.type,
        "author": [{"literal": issuer}] if issuer else None,
        "authority": issuer if type_ == "legislation" else None,
        "container-title": publisher if news else None,
        "publisher": None if news else publisher,
        "issued": _date(source.dated),
        "section": citation.location,
        "page": str(citation.sheet) if citation.sheet is not None else None,
        "URL": citation.url,
        "accessed": _date(source.read_on),
        "archive": str(source.collection),
        "language": "vi-VN",
        "note": f"{wording.NEAREST}. {tell_source(source)}" if nearest else tell_source(source),
        "custom": _custom(source, export, nearest=nearest),
    }
    return {name: value for name, value in item.items() if value is not None}


def _custom(source: CitedSource, export: Export, *, nearest: bool) -> dict[str, Any]:
    citation, collection = source.citation, source.collection
    return {
        "quote": citation.quote,
        "role": "nearest" if nearest else "evidence",
        "about": list(citation.about),
        "document_id": citation.document_id,
        "start": citation.start,
        "end": citation.end,
        "text_version": source.text_version,
        "scanned": citation.scanned,
        "fetched_at": citation.fetched_at,
        "gone_at": citation.gone_at,
        "question": export.answer.question,
        "outcome": export.answer.outcome.value,
        "collection": {
            "store": collection.store,
            "label": collection.label,
            "revision": collection.revision,
            "edition": collection.edition,
            "updated_at": collection.updated_at,
        },
    }


def _type_of(source: CitedSource) -> str:
    if not source.is_document:
        return "article-newspaper" if source.kind is DocumentKind.NEWS else "webpage"
    return "report" if source.type in _REPORTS else "legislation"


def _date(day: date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
