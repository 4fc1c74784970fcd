"""robots.txt: obeyed where it can be read, waited for where it cannot."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from web_server import RESET, Reply, Site, allow, fetcher, redirect, reply, serve

from ingest.errors import DisallowedFetch, RobotsUnreachable, TransientFetch
from ingest.web.policy import Policy
from ingest.web.robots import ROBOTS_BYTES, MemoryCache, RobotsBook
from ingest.web.wire import Answer, Limits


def text(rules: str, **headers: str) -> bytes:
    return reply(rules.encode(), headers={"Content-Type": "text/plain"} | headers)


RULES = """\ufeffUser-agent: *
Disallow: /

User-agent: Cancu
Disallow: /tim-kiem
Disallow: /*.docx$
Allow: /tim-kiem/goi-y
Crawl-delay: 0.3

Sitemap: https://bao.vn/sitemap.xml
Sitemap: https://bao.vn/tin.xml
"""


def test_the_rules_for_our_name_are_obeyed() -> None:
    with serve({"/robots.txt": text(RULES)}) as site, fetcher() as web:
        allowed = {
            path: web.robots.may_fetch(site.url(path), allow(site))
            for path in ("/", "/tin/1", "/tim-kiem?q=a", "/tim-kiem/goi-y", "/a.docx", "/a.docx?x=1")
        }
        assert allowed == {
            "/": True,
            "/tin/1": True,
            "/tim-kiem?q=a": False,
            "/tim-kiem/goi-y": True,
            "/a.docx": False,
            "/a.docx?x=1": True,
        }
        assert web.robots.crawl_delay(site.url(), allow(site)) == 0.3
        assert web.robots.sitemaps(site.url("/a"), allow(site)) == (
            "https://bao.vn/sitemap.xml",
            "https://bao.vn/tin.xml",
        )
        assert [path for path, _ in site.requests] == ["/robots.txt"]  # asked for once


def test_what_is_not_allowed_is_not_asked_for() -> None:
    with serve({"/robots.txt": text("User-agent: *\nDisallow: /kin")}) as site, fetcher() as web:
        with pytest.raises(DisallowedFetch, match=r"robots.txt.*/kin/a"):
            web.fetch(site.url("/kin/a"), allow(site))
        assert site.paths == []


def test_the_delay_of_the_host_is_kept_where_it_is_longer_than_ours() -> None:
    with serve({"/robots.txt": text(RULES), "/a": reply(), "/b": reply()}) as site, fetcher() as web:
        for path in ("/a", "/b"):
            web.fetch(site.url(path), allow(site))
    assert site.paths == ["/a", "/b"]
    gaps = [after - before for before, after in zip(site.arrived, site.arrived[1:], strict=False)]
    assert min(gaps) >= 0.3


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nRequest-rate: 1/20", 20.0),
        ("User-agent: *\nRequest-rate: 10/1m\nCrawl-delay: 2", 6.0),
        ("User-agent: *\nCrawl-delay: nhanh", None),
        ("User-agent: khac\nCrawl-delay: 7", None),
        ("", None),
    ],
)
def test_delays(rules: str, delay: float | None) -> None:
    book = RobotsBook(lambda url, policy: Answer(status=200, headers={}, content=rules.encode()))
    assert book.crawl_delay("https://bao.vn/a", Policy(hosts=frozenset({"bao.vn"}))) == delay


def test_a_host_that_asks_for_more_than_a_minute_does_not_want_us() -> None:
    with (
        serve({"/robots.txt": text("User-agent: *\nCrawl-delay: 61"), "/a": reply()}) as site,
        fetcher() as web,
    ):
        with pytest.raises(DisallowedFetch, match="61 giây"):
            web.fetch(site.url("/a"), allow(site))
        assert site.paths == []


# --- what came instead --------------------------------------------------------------------------------------

WALL = "<!doctype html><title>Just a moment...</title><p>Checking your browser"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(b"", 404), id="404"),
        pytest.param(reply(b"", 410), id="410"),
        pytest.param(reply(b"", 403), id="403"),
        pytest.param(reply(b"", 401), id="401"),
        pytest.param(text(""), id="empty"),
        pytest.param(reply(b"<!doctype html><title>Bao</title><a href=/>Trang nhat</a>"), id="a page"),
        pytest.param(text("Disallow: /"), id="rules for nobody"),
        pytest.param(redirect("/robots.txt"), id="a circle"),
    ],
)
def test_no_rules_allow_everything(answer: Reply) -> None:
    with serve({"/robots.txt": answer, "/a": reply()}) as site, fetcher() as web:
        assert web.fetch(site.url("/a"), allow(site)).status == 200


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(b"", 500), id="500"),
        pytest.param(reply(b"", 503), id="503"),
        pytest.param(reply(b"", 429), id="429"),
        pytest.param([(0.0, RESET)], id="reset"),
        pytest.param([(0.0, reply(b"User-agent: *\n", length=500))], id="cut short"),
        pytest.param([(10.0, text(RULES))], id="slow"),
        pytest.param([(0.0, b"HTTP/1.1 200 OK\r\n\r\n")] + [(0.2, b"#\n")] * 50, id="drip"),
        pytest.param(reply(WALL.encode()), id="challenge"),
        pytest.param(reply(WALL.encode(), 403), id="challenge as 403"),
        pytest.param(redirect("http://127.0.0.9/robots.txt"), id="off the allowed hosts"),
        pytest.param(redirect("mailto:a@b"), id="to no page"),
        pytest.param(reply(b"a", headers={"Content-Encoding": "gzip"}), id="not in its coding"),
    ],
)
def test_rules_that_cannot_be_read_are_waited_for(answer: Reply) -> None:
    limits = Limits(seconds=1.0, robots_seconds=77.0)
    with serve({"/robots.txt": answer, "/a": reply()}) as site, fetcher(limits=limits) as web:
        with pytest.raises(RobotsUnreachable, match=r"/robots.txt nên chưa tải trang nào") as raised:
            web.fetch(site.url("/a"), allow(site))
        assert raised.value.retry_after == 77.0
        with pytest.raises(RobotsUnreachable) as raised:  # remembered: not asked for again at once
            web.fetch(site.url("/b"), allow(site))
        assert raised.value.retry_after is not None
        assert 70 < raised.value.retry_after <= 77.0
        assert [path for path, _ in site.requests] == ["/robots.txt"]


def test_an_unreachable_one_says_itself_how_long_to_wait() -> None:
    with serve({"/robots.txt": reply(b"", 503, {"Retry-After": "33"})}) as site, fetcher() as web:
        with pytest.raises(RobotsUnreachable) as raised:
            web.fetch(site.url("/a"), allow(site))
        assert raised.value.retry_after == 33.0
        assert raised.value.status == 503


def test_redirects_within_the_allowed_hosts_are_followed() -> None:
    def chain(site: Site) -> dict[str, Reply]:
        return {
            "/robots.txt": redirect("/r1"),
            "/r1": redirect(site.url("/r2")),
            "/r2": text("User-agent: *\nDisallow: /kin"),
        }

    answers: dict[str, Reply] = {}
    with serve(answers) as site, fetcher() as web:
        answers |= chain(site)
        assert not web.robots.may_fetch(site.url("/kin"), allow(site))
        assert web.robots.may_fetch(site.url("/a"), allow(site))


def test_a_huge_file_is_read_to_the_limit_without_its_cut_line() -> None:
    begun = b"User-agent: *\nDisallow: /dau\n"
    last = b"Disallow: /"  # what the limit leaves of "Disallow: /cuoi": everything would be forbidden
    filling = b"#" * (ROBOTS_BYTES - len(begun) - len(last) - 1) + b"\n"
    rules = begun + filling + b"Disallow: /cuoi\n" * 90_000
    assert rules[:ROBOTS_BYTES].endswith(b"\nDisallow: /")
    with serve({"/robots.txt": text(rules.decode())}) as site, fetcher() as web:
        may = {path: web.robots.may_fetch(site.url(path), allow(site)) for path in ("/dau", "/cuoi", "/x")}
    assert may == {"/dau": False, "/cuoi": True, "/x": True}


def test_rules_belong_to_one_port() -> None:
    with (
        serve({"/robots.txt": text("User-agent: *\nDisallow: /")}) as first,
        serve({"/a": reply()}) as second,
        fetcher() as web,
    ):
        assert not web.robots.may_fetch(first.url("/a"), allow(first, second))
        assert web.robots.may_fetch(second.url("/a"), allow(first, second))


# --- the cache ----------------------------------------------------------------------------------------------


class Day:
    """A day that goes by when told, and a site that answers as told; both for a book of their own."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 8, tzinfo=UTC)
        self.asked = 0
        self.answer: Answer | None = Answer(status=200, headers={}, content=b"User-agent: *\nDisallow: /a")

    def ask(self, url: str, policy: Policy) -> Answer:
        assert url == "https://bao.vn/robots.txt"
        self.asked += 1
        if self.answer is None:
            raise TransientFetch("đứt")
        return self.answer

    def book(self, cache: MemoryCache | None = None) -> RobotsBook:
        return RobotsBook(self.ask, cache, now=lambda: self.now)


BAO = Policy(hosts=frozenset({"bao.vn"}))


def test_a_copy_holds_for_a_day_and_no_longer() -> None:
    day = Day()
    book = day.book()
    assert not book.may_fetch("https://bao.vn/a", BAO)
    day.now += timedelta(hours=23, minutes=59)
    day.answer = Answer(status=200, headers={}, content=b"")
    assert not book.may_fetch("https://bao.vn/a", BAO)
    assert day.asked == 1
    day.now += timedelta(minutes=1)
    assert book.may_fetch("https://bao.vn/a", BAO)
    assert day.asked == 2


def test_a_stale_copy_that_allowed_is_not_used_when_the_site_cannot_be_asked() -> None:
    day = Day()
    book = day.book()
    assert book.may_fetch("https://bao.vn/b", BAO)
    day.now += timedelta(hours=25)
    day.answer = None
    with pytest.raises(RobotsUnreachable):
        book.may_fetch("https://bao.vn/b", BAO)
    day.now += timedelta(seconds=299)
    with pytest.raises(RobotsUnreachable):
        book.may_fetch("https://bao.vn/b", BAO)
    assert day.asked == 2
    day.now += timedelta(seconds=2)
    day.answer = Answer(status=404, headers={}, content=b"")
    assert book.may_fetch("https://bao.vn/a", BAO)
    assert day.asked == 3


def test_a_copy_outlives_the_run() -> None:
    day, cache = Day(), MemoryCache()
    day.book(cache).may_fetch("https://bao.vn/a", BAO)
    assert cache.load("bao.vn:443") == ("User-agent: *\nDisallow: /a", "2026-03-01T08:00:00+00:00")
    day.now += timedelta(hours=1)
    assert not day.book(cache).may_fetch("https://bao.vn/a", BAO)
    assert day.asked == 1
    day.now += timedelta(hours=24)
    day.book(cache).may_fetch("https://bao.vn/a", BAO)
    assert day.asked == 2


def test_the_clock_of_the_book_is_that_of_the_world() -> None:
    cache = MemoryCache()
    cache.save("127.0.0.1:1", "User-agent: *\nDisallow: /", datetime.now(UTC).isoformat())
    started = time.monotonic()
    with fetcher(cache=cache) as web:
        assert not web.robots.may_fetch("http://127.0.0.1:1/a", Policy(hosts=frozenset()))
    assert time.monotonic() - started < 5
