"""Citations: a span of a document with what is known of its source, equal to `document.text[start:end]`."""

from __future__ import annotations

from corpus.models import Document, DocumentKind
from corpus.other_texts import find_other_texts
from corpus.store_rows import text_tag
from corpus.symbols import find_symbols, symbol_key
from corpus.text import fold_spaces
from index.errors import QuotationMismatch
from index.models import Citation


def cite(document: Document, start: int, end: int, *, about: tuple[str, ...], location: str) -> Citation:
    """The citation of a span of a document.

    Raises QuotationMismatch where the span is not a non-empty part of the text.
    """
    facts = document.facts
    sheets = [sheet for sheet in document.sheets if sheet.start < end and start < sheet.end]
    provenance = document.provenance
    own = facts.symbol.value if facts.symbol and facts.kind is not DocumentKind.NEWS else None
    beside = any(one.start < end and start < one.end for one in find_other_texts(document.text, own))
    own = None if beside else own
    citation = Citation(
        document_id=document.id,
        symbol=own,
        title=document.title,
        issuer=facts.issuer.value if facts.issuer and own else None,
        issued_on=facts.issued_on.value if facts.issued_on and not beside else None,
        publisher=document.publisher,
        url=document.url,
        location=location,
        start=start,
        end=end,
        quote=document.quote(start, end),
        about=about,
        sheet=sheets[0].number if sheets else None,
        scanned=any(sheet.scanned for sheet in sheets),
        fetched_at=provenance.origin.fetched_at if provenance else None,
        gone_at=provenance.gone_at if provenance else None,
        tag=text_tag(document.text),
    )
    verify(citation, document)
    return citation


def verify(citation: Citation, document: Document) -> None:
    """Nothing where the citation is verbatim; raises QuotationMismatch otherwise."""
    verbatim = document.text[citation.start : citation.end]
    if citation.document_id != document.id or not verbatim or citation.quote != verbatim:
        raise QuotationMismatch(
            f"Trích dẫn không khớp nguyên văn văn bản {document.id} tại {citation.start}–{citation.end}; "
            "câu trả lời đã bị chặn. Hãy báo lỗi kèm kết quả của: cancu doctor"
        )


_TITLE = 110  # characters of a title in a sentence; a page without a headline is called by its first one


def short_title(title: str) -> str:
    """A title as a sentence names it: without quotation marks around it, cut at a word where it is long."""
    words = fold_spaces(title).strip("“”\"' ")
    return words if len(words) <= _TITLE else f"{words[:_TITLE].rpartition(' ')[0].rstrip(' ,;:–-')}…"


def named_in(text: str) -> tuple[str, ...]:
    """The whole document numbers written in a quotation, in order, each once."""
    found: dict[str, str] = {}
    for mention in find_symbols(text):
        if not mention.short:
            found.setdefault(symbol_key(mention.canonical), mention.canonical)
    return tuple(found.values())
