"""What a crawl must not lose, nor fetch without end: each test is a fault that a crawl once had."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.collect import FRONTIER, collect
from corpus.store import Store
from ingest.crawl.frontier import Frontier
from ingest.crawl.models import CrawlReport, Options
from ingest.crawl.schema import MIGRATIONS
from ingest.errors import FrontierError
from ingest.sources import Source, Start, StartKind
from ingest.web.fetch import Fetcher
from ingest.web.wire import Wire
from tests.small_web import Page, SmallWeb, article, feed, serve
from tests.test_crawl import TEXT, counts, held, publish


@pytest.fixture
def web() -> Iterator[SmallWeb]:
    with serve() as running:
        yield running


class Crawler:
    """A store and the crawls of it."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder)
        self.path = folder / FRONTIER

    def __call__(self, *sources: Source, **options: object) -> CrawlReport:
        with Frontier.open(self.path) as kept:
            wanted = Options(**options)  # type: ignore[arg-type]
            frontier = kept.copy() if wanted.dry else kept
            with Fetcher(Wire(agent="cancu/thu"), robots_cache=frontier) as fetcher:
                return collect(self.store, sources, fetcher, frontier, options=wanted)

    def paths(self) -> list[str]:
        """The paths of what is held, sorted."""
        return sorted("/" + uri.partition("//")[2].partition("/")[2] for uri in held(self.store))

    def later(self, days: float) -> None:
        """Let so many days pass for all that is due."""
        db = sqlite3.connect(self.path)
        with db:
            db.execute("UPDATE pages SET due_at = due_at - ?", (days * 86_400,))
        db.close()


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawler]:
    crawler = Crawler(tmp_path / "store")
    with crawler.store:
        yield crawler


def news(n: int, **more: str) -> Page:
    return Page(article(f"Tin số {n}", TEXT.format(n=n), **more))  # type: ignore[arg-type]


def listing(*numbers: int, next_page: str = "") -> Page:
    """A page that lists articles /tin-N.html."""
    links = "".join(
        f'<li><a href="/tin-{n}.html">Kế hoạch xây dựng nông thôn mới số {n}</a></li>' for n in numbers
    )
    more = f'<a rel="next" href="{next_page}">sau</a>' if next_page else ""
    return Page(f"<html><body><main><h1>Văn bản</h1><ul>{links}</ul></main>{more}</body></html>")


def sitemap(web: SmallWeb, *entries: tuple[str, str | None], index: bool = False) -> Page:
    root, entry = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    body = "".join(
        f"<{entry}><loc>{web.url(path)}</loc>" + (f"<lastmod>{day}</lastmod>" if day else "") + f"</{entry}>"
        for path, day in entries
    )
    return Page(
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</{root}>'
    )


# --- rules and start points that change between two runs


def test_a_start_point_that_was_changed_is_not_followed_further(web: SmallWeb, crawl: Crawler) -> None:
    for n in range(1, 7):
        web.pages[f"/tin-{n}.html"] = news(n)
    for n in (1, 2, 3):
        web.pages[f"/cu-{n}"] = web.pages[f"/moi-{n}"] = listing(2 * n - 1, 2 * n)
    crawl(web.source((StartKind.LISTING, "/cu-{page}"), budget=2))
    web.asked.clear()
    crawl(web.source((StartKind.LISTING, "/moi-{page}")))
    assert [path for path in web.asked if path.startswith("/cu-")] == []
    assert crawl.paths() == [f"/tin-{n}.html" for n in range(1, 7)]


def test_what_was_queued_and_is_denied_since_is_not_fetched(web: SmallWeb, crawl: Crawler) -> None:
    publish(web, 1, 2, 3)
    crawl(web.source((StartKind.FEED, "/rss"), budget=1))
    web.asked.clear()
    report = crawl(web.source((StartKind.FEED, "/rss"), deny=("/tin-",)))
    assert web.asked == ["/rss"]
    assert sum(n for reason, (n, _) in report.sources[0].passed.items() if "deny" in reason) >= 2


def test_what_a_wider_rule_allows_is_found_though_its_list_did_not_change(
    web: SmallWeb, crawl: Crawler
) -> None:
    publish(web, 1, 2)
    web.pages["/rss"] = replace(web.pages["/rss"], etag='"1"')  # type: ignore[type-var]
    crawl(web.source((StartKind.FEED, "/rss"), allow=("/tin-1",)))
    crawl(web.source((StartKind.FEED, "/rss")))
    assert crawl.paths() == ["/tin-1.html", "/tin-2.html"]


def test_a_source_that_was_renamed_still_gets_what_was_queued(web: SmallWeb, crawl: Crawler) -> None:
    publish(web, 1, 2, 3)
    crawl(web.source((StartKind.FEED, "/rss"), budget=1))
    crawl(web.source((StartKind.FEED, "/rss"), name="ten-moi"))
    assert crawl.paths() == ["/tin-1.html", "/tin-2.html", "/tin-3.html"]


# --- --since, --limit, --dry-run, --recheck


@pytest.mark.parametrize("etag", (None, '"1"'))
def test_a_run_with_since_hides_nothing_from_a_later_one_without(
    web: SmallWeb, crawl: Crawler, etag: str | None
) -> None:
    publish(web, 1)
    item = (
        f"<item><title>Tin</title><link>{web.url('/tin-1.html')}</link>"
        "<pubDate>Fri, 05 Jun 2026 08:00:00 +0700</pubDate></item>"
    )
    web.pages["/rss"] = Page(f'<rss version="2.0"><channel><title>T</title>{item}</channel></rss>', etag=etag)
    source = web.source((StartKind.FEED, "/rss"))
    crawl(source, since="2026-06-30")
    assert crawl.paths() == []
    crawl(source)
    assert crawl.paths() == ["/tin-1.html"]


def test_a_listing_read_with_since_is_read_on_without(web: SmallWeb, crawl: Crawler) -> None:
    def dated(n: int, day: str) -> str:
        return (
            f'<li><a href="/tin-{n}.html">Kế hoạch xây dựng nông thôn mới số {n}</a>'
            f"<span>{day} 08:00</span></li>"
        )

    days = {
        1: "05/07/2026",
        2: "04/07/2026",
        3: "03/06/2026",
        4: "02/06/2026",
        5: "01/06/2026",
        6: "30/05/2026",
    }
    for n in days:
        web.pages[f"/tin-{n}.html"] = news(n)
    for page in (1, 2, 3):
        rows = "".join(dated(n, days[n]) for n in (2 * page - 1, 2 * page))
        web.pages[f"/trang-{page}"] = Page(f"<html><body><main><ul>{rows}</ul></main></body></html>")
    source = web.source((StartKind.LISTING, "/trang-{page}"))
    crawl(source, since="2026-07-01")
    assert crawl.paths() == ["/tin-1.html", "/tin-2.html"]
    crawl(source)
    assert crawl.paths() == [f"/tin-{n}.html" for n in range(1, 7)]


def test_a_recheck_is_one_after_an_interrupted_run_too(web: SmallWeb, crawl: Crawler) -> None:
    publish(web, 1, 2)
    source = web.source((StartKind.FEED, "/rss"))
    crawl(source)
    with Frontier.open(crawl.path) as frontier:
        frontier.begin_run([source], Options(), now=1e9)  # a run that is killed at once
    web.pages["/tin-2.html"] = Page(article("Tin số 2", TEXT.format(n=22)))
    assert counts(crawl(source, recheck=True))["changed"] == 1


def test_a_run_that_was_killed_days_ago_is_not_gone_on_with(web: SmallWeb, crawl: Crawler) -> None:
    publish(web, 1)
    source = web.source((StartKind.FEED, "/rss"))
    crawl(source)
    db = sqlite3.connect(crawl.path)
    with db:  # as if it had been killed right behind its last page, a week ago
        db.execute("UPDATE runs SET ended_at = NULL, started_at = '2026-01-01T00:00:00+00:00'")
    db.close()
    publish(web, 1, 2)
    report = crawl(source)
    assert not report.run.resumed
    assert crawl.paths() == ["/tin-1.html", "/tin-2.html"]


# --- lists


def test_sitemaps_of_an_index_are_read_however_many_pages_wait_to_be_seen_again(
    web: SmallWeb, crawl: Crawler
) -> None:
    for n in range(1, 6):
        web.pages[f"/tin-{n}.html"] = news(n)
    web.pages["/index.xml"] = sitemap(web, ("/a.xml", None), index=True)
    web.pages["/a.xml"] = sitemap(web, *((f"/tin-{n}.html", None) for n in range(1, 5)))
    source = web.source((StartKind.SITEMAP, "/index.xml"), budget=4)
    crawl(source)
    assert len(crawl.paths()) == 4
    web.pages["/a.xml"] = sitemap(web, *((f"/tin-{n}.html", None) for n in range(1, 6)))
    crawl.later(days=30)
    crawl(source)
    assert "/tin-5.html" in crawl.paths()


def test_a_sitemap_of_an_index_that_is_not_there_is_told(web: SmallWeb, crawl: Crawler) -> None:
    web.pages["/index.xml"] = sitemap(web, ("/a.xml", None), index=True)
    report = crawl(web.source((StartKind.SITEMAP, "/index.xml")))
    assert counts(report) == {"listed": 1, "failed": 1}


def test_sitemaps_on_a_host_that_is_not_the_sources_are_told(web: SmallWeb, crawl: Crawler) -> None:
    web.pages["/index.xml"] = Page(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sitemap><loc>http://khac.invalid/a.xml</loc></sitemap></sitemapindex>"
    )
    report = crawl(web.source((StartKind.SITEMAP, "/index.xml")))
    assert [example for _, example in report.sources[0].passed.values()] == ["http://khac.invalid/a.xml"]


def test_a_page_of_a_list_with_nothing_for_us_does_not_end_it(web: SmallWeb, crawl: Crawler) -> None:
    for n in range(1, 7):
        web.pages[f"/tin-{n}.html"] = news(n)
    for page in (1, 2, 3):
        web.pages[f"/trang-{page}"] = listing(2 * page - 1, 2 * page)
    web.pages["/trang-4"] = web.pages["/trang-3"]
    crawl(web.source((StartKind.LISTING, "/trang-{page}"), deny=("tin-[34]",)))
    assert crawl.paths() == ["/tin-1.html", "/tin-2.html", "/tin-5.html", "/tin-6.html"]


def test_a_list_whose_pages_never_end_and_show_the_same_in_another_order_ends(
    web: SmallWeb, crawl: Crawler
) -> None:
    for n in range(1, 6):
        web.pages[f"/tin-{n}.html"] = news(n)
    for page in range(1, 400):
        first = page % 4 + 1
        web.pages[f"/trang-{page}"] = listing(*(n for n in (first, *range(1, 6))))
    report = crawl(web.source((StartKind.LISTING, "/trang-{page}")))
    assert len(crawl.paths()) == 5
    assert counts(report)["listed"] < 150


def test_two_lists_that_date_a_page_differently_do_not_have_it_fetched_every_time(
    web: SmallWeb, crawl: Crawler
) -> None:
    web.pages["/tin-1.html"] = news(1)
    web.pages["/a.xml"] = sitemap(web, ("/tin-1.html", "2026-07-01"))
    web.pages["/b.xml"] = sitemap(web, ("/tin-1.html", "2026-07-02"))
    source = web.source((StartKind.SITEMAP, "/a.xml"), (StartKind.SITEMAP, "/b.xml"))
    for _ in range(4):
        crawl(source)
    assert web.asked.count("/tin-1.html") <= 2


# --- addresses


def test_two_addresses_that_lead_to_one_page_are_one_document(web: SmallWeb, crawl: Crawler) -> None:
    web.pages["/tin-1.html"] = news(1)
    for path in ("/a", "/b"):
        web.pages[path] = Page("", status=302, headers={"Location": "/tin-1.html"})
    web.pages["/rss"] = Page(feed("/a", "/b", host=web.base))
    crawl(web.source((StartKind.FEED, "/rss")))
    assert len(crawl.paths()) == 1


def test_a_page_that_was_led_elsewhere_for_a_while_is_found_again(web: SmallWeb, crawl: Crawler) -> None:
    publish(web, 1, 2, 3)
    web.pages["/bao-tri.html"] = Page(article("Bảo trì hệ thống", TEXT.format(n=0)))
    kept = {path: web.pages[path] for path in ("/tin-1.html", "/tin-2.html", "/tin-3.html")}
    for path in kept:
        web.pages[path] = Page("", status=302, headers={"Location": "/bao-tri.html"})
    source = web.source((StartKind.FEED, "/rss"))
    crawl(source)
    web.pages |= kept
    crawl.later(days=30)
    crawl(source)
    assert set(kept) <= set(crawl.paths())


def test_a_page_too_short_to_keep_stands_for_no_other(web: SmallWeb, crawl: Crawler) -> None:
    short = article("Tin", "Thông báo nghỉ lễ.", canonical=web.url("/x.html"))
    web.pages |= {"/": Page('<a href="/a.html">Tin</a>'), "/a.html": Page(short), "/b.html": Page(short)}
    web.pages["/rss"] = Page(feed("/b.html", host=web.base))
    crawl(web.source((StartKind.LINKS, "/"), name="a"))
    crawl(web.source((StartKind.FEED, "/rss"), name="b"))
    assert crawl.paths() == ["/b.html"]


def test_a_page_that_robots_forbid_is_told_once_however_many_pages_link_to_it(
    web: SmallWeb, crawl: Crawler
) -> None:
    extra = '<a href="/tim-kiem?q=1">Tìm</a>'
    for n in range(1, 11):
        web.pages[f"/tin-{n}.html"] = news(n, extra=extra)
    links = "".join(f'<a href="/tin-{n}.html">Tin {n}</a>' for n in range(1, 11))
    web.pages["/"] = Page(f'<a href="/tim-kiem?q=1">Tìm</a>{links}')
    web.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /tim-kiem\n")
    report = crawl(web.source((StartKind.LINKS, "/")))
    assert counts(report)["disallowed"] == 1


# --- files


def test_files_of_a_page_without_text_are_fetched(web: SmallWeb, crawl: Crawler) -> None:
    web.pages["/tin-1.html"] = Page('<html><body><div><a href="/tep/1.doc"></a></div></body></html>')
    web.pages["/tep/1.doc"] = Page(TEXT.format(n=1), headers={"Content-Type": "text/plain; charset=utf-8"})
    web.pages["/rss"] = Page(feed("/tin-1.html", host=web.base))
    crawl(web.source((StartKind.FEED, "/rss")))
    assert "/tep/1.doc" in web.asked


def test_files_on_a_host_that_is_not_the_sources_are_told(web: SmallWeb, crawl: Crawler) -> None:
    extra = '<a href="http://tep.invalid/1.pdf">Tải về</a>'
    text = f"<p>{TEXT.format(n=1)}</p>{extra}"
    web.pages["/tin-1.html"] = Page(article("Tin số 1", text))
    web.pages["/rss"] = Page(feed("/tin-1.html", host=web.base))
    report = crawl(web.source((StartKind.FEED, "/rss")))
    assert [example for _, example in report.sources[0].passed.values()] == ["http://tep.invalid/1.pdf"]


def test_an_error_page_in_the_place_of_a_file_is_no_document(web: SmallWeb, crawl: Crawler) -> None:
    text = f'<p>{TEXT.format(n=1)}</p><a href="/tep/1.pdf">Tải về</a>'
    web.pages["/tin-1.html"] = Page(article("Tin số 1", text))
    web.pages["/tep/1.pdf"] = Page(
        article("Phiên làm việc đã hết hạn", "Quý vị vui lòng quay lại trang chủ để tra cứu văn bản.")
    )
    web.pages["/rss"] = Page(feed("/tin-1.html", host=web.base))
    report = crawl(web.source((StartKind.FEED, "/rss")))
    assert crawl.paths() == ["/tin-1.html"]
    assert counts(report) == {"listed": 1, "new": 1, "failed": 1}


# --- sources beside each other, hosts that do not answer


def test_a_folder_out_of_reach_keeps_no_other_source_from_its_turn(
    web: SmallWeb, crawl: Crawler, tmp_path: Path
) -> None:
    publish(web, 1)
    away = Start(kind=StartKind.FOLDER, url=str(tmp_path / "o-mang"), verified="thư mục thử")
    folder = replace(web.source(), name="o-mang", starts=(away,))
    report = crawl(folder, web.source((StartKind.FEED, "/rss")))
    assert crawl.paths() == ["/tin-1.html"]
    assert [(problem.source, problem.outcome.value) for problem in report.problems] == [("o-mang", "failed")]


def test_a_host_that_asks_to_be_let_alone_for_long_is_a_failure_that_is_told(
    web: SmallWeb, crawl: Crawler
) -> None:
    web.pages["/rss"] = Page("bận", status=503, headers={"Retry-After": "3600"})
    report = crawl(web.source((StartKind.FEED, "/rss")))
    assert counts(report) == {"failed": 1}
    publish(web, 1)
    assert counts(crawl(web.source((StartKind.FEED, "/rss")))) == {"listed": 1, "new": 1}


# --- what is held


def test_a_problem_is_over_when_the_page_is_read_again(web: SmallWeb, crawl: Crawler) -> None:
    publish(web, 1)
    source = web.source((StartKind.FEED, "/rss"))
    crawl(source)
    good = web.pages["/tin-1.html"]
    web.pages["/tin-1.html"] = Page("<html><body></body></html>")
    assert counts(crawl(source, recheck=True))["failed"] == 1
    assert len(crawl.store.problems()) == 1
    web.pages["/tin-1.html"] = good
    assert counts(crawl(source, recheck=True))["same"] == 1
    assert crawl.store.problems() == ()


def test_a_page_stays_gone_since_the_day_that_it_was_first_gone(web: SmallWeb, crawl: Crawler) -> None:
    publish(web, 1)
    source = web.source((StartKind.FEED, "/rss"))
    crawl(source)
    uri = web.url("/tin-1.html")
    with crawl.store.writing():
        crawl.store.mark_gone(uri, at="2026-01-01T00:00:00+00:00")
        crawl.store.mark_gone(uri, at="2026-02-01T00:00:00+00:00")
    provenance = crawl.store.provenance(crawl.store.find_document(uri))
    assert provenance is not None and provenance.gone_at == "2026-01-01T00:00:00+00:00"


# --- what reading must not cost, or touch


def test_a_word_without_end_does_not_hold_up_a_crawl(web: SmallWeb, crawl: Crawler) -> None:
    for n, letter in enumerate("aá", 1):
        web.pages[f"/tin-{n}.html"] = Page(article(f"Tin số {n}", f"{letter * 150_000} {TEXT.format(n=n)}"))
    web.pages["/rss"] = Page(feed("/tin-1.html", "/tin-2.html", host=web.base))
    assert counts(crawl(web.source((StartKind.FEED, "/rss")))) == {"listed": 1, "new": 2}


def test_who_only_looks_at_a_frontier_writes_nothing(web: SmallWeb, crawl: Crawler) -> None:
    publish(web, 1)
    crawl(web.source((StartKind.FEED, "/rss")))
    before = {path.name: path.read_bytes() for path in crawl.path.parent.glob(f"{FRONTIER}*")}
    crawl.path.chmod(0o444)
    with Frontier.open_reading(crawl.path) as frontier:
        assert [activity.pages for activity in frontier.activities()] == [1]
        with pytest.raises(FrontierError):
            frontier.save("a", "", "2026-01-01T00:00:00+00:00")
    after = {path.name: path.read_bytes() for path in crawl.path.parent.glob(f"{FRONTIER}*")}
    assert after[FRONTIER] == before[FRONTIER]


def test_a_frontier_of_the_first_form_is_brought_up_to_date(web: SmallWeb, crawl: Crawler) -> None:
    publish(web, 1)
    old = sqlite3.connect(crawl.path)
    for statement in MIGRATIONS[0]:
        old.execute(statement)
    old.execute("PRAGMA user_version = 1")
    old.close()
    assert counts(crawl(web.source((StartKind.FEED, "/rss")))) == {"listed": 1, "new": 1}


def test_a_dry_run_tells_how_much_of_what_waits_a_run_would_take(web: SmallWeb, crawl: Crawler) -> None:
    publish(web, 1, 2, 3)
    report = crawl(web.source((StartKind.FEED, "/rss")), dry=True, limit=2)
    assert report.sources[0].notes == ("một lượt như vậy lấy nhiều nhất 2 trang; phần còn lại để lượt sau",)


def test_what_is_no_page_is_told_and_a_reader_that_fails_ends_nothing(
    web: SmallWeb, crawl: Crawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(web, 1, 2, 3)
    noise = random.Random(1).randbytes(5000)
    web.pages["/tin-1.html"] = Page(b"<html><body>" + noise + b"</body></html>")
    web.pages["/tin-2.html"] = Page('{"error": "khong co quyen", "code": 401, "trang": "' + "x " * 300 + '"}')

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("thử")

    with monkeypatch.context() as broken:
        broken.setattr("corpus.collect.build_document", fail)
        report = crawl(web.source((StartKind.FEED, "/rss")))
    assert counts(report) == {"listed": 1, "failed": 3}
    told = {problem.url.rpartition("/")[2]: problem.reason for problem in report.problems}
    assert "nhị phân" in told["tin-1.html"]
    assert "JSON" in told["tin-2.html"]
    assert "ZeroDivisionError" in told["tin-3.html"]
    assert counts(crawl(web.source((StartKind.FEED, "/rss")), recheck=True)) == {
        "listed": 1,
        "failed": 2,
        "new": 1,
    }
