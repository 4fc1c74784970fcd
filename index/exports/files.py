"""Answers as files, the format by the ending of the name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from corpus.store import Store
from index.exports.bibtex import write_bibtex
from index.exports.csl import write_csl
from index.exports.gathering import Export, gather_export
from index.exports.plain import write_plain
from index.models import Answer

# A half of a pair, which a question typed at a broken terminal can hold, has no form in UTF-8.
_UNWRITABLE = "replace"


def export_answer(store: Store, answer: Answer, ending: str) -> bytes:
    """The bytes of a file of one of `ENDINGS`.

    Raises QuotationMismatch where a stored text has changed under its quotation, UnknownDocument where one has
    left the store, KeyError for another ending.
    """
    return ENDINGS[ending](gather_export(store, answer))


def _as_bytes(write: Callable[[Export], str]) -> Callable[[Export], bytes]:
    return lambda export: write(export).encode("utf-8", _UNWRITABLE)


def _word(export: Export) -> bytes:
    from index.exports.word import write_word  # python-docx is loaded for Word files only

    return write_word(export)


ENDINGS: Mapping[str, Callable[[Export], bytes]] = MappingProxyType(
    {
        ".txt": _as_bytes(write_plain),
        ".docx": _word,
        ".bib": _as_bytes(write_bibtex),
        ".json": _as_bytes(write_csl),
    }
)
