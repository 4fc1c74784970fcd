"""The test site does what it says: read with urllib and http.client alone, no code of ours between."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import socket
import threading
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pypdfium2
import pytest

from tests.portals import HostGold, Portals, read_log, serve_portals, spawn_portals
from tests.portals.client import get, text
from tests.portals.texts import tell


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    with serve_portals() as served:
        yield served


@pytest.fixture(autouse=True)
def _switches_off(portals: Portals) -> Iterator[None]:
    yield
    for name in portals.switches:
        portals.turn(name, False)


def all_hosts(portals: Portals) -> dict[str, HostGold]:
    return {**portals.gold.hosts, **portals.gold.faults}


# --- the whole --------------------------------------------------------------------------------------------


def test_it_leaves_no_thread_behind() -> None:
    before = set(threading.enumerate())
    with serve_portals() as served:
        kept = http.client.HTTPConnection(urlsplit(served.gold.hosts["bao"].base).netloc)
        kept.request("GET", "/")
        assert kept.getresponse().read()  # the connection stays open
        waiting = threading.Thread(target=_swallow, args=(served.fault("silent").url,))
        waiting.start()
        while not served.log.of("silent"):
            time.sleep(0.01)
    waiting.join(timeout=5)
    assert set(threading.enumerate()) - before == set()


def _swallow(url: str | None) -> None:
    with pytest.raises((OSError, http.client.HTTPException)):
        get(url)


def test_every_host_has_an_address_of_its_own_in_127(portals: Portals) -> None:
    bases = [host.base for host in all_hosts(portals).values()]
    addresses = [urlsplit(base).hostname or "" for base in bases]
    assert len(set(addresses)) == len(addresses) and all(
        re.fullmatch(r"127\.0\.0\.\d+", a) for a in addresses
    )


def test_every_document_is_there_with_title_sentence_and_day(portals: Portals) -> None:
    curious = {"retry-after", "retry-after-date", "burst-503", "reset", "truncated"}  # tested below
    coded = {"wrong-charset-windows-1258", "wrong-charset-tcvn3"}
    for name, host in all_hosts(portals).items():
        for document in host.documents:
            if name in curious | coded and document.url == host.url:
                continue
            answer = get(document.url)
            assert answer.status == 200, document.url
            if document.parent is None:
                page = answer.read().decode()
                assert document.title in page and document.sentence in page
                assert document.published_at is None or document.published_at in page


def test_titles_and_sentences_tell_documents_apart(portals: Portals) -> None:
    documents = [d for host in all_hosts(portals).values() for d in host.documents]
    assert len({d.url for d in documents}) == len(documents)
    assert len({d.sentence for d in documents}) == len(documents) - len(portals.gold.copies)


def test_the_site_is_the_same_in_another_process_but_for_its_ports(portals: Portals, tmp_path: Path) -> None:
    with spawn_portals(log=tmp_path / "log.jsonl") as other:
        strip = re.compile(r":\d{4,5}(?=/|\")")
        ours, theirs = (strip.sub("", json.dumps(gold.to_json())) for gold in (portals.gold, other.gold))
        assert ours == theirs
        ours, theirs = (gold.hosts["so-do"].documents[3].url for gold in (portals.gold, other.gold))
        assert strip.sub("", text(ours)) == strip.sub("", text(theirs))
        assert [(e.host, e.path, e.status) for e in other.read_log()] == [
            ("so-do", urlsplit(theirs).path, 200)
        ]
        other.turn("changed")
        assert "Bản mới của bài" in text(str(other.fault("changed").url))
        with pytest.raises(HTTPError):
            other.turn("no such switch")
    assert read_log((tmp_path / "log.jsonl").read_text("utf-8"))[0].path == urlsplit(theirs).path


def test_stories_are_long_enough_and_no_near_copies() -> None:
    shingles = []
    for number in range(40):
        words = " ".join(tell("sd", number).paragraphs()).split()
        assert 600 <= len(words) <= 1500
        shingles.append({tuple(words[at : at + 3]) for at in range(len(words) - 2)})
    closest = max(len(a & b) / len(a | b) for i, a in enumerate(shingles) for b in shingles[:i])
    assert closest < 0.2


def test_the_log_says_what_was_asked_and_when(portals: Portals, tmp_path: Path) -> None:
    base = portals.gold.hosts["bao"].base
    portals.log.clear()
    before = time.monotonic()
    get(f"{base}/kinh-te/?trang=2", User_Agent="thu/1.0").read()
    after = time.monotonic()
    get(f"{base}/khong-co").read()
    first, second = portals.log.of("bao")
    assert (first.method, first.path, first.status) == ("GET", "/kinh-te/?trang=2", 200)
    assert first.headers["user-agent"] == "thu/1.0"
    assert before < first.start <= (first.end or 0) < after < second.start
    assert second.status == 404
    # The client has its page before the server notes that it is done.
    while not all(entry.done for entry in portals.log.of("bao")) and time.monotonic() < after + 30:
        time.sleep(0.01)
    portals.log.write(tmp_path / "log.jsonl")
    assert read_log((tmp_path / "log.jsonl").read_text("utf-8")) == portals.log.of()


def test_an_unknown_switch_is_an_error(portals: Portals) -> None:
    with pytest.raises(KeyError, match="changed"):
        portals.turn("chnaged")


# --- hosts ------------------------------------------------------------------------------------------------


def test_wordpress_lists_its_posts_by_pages_and_refuses_a_page_beyond(portals: Portals) -> None:
    host = portals.gold.hosts["wordpress"]
    links, page = [], 1
    while (answer := get(f"{host.starts[0].url}&page={page}")).status == 200:
        assert (answer.headers["X-WP-Total"], answer.headers["X-WP-TotalPages"]) == ("13", "3")
        links += [row["link"] for row in json.load(answer)]
        page += 1
    assert (page, answer.status, json.load(answer)["code"]) == (4, 400, "rest_post_invalid_page_number")
    assert links == [d.url + "?utm_source=rest" for d in host.documents]
    assert get(links[0], Accept_Encoding="br").headers["Content-Encoding"] == "br"
    portals.turn("wordpress-new")
    newest = json.load(get(host.starts[0].url))[:2]
    assert [row["link"].split("?")[0] for row in newest] == [d.url for d in host.later["wordpress-new"]]


def test_the_paper_has_a_feed_a_section_and_a_crawl_delay(portals: Portals) -> None:
    host = portals.gold.hosts["bao"]
    assert "Crawl-delay: 0.05" in text(f"{host.base}/robots.txt")
    feed = re.findall(r"<link>([^<]+)\?utm_source=rss#main</link>", text(host.starts[0].url))
    assert feed == [d.url for d in host.documents[:12]] + [host.documents[0].url]
    listed: list[str] = []
    for page in (1, 2, 3):
        section = text(host.starts[1].url.format(page=page))
        listed += re.findall(r'href="(http[^"]+)\?utm_source=home"', section)
    assert listed == [d.url for d in host.documents]
    assert get(host.starts[1].url.format(page=4)).status == 404
    packed = get(host.documents[0].url, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.read())


def test_press_and_wordpress_tell_one_story_under_two_bylines(portals: Portals) -> None:
    ((ours, theirs),) = portals.gold.copies
    first, second = text(ours), text(theirs)
    assert "Ban Biên tập</a>" in first and "Nhóm phóng viên" in second
    paragraphs = re.findall(r"<p>.{200,}</p>", first)
    assert len(paragraphs) > 4 and all(paragraph in second for paragraph in paragraphs[1:])


def test_the_gazette_repeats_its_last_page_and_its_series_has_two_gaps(portals: Portals) -> None:
    host = portals.gold.hosts["cong-bao"]
    pages = [text(host.starts[0].url.format(page=n)) for n in range(1, 7)]
    rows = [re.findall(r'href="([^"]+)">(\d\d)/QĐ-UBND<', page) for page in pages]
    assert rows[3] == rows[4] == rows[5] != rows[2]
    numbers = [int(number) for page in rows[:4] for _, number in page]
    assert sorted(numbers) == [n for n in range(1, 38) if n not in (12, 19)] == list(portals.gold.numbers)
    details = [host.base + path for page in rows[:4] for path, _ in page]
    assert details == [d.url for d in host.documents if d.parent is None]


def test_the_files_of_the_gazette_are_pdfs_with_their_text(portals: Portals) -> None:
    files = [d for d in portals.gold.hosts["cong-bao"].documents if d.parent is not None]
    assert len(files) == 35 + 11  # every third number has an annex; 12 is a gap
    for document in files[:3]:
        answer = get(document.url)
        assert answer.headers["Content-Type"] == "application/pdf"
        read = pypdfium2.PdfDocument(answer.read())[0].get_textpage().get_text_range()
        assert document.sentence in " ".join(unicodedata.normalize("NFC", read).split())
        assert f'href="{urlsplit(document.url).path}"' in text(str(document.parent))


def test_the_sitemaps_name_every_page_once_and_the_newest_twice(portals: Portals) -> None:
    host = portals.gold.hosts["so-do"]
    children = re.findall(r"<loc>([^<]+)</loc>", text(host.starts[0].url))
    named = {}
    for child in children:
        content = get(child).read()
        content = gzip.decompress(content) if child.endswith(".gz") else content
        named[child] = re.findall(r"<loc>([^<]+)</loc>", content.decode())
    urls = [d.url for d in host.documents]
    assert len(urls) == 60 and named[children[0]] == urls[:10]
    assert [url for child in children[1:] for url in named[child]] == urls
    assert children[-1].endswith(".xml.gz")


def test_the_full_size_has_5000_pages() -> None:
    with serve_portals("full") as full:
        host = full.gold.hosts["so-do"]
        assert len(host.documents) == len({d.url for d in host.documents}) == 5000
        assert host.documents[4321].sentence in text(host.documents[4321].url)
        assert json.load(get(f"{full.gold.hosts['wordpress'].starts[0].url}&page=3"))[-1]["id"]


@pytest.mark.parametrize("name", ["robots-silent", "robots-503"])
def test_robots_that_cannot_be_read_recover_with_a_switch(portals: Portals, name: str) -> None:
    host = portals.gold.hosts[name]
    if name == "robots-503":
        assert get(f"{host.base}/robots.txt").status == 503
    else:
        with pytest.raises(TimeoutError):
            get(f"{host.base}/robots.txt", timeout=0.3)
    assert host.documents == () and f"{host.base}/" in host.never
    portals.turn(f"{name}-well")
    assert text(f"{host.base}/robots.txt").startswith("User-agent: *\nDisallow: /noi-bo/")
    assert len(host.later[f"{name}-well"]) == 2


def test_robots_close_a_part_or_all(portals: Portals) -> None:
    part, everything = (portals.gold.hosts[name] for name in ("robots-part", "robots-all"))
    assert "Disallow: /noi-bo/" in text(f"{part.base}/robots.txt")
    assert text(f"{everything.base}/robots.txt") == "User-agent: *\nDisallow: /\n"
    assert [("/noi-bo/" in url, "?in=" in url) for url in part.never] == [(True, False)] * 2 + [
        (False, True)
    ] * 2
    home = text(f"{part.base}/")
    assert all(urlsplit(url).path in home for url in part.never)


def test_the_pages_of_wordpress_lead_to_tags_and_answers_to_comments(portals: Portals) -> None:
    host = portals.gold.hosts["wordpress"]
    post = text(host.documents[0].url)
    assert f"{host.documents[0].url}?replytocom=" in post and 'action="/wp-comments-post.php"' in post
    for path in ("/category/tin/", "/tag/bao/", "/author/ban-bien-tap/"):
        assert f'href="{path}"' in post and get(host.base + path).status == 200


def test_a_post_is_refused_and_a_head_has_no_body(portals: Portals) -> None:
    base = portals.gold.hosts["wordpress"].base
    assert get(f"{base}/wp-comments-post.php", method="POST").status == 405
    with socket.create_connection((urlsplit(base).hostname or "", urlsplit(base).port or 0)) as raw:
        raw.sendall(b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: raw.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200 OK") and answer.endswith(b"\r\n\r\n")
