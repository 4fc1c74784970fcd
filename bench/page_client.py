"""A person at the page without a browser: speaks Streamlit's websocket, so that thirty of them cost little."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect

_LARGEST = 200 * 2**20  # bytes of a message from the server
_FINISHED = ForwardMsg.FINISHED_SUCCESSFULLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What the page drew for one thing that a person did."""

    seconds: float  # until the script had ended
    html: str  # of all that pages draw themselves
    errors: tuple[str, ...]  # alerts and exceptions, in their words
    widgets: dict[str, str]  # the id of each widget by its label


@dataclass(slots=True)
class Person:
    """One session: one connection, on one page at a time."""

    socket: ClientConnection
    page: str = ""  # Streamlit's hash of the page that is open
    pages: dict[str, str] = field(default_factory=dict)  # hashes by the path in the address
    query: str = ""

    async def open(self, path: str, **asked: str | list[str]) -> Drawn:
        """Open a page at an address; the first one of a session is always the front page."""
        if not self.pages:
            await self._run(BackMsg(rerun_script={"query_string": ""}))
        self.page, self.query = self.pages[path], urlencode(asked, doseq=True)
        return await self._run(self._message())

    async def press(self, widget: str) -> Drawn:
        """Press a button, by its id."""
        return await self._run(self._message(WidgetState(id=widget, trigger_value=True)))

    async def type(self, widget: str, text: str) -> Drawn:
        """Type into a field, by its id."""
        return await self._run(self._message(WidgetState(id=widget, string_value=text)))

    def _message(self, *widgets: WidgetState) -> BackMsg:
        return BackMsg(
            rerun_script={
                "query_string": self.query,
                "page_script_hash": self.page,
                "widget_states": WidgetStates(widgets=widgets),
            }
        )

    async def _run(self, message: BackMsg) -> Drawn:
        begun = perf_counter()
        await self.socket.send(message.SerializeToString())
        html: list[str] = []
        errors: list[str] = []
        widgets: dict[str, str] = {}
        while True:
            given = ForwardMsg()
            given.ParseFromString(await self.socket.recv())
            kind = given.WhichOneof("type")
            if kind == "new_session":
                self.page = given.new_session.page_script_hash
            elif kind == "navigation":
                self.pages = {page.url_pathname: page.page_script_hash for page in given.navigation.app_pages}
                self.page = given.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = given.page_info_changed.query_string
            elif kind == "delta" and given.delta.WhichOneof("type") == "new_element":
                element = given.delta.new_element
                what = element.WhichOneof("type")
                drawn = getattr(element, what)
                if what == "html":
                    html.append(drawn.body)
                elif what == "exception":
                    errors.append(drawn.message)
                elif what == "alert" and drawn.format == Alert.ERROR:
                    errors.append(drawn.body)
                elif hasattr(drawn, "id") and hasattr(drawn, "label"):
                    widgets[drawn.label] = drawn.id
            elif kind == "script_finished" and given.script_finished == _FINISHED:
                return Drawn(
                    seconds=perf_counter() - begun,
                    html="\n".join(html),
                    errors=tuple(errors),
                    widgets=widgets,
                )


async def meet(address: str) -> Person:
    """A new session at the page; the caller closes its `socket`."""
    return Person(
        await connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            max_size=_LARGEST,
            subprotocols=["streamlit"],
        )
    )


def processor_seconds(process: int) -> float:
    """Seconds that a process and its children had a processor for (Linux): what other work on it cannot stretch."""
    return sum(_ticks(one) for one in _family(process)) / os.sysconf("SC_CLK_TCK")


def resident(process: int) -> int:
    """Bytes in memory of a process and its children (Linux)."""
    return sum(_resident(one) for one in _family(process))


def _family(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in children.read_text("ascii").split():
            yield from _family(int(child))


def _ticks(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text("ascii", errors="replace").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])  # in user and in kernel mode


def _resident(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text("ascii", errors="replace").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
