"""Errors of the reading room.

IngestError
├── SourceError        a path that cannot be listed or read
├── SourcesError       the file of sources says what cannot be
├── UnreadableList     a feed, sitemap or listing page without the structure that its source promises
├── FetchError         a page of the Web that was not got
│   ├── TransientFetch       may go well later: time-out, reset, 429, 5xx
│   │   └── RobotsUnreachable   robots.txt cannot be read: wait, do not go
│   ├── PermanentFetch       will not go well again as it was asked: 4xx, too large, endless redirect
│   │   ├── PageGone            404, 410, or a page that says so with another status
│   │   ├── OffLimits           it leads off the allowed hosts
│   │   ├── UnsafeAddress       it leads to a private or loopback address
│   │   └── BadCertificate      the TLS certificate of its host does not check
│   ├── BlockedFetch         a captcha or bot challenge stands in the place of the page
│   └── DisallowedFetch      robots.txt does not allow it
├── ScheduleError      a time or command that no clock of a system takes
├── FrontierError      the record of a crawl cannot be read or written
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
    ├── ReaderFault    our own reader failed on it
    └── SecretDocument a secrecy mark at its head: not stored, not indexed
"""

from __future__ import annotations


class IngestError(Exception):
    """Something about a source or a page; the message is Vietnamese and names the input and the remedy."""


class SourceError(IngestError):
    """A path that does not exist, vanished, or may not be read."""


class SourcesError(IngestError):
    """The file of sources is malformed, or names something that is not there."""


class ScheduleError(IngestError):
    """A time, an interval or a command that cannot be scheduled."""


class UnreadableList(IngestError):
    """What was fetched as a feed, a sitemap or a listing page is none."""


class FetchError(IngestError):
    """A page of the Web was not got; `status` is that of the answer, where there was one."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class TransientFetch(FetchError):
    """It may go well later; `retry_after` is how many seconds the site asked to wait, where it did."""

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, status=status)
        self.retry_after = retry_after


class RobotsUnreachable(TransientFetch):
    """robots.txt could not be read, so nothing may be fetched from its host for now (RFC 9309, 2.3.1.4)."""


class PermanentFetch(FetchError):
    """Asking again would bring the same."""


class PageGone(PermanentFetch):
    """The page is not there: 404, 410, or a page that says so with another status."""


class OffLimits(PermanentFetch):
    """The address, or one it redirects to, is on a host that the source does not allow."""


class UnsafeAddress(PermanentFetch):
    """The host resolves to a private, loopback or otherwise special address, and the source does not say so."""


class BadCertificate(PermanentFetch):
    """The TLS certificate of the host does not check: its chain, its name or its day."""


class BlockedFetch(FetchError):
    """A captcha, a bot challenge or a refusal of robots came instead of the page."""


class DisallowedFetch(FetchError):
    """robots.txt of the host does not allow this address to us."""


class FrontierError(IngestError):
    """The record of a crawl cannot be read or written."""


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


class ReaderFault(UnreadablePage):
    """The reader failed where it should have read or refused: a mistake of ours, kept to one page."""


class SecretDocument(UnreadablePage):
    """The document carries a secrecy mark; nothing of it is kept."""
