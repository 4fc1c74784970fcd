"""What journeys through the page share: a real server over a store, Debian's chromium, tabs, pictures.

A test module defines a module fixture `folder` (the store) and imports `address`, `chromium` and `tab`. Pictures are
taken where CANCU_PICTURES names a folder (`make test-long`: var/pictures).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright absent: install the extra `dev`")

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 60_000  # ms
SCHEMES = ("light", "dark")
SIZES = ((1280, 900), (390, 844))
_TALLEST = 4000  # pixels of a picture
NEEDS_CHROMIUM = pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium absent")
Open = Callable[..., Any]  # gives a playwright Page


@contextmanager
def serve(folder: Path, log: Path) -> Iterator[tuple[str, int]]:
    """Run `cancu app` over a store on a free port of this machine: its address and its process id."""
    port = _free_port()
    command = [sys.executable, "-m", "cli", "app", "--store", str(folder), "--port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8')}")


@contextmanager
def start_chromium() -> Iterator[Any]:
    """Debian's chromium without a screen."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The address of the page over the store of the module."""
    with serve(folder, folder.parent / "server.log") as (address, _):
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser of the module."""
    with start_chromium() as browser:
        yield browser


@pytest.fixture
def tab(chromium: Any, address: str) -> Iterator[Open]:
    """Open a tab at a path; at the end every request that the tabs made must have stayed on this machine.

    The tabs of a test are of one person: what one of them keeps in the browser the others find. `zoom` is that of
    the browser: at 2 the page has half of the width in its own pixels.
    """
    hosts: set[str] = set()
    people: dict[tuple[str, float], Any] = {}

    def open_tab(
        path: str = "/", width: int = 1280, height: int = 900, *, scheme: str = "light", zoom: float = 1
    ) -> Any:
        size = {"width": round(width / zoom), "height": round(height / zoom)}
        if (scheme, zoom) not in people:
            people[scheme, zoom] = chromium.new_context(
                locale="vi-VN", color_scheme=scheme, device_scale_factor=zoom
            )
        page = people[scheme, zoom].new_page()
        page.set_viewport_size(size)
        page.set_default_timeout(WAIT)
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
        page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).hostname or ""))
        page.goto(address + path)
        page.wait_for_selector(".cc-title-page")
        return page

    yield open_tab
    for person in people.values():
        person.close()
    assert hosts <= {"127.0.0.1", ""}  # "" is data: and blob:


def settle(page: Any) -> None:
    """Until nothing moves any more: the script has ended and its last elements are drawn."""
    page.wait_for_function("!document.querySelector('[data-testid=stSpinner]')")
    page.wait_for_timeout(800)


def scrolls_sideways(page: Any) -> list[str]:
    """What is wider than its place: the page, its main part, or its column; empty, as it should be."""
    return page.evaluate(
        """() => [document.scrollingElement, ...document.querySelectorAll(
             '.stApp, [data-testid=stMain], [data-testid=stMainBlockContainer], [role=dialog]')]
           .filter(part => part.scrollWidth > innerWidth || part.scrollWidth > part.clientWidth + 1)
           .map(part => `${part.dataset.testid ?? part.tagName}: ${part.scrollWidth} > ${part.clientWidth}`)"""
    )


def take_pictures(page: Any, name: str) -> None:
    """Keep the whole page as seen on a wide and on a narrow screen, light and dark, where pictures are asked for."""
    kept = os.environ.get("CANCU_PICTURES")
    if not kept:
        return
    folder = Path(kept)
    folder.mkdir(parents=True, exist_ok=True)
    before = page.viewport_size
    for width, height in SIZES:
        for scheme in SCHEMES:
            take_picture(page, folder / f"{name}-{width}-{scheme}.png", width, height, scheme)
    page.emulate_media(color_scheme=SCHEMES[0])
    page.set_viewport_size(before)


def take_picture(page: Any, path: Path, width: int, height: int, scheme: str) -> None:
    """Write one picture of the whole page, `height` pixels at least."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": height})
    settle(page)
    # The main part scrolls, not the page: the window is made as high as what it holds, and again for what is drawn
    # only once it is seen.
    for _ in range(2):
        whole = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(whole, height), _TALLEST)})
        page.wait_for_timeout(600)
    page.screenshot(path=str(path))
