"""A real HTTP server on loopback that plays a language model: good, lying, slow, malformed, or streaming only."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# What the server does with a request: it writes the whole answer itself.
Play = Callable[["Handler"], None]


@dataclass
class ModelServer:
    """Where it listens, and what it was sent: (path, headers, body)."""

    base_url: str
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)

    @property
    def prompt(self) -> str:
        """What the last request told the model beside the fixed instructions."""
        return str(self.asked[-1][2]["messages"][1]["content"])


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server: Any = self.server
        server.model.asked.append((self.path, dict(self.headers), body))
        with suppress(OSError):  # the client does not wait for a model that is too slow
            server.play(self)

    def send(self, body: bytes, *, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def wait(self, seconds: float) -> None:
        """Until the seconds are over, or the test is."""
        self.server.stopped.wait(seconds)  # type: ignore[attr-defined]

    def log_message(self, *arguments: object) -> None:
        pass


def say(words: str) -> Play:
    """A model that says the words in the form of the protocol."""
    choice = {"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": "stop"}
    return send(json.dumps({"object": "chat.completion", "choices": [choice]}).encode())


def send(body: bytes, **more: Any) -> Play:
    """A model that answers with these bytes."""
    return lambda handler: handler.send(body, **more)


def stream(words: str) -> Play:
    """A model that only streams, whatever it was asked."""
    pieces = [words[start : start + 7] for start in range(0, len(words), 7)]
    events = [{"choices": [{"delta": {"role": "assistant"}}]}]
    events += [{"choices": [{"delta": {"content": piece}}]} for piece in pieces]  # type: ignore[dict-item]
    lines = [f"data: {json.dumps(event)}\n\n" for event in events]
    return send("".join([*lines, "data: [DONE]\n\n"]).encode(), kind="text/event-stream")


def drip(handler: Handler) -> None:
    """A model that sends a byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        handler.wait(0.1)


@contextmanager
def serve_model(play: Play) -> Iterator[ModelServer]:
    """Serve until the block ends."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.play, server.stopped = play, threading.Event()
    server.model = ModelServer(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.model
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
