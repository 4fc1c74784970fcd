"""What came from the Web for one address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from w3lib.encoding import http_content_type_encoding


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The answer to one request, content decoded (gzip, br), redirects followed."""

    url: str  # as asked
    final_url: str  # that answered
    status: int  # 200, or 304 where the validators that were sent still hold
    headers: Mapping[str, str]  # names in small letters
    content: bytes  # empty for 304
    fetched_at: str  # ISO 8601, UTC
    redirects: tuple[str, ...] = ()  # the addresses between url and final_url

    @property
    def media_type(self) -> str:
        """The media type that the answer declares, in small letters; "" where it declares none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def not_modified(self) -> bool:
        return self.status == 304


def declared_charset(headers: Mapping[str, str]) -> str | None:
    """The charset that Content-Type declares, by the name of Python's codec ("cp1252" for ISO-8859-1, as
    browsers read it); None where it declares none, or one that does not exist.
    """
    return http_content_type_encoding(headers.get("content-type"))


_DAY = 86400.0


def read_retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds from now that Retry-After asks to wait (a number, or a date: RFC 9110, 10.2.3), at most a day;
    None where it asks for nothing that can be read.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), _DAY)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), _DAY)
