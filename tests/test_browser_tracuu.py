"""The page Tra cứu in a real browser: a number typed wrong, a filtered list as a file, the keyboard, a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from test_app_lookup import ACTS, SPITEFUL
from test_browser import CHROMIUM, address, chromium, settle, tab

from corpus.store import Store

__all__ = ["address", "chromium", "tab"]  # fixtures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium absent"),
]
BOX = "Từ khóa, số hiệu hoặc tên văn bản"


@pytest.fixture(scope="module")
def folder(
    tmp_path_factory: pytest.TempPathFactory, build_store: Callable[[Path, list[Path]], Store]
) -> Path:
    """Six acts, one of them twice, and two news pages, one of them spiteful."""
    base: Path = tmp_path_factory.mktemp("browser-lookup")
    for name, text in {**ACTS, "doc": f"{SPITEFUL}\n\n{SPITEFUL} tại các xã <b>ngày mai</b>."}.items():
        (base / f"{name}.txt").write_text(text, "utf-8")
    build_store(base / "store", [base]).close()
    return base / "store"


def box_of(page: object) -> object:
    box = page.get_by_role("combobox", name=BOX)
    box.wait_for()
    return box


def total(page: object, words: str) -> None:
    """Wait until so many documents are told."""
    page.locator(".cc-total", has_text=words).wait_for()


def save(page: object, name: str, path: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    download.value.save_as(path)
    return path


def results(page: object) -> list[str]:
    """The titles of the results, from the top."""
    return page.locator(".st-key-lookup_results [data-testid=stPageLink]").all_inner_texts()


def test_an_official_finds_a_resolution_by_a_mistyped_number_without_a_mouse(
    tab: Callable[..., object],
) -> None:
    page = tab("/tra-cuu")
    total(page, "9 / 9 văn bản")
    box_of(page).focus()
    page.keyboard.type("nq 21-2026 hdnd", delay=20)
    option = page.get_by_role("option").first
    option.wait_for()
    assert option.inner_text().startswith("Nghị quyết 21/2026/NQ-HĐND")
    assert "02/03/2026" in option.inner_text()
    assert box_of(page).get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.locator("article", has_text="Các xã, phường trồng cây ven đường").wait_for()
    assert "/doc-van-ban?doc=" in page.url


def test_a_researcher_filters_by_province_and_year_and_exports_what_is_shown(
    tab: Callable[..., object], tmp_path: Path
) -> None:
    page = tab("/tra-cuu")
    total(page, "9 / 9 văn bản")
    page.get_by_text("Theo 34 tỉnh, thành phố hiện nay").click()
    page.get_by_role("button", name="Hưng Yên (2)").click()
    total(page, "2 / 9 văn bản")
    page.get_by_role("button", name="2020 (1)").click()
    total(page, "1 / 9 văn bản")
    page.get_by_role("button", name="2026 (1)").click()
    total(page, "2 / 9 văn bản")
    settle(page)
    book = openpyxl.load_workbook(save(page, "Excel", tmp_path / "danh-muc.xlsx"))
    header, *rows = list(book.worksheets[0].values)
    assert [row[header.index("Tiêu đề")] for row in rows] == results(page)
    assert {row[header.index("Số, ký hiệu")] for row in rows} == {"21/2026/NQ-HĐND", "12/2020/QĐ-UBND"}
    assert "Năm: 2020, 2026" in str(list(book.worksheets[1].values))


@pytest.mark.long
def test_what_was_chosen_survives_a_reload_and_a_visit_to_a_document(
    tab: Callable[..., object], tmp_path: Path
) -> None:
    page = tab("/tra-cuu")
    box_of(page).fill("trồng cây ven đường")
    box_of(page).press("Enter")
    total(page, "cho “trồng cây ven đường”")
    page.get_by_role("button", name=re.compile(r"^Nghị định \(")).click()
    page.locator(".cc-as-of", has_text="Đang lọc theo Loại văn bản: Nghị định").wait_for()
    settle(page)
    page.locator(".st-key-lookup_results [data-testid=stCheckbox] label").first.click()
    page.locator(".st-key-lookup_export", has_text="1 văn bản đã chọn").wait_for()
    shown = results(page)

    def stands() -> None:
        page.locator(".st-key-lookup_export", has_text="1 văn bản đã chọn").wait_for()
        settle(page)
        assert results(page) == shown
        assert box_of(page).input_value() == "trồng cây ven đường"
        assert page.locator(".st-key-lookup_results input[type=checkbox]").first.is_checked()

    page.reload()
    stands()
    first = page.locator(".st-key-lookup_results [data-testid=stPageLink] a").first
    first.click()
    page.locator("article mark").first.wait_for()  # opened at the passage that was found
    page.go_back()
    stands()
    page.locator(".st-key-lookup_results [data-testid=stPageLink] a").first.click()
    page.locator("article").wait_for()
    page.get_by_role("link", name="Tra cứu văn bản").click()
    stands()
    read = docx.Document(str(save(page, "Word", tmp_path / "danh-muc.docx")))
    lines = [one.text for one in read.paragraphs if one.style.name == "List Number"]
    assert len(lines) == 1
    assert lines[0].startswith("Nghị định số ")


@pytest.mark.long
def test_the_whole_page_is_worked_with_the_keyboard(tab: Callable[..., object]) -> None:
    page = tab("/tra-cuu")
    total(page, "9 / 9 văn bản")
    settle(page)
    box_of(page).focus()

    def tab_to(role: str, name: str | re.Pattern[str]) -> None:
        wanted = page.get_by_role(role, name=name)
        for _ in range(60):
            page.keyboard.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                return
        pytest.fail(f"{name} is not reached")

    tab_to("button", "Nghị định (4)")  # the values of a facet are one stop, arrows move among them
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.innerText") == "Nghị quyết (1)"
    page.keyboard.press("Enter")
    total(page, "1 / 9 văn bản")
    settle(page)
    box_of(page).focus()
    tab_to("checkbox", "Chọn 21/2026/NQ-HĐND")
    page.keyboard.press("Space")
    page.locator(".st-key-lookup_export", has_text="1 văn bản đã chọn").wait_for()
    settle(page)
    box_of(page).focus()
    page.keyboard.type("3/2019", delay=20)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    page.keyboard.press("Enter")  # what was typed, not a suggestion
    page.locator(".stAlert", has_text="Không có văn bản nào khớp").wait_for()
    settle(page)
    tab_to("button", re.compile("Bỏ lọc Loại văn bản: Nghị quyết"))
    page.keyboard.press("Enter")
    total(page, "cho “3/2019”")


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 640])  # a phone; 1280 at 200%
def test_on_a_narrow_screen_the_facets_fold_above_the_results(tab: Callable[..., object], width: int) -> None:
    page = tab("/tra-cuu?q=tr%E1%BB%93ng+c%C3%A2y", width=width, height=844)
    total(page, "cho “trồng cây”")
    settle(page)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    pill = page.get_by_role("button", name=re.compile(r"^Nghị định \("))
    assert not pill.is_visible()
    page.locator(".cc-fold summary").focus()
    page.keyboard.press("Enter")
    pill.click()
    page.locator(".cc-as-of", has_text="Đang lọc theo").wait_for()
    settle(page)
    assert pill.is_visible()  # it stays open
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


@pytest.mark.long
def test_results_alone_are_printed(tab: Callable[..., object]) -> None:
    page = tab("/tra-cuu?loai=Ngh%E1%BB%8B+%C4%91%E1%BB%8Bnh")
    total(page, "4 / 9 văn bản")
    settle(page)
    page.emulate_media(media="print")
    assert page.locator(".st-key-lookup_results [data-testid=stPageLink]").first.is_visible()
    assert page.locator(".cc-as-of", has_text="Đang lọc theo Loại văn bản: Nghị định").is_visible()
    for hidden in (
        ".cc-find-form",
        ".st-key-lookup_facet_list",
        ".st-key-lookup_export",
        "[data-testid=stCheckbox]",
    ):
        assert not page.locator(hidden).first.is_visible(), hidden


@pytest.mark.long
def test_a_spiteful_title_is_text_among_the_suggestions_too(tab: Callable[..., object]) -> None:
    page = tab("/tra-cuu")
    page.on("dialog", lambda _: pytest.fail("a script of the collection ran"))
    total(page, "9 / 9 văn bản")
    box_of(page).focus()
    page.keyboard.type("tin <img", delay=20)
    option = page.get_by_role("option").first
    option.wait_for()
    assert option.locator(".cc-find-name").inner_text() == SPITEFUL
    assert option.locator("img").count() == 0
    option.click()
    page.locator("article", has_text="ngày mai").wait_for()
