"""A crawl that is asked to stop keeps what is in flight, asks for nothing more, and the next one goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from corpus.collect import FRONTIER, collect
from corpus.store import Store
from ingest.crawl.frontier import Frontier
from ingest.crawl.models import CrawlReport, Options, Outcome
from ingest.sources import Source, SourceKind, Start, StartKind
from ingest.web.fetch import open_fetcher
from tests.small_web import Page, SmallWeb, article, feed, serve

PAGES = [f"/tin-{n}.html" for n in range(1, 7)]


@pytest.fixture
def web() -> Iterator[SmallWeb]:
    with serve() as running:
        running.pages["/rss"] = Page(feed(*PAGES, host=running.base))
        for n, path in enumerate(PAGES, 1):
            text = f"Xã số {n} rà soát các tuyến đường liên thôn, báo cáo kết quả trồng cây trước ngày {n} hằng tháng."
            running.pages[path] = Page(article(f"Tin số {n}", text))
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


def crawl(store: Store, source: Source, stop: Event) -> CrawlReport:
    with (
        Frontier.open(store.folder / FRONTIER) as frontier,
        open_fetcher(None, robots_cache=frontier) as fetcher,
    ):
        return collect(store, [source], fetcher, frontier, options=Options(), stop=stop.is_set)


def test_what_is_in_flight_is_kept_and_the_rest_waits_for_the_next_run(web: SmallWeb, store: Store) -> None:
    stop, third = Event(), web.pages[PAGES[2]]
    assert isinstance(third, Page)

    def stop_and_answer() -> Page:
        stop.set()
        return third

    web.pages[PAGES[2]] = stop_and_answer
    source = web.source((StartKind.FEED, "/rss"))
    report = crawl(store, source, stop)
    assert web.asked == ["/rss", *PAGES[:3]]
    assert (report.count(Outcome.NEW), report.sources[0].queued) == (3, 3)
    assert report.sources[0].notes[0] == "đã dừng theo yêu cầu; phần còn lại để lượt sau"
    assert store.state().documents == 3

    report = crawl(store, source, Event())
    assert not report.run.resumed  # the one before came to its end
    assert sorted(web.asked) == sorted(["/rss", "/rss", *PAGES])
    assert store.state().documents == 6
    with Frontier.open_reading(store.folder / FRONTIER) as frontier:
        later, earlier = frontier.runs()
    assert [run.count(Outcome.NEW) for run in (earlier, later)] == [3, 3]
    assert earlier.sources == later.sources == ("nho",)
    assert earlier.ended_at is not None
    assert later.ended_at is not None


def test_a_crawl_stopped_before_it_began_asks_for_nothing(web: SmallWeb, store: Store) -> None:
    stop = Event()
    stop.set()
    crawl(store, web.source((StartKind.FEED, "/rss")), stop)
    assert web.asked == []


def test_a_folder_is_left_after_the_file_in_hand(tmp_path: Path, store: Store) -> None:
    (tmp_path / "vao").mkdir()
    for n in range(3):
        (tmp_path / "vao" / f"{n}.txt").write_text(f"Thông báo số {n} về lịch tiếp dân của xã.", "utf-8")
    start = Start(kind=StartKind.FOLDER, url=str(tmp_path / "vao"), verified="thử")
    source = Source(name="vao", publisher="Tệp", kind=SourceKind.DOCUMENTS, starts=(start,), verified="thử")
    stop = Event()
    with Frontier.open(store.folder / FRONTIER) as frontier, open_fetcher(None) as fetcher:
        collect(
            store,
            [source],
            fetcher,
            frontier,
            options=Options(),
            stop=stop.is_set,
            progress=lambda _: stop.set(),
        )
    assert store.state().documents == 1


def test_a_record_that_a_crawl_has_only_just_made_reads_as_empty(tmp_path: Path) -> None:
    (tmp_path / FRONTIER).write_bytes(b"")
    with Frontier.open_reading(tmp_path / FRONTIER) as frontier:
        assert frontier.runs() == ()
        assert frontier.activities() == ()
