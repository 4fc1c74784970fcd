"""How large a page may be before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one page, in bytes. A page within them is read in linear time."""

    max_page_bytes: int = 64 * 1024 * 1024
    # A parsed HTML tree takes some thirty times the bytes of the page, so markup has a bound of its own.
    max_html_bytes: int = 64 * 1024 * 1024

    def of(self, media_type: str) -> int:
        """The bound for pages of a media type."""
        return self.max_html_bytes if media_type == "text/html" else self.max_page_bytes


DEFAULT_LIMITS = Limits()
