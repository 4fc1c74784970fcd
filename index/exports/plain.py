"""An answer as plain text, for a mail or a note."""

from __future__ import annotations

from collections.abc import Iterator

from index.answering import chain_wording
from index.exports import wording
from index.exports.gathering import Export
from index.exports.sources import CitedSource, tell_source


def write_plain(export: Export) -> str:
    """The text; quotations stand in it as they are stored, line breaks and all."""
    return "\n".join(_lines(export)) + "\n"


def _lines(export: Export) -> Iterator[str]:
    answer = export.answer
    yield from (f"{wording.QUESTION} {answer.question}", "", answer.message)
    if answer.scope:
        yield wording.tell_scope(answer)
    yield from answer.coverage
    yield from (notice.text for notice in answer.notices)
    number = 0
    for part, statements in export.by_part:
        if part:
            yield from ("", f"— {part}")
        for statement in statements:
            yield from ("", statement.lead)
            for source in statement.sources:
                number += 1
                yield from _quotation(source, f"[{number}]")
            if statement.note:
                yield statement.note
    if answer.chain or answer.chain_notes:
        yield from ("", chain_wording.TITLE, "")
        yield from chain_wording.describe_links(answer.chain, answer.chain_notes)
    yield from _section(wording.DOCUMENTS, map(wording.tell_document, answer.documents))
    if export.nearest:
        yield from ("", wording.NEAREST)
        for source in export.nearest:
            number += 1
            yield from _quotation(source, f"[{number}]")
    forms = ("\n  ".join(wording.tell_form(form)) for form in export.forms)
    yield from _section(wording.FORMS, forms)
    yield from ("", wording.tell_time(export))


def _quotation(source: CitedSource, mark: str) -> Iterator[str]:
    yield f"“{source.citation.quote}” {mark}"
    yield f"{mark} {tell_source(source)}"


def _section(heading: str, lines: Iterator[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        if index == 0:
            yield from ("", heading)
        yield f"- {line}"
