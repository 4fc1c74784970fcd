"""The guarded network: which addresses may be connected to, by name or by number, and for how long."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from pathlib import Path
from typing import Any

import httpcore2
import pytest
from web_server import PAGE, allow, fetcher, redirect, reply, serve

from ingest.errors import BadCertificate, TransientFetch, UnsafeAddress
from ingest.web.network import GuardedBackend, is_public
from ingest.web.policy import Policy
from ingest.web.wire import Limits

PUBLIC = [
    "8.8.8.8",
    "203.162.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "2001:4860:4860::8888",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]
NOT_PUBLIC = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",  # metadata of clouds
    "168.63.129.16",
    "100.64.0.1",  # carrier-grade NAT
    "100.127.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",  # IPv4-compatible
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",  # NAT64
    "64:ff9b::a00:1",
    "64:ff9b:1::808:808",
    "2002:7f00:1::",  # 6to4
    "2002:a00:1::1",
    "2001::1",  # Teredo
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
    "100::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fe80::1%eth0",
    "2001:4860:4860::8888%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "",
    "bao.vn",
    "2130706433",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


class Recorder(httpcore2.NetworkBackend):
    """Notes where a connection would have gone, and makes none."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def connect_tcp(self, host: str, *_: Any, **__: Any) -> httpcore2.NetworkStream:
        self.asked.append(host)
        raise httpcore2.ConnectError("recorded")


def guarded(resolved: list[list[str]], *, private: bool = False) -> tuple[GuardedBackend, Recorder]:
    """A backend whose resolver gives these answers, one after the other, and what stands for its network."""
    answers = iter(resolved)
    backend = GuardedBackend(seconds=5, private=private, resolve=lambda host, port: next(answers))
    recorder = Recorder()
    backend._network = recorder
    return backend, recorder


def test_the_connection_goes_to_the_addresses_that_were_checked() -> None:
    backend, recorder = guarded([["8.8.8.8", "8.8.4.4"]])
    with pytest.raises(httpcore2.ConnectError):
        backend.connect_tcp("bao.vn", 443)
    assert recorder.asked == ["8.8.8.8", "8.8.4.4"]


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    backend, recorder = guarded([["8.8.8.8", "10.0.0.1"]])
    with pytest.raises(UnsafeAddress, match=r"'bao.vn'.*10\.0\.0\.1.*private = true"):
        backend.connect_tcp("bao.vn", 443)
    assert recorder.asked == []


def test_a_name_that_resolves_differently_the_second_time_is_refused_then() -> None:
    backend, recorder = guarded([["8.8.8.8"], ["127.0.0.1"]])
    with pytest.raises(httpcore2.ConnectError):
        backend.connect_tcp("bao.vn", 443)
    with pytest.raises(UnsafeAddress):
        backend.connect_tcp("bao.vn", 443)
    assert recorder.asked == ["8.8.8.8"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "::1", "[::1]", "::ffff:127.0.0.1"]
)
def test_numbers_are_checked_and_never_resolved(host: str) -> None:
    backend, recorder = guarded([])
    with pytest.raises(UnsafeAddress):
        backend.connect_tcp(host, 80)
    assert recorder.asked == []


def test_the_system_names_of_this_machine_are_refused() -> None:
    with pytest.raises(UnsafeAddress):
        GuardedBackend(seconds=5).connect_tcp("localhost", 80)


def test_a_name_that_does_not_resolve_may_do_so_later() -> None:
    with fetcher() as web, pytest.raises(TransientFetch, match=r"'khong-co\.test'"):
        web.fetch("http://khong-co.test/", Policy(hosts=frozenset({"khong-co.test"})))


# --- through the fetcher ------------------------------------------------------------------------------------


def test_loopback_is_refused_unless_the_source_says_so() -> None:
    with serve({"/": reply()}) as site, fetcher() as web:
        with pytest.raises(UnsafeAddress, match=r"127\.0\.0\.1"):
            web.fetch(site.url(), Policy(hosts=frozenset({site.host}), delay=0))
        assert site.requests == []  # not even robots.txt
        assert web.fetch(site.url(), allow(site)).content == PAGE


def test_a_redirect_to_an_address_that_only_another_host_may_have_is_refused() -> None:
    names = {"ngoai.test": "127.0.0.2", "trong.test": "127.0.0.3"}
    with serve({"/mat": reply()}, "127.0.0.3") as inner:
        answers = {"/a": redirect(inner.url("/mat", "trong.test"))}
        with serve(answers, "127.0.0.2") as outer, fetcher(names=names) as web:
            policy = Policy(hosts=frozenset(names), delay=0, private=frozenset({"ngoai.test"}))
            with pytest.raises(UnsafeAddress, match=r"'trong\.test'"):
                web.fetch(outer.url("/a", "ngoai.test"), policy)
            assert outer.paths == ["/a"]
            assert inner.requests == []


def test_every_request_resolves_its_host_anew() -> None:
    """Rebinding: the name of an allowed host moves to loopback between two requests."""
    with serve({"/a": reply(), "/b": reply()}) as site:
        asked: list[str] = []

        def resolve(host: str, port: int) -> list[str]:
            asked.append(host)
            return ["127.0.0.1"] if len(asked) < 3 else ["169.254.169.254"]

        web = fetcher(resolve=resolve)
        private = Policy(hosts=frozenset({"bao.test"}), delay=0, private=frozenset({"bao.test"}))
        assert web.fetch(site.url("/a", "bao.test"), private).status == 200
        public = Policy(hosts=frozenset({"bao.test"}), delay=0)
        with pytest.raises(UnsafeAddress, match=r"169\.254\.169\.254"):
            web.fetch(site.url("/b", "bao.test"), public)
        assert asked == ["bao.test"] * 3  # robots.txt, /a, /b
        assert site.paths == ["/a"]


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody listens there
    with serve({"/": reply()}) as site, fetcher() as web:
        assert web.fetch(site.url(), allow(site)).status == 200


@pytest.mark.parametrize(
    "drip",
    [
        pytest.param([(0.0, b"HTTP/1.1 200 OK\r\n")] + [(0.1, b"X-A: b\r\n")] * 100, id="headers"),
        pytest.param([(0.0, reply(length=1000))] + [(0.1, b".")] * 100, id="body"),
        pytest.param([(20.0, reply())], id="nothing"),
    ],
)
def test_no_drip_outlives_the_deadline(drip: list[tuple[float, bytes]]) -> None:
    with serve({"/a": drip}) as site, fetcher(limits=Limits(seconds=1.0, idle_seconds=9.0)) as web:
        started = time.monotonic()
        with pytest.raises(TransientFetch, match="quá thời gian chờ"):
            web.fetch(site.url("/a"), allow(site))
        assert (
            1.0 <= time.monotonic() - started < 6.0
        )  # the idle limit alone would take 9 seconds, the drip 10


# --- TLS ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for trang.test that no authority signed, with its key, made for this run."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    made = subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout - -out - "
        "-subj /CN=trang.test -addext subjectAltName=DNS:trang.test".split(),
        capture_output=True,
        check=True,
    )
    path.write_bytes(made.stdout)
    return path


def tls_server(certificate: Path, named: list[str | None]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    return context


POLICY = Policy(hosts=frozenset({"trang.test"}), delay=0, private=frozenset({"trang.test"}))


def test_tls_names_and_checks_the_host_and_not_its_address(certificate: Path) -> None:
    named: list[str | None] = []
    trusting = ssl.create_default_context(cafile=str(certificate))
    with (
        serve({"/": reply()}, tls=tls_server(certificate, named)) as site,
        fetcher(names={"trang.test": site.host}, context=trusting) as web,
    ):
        assert web.fetch(f"https://trang.test:{site.port}/", POLICY).content == PAGE
    assert set(named) == {"trang.test"}


def test_a_certificate_that_does_not_check_is_the_fault_of_the_site(certificate: Path) -> None:
    with (
        serve({"/": reply()}, tls=tls_server(certificate, [])) as site,
        fetcher(names={"trang.test": site.host}) as web,
        pytest.raises(BadCertificate, match=r"Chứng chỉ TLS.*self-signed certificate.*chuỗi chứng chỉ"),
    ):
        web.fetch(f"https://trang.test:{site.port}/", POLICY)
