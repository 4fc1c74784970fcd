"""From the text of a page to a document: facts, references, reports and passages, each with its offsets."""

from __future__ import annotations

import hashlib

from corpus.metadata import read_facts
from corpus.models import Document, DocumentKind, Report
from corpus.passages import split_passages
from corpus.references import find_references
from corpus.reports import find_reports
from corpus.symbols import find_symbols, symbol_key
from corpus.titles import find_title
from ingest.models import PageText, RawPage


def document_id(uri: str) -> str:
    """A short stable id for the page at an address (the same page, changed, keeps its id)."""
    return "d" + hashlib.sha256(uri.encode()).hexdigest()[:15]


def build_document(page: RawPage, read: PageText) -> Document:
    """The document that a page holds. `text` and its offsets are those of `read`."""
    identity = document_id(page.uri)
    mentions = find_symbols(read.text)
    references = find_references(read.text, mentions)
    facts = read_facts(read, references)
    if facts.symbol is not None:  # once more, now that its own number is known
        references = find_references(read.text, mentions, own=facts.symbol.value)
    title = find_title(read, facts) or page.name
    return Document(
        id=identity,
        uri=page.uri,
        source_id=read.source_id,
        url=read.url,
        sha256=page.sha256,
        title=title,
        title_in_text=read.title_in_text,
        author=read.author,
        publisher=read.publisher,
        text=read.text,
        raw_text=read.raw_text,
        blocks=read.blocks,
        cuts=read.cuts,
        facts=facts,
        references=references,
        # An official document speaks for itself: only a page that reports restates another's words.
        reported=() if facts.kind is DocumentKind.OFFICIAL else _read_reports(read, title),
        passages=split_passages(identity, read.text, read.blocks),
        published_at=read.published_at,
        sheets=read.sheets,
        doubts=read.doubts,
        encoding=read.encoding,
        notes=read.notes,
    )


def _read_reports(read: PageText, title: str) -> tuple[Report, ...]:
    """The parts that restate a document; the whole page where its title is about one document alone."""
    named = {symbol_key(m.canonical): m.canonical for m in find_symbols(title) if not m.short}
    if len(named) == 1:
        return (Report(symbol=next(iter(named.values())), start=0, end=len(read.text)),)
    return find_reports(read.text)
