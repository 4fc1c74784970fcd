"""A real HTTP server on loopback: several hosts in one process, each an address of 127.0.0.0/8 with its own port."""

from __future__ import annotations

import gzip
import selectors
import socket
import socketserver
import struct
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

import brotli

from tests.portals.log import Entry, Log

CONTROL = "control"  # the host that commands the others; its requests are not logged


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request."""

    method: str
    target: str  # path and query as sent
    path: str
    query: dict[str, str]
    headers: dict[str, str]  # names in small letters
    times: int  # how often this target was asked for since the start, this time included


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer; `play`, where there is one, sends it in its own way and the connection is closed after it."""

    body: bytes = b""
    status: int = 200
    type: str | None = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    play: Callable[[Wire, Reply], None] | None = None


class Site(Protocol):
    """What stands behind one host."""

    name: str
    coding: str | None  # "gzip", "br": how it packs what it sends to whoever accepts that

    def answer(self, ask: Ask) -> Reply: ...


class Wire:
    """The connection of one request, as far as a fault has to lay hands on it."""

    def __init__(self, connection: socket.socket, host: _Host, entry: Entry) -> None:
        self._connection, self._host, self._entry = connection, host, entry

    def write(self, data: bytes) -> None:
        # Before the bytes leave: nobody can have them earlier than `end` says.
        self._entry.end = time.monotonic()
        self._entry.sent += len(data)
        self._connection.sendall(data)

    def write_head(self, reply: Reply, *, length: int | None) -> None:
        self._entry.status = reply.status
        self.write(make_head(reply, length, close=True))

    def wait(self, seconds: float) -> None:
        """Returns after that time; raises when the server stops in between."""
        if self._host.owner.stopping.wait(seconds):
            raise ConnectionAbortedError("the server stops")

    def break_off(self, *, reset: bool = False) -> None:
        """The answer ends here, though it promised more; with RST instead of FIN where `reset`."""
        self._entry.broken = True
        if not reset:
            return
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._host.abrupt.add(self._connection)


def make_head(reply: Reply, length: int | None, *, close: bool) -> bytes:
    """Status line and headers; without `length` the body ends with the connection."""
    try:
        phrase = HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {reply.status} {phrase}"]
    lines += [f"Content-Type: {reply.type}"] if reply.type else []
    lines += [f"{name}: {value}" for name, value in reply.headers]
    lines += [f"Content-Length: {length}"] if length is not None else []
    lines += ["Connection: close"] if close else []
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    server: _Host

    def do_GET(self) -> None:
        site, began = self.server.site, time.monotonic()
        headers = {name.lower(): value for name, value in self.headers.items()}
        if (length := int(headers.get("content-length", 0))) > 0:
            self.rfile.read(length)
        split = urlsplit(self.path)
        ask = Ask(
            method=self.command,
            target=self.path,
            path=split.path,
            query=dict(parse_qsl(split.query, keep_blank_values=True)),
            headers=headers,
            times=self.server.count(self.path),
        )
        entry = Entry(start=began, host=site.name, method=ask.method, path=ask.target, headers=headers)
        if site.name != CONTROL:
            self.server.owner.log.begin(entry)
        reply = _pack(site.answer(ask), site.coding, headers.get("accept-encoding", ""))
        wire = Wire(self.connection, self.server, entry)
        try:
            if reply.play is not None:
                self.close_connection = True
                reply.play(wire, reply)
            else:
                entry.status = reply.status
                head = make_head(reply, len(reply.body), close=self.close_connection)
                wire.write(head + (b"" if ask.method == "HEAD" or reply.status == 304 else reply.body))
        except OSError:
            entry.broken = True
            raise
        finally:
            if site.name != CONTROL:
                self.server.owner.log.finish(entry)

    do_HEAD = do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        pass


def _pack(reply: Reply, coding: str | None, accepted: str) -> Reply:
    if coding is None or coding not in accepted or not reply.body or reply.play is not None:
        return reply
    body = (
        gzip.compress(reply.body, 1, mtime=0) if coding == "gzip" else brotli.compress(reply.body, quality=1)
    )
    headers = (*reply.headers, ("Content-Encoding", coding), ("Vary", "Accept-Encoding"))
    return Reply(body=body, status=reply.status, type=reply.type, headers=headers)


class _Host(socketserver.ThreadingMixIn, HTTPServer):
    request_queue_size = 64
    timeout = 0

    def __init__(self, address: str, owner: Server) -> None:
        self.owner, self.abrupt, self._times = owner, set[socket.socket](), Counter[str]()
        self.site: Site
        super().__init__((address, 0), _Handler)

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # HTTPServer's own asks the resolver for a name
        self.server_name, self.server_port = self.socket.getsockname()[:2]

    def count(self, target: str) -> int:
        with self.owner.lock:
            self._times[target] += 1
            return self._times[target]

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True, name="portal"
        )
        with self.owner.lock:
            self.owner.open[request] = thread
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        if request in self.abrupt:
            self.abrupt.discard(request)
            self.close_request(request)
        else:
            super().shutdown_request(request)
        with self.owner.lock:
            self.owner.open.pop(request, None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        text = traceback.format_exc()
        if not any(
            name in text for name in ("ConnectionResetError", "BrokenPipeError", "ConnectionAbortedError")
        ):
            self.owner.errors.append(text)


@dataclass(slots=True)
class Server:
    """All hosts; `open_host`, `start`, `stop` once each. One thread accepts, each connection has one of its own."""

    log: Log
    errors: list[str] = field(default_factory=list)  # tracebacks of faults of the test site itself
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    open: dict[Any, threading.Thread] = field(default_factory=dict)
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _thread: threading.Thread | None = None
    _waker: socket.socket | None = None

    def open_host(self, name: str) -> str:
        """Bind the next loopback address; returns "http://127.0.0.N:port", where `serve` puts a site."""
        host = _Host(f"127.0.0.{11 + len(self._hosts)}", self)
        self._hosts[name] = host
        return f"http://{host.server_name}:{host.server_port}"

    def start(self, sites: dict[str, Site]) -> None:
        selector = selectors.DefaultSelector()
        woken, self._waker = socket.socketpair()
        selector.register(woken, selectors.EVENT_READ, None)
        for name, host in self._hosts.items():
            host.site = sites[name]
            selector.register(host, selectors.EVENT_READ, host)
        self._thread = threading.Thread(
            target=self._accept, args=(selector, woken), daemon=True, name="portals"
        )
        self._thread.start()

    def _accept(self, selector: selectors.BaseSelector, woken: socket.socket) -> None:
        while not self.stopping.is_set():
            for key, _ in selector.select():
                if key.data is not None:
                    key.data.handle_request()
        selector.close()
        woken.close()

    def stop(self) -> None:
        """Close everything; no thread is left behind."""
        self.stopping.set()
        if self._waker is not None and self._thread is not None:
            self._waker.send(b".")
            self._thread.join()
            self._waker.close()
        with self.lock:
            connections = dict(self.open)
        for connection in connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in connections.values():
            thread.join(timeout=10)
        for host in self._hosts.values():
            host.socket.close()
