"""One question to a language model behind an OpenAI-compatible endpoint (`POST …/chat/completions`).

Ollama, vLLM, llama.cpp and LM Studio speak it: https://platform.openai.com/docs/api-reference/chat. The
endpoint is the one that the user named, on this machine or elsewhere; redirects are not followed and
environment proxies not looked at, so that nothing goes to another host.
"""

from __future__ import annotations

import json
import re
import ssl
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpcore2

from index.errors import LanguageModelFailed
from ingest.errors import IngestError
from ingest.web.bodies import ACCEPTED, BadCoding, CutShort, TooLong, read_body
from ingest.web.network import GuardedBackend

_MOST_BYTES = 256 * 1024  # of an answer on the wire: a page of text is far below
_MOST_CHARACTERS = 6_000  # of what the model says
_MOST_TOKENS = 1_024
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)  # of reasoning models, before what they say


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModel:
    """A model behind an endpoint; the key is in no message and no repr."""

    base_url: str  # "http://127.0.0.1:11434/v1"
    model: str
    api_key: str | None = field(default=None, repr=False)
    timeout: float = 20.0  # seconds, for the whole request: connection, thinking, answer

    @property
    def host(self) -> str:
        """Host and port that questions and quotations are sent to, as messages name it."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    def complete(self, system: str, user: str) -> str:
        """What the model says. Raises LanguageModelFailed, within `timeout` and a little."""
        try:
            said = _read_said(*self._post(system, user))
        except (IngestError, BadCoding, TooLong, CutShort, *_WIRE) as error:
            raise LanguageModelFailed(self._explain(error)) from error
        said = _THOUGHTS.sub("", said).strip()
        if not said or len(said) > _MOST_CHARACTERS:
            raise LanguageModelFailed("trả lời rỗng" if not said else "trả lời quá dài")
        return said

    def _post(self, system: str, user: str) -> tuple[bytes, bool]:
        """(body of the answer, whether it came as a stream of events)."""
        target = httpcore2.URL(f"{self.base_url.rstrip('/')}/chat/completions")
        # The user named this endpoint: an address of their own network is what it should be.
        backend = GuardedBackend(seconds=self.timeout, private=True)
        connection = httpcore2.HTTPConnection(
            origin=target.origin, ssl_context=_certificates(), network_backend=backend
        )
        try:
            with connection.stream(
                "POST", target, headers=self._headers(), content=self._body(system, user)
            ) as response:
                headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
                if response.status != 200:
                    raise LanguageModelFailed(f"trả mã HTTP {response.status}")
                coding = headers.get(b"content-encoding", "")
                body = read_body(response.iter_stream(), coding, _MOST_BYTES)
                return body, "event-stream" in headers.get(b"content-type", "")
        finally:
            connection.close()

    def _headers(self) -> list[tuple[str, str]]:
        key = [("Authorization", f"Bearer {self.api_key}")] if self.api_key else []
        return [
            ("Content-Type", "application/json"),
            ("Accept", "application/json"),
            ("Accept-Encoding", ACCEPTED),
            ("Connection", "close"),
            *key,
        ]

    def _body(self, system: str, user: str) -> bytes:
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        asked = {"model": self.model, "messages": messages, "temperature": 0, "stream": False}
        return json.dumps({**asked, "max_tokens": _MOST_TOKENS}, ensure_ascii=False).encode()

    def _explain(self, error: Exception) -> str:
        match error:
            case TooLong():
                return "trả lời quá dài"
            case httpcore2.TimeoutException():
                return f"quá thời gian chờ ({self.timeout:g} giây)"
            case httpcore2.ConnectError() | IngestError():
                return "không kết nối được"
        return "trả lời không đúng giao thức"


_WIRE = (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError)


@cache
def _certificates() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


def _read_said(body: bytes, streamed: bool) -> str:
    """The words in an answer: of the first choice, or of all events of a server that only streams."""
    try:
        text = body.decode()
        if not streamed:
            said = json.loads(text)["choices"][0]["message"]["content"]
        else:
            said = "".join(map(_read_event, text.splitlines()))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise LanguageModelFailed("trả lời không đúng định dạng") from error
    if not isinstance(said, str):
        raise LanguageModelFailed("trả lời không đúng định dạng")
    return said


def _read_event(line: str) -> str:
    data = line.removeprefix("data:").strip()
    if not line.startswith("data:") or data == "[DONE]":
        return ""
    event: Any = json.loads(data)
    return "".join(str(choice["delta"].get("content") or "") for choice in event["choices"][:1])
