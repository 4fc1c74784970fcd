"""A crawl of the test site (tests/portals): every allowed document once, nothing else, whatever goes wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from corpus.collect import FRONTIER, collect
from corpus.store import Store
from ingest.crawl.frontier import Frontier
from ingest.crawl.models import CrawlReport, Options, Outcome
from ingest.sources import Source
from ingest.web.fetch import Fetcher
from ingest.web.wire import Limits, Wire
from tests.portal_sources import differences, held, source_of
from tests.portals import Portals, serve_portals
from tests.portals.faults import FAULTS


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    with serve_portals() as running:
        yield running


Crawl = Callable[..., CrawlReport]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


@pytest.fixture
def crawl(store: Store) -> Crawl:
    def run(sources: Sequence[Source], **options: object) -> CrawlReport:
        wire = Wire(agent="cancu/thu", limits=Limits(seconds=4.0, idle_seconds=2.0, robots_seconds=0.5))
        with (
            Frontier.open(store.folder / FRONTIER) as frontier,
            Fetcher(wire, robots_cache=frontier) as fetcher,
        ):
            return collect(store, sources, fetcher, frontier, options=Options(**options))  # type: ignore[arg-type]

    return run


HOSTS = ("wordpress", "bao", "cong-bao", "so-do", "robots-part", "robots-all", "robots-silent", "robots-503")


@pytest.mark.parametrize("name", HOSTS)
def test_every_allowed_document_of_a_host_is_held_once_and_nothing_else(
    portals: Portals, store: Store, crawl: Crawl, name: str
) -> None:
    host = portals.gold.hosts[name]
    portals.log.clear()
    report = crawl([source_of(host)])
    assert differences(held(store, name), host.documents) == []
    asked = [host.base + entry.path for entry in portals.log.of(name) if entry.path != "/robots.txt"]
    assert [url for url in asked if url.startswith(host.never)] == []
    assert [url for url, n in Counter(asked).items() if n > 1] == []
    assert report.count(Outcome.NEW) == len(host.documents)


def test_the_record_of_a_document_on_a_portal_is_no_news(
    portals: Portals, store: Store, crawl: Crawl
) -> None:
    crawl([source_of(portals.gold.hosts["cong-bao"])])
    kinds = Counter(row["kind"] for row in store.list_documents())
    # 35 decisions; their records say nothing that is taken for a fact yet, nor do annexes without a head
    assert kinds == {"official": 35, "unknown": 81 - 35}


# Faults whose page is not to be had: how its visit ends, and a word of the reason that people are told.
ENDS = {
    "always-503": (Outcome.FAILED, "503"),
    "brotli-bomb": (Outcome.FAILED, "32 MiB"),
    "captcha": (Outcome.BLOCKED, "đòi xác minh"),
    "challenge-403": (Outcome.BLOCKED, "Cloudflare"),
    "challenge-503": (Outcome.BLOCKED, "Cloudflare"),
    "empty": (Outcome.FAILED, "rỗng"),
    "endless-body": (Outcome.FAILED, "32 MiB"),
    "endless-drip": (Outcome.FAILED, "giây"),
    "endless-redirect": (Outcome.FAILED, "chuyển hướng"),
    "gzip-bomb": (Outcome.FAILED, "32 MiB"),
    "redirect-loop": (Outcome.FAILED, "vòng"),
    "redirect-nowhere": (Outcome.FAILED, "chuyển hướng"),
    "redirect-off-host": (Outcome.FAILED, "127.0.0"),
    "silent": (Outcome.FAILED, "giây"),
    "soft-404": (Outcome.MISSING, "không tìm thấy trang"),
}
SLOW = {"endless-drip", "silent"}  # they take every attempt to its limit of time
# Faults that end elsewhere than at their page: a calendar is passed over, a host that asks for a day gets it.
OTHERWISE = {"calendar", "retry-after-long"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.long] if name in SLOW else [])
        for name in sorted(FAULTS.keys() - OTHERWISE)
    ],
)
def test_a_fault_costs_no_page_but_its_own_and_is_told(
    portals: Portals, store: Store, crawl: Crawl, name: str
) -> None:
    host = portals.fault(name)
    portals.log.clear()
    report = crawl([source_of(host)])
    assert differences(held(store, name), host.documents) == []
    asked = [host.base + entry.path for entry in portals.log.of(name)]
    assert [url for url in asked if url.startswith(host.never)] == []
    assert portals.log.of("khac") == []
    told = [(p.outcome, p.reason) for p in report.problems if p.url == host.url]
    if name in ENDS:
        ((outcome, reason),) = told
        assert outcome is ENDS[name][0]
        assert ENDS[name][1] in reason
    else:
        assert told == []


def test_a_calendar_without_end_is_left_and_holds_up_nothing(
    portals: Portals, store: Store, crawl: Crawl
) -> None:
    host = portals.fault("calendar")
    portals.log.clear()
    report = crawl([source_of(host, depth=100)])
    assert differences(held(store, "calendar"), host.documents) == []
    assert len([e for e in portals.log.of("calendar") if e.path.startswith("/lich/")]) <= 60
    assert any("bẫy" in reason for reason in report.sources[0].passed)


def test_a_host_that_asks_for_a_day_is_left_alone_for_this_run_and_nothing_is_lost(
    portals: Portals, store: Store, crawl: Crawl
) -> None:
    host = portals.fault("retry-after-long")
    portals.log.clear()
    report = crawl([source_of(host)])
    before, _ = host.documents
    assert list(held(store, host.name)) == [before.url]
    assert report.sources[0].queued == 2
    assert "429" in report.sources[0].notes[0]
    assert host.base + portals.log.of(host.name)[-1].path == host.url


# --- what is noticed in a later run


def test_what_changes_moves_or_goes_is_noticed_by_a_later_run(
    portals: Portals, store: Store, crawl: Crawl
) -> None:
    names = ("changed", "validators", "vanished", "removed", "moved", "restless-sidebar")
    sources = [source_of(portals.fault(name)) for name in names]
    crawl(sources)
    assert crawl(sources, recheck=True).count(Outcome.CHANGED, Outcome.NEW, Outcome.MISSING) == 0
    for name in names[:-1]:
        portals.turn(name)
    report = crawl(sources, recheck=True)
    ends = {source.source: source.counts for source in report.sources}
    assert {name: ends[name].get(Outcome.CHANGED, 0) for name in names} == {
        **dict.fromkeys(names, 0),
        "changed": 1,
        "validators": 1,
    }
    assert {name for name in names if ends[name].get(Outcome.MISSING)} == {"vanished", "removed"}
    for name in ("changed", "validators", "moved"):
        told = differences(
            held(store, name), (*portals.fault(name).documents[::2], *portals.fault(name).later[name])
        )
        assert told == []
    report = crawl(sources, recheck=True)
    assert {problem.source for problem in report.problems if problem.outcome is Outcome.GONE} == {
        "vanished",
        "removed",
    }
    for name in ("vanished", "removed"):  # what is gone stays held, and says so
        assert differences(held(store, name), portals.fault(name).documents) == []
        provenance = store.provenance(store.find_document(portals.fault(name).url or ""))
        assert provenance is not None and provenance.gone_at is not None
    for name in names[:-1]:
        portals.turn(name, False)
    crawl(sources, recheck=True)
    provenance = store.provenance(store.find_document(portals.fault("vanished").url or ""))
    assert provenance is not None and provenance.gone_at is None


@pytest.mark.parametrize("name", ["wordpress", "bao", "cong-bao", "so-do"])
def test_a_later_run_asks_for_what_is_new_or_edited_and_little_else(
    portals: Portals, store: Store, crawl: Crawl, name: str
) -> None:
    host = portals.gold.hosts[name]
    source = source_of(host)
    crawl([source])
    for switch in host.later:
        portals.turn(switch)
    try:
        portals.log.clear()
        report = crawl([source])
        later = {d.url: d for documents in host.later.values() for d in documents}
        gold = {**{d.url: d for d in host.documents}, **later}
        assert differences(held(store, name), gold.values()) == []
        pages = [host.base + e.path for e in portals.log.of(name) if e.status == 200]
        known = {d.url for d in host.documents} - later.keys()
        assert known & set(pages) == set()
        assert report.count(Outcome.NEW, Outcome.CHANGED) == len(later)
    finally:
        for switch in host.later:
            portals.turn(switch, False)


def test_the_same_story_on_two_sites_is_two_documents_that_know_of_each_other(
    portals: Portals, store: Store, crawl: Crawl
) -> None:
    crawl([source_of(portals.gold.hosts[name]) for name in ("wordpress", "bao")])
    assert portals.gold.copies
    for first, second in portals.gold.copies:
        assert store.copies(store.find_document(first)) == (store.find_document(second),)


def test_a_host_whose_robots_cannot_be_read_is_waited_for(
    portals: Portals, store: Store, crawl: Crawl
) -> None:
    for name in ("robots-silent", "robots-503"):
        host = portals.gold.hosts[name]
        portals.log.clear()
        report = crawl([source_of(host)])
        assert {e.path for e in portals.log.of(name)} == {"/robots.txt"}
        assert "robots.txt" in report.sources[0].notes[0]
        portals.turn(f"{name}-well")
        try:
            crawl([source_of(host)])
        finally:
            portals.turn(f"{name}-well", False)
        assert differences(held(store, name), host.later[f"{name}-well"]) == []
