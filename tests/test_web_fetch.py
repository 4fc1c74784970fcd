"""Fetching: every fault of a server is an error of its kind, and nothing is held that was not asked for."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import pytest
from web_server import AGENT, PAGE, RESET, Reply, allow, fetcher, redirect, reply, serve

from ingest.errors import (
    BlockedFetch,
    DisallowedFetch,
    FetchError,
    OffLimits,
    PageGone,
    PermanentFetch,
    TransientFetch,
)
from ingest.sources import Source, SourceKind, Start, StartKind
from ingest.web.fetch import user_agent
from ingest.web.policy import Policy, policy_of
from ingest.web.wire import Limits

CUT = [(0.0, reply(length=5000))]  # fewer bytes than announced, then the end


def fault(answer: Reply, *, limits: Limits | None = None) -> FetchError:
    """The error of fetching a page that is answered so."""
    with serve({"/sau/trang": answer}) as site, fetcher(limits=limits) as web:
        with pytest.raises(FetchError) as raised:
            web.fetch(site.url("/sau/trang"), allow(site))
        assert site.url("/sau/trang") in str(raised.value)
        return raised.value


# --- what is sent and what comes back -----------------------------------------------------------------------


def test_a_page_comes_with_its_headers_under_our_name() -> None:
    with serve({"/a?b=1": reply(headers={"ETag": '"1"', "X-A": "b"})}) as site, fetcher() as web:
        before = datetime.now(UTC).replace(microsecond=0)
        response = web.fetch(site.url("/a?b=1"), allow(site))
    assert (response.status, response.content, response.not_modified) == (200, PAGE, False)
    assert (response.url, response.final_url, response.redirects) == (
        site.url("/a?b=1"),
        site.url("/a?b=1"),
        (),
    )
    assert (response.headers["etag"], response.headers["x-a"]) == ('"1"', "b")
    assert before <= datetime.fromisoformat(response.fetched_at) <= datetime.now(UTC)
    assert [path for path, _ in site.requests] == ["/robots.txt", "/a?b=1"]
    for _, sent in site.requests:
        assert sent["user-agent"] == AGENT
        assert sent["accept-language"] == "vi"
        assert sent["accept-encoding"] == "gzip, br"
        assert sent["host"] == f"127.0.0.1:{site.port}"
        assert "cookie" not in sent


def test_our_name() -> None:
    assert user_agent("0.1", "https://example.org/a") == "cancu/0.1 (+https://example.org/a)"
    assert user_agent("0.1", None) == "cancu/0.1"
    for contact in ("a\r\nX-B: c", "a) evil", "ông@example.org", "a b"):
        with pytest.raises(ValueError, match="liên hệ"):
            user_agent("0.1", contact)


def test_validators_are_sent_and_304_is_no_page() -> None:
    def script(path: str, headers: dict[str, str]) -> Reply:
        held = headers.get("if-none-match") == '"1"' and headers.get("if-modified-since", "").startswith(
            "Mon"
        )
        return reply(b"", 304) if held else reply()

    with serve(script) as site, fetcher() as web:
        policy = allow(site)
        held = web.fetch(site.url("/a"), policy, etag='"1"', last_modified="Mon, 05 Jan 2026 00:00:00 GMT")
        assert (held.status, held.content, held.not_modified) == (304, b"", True)
        assert web.fetch(site.url("/a"), policy, etag='"2"').content == PAGE


def test_a_validator_goes_back_byte_for_byte() -> None:
    answer = reply().replace(b"\r\n\r\n", b'\r\nETag: "b\xe1\xbb\x99"\r\n\r\n', 1)
    with serve({"/a": answer}) as site, fetcher() as web:
        tag = web.fetch(site.url("/a"), allow(site)).headers["etag"]
        web.fetch(site.url("/a"), allow(site), etag=tag)
    assert site.requests[-1][1]["if-none-match"].encode("latin-1") == b'"b\xe1\xbb\x99"'


def test_304_that_was_not_asked_for_is_a_fault() -> None:
    assert type(fault(reply(b"", 304))) is PermanentFetch


LONG = PAGE + b"".join(b"<p>%d</p>" % n for n in range(20_000))


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(LONG)),
        ("x-gzip", gzip.compress(LONG[:9]) + gzip.compress(LONG[9:]) + b"\0\0"),
        ("br", brotli.compress(LONG)),
        ("identity", LONG),
        ("gzip, br", brotli.compress(gzip.compress(LONG))),
        ("br, gzip", gzip.compress(brotli.compress(LONG))),
    ],
)
def test_codings_are_undone(coding: str, body: bytes) -> None:
    with serve({"/a": reply(body, headers={"Content-Encoding": coding})}) as site, fetcher() as web:
        assert web.fetch(site.url("/a"), allow(site)).content == LONG


def test_a_chunked_page() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with serve({"/a": [(0.0, head), (0.05, b"3\r\nmot\r\n"), (0.05, b"3\r\nhai\r\n0\r\n\r\n")]}) as site:
        assert fetcher().fetch(site.url("/a"), allow(site)).content == b"mothai"


# --- faults on the wire -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(CUT, id="shorter than announced"),
        pytest.param([*CUT, (0.0, RESET)], id="reset in mid-body"),
        pytest.param([(0.0, RESET)], id="reset before the answer"),
        pytest.param([(0.0, b"")], id="closed without an answer"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc", id="chunk cut short"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", id="no chunk"),
        pytest.param(b"SSH-2.0-OpenSSH\r\n\r\n", id="not HTTP"),
        pytest.param(reply(gzip.compress(LONG)[:-9], headers={"Content-Encoding": "gzip"}), id="gzip cut"),
        pytest.param(reply(brotli.compress(LONG)[:-9], headers={"Content-Encoding": "br"}), id="brotli cut"),
    ],
)
def test_a_cut_answer_is_no_page_and_may_be_whole_later(answer: Reply) -> None:
    assert type(fault(answer)) is TransientFetch


def test_nobody_listens() -> None:
    with serve({}) as site:
        policy = allow(site)
    with pytest.raises(TransientFetch):
        fetcher().fetch(site.url("/a"), policy)


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", PAGE),
        ("br", b"\xff" * 50),
        ("zstd", b"a"),
        ("gzip", gzip.compress(b"a") * 2000),
        ("gzip, gzip, gzip", gzip.compress(gzip.compress(gzip.compress(PAGE)))),
        ("gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x07" + bytes(40)),  # a block of no kind
    ],
)
def test_a_coding_that_cannot_be_undone(coding: str, body: bytes) -> None:
    error = fault(reply(body, headers={"Content-Encoding": coding}))
    assert type(error) is PermanentFetch
    assert "Content-Encoding" in str(error)


def test_headers_without_end_are_refused() -> None:
    assert type(fault(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 300_000)) is TransientFetch


# --- sizes --------------------------------------------------------------------------------------------------

MIB = 1 << 20
SMALL = Limits(html_bytes=MIB, file_bytes=2 * MIB, seconds=20)
ZEROS = bytes(100 * MIB)
GZIP_BOMB = gzip.compress(ZEROS, 9)
BROTLI_BOMB = brotli.compress(ZEROS, quality=5)
DOUBLE_BOMB = gzip.compress(GZIP_BOMB)
del ZEROS


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", GZIP_BOMB),
        ("br", BROTLI_BOMB),
        ("gzip, gzip", DOUBLE_BOMB),
        ("gzip, br", brotli.compress(GZIP_BOMB)),
    ],
    ids=["gzip", "brotli", "gzip twice", "gzip in brotli"],
)
def test_a_bomb_never_unfolds(coding: str, bomb: bytes) -> None:
    assert len(bomb) < MIB
    with (
        serve({"/a": reply(bomb, headers={"Content-Encoding": coding})}) as site,
        fetcher(limits=SMALL) as web,
    ):
        web.robots.may_fetch(site.url("/a"), allow(site))
        tracemalloc.start()
        try:
            with pytest.raises(PermanentFetch, match="lớn hơn giới hạn"):
                web.fetch(site.url("/a"), allow(site))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 2 * MIB  # the limit, and what the pieces on their way take


def test_limits_by_kind() -> None:
    def of(kind: str) -> bytes:
        return reply(bytes(MIB + MIB // 2), headers={"Content-Type": kind})

    answers: dict[str, Reply] = {"/trang": of("text/html; charset=utf-8"), "/tep.pdf": of("application/pdf")}
    with serve(answers) as site, fetcher(limits=SMALL) as web:
        with pytest.raises(PermanentFetch, match="1 MiB cho trang HTML, 2 MiB cho tệp"):
            web.fetch(site.url("/trang"), allow(site))
        assert len(web.fetch(site.url("/tep.pdf"), allow(site)).content) == MIB + MIB // 2


def test_a_length_that_is_announced_beyond_the_limit_is_not_waited_for() -> None:
    started = time.monotonic()
    assert type(fault([(0.0, reply(length=3 * MIB)), (8.0, b"")], limits=SMALL)) is PermanentFetch
    assert time.monotonic() - started < 7.0


def test_a_page_without_a_length_is_read_to_the_limit_only() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    assert type(fault([(0.0, head + bytes(4 * MIB))], limits=SMALL)) is PermanentFetch


# --- statuses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (202, TransientFetch),
        (204, PermanentFetch),
        (300, PermanentFetch),
        (400, PermanentFetch),
        (401, BlockedFetch),
        (403, BlockedFetch),
        (404, PageGone),
        (405, PermanentFetch),
        (408, TransientFetch),
        (410, PageGone),
        (425, TransientFetch),
        (429, TransientFetch),
        (451, PermanentFetch),
        (500, TransientFetch),
        (502, TransientFetch),
        (503, TransientFetch),
        (504, TransientFetch),
        (522, TransientFetch),
    ],
)
def test_statuses(status: int, kind: type[FetchError]) -> None:
    error = fault(reply(b"", status))
    assert type(error) is kind
    assert error.status == status
    assert str(status) in str(error)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_holds_the_host(status: int) -> None:
    with serve({"/a": reply(b"", status, {"Retry-After": "120"}), "/b": reply()}) as site, fetcher() as web:
        with pytest.raises(TransientFetch) as raised:
            web.fetch(site.url("/a"), allow(site))
        assert raised.value.retry_after == 120.0
        assert web.ready_at(site.url("/b")) > time.monotonic() + 100
        with pytest.raises(TransientFetch, match="yêu cầu chờ") as raised:
            web.fetch(site.url("/b"), allow(site))
        assert raised.value.retry_after is not None
        assert 100 < raised.value.retry_after <= 120
        assert site.paths == ["/a"]


def test_retry_after_as_a_date() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    error = fault(reply(b"", 429, {"Retry-After": moment}))
    assert isinstance(error, TransientFetch)
    assert error.retry_after is not None
    assert 80 < error.retry_after <= 90


@pytest.mark.parametrize("value", ["soon", "-5", "1e9", ""])
def test_a_retry_after_that_cannot_be_read_is_unknown(value: str) -> None:
    error = fault(reply(b"", 429, {"Retry-After": value}))
    assert isinstance(error, TransientFetch)
    assert error.retry_after is None


def test_a_short_rest_is_waited_out() -> None:
    with serve({"/a": reply(b"", 503, {"Retry-After": "1"}), "/b": reply()}) as site, fetcher() as web:
        with pytest.raises(TransientFetch):
            web.fetch(site.url("/a"), allow(site))
        assert web.fetch(site.url("/b"), allow(site)).status == 200
    assert site.arrived[-1] - site.answered[-2] >= 1.0


# --- redirects ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_the_address_as_written(status: int) -> None:
    answers = {"/a": redirect("b?z=1&c=2#d", status), "/b?z=1&c=2": redirect("/c", status), "/c": reply()}
    with serve(answers) as site, fetcher() as web:
        response = web.fetch(site.url("/a"), allow(site))
    assert (response.url, response.final_url) == (site.url("/a"), site.url("/c"))
    assert response.redirects == (site.url("/b?z=1&c=2"),)


def test_a_location_in_raw_letters() -> None:
    location = "/tin-tức".encode().decode("latin-1")
    answer = redirect("X").replace(b"Location: X", b"Location: " + location.encode("latin-1"))
    with serve({"/a": answer, "/tin-t%E1%BB%A9c": reply()}) as site, fetcher() as web:
        assert web.fetch(site.url("/a"), allow(site)).final_url == site.url("/tin-t%E1%BB%A9c")


def test_five_redirects_are_followed_and_no_more() -> None:
    answers: dict[str, Reply] = {f"/{n}": redirect(f"/{n - 1}") for n in range(1, 8)} | {"/0": reply()}
    with serve(answers) as site, fetcher() as web:
        assert len(web.fetch(site.url("/5"), allow(site)).redirects) == 4
        with pytest.raises(PermanentFetch, match="quá 5 lần"):
            web.fetch(site.url("/6"), allow(site))
        assert site.paths[6:] == ["/6", "/5", "/4", "/3", "/2", "/1"]


def test_a_circle_is_left_at_once() -> None:
    with serve({"/a": redirect("/b"), "/b": redirect("/a")}) as site, fetcher() as web:
        with pytest.raises(PermanentFetch, match="vòng quanh"):
            web.fetch(site.url("/a"), allow(site))
        assert site.paths == ["/a", "/b"]


def test_no_request_leaves_the_allowed_hosts() -> None:
    answers: dict[str, Reply] = {}
    with serve({"/b": reply()}, "127.0.0.2") as other, serve(answers) as site, fetcher() as web:
        answers["/a"] = redirect(other.url("/b"))
        with pytest.raises(OffLimits, match=r"thêm '127.0.0.2' vào hosts"):
            web.fetch(site.url("/a"), allow(site))
        with pytest.raises(OffLimits):
            web.fetch(other.url("/b"), allow(site))
        assert other.requests == []
        assert web.fetch(site.url("/a"), allow(site, other)).final_url == other.url("/b")


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed() -> None:
    robots = reply(b"User-agent: *\nDisallow: /kin/\n", headers={"Content-Type": "text/plain"})
    with (
        serve({"/robots.txt": robots, "/a": redirect("/kin/b"), "/kin/b": reply()}) as site,
        fetcher() as web,
    ):
        with pytest.raises(DisallowedFetch, match="/kin/b"):
            web.fetch(site.url("/a"), allow(site))
        assert site.paths == ["/a"]


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("/", PageGone),
        ("/index.html", PageGone),
        ("/trang-chu", PageGone),
        ("/vi/", PageGone),
        ("/404.html", PageGone),
        ("/khong-tim-thay", PageGone),
        ("/dang-nhap?returnUrl=%2Fsau", BlockedFetch),
        ("/wp-login.php?redirect_to=x", BlockedFetch),
        ("javascript:alert(1)", PermanentFetch),
        ("", PermanentFetch),
    ],
)
def test_redirects_that_are_an_answer_in_themselves(location: str, kind: type[FetchError]) -> None:
    assert type(fault(redirect(location))) is kind


def test_a_page_that_waits_for_its_cookie_is_blocked() -> None:
    answer = reply(b"", 302, {"Location": "/sau/trang", "Set-Cookie": "qua=1"})
    error = fault(answer)
    assert type(error) is BlockedFetch
    assert "cookie" in str(error)
    assert type(fault(redirect("/sau/trang"))) is PermanentFetch  # a circle


def test_the_front_page_itself_may_redirect_to_another_front_page() -> None:
    with serve({"/": redirect("/vi/"), "/vi/": redirect("/trang-chu"), "/trang-chu": reply()}) as site:
        assert fetcher().fetch(site.url("/"), allow(site)).final_url == site.url("/trang-chu")


# --- what is no page ----------------------------------------------------------------------------------------


def test_a_challenge_is_not_a_page_and_not_a_fault_of_the_server() -> None:
    page = b"<title>Just a moment...</title><p>Enable JavaScript and cookies to continue"
    for status in (200, 403, 429, 503):
        error = fault(reply(page, status))
        assert type(error) is BlockedFetch
        assert error.status == status
        assert "trình duyệt" in str(error)


def test_a_plain_403_says_that_it_shows_no_captcha() -> None:
    assert "không có dấu hiệu captcha" in str(fault(reply(b"", 403)))


def test_a_soft_404_is_gone() -> None:
    page = "<title>Không tìm thấy trang | Báo</title><p>Mời bạn về trang chủ.".encode()
    assert type(fault(reply(page))) is PageGone


def test_a_page_that_is_gone_is_gone_whatever_forms_hang_on_it() -> None:
    form = b"<title>404</title><form><div class=g-recaptcha></div></form>"
    assert type(fault(reply(form, 404))) is PageGone
    assert type(fault(reply(form))) is PageGone


# --- politeness ---------------------------------------------------------------------------------------------


def test_the_pause_holds_between_arrivals_redirects_and_robots_txt_included() -> None:
    with serve({"/a": redirect("/b"), "/b": reply()}) as site, fetcher() as web:
        policy = allow(site, delay=0.2)
        web.fetch(site.url("/a"), policy)
        web.fetch(site.url("/b"), policy)
    assert [path for path, _ in site.requests] == ["/robots.txt", "/a", "/b", "/b"]
    gaps = [after - before for before, after in zip(site.arrived, site.arrived[1:], strict=False)]
    assert min(gaps) >= 0.2


def test_a_page_may_not_be_asked_for_by_anything_but_http() -> None:
    with pytest.raises(PermanentFetch, match="không phải địa chỉ http"):
        fetcher().fetch("file:///etc/passwd", Policy(hosts=frozenset({""})))


def test_the_policy_of_a_source() -> None:
    starts = tuple(
        Start(kind=kind, url=url, verified="")
        for kind, url in [(StartKind.FEED, "https://Bao.vn/rss"), (StartKind.FOLDER, "/tai-lieu")]
    )
    source = Source(
        name="bao",
        publisher="Báo",
        kind=SourceKind.NEWS,
        starts=starts,
        verified="",
        hosts=("media.bao.vn", "127.0.0.1:8001"),
        delay=2.0,
    )
    policy = policy_of(source)
    assert policy == Policy(hosts=frozenset({"bao.vn", "media.bao.vn", "127.0.0.1:8001"}), delay=2.0)
    assert policy.allows("http://bao.vn/a")
    assert policy.allows("https://bao.vn:8443/a")
    assert policy.allows("http://127.0.0.1:8001/a")
    assert not policy.allows("http://127.0.0.1:8002/a")
    assert not policy.allows("https://www.bao.vn/")
    assert not policy.allows("https://bao.vn.khac.vn/")
    assert not policy.allows_private("https://bao.vn/")
