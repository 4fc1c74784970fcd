"""Errors of the search room.

IndexRoomError
├── ModelUnavailable    no encoder can be had: weights missing, damaged or not downloadable
├── IndexUnusable       the index cannot serve; each has the command that mends it
│   ├── MissingIndex
│   ├── StaleIndex
│   ├── ForeignIndex
│   ├── IndexCorrupt
│   └── IndexLocked
├── InvalidFilter       a filter's value that no document can have
├── TextTooLong         a text is too long to be checked at once
├── InvalidComparison   a comparison without a theme, or of what is no province
├── CardRefused         a span that no quote card can be made of
├── QuotationMismatch   a quotation that is not the text of its document was stopped
├── LanguageModelFailed no usable words came from the language model; the answer does without them
└── EvaluationError     a set or question file cannot be evaluated
"""

from __future__ import annotations


class IndexRoomError(Exception):
    """Something about encoding, indexing or answering; the message is Vietnamese and names the remedy."""


class ModelUnavailable(IndexRoomError):
    """The encoder's weights are missing, are not the expected ones, or cannot be loaded."""


class IndexUnusable(IndexRoomError):
    """The index cannot serve queries as it is."""


class MissingIndex(IndexUnusable):
    """No index was built yet, or a first build was killed."""


class StaleIndex(IndexUnusable):
    """The store changed after the index was brought up to date."""


class ForeignIndex(IndexUnusable):
    """The index was built from another store, by another encoder or another version."""


class IndexCorrupt(IndexUnusable):
    """A file of the index is damaged or missing."""


class IndexLocked(IndexUnusable):
    """Another process is writing the index."""


class InvalidFilter(IndexRoomError):
    """A value that nothing can be filtered by; the message lists those that can."""


class TextTooLong(IndexRoomError):
    """A text that is to be checked has more characters than one check takes."""


class InvalidComparison(IndexRoomError):
    """Nothing can be compared: no theme, no province, or a name that is none."""


class CardRefused(IndexRoomError):
    """A span cannot be quoted as it is: empty, too long, outside of the passages, or cutting a word."""


class QuotationMismatch(IndexRoomError):
    """A quotation differs from the stored text of its document."""


class LanguageModelFailed(IndexRoomError):
    """The endpoint of the language model is out of reach, too slow, or answers something else."""


class EvaluationError(IndexRoomError):
    """The files of an evaluation set are missing or malformed."""
