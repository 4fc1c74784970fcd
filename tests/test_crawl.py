"""Crawling a small web into a store: what is found, what is noticed the next time, what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.collect import FRONTIER, collect
from corpus.store import Store
from ingest.crawl.frontier import Frontier
from ingest.crawl.models import CrawlReport, Options, Outcome
from ingest.sources import Source, StartKind
from ingest.web.fetch import Fetcher
from ingest.web.wire import Wire
from tests.small_web import Page, SmallWeb, article, feed, serve

TEXT = (
    "Ủy ban nhân dân tỉnh vừa ban hành kế hoạch số {n} về xây dựng nông thôn mới, giao các sở, ngành và địa "
    "phương rà soát từng tiêu chí, báo cáo kết quả trước ngày {n} hằng tháng để tổng hợp."
)


@pytest.fixture
def web() -> Iterator[SmallWeb]:
    with serve() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


Run = Callable[..., CrawlReport]


@pytest.fixture
def crawl(store: Store) -> Run:
    def run(source: Source, **options: object) -> CrawlReport:
        with Frontier.open(store.folder / FRONTIER) as kept:
            wanted = Options(**options)  # type: ignore[arg-type]
            frontier = kept.copy() if wanted.dry else kept
            with Fetcher(Wire(agent="cancu/thu"), robots_cache=frontier) as fetcher:
                return collect(store, [source], fetcher, frontier, options=wanted)

    return run


def counts(report: CrawlReport) -> dict[str, int]:
    """How visits ended, without those that never happened."""
    return {outcome.value: n for source in report.sources for outcome, n in source.counts.items() if n}


def held(store: Store) -> dict[str, str]:
    """Address → title of what the store holds."""
    return {row["uri"]: row["title"] for row in store.list_documents()}


def publish(web: SmallWeb, *numbers: int, etags: bool = False) -> None:
    """Articles /tin-N.html and a feed of them."""
    for n in numbers:
        web.pages[f"/tin-{n}.html"] = Page(
            article(f"Tin số {n}", TEXT.format(n=n)), etag=f'"{n}"' if etags else None
        )
    web.pages["/rss"] = Page(feed(*(f"/tin-{n}.html" for n in numbers), host=web.base))


def test_every_page_of_a_feed_is_held_once_with_where_and_when_it_was_fetched(
    web: SmallWeb, store: Store, crawl: Run
) -> None:
    publish(web, 1, 2, 3)
    web.pages["/rss"] = Page(
        feed(
            "/tin-1.html",
            "/tin-2.html?utm_source=zalo",
            "/tin-3.html#binh-luan",
            "/tin-1.html",
            host=web.base,
        )
    )
    report = crawl(web.source((StartKind.FEED, "/rss")))
    assert counts(report) == {"listed": 1, "new": 3}
    assert held(store) == {web.url(f"/tin-{n}.html"): f"Tin số {n}" for n in (1, 2, 3)}
    assert sorted(web.asked) == ["/rss", "/tin-1.html", "/tin-2.html", "/tin-3.html"]
    document = store.document(store.find_document(web.url("/tin-2.html")))
    assert document.provenance is not None
    assert document.provenance.origin.source == "nho"
    assert document.provenance.origin.publisher == document.publisher == "Cổng thử nghiệm"
    assert document.provenance.origin.fetched_at.endswith("+00:00")
    assert document.facts.kind == "news"


def test_a_second_run_asks_for_the_list_alone_and_a_recheck_for_what_changed(
    web: SmallWeb, store: Store, crawl: Run
) -> None:
    publish(web, 1, 2, 3, etags=True)
    source = web.source((StartKind.FEED, "/rss"))
    crawl(source)
    web.asked.clear()
    assert counts(crawl(source)) == {"listed": 1}
    assert web.asked == ["/rss"]
    web.pages["/tin-2.html"] = Page(article("Tin số 2", TEXT.format(n=22)), etag='"moi"')
    report = crawl(source, recheck=True)
    assert counts(report) == {"listed": 1, "same": 2, "changed": 1}
    document_id = store.find_document(web.url("/tin-2.html"))
    assert "kế hoạch số 22" in store.text(document_id)
    assert [version.number for version in store.versions(document_id)] == [1]


def test_what_stands_around_the_text_is_no_change(web: SmallWeb, store: Store, crawl: Run) -> None:
    visits = iter(range(100))

    def page() -> Page:
        side = f'<aside><ul><li><a href="/x">Tin khác số {next(visits)}</a></li></ul></aside>'
        return Page(article("Tin số 1", TEXT.format(n=1), extra=side))

    web.pages |= {"/rss": Page(feed("/tin-1.html", host=web.base)), "/tin-1.html": page}
    source = web.source((StartKind.FEED, "/rss"))
    assert counts(crawl(source)) == {"listed": 1, "new": 1}
    first = store.page_source(store.find_document(web.url("/tin-1.html"))).sha256
    assert counts(crawl(source, recheck=True)) == {"listed": 1, "same": 1}
    document_id = store.find_document(web.url("/tin-1.html"))
    assert store.page_source(document_id).sha256 == first
    assert store.versions(document_id) == ()


def test_a_page_that_is_not_there_twice_is_gone_and_stays_held(
    web: SmallWeb, store: Store, crawl: Run
) -> None:
    publish(web, 1, 2)
    source = web.source((StartKind.FEED, "/rss"))
    crawl(source)
    taken_down = web.pages.pop("/tin-1.html")
    assert counts(crawl(source, recheck=True)) == {"listed": 1, "same": 1, "missing": 1}
    document_id = store.find_document(web.url("/tin-1.html"))
    provenance = store.provenance(document_id)
    assert provenance is not None and provenance.gone_at is None
    assert counts(crawl(source, recheck=True)) == {"listed": 1, "same": 1, "gone": 1}
    provenance = store.provenance(document_id)
    assert provenance is not None and provenance.gone_at is not None
    assert "kế hoạch số 1" in store.text(document_id)
    web.pages["/tin-1.html"] = taken_down
    assert counts(crawl(source, recheck=True)) == {"listed": 1, "same": 2}
    provenance = store.provenance(document_id)
    assert provenance is not None and provenance.gone_at is None


def test_a_list_that_repeats_its_last_page_ends_there(web: SmallWeb, store: Store, crawl: Run) -> None:
    publish(web, 1, 2, 3, 4, 5)
    rows = {1: (5, 4), 2: (3, 2), 3: (1,)}

    def listing(numbers: tuple[int, ...]) -> Page:
        links = "".join(
            f'<li><a href="/tin-{n}.html">Kế hoạch xây dựng nông thôn mới số {n}</a></li>' for n in numbers
        )
        return Page(f"<html><body><main><h1>Văn bản</h1><ul>{links}</ul></main></body></html>")

    for number in range(1, 50):
        web.pages[f"/trang-{number}.htm"] = listing(rows[min(number, 3)])
    source = web.source((StartKind.LISTING, "/trang-{page}.htm"))
    report = crawl(source)
    assert counts(report) == {"listed": 4, "new": 5}
    assert len(held(store)) == 5
    web.asked.clear()
    assert counts(crawl(source)) == {"listed": 1}  # known territory begins at once
    assert web.asked == ["/trang-1.htm"]


def test_a_budget_leaves_the_rest_for_the_next_run(web: SmallWeb, store: Store, crawl: Run) -> None:
    publish(web, *range(1, 8))
    source = web.source((StartKind.FEED, "/rss"), budget=3)
    report = crawl(source)
    assert counts(report) == {"listed": 1, "new": 3}
    assert report.sources[0].queued == 4
    assert report.sources[0].notes == ("đã hết hạn mức của lượt này (3 trang); phần còn lại để lượt sau",)
    assert counts(crawl(source, limit=2)) == {"listed": 1, "new": 2}
    assert counts(crawl(source))["new"] == 2
    assert len(held(store)) == 7


def test_a_dry_run_reads_lists_and_leaves_no_trace(web: SmallWeb, store: Store, crawl: Run) -> None:
    publish(web, 1, 2, 3)
    report = crawl(web.source((StartKind.FEED, "/rss")), dry=True)
    assert report.sources[0].queued == 3
    assert web.asked == ["/rss"]
    assert held(store) == {}
    assert counts(crawl(web.source((StartKind.FEED, "/rss")))) == {"listed": 1, "new": 3}


def test_two_addresses_of_a_page_are_one_document_whichever_comes_first(
    web: SmallWeb, store: Store, crawl: Run
) -> None:
    for first, second in (("/ban-in-1.html", "/tin-1.html"), ("/tin-2.html", "/ban-in-2.html")):
        n = int(first[-6])
        for path in (first, second):
            web.pages[path] = Page(article(f"Tin {n}", TEXT.format(n=n), canonical=web.url(f"/tin-{n}.html")))
    web.pages["/rss"] = Page(
        feed("/ban-in-1.html", "/tin-1.html", "/tin-2.html", "/ban-in-2.html", host=web.base)
    )
    assert counts(crawl(web.source((StartKind.FEED, "/rss")))) == {"listed": 1, "new": 2, "alias": 2}
    assert len(held(store)) == 2


def test_a_canonical_address_that_every_page_repeats_loses_no_page(
    web: SmallWeb, store: Store, crawl: Run
) -> None:
    for n in (1, 2, 3):
        web.pages[f"/tin-{n}.html"] = Page(
            article(f"Tin {n}", TEXT.format(n=n), canonical=web.url("/tin-1.html"))
        )
    web.pages["/rss"] = Page(feed("/tin-3.html", "/tin-2.html", "/tin-1.html", host=web.base))
    assert counts(crawl(web.source((StartKind.FEED, "/rss")))) == {"listed": 1, "new": 3}
    assert len(held(store)) == 3


def test_a_failure_that_passes_is_tried_again_and_one_that_does_not_is_told(
    web: SmallWeb, store: Store, crawl: Run
) -> None:
    publish(web, 1, 2, 3)
    answers = {"/tin-1.html": 2, "/tin-2.html": 99}
    for path in answers:
        good = web.pages[path]

        def answer(path: str = path, good: object = good) -> Page:
            answers[path] -= 1
            return Page("bận", status=503) if answers[path] >= 0 else good  # type: ignore[return-value]

        web.pages[path] = answer
    source = web.source((StartKind.FEED, "/rss"))
    report = crawl(source)
    assert counts(report) == {"listed": 1, "new": 2, "failed": 1}
    (problem,) = report.problems
    assert problem.url == web.url("/tin-2.html") and "503" in problem.reason
    assert web.asked.count("/tin-1.html") == 3 and web.asked.count("/tin-2.html") == 4
    answers["/tin-2.html"] = 0
    assert counts(crawl(source)) == {"listed": 1, "new": 1}  # it was still in the queue
    assert len(held(store)) == 3


def test_a_captcha_is_told_as_a_block_and_not_as_nothing_new(web: SmallWeb, store: Store, crawl: Run) -> None:
    publish(web, 1)
    captcha = "<html><title>Just a moment...</title><body><div class='cf-turnstile'></div></body></html>"
    web.pages["/rss"] = Page(captcha, status=403, headers={"cf-mitigated": "challenge"})
    source = web.source((StartKind.FEED, "/rss"))
    report = crawl(source)
    assert counts(report) == {"blocked": 1}
    assert "chặn" in report.sources[0].notes[0]
    publish(web, 1)
    assert counts(crawl(source)) == {"listed": 1, "new": 1}


def test_robots_keep_us_out_and_are_told(web: SmallWeb, store: Store, crawl: Run) -> None:
    publish(web, 1, 2)
    web.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /tin-2.html\n")
    report = crawl(web.source((StartKind.FEED, "/rss")))
    assert counts(report) == {"listed": 1, "new": 1, "disallowed": 1}
    assert "/tin-2.html" not in web.asked


def test_links_are_followed_no_deeper_than_the_source_says_and_out_of_a_trap(
    web: SmallWeb, store: Store, crawl: Run
) -> None:
    def month(number: int) -> Page:
        days = "".join(f'<a href="/lich/{number * 31 + day}">{day}</a> ' for day in range(1, 32))
        return Page(f"<html><body><h1>Lịch</h1><p>{days}</p></body></html>")

    for number in range(40_000):
        web.pages[f"/lich/{number}"] = lambda number=number: month(number)
    publish(web, 1)
    web.pages["/"] = Page('<a href="/lich/1">Lịch công tác</a> <a href="/tin-1.html">Tin số 1 của tỉnh</a>')
    report = crawl(web.source((StartKind.LINKS, "/"), budget=200, depth=5))
    assert list(held(store)) == [web.url("/tin-1.html")]
    calendar = [path for path in web.asked if path.startswith("/lich/")]
    assert len(calendar) == counts(report)["thin"] == 20
    (trap,) = (reason for reason in report.sources[0].passed if "bẫy" in reason)
    assert "/lich/#" in trap


def test_since_passes_over_what_the_list_dates_earlier(web: SmallWeb, store: Store, crawl: Run) -> None:
    publish(web, 1, 2, 3)
    days = {1: "Wed, 01 Jul 2026 08:00:00 +0700", 2: "Fri, 05 Jun 2026 08:00:00 +0700"}
    items = "".join(
        f"<item><title>Tin {n}</title><link>{web.url(f'/tin-{n}.html')}</link>"
        + (f"<pubDate>{days[n]}</pubDate>" if n in days else "")
        + "</item>"
        for n in (1, 2, 3)
    )
    web.pages["/rss"] = Page(f'<rss version="2.0"><channel><title>Tin</title>{items}</channel></rss>')
    report = crawl(web.source((StartKind.FEED, "/rss")), since="2026-06-30")
    assert sorted(held(store)) == [web.url("/tin-1.html"), web.url("/tin-3.html")]  # 3: no day stated
    assert report.sources[0].passed == {"đăng trước ngày 2026-06-30": (1, web.url("/tin-2.html"))}
    assert (
        store.document(store.find_document(web.url("/tin-1.html"))).published_at
        == "2026-07-01T08:00:00+07:00"
    )


def test_a_list_that_lost_its_structure_is_an_error(web: SmallWeb, store: Store, crawl: Run) -> None:
    web.pages["/van-ban"] = Page(
        "<html><body><main><p>Trang đang được nâng cấp giao diện.</p></main></body></html>"
    )
    report = crawl(web.source((StartKind.LISTING, "/van-ban")))
    assert counts(report) == {"failed": 1}
    assert "đổi cấu trúc" in report.problems[0].reason


def test_an_interrupted_run_is_taken_up_where_it_was(
    web: SmallWeb, store: Store, crawl: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(web, *range(1, 7))
    source = web.source((StartKind.FEED, "/rss"))
    seen = 0
    save = Store.save

    def interrupted(self: Store, *args: object, **more: object) -> bool:
        nonlocal seen
        seen += 1
        if seen == 4:
            raise KeyboardInterrupt
        return save(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        crawl(source)
    monkeypatch.undo()
    report = crawl(source)
    assert report.run.resumed
    assert counts(report) == {"listed": 1, "new": 6}
    assert web.asked.count("/rss") == 1
    assert sorted(web.asked.count(f"/tin-{n}.html") for n in range(1, 7)) == [1, 1, 1, 1, 1, 2]


def test_a_folder_is_a_source_and_notices_what_changed_and_went(
    tmp_path: Path, web: SmallWeb, store: Store, crawl: Run
) -> None:
    from ingest.sources import Start

    folder = tmp_path / "van-ban"
    folder.mkdir()
    for n in (1, 2):
        (folder / f"{n}.txt").write_text(f"Kế hoạch {n}\n\n{TEXT.format(n=n)}\n", "utf-8")
    starts = (Start(kind=StartKind.FOLDER, url=str(folder), verified="thư mục thử"),)
    source = Source(**{name: getattr(web.source(), name) for name in Source.__slots__} | {"starts": starts})
    assert counts(crawl(source)) == {"new": 2}
    (folder / "1.txt").write_text(f"Kế hoạch 1\n\n{TEXT.format(n=111)}\n", "utf-8")
    assert counts(crawl(source)) == {"changed": 1, "same": 1}
    (folder / "2.txt").unlink()
    assert counts(crawl(source)) == {"same": 1, "missing": 1}
    assert counts(crawl(source)) == {"same": 1, "gone": 1}
    assert len(held(store)) == 2


def test_outcomes_all_have_a_name_for_people() -> None:
    from ingest.crawl.report import OUTCOMES

    assert set(OUTCOMES) == set(Outcome)


def test_what_a_source_brought_lately_is_known_and_one_that_cannot_be_read_too(
    web: SmallWeb, store: Store, crawl: Run
) -> None:
    publish(web, 1, 2)
    source = web.source((StartKind.FEED, "/rss"))
    crawl(source)
    with Frontier.open(store.folder / FRONTIER) as frontier:
        (activity,) = frontier.activities()
    assert (activity.source, activity.pages, activity.failed) == ("nho", 2, 0)
    assert [day.isoformat() for day in activity.new_days] == [(activity.last_new_at or "")[:10]]
    assert activity.last_listed_at is not None and activity.last_tried_at is not None
    web.pages["/rss"] = Page("<html><body>Đang bảo trì</body></html>")
    crawl(source)
    with Frontier.open(store.folder / FRONTIER) as frontier:
        (later,) = frontier.activities()
    assert (later.last_listed_at, later.pages) == (activity.last_listed_at, 2)
