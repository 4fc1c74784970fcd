"""The guarded network: which addresses may be connected to, and for how long.

The guard stands where the connection is made. It resolves the host itself, checks every address that came,
and connects to one that it checked, so that neither a redirect nor a name that resolves differently the
second time (DNS rebinding) passes by it. TLS still names, and checks, the host.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from ssl import SSLContext
from typing import Any

import httpcore2

from ingest.errors import TransientFetch, UnsafeAddress
from ingest.web.addresses import read_ipv4

Resolve = Callable[[str, int], list[str]]

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address stands in its last 32 bits
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that IANA hands out; ::/96, fc00::/7, fe80::/10 are outside
# Special blocks that `ipaddress` of Python 3.11 takes for global.
_SPECIAL = tuple(
    ip_network(block)
    for block in (
        "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
        "168.63.129.16/32",  # the host of a machine in Azure
        "2001::/32",  # Teredo, an IPv4 address inside
        "2002::/16",  # 6to4, an IPv4 address inside
        "3fff::/20",  # documentation (RFC 9637)
    )
)


def is_public(address: str) -> bool:
    """Whether an IP address is that of a public server: globally routable, of one host, nothing private inside.

    False for what is no IP address. The blocks are those of the IANA special-purpose registries (RFC 6890).
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inside = ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if inside is not None:
            return is_public(str(inside))
        if ip not in _GLOBAL_UNICAST or ip.scope_id is not None:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in block for block in _SPECIAL)


def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system resolves it. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class GuardedBackend(httpcore2.NetworkBackend):
    """The network of one request: checked addresses only, and nothing after its deadline."""

    def __init__(self, *, seconds: float, private: bool = False, resolve: Resolve = resolve_host) -> None:
        self._deadline = time.monotonic() + seconds
        self._private = private
        self._resolve = resolve
        self._network = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """A stream to the first checked address that answers. Raises UnsafeAddress, TransientFetch, ConnectError."""
        failed: Exception = httpcore2.ConnectError("no address")
        for address in self._checked_addresses(host, port):
            try:
                stream = self._network.connect_tcp(
                    address, port, remaining(self._deadline, timeout), local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed

    def _checked_addresses(self, host: str, port: int) -> list[str]:
        addresses = _read_literal(host) or self._look_up(host, port)
        unsafe = [address for address in addresses if not is_public(address)]
        if unsafe and not self._private:
            raise UnsafeAddress(
                f"Máy chủ {host!r} nằm ở địa chỉ nội bộ hoặc đặc biệt ({', '.join(unsafe)}) nên không truy cập. "
                "Nếu đây đúng là máy chủ trong mạng của bạn, hãy đặt private = true cho nguồn này trong sources.toml."
            )
        return addresses

    def _look_up(self, host: str, port: int) -> list[str]:
        try:
            return self._resolve(host, port)
        except OSError as error:  # UnicodeError: a name that no DNS can hold was refused before
            raise TransientFetch(
                f"Không phân giải được tên máy chủ {host!r} ({error}). "
                "Hãy kiểm tra kết nối mạng và tên miền; lần thu thập sau sẽ thử lại."
            ) from error


class _TimedStream(httpcore2.NetworkStream):
    """A stream on which no read or write outlives the deadline, however slowly the bytes drip."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, remaining(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, remaining(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        try:
            left = remaining(self._deadline, timeout)
        except httpcore2.ReadTimeout:
            self.close()  # nobody else holds the stream yet
            raise
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def remaining(deadline: float, timeout: float | None = None) -> float:
    """Seconds that one operation may take: `timeout`, at most what is left. Raises httpcore2.ReadTimeout."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("deadline of the request")
    return left if timeout is None else min(timeout, left)


def _read_literal(host: str) -> list[str]:
    """The address that the host is, where it is one, in any of the forms that a resolver would take."""
    try:
        return [str(ip_address(host.strip("[]")))]
    except ValueError:
        ipv4 = read_ipv4(host)
        return [ipv4] if ipv4 else []
