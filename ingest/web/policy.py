"""What one source allows its requests."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.sources import Source
from ingest.web.addresses import host_key, host_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Where the requests of a source may go, and how fast. A host is a name, or "name:port" for one port of it."""

    hosts: frozenset[str]
    delay: float = (
        1.0  # seconds from the end of a request to the start of the next to the same host, at least
    )
    private: frozenset[str] = frozenset()  # those of the hosts that may have private or loopback addresses

    def allows(self, url: str) -> bool:
        return not self.hosts.isdisjoint((host_name(url), host_key(url)))

    def allows_private(self, url: str) -> bool:
        return not self.private.isdisjoint((host_name(url), host_key(url)))


def policy_of(source: Source) -> Policy:
    """The policy of a source: the hosts of its start points and its further ones, all private or none."""
    hosts = frozenset(source.all_hosts())
    return Policy(hosts=hosts, delay=source.delay, private=hosts if source.private else frozenset())
