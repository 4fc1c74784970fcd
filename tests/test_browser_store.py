"""Kho dữ liệu in a real browser, from an empty store: add, crawl a web of our own, stop, see what is missing.

The tests follow each other on one store, as a first day does.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from test_browser import CHROMIUM, address, ask, chromium, settle, tab
from test_store_page import DECISION, NEW

from tests.portal_sources import write_sources
from tests.portals import Portals, serve_portals

__all__ = ["address", "chromium", "tab"]  # fixtures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium absent"),
]
PARTS = ("Tổng quan", "Khoảng trống", "Thêm văn bản", "Thu thập", "Sức khỏe")
_PACE = 0.6  # seconds between two pages of the press


@pytest.fixture(scope="module")
def portals() -> Iterator[Portals]:
    with serve_portals(crawl_delay=_PACE) as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, portals: Portals) -> Iterator[Path]:
    """Where the store will be; the page knows the press of the test site as its only source."""
    base = tmp_path_factory.mktemp("kho")
    write_sources(base / "sources.toml", [portals.gold.hosts["bao"]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANCU_SOURCES", str(base / "sources.toml"))  # the server inherits it
        yield base / "store"


def part(name: str) -> str:
    return f"/kho-du-lieu?phan={quote_plus(name)}"


def rest(page: object) -> None:
    """Until the script of the page has run to its end: what is drawn no longer changes under the keyboard."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    settle(page)


def tab_to(page: object, selector: str, most: int = 40) -> None:
    """Press Tab until the element has the focus, as one does without a mouse."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached with the keyboard")


def test_first_use_without_a_mouse_from_the_empty_store_to_an_answer(
    tab: Callable[..., object], folder: Path
) -> None:
    page = tab("/kho-du-lieu")
    page.get_by_text("Kho chưa có văn bản nào").wait_for()
    assert not folder.exists()  # looking does not create
    rest(page)
    tab_to(page, ".cc-part-link a")
    page.keyboard.press("Enter")
    page.get_by_text("nhiều nhất 100 tệp, mỗi tệp 64 MB").wait_for()  # the limits are told beforehand
    rest(page)
    tab_to(page, "[data-testid=stFileUploaderDropzone] button")
    page.set_input_files(  # the dialog that Enter opens here is the browser's own
        "input[type=file]",
        [
            {"name": "lop-boi.txt", "mimeType": "text/plain", "buffer": NEW.encode()},
            {"name": "ke-hoach.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" + bytes(900)},
        ],
    )
    page.locator("[data-testid=stFileChip]").nth(1).wait_for()
    rest(page)
    tab_to(page, "[data-testid=stFormSubmitButton] button, [data-testid=stBaseButton-primaryFormSubmit]")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Kết quả lần thêm gần nhất").wait_for()
    rows = page.get_by_role("region", name="Kết quả từng tệp").locator("tbody tr")
    assert rows.count() == 2
    assert re.search(r"ke-hoach\.pdf\s+không đọc được\s+.*chương trình \(Windows\)", rows.nth(0).inner_text())
    assert re.search(r"lop-boi\.txt\s+mới", rows.nth(1).inner_text())
    assert [path.name for path in (folder / "uploads").iterdir()] == ["lop-boi.txt"]

    page.reload()  # the result stays
    page.get_by_role("region", name="Kết quả từng tệp").wait_for()
    page.get_by_role("link", name="Hỏi về văn bản trong kho").click()
    ask(page, "Lớp bơi thiếu nhi của phường mẫu khai giảng ngày nào?")
    page.locator(".cc-quote .cc-words", has_text="khai giảng ngày 5/6/2026").first.wait_for()


def test_a_crawl_is_watched_outlives_a_reload_and_is_stopped(
    tab: Callable[..., object], portals: Portals
) -> None:
    page = tab(part("Thu thập"))
    assert page.get_by_role("button", name="Bắt đầu thu thập").is_disabled()
    page.get_by_role("button", name="Chọn 1 nguồn đang bật").click()
    contacts = page.get_by_role("region", name="Những nơi sẽ liên hệ")
    contacts.wait_for()
    assert portals.gold.hosts["bao"].starts[0].url in contacts.inner_text()
    assert portals.log.of("bao") == []  # nothing was asked for
    page.get_by_role("button", name="Bắt đầu thu thập").click()
    table = page.get_by_role("region", name="Tiến độ từng nguồn")
    table.locator("tbody td:nth-child(2)", has_text=re.compile("^[1-9]")).wait_for()
    before = int(table.locator("tbody td:nth-child(2)").inner_text())

    page.reload()
    table.wait_for()
    page.wait_for_function(
        "n => Number(document.querySelector('[aria-label=\"Tiến độ từng nguồn\"] tbody td:nth-child(2)')"
        "?.innerText) > n",
        arg=before,
    )
    page.get_by_role("button", name="Dừng", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("Đã dừng theo yêu cầu").first.wait_for()
    settle(page)
    held, asked = len(portals.gold.hosts["bao"].documents), len(portals.log.of("bao"))
    kept = int(re.search(r"(\d+) trang mới", page.locator("[data-testid=stAlert]").first.inner_text())[1])
    assert before < kept < held
    run = page.get_by_role("region", name="Các lượt đã chạy").locator("tbody tr").first.inner_text()
    assert re.search(rf"\bbao\s+{kept}\b", run)
    page.wait_for_timeout(int(_PACE * 3000))
    assert len(portals.log.of("bao")) == asked  # stopped is stopped


def test_missing_numbers_are_seen_chosen_and_taken_away(tab: Callable[..., object], tmp_path: Path) -> None:
    (tmp_path / "vao").mkdir()
    for number, year, cited in (("05", 2024, "07"), ("08", 2024, "09"), ("03", 2023, "02")):
        text = DECISION.format(number=number, year=year, cited=cited)
        (tmp_path / "vao" / f"{number}-{year}.txt").write_text(text, "utf-8")
    page = tab("/them-van-ban")  # the old address leads to the part
    page.get_by_label("Đường dẫn").fill(str(tmp_path / "vao"))
    page.get_by_role("button", name="Đọc đường dẫn này").click()
    page.get_by_text("mới 3").wait_for()

    page.get_by_role("radio", name="Khoảng trống").click()
    series = page.locator(".cc-series")
    series.nth(1).wait_for()
    cells = series.first.locator(".cc-num")
    assert [cell.split("\n")[0] for cell in cells.all_inner_texts()] == [
        "● 05",
        "○ 06",
        "◇ 07",
        "● 08",
        "◇ 09",
    ]
    borders = cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).borderTopStyle)")
    assert borders == ["solid", "dashed", "dotted", "solid", "dotted"]  # not by colour alone
    page.get_by_role("combobox", name="Năm, nhiệm kỳ").click()
    page.get_by_role("option", name="năm 2023").click()
    page.wait_for_function("document.querySelectorAll('.cc-series').length === 1")
    page.reload()  # the choice stands in the address
    series.first.wait_for()
    settle(page)
    assert series.count() == 1
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải mọi dãy (.csv)").click()
    waiting.value.save_as(tmp_path / "gap.csv")
    rows = list(csv.reader((tmp_path / "gap.csv").read_text("utf-8-sig").splitlines()))
    assert [row[7] for row in rows if row[0] == "số" and row[9] == "x"] == ["06", "07", "09"]


def test_charts_have_their_tables_and_every_part_fits_a_narrow_screen(tab: Callable[..., object]) -> None:
    page = tab("/kho-du-lieu")
    charts = page.locator("[data-testid=stVegaLiteChart]")
    charts.nth(5).wait_for()
    settle(page)
    tables = page.locator("[data-testid=stExpander] summary")
    assert tables.count() == charts.count() == 6
    tables.first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Theo nguồn").wait_for()
    assert "không rõ" in page.get_by_role("region", name="Theo nguồn").inner_text()
    page.set_viewport_size({"width": 390, "height": 844})
    for name in PARTS:
        page.get_by_role("radio", name=name).click()
        settle(page)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390, name
    assert page.url.endswith(part("Sức khỏe"))
    page.locator(".cc-checks li").nth(4).wait_for()  # the checks load what they look at
    rest(page)
    page.get_by_role("radio", name="Sức khỏe").focus()
    page.keyboard.press("ArrowLeft")  # a part is chosen with the keyboard
    page.keyboard.press("Space")
    page.get_by_role("heading", name="Các lượt đã chạy").wait_for()
