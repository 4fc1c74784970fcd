"""Single addresses are fetched by the rules of the known sources, and told one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.collect import alone
from corpus.collect_addresses import MOST_ADDRESSES, plan_addresses, take_in_addresses
from corpus.errors import StoreLocked
from corpus.intake import IntakeReport
from corpus.intake_report import report_csv
from corpus.store import Store
from ingest.errors import SourceError
from ingest.models import PageChange
from ingest.sources import Source, StartKind
from ingest.web.fetch import open_fetcher
from tests.small_web import Page, SmallWeb, article, serve

TEXT = (
    "Ủy ban nhân dân tỉnh vừa ban hành kế hoạch trồng cây ven đường, giao các xã rà soát từng tuyến và báo cáo kết "
    "quả trước ngày mười lăm hằng tháng để tổng hợp."
)


@pytest.fixture
def web() -> Iterator[SmallWeb]:
    with serve() as running:
        running.pages["/tin-1.html"] = Page(article("Trồng cây ven đường", TEXT))
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store") as opened:
        yield opened


def source(web: SmallWeb, **more: object) -> Source:
    return web.source((StartKind.FEED, "/rss"), allow=(r"/tin-\d+\.html$",), **more)


def take(store: Store, sources: list[Source], *typed: str, stop: bool = False) -> IntakeReport:
    return take_in_addresses(store, plan_addresses(typed, sources), open_fetcher(None), stop=lambda: stop)


def test_an_address_is_taken_in_and_known_the_second_time(web: SmallWeb, store: Store) -> None:
    (page,) = take(store, [source(web)], web.url("/tin-1.html?utm_source=zalo")).pages
    assert (page.change, page.title) == (PageChange.NEW, "Trồng cây ven đường")
    assert page.document_id is not None
    provenance = store.provenance(page.document_id)
    assert provenance is not None
    assert (provenance.origin.source, provenance.origin.url) == ("nho", web.url("/tin-1.html"))
    assert "ven đường" in store.text(page.document_id)
    (again,) = take(store, [source(web)], web.url("/tin-1.html")).pages
    assert again.change is PageChange.SAME
    assert store.state().documents == 1


def test_what_no_source_allows_is_told_and_never_asked_for(web: SmallWeb, store: Store) -> None:
    web.pages["/khac.html"] = Page(article("Trang khác", TEXT))
    sources = [source(web)]
    typed = ("tin-1.html", "ftp://127.0.0.1/tin-1.html", "http://192.0.2.7/tin-1.html", web.url("/khac.html"))
    report = take(store, sources, *typed)
    problems = [page.problem or "" for page in report.pages]
    assert ["không phải địa chỉ trang web" in told for told in problems] == [True, True, False, False]
    assert "Máy chủ '192.0.2.7' không thuộc nguồn nào" in problems[2]
    assert "không khớp mẫu cho phép" in problems[3]
    assert all("Hãy" in told for told in problems)
    barred = take(store, [source(web, barred="đòi đăng nhập")], web.url("/tin-1.html"))
    assert "đòi đăng nhập" in (barred.pages[0].problem or "")
    assert web.asked == []
    assert store.state().documents == 0


def test_the_guards_of_the_crawl_hold_here_too(web: SmallWeb, store: Store) -> None:
    (page,) = take(store, [source(web, private=False)], web.url("/tin-1.html")).pages
    assert page.problem_kind == "UnsafeAddress"
    web.pages["/tin-2.html"] = Page("", status=302, headers={"Location": "/khac.html"})
    web.pages["/khac.html"] = Page(article("Trang khác", TEXT))
    web.pages["/robots.txt"] = Page(
        "User-agent: *\nDisallow: /tin-3\n", headers={"Content-Type": "text/plain"}
    )
    pages = take(store, [source(web)], *(web.url(f"/tin-{n}.html") for n in (2, 3, 4))).pages
    assert [page.problem_kind for page in pages] == ["OffLimits", "DisallowedFetch", "PageGone"]
    assert "/tin-3.html" not in web.asked
    assert store.state().documents == 0


def test_too_many_addresses_are_refused_and_doubles_are_one(web: SmallWeb) -> None:
    address = web.url("/tin-1.html")
    assert len(plan_addresses([address, "", f"  {address}#muc-2 ", address], [source(web)])) == 1
    with pytest.raises(SourceError, match="quá 50 địa chỉ một lần"):
        plan_addresses([web.url(f"/tin-{n}.html") for n in range(MOST_ADDRESSES + 1)], [source(web)])


def test_nothing_is_fetched_once_stopped_or_while_a_crawl_runs(web: SmallWeb, store: Store) -> None:
    assert take(store, [source(web)], web.url("/tin-1.html"), stop=True).pages == ()
    with alone(store), pytest.raises(StoreLocked, match="Một lượt thu thập khác"):
        take(store, [source(web)], web.url("/tin-1.html"))
    assert web.asked == []


def test_the_report_is_a_table_with_the_remedy_apart(web: SmallWeb, store: Store) -> None:
    rows = (
        report_csv(take(store, [source(web)], web.url("/tin-1.html"), "xa-lo"))
        .decode("utf-8-sig")
        .splitlines()
    )
    assert rows[0] == '"Tệp, địa chỉ",Kết quả,"Lý do, chi tiết",Cách xử lý,Mã văn bản,Nơi lấy'
    assert ',mới,"Trồng cây ven đường (' in rows[1]
    assert "không đọc được,'xa-lo' không phải địa chỉ trang web." in rows[2]
    assert '"Hãy chép cả địa chỉ, bắt đầu bằng https://."' in rows[2]
