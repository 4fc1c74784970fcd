"""Each fault of the test site does what it says, and what the site knows of a crawl is true."""

from __future__ import annotations

import http.client
import re
import time
import unicodedata
import zlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import brotli
import pytest

from tests.portals import Portals, judge, serve_portals
from tests.portals.client import get, text
from tests.portals.faults import FAULTS, ORDINARY


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    with serve_portals() as served:
        yield served


@pytest.fixture
def fresh() -> Iterator[Portals]:
    """Where the count of requests matters."""
    with serve_portals() as served:
        yield served


@pytest.fixture(autouse=True)
def _switches_off(portals: Portals) -> Iterator[None]:
    yield
    for name in portals.switches:
        portals.turn(name, False)


def statuses(url: str | None, count: int) -> list[int]:
    return [get(url).status for _ in range(count)]


def test_every_fault_is_linked_between_two_ordinary_pages_and_says_what_it_is(portals: Portals) -> None:
    for name, host in portals.gold.faults.items():
        links = re.findall(r'href="([^"]+)"', text(f"{host.base}/"))
        assert (links[0], links[-1]) == ORDINARY and host.doc.endswith(".") and FAULTS[name].links[0] in links


def test_refusals_that_pass(fresh: Portals) -> None:
    assert statuses(fresh.fault("retry-after").url, 4) == [429, 429, 200, 200]
    assert statuses(fresh.fault("retry-after-date").url, 2) == [503, 200]
    assert statuses(fresh.fault("burst-503").url, 4) == [503, 503, 200, 200]
    assert statuses(fresh.fault("always-503").url, 4) == [503] * 4
    assert get(fresh.fault("retry-after-long").url).headers["Retry-After"] == "86400"


def test_retry_after_is_stated(fresh: Portals) -> None:
    assert get(fresh.fault("retry-after").url).headers["Retry-After"] == "1"
    assert get(fresh.fault("retry-after-date").url).headers["Retry-After"].endswith(" GMT")


def test_bodies_that_break_off_are_whole_the_second_time(fresh: Portals) -> None:
    with pytest.raises(ConnectionResetError):
        get(fresh.fault("reset").url).read()
    with pytest.raises(http.client.IncompleteRead):
        get(fresh.fault("truncated").url).read()
    for name in ("reset", "truncated"):
        assert fresh.fault(name).documents[1].sentence in text(fresh.fault(name).url)


def test_slow_pages(portals: Portals) -> None:
    began = time.monotonic()
    assert portals.fault("slow-drip").documents[1].sentence in text(portals.fault("slow-drip").url)
    assert time.monotonic() - began >= 1
    assert get(portals.fault("endless-drip").url).read(5) == b"....."
    with pytest.raises(TimeoutError):
        get(portals.fault("silent").url, timeout=0.3)
    assert len(get(portals.fault("endless-body").url).read(20_000_000)) == 20_000_000


def test_redirects(portals: Portals) -> None:
    url = portals.fault("endless-redirect").url
    seen = []
    for _ in range(30):
        url = f"{portals.fault('endless-redirect').base}{get(url).headers['Location']}"
        seen.append(url)
    assert len(set(seen)) == 30
    loop = portals.fault("redirect-loop")
    assert get(f"{loop.base}/vong.html").headers["Location"] == urlsplit(str(loop.url)).path
    off = portals.fault("redirect-off-host")
    assert get(str(off.url)).headers["Location"].startswith(off.never[0]) and off.base not in off.never[0]
    nowhere = get(portals.fault("redirect-nowhere").url)
    assert (nowhere.status, nowhere.headers["Location"]) == (302, None)


@pytest.mark.parametrize(
    ("name", "declared", "codec"),
    [
        ("wrong-charset-latin-1", "iso-8859-1", "utf-8"),
        ("wrong-charset-windows-1258", "utf-8", "cp1258"),
        ("wrong-charset-tcvn3", "utf-8", None),
    ],
)
def test_wrong_charsets(portals: Portals, name: str, declared: str, codec: str | None) -> None:
    fault = portals.fault(name)
    answer = get(fault.url)
    assert answer.headers.get_content_charset() == declared
    body, sentence = answer.read(), fault.documents[1].sentence
    if codec is not None:
        assert fault.documents[1].title in unicodedata.normalize("NFC", body.decode(codec))
        assert sentence in unicodedata.normalize("NFC", body.decode(codec))
    if codec != "utf-8":
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")
    if codec is None:
        told = fault.documents[1].title + sentence
        assert all(c.islower() or ord(c) < 128 or c in "ĂÂÊÔƠƯĐ" for c in told)  # TCVN3 can write them
        # "Hồ sơ của bài được lưu dưới mã", by hand
        assert b"H\xe5 s\xac c\xf1a b\xb5i \xae\xad\xeec l\xadu d\xad\xedi m\xb7" in body


def test_bombs_are_small_on_the_wire_and_large_unpacked(portals: Portals) -> None:
    answer = get(portals.fault("gzip-bomb").url)
    packed = answer.read()
    assert answer.headers["Content-Encoding"] == "gzip" and len(packed) < 250_000
    unpacker, size = zlib.decompressobj(31), 0
    rest = packed
    while rest:
        size += len(unpacker.decompress(rest, 2**20))
        rest = unpacker.unconsumed_tail
    size += len(unpacker.flush())
    assert size == 210 * 2**20 and unpacker.eof
    url = portals.fault("brotli-bomb").url
    small = get(url, Accept_Encoding="br").read()
    assert len(small) < 2_000 and brotli.Decompressor().process(small, output_buffer_limit=2**20)[
        :9
    ] == bytes(9)
    assert get(url).status == 406


def test_the_calendar_has_no_end(portals: Portals) -> None:
    base, path = portals.fault("calendar").base, "/lich/2026/05"
    for expected in ("/lich/2026/06", "/lich/2026/07"):
        page = text(base + path)
        path = re.findall(r'rel="next" href="([^"]+)"', page)[0]
        assert path == expected and page.count("<a ") == 29
    assert 'href="/lich/2027/01"' in text(f"{base}/lich/2026/12/24")


def test_pages_that_are_none(portals: Portals) -> None:
    expected = {"soft-404": 200, "captcha": 200, "challenge-503": 503, "challenge-403": 403}
    for name, status in expected.items():
        answer = get(portals.fault(name).url)
        page = answer.read().decode()
        assert answer.status == status and (
            "Không tìm thấy trang" in page or "captcha" in page or "_cf_chl" in page
        )
    assert get(portals.fault("challenge-503").url).headers["cf-mitigated"] == "challenge"
    assert get(portals.fault("empty").url).read() == b""


def test_switches_change_take_away_bring_back_and_move(portals: Portals) -> None:
    for name in ("changed", "validators"):
        fault = portals.fault(name)
        (later,) = fault.later[name]
        assert later.sentence not in text(fault.url)
        portals.turn(name)
        assert later.sentence in text(fault.url)
    for name, status in (("vanished", 404), ("removed", 410), ("moved", 301)):
        url = portals.fault(name).url
        portals.turn(name)
        assert get(url).status == status
        portals.turn(name, False)
        assert get(url).status == 200
    portals.turn("moved")
    (moved,) = portals.fault("moved").later["moved"]
    assert moved.sentence in text(moved.url) and moved.aliases == (portals.fault("moved").url,)


def test_canonical_addresses_true_and_false(portals: Portals) -> None:
    two = portals.fault("two-addresses")
    for url in (two.url, *two.documents[1].aliases):
        assert f'rel="canonical" href="{two.url}"' in text(str(url))
    assert len(two.documents[1].aliases) == 2
    wrong = portals.fault("site-canonical")
    assert all(f'rel="canonical" href="{wrong.base}/"' in text(d.url) for d in wrong.documents)


def test_validators_get_304_until_the_page_changes(portals: Portals) -> None:
    url = portals.fault("validators").url
    first = get(url)
    tag, day = first.headers["ETag"], first.headers["Last-Modified"]
    again = get(url, If_None_Match=tag, If_Modified_Since=day)
    assert (again.status, again.read()) == (304, b"")
    assert get(url, If_Modified_Since=day).status == 304
    assert get(url, If_None_Match='"khác"', If_Modified_Since=day).status == 200
    portals.turn("validators")
    assert get(url, If_None_Match=tag).status == get(url, If_Modified_Since=day).status == 200


def test_the_restless_sidebar_changes_and_the_main_text_does_not(portals: Portals) -> None:
    url = portals.fault("restless-sidebar").url
    first, second = text(url), text(url)
    assert first != second
    shown = [re.findall("<main>.*</main>", page, re.DOTALL) for page in (first, second)]
    assert shown[0] == shown[1] != []
    assert {"ETag", "Last-Modified"} & set(get(url).headers) == set()


def test_private_addresses_stand_in_text_only(portals: Portals) -> None:
    page = text(portals.fault("foreign-links").url)
    assert "http://192.168.1.1/quan-tri" in page
    assert not [link for link in re.findall(r'href="([^"]*)"', page) if "192.168" in link or "10.0" in link]


def test_the_verdict_names_what_is_missing_repeated_and_forbidden(fresh: Portals) -> None:
    part, broken, off = (
        *(fresh.gold.hosts["robots-part"], fresh.fault("reset")),
        fresh.fault("redirect-off-host"),
    )
    hosts = [part, broken, off]
    for url in (part.documents[0].url, *[broken.documents[0].url] * 2, part.never[0], off.never[0]):
        text(url)
    with pytest.raises(ConnectionResetError):
        text(str(broken.url))
    verdict = judge(fresh.gold, hosts, fresh.log.of())
    # what was reset in mid-body did not come
    assert verdict.missing == tuple(d.url for d in (part.documents[1], *broken.documents[1:], *off.documents))
    assert verdict.repeated == (broken.documents[0].url,)
    assert verdict.forbidden == tuple(sorted((part.never[0], off.never[0])))


def test_to_read_robots_is_never_forbidden_and_a_page_behind_it_is(fresh: Portals) -> None:
    host = fresh.gold.hosts["robots-all"]
    text(f"{host.base}/robots.txt")
    assert judge(fresh.gold, [host], fresh.log.of()).forbidden == ()
    text(f"{host.base}/")
    assert judge(fresh.gold, [host], fresh.log.of()).forbidden == (f"{host.base}/",)
