"""Citations as BibTeX: one entry for each, in UTF-8, with the quotation in `annote`.

Braces count in BibTeX even behind a backslash, so that no value may hold a bare one: every special character
is written as a command with braces of its own (`\\textbraceleft{}`), which can be read back without loss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.models import DocumentKind
from corpus.text import fold, fold_spaces
from index.exports import wording
from index.exports.gathering import Export
from index.exports.sources import CitedSource, tell_source

_COMMANDS = {
    "\\": "\\textbackslash{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "^": "\\textasciicircum{}",
    "~": "\\textasciitilde{}",
    "\n": "\\newline{}",
    **{character: f"\\{character}" for character in "$&%#_"},
}
_SPECIAL = re.compile(r"[\\{}^~$&%#_\x00-\x08\n-\x1f\x7f]")  # a tab is white space
# An address is read verbatim; what would end the value or the address is written as RFC 3986 has it.
_NOT_IN_ADDRESS = re.compile(r"[\\{}\s<>\"^`|\x00-\x1f\x7f]")
_KEY_WORDS = 6  # of a title


def write_bibtex(export: Export) -> str:
    """The entries of the quotations, then those of the nearest passages, named as such."""
    answer = export.answer
    head = [f"{wording.QUESTION} {answer.question}", answer.message, wording.tell_time(export)]
    lines = [f"% {_comment(line)}" for line in head]
    sources = [*export.cited, *export.nearest]
    keys = name_keys(sources)
    for index, (key, source) in enumerate(zip(keys, sources, strict=True)):
        lines += ["", *_entry(key, source, nearest=index >= len(export.cited))]
    return "\n".join(lines) + "\n"


def name_keys(sources: Sequence[CitedSource]) -> list[str]:
    """A key for each source, in ASCII, no two the same: "04-nq-tu-2021-07-15"."""
    taken: set[str] = set()
    keys = []
    for source in sources:
        name = source.citation.symbol or " ".join(source.title.split()[:_KEY_WORDS])
        stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "nguon"
        stem += f"-{source.dated.isoformat()}" if source.dated else ""
        key, number = stem, 1
        while key in taken:
            number += 1
            key = f"{stem}-{number}"
        taken.add(key)
        keys.append(key)
    return keys


def escape(text: str) -> str:
    """The text as a value between braces: balanced, on one line, every character in it readable back."""
    return _SPECIAL.sub(lambda found: _COMMANDS.get(found[0], f"\\symbol{{{ord(found[0])}}}"), text)


def _entry(key: str, source: CitedSource, *, nearest: bool) -> Iterator[str]:
    citation = source.citation
    news = source.kind is DocumentKind.NEWS and citation.publisher is not None
    note = f"{wording.NEAREST}. {tell_source(source)}" if nearest else tell_source(source)
    author = citation.issuer if source.is_document else None
    fields = {
        "author": f"{{{escape(fold_spaces(author))}}}" if author else None,  # a body, not a person
        "title": f"{{{escape(source.title)}}}",
        "number": _escaped(citation.symbol),
        "type": _escaped(source.type),
        "journal" if news else "publisher": _escaped(citation.publisher),
        **_dates(source.dated),
        "url": _NOT_IN_ADDRESS.sub(_percent, citation.url) if citation.url else None,
        "urldate": source.read_on.isoformat() if citation.url else None,
        "language": "vietnamese",
        "note": escape(note),
        "annote": escape(citation.quote),
    }
    yield f"@{'article' if news else 'misc'}{{{key},"
    yield from (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    yield "}"


def _dates(day: date | None) -> dict[str, str]:
    if day is None:
        return {}
    return {"year": f"{day.year}", "month": f"{day.month}", "date": day.isoformat()}


def _escaped(text: str | None) -> str | None:
    return escape(fold_spaces(text)) if text else None


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _comment(text: str) -> str:
    # Between entries everything is a comment but "@", which begins an entry.
    return fold_spaces(text).replace("@", "(a)")
