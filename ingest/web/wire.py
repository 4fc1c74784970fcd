"""One request and its answer, within limits; what goes wrong on the wire as a typed error."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpcore2

from ingest.errors import BadCertificate, FetchError, PermanentFetch, TransientFetch
from ingest.web.bodies import ACCEPTED, BadCoding, CutShort, TooLong, read_body
from ingest.web.network import GuardedBackend, Resolve, resolve_host

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_REFUSAL_BYTES = 512 * 1024  # of the body of an error: enough to tell a challenge


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may take."""

    html_bytes: int = 32 * 1024 * 1024  # of a page, on the wire and decoded
    file_bytes: int = 64 * 1024 * 1024  # of everything else
    seconds: float = 120.0  # the whole request: connection, TLS, headers and body
    connect_seconds: float = 15.0
    idle_seconds: float = 30.0  # without a byte
    robots_seconds: float = (
        300.0  # until an unreachable robots.txt is asked for again, if its site says nothing
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered, content decoded. The body of a redirect is not read."""

    status: int
    headers: Mapping[str, str]  # names in small letters; of a repeated one the values behind one another
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """Sends GET requests through the guarded network; environment proxies are not looked at."""

    agent: str
    limits: Limits = Limits()
    resolve: Resolve = resolve_host
    # One context for all requests: loading the certificates costs more than a request.
    context: ssl.SSLContext = field(default_factory=httpcore2.default_ssl_context)

    def ask(
        self, url: str, *, private: bool, headers: Mapping[str, str] | None = None, cut_at: int | None = None
    ) -> Answer:
        """The answer to one GET. `cut_at`: no more than so many bytes of its body, however long it is.

        Every request has a connection of its own: its address is checked anew, and a server that sent more
        than it announced cannot answer the next request with the rest.
        Raises TransientFetch, PermanentFetch or UnsafeAddress.
        """
        backend = GuardedBackend(seconds=self.limits.seconds, private=private, resolve=self.resolve)
        target = httpcore2.URL(url)
        connection = httpcore2.HTTPConnection(
            origin=target.origin, ssl_context=self.context, network_backend=backend
        )
        try:
            with connection.stream(
                "GET", target, headers=self._headers(headers or {}), extensions={"timeout": self._timeouts()}
            ) as response:
                return self._read(response, cut_at)
        except (BadCoding, TooLong, CutShort, *_FAULTS) as error:
            raise _explain(error, url, self.limits) from error
        finally:
            connection.close()

    def _headers(self, further: Mapping[str, str]) -> list[tuple[str, bytes]]:
        ours = {
            "User-Agent": self.agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi",
            "Accept-Encoding": ACCEPTED,
            "Connection": "close",
        }
        # As headers came: an ETag may hold any byte, and goes back as it was.
        return [(name, value.encode("latin-1", "replace")) for name, value in (ours | dict(further)).items()]

    def _timeouts(self) -> dict[str, float]:
        idle = self.limits.idle_seconds
        return {"connect": self.limits.connect_seconds, "read": idle, "write": idle}

    def _read(self, response: httpcore2.Response, cut_at: int | None) -> Answer:
        headers: dict[str, str] = {}
        for raw_name, raw_value in response.headers:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        content = b""
        if response.status < 300:
            content = self._read_content(response, headers, cut_at)
        elif response.status >= 400:
            content = _read_refusal(response, headers)
        return Answer(status=response.status, headers=headers, content=content)

    def _read_content(
        self, response: httpcore2.Response, headers: Mapping[str, str], cut_at: int | None
    ) -> bytes:
        limit = cut_at or (self.limits.html_bytes if is_html(headers) else self.limits.file_bytes)
        announced = headers.get("content-length", "")
        if cut_at is None and announced.isdecimal() and int(announced) > limit:
            raise TooLong
        pieces = response.iter_stream()
        return read_body(pieces, headers.get("content-encoding", ""), limit, cut=cut_at is not None)


def is_html(headers: Mapping[str, str]) -> bool:
    """Whether the answer calls itself a page."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() in (
        "text/html",
        "application/xhtml+xml",
    )


def _read_refusal(response: httpcore2.Response, headers: Mapping[str, str]) -> bytes:
    """The beginning of the body of an error; its status says enough where the body cannot be read."""
    try:
        return read_body(
            response.iter_stream(), headers.get("content-encoding", ""), _REFUSAL_BYTES, cut=True
        )
    except (BadCoding, CutShort, *_FAULTS):
        return b""


_FAULTS = (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError)


def _explain(error: Exception, url: str, limits: Limits) -> FetchError:
    """The typed error of what went wrong on the wire: whether asking again could help, and what to do."""
    match error:
        case TooLong():
            return PermanentFetch(
                f"Trang {url} lớn hơn giới hạn ({limits.html_bytes >> 20} MiB cho trang HTML, "
                f"{limits.file_bytes >> 20} MiB cho tệp). Hãy tải tay và nạp từ thư mục nếu cần tài liệu này."
            )
        case BadCoding():
            return PermanentFetch(
                f"Trang {url} được nén theo cách không đọc được (Content-Encoding: {error}). "
                "Hãy mở bằng trình duyệt, lưu lại và nạp từ thư mục."
            )
        case CutShort():
            return TransientFetch(f"Trang {url} bị đứt giữa chừng (dữ liệu nén thiếu). Sẽ thử lại sau.")
        case httpcore2.TimeoutException():
            return TransientFetch(
                f"Trang {url} quá thời gian chờ (tối đa {limits.seconds:g} giây cho cả yêu cầu). Sẽ thử lại sau."
            )
        case httpcore2.LocalProtocolError():
            return PermanentFetch(f"Không gửi được yêu cầu tới {url} ({error}). Hãy kiểm tra lại địa chỉ.")
    if isinstance(error.__cause__, ssl.SSLCertVerificationError):
        return BadCertificate(
            f"Chứng chỉ TLS của {url} không kiểm được ({error.__cause__.verify_message}): lỗi ở chuỗi chứng chỉ "
            "của trang, không phải của máy này. Hãy báo cho bên quản trị trang, hoặc tải tay và nạp từ thư mục."
        )
    return TransientFetch(f"Kết nối tới {url} hỏng giữa chừng ({error}). Sẽ thử lại sau.")
