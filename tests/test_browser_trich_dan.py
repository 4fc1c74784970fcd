"""A propaganda officer's journeys in a real browser: find a sentence, make its card, take it away, check a speech."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import docx
import pytest
from test_browser import CHROMIUM, address, chromium, settle, tab

from corpus.store import Store
from index.search import Searcher
from tests.quoted_pages import BESIDE, HOSTILE, REPEATED, SAID, SYMBOL

__all__ = ["address", "chromium", "tab"]  # fixtures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium absent"),
]

THEME = "trồng rừng ven biển"


@pytest.fixture(scope="module")
def folder(quoted: Searcher) -> Path:
    return quoted.store.folder


def card_address(store: Store, words: str) -> str:
    """The address of the card of the line that holds some words."""
    for name in store.document_ids():
        text = store.text(name)
        at = text.find(words)
        if at >= 0:
            start, end = text.rfind("\n", 0, at) + 1, f"{text}\n".find("\n", at)
            return f"/trich-dan?doc={name}&v={store.tag(name)}&start={start}&end={end}"
    raise AssertionError(words)


def tab_to(page: object, name: str, most: int = 60) -> None:
    """Press Tab until the control of that name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if (
            page.evaluate(
                "document.activeElement.innerText || document.activeElement.ariaLabel || ''"
            ).strip()
            == name
        ):
            return
    raise AssertionError(f"{name!r} is not reached by Tab")


def test_a_sentence_is_found_made_a_card_and_taken_away_by_keyboard_alone(
    tab: Callable[..., object], tmp_path: Path
) -> None:
    page = tab("/trich-dan")
    field = page.get_by_label("Chủ đề của câu cần trích")
    field.wait_for()
    field.focus()
    page.keyboard.type(THEME)
    page.keyboard.press("Enter")
    page.locator(".cc-found-quote").first.wait_for()
    assert parse_qs(urlsplit(page.url).query)["chu-de"] == [THEME]  # it survives a reload
    listed = [one.inner_text() for one in page.locator(".cc-found-quote").all()]
    at = next(i for i, text in enumerate(listed, start=1) if REPEATED in text)
    assert "Nguyên văn của chính văn bản" in listed[at - 1] and "Hiệu lực: không rõ" in listed[at - 1]

    tab_to(page, f"Lập thẻ trích dẫn câu {at}")
    page.keyboard.press("Enter")
    card = page.locator(".cc-quote-card")
    card.wait_for()
    words = card.locator(".cc-words").text_content()
    assert words == f"“{REPEATED}”"
    page.wait_for_function("document.activeElement.id === 'cc-quote-card'")  # in view, and read out

    with page.expect_download() as waiting:
        tab_to(page, "Tải thẻ (.docx)")
        page.keyboard.press("Enter")
    path = tmp_path / "the.docx"
    waiting.value.save_as(path)
    assert words in [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    with zipfile.ZipFile(path) as parts:
        footnotes = unescape(re.sub(r"<[^>]+>", "", parts.read("word/footnotes.xml").decode()))
    assert page.locator(".cc-footnote").inner_text().removeprefix("1").strip() in footnotes


@pytest.mark.long
def test_a_card_is_widened_copied_and_left_by_the_history(
    tab: Callable[..., object], quoted: Searcher
) -> None:
    page = tab(f"/trich-dan?chu-de={quote(THEME)}&nguoi={quote('Hội đồng nhân dân')}")
    page.get_by_role("button", name="Lập thẻ trích dẫn câu 1").click()
    page.locator(".cc-quote-card").wait_for()
    page.get_by_role("button", name="Thêm câu sau").click()
    page.locator(".cc-quote-card .cc-words", has_text=BESIDE).wait_for()
    settle(page)  # the box below follows the card
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép trích dẫn và chú thích").click()
    page.get_by_text("Đã chép vào bộ nhớ tạm.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cc-copy-text").input_value()
    assert copied.startswith(f"“{REPEATED} {BESIDE}”\nKhoản 1 Điều 1 Nghị quyết số {SYMBOL}")
    page.locator("#cc-copy-text").press("X")  # it cannot be edited
    assert page.locator("#cc-copy-text").input_value() == copied
    page.go_back()
    page.locator(".cc-quote-card .cc-words", has_text=re.compile(f"^“{re.escape(REPEATED)}”$")).wait_for()
    page.get_by_role("button", name="← Về danh sách câu").click()
    page.locator(".cc-found-quote", has_text=REPEATED).wait_for()
    assert page.get_by_label("Người nói hoặc cơ quan ban hành").input_value() == "Hội đồng nhân dân"


@pytest.mark.long
@pytest.mark.parametrize("width", [390, 640])  # 640: 1280 at 200 %
def test_a_card_from_a_news_page_says_so_and_hostile_words_do_nothing(
    tab: Callable[..., object], quoted: Searcher, width: int
) -> None:
    for words in (SAID, HOSTILE):
        page = tab(card_address(quoted.store, words), width=width)
        card = page.locator(".cc-quote-card")
        card.wait_for()
        settle(page)
        assert words in card.locator(".cc-words").text_content()
        shown = card.inner_text()
        assert "Theo báo bao.example, không phải nguyên văn văn bản" in shown
        assert page.title() != "bị chiếm"
        assert page.locator("article img").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.long
def test_the_checked_speech_stays_while_another_part_is_looked_at(tab: Callable[..., object]) -> None:
    page = tab("/trich-dan?phan=kiem-tra")
    altered = REPEATED.replace("phải trở", "nên trở").removesuffix(".")
    page.get_by_label("Dán bài phát biểu").fill(f"Nghị quyết số {SYMBOL} nêu: “{altered}”.")
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    verdict = page.locator(".cc-outcome")
    verdict.wait_for()
    assert "sai khác nguyên văn" in verdict.inner_text()
    page.get_by_role("radio", name="Tìm câu trích").click()
    page.get_by_label("Chủ đề của câu cần trích").wait_for()
    page.get_by_role("radio", name="Kiểm tra bài viết").click()
    verdict.wait_for()
    assert parse_qs(urlsplit(page.url).query)["phan"] == ["kiem-tra"]


@pytest.mark.long
def test_a_theme_that_is_not_held_shows_nothing_as_found(tab: Callable[..., object]) -> None:
    page = tab(f"/trich-dan?chu-de={quote('khai thác dầu khí ngoài khơi')}")
    page.get_by_text("Không tìm thấy câu nào").wait_for()
    assert page.locator(".cc-found-quote").count() == 0
