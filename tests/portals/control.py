"""The host that other processes command the test site at; its requests are not logged."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.portals.gold import Gold
from tests.portals.log import Log
from tests.portals.server import CONTROL, Ask, Reply
from tests.portals.site import State, missing, plain


@dataclass(slots=True)
class Control:
    """`POST /turn?name=…&on=1|0`, `GET /log` (lines of JSON), `GET /count` (of it), `POST /clear`, `GET /gold`, `GET /errors`."""

    state: State
    log: Log
    gold: Gold
    errors: list[str]
    name: str = CONTROL
    coding: str | None = None

    def answer(self, ask: Ask) -> Reply:
        match ask.method, ask.path:
            case "POST", "/turn":
                try:
                    self.state.turn(ask.query["name"], ask.query["on"] == "1")
                except KeyError as error:
                    return Reply(status=400, body=str(error).encode(), type="text/plain; charset=utf-8")
                return plain("xong")
            case "POST", "/clear":
                self.log.clear()
                return plain("xong")
            case "GET", "/log":
                return plain(self.log.to_jsonl())
            case "GET", "/count":
                return plain(str(self.log.count()))
            case "GET", "/gold":
                return Reply(body=json.dumps(self.gold.to_json()).encode(), type="application/json")
            case "GET", "/errors":
                return Reply(body=json.dumps(self.errors).encode(), type="application/json")
        return missing()
