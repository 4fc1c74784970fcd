"""Errors of the reading room.

IngestError
├── SourceError        a path that cannot be listed or read
├── RawStoreError      the store of raw pages cannot be read or written
│   ├── RawMissing
│   └── RawDamaged
└── UnreadablePage     a page whose bytes hold no text we can read
    ├── EmptyPage
    ├── BinaryPage
    ├── PageTooLarge
    ├── LegacyEncoding
    ├── MalformedRow
    ├── DamagedFile    a PDF, Word file or archive that cannot be opened
    ├── EncryptedFile  it wants a password
    ├── UnsafeFile     it would take too much to read (zip bomb, too many pages, too deep)
    ├── ToolMissing    a program that the reading needs (tesseract, catdoc, soffice) is not installed
    └── SecretDocument a secrecy mark at its head: not stored, not indexed
"""

from __future__ import annotations


class IngestError(Exception):
    """Something about a source or a page; the message is Vietnamese and names the input and the remedy."""


class SourceError(IngestError):
    """A path that does not exist, vanished, or may not be read."""


class RawStoreError(IngestError):
    """The store of raw pages cannot be read or written."""


class RawMissing(RawStoreError):
    """The store holds no page under this sha256."""


class RawDamaged(RawStoreError):
    """The kept bytes no longer are those of their sha256."""


class UnreadablePage(IngestError):
    """A page was there, but no trustworthy text could be read from it."""


class EmptyPage(UnreadablePage):
    """The page has no text at all."""


class BinaryPage(UnreadablePage):
    """The bytes are not text, whatever the name says."""


class PageTooLarge(UnreadablePage):
    """The page is larger than the limit."""


class LegacyEncoding(UnreadablePage):
    """The text is written in a pre-Unicode Vietnamese font encoding (TCVN3/ABC, VNI)."""


class MalformedRow(UnreadablePage):
    """A line of a .jsonl file is not one document."""


class DamagedFile(UnreadablePage):
    """The file is truncated or is not what its first bytes say."""


class EncryptedFile(UnreadablePage):
    """The file is protected by a password."""


class UnsafeFile(UnreadablePage):
    """Reading the file would take more time or memory than any real document does."""


class ToolMissing(UnreadablePage):
    """A program that reading this kind of file needs is not installed."""


class SecretDocument(UnreadablePage):
    """The document carries a secrecy mark; nothing of it is kept."""
