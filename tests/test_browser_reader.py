"""Văn bản in a real browser: an official reads and corrects, a researcher follows, all of it by keyboard as well."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from conftest import write_pages
from test_browser import CHROMIUM, address, chromium, settle, tab

from corpus.build import build_document
from corpus.intake import take_in
from corpus.store import Store
from ingest.models import RawPage, hash_content
from ingest.readers import read_page
from tests.reader_texts import AROUND, LAST_ARTICLE, MARKUP, PLAN

__all__ = ["address", "chromium", "tab"]  # fixtures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium absent"),
]

CHANGED = PLAN.replace("có một bãi chứa", f"có hai {MARKUP} bãi chứa")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("reader")
    with Store.open(base / "store") as store:
        take_in(store, [write_pages(base, AROUND)])
        first = _copies(store)[0]
        content = CHANGED.encode()
        page = RawPage(
            uri=store.page_source(first).uri,
            content=content,
            sha256=hash_content(content),
            media_type="text/plain",
            name="ke-hoach.txt",
        )
        store.save(build_document(page, read_page(page)), page=page)
    return base / "store"


def _copies(store: Store) -> tuple[str, str]:
    ids = store.documents_with_symbol("27/KH-UBND")
    first = next(one for one in ids if store.page_source(one).uri.endswith("/ke-hoach.txt"))
    return first, next(one for one in ids if one != first)


@pytest.fixture
def path_of(folder: Path) -> Callable[..., str]:
    """The path of the page of a number."""

    def path(symbol: str, **parameters: str) -> str:
        with Store.open(folder, read_only=True) as store:
            document_id = (
                _copies(store)[0] if symbol == "27/KH-UBND" else store.documents_with_symbol(symbol)[0]
            )
        return f"/doc-van-ban?{urlencode({'doc': document_id, **parameters})}"

    return path


def is_seen(page: object, selector: str) -> bool:
    """Whether the first such element stands within the window."""
    box = page.locator(selector).first.bounding_box()
    return box is not None and 0 <= box["y"] < page.viewport_size["height"] - 20


def is_plain(page: object) -> bool:
    """Whether no markup of a text has become markup of the page."""
    inside = page.locator("[data-testid=stMain] img, article b, .cc-graph img, .cc-diff img").count()
    return inside == 0 and page.title() != "bị chiếm"


def test_an_official_opens_a_document_jumps_to_an_article_and_corrects_a_fact(
    tab: Callable[..., object], folder: Path
) -> None:
    page = tab("/doc-van-ban")
    box = page.get_by_label("Số, ký hiệu văn bản")
    box.fill("61/2023/NĐ-CP")
    box.press("Enter")
    page.locator("article", has_text="Điều 1. Phạm vi điều chỉnh").wait_for()
    settle(page)
    outline = page.get_by_role("navigation", name="Mục lục")
    outline.get_by_role("link", name="Điều 30", exact=False).first.click()
    page.wait_for_function("document.activeElement.textContent.startsWith('Điều 30.')")
    assert is_seen(page, "article p:focus")
    assert outline.bounding_box()["y"] >= 0  # it stays beside the text

    outline.get_by_role("link", name="Điều 103", exact=False).first.click()
    page.locator("mark", has_text=LAST_ARTICLE).wait_for()
    settle(page)
    assert is_seen(page, "mark")
    assert is_seen(page, ".cc-outline [aria-current=location]")  # the outline has followed
    assert page.locator(".cc-outline [aria-current]").inner_text().startswith("Điều 103")

    page.locator("dt", has_text="Ngày ban hành").locator("+ dd .cc-evidence").click()
    page.locator("mark", has_text="ngày 20 tháng 12 năm 2023").wait_for()

    page.get_by_role("link", name="Sửa Người ký").click()
    form = page.locator(".st-key-fact_form")
    value = form.get_by_label("Giá trị mới")
    value.wait_for()
    assert value.input_value() == "Đặng Văn Mẫu"
    value.fill("Đặng Thị Mẫu")
    form.get_by_label("Lý do").fill("bản quét mờ")
    form.get_by_role("button", name="Lưu giá trị mới").click()
    page.get_by_text("Hãy ghi người sửa và lý do").wait_for()
    form.get_by_label("Người sửa").fill("Văn thư xã Mẫu")
    form.get_by_role("button", name="Lưu giá trị mới").click()
    page.locator(".cc-corrected", has_text="Văn thư xã Mẫu vì bản quét mờ").wait_for()
    page.reload()
    page.locator(".cc-corrected", has_text="Văn thư xã Mẫu vì bản quét mờ").wait_for()
    shown = page.locator("dt", has_text=re.compile("^Người ký$")).locator("+ dd").inner_text()
    assert shown.startswith("Đặng Thị Mẫu đã sửa bởi Văn thư xã Mẫu vì bản quét mờ")
    assert form.count() == 0


@pytest.mark.long
def test_a_researcher_follows_the_documents_around_one(
    tab: Callable[..., object], path_of: Callable[..., str]
) -> None:
    page = tab(path_of("61/2023/NĐ-CP"))
    page.get_by_role("radio", name="Văn bản liên quan").or_(
        page.get_by_role("button", name="Văn bản liên quan")
    ).first.click()
    page.locator(".cc-graph").wait_for()
    settle(page)
    assert "xem=lien-quan" in page.url
    box = page.locator(".cc-node", has_text="Nghị định 15/2025/NĐ-CP")
    words = box.get_by_role("tooltip", include_hidden=True)
    assert not words.is_visible()
    box.get_by_role("link").focus()
    assert words.is_visible()
    assert "Sửa đổi, bổ sung một số điều của Nghị định số 61/2023/NĐ-CP" in words.inner_text()
    table = page.get_by_role("region", name="Bảng các văn bản liên quan")
    assert "Nghị định này thay thế Nghị định số 09/2015/NĐ-CP" in table.inner_text()
    assert is_plain(page)

    page.locator(".cc-node-absent", has_text="09/2015/NĐ-CP").get_by_role("link").click()
    page.locator("mark", has_text="Nghị định này thay thế Nghị định số 09/2015/NĐ-CP").wait_for()
    page.go_back()
    page.locator(".cc-node", has_text="Kế hoạch 48/KH-UBND").get_by_role("link").click()
    page.locator("h1", has_text="48/KH-UBND").wait_for()
    settle(page)
    assert is_plain(page)
    assert MARKUP.split(" onerror")[0] in page.locator("article").inner_text()


@pytest.mark.long
def test_an_earlier_text_is_compared_word_by_word(
    tab: Callable[..., object], path_of: Callable[..., str]
) -> None:
    page = tab(path_of("27/KH-UBND", xem="cac-ban"))
    chooser = page.get_by_role("combobox", name=re.compile("So bản đang xem với"))
    chooser.click()
    page.get_by_role("option", name=re.compile("Bản đọc cũ ngày")).click()
    page.locator(".cc-diff ins").first.wait_for()
    settle(page)
    added = page.locator(".cc-diff ins").all_inner_texts()
    assert "hai" in added[0]
    assert (
        page.locator(".cc-diff del").first.evaluate("e => getComputedStyle(e).textDecorationLine")
        == "line-through"
    )
    assert is_plain(page)
    page.reload()  # what is compared is in the address
    page.locator(".cc-diff ins").first.wait_for()


@pytest.mark.long
def test_a_reader_without_a_mouse_gets_from_a_number_to_an_article(tab: Callable[..., object]) -> None:
    page = tab("/doc-van-ban")
    settle(page)
    page.get_by_label("Số, ký hiệu văn bản").focus()
    page.keyboard.type("15/2025/NĐ-CP")
    page.keyboard.press("Enter")
    page.locator("article", has_text="Điều 2. Hiệu lực thi hành").wait_for()
    settle(page)
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent"))
        if seen[-1].startswith("Điều 2 "):
            break
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.textContent.startsWith('Điều 2. Hiệu lực')")
    assert "Sửa" in seen  # the facts were reached on the way


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 640])  # 640 is 1280 at 200 %
def test_every_part_fits_a_narrow_screen(
    tab: Callable[..., object], path_of: Callable[..., str], width: int
) -> None:
    for part, drawn in (("toan-van", "article"), ("lien-quan", ".cc-graph"), ("cac-ban", ".stSelectbox")):
        page = tab(path_of("27/KH-UBND", xem=part), width=width, height=844)
        page.locator(drawn).first.wait_for()
        settle(page)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width, part
    page = tab(path_of("61/2023/NĐ-CP"), width=width, height=844)
    page.locator("article").wait_for()
    link = (
        page.get_by_role("navigation", name="Mục lục").get_by_role("link", name="Điều 2", exact=False).first
    )
    assert not link.is_visible()  # folded
    page.locator(".cc-outline-fold > summary").focus()
    page.keyboard.press("Enter")
    link.click()
    page.wait_for_function("document.activeElement.textContent.startsWith('Điều 2.')")
    assert is_seen(page, "article p:focus")


@pytest.mark.long
def test_the_original_is_saved_and_never_shown(
    tab: Callable[..., object], path_of: Callable[..., str], tmp_path: Path
) -> None:
    page = tab(path_of("61/2023/NĐ-CP"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải tệp gốc: phu-sa.txt").click()
    saved = waiting.value
    assert saved.suggested_filename == "phu-sa.txt"
    saved.save_as(tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_text("utf-8") == AROUND["phu-sa"]
    with urlopen(saved.url, timeout=10) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.long
def test_a_document_prints_as_such(tab: Callable[..., object], path_of: Callable[..., str]) -> None:
    page = tab(path_of("27/KH-UBND"))
    page.locator("article").wait_for()
    settle(page)
    page.emulate_media(media="print")
    assert page.locator("article").is_visible()
    assert page.locator("h1").is_visible()
    assert "In từ Căn Cứ ngày" in page.locator(".cc-print-only").inner_text()
    for hidden in (".cc-outline", ".cc-facts", ".stButtonGroup", ".stExpander", ".stDownloadButton"):
        assert not page.locator(hidden).first.is_visible(), hidden


@pytest.mark.long
def test_what_was_read_lately_is_kept_for_this_tab(
    tab: Callable[..., object], path_of: Callable[..., str], address: str
) -> None:
    page = tab(path_of("48/KH-UBND"))
    page.locator("article").wait_for()
    settle(page)
    page.goto(f"{address}/doc-van-ban")
    link = page.locator("#cc-da-doc a")
    link.wait_for()
    assert MARKUP.split(" onerror")[0] in link.inner_text()
    assert is_plain(page)
    link.click()
    page.locator("h1", has_text="48/KH-UBND").wait_for()
