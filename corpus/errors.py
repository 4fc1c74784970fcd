"""Errors of the document room.

CorpusError
├── StoreError         the store cannot be opened or written
│   ├── StoreReadOnly
│   ├── StoreLocked
│   ├── StoreCorrupt
│   └── StoreTooNew
├── UnknownDocument    no such document in the store
├── UnknownVersion     the document never had this text
├── InvalidCorrection  a value that the fact cannot have, or nothing to undo
└── InvalidReport      a report of a wrong answer that says nothing, or none to close
"""

from __future__ import annotations


class CorpusError(Exception):
    """Something about documents or the store; the message is Vietnamese and names the remedy."""


class StoreError(CorpusError):
    """The store cannot be opened, read or written."""


class StoreReadOnly(StoreError):
    """The store's folder or file may not be written."""


class StoreLocked(StoreError):
    """Another process is writing."""


class StoreCorrupt(StoreError):
    """The file is no SQLite database, or a damaged one."""


class StoreTooNew(StoreError):
    """The store was written by a newer version of the product."""


class UnknownDocument(CorpusError):
    """No document answers to the given id, number, path or address."""


class UnknownVersion(CorpusError):
    """The document never had this text, or it was not kept."""


class InvalidCorrection(CorpusError):
    """A correction that cannot hold: unknown fact, impossible value, nobody's name, no reason."""


class InvalidReport(CorpusError):
    """A report of a wrong answer that says nothing or too much, or one that is not open."""
