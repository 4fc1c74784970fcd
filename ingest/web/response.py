"""What came from the Web for one address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
    def not_modified(self) -> bool:
        return self.status == 304
