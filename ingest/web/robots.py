"""robots.txt: what a host allows us (RFC 9309), read by protego."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import urljoin

from protego import Protego

from ingest.errors import BadCertificate, FetchError, RobotsUnreachable, TransientFetch, UnsafeAddress
from ingest.web.addresses import host_key
from ingest.web.challenges import find_challenge, look_at
from ingest.web.policy import Policy
from ingest.web.response import read_retry_after
from ingest.web.wire import Answer

PRODUCT_TOKEN = "cancu"  # what robots.txt calls us
ROBOTS_BYTES = 500 * 1024  # read of a robots.txt (RFC 9309, 2.5)
MOST_DELAY = 60.0  # seconds; a host that asks for longer pauses is taken not to want us
_HOLDS = timedelta(hours=24)  # how long a copy is used (RFC 9309, 2.4)

Ask = Callable[[str, Policy], Answer]


class RobotsCache(Protocol):
    """Where texts of robots.txt outlive a run. Everything allowed is the empty text."""

    def load(self, host_key: str) -> tuple[str, str] | None:
        """The text and when it was fetched (ISO 8601, UTC), or None."""

    def save(self, host_key: str, text: str, fetched_at: str) -> None:
        """Keep the text of this host in place of an older one."""


class MemoryCache:
    """A RobotsCache that ends with the process."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, str]] = {}

    def load(self, host_key: str) -> tuple[str, str] | None:
        return self._kept.get(host_key)

    def save(self, host_key: str, text: str, fetched_at: str) -> None:
        self._kept[host_key] = (text, fetched_at)


def _now() -> datetime:
    return datetime.now(UTC)


class RobotsBook:
    """The rules of the hosts, each asked for once a day. `ask` fetches an address, redirects followed.

    Every method raises RobotsUnreachable where the rules cannot be read (then nothing may be fetched from the
    host), UnsafeAddress or BadCertificate.
    """

    def __init__(
        self,
        ask: Ask,
        cache: RobotsCache | None = None,
        *,
        ask_again: float = 300.0,
        now: Callable[[], datetime] = _now,
    ) -> None:
        """`ask_again`: seconds until an unreachable robots.txt is asked for again, where its site does not say."""
        self._ask = ask
        self._cache = cache or MemoryCache()
        self._ask_again = ask_again
        self._now = now
        self._read: dict[str, tuple[Protego, datetime]] = {}
        self._unreachable: dict[str, tuple[str, datetime]] = {}  # the message, until when it holds

    def may_fetch(self, url: str, policy: Policy) -> bool:
        """Whether the rules of its host allow us this address."""
        return self._rules(url, policy).can_fetch(url, PRODUCT_TOKEN)

    def crawl_delay(self, url: str, policy: Policy) -> float | None:
        """Seconds between two requests that the host asks us for (Crawl-delay, Request-rate), else None."""
        rules = self._rules(url, policy)
        rate = rules.request_rate(PRODUCT_TOKEN)
        asked = [rules.crawl_delay(PRODUCT_TOKEN), rate and rate.seconds / rate.requests]
        return max((delay for delay in asked if delay is not None), default=None)

    def sitemaps(self, url: str, policy: Policy) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of the host of `url` names, as it writes them."""
        return tuple(self._rules(url, policy).sitemaps)

    def _rules(self, url: str, policy: Policy) -> Protego:
        key, now = host_key(url), self._now()
        rules, fetched = self._read.get(key) or self._load(key) or (None, now)
        if rules is not None and now - fetched < _HOLDS:
            return rules
        message, until = self._unreachable.get(key, ("", now))
        if now < until:
            raise RobotsUnreachable(message, retry_after=(until - now).total_seconds())
        text = self._fetch(url, key, policy)
        self._cache.save(key, text, now.isoformat(timespec="seconds"))
        self._read[key] = (Protego.parse(text), now)
        return self._read[key][0]

    def _load(self, key: str) -> tuple[Protego, datetime] | None:
        kept = self._cache.load(key)
        return None if kept is None else (Protego.parse(kept[0]), datetime.fromisoformat(kept[1]))

    def _fetch(self, url: str, key: str, policy: Policy) -> str:
        """The text of the host's robots.txt, empty where it has none. Raises RobotsUnreachable."""
        address = urljoin(url, "/robots.txt")
        try:
            return self._read_answer(self._ask(address, policy))
        except (UnsafeAddress, BadCertificate):
            raise  # so it is for every page of the host
        except FetchError as error:
            wait = getattr(error, "retry_after", None) or self._ask_again
            message = f"Chưa đọc được {address} nên chưa tải trang nào của máy chủ này; sẽ thử lại sau. Lý do: {error}"
            self._unreachable[key] = (message, self._now() + timedelta(seconds=wait))
            raise RobotsUnreachable(message, status=error.status, retry_after=wait) from error

    def _read_answer(self, answer: Answer) -> str:
        """RFC 9309, 2.3.1: found: its text; 4xx, or redirects without end: no rules; otherwise unreachable."""
        if challenge := find_challenge(answer.headers, look_at(answer.headers, answer.content)):
            raise TransientFetch(f"thay cho robots.txt là {challenge}.", status=answer.status)
        if 200 <= answer.status < 300:
            return _decode(answer.content)
        if 300 <= answer.status < 500 and answer.status != 429:
            return ""
        wait = read_retry_after(answer.headers, self._now())
        raise TransientFetch(f"máy chủ trả lời {answer.status}.", status=answer.status, retry_after=wait)


def _decode(content: bytes) -> str:
    """The rules as text; where the file was cut at the limit, without the line that the cut went through."""
    if len(content) >= ROBOTS_BYTES:
        content = content[: content.rfind(b"\n") + 1]
    return content.decode("utf-8-sig", "replace")
