"""A server on loopback that answers byte by byte as a test says: what it sends need not be HTTP."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from ingest.web.fetch import Fetcher
from ingest.web.network import Resolve
from ingest.web.pace import Pacer
from ingest.web.policy import Policy
from ingest.web.robots import RobotsCache
from ingest.web.wire import Limits, Wire

AGENT = "cancu/0.1 (+https://example.org/lien-he)"
PAGE = "<!doctype html><title>Tin</title><h1>Tin</h1><p>Nội dung của trang.</p>".encode()
# The answer to a path: bytes to send, a list of (seconds to wait, bytes), or a function of the request's headers.
Reply = bytes | list[tuple[float, bytes]]
Script = Callable[[str, dict[str, str]], Reply]


@dataclass
class Site:
    """Where a site is served, and the requests that came, in order: path, headers, when they came and ended."""

    host: str
    port: int
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, without robots.txt."""
        return [path for path, _ in self.requests if path != "/robots.txt"]


def reply(
    body: bytes = PAGE, status: int = 200, headers: dict[str, str] | None = None, length: int | None = None
) -> bytes:
    """A well-formed answer, but for a `length` that lies."""
    lines = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body) if length is None else length}"]
    fields = {"Content-Type": "text/html"} | (headers or {})
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(location: str, status: int = 302) -> bytes:
    return reply(b"", status, {"Location": location})


@contextmanager
def serve(
    answers: dict[str, Reply] | Script, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Site]:
    """Serve until the block ends; a path without an answer, robots.txt too, is 404."""
    listener = socket.create_server((host, 0))
    site = Site(host, listener.getsockname()[1])
    stopped = threading.Event()

    def script(path: str, headers: dict[str, str]) -> Reply:
        return answers(path, headers) if callable(answers) else answers.get(path, reply(b"", 404))

    def run() -> None:
        while not stopped.is_set():
            with suppress(OSError):
                connection, _ = listener.accept()
                threading.Thread(
                    target=_answer, args=(connection, site, script, stopped, tls), daemon=True
                ).start()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        stopped.set()
        with suppress(OSError), socket.create_connection((host, site.port), 1):
            pass  # wakes accept
        thread.join(5)
        listener.close()


def _answer(
    connection: socket.socket,
    site: Site,
    script: Script,
    stopped: threading.Event,
    tls: ssl.SSLContext | None,
) -> None:
    with suppress(OSError), connection:
        connection.settimeout(10)
        if tls is not None:
            connection = tls.wrap_socket(connection, server_side=True)
        head = b""
        while b"\r\n\r\n" not in head:
            received = connection.recv(65536)
            if not received:
                return
            head += received
        first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        path = first.split(" ")[1]
        site.requests.append((path, headers))
        site.arrived.append(time.monotonic())
        answer = script(path, headers)
        for wait, piece in answer if isinstance(answer, list) else [(0.0, answer)]:
            if stopped.wait(wait):
                break
            if piece == RESET:
                _reset(connection)
                return
            connection.sendall(piece)
        site.answered.append(time.monotonic())
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


RESET = b"\0reset"  # in an answer: the connection is torn down (RST)


def _reset(connection: socket.socket) -> None:
    time.sleep(0.05)  # what was sent before should have arrived
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def allow(*sites: Site, delay: float = 0.0) -> Policy:
    """The policy of a source whose hosts are these sites, on loopback as they are."""
    hosts = frozenset(f"{site.host}:{site.port}" for site in sites)
    return Policy(hosts=hosts, delay=delay, private=hosts)


def fetcher(
    *,
    limits: Limits | None = None,
    names: dict[str, str] | None = None,
    resolve: Resolve | None = None,
    cache: RobotsCache | None = None,
    pacer: Pacer | None = None,
    context: ssl.SSLContext | None = None,
) -> Fetcher:
    """A fetcher whose names resolve as given, to loopback (no other name does), or as `resolve` says."""

    def look_up(host: str, port: int) -> list[str]:
        if host not in (names or {}):
            raise OSError(f"no such host: {host}")
        return [(names or {})[host]]

    wire = Wire(
        agent=AGENT,
        limits=limits or Limits(seconds=10),
        resolve=resolve or look_up,
        **({"context": context} if context else {}),
    )
    return Fetcher(wire, robots_cache=cache, pacer=pacer)
