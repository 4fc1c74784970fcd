"""A researcher's journey in a real browser: compare provinces, open the evidence, take the table away, open it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from compared_texts import ADDRESS, HOSTILE, THEME, write_compared
from openpyxl import load_workbook
from test_browser import CHROMIUM, address, chromium, settle, tab

from corpus.store import Store

__all__ = ["address", "chromium", "tab"]  # fixtures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium absent"),
]

PROVINCES = ("Hà Tĩnh", "Nghệ An", "Thái Bình", "Sơn La", "Lai Châu")


@pytest.fixture(scope="module")
def folder(
    tmp_path_factory: pytest.TempPathFactory, build_store: Callable[[Path, list[Path]], Store]
) -> Path:
    base = tmp_path_factory.mktemp("compared")
    build_store(base / "store", write_compared(base)).close()
    return base / "store"


def address_of(**asked: str | list[str]) -> str:
    return f"/so-sanh?{urlencode(asked, doseq=True)}"


def test_compare_five_provinces_open_the_evidence_and_take_the_table_away(
    tab: Callable[..., object], tmp_path: Path
) -> None:
    page = tab("/so-sanh")
    page.get_by_label("Chủ đề hoặc câu hỏi").fill(THEME)
    box = page.get_by_role("combobox", name=re.compile("Tỉnh, thành phố"))
    for name in PROVINCES:
        box.click()
        box.fill(name)
        page.get_by_role("option", name=re.compile(name)).first.wait_for()
        box.press("Enter")
    box.press("Escape")
    page.get_by_role("button", name="So sánh", exact=True).click()
    page.locator("table.cc-compare").wait_for()
    settle(page)
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["q"] == [THEME] and tuple(asked["tinh"]) == PROVINCES  # it survives a reload

    rows = page.locator("table.cc-compare tbody")
    assert rows.count() == 5
    told = rows.nth(4).inner_text()
    assert "không có dữ liệu" in told and "Lai Châu" in told
    assert "không thấy trong kho (đang giữ 1 văn bản)" in rows.nth(3).inner_text()

    quoted = []
    for number in range(3):
        evidence = page.locator("table.cc-compare details").nth(number)
        evidence.locator("summary").press("Enter")  # by keyboard
        words = evidence.locator(".cc-words").first
        words.wait_for()
        quoted.append(words.text_content())
    assert len(set(quoted)) == 3

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải Excel (.xlsx)").click()
    path = tmp_path / "so-sanh.xlsx"
    waiting.value.save_as(path)
    book = load_workbook(path)
    evidence = list(book["Bằng chứng"].iter_rows(min_row=2))
    assert [row[7].value for row in evidence][:3] == quoted
    shown = [one.text_content() for one in page.locator("table.cc-compare .cc-words").all()]
    assert [row[7].value for row in evidence] == shown
    links = page.locator("table.cc-compare a[href^='http']")
    on_page = [one.get_attribute("href") for one in links.all()]
    assert [row[8].hyperlink.target for row in evidence if row[8].hyperlink] == on_page
    assert any(one.startswith(ADDRESS) for one in on_page)
    counts = list(book["Mẫu số"].iter_rows(min_row=2, values_only=True))
    for row, told in zip(counts, rows.all(), strict=True):
        assert row[0] in told.inner_text() and (
            not row[2] or f"Kho giữ {row[2]} văn bản" in told.inner_text()
        )

    page.locator("table.cc-compare a.cc-open").first.click()
    mark = page.locator("mark#trich-dan")
    mark.wait_for()
    assert mark.text_content() == quoted[0]
    page.go_back()
    page.locator("table.cc-compare").wait_for()
    settle(page)
    assert page.get_by_label("Chủ đề hoặc câu hỏi").input_value() == THEME


def test_an_address_is_drawn_on_a_narrow_screen_and_a_tile_adds_a_province(
    tab: Callable[..., object],
) -> None:
    page = tab(address_of(q=THEME, tinh=["Hưng Yên"], gd="2016-2020"), width=390, height=844)
    page.locator("table.cc-compare").wait_for()
    page.locator(".cc-tiles").wait_for()
    settle(page)
    for selector in (
        ".stApp",
        "[data-testid=stMain]",
        "[data-testid=stMainBlockContainer]",
        ".cc-compare",
        ".cc-tiles",
    ):
        assert page.evaluate(f"document.querySelector('{selector}').scrollWidth") <= 390, selector
    assert "60 km" in page.locator("table.cc-compare").inner_text()
    page.get_by_role("link", name=re.compile("^Hà Tĩnh: ")).click()
    page.locator("table.cc-compare tbody", has_text="120 km").wait_for()
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["tinh"] == ["Hưng Yên", "Hà Tĩnh"] and asked["gd"] == ["2016-2020"]


def test_what_documents_say_is_shown_as_text(tab: Callable[..., object]) -> None:
    page = tab(address_of(q=THEME, tinh=["Hà Tĩnh"], gd="2021-2025"))
    page.locator("table.cc-compare .cc-said", has_text="onerror").wait_for()
    assert HOSTILE in page.locator("table.cc-compare").text_content()
    assert page.locator("table.cc-compare img").count() == 0 and page.title() != "bị chiếm"
