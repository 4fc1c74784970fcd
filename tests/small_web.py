"""A web of a few pages on loopback, for tests that say themselves what stands where: real HTTP, real sockets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ingest.sources import Source, SourceKind, Start, StartKind


@dataclass
class Page:
    """What one path answers; `etag` makes it answer 304 to who has it."""

    body: bytes | str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None


@dataclass
class SmallWeb:
    """Paths (with their query) and what they answer; robots.txt allows all unless it says otherwise."""

    base: str
    pages: dict[str, Page | Callable[[], Page]]
    asked: list[str] = field(default_factory=list)  # every path but robots.txt, in order

    def url(self, path: str) -> str:
        return self.base + path

    def source(self, *starts: tuple[StartKind, str], **more: object) -> Source:
        """A source over this web, without pauses."""
        values: dict[str, object] = {
            "name": "nho",
            "publisher": "Cổng thử nghiệm",
            "kind": SourceKind.NEWS,
            "verified": "trang thử",
            "delay": 0.0,
            "private": True,
        }
        points = tuple(Start(kind=kind, url=self.url(path), verified="trang thử") for kind, path in starts)
        return Source(**{**values, **more}, starts=points)  # type: ignore[arg-type]


def article(title: str, text: str, *, canonical: str | None = None, extra: str = "") -> str:
    """An article of a page family that `ingest.sites` knows."""
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<h1 class="article__title cms-title">{title}</h1>'
        f'<div class="article__body cms-body"><p>{text}</p></div>{extra}</body></html>'
    )


def feed(*links: str, host: str = "") -> str:
    """An RSS feed of addresses."""
    items = "".join(f"<item><title>Tin</title><link>{host}{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tin</title>{items}</channel></rss>'


@contextmanager
def serve() -> Iterator[SmallWeb]:
    """The web, running, empty."""
    web = SmallWeb(base="", pages={})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path != "/robots.txt":
                web.asked.append(self.path)
            missing = Page("" if self.path == "/robots.txt" else "Không có trang này", status=404)
            page = web.pages.get(self.path, missing)
            page = page() if callable(page) else page
            held = page.etag is not None and self.headers.get("If-None-Match") == page.etag
            body = b"" if held else page.body.encode() if isinstance(page.body, str) else page.body
            self.send_response(304 if held else page.status)
            headers = {"Content-Type": "text/html; charset=utf-8", **page.headers}
            if page.etag:
                headers["ETag"] = page.etag
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
