"""From the text of a page to a document: facts, references, reports and passages, each with its offsets."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from corpus.metadata import read_facts
from corpus.models import Document, DocumentKind, Facts, Provenance, Reference, Report
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
    """The document that a page holds. `text` and its offsets are those of `read`.

    What a page from the Web does not state itself (publisher, day, title), its source may state.
    """
    identity = document_id(page.uri)
    origin = page.origin
    mentions = find_symbols(read.text)
    anyones = references = find_references(read.text, mentions)
    facts = read_facts(read, anyones)
    if facts.symbol is not None:  # once more, now that its own number is known
        references = find_references(read.text, mentions, own=facts.symbol.value)
    facts = _settle_kind(facts, page)
    title = find_title(read, facts) or (origin and origin.title) or page.name
    return Document(
        id=identity,
        uri=page.uri,
        source_id=read.source_id,
        url=page.uri if origin else read.url,  # where it was fetched, not where it says to be
        sha256=page.sha256,
        title=title,
        title_in_text=read.title_in_text,
        author=read.author,
        publisher=read.publisher or (origin.publisher if origin else None),
        text=read.text,
        raw_text=read.raw_text,
        blocks=read.blocks,
        cuts=read.cuts,
        facts=facts,
        references=references,
        # An official document speaks for itself: only a page that reports restates another's words.
        reported=() if facts.kind is DocumentKind.OFFICIAL else _read_reports(read, title, anyones),
        passages=split_passages(identity, read.text, read.blocks),
        published_at=read.published_at or _listed_day(facts, page),
        sheets=read.sheets,
        doubts=read.doubts,
        encoding=read.encoding,
        notes=read.notes,
        provenance=Provenance(origin=origin, checked_at=origin.fetched_at) if origin else None,
    )


def _settle_kind(facts: Facts, page: RawPage) -> Facts:
    """A page of the press that does not show to be a document reports: who set up its source says so."""
    if facts.kind is DocumentKind.UNKNOWN and page.origin and page.origin.news:
        return replace(facts, kind=DocumentKind.NEWS)
    return facts


def _listed_day(facts: Facts, page: RawPage) -> str | None:
    """When the source's list says that a page was published: of a document, that is the day of the portal."""
    if page.origin is None or facts.kind is DocumentKind.OFFICIAL:
        return None
    return page.origin.published_at


def _read_reports(read: PageText, title: str, references: tuple[Reference, ...]) -> tuple[Report, ...]:
    """The parts that restate a document; the whole page where its title is about one document alone."""
    named = {symbol_key(m.canonical): m.canonical for m in find_symbols(title) if not m.short}
    if len(named) == 1:
        return (Report(symbol=next(iter(named.values())), start=0, end=len(read.text)),)
    return find_reports(read.text, references=references)
