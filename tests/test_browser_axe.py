"""What a person without a mouse, with other eyes or a small screen meets: axe-core, the keyboard, zoom."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from corpus.store import Store
from index.build import update_index
from index.embedding_cache import EmbeddingCache
from index.encoder import Encoder
from index.search import Searcher
from settings import load_settings
from tests.journeys import (
    NEEDS_CHROMIUM,
    Open,
    address,
    chromium,
    scrolls_sideways,
    settle,
    tab,
    take_pictures,
)
from tests.page_scenes import QUESTION, SCENES
from tests.scene_documents import take_in_scenes

__all__ = ["address", "chromium", "tab"]  # fixtures
pytestmark = [pytest.mark.browser, NEEDS_CHROMIUM]

FIRST = ("hoi-dap-tra-loi", "van-ban")  # in `make test`; the others are long
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def folder(samples: Searcher, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample collection with the documents of the scenes, as a store of this module's own."""
    base = tmp_path_factory.mktemp("access")
    shutil.copytree(samples.store.folder, base / "store")
    with Store.open(base / "store") as store:
        take_in_scenes(store, base / "scenes")
        with EmbeddingCache(load_settings().cache / "embeddings.sqlite") as cache:
            update_index(store, encoder, cache)
    return base / "store"


def violations(page: Any) -> list[str]:
    """Every serious or critical violation: its rule, the element, what axe says of it."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} {node['target']}: {node['failureSummary']}\n    {node['html'][:300]}"
        for rule in found
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(
    "name", [name if name in FIRST else pytest.param(name, marks=pytest.mark.long) for name in SCENES]
)
def test_no_serious_violation_in_either_theme(name: str, tab: Open, folder: Path) -> None:
    page = SCENES[name](tab, folder)
    found = [f"light: {one}" for one in violations(page)]
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'")
    settle(page)
    found += [f"dark: {one}" for one in violations(page)]
    if found:
        pytest.fail("\n".join(found))


@pytest.mark.long
@pytest.mark.parametrize("name", SCENES)
def test_nothing_scrolls_sideways_on_a_narrow_screen_or_enlarged(name: str, tab: Open, folder: Path) -> None:
    narrow = SCENES[name](tab, folder, width=390, height=844)
    assert scrolls_sideways(narrow) == []
    take_pictures(narrow, name)
    assert scrolls_sideways(SCENES[name](tab, folder, width=1280, height=900, zoom=2)) == []


def focused(page: Any) -> str:
    """What has the focus, as a person would name it."""
    return page.evaluate(
        """() => { const one = document.activeElement;
             return one === document.body ? "" :
               (one.getAttribute('aria-label') || one.innerText || one.labels?.[0]?.innerText || one.id || one.tagName)
                 .trim(); }"""
    )


def shows_focus(page: Any) -> bool:
    """Whether what has the focus looks otherwise than without it, in its own lines or those of its frame."""
    return page.evaluate(
        """() => {
             const one = document.activeElement, kept = [];
             const look = () => { const told = [];
               for (let part = one, up = 0; part && up < 4; part = part.parentElement, up++) {
                 const style = getComputedStyle(part);
                 told.push([style.outlineStyle, style.outlineColor, style.borderColor, style.boxShadow, style.top,
                   style.backgroundColor].join());
               } return told.join('|'); };
             const on = look(); one.style.transition = 'none'; one.blur(); const off = look(); one.focus({focusVisible: true});
             return on !== off; }"""
    )


def press_tab_until(page: Any, name: str, *, key: str = "Tab", limit: int = 40) -> list[str]:
    """Press a key that moves the focus until what bears the name has the focus: what was passed; each stop must show that it has the focus."""
    passed: list[str] = []
    for _ in range(limit):
        page.keyboard.press(key)
        page.wait_for_timeout(120)
        passed.append(focused(page))
        assert passed[-1] and shows_focus(page), passed
        if name in passed[-1]:
            return passed
    pytest.fail(f"{name!r} is not reached: {passed}")


def test_a_journey_across_pages_by_keyboard_alone(tab: Open) -> None:
    page = tab()
    settle(page)
    assert press_tab_until(page, "Đến nội dung") == ["Đến nội dung"]
    box = page.locator(".cc-skip").bounding_box()
    assert box["y"] >= 0  # seen while it has the focus
    page.keyboard.press("Enter")
    passed = press_tab_until(page, "Câu hỏi của bạn")
    assert not [one for one in passed if one == "Tra cứu"]  # past the navigation
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".cc-quote").first.wait_for()
    settle(page)
    press_tab_until(page, "Mở văn bản tại đoạn trích [1]")
    page.keyboard.press("Enter")
    page.locator("mark#trich-dan").wait_for()
    page.wait_for_function("document.activeElement.id === 'trich-dan'")  # reading begins at the cited span

    page = tab("/trich-dan")
    settle(page)
    order = press_tab_until(page, "Trình đơn")
    names = ["Hỏi đáp", "Tra cứu", "Trích dẫn", "So sánh tỉnh", "Kho dữ liệu"]
    assert [one for one in order if one in names] == names
    page.keyboard.press("Enter")
    page.get_by_role("menuitemradio", name="Tối").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused(page).endswith("Tối")
    page.keyboard.press("Enter")
    page.wait_for_function("getComputedStyle(document.documentElement).colorScheme === 'dark'")
    page.keyboard.press("Escape")
    press_tab_until(page, "Kho dữ liệu", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.locator("h1", has_text="Kho dữ liệu").wait_for()
