"""Plain requests to the test site, with no code of ours between."""

from __future__ import annotations

import http.client
from urllib.request import HTTPErrorProcessor, Request, build_opener


class _AsItCame(HTTPErrorProcessor):
    """Redirects and errors are answers like others."""

    def http_response(self, request: Request, response: http.client.HTTPResponse) -> http.client.HTTPResponse:
        return response


def get(
    url: str | None, *, method: str = "GET", timeout: float = 10, **headers: str
) -> http.client.HTTPResponse:
    """The answer as it came, whatever its status; `headers` with "_" for "-"."""
    assert url is not None
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = build_opener(_AsItCame).open(Request(url, headers=named, method=method), timeout=timeout)
    assert isinstance(answer, http.client.HTTPResponse)
    return answer


def text(url: str | None) -> str:
    """The body of an answer in UTF-8."""
    return str(get(url).read().decode())
